using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.PolicyProfiles;
using Xunit;

namespace RoomGuard.UnitTests.Core.Contractors;

/// <summary>What a grant needs before it may be given.</summary>
public sealed class GrantConditionTests
{
    private const string Firm = "架空保守サービス株式会社";
    private const string Sub = "架空電設株式会社";
    private static readonly DateOnly Today = new(2026, 5, 11);
    private static readonly ZoneId Room = new("SRV-1");

    private static readonly Contract Maintenance = new(
        new("K-2026-0001"), "定期保守", [new(Firm, "保守", new(2026, 4, 2)), new(Sub, "配線", null)], "延岡 葵", "情報政策課", [Room],
        [new(new("K-0012"), Firm), new(new("K-0007"), Sub)], new(2026, 4, 1), new(2027, 4, 1), new(2026, 3, 20), "適");

    [Theory]
    [InlineData(PersonCategory.Staff, new[] { GrantCondition.Training })]
    [InlineData(PersonCategory.FixedTermStaff, new[] { GrantCondition.Training, GrantCondition.Consent })]
    [InlineData(PersonCategory.TemporaryStaff, new[] { GrantCondition.Training, GrantCondition.Consent })]
    [InlineData(PersonCategory.Contractor, new[] { GrantCondition.Briefing, GrantCondition.Consent, GrantCondition.Contract })]
    [InlineData(PersonCategory.Visitor, new[] { GrantCondition.Briefing })]
    [Requirement("R-ID-11")]
    public void Each_category_needs_its_own_preconditions(PersonCategory category, GrantCondition[] missing) =>
        Assert.Equal(missing, Conditions(Asked(category) with { Met = [], Contract = null }));

    [Fact]
    [Requirement("R-ID-11")]
    public void What_was_met_and_has_lapsed_since_counts_as_missing()
    {
        var asked = Asked(PersonCategory.Staff);

        Assert.Empty(Conditions(asked with { Met = [Training(until: new(2026, 5, 12))] }));
        Assert.Equal([GrantCondition.Training], Conditions(asked with { Met = [Training(until: new(2026, 5, 11))] }));
        Assert.Equal([GrantCondition.Training], Conditions(asked with { Met = [Training(until: new(2026, 6, 1))], ValidFrom = new(2026, 6, 1), ValidUntil = new(2026, 7, 1) }));
        Assert.Equal([GrantCondition.Training], Conditions(asked with { Met = [Training(until: null) with { SatisfiedOn = new(2026, 5, 12) }] }));
    }

    public static TheoryData<string, PersonCategory, bool> Categories
    {
        get
        {
            var cells = new TheoryData<string, PersonCategory, bool>();
            foreach (var name in Profiles.Names)
            {
                foreach (var category in Enum.GetValues<PersonCategory>())
                {
                    cells.Add(name, category, Profiles.Read(name).PersonCategories.Contains(category));
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Categories))]
    [Requirement("R-ID-01")]
    public void A_category_the_profile_does_not_have_gets_no_grant(string profile, PersonCategory category, bool exists) =>
        Assert.Equal(!exists, Conditions(Asked(category) with { Categories = Profiles.Read(profile).PersonCategories }).Contains(GrantCondition.CategoryNotInProfile));

    [Theory]
    [InlineData(366, 366, false)]
    [InlineData(367, 366, true)]
    [InlineData(181, 180, true)]
    [Requirement("R-DOOR-16")]
    public void A_grant_is_no_longer_than_the_profile_allows(int days, int longest, bool tooLong) =>
        Assert.Equal(tooLong, Conditions(Asked(PersonCategory.Staff) with { ValidUntil = Today.AddDays(days), LongestDays = longest }).Contains(GrantCondition.TooLong));

    [Fact]
    [Requirement("R-ID-03")]
    public void A_grant_ends_no_later_than_the_service_of_its_holder()
    {
        var asked = Asked(PersonCategory.Staff);

        Assert.Equal([GrantCondition.PersonLeaves], Conditions(asked with { Person = asked.Person with { ValidUntil = asked.ValidUntil.AddDays(-1) } }));
        Assert.Empty(Conditions(asked with { Person = asked.Person with { ValidUntil = asked.ValidUntil } }));
    }

    [Fact]
    [Requirement("R-CON-01")]
    public void A_contractor_needs_a_contract_whose_firm_was_judged_fit()
    {
        var asked = Asked(PersonCategory.Contractor);

        Assert.Empty(Conditions(asked));
        Assert.Equal([GrantCondition.Briefing, GrantCondition.Contract], Conditions(asked with { Contract = null }));
        Assert.Equal([GrantCondition.SelectionCheck], Conditions(asked with { Contract = Maintenance with { SelectionCheckedOn = null } }));
    }

    [Fact]
    [Requirement("R-CON-02")]
    public void A_contractor_enters_as_a_registered_worker_at_the_places_and_in_the_term_of_the_contract()
    {
        var asked = Asked(PersonCategory.Contractor);

        Assert.Contains(GrantCondition.NotAWorker, Conditions(asked with { Person = asked.Person with { Id = new("K-0099") } }));
        Assert.Equal([GrantCondition.PlaceOutsideContract], Conditions(asked with { Zones = [Room, new("MED-1")] }));
        Assert.Equal([GrantCondition.TermOutsideContract], Conditions(asked with { ValidFrom = new(2026, 6, 1), ValidUntil = new(2027, 4, 2) }));
        Assert.Contains(GrantCondition.TermOutsideContract, Conditions(asked with { ValidFrom = new(2026, 3, 31) }));
    }

    [Fact]
    [Requirement("R-CON-03")]
    public void A_subcontractors_people_wait_for_a_briefing_of_their_own_firm()
    {
        var asked = Asked(PersonCategory.Contractor) with { Person = Person(PersonCategory.Contractor) with { Id = new("K-0007") } };
        var consent = asked.Met.Select(one => one with { Person = new("K-0007") }).ToImmutableArray();

        Assert.Equal([GrantCondition.Briefing], Conditions(asked with { Met = consent }));
        Assert.Empty(Conditions(asked with { Met = consent, Contract = Maintenance with { Firms = [.. Maintenance.Firms.Select(one => one with { Briefed = Today })] } }));
    }

    [Fact]
    public void Every_condition_has_words_in_both_languages() =>
        Assert.All(Enum.GetValues<GrantCondition>().Select(PeopleText.Of), words => Assert.False(string.IsNullOrWhiteSpace(words.Ja) || string.IsNullOrWhiteSpace(words.En)));

    private static GrantCondition[] Conditions(GrantQuestion asked) => [.. GrantConditions.Missing(asked).Select(one => one.Condition)];

    private static GrantQuestion Asked(PersonCategory category)
    {
        var person = Person(category);
        return new(
            person, [Room], Today, Today.AddDays(30), Today, [.. Enum.GetValues<PersonCategory>()], 366,
            category is PersonCategory.Contractor
                ? [new(person.Id, PreconditionKind.Consent, new(2026, 4, 1), null, "同意書 12")]
                : [Training(null), new(person.Id, PreconditionKind.Consent, new(2026, 4, 1), null, "同意書 12"), new(person.Id, PreconditionKind.Briefing, new(2026, 4, 1), null, "説明会")],
            category is PersonCategory.Contractor ? Maintenance : null);
    }

    private static Person Person(PersonCategory category) => new(new("K-0012"), "五ヶ瀬 樹", "ごかせ いつき", category, Firm, null, null);

    private static Precondition Training(DateOnly? until) => new(new("K-0012"), PreconditionKind.Training, new(2026, 4, 1), until, "研修 2026-1");
}
