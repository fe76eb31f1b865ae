using System.Collections.Immutable;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Something people should know besides reports, told once and again at most every hour.</summary>
/// <param name="Source">The broker.</param>
/// <param name="At">When it was noticed.</param>
public abstract record SensorNews(string Source, DateTimeOffset At);

/// <summary>A device nobody enrolled sends (R-NET-01: dropped; R-NET-09: told).</summary>
/// <param name="Sender">The device by its topic, at most 128 letters; <c>*</c>: all those there is no room to tell apart.</param>
/// <param name="ClientId">Who published it, where the broker tells.</param>
/// <param name="Topic">The topic of the latest message.</param>
/// <param name="Count">Messages so far.</param>
/// <param name="Sample">The latest payload, at most 256 bytes.</param>
public sealed record UnknownSender(string Source, DateTimeOffset At, string Sender, string? ClientId, string Topic, long Count, ImmutableArray<byte> Sample) : SensorNews(Source, At)
{
    /// <summary>What enrolling it would write into the settings, one for each model that can read it; empty: none is known, or they were told before.</summary>
    public ImmutableArray<EnrolledSensor> Fits { get; init; } = [];
}

/// <summary>An enrolled sensor, or somebody in its name, behaves oddly.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Count">How often since it was last told.</param>
/// <param name="Detail">In a few English words.</param>
public sealed record SenderOdd(string Source, DateTimeOffset At, string SensorId, OddKind Kind, long Count, string Detail) : SensorNews(Source, At);

/// <summary>The gateway says that it cannot reach this one sensor, or can again.</summary>
public sealed record SensorAway(string Source, DateTimeOffset At, string SensorId, bool Away) : SensorNews(Source, At);

/// <summary>A new device announced itself: 未登録 until somebody enrols it.</summary>
/// <param name="Label">What it calls itself.</param>
/// <param name="Product">Maker and product, as it says.</param>
/// <param name="Suggested">What enrolling it would write into the settings; null: <paramref name="Refused"/> says why there is none.</param>
/// <param name="Refused">What in the announcement is not understood; null: nothing.</param>
public sealed record SensorOffered(string Source, DateTimeOffset At, string Label, string Product, EnrolledSensor? Suggested, string? Refused) : SensorNews(Source, At);

/// <summary>What must be published so that a node tells everything again (Sparkplug: rebirth). At most once a minute for each node.</summary>
public sealed record MessageWanted(string Source, DateTimeOffset At, string Topic, ImmutableArray<byte> Payload) : SensorNews(Source, At);

/// <summary>What came of one message.</summary>
public sealed record SensorsHeard(ImmutableArray<SensorReport> Reports, ImmutableArray<GatewayHeard> Gateways, ImmutableArray<SensorNews> News)
{
    /// <summary>Nothing.</summary>
    public static SensorsHeard Nothing { get; } = new([], [], []);
}

/// <summary>What a sensor last said that is not what its model says.</summary>
/// <param name="Count">How often, since the start.</param>
/// <param name="Reason">In a few English words.</param>
/// <param name="Raw">The payload, at most 256 bytes (mqtt.md: kept for diagnosis).</param>
public sealed record SensorMisreading(string SensorId, DateTimeOffset At, long Count, string Reason, ImmutableArray<byte> Raw);
