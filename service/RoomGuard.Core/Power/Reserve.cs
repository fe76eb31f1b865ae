namespace RoomGuard.Core.Power;

/// <summary>How a zone stands with its reserve power at one moment.</summary>
/// <param name="IsOutage">Fewer units than needed hang on mains, and at least one is known to stand on its battery.</param>
/// <param name="LeftSeconds">In an outage how long the zone lasts from now; else how long it would last if mains failed now. Null: unknown.</param>
/// <param name="LowBattery">A unit on battery says that little is left.</param>
public readonly record struct Reserve(bool IsOutage, double? LeftSeconds, bool LowBattery)
{
    // Runtime falls faster than load rises: twice the load leaves less than half (Peukert). 1.2 is what the makers' tables show.
    private const double LoadExponent = 1.2;

    /// <summary>The reserve of a plan's units.</summary>
    /// <param name="now">Steady instant.</param>
    public static Reserve Of(PowerPlan plan, IReadOnlyDictionary<string, UnitStanding> units, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(units);
        var onMains = 0;
        var onBattery = 0;
        var low = false;
        var outageLefts = new List<double?>(plan.Units.Length);
        var allLefts = new List<double?>(plan.Units.Length);
        foreach (var name in plan.Units)
        {
            var unit = units.TryGetValue(name, out var known) ? known : UnitStanding.New(name);
            var left = unit.Left(now);
            allLefts.Add(left);
            if (unit.IsOnMains)
            {
                onMains++;
            }
            else
            {
                // A unit of which nothing is known carries nothing that may be counted on.
                outageLefts.Add(unit.Lost is not null && !unit.IsOnBattery ? null : left);
            }

            onBattery += unit.IsOnBattery || unit.Power == UnitPower.Off ? 1 : 0;
            low |= unit.IsOnBattery && unit.LowBattery;
        }

        var isOutage = onMains < plan.UnitsNeeded && onBattery > 0;
        return isOutage
            ? new(true, Lasting(outageLefts, plan.UnitsNeeded - onMains), low)
            : new(false, Lasting(allLefts, plan.UnitsNeeded), false);
    }

    /// <summary>
    /// How long a number of batteries last together, when so many of them are needed: each time one is empty the others carry its share, and what they
    /// said before counts for less. Null: fewer of them are known than needed.
    /// </summary>
    public static double? Lasting(IReadOnlyList<double?> lefts, int needed)
    {
        ArgumentNullException.ThrowIfNull(lefts);
        var known = lefts.Where(left => left is not null).Select(left => left!.Value).Order().ToList();
        if (known.Count < needed || needed < 1)
        {
            return null;
        }

        var total = 0.0;
        while (known.Count >= needed)
        {
            var first = known[0];
            total += first;
            known.RemoveAt(0);
            var share = Math.Pow(known.Count / (known.Count + 1.0), LoadExponent);
            for (var i = 0; i < known.Count; i++)
            {
                known[i] = (known[i] - first) * share;
            }
        }

        return total;
    }
}
