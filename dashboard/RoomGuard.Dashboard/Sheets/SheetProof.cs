namespace RoomGuard.Dashboard.Sheets;

/// <summary>What a sheet says of itself (docs/requirements.md (d), R-INP-04).</summary>
/// <param name="Digest">検査値 over what the record has of it.</param>
/// <param name="Profile">運用区分の版.</param>
public sealed record SheetProof(string Digest, string Profile);
