using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace RoomGuard.Service.Notices.Syslog;

/// <summary>
/// The way to a syslog collector over TLS (RFC 5425). Syslog answers nothing, so a message counts as taken over only when the collector, after it, closes the connection in order: it has then
/// read everything up to our end of it. One connection for each message; notices are few.
/// </summary>
public sealed class SyslogLine : INoticeLine
{
    private readonly SyslogSettings settings;
    private readonly TimeSpan tryWithin;
    private readonly X509Certificate2Collection authorities;
    private readonly X509Certificate2? own;
    private readonly TimeProvider time;

    /// <summary>A way to this collector; connects when something is sent.</summary>
    /// <param name="authorities">Who may have issued its certificate; empty: whom this machine trusts.</param>
    /// <param name="own">Our certificate, where it asks for one.</param>
    public SyslogLine(SyslogSettings settings, TimeSpan tryWithin, X509Certificate2Collection authorities, X509Certificate2? own, TimeProvider time) =>
        (this.settings, this.tryWithin, this.authorities, this.own, this.time) = (settings, tryWithin, authorities, own, time);

    /// <inheritdoc/>
    public Task<NoticeOutcome> SendAsync(NoticeLetter letter, string? to, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return LineFaults.WithinAsync(tryWithin, time, end => HandOverAsync(letter.ToSyslog(settings.Facility).ToFrame(), end), stop);
    }

    /// <inheritdoc/>
    public Task<NoticeOutcome> LookAsync(CancellationToken stop) => LineFaults.WithinAsync(tryWithin, time, end => HandOverAsync(default, end), stop);

    private async Task<NoticeOutcome> HandOverAsync(ReadOnlyMemory<byte> frame, CancellationToken end)
    {
        var plain = await LineFaults.ConnectAsync(settings.Host, settings.Port, end);
        await using var secure = await LineFaults.SecureAsync(plain, settings.ServerName ?? settings.Host, authorities, own, end);
        await secure.WriteAsync(frame, end);
        await secure.FlushAsync(end);

        // With TLS 1.3 a collector that does not know us says so only now: the first read hears it.
        await secure.ShutdownAsync();
        plain.Socket.Shutdown(SocketShutdown.Send);
        return await EndsInOrderAsync(secure, end) ? new NoticeTaken() : new NoticeDelayed("the collector said something instead of closing the connection", WholeChannel: true);
    }

    private static async Task<bool> EndsInOrderAsync(SslStream secure, CancellationToken end)
    {
        var nothing = new byte[256];
        return await secure.ReadAsync(nothing, end) == 0;
    }
}
