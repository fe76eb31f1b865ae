namespace RoomGuard.Simulators.World;

/// <summary>Something that could be seen at the simulated site.</summary>
/// <param name="Number">Rises by one with each.</param>
/// <param name="At">Since the simulators started.</param>
/// <param name="Kind">A word for programs, e.g. <c>leaf-open</c>, <c>turned-away</c>.</param>
/// <param name="Ja">One short sentence for people.</param>
/// <param name="En">The same in English.</param>
public sealed record WorldNews(long Number, TimeSpan At, string Kind, string? Door, string? Reader, string? Person, string Ja, string En);
