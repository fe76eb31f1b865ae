using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.Setup;

/// <summary>The pages of the first start.</summary>
internal static class SetupRoutes
{
    private const string Path = "/setup";
    private const string Cookie = "rg-setup";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.OpenGet(request => Task.FromResult(Show(request, FormState.Empty, wrongCode: false))));
        routes.MapPost($"{Path}/code", PageGuard.OpenPost(Unlock));
        routes.MapPost($"{Path}/administrator", PageGuard.OpenPost(request => Unlocked(request, Add)));
        routes.MapPost($"{Path}/continue", PageGuard.OpenPost(request => Unlocked(request, () => Enter(request, request.Field("account")))));
    }

    private static async Task<IResult> Unlock(PageRequest request)
    {
        if (await request.Port<ISetupDesk>().Unlock(request.Field("code"), request.Source, request.Gone).ConfigureAwait(false) is not { } token)
        {
            return Show(request, FormState.Empty, wrongCode: true);
        }

        request.Context.Response.Cookies.Append(Cookie, token, new() { HttpOnly = true, Secure = request.Context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = Path, IsEssential = true });
        return PageRequest.Go(Path);
    }

    private static Task<IResult> Unlocked(PageRequest request, Func<PageRequest, Task<IResult>> act) => Unlocked(request, () => act(request));

    private static Task<IResult> Unlocked(PageRequest request, Func<Task<IResult>> act) =>
        request.Port<ISetupDesk>() is { Needed: true } desk && desk.IsUnlocked(request.Context.Request.Cookies[Cookie]) ? act() : Task.FromResult(PageRequest.Go(Path));

    private static async Task<IResult> Add(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = new AdministratorForm(reader.Text("person"), reader.Text("personName"), reader.Text("kana"), reader.Text("section"), reader.Text("signInName"));
        if (!reader.Ok)
        {
            return Show(request, reader.State(), wrongCode: false);
        }

        var done = await request.Port<ISetupDesk>().Add(form, request.Gone).ConfigureAwait(false);
        return done.Ok ? await Enter(request, done.Id ?? "").ConfigureAwait(false) : Show(request, reader.State(done.Problems), wrongCode: false);
    }

    private static async Task<IResult> Enter(PageRequest request, string account)
    {
        var answer = await request.Port<ISetupDesk>().Enter(new(account), request.Source, request.Gone).ConfigureAwait(false);
        if (answer.Cookie is not { } secret)
        {
            return PageRequest.Go(Path);
        }

        SessionCookie.Set(request.Context, secret);
        return PageRequest.Go("/me/sign-in");
    }

    private static IResult Show(PageRequest request, FormState state, bool wrongCode)
    {
        var desk = request.Port<ISetupDesk>();
        if (!desk.Needed)
        {
            return PageRequest.Go("/sign-in");
        }

        var unlocked = desk.IsUnlocked(request.Context.Request.Cookies[Cookie]);
        return request.Show<SetupPage>(
            new SetupModel(unlocked, wrongCode, unlocked ? desk.Administrators() : [], state),
            wrongCode ? StatusCodes.Status401Unauthorized : state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What the page of the first start shows.</summary>
/// <param name="Unlocked">The code was shown; without it nothing of the site is told.</param>
public sealed record SetupModel(bool Unlocked, bool WrongCode, ImmutableArray<NewAdministrator> Administrators, FormState State);
