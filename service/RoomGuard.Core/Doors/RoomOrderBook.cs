using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>An order to the rooms this bridge knows.</summary>
public sealed record HeldRoomOrder(long Serial, RoomOrder Order);

/// <summary>
/// The newest order of each key, laid out for the questions the doors ask. What is long over is forgotten, and with it every order as old: a late copy of one
/// of them does nothing.
/// </summary>
internal sealed class RoomOrderBook
{
    /// <summary>How long an order that is over is kept, so that the record's readers and a late copy still find it.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Dictionary<string, HeldRoomOrder> orders = new(StringComparer.Ordinal);
    private readonly Dictionary<CardDigest, (long Serial, VisitPassOrder Order)> badges = [];
    private readonly Dictionary<PersonId, VisitPassOrder> visitors = [];
    private readonly Dictionary<(PersonId, ZoneId), PurposeOrder> purposes = [];
    private readonly Dictionary<(ZoneId, VisitId), VisitorOverrideOrder> overrides = [];
    private readonly Dictionary<ZoneId, HeldRoomOrder> modes = [];

    public bool Changed { get; set; }

    /// <summary>Orders up to this serial that are not known were forgotten.</summary>
    public long Forgotten { get; private set; } = -1;

    public ImmutableArray<HeldRoomOrder> Orders => [.. orders.Values.OrderBy(one => one.Serial)];

    /// <summary>The newest pass by which this badge was handed out; null: it is no visitor's badge.</summary>
    public VisitPassOrder? Badge(CardDigest digest) => badges.TryGetValue(digest, out var held) ? held.Order : null;

    /// <summary>The visitor's pass; null: no visitor.</summary>
    public VisitPassOrder? Visitor(PersonId person) => visitors.GetValueOrDefault(person);

    public PurposeOrder? Purpose(PersonId person, ZoneId zone, DateTimeOffset at) =>
        purposes.GetValueOrDefault((person, zone)) is { } found && at < found.Until ? found : null;

    public VisitorOverrideOrder? Override(ZoneId zone, VisitId visit, DateTimeOffset at) =>
        overrides.GetValueOrDefault((zone, visit)) is { } found && at < found.Until ? found : null;

    public (long Serial, ZoneModeOrder Order)? Mode(ZoneId zone) =>
        modes.GetValueOrDefault(zone) is { Order: ZoneModeOrder order } held ? (held.Serial, order) : null;

    /// <returns>False when it, or a newer one of its key, is known already.</returns>
    public bool Take(long serial, RoomOrder order)
    {
        if (orders.TryGetValue(order.Key, out var known) ? known.Serial >= serial : serial <= Forgotten)
        {
            return false;
        }

        Put(new(serial, order));
        Changed = true;
        return true;
    }

    /// <summary>Forgets what was over a week ago, but nothing of a visitor who is inside.</summary>
    public void Forget(DateTimeOffset at, Func<PersonId, bool> isInside)
    {
        // Only from the oldest on: what is older than a kept order may still be told again.
        foreach (var held in Orders)
        {
            if (held.Order is PresenceOrder or ZoneModeOrder { Mode: not ZoneMode.Normal })
            {
                continue;
            }

            var over = held.Order switch
            {
                VisitPassOrder { Ended: true } order => isInside(order.Pass.Visitor.Id) ? null : order.Pass.Until,
                PurposeOrder order => order.Until,
                VisitorOverrideOrder order => order.Until,
                PlannedOutageOrder order => order.Outage.To,
                UpsCommandOrder order => order.ConfirmedAt + UpsCommandOrder.GoodFor,
                ClimateConfirmOrder order => order.At,
                SensorServiceOrder order => order.Until,
                _ => (DateTimeOffset?)null,
            };
            if (over is { } end && end + Kept < at)
            {
                Remove(held);
                Forgotten = Math.Max(Forgotten, held.Serial);
                Changed = true;
            }
        }
    }

    public void Restore(ImmutableArray<HeldRoomOrder> held, long forgotten)
    {
        orders.Clear();
        badges.Clear();
        visitors.Clear();
        purposes.Clear();
        overrides.Clear();
        modes.Clear();
        foreach (var one in held)
        {
            Put(one);
        }

        Forgotten = forgotten;
    }

    private void Put(HeldRoomOrder held)
    {
        var before = orders.GetValueOrDefault(held.Order.Key)?.Order;
        orders[held.Order.Key] = held;
        switch (held.Order)
        {
            case VisitPassOrder order:
                visitors[order.Pass.Visitor.Id] = order;

                // Another badge in place of the first: that one is this visitor's no longer.
                if (before is VisitPassOrder { Pass.Badge.Digest: var old } && old != order.Pass.Badge.Digest)
                {
                    FindBadge(old);
                }

                FindBadge(order.Pass.Badge.Digest);
                break;
            case PurposeOrder order:
                purposes[(order.Person, order.Zone)] = order;
                break;
            case VisitorOverrideOrder order:
                overrides[(order.Zone, order.Visit)] = order;
                break;
            case ZoneModeOrder order:
                modes[order.Zone] = held;
                break;
            default:
                break;
        }
    }

    private void Remove(HeldRoomOrder held)
    {
        _ = orders.Remove(held.Order.Key);
        switch (held.Order)
        {
            case VisitPassOrder { Pass: var pass }:
                _ = visitors.Remove(pass.Visitor.Id);
                FindBadge(pass.Badge.Digest);
                break;
            case PurposeOrder order:
                _ = purposes.Remove((order.Person, order.Zone));
                break;
            case VisitorOverrideOrder order:
                _ = overrides.Remove((order.Zone, order.Visit));
                break;
            default:
                break;
        }
    }

    // A badge is handed out again and again; who had it last counts.
    private void FindBadge(CardDigest digest)
    {
        _ = badges.Remove(digest);
        foreach (var held in orders.Values)
        {
            if (held.Order is VisitPassOrder order && order.Pass.Badge.Digest == digest && (!badges.TryGetValue(digest, out var other) || other.Serial < held.Serial))
            {
                badges[digest] = (held.Serial, order);
            }
        }
    }
}
