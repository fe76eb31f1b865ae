using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Cases;

/// <summary>Cases as people read them.</summary>
public static class CaseText
{
    /// <summary>Reason of a report that needs none typed.</summary>
    public static string LostReason => "紛失の届出";

    /// <summary>The one it is for is suspended (R-ID-10).</summary>
    public static Words SubjectSuspended => new("対象者は停止中です", "The person is suspended");

    /// <summary>The one it is for is no longer, or not yet, with the organisation in all of the time asked for (R-ID-03).</summary>
    public static Words SubjectLeaves => new("対象者の在籍期間を越えています", "Goes beyond the person's own term");

    /// <summary>The one it is for has no card in use.</summary>
    public static Words NoCard => new("使えるカードがまだありません", "The person has no card in use yet");

    /// <summary>The one it is for already has a grant for some of these zones.</summary>
    public static Words OverlappingGrant => new("同じ区域の入室許可がすでにあります", "There is already a grant for one of these zones");

    /// <summary>Every day, all hours.</summary>
    public static Words AroundTheClock => new("毎日・終日の許可です", "Every day, around the clock");

    /// <summary>The grant has been changed since this was applied for.</summary>
    public static Words GrantChanged => new("申請の後に入室許可が変わりました。差し戻してください", "The grant was changed after this was applied for; send it back");

    /// <summary>R-EXC-02.</summary>
    public static Words ReportedLate => new("先行実施から24時間を過ぎて報告されました", "Reported more than 24 hours after it was used");

    /// <summary>R-EXC-07.</summary>
    public static Words SelfApproval => new("一人承認の例外です", "An exception that lets one person decide alone");

    /// <summary>R-SIGN-09.</summary>
    public static Words TooManyPrivileged => new("特権IDの上限に達しています", "The site already has as many privileged accounts as it may");

    /// <summary>R-SIGN-11.</summary>
    public static Words ContractorPrivilege => new("業務委託事業者は特権を持てません", "Contractors never hold privileges");

    /// <summary>Pair 7.</summary>
    public static Words AuditorHoldsOther => new("監査員は他の役割を兼ねられません", "An auditor holds no other role");

    /// <summary>The holding a deputy is asked for is over.</summary>
    public static Words HoldingOver => new("代行する役割はすでに終わっています", "The role to be stood in for is over");

    /// <summary>The person has no account to sign in with.</summary>
    public static Words NoAccount => new("使えるアカウントがない", "has no account in use");

    /// <summary>Somebody of a contractor would come in from outside.</summary>
    public static Words ContractorFromOutside => new("委託先の人が庁外から使うことになる", "somebody of a contractor would come in from outside");

    /// <summary>The person has it already.</summary>
    public static Words RemoteAlready => new("すでに外部からのアクセスが許可されている", "access from outside is allowed already");

    /// <summary>The sign-in name was given to another meanwhile.</summary>
    public static Words NameTaken => new("サインイン名が他で使われています", "The sign-in name is taken");

    /// <summary>The time of a carry permit is over before it could be given.</summary>
    public static Words CarryOver => new("持出し・持込みの期間がすでに過ぎています", "The time asked for is over");

    /// <summary>Class I leaves: CHIEF is told (row Carry out).</summary>
    public static Words CarryClassOne => new("重要性分類Ⅰを含みます。最高情報統括責任者に知らされます", "Class I is among it; the chief officer is told");

    /// <summary>R-CARRY-12.</summary>
    public static Words CarryToOutside => new("外部への提供を含みます", "Something is handed to an outside party");

    /// <summary>Waits for the applicant.</summary>
    public static Words WaitsForApplicant => new("差戻しのため申請者へ", "sent back to the applicant");

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
        CaseKind.Visit => new("訪問", "Visit"),
        CaseKind.RemoteAccess => new("外部からのアクセス", "Access from outside"),
        CaseKind.CarryOut => new("持出し", "Carrying out"),
        CaseKind.CarryIn => new("持込み", "Carrying in"),
        CaseKind.Work => new("作業", "Work"),
        CaseKind.EquipmentMove => new("搬入・搬出", "Move of equipment"),
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
