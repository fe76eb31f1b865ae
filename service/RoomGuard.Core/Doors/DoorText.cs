using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

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
        ["seen-elsewhere"] = new("在室のまま別の区域へ入室", "Seen in another area while inside"),
        ["outer-left"] = new("内側に在室のまま外側の区域から退室", "Left the outer area while inside the inner one"),
        ["outer-not-seen"] = new("外側の区域への入室の記録なし", "Inside without an entry into the outer area"),
        ["fire-release"] = new("火災による開放中の出入り(確認が必要)", "To be confirmed after a fire release"),
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
        OpeningCause.FreeHours => new("開放時間", "free hours", "◇"),
        OpeningCause.Fire => new("火災による開放", "fire release", "■"),
        OpeningCause.Maintenance => new("保守", "maintenance", "◇"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>What a zone is in the middle of.</summary>
    public static Words Of(ZoneMode mode) => mode switch
    {
        ZoneMode.Normal => new("通常", "normal", "○"),
        ZoneMode.Fire => new("火災", "fire", "■"),
        ZoneMode.Alarm => new("警報中", "alarm", "■"),
        ZoneMode.Drill => new("訓練", "drill", "△"),
        ZoneMode.Maintenance => new("保守", "maintenance", "◇"),
        _ => throw new UnreachableException($"No text for {mode}."),
    };

    /// <summary>By what presence is known.</summary>
    public static Words Of(PresenceEvidence evidence) => evidence switch
    {
        PresenceEvidence.Opened => new("開扉を確認", "door seen to open"),
        PresenceEvidence.Entry => new("入室の認証", "card on the way in"),
        PresenceEvidence.Exit => new("退室の認証", "card on the way out"),
        PresenceEvidence.Release => new("開放中の認証", "card while the doors stood released"),
        PresenceEvidence.Manual => new("人による確認", "confirmed by a person"),
        PresenceEvidence.Elsewhere => new("別の区域で確認", "seen elsewhere"),
        _ => throw new UnreachableException($"No text for {evidence}."),
    };

    /// <summary>How sure presence is.</summary>
    public static Words Of(PresenceCertainty certainty) => certainty switch
    {
        PresenceCertainty.Certain => new("確実", "certain", "○"),
        PresenceCertainty.Likely => new("推定", "likely", "△"),
        PresenceCertainty.Unverified => new("未確認", "not confirmed", "▲"),
        _ => throw new UnreachableException($"No text for {certainty}."),
    };

    /// <summary>What a second entry meets.</summary>
    public static Words Of(PassbackMode mode) => mode switch
    {
        PassbackMode.Soft => new("警報のうえ入室", "let in with an alarm"),
        PassbackMode.Hard => new("入室拒否", "refused"),
        _ => throw new UnreachableException($"No text for {mode}."),
    };

    /// <summary>How an escort took over.</summary>
    public static Words Of(EscortHandover how) => how switch
    {
        EscortHandover.AtTheExit => new("退室時の引継ぎ", "at the exit"),
        EscortHandover.AtTheEntry => new("入口で両者のカード", "both cards at the entry"),
        EscortHandover.BesideTheVisitor => new("同室の付添い者が引継ぎ", "by an escort beside the visitor"),
        _ => throw new UnreachableException($"No text for {how}."),
    };

    /// <summary>Why a door may be opened by anybody.</summary>
    public static Words Of(FreedBy freed) => freed switch
    {
        FreedBy.Hours => new("開放時間", "free hours", "◇"),
        FreedBy.Fire => new("火災による開放", "fire release", "■"),
        FreedBy.Maintenance => new("保守中", "under maintenance", "◇"),
        _ => throw new UnreachableException($"No text for {freed}."),
    };

    /// <summary>Why free hours ended.</summary>
    public static Words Of(FreeHoursEnd cause) => cause switch
    {
        FreeHoursEnd.Time => new("時間の終わり", "time was up"),
        FreeHoursEnd.Vacant => new("無人になった", "nobody inside"),
        FreeHoursEnd.Stopped => new("封鎖・警報などで停止", "stopped by lockdown, alarm or a fault"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>What a sensor said.</summary>
    public static Words Of(BiometricVerdict verdict) => verdict switch
    {
        BiometricVerdict.Match => new("一致", "matched"),
        BiometricVerdict.NoMatch => new("不一致", "not matched"),
        BiometricVerdict.NotEnrolled => new("未登録", "not enrolled"),
        BiometricVerdict.TimedOut => new("時間切れ", "timed out"),
        BiometricVerdict.SensorFault => new("読取り不可", "could not be read"),
        _ => throw new UnreachableException($"No text for {verdict}."),
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
        ReaderSignal.Alarm => new("警報", "alarm", "■"),
        ReaderSignal.Lockdown => new("ただいま入室を止めています", "entry is stopped", "◆"),
        ReaderSignal.OutOfService => new("使えません 手書きの入退室管理簿へ", "out of order, use the hand-written register", "―"),
        _ => throw new UnreachableException($"No text for {signal}."),
    };
}
