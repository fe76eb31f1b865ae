using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;

namespace RoomGuard.Service.Record;

/// <summary>A privileged account as the yearly review sees it (R-SIGN-09).</summary>
/// <param name="ReviewedBy">Account of who last looked at it; null: nobody did.</param>
public sealed record HeldPrivilege(AccountId Account, DateTimeOffset Since, DateTimeOffset? ReviewedAt, string? ReviewedBy, string Note);

/// <summary>Accounts and roles as they now stand. Who may do what is asked of these on every request, so a change is in force at once.</summary>
public sealed class OperatorsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_accounts", "view_privileges", "view_holdings", "view_remote_access"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_accounts(account TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL UNIQUE COLLATE NOCASE, privileged INTEGER NOT NULL, state INTEGER NOT NULL,
            valid_until TEXT, made INTEGER NOT NULL) STRICT;
        CREATE TABLE view_privileges(account TEXT PRIMARY KEY, since INTEGER NOT NULL, reviewed INTEGER, reviewed_by TEXT, note TEXT NOT NULL) STRICT;
        CREATE INDEX view_accounts_person ON view_accounts(person);
        CREATE TABLE view_holdings(id TEXT PRIMARY KEY, person TEXT NOT NULL, role INTEGER NOT NULL, section TEXT NOT NULL, zones TEXT NOT NULL, valid_from TEXT NOT NULL,
            valid_until TEXT, deputy_for TEXT, ended INTEGER) STRICT;
        CREATE INDEX view_holdings_person ON view_holdings(person);
        CREATE INDEX view_holdings_role ON view_holdings(role);
        CREATE TABLE view_remote_access(id TEXT PRIMARY KEY, person TEXT NOT NULL, device TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, ended INTEGER) STRICT;
        CREATE INDEX view_remote_access_person ON view_remote_access(person);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AccountRecorded { Account: var account } recorded:
                _ = db.Run(
                    """
                    INSERT INTO view_accounts VALUES ($1, $2, $3, $4, $5, $6, $7)
                    ON CONFLICT(account) DO UPDATE SET person = $2, name = $3, privileged = $4, state = $5, valid_until = $6
                    """,
                    account.Id.Value,
                    account.Person.Value,
                    account.SignInName,
                    account.Privileged ? 1 : 0,
                    (long)account.State,
                    RowReading.Iso(account.Until),
                    recorded.OccurredAt.ToUnixTimeMilliseconds());
                _ = account.Privileged && account.State != AccountState.Ended
                    ? db.Run("INSERT INTO view_privileges VALUES ($1, $2, NULL, NULL, '') ON CONFLICT(account) DO NOTHING", account.Id.Value, recorded.OccurredAt.ToUnixTimeMilliseconds())
                    : db.Run("DELETE FROM view_privileges WHERE account = $1", account.Id.Value);
                break;
            case PrivilegeReviewed reviewed:
                _ = db.Run(
                    "UPDATE view_privileges SET reviewed = $2, reviewed_by = $3, note = $4 WHERE account = $1",
                    reviewed.Account.Value,
                    reviewed.OccurredAt.ToUnixTimeMilliseconds(),
                    reviewed.By,
                    reviewed.Note);
                break;
            case RoleHeld { Holding: var holding }:
                _ = db.Run(
                    """
                    INSERT INTO view_holdings VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)
                    ON CONFLICT(id) DO UPDATE SET person = $2, role = $3, section = $4, zones = $5, valid_from = $6, valid_until = $7, deputy_for = $8
                    """,
                    holding.Id,
                    holding.Person.Value,
                    (long)holding.Role,
                    holding.Section,
                    string.Join(' ', holding.Zones),
                    RowReading.Iso(holding.From),
                    RowReading.Iso(holding.Until),
                    holding.DeputyFor?.Value);
                break;
            case RoleEnded ended:
                _ = db.Run("UPDATE view_holdings SET ended = $2 WHERE id = $1", ended.Holding, ended.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case RemoteAccessAllowed allowed:
                _ = db.Run(
                    "INSERT INTO view_remote_access VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT(id) DO NOTHING",
                    allowed.Remote,
                    allowed.Person.Value,
                    allowed.Device,
                    RowReading.Iso(allowed.From),
                    RowReading.Iso(allowed.Until));
                break;
            case RemoteAccessEnded ended:
                _ = db.Run("UPDATE view_remote_access SET ended = $2 WHERE id = $1", ended.Remote, ended.OccurredAt.ToUnixTimeMilliseconds());
                break;
            default:
                break;
        }
    }

    /// <summary>外部からのアクセス of a person that is in force on a day or will be, the first to begin first (R-SIGN-14).</summary>
    public static ImmutableArray<RemoteAccess> RemoteAccessOf(Statements db, PersonId person, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<RemoteAccess>();
        using var row = db.Rows(
            "SELECT id, device, valid_from, valid_until FROM view_remote_access WHERE person = $1 AND ended IS NULL AND valid_until > $2 ORDER BY valid_from, id", person.Value, RowReading.Iso(day));
        while (row.Read())
        {
            found.Add(new(row.GetString(0), row.GetString(1), row.DateOrNull(2)!.Value, row.DateOrNull(3)!.Value));
        }

        return found.ToImmutable();
    }

    /// <summary>特権ID: since when each is one, and when it was last looked at (R-SIGN-09).</summary>
    public static ImmutableArray<HeldPrivilege> Privileges(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<HeldPrivilege>();
        using var row = db.Rows("SELECT account, since, reviewed, reviewed_by, note FROM view_privileges ORDER BY account");
        while (row.Read())
        {
            found.Add(new(new(row.GetString(0)), row.Time(1), row.TimeOrNull(2), row.TextOrNull(3), row.GetString(4)));
        }

        return found.ToImmutable();
    }

    /// <summary>An account by its id; null: there is none.</summary>
    public static OperatorAccount? Account(Statements db, AccountId id) => One(db, "account", id.Value);

    /// <summary>An account by what is typed at sign-in, without regard to case; null: there is none.</summary>
    public static OperatorAccount? AccountNamed(Statements db, string signInName) => One(db, "name", signInName);

    /// <summary>Who acts by an account today, with the roles held today; null: no such account, it may not be used, or its person may not.</summary>
    public static Actor? ActorOf(Statements db, AccountId id, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Account(db, id) is not { State: AccountState.Active } account || (account.Until is { } until && today >= until))
        {
            return null;
        }

        using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until, suspended FROM view_people WHERE person = $1", account.Person.Value);
        if (!row.Read() || row.GetInt64(7) != 0)
        {
            return null;
        }

        var person = PeopleView.PersonFrom(row, 0);
        return (person.ValidFrom is { } from && today < from) || (person.ValidUntil is { } last && today >= last)
            ? null
            : new(id, person.Id, person.Name, person.SectionOrFirm, person.Category, account.Privileged, HoldingsOf(db, person.Id, today));
    }

    /// <summary>Roles a person holds on a day.</summary>
    public static ImmutableArray<RoleHolding> HoldingsOf(Statements db, PersonId person, DateOnly day) =>
        [.. Holdings(db, "person = $1", person.Value).Where(holding => holding.InForce(day))];

    /// <summary>Everyone's holdings of a role on a day.</summary>
    public static ImmutableArray<RoleHolding> HoldersOf(Statements db, Role role, DateOnly day) =>
        [.. Holdings(db, "role = $1", (long)role).Where(holding => holding.InForce(day))];

    /// <summary>All roles in force on a day.</summary>
    public static ImmutableArray<RoleHolding> HoldersOn(Statements db, DateOnly day) => [.. AllHoldings(db).Where(holding => holding.InForce(day))];

    /// <summary>Everyone's holdings of every role that have not been ended, of any day.</summary>
    public static ImmutableArray<RoleHolding> AllHoldings(Statements db) => Holdings(db, "$1 = 1", 1L);

    private static ImmutableArray<RoleHolding> Holdings(Statements db, string which, object value)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<RoleHolding>();
        using var row = db.Rows(
            $"SELECT id, person, role, section, zones, valid_from, valid_until, deputy_for FROM view_holdings WHERE ended IS NULL AND {which} ORDER BY id", value);
        while (row.Read())
        {
            found.Add(new(
                row.GetString(0),
                new(row.GetString(1)),
                (Role)row.GetInt64(2),
                row.GetString(3),
                [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => new Core.Zones.ZoneId(zone))],
                row.DateOrNull(5)!.Value,
                row.DateOrNull(6),
                row.IsDBNull(7) ? null : new PersonId(row.GetString(7))));
        }

        return found.ToImmutable();
    }

    private static OperatorAccount? One(Statements db, string column, string value)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows($"SELECT account, person, name, privileged, state, valid_until FROM view_accounts WHERE {column} = $1", value);
        return row.Read()
            ? new(new(row.GetString(0)), new(row.GetString(1)), row.GetString(2), row.GetInt64(3) != 0, (AccountState)row.GetInt64(4), row.DateOrNull(5))
            : null;
    }
}
