using System.Collections.Immutable;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What is open about one visitor inside. Times are steady instants unless said otherwise.</summary>
/// <param name="MissingAt">Wall time at which 付添い不在 began.</param>
/// <param name="Missing">The same, steady; null: an escort is beside the visitor.</param>
/// <param name="MissingDue">When it is told next.</param>
/// <param name="MissingIn">The zone it was told of last: a visitor who turns up alone in another one is told at once.</param>
/// <param name="Over">When the visit ended; null: it has not.</param>
/// <param name="OverUntil">The end it was told of, wall time: another end begins anew.</param>
/// <param name="OverDue">When 滞在超過 is told next.</param>
public sealed record VisitorRun(
    PersonId Visitor,
    DateTimeOffset MissingAt,
    DateTimeOffset? Missing,
    DateTimeOffset MissingDue,
    int MissingTimes,
    DateTimeOffset? Over,
    DateTimeOffset OverUntil,
    DateTimeOffset OverDue,
    int OverTimes,
    ZoneId? MissingIn = null);

/// <summary>Two escorts showed their cards at the entry reader one after the other: once the second is beside the visitors, they are the second's.</summary>
/// <param name="Until">Steady instant from which it no longer counts.</param>
public sealed record AgreedHandover(ZoneId Zone, DoorId Door, PersonId From, PersonId To, DateTimeOffset Until);

/// <summary>
/// R-VIS-02…04, 09, 10: escort is continuous, from entry to exit. For every visitor inside, somebody who may escort is in the same zone, or 付添い不在 stands
/// and is told again and again. Nobody is ever held back: who leaves last leaves, and it is told.
/// </summary>
internal sealed class EscortWatch(Room room)
{
    private readonly SortedDictionary<string, VisitorRun> visitors = new(StringComparer.Ordinal);
    private readonly List<AgreedHandover> agreed = [];
    private long seen = -1;
    private DateTimeOffset? nextSteady;
    private DateTimeOffset? nextWall;

    public bool Changed { get; set; }

    public ImmutableArray<VisitorRun> Visitors => [.. visitors.Values];

    public ImmutableArray<AgreedHandover> Agreed => [.. agreed];

    /// <summary>Wall time at which something is to be told; null: nothing is.</summary>
    public DateTimeOffset? NextDue => room.AwaitsList
        ? null
        : nextSteady is { } steady && room.Clock.WallOf(steady) is var told && !(nextWall < told) ? told : nextWall;

    public void Restore(ImmutableArray<VisitorRun>? then, ImmutableArray<AgreedHandover>? handovers)
    {
        visitors.Clear();
        agreed.Clear();
        foreach (var one in then ?? [])
        {
            visitors[one.Visitor.Value] = one;
        }

        agreed.AddRange(handovers ?? []);
        seen = -1;
        (nextSteady, nextWall) = (null, null);
    }

    /// <summary>Whether this visitor stands without an escort at this moment.</summary>
    public bool IsAlone(PersonId visitor) => visitors.GetValueOrDefault(visitor.Value) is { Missing: not null };

    /// <summary>Whether the readers of a zone are to sound: a visitor stands alone in it, or their escort is on the way out.</summary>
    public bool IsAlarm(ZoneId zone)
    {
        foreach (var (_, one) in visitors)
        {
            if (one.Missing is not null && room.Presence.Find(zone, one.Visitor) is not null)
            {
                return true;
            }
        }

        foreach (var run in room.DoorsOf(zone))
        {
            foreach (var passage in run.State.Awaited)
            {
                if (passage.Way is PassageWay.Out && Escorts(passage.Person, zone))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // ---- at the door

    /// <summary>Who could let this visitor in: the escort at this moment first, then those named for the visit.</summary>
    public ImmutableArray<EscortCandidate> Candidates(VisitPass pass, DoorRun run)
    {
        var now = room.Presence.Innermost(pass.Visitor.Id)?.Escort;
        var all = ImmutableArray.CreateBuilder<EscortCandidate>(pass.Escorts.Length + 1);
        if (now is { } current)
        {
            all.Add(Candidate(current, pass, run));
        }

        foreach (var named in pass.Escorts)
        {
            if (named != now)
            {
                all.Add(Candidate(named, pass, run));
            }
        }

        return all.DrainToImmutable();
    }

    /// <summary>Somebody who is no visitor showed a card at the entry side.</summary>
    public void CardAtEntry(DoorRun run, PersonId person, bool isGranted)
    {
        if (room.RulesOf(run.Zone).Escort is not { } rule)
        {
            return;
        }

        var badge = new RecentBadge(person, room.Now.Steady, isGranted, room.Presence.Find(run.Zone, person) is not null);
        foreach (var other in run.Recent)
        {
            if (other.Person != person && room.Now.Steady - other.At <= rule.Within)
            {
                Agree(run, other, badge, rule);
                Agree(run, badge, other, rule);
            }
        }

        run.Remember(badge, rule.Within);
        room.DoorsChanged = true;
    }

    /// <summary>An escort shows the card on the way out: who is named for the visit and beside the visitor takes over.</summary>
    public void CardAtExit(DoorRun run, PersonId leaving)
    {
        foreach (var visitor in Sorted())
        {
            if (room.Presence.Find(run.Zone, visitor) is { Escort: { } escort } && escort == leaving && room.Presence.Innermost(visitor) is { } entry
                && TakenOverBy(entry, leaving) is { } next)
            {
                HandOver(entry, next, EscortHandover.AtTheExit, run.Id);
            }
        }
    }

    // ---- the watch

    public void Look()
    {
        foreach (var gone in visitors.Values.Where(one => !room.Presence.IsInside(one.Visitor)).ToArray())
        {
            _ = visitors.Remove(gone.Visitor.Value);
            Changed = true;
        }

        if (room.AwaitsList || !IsDue())
        {
            return;
        }

        Changed |= agreed.RemoveAll(one => room.Now.Steady >= one.Until) > 0;
        (nextSteady, nextWall) = (null, null);
        foreach (var visitor in Sorted())
        {
            Watch(visitor);
        }

        seen = room.Stamp;
    }

    private bool IsDue() =>
        seen != room.Stamp || (nextSteady is { } steady && room.Now.Steady >= steady) || (nextWall is { } wall && room.Now.At >= wall);

    private PersonId[] Sorted()
    {
        PersonId[] all = [.. room.Presence.Visitors];
        Array.Sort(all, (one, other) => string.CompareOrdinal(one.Value, other.Value));
        return all;
    }

    private void Watch(PersonId visitor)
    {
        var pass = room.Book.Visitor(visitor)?.Pass;
        var entry = room.Presence.Innermost(visitor)!;
        if (agreed.Find(one => one.Zone == entry.Zone && one.From == entry.Escort) is { } agreement
            && IsBeside(agreement.To, entry) && HasRoom(agreement.To, visitor, entry.Zone))
        {
            entry = HandOver(entry, agreement.To, EscortHandover.AtTheEntry, agreement.Door);
        }

        if (!(entry.Escort is { } escort && IsBeside(escort, entry)) && TakenOverBy(entry, entry.Escort) is { } named)
        {
            entry = HandOver(entry, named, EscortHandover.BesideTheVisitor, null);
        }

        var before = visitors.GetValueOrDefault(visitor.Value);
        var run = before ?? new(visitor, default, null, default, 0, null, default, default, 0);
        run = Stay(Beside(run, entry), entry, pass);
        if (run.Missing is not null || run.Over is not null)
        {
            visitors[visitor.Value] = run;
        }
        else
        {
            _ = visitors.Remove(visitor.Value);
        }

        Changed |= run != before;
        if (run.Missing is null != before?.Missing is null)
        {
            room.Touch();
        }

        nextSteady = Sooner(Sooner(nextSteady, run.Missing is null ? null : run.MissingDue), run.Over is null ? null : run.OverDue);
        nextWall = run.Over is null && pass is not null ? Sooner(nextWall, pass.Until) : nextWall;
    }

    // R-VIS-03.
    private VisitorRun Beside(VisitorRun run, InsideEntry entry)
    {
        var now = room.Now;
        if (entry.Escort is { } escort && IsBeside(escort, entry))
        {
            if (run.Missing is { } since)
            {
                room.Record(new EscortReturned(now.At, entry.Zone, room.Presence.VisitOf(run.Visitor), run.Visitor, escort, (long)(now.Steady - since).TotalMilliseconds));
            }

            return run with { Missing = null, MissingTimes = 0, MissingIn = null };
        }

        var begun = run.Missing is null ? run with { Missing = now.Steady, MissingAt = now.At, MissingDue = now.Steady, MissingTimes = 0, MissingIn = entry.Zone }
            : run.MissingIn != entry.Zone ? run with { MissingDue = now.Steady, MissingIn = entry.Zone }
            : run;
        if (now.Steady < begun.MissingDue)
        {
            return begun;
        }

        var missing = now.Steady - begun.Missing!.Value;
        var (repeat, limit) = (room.Settings.EscortMissingRepeat, room.Settings.EscortIncidentAfter);
        var isIncident = missing >= limit;
        room.Record(new EscortMissing(
            now.At, entry.Zone, room.Presence.VisitOf(run.Visitor), run.Visitor, entry.Escort, begun.MissingAt, (long)missing.TotalMilliseconds, isIncident, begun.MissingTimes + 1));
        var next = begun.Missing.Value + (((int)(missing / repeat) + 1) * repeat);
        return begun with
        {
            MissingTimes = begun.MissingTimes + 1,
            MissingDue = !isIncident && begun.Missing.Value + limit < next ? begun.Missing.Value + limit : next,
        };
    }

    // R-VIS-09.
    private VisitorRun Stay(VisitorRun run, InsideEntry entry, VisitPass? pass)
    {
        var now = room.Now;
        if (pass is null || (run.Over is null || run.OverUntil != pass.Until) && now.At < pass.Until)
        {
            return run with { Over = null, OverTimes = 0 };
        }

        var begun = run.Over is null || run.OverUntil != pass.Until
            ? run with { Over = now.Steady - (now.At - pass.Until), OverUntil = pass.Until, OverDue = now.Steady, OverTimes = 0 }
            : run;
        if (now.Steady < begun.OverDue)
        {
            return begun;
        }

        var over = now.Steady - begun.Over!.Value;
        var (limit, repeat) = (room.Settings.OverstayAlarmAfter, room.Settings.OverstayRepeat);
        var isAlarm = over >= limit;
        room.Record(new VisitOverstayed(
            now.At, entry.Zone, room.Presence.VisitOf(run.Visitor), run.Visitor, entry.Escort, pass.Until, (long)over.TotalMilliseconds, isAlarm, begun.OverTimes + 1));
        return begun with
        {
            OverTimes = begun.OverTimes + 1,
            OverDue = begun.Over.Value + limit + (isAlarm ? ((int)((over - limit) / repeat) + 1) * repeat : TimeSpan.Zero),
        };
    }

    // ---- who may, and who is there

    private EscortCandidate Candidate(PersonId person, VisitPass pass, DoorRun run) => new(
        person,
        room.Presence.Find(run.Zone, person) is not null
            || (room.RulesOf(run.Zone).Escort is { } rule && run.Lately(person, rule.Within, room.Now.Steady) is { Granted: true }),
        MayEscort(person, run.Zone, entering: true),
        VisitorsOf(person, pass.Visitor.Id));

    private bool IsBeside(PersonId escort, InsideEntry visitor) =>
        room.Presence.Find(visitor.Zone, escort) is not null && MayEscort(escort, visitor.Zone, entering: false);

    private bool IsLeaving(PersonId escort, ZoneId zone)
    {
        foreach (var run in room.DoorsOf(zone))
        {
            if (run.IsLettingOut(escort))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasRoom(PersonId escort, PersonId visitor, ZoneId zone) => room.RulesOf(zone).Escort is { } rule && VisitorsOf(escort, visitor) < rule.Most;

    private PersonId? TakenOverBy(InsideEntry visitor, PersonId? from)
    {
        foreach (var named in room.Book.Visitor(visitor.Person)?.Pass.Escorts ?? [])
        {
            if (named != from && IsBeside(named, visitor) && !IsLeaving(named, visitor.Zone) && HasRoom(named, visitor.Person, visitor.Zone))
            {
                return named;
            }
        }

        return null;
    }

    /// <summary>Visitors this person has beside them or is taking in, each once.</summary>
    private int VisitorsOf(PersonId escort, PersonId without)
    {
        var count = 0;
        foreach (var visitor in room.Presence.Visitors)
        {
            if (room.Presence.EscortOf(visitor) == escort && visitor != without)
            {
                count++;
            }
        }

        foreach (var run in room.Doors)
        {
            foreach (var passage in run.State.Awaited)
            {
                if (passage is { Way: PassageWay.In, Escort: { } by } && by == escort && passage.Person != without && !room.Presence.IsInside(passage.Person))
                {
                    count++;
                }
            }
        }

        return count;
    }

    // Whoever went in within their hours goes on escorting beyond them: the visitor is not to be left because the clock struck.
    private bool MayEscort(PersonId person, ZoneId zone, bool entering)
    {
        if (room.List is not { } list || room.RulesOf(zone).Escort is not { } rule || list.Person(person) is not { } who || room.Orders.Of(person) is not null)
        {
            return false;
        }

        var today = DateOnly.FromDateTime(room.Local);
        if (!IsOfTheKind(who.Category, rule.Eligible) || today < who.ValidFrom || today >= who.ValidUntil)
        {
            return false;
        }

        var objection = GrantChoice.Among(list.GrantsOf(person), zone, room.Local, list).Objection;
        return objection is null || (!entering && objection is DenyReason.OutsideHours);
    }

    private static bool IsOfTheKind(PersonCategory category, Eligibility eligible) => category switch
    {
        PersonCategory.Staff or PersonCategory.FixedTermStaff or PersonCategory.TemporaryStaff or PersonCategory.SpecialServiceStaff => true,
        PersonCategory.Contractor => eligible is Eligibility.AuthorisedContractor,
        _ => false,
    };

    // ---- hand-over

    private void Agree(DoorRun run, RecentBadge from, RecentBadge to, EscortRule rule)
    {
        if (from.WasInside && to.Granted && MayEscort(to.Person, run.Zone, entering: true) && Escorts(from.Person, run.Zone))
        {
            _ = agreed.RemoveAll(one => one.Zone == run.Zone && one.From == from.Person);
            agreed.Add(new(run.Zone, run.Id, from.Person, to.Person, room.Now.Steady + rule.Within));
            Changed = true;
            room.Touch();
        }
    }

    private bool Escorts(PersonId escort, ZoneId zone)
    {
        foreach (var visitor in room.Presence.Visitors)
        {
            if (room.Presence.EscortOf(visitor) == escort && room.Presence.Find(zone, visitor) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private InsideEntry HandOver(InsideEntry visitor, PersonId to, EscortHandover how, DoorId? door)
    {
        room.Record(new EscortHandedOver(room.Now.At, visitor.Zone, room.Presence.VisitOf(visitor.Person), visitor.Person, visitor.Escort, to, how, door));
        room.Presence.HandOver(visitor.Person, to);
        return room.Presence.Innermost(visitor.Person)!;
    }

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
