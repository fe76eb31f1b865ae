using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>
/// What the room's own pages have to know beyond the room's state: the last answer of each door, visitors' passes, modes and lockdowns. It is a fold
/// of the journal, begun from the last snapshot, and follows it entry by entry. One writer; what it gives out is immutable.
/// </summary>
public sealed class RoomBoard
{
    private static readonly TimeSpan ShowRefusal = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShowEscortWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShowExit = TimeSpan.FromSeconds(4);

    private readonly ImmutableDictionary<DoorId, Door> doors;
    private volatile Known known;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins from what a restart must not forget.</summary>
    /// <param name="snapshot">Null: the very first start.</param>
    public RoomBoard(RoomPlan plan, RoomSnapshot? snapshot)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Doors = plan.Doors;
        doors = plan.Doors.ToImmutableDictionary(door => door.Id);
        var orders = snapshot?.RoomOrders ?? [];
        known = new(
            ImmutableDictionary<DoorId, DoorMoment>.Empty,
            orders.Select(held => held.Order).OfType<VisitPassOrder>().ToImmutableDictionary(order => order.Pass.Visitor.Id, order => order.Pass),
            orders.Select(held => held.Order).OfType<ZoneModeOrder>().ToImmutableDictionary(order => order.Zone),
            (snapshot?.Lockdowns ?? []).ToImmutableDictionary(held => held.Lockdown.Id, held => held.Lockdown));
    }

    /// <summary>The doors of this bridge.</summary>
    public ImmutableArray<Door> Doors { get; }

    /// <summary>Ends at the next change; ask for it before looking, so that none is missed.</summary>
    public Task Changed => Volatile.Read(ref changed).Task;

    /// <summary>What a door says at this moment; null: nothing to anybody.</summary>
    public DoorMoment? At(DoorId door, DateTimeOffset now) => known.Moments.GetValueOrDefault(door) is { } moment && now < moment.Until ? moment : null;

    /// <summary>The pass of a visitor, also after it ended: somebody may still be inside. Null: none is known.</summary>
    public VisitPass? Pass(PersonId visitor) => known.Passes.GetValueOrDefault(visitor);

    /// <summary>What a zone is in the middle of.</summary>
    public ZoneMode Mode(ZoneId zone, DateTimeOffset now) => known.Modes.GetValueOrDefault(zone) is { } order && (order.Until is not { } until || now < until) ? order.Mode : ZoneMode.Normal;

    /// <summary>Whether entry to a zone is stopped by 区域封鎖.</summary>
    public bool LockedDown(ZoneId zone, DateTimeOffset now) =>
        known.Lockdowns.Values.Any(lockdown => lockdown.Zones.Contains(zone) && lockdown.From <= now && (lockdown.Until is not { } until || now < until));

    /// <summary>Takes an entry of the journal over.</summary>
    public void Take(long number, RecordedEvent item)
    {
        known = item switch
        {
            EntryGranted e => With(new(e.Door, e.Zone, DoorAnswer.Granted, e.OccurredAt + Unlock(e.Door), e.Person, null, number)),
            EntryDenied e => With(new(e.Door, e.Zone, DoorAnswer.Refused, e.OccurredAt + (e.Reason == DenyReason.NoEscort ? ShowEscortWait : ShowRefusal), e.Person, e.Reason, number)),
            FactorAwaited e when doors.TryGetValue(e.Door, out var door) => With(new(e.Door, door.Zone, DoorAnswer.FactorAwaited, e.Until, e.Person, null, number)),
            PairAwaited e when doors.TryGetValue(e.Door, out var door) => With(new(e.Door, door.Zone, DoorAnswer.SecondAwaited, e.Until, e.Person, null, number)),
            ExitBadged e => With(new(e.Door, e.Zone, DoorAnswer.Left, e.OccurredAt + ShowExit, null, null, number)),
            RoomOrderApplied { Order: VisitPassOrder order } => known with { Passes = known.Passes.SetItem(order.Pass.Visitor.Id, order.Pass) },
            RoomOrderApplied { Order: ZoneModeOrder order } => known with { Modes = known.Modes.SetItem(order.Zone, order) },
            LockdownApplied { Ended: false } e => known with { Lockdowns = known.Lockdowns.SetItem(e.Lockdown.Id, e.Lockdown) },
            LockdownApplied { Ended: true } e => known with { Lockdowns = known.Lockdowns.Remove(e.Lockdown.Id) },
            _ => known,
        };
    }

    /// <summary>Tells whoever waits that entries were taken over.</summary>
    public void Tell() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private TimeSpan Unlock(DoorId door) => doors.TryGetValue(door, out var found) ? found.Unlock : TimeSpan.Zero;

    private Known With(DoorMoment moment) => known with { Moments = known.Moments.SetItem(moment.Door, moment) };

    private sealed record Known(
        ImmutableDictionary<DoorId, DoorMoment> Moments,
        ImmutableDictionary<PersonId, VisitPass> Passes,
        ImmutableDictionary<ZoneId, ZoneModeOrder> Modes,
        ImmutableDictionary<string, Lockdown> Lockdowns);
}
