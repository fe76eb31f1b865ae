using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Bridge.Ups;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Nut;

/// <summary>Accepts NUT clients and carries bytes; what is said is decided in <see cref="NutServerSession"/>.</summary>
public sealed class NutListener : IHostedService, IDisposable
{
    // All hosts of a site come back at once after a restart; a short queue costs them seconds.
    private const int Backlog = 1024;
    private const int MostConnections = 4096;
    private const int BufferBytes = 2048;
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly NutServerSection section;
    private readonly NutBoard board;
    private readonly X509Certificate2? certificate;
    private readonly TimeProvider time;
    private readonly ILogger<NutListener> log;
    private readonly CancellationTokenSource stop = new();
    private readonly long started;
    private readonly HashSet<Task> connections = [];
    private readonly Lock gate = new();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    /// <summary>Prepares the server; nothing listens yet.</summary>
    /// <param name="certificate">For TLS; null: STARTTLS is refused.</param>
    public NutListener(NutServerSection section, NutBoard board, X509Certificate2? certificate, TimeProvider time, ILogger<NutListener> log)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.section = section;
        this.board = board;
        this.certificate = certificate;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
    }

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint? At => listener?.LocalEndPoint as IPEndPoint;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var where = new IPEndPoint(IPAddress.Parse(section.Address), section.Port);
        listener = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(where);
            listener.Listen(Backlog);
        }
        catch (SocketException taken)
        {
            listener.Dispose();
            throw new IOException($"The NUT server cannot listen on {where}: {taken.Message}. Stop what holds the port (often upsd), or choose another one with nut.port.", taken);
        }

        accepting = Task.Run(AcceptAsync, CancellationToken.None);
        log.NutListening(section.Address, At!.Port, board.Units.Length);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        listener?.Dispose();
        await accepting;
        Task[] open;
        lock (gate)
        {
            open = [.. connections];
        }

        await Task.WhenAll(open);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener?.Dispose();
        stop.Dispose();
    }

    private TimeSpan Elapsed() => time.GetElapsedTime(started);

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener!.AcceptAsync(stop.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException || stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // Whoever called has hung up again before we answered, or we have no handles left: both pass.
                continue;
            }

            lock (gate)
            {
                if (connections.Count >= MostConnections)
                {
                    socket.Dispose();
                    continue;
                }

                var task = Task.Run(() => ServeAsync(socket), CancellationToken.None);
                connections.Add(task);
                _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    private void Forget(Task task)
    {
        lock (gate)
        {
            connections.Remove(task);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var from = (socket.RemoteEndPoint as IPEndPoint)?.Address is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "?";
        var session = new NutServerSession(new(certificate is not null, section.TlsForActs, TimeSpan.FromSeconds(60)), board, from, Elapsed());
        var plain = new NetworkStream(socket, ownsSocket: true);
        Stream stream = plain;
        var buffer = new byte[BufferBytes];
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            socket.NoDelay = true;
            while (!session.IsOver)
            {
                var rest = session.ClosesAt - Elapsed();
                if (rest <= TimeSpan.Zero)
                {
                    return;
                }

                idle.CancelAfter(rest);
                var count = await stream.ReadAsync(buffer, idle.Token);
                if (count == 0)
                {
                    return;
                }

                var answer = session.Receive(buffer.AsSpan(0, count), Elapsed());
                if (!answer.IsEmpty)
                {
                    await stream.WriteAsync(answer, idle.Token);
                }

                if (session.WantsTls)
                {
                    stream = await SecureAsync(stream, idle);
                    session.TlsUp();
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // Clients that shut down often close without a word; a silent one is closed by us.
            log.NutConnectionEnded(from, gone.Message);
        }
        finally
        {
            session.Gone();
            await stream.DisposeAsync();
            await plain.DisposeAsync();
        }
    }

    private async Task<Stream> SecureAsync(Stream stream, CancellationTokenSource idle)
    {
        idle.CancelAfter(HandshakeLimit);
        var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls13 }, idle.Token);
            var done = tls;
            tls = null;
            return done;
        }
        finally
        {
            if (tls is not null)
            {
                await tls.DisposeAsync();
            }
        }
    }
}

internal static partial class NutLog
{
    [LoggerMessage(1508, LogLevel.Debug, "NUT: the connection of {From} ended: {Why}")]
    public static partial void NutConnectionEnded(this ILogger log, string from, string why);
}
