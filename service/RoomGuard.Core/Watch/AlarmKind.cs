using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Watch;

/// <summary>What an alarm is about: by it go who may acknowledge it and who is told.</summary>
public enum AlarmArea
{
    /// <summary>侵入: doors, cards, people where they should not be.</summary>
    Intrusion,

    /// <summary>訪問者・在室.</summary>
    Visitors,

    /// <summary>機器: readers, contacts, bridges.</summary>
    Devices,

    /// <summary>記録・運用.</summary>
    Record,

    /// <summary>電源.</summary>
    Power,

    /// <summary>環境・火災.</summary>
    Climate,
}

/// <summary>Why an alarm is kept back: what stands above it and explains it.</summary>
[Flags]
public enum ParentCauses
{
    /// <summary>Nothing keeps it back.</summary>
    None = 0,

    /// <summary>The bridge it comes by is silent.</summary>
    Bridge = 1,

    /// <summary>Mains are out.</summary>
    Mains = 2,

    /// <summary>保守中, of the thing or its area.</summary>
    Maintenance = 4,

    /// <summary>計画停電.</summary>
    PlannedOutage = 8,
}

/// <summary>What a person needs to act: written with the kind, shown with each alarm (reference: ISA-18.2's question "what does the operator do?").</summary>
/// <param name="Cause">原因 that is likely.</param>
/// <param name="Consequence">放置すると.</param>
/// <param name="Steps">手順, in order.</param>
/// <param name="TimeToAct">対応の目安.</param>
public sealed record AlarmGuidance(Words Cause, Words Consequence, ImmutableArray<Words> Steps, Words TimeToAct);

/// <summary>One kind of alarm.</summary>
/// <param name="Id">Its name in the record, in notices and in URLs, e.g. <c>door-forced</c>. Never changed.</param>
/// <param name="Level">How urgent it is when it is raised, unless what raises it says otherwise.</param>
public sealed record AlarmKind(string Id, AlarmArea Area, AlarmLevel Level, Words Title, AlarmGuidance Guidance)
{
    /// <summary>Whether its cause has an end of its own. False: it happened, and stands until somebody has acknowledged it.</summary>
    public bool Ends { get; init; } = true;

    /// <summary>自己保持: shows the highest level it had until it is over.</summary>
    public bool Latched { get; init; }

    /// <summary>Life or guard depends on it: never shelved, never kept back, never part of a grouped notice.</summary>
    public bool Safety { get; init; }

    /// <summary>What keeps it back.</summary>
    public ParentCauses KeptBackBy { get; init; } = ParentCauses.Maintenance;

    /// <summary>The row of the matrix by which people acknowledge it. There are two: one for power and climate, one for all that guards.</summary>
    public Act Act => Area is AlarmArea.Power or AlarmArea.Climate ? Act.AcknowledgeClimateAlarm : Act.AcknowledgeIntrusionAlarm;
}

/// <summary>How long an alarm may be shelved at most†, by its level.</summary>
public static class ShelfLimits
{
    /// <summary>Null: it is never shelved.</summary>
    public static TimeSpan? Of(AlarmKind kind, AlarmLevel level)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return (kind.Safety, level) switch
        {
            (true, _) or (_, AlarmLevel.Emergency) => null,
            (_, AlarmLevel.Important) => TimeSpan.FromHours(4),
            _ => TimeSpan.FromHours(8),
        };
    }
}
