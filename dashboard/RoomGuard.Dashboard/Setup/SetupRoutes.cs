using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Zones;

namespace RoomGuard.Dashboard.Setup;

/// <summary>
/// The pages of the first start. The code makes administrators and nothing else; the site is entered by an administrator who has signed in, so that every entry
/// of the record names a person.
/// </summary>
internal static class SetupRoutes
{
    private const string Path = "/setup";
    private const string Cookie = "rg-setup";
    private static readonly SiteForms Forms = new(Path, First: true);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.OpenGet(request => Show(request, FormState.Empty)));
        routes.MapPost($"{Path}/code", PageGuard.OpenPost(Unlock));
        routes.MapPost($"{Path}/administrator", PageGuard.OpenPost(request => Unlocked(request, Add)));
        routes.MapPost($"{Path}/continue", PageGuard.OpenPost(request => Unlocked(request, () => Enter(request, request.Field("account")))));

        // The site, where people register it.
        routes.MapGet($"{Path}/organisation", PageGuard.OpenGet(request => Signed(request, Organisation)));
        routes.MapPost($"{Path}/organisation", PageGuard.OpenPost(request => Signed(request, Name)));
        routes.MapGet($"{Path}/profile", PageGuard.OpenGet(request => Signed(request, Forms.Profile)));
        routes.MapPost($"{Path}/profile", PageGuard.OpenPost(request => Signed(request, Forms.Adopt)));
        routes.MapGet($"{Path}/areas/{{id}}", PageGuard.OpenGet(request => Signed(request, Forms.Zone)));
        routes.MapPost($"{Path}/areas/{{id}}", PageGuard.OpenPost(request => Signed(request, Forms.PutZone)));
        routes.MapGet($"{Path}/doors/{{id}}", PageGuard.OpenGet(request => Signed(request, Forms.Door)));
        routes.MapPost($"{Path}/doors/{{id}}", PageGuard.OpenPost(request => Signed(request, Forms.PutDoor)));
        routes.MapPost($"{Path}/check", PageGuard.OpenPost(request => Signed(request, Check)));
    }

    private static async Task<IResult> Unlock(PageRequest request)
    {
        if (await request.Port<ISetupDesk>().Unlock(request.Field("code"), request.Source, request.Gone).ConfigureAwait(false) is not { } token)
        {
            return await Show(request, FormState.Empty, wrongCode: true).ConfigureAwait(false);
        }

        request.Context.Response.Cookies.Append(Cookie, token, new() { HttpOnly = true, Secure = request.Context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = Path, IsEssential = true });
        return PageRequest.Go(Path);
    }

    private static Task<IResult> Unlocked(PageRequest request, Func<PageRequest, Task<IResult>> act) => Unlocked(request, () => act(request));

    private static Task<IResult> Unlocked(PageRequest request, Func<Task<IResult>> act) =>
        request.Port<ISetupDesk>() is { Needed: true } desk && desk.IsUnlocked(request.Context.Request.Cookies[Cookie]) ? act() : Task.FromResult(PageRequest.Go(Path));

    // Only administrators have accounts before the first start is over.
    private static bool IsSigned(PageRequest request) => request.Session is { OnlyForProof: false };

    private static Task<IResult> Signed(PageRequest request, Func<PageRequest, Task<IResult>> act) =>
        request.Port<ISetupDesk>() is { Needed: true, ByRecord: true } && IsSigned(request) ? act(request) : Task.FromResult(PageRequest.Go(Path));

    private static async Task<IResult> Add(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = new AdministratorForm(reader.Text("person"), reader.Text("personName"), reader.Text("kana"), reader.Text("section"), reader.Text("signInName"));
        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var done = await request.Port<ISetupDesk>().Add(form, request.Gone).ConfigureAwait(false);
        return done.Ok ? await Enter(request, done.Id ?? "").ConfigureAwait(false) : await Show(request, reader.State(done.Problems)).ConfigureAwait(false);
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

    private static async Task<IResult> Organisation(PageRequest request)
    {
        var look = await SiteForms.Look(request).ConfigureAwait(false);
        return request.Show<OrganisationPage>(new OrganisationModel(FormState.Of(
            [("organisation", look.Organisation), ("siteName", look.Name), .. look.Posts.Select(post => ($"post{post.Role}", post.Post))])));
    }

    private static Task<IResult> Name(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = new SiteNameForm(
            reader.Text("organisation"),
            reader.Text("siteName"),
            [.. OrganisationModel.Roles.Select(role => new RolePost(role, reader.Optional($"post{role}", 40))).Where(post => post.Post.Length > 0)]);
        return request.ForForm(
            reader, form, Path, Path,
            said => request.Port<IZoneDesk>().Name(said, request.Actor, request.Gone),
            state => Task.FromResult(request.Show<OrganisationPage>(new OrganisationModel(state), StatusCodes.Status422UnprocessableEntity)));
    }

    private static async Task<IResult> Check(PageRequest request)
    {
        var done = await request.Port<IZoneDesk>().Check(request.Actor, request.Gone).ConfigureAwait(false);
        return !done.Ok ? await Show(request, FormState.Empty, check: new FormReader(request.Form).State(done.Problems)).ConfigureAwait(false)
            : request.Port<ISetupDesk>().Needed ? request.Done(Path)
            : request.Done("/");
    }

    private static async Task<IResult> Show(PageRequest request, FormState state, bool wrongCode = false, FormState? check = null)
    {
        var desk = request.Port<ISetupDesk>();
        if (!desk.Needed)
        {
            return PageRequest.Go("/sign-in");
        }

        var unlocked = desk.IsUnlocked(request.Context.Request.Cookies[Cookie]);
        var site = desk.ByRecord && IsSigned(request) ? await SiteForms.Look(request).ConfigureAwait(false) : null;
        var asks = !unlocked && (site is null || request.Query["code"] == "1" || wrongCode);
        return request.Show<SetupPage>(
            new SetupModel(unlocked, wrongCode, unlocked || site is not null ? desk.Administrators() : [], state)
            {
                AsksCode = asks,
                ByRecord = desk.ByRecord,
                Site = site,
                Checked = site is not null && site.CheckedBy.Any(one => one.Id == request.Actor.Person),
                CheckState = check ?? FormState.Empty,
            },
            wrongCode ? StatusCodes.Status401Unauthorized : state.Problems.IsEmpty && check is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What the page of the first start shows.</summary>
/// <param name="Unlocked">The code was shown; without it, or a signed-in administrator, nothing of the site is told.</param>
public sealed record SetupModel(bool Unlocked, bool WrongCode, ImmutableArray<NewAdministrator> Administrators, FormState State)
{
    /// <summary>The page asks for the code.</summary>
    public bool AsksCode { get; init; }

    /// <summary>People register the site; false: the settings file has it.</summary>
    public bool ByRecord { get; init; }

    /// <summary>The site, for an administrator who has signed in; else null.</summary>
    public SiteLook? Site { get; init; }

    /// <summary>Whoever looks has said that everything is right.</summary>
    public bool Checked { get; init; }

    /// <summary>What was wrong with saying so.</summary>
    public FormState CheckState { get; init; } = FormState.Empty;

    /// <summary>Administrators who can sign in.</summary>
    public int Able => Administrators.Count(one => one.HasProof);
}

/// <summary>What the site is called.</summary>
public sealed record OrganisationModel(FormState State)
{
    /// <summary>Roles whose posts are asked for (RoleNames of section (b)).</summary>
    public static ImmutableArray<Role> Roles { get; } = [Role.ChiefOfficer, Role.SupervisingOfficer, Role.SecurityManager, Role.SystemManager, Role.SystemStaff];
}
