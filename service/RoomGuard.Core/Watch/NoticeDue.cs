namespace RoomGuard.Core.Watch;

/// <summary>優先度: how soon somebody has to act. The first is the most urgent.</summary>
public enum AlarmLevel
{
    /// <summary>■ 緊急: within minutes, at any hour.</summary>
    Emergency,

    /// <summary>▲ 重要: within the hour.</summary>
    Important,

    /// <summary>● 注意: in office hours.</summary>
    Caution,
}

/// <summary>Why a notice is due.</summary>
public enum NoticeCause
{
    /// <summary>発生.</summary>
    Raised,

    /// <summary>It became more urgent.</summary>
    Rose,

    /// <summary>Nobody acknowledged it in time: the next contact is told (R-MON-04).</summary>
    Escalated,

    /// <summary>復旧: told to those who were told of it.</summary>
    Returned,

    /// <summary>One notice for many: a flood, or an alarm that comes and goes.</summary>
    Grouped,

    /// <summary>訓練 of the chain of contacts.</summary>
    Test,
}

/// <summary>
/// A notice that is due to one contact. It names no person and carries no content (R-INC-13): id, kind, zone and level. It is recorded before it is handed on, and
/// may be handed on again after a restart: <see cref="NoticeId"/> tells that it is the same.
/// </summary>
/// <param name="NoticeId">E.g. <c>N-104233-1</c>: the entry of the record that says it is due, and which of its notices.</param>
/// <param name="AlarmId">E.g. <c>AL-104230</c>; of several, the one that came first.</param>
/// <param name="Kind">Name of the alarm's kind, e.g. <c>door-forced</c>.</param>
/// <param name="ZoneId">Null: the alarm belongs to no zone.</param>
/// <param name="ContactId">Whom to tell: a contact of the site's list, e.g. <c>FAC</c> or <c>C-0003</c>.</param>
public sealed record NoticeDue(
    string NoticeId,
    string AlarmId,
    string Kind,
    string? ZoneId,
    AlarmLevel Level,
    NoticeCause Cause,
    string ContactId,
    DateTimeOffset DueAt);
