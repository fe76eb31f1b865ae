using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>The roles as people read them (table of codes in docs/requirements.md).</summary>
public static class RoleText
{
    /// <summary>A role's words.</summary>
    public static Words Of(Role role) => role switch
    {
        Role.ChiefOfficer => new("最高情報統括責任者", "Chief information officer"),
        Role.SupervisingOfficer => new("統括情報セキュリティ責任者", "Supervising security officer"),
        Role.SecurityManager => new("情報セキュリティ管理者", "Section security manager"),
        Role.SystemManager => new("情報システム管理者", "System manager"),
        Role.SystemStaff => new("情報システム担当者", "System staff"),
        Role.Auditor => new("監査員", "Auditor"),
        Role.FacilityStaff => new("施設管理部門", "Facility staff"),
        Role.Reception => new("受付", "Reception"),
        Role.Staff => new("職員", "Staff"),
        Role.Contractor => new("業務委託事業者", "Contractor"),
        Role.Visitor => new("訪問者", "Visitor"),
        Role.IncidentDesk => new("統一的な窓口", "Incident desk"),
        Role.SecurityCommittee => new("情報セキュリティ委員会", "Security committee"),
        _ => throw new UnreachableException($"No text for {role}."),
    };
}
