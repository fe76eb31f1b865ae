using System.Text.RegularExpressions;
using Xunit;

namespace RoomGuard.UnitTests.Source;

/// <summary>docs/security.md names a test for each thing it claims; a test that was renamed or taken away must not stand there.</summary>
public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Every_test_it_names_exists()
    {
        var missing = Named().Where(name => !Exists(name)).Select(name => $"{name.Class}.{name.Method}");

        Assert.Empty(missing);
    }

    [Fact]
    public void Enough_of_it_is_read_to_mean_something()
    {
        var named = Named().ToList();

        Assert.True(named.Select(name => name.Class).Distinct().Count() > 20, $"Only {named.Count} names were found.");
        Assert.Contains(named, name => name.Method.Length > 0);
        Assert.False(Exists(new("SessionTests", "Nobody_wrote_this_test")));
        Assert.False(Exists(new("NoSuchTests", "")));
    }

    // `SessionTests`, `SessionTests.Whole_name`, `SessionTests.Beginning_of_…`, and `…part_of_it_…` of the class named before it.
    private static IEnumerable<TestName> Named()
    {
        var before = "";
        foreach (Match code in Code().Matches(string.Join('\n', SourceTree.Lines("docs/security.md"))))
        {
            var text = code.Groups[1].Value;
            if (OfClass().Match(text) is { Success: true } whole)
            {
                before = whole.Groups[1].Value;
                yield return new(before, whole.Groups[2].Value.TrimEnd('…'));
            }
            else if (text.StartsWith('…'))
            {
                yield return new(before, text.Trim('…'));
            }
        }
    }

    private static bool Exists(TestName name) => Sources.TryGetValue(name.Class, out var source)
        && (name.Method.Length == 0 || Regex.IsMatch(source, $@"public (?:async )?(?:Task|void) \w*{Regex.Escape(name.Method)}\w*\("));

    private static readonly Dictionary<string, string> Sources = (
        from file in SourceTree.Files(".cs", "tests")
        let source = string.Join('\n', SourceTree.Lines(file))
        from Match type in Type().Matches(source)
        group source by type.Groups[1].Value).ToDictionary(group => group.Key, group => string.Join('\n', group));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(\w+Tests)(?:\.(\w*…?))?$")]
    private static partial Regex OfClass();

    [GeneratedRegex(@"class (\w+Tests)\b")]
    private static partial Regex Type();

    private sealed record TestName(string Class, string Method);
}
