using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Acts;

/// <summary>Why somebody may not do something, and who may: the answer to 「なぜ?」.</summary>
/// <param name="Because">One sentence.</param>
/// <param name="Rule">The requirement it follows from, e.g. <c>R-PROF-05</c>.</param>
/// <param name="Roles">Who may, by role.</param>
/// <param name="People">Who of them is known by name now; empty: not looked up, or nobody holds the role.</param>
public sealed record Refusal(Words Because, string Rule, ImmutableArray<Role> Roles, ImmutableArray<NamedPerson> People);

/// <summary>A person as pages name them.</summary>
/// <param name="Section">所属・会社名.</param>
public sealed record NamedPerson(PersonId Id, string Name, string Kana, string Section);

/// <summary>A page for what somebody may not do.</summary>
/// <param name="Section">The menu entry it belongs to.</param>
public sealed record RefusalModel(Refusal Refusal, string Section, string Back);
