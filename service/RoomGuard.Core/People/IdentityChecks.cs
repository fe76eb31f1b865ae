using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.People;

/// <summary>What was shown as 身分証明書. Only the kind is kept, never a number (R-LOG-08).</summary>
public enum IdentityPaper
{
    /// <summary>職員証.</summary>
    StaffCard,

    /// <summary>社員証.</summary>
    CompanyCard,

    /// <summary>運転免許証.</summary>
    DrivingLicence,

    /// <summary>個人番号カード, its front only.</summary>
    MyNumberCard,

    /// <summary>旅券.</summary>
    Passport,

    /// <summary>Something else that bears name and picture.</summary>
    Other,
}

/// <summary>身分証明書確認: what came of it (R-DOOR-12).</summary>
public enum IdentityOutcome
{
    /// <summary>確認済: shown, and it is this person.</summary>
    Shown,

    /// <summary>提示なし: not carried or not shown.</summary>
    NotShown,

    /// <summary>相違: shown, and it is another's.</summary>
    Differs,
}

/// <summary>身分証明書の確認 (R-DOOR-12): by reception or anybody inside. What was not shown holds the person's grants and tells SEC.</summary>
/// <param name="Id">E.g. <c>I-2026-0004</c>.</param>
/// <param name="Zone">Where; null: elsewhere in the building.</param>
/// <param name="Paper">Null: nothing was shown.</param>
/// <param name="Held">入室許可 held by it; they are written as suspended next to this entry.</param>
public sealed record IdentityChecked(
    DateTimeOffset OccurredAt,
    string Id,
    PersonId Person,
    ZoneId? Zone,
    IdentityPaper? Paper,
    IdentityOutcome Outcome,
    ImmutableArray<GrantId> Held,
    string Note,
    string By) : RecordedEvent(OccurredAt);

/// <summary>SEC looked into a check that failed and gave the grants it held free again.</summary>
/// <param name="Restored">Those that were still held by this check.</param>
public sealed record IdentityCleared(DateTimeOffset OccurredAt, string Check, PersonId Person, ImmutableArray<GrantId> Restored, string Reason, string By)
    : RecordedEvent(OccurredAt);
