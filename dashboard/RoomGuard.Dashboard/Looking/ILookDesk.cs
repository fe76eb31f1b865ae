using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Looking;

/// <summary>Who looked at whose records, and for what (R-SIGN-15, R-LOG-05).</summary>
public interface ILookDesk
{
    /// <summary>How much of the 入退室管理簿 somebody may see at this moment.</summary>
    Task<RegisterScope> Scope(Actor by, CancellationToken gone);

    /// <summary>
    /// Before one person's records are shown: records that they are looked at. One question under one purpose is one entry, however often its
    /// page is turned.
    /// </summary>
    /// <param name="query">The question as its address shows it.</param>
    /// <returns>False: a purpose must be stated first. One's own records need none.</returns>
    Task<bool> MayLook(Actor by, PersonId subject, string query, CancellationToken stop);

    /// <summary>Records that people were searched for by words.</summary>
    Task Searched(Actor by, string query, CancellationToken stop);

    /// <summary>States why one person's records are looked at; good for 30 minutes, for this account and this person.</summary>
    Task<ActResult> StatePurpose(Actor by, PersonId subject, string purpose, CancellationToken stop);

    /// <summary>利用状況調査 that concern somebody: CHIEF and AUD see all, others those they are named in. Newest first.</summary>
    Task<ImmutableArray<InvestigationLine>> Investigations(Actor by, CancellationToken gone);

    /// <summary>CHIEF names who may look into one person's records. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> NameInvestigation(InvestigationForm form, Actor by, CancellationToken stop);

    /// <summary>CHIEF ends an investigation.</summary>
    Task<ActResult> EndInvestigation(string id, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the form asks.</summary>
/// <param name="Until">First day on which it no longer counts, at most 93 days ahead.</param>
public sealed record InvestigationForm(PersonId Subject, ImmutableArray<PersonId> Named, string Purpose, DateOnly Until);

/// <summary>One investigation.</summary>
/// <param name="Named">With their names, as far as known.</param>
/// <param name="Looks">How often records were looked at under it or by those named since it began.</param>
/// <param name="EndedAt">Ended before its time; null: not.</param>
public sealed record InvestigationLine(
    string Id,
    PersonId Subject,
    string SubjectName,
    ImmutableArray<(PersonId Person, string Name)> Named,
    string Purpose,
    DateTimeOffset NamedAt,
    DateOnly ValidUntil,
    DateTimeOffset? EndedAt,
    bool InForce,
    long Looks);
