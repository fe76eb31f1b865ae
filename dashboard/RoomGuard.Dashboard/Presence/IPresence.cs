using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Presence;

/// <summary>在室者一覧 (R-DOOR-05, R-DOOR-18): who is in there right now?</summary>
public interface IPresence
{
    /// <summary>One for each zone of the site.</summary>
    /// <param name="scope">Whose names may be seen; the others are only counted.</param>
    Task<ImmutableArray<ZonePresence>> Inside(RegisterScope scope, CancellationToken gone);
}

/// <summary>A zone and who is known inside.</summary>
/// <param name="People">Those whose names may be seen.</param>
/// <param name="VacantSince">無人 since; null: somebody is inside, or it is not known.</param>
/// <param name="HeardAt">When the zone's bridge last reported; null: never.</param>
/// <param name="Fresh">False: the bridge is silent, the list is only what was last known.</param>
/// <param name="Unnamed">How many more are inside whose names the reader may not see.</param>
public sealed record ZonePresence(
    ZoneId Zone,
    ImmutableArray<PersonInside> People,
    DateTimeOffset? VacantSince,
    DateTimeOffset? HeardAt,
    bool Fresh,
    int Unnamed = 0)
{
    /// <summary>How many are known inside.</summary>
    public int Count => People.Length + Unnamed;
}

/// <summary>A person known inside.</summary>
/// <param name="Doubtful">在室不一致: the record contradicts itself about this person.</param>
public sealed record PersonInside(
    PersonId Person,
    string Name,
    string Kana,
    PersonCategory? Category,
    string SectionOrFirm,
    DateTimeOffset Since,
    DoorId Door,
    bool Doubtful)
{
    /// <summary>How sure it is.</summary>
    public PresenceCertainty Certainty { get; init; }

    /// <summary>Null for all but visitors.</summary>
    public VisitId? Visit { get; init; }

    /// <summary>付添い者 of a visitor at this moment; null: nobody.</summary>
    public PersonId? Escort { get; init; }

    /// <summary>Name of <see cref="Escort"/>.</summary>
    public string? EscortName { get; init; }

    /// <summary>付添い不在: a visitor with no present, eligible escort.</summary>
    public bool Alone { get; init; }
}
