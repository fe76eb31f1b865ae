using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>再確認: asks once more who is there before an act that moves doors, power or rights, and takes the act's form along.</summary>
internal static class ConfirmRoutes
{
    private const string With = "confirm-with";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/confirm", PageGuard.Post(async request =>
        await Try(request).ConfigureAwait(false) ? PageRequest.Go(OwnPath.Or(request.Field("return"))) : await Ask(request, refused: true).ConfigureAwait(false)));

    /// <summary>Whether the form brings a proof along.</summary>
    public static bool IsTried(PageRequest request) => request.Form.ContainsKey(With);

    /// <summary>Whether the proof holds.</summary>
    public static Task<bool> Try(PageRequest request)
    {
        var passkey = new PasskeyReply(SignInRoutes.Secret(request, "credential"), SignInRoutes.Secret(request, "state"));
        var typed = new PasswordTry("", SignInRoutes.Secret(request, "confirm-password"), request.Field("confirm-code"));
        ConfirmTry? proof = request.Field(With) switch
        {
            "passkey" => new(passkey, null, false),
            "password" => new(null, typed, false),
            "invented" => new(null, null, true),
            _ => null,
        };
        return proof is null ? Task.FromResult(false) : request.Port<ISignInDesk>().Confirm(request.Session!, proof, request.Context, request.Source, request.Gone);
    }

    /// <summary>The page that asks.</summary>
    public static async Task<IResult> Ask(PageRequest request, bool refused)
    {
        var session = request.Session!;
        var desk = request.Port<ISignInDesk>();
        var isAct = HttpMethods.IsPost(request.Context.Request.Method) && request.Context.Request.Path != "/confirm";
        (string, string)[] carried = isAct
            ? [.. from field in request.Form
                  where !field.Key.StartsWith("__", StringComparison.Ordinal) && !field.Key.StartsWith("confirm-", StringComparison.Ordinal) && field.Key is not ("credential" or "state")
                  from value in field.Value
                  select (field.Key, value ?? "")]
            : [("return", request.Context.Request.Path == "/confirm" ? OwnPath.Or(request.Field("return")) : OwnPath.Or(request.Context.Request.Path.Value + request.Context.Request.QueryString.Value))];
        return request.Show<ConfirmIdentityPage>(
            new ConfirmPageModel(
                isAct ? request.Context.Request.Path.Value + request.Context.Request.QueryString.Value : "/confirm",
                [.. carried],
                refused,
                await request.Port<IProofDesk>().Of(session, request.Gone).ConfigureAwait(false),
                await desk.AskPasskey(session, request.Context).ConfigureAwait(false),
                session.Method == Core.Operators.SignInMethod.Invented && !desk.InventedPeople().IsEmpty)
            {
                Provider = session.Method == Core.Operators.SignInMethod.Provider ? ProviderRoutes.NameOf(request) : null,
                Back = isAct ? PageBefore(request) : carried[0].Item2,
            },
            refused ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
    }

    // The page the form stood on: what was typed cannot travel through the provider, so the person finds the form again.
    private static string PageBefore(PageRequest request) =>
        Uri.TryCreate(request.Context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && page.Authority == request.Context.Request.Host.Value
            ? OwnPath.Or(page.PathAndQuery)
            : "/";
}
