using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Cases;

/// <summary>Cases as people read them.</summary>
public static class CaseText
{
    /// <summary>申請の種類.</summary>
    public static Words Of(CaseKind kind) => kind switch
    {
        CaseKind.StaffGrant => new("入室許可(職員)", "Entry grant, staff"),
        CaseKind.ContractorGrant => new("入室許可(業務委託事業者)", "Entry grant, contractor"),
        CaseKind.FacilityGrant => new("入室許可(施設管理部門)", "Entry grant, facility section"),
        CaseKind.GrantChange => new("入室許可の変更", "Change of an entry grant"),
        CaseKind.GrantEnd => new("入室許可の抹消", "End of an entry grant"),
        CaseKind.OperatorAccount => new("操作者アカウント", "Operator account"),
        CaseKind.RoleHolding => new("役割", "Role"),
        CaseKind.Deputy => new("代行者", "Deputy"),
        CaseKind.LostCredential => new("紛失届", "Lost card"),
        CaseKind.PolicyException => new("例外措置", "Exception"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>Where a case stands.</summary>
    public static Words Of(CaseState state) => state switch
    {
        CaseState.Waiting => new("申請中", "waiting", "△"),
        CaseState.SentBack => new("差戻し", "sent back", "▽"),
        CaseState.Allowed => new("許可", "allowed", "○"),
        CaseState.AllowedWithConditions => new("条件付許可", "allowed with conditions", "○"),
        CaseState.Refused => new("却下", "refused", "×"),
        CaseState.Withdrawn => new("取下げ", "withdrawn", "―"),
        CaseState.Lapsed => new("期限切れ", "lapsed", "―"),
        CaseState.CarriedOut => new("実施済", "carried out", "○"),
        CaseState.Confirmed => new("確認済", "confirmed", "○"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>A stage.</summary>
    public static Words Of(CaseStage stage) => stage switch
    {
        CaseStage.Allow => new("許可", "permission"),
        CaseStage.CarryOut => new("実施", "carrying out"),
        CaseStage.Confirm => new("確認", "confirmation"),
        _ => throw new UnreachableException($"No text for {stage}."),
    };

    /// <summary>Why a step waits for whom it waits.</summary>
    public static Words Of(RouteCause cause) => cause switch
    {
        RouteCause.Table => new("規定のとおり", "as the rules have it"),
        RouteCause.OwnMatter => new("自分の申請のため上位者へ", "own matter, one level up"),
        RouteCause.Vacancy => new("責任者不在のため上位者へ", "nobody holds the role, one level up"),
        RouteCause.Overdue => new("期限超過のため上位者へ", "overdue, one level up"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>A decision.</summary>
    public static Words Of(CaseDecision decision) => decision switch
    {
        CaseDecision.Allowed => new("許可", "allowed", "○"),
        CaseDecision.AllowedWithConditions => new("条件付許可", "allowed with conditions", "○"),
        CaseDecision.Refused => new("却下", "refused", "×"),
        CaseDecision.SentBack => new("差戻し", "sent back", "▽"),
        _ => throw new UnreachableException($"No text for {decision}."),
    };
}
