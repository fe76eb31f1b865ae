using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Identity;

/// <summary>身分証明書の確認 (R-DOOR-12).</summary>
public interface IIdentityDesk
{
    /// <summary>Checks one recorded oneself, and those one may see besides.</summary>
    Task<IdentityLook> Look(Actor by, CancellationToken gone);

    /// <summary>Records a check. What was not shown holds the person's grants in the same moment. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Check(IdentityForm form, Actor by, CancellationToken stop);

    /// <summary>Lifts what a failed check holds; never for oneself.</summary>
    Task<ActResult> Clear(string check, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the form asks.</summary>
public sealed record IdentityForm(PersonId Person, ZoneId? Zone, IdentityPaper? Paper, IdentityOutcome Outcome, string Note);

/// <summary>A check as it now stands.</summary>
/// <param name="Held">Grants it holds or held.</param>
/// <param name="ClearedAt">Null: nobody lifted it.</param>
public sealed record IdentityLine(
    long Entry,
    string Id,
    DateTimeOffset At,
    NamedPerson Person,
    ZoneId? Zone,
    IdentityPaper? Paper,
    IdentityOutcome Outcome,
    ImmutableArray<GrantId> Held,
    string Note,
    NamedPerson By,
    DateTimeOffset? ClearedAt,
    NamedPerson? ClearedBy,
    string? Reason,
    bool MayClear)
{
    /// <summary>It holds grants and nobody has lifted it.</summary>
    public bool Standing => Outcome != IdentityOutcome.Shown && ClearedAt is null;
}

/// <summary>The page of identity checks.</summary>
public sealed record IdentityLook(ImmutableArray<IdentityLine> Lines, bool MayCheck);
