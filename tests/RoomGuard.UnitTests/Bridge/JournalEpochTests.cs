using RoomGuard.Bridge.Journal;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class JournalEpochTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-epoch-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_first_journal_bears_the_bridges_name()
    {
        var epoch = JournalEpoch.Find(folder, _ => null);

        Assert.Equal("kakuu-1/bridge-1/journal", epoch.Origin("kakuu-1", "bridge-1"));
        Assert.Null(epoch.BrokenOff);
    }

    [Fact]
    public void A_journal_that_holds_all_the_service_has_goes_on()
    {
        JournalEpoch.Find(folder, _ => null).Acknowledged(500);

        var again = JournalEpoch.Find(folder, _ => 500);

        Assert.Null(again.BrokenOff);
        Assert.Equal(500, again.Mark.Acknowledged);
    }

    [Theory]
    [InlineData(499L)]
    [InlineData(null)]
    public void A_journal_restored_from_an_old_copy_or_lost_is_not_continued(long? size)
    {
        var first = JournalEpoch.Find(folder, _ => null);
        first.Acknowledged(500);
        first.OrdersDone(12);

        var next = JournalEpoch.Find(folder, _ => size);

        Assert.Contains("500", next.BrokenOff, StringComparison.Ordinal);
        Assert.Equal("kakuu-1/bridge-1/journal-2", next.Origin("kakuu-1", "bridge-1"));
        Assert.NotEqual(first.JournalPath, next.JournalPath);

        // Its suspensions were in the lost journal too: all orders are asked for again.
        Assert.Equal(0, next.Mark.Orders);
        Assert.Null(JournalEpoch.Find(folder, _ => 0).BrokenOff);
    }
}
