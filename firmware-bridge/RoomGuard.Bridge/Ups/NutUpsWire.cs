using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Ups;

/// <summary>A UPS that another machine's <c>upsd</c> knows.</summary>
/// <param name="Name">The unit's name there. A name may exist on many servers: identity is host, port and name.</param>
/// <param name="CertificateName">The name its certificate must bear; null: the host.</param>
public sealed record NutUpsPlace(string Ups, string Host, int Port, string Name, NutTls Tls, string? CertificateName, TimeSpan Every);

/// <summary>The connection to one foreign NUT server for one unit: reads it, reconnects with growing waits, decides nothing.</summary>
public sealed class NutUpsWire : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly NutUpsPlace place;
    private readonly UpsBoard board;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly long started;
    private Task running = Task.CompletedTask;
    private bool downTold;
    private string? told;
    private int misses;

    /// <summary>Prepares the connection; <see cref="Start"/> begins.</summary>
    public NutUpsWire(NutUpsPlace place, UpsBoard board, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.place = place;
        this.board = board;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
    }

    /// <summary>Begins. Once.</summary>
    public void Start() => running = Task.Run(RunAsync, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private TimeSpan Elapsed() => time.GetElapsedTime(started);

    private async Task RunAsync()
    {
        var waits = new ReopenWaits();
        while (!stop.IsCancellationRequested)
        {
            var opened = Elapsed();
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token))
                {
                    limit.CancelAfter(ConnectLimit);
                    await socket.ConnectAsync(place.Host, place.Port, limit.Token);
                }

                await ServeAsync(socket);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or OperationCanceledException)
            {
                Down(broken is OperationCanceledException ? $"did not answer within {ConnectLimit.TotalSeconds:0} s" : broken.Message);
            }

            try
            {
                await Task.Delay(waits.AfterBreak(Elapsed() - opened), time, stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Down(string why)
    {
        var words = $"NUT server {place.Host}:{place.Port}: {why}";
        if (!downTold)
        {
            downTold = true;
            log.UpsLinkDown(place.Ups, words);
        }

        TellUnknown(words);
    }

    // Silence becomes unknown once for each reason, not at every try.
    private void TellUnknown(string why)
    {
        if (told != why)
        {
            told = why;
            board.Take(UpsReading.Nothing(place.Ups, time.GetUtcNow(), why));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var client = new NutClient(new(place.Tls));
        Stream stream = new NetworkStream(socket, ownsSocket: false);
        await using var first = stream;
        SslStream? tls = null;
        var buffer = new byte[4096];
        Task<int>? read = null;
        var due = Elapsed();
        try
        {
            while (true)
            {
                var now = Elapsed();
                if (client.IsIdle && now >= due)
                {
                    due = now + place.Every;
                    _ = client.Ask($"LIST VAR {NutLine.Word(place.Name)}");
                }

                var step = client.Next(now);
                Settle(client);
                if (step.Broken is { } why)
                {
                    throw new IOException($"{why}.");
                }

                if (step.StartTls)
                {
                    tls = new SslStream(stream, leaveInnerStreamOpen: true);
                    stream = tls;
                    await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = place.CertificateName ?? place.Host }, stop.Token);
                    client.TlsUp();
                    continue;
                }

                if (step.Line is { } line)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), stop.Token);
                    continue;
                }

                read ??= stream.ReadAsync(buffer, stop.Token).AsTask();
                var wait = (step.Until ?? due) - Elapsed();
                if (!read.IsCompleted && wait > TimeSpan.Zero)
                {
                    using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                    await Task.WhenAny(read, Task.Delay(wait, time, over.Token));
                    await over.CancelAsync();
                }

                if (read.IsCompleted)
                {
                    var count = await read;
                    read = null;
                    if (count == 0)
                    {
                        throw new IOException("the server closed the connection.");
                    }

                    client.Receive(buffer.AsSpan(0, count), Elapsed());
                    Settle(client);
                }
            }
        }
        finally
        {
            if (tls is not null)
            {
                await tls.DisposeAsync();
            }
        }
    }

    private void Settle(NutClient client)
    {
        while (client.TryTake(out var outcome))
        {
            var now = time.GetUtcNow();
            if (outcome.Error is { } error)
            {
                misses++;
                if (misses >= UpsPace.MissesAllowed || error is "DATA-STALE" or "DRIVER-NOT-CONNECTED" or "UNKNOWN-UPS")
                {
                    TellUnknown($"NUT server {place.Host}:{place.Port} says {error} of {place.Name}. Look at its driver and at the name");
                }

                continue;
            }

            if (downTold || misses > 0)
            {
                log.UpsLinkUp(place.Ups, $"NUT server {place.Host}:{place.Port}");
            }

            downTold = false;
            told = null;
            misses = 0;
            board.Take(NutUpsWords.Read(place.Ups, now, outcome.Variables()));
        }
    }
}
