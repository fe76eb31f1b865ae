using System.Collections.Immutable;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Presence;

/// <summary>Who is inside, zone by zone.</summary>
/// <param name="Questions">How many open questions the reader may see.</param>
/// <param name="Pending">Corrections on their way.</param>
/// <param name="MayCorrect">Whether the reader corrects, or asks for it.</param>
public sealed record PresenceModel(ImmutableArray<ZonePresence> Zones, int Questions, ImmutableArray<PendingCorrection> Pending, bool MayCorrect);

/// <summary>What does not add up.</summary>
/// <param name="Decides">Whether the reader corrects and settles; false: only sees, or asks.</param>
public sealed record QuestionsModel(ImmutableArray<PresenceQuestion> Questions, ImmutableArray<PendingCorrection> Pending, bool Decides, bool Asks);

/// <summary>The form for a correction.</summary>
/// <param name="Decides">True: it is made; false: it is asked for.</param>
/// <param name="Question">What it answers; null: nothing in particular.</param>
public sealed record CorrectionModel(bool Decides, PresenceQuestion? Question, FormState State);

/// <summary>A question to the person who reads it.</summary>
public sealed record OwnQuestionModel(PresenceQuestion Question, FormState State);
