using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Power;

/// <summary>停止計画の変更の申し出 (R-CFG-01, R-PWR-10): counts for nothing until another person approves it.</summary>
/// <param name="Change">Its number, e.g. <c>PP-0003</c>.</param>
/// <param name="From">The version it was made from; 0: there was none.</param>
/// <param name="Plan">As it shall be, or the plan that shall be taken back.</param>
/// <param name="Withdrawn">True: the zone shall have this plan no more.</param>
public sealed record PowerPlanAsked(DateTimeOffset OccurredAt, string Change, int From, PowerPlan Plan, bool Withdrawn, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>停止計画の変更の取下げ・不承認.</summary>
public sealed record PowerPlanDeclined(DateTimeOffset OccurredAt, string Change, ZoneId Zone, string Reason, string By) : RecordedEvent(OccurredAt);
