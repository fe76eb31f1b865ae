using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Watch;

/// <summary>What a notice says, in both languages: kinds, levels and causes, and nothing else (R-INC-13).</summary>
public static class NoticeText
{
    /// <summary>The kind of a notice that only tries the way.</summary>
    public const string TestKind = "test";

    private static readonly FrozenDictionary<string, Words> Kinds = new Dictionary<string, Words>
    {
        [TestKind] = new("試験通知", "Test notice"),

        // Doors and presence.
        ["door-forced"] = new("こじ開け", "Door forced"),
        ["door-held-open"] = new("開放超過", "Door held open"),
        ["door-unknown"] = new("扉状態不明", "Door state unknown"),
        ["zone-intrusion"] = new("侵入の疑い", "Possible intrusion"),
        ["lost-card-used"] = new("紛失カード使用", "Lost card used"),
        ["repeated-refusals"] = new("連続拒否", "Repeated refusals"),
        ["escort-missing"] = new("付添い不在", "Escort missing"),
        ["fire-released"] = new("火災による開放", "Doors released for fire"),

        // Devices.
        ["panel-lost"] = new("制御盤の通信断", "Bridge lost"),
        ["reader-fault"] = new("読取装置異常", "Reader fault"),
        ["record-hole"] = new("記録欠落", "Record incomplete"),
        ["record-unwritable"] = new("記録できない", "Record cannot be written"),
        ["unknown-device"] = new("未登録機器", "Device not enrolled"),
        ["odd-traffic"] = new("不正通信の疑い", "Suspicious traffic"),

        // Power.
        ["power-outage"] = new("停電", "Power outage"),
        ["ups-lost"] = new("UPS通信断", "No contact with a UPS"),
        ["reserve-short"] = new("予備電源容量不足", "Reserve power too short"),
        ["supply-troubled"] = new("電源異常", "Supply trouble"),
        ["battery-due"] = new("蓄電池の交換時期", "Battery due"),

        // Climate.
        ["temperature-high"] = new("温度上昇", "Temperature high"),
        ["temperature-low"] = new("温度低下", "Temperature low"),
        ["humidity-high"] = new("湿度上昇", "Humidity high"),
        ["humidity-low"] = new("湿度低下", "Humidity low"),
        ["condensation"] = new("結露のおそれ", "Condensation near"),
        ["leak"] = new("漏水", "Water leak"),
        ["smoke"] = new("煙", "Smoke"),
        ["fire"] = new("火災信号", "Fire signal"),
        ["agent-discharge"] = new("消火剤の放出", "Extinguishing agent discharged"),
        ["dust"] = new("粉じん", "Dust"),
        ["vibration"] = new("振動", "Vibration"),
        ["earthquake"] = new("地震", "Earthquake"),
        ["cooling-lost"] = new("空調停止", "Cooling lost"),
        ["sensor-silent"] = new("センサ無応答", "Sensor silent"),
        ["sensor-fault"] = new("センサ異常", "Sensor fault"),
        ["sensor-battery"] = new("センサの電池残量低下", "Sensor battery low"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of a kind; for one this version does not know, its own name: a notice is never kept back for want of a word.</summary>
    public static Words Of(string kind) => Kinds.GetValueOrDefault(kind) ?? new(kind, kind);

    /// <summary>The words of a level.</summary>
    public static Words Of(AlarmLevel level) => level switch
    {
        AlarmLevel.Emergency => new("緊急", "Emergency", "■"),
        AlarmLevel.Important => new("重要", "Important", "▲"),
        AlarmLevel.Caution => new("注意", "Caution", "●"),
        _ => throw new UnreachableException($"No text for {level}."),
    };

    /// <summary>The words of a cause.</summary>
    public static Words Of(NoticeCause cause) => cause switch
    {
        NoticeCause.Raised => new("発生", "Raised"),
        NoticeCause.Rose => new("悪化", "Became more urgent"),
        NoticeCause.Escalated => new("未確認", "Not acknowledged in time"),
        NoticeCause.Returned => new("復旧", "Over"),
        NoticeCause.Grouped => new("多数発生", "Many at once"),
        NoticeCause.Test => new("試験", "Test"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>The words of why watching broke off.</summary>
    public static Words Of(GapCause cause) => cause switch
    {
        GapCause.Stopped => new("停止", "Stopped"),
        GapCause.Killed => new("強制終了", "Killed"),
        GapCause.Unknown => new("不明", "Unknown"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };
}
