using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>What concerns people and cards, as people read it.</summary>
public static class PeopleText
{
    /// <summary>What was done with a card, by <see cref="CredentialRecorded.Cause"/>.</summary>
    public static FrozenDictionary<string, Words> CardCauses { get; } = new Dictionary<string, Words>
    {
        ["issued"] = new("発行", "issued"),
        ["lost"] = new("紛失届", "reported lost"),
        ["suspended"] = new("利用停止", "suspended"),
        ["resumed"] = new("停止解除", "resumed"),
        ["returned"] = new("返却", "returned"),
        ["pin-set"] = new("暗証番号の登録", "PIN set"),
        ["duress-set"] = new("脅迫時の暗証番号の登録", "duress PIN set"),
        [CardLife.Unused] = new("未使用による停止", "held, unused"),
    }.ToFrozenDictionary();

    /// <summary>区分.</summary>
    public static Words Of(PersonCategory category) => category switch
    {
        PersonCategory.Staff => new("職員", "staff"),
        PersonCategory.FixedTermStaff => new("会計年度任用職員", "fixed-term staff"),
        PersonCategory.TemporaryStaff => new("臨時・非常勤職員", "temporary or part-time staff"),
        PersonCategory.SpecialServiceStaff => new("特別職", "special-service staff"),
        PersonCategory.AssemblyMember => new("議員", "assembly member"),
        PersonCategory.Contractor => new("業務委託事業者", "contractor"),
        PersonCategory.Visitor => new("訪問者", "visitor"),
        _ => throw new UnreachableException($"No text for {category}."),
    };

    /// <summary>A card's state.</summary>
    public static Words Of(CredentialState state) => state switch
    {
        CredentialState.Active => new("利用中", "in use", "○"),
        CredentialState.Suspended => new("利用停止", "suspended", "△"),
        CredentialState.Lost => new("紛失", "lost", "×"),
        CredentialState.Returned => new("返却済", "returned", "―"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>前提条件.</summary>
    public static Words Of(PreconditionKind kind) => kind switch
    {
        PreconditionKind.Training => new("研修", "training"),
        PreconditionKind.Briefing => new("説明", "briefing"),
        PreconditionKind.Consent => new("同意書", "consent"),
        PreconditionKind.Contract => new("契約", "contract"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>What is missing for a grant.</summary>
    public static Words Of(GrantCondition condition) => condition switch
    {
        GrantCondition.CategoryNotInProfile => new("運用区分にない人の区分です", "the policy profile does not have this category"),
        GrantCondition.TooLong => new("許可の期間が長すぎます", "the grant is too long"),
        GrantCondition.PersonLeaves => new("在籍期間を超えています", "longer than the person's service"),
        GrantCondition.Training => new("研修が済んでいません", "training is missing"),
        GrantCondition.Briefing => new("説明が済んでいません", "the briefing is missing"),
        GrantCondition.Consent => new("同意書がありません", "the consent is missing"),
        GrantCondition.Contract => new("業務委託契約の登録がありません", "no contract is registered"),
        GrantCondition.SelectionCheck => new("委託先の選定の確認がありません", "the contractor has not been judged fit"),
        GrantCondition.NotAWorker => new("契約の作業者として登録されていません", "not a registered worker of the contract"),
        GrantCondition.PlaceOutsideContract => new("契約の作業場所ではありません", "not a place of the contract"),
        GrantCondition.TermOutsideContract => new("契約期間を超えています", "outside the contract's term"),
        _ => throw new UnreachableException($"No text for {condition}."),
    };

    /// <summary>貸与品.</summary>
    public static Words Of(BelongingKind kind) => kind switch
    {
        BelongingKind.Key => new("鍵", "key"),
        BelongingKind.Device => new("端末・媒体", "device or media"),
        BelongingKind.Paper => new("書類", "paper"),
        BelongingKind.Other => new("その他", "other"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>異動・出向・退職.</summary>
    public static Words Of(LeavingKind kind) => kind switch
    {
        LeavingKind.Transfer => new("異動", "transfer"),
        LeavingKind.Secondment => new("出向", "secondment"),
        LeavingKind.Retirement => new("退職・任期満了", "retirement or end of appointment"),
        LeavingKind.ContractEnd => new("契約終了", "end of contract"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>人事情報との相違.</summary>
    public static Words Of(PersonnelDifferenceKind kind) => kind switch
    {
        PersonnelDifferenceKind.OnlyHere => new("人事情報にいない", "not with personnel"),
        PersonnelDifferenceKind.OnlyThere => new("ここに登録がない", "not registered here"),
        PersonnelDifferenceKind.Differs => new("内容が違う", "differs"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>相違の決定.</summary>
    public static Words Of(PersonnelVerdict verdict) => verdict switch
    {
        PersonnelVerdict.ChangeHere => new("ここの登録を直す", "change it here"),
        PersonnelVerdict.TellPersonnel => new("人事担当へ伝える", "tell personnel"),
        PersonnelVerdict.LeaveAsIs => new("このままにする", "leave as it is"),
        _ => throw new UnreachableException($"No text for {verdict}."),
    };

    /// <summary>貸与の疑い.</summary>
    public static Words Of(LendingPattern pattern) => pattern switch
    {
        LendingPattern.EntryWhileInside => new("在室中の入室", "entered while inside"),
        LendingPattern.TwoPlaces => new("別の区域に在室中の入室", "entered while in another zone"),
        LendingPattern.FactorMismatch => new("カードと暗証番号の不一致", "card and PIN do not fit"),
        _ => throw new UnreachableException($"No text for {pattern}."),
    };
}
