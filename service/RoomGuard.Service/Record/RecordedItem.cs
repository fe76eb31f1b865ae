using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Service.Record;

/// <summary>Where an entry came from, when a bridge reported it.</summary>
/// <param name="Journal">Name of the bridge's journal.</param>
/// <param name="Seq">Its number there.</param>
/// <param name="Leaf">Leaf hash of its envelope there, base64: by it the bridge's own journal can be held against the record.</param>
public sealed record ReportOrigin(PanelId Panel, string Journal, long Seq, string Leaf);

/// <summary>One entry of the record, as the views see it.</summary>
/// <param name="Event">Null for a kind this version does not know: it stays in the record, and a later version's rebuild shows it.</param>
/// <param name="Origin">Null for what was made here.</param>
public sealed record RecordedItem(long N, string Kind, RecordedEvent? Event, DateTimeOffset ReceivedAt, ReportOrigin? Origin)
{
    /// <summary>When it happened; when it was received, if that is not known.</summary>
    public DateTimeOffset OccurredAt => Event?.OccurredAt ?? ReceivedAt;
}

/// <summary>
/// The payload of the record's entries: the event as it was written where it happened, with the receiving time beside the device's own
/// (R-TIME-03) and, for a bridge's entry, the place in the bridge's journal.
/// </summary>
public static class RecordPayload
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a payload around an event's own JSON, which is taken over byte for byte.</summary>
    public static byte[] Write(ReadOnlySpan<byte> eventJson, DateTimeOffset receivedAt, ReportOrigin? origin)
    {
        using var bytes = new MemoryStream(eventJson.Length + 256);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WritePropertyName("event");
            json.WriteRawValue(eventJson);
            if (origin is not null)
            {
                json.WriteString("journal", origin.Journal);
                json.WriteString("leaf", origin.Leaf);
                json.WriteString("panel", origin.Panel.Value);
            }

            json.WriteString("receivedAt", receivedAt);
            if (origin is not null)
            {
                json.WriteNumber("seq", origin.Seq);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a payload back.</summary>
    /// <exception cref="JsonException">It is none of ours.</exception>
    public static RecordedItem Read(long n, string kind, ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        var origin = root.TryGetProperty("panel", out var panel)
            ? new ReportOrigin(
                new(Text(panel)),
                Text(root.GetProperty("journal")),
                root.GetProperty("seq").GetInt64(),
                Text(root.GetProperty("leaf")))
            : null;
        return new(n, kind, EventOrNull(root.GetProperty("event").GetRawText()), root.GetProperty("receivedAt").GetDateTimeOffset(), origin);
    }

    /// <summary>The event, or null when this version does not know its kind or its members.</summary>
    public static RecordedEvent? EventOrNull(string json)
    {
        try
        {
            return RecordJson.ParseEvent(System.Text.Encoding.UTF8.GetBytes(json));
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new JsonException("A text is missing in the payload.");
}
