using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>
/// What holds whatever happens, in whatever order: nobody is in two places, no visitor is without a present escort who may escort unless an alarm is open, no way
/// out waits, and the list of people inside is the fold of the record. Checked after each event; <see cref="RandomRoom"/> says how.
/// </summary>
public class RoomInvariantTests
{
    /// <summary>Histories that once broke something, as they were printed; and one of everything.</summary>
    public static TheoryData<int, string> Found => new()
    {
        { 0, "0.75.1.0 0.10.0.0 0.10.4.0 0.10.0.6 0.10.4.6 900.10.5.0 65000.94.0.10 0.95.0.0 0.10.1.6" },
        { 0, "46855.77.552.34 2742.87.764.999 4308162.86.538.609" },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Requirement("R-VIS-03")]
    [Requirement("R-DOOR-05")]
    [Requirement("R-ZONE-09")]
    public void Under_any_rules_it_holds_after_each_event(int flavour)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            Holds(RandomRoom.Play(flavour, RandomRoom.History((seed * 5) + flavour, 200), out _));
        }
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_once_is_played_again(int flavour, string history) =>
        Holds(RandomRoom.Play(flavour, [.. history.Split(' ').Select(Happening.Parse)], out _));

    [Fact]
    [Trait("Category", "Long")]
    [Requirement("R-VIS-03")]
    [Requirement("R-DOOR-05")]
    public void It_holds_over_a_million_events()
    {
        var told = 0;
        for (var seed = 1_000; told < 1_000_000; seed++)
        {
            Holds(RandomRoom.Play(seed % 5, RandomRoom.History(seed, 2_000), out var events));
            told += events;
        }
    }

    // In full: what broke, and the history by which it is played again.
    private static void Holds(string? broken) => Assert.True(broken is null, broken);
}
