using System.Text;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Core.PolicyProfiles;

public sealed class ProfileFileTests
{
    [Fact]
    [Requirement("R-PROF-03")]
    public void Every_shipped_profile_is_valid_and_names_its_text() =>
        Assert.All(Profiles.Names, name => Assert.False(string.IsNullOrWhiteSpace(Profiles.Read(name).Source)));

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 0", "version: 0")]
    [InlineData("\"version\": 1", "\"version\": 1, \"versoin\": 1", "versoin")]
    [InlineData("\"version\": 1", "\"version\": 1, \"version\": 2", "version")]
    [InlineData("\"witnessEligibility\": \"StaffOnly\"", "\"witnessEligibility\": \"AuthorisedContractor\"", "witnessEligibility")]
    [InlineData("\"groundFloor\": \"Warn\"", "\"groundFloor\": \"Allow\"", "groundFloor")]
    [InlineData("\"groundFloor\": \"Warn\",", "", "groundFloor")]
    [InlineData("\"outerDoorLimit\": 1", "\"outerDoorLimit\": 99", "outerDoorLimit: 99")]
    [InlineData("\"myNumberOperatorFactors\": 2", "\"myNumberOperatorFactors\": 3", "myNumberOperatorFactors: 3")]
    [InlineData("\"segments\": [\"Internet\", \"Other\"]", "\"segments\": []", "segments")]
    [InlineData("\"segments\": [\"Internet\", \"Other\"]", "\"segments\": [\"Internet\", \"Internet\"]", "Internet stands twice")]
    [InlineData("\"personCategories\": [\"Staff\", ", "\"personCategories\": [", "Staff is missing")]
    [InlineData("\"DormantHeldDays\": 90", "\"DormantHeldDays\": 9000", "DormantHeldDays: 9000")]
    [InlineData("\"DormantHeldDays\": 90,", "", "DormantHeldDays is missing")]
    [InlineData("\"profile\": \"base\"", "\"profile\": \"other\"", "another name")]
    [Requirement("R-PROF-03")]
    public void A_wrong_profile_is_refused_and_the_message_names_the_place(string right, string wrong, string named)
    {
        var text = Encoding.UTF8.GetString(Profiles.Bytes("base"));
        Assert.Contains(right, text, StringComparison.Ordinal);

        var refused = Assert.Throws<PolicyProfileException>(() => ProfileJson.Parse("base.json", Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal))));

        Assert.StartsWith("base.json: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_segment_of_my_number_needs_its_rules()
    {
        var text = Encoding.UTF8.GetString(Profiles.Bytes("gunma")).Replace("[\"Internet\"]", "[\"MyNumber\"]", StringComparison.Ordinal);

        Assert.Contains("R-PROF-07", Assert.Throws<PolicyProfileException>(() => ProfileJson.Parse("gunma.json", Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PROF-03")]
    public void No_program_knows_an_organisation_by_name() =>
        Assert.Empty(
            from extension in new[] { ".cs", ".razor", ".ts" }
            from file in SourceTree.Files(extension, "firmware-bridge", "service", "hosting", "dashboard", "simulators")
            from line in SourceTree.Lines(file).Index()
            where Profiles.Names[1..].Concat(["oshima", "hiyama", "西北五", "芽室", "宮崎", "群馬", "渡島"]).Any(name => line.Item.Contains(name, StringComparison.OrdinalIgnoreCase))
                || (line.Item.Contains("Organisation ==", StringComparison.Ordinal) || line.Item.Contains(".Profile == \"", StringComparison.Ordinal)) && !line.Item.Contains("\"base\"", StringComparison.Ordinal)
            select $"{file}:{line.Index + 1} {line.Item.Trim()}");
}
