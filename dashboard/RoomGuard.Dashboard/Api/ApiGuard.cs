using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Tokens;

namespace RoomGuard.Dashboard.Api;

/// <summary>
/// Stands in front of every operation of the API: host name, no cookies, whose token, how often, which scope, which right, which idempotency key. The desk
/// behind it asks once more with whom and what the act is about (R-SIGN-01). Nothing is open without a token.
/// </summary>
internal static partial class ApiGuard
{
    /// <summary>Largest body †.</summary>
    public const int LargestBody = 64 * 1024;

    private const int LongestKey = 64;

    /// <summary>Answers a call of an operation.</summary>
    public static RequestDelegate Of(ApiOperation operation)
    {
        Task<ApiAnswer> Answer(HttpContext context, Language language) => Perform(context, operation, language);
        return context => Run(context, Answer);
    }

    /// <summary>Answers a call that no operation matches.</summary>
    public static RequestDelegate Nowhere(ImmutableArray<ApiOperation> operations)
    {
        Task<ApiAnswer> Answer(HttpContext context, Language language) => Astray(context, operations, language);
        return context => Run(context, Answer);
    }

    private static async Task<ApiAnswer> Astray(HttpContext context, ImmutableArray<ApiOperation> operations, Language language)
    {
        var (_, refused) = await Enter(context, language).ConfigureAwait(false);
        if (refused is not null)
        {
            return refused;
        }

        ImmutableArray<string> methods = [.. operations.Where(operation => Fits(operation.Pattern, context.Request.Path.Value ?? "")).Select(operation => operation.Method).Distinct()];
        if (methods.IsEmpty)
        {
            return ApiProblems.Of(ApiProblems.NotFound, language);
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return ApiProblems.Of(ApiProblems.NoSuchMethod, language);
    }

    private static async Task Run(HttpContext context, Func<HttpContext, Language, Task<ApiAnswer>> answer)
    {
        var language = context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.Japanese;
        try
        {
            await Write(context, await answer(context, language).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (BadHttpRequestException problem)
        {
            await Write(context, ApiProblems.Of(problem.StatusCode == StatusCodes.Status413PayloadTooLarge ? ApiProblems.TooBig : ApiProblems.BadRequest, language)).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            var number = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiGuard).FullName!), number, context.Request.Path.Value ?? "", problem);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await Write(context, ApiProblems.Of(ApiProblems.Failed, language, number)).ConfigureAwait(false);
        }
    }

    private static async Task<ApiAnswer> Perform(HttpContext context, ApiOperation operation, Language language)
    {
        var (call, refused) = await Enter(context, language).ConfigureAwait(false);
        if (refused is not null)
        {
            return refused;
        }

        if (operation.Scope is { } scope && !call.Token!.Scopes.Contains(scope))
        {
            await context.RequestServices.GetRequiredService<ITokenDoor>().OtherScope(call.Token, SourceOf(context), context.RequestAborted).ConfigureAwait(false);
            return ApiProblems.Of(ApiProblems.OtherScope, language, TokenScopes.NameOf(scope));
        }

        if (await Objection(context, operation, call.Actor!, language).ConfigureAwait(false) is { } objection)
        {
            return objection;
        }

        if (context.Request.Query.Keys.FirstOrDefault(name => operation.Query.All(parameter => parameter.Name != name)) is { } unknown)
        {
            return ApiProblems.Of(ApiProblems.BadRequest, language, $"?{(unknown.Length > 40 ? unknown[..40] : unknown)}");
        }

        return operation.Acts ? await Act(context, operation, call, language).ConfigureAwait(false) : await Read(context, operation, call, language).ConfigureAwait(false);
    }

    // Host name, cookies, token, limits; with an answer when it ends here.
    private static async Task<(TokenCall Call, ApiAnswer? Refused)> Enter(HttpContext context, Language language)
    {
        var none = new TokenCall(TokenFault.Unknown, null, null, 0, TimeSpan.Zero);
        if (!PageGuard.IsOurName(context))
        {
            return (none, new(StatusCodes.Status421MisdirectedRequest, Encoding.UTF8.GetBytes("{}")));
        }

        // A browser that carries somebody's session must not be led to act here, and nothing here is ever kept in a cookie.
        if (context.Request.Headers.Cookie.Count > 0)
        {
            return (none, ApiProblems.Of(ApiProblems.Cookies, language));
        }

        var sent = context.Request.Headers.Authorization;
        var call = await context.RequestServices.GetRequiredService<ITokenDoor>()
            .Whose(sent.Count == 1 ? sent[0] : null, SourceOf(context), context.RequestAborted).ConfigureAwait(false);
        var headers = context.Response.Headers;
        if (call.Fault is null)
        {
            headers["RateLimit-Limit"] = CallGate.Burst.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Remaining"] = call.Left.ToString(CultureInfo.InvariantCulture);
            return (call, null);
        }

        if (call.Fault == TokenFault.TooMany)
        {
            headers.RetryAfter = ((int)Math.Ceiling(call.Wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return (call, ApiProblems.Of(ApiProblems.TooMany, language));
        }

        // Which of the faults it was stands in the record, not in the answer: a stranger learns nothing about tokens that exist.
        headers.WWWAuthenticate = "Bearer";
        return (call, ApiProblems.Of(ApiProblems.NoToken, language));
    }

    private static async Task<ApiAnswer?> Objection(HttpContext context, ApiOperation operation, Actor actor, Language language)
    {
        var rights = RouteAuthority.Rows[operation.Page];
        if (rights.Any(right => right.HeldBy(actor)))
        {
            return null;
        }

        var answer = new AuthorityAnswer(AuthorityRefusal.NoRole, null, null, [.. rights.SelectMany(right => right.Roles).Distinct().Order()]);
        var refusal = await context.RequestServices.GetRequiredService<IRefusalNotes>()
            .Note(actor, answer, rights[0].Name, context.Request.Path.Value ?? "/", context.RequestAborted).ConfigureAwait(false);
        return ApiProblems.Of(ApiProblems.NotAllowed, language, refusal: refusal);
    }

    private static async Task<ApiAnswer> Read(HttpContext context, ApiOperation operation, TokenCall call, Language language)
    {
        var door = context.RequestServices.GetRequiredService<ITokenDoor>();
        return await door.Used(call, operation.Id, SourceOf(context), null, context.RequestAborted).ConfigureAwait(false)
            ? await Answer(new(context, operation, call, language, default), operation).ConfigureAwait(false)
            : ApiProblems.Of(ApiProblems.NotRecorded, language);
    }

    private static async Task<ApiAnswer> Act(HttpContext context, ApiOperation operation, TokenCall call, Language language)
    {
        if (!context.Request.HasJsonContentType())
        {
            return ApiProblems.Of(ApiProblems.NotJson, language);
        }

        if (KeyOf(context.Request) is not { } key)
        {
            return ApiProblems.Of(ApiProblems.NoKey, language);
        }

        if (await Body(context).ConfigureAwait(false) is not { } body)
        {
            return ApiProblems.Of(ApiProblems.TooBig, language);
        }

        var door = context.RequestServices.GetRequiredService<ITokenDoor>();
        var token = call.Token!.Id;
        var mark = Mark(context.Request, body, call.MarkKey.Span);
        var begun = door.BeginKey(token, key, mark);
        switch (begun.State)
        {
            case KeyState.Answered:
                context.Response.Headers["Idempotency-Replayed"] = "true";
                return new(begun.Answer!.Status, Encoding.UTF8.GetBytes(begun.Answer.Body), begun.Answer.Location) { Type = begun.Answer.Type };
            case KeyState.OtherRequest:
                return ApiProblems.Of(ApiProblems.OtherRequest, language);
            case KeyState.UnderWay:
                return ApiProblems.Of(ApiProblems.UnderWay, language);
            case KeyState.OutcomeUnknown:
                return ApiProblems.Of(ApiProblems.OutcomeUnknown, language, begun.Since.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture));
            default:
                break;
        }

        ApiAnswer? answer = null;
        try
        {
            answer = await door.Used(call, operation.Id, SourceOf(context), key, context.RequestAborted).ConfigureAwait(false)
                ? await Answer(new(context, operation, call, language, body), operation).ConfigureAwait(false)
                : ApiProblems.Of(ApiProblems.NotRecorded, language);
            return answer;
        }
        finally
        {
            switch (answer)
            {
                case { NothingDone: true }:
                    door.ForgetKey(token, key);
                    break;
                case not null:
                    door.KeepAnswer(token, key, new(answer.Status, answer.Type, Encoding.UTF8.GetString(answer.Body), answer.Location));
                    break;
                default:
                    // It failed in the middle, so nobody knows whether it was done: the key stays begun, and says so.
                    door.LeaveKey(token, key);
                    break;
            }
        }
    }

    private static async Task<ApiAnswer> Answer(ApiRequest request, ApiOperation operation)
    {
        try
        {
            return await operation.Run(request).ConfigureAwait(false);
        }
        catch (JsonException problem)
        {
            return ApiProblems.Of(ApiProblems.BadRequest, request.Language, PlaceOf(problem));
        }
    }

    // Where it went wrong and which members are missing; never what was sent, nor what our types are called.
    private static string PlaceOf(JsonException problem)
    {
        const string missing = "including: ";
        var place = problem.Path ?? "$";
        return problem.Message.IndexOf(missing, StringComparison.Ordinal) is >= 0 and var at && problem.Message.IndexOf('.', at) is > 0 and var end
            ? $"{place} ({problem.Message[(at + missing.Length)..end]})"
            : place;
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers["Idempotency-Key"] is [{ Length: >= 1 and <= LongestKey } key] && key.All(sign => sign is > ' ' and < '\x7F') ? key : null;

    private static async Task<byte[]?> Body(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        if (context.Request.ContentLength > LargestBody)
        {
            return null;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    // Keyed with the token's secret, which is kept nowhere: whoever reads the file of answers cannot try which body makes a mark.
    private static string Mark(HttpRequest request, byte[] body, ReadOnlySpan<byte> secret)
    {
        using var mark = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mark.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path.Value}\n"));
        mark.AppendData(body);
        return Convert.ToHexStringLower(mark.GetHashAndReset());
    }

    private static string SourceOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static bool Fits(string pattern, string path)
    {
        var (parts, asked) = (pattern.Split('/'), path.Split('/'));
        return parts.Length == asked.Length && parts.Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static async Task Write(HttpContext context, ApiAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.ContentType = answer.Type;
        response.ContentLength = answer.Body.Length;
        if ((answer.Status == StatusCodes.Status413PayloadTooLarge || context.Request.ContentLength > LargestBody) && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // What was not read is still on its way: the connection ends here, and the caller must not send the next request on it.
            response.Headers.Connection = "close";
        }

        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }

    [LoggerMessage(4002, LogLevel.Error, "API call {Path} failed with number {Number}")]
    private static partial void Failed(ILogger log, string number, string path, Exception problem);
}
