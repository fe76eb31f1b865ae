using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Looking;

/// <summary>The page that asks for a purpose.</summary>
/// <param name="Return">Where the question goes on.</param>
public sealed record PurposeModel(PersonId Subject, string Return, FormState State);

/// <summary>利用状況調査 and, for CHIEF, the form that names people.</summary>
public sealed record InvestigationsModel(ImmutableArray<InvestigationLine> Lines, bool MayName, FormState State);
