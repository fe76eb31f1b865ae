using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Api;

/// <summary>Tokens of the API as they now stand.</summary>
public sealed class TokensView : IRecordView
{
    private const string Columns = "token, account, person, name, scopes, valid_until, state, made";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_tokens"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_tokens(token TEXT PRIMARY KEY, account TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL, valid_until TEXT NOT NULL,
            state INTEGER NOT NULL, made INTEGER NOT NULL) STRICT;
        CREATE INDEX view_tokens_person ON view_tokens(person);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (item.Event is not TokenRecorded { Token: var token } recorded)
        {
            return;
        }

        _ = db.Run(
            """
            INSERT INTO view_tokens VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT(token) DO UPDATE SET account = $2, person = $3, name = $4, scopes = $5, valid_until = $6, state = $7
            """,
            token.Id,
            token.Account.Value,
            token.Person.Value,
            token.Name,
            string.Join(' ', token.Scopes.Select(TokenScopes.NameOf)),
            RowReading.Iso(token.Until),
            (long)token.State,
            recorded.OccurredAt.ToUnixTimeMilliseconds());
    }

    /// <summary>A token with when it was made; null: there is none.</summary>
    public static (ApiToken Token, DateTimeOffset Made)? Token(Statements db, string id) => Read(db, "token = $1", id) is [var found, ..] ? found : null;

    /// <summary>All tokens, or one person's; the newest first.</summary>
    public static ImmutableArray<(ApiToken Token, DateTimeOffset Made)> Of(Statements db, string? person) =>
        person is null ? Read(db, "$1 = 1", 1L) : Read(db, "person = $1", person);

    private static ImmutableArray<(ApiToken Token, DateTimeOffset Made)> Read(Statements db, string which, object value)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(ApiToken, DateTimeOffset)>();
        using var row = db.Rows($"SELECT {Columns} FROM view_tokens WHERE {which} ORDER BY made DESC, token DESC", value);
        while (row.Read())
        {
            found.Add((
                new(
                    row.GetString(0),
                    new(row.GetString(1)),
                    new(row.GetString(2)),
                    row.GetString(3),
                    [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TokenScopes.Of).OfType<TokenScope>()],
                    row.DateOrNull(5)!.Value,
                    (TokenState)row.GetInt64(6)),
                row.Time(7)));
        }

        return found.ToImmutable();
    }
}
