using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Zones;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>One request for a page or an act, with what its handler needs.</summary>
internal sealed class PageRequest
{
    internal const string LanguageCookie = "rg-language";
    internal const string ThemeCookie = "rg-theme";

    private readonly TimeProvider time;

    public PageRequest(HttpContext context)
    {
        Context = context;
        Site = Port<DashboardSite>();
        time = Port<TimeProvider>();
        Ink = new(Site, context.Request.Cookies[LanguageCookie] == "en" ? Language.English : Language.Japanese);
    }

    public HttpContext Context { get; }

    public DashboardSite Site { get; }

    public Ink Ink { get; }

    /// <summary>The session this request belongs to; null only on pages open to everybody.</summary>
    public Session? Session { get; init; }

    /// <summary>Who acts (R-SIGN-01): one person with the roles held at this moment.</summary>
    /// <exception cref="InvalidOperationException">The page is open to everybody and nobody is signed in.</exception>
    public Actor Actor => Session?.Actor ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Whether the person must prove again who they are before an act that moves doors, power or rights (再確認, within five minutes).</summary>
    public bool NeedsStepUp => Session is { OnlyForProof: false } session && !session.ConfirmedAtAll(Now) && !ConfirmedNow;

    /// <summary>Set when the proof came with this very request.</summary>
    public bool ConfirmedNow { get; set; }

    /// <summary>Where the request comes from.</summary>
    public SignInSource Source => new(AddressOf(Context), BrowserName(Context.Request.Headers.UserAgent.ToString()), SessionCookie.DeviceOf(Context.Request));

    /// <summary>Whether it came in by the reception desk's own listener (R-NET-07).</summary>
    public bool AtReception => Site.ReceptionPort is { } port && Context.Connection.LocalPort == port;

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => Ink.Day(Now);

    public CancellationToken Gone => Context.RequestAborted;

    /// <summary>The fields of the form sent; empty on a GET.</summary>
    public IFormCollection Form { get; private set; } = FormCollection.Empty;

    public IQueryCollection Query => Context.Request.Query;

    public string Route(string name) => Context.Request.RouteValues[name] as string ?? "";

    public TPort Port<TPort>()
        where TPort : notnull => Context.RequestServices.GetRequiredService<TPort>();

    /// <summary>Reads the form if it came from one of our own pages.</summary>
    /// <returns>False: it did not, and nothing of it may be believed.</returns>
    public async Task<bool> ReadForm()
    {
        // Browsers say themselves where a form came from; the token holds where they do not.
        var from = Context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (from is not ("" or "same-origin" or "none") || !Context.Request.HasFormContentType)
        {
            return false;
        }

        if (!await Port<IAntiforgery>().IsRequestValidAsync(Context).ConfigureAwait(false))
        {
            return false;
        }

        Form = await Context.Request.ReadFormAsync(Gone).ConfigureAwait(false);
        return true;
    }

    /// <summary>A field of the form or, on a GET, of the query: trimmed; empty when absent.</summary>
    public string Field(string name) => (Form.TryGetValue(name, out var sent) ? sent : Query[name]).FirstOrDefault()?.Trim() ?? "";

    /// <summary>A whole page.</summary>
    public IResult Show<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => Render(typeof(TPage), model, status);

    /// <summary>A piece of a page, for replacing it while it is open.</summary>
    public IResult Fragment<TPart>(object model)
        where TPart : IComponent => Render(typeof(TPart), model, StatusCodes.Status200OK);

    /// <summary>After an act: go and look at the result (POST, redirect, GET).</summary>
    public IResult Done(string path)
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return TypedResults.LocalRedirect($"~{path}{mark}done={Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>After an act that may have come out in three ways: on to its result, to who may instead (「なぜ」), or back to what was typed.</summary>
    /// <param name="section">The menu entry a refusal stands under.</param>
    /// <param name="again">The form with its problems.</param>
    public async Task<IResult> After(ActResult done, string path, string section, Func<Task<IResult>> again) => done switch
    {
        { Ok: true } => Done(path),
        { Refusal: { } refusal } => Show<RefusalPage>(new RefusalModel(refusal, section, path), StatusCodes.Status403Forbidden),
        _ => await again().ConfigureAwait(false),
    };

    /// <summary>An act that needs a reason and nothing else that is typed: reads it, acts, and goes on as <see cref="After"/> does.</summary>
    /// <param name="section">The menu entry a refusal stands under.</param>
    /// <param name="again">The page that asks for the reason, with what was typed.</param>
    public Task<IResult> ForReason(string path, string section, Func<string, Task<ActResult>> act, Func<FormState, Task<IResult>> again)
    {
        var reader = new FormReader(Form);
        return ForForm(reader, reader.Text("reason", 400), path, section, act, again);
    }

    /// <summary>An act on a form that was read: back to what was typed where it cannot be read, else acts and goes on as <see cref="After"/> does.</summary>
    /// <param name="form">What <paramref name="reader"/> made of it.</param>
    public async Task<IResult> ForForm<TForm>(FormReader reader, TForm form, string path, string section, Func<TForm, Task<ActResult>> act, Func<FormState, Task<IResult>> again)
    {
        if (!reader.Ok)
        {
            return await again(reader.State()).ConfigureAwait(false);
        }

        var done = await act(form).ConfigureAwait(false);
        return await After(done, path, section, () => again(reader.State(done.Problems))).ConfigureAwait(false);
    }

    /// <summary>What was typed into <paramref name="fields"/>, for the page that asks whether it is really meant to carry along.</summary>
    public ImmutableArray<(string Name, string Value)> Carried(params ReadOnlySpan<string> fields)
    {
        var carried = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var field in fields)
        {
            carried.AddRange(Form[field].Select(value => (field, value ?? "")));
        }

        return carried.DrainToImmutable();
    }

    /// <summary>To a path of ours.</summary>
    public static IResult Go(string path) => TypedResults.LocalRedirect($"~{path}");

    /// <summary>Where a request comes from; empty: not known.</summary>
    internal static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string BrowserName(string text) => new([.. text.Where(sign => sign is >= ' ' and < '\x7F').Take(200)]);

    // Only a page with a form gets a token and its cookie. The parts are rendered whole before the answer begins, so this is in time.
    private string Token() => Port<IAntiforgery>().GetAndStoreTokens(Context).RequestToken ?? "";

    // A number in the menu is worth less than the page it stands on: where it cannot be had, the page stands without it.
    // It is counted while the page is drawn, on other threads, and the request may be touched by one thread only: all that is needed of it is taken before the first wait.
    private async Task<int?> Waiting()
    {
        if (Session?.Actor is not { } actor || Context.RequestServices is not { } ports || ports.GetService<ICaseDesk>() is not { } desk)
        {
            return null;
        }

        var (privileges, site, gone) = (ports.GetService<IPrivilegeReviews>(), ports.GetService<IZoneDesk>(), Gone);
        try
        {
            var (cases, reviews, zones) = (
                await desk.Waiting(actor, gone).ConfigureAwait(false),
                privileges is null ? 0 : await privileges.Waiting(actor, gone).ConfigureAwait(false),
                site is null ? 0 : await site.Waiting(actor, gone).ConfigureAwait(false));
            return cases + reviews + zones;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return null;
        }
    }

    private async Task<AlarmHead> Alarms()
    {
        if (Session is not { OnlyForProof: false } || AtReception || !MainMenu.SeesAlarms(Session.Actor) || Context.RequestServices.GetService<IAlarmDesk>() is not { } desk)
        {
            return AlarmHead.None;
        }

        try
        {
            return await desk.Head(Session.Actor, Gone).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return AlarmHead.None;
        }
    }

    private RazorComponentResult Render(Type part, object model, int status)
    {
        var savedAt = long.TryParse(Query["done"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : (DateTimeOffset?)null;
        var theme = Context.Request.Cookies[ThemeCookie] is "light" or "dark" ? Context.Request.Cookies[ThemeCookie]! : "auto";
        var frame = new PageFrame(
            Site, Ink, Now, Context.Request.Path.Value ?? "/", Context.Request.QueryString.Value ?? "", theme, Token, savedAt)
        {
            Session = Session,
            Waiting = Waiting,
            Alarms = Alarms,
            AtReception = AtReception,
        };
        return new(typeof(PageHost), new Dictionary<string, object?> { ["Frame"] = frame, ["Content"] = part, ["Model"] = model })
        {
            StatusCode = status,
            ContentType = "text/html; charset=utf-8",
            PreventStreamingRendering = true,
        };
    }
}
