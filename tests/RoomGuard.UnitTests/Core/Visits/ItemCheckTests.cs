using System.Collections.Immutable;
using RoomGuard.Core.Visits;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Visits;

public class ItemCheckTests
{
    private static readonly PermittedItem Notebook = new(ItemKind.Computer, "ノートPC", "ZX9-55102", 1, "C-2026-0102");

    private static DeclaredItem Declared(ItemKind kind, int count = 1, string serial = "") => new(kind, kind.ToString(), serial, count, 0, null);

    private static ImmutableArray<DeclaredItem> Match(DeclaredItem item, params PermittedItem[] permits) => ItemCheck.Match([item], [.. permits], []);

    [Theory]
    [InlineData(ItemKind.Phone, 1)]
    [InlineData(ItemKind.Camera, 1)]
    [InlineData(ItemKind.Computer, 1)]
    [InlineData(ItemKind.Media, 1)]
    [InlineData(ItemKind.Tool, 0)]
    [InlineData(ItemKind.Paper, 0)]
    [InlineData(ItemKind.Other, 0)]
    [Requirement("R-VIS-08")]
    public void What_can_record_connect_or_carry_data_stays_at_reception_without_a_permit(ItemKind kind, int left) =>
        Assert.Equal((left, null), (Match(Declared(kind))[0].Left, Match(Declared(kind))[0].Permit));

    [Fact]
    [Requirement("R-VIS-08")]
    public void A_permit_lets_pass_as_many_as_it_names_and_no_more()
    {
        Assert.Equal((0, "C-2026-0102"), Of(Match(Declared(ItemKind.Computer), Notebook)));
        Assert.Equal((1, "C-2026-0102"), Of(Match(Declared(ItemKind.Computer, count: 2), Notebook)));
    }

    [Theory]
    [InlineData("ZX9-55102", 0)]
    [InlineData("zx9-55102 ", 0)]
    [InlineData("", 0)]
    [InlineData("ZX9-55103", 1)]
    [Requirement("R-VIS-08")]
    public void A_permit_for_one_thing_by_its_number_covers_no_other(string serial, int left) =>
        Assert.Equal(left, Match(Declared(ItemKind.Computer, serial: serial), Notebook)[0].Left);

    [Fact]
    [Requirement("R-VIS-08")]
    public void A_permit_for_a_computer_is_none_for_a_telephone() => Assert.Equal((1, null), Of(Match(Declared(ItemKind.Phone), Notebook)));

    [Fact]
    [Requirement("R-VIS-08")]
    public void Two_of_a_group_cannot_use_one_permit_twice()
    {
        var first = Match(Declared(ItemKind.Computer), Notebook);

        Assert.Equal(1, ItemCheck.Match([Declared(ItemKind.Computer)], [Notebook], first)[0].Left);
    }

    private static (int, string?) Of(ImmutableArray<DeclaredItem> items) => (items[0].Left, items[0].Permit);
}
