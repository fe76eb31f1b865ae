using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Operators;

/// <summary>Codes of roles and why somebody may not, as people read them.</summary>
public static class AuthorityText
{
    /// <summary>Why nobody is suspended where the policy profile has no suspension by SUP (SuspensionBySup of section (b)).</summary>
    public static Words NoSuspensionBySup { get; } = new(
        "運用区分が、統括情報セキュリティ責任者による停止を認めていません。カードごとの停止は使えます", "The policy profile has no suspension by the supervising officer. Single cards can still be suspended", "×");

    /// <summary>Why no exception can be applied for where the policy profile keeps none (ExceptionRegister of section (b)).</summary>
    public static Words NoExceptionRegister { get; } = new(
        "運用区分が、例外措置を設けていません。規定を守れないときは情報セキュリティ管理者に相談してください", "The policy profile knows no exceptions. Ask the security manager where a rule cannot be kept", "×");

    /// <summary>The code of a role in the requirements, e.g. <c>SYS</c>.</summary>
    public static string Code(Role role) => role switch
    {
        Role.ChiefOfficer => "CHIEF",
        Role.SupervisingOfficer => "SUP",
        Role.SecurityManager => "SEC",
        Role.SystemManager => "SYS",
        Role.SystemStaff => "OPS",
        Role.Auditor => "AUD",
        Role.FacilityStaff => "FAC",
        Role.Reception => "REC",
        Role.Staff => "STAFF",
        Role.Contractor => "CON",
        Role.Visitor => "VIS",
        Role.IncidentDesk => "DESK",
        Role.SecurityCommittee => "COM",
        _ => throw new UnreachableException($"No code for {role}."),
    };

    /// <summary>What comes of it that nobody holds a role.</summary>
    public static Words Vacant(Role role) => role switch
    {
        Role.ChiefOfficer => new("例外措置を許可できません", "No exception can be allowed", "■"),
        Role.SupervisingOfficer => new("停止・区域封鎖と上位者の許可ができません", "Nobody suspends, locks down or decides one level up", "■"),
        Role.SecurityManager => new("所属の申請と報告の窓口がありません", "The section has nobody to apply and report to", "■"),
        Role.SystemManager => new("区域の入室許可は統括情報セキュリティ責任者が決めます", "Entry to the zone is decided one level up", "■"),
        _ => new("この役割の仕事をする人がいません", "Nobody does the work of this role", "■"),
    };

    /// <summary>Why somebody may not.</summary>
    public static Words Of(AuthorityRefusal refusal) => refusal switch
    {
        AuthorityRefusal.NoRole => new("この操作をする役割がありません", "None of your roles may do this", "×"),
        AuthorityRefusal.NotOwn => new("本人か、その件に名前のある人だけができます", "Only for oneself, or by those who are named in it", "×"),
        AuthorityRefusal.OtherSection => new("自分の所属の分だけできます", "Only for your own section", "×"),
        AuthorityRefusal.OtherZone => new("責任者である区域の分だけできます", "Only for zones you answer for", "×"),
        AuthorityRefusal.NotOneLevelUp => new("区域の情報システム管理者が許可します", "The zone's system manager decides this", "×"),
        AuthorityRefusal.NotNamed => new("最高情報統括責任者に指名された人だけができます", "Only people named by the chief officer", "×"),
        AuthorityRefusal.NoReason => new("理由が必要です", "A reason is needed", "×"),
        AuthorityRefusal.NotInstructed => new("最高情報統括責任者の指示があるとき、または不在のときだけできます", "Only on the chief officer's instruction or in their absence", "×"),
        AuthorityRefusal.OutsideContract => new("契約の期間と場所の中だけでできます", "Only within the contract", "×"),
        AuthorityRefusal.OtherPortion => new("この操作の一部だけができます", "Only a portion of this may be done", "×"),
        AuthorityRefusal.Never => new("業務委託事業者は特権を扱えません", "Contractors never handle privileges", "×"),
        AuthorityRefusal.SamePerson => new(
            "一つの件で、申請者と承認者や実施者と確認者のような二つの役を、同じ人が兼ねることはできません。別の人に頼んでください",
            "Nobody takes both parts of one matter, such as applicant and approver, or doer and checker: ask somebody else",
            "×"),
        _ => throw new UnreachableException($"No text for {refusal}."),
    };
}
