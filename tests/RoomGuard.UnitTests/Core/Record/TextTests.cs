using System.Reflection;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Record;

/// <summary>Every value people may read has words in both languages.</summary>
public class TextTests
{
    public static TheoryData<DenyReason> Reasons => [.. Enum.GetValues<DenyReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    [Requirement("R-DOOR-10")]
    public void Every_refusal_reason_has_its_words_and_says_what_to_do(DenyReason reason)
    {
        var words = DenyReasonText.Of(reason);

        Assert.All(
            [words.LogJa, words.LogEn, words.AtDoorJa, words.AtDoorEn, words.WhatToDoJa, words.WhatToDoEn],
            text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.EndsWith("。", words.WhatToDoJa, StringComparison.Ordinal);
        Assert.EndsWith(".", words.WhatToDoEn, StringComparison.Ordinal);
        Assert.Equal($"× {words.LogJa}", DenyReasonText.LogJa(reason));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    [Requirement("R-DOOR-01")]
    public void What_the_holder_cannot_mend_is_neutral_at_the_door(DenyReason reason)
    {
        var words = DenyReasonText.Of(reason);

        Assert.Equal(!words.Fixable, words.AtDoorJa.StartsWith(DenyReasonText.NeutralJa, StringComparison.Ordinal));
        Assert.Equal(!words.Fixable, words.AtDoorEn.StartsWith(DenyReasonText.NeutralEn, StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_refusal_reasons_read_the_same()
    {
        Assert.Distinct(Enum.GetValues<DenyReason>().Select(DenyReasonText.Ja));
        Assert.Distinct(Enum.GetValues<DenyReason>().Select(DenyReasonText.En));
    }

    [Fact]
    public void Every_kind_of_the_record_has_words_and_no_words_are_left_over()
    {
        var kinds = typeof(RecordedEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => (string)kind.TypeDiscriminator!);

        Assert.Equal(kinds.Order(StringComparer.Ordinal), RecordedEventText.All.Keys.Order(StringComparer.Ordinal));
        Assert.Distinct(RecordedEventText.All.Values.Select(words => words.Ja));
        Assert.All(RecordedEventText.All.Values, HasBoth);
    }

    [Fact]
    public void Every_rule_and_every_value_it_shows_has_words()
    {
        var names = typeof(FactName).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(EntryPolicy.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal), RuleText.Rules.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(names.Order(StringComparer.Ordinal), RuleText.Facts.Keys.Order(StringComparer.Ordinal));
        Assert.All(RuleText.Rules.Values.Concat(RuleText.Facts.Values), HasBoth);
        Assert.All(EntryPolicy.Rules, rule => Assert.Matches("^R-[A-Z]+-[0-9]{2}$", rule.Requirement));
    }

    [Theory]
    [InlineData(FactName.Reader, "Offline", "途絶")]
    [InlineData(FactName.ReaderCover, "open", "開いている")]
    [InlineData(FactName.CardState, "Unknown", "未登録")]
    [InlineData(FactName.CardState, "Lost", "紛失")]
    [InlineData(FactName.Category, "Contractor", "業務委託事業者")]
    [InlineData(FactName.StaleListRule, "StaffOnly", "職員のみ入室できる")]
    [InlineData(FactName.Days, "Weekdays", "平日")]
    [InlineData(FactName.Days, "Monday, Sunday", "月・日")]
    [InlineData(FactName.Weekday, "Sunday", "日")]
    [InlineData(FactName.Methods, "Card Pin", "ICカード+暗証番号")]
    [InlineData(FactName.Pin, "NotGiven", "未入力")]
    [InlineData(FactName.Lockdown, "-", "なし")]
    [InlineData(FactName.Grant, "G-2026-0031", "G-2026-0031")]
    [InlineData(FactName.Category, "Gone", "Gone")]
    public void A_value_a_rule_looked_at_reads_as_people_say_it(string name, string value, string expected) =>
        Assert.Equal(expected, RuleText.Value(new(name, value)).Ja);

    [Fact]
    public void Every_enumeration_has_words_for_all_its_values()
    {
        WalkAll<LeafState>(DoorText.Of);
        WalkAll<OpeningCause>(DoorText.Of);
        WalkAll<ReaderSide>(DoorText.Of);
        WalkAll<PassageWay>(DoorText.Of);
        WalkAll<RuleVerdict>(DoorText.Of);
        WalkAll<ReaderSignal>(DoorText.Of);
        WalkAll<ZoneMode>(DoorText.Of);
        WalkAll<PresenceEvidence>(DoorText.Of);
        WalkAll<PresenceCertainty>(DoorText.Of);
        WalkAll<PassbackMode>(DoorText.Of);
        WalkAll<EscortHandover>(DoorText.Of);
        WalkAll<FreedBy>(DoorText.Of);
        WalkAll<FreeHoursEnd>(DoorText.Of);
        WalkAll<BiometricVerdict>(DoorText.Of);
        WalkAll<RoomGuard.Core.Gates.TagDirection>(RoomGuard.Core.Gates.GateText.Of);
        WalkAll<RoomGuard.Core.Gates.UnpermittedKind>(RoomGuard.Core.Gates.GateText.Of);
        WalkAll<RoomGuard.Core.Gates.UncoveredBecause>(RoomGuard.Core.Gates.GateText.Of);
        WalkAll<EntryMethod>(ZoneText.Of);
        WalkAll<StaleListRule>(ZoneText.Of);
        WalkAll<TwoPersonMode>(ZoneText.Of);
        WalkAll<PowerLossState>(ZoneText.Of);
        WalkAll<PersonCategory>(PeopleText.Of);
        WalkAll<CredentialState>(PeopleText.Of);
        WalkAll<ReaderCondition>(ReaderText.Of);
        WalkAll<WeekDays>(GrantText.Of);
        WalkAll<CaseKind>(CaseText.Of);
        WalkAll<CaseState>(CaseText.Of);
        WalkAll<CaseStage>(CaseText.Of);
        WalkAll<RouteCause>(CaseText.Of);
        WalkAll<CaseDecision>(CaseText.Of);
        WalkAll<UnitPower>(PowerText.Of);
        WalkAll<StageCause>(PowerText.Of);
        WalkAll<StageResult>(PowerText.Of);
        WalkAll<WebhookAct>(PowerText.Of);
        WalkAll<SupplyTrouble>(PowerText.Of);
        WalkAll<BatteryDueCause>(PowerText.Of);
        WalkAll<AlarmLevel>(AlarmText.Of);
        WalkAll<AlarmState>(AlarmText.Of);
        WalkAll<AlarmArea>(AlarmText.Of);
        WalkAll<NoticeCause>(AlarmText.Of);
        WalkAll<ClimateRule>(ClimateText.Of);
        WalkAll<ClimateLevel>(ClimateText.Of);
        WalkAll<ClimateState>(ClimateText.Of);
        WalkAll<ClimateChange>(ClimateText.Of);
        WalkAll<SensingFactor>(ClimateText.Of);
        WalkAll<ValueQuality>(ClimateText.Of);
        WalkAll<QualityReason>(ClimateText.Of);
        WalkAll<Quantity>(ClimateText.Of);
    }

    [Fact]
    public void Kinds_written_as_plain_text_have_words()
    {
        Assert.All(
            [
                .. DoorText.MismatchKinds.Values, .. DoorText.IntrusionKinds.Values, .. DoorText.UnreadableCauses.Values,
                .. PeopleText.CardCauses.Values, .. ReaderText.KeyKinds.Values,
                .. Enum.GetValues<ReaderCondition>().Select(ReaderText.WhatToDo).OfType<Words>(),
            ],
            HasBoth);
    }

    [Theory]
    [InlineData(WeekDays.Weekdays, "平日")]
    [InlineData(WeekDays.All, "毎日")]
    [InlineData(WeekDays.Monday | WeekDays.Sunday, "月・日")]
    public void Days_read_as_people_say_them(WeekDays days, string expected) => Assert.Equal(expected, GrantText.Of(days).Ja);

    [Theory]
    [InlineData(8, 17, "8:30–17:15")]
    [InlineData(22, 6, "22:30–翌6:15")]
    public void Hours_read_as_people_say_them(int from, int until, string expected) =>
        Assert.Equal(expected, GrantText.Of(new Hours(new(from, 30), new(until, 15))).Ja);

    [Fact]
    public void All_day_reads_as_all_day() => Assert.Equal("終日", GrantText.Of(Hours.AllDay).Ja);

    [Fact]
    public void An_unknown_name_of_an_old_record_reads_as_itself()
    {
        Assert.Equal("GoneRule", RuleText.Rule("GoneRule").Ja);
        Assert.Equal("gone.kind", RecordedEventText.Of("gone.kind").Ja);
    }

    private static void HasBoth(Words words)
    {
        Assert.False(string.IsNullOrWhiteSpace(words.Ja));
        Assert.False(string.IsNullOrWhiteSpace(words.En));
    }

    private static void WalkAll<T>(Func<T, Words> of)
        where T : struct, Enum => Assert.All(Enum.GetValues<T>(), value => HasBoth(of(value)));
}
