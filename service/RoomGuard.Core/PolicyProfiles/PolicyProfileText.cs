using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>One row of section (b) as people read it.</summary>
/// <param name="Setting">Its code there.</param>
/// <param name="Show">The value of one profile.</param>
public sealed record ProfileRow(string Setting, Words Name, Func<PolicyProfile, Words> Show);

/// <summary>運用区分 in words: the rows of section (b) of docs/requirements.md in their order, then the figures.</summary>
public static class PolicyProfileText
{
    private static readonly Words NotUsed = new("使わない", "not used");
    private static readonly Words SiteDecides = new("拠点で定める", "the site decides");

    /// <summary>Every row of section (b).</summary>
    public static ImmutableArray<ProfileRow> Rows { get; } =
    [
        new("RoomLabel", new("部屋の呼び名", "What the room is called"), p => Plain(p.RoomLabel.MediaStore is { } store ? $"{p.RoomLabel.ServerRoom} / {store}" : p.RoomLabel.ServerRoom)),
        new("PersonCategories", new("人の区分", "Categories of people"), p => List(p.PersonCategories.Select(PeopleText.Of))),
        new("ContractorCountsAsStaff", new("委託事業者を職員等に含める(義務)", "Contractors count as staff (duties)"), p => YesNo(p.ContractorCountsAsStaff)),
        new("EscortEligibility", new("付添いのできる人", "Who may escort"), p => With(p.EscortEligibility, Of)),
        new("WitnessEligibility", new("立会いのできる人", "Who may witness"), p => Of(p.WitnessEligibility)),
        new("Segments", new("系統", "Segments"), p => List(p.Segments.Select(ZoneText.Of))),
        new("MyNumberOperatorFactors", new("マイナンバー系の操作者の認証の数", "Factors at sign-in, My Number"), p => Number(p.MyNumberOperatorFactors, NotUsed)),
        new("MyNumberDoorFactors", new("マイナンバー系の扉の認証の数", "Factors at doors, My Number"), p => p.MyNumberDoorFactors is { } doors ? With(doors, value => Number(value, NotUsed)) : NotUsed),
        new("MyNumberCarryOut", new("マイナンバー系の持ち出し", "Carrying out, My Number"), p => Of(p.MyNumberCarryOut)),
        new("GroundFloorRule", new("地階・1階の区域", "Zones in basement and ground floor"), p => Of(p.GroundFloor)),
        new("OuterDoorLimit", new("外部に通ずるドアの数の上限", "Most outer doors"), p => Number(p.OuterDoorLimit, NotUsed)),
        new("OffsiteApproval", new("敷地外設置の承認", "Approval off the premises"), p => Of(p.OffsiteApproval)),
        new("TwoPersonChange", new("変更作業は二人で", "Two people for change work"), p => OnOff(p.TwoPersonChange)),
        new("AuditModule", new("監査", "Audit"), p => p.AuditModule ? OnOff(true) : new("なし(自己点検のみ)", "off (self-inspection only)")),
        new("SelfInspectionInterval", new("自己点検の間隔", "Self-inspection every"), p => p.SelfInspectionMonths is { } months ? new($"{Figure(months)}か月", $"{Figure(months)} months") : new("定めなし(手で始める・通知あり)", "not set (begun by hand, reminder offered)")),
        new("ReviewNeedsRiskFigures", new("見直しにリスク分析の数値", "Risk figures for the review"), p => OnOff(p.ReviewNeedsRiskFigures)),
        new("ReportToChief", new("最高情報統括責任者への報告", "Reports to the chief officer"), p => With(p.ReportToChief, Of)),
        new("ExternalReports", new("外部への報告先", "Reports to the outside"), p => p.ExternalReports.IsEmpty ? new("一覧による", "the list kept") : List(p.ExternalReports.Select(Of))),
        new("ViolationPath", new("違反時の手続き", "On a violation"), p => p.ViolationPath.IsEmpty ? new("記録のみ", "recorded only") : List(p.ViolationPath.Select(Of))),
        new("SuspensionBySup", new("統括責任者による停止", "Suspension by the supervising officer"), p => OnOff(p.SuspensionBySup)),
        new("ExceptionRegister", new("例外措置", "Exceptions"), p => OnOff(p.ExceptionRegister)),
        new("EmergencyPlanLabel", new("緊急時対応計画の呼び名", "What the emergency plan is called"), p => p.EmergencyPlan.LinksToContinuityPlan ? new($"{p.EmergencyPlan.Label}(業務継続計画と整合)", $"{p.EmergencyPlan.Label} (linked to the continuity plan)") : Plain(p.EmergencyPlan.Label)),
        new("StandardsConfidential", new("対策基準は非公開", "Standards are confidential"), p => YesNo(p.StandardsConfidential)),
        new("ProceduresConfidential", new("実施手順は非公開", "Procedures are confidential"), p => YesNo(p.ProceduresConfidential)),
        new("WaterLossInput", new("断水の監視", "Loss of water is watched"), p => OnOff(p.WaterLossInput)),
        new("SitesMayDiffer", new("拠点ごとの運用区分", "Sites may differ"), p => YesNo(p.SitesMayDiffer)),
        new("RoleNames", new("役割の呼び名", "Names of roles"), p => p.RoleNames.MappedAtSetUp ? new("設置時に対応づける", "mapped at set-up") : p.RoleNames.Names.IsEmpty ? new("本書のとおり", "as in our list") : List(p.RoleNames.Names.OrderBy(one => one.Key).Select(one => Plain(one.Value)))),
        new("PasswordChangeDays", new("パスワードの変更間隔", "Password change"), p => p.PasswordChangeDays is { } days ? Days(days) : OnOff(false)),
        new("NoticeToDesk", new("窓口への連絡", "The desk is told"), p => p.NoticeToDeskOnEveryPath ? new("すべての経路で", "on every path") : OnOff(false)),
        new("KeepYears", new("保存期間(入退室 / インシデント・廃棄)", "Kept for (entries / incidents and disposals)"), p => p.Keep is { } keep ? new($"{Figure(keep.Entries)}年 / {Figure(keep.Incidents)}年", $"{Figure(keep.Entries)} / {Figure(keep.Incidents)} years") : SiteDecides),
    ];

    /// <summary>Every figure a profile keeps.</summary>
    public static ImmutableArray<ProfileRow> Figures { get; } = [.. Enum.GetValues<Limit>().Select(limit => new ProfileRow(limit.ToString(), Of(limit), p => Count(limit, p[limit])))];

    /// <summary>The value of a row or figure in words.</summary>
    public static Words Show(string setting, PolicyProfile profile) => Row(setting).Show(profile);

    /// <summary>A row or figure by its code.</summary>
    public static ProfileRow Row(string setting) => Rows.Concat(Figures).First(row => row.Setting == setting);

    /// <summary>What one figure limits.</summary>
    public static Words Of(Limit limit) => limit switch
    {
        Limit.LongestGrantDays => new("入室許可の最長期間", "Longest entry grant"),
        Limit.DormantListedDays => new("未使用カードを一覧に出すまで", "Unused card listed after"),
        Limit.DormantHeldDays => new("未使用カードを止めるまで", "Unused card held after"),
        Limit.PersonnelDecisionWorkingDays => new("人事との相違を決めるまで", "Personnel differences decided within"),
        Limit.ContractorCheckMonths => new("委託事業者の確認の間隔", "Contractors checked every"),
        Limit.SignInTries => new("ログインの失敗の上限", "Failed sign-ins allowed"),
        Limit.PrivilegedSignInTries => new("ログインの失敗の上限(特権)", "Failed sign-ins allowed, privileged"),
        Limit.SignInLockMinutes => new("ログインを止める時間", "Sign-in locked for"),
        Limit.IdleMinutes => new("無操作で止めるまで", "Idle session locks after"),
        Limit.PrivilegedIdleMinutes => new("無操作で止めるまで(特権)", "Idle session locks after, privileged"),
        Limit.SessionMinutes => new("ログインの最長時間", "Longest session"),
        Limit.PrivilegedSessionMinutes => new("ログインの最長時間(特権)", "Longest session, privileged"),
        Limit.TemporaryPasswordHours => new("仮のパスワードの期限", "Temporary password lives for"),
        Limit.PasswordCharacters => new("パスワードの最少文字数", "Fewest characters of a password"),
        Limit.PrivilegedPasswordCharacters => new("パスワードの最少文字数(特権)", "Fewest characters, privileged"),
        Limit.PasswordsRemembered => new("使い回せない過去のパスワード", "Earlier passwords refused"),
        Limit.PrivilegedAccounts => new("特権IDの数の上限", "Most privileged accounts"),
        Limit.UrgentExceptionHours => new("緊急の例外措置の報告期限", "Urgent exception reported within"),
        Limit.ExceptionReviewMonths => new("例外措置の見直しの間隔", "Exceptions reviewed every"),
        Limit.PrivilegedReviewMonths => new("特権IDの見直しの間隔", "Privileged accounts reviewed every"),
        Limit.OffsiteCheckMonths => new("敷地外の機器の確認の間隔", "Equipment off the premises checked every"),
        Limit.DisposalCertificateDays => new("処理証明書の受領期限", "Certificate of a disposal due within"),
        Limit.StocktakeMonths => new("棚卸の間隔", "Stocktaking of a zone every"),
        _ => throw new UnreachableException($"No text for {limit}."),
    };

    /// <summary>Who may escort or witness.</summary>
    public static Words Of(Eligibility who) => who switch
    {
        Eligibility.StaffOnly => new("職員等のみ", "staff only"),
        Eligibility.AuthorisedContractor => new("許可のある委託事業者も", "authorised contractors too"),
        _ => throw new UnreachableException($"No text for {who}."),
    };

    /// <summary>Carrying out of the マイナンバー segment.</summary>
    public static Words Of(CarryOutRule? rule) => rule switch
    {
        null => NotUsed,
        CarryOutRule.Forbidden => new("できない", "forbidden"),
        CarryOutRule.ListedEncryptedMedia => new("台帳の暗号化媒体のみ", "listed encrypted media only"),
        _ => throw new UnreachableException($"No text for {rule}."),
    };

    /// <summary>Basement and ground floor.</summary>
    public static Words Of(GroundFloorRule rule) => rule switch
    {
        GroundFloorRule.Warn => new("指摘事項として受け入れる", "accepted with a lasting finding"),
        GroundFloorRule.Refuse => new("例外措置がなければ受け入れない", "refused without an exception"),
        _ => throw new UnreachableException($"No text for {rule}."),
    };

    /// <summary>How a cited exception stands.</summary>
    public static Words Of(ExceptionStanding standing) => standing switch
    {
        ExceptionStanding.NoneCited => new("例外措置なし", "no exception", "×"),
        ExceptionStanding.NotInForce => new("例外措置は有効でない", "exception not in force", "×"),
        ExceptionStanding.InForce => new("例外措置により有効", "covered by an exception", "○"),
        _ => throw new UnreachableException($"No text for {standing}."),
    };

    private static Words Of(ChiefReporting when) => when switch
    {
        ChiefReporting.Always => new("常に", "always"),
        ChiefReporting.AsNeeded => new("必要に応じて", "as needed"),
        _ => throw new UnreachableException($"No text for {when}."),
    };

    private static Words Of(OutsideParty party) => party switch
    {
        OutsideParty.Ministry => new("総務省", "the ministry"),
        OutsideParty.Prefecture => new("都道府県", "the prefecture"),
        OutsideParty.Press => new("報道機関", "the press"),
        _ => throw new UnreachableException($"No text for {party}."),
    };

    private static Words Of(ViolationStep step) => step switch
    {
        ViolationStep.Notify => new("通知", "notice"),
        ViolationStep.Suspend => new("停止", "suspension"),
        ViolationStep.Gravity => new("重大性の判断", "gravity judged"),
        ViolationStep.PersonnelMaterial => new("人事への資料", "material for personnel"),
        _ => throw new UnreachableException($"No text for {step}."),
    };

    private static Words Of(OffsiteApproval approval)
    {
        var by = approval.By is Role.ChiefOfficer ? new Words("最高情報統括責任者", "chief officer") : new Words("統括情報セキュリティ責任者", "supervising officer");
        return new(
            $"{by.Ja}{(approval.OwnFacilitiesAreSites ? "(自らの施設は拠点として扱う)" : "")}{(approval.CheckedAtIntervals ? "・定期確認" : "")}",
            $"{by.En}{(approval.OwnFacilitiesAreSites ? " (own facilities are sites)" : "")}{(approval.CheckedAtIntervals ? ", checked at intervals" : "")}");
    }

    private static Words Count(Limit limit, int value)
    {
        var name = limit.ToString();
        var (ja, en) = name.EndsWith("WorkingDays", StringComparison.Ordinal) ? ("開庁日", "working days")
            : name.EndsWith("Days", StringComparison.Ordinal) ? ("日", "days")
            : name.EndsWith("Months", StringComparison.Ordinal) ? ("か月", "months")
            : name.EndsWith("Hours", StringComparison.Ordinal) ? ("時間", "hours")
            : name.EndsWith("Minutes", StringComparison.Ordinal) ? ("分", "minutes")
            : name.EndsWith("Characters", StringComparison.Ordinal) ? ("文字", "characters")
            : name.EndsWith("Tries", StringComparison.Ordinal) ? ("回", "tries")
            : ("個", "");
        return new($"{Figure(value)}{ja}", $"{Figure(value)} {en}".TrimEnd());
    }

    private static Words Days(int days) => new($"{Figure(days)}日", $"{Figure(days)} days");

    private static Words Plain(string text) => new(text, text);

    private static Words YesNo(bool value) => value ? new("はい", "yes") : new("いいえ", "no");

    private static Words OnOff(bool value) => value ? new("あり", "on") : new("なし", "off");

    private static Words Number(int? value, Words none) => value is { } given ? Plain(Figure(given)) : none;

    private static string Figure(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Words List(IEnumerable<Words> values)
    {
        var all = values.ToList();
        return new(string.Join('、', all.Select(one => one.Ja)), string.Join(", ", all.Select(one => one.En)));
    }

    private static Words With<T>(Chosen<T> chosen, Func<T, Words> of)
        where T : struct
    {
        var value = of(chosen.Value);
        if (chosen.MayChoose.IsEmpty)
        {
            return value;
        }

        var others = List(chosen.MayChoose.Select(of));
        return new($"{value.Ja}({others.Ja}も選べる)", $"{value.En} ({others.En} may be chosen)");
    }
}
