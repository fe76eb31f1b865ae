using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>One reason to refuse, and nothing else: a rule never grants, so adding one can only make the room stricter.</summary>
public interface IEntryRule
{
    /// <summary>The name under which 「なぜ?」 shows it; its text is in <see cref="RuleText"/>.</summary>
    string Name { get; }

    /// <summary>The requirement it carries out, e.g. <c>R-DOOR-01</c>.</summary>
    string Requirement { get; }

    /// <summary>The objection; null: none.</summary>
    DenyReason? Check(EntryRequest request);

    /// <summary>What it looked at, for 「なぜ?」 (R-DRILL-06). Names are <see cref="FactName"/>s; no person's name is among the values (R-LOG-08).</summary>
    ImmutableArray<RuleFact> Facts(EntryRequest request);
}
