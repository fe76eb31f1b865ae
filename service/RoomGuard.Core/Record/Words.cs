namespace RoomGuard.Core.Record;

/// <summary>One thing in both languages; Japanese is the original.</summary>
/// <param name="Symbol">A sign in front, so that colour is never the only one; empty: none.</param>
public sealed record Words(string Ja, string En, string Symbol = "");
