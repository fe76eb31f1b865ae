using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>To the identity provider and back.</summary>
internal static class ProviderRoutes
{
    private const string Path = "/sign-in/provider";
    private const string Secured = "__Host-rg-provider";
    private const string Plain = "rg-provider";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.OpenGet(Begin));
        routes.MapGet($"{Path}/back", PageGuard.OpenGet(Back));
    }

    /// <summary>The provider's name; null: there is none.</summary>
    public static Word? NameOf(PageRequest request) => request.Context.RequestServices.GetService<IProviderDesk>()?.Name;

    private static async Task<IResult> Begin(PageRequest request)
    {
        if (NameOf(request) is null || request.Port<ISignInDesk>().NeedsSetup)
        {
            return PageRequest.Go("/sign-in");
        }

        var (http, confirms) = (request.Context.Request, request.Query["confirm"] == "1");
        var back = new Uri($"{http.Scheme}://{http.Host}{Path}/back");
        var start = await request.Port<IProviderDesk>()
            .Begin(back, OwnPath.Or(request.Query["return"].FirstOrDefault()), confirms ? request.Session : null, request.Source, request.Gone).ConfigureAwait(false);
        if (start is null || (confirms && request.Session is null))
        {
            return request.Show<MessagePage>(new MessageModel(SignInText.Provider, SignInText.ProviderAway, null), StatusCodes.Status503ServiceUnavailable);
        }

        request.Context.Response.Cookies.Append(http.IsHttps ? Secured : Plain, start.Browser, Cookie(http, TimeSpan.FromMinutes(10)));
        return TypedResults.Redirect(start.Address.AbsoluteUri);
    }

    private static async Task<IResult> Back(PageRequest request)
    {
        var http = request.Context.Request;
        if (NameOf(request) is null)
        {
            return PageRequest.Go("/sign-in");
        }

        var name = http.IsHttps ? Secured : Plain;
        var browser = http.Cookies[name];
        request.Context.Response.Cookies.Delete(name, Cookie(http, null));
        var reply = new ProviderReply(request.Query["state"].FirstOrDefault() ?? "", request.Query["code"].FirstOrDefault() ?? "", request.Query["iss"].FirstOrDefault());
        var end = await request.Port<IProviderDesk>().End(reply, browser, request.Session, request.Source, request.Gone).ConfigureAwait(false);
        if (end.Confirmed)
        {
            return PageRequest.Go(OwnPath.Or(end.Wanted));
        }

        if (end.Answer is not { Cookie: not null } answer)
        {
            return await SignInRoutes.Page(request, SignInAnswer.Refused).ConfigureAwait(false);
        }

        return await SignInRoutes.Entered(request, answer, end.Wanted).ConfigureAwait(false);
    }

    private static CookieOptions Cookie(HttpRequest http, TimeSpan? age) => new()
    {
        HttpOnly = true,
        Secure = http.IsHttps,

        // The provider sends the browser back from its own address; Strict would leave the cookie behind.
        SameSite = SameSiteMode.Lax,
        MaxAge = age,
        Path = "/",
        IsEssential = true,
    };
}
