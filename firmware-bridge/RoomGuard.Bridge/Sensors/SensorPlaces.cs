using System.Collections.Immutable;
using System.Text.Json;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Where in the messages of one topic what is told stands: a model's rows with their paths made ready.</summary>
internal sealed class SensorPlaces
{
    private readonly SensorTopic topic;
    private readonly bool isOwn;
    private readonly ImmutableArray<Share> battery;
    private readonly SensorSign? lowSign;
    private readonly SensorSign? testSign;
    private readonly SensorSign? tamperSign;
    private readonly SensorSampled? sampled;
    private readonly Share? link;
    private readonly SensorPath? low;
    private readonly SensorPath? test;
    private readonly SensorPath? tamper;
    private readonly SensorPath? time;
    private readonly SensorPath? sequence;
    private readonly SensorPath? identity;

    public SensorPlaces(MqttSensorModel model, SensorTopic topic, ImmutableArray<SensorRow> rows)
    {
        this.topic = topic;
        isOwn = rows.Any(row => row.Topic == topic.Pattern);
        Rows = [.. rows.Select(row => new Row(row, Place(row.Path), Place(row.UnitPath)))];
        battery = [.. (model.Battery ?? []).Select(share => new Share(share, Place(share.Path), Place(share.UnlessPath)))];
        link = model.Link is { } told ? new Share(told, Place(told.Path), Place(told.UnlessPath)) : null;
        (lowSign, testSign, tamperSign, sampled) = (model.BatteryLow, model.SelfTest, model.Tampered, model.Sampled);
        (low, test, tamper, time) = (Place(lowSign?.Path), Place(testSign?.Path), Place(tamperSign?.Path), Place(sampled?.Path));
        (sequence, identity) = (Place(model.Sequence), Place(model.Identity));
    }

    public ImmutableArray<Row> Rows { get; }

    /// <summary>Whether the message must be JSON.</summary>
    public bool NeedsJson(string heardOn, string? field)
    {
        foreach (var row in Rows)
        {
            if (row.Place is not null && IsTold(row.Told, heardOn, field))
            {
                return true;
            }
        }

        return topic.Root is not null;
    }

    /// <summary>Whether a row is told on this topic and field at all. On a topic that some rows name as their own the others are not.</summary>
    public bool IsTold(SensorRow row, string heardOn, string? field) =>
        row.Topic is { } own ? own == heardOn : !isOwn && (topic.FieldIsFirst ? row.Field is null : row.Field == field);

    /// <summary>What stands at a row's place.</summary>
    public SensorCell Find(SensorPath? place, JsonElement? json, ReadOnlySpan<byte> payload, string? field)
    {
        if (place is null)
        {
            return SensorCell.Of(payload);
        }

        if (json is not { } root)
        {
            return SensorCell.Absent;
        }

        return !topic.FieldIsFirst ? place.Find(root) : place.First == field ? place.Find(root, from: 1) : SensorCell.Absent;
    }

    /// <summary>In what a row is counted, as the message says.</summary>
    public SensorCell Unit(Row row, JsonElement? json, string? field) => row.UnitPlace is null || json is null ? SensorCell.Absent : Find(row.UnitPlace, json, default, field);

    public double? Battery(JsonElement? json, ReadOnlySpan<byte> payload, string? field)
    {
        foreach (var share in battery)
        {
            if (Read(share, json, payload, field) is { } percent)
            {
                return percent;
            }
        }

        return null;
    }

    public double? Link(JsonElement? json, ReadOnlySpan<byte> payload, string? field) => link is { } told ? Read(told, json, payload, field) : null;

    public bool BatteryLow(JsonElement? json, string? field) => Sign(lowSign, low, json, field);

    public bool SelfTest(JsonElement? json, string? field) => Sign(testSign, test, json, field);

    public bool Tampered(JsonElement? json, string? field) => Sign(tamperSign, tamper, json, field);

    public DateTimeOffset? Sampled(JsonElement? json, string? field, TimeZoneInfo? zone) =>
        time is null || json is null ? null : SensorReadings.Time(Find(time, json, default, field), sampled!.IsLocal ? zone : null);

    public bool SampledByGateway => sampled is { ByGateway: true };

    public long? Sequence(JsonElement? json, string? field) =>
        sequence is not null && json is not null && Find(sequence, json, default, field).Number is { } number && Math.Abs(number) < 1e15 ? (long)number : null;

    public string? Identity(JsonElement? json, string? field) =>
        identity is not null && json is not null && Find(identity, json, default, field) is { There: true, Word.Length: > 0 } cell ? cell.Word : null;

    private double? Read(Share share, JsonElement? json, ReadOnlySpan<byte> payload, string? field)
    {
        if ((share.Place is null && share.Told.Field is null) || (!topic.FieldIsFirst && share.Told.Field != field))
        {
            return null;
        }

        var unless = share.Unless is null ? SensorCell.Absent : Find(share.Unless, json, default, field);
        return SensorReadings.Share(share.Told, Find(share.Place, json, payload, field), unless);
    }

    private bool Sign(SensorSign? sign, SensorPath? place, JsonElement? json, string? field) =>
        sign is not null && json is not null && SensorReadings.Sign(Find(place, json, default, field), sign.On, sign.Off) == true;

    private SensorPath? Place(string? path) =>
        path is null ? null
        : path.StartsWith("$.", StringComparison.Ordinal) ? SensorPath.Read(path[2..])
        : SensorPath.Read(topic.Root is { } root ? $"{root}{(path[0] == '[' ? string.Empty : ".")}{path}" : path);

    internal readonly record struct Row(SensorRow Told, SensorPath? Place, SensorPath? UnitPlace);

    private readonly record struct Share(SensorShare Told, SensorPath? Place, SensorPath? Unless);
}
