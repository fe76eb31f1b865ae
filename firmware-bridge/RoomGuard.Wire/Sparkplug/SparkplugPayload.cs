using System.Collections.Immutable;

namespace RoomGuard.Wire.Sparkplug;

/// <summary>What a metric holds (Sparkplug 3.0, 6.4.16). Values beyond these are kept as a number.</summary>
public enum SparkplugDataType
{
    /// <summary>Not said; in DATA the type of the BIRTH holds.</summary>
    Unknown = 0,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 1,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 2,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 3,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 4,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 5,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 6,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 7,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 8,

    /// <summary>IEEE 754 single.</summary>
    Float = 9,

    /// <summary>IEEE 754 double.</summary>
    Double = 10,

    /// <summary>True or false.</summary>
    Boolean = 11,

    /// <summary>A text.</summary>
    String = 12,

    /// <summary>Milliseconds since 1970.</summary>
    DateTime = 13,

    /// <summary>A long text.</summary>
    Text = 14,
}

/// <summary>In which field of the metric its value stands.</summary>
public enum SparkplugHolds
{
    /// <summary>None: the metric has no value, or one of a kind that is not read here (data sets, templates, bytes).</summary>
    Nothing,

    /// <summary>Field 10 or 11: whole, in two's complement; see <see cref="SparkplugMetric.Whole"/>.</summary>
    Whole,

    /// <summary>Field 12 or 13.</summary>
    Real,

    /// <summary>Field 14.</summary>
    Flag,

    /// <summary>Field 15.</summary>
    Text,
}

/// <summary>One metric of a payload.</summary>
public sealed record SparkplugMetric
{
    /// <summary>Null in DATA with aliases.</summary>
    public string? Name { get; init; }

    /// <summary>Number that stands for the name; null: none.</summary>
    public ulong? Alias { get; init; }

    /// <summary>Milliseconds since 1970; null: the payload's.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>Null: as in the BIRTH.</summary>
    public SparkplugDataType? DataType { get; init; }

    /// <summary>Kept while the link was down: to be stored, never current.</summary>
    public bool IsHistorical { get; init; }

    /// <summary>There is no value.</summary>
    public bool IsNull { get; init; }

    /// <summary>Property <c>Quality</c>: 0 bad, 192 good, 500 stale; null: not said, which means good.</summary>
    public int? Quality { get; init; }

    /// <summary>Where the value stands.</summary>
    public SparkplugHolds Holds { get; init; }

    /// <summary>The bits of a whole number as they stood on the wire, true as 1.</summary>
    public ulong Whole { get; init; }

    /// <summary>A float or double.</summary>
    public double Real { get; init; }

    /// <summary>A text; null where it is none.</summary>
    public string? Text { get; init; }

    /// <summary>The value as a number: signed types are extended from the unsigned field they travel in; null: it is none.</summary>
    /// <param name="type">The type by the BIRTH, where the metric does not say its own.</param>
    public double? Number(SparkplugDataType type) => IsNull ? null : Holds switch
    {
        SparkplugHolds.Real => Real,
        SparkplugHolds.Flag => Whole == 0 ? 0 : 1,
        SparkplugHolds.Whole => (DataType ?? type) switch
        {
            SparkplugDataType.Int8 => (sbyte)Whole,
            SparkplugDataType.Int16 => (short)Whole,
            SparkplugDataType.Int32 => (int)Whole,
            SparkplugDataType.Int64 => (long)Whole,
            _ => Whole,
        },
        _ => null,
    };
}

/// <summary>What a Sparkplug B message carries.</summary>
/// <param name="Timestamp">Milliseconds since 1970; null: not said.</param>
/// <param name="Sequence">0 to 255, one counter for a node and its devices; null in NDEATH.</param>
public sealed record SparkplugPayload(ulong? Timestamp, ImmutableArray<SparkplugMetric> Metrics, ulong? Sequence)
{
    /// <summary>Name of the metric that tells connections of a node apart.</summary>
    public const string BirthSequence = "bdSeq";

    /// <summary>Name of the metric that asks a node to tell everything again.</summary>
    public const string Rebirth = "Node Control/Rebirth";

    /// <summary>The node's number of its connection; null: none is there.</summary>
    public ulong? ConnectionNumber => Metrics.FirstOrDefault(metric => metric is { Name: BirthSequence, Holds: SparkplugHolds.Whole })?.Whole;
}
