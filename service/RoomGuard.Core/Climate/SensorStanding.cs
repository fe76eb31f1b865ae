using System.Collections.Immutable;

namespace RoomGuard.Core.Climate;

/// <summary>One value of a sensor as last heard; all of it survives a restart.</summary>
/// <param name="Value">The last that could be believed, after calibration; null: none yet.</param>
/// <param name="At">Steady instant of it.</param>
/// <param name="AtWall">The same by the wall.</param>
/// <param name="Raw">What came last, as it came; null: no number.</param>
/// <param name="Told">How what came last was judged: Good, Bad, or Stale for an old thing told again.</param>
/// <param name="Reason">Why, when it was not Good.</param>
/// <param name="Held">A jump that waits for the next value to speak for it; null: none.</param>
/// <param name="HeldAt">Steady instant of it.</param>
/// <param name="Badness">Rises with what cannot be, falls with what can; one bad value among good ones is kept and raises nothing.</param>
/// <param name="SameSince">Steady instant since which it has been exactly the same.</param>
/// <param name="Same">How often in a row.</param>
public sealed record ValueStanding(
    Quantity Quantity,
    double? Value,
    DateTimeOffset? At,
    DateTimeOffset? AtWall,
    double? Raw,
    ValueQuality Told,
    QualityReason Reason,
    double? Held,
    DateTimeOffset? HeldAt,
    int Badness,
    DateTimeOffset? SameSince,
    int Same)
{
    /// <summary>A value nothing is known of.</summary>
    public static ValueStanding New(Quantity quantity) => new(quantity, null, null, null, null, ValueQuality.Offline, QualityReason.NeverHeard, null, null, 0, null, 0);
}

/// <summary>Somebody works on a sensor.</summary>
/// <param name="Until">Wall time at which it ends by itself.</param>
public sealed record SensorService(DateTimeOffset Until, string Reason, string By);

/// <summary>A sensor as it stands; all of it survives a restart, so that a silent one does not begin anew with each start.</summary>
/// <param name="Since">Steady instant at which it was first known here.</param>
/// <param name="HeardAt">Steady instant of the last thing it said itself; null: never.</param>
/// <param name="HeardAtWall">The same by the wall.</param>
/// <param name="AwaySeconds">How long since then nobody here could have heard it: we were not running, or what it is heard through was gone.</param>
/// <param name="Sequence">The last count of its messages.</param>
/// <param name="SampledAt">The last moment of measuring it told.</param>
/// <param name="ClockOffset">How far its clock is usually behind ours, s; null: it has none.</param>
/// <param name="LearnedSeconds">How often it speaks, as it was seen to; null: not known yet.</param>
/// <param name="Service">Somebody works on it; null: nobody.</param>
/// <param name="TestedAt">Steady instant of its last self-test that was written down.</param>
public sealed record SensorStanding(
    string Sensor,
    DateTimeOffset? Since,
    DateTimeOffset? HeardAt,
    DateTimeOffset? HeardAtWall,
    double AwaySeconds,
    long? Sequence,
    DateTimeOffset? SampledAt,
    double? ClockOffset,
    double? LearnedSeconds,
    double? BatteryPercent,
    bool BatteryLow,
    double? LinkPercent,
    bool Tampered,
    SensorService? Service,
    DateTimeOffset? TestedAt,
    ImmutableArray<ValueStanding> Values)
{
    /// <summary>A sensor nothing is known of.</summary>
    public static SensorStanding New(string sensor) => new(sensor, null, null, null, 0, null, null, null, null, null, false, null, false, null, null, []);
}

/// <summary>A gateway as it stands.</summary>
/// <param name="Alive">False: it said, or its end was told; null: nothing was heard of it.</param>
/// <param name="Since">Steady instant of that.</param>
/// <param name="Suspected">Nobody said so, and everything that is heard through it fell silent together.</param>
public sealed record GatewayStanding(string Gateway, bool? Alive, DateTimeOffset Since, bool Suspected)
{
    /// <summary>Whether what is heard through it is blind.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDown => Alive is false || Suspected;
}
