using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>保守中 as it stands.</summary>
/// <param name="Zone">Null: a device alone.</param>
/// <param name="Device">Null: all of the area.</param>
public sealed record Maintenance(string Id, ZoneId? Zone, string? Device, PersonId Person, DateTimeOffset From, DateTimeOffset Until, string What)
{
    /// <summary>Whether it covers an alarm's place.</summary>
    public bool Covers(Alarm alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        return Device is { } device
            ? alarm.Device == device || alarm.Panel?.Value == device || alarm.Door?.Value == device
            : Zone is { } zone && alarm.Zone == zone;
    }
}

/// <summary>What keeps an alarm back at a moment.</summary>
/// <param name="By">The alarm, the maintenance or the zone it follows from, by its id.</param>
/// <param name="Until">When that ends by itself; null: when its cause is over.</param>
public sealed record KeptBack(ParentCauses Cause, string By, DateTimeOffset? Until);

/// <summary>
/// What explains alarms and keeps them back (suppressed by design): shown as such, told to nobody, and judged anew the moment the cause above is over. Pure.
/// </summary>
public static class Keeping
{
    /// <summary>What keeps an alarm back now; null: nothing.</summary>
    /// <param name="open">All alarms that are open.</param>
    /// <param name="maintenance">保守中 that has begun and was not ended.</param>
    public static KeptBack? Of(Alarm alarm, ImmutableArray<Alarm> open, ImmutableArray<Maintenance> maintenance, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        if (alarm.Kind.Safety)
        {
            return null;
        }

        var causes = alarm.Kind.KeptBackBy;
        if (causes.HasFlag(ParentCauses.PlannedOutage) && alarm is { Planned: true, IsActive: true, Level: not AlarmLevel.Emergency })
        {
            return new(ParentCauses.PlannedOutage, alarm.Device ?? alarm.Subject, null);
        }

        if (causes.HasFlag(ParentCauses.Maintenance) && maintenance.FirstOrDefault(work => work.From <= now && now < work.Until && work.Covers(alarm)) is { } going)
        {
            return new(ParentCauses.Maintenance, going.Id, going.Until);
        }

        if (causes.HasFlag(ParentCauses.Bridge) && alarm.Panel is { } panel
            && open.FirstOrDefault(parent => parent.Kind.Id == AlarmKinds.PanelLost.Id && parent.IsActive && parent.Panel == panel) is { } silent)
        {
            return new(ParentCauses.Bridge, silent.Id, null);
        }

        return causes.HasFlag(ParentCauses.Mains)
            && open.FirstOrDefault(parent => parent.Kind.Id == AlarmKinds.PowerOutage.Id && parent.IsActive && parent.RaisedAt <= alarm.RaisedAt) is { } outage
            ? new(ParentCauses.Mains, outage.Id, null)
            : null;
    }
}
