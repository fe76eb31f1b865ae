using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>A UPS as it stands now.</summary>
/// <param name="Last">The newest reading; Unknown while the unit does not answer.</param>
/// <param name="LastGood">The newest one that may be judged by; null before the first.</param>
public sealed record UpsNow(string Ups, string Label, string LabelEn, UpsReading Last, UpsReading? LastGood)
{
    /// <summary>R-PWR-06: how it is shown. A reading that is too old is Unknown, whatever it said; the last good value is never shown as new.</summary>
    public UpsQuality StateAt(DateTimeOffset now, TimeSpan oldest) => now - Last.At > oldest ? UpsQuality.Unknown : Last.State;

    /// <summary>
    /// How long the battery lasts by the last good reading, the time since then taken off while the unit was on battery: when the link dies in
    /// an outage, this counts on. Null when nothing was ever known.
    /// </summary>
    public TimeSpan? RuntimeLeft(DateTimeOffset now)
    {
        if (LastGood?.Good(UpsQuantity.RuntimeSeconds) is not { } seconds)
        {
            return null;
        }

        var onBattery = (LastGood.Flags & UpsFlags.OnBattery) != 0;
        var left = TimeSpan.FromSeconds(seconds) - (onBattery && now > LastGood.At ? now - LastGood.At : TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

/// <summary>Where the newest reading of each UPS stands. Thread-safe; wires write, everybody reads.</summary>
public sealed class UpsBoard
{
    private readonly ConcurrentDictionary<string, UpsNow> units = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> order;

    /// <summary>A board for these units, none of them read yet.</summary>
    public UpsBoard(IEnumerable<UpsSettings> settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = settings.ToImmutableArray();
        order = [.. all.Select(unit => unit.Id)];
        foreach (var unit in all)
        {
            units[unit.Id] = new(unit.Id, unit.Label, unit.LabelEn, UpsReading.Nothing(unit.Id, now, "not read yet"), null);
        }
    }

    /// <summary>Called on the wire's own thread after each reading; must return at once.</summary>
    public event Action<UpsReading>? Read;

    /// <summary>What a wire says of an order; called on the wire's own thread, must return at once.</summary>
    public event Action<UpsWireAnswer>? Answered;

    /// <summary>An order for a unit; the wires listen. Must return at once.</summary>
    public event Action<CommandUnit>? Ordered;

    /// <summary>All units, in the order of the settings.</summary>
    public ImmutableArray<UpsNow> All => [.. order.Select(id => units[id])];

    /// <summary>One unit; null: none of that name.</summary>
    public UpsNow? Find(string ups) => units.GetValueOrDefault(ups);

    /// <summary>
    /// What was known of a unit in an outage when the bridge stopped. If its link is dead now, its stages go on by that; a stage that fell stale in an
    /// outage would send its hosts down out of their turn.
    /// </summary>
    public void Remember(UnitStanding unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit is { IsOnBattery: true, GoodAtWall: { } at } && units.TryGetValue(unit.Ups, out var before) && before.LastGood is null)
        {
            var values = unit.LeftSeconds is { } left
                ? ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty.Add(UpsQuantity.RuntimeSeconds, new(left, UpsQuality.Good, at))
                : ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty;
            units[unit.Ups] = before with { LastGood = new(unit.Ups, at, UpsQuality.Good, UpsFlags.OnBattery, values, ImmutableSortedDictionary<UpsText, string>.Empty, null) };
        }
    }

    /// <summary>Gives an order to the unit's wire.</summary>
    public void Order(CommandUnit order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (Ordered is { } wires)
        {
            wires(order);
        }
        else
        {
            Answer(new(order.CommandId, UpsCommandAnswer.Silent, "the unit's wire is not open"));
        }
    }

    /// <summary>A wire says what became of an order.</summary>
    public void Answer(UpsWireAnswer answer) => Answered?.Invoke(answer);

    /// <summary>A reading came.</summary>
    public void Take(UpsReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (!units.TryGetValue(reading.Ups, out var before))
        {
            return;
        }

        units[reading.Ups] = before with { Last = reading, LastGood = reading.State == UpsQuality.Good ? reading : before.LastGood };
        Read?.Invoke(reading);
    }
}
