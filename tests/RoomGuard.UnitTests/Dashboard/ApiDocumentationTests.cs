using System.Text.RegularExpressions;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Api;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>The API's table against what is written about it.</summary>
public sealed partial class ApiDocumentationTests
{
    [Fact]
    public void The_documents_table_of_scopes_names_exactly_the_operations()
    {
        var written = SourceTree.Lines("docs/api.md")
            .SkipWhile(line => !line.StartsWith("| Scope |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => string.Join(' ', Quoted().Matches(line).Select(match => match.Groups[1].Value)));
        var real = ApiOperations.All.GroupBy(operation => operation.Scope)
            .Select(group => string.Join(' ', (group.Key is { } scope ? [TokenScopes.NameOf(scope)] : Array.Empty<string>()).Concat(group.Select(operation => operation.Id))));

        Assert.Equal(real.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public void Every_operation_shares_a_pages_row_of_authority()
    {
        Assert.All(ApiOperations.All, operation => Assert.True(RouteAuthority.Rows.ContainsKey(operation.Page), $"{operation.Id}: {operation.Page}"));
        Assert.All(ApiOperations.All, operation => Assert.Equal(operation.Method == "GET", operation.Page.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_scope_and_every_problem_has_its_words()
    {
        Assert.All(TokenScopes.All, scope => Assert.False(string.IsNullOrWhiteSpace(TokenText.Of(scope).Ja + TokenText.Of(scope).En)));
        Assert.Equal(Enum.GetValues<TokenScope>().Order(), TokenScopes.All.Order());
        Assert.Distinct(ApiProblems.All.Select(kind => kind.Name));
        Assert.All(ApiProblems.All, kind => Assert.EndsWith("。", kind.Detail.Ja.Replace("{0}", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
