using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Cases;

namespace RoomGuard.Dashboard.Me;

/// <summary>自分のページ.</summary>
/// <param name="Waiting">How many cases wait for this person.</param>
/// <param name="Cases">One's own that are not over.</param>
public sealed record MeModel(Actor By, MyFile File, int Waiting, ImmutableArray<CaseLine> Cases);

/// <summary>A card of one's own that was just reported lost.</summary>
/// <param name="Case">Number of the case that follows; null: none.</param>
public sealed record LostModel(string Card, string? Case);
