using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.About;

/// <summary>Preferences, the page on accessibility, and the page for an address that leads nowhere.</summary>
internal static class AboutRoutes
{
    private static readonly (string Kind, string Cookie, string Value)[] Preferences =
    [
        ("language", PageRequest.LanguageCookie, "ja"), ("language", PageRequest.LanguageCookie, "en"),
        ("theme", PageRequest.ThemeCookie, "light"), ("theme", PageRequest.ThemeCookie, "dark"), ("theme", PageRequest.ThemeCookie, "auto"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/about/accessibility", PageGuard.OpenGet(request => Task.FromResult(request.Show<AccessibilityPage>(new()))));
        foreach (var (kind, cookie, value) in Preferences)
        {
            routes.MapGet($"/preferences/{kind}/{value}", PageGuard.OpenGet(request => Prefer(request, cookie, value)));
        }

        routes.MapFallback(PageGuard.Get(request => Task.FromResult(
            request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound))));
    }

    private static Task<IResult> Prefer(PageRequest request, string cookie, string value)
    {
        request.Context.Response.Cookies.Append(cookie, value, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = request.Context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            IsEssential = true,
        });
        return Task.FromResult<IResult>(TypedResults.LocalRedirect(OwnPath.Or(request.Query["back"].FirstOrDefault())));
    }
}
