using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Api;

/// <summary>What a parameter of the query holds.</summary>
internal enum ApiValue
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A moment with its offset (RFC 3339).</summary>
    Moment,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One of <see cref="ApiParameter.Choices"/>.</summary>
    Choice,
}

/// <summary>A parameter of the query.</summary>
/// <param name="Many">It may stand several times.</param>
/// <param name="Least">Smallest number.</param>
/// <param name="Most">Largest number, or longest text.</param>
internal sealed record ApiParameter(string Name, ApiValue Value, string Meaning, bool Many = false, int Least = 0, int Most = 200)
{
    public ImmutableArray<string> Choices { get; init; } = [];
}

/// <summary>What an operation answers.</summary>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Location">Of what was made; null: none.</param>
internal sealed record ApiAnswer(int Status, byte[] Body, string? Location = null)
{
    public const string Json = "application/json; charset=utf-8";
    public const string ProblemJson = "application/problem+json; charset=utf-8";

    public string Type { get; init; } = Json;

    /// <summary>Set: nothing was done, and the same call may be tried again under the same idempotency key.</summary>
    public bool NothingDone { get; init; }
}

/// <summary>
/// One operation of the API: the same act as a page's, so that one row of the route table says who may (<see cref="Hosting.RouteAuthority"/>). From this
/// table come the routes and the document that describes them.
/// </summary>
/// <param name="Id">Its name in the document and in the record.</param>
/// <param name="Pattern">Path with parameters in braces.</param>
/// <param name="Scope">What the token needs; null: any token.</param>
/// <param name="Page">The page's route that does the same.</param>
/// <param name="Body">What it takes; null: nothing.</param>
/// <param name="Answer">What it answers; null: any JSON.</param>
internal sealed record ApiOperation(
    string Id,
    string Method,
    string Pattern,
    TokenScope? Scope,
    string Page,
    Word Summary,
    JsonTypeInfo? Body,
    JsonTypeInfo? Answer,
    Func<ApiRequest, Task<ApiAnswer>> Run)
{
    public ImmutableArray<ApiParameter> Query { get; init; } = [];

    /// <summary>It makes something new and answers 201 with its address.</summary>
    public bool Makes { get; init; }

    /// <summary>It changes something: an idempotency key is needed, and it has an entry of its own in the record.</summary>
    public bool Acts => Method != "GET";

    /// <summary>Names of the parameters in the path.</summary>
    public IEnumerable<string> PathParameters =>
        Pattern.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));
}
