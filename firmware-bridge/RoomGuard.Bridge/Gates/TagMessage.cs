using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Gates;

namespace RoomGuard.Bridge.Gates;

/// <summary>What a gate tells in one message, e.g. <c>{"tag":"AS-00417","direction":"out","time":"2026-05-11T09:00:00+09:00"}</c>, of which only the tag must be there, or <c>{"alive":true}</c>.</summary>
/// <param name="Tag">Empty: it read nothing and is alive.</param>
/// <param name="Time">By the gate's clock: RFC 3339, or milliseconds since 1970; null: not told.</param>
public sealed record TagMessage(string Tag, TagDirection? Direction, DateTimeOffset? Time)
{
    private const int LongestPayload = 4096;
    private const int LongestTag = 200;

    /// <summary>Reads a message. Never throws at bytes.</summary>
    /// <param name="wrong">Why it is none; null: it is one.</param>
    public static TagMessage? Read(ReadOnlyMemory<byte> payload, out string? wrong)
    {
        wrong = $"longer than {LongestPayload} bytes";
        if (payload.Length > LongestPayload)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("tag", out _) && root.TryGetProperty("alive", out var alive) && alive.ValueKind == JsonValueKind.True)
            {
                wrong = null;
                return new("", null, null);
            }

            wrong = "no JSON object with a text \"tag\"";
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tag", out var tag) || tag.ValueKind != JsonValueKind.String || tag.GetString() is not { } text || text.Trim().Length is 0 or > LongestTag)
            {
                return null;
            }

            wrong = "\"direction\" is neither \"in\" nor \"out\"";
            TagDirection? direction = null;
            if (root.TryGetProperty("direction", out var way) && way.ValueKind != JsonValueKind.Null)
            {
                direction = way.ValueKind != JsonValueKind.String ? null : way.GetString() switch { "in" => TagDirection.In, "out" => TagDirection.Out, _ => null };
                if (direction is null)
                {
                    return null;
                }
            }

            wrong = null;
            return new(text, direction, root.TryGetProperty("time", out var time) ? TimeOf(time) : null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // A text may also be half a character.
            wrong = "no JSON";
            return null;
        }
    }

    private static DateTimeOffset? TimeOf(JsonElement time) => time.ValueKind switch
    {
        JsonValueKind.String => DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null,
        JsonValueKind.Number when time.TryGetInt64(out var milliseconds) && milliseconds is >= 0 and <= 253_402_300_799_999 => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        _ => null,
    };
}
