using System.Reflection;
using RoomGuard.TestKit;

namespace RoomGuard.Benchmarks;

/// <summary><c>./test --requirements</c>: each requirement with the tests that prove it.</summary>
internal static class RequirementsCommand
{
    private static readonly string[] Projects = ["UnitTests", "Scenarios", "SystemTests"];

    internal static int Run(TextWriter output)
    {
        var proofs = Projects
            .Select(project => Path.GetFullPath($"tests/RoomGuard.{project}/bin/Release/net10.0/RoomGuard.{project}.dll"))
            .Where(File.Exists)
            .SelectMany(file => RequirementTable.Proofs(Assembly.LoadFrom(file)))
            .ToLookup(proof => proof.Id, proof => proof.Test);
        var catalogue = RequirementTable.Catalogue(File.ReadLines("docs/requirements.md"));
        foreach (var (id, text) in catalogue)
        {
            output.WriteLine($"{(proofs[id].Any() ? "●" : "○")} {id}  {text}");
            foreach (var test in proofs[id].Distinct().Order(StringComparer.Ordinal))
            {
                output.WriteLine($"      {test}");
            }
        }

        output.WriteLine();
        output.WriteLine($"{catalogue.Count(row => proofs[row.Id].Any())} of {catalogue.Count} requirements have a test that names them.");
        return 0;
    }
}
