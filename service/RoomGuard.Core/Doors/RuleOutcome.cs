using System.Collections.Immutable;

namespace RoomGuard.Core.Doors;

/// <summary>What became of one rule in one decision.</summary>
public enum RuleVerdict
{
    /// <summary>適合: no objection.</summary>
    Passed,

    /// <summary>不適合: this rule's objection decided.</summary>
    Objected,

    /// <summary>未評価: an earlier rule had already decided.</summary>
    NotAsked,
}

/// <summary>A value a rule looked at, for 「なぜ?」. Names are keys with a text in the dashboard, values are plain.</summary>
public sealed record RuleFact(string Name, string Value);

/// <summary>One line of 「なぜ?」: the rule, what it said and the values it looked at (R-DRILL-06).</summary>
/// <param name="Rule">The rule's name, e.g. <c>GrantRule</c>.</param>
/// <param name="Requirement">The requirement it carries out, e.g. <c>R-DOOR-01</c>.</param>
public sealed record RuleOutcome(string Rule, string Requirement, RuleVerdict Verdict, ImmutableArray<RuleFact> Facts);
