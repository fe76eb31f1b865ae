using RoomGuard.Bridge.Journal;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class BallastTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-ballast-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_reserve_is_space_and_not_a_promise()
    {
        var ballast = new Ballast(Path.Combine(folder, "ballast"), 1 << 20);

        Assert.True(ballast.TryRestore());
        Assert.True(ballast.IsThere);
        Assert.Equal(1 << 20, new FileInfo(Path.Combine(folder, "ballast")).Length);

        ballast.Spend();
        Assert.False(ballast.IsThere);
    }

    [Fact]
    public void More_than_the_disk_has_is_not_set_aside() =>
        Assert.False(new Ballast(Path.Combine(folder, "ballast"), long.MaxValue / 4).TryRestore());
}
