using System.Diagnostics;
using RoomGuard.Core.Doors;

namespace RoomGuard.Dashboard.Text;

/// <summary>Orders to the rooms in one line.</summary>
public static class OrderText
{
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
            _ => throw new UnreachableException($"No text for {order?.GetType().Name}."),
        };
    }
}
