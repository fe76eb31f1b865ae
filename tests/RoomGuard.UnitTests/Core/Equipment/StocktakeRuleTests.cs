using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.Core.Zones.ImportanceClass;

namespace RoomGuard.UnitTests.Core.Equipment;

/// <summary>A count held against the list of its round (R-MOVE-11).</summary>
public class StocktakeRuleTests
{
    private static readonly ImmutableArray<StockItem> List = [Item("AS-1", I), Item("AS-2", II), Item("AS-3", III), Item("AS-4", IV)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    [Requirement("R-MOVE-11")]
    public void Found_missing_and_surplus_are_told_apart_and_surplus_says_where_the_register_has_it()
    {
        var result = StockReconciliation.Of(List, ["AS-1", "AS-3", "AS-1", "AS-9", "4901234567894"], [], At(("AS-9", new(new(new ZoneId("MED-1"), "棚2", ""), II, null, null))));
        Assert.Equal((4, 2, 4), (result.Expected, result.Found, result.Counted));
        Assert.Equal([new MissingItem(new("AS-2"), II), new(new("AS-4"), IV)], result.Missing.AsEnumerable());
        Assert.Equal([new SurplusItem("4901234567894", false, null), new("AS-9", true, new(new ZoneId("MED-1"), "棚2", ""))], result.Surplus.AsEnumerable());
        Assert.Equal(1, result.Grave);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public void What_moved_during_the_round_is_neither_missing_nor_surplus_and_is_said()
    {
        StockChange[] changes =
        [
            new(new("AS-2"), Arrived: false, new("M-1"), 10), new(new("AS-7"), Arrived: true, new("M-2"), 11), new(new("AS-8"), Arrived: true, null, 12),
            new(new("AS-3"), Arrived: false, new("M-3"), 13), new(new("AS-3"), Arrived: true, new("M-4"), 14),
        ];
        var result = StockReconciliation.Of(List, ["AS-1", "AS-4", "AS-7"], changes, At());

        // What left and came back is expected again.
        Assert.Equal(["AS-3"], result.Missing.Select(item => item.Tag.Value));
        Assert.Empty(result.Surplus);
        Assert.Equal(
            [new AccountedItem(new("AS-2"), StockAccount.Left, "M-1"), new(new("AS-7"), StockAccount.Arrived, "M-2"), new(new("AS-8"), StockAccount.ArrivedUncounted, "")],
            result.Accounted.AsEnumerable());
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public void What_is_lent_or_out_by_a_permit_is_not_missing_and_what_became_graver_counts_as_that()
    {
        var result = StockReconciliation.Of(List, [], [], At(("AS-1", new(null, I, new("S-0217"), null)), ("AS-2", new(null, II, null, "K-2026-0001")), ("AS-3", new(null, II, null, null))));
        Assert.Equal([new AccountedItem(new("AS-1"), StockAccount.Lent, "S-0217"), new(new("AS-2"), StockAccount.CarriedOut, "K-2026-0001")], result.Accounted.AsEnumerable());
        Assert.Equal([II, IV], result.Missing.Select(item => item.Importance));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-INP-04")]
    [Requirement("R-MOVE-11")]
    public void Every_item_of_the_list_is_found_missing_or_explained_exactly_once(int seed)
    {
        var chance = new Random(seed);
        ImmutableArray<StockItem> list = [.. Enumerable.Range(0, 60).Select(n => Item($"AS-{n}", (ImportanceClass)chance.Next(4)))];
        string[] codes = [.. Enumerable.Range(0, 80).Select(_ => $"AS-{chance.Next(90)}")];
        StockChange[] changes = [.. Enumerable.Range(0, 25).Select(n => new StockChange(new($"AS-{chance.Next(90)}"), chance.Next(2) == 0, new($"M-{n}"), n))];
        var result = StockReconciliation.Of(list, codes, changes, tag => chance.Next(5) == 0 ? new StockWhereabouts(null, II, new("S-0217"), null) : null);

        var explained = result.Accounted.Count(item => item.Account is StockAccount.Left or StockAccount.Lent or StockAccount.CarriedOut);
        Assert.Equal(list.Length, result.Found + result.Missing.Length + explained);
        Assert.Equal(codes.Distinct().Count(), result.Found + result.Surplus.Length + result.Accounted.Count(item => item.Account is StockAccount.Arrived));
        Assert.Equal(result.Accounted.Length, result.Accounted.DistinctBy(item => item.Tag).Count());
    }

    private static StockItem Item(string tag, ImportanceClass importance) => new(new(tag), importance, "");

    private static Func<AssetTag, StockWhereabouts?> At(params (string Tag, StockWhereabouts Where)[] known) => tag => known.FirstOrDefault(one => one.Tag == tag.Value).Where;
}
