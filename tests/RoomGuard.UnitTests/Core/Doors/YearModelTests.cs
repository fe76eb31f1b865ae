using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit.Year;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>The model that watches the replayed year finds what it is there to find: each promise is broken once on purpose.</summary>
public sealed class YearModelTests
{
    private static readonly DateTimeOffset At = YearSite.Begins.AddHours(10);
    private static readonly DoorId Front = new("ADM-1-D1");
    private static readonly PersonId Official = new("S-0001");
    private static readonly PersonId Escort = new("S-0003");
    private static readonly PersonId Visitor = new("V-2026-0001-1");
    private static readonly VisitId Visit = new("V-2026-0001");

    private readonly YearModel model = new(new());

    [Fact]
    public void Who_enters_twice_without_a_word_is_found()
    {
        Looks([Entered(Official)], Inside(Official));

        Assert.Contains("while inside", Broken([Entered(Official)], Inside(Official)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_not_the_fold_of_the_record_is_found()
    {
        Assert.Contains("the record does not say so", Broken([], Inside(Official)), StringComparison.Ordinal);
        Looks([Entered(Official)], Inside(Official));
        Assert.Contains("the list 0", Broken([], []), StringComparison.Ordinal);
    }

    [Fact]
    public void A_visitor_alone_in_silence_is_found_and_one_for_whom_the_alarm_stands_is_not()
    {
        Looks(new RoomOrderArrived(At, 1, new VisitPassOrder(Pass(), Ended: false)), [], []);
        Looks([Entered(Escort)], Inside(Escort));
        Looks([Entered(Visitor)], Inside(Escort, Visitor));

        Assert.Contains("without an escort", Broken([Left(Escort)], Inside(Visitor)), StringComparison.Ordinal);

        Looks([new EscortMissing(At, YearSite.Floor, Visit, Visitor, Escort, At, 0, Incident: false, 1)], Inside(Visitor));
        Assert.Contains("without an escort", Broken([new EscortReturned(At, YearSite.Floor, Visit, Visitor, Escort, 0)], Inside(Visitor)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_out_that_stays_shut_is_found() =>
        Assert.Contains("not released", Broken(new BadgePresented(At, YearSite.ExitReader(Front), YearSite.Digest(1), "H10301"), [], []), StringComparison.Ordinal);

    [Fact]
    public void A_strike_that_lets_go_for_nothing_is_found() =>
        Assert.Contains("nothing says why", Broken(new TimePassed(At), [new Act(new ReleaseStrike(Front, TimeSpan.FromSeconds(5)))], []), StringComparison.Ordinal);

    [Theory]
    [InlineData("S-0001", "SRV-1", "without being on the floor")]
    [InlineData("S-0001", "MED-1", "without a grant")]
    [InlineData("V-2026-0009-1", "ADM-1", "is nobody")]
    public void Who_is_let_in_and_may_not_is_found(string person, string zone, string found) =>
        Assert.Contains(found, Broken([Granted(new(person), new(zone))], []), StringComparison.Ordinal);

    [Fact]
    public void Who_is_let_in_while_suspended_is_found()
    {
        Looks(new SuspensionArrived(At, new(1, At, Official, null, CredentialState.Suspended, Lifted: false)), [], []);

        Assert.Contains("while suspended", Broken([Granted(Official, YearSite.Floor)], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_refused_for_what_is_not_so_is_found() =>
        Assert.Contains(
            "which is not so",
            Broken([new EntryDenied(At, Front, YearSite.Floor, YearSite.EntryReader(Front), DenyReason.OutsideHours, Official, new("C-1"), YearSite.Digest(1), null, [EntryMethod.Card], 1, [])], []),
            StringComparison.Ordinal);

    private static PersonEntered Entered(PersonId person) => new(At, YearSite.Floor, Front, person, PresenceEvidence.Opened, PresenceCertainty.Certain);

    private static PersonLeft Left(PersonId person) => new(At, YearSite.Floor, Front, person, 0);

    private static EntryGranted Granted(PersonId person, ZoneId zone) =>
        new(At, Front, zone, YearSite.EntryReader(Front), person, new("C-1"), YearSite.Digest(1), new GrantId("G-1"), [EntryMethod.Card], 1, []);

    private static VisitPass Pass() => new(
        Visit,
        new(Visitor, "架空 花子", "かくう はなこ", PersonCategory.Visitor, "架空保守サービス株式会社", null, null),
        new(new("B-1"), Visitor, YearSite.Digest(10_001), CredentialState.Active, null, null, null),
        "赤-001",
        [YearSite.Floor],
        At.AddHours(-1),
        At.AddHours(1),
        [Escort]);

    private static ImmutableArray<InsideNow> Inside(params ReadOnlySpan<PersonId> people)
    {
        var all = ImmutableArray.CreateBuilder<InsideNow>();
        foreach (var person in people)
        {
            all.Add(new(YearSite.Floor, person, At, Front));
        }

        return all.ToImmutable();
    }

    private void Looks(RecordedEvent[] written, ImmutableArray<InsideNow> now) => Looks(new TimePassed(At), [.. written.Select(item => new Write(item))], now);

    private void Looks(RoomInput input, ImmutableArray<Effect> answer, ImmutableArray<InsideNow> now) => model.Look(YearSite.FloorPlan, input, answer, now);

    private string Broken(RecordedEvent[] written, ImmutableArray<InsideNow> now) => Broken(new TimePassed(At), [.. written.Select(item => new Write(item))], now);

    private string Broken(RoomInput input, ImmutableArray<Effect> answer, ImmutableArray<InsideNow> now) =>
        Assert.Throws<YearBrokenException>(() => Looks(input, answer, now)).Message;
}
