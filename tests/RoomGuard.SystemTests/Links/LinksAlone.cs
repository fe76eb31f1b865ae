using Xunit;

namespace RoomGuard.SystemTests.Links;

/// <summary>Tests that count handles or look at delays run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LinksAlone
{
    public const string Name = "links alone";
}

/// <summary>Waits for something another thread brings about, asking often.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> so)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!so())
        {
            Assert.True(await often.WaitForNextTickAsync(CancellationToken.None) && !limit.IsCancellationRequested, $"Not so within {Patience.TotalSeconds} s.");
        }
    }
}
