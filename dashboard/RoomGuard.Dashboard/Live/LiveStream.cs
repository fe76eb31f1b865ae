using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Live;

/// <summary>The event stream of open pages: a beat with the server's time every five seconds, and news as it comes.</summary>
internal static class LiveStream
{
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(5);

    /// <summary>Answers <c>GET /live</c>.</summary>
    public static Task<IResult> Open(PageRequest request)
    {
        var asked = request.Context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault();
        long? after = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        // A program that stops must not wait for its listeners to leave.
        var stopping = request.Port<IHostApplicationLifetime>().ApplicationStopping;
        var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Gone, stopping);
        request.Context.Response.RegisterForDispose(gone);
        return Task.FromResult<IResult>(TypedResults.ServerSentEvents(
            Words(request.Port<ILiveNews>(), request.Port<TimeProvider>(), request.Ink, after, () => StillSignedIn(request), gone.Token)));
    }

    // Asked with every beat: a session that ends takes its open pages with it.
    private static bool StillSignedIn(PageRequest request) =>
        SessionCookie.Of(request.Context.Request) is { } secret && request.Port<ISessions>().Whose(request.Session?.NewCookie ?? secret, acts: false, request.Source.Address) is not null;

    /// <summary>Beats and news in one stream, until <paramref name="gone"/> or until nobody is signed in any more.</summary>
    internal static async IAsyncEnumerable<SseItem<string>> Words(
        ILiveNews news, TimeProvider time, Ink ink, long? after, Func<bool> signedIn, [EnumeratorCancellation] CancellationToken gone)
    {
        var source = news.Follow(after, gone).GetAsyncEnumerator(gone);
        var next = source.MoveNextAsync().AsTask();
        try
        {
            yield return Beat(time, ink);
            var beat = Task.Delay(BetweenBeats, time, gone);
            while (!gone.IsCancellationRequested)
            {
                await Task.WhenAny(next, beat).ConfigureAwait(false);
                if (next.IsCompletedSuccessfully && next.Result)
                {
                    var item = source.Current;
                    next = source.MoveNextAsync().AsTask();
                    yield return new(item.Topic.ToString(), "news") { EventId = item.Id.ToString(CultureInfo.InvariantCulture) };
                }
                else if (beat.IsCompletedSuccessfully && signedIn())
                {
                    beat = Task.Delay(BetweenBeats, time, gone);
                    yield return Beat(time, ink);
                }
                else
                {
                    yield break;
                }
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static SseItem<string> Beat(TimeProvider time, Ink ink)
    {
        var now = time.GetUtcNow();
        return new(string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()} {ink.Clock(now)}"), "beat");
    }
}
