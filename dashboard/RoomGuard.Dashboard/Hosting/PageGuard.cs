using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>
/// Stands in front of every page: host name, headers, who is signed in, forms from elsewhere, and a page for what went wrong. Nothing is open
/// without sign-in but what is mapped with <see cref="OpenGet"/> and <see cref="OpenPost"/> (R-SIGN-01).
/// </summary>
internal static partial class PageGuard
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; " +
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    private enum Access
    {
        /// <summary>Everybody.</summary>
        Open,

        /// <summary>Also people who still have to set up what proves them.</summary>
        Proof,

        /// <summary>People who are signed in.</summary>
        Session,
    }

    /// <summary>A page or fragment for people who are signed in.</summary>
    public static RequestDelegate Get(Func<PageRequest, Task<IResult>> page) => context => Run(context, Access.Session, page);

    /// <summary>An act of a person who is signed in: only from a form of ours.</summary>
    public static RequestDelegate Post(Func<PageRequest, Task<IResult>> act) => context => Run(context, Access.Session, WithForm(act));

    /// <summary>An act with files in its form: what is larger is turned away before it is read.</summary>
    /// <param name="mostBody">Largest body.</param>
    public static RequestDelegate Upload(Func<PageRequest, Task<IResult>> act, long mostBody) => context => Run(context, Access.Session, Within(mostBody, WithForm(act)));

    /// <summary>
    /// An act that moves doors, power or rights: the person proves again who they are if the last time is more than five minutes ago. What was
    /// typed is carried through the question.
    /// </summary>
    public static RequestDelegate ConfirmedPost(Func<PageRequest, Task<IResult>> act) => context => Run(context, Access.Session, WithForm(Confirmed(act)));

    /// <summary>A page for everybody: signing in, preferences, accessibility.</summary>
    public static RequestDelegate OpenGet(Func<PageRequest, Task<IResult>> page) => context => Run(context, Access.Open, page);

    /// <summary>An act of somebody who is not signed in yet: only from a form of ours.</summary>
    public static RequestDelegate OpenPost(Func<PageRequest, Task<IResult>> act) => context => Run(context, Access.Open, WithForm(act));

    /// <summary>The page on which a person sets up what proves them; asks for a proof first where there is one.</summary>
    public static RequestDelegate ProofGet(Func<PageRequest, Task<IResult>> page) => context => Run(context, Access.Proof, ConfirmedPage(page));

    /// <summary>An act on that page. Secrets are never carried through a question: past the time the page asks anew.</summary>
    public static RequestDelegate ProofPost(Func<PageRequest, Task<IResult>> act) => context => Run(context, Access.Proof, WithForm(ConfirmedBefore(act)));

    private static Func<PageRequest, Task<IResult>> ConfirmedPage(Func<PageRequest, Task<IResult>> page) =>
        request => request.NeedsStepUp ? ConfirmRoutes.Ask(request, refused: false) : page(request);

    private static Func<PageRequest, Task<IResult>> ConfirmedBefore(Func<PageRequest, Task<IResult>> act) =>
        request => request.NeedsStepUp ? Task.FromResult(PageRequest.Go("/me/sign-in")) : act(request);

    private static Func<PageRequest, Task<IResult>> Confirmed(Func<PageRequest, Task<IResult>> act) => async request =>
    {
        if (request.NeedsStepUp)
        {
            if (!ConfirmRoutes.IsTried(request))
            {
                return await ConfirmRoutes.Ask(request, refused: false).ConfigureAwait(false);
            }

            if (!await ConfirmRoutes.Try(request).ConfigureAwait(false))
            {
                return await ConfirmRoutes.Ask(request, refused: true).ConfigureAwait(false);
            }

            request.ConfirmedNow = true;
        }

        return await act(request).ConfigureAwait(false);
    };

    private static Func<PageRequest, Task<IResult>> WithForm(Func<PageRequest, Task<IResult>> act) => async request =>
        await request.ReadForm().ConfigureAwait(false)
            ? await act(request).ConfigureAwait(false)
            : request.Show<MessagePage>(new MessageModel(FrameText.RefusedTitle, FrameText.Refused, null), StatusCodes.Status400BadRequest);

    private static Func<PageRequest, Task<IResult>> Within(long mostBody, Func<PageRequest, Task<IResult>> act) => async request =>
    {
        if (request.Context.Request.ContentLength > mostBody)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.RefusedTitle, FrameText.TooLarge, null), StatusCodes.Status413PayloadTooLarge);
        }

        // Who does not say how much they send is stopped where it becomes too much.
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = mostBody;
        }

        return await act(request).ConfigureAwait(false);
    };

    private static async Task Run(HttpContext context, Access access, Func<PageRequest, Task<IResult>> page)
    {
        Dress(context.Response);
        if (!IsOurName(context))
        {
            // A page elsewhere that makes its name point to this machine must get nothing (DNS rebinding).
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            await context.Response.WriteAsync($"{FrameText.WrongHost.Ja}\n{FrameText.WrongHost.En}\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var request = new PageRequest(context);
        try
        {
            request = new PageRequest(context) { Session = SessionOf(context) };
            var answer = Elsewhere(request, access)
                ?? (access == Access.Open ? null : await RouteAuthority.Objection(request).ConfigureAwait(false))
                ?? await page(request).ConfigureAwait(false);
            await answer.ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (BadHttpRequestException problem)
        {
            await Show(request, problem.StatusCode, new(FrameText.RefusedTitle, FrameText.Refused, null)).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            var number = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PageGuard).FullName!);
            Failed(log, number, context.Request.Path.Value ?? "", problem);
            await Show(request, StatusCodes.Status500InternalServerError, new(FrameText.FailedTitle, FrameText.Failed, number)).ConfigureAwait(false);
        }
    }

    private static Session? SessionOf(HttpContext context)
    {
        if (SessionCookie.Of(context.Request) is not { } secret)
        {
            return null;
        }

        if (context.RequestServices.GetRequiredService<ISessions>().Whose(secret, acts: !RefreshesItself(context.Request), PageRequest.AddressOf(context)) is not { } session)
        {
            return null;
        }

        if (session.NewCookie is { } renewed)
        {
            SessionCookie.Set(context, renewed);
        }

        // Form tokens are made for one session: a form opened by one person is worth nothing in the hands of the next at the same browser.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.Name)], "session"));
        return session;
    }

    // Null: the page may be shown. What a script asks for gets a plain "no"; a person is led to the sign-in page and back.
    private static IResult? Elsewhere(PageRequest page, Access access)
    {
        var request = page.Context.Request;
        if (access == Access.Session && page.Port<ISignInDesk>().NeedsSetup && !RefreshesItself(request))
        {
            // Before the first start is over nothing else opens, whoever asks (R-SIGN-12).
            return PageRequest.Go("/setup");
        }

        if (access == Access.Open || (page.Session is { } session && (access == Access.Proof || !session.OnlyForProof)))
        {
            return null;
        }

        if (RefreshesItself(request))
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (page.Session is not null)
        {
            return PageRequest.Go("/me/sign-in");
        }

        var back = HttpMethods.IsGet(request.Method) ? OwnPath.Or(request.Path.Value + request.QueryString.Value) : "/";
        return PageRequest.Go(back == "/" ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(back)}");
    }

    private static bool RefreshesItself(HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"] == "empty" || request.Headers.ContainsKey("X-Fragment") ||
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);

    private static async Task Show(PageRequest request, int status, MessageModel message)
    {
        if (request.Context.Response.HasStarted)
        {
            request.Context.Abort();
            return;
        }

        request.Context.Response.Clear();
        Dress(request.Context.Response);
        await request.Show<MessagePage>(message, status).ExecuteAsync(request.Context).ConfigureAwait(false);
    }

    private static void Dress(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=(), serial=()";
    }

    internal static bool IsOurName(HttpContext context)
    {
        var name = context.Request.Host.Host;
        if (name is "localhost" or "127.0.0.1" or "[::1]" or "::1")
        {
            return true;
        }

        // Names beyond this machine are for HTTPS only: over the plain port of a Test site nobody else is served.
        var names = context.RequestServices.GetRequiredService<DashboardSite>().Names;
        return context.Request.IsHttps && !names.IsDefault && names.Contains(name.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
    }

    [LoggerMessage(4001, LogLevel.Error, "Page {Path} failed with number {Number}")]
    private static partial void Failed(ILogger log, string number, string path, Exception problem);
}
