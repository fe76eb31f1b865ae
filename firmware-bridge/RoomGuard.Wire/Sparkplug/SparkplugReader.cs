using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace RoomGuard.Wire.Sparkplug;

/// <summary>Why a payload cannot be read.</summary>
public enum SparkplugFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Longer than <see cref="SparkplugReader.LongestPayload"/>.</summary>
    TooLong,

    /// <summary>No Protobuf: a field runs over the end, or has a form that does not exist.</summary>
    Malformed,

    /// <summary>More metrics than <see cref="SparkplugReader.MostMetrics"/>.</summary>
    TooMany,

    /// <summary>A text is not UTF-8, or a name is longer than 512 bytes.</summary>
    BadText,
}

/// <summary>What one look at a payload found.</summary>
/// <param name="Payload">Null with a fault.</param>
public readonly record struct SparkplugRead(SparkplugPayload? Payload, SparkplugFault Fault);

/// <summary>Sparkplug B payloads (Sparkplug 3.0 clause 6.4, Protobuf proto2) to values. Pure; never throws at bytes, and what it makes of them is bounded.</summary>
public static class SparkplugReader
{
    /// <summary>Bytes of the longest payload taken.</summary>
    public const int LongestPayload = 256 * 1024;

    /// <summary>Most metrics of one payload.</summary>
    public const int MostMetrics = 2_000;

    private const int LongestText = 512;

    /// <summary>Reads a payload.</summary>
    public static SparkplugRead Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestPayload)
        {
            return new(null, SparkplugFault.TooLong);
        }

        // Payload: 1 timestamp, 2 metrics, 3 sequence, 4 uuid, 5 body.
        var fields = new ProtobufBytes(bytes);
        ulong? timestamp = null;
        ulong? sequence = null;
        var metrics = ImmutableArray.CreateBuilder<SparkplugMetric>();
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Is(ProtobufForm.Varint):
                    timestamp = fields.Number;
                    break;
                case 2 when fields.Is(ProtobufForm.Bytes):
                    if (metrics.Count == MostMetrics)
                    {
                        return new(null, SparkplugFault.TooMany);
                    }

                    if (Metric(fields.Content, out var fault) is not { } metric)
                    {
                        return new(null, fault);
                    }

                    metrics.Add(metric);
                    break;
                case 3 when fields.Is(ProtobufForm.Varint):
                    sequence = fields.Number;
                    break;
            }
        }

        return fields.Broken ? new(null, SparkplugFault.Malformed) : new(new(timestamp, metrics.DrainToImmutable(), sequence), SparkplugFault.None);
    }

    private static SparkplugMetric? Metric(ReadOnlySpan<byte> bytes, out SparkplugFault fault)
    {
        // Metric: 1 name, 2 alias, 3 timestamp, 4 datatype, 5 historical, 6 transient, 7 null, 9 properties;
        // 10 int, 11 long, 12 float, 13 double, 14 boolean, 15 string. Some senders use 10 and 11 for each other.
        var metric = new SparkplugMetric();
        fault = SparkplugFault.None;
        var fields = new ProtobufBytes(bytes);
        while (fields.Next() && fault == SparkplugFault.None)
        {
            metric = fields.Field switch
            {
                1 when fields.Is(ProtobufForm.Bytes) => metric with { Name = Text(fields.Content, ref fault) },
                2 when fields.Is(ProtobufForm.Varint) => metric with { Alias = fields.Number },
                3 when fields.Is(ProtobufForm.Varint) => metric with { Timestamp = fields.Number },
                4 when fields.Is(ProtobufForm.Varint) => metric with { DataType = fields.Number <= int.MaxValue ? (SparkplugDataType)fields.Number : SparkplugDataType.Unknown },
                5 when fields.Is(ProtobufForm.Varint) => metric with { IsHistorical = fields.Number != 0 },
                7 when fields.Is(ProtobufForm.Varint) => metric with { IsNull = fields.Number != 0 },
                9 when fields.Is(ProtobufForm.Bytes) => metric with { Quality = Quality(fields.Content, ref fault) },
                10 or 11 when fields.Is(ProtobufForm.Varint) => metric with { Holds = SparkplugHolds.Whole, Whole = fields.Number },
                12 when fields.Is(ProtobufForm.Fixed32) => metric with { Holds = SparkplugHolds.Real, Real = BitConverter.UInt32BitsToSingle((uint)fields.Number) },
                13 when fields.Is(ProtobufForm.Fixed64) => metric with { Holds = SparkplugHolds.Real, Real = BitConverter.UInt64BitsToDouble(fields.Number) },
                14 when fields.Is(ProtobufForm.Varint) => metric with { Holds = SparkplugHolds.Flag, Whole = fields.Number == 0 ? 0UL : 1UL },
                15 when fields.Is(ProtobufForm.Bytes) => metric with { Holds = SparkplugHolds.Text, Text = Text(fields.Content, ref fault) },
                _ => metric,
            };
        }

        fault = fields.Broken ? SparkplugFault.Malformed : fault;
        return fault == SparkplugFault.None ? metric : null;
    }

    // PropertySet: 1 keys[], 2 values[] in the same order. PropertyValue: 3 int, 4 long among others.
    private static int? Quality(ReadOnlySpan<byte> bytes, ref SparkplugFault fault)
    {
        var fields = new ProtobufBytes(bytes);
        int keys = 0, values = 0, wanted = -1;
        int? quality = null;
        while (fields.Next())
        {
            if (fields.Field == 1 && fields.Is(ProtobufForm.Bytes))
            {
                wanted = fields.Content.SequenceEqual("Quality"u8) ? keys : wanted;
                keys++;
            }
        }

        var again = new ProtobufBytes(bytes);
        while (wanted >= 0 && again.Next())
        {
            if (again.Field == 2 && again.Is(ProtobufForm.Bytes) && values++ == wanted)
            {
                var value = new ProtobufBytes(again.Content);
                while (value.Next())
                {
                    quality = value.Field is 3 or 4 && value.Is(ProtobufForm.Varint) ? (int)value.Number : quality;
                }

                fault = value.Broken ? SparkplugFault.Malformed : fault;
            }
        }

        fault = fields.Broken ? SparkplugFault.Malformed : fault;
        return quality;
    }

    private static string? Text(ReadOnlySpan<byte> bytes, ref SparkplugFault fault)
    {
        if (bytes.Length > LongestText || !Utf8.IsValid(bytes))
        {
            fault = SparkplugFault.BadText;
            return null;
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
