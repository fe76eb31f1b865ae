using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Tokens;

namespace RoomGuard.Dashboard.Api;

/// <summary>One call of the API, with what its operation needs.</summary>
internal sealed class ApiRequest(HttpContext context, ApiOperation operation, TokenCall call, Language language, ReadOnlyMemory<byte> body)
{
    private readonly List<FieldProblem> problems = [];

    public HttpContext Context => context;

    public ApiOperation Operation => operation;

    /// <summary>Who acts: the account's person with the roles held at this moment.</summary>
    public Actor Actor => call.Actor!;

    public ApiToken Token => call.Token!;

    public Language Language => language;

    public DashboardSite Site => Port<DashboardSite>();

    /// <summary>Stops reading when the caller went away. An act once begun is brought to its end, so that its answer can be asked for again.</summary>
    public CancellationToken Gone => operation.Acts ? CancellationToken.None : context.RequestAborted;

    /// <summary>What is wrong with the query so far.</summary>
    public IReadOnlyList<FieldProblem> Problems => problems;

    /// <summary>The question as its address shows it, without a purpose.</summary>
    public string Asked => context.Request.Path.Value + QueryString.Create(context.Request.Query.Where(pair => pair.Key != "purpose").OrderBy(pair => pair.Key, StringComparer.Ordinal));

    public TPort Port<TPort>()
        where TPort : notnull => context.RequestServices.GetRequiredService<TPort>();

    /// <summary>A parameter of the path.</summary>
    public string Route(string name) => context.Request.RouteValues[name] as string ?? "";

    /// <summary>How much of the register the token's person may see.</summary>
    public Task<RegisterScope> Scope() => Port<ILookDesk>().Scope(Actor, Gone);

    /// <summary>The register as the token's person may see it.</summary>
    public async Task<IEntryRegister> Register() => Port<IEntryRegisters>().SeenBy(await Scope().ConfigureAwait(false));

    /// <summary>A text of the query; null: not given.</summary>
    public string? Text(string name) => One(name) is { Length: > 0 } text ? text : null;

    /// <summary>A whole number of the query.</summary>
    public int Number(string name, int otherwise)
    {
        var parameter = operation.Query.First(item => item.Name == name);
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= parameter.Least && number <= parameter.Most)
        {
            return number;
        }

        Complain(name, FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{parameter.Least}–{parameter.Most}"));
        return otherwise;
    }

    /// <summary>A moment of the query; null: not given.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus sign that was not escaped arrives as a space. Without its offset a moment would mean another one on another machine.
        if (text.Length > 19 && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-', ' ']) > 16))
        {
            return moment;
        }

        Complain(name, FieldFault.NotADate, text);
        return null;
    }

    /// <summary>Whether a flag of the query is set.</summary>
    public bool Flag(string name)
    {
        switch (Text(name))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            default:
                Complain(name, FieldFault.NotAChoice);
                return false;
        }
    }

    /// <summary>One of an enumeration's names; null: not given.</summary>
    public TChoice? Choice<TChoice>(string name)
        where TChoice : struct, Enum => Choices<TChoice>(name) is [var one, ..] ? one : null;

    /// <summary>Several of an enumeration's names.</summary>
    public ImmutableArray<TChoice> Choices<TChoice>(string name)
        where TChoice : struct, Enum
    {
        var found = ImmutableArray.CreateBuilder<TChoice>();
        foreach (var text in context.Request.Query[name])
        {
            if (Enum.GetNames<TChoice>().Contains(text))
            {
                found.Add(Enum.Parse<TChoice>(text!));
            }
            else
            {
                Complain(name, FieldFault.NotAChoice, text);
            }
        }

        return [.. found.Distinct().Order()];
    }

    /// <summary>Notes something wrong with the query.</summary>
    public void Complain(string field, FieldFault fault, string? value = null) => problems.Add(new(field, fault, value));

    /// <summary>The body.</summary>
    /// <exception cref="JsonException">Not JSON, or a member is missing, unknown, doubled or of the wrong kind.</exception>
    public TForm Body<TForm>()
        where TForm : class =>
        JsonSerializer.Deserialize(body.Span, (JsonTypeInfo<TForm>)operation.Body!) ?? throw new JsonException("The body is null.");

    /// <summary>An answer.</summary>
    public ApiAnswer Answer<TAnswer>(TAnswer answer) => new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer, (JsonTypeInfo<TAnswer>)operation.Answer!));

    private string? One(string name)
    {
        var parameter = operation.Query.First(item => item.Name == name);
        var values = context.Request.Query[name];
        if (values.Count == 0)
        {
            return null;
        }

        if (values.Count > 1)
        {
            Complain(name, FieldFault.NotAChoice, string.Join(", ", values.ToArray()));
        }

        var text = values[0]?.Trim() ?? "";
        if (parameter.Value == ApiValue.Text && text.Length > parameter.Most)
        {
            Complain(name, FieldFault.TooLong, parameter.Most.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        if (text.Any(char.IsControl))
        {
            Complain(name, FieldFault.BadCharacters);
            return null;
        }

        return text;
    }
}
