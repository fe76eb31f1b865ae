using System.Net;
using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Api;

/// <summary>Limits of the API, at a site of their own: what one test uses up is missing in the next.</summary>
public sealed class ApiLimitTests(ApiSite site) : IClassFixture<ApiSite>
{
    [Fact]
    [Requirement("R-NET-09")]
    public async Task A_token_has_so_many_calls_and_strangers_take_none_of_them()
    {
        using var busy = await site.As("aya", TokenScope.RolesRead);
        using var calm = await site.As("aya", TokenScope.RolesRead);
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => busy.Get("/me")));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("too-many", await refused.Problem());
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), CallGate.Burst, 140);

        using var stranger = site.Client("roomguard_T-0001_wrong");
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 45; i++)
        {
            last = (await stranger.Get("/me")).StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await calm.Get("/me")).StatusCode);
        Assert.InRange(site.Facts().OfType<TokenRefused>().Count(fact => fact.Fault == TokenFault.Unknown), 1, 40);
    }
}
