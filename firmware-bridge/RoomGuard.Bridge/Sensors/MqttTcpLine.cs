using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Bridge.Links;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The way to a broker by TCP, with TLS where its settings say so.</summary>
/// <param name="secrets">What its files hold; outlives the line.</param>
public sealed class MqttTcpLine(MqttSourceSettings source, MqttSecrets secrets, TimeProvider time) : IMqttLine
{
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;

    // Who publishes all the time sends no PINGREQ: what the far end's machine does not acknowledge for so long tells of a dead link then (R-RED-05).
    private const int UnacknowledgedMs = 20_000;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>The certificate the broker last showed, trusted or not; null: none yet, or no TLS.</summary>
    public MqttBrokerCertificate? Shown { get; private set; }

    private string Name => $"MQTT broker {source.Where}";

    /// <inheritdoc/>
    public async ValueTask<IMqttLink> OpenAsync(CancellationToken stop)
    {
        var socket = await ConnectAsync(stop);
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes(UnacknowledgedMs));
            stream = new NetworkStream(socket, ownsSocket: false);
            var link = source.Tls is { } tls ? new MqttTcpLink(Name, socket, await SecureAsync(stream, tls, stop)) : new MqttTcpLink(Name, socket, stream);
            (socket, stream) = (null, null);
            return link;
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket?.Dispose();
        }
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(source.Host, source.PortNumber, either.Token);
            var connected = socket;
            socket = null;
            return connected;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LinkBrokenException(string.Create(
                CultureInfo.InvariantCulture, $"{Name} did not answer within {ConnectLimit.TotalSeconds:0} s. Look whether it runs and its address is right."));
        }
        catch (SocketException problem)
        {
            throw new LinkBrokenException($"{Name} cannot be reached: {problem.Message}. Look whether it runs and its address is right.", problem);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private async ValueTask<Stream> SecureAsync(Stream plain, MqttTlsSettings tls, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(HandshakeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var stream = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsClientAsync(Options(tls), either.Token);
            var done = stream;
            stream = null;
            return done;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LinkBrokenException(string.Create(
                CultureInfo.InvariantCulture, $"{Name} made no TLS within {HandshakeLimit.TotalSeconds:0} s. Does this port speak TLS?"));
        }
        catch (AuthenticationException refused)
        {
            throw new LinkBrokenException($"{Name}: {Shown?.Objection ?? $"TLS was not made: {Innermost(refused)} Does this port speak TLS, and does the broker want another certificate of ours?"}", refused);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            throw new LinkBrokenException($"{Name}: TLS was not made: {Innermost(broken)} Does this port speak TLS, and does the broker want a certificate of ours?", broken);
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
        }
    }

    private SslClientAuthenticationOptions Options(MqttTlsSettings tls) => new()
    {
        TargetHost = tls.ServerName ?? source.Host,
        ClientCertificateContext = secrets.Own is { } own ? SslStreamCertificateContext.Create(own, secrets.Between, offline: true) : null,
        CertificateChainPolicy = Trusted(),
        RemoteCertificateValidationCallback = (_, shown, chain, errors) => Judge(tls, shown, chain, errors),
    };

    private X509ChainPolicy Trusted()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (secrets.Authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(secrets.Authorities);
        }

        return policy;
    }

    private bool Judge(MqttTlsSettings tls, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null)
        {
            Shown = new(null, null, "it shows no certificate.");
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var print = certificate.GetCertHash(HashAlgorithmName.SHA256);
        var objection = MqttTlsSettings.Digest(tls.Fingerprint) is { } pinned
            ? CryptographicOperations.FixedTimeEquals(pinned, print) ? null : $"its certificate is another one than tls.fingerprint names. It has {Convert.ToHexString(print)}; write that only if you know why it changed."
            : Objection(errors, chain, certificate, tls.ServerName ?? source.Host);
        Shown = new(certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), objection);
        return objection is null;
    }

    private string? Objection(SslPolicyErrors errors, X509Chain? chain, X509Certificate2 certificate, string name)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return $"its certificate ({certificate.Subject}) does not bear the name {name}. Correct host or tls.serverName, or have the broker's certificate made for that name.";
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"its certificate is good from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z, and our clock says {now:yyyy-MM-dd HH:mm}Z. Replace it, or set the clock.");
        }

        var why = string.Join(", ", chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct() ?? []);
        return $"its certificate ({certificate.Subject}) is not trusted ({why}). Name the authority that issued it with tls.authorityFile.";
    }

    private static string Innermost(Exception failed)
    {
        while (failed.InnerException is { } inner)
        {
            failed = inner;
        }

        return failed.Message.EndsWith('.') ? failed.Message : failed.Message + ".";
    }
}

/// <summary>What a broker showed of itself.</summary>
/// <param name="From">Since when its certificate is good, UTC; null: it showed none.</param>
/// <param name="Until">Until when.</param>
/// <param name="Objection">Why it is not trusted, with what to do; null: it is.</param>
public sealed record MqttBrokerCertificate(DateTime? From, DateTime? Until, string? Objection);

/// <summary>A TCP connection to a broker, with or without TLS.</summary>
internal sealed class MqttTcpLink(string name, Socket socket, Stream stream) : IMqttLink
{
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken stop)
    {
        try
        {
            return await stream.ReadAsync(into, stop);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            throw Gone(broken);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync(bytes, stop);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            throw Gone(broken);
        }
    }

    public async ValueTask FinishAsync()
    {
        try
        {
            if (stream is SslStream tls)
            {
                await tls.ShutdownAsync();
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            throw Gone(broken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private LinkBrokenException Gone(Exception broken) =>
        new($"{name} has gone: {(broken.InnerException ?? broken).Message}. It is connected again by itself; look at the broker's log and the network.", broken);
}
