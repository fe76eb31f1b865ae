using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Win32.SafeHandles;
using RoomGuard.Bridge.Links;

namespace RoomGuard.Bridge.Broker;

/// <summary>What the broker shows and whom it trusts.</summary>
/// <param name="Authorities">Of client certificates; null: none is asked for.</param>
internal sealed record TlsIdentity(X509Certificate2 Certificate, SslStreamCertificateContext Presented, X509Certificate2Collection? Authorities);

/// <summary>
/// MQTT over TLS: does the handshake, names the user by the client's certificate, and carries the bytes between TLS and a pair of local sockets whose other end the broker's
/// thread serves as any connection. So that thread knows nothing of TLS, and a slow client holds back its own bytes and nobody else's.
/// </summary>
internal sealed class BrokerTls : IAsyncDisposable
{
    private const int Backlog = 512;
    private const int BufferBytes = 16 * 1024;

    private readonly BrokerTlsSettings settings;
    private readonly int mostConnections;
    private readonly TimeSpan handshakeWithin;
    private readonly TlsIdentity identity;
    private readonly BrokerLoop loop;
    private readonly BrokerMeters meters;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<Task> carrying = [];
    private readonly Lock gate = new();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    internal BrokerTls(BrokerTlsSettings settings, BrokerLimitSettings bounds, TlsIdentity identity, BrokerLoop loop, BrokerMeters meters, TimeProvider time, ILogger log)
    {
        this.settings = settings;
        this.loop = loop;
        this.meters = meters;
        this.time = time;
        this.log = log;
        mostConnections = bounds.Connections;
        handshakeWithin = bounds.ConnectWithin ?? TimeSpan.FromSeconds(10);
        this.identity = identity;
    }

    /// <summary>Where it listens; null: nowhere.</summary>
    internal IPEndPoint? At => listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Reads what the settings name; the doctor does the same.</summary>
    /// <param name="own">The bridge's certificate, where the settings name none.</param>
    /// <exception cref="Hosting.SettingsException">A file of the settings is no certificate or key.</exception>
    internal static TlsIdentity Load(BrokerTlsSettings settings, X509Certificate2? own)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            X509Certificate2 certificate;
            if (settings.Certificate is { } path)
            {
                certificate = X509Certificate2.CreateFromPemFile(path, settings.Key);
                chain.ImportFromPemFile(path);
            }
            else
            {
                certificate = own ?? throw new Hosting.SettingsException("broker.tls: the bridge has no certificate of its own yet. Join the service first, or name certificate and key.");
            }

            X509Certificate2Collection? authorities = null;
            if (settings.ClientAuthority is { } authority)
            {
                authorities = [];
                authorities.ImportFromPemFile(authority);
            }

            return new(certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true), authorities);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new Hosting.SettingsException($"broker.tls: {wrong.Message} certificate, key and clientAuthority are PEM files this user can read.", wrong);
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">The port is taken, or the address is none of this machine.</exception>
    internal void Listen()
    {
        var where = new IPEndPoint(IPAddress.Parse(settings.Address), settings.Port);
        var socket = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(where);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        listener = socket;
        accepting = Task.Run(AcceptAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener?.Dispose();
        await accepting;
        Task[] open;
        lock (gate)
        {
            open = [.. carrying];
        }

        await Task.WhenAll(open);
        stop.Dispose();
    }

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
                // Whoever called has hung up again, or we have no handles left: both pass.
                continue;
            }

            lock (gate)
            {
                if (carrying.Count >= mostConnections)
                {
                    meters.Refuse("connections");
                    socket.Dispose();
                    continue;
                }

                var task = Task.Run(() => ServeAsync(socket));
                carrying.Add(task);
                _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    private void Forget(Task task)
    {
        lock (gate)
        {
            carrying.Remove(task);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var from = (socket.RemoteEndPoint as IPEndPoint)?.Address is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "?";
        await using var plain = new NetworkStream(socket, ownsSocket: true);
        await using var tls = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            socket.NoDelay = true;
            using (var limit = new CancellationTokenSource(handshakeWithin, time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token))
            {
                await tls.AuthenticateAsServerAsync(Options(), either.Token);
            }

            var certified = (tls.RemoteCertificate as X509Certificate2)?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            using var inside = Join(from, certified);
            await CarryAsync(tls, inside);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            if (gone is AuthenticationException)
            {
                meters.Refuse("tls");
            }

            log.MqttTlsEnded(from, gone.Message);
        }
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = identity.Presented,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = identity.Authorities is not null,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null ? !settings.CertificateRequired : identity.Authorities is null || IsOurs(shown),
    };

    private bool IsOurs(X509Certificate shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(identity.Authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return shown is X509Certificate2 certificate && chain.Build(certificate);
    }

    /// <summary>Makes the pair: one end for the broker's thread, the other for us.</summary>
    private unsafe Socket Join(string from, string? certified)
    {
        var two = stackalloc int[2];
        if (Libc.SocketPair(Libc.UnixFamily, Libc.StreamSocket | Libc.CloseOnExec, 0, two) != 0)
        {
            throw new IOException("No handles left for a TLS connection. Raise the limit of open files (ulimit -n).");
        }

        var theirs = new SafeFileHandle(two[0], ownsHandle: true);
        var ours = new Socket(new SafeSocketHandle(two[1], ownsHandle: true));
        _ = Libc.Control(theirs, Libc.SetFlags, Libc.NonBlocking);
        loop.Order(() => loop.Adopt(theirs, from, certified));
        return ours;
    }

    private async Task CarryAsync(SslStream tls, Socket inside)
    {
        await using var local = new NetworkStream(inside, ownsSocket: false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var inwards = CopyAsync(tls, local, over.Token);
        var outwards = CopyAsync(local, tls, over.Token);
        if (await Task.WhenAny(inwards, outwards) == inwards)
        {
            // The client has gone, in order or not: the broker hears the end of its stream.
            inside.Shutdown(SocketShutdown.Send);
        }
        else
        {
            await outwards;
            await tls.ShutdownAsync();
        }

        over.CancelAfter(TimeSpan.FromSeconds(2));
        await Task.WhenAll(inwards, outwards);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        // Room for a record is taken when one has come: an idle client holds none.
        while (true)
        {
            _ = await from.ReadAsync(Memory<byte>.Empty, stop);
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
            try
            {
                var count = await from.ReadAsync(buffer, stop);
                if (count == 0)
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), stop);
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
