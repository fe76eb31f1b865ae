using System.Collections.Immutable;

namespace RoomGuard.Core.Zones.Rules;

/// <summary>R-ZONE-09: a zone lies in a known zone, never in itself, and at the same bridge.</summary>
public static class NestingRule
{
    /// <summary>What is wrong with a zone.</summary>
    /// <param name="zones">All of the site.</param>
    public static IEnumerable<ZoneFinding> Look(ZoneStructure zone, ImmutableArray<ZoneStructure> zones)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var seen = new HashSet<ZoneId> { zone.Zone };
        for (var at = zone; at.Parent is { } parent;)
        {
            // Presence is kept by one bridge: it cannot know who stands in a zone of another. A zone without doors hangs on no bridge yet.
            if (zones.FirstOrDefault(one => one.Zone == parent) is not { } outer || !seen.Add(parent) || (!zone.Panels.IsEmpty && outer.Panels.Except(zone.Panels).Any()))
            {
                yield return new(zone.Zone, ZoneFault.WrongParent, ZoneEffect.NotInService, "R-ZONE-09", parent.Value, null);
                yield break;
            }

            at = outer;
        }
    }
}
