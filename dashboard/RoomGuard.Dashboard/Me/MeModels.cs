using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Me;

/// <summary>自分のページ.</summary>
/// <param name="Waiting">How many cases wait for this person.</param>
/// <param name="Cases">One's own that are not over.</param>
/// <param name="Purposes">Zones that ask for a purpose.</param>
/// <param name="State">Of the form for a purpose.</param>
/// <param name="Questions">What does not add up in one's own stays.</param>
public sealed record MeModel(Actor By, MyFile File, int Waiting, ImmutableArray<CaseLine> Cases, ImmutableArray<PresenceQuestion> Questions, ImmutableArray<OwnPurpose> Purposes, FormState State);

/// <summary>A card of one's own that was just reported lost.</summary>
/// <param name="Case">Number of the case that follows; null: none.</param>
public sealed record LostModel(string Card, string? Case);
