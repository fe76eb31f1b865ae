using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Api;

/// <summary>A kind of problem: its name for good, its status, and its words.</summary>
internal sealed record ApiProblemKind(string Name, int Status, Word Title, Word Detail);

/// <summary>What can go wrong with a call, as problem+json (RFC 9457). The texts say what to do.</summary>
internal static class ApiProblems
{
    public static readonly ApiProblemKind NoToken = new("token", StatusCodes.Status401Unauthorized, ApiText.NoToken, ApiText.NoTokenDetail);
    public static readonly ApiProblemKind OtherScope = new("scope", StatusCodes.Status403Forbidden, ApiText.OtherScope, ApiText.OtherScopeDetail);
    public static readonly ApiProblemKind NotAllowed = new("not-allowed", StatusCodes.Status403Forbidden, ApiText.NotAllowed, ApiText.NotAllowedDetail);
    public static readonly ApiProblemKind Purpose = new("purpose-needed", StatusCodes.Status403Forbidden, ApiText.Purpose, ApiText.PurposeDetail);
    public static readonly ApiProblemKind Cookies = new("cookies", StatusCodes.Status400BadRequest, ApiText.Cookies, ApiText.CookiesDetail);
    public static readonly ApiProblemKind BadRequest = new("bad-request", StatusCodes.Status400BadRequest, ApiText.BadRequest, ApiText.BadRequestDetail);
    public static readonly ApiProblemKind NoKey = new("idempotency-key-missing", StatusCodes.Status400BadRequest, ApiText.NoKey, ApiText.NoKeyDetail);
    public static readonly ApiProblemKind OtherRequest = new("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity, ApiText.OtherRequest, ApiText.OtherRequestDetail);
    public static readonly ApiProblemKind UnderWay = new("idempotency-key-under-way", StatusCodes.Status409Conflict, ApiText.UnderWay, ApiText.UnderWayDetail);
    public static readonly ApiProblemKind OutcomeUnknown = new("outcome-unknown", StatusCodes.Status409Conflict, ApiText.OutcomeUnknown, ApiText.OutcomeUnknownDetail);
    public static readonly ApiProblemKind NotFound = new("not-found", StatusCodes.Status404NotFound, ApiText.NotFound, ApiText.NotFoundDetail);
    public static readonly ApiProblemKind NoSuchMethod = new("method", StatusCodes.Status405MethodNotAllowed, ApiText.NoSuchMethod, ApiText.NoSuchMethodDetail);
    public static readonly ApiProblemKind TooBig = new("too-big", StatusCodes.Status413PayloadTooLarge, ApiText.TooBig, ApiText.TooBigDetail);
    public static readonly ApiProblemKind NotJson = new("not-json", StatusCodes.Status415UnsupportedMediaType, ApiText.NotJson, ApiText.NotJsonDetail);
    public static readonly ApiProblemKind Invalid = new("invalid", StatusCodes.Status422UnprocessableEntity, ApiText.Invalid, ApiText.InvalidDetail);
    public static readonly ApiProblemKind Conflict = new("conflict", StatusCodes.Status409Conflict, ApiText.Conflict, ApiText.ConflictDetail);
    public static readonly ApiProblemKind TooMany = new("too-many", StatusCodes.Status429TooManyRequests, ApiText.TooMany, ApiText.TooManyDetail);
    public static readonly ApiProblemKind NotRecorded = new("not-recorded", StatusCodes.Status503ServiceUnavailable, ApiText.NotRecorded, ApiText.NotRecordedDetail);
    public static readonly ApiProblemKind Failed = new("failed", StatusCodes.Status500InternalServerError, ApiText.Failed, ApiText.FailedDetail);

    /// <summary>All of them, for the document.</summary>
    public static ImmutableArray<ApiProblemKind> All { get; } =
    [
        NoToken, OtherScope, NotAllowed, Purpose, Cookies, BadRequest, NoKey, OtherRequest, UnderWay, OutcomeUnknown, NotFound, NoSuchMethod, TooBig, NotJson, Invalid, Conflict,
        TooMany, NotRecorded, Failed,
    ];

    /// <summary>The answer of a kind.</summary>
    /// <param name="more">What the detail names: the scope, the number of a failure.</param>
    public static ApiAnswer Of(ApiProblemKind kind, Language language, string more = "", IEnumerable<FieldProblem>? problems = null, Refusal? refusal = null)
    {
        var problem = new ApiProblem(
            $"urn:roomguard:problem:{kind.Name}",
            kind.Title.In(language),
            kind.Status,
            kind.Detail.In(language, more),
            [.. (problems ?? []).Select(item => new ApiFieldProblem(item.Field, item.Fault.ToString(), item.Value, ProblemText.Of(item, language)))],
            refusal is null ? null : new(CasesText.Of(refusal.Because).In(language), refusal.Rule, refusal.Roles));
        return new(kind.Status, JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Plain.ApiProblem)) { Type = ApiAnswer.ProblemJson, NothingDone = kind == NotRecorded };
    }

    /// <summary>The answer to what a desk did not do.</summary>
    public static ApiAnswer Of(ActResult done, Language language)
    {
        if (done.Refusal is { } refusal)
        {
            return Of(NotAllowed, language, refusal: refusal);
        }

        var kind = done.Problems switch
        {
            _ when done.Problems.Any(problem => problem.Fault == FieldFault.NotRecorded) => NotRecorded,
            _ when done.Problems.Any(problem => problem.Fault is FieldFault.ChangedMeanwhile or FieldFault.AlreadyExists or FieldFault.CardTaken or FieldFault.CardFinal or FieldFault.NothingToChange) => Conflict,
            _ => Invalid,
        };
        return Of(kind, language, problems: done.Problems);
    }
}
