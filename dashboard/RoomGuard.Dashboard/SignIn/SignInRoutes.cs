using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>Signing in and out (R-SIGN-01, R-SIGN-02).</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", PageGuard.OpenGet(request => Task.FromResult(Page(request, refused: false))));
        routes.MapPost("/sign-in/invented", PageGuard.OpenPost(Invented));
        routes.MapPost("/sign-out", PageGuard.OpenPost(SignOut));
    }

    private static async Task<IResult> Invented(PageRequest request)
    {
        await EndPresent(request).ConfigureAwait(false);
        return Taken(request, await request.Port<ISignInDesk>().SignInInvented(request.Field("account"), request.Source, request.Gone).ConfigureAwait(false));
    }

    private static async Task<IResult> SignOut(PageRequest request)
    {
        await EndPresent(request).ConfigureAwait(false);
        SessionCookie.Forget(request.Context);
        return PageRequest.Go("/sign-in");
    }

    // One browser, one session: what was open before is over before the next begins.
    private static async Task EndPresent(PageRequest request)
    {
        if (SessionCookie.Of(request.Context.Request) is { } secret)
        {
            await request.Port<ISignInDesk>().SignOut(secret, request.Gone).ConfigureAwait(false);
        }
    }

    private static IResult Taken(PageRequest request, SignInAnswer answer)
    {
        if (answer.Cookie is not { } secret)
        {
            return Page(request, refused: true);
        }

        SessionCookie.Set(request.Context, secret);
        return PageRequest.Go(OwnPath.Or(request.Field("return")));
    }

    private static IResult Page(PageRequest request, bool refused) => request.Show<SignInPage>(
        new SignInModel(OwnPath.Or(request.Field("return")), refused, request.Session?.Actor, request.Port<ISignInDesk>().InventedPeople()),
        refused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
}
