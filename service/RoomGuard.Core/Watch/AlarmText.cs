using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Watch;

/// <summary>Words of alarms.</summary>
public static class AlarmText
{
    /// <summary>優先度.</summary>
    public static Words Of(AlarmLevel level) => level switch
    {
        AlarmLevel.Emergency => new("緊急", "Emergency", "■"),
        AlarmLevel.Important => new("重要", "Important", "▲"),
        AlarmLevel.Caution => new("注意", "Caution", "●"),
        _ => throw new UnreachableException($"No text for {level}."),
    };

    /// <summary>Where an alarm is in its life.</summary>
    public static Words Of(AlarmState state) => state switch
    {
        AlarmState.Unacknowledged => new("未確認", "Unacknowledged", "■"),
        AlarmState.Acknowledged => new("確認済み", "Acknowledged", "●"),
        AlarmState.ReturnedUnacknowledged => new("復旧・未確認", "Cleared, not acknowledged", "▲"),
        AlarmState.Over => new("解決", "Closed", "○"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>What an alarm is about.</summary>
    public static Words Of(AlarmArea area) => area switch
    {
        AlarmArea.Intrusion => new("侵入", "Intrusion"),
        AlarmArea.Visitors => new("訪問者・在室", "Visitors and presence"),
        AlarmArea.Devices => new("機器", "Devices"),
        AlarmArea.Record => new("記録・運用", "Record and office"),
        AlarmArea.Power => new("電源", "Power"),
        AlarmArea.Climate => new("環境・火災", "Climate and fire"),
        _ => throw new UnreachableException($"No text for {area}."),
    };

    /// <summary>Why a notice was due.</summary>
    public static Words Of(NoticeCause cause) => cause switch
    {
        NoticeCause.Raised => new("発生", "Raised"),
        NoticeCause.Rose => new("悪化", "Became more urgent"),
        NoticeCause.Escalated => new("未確認", "Not acknowledged in time"),
        NoticeCause.Returned => new("復旧", "Over"),
        NoticeCause.Grouped => new("まとめて通知", "One notice for many"),
        NoticeCause.Test => new("訓練・試験", "Drill or test"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>What keeps an alarm back.</summary>
    public static Words Of(ParentCauses cause) => cause switch
    {
        ParentCauses.Bridge => new("制御盤の通信断のため抑止中", "Kept back: its bridge is silent"),
        ParentCauses.Mains => new("停電中のため抑止中", "Kept back: mains are out"),
        ParentCauses.Maintenance => new("保守中のため抑止中", "Kept back: under service"),
        ParentCauses.PlannedOutage => new("計画停電のため抑止中", "Kept back: planned outage"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };
}
