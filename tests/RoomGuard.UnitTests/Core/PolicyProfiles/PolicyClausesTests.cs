using System.Text.RegularExpressions;
using RoomGuard.Core.PolicyProfiles;
using Xunit;

namespace RoomGuard.UnitTests.Core.PolicyProfiles;

public sealed partial class PolicyClausesTests
{
    [Theory]
    [InlineData("R-MOVE-03", "第2章5(2)③イ")]
    [InlineData("R-MOVE-09", "第2章7(1)⑱")]
    [InlineData("R-CARRY-08", "第2章7(2)②カ")]
    [InlineData("R-CARRY-02", "第2章6(1)①キ")]
    [InlineData("R-PROF-05", "第2章2(8)①")]
    [InlineData("R-DOOR-16", "第2章5(2)②ア")]
    [InlineData("R-MOVE-08", "第2章4(1)①")]
    [InlineData("R-ZONE-05", "第2章3(1)")]
    [InlineData("R-MOVE-04", "第1章4(2)")]
    [InlineData("R-PROF-07", null)]
    [InlineData("R-MOVE-99", null)]
    [InlineData("R-NONE-01", null)]
    [InlineData("", null)]
    public void A_requirement_names_its_clause_as_people_cite_it(string requirement, string? clause) => Assert.Equal(clause, PolicyClauses.Of(requirement));

    [Fact]
    public void Every_requirement_of_the_document_cites_the_first_clause_it_names()
    {
        var checkedRows = 0;
        foreach (var row in File.ReadLines(Path.Combine(Root(), "docs", "requirements.md")).Select(line => Row().Match(line)).Where(row => row.Success))
        {
            var sources = row.Groups[2].Value.Split(',').Select(source => source.Trim()).Where(source => source.StartsWith("miyazaki-", StringComparison.Ordinal)).ToList();
            var first = sources.Find(source => !source.StartsWith("miyazaki-k-", StringComparison.Ordinal)) ?? sources.FirstOrDefault();
            var cited = PolicyClauses.Of(row.Groups[1].Value);
            checkedRows++;

            // The numbers of the clause, in its order, whatever marks they are written with.
            Assert.Equal(first is null ? null : Numbers().Matches(first["miyazaki-".Length..]).Select(number => number.Value), cited is null ? null : Digits(cited));
        }

        Assert.True(checkedRows > 200, $"{checkedRows} rows");
    }

    [Theory]
    [InlineData("R-PROF-05", "R-PROF-05 (第2章2(8)①)")]
    [InlineData("立会者は職員に限ります(R-MOVE-03)。", "立会者は職員に限ります(R-MOVE-03 第2章5(2)③イ)。")]
    [InlineData("消去されていません(R-MOVE-09、R-LIFE-04)。", "消去されていません(R-MOVE-09 第2章7(1)⑱、R-LIFE-04 第2章5(1)⑦)。")]
    [InlineData("二人で行います。 R-WORK-02 (第2章7(1)④ウ)", "二人で行います。 R-WORK-02 (第2章7(1)④ウ)")]
    [InlineData("例外措置(R-ZONE-06)。番号(R-ZONE-06)", "例外措置(R-ZONE-06 第2章3(1))。番号(R-ZONE-06)")]
    [InlineData("規定はありません(R-PROF-07)", "規定はありません(R-PROF-07)")]
    [InlineData("", "")]
    public void A_sentence_gains_the_clause_of_what_it_names(string text, string cited) => Assert.Equal(cited, PolicyClauses.Cite(text));

    private static List<string> Digits(string clause) =>
        [.. Mark().Matches(clause["第2章".Length..]).Select(mark => mark.Value[0] is >= '①' and <= '⑳' and var round ? $"{round - '①' + 1}" : mark.Value)];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RoomGuard.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (R-[A-Z]+-[0-9]{2}) \|[^|]*\|([^|]*)\|")]
    private static partial Regex Row();

    [GeneratedRegex("(?<![a-z0-9])[0-9]+")]
    private static partial Regex Numbers();

    [GeneratedRegex("[0-9]+|[①-⑳]")]
    private static partial Regex Mark();
}
