using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>What goes over the wire to a receiver (docs/ups.md, Webhooks). Pure.</summary>
public static class WebhookMessage
{
    /// <summary>The body; the same bytes for every repetition.</summary>
    /// <param name="site">The site's id.</param>
    public static byte[] Body(WebhookCall call, string site)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("site", site);
            json.WriteString("zone", call.Zone.Value);
            json.WriteString("plan", call.Plan);
            json.WriteNumber("version", call.PlanVersion);
            json.WriteString("outage", call.OutageId);
            json.WriteString("stage", call.Stage);
            json.WriteString("act", call.Act is WebhookAct.Stop ? "stop" : "take-back");
            json.WriteString("cause", CauseOf(call));
            json.WriteString("at", call.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            if (call.LeftSeconds is { } left)
            {
                json.WriteNumber("leftSeconds", left);
            }
            else
            {
                json.WriteNull("leftSeconds");
            }

            json.WriteString("id", call.Id);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string CauseOf(WebhookCall call) => call.Cause switch
    {
        null => "mains-back",
        StageCause.Threshold => "threshold",
        StageCause.LowBattery => "low-battery",
        StageCause.RuntimeUnknown => "runtime-unknown",
        StageCause.Forced => "forced",
        _ => throw new UnreachableException($"No word for {call.Cause}."),
    };
}
