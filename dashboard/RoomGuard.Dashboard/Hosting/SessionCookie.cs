using Microsoft.AspNetCore.Http;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>
/// The cookie that carries a session's secret. Over HTTPS its name begins with <c>__Host-</c>, so that no other host, path or plain connection
/// can set it; a Test site's plain port has a name of its own. It ends with the browser.
/// </summary>
internal static class SessionCookie
{
    private const string Secured = "__Host-rg-session";
    private const string Plain = "rg-session";
    private const string SecuredDevice = "__Host-rg-device";
    private const string PlainDevice = "rg-device";

    /// <summary>The secret sent with a request; null: none.</summary>
    public static string? Of(HttpRequest request) =>
        request.Cookies[request.IsHttps ? Secured : Plain] is { Length: > 0 and <= 100 } secret ? secret : null;

    /// <summary>Gives the browser a secret.</summary>
    public static void Set(HttpContext context, string secret) =>
        context.Response.Cookies.Append(context.Request.IsHttps ? Secured : Plain, secret, Options(context));

    /// <summary>Takes it away again.</summary>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(context.Request.IsHttps ? Secured : Plain, Options(context));

    /// <summary>The secret by which a device is known again; null: none.</summary>
    public static string? DeviceOf(HttpRequest request) =>
        request.Cookies[request.IsHttps ? SecuredDevice : PlainDevice] is { Length: > 0 and <= 100 } secret ? secret : null;

    /// <summary>Lets the browser keep the device's secret for a year. It signs nobody in; it only tells a known device from a stranger's (R-SIGN-03).</summary>
    public static void SetDevice(HttpContext context, string secret)
    {
        var options = Options(context);
        options.MaxAge = TimeSpan.FromDays(365);
        context.Response.Cookies.Append(context.Request.IsHttps ? SecuredDevice : PlainDevice, secret, options);
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
