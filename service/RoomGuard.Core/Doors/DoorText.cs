using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Doors;

/// <summary>What concerns doors, as people read it (dashboard.md section 11.2).</summary>
public static class DoorText
{
    /// <summary>Kinds of 在室不一致, by <see cref="PresenceMismatch.Kind"/>.</summary>
    public static FrozenDictionary<string, Words> MismatchKinds { get; } = new Dictionary<string, Words>
    {
        ["exit-without-entry"] = new("入室の記録なしに退室", "Exit without entry"),
        ["entry-while-inside"] = new("在室中に再び入室", "Entry while inside"),
        ["no-exit-by-end-of-day"] = new("日の終わりまで退室の記録なし", "No exit by the end of the day"),
    }.ToFrozenDictionary();

    /// <summary>Kinds of 侵入の疑い, by <see cref="ZoneIntrusion.Kind"/>.</summary>
    public static FrozenDictionary<string, Words> IntrusionKinds { get; } = new Dictionary<string, Words>
    {
        ["door-opened"] = new("無人の区域で扉が開いた", "A door opened in a vacant area"),
        ["exit-request"] = new("無人の区域の内側から退室操作", "Somebody asked to leave a vacant area"),
    }.ToFrozenDictionary();

    /// <summary>Causes of 読取不良, by <see cref="CardUnreadable.Cause"/>.</summary>
    public static FrozenDictionary<string, Words> UnreadableCauses { get; } = new Dictionary<string, Words>
    {
        ["parity"] = new("検査ビット不一致", "Wrong parity"),
        ["length"] = new("ビット数不一致", "Wrong length"),
        ["wires-exchanged"] = new("信号線の入れ替わり", "Data wires exchanged"),
    }.ToFrozenDictionary();

    /// <summary>A door at this moment: one word and symbol.</summary>
    public static Words Of(DoorNow door)
    {
        ArgumentNullException.ThrowIfNull(door);
        return door switch
        {
            { Leaf: LeafState.Unknown } => new("不明", "unknown", "―"),
            { Forced: true } => new("こじ開け", "forced", "■"),
            { HeldOpen: true } => new("開放超過", "held open", "▲"),
            { Leaf: LeafState.Open } => new("開", "open", "□"),
            { Released: true } => new("解錠中", "unlocked", "◇"),
            _ => new("施錠", "locked", "○"),
        };
    }

    /// <summary>A leaf.</summary>
    public static Words Of(LeafState leaf) => leaf switch
    {
        LeafState.Unknown => new("不明", "unknown", "―"),
        LeafState.Closed => new("閉", "closed", "○"),
        LeafState.Open => new("開", "open", "□"),
        _ => throw new UnreachableException($"No text for {leaf}."),
    };

    /// <summary>Why a leaf opened.</summary>
    public static Words Of(OpeningCause cause) => cause switch
    {
        OpeningCause.Entry => new("入室", "entry"),
        OpeningCause.Exit => new("退室", "exit"),
        OpeningCause.ExitButton => new("退室釦", "exit button"),
        OpeningCause.Forced => new("こじ開け", "forced", "■"),
        OpeningCause.FoundOpen => new("開いていた", "found open", "□"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>A reader's side.</summary>
    public static Words Of(ReaderSide side) => side switch
    {
        ReaderSide.Entry => new("入口側", "entry side"),
        ReaderSide.Exit => new("出口側", "exit side"),
        _ => throw new UnreachableException($"No text for {side}."),
    };

    /// <summary>Which way somebody went.</summary>
    public static Words Of(PassageWay way) => way switch
    {
        PassageWay.In => new("入室", "in"),
        PassageWay.Out => new("退室", "out"),
        _ => throw new UnreachableException($"No text for {way}."),
    };

    /// <summary>What became of a rule.</summary>
    public static Words Of(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Passed => new("適合", "passed", "○"),
        RuleVerdict.Objected => new("不適合", "objected", "×"),
        RuleVerdict.NotAsked => new("未評価", "not asked", "―"),
        _ => throw new UnreachableException($"No text for {verdict}."),
    };

    /// <summary>What a reader shows.</summary>
    public static Words Of(ReaderSignal signal) => signal switch
    {
        ReaderSignal.Idle => new("待機", "ready", "○"),
        ReaderSignal.Granted => new("入室できます", "access granted", "○"),
        ReaderSignal.Denied => new(DenyReasonText.NeutralJa, "access denied", DenyReasonText.Symbol),
        ReaderSignal.WaitFactor => new("続けて暗証番号(指)を入れてください", "enter your PIN or finger", "△"),
        ReaderSignal.ExitRecorded => new("お疲れさまでした 退室を記録しました", "exit recorded", "○"),
        ReaderSignal.HeldOpen => new("扉を閉めてください", "please close the door", "▲"),
        ReaderSignal.Alarm => new("こじ開け警報", "forced-door alarm", "■"),
        ReaderSignal.Lockdown => new("ただいま入室を止めています", "entry is stopped", "◆"),
        ReaderSignal.OutOfService => new("使えません 手書きの入退室管理簿へ", "out of order, use the hand-written register", "―"),
        _ => throw new UnreachableException($"No text for {signal}."),
    };
}
