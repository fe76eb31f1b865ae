using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Visits;

/// <summary>A visitor as applied for.</summary>
/// <param name="Kana">Empty: not known.</param>
public sealed record VisitorName(string Name, string Kana);

/// <summary>予定の時間: from (included), until (not included).</summary>
public sealed record VisitTime(DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// 訪問 applied for (R-VIS-01). The purpose is the application's reason. A recurring visit names all its times; each becomes a visit of its own, so
/// that one can be called off without the others.
/// </summary>
/// <param name="Times">In order of time; more than one only with a contract behind.</param>
/// <param name="Escorts">付添い者, the first one responsible.</param>
/// <param name="Contract">業務委託契約; null: none.</param>
/// <param name="WalkIn">予定外: applied for at reception.</param>
public sealed record VisitMatter(
    ImmutableArray<VisitorName> Visitors,
    string Organisation,
    ImmutableArray<ZoneId> Zones,
    ImmutableArray<VisitTime> Times,
    ImmutableArray<PersonId> Escorts,
    ImmutableArray<PermittedItem> Items,
    string? Contract,
    bool WalkIn) : CaseMatter(CaseKind.Visit);
