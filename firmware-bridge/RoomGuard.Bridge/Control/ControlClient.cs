using System.Net.Sockets;
using System.Text.Json.Nodes;
using RoomGuard.Bridge.Files;

namespace RoomGuard.Bridge.Control;

/// <summary>The running bridge cannot be asked; the message says why and what to do.</summary>
public sealed class ControlException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Asks the running bridge over its control socket.</summary>
public sealed class ControlClient : IDisposable
{
    private readonly HttpClient client;
    private readonly string socketPath;

    /// <summary>For the bridge of this data folder.</summary>
    public ControlClient(string dataFolder)
    {
        socketPath = DataFolder.SocketOf(dataFolder);
        client = new(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            BaseAddress = new("http://control/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The running bridge's state.</summary>
    /// <exception cref="ControlException">It does not answer.</exception>
    public async Task<JsonNode> StateAsync(CancellationToken stop)
    {
        try
        {
            return JsonNode.Parse(await client.GetStringAsync("control/state", stop)) ?? throw new ControlException("The bridge's state is empty.");
        }
        catch (HttpRequestException failed)
        {
            throw NotRunning(failed);
        }
    }

    /// <summary>Orders something and prints what it says, line by line.</summary>
    /// <returns>True when no line was marked ×.</returns>
    /// <exception cref="ControlException">The bridge does not answer.</exception>
    public async Task<bool> OrderAsync(string path, TextWriter output, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            var well = response.IsSuccessStatusCode;
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                await output.WriteLineAsync(line);
                well &= !line.StartsWith('×');
            }

            return well;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw NotRunning(failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private ControlException NotRunning(Exception failed) =>
        new($"No bridge answers at {socketPath}. Start it (roomguard-bridge serve), and run this as the same user.", failed);
}
