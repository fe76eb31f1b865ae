using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>Stands in front of every page: host name, headers, forms from elsewhere, and a page for what went wrong.</summary>
internal static partial class PageGuard
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; " +
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    /// <summary>A page or fragment.</summary>
    public static RequestDelegate Get(Func<PageRequest, Task<IResult>> page) => context => Run(context, page);

    /// <summary>An act: only from a form of ours.</summary>
    public static RequestDelegate Post(Func<PageRequest, Task<IResult>> act) => context => Run(context, async request =>
        await request.ReadForm().ConfigureAwait(false)
            ? await act(request).ConfigureAwait(false)
            : request.Show<MessagePage>(new MessageModel(FrameText.RefusedTitle, FrameText.Refused, null), StatusCodes.Status400BadRequest));

    private static async Task Run(HttpContext context, Func<PageRequest, Task<IResult>> page)
    {
        Dress(context.Response);
        if (!IsThisMachine(context.Request.Host.Host))
        {
            // Without sign-in, a page elsewhere that makes its name point to this machine must get nothing (DNS rebinding).
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            await context.Response.WriteAsync($"{FrameText.WrongHost.Ja}\n{FrameText.WrongHost.En}\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var request = new PageRequest(context);
        try
        {
            await (await page(request).ConfigureAwait(false)).ExecuteAsync(context).ConfigureAwait(false);
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

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "::1";

    [LoggerMessage(4001, LogLevel.Error, "Page {Path} failed with number {Number}")]
    private static partial void Failed(ILogger log, string number, string path, Exception problem);
}
