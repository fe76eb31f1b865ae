using System.Collections.Frozen;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>The rules and the values they looked at as 「なぜ?」 shows them (R-DRILL-06).</summary>
public static class RuleText
{
    /// <summary>By <see cref="IEntryRule.Name"/>.</summary>
    public static FrozenDictionary<string, Words> Rules { get; } = new Dictionary<string, Words>
    {
        ["ReaderRule"] = new("読取装置が正常", "The reader is in order"),
        ["GrantListRule"] = new("許可一覧を受け取っている", "A grant list has been received"),
        ["CardStateRule"] = new("カードが登録済みで利用できる", "The card is known and in use"),
        ["CardDatesRule"] = new("カードの有効期間内", "Within the card's dates"),
        ["PersonSuspensionRule"] = new("利用者が停止されていない", "The person is not suspended"),
        ["PersonDatesRule"] = new("在籍期間内", "Within the person's time of service"),
        ["ListAgeRule"] = new("許可一覧が古すぎない", "The grant list is recent enough"),
        ["LockdownRule"] = new("区域が封鎖されていない", "The area is not locked down"),
        ["GrantRule"] = new("入室許可が有効(区域・期間・曜日・時間)", "A grant is in force (area, dates, days, hours)"),
        ["ContractRule"] = new("業務委託契約の範囲内(作業者・場所・期間)", "Within a contract (worker, place, term)"),
        ["MethodRule"] = new("認証方法が区域で認められている", "The method is accepted in this area"),
        ["FactorRule"] = new("必要な要素数を満たす", "As many factors as the area asks for"),
        ["VisitBadgeRule"] = new("来訪者証が有効", "The visitor badge is in force"),
        ["VisitorModeRule"] = new("警報・訓練中でない(訪問者)", "No alarm or drill (visitors)"),
        ["ZoneHoursRule"] = new("区域の利用時間内", "Within the area's hours"),
        ["VisitTimeRule"] = new("訪問の時間内", "Within the visit's time"),
        ["VisitZoneRule"] = new("訪問の区域内", "An area of the visit"),
        ["OuterZoneRule"] = new("外側の区域に在室", "Inside the outer area"),
        ["AntiPassbackRule"] = new("続けての入室でない", "No entry while inside"),
        ["PurposeRule"] = new("入室目的が登録済み", "A purpose is given"),
        ["EscortPresentRule"] = new("付添い者が在室または直前に認証", "An escort is inside or just let in"),
        ["EscortEligibilityRule"] = new("付添い者に資格がある", "The escort may escort"),
        ["EscortCountRule"] = new("付添い人数の上限内", "Within the escort's number of visitors"),
        ["OccupancyRule"] = new("定員内", "Within the area's limit"),
        ["InterlockRule"] = new("ほかの扉が閉まっている", "The other door is shut"),
        ["SecondPersonRule"] = new("二人そろっている", "There are two"),
    }.ToFrozenDictionary();

    /// <summary>By <see cref="FactName"/>.</summary>
    public static FrozenDictionary<string, Words> Facts { get; } = new Dictionary<string, Words>
    {
        [FactName.Reader] = new("読取装置の状態", "Reader's condition"),
        [FactName.ReaderCover] = new("読取装置の覆い", "Reader's cover"),
        [FactName.ListVersion] = new("許可一覧の版", "Grant list version"),
        [FactName.ListIssued] = new("許可一覧の発行", "Grant list issued"),
        [FactName.ListAge] = new("許可一覧の経過時間", "Grant list's age"),
        [FactName.ListAgeLimit] = new("許可一覧の期限", "Grant list's age limit"),
        [FactName.StaleListRule] = new("期限切れの一覧の扱い", "Rule for a list too old"),
        [FactName.CardState] = new("カードの状態", "Card's state"),
        [FactName.SuspensionSerial] = new("停止の番号", "Suspension number"),
        [FactName.ValidFrom] = new("開始日", "First day"),
        [FactName.ValidUntil] = new("終了日(この日から不可)", "End day (no longer valid on it)"),
        [FactName.Today] = new("判断の日", "Day of the decision"),
        [FactName.LocalTime] = new("判断の時刻", "Time of the decision"),
        [FactName.Category] = new("区分", "Category"),
        [FactName.Lockdown] = new("区域封鎖の番号", "Lockdown"),
        [FactName.LockdownUntil] = new("封鎖の終了", "Lockdown until"),
        [FactName.Grant] = new("入室許可番号", "Grant"),
        [FactName.GrantCount] = new("入室許可の数", "Number of grants"),
        [FactName.Zone] = new("入ろうとした区域", "Area to be entered"),
        [FactName.Zones] = new("許可された区域", "Areas of the grant"),
        [FactName.Days] = new("許可された曜日", "Days of the grant"),
        [FactName.Weekday] = new("曜日", "Day of the week"),
        [FactName.Hours] = new("許可された時間", "Hours of the grant"),
        [FactName.Methods] = new("使われた認証方法", "Methods used"),
        [FactName.AllowedMethods] = new("認められた認証方法", "Methods accepted"),
        [FactName.FactorsGiven] = new("示された要素数", "Factors given"),
        [FactName.FactorsNeeded] = new("必要な要素数", "Factors needed"),
        [FactName.Pin] = new("暗証番号", "PIN"),
        [FactName.Contract] = new("業務委託契約", "Contract"),
        [FactName.Applies] = new("この規則の適用", "Applies here"),
        [FactName.Visit] = new("訪問番号", "Visit"),
        [FactName.Badge] = new("来訪者証", "Visitor badge"),
        [FactName.VisitFrom] = new("訪問の開始", "Visit from"),
        [FactName.VisitUntil] = new("訪問の終了", "Visit until"),
        [FactName.VisitZones] = new("立入り区域", "Areas of the visit"),
        [FactName.Mode] = new("区域の状態", "Area mode"),
        [FactName.Override] = new("例外の許可の期限", "Exception until"),
        [FactName.Holiday] = new("休日", "Holiday"),
        [FactName.OuterZone] = new("外側の区域", "Outer area"),
        [FactName.InOuterZone] = new("外側の区域に在室", "Inside the outer area"),
        [FactName.InsideSince] = new("在室の開始", "Inside since"),
        [FactName.InsideFor] = new("在室の経過", "Inside for"),
        [FactName.Passback] = new("続けての入室の扱い", "Entry while inside is"),
        [FactName.PassbackWithin] = new("対象とする時間", "Counts within"),
        [FactName.ForgivenAt] = new("解除の時刻", "Forgiven at"),
        [FactName.Purpose] = new("入室目的", "Purpose"),
        [FactName.Escorts] = new("付添い者の数", "Escorts"),
        [FactName.EscortsPresent] = new("在室または直前に認証した付添い者の数", "Escorts inside or just let in"),
        [FactName.EscortWindow] = new("付添い者の認証からの時間の上限", "Longest time since the escort"),
        [FactName.EscortsEligible] = new("付添い資格のある人の数", "Eligible escorts"),
        [FactName.EscortsMay] = new("付添いのできる人", "Who may escort"),
        [FactName.VisitorsBeside] = new("付き添っている訪問者の数", "Visitors beside the escort"),
        [FactName.VisitorLimit] = new("付添い人数の上限", "Most visitors of one escort"),
        [FactName.PeopleInside] = new("在室者数", "People inside"),
        [FactName.PeopleLimit] = new("定員", "Most people"),
        [FactName.OtherDoor] = new("閉まっていない扉", "Door not shut"),
        [FactName.TwoPersons] = new("複数人での入室", "Entry by two"),
        [FactName.SecondPerson] = new("もう一人", "Second person"),
        [FactName.Counting] = new("在室して数に入る人", "People inside who count"),
        [FactName.Pair] = new("組合せ", "Pair"),
        [FactName.Biometric] = new("生体認証", "Biometric check"),
    }.ToFrozenDictionary();

    /// <summary>The rule's words; for a name no longer known (an old record), the name itself.</summary>
    public static Words Rule(string name) => Rules.GetValueOrDefault(name) ?? new(name, name);

    /// <summary>A fact's value in words, where it is one of ours and not a number, a time or an id; else the value itself. A dash means: none.</summary>
    public static Words Value(RuleFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact switch
        {
            { Value: "-" } => new("なし", "none"),
            { Name: FactName.Reader } => In<ReaderCondition>(fact.Value, ReaderText.Of),
            { Name: FactName.ReaderCover, Value: "open" } => new("開いている", "open"),
            { Name: FactName.ReaderCover, Value: "closed" } => new("閉じている", "closed"),
            { Name: FactName.CardState, Value: "Unknown" } => new("未登録", "not registered"),
            { Name: FactName.CardState } => In<CredentialState>(fact.Value, PeopleText.Of),
            { Name: FactName.Category } => In<PersonCategory>(fact.Value, PeopleText.Of),
            { Name: FactName.StaleListRule } => In<StaleListRule>(fact.Value, ZoneText.Of),
            { Name: FactName.Days } => In<WeekDays>(fact.Value, GrantText.Of),
            { Name: FactName.Weekday } => In<DayOfWeek>(fact.Value, day => GrantText.Of((WeekDays)(1 << (((int)day + 6) % 7)))),
            { Name: FactName.Methods or FactName.AllowedMethods } => Methods(fact.Value),
            { Name: FactName.Pin, Value: "NotSet" } => new("未登録", "not set"),
            { Name: FactName.Pin, Value: nameof(PinVerdict.NotGiven) } => new("未入力", "not given"),
            { Name: FactName.Pin, Value: nameof(PinVerdict.Right) } => new("一致", "right"),
            { Name: FactName.Pin, Value: nameof(PinVerdict.Wrong) } => new("不一致", "wrong"),
            { Name: FactName.Applies, Value: "no" } => new("この区域・人では求めない", "not asked here"),
            { Name: FactName.Badge, Value: "dead" } => new("失効", "dead"),
            { Name: FactName.Badge, Value: "in-force" } => new("有効", "in force"),
            { Name: FactName.Mode } => In<ZoneMode>(fact.Value, DoorText.Of),
            { Name: FactName.Passback } => In<PassbackMode>(fact.Value, DoorText.Of),
            { Name: FactName.EscortsMay } => In<Eligibility>(fact.Value, PolicyProfileText.Of),
            { Name: FactName.TwoPersons } => In<TwoPersonMode>(fact.Value, ZoneText.Of),
            { Name: FactName.Biometric } => In<BiometricVerdict>(fact.Value, DoorText.Of),
            { Name: FactName.Pair, Value: "named" } => new("許可された組合せ", "named in the grant"),
            { Name: FactName.Pair, Value: "other" } => new("許可された組合せではない", "not named in the grant"),
            { Name: FactName.SecondPerson, Value: "waiting" } => new("待っている", "waiting"),
            { Name: FactName.SecondPerson, Value: "does-not-count" } => new("付添い中のため数に入らない", "escorting, does not count"),
            { Name: FactName.InOuterZone or FactName.Holiday, Value: "yes" } => new("はい", "yes"),
            { Name: FactName.InOuterZone or FactName.Holiday, Value: "no" } => new("いいえ", "no"),
            _ => new(fact.Value, fact.Value),
        };
    }

    /// <summary>The fact's words; for a name no longer known, the name itself.</summary>
    public static Words Fact(string name) => Facts.GetValueOrDefault(name) ?? new(name, name);

    private static Words In<T>(string value, Func<T, Words> of)
        where T : struct, Enum => Enum.TryParse<T>(value, out var one) ? of(one) : new(value, value);

    private static Words Methods(string value)
    {
        var all = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => In<EntryMethod>(one, ZoneText.Of)).ToArray();
        return new(string.Join('+', all.Select(one => one.Ja)), string.Join(" + ", all.Select(one => one.En)));
    }
}
