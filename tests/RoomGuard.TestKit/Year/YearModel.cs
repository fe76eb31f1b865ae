using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Year;

/// <summary>
/// What must hold at the doors of <see cref="YearSite"/>, written down from the requirements and not from the program: it knows the people, cards
/// and grants from the site itself, follows the orders it sees arrive, folds the presence entries, and looks at every answer.
/// </summary>
public sealed class YearModel
{
    private static readonly TimeSpan EscortWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeZoneInfo Japan = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private const int MostVisitors = 5;

    private readonly Dictionary<PersonId, YearPerson> people;
    private readonly Dictionary<CardDigest, YearPerson> cards;
    private readonly Dictionary<PersonId, VisitPass> passes = [];
    private readonly Dictionary<CardDigest, VisitPass> badges = [];
    private readonly HashSet<PersonId> endedPasses = [];
    private readonly Dictionary<string, Lockdown> lockdowns = [];
    private readonly Dictionary<ZoneId, ZoneMode> modes = [];
    private readonly Dictionary<PersonId, Suspension> suspended = [];
    private readonly Dictionary<(ZoneId Zone, PersonId Person), DateTimeOffset> inside = [];
    private readonly HashSet<PersonId> alarms = [];
    private readonly Dictionary<(DoorId Door, PersonId Person), DateTimeOffset> lastBadge = [];
    private readonly Dictionary<(ZoneId Zone, PersonId Visitor), PersonId> escorts = [];
    private readonly HashSet<(ZoneId, PersonId)> listed = [];
    private readonly Dictionary<PersonId, ZoneId> visitors = [];
    private readonly Dictionary<RoomPlan, (ImmutableArray<InsideNow> Now, long Folded)> compared = [];
    private long folded;
    private long listVersion;

    /// <summary>Begins with everybody outside.</summary>
    public YearModel(YearSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        people = site.People.ToDictionary(person => person.Id);
        cards = site.People.ToDictionary(person => YearSite.Digest(person.Card));
    }

    /// <summary>Invariants looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>付添い不在 raised.</summary>
    public long EscortAlarms { get; private set; }

    /// <summary>Whether the folded record has somebody inside a zone.</summary>
    public bool IsInside(ZoneId zone, string person) => inside.ContainsKey((zone, new(person)));

    /// <summary>Looks at one answer.</summary>
    /// <exception cref="YearBrokenException">Something that was promised does not hold.</exception>
    public void Look(RoomPlan plan, RoomInput input, ImmutableArray<Effect> answer, ImmutableArray<InsideNow> now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(input);
        Looks++;
        Follow(plan, input);
        foreach (var effect in answer)
        {
            if (effect is Write { Event: var item })
            {
                Fold(input, item, answer);
            }
        }

        ExitsAreNeverRefused(plan, input, answer);
        NothingIsReleasedWithoutAReason(plan, input, answer);
        PresenceIsTheFoldOfTheRecord(plan, input, now);
        NoVisitorIsAloneInSilence(plan, input);
    }

    // ---- what the model learns

    private void Follow(RoomPlan plan, RoomInput input)
    {
        switch (input)
        {
            case BadgePresented badge when Holder(badge.Digest) is { } person && DoorOf(plan, badge.Reader) is { } place && place.Side == ReaderSide.Entry:
                lastBadge[(place.Door, person)] = badge.At;
                break;
            case ClockStepped stepped:
                // Seconds are counted by a clock nobody turns; what was noted by the wall clock moves with it.
                foreach (var shown in lastBadge.Keys.Where(key => IsOf(plan, key.Door)).ToArray())
                {
                    lastBadge[shown] += stepped.At - stepped.Expected;
                }

                break;
            case GrantListArrived { Index.List: var list } when list.Version > listVersion:
                // What the office suspended before it wrote the list stands in the list (R-RED-03).
                listVersion = list.Version;
                foreach (var old in suspended.Values.Where(order => order.At < list.IssuedAt).ToArray())
                {
                    suspended.Remove(old.Person!.Value);
                }

                break;
            case SuspensionArrived { Suspension: { Person: { } whom } order }:
                suspended[whom] = order;
                break;
            case LockdownArrived arrived when arrived.Ended:
                lockdowns.Remove(arrived.Lockdown.Id);
                break;
            case LockdownArrived arrived:
                lockdowns[arrived.Lockdown.Id] = arrived.Lockdown;
                break;
            case RoomOrderArrived { Order: VisitPassOrder { Pass: var pass, Ended: var ended } }:
                passes[pass.Visitor.Id] = pass;
                badges[pass.Badge.Digest] = pass;
                _ = ended ? endedPasses.Add(pass.Visitor.Id) : endedPasses.Remove(pass.Visitor.Id);
                break;
            case RoomOrderArrived { Order: ZoneModeOrder mode }:
                modes[mode.Zone] = mode.Mode;
                break;
        }
    }

    private PersonId? Holder(CardDigest card) => cards.TryGetValue(card, out var person) ? person.Id : badges.TryGetValue(card, out var pass) ? pass.Visitor.Id : null;

    private static ReaderPlace? DoorOf(RoomPlan plan, DeviceId reader)
    {
        foreach (var place in plan.Readers)
        {
            if (place.Reader == reader)
            {
                return place;
            }
        }

        return null;
    }

    private void Fold(RoomInput input, RecordedEvent item, ImmutableArray<Effect> answer)
    {
        switch (item)
        {
            case EntryGranted granted:
                MayEnter(input, granted);
                break;
            case EntryDenied denied:
                IsRefusedForWhatIsSo(input, denied);
                break;
            case PersonEntered entered:
                if (inside.TryGetValue((entered.Zone, entered.Person), out var earlier))
                {
                    // Inside twice is told as what it is, and the list still holds one.
                    Require(
                        entered.Evidence == PresenceEvidence.Manual
                            || IsForgiven(earlier, entered.OccurredAt)
                            || answer.Any(effect => effect is Write { Event: PresenceMismatch mismatch } && mismatch.Person == entered.Person && mismatch.Zone == entered.Zone),
                        input,
                        $"{entered.Person} entered {entered.Zone} while inside, and nothing said so (R-DOOR-06)");
                }

                folded++;
                inside[(entered.Zone, entered.Person)] = entered.Since ?? entered.OccurredAt;
                Place(entered.Person);
                if (entered.Escort is { } escort)
                {
                    escorts[(entered.Zone, entered.Person)] = escort;
                }

                break;
            case PersonLeft left:
                folded++;
                inside.Remove((left.Zone, left.Person));
                escorts.Remove((left.Zone, left.Person));
                Place(left.Person);
                if (!inside.Keys.Any(key => key.Person == left.Person))
                {
                    alarms.Remove(left.Person);
                }

                break;
            case EscortHandedOver over:
                foreach (var zone in escorts.Keys.Where(key => key.Visitor == over.Visitor).ToArray())
                {
                    escorts[zone] = over.To;
                }

                break;
            case EscortMissing missing:
                EscortAlarms += missing.Times == 1 ? 1 : 0;
                alarms.Add(missing.Visitor);
                break;
            case EscortReturned back:
                alarms.Remove(back.Visitor);
                break;
        }
    }

    /// <summary>Where a visitor is: of two zones, the inner one.</summary>
    private void Place(PersonId person)
    {
        visitors.Remove(person);
        if (!people.ContainsKey(person))
        {
            foreach (var zone in new[] { YearSite.Floor, YearSite.Servers, YearSite.Media })
            {
                if (inside.ContainsKey((zone, person)))
                {
                    visitors[person] = zone;
                }
            }
        }
    }

    // ---- what must hold

    /// <summary>R-DOOR-01, R-DOOR-06, R-DOOR-14, R-ZONE-09, R-VIS-02, -04, -05, -06, -11: nobody is let in who may not.</summary>
    private void MayEnter(RoomInput input, EntryGranted granted)
    {
        var (zone, who, at) = (granted.Zone, granted.Person, granted.OccurredAt);
        Require(!(suspended.TryGetValue(who, out var order) && !order.Lifted), input, $"{who} was let in while suspended (R-ID-10)");
        Require(
            !lockdowns.Values.Any(one => one.From <= at && !(one.Until <= at) && one.Zones.Contains(zone) && !one.Except.Contains(who)),
            input,
            $"{who} was let into {zone} in a lockdown (R-DOOR-14)");
        if (zone == YearSite.Servers)
        {
            Require(inside.ContainsKey((YearSite.Floor, who)), input, $"{who} was let into {zone} without being on the floor (R-ZONE-09)");
            Require(inside.Keys.Count(key => key.Zone == zone) < YearSite.MostInServers || inside.ContainsKey((zone, who)), input, $"{who} was let into {zone}, which was full");
            Require(
                !inside.TryGetValue((zone, who), out var entered) || IsForgiven(entered, at),
                input,
                $"{who} was let into {zone} while inside it (R-DOOR-06)");
        }

        if (people.TryGetValue(who, out var person))
        {
            Require(person.Zones.Contains(zone), input, $"{who} was let into {zone} without a grant for it (R-DOOR-01)");
            Require(IsWithinHours(person, at), input, $"{who} was let into {zone} outside the hours of the grant (R-DOOR-01)");
            Require(zone != YearSite.Media || granted.Methods.Length == 2, input, $"{who} was let into {zone} with one factor (R-DOOR-03)");
            return;
        }

        Require(passes.TryGetValue(who, out var pass), input, $"{who} was let in and is nobody (R-VIS-01)");
        Require(!endedPasses.Contains(who), input, $"{who} was let in with a badge that is dead (R-VIS-06)");
        Require(pass!.From <= at && at < pass.Until, input, $"{who} was let in outside the visit's time (R-VIS-01)");
        Require(pass.Zones.Contains(zone), input, $"{who} was let into {zone}, which is not in the visit (R-VIS-05)");
        Require(modes.GetValueOrDefault(zone) is not (ZoneMode.Drill or ZoneMode.Alarm), input, $"{who} was let into {zone} in a {modes.GetValueOrDefault(zone)} (R-VIS-11)");
        Require(
            granted.Escort is { } escort && pass.Escorts.Contains(escort) && CanEscort(escort, zone)
                && (inside.ContainsKey((zone, escort)) || (lastBadge.TryGetValue((granted.Door, escort), out var shown) && at - shown <= EscortWindow)),
            input,
            $"{who} was let into {zone} and the escort {granted.Escort} was not near (R-VIS-02)");
        Require(
            escorts.Count(pair => pair.Key.Zone == zone && pair.Key.Visitor != who && pair.Value == granted.Escort) < MostVisitors,
            input,
            $"{who} was let into {zone} as one too many for {granted.Escort} (R-VIS-04)");
    }

    /// <summary>R-DOOR-01: whoever is refused is refused for something that is so at that moment.</summary>
    private void IsRefusedForWhatIsSo(RoomInput input, EntryDenied denied)
    {
        var (zone, at) = (denied.Zone, denied.OccurredAt);
        var who = denied.Person ?? default;
        var pass = passes.GetValueOrDefault(who);
        var isSo = denied.Reason switch
        {
            DenyReason.CardUnknown => denied.CardDigest is { } shown && Holder(shown) is null,
            DenyReason.NoGrant or DenyReason.ZoneNotInGrant => people.TryGetValue(who, out var known) && !known.Zones.Contains(zone),
            DenyReason.OutsideHours => people.TryGetValue(who, out var known) && !IsWithinHours(known, at),
            DenyReason.PersonSuspended => suspended.TryGetValue(who, out var order) && !order.Lifted,
            DenyReason.Lockdown => lockdowns.Values.Any(one => one.Zones.Contains(zone) && !one.Except.Contains(who)),
            DenyReason.AlreadyInside => inside.TryGetValue((zone, who), out var entered) && !IsForgiven(entered, at),
            DenyReason.WrongPath => zone == YearSite.Servers && !inside.ContainsKey((YearSite.Floor, who)),
            DenyReason.BadgeDead => endedPasses.Contains(who),
            DenyReason.OutsideVisit => pass is not null && (at < pass.From || at >= pass.Until),
            DenyReason.ZoneNotInVisit => pass is not null && !pass.Zones.Contains(zone),
            DenyReason.NoEscort => pass is not null && !pass.Escorts.Any(escort => inside.ContainsKey((zone, escort))),
            _ => true,
        };
        Require(isSo, input, $"{denied.Person} was refused at {denied.Door} for {denied.Reason}, which is not so");
    }

    private static bool IsWithinHours(YearPerson person, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Japan).DateTime;
        var time = TimeOnly.FromDateTime(local);
        return (person.AllDays || local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) && time >= YearSite.Opens && time < YearSite.Closes;
    }

    private bool CanEscort(PersonId person, ZoneId zone) =>
        people.TryGetValue(person, out var known)
        && known.Category is PersonCategory.Staff
        && known.Zones.Contains(zone)
        && !(suspended.TryGetValue(person, out var order) && !order.Lifted);

    /// <summary>Whether the forgiving hour of the night lay between.</summary>
    private static bool IsForgiven(DateTimeOffset entered, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Japan);
        var last = new DateTimeOffset(local.Date + YearSite.Forgiven.ToTimeSpan(), local.Offset);
        last = last > at ? last.AddDays(-1) : last;
        return entered < last;
    }

    /// <summary>R-DOOR-05: whoever shows whatever on the inside, and whoever presses the button, is let out at once.</summary>
    private static void ExitsAreNeverRefused(RoomPlan plan, RoomInput input, ImmutableArray<Effect> answer)
    {
        var (door, reader) = input switch
        {
            BadgePresented badge when DoorOf(plan, badge.Reader) is { Side: ReaderSide.Exit } place => (place.Door, badge.Reader),
            UnreadableCard card when DoorOf(plan, card.Reader) is { Side: ReaderSide.Exit } place => (place.Door, card.Reader),
            ExitRequested button => (button.Door, default),
            _ => default((DoorId, DeviceId)),
        };
        if (door == default)
        {
            return;
        }

        Require(answer.Any(effect => effect is Act { Always: true, Order: ReleaseStrike release } && release.Door == door), input, $"the way out at {door} was not released");
        Require(!answer.Any(effect => effect is Write { Event: EntryDenied denied } && denied.Reader == reader), input, $"the way out at {door} was refused");
    }

    /// <summary>R-DOOR-01, R-DOOR-02: no strike lets go but for a recorded grant, a way out, or an order that stands.</summary>
    private void NothingIsReleasedWithoutAReason(RoomPlan plan, RoomInput input, ImmutableArray<Effect> answer)
    {
        foreach (var effect in answer)
        {
            if (effect is not Act { Order: ReleaseStrike release })
            {
                continue;
            }

            var granted = answer.Any(one => one is Write { Event: EntryGranted entry } && entry.Door == release.Door);
            var wayOut = input switch
            {
                BadgePresented badge => DoorOf(plan, badge.Reader) is { Side: ReaderSide.Exit } place && place.Door == release.Door,
                UnreadableCard card => DoorOf(plan, card.Reader) is { Side: ReaderSide.Exit } place && place.Door == release.Door,
                ExitRequested button => button.Door == release.Door,
                _ => false,
            };
            Require(granted || wayOut, input, $"{release.Door} was released and nothing says why");
        }
    }

    /// <summary>Presence equals the fold of the record; nobody is inside twice.</summary>
    private void PresenceIsTheFoldOfTheRecord(RoomPlan plan, RoomInput input, ImmutableArray<InsideNow> now)
    {
        // The very list of the last answer, and nobody came or went since: it is compared already.
        if (compared.TryGetValue(plan, out var last) && last.Now == now && last.Folded == folded)
        {
            return;
        }

        compared[plan] = (now, folded);
        listed.Clear();
        foreach (var one in now)
        {
            Require(listed.Add((one.Zone, one.Person)), input, $"{one.Person} is inside {one.Zone} twice");
            Require(inside.ContainsKey((one.Zone, one.Person)), input, $"{one.Person} is on the list of {one.Zone}, and the record does not say so");
        }

        var zones = 0;
        foreach (var (zone, _) in inside.Keys)
        {
            zones += IsOf(plan, zone) ? 1 : 0;
        }

        Require(zones == listed.Count, input, $"the record has {zones} people inside, the list {listed.Count}");
        foreach (var one in now)
        {
            // In two places at once is inside twice as well; an inner zone and the one around it are one place.
            Require(
                one.Zone != YearSite.Servers || listed.Contains((YearSite.Floor, one.Person)),
                input,
                $"{one.Person} is in {one.Zone} and not on the floor around it (R-ZONE-09)");
        }
    }

    private static bool IsOf(RoomPlan plan, DoorId door) => plan.Doors.Any(one => one.Id == door);

    private static bool IsOf(RoomPlan plan, ZoneId zone)
    {
        foreach (var door in plan.Doors)
        {
            if (door.Zone == zone)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>R-VIS-03: no visitor inside without a present, eligible escort, unless the alarm for it is open.</summary>
    private void NoVisitorIsAloneInSilence(RoomPlan plan, RoomInput input)
    {
        // A room that starts has its list of grants a moment later, and looks then; the two are one happening.
        if (input is RoomStarted)
        {
            return;
        }

        foreach (var (visitor, zone) in visitors)
        {
            if (alarms.Contains(visitor) || !IsOf(plan, zone))
            {
                continue;
            }

            var accompanied = false;
            foreach (var escort in passes[visitor].Escorts)
            {
                accompanied |= CanEscort(escort, zone) && inside.ContainsKey((zone, escort));
            }

            Require(accompanied, input, $"{visitor} is in {zone} without an escort, and no alarm is open (R-VIS-03)");
        }
    }

    private static void Require(bool holds, RoomInput input, string what)
    {
        if (!holds)
        {
            throw new YearBrokenException($"At {input.At:yyyy-MM-dd HH:mm:ss.fff}, after {input.GetType().Name}: {what}.");
        }
    }
}
