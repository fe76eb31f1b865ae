using System.Reflection;
using System.Text.RegularExpressions;

namespace RoomGuard.TestKit;

/// <summary>Each requirement of <c>docs/requirements.md</c> with the tests that name it, read from the test assemblies.</summary>
public static partial class RequirementTable
{
    /// <summary>Requirement id to its sentence, in the catalogue's order.</summary>
    public static IReadOnlyList<(string Id, string Text)> Catalogue(IEnumerable<string> lines) =>
        [.. from line in lines
            let row = CatalogueRow().Match(line)
            where row.Success
            select (row.Groups[1].Value, row.Groups[2].Value.Trim())];

    /// <summary>Requirement id and test name, for every test that carries the attribute on itself or on its class.</summary>
    public static IEnumerable<(string Id, string Test)> Proofs(Assembly tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return from type in tests.GetTypes()
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
               where method.GetCustomAttributes().Any(attribute => attribute.GetType().Name is "FactAttribute" or "TheoryAttribute")
               from requirement in method.GetCustomAttributes<RequirementAttribute>().Concat(type.GetCustomAttributes<RequirementAttribute>())
               select (requirement.Id, $"{type.Name}.{method.Name}".Replace('_', ' '));
    }

    [GeneratedRegex(@"^\|\s*(R-[A-Z]+-\d+)\s*\|([^|]+)\|")]
    private static partial Regex CatalogueRow();
}
