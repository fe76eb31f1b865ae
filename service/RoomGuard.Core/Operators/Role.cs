namespace RoomGuard.Core.Operators;

/// <summary>
/// What a person acts as (R-PROF-04): the columns of "Who may do what" in section (c) of docs/requirements.md, in their order, and the two roles
/// that have no column of their own.
/// </summary>
public enum Role
{
    /// <summary>最高情報統括責任者 (CHIEF).</summary>
    ChiefOfficer,

    /// <summary>統括情報セキュリティ責任者 (SUP).</summary>
    SupervisingOfficer,

    /// <summary>情報セキュリティ管理者 (SEC), of a section.</summary>
    SecurityManager,

    /// <summary>情報システム管理者 (SYS), of a section, its systems and its zones.</summary>
    SystemManager,

    /// <summary>情報システム担当者 (OPS).</summary>
    SystemStaff,

    /// <summary>情報セキュリティ監査統括責任者・監査員 (AUD): reads only, and holds no other role.</summary>
    Auditor,

    /// <summary>施設管理部門 (FAC).</summary>
    FacilityStaff,

    /// <summary>受付 (REC).</summary>
    Reception,

    /// <summary>職員等 (STAFF). Follows from the person's category; never given.</summary>
    Staff,

    /// <summary>業務委託事業者 (CON). Follows from the person's category; never given.</summary>
    Contractor,

    /// <summary>訪問者 (VIS). Follows from the person's category; never given.</summary>
    Visitor,

    /// <summary>統一的な窓口 (DESK).</summary>
    IncidentDesk,

    /// <summary>情報セキュリティ委員会 (COM).</summary>
    SecurityCommittee,
}
