using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Gates;

/// <summary>Which move or permit covers an item at a door, and which does not.</summary>
public sealed class PassageRuleTests
{
    private const string Tag = "AS-00001";
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly ZoneId Cage = new("SRV-1-CAGE");
    private static readonly ZoneId Media = new("MED-1");
    private static readonly MoveId Number = new("M-2026-0019");
    private static readonly CarryPermitId Permit = new("K-2026-0045");

    [Theory]
    [Requirement("R-MOVE-05")]
    [InlineData(MoveDirection.Out, TagDirection.Out, null)]
    [InlineData(MoveDirection.Out, TagDirection.In, UncoveredBecause.OtherWay)]
    [InlineData(MoveDirection.In, TagDirection.In, null)]
    [InlineData(MoveDirection.In, TagDirection.Out, UncoveredBecause.OtherWay)]
    public void A_move_under_way_covers_its_items_in_its_direction(MoveDirection move, TagDirection way, UncoveredBecause? because)
    {
        var verdict = Judge(Moving(move == MoveDirection.Out ? Server : null, move == MoveDirection.Out ? null : Server), way, Nine.AddMinutes(10));

        Assert.Equal((because, because is null ? Number : (MoveId?)null, because is null ? "" : Number.Value), (verdict.Because, verdict.Move, verdict.Other));
    }

    [Theory]
    [Requirement("R-MOVE-05")]
    [InlineData(-1, UncoveredBecause.MoveNotBegun)]
    [InlineData(0, null)]
    [InlineData(14, null)]
    [InlineData(15, UncoveredBecause.WitnessGone)]
    [InlineData(19, UncoveredBecause.WitnessGone)]
    [InlineData(20, null)]
    [InlineData(29, null)]
    [InlineData(30, UncoveredBecause.NothingOpen)]
    public void It_covers_from_its_begin_to_its_end_while_its_witness_is_there(int minutes, UncoveredBecause? because)
    {
        // Begun at 9:00, the witness away from 9:15 to 9:20, over at 9:30: also when it is judged later.
        ImmutableArray<MoveDossier> move = Moving(
            Server, null,
            new WitnessLeft(Nine.AddMinutes(15), Number, new("S-0217"), Server),
            new MoveResumed(Nine.AddMinutes(20), Number, new("S-0217"), Server, Nine.AddMinutes(19), "S-0217"),
            new MoveCompleted(Nine.AddMinutes(30), Number, new("S-0217"), Server, "S-0217"));

        Assert.Equal(because, Judge(move, TagDirection.Out, Nine.AddMinutes(minutes)).Because);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public void A_move_within_a_zone_covers_no_door_and_one_between_two_covers_both()
    {
        Assert.Equal(UncoveredBecause.OtherWay, Judge(Moving(Server, Server), TagDirection.Out, Nine).Because);
        Assert.Null(Judge(Moving(Server, Media), TagDirection.Out, Nine).Because);
        Assert.Null(Judge(Moving(Server, Media), TagDirection.In, Nine, Media).Because);
        Assert.Equal(UncoveredBecause.OtherWay, Judge(Moving(Server, Media), TagDirection.Out, Nine, Media).Because);
    }

    [Fact]
    [Requirement("R-ZONE-09")]
    public void What_comes_out_of_an_inner_zone_passes_the_outer_door_too()
    {
        Assert.Null(Judge(Moving(Cage, null), TagDirection.Out, Nine).Because);
        Assert.Null(Judge(Moving(null, Cage), TagDirection.In, Nine).Because);
        Assert.Equal(UncoveredBecause.OtherWay, Judge(Moving(Cage, Server), TagDirection.Out, Nine).Because);
    }

    [Fact]
    [Requirement("R-MOVE-05")]
    public void A_gate_that_tells_no_direction_is_answered_by_where_the_item_stands()
    {
        var stands = Judge([], null, Nine);
        Assert.Equal((TagDirection.Out, true, UnpermittedKind.MovedOut), (stands.Direction, stands.Inferred, stands.Kind(isCarried: false)));
        Assert.Equal((TagDirection.In, true, UnpermittedKind.MovedIn), (Judge([], null, Nine, Media).Direction, true, Judge([], null, Nine, Media).Kind(isCarried: true)));

        // What is being brought in is covered, wherever the register has it.
        Assert.Equal((TagDirection.In, Number), (Judge(Moving(null, Server), null, Nine).Direction, Judge(Moving(null, Server), null, Nine).Move!.Value));
    }

    [Theory]
    [Requirement("R-CARRY-01")]
    [InlineData(TagDirection.Out, -1, UncoveredBecause.PermitNotInForce)]
    [InlineData(TagDirection.Out, 0, null)]
    [InlineData(TagDirection.Out, 479, null)]
    [InlineData(TagDirection.Out, 480, UncoveredBecause.PermitNotInForce)]
    [InlineData(TagDirection.In, 60, null)]
    [InlineData(TagDirection.In, 2000, null)]
    public void A_permit_covers_the_way_out_in_its_time_and_the_way_back_always(TagDirection way, int minutes, UncoveredBecause? because)
    {
        var verdict = Judge([], way, Nine.AddMinutes(minutes), permits: Carried(new CarryPassed(Nine.AddMinutes(5), Permit, CarryPassage.WentOut, [1], new("S-0217"), "", "F-0312")));

        Assert.Equal((because, because is null ? Permit : (CarryPermitId?)null), (verdict.Because, verdict.Permit));
    }

    [Fact]
    [Requirement("R-CARRY-01")]
    public void A_permit_that_was_revoked_or_used_up_covers_nothing_more()
    {
        Assert.Equal(UncoveredBecause.PermitNotInForce, Judge([], TagDirection.Out, Nine.AddMinutes(2), permits: Carried(new CarryRevoked(Nine.AddMinutes(1), Permit, "", "S-0101"))).Because);
        Assert.Equal(UncoveredBecause.PermitNotInForce, Judge([], TagDirection.Out, Nine.AddHours(3), permits: Carried(
            new CarryPassed(Nine.AddMinutes(5), Permit, CarryPassage.WentOut, [1], new("S-0217"), "", "F-0312"), new CarryPassed(Nine.AddHours(2), Permit, CarryPassage.CameBack, [1], new("S-0217"), "", "F-0312"))).Because);
        Assert.Equal(UnpermittedKind.CarriedOut, Judge([], TagDirection.Out, Nine).Kind(isCarried: true));
    }

    private static PassageVerdict Judge(ImmutableArray<MoveDossier> moves, TagDirection? way, DateTimeOffset at, ZoneId? door = null, ImmutableArray<CarryDossier>? permits = null) => PassageRules.Judge(
        new(Tag, door ?? Server, way, at), new("住民記録サーバ", IsCarried: false, Server), moves, permits ?? [], (zone, outer) => zone == outer || (zone == Cage && outer == Server), (_, _) => false);

    private static ImmutableArray<MoveDossier> Moving(ZoneId? from, ZoneId? to, params RecordedEvent[] then)
    {
        var direction = from is null ? MoveDirection.In : to is null ? MoveDirection.Out : MoveDirection.Internal;
        var plan = new MovePlan(direction, MovePurpose.Relocation, [new(new(Tag), "")], from, from is null ? "倉庫" : "", to, to is null ? "倉庫" : "", false, Nine.AddHours(-1), Nine.AddHours(2), [new("S-0110")], "");
        RecordedEvent[] all =
        [
            new MoveRecorded(Nine.AddHours(-2), new(Number, new("P-2026-0031"), plan, "更新", new("S-0110"), Nine.AddHours(-3), [new("S-0102")], Nine.AddHours(-2), null), "S-0102"),
            new MoveStarted(Nine, Number, new("S-0217"), Server, Nine.AddMinutes(-5), "S-0217"),
            .. then,
        ];
        return [all.Index().Aggregate((MoveDossier?)null, (file, item) => MoveDossier.After(file, item.Item, item.Index))!];
    }

    private static ImmutableArray<CarryDossier> Carried(params RecordedEvent[] then)
    {
        var item = new CarriedItem(CarriedKind.Terminal, Tag, "ノートPC", "研修資料", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, Encrypted: true);
        var plan = new CarryPlan(CarryDirection.Out, [item], "研修所", null, Nine, Nine.AddHours(8), "公用車", [TransportProtection.LockedCase], null, null, "情報政策課");
        RecordedEvent[] all =
        [
            new CarryPermitted(Nine.AddHours(-1), new(Permit, new("P-2026-0045"), plan, "研修", new("S-0217"), Nine.AddHours(-2), new("S-0101"), Role.SecurityManager, Nine.AddHours(-1), ""), "S-0101"),
            .. then,
        ];
        return [all.Index().Aggregate((CarryDossier?)null, (file, one) => CarryDossier.After(file, one.Item, one.Index))!];
    }
}
