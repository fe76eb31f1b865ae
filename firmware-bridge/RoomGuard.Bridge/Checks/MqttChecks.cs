using System.Globalization;
using System.Text.Json.Nodes;
using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Checks;

/// <summary>What <c>doctor</c> says of one MQTT broker: its files, the way to it, both certificates and their times, whether it takes us, and whether the running bridge hears it.</summary>
public static class MqttChecks
{
    private const string Meanwhile = "Its sensors are not heard meanwhile; doors and power go on.";

    private static readonly TimeSpan CertificateNotice = TimeSpan.FromDays(30);

    /// <summary>Looks. Connects under a client identifier of its own, so that a running bridge keeps its session.</summary>
    /// <param name="clientId">The bridge's own.</param>
    /// <param name="running">What the running bridge says of this source; null: none runs, or it says nothing.</param>
    public static async Task<DoctorFinding> LookAsync(MqttSourceSettings source, string clientId, JsonNode? running, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            using var secrets = MqttSecrets.Load(source);
            var line = new MqttTcpLine(source, secrets, time);
            if (await MqttProbe.AskAsync(source, source.ClientId ?? clientId, secrets, line, time, stop) is { } refused)
            {
                var remedy = MqttRetry.Remedy(refused.Ending, refused.Reason);
                return DoctorFinding.Act($"{source.Where}: {refused.Text}", remedy.Length > 0 ? remedy : Meanwhile);
            }

            return Times(source, secrets, line, time.GetUtcNow().UtcDateTime) ?? Standing(source, running);
        }
        catch (SettingsException wrong)
        {
            return DoctorFinding.Act(wrong.Message, "The bridge does not start before it is mended.");
        }
        catch (LinkBrokenException broken)
        {
            return DoctorFinding.Act(broken.Message, Meanwhile);
        }
    }

    private static DoctorFinding? Times(MqttSourceSettings source, MqttSecrets secrets, MqttTcpLine line, DateTime now)
    {
        var ends = new[] { (Whose: "the broker's", Until: line.Shown?.Until), (Whose: "our", Until: secrets.Own?.NotAfter.ToUniversalTime()) }
            .Where(item => item.Until is not null).OrderBy(item => item.Until).ToList();
        if (ends.Count == 0 || ends[0].Until - now >= CertificateNotice)
        {
            return null;
        }

        var found = string.Create(CultureInfo.InvariantCulture, $"{source.Where}: {ends[0].Whose} certificate ends {ends[0].Until:yyyy-MM-dd HH:mm}Z, and our clock says {now:yyyy-MM-dd HH:mm}Z");
        return ends[0].Until < now
            ? DoctorFinding.Act(found, "Replace the certificate, or set the clock.")
            : DoctorFinding.Look(found, "Replace it before.");
    }

    private static DoctorFinding Standing(MqttSourceSettings source, JsonNode? running)
    {
        var found = $"{source.Where} takes us, MQTT {source.Version}{(source.Tls is null ? ", clear text" : ", TLS")}";
        if (running is not null && running["condition"]?.GetValue<string>() != nameof(MqttCondition.Connected))
        {
            return DoctorFinding.Look($"{found}; the running bridge is not connected: {running["lastError"]}", "Wait a minute and ask again; then look at the bridge's log.");
        }

        if (running?["notGranted"] is JsonObject { Count: > 0 } filters)
        {
            return DoctorFinding.Look($"{found}; {string.Join(", ", filters.Select(filter => $"{filter.Key} {filter.Value}"))}", "Look at the broker's access list.");
        }

        if (running?["sessionsLost"]?.GetValue<long>() is > 0 and var lost)
        {
            return DoctorFinding.Look($"{found}; it had lost our session {lost} times", "What was sent meanwhile is lost: switch its persistence on, see docs/mqtt-sources.md.");
        }

        return source.Tls is null && !source.IsLoopback
            ? DoctorFinding.Look($"{found}: {source.ClearTextReason}", "Whoever is on that wire reads and writes it. Use TLS as soon as the broker has it (R-NET-03).")
            : DoctorFinding.Well(found);
    }
}
