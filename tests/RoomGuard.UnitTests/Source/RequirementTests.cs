using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Source;

public sealed class RequirementTests
{
    private static readonly IReadOnlyList<(string Id, string Text)> Catalogue = RequirementTable.Catalogue(SourceTree.Lines("docs/requirements.md"));

    [Fact]
    public void The_catalogue_holds_242_requirements_each_once() =>
        Assert.Equal((242, 242), (Catalogue.Count, Catalogue.Select(row => row.Id).Distinct().Count()));

    [Fact]
    public void Every_requirement_a_test_names_stands_in_the_catalogue() =>
        Assert.Empty(RequirementTable.Proofs(typeof(RequirementTests).Assembly).Select(proof => proof.Id).Except(Catalogue.Select(row => row.Id)));
}
