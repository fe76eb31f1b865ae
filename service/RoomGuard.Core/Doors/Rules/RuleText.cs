using System.Collections.Frozen;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
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
