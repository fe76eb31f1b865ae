using System.Collections.Immutable;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>計画停電の登録 (R-PWR-09): FAC has registered it, and it counts for nothing until SYS agrees.</summary>
/// <param name="Outage">Its number, e.g. <c>O-0003</c>.</param>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
/// <param name="Units">The units it concerns; empty: all.</param>
public sealed record PlannedOutageAsked(
    DateTimeOffset OccurredAt, string Outage, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Units, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>A registered planned outage was withdrawn, or not agreed to.</summary>
public sealed record PlannedOutageDeclined(DateTimeOffset OccurredAt, string Outage, string Reason, string By) : RecordedEvent(OccurredAt);
