using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>A lockdown this bridge knows.</summary>
/// <param name="FromList">Came with a list, and ends when a list no longer names it; else it lasts until it is ended by name or its time is up.</param>
public sealed record HeldLockdown(Lockdown Lockdown, bool FromList);

/// <summary>
/// What stands on top of the grant list: suspensions newer than it (R-RED-03) and lockdowns (R-DOOR-14). A suspension that was lifted
/// is remembered as lifted, so that a late copy of it does nothing; a lift takes back what came by the same lane and never
/// loosens the list itself. Lost is final (R-ID-08).
/// </summary>
internal sealed class StandingOrders
{
    private readonly SortedDictionary<string, Suspension> people = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Suspension> cards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HeldLockdown> lockdowns = new(StringComparer.Ordinal);
    private readonly SortedSet<string> ended = new(StringComparer.Ordinal);

    public bool Changed { get; set; }

    public long SuspensionSerial { get; private set; }

    public ImmutableArray<Suspension> Suspensions => [.. people.Values, .. cards.Values];

    public ImmutableArray<HeldLockdown> Lockdowns => [.. lockdowns.Values];

    public ImmutableArray<string> Ended => [.. ended];

    public Suspension? Of(PersonId person) => people.GetValueOrDefault(person.Value) is { Lifted: false } found ? found : null;

    public Suspension? Of(CredentialId card) => cards.GetValueOrDefault(card.Value) is { Lifted: false } found ? found : null;

    /// <summary>The lockdown that stops this person at this zone now; null person: that stops anybody.</summary>
    public Lockdown? Lockdown(ZoneId zone, PersonId? person, DateTimeOffset at)
    {
        foreach (var (_, held) in lockdowns)
        {
            var order = held.Lockdown;
            if (order.From <= at && order.Zones.Contains(zone) && !(person is { } one && order.Except.Contains(one)))
            {
                return order;
            }
        }

        return null;
    }

    /// <summary>When a lockdown begins or ends by itself; wall time.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset at)
    {
        DateTimeOffset? next = null;
        foreach (var (_, held) in lockdowns)
        {
            var due = held.Lockdown.From > at ? held.Lockdown.From : held.Lockdown.Until;
            next = next is null || due < next ? due ?? next : next;
        }

        return next;
    }

    public IEnumerable<RecordedEvent> Suspend(Suspension order, DateTimeOffset at)
    {
        SuspensionSerial = Math.Max(SuspensionSerial, order.Serial);
        var isNews = (order.Person is { } person && Put(people, person.Value, order))
            | (order.Credential is { } card && Put(cards, card.Value, order));
        if (isNews)
        {
            Changed = true;
            yield return new SuspensionApplied(at, order);
        }
    }

    public IEnumerable<RecordedEvent> Lock(Lockdown order, bool isOver, DateTimeOffset at)
    {
        if (isOver)
        {
            Changed |= ended.Add(order.Id);
            return End(order.Id, at);
        }

        Changed |= ended.Remove(order.Id);
        return Begin(new(order, FromList: false), at);
    }

    /// <summary>Lockdowns whose time is up.</summary>
    public IEnumerable<RecordedEvent> Elapse(DateTimeOffset at)
    {
        var over = lockdowns.Values.Where(held => held.Lockdown.Until <= at).Select(held => held.Lockdown.Id).ToArray();
        return over.Length == 0 ? [] : over.SelectMany(id => End(id, at)).ToArray();
    }

    /// <summary>Puts a new list under the standing orders: what it already knows is dropped, what it brings is added.</summary>
    public IEnumerable<RecordedEvent> Under(GrantList list, DateTimeOffset at)
    {
        Changed = true;
        Drop(people, list.IssuedAt);
        Drop(cards, list.IssuedAt);
        var gone = lockdowns.Values
            .Where(held => held.FromList && list.Lockdowns.All(order => order.Id != held.Lockdown.Id))
            .Select(held => held.Lockdown.Id).ToArray();
        ended.IntersectWith(list.Lockdowns.Select(order => order.Id));
        return
        [
            .. gone.SelectMany(id => End(id, at)).ToArray(),
            .. list.Lockdowns.Where(order => !ended.Contains(order.Id) && !(order.Until <= at)).SelectMany(order => Begin(new(order, FromList: true), at)).ToArray(),
        ];
    }

    public void Restore(long serial, ImmutableArray<Suspension> suspensions, ImmutableArray<HeldLockdown> held, ImmutableArray<string> endedIds)
    {
        people.Clear();
        cards.Clear();
        lockdowns.Clear();
        ended.Clear();
        foreach (var order in suspensions)
        {
            _ = order.Person is { } person && Put(people, person.Value, order);
            _ = order.Credential is { } card && Put(cards, card.Value, order);
        }

        foreach (var one in held)
        {
            lockdowns[one.Lockdown.Id] = one;
        }

        ended.UnionWith(endedIds);
        SuspensionSerial = serial;
    }

    private static bool Put(SortedDictionary<string, Suspension> orders, string whom, Suspension order)
    {
        switch (orders.GetValueOrDefault(whom))
        {
            case { } known when known.Serial >= order.Serial:
            case { State: CredentialState.Lost, Lifted: false } when order.Lifted || order.State is not CredentialState.Lost:
                return false;
            default:
                orders[whom] = order;
                return true;
        }
    }

    private static void Drop(SortedDictionary<string, Suspension> orders, DateTimeOffset issuedAt)
    {
        foreach (var (whom, _) in orders.Where(one => one.Value.At < issuedAt).ToArray())
        {
            orders.Remove(whom);
        }
    }

    private IEnumerable<RecordedEvent> Begin(HeldLockdown order, DateTimeOffset at)
    {
        var known = lockdowns.GetValueOrDefault(order.Lockdown.Id);
        if (known is not null && Same(known.Lockdown, order.Lockdown))
        {
            return [];
        }

        lockdowns[order.Lockdown.Id] = known is { FromList: false } ? order with { FromList = false } : order;
        Changed = true;
        return [new LockdownApplied(at, order.Lockdown, Ended: false)];
    }

    private IEnumerable<RecordedEvent> End(string id, DateTimeOffset at)
    {
        if (!lockdowns.Remove(id, out var held))
        {
            return [];
        }

        Changed = true;
        return [new LockdownApplied(at, held.Lockdown, Ended: true)];
    }

    // Records compare arrays by identity; two copies of an order are the same when all they say is.
    private static bool Same(Lockdown one, Lockdown other) =>
        one with { Zones = [], Except = [] } == other with { Zones = [], Except = [] }
        && one.Zones.SequenceEqual(other.Zones)
        && one.Except.SequenceEqual(other.Except);
}
