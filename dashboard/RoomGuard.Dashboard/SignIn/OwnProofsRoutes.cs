using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>One's own passkeys, password, code and sessions.</summary>
internal static class OwnProofsRoutes
{
    private const string Path = "/me/sign-in";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.ProofGet(request => Show(request, FormState.Empty)));
        routes.MapPost($"{Path}/passkeys", PageGuard.ProofPost(request => After(request, desk => desk.AddPasskey(
            request.Session!, request.Field("name"), new(SignInRoutes.Secret(request, "credential"), SignInRoutes.Secret(request, "state")), request.Context, request.Gone))));
        routes.MapPost($"{Path}/passkeys/remove", PageGuard.ProofPost(request => After(request, desk => desk.RemovePasskey(request.Session!, request.Field("id"), request.Gone))));
        routes.MapPost($"{Path}/password", PageGuard.ProofPost(request => After(request, desk => desk.SetPassword(
            request.Session!,
            new(SignInRoutes.Secret(request, "password"), SignInRoutes.Secret(request, "again"), SignInRoutes.Secret(request, "sealed"), request.Field("code")),
            request.Gone))));
        routes.MapPost($"{Path}/sessions/end", PageGuard.ProofPost(request => After(request, desk => desk.EndSession(request.Session!, request.Field("name"), request.Gone))));
    }

    private static async Task<IResult> After(PageRequest request, Func<IProofDesk, Task<ActResult>> act)
    {
        var done = await act(request.Port<IProofDesk>()).ConfigureAwait(false);
        if (!done.Ok)
        {
            return await Show(request, new FormReader(request.Form).State(done.Problems, "password", "again", "code", "credential", "state", "sealed")).ConfigureAwait(false);
        }

        if (!request.Session!.OnlyForProof)
        {
            return request.Done(Path);
        }

        // What was good for setting up a proof is used up; the new proof shows at once that it works.
        await request.Port<ISignInDesk>().SignOut(SessionCookie.Of(request.Context.Request) ?? "", request.Gone).ConfigureAwait(false);
        SessionCookie.Forget(request.Context);
        return request.Done("/sign-in");
    }

    private static async Task<IResult> Show(PageRequest request, FormState state)
    {
        var session = request.Session!;
        var desk = request.Port<IProofDesk>();
        var proofs = await desk.Of(session, request.Gone).ConfigureAwait(false);
        return request.Show<OwnProofsPage>(
            new OwnProofsModel(
                proofs,
                await desk.AskNewPasskey(session, request.Context).ConfigureAwait(false),
                desk.NewCode(session, SignInRoutes.Secret(request, "sealed")),
                !proofs.HasCode || session.NeedsNewCode || request.Field("sealed").Length > 0 || request.Query["code"] == "new",
                state,
                session.OnlyForProof,
                session.Method is SignInMethod.OverduePassword,
                session.Actor.Privileged),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
