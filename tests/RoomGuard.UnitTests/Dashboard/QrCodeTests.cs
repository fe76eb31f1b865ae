using RoomGuard.Dashboard.Visits;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>The codes of invitations, held against the standard's own numbers and against a picture made by another program.</summary>
public class QrCodeTests
{
    // qrencode 4.1.1, -8 off, level M, of the text below; dark is #.
    private const string ByAnotherProgram =
        """
        #######.#######...#######
        #.....#.##.#..##..#.....#
        #.###.#..#.####.#.#.###.#
        #.###.#.##..##....#.###.#
        #.###.#..#....###.#.###.#
        #.....#....##..##.#.....#
        #######.#.#.#.#.#.#######
        ........#.#..###.........
        #.##.###....#...#.#..#.##
        ##.#....#.###..#####...#.
        #....##.##.###....###..##
        ..#..#..###..##.#..#..#..
        #.....###.####..##..#...#
        ...#.....#.##..#.##.#.##.
        .#.##.#.#.##.#####.##.###
        #..#......##.........#.##
        .....###....#.###########
        ........##......#...#..#.
        #######.##...####.#.#..##
        #.....#.#.##.##.#...#.#.#
        #.###.#......##.#####..##
        #.###.#.###........####.#
        #.###.#.###...##.##.#..#.
        #.....#....######..#..#.#
        #######.####...##...##..#
        """;

    [Fact]
    public void A_code_is_module_for_module_what_another_program_draws()
    {
        var modules = QrCode.Modules("V-2026-0088-1.ABCDEFGH234567AB");
        var drawn = string.Join('\n', Enumerable.Range(0, modules.GetLength(0)).Select(row => string.Concat(Enumerable.Range(0, modules.GetLength(1)).Select(column => modules[row, column] ? '#' : '.'))));

        Assert.Equal(ByAnotherProgram.ReplaceLineEndings("\n"), drawn);
    }

    [Theory]
    [InlineData(20, 21)]
    [InlineData(21, 25)]
    [InlineData(38, 25)]
    [InlineData(39, 29)]
    [InlineData(61, 29)]
    public void The_smallest_version_that_holds_the_text_is_taken(int signs, int side) => Assert.Equal(side, QrCode.Modules(new string('A', signs)).GetLength(0));

    [Theory]
    [InlineData("small letters")]
    [InlineData("大淀")]
    public void Signs_outside_the_alphanumeric_set_are_refused(string text) => Assert.Throws<ArgumentException>(() => QrCode.Modules(text));

    [Fact]
    public void More_than_fits_is_refused() => Assert.Throws<ArgumentException>(() => QrCode.Modules(new string('A', 62)));

    [Fact]
    public void The_picture_keeps_four_modules_of_quiet_around()
    {
        var (path, side) = QrCode.Svg("V-2026-0088-1.ABCDEFGH234567AB");

        Assert.Equal(25 + 8, side);
        Assert.StartsWith("M4 4h7v1h-7z", path, StringComparison.Ordinal);
    }
}
