using System.Collections.Immutable;
using RoomGuard.Core.Operators;

namespace RoomGuard.Dashboard.SignIn;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Return">Where to go afterwards; a path of ours.</param>
/// <param name="Refused">The last attempt came to nothing.</param>
/// <param name="Now">Who is signed in already; null: nobody.</param>
/// <param name="People">Invented people to choose from; empty on every real site.</param>
public sealed record SignInModel(string Return, bool Refused, Actor? Now, ImmutableArray<InventedPerson> People);
