using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;

namespace RoomGuard.Service.Record;

/// <summary>One table of the views, as a rebuild left it.</summary>
/// <param name="Sha256">Digest over all rows in the order of the primary key, 64 hex digits.</param>
public sealed record TableDigest(string Table, long Rows, string Sha256);

/// <summary>All views together: made, kept up in the record's own transactions, dropped and made again.</summary>
public sealed class RecordViews
{
    // Raised whenever a table's form or meaning changes: the views are then made again at the next start.
    private const long FormVersion = 53;

    /// <summary>The views in the order in which each entry reaches them.</summary>
    public IReadOnlyList<IRecordView> All { get; }

    /// <param name="timeZone">By which days are summed; another one asks for a rebuild.</param>
    public RecordViews(TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        TimeZone = timeZone;
        All =
        [
            new PeopleView(),

            // Keys before what asks whether one was out.
            new Keys.KeysView(),
            new RegisterView(timeZone), new HandRegister.HandRegisterView(), new Patterns.PatternsView(),
            new PresenceView(), new DoorsView(), new AttentionView(), new PanelsView(),
            new OperatorsView(),

            // The site: names, zones, doors.
            new Zones.SiteView(),

            // Policy profiles, preconditions and contracts.
            new ProfilesView(), new ExceptionsView(), new ContractsView(), new LifeView(),

            // Cases.
            new CasesView(),

            // Visits.
            new Visits.VisitsView(),

            // Carry permits.
            new Carrying.CarryView(),
            new Carrying.TransferView(),

            // Work, beside what the doors see.
            new Work.WorkView(),

            // Who looked.
            new LooksView(),

            // Signing in.
            new SignIn.SignInView(),

            // Tokens of the API.
            new Api.TokensView(),

            // Who is inside, asked and answered.
            new Presence.PresenceQuestionsView(),

            // Power.
            new Power.PowerView(),

            // Alarms and people.
            new Alarms.AlarmsView(),
            new Climate.ClimateView(),
            new Climate.SensingView(),
            new Climate.FireEquipmentView(),
            new Failures.FailuresView(),

            // Times without watching.
            new Watch.GapsView(),

            // Equipment.
            new Equipment.AssetsView(),
            new Equipment.BroughtListsView(),
            new Equipment.MovesView(),
            new Equipment.StocktakesView(),
            new Equipment.DisposalsView(),
            new Equipment.OffsiteView(),
            new Equipment.RemovedPartsView(),
            new Gates.GatesView(),
            new Cabinets.CabinetsView(),
        ];
    }

    /// <summary>By which days are summed.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>Takes entries over, in order.</summary>
    public void Apply(Statements db, IEnumerable<RecordedItem> items)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(items);
        var begun = (long)(db.Value("SELECT next_n FROM view_about") ?? 0L);
        var next = -1L;
        foreach (var item in items)
        {
            // The log answers with the entry it already has when a report comes twice; the views have it too.
            if (item.N < begun)
            {
                continue;
            }

            foreach (var view in All)
            {
                view.Apply(db, item);
            }

            next = item.N + 1;
        }

        if (next >= 0)
        {
            _ = db.Run("UPDATE view_about SET next_n = $1", next);
        }
    }

    /// <summary>Whether the views hold what the record holds, in today's form.</summary>
    public bool UpToDate(SqliteConnection connection, long recordSize)
    {
        using var db = new Statements(connection);
        if (db.Value("SELECT count(*) FROM sqlite_schema WHERE name = 'view_about'") is 0L)
        {
            return false;
        }

        using var row = db.Rows("SELECT form, next_n, time_zone FROM view_about");
        return row.Read() && row.GetInt64(0) == FormVersion && row.GetInt64(1) == recordSize && row.GetString(2) == TimeZone.Id;
    }

    /// <summary>Drops all views and makes them again from the entries, in one transaction.</summary>
    /// <param name="progress">Told the number of entries done, now and then.</param>
    public void Rebuild(SqliteConnection connection, EvidenceLog log, Action<long>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(log);
        const int batch = 1000;
        using var transaction = connection.BeginTransaction();
        using var db = new Statements(connection) { Transaction = transaction };
        Execute(connection, transaction, string.Join('\n', from view in All from table in view.Tables select $"DROP TABLE IF EXISTS {table};"));
        Execute(connection, transaction, "DROP TABLE IF EXISTS view_about; CREATE TABLE view_about(form INTEGER NOT NULL, next_n INTEGER NOT NULL, time_zone TEXT NOT NULL) STRICT;");
        Execute(connection, transaction, string.Join('\n', All.Select(view => view.Schema)));
        _ = db.Run("INSERT INTO view_about VALUES ($1, 0, $2)", FormVersion, TimeZone.Id);
        for (var done = 0L; done < log.Size; done += batch)
        {
            stop.ThrowIfCancellationRequested();
            Apply(db, log.Read(done, batch).Select(ItemOf));
            progress?.Invoke(Math.Min(done + batch, log.Size));
        }

        transaction.Commit();
    }

    /// <summary>An entry as the views see it; one whose content was erased at the end of its time has no event.</summary>
    public static RecordedItem ItemOf(StoredEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Payload is { } payload
            ? RecordPayload.Read(entry.N, entry.Kind, payload)
            : new(entry.N, entry.Kind, null, DateTimeOffset.UnixEpoch, null);
    }

    /// <summary>Digests of all tables, so that two states can be held side by side.</summary>
    public IReadOnlyList<TableDigest> Digests(SqliteConnection connection) =>
        [.. from view in All from table in view.Tables orderby table select Digest(connection, table)];

    private static TableDigest Digest(SqliteConnection connection, string table)
    {
        using var db = new Statements(connection);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        var order = PrimaryKey(db, table);
        using var reader = db.Rows($"SELECT * FROM {table} ORDER BY {order}");
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < reader.FieldCount; column++)
            {
                var text = reader.GetValue(column) switch
                {
                    DBNull => "-",
                    byte[] bytes => $"x{Convert.ToHexStringLower(bytes)}",
                    string words => $"s{words.Length}:{words}",
                    var number => $"n{Convert.ToString(number, CultureInfo.InvariantCulture)}",
                };
                hash.AppendData(Encoding.UTF8.GetBytes($"{text}\n"));
            }
        }

        return new(table, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string PrimaryKey(Statements db, string table)
    {
        var columns = new List<string>();
        using var row = db.Rows("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", table);
        while (row.Read())
        {
            columns.Add(row.GetString(0));
        }

        return columns.Count == 0 ? "1" : string.Join(", ", columns);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Our own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        _ = command.ExecuteNonQuery();
    }
}
