using System.Collections.Immutable;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Reception;

/// <summary>受付.</summary>
/// <param name="Typed">What was scanned and led nowhere; empty: nothing.</param>
/// <param name="Scan">What it turned out to be; null: nothing was scanned.</param>
/// <param name="Done">What was just done, as a visit; null: nothing.</param>
public sealed record ReceptionModel(ReceptionBoard Board, string Typed, ScanResult? Scan, string? Done);

/// <summary>Check-in of one visitor.</summary>
/// <param name="Keep">Things to be kept here before the badge is handed out; empty: none.</param>
public sealed record CheckInModel(ReceptionVisitor Standing, FormState State, string Keep, Refusal? Refusal);

/// <summary>A badge comes back.</summary>
public sealed record BadgeBackModel(ReceptionBadge Worn, FormState State, bool Lost, Refusal? Refusal);

/// <summary>予定外の来訪.</summary>
public sealed record WalkInFormModel(FormState State, ImmutableArray<NamedPerson> Escorts, Refusal? Refusal);

/// <summary>予定外の来訪 waiting for its approver.</summary>
public sealed record WalkInModel(WalkIn WalkIn);
