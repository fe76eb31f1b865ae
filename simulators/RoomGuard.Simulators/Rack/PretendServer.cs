using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace RoomGuard.Simulators.Rack;

/// <summary>How a pretend server stands.</summary>
public enum ServerStanding
{
    /// <summary>Comes up.</summary>
    Booting,

    /// <summary>Runs.</summary>
    Up,

    /// <summary>Was told, and stops.</summary>
    Stopping,

    /// <summary>Is off.</summary>
    Down,
}

/// <summary>
/// One server as upsmon makes it behave: logs in, asks every second, stops at FSD. When it is down its remote control asks now and then, without logging
/// in, whether mains are back and nobody tells it to stop; then it comes up.
/// </summary>
internal sealed class PretendServer(ServerSettings settings, RackSettings rack, Func<string, string?> passwordOf, Action changed, TimeProvider time)
{
    private static readonly TimeSpan Asks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Wakes = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    public ServerSettings Settings => settings;

    public ServerStanding Standing { get; private set; } = ServerStanding.Up;

    public bool IsLoggedIn { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await (Standing == ServerStanding.Down ? SleepAsync(stop) : WatchAsync(stop));
            }
            catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException or OperationCanceledException or FormatException)
            {
                // The server of the room is away, or not there yet: upsmon too goes on asking.
            }

            if (IsLoggedIn)
            {
                IsLoggedIn = false;
                changed();
            }

            await WaitAsync(Standing == ServerStanding.Down ? Wakes : Asks, stop);
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        if (passwordOf(settings.User) is not { } password)
        {
            return;
        }

        using var client = new TcpClient();
        await using var lines = await OpenAsync(client, stop);
        await SayAsync(lines, $"USERNAME {settings.User}", stop);
        await SayAsync(lines, $"PASSWORD {password}", stop);
        await SayAsync(lines, $"LOGIN {settings.Monitors}", stop);
        IsLoggedIn = true;
        changed();
        while (true)
        {
            if (await StatusAsync(lines, stop) is { } status && status.Split(' ').Contains("FSD") && !settings.Stubborn)
            {
                await StandAsync(ServerStanding.Stopping, settings.Stops, ServerStanding.Down, stop);
                return;
            }

            await WaitAsync(Asks, stop);
        }
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        using var client = new TcpClient();
        await using var lines = await OpenAsync(client, stop);
        if (await StatusAsync(lines, stop) is { } status && status.Split(' ').Contains("OL") && !status.Split(' ').Contains("FSD"))
        {
            await StandAsync(ServerStanding.Booting, settings.Boots, ServerStanding.Up, stop);
        }
    }

    private async Task StandAsync(ServerStanding first, TimeSpan wait, ServerStanding then, CancellationToken stop)
    {
        Standing = first;
        changed();
        await WaitAsync(wait, stop);
        Standing = then;
        changed();
    }

    private async Task<NutLines> OpenAsync(TcpClient client, CancellationToken stop)
    {
        await client.ConnectAsync(rack.Host, rack.Port, stop);
        var lines = new NutLines(client.GetStream(), AnswersWithin);
        if ((await lines.AskAsync("STARTTLS", stop)).StartsWith("OK", StringComparison.Ordinal))
        {
            // As upsmon without CERTVERIFY: whoever answers is believed.
            await lines.SecureAsync(rack.Host, stop);
        }

        return lines;
    }

    private async Task<string?> StatusAsync(NutLines lines, CancellationToken stop)
    {
        var answer = await lines.AskAsync($"GET VAR {settings.Monitors} ups.status", stop);
        return answer.StartsWith("VAR", StringComparison.Ordinal) ? answer.Split('"')[1] : null;
    }

    private static async Task SayAsync(NutLines lines, string line, CancellationToken stop)
    {
        if (!(await lines.AskAsync(line, stop)).StartsWith("OK", StringComparison.Ordinal))
        {
            throw new IOException($"{line.Split(' ')[0]} was refused");
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait, time, stop);
        }
        catch (OperationCanceledException)
        {
            // Ended by whoever asked for it.
        }
    }

    /// <summary>A conversation by lines, one question at a time.</summary>
    private sealed class NutLines(Stream first, TimeSpan within) : IAsyncDisposable
    {
        private const int LongestLine = 4096;
        private readonly List<byte> line = [];
        private readonly byte[] one = new byte[1];
        private Stream stream = first;

        public async Task<string> AskAsync(string question, CancellationToken stop)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(within);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(question + "\n"), limit.Token);
            line.Clear();
            while (await stream.ReadAsync(one, limit.Token) == 1 && one[0] != (byte)'\n')
            {
                line.Add(one[0]);
                if (line.Count > LongestLine)
                {
                    throw new FormatException("a line without end");
                }
            }

            return line.Count == 0 && one[0] != (byte)'\n' ? throw new IOException("closed") : Encoding.UTF8.GetString([.. line]);
        }

        public async Task SecureAsync(string host, CancellationToken stop)
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
            stream = tls;
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, stop);
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
