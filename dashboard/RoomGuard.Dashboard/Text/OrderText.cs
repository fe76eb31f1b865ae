using System.Diagnostics;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;

namespace RoomGuard.Dashboard.Text;

/// <summary>Orders to the rooms in one line.</summary>
public static class OrderText
{
    public static readonly Word PlanWithdrawn = new("取下げ", "withdrawn");
    public static readonly Word OutageAgreed = new("計画停電の合意", "planned outage agreed");
    public static readonly Word OutageCalledOff = new("計画停電の取りやめ", "planned outage called off");

    /// <summary>A zone's mode.</summary>
    public static Sign Of(ZoneMode mode) => mode switch
    {
        ZoneMode.Normal => new("○", new("通常", "normal"), "quiet"),
        ZoneMode.Fire => new("■", new("火災", "fire"), "crit"),
        ZoneMode.Alarm => new("▲", new("警報中", "alarm"), "high"),
        ZoneMode.Drill => new("◇", new("訓練中", "drill"), "warn"),
        ZoneMode.Maintenance => new("△", new("保守中", "maintenance"), "warn"),
        _ => throw new UnreachableException($"No text for {mode}."),
    };

    /// <summary>What an order says, in a few words.</summary>
    public static string Of(RoomOrder order, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return order switch
        {
            VisitPassOrder of => $"{of.Pass.Visit} {of.Pass.BadgeNo}",
            ZoneModeOrder of => $"{ink.Zone(of.Zone)} {ink[Of(of.Mode).Word]}",
            PurposeOrder of => $"{of.Person} {of.PurposeRef}",
            PresenceOrder of => $"{of.Person} {ink[of.Inside ? PresenceText.IsInside : PresenceText.IsOutside]}",
            VisitorOverrideOrder of => $"{ink.Zone(of.Zone)} {of.Visit}",
            PowerPlanOrder of => $"{ink.Zone(of.Plan.Zone)} {ink.Fill(PowerEventText.PlanVersion, of.Plan.Id, of.Plan.Version)}{(of.Withdrawn ? $" {ink[PlanWithdrawn]}" : "")}",
            PlannedOutageOrder of => $"{of.Outage.Id} {ink.Stamp(of.Outage.From)} 〜 {ink.Stamp(of.Outage.To)} {ink[of.CalledOff ? OutageCalledOff : OutageAgreed]}",
            UpsCommandOrder of => $"{of.CommandId} {of.Ups} {UpsCommandText.Of(of.Command, of.DelaySeconds, ink)}",
            ClimateConfirmOrder of => $"{of.Condition} {string.Join(", ", of.Racks)}".TrimEnd(),
            ClimateLimitsOrder of => $"{of.Change} {of.Sensor ?? ink.Zone(of.Zone)} {ink[ClimatePageText.Of(of.Measure)]} {(of.Limits is null ? ink[ClimatePageText.SettingsAgain] : ClimatePageText.Line(of.Limits, ink))}",
            SensorServiceOrder of => of.Ended ? $"{of.Sensor} {ink[ClimateEventText.ServiceOver]}" : $"{of.Sensor} {ink.Fill(ClimateEventText.ServedUntil, ink.Stamp(of.Until))}",
            SensorEnrolOrder of => $"{of.Place.Id} {ink[of.Ended ? SensingText.TakenOut : SensingText.Enrolled]} {of.Wiring.Device}",
            SensingPlanOrder of => $"{of.Change} {ink.Zone(of.Zone)} {ClimateEventText.Factors(of.Factors, ink)}".TrimEnd(),
            _ => throw new UnreachableException($"No text for {order?.GetType().Name}."),
        };
    }
}
