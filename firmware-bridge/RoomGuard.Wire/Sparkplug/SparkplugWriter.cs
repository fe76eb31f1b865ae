using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RoomGuard.Wire.Sparkplug;

/// <summary>Values to Sparkplug B payloads, fields in the order of their numbers. Pure.</summary>
public static class SparkplugWriter
{
    /// <summary>Lays out a payload.</summary>
    public static byte[] ToBytes(SparkplugPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var into = new ArrayBufferWriter<byte>();
        Number(into, 1, payload.Timestamp);
        foreach (var metric in payload.Metrics)
        {
            Bytes(into, 2, Metric(metric));
        }

        Number(into, 3, payload.Sequence);
        return into.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Metric(SparkplugMetric metric)
    {
        var into = new ArrayBufferWriter<byte>();
        if (metric.Name is { } name)
        {
            Bytes(into, 1, Encoding.UTF8.GetBytes(name));
        }

        Number(into, 2, metric.Alias);
        Number(into, 3, metric.Timestamp);
        Number(into, 4, metric.DataType is { } type ? (ulong)type : null);
        Number(into, 5, metric.IsHistorical ? 1UL : null);
        Number(into, 7, metric.IsNull ? 1UL : null);
        if (metric.Quality is { } quality)
        {
            Bytes(into, 9, Properties(quality));
        }

        switch (metric.Holds)
        {
            case SparkplugHolds.Whole:
                Number(into, metric.DataType is SparkplugDataType.Int64 or SparkplugDataType.UInt64 or SparkplugDataType.DateTime ? 11 : 10, metric.Whole);
                break;
            case SparkplugHolds.Real when metric.DataType is SparkplugDataType.Double:
                Tag(into, 13, ProtobufForm.Fixed64);
                BinaryPrimitives.WriteDoubleLittleEndian(into.GetSpan(8), metric.Real);
                into.Advance(8);
                break;
            case SparkplugHolds.Real:
                Tag(into, 12, ProtobufForm.Fixed32);
                BinaryPrimitives.WriteSingleLittleEndian(into.GetSpan(4), (float)metric.Real);
                into.Advance(4);
                break;
            case SparkplugHolds.Flag:
                Number(into, 14, metric.Whole);
                break;
            case SparkplugHolds.Text:
                Bytes(into, 15, Encoding.UTF8.GetBytes(metric.Text ?? string.Empty));
                break;
        }

        return into.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Properties(int quality)
    {
        var value = new ArrayBufferWriter<byte>();
        Number(value, 1, (ulong)SparkplugDataType.Int32);
        Number(value, 3, (uint)quality);
        var into = new ArrayBufferWriter<byte>();
        Bytes(into, 1, "Quality"u8);
        Bytes(into, 2, value.WrittenSpan);
        return into.WrittenSpan;
    }

    private static void Tag(ArrayBufferWriter<byte> into, int field, ProtobufForm form) => Varint(into, ((ulong)field << 3) | (ulong)form);

    private static void Number(ArrayBufferWriter<byte> into, int field, ulong? value)
    {
        if (value is { } number)
        {
            Tag(into, field, ProtobufForm.Varint);
            Varint(into, number);
        }
    }

    private static void Bytes(ArrayBufferWriter<byte> into, int field, ReadOnlySpan<byte> bytes)
    {
        Tag(into, field, ProtobufForm.Bytes);
        Varint(into, (ulong)bytes.Length);
        into.Write(bytes);
    }

    private static void Varint(ArrayBufferWriter<byte> into, ulong value)
    {
        while (value >= 0x80)
        {
            into.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        into.Write([(byte)value]);
    }
}
