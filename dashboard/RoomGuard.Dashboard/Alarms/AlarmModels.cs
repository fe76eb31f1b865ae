using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Alarms;

/// <summary>The page of all alarms.</summary>
/// <param name="Figures">Null: another tab.</param>
/// <param name="Month">The month of <paramref name="Figures"/>.</param>
public sealed record AlarmsModel(AlarmFilter Filter, AlarmBoard Board, AlarmFigures? Figures, DateOnly Month);

/// <summary>What is asked on the page of an act.</summary>
public enum AlarmAct
{
    /// <summary>確認.</summary>
    Acknowledge,

    /// <summary>一時停止.</summary>
    Shelve,

    /// <summary>引継ぎ.</summary>
    HandOver,
}

/// <summary>The page that asks before an act.</summary>
/// <param name="Longest">Of a shelf, the latest end; null: it may not be shelved, or another act.</param>
public sealed record AlarmActModel(AlarmFile File, AlarmAct Act, DateTimeOffset? Longest, FormState State);

/// <summary>The page of contacts.</summary>
/// <param name="Form">Which form <paramref name="State"/> belongs to: <c>contact</c>, <c>list</c> or <c>drill</c>.</param>
public sealed record ContactsModel(ContactsLook Look, string Form, FormState State);

/// <summary>The page of 保守中.</summary>
public sealed record MaintenanceModel(MaintenanceLook Look, FormState State);
