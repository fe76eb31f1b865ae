using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Watch;

/// <summary>What a notice says besides the words of alarms (<see cref="AlarmText"/>), in both languages (R-INC-13).</summary>
public static class NoticeText
{
    /// <summary>The kind of a notice that only tries the way.</summary>
    public const string TestKind = "test";

    /// <summary>The words of a kind; for one this version does not know, its own name: a notice is never kept back for want of a word.</summary>
    public static Words Of(string kind) => kind == TestKind ? new("試験通知", "Test notice") : AlarmKinds.Of(kind).Title;

    /// <summary>The words of why watching broke off.</summary>
    public static Words Of(GapCause cause) => cause switch
    {
        GapCause.Stopped => new("停止", "Stopped"),
        GapCause.Killed => new("強制終了", "Killed"),
        GapCause.Unknown => new("不明", "Unknown"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };
}
