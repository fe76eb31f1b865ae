using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>Versions of the policy profile that were adopted here, each with its whole text as it was (R-PROF-02).</summary>
public sealed class ProfilesView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_profiles"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_profiles(n INTEGER PRIMARY KEY, profile TEXT NOT NULL, version INTEGER NOT NULL, effective_on TEXT NOT NULL, decided_as INTEGER NOT NULL, decided_by TEXT NOT NULL,
            decided_on TEXT NOT NULL, reference TEXT NOT NULL, text TEXT NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (item.Event is ProfileAdopted { Adoption: var adoption, Profile: var profile })
        {
            _ = db.Run(
                "INSERT INTO view_profiles VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                item.N,
                adoption.Profile,
                adoption.Version,
                RowReading.Iso(adoption.EffectiveOn),
                (long)adoption.DecidedAs,
                adoption.DecidedBy,
                RowReading.Iso(adoption.DecidedOn),
                adoption.Reference,
                System.Text.Encoding.UTF8.GetString(ProfileJson.ToUtf8(profile)));
        }
    }

    /// <summary>Whether exactly this adoption is in the record.</summary>
    public static bool Knows(Statements db, ProfileAdoption adoption) => All(db).Any(one => one.Adoption == adoption);

    /// <summary>All of them, newest first.</summary>
    public static ImmutableArray<AdoptedVersion> All(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<AdoptedVersion>();
        using var row = db.Rows("SELECT n, profile, version, effective_on, decided_as, decided_by, decided_on, reference, text FROM view_profiles ORDER BY n DESC");
        while (row.Read())
        {
            found.Add(new(
                row.GetInt64(0),
                new(row.GetString(1), (int)row.GetInt64(2), row.DateOrNull(3)!.Value, (Core.Operators.Role)row.GetInt64(4), row.GetString(5), row.DateOrNull(6)!.Value, row.GetString(7)),
                ProfileJson.Kept(System.Text.Encoding.UTF8.GetBytes(row.GetString(8)))));
        }

        return found.ToImmutable();
    }
}
