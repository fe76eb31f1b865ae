using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Control;

/// <summary>
/// What a person at the machine may ask of the running bridge, over a socket only the bridge's own user can open. Every act is an entry in the
/// journal under the name of the user who asked; the kernel says who that is.
/// </summary>
public sealed class ControlPages(PanelId panel, string version, IRoom room, IReaderOverview readers, IReaderKeys keys, ReportUplink uplink, MqttBoard brokers, RoomGuard.Evidence.EvidenceLog journal, TimeProvider time)
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(10);

    /// <summary>Adds the pages. They answer on the unix socket alone; on any other door they do not exist.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control");
        control.AddEndpointFilter(async (context, next) => Caller(context.HttpContext) is null ? Results.NotFound() : await next(context));
        control.MapGet("/state", () => Results.Text(State().ToJsonString(), "application/json"));
        control.MapPost("/readers/{reader}/install", (string reader, int? minutes, HttpContext http) => Install(reader, minutes ?? 5, http));
        control.MapPost("/readers/{reader}/rotate", (string reader, HttpContext http) => Rotate(reader, http));
    }

    private static string? Caller(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.Unix } socket ? PeerName.Of(socket) : null;

    private JsonObject State()
    {
        var now = room.State;
        var state = new PanelState(
            time.GetUtcNow(), journal.Boot, version, now.ListVersion, now.SuspensionSerial, now.Journal == JournalCondition.Writing, now.Doors, readers.Now(), now.Inside, now.Power);
        return new JsonObject
        {
            ["panel"] = panel.Value,
            ["state"] = JsonSerializer.SerializeToNode(state, RecordJson.Plain.PanelState),
            ["journal"] = new JsonObject
            {
                ["origin"] = journal.Origin,
                ["entries"] = journal.Size,
                ["condition"] = now.Journal.ToString(),
                ["fault"] = now.JournalFault,
            },
            ["uplink"] = new JsonObject
            {
                ["lag"] = uplink.Lag,
                ["downForSeconds"] = uplink.DownFor?.TotalSeconds,
            },
            ["mqtt"] = new JsonArray([.. brokers.All.Select(source => new JsonObject
            {
                ["source"] = source.Source,
                ["condition"] = source.Condition.ToString(),
                ["lastError"] = source.LastError,
                ["sessionsLost"] = source.Counts.SessionsLost,
                ["notGranted"] = new JsonObject(source.Refused.Select(filter => KeyValuePair.Create<string, JsonNode?>(filter.Key, filter.Value))),
            })]),
            ["listIssuedAt"] = now.ListIssuedAt?.ToString("O", CultureInfo.InvariantCulture),
        };
    }

    private Task Install(string reader, int minutes, HttpContext http)
    {
        var window = TimeSpan.FromMinutes(minutes);
        return window <= TimeSpan.Zero || window > LongestWindow
            ? Refuse(http, $"Install mode lasts 1 to {LongestWindow.TotalMinutes:0} minutes, not {minutes}.")
            : Tell(reader, http, (device, by, stop) => keys.InstallAsync(device, window, by, stop));
    }

    private Task Rotate(string reader, HttpContext http) => Tell(reader, http, keys.RotateAsync);

    private async Task Tell(string reader, HttpContext http, Func<Core.Zones.DeviceId, string, CancellationToken, IAsyncEnumerable<KeyProgress>> act)
    {
        var chosen = keys.Readers.Where(device => reader == "all" || device.Value == reader).ToList();
        if (chosen.Count == 0)
        {
            await Refuse(http, $"There is no reader \"{reader}\". The settings name: {string.Join(", ", keys.Readers)}.");
            return;
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        var by = Caller(http)!;
        foreach (var device in chosen)
        {
            await foreach (var step in act(device, by, http.RequestAborted))
            {
                var mark = (step.Done, step.Well) switch { (false, _) => "…", (true, true) => "○", _ => "×" };
                await http.Response.WriteAsync($"{mark} {step.Reader}: {step.Text}\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
    }

    private static Task Refuse(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsync($"× {why}\n", http.RequestAborted);
    }
}

/// <summary>Who is at the other end of a unix socket, as the kernel says.</summary>
internal static class PeerName
{
    // Linux: socket(7) SO_PEERCRED gives pid, uid and gid of the process that connected.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    internal static string Of(Socket socket)
    {
        Span<int> credentials = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        var uid = credentials[1].ToString(CultureInfo.InvariantCulture);
        var line = File.ReadLines("/etc/passwd").FirstOrDefault(entry => entry.Split(':') is [_, _, var id, ..] && id == uid);
        return line is null ? $"uid:{uid}" : $"os:{line.Split(':')[0]}";
    }
}
