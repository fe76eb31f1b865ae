using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>What holds whatever happens: checked over random histories of a room with two zones, three doors and five readers.</summary>
public class EntryPropertyTests
{
    private static readonly RoomPlan Plan = new(
        [A.Door(), A.Door("SRV-1-D2"), A.Door("MED-1-D1", "MED-1")],
        [
            new(new("r1-in"), new("SRV-1-D1"), ReaderSide.Entry), new(new("r1-out"), new("SRV-1-D1"), ReaderSide.Exit),
            new(new("r2-in"), new("SRV-1-D2"), ReaderSide.Entry),
            new(new("r3-in"), new("MED-1-D1"), ReaderSide.Entry), new(new("r3-out"), new("MED-1-D1"), ReaderSide.Exit),
        ]);

    // Checking a PIN costs real time; here any four-digit PIN is either the one or not.
    private static readonly EntryControlSettings Settings = new() { PinMatches = (_, pin) => pin == "4711" };

    // Built once: a history tells the same list many times over.
    private static readonly ImmutableArray<GrantIndex> Lists = [.. Enumerable.Range(1, 4).Select(version => new GrantIndex(ListOf(version)))];

    private static readonly PinVerifier AnyVerifier = new("", "", 1_000);

    /// <summary>Histories: each step waits a while, then something happens.</summary>
    private static Arbitrary<(int Wait, int What, int Which)[]> Histories =>
        Gen.ArrayOf(
            from wait in Gen.Frequency<int>(
                (6, Gen.Choose(0, 3_000)), (3, Gen.Choose(3_000, 70_000)), (1, Gen.Choose(70_000, 20_000_000)))
            from what in Gen.Choose(0, 29)
            from which in Gen.Choose(0, 1_000)
            select (wait, what, which)).ToArbitrary();

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Exits_are_never_refused_nor_delayed() => ForAll(history => Steps(history).All(step => step.Input switch
    {
        BadgePresented { Reader: var reader } when IsExit(reader) => ReleasedAlways(step, DoorOf(reader)),
        UnreadableCard { Reader: var reader } when IsExit(reader) => ReleasedAlways(step, DoorOf(reader)),
        ExitRequested { Door: var door } => ReleasedAlways(step, door),
        _ => true,
    }));

    [Fact]
    [Requirement("R-DOOR-01")]
    public void No_strike_is_released_for_an_entry_without_its_record_in_the_same_step() => ForAll(history => Steps(history).All(step =>
        step.Acts.Where(act => act.Order is ReleaseStrike).All(act =>
            act.Always
                ? step.Input is ExitRequested
                    || (step.Input is BadgePresented badge && IsExit(badge.Reader))
                    || (step.Input is UnreadableCard card && IsExit(card.Reader))
                : step.Writes.OfType<EntryGranted>().Any(granted => granted.Door == ((ReleaseStrike)act.Order).Door))));

    [Fact]
    [Requirement("R-DOOR-10")]
    public void A_refused_card_releases_nothing() => ForAll(history => Steps(history).All(step =>
        step.Input is not BadgePresented { Digest: var digest, Reader: var reader }
        || IsExit(reader)
        || !step.Writes.OfType<EntryDenied>().Any(denied => denied.CardDigest == digest && denied.Reader == reader && denied.Reason is not DenyReason.SecondFactorMissing)
        || step.Acts.All(act => act.Order is not ReleaseStrike)));

    [Fact]
    [Requirement("R-DOOR-10")]
    public void Nobody_is_let_in_whose_card_is_not_in_the_list_in_use() => ForAll(history => Steps(history).All(step =>
        step.Writes.OfType<EntryGranted>().All(granted =>
            Lists[(int)granted.ListVersion - 1].Card(granted.CardDigest) is { State: CredentialState.Active } card
            && card.Person == granted.Person
            && Lists[(int)granted.ListVersion - 1].GrantsOf(granted.Person).Any(grant => grant.Id == granted.Grant && grant.Zones.Contains(granted.Zone)))));

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Who_is_inside_is_the_fold_of_the_presence_events() => ForAll(history =>
    {
        var inside = new HashSet<(ZoneId, PersonId)>();
        return Steps(history).All(step =>
        {
            foreach (var item in step.Writes)
            {
                _ = item switch
                {
                    PersonEntered entered => inside.Add((entered.Zone, entered.Person)),
                    PersonLeft left => inside.Remove((left.Zone, left.Person)),
                    _ => false,
                };
            }

            return inside.SetEquals(step.Control.InsideNow().Select(one => (one.Zone, one.Person)));
        });
    });

    [Fact]
    [Requirement("R-DOOR-18")]
    public void A_zone_is_told_vacant_exactly_when_the_last_one_left() => ForAll(history =>
    {
        var counts = new Dictionary<ZoneId, HashSet<PersonId>>();
        return Steps(history).SelectMany(step => step.Writes).All(item =>
        {
            switch (item)
            {
                case PersonEntered entered:
                    (counts.TryGetValue(entered.Zone, out var there) ? there : counts[entered.Zone] = []).Add(entered.Person);
                    return true;
                case PersonLeft left:
                    counts.GetValueOrDefault(left.Zone)?.Remove(left.Person);
                    return true;
                case ZoneVacant vacant:
                    return counts[vacant.Zone].Count == 0;
                case ZoneOccupied occupied:
                    return counts[occupied.Zone].Count == 1;
                default:
                    return true;
            }
        });
    });

    [Fact]
    public void The_same_history_has_the_same_answers() =>
        ForAll(history => Steps(history).Select(Text).SequenceEqual(Steps(history).Select(Text)));

    [Fact]
    public void A_snapshot_restored_anywhere_changes_nothing_that_follows() => ForAll(history =>
        Steps(history, tellListEvery: 3).Select(Text).SequenceEqual(Steps(history, tellListEvery: 3, restoreFirst: true).Select(Text)));

    [Fact]
    [Requirement("R-TIME-04")]
    public void Told_the_time_it_asked_for_the_room_asks_for_a_later_one() => ForAll(history => Steps(history).All(step =>
    {
        if (step.Control.NextDue is not { } due)
        {
            return true;
        }

        var at = due > step.Input.At ? due : step.Input.At;
        _ = step.Control.Handle(new TimePassed(at));
        return step.Control.NextDue is not { } next || next > at;
    }));

    [Fact]
    public void Nothing_is_written_for_an_entry_while_nothing_can_be_written() => ForAll(history =>
    {
        var failing = false;
        return Steps(history).All(step =>
        {
            failing = step.Input switch
            {
                JournalFailed => true,
                JournalRecovered or RoomStarted => false,
                _ => failing,
            };
            return !failing || !step.Writes.Any(item => item is EntryGranted or EntryDenied && step.Input is BadgePresented or PinEntered);
        });
    });

    private static void ForAll(Func<(int Wait, int What, int Which)[], bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(120), Prop.ForAll(Histories, holds));

    // Telling the list in force again does nothing of its own; after a restore it has to be told.
    private static IEnumerable<Happened> Steps(
        (int Wait, int What, int Which)[] history, int tellListEvery = int.MaxValue, bool restoreFirst = false)
    {
        var control = new EntryControl(Plan, Settings);
        GrantIndex? list = null;
        var at = A.MondayNine;
        foreach (var (index, (wait, what, which)) in history.Index())
        {
            at = at.AddMilliseconds(wait);
            var input = Input(what, which, ref at);
            list = input is GrantListArrived arrived && arrived.Index.List.Version >= (list?.List.Version ?? 0) ? arrived.Index : list;
            yield return new(control, input, control.Handle(input));
            if (index % tellListEvery != tellListEvery - 1)
            {
                continue;
            }

            if (restoreFirst)
            {
                var kept = JsonSerializer.SerializeToUtf8Bytes(control.Snapshot(), RecordJson.Plain.RoomSnapshot);
                control = new(Plan, Settings);
                control.Restore(JsonSerializer.Deserialize(kept, RecordJson.Plain.RoomSnapshot)!);
            }

            if (list is not null)
            {
                input = new GrantListArrived(at, list);
                yield return new(control, input, control.Handle(input));
            }
        }
    }

    private static RoomInput Input(int what, int which, ref DateTimeOffset at)
    {
        var door = Plan.Doors[which % 3].Id;
        var reader = Plan.Readers[which % 5].Reader;
        var before = at;
        switch (what)
        {
            case <= 8: return new BadgePresented(at, reader, A.Digest(1 + (which % 7)), "H10301");
            case 9 or 10: return new PinEntered(at, reader, new(which % 2 == 0 ? "4711" : "0000"));
            case 11: return new UnreadableCard(at, reader, "parity", 26);
            case 12 or 13 or 14: return new LeafOpened(at, door);
            case 15 or 16 or 17: return new LeafClosed(at, door);
            case 18: return new LeafUnknown(at, door);
            case 19: return new ExitRequested(at, door);
            case 20 or 21: return new ReaderChanged(at, reader, ReaderCondition.Online, "");
            case 22: return new ReaderChanged(at, reader, (ReaderCondition)(which % 9), "");
            case 23: return new GrantListArrived(at, Lists[which % Lists.Length]);
            case 24: return new SuspensionArrived(at, A.Suspension(1 + (which % 9)) with { At = at, Person = new($"S-{which % 4}"), Lifted = which % 3 == 0 });
            case 25: return new LockdownArrived(at, A.Lockdown($"L-{which % 2}") with { From = at, Until = which % 5 == 0 ? null : at.AddMinutes(which % 60) }, which % 3 == 0);
            case 26: return new JournalFailed(at, "disk full");
            case 27: return new JournalRecovered(at, which % 5);
            case 28:
                at = at.AddSeconds((which % 7200) - 3600);
                return new ClockStepped(at, before);
            default: return new TimePassed(at);
        }
    }

    private static GrantList ListOf(int version) => new(
        version, A.MondayNine.AddHours(version), "kakuu-1", "Asia/Tokyo", TimeSpan.FromHours(72),
        [A.Zone(), A.Zone("MED-1") with { RequiredFactors = 2, StaleList = StaleListRule.StaffOnly }],
        [.. Enumerable.Range(0, 4).Select(i => A.Person($"S-{i}"))],
        [
            .. Enumerable.Range(1, 5).Select(i => A.Card(i, $"S-{i % 4}") with { Pin = i == 3 ? null : AnyVerifier }),
            A.Card(6, "S-1") with { State = CredentialState.Lost },
        ],
        [
            A.Grant("S-0", "G-0") with { Zones = [new("SRV-1"), new("MED-1")] },
            A.Grant("S-1", "G-1") with { Zones = [new("SRV-1"), new("MED-1")] },
            A.Grant("S-2", "G-2").During("08:00", "18:00"),
        ],
        version % 2 == 0 ? [A.Lockdown("L-9") with { Zones = [new("MED-1")], Except = [new("S-0")] }] : []);

    private static bool IsExit(DeviceId reader) => Plan.Readers.Single(place => place.Reader == reader).Side is ReaderSide.Exit;

    private static DoorId DoorOf(DeviceId reader) => Plan.Readers.Single(place => place.Reader == reader).Door;

    private static bool ReleasedAlways(Happened step, DoorId door) =>
        step.Acts.Any(act => act is { Always: true, Order: ReleaseStrike order } && order.Door == door)
        && !step.Acts.SkipWhile(act => act.Order is not ReleaseStrike).Any(act => act.Order is SecureStrike secure && secure.Door == door);

    private static string Text(Happened step)
    {
        var text = new StringBuilder();
        foreach (var effect in step.Answer)
        {
            text.AppendLine(effect is Write write ? Encoding.UTF8.GetString(RecordJson.ToUtf8(write.Event)) : effect.ToString());
        }

        return text.ToString();
    }

    private sealed record Happened(EntryControl Control, RoomInput Input, ImmutableArray<Effect> Answer)
    {
        public IEnumerable<RecordedEvent> Writes => Answer.OfType<Write>().Select(write => write.Event);

        public IEnumerable<Act> Acts => Answer.OfType<Act>();
    }
}
