using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Modes;

/// <summary>区域の状態: fire (R-DOOR-15), alarm and drill (R-VIS-11), maintenance with a person's name and an end.</summary>
public interface IModeDesk
{
    /// <summary>One for each zone of the site.</summary>
    Task<ImmutableArray<ZoneModeStatus>> Now(CancellationToken gone);

    /// <summary>Orders a mode. <see cref="ZoneMode.Normal"/> ends the one in force.</summary>
    Task<ActResult> Set(ZoneModeForm form, Actor by, CancellationToken stop);
}

/// <summary>What a zone is in the middle of.</summary>
/// <param name="Person">Who works there, for maintenance; null: nobody in particular.</param>
/// <param name="Until">When it ends by itself; null: when it is ended.</param>
/// <param name="Since">When it was ordered; null: the zone is in no mode.</param>
/// <param name="OrderedBy">Name of who ordered it.</param>
/// <param name="PendingAt">Bridges at which the order is 未反映.</param>
public sealed record ZoneModeStatus(
    ZoneId Zone,
    ZoneMode Mode,
    PersonId? Person,
    string? PersonName,
    DateTimeOffset? Until,
    DateTimeOffset? Since,
    string Reason,
    string? OrderedBy,
    ImmutableArray<PanelId> PendingAt)
{
    /// <summary>A zone in no mode.</summary>
    public static ZoneModeStatus Normal(ZoneId zone) => new(zone, ZoneMode.Normal, null, null, null, null, "", null, []);
}

/// <summary>What the form asks.</summary>
/// <param name="Person">Who works there; only for maintenance.</param>
/// <param name="Until">Null: until ended; never for maintenance.</param>
public sealed record ZoneModeForm(ZoneId Zone, ZoneMode Mode, PersonId? Person, DateTimeOffset? Until, string Reason);

/// <summary>Which right each mode asks for.</summary>
public static class ModeRights
{
    /// <summary>The right to order, and to end, a mode.</summary>
    public static PageAct Of(ZoneMode mode) => mode switch
    {
        ZoneMode.Fire => PageAct.TellFire,
        ZoneMode.Maintenance => PageAct.MaintainDoors,
        _ => PageAct.SetZoneMode,
    };
}
