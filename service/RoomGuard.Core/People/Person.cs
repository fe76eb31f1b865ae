namespace RoomGuard.Core.People;

/// <summary>職員番号等: names one person for good, e.g. <c>S-0217</c>. Never reused.</summary>
public readonly record struct PersonId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>区分 of a person (R-ID-01). Which of them exist at a site is a choice of its policy profile.</summary>
public enum PersonCategory
{
    /// <summary>職員.</summary>
    Staff,

    /// <summary>会計年度任用職員.</summary>
    FixedTermStaff,

    /// <summary>臨時・非常勤職員.</summary>
    TemporaryStaff,

    /// <summary>特別職.</summary>
    SpecialServiceStaff,

    /// <summary>議員.</summary>
    AssemblyMember,

    /// <summary>業務委託事業者.</summary>
    Contractor,

    /// <summary>訪問者.</summary>
    Visitor,
}

/// <summary>What a door has to know of a person (R-ID-01, R-ID-03), and no more (R-LOG-08).</summary>
/// <param name="Name">氏名 as written, for the register and the roll call.</param>
/// <param name="Kana">Reading in kana, for search and sorting.</param>
/// <param name="SectionOrFirm">所属・会社名.</param>
/// <param name="ValidFrom">First day (local date, included) on which the person may hold grants; null: no lower limit.</param>
/// <param name="ValidUntil">First day (local date) on which the person may no longer enter (not included); null: no end known.</param>
public sealed record Person(
    PersonId Id,
    string Name,
    string Kana,
    PersonCategory Category,
    string SectionOrFirm,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil);
