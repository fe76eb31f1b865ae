using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Failures;

/// <summary>障害記録 (R-MON-03): opened by the faults of devices or by people, handled, closed.</summary>
public interface IFailureDesk
{
    /// <summary>Open ones first, then those closed last.</summary>
    Task<FailureLook> Look(Actor by, CancellationToken gone);

    /// <summary>One; null: none by this number.</summary>
    Task<FailureSheet?> One(string id, Actor by, CancellationToken gone);

    /// <summary>A person reports a failure.</summary>
    Task<ActResult> Report(FailureForm form, Actor by, CancellationToken stop);

    /// <summary>What was done about it.</summary>
    Task<ActResult> Handle(string id, HandlingForm form, Actor by, CancellationToken stop);

    /// <summary>Closes one that is restored and was handled.</summary>
    Task<ActResult> Close(string id, string result, Actor by, CancellationToken stop);
}

/// <summary>What a report says.</summary>
/// <param name="Zone">Null: of no zone.</param>
public sealed record FailureForm(DateTimeOffset DetectedAt, FailureFinder DetectedBy, FailedDevice DeviceKind, string Device, ZoneId? Zone, string Symptom, string? Impact);

/// <summary>What a note of handling says; what is null stays as it was.</summary>
public sealed record HandlingForm(string Handling, string? Cause, string? OpenProblem, DateTimeOffset? RestoredAt);

/// <summary>状態 of a 障害記録.</summary>
public enum FailureState
{
    /// <summary>対応中.</summary>
    Open,

    /// <summary>復旧: it works again, and nobody has closed it.</summary>
    Restored,

    /// <summary>完了.</summary>
    Closed,
}

/// <summary>A 障害記録 as it stands.</summary>
/// <param name="Alarm">The alarm whose fault it is; null: a person reported it.</param>
/// <param name="Kind">Of that alarm; null: a person reported it.</param>
/// <param name="Symptom">As the person wrote it; null: the alarm's own words.</param>
/// <param name="Impact">The same.</param>
/// <param name="ReportedBy">Name; null: it opened by itself.</param>
/// <param name="Overdue">Open for more than five working days.</param>
public sealed record FailureLine(
    string Id,
    DateTimeOffset DetectedAt,
    FailureFinder DetectedBy,
    string? ReportedBy,
    FailedDevice DeviceKind,
    string Device,
    ZoneId? Zone,
    string? Alarm,
    AlarmKind? Kind,
    string? Symptom,
    string? Impact,
    string? Cause,
    string? OpenProblem,
    DateTimeOffset? RestoredAt,
    string? Result,
    DateTimeOffset? ClosedAt,
    string? ClosedBy,
    bool Overdue)
{
    /// <summary>状態.</summary>
    public FailureState State => ClosedAt is not null ? FailureState.Closed : RestoredAt is not null ? FailureState.Restored : FailureState.Open;
}

/// <summary>One thing that was done.</summary>
public sealed record FailureStep(DateTimeOffset At, string Handling, string By);

/// <summary>The list with what the reader may do.</summary>
public sealed record FailureLook(ImmutableArray<FailureLine> Lines, bool MayKeep);

/// <summary>One with all that was done about it.</summary>
public sealed record FailureSheet(FailureLine Line, ImmutableArray<FailureStep> Steps, bool MayKeep);
