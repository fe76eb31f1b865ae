using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RoomGuard.Service.Notices;

/// <summary>How connections are opened and what their faults are called; the same for all channels.</summary>
internal static class LineFaults
{
    /// <summary>Connects.</summary>
    public static async Task<NetworkStream> ConnectAsync(string host, int port, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host.Trim('[', ']'), port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Puts TLS on a connection.</summary>
    /// <param name="authorities">Who may have issued the other side's certificate; empty: whom this machine trusts.</param>
    public static async Task<SslStream> SecureAsync(Stream plain, string name, X509Certificate2Collection authorities, X509Certificate2? own, CancellationToken stop)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = name.Trim('[', ']'),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = NoticeSecrets.Trust(authorities),
                    ClientCertificates = own is null ? null : new X509CertificateCollection { own },
                },
                stop);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one try within its time and turns what broke into an outcome.</summary>
    public static async Task<NoticeOutcome> WithinAsync(TimeSpan limit, TimeProvider time, Func<CancellationToken, Task<NoticeOutcome>> attempt, CancellationToken stop)
    {
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        try
        {
            return await attempt(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new NoticeDelayed(string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0.#} s"), WholeChannel: true);
        }
        catch (AuthenticationException untrusted)
        {
            return new NoticeDelayed($"TLS failed: {Innermost(untrusted)}", WholeChannel: true, GoOn: true);
        }
        catch (HttpRequestException failed)
        {
            return new NoticeDelayed(Innermost(failed), WholeChannel: true, GoOn: failed.HttpRequestError is HttpRequestError.SecureConnectionError);
        }
        catch (Exception failed) when (failed is IOException or SocketException)
        {
            return new NoticeDelayed(Innermost(failed), WholeChannel: true);
        }
    }

    private static string Innermost(Exception failed)
    {
        var innermost = failed;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost == failed ? failed.Message : $"{failed.Message} ({innermost.Message})";
    }
}
