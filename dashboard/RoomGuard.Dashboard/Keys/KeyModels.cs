using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Keys;

/// <summary>The page of keys, with what was wrong with the last act.</summary>
/// <param name="At">Which of its forms was sent: <c>take</c>, <c>register</c>, <c>return</c>; empty: none.</param>
public sealed record KeyModel(KeyLook Look, FormState State, string At);
