using System.Collections.Immutable;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Acts;

/// <summary>What a form shows: what was typed, and what is wrong with it.</summary>
public sealed record FormState(ImmutableDictionary<string, ImmutableArray<string>> Typed, ImmutableArray<FieldProblem> Problems)
{
    /// <summary>A form nobody has touched.</summary>
    public static FormState Empty { get; } = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty, []);

    /// <summary>A form that begins with these values.</summary>
    public static FormState Of(params (string Field, string Value)[] values) =>
        new(values.GroupBy(item => item.Field).ToImmutableDictionary(group => group.Key, group => group.Select(item => item.Value).ToImmutableArray()), []);

    /// <summary>What stands in a field.</summary>
    public string this[string field] => Typed.TryGetValue(field, out var values) && !values.IsEmpty ? values[0] : "";

    /// <summary>Whether a box or option is chosen.</summary>
    public bool Has(string field, string value) => Typed.TryGetValue(field, out var values) && values.Contains(value);

    /// <summary>The first problem at a field; null: none.</summary>
    public FieldProblem? ProblemAt(string field) => Problems.FirstOrDefault(problem => problem.Field == field);

    /// <summary>The sentence about a field; null: nothing wrong.</summary>
    public string? Complaint(string field, Language language) => ProblemAt(field) is { } problem ? ProblemText.Of(problem, language) : null;
}
