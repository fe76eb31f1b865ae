using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.HandRegister;

/// <summary>The form for a line, with what was wrong with it.</summary>
public sealed record HandLineFormModel(FormState State);

/// <summary>One line, with what was wrong with the last act.</summary>
public sealed record HandLineModel(HandLineFile File, FormState State);
