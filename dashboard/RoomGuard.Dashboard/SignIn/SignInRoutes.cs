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
        routes.MapGet("/sign-in", PageGuard.OpenGet(request => request.Port<ISignInDesk>().NeedsSetup && request.Query["setup"] != "1" ? Task.FromResult(PageRequest.Go("/setup")) : Page(request, null)));
        routes.MapPost("/sign-in/invented", PageGuard.OpenPost(request => Enter(
            request, desk => desk.SignInInvented(request.Field("account"), request.Source, request.Gone))));
        routes.MapPost("/sign-in/password", PageGuard.OpenPost(request => Enter(
            request, desk => desk.SignInWithPassword(new(request.Field("name"), Secret(request, "password"), request.Field("code")), request.Source, request.Gone))));
        routes.MapPost("/sign-in/passkey", PageGuard.OpenPost(request => Enter(
            request, desk => desk.SignInWithPasskey(new(Secret(request, "credential"), Secret(request, "state")), request.Context, request.Source, request.Gone))));
        routes.MapPost("/sign-out", PageGuard.OpenPost(SignOut));
        ProviderRoutes.Map(routes);
        ConfirmRoutes.Map(routes);
        OwnProofsRoutes.Map(routes);
        Setup.SetupRoutes.Map(routes);
    }

    /// <summary>A field as it was typed: spaces at its ends may belong to a password.</summary>
    internal static string Secret(PageRequest request, string field) => request.Form[field].FirstOrDefault() ?? "";

    private static async Task<IResult> Enter(PageRequest request, Func<ISignInDesk, Task<SignInAnswer>> prove)
    {
        var answer = await prove(request.Port<ISignInDesk>()).ConfigureAwait(false);
        if (answer.Cookie is null)
        {
            return await Page(request, answer).ConfigureAwait(false);
        }

        return await Entered(request, answer, request.Field("return")).ConfigureAwait(false);
    }

    /// <summary>Gives the browser its session and leads it to where it wanted to go.</summary>
    internal static async Task<IResult> Entered(PageRequest request, SignInAnswer answer, string wanted)
    {
        // One browser, one session: what was open before is over.
        await EndPresent(request).ConfigureAwait(false);
        SessionCookie.Set(request.Context, answer.Cookie!);
        if (answer.Device is { } device)
        {
            SessionCookie.SetDevice(request.Context, device);
        }

        return PageRequest.Go(OwnPath.Or(wanted));
    }

    private static async Task<IResult> SignOut(PageRequest request)
    {
        await EndPresent(request).ConfigureAwait(false);
        SessionCookie.Forget(request.Context);
        return PageRequest.Go("/sign-in");
    }

    private static async Task EndPresent(PageRequest request)
    {
        if (SessionCookie.Of(request.Context.Request) is { } secret)
        {
            await request.Port<ISignInDesk>().SignOut(secret, request.Gone).ConfigureAwait(false);
        }
    }

    internal static async Task<IResult> Page(PageRequest request, SignInAnswer? refused)
    {
        var desk = request.Port<ISignInDesk>();
        return request.Show<SignInPage>(
            new SignInModel(
                OwnPath.Or(request.Field("return")), refused is not null, refused?.WaitUntil, request.Session?.Actor, desk.InventedPeople(),
                await desk.AskPasskey(null, request.Context).ConfigureAwait(false), request.Field("name") is { Length: <= 40 } typed ? typed : "")
            {
                Provider = ProviderRoutes.NameOf(request),
                Outside = refused is { Outside: true },
            },
            refused is not null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }
}
