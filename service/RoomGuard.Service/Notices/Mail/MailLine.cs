using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>
/// The way to a mail relay (RFC 5321, 3207, 4954). Thin on purpose: one message to one address over one connection. A relay that does not offer what the settings ask for hears neither a
/// message nor a password.
/// </summary>
public sealed class MailLine : INoticeLine
{
    private static readonly TimeSpan QuitWithin = TimeSpan.FromSeconds(2);

    private readonly MailSettings settings;
    private readonly TimeSpan tryWithin;
    private readonly string? password;
    private readonly X509Certificate2Collection authorities;
    private readonly TimeProvider time;

    /// <summary>A way to this relay; connects when something is sent.</summary>
    /// <param name="password">Null: no sign-in.</param>
    /// <param name="authorities">Who may have issued its certificate; empty: whom this machine trusts.</param>
    public MailLine(MailSettings settings, TimeSpan tryWithin, string? password, X509Certificate2Collection authorities, TimeProvider time) =>
        (this.settings, this.tryWithin, this.password, this.authorities, this.time) = (settings, tryWithin, password, authorities, time);

    /// <inheritdoc/>
    public Task<NoticeOutcome> SendAsync(NoticeLetter letter, string? to, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (to is null)
        {
            return Task.FromResult<NoticeOutcome>(new NoticeRefused("the contact has no mail address"));
        }

        var bytes = letter.ToMail(settings.From, to, time.GetUtcNow()).ToBytes();
        return LineFaults.WithinAsync(tryWithin, time, end => TalkAsync((talk, gone) => HandOverAsync(talk, to, bytes, gone), end), stop);
    }

    /// <inheritdoc/>
    public Task<NoticeOutcome> LookAsync(CancellationToken stop) =>
        LineFaults.WithinAsync(tryWithin, time, end => TalkAsync((_, _) => Task.FromResult<NoticeOutcome>(new NoticeTaken()), end), stop);

    private async Task<NoticeOutcome> TalkAsync(Func<SmtpTalk, CancellationToken, Task<NoticeOutcome>> act, CancellationToken end)
    {
        var plain = await LineFaults.ConnectAsync(settings.Host, settings.Port, end);
        Stream stream = plain;
        try
        {
            var name = settings.ClientName ?? Literal(((IPEndPoint)plain.Socket.LocalEndPoint!).Address);
            if (settings.Security == MailSecurity.Tls)
            {
                stream = await LineFaults.SecureAsync(plain, settings.Host, authorities, null, end);
            }

            var talk = new SmtpTalk(stream);
            if (await talk.HearAsync(end) is { IsPositive: false } unwilling)
            {
                return new NoticeDelayed($"the relay takes no mail: {unwilling.Shown()}", WholeChannel: true);
            }

            var hello = await talk.AskAsync($"EHLO {name}", end);
            if (!hello.IsPositive)
            {
                return new NoticeDelayed($"EHLO was answered {hello.Shown()}", WholeChannel: true, hello.IsFinal);
            }

            if (settings.Security == MailSecurity.StartTls)
            {
                if (!hello.Offers("STARTTLS"))
                {
                    return new NoticeDelayed("the relay does not offer STARTTLS, so nothing was sent", WholeChannel: true, GoOn: true);
                }

                var ready = await talk.AskAsync("STARTTLS", end);
                if (!ready.IsPositive)
                {
                    return new NoticeDelayed($"STARTTLS was answered {ready.Shown()}", WholeChannel: true, ready.IsFinal);
                }

                // RFC 3207 section 4.2, and CVE-2011-0411: whatever came in clear after the go-ahead is not the relay's.
                if (talk.HasMore)
                {
                    return new NoticeDelayed("somebody put words into the connection before TLS began", WholeChannel: true, GoOn: true);
                }

                stream = await LineFaults.SecureAsync(plain, settings.Host, authorities, null, end);
                talk = new SmtpTalk(stream);
                hello = await talk.AskAsync($"EHLO {name}", end);
                if (!hello.IsPositive)
                {
                    return new NoticeDelayed($"EHLO was answered {hello.Shown()}", WholeChannel: true, hello.IsFinal);
                }
            }

            if (await SignInAsync(talk, hello, end) is { } refused)
            {
                return refused;
            }

            var outcome = await act(talk, end);
            await QuitAsync(talk, end);
            return outcome;
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    // RFC 4954. The settings allow a user name under TLS only; this is the second lock.
    private async Task<NoticeOutcome?> SignInAsync(SmtpTalk talk, SmtpReply hello, CancellationToken end)
    {
        if (settings.UserName is not { } user || password is null || settings.Security == MailSecurity.None)
        {
            return null;
        }

        SmtpReply reply;
        if (hello.OffersAuth("PLAIN"))
        {
            reply = await talk.AskAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", end);
        }
        else if (hello.OffersAuth("LOGIN"))
        {
            reply = await talk.AskAsync("AUTH LOGIN", end);
            reply = reply.Code == 334 ? await talk.AskAsync(Base64(user), end) : reply;
            reply = reply.Code == 334 ? await talk.AskAsync(Base64(password), end) : reply;
        }
        else
        {
            return new NoticeDelayed("the relay offers neither AUTH PLAIN nor LOGIN", WholeChannel: true, GoOn: true);
        }

        return reply.Code == 235 ? null : new NoticeDelayed($"the sign-in was answered {reply.Shown()}", WholeChannel: true, reply.IsFinal);
    }

    private async Task<NoticeOutcome> HandOverAsync(SmtpTalk talk, string to, byte[] bytes, CancellationToken end)
    {
        foreach (var (command, step) in new[] { ($"MAIL FROM:<{settings.From}>", "MAIL"), ($"RCPT TO:<{to}>", "RCPT") })
        {
            if (await talk.AskAsync(command, end) is { IsPositive: false } no)
            {
                return Unwilling(no, step);
            }
        }

        if (await talk.AskAsync("DATA", end) is { Code: not 354 } cannot)
        {
            return Unwilling(cannot, "DATA");
        }

        await talk.SendAsync(MailMessage.Stuffed(bytes), end);
        try
        {
            return await talk.HearAsync(end) is { IsPositive: false } no ? Unwilling(no, "the message") : new NoticeTaken();
        }
        catch (IOException cut)
        {
            return new NoticeDelayed($"the connection broke after the message, so what became of it is not known: {cut.Message}", WholeChannel: false);
        }
    }

    // 421 is about the connection, whatever it answers.
    private static NoticeOutcome Unwilling(SmtpReply reply, string step) => reply.IsFinal
        ? new NoticeRefused($"{step} was answered {reply.Shown()}")
        : new NoticeDelayed($"{step} was answered {reply.Shown()}", WholeChannel: reply.Code == 421);

    private async Task QuitAsync(SmtpTalk talk, CancellationToken end)
    {
        using var limit = new CancellationTokenSource(QuitWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end);
        try
        {
            _ = await talk.AskAsync("QUIT", either.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It has the message and has gone before the good-bye.
        }
    }

    private static string Literal(IPAddress address)
    {
        var own = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return own.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(own.GetAddressBytes())}]" : $"[{own}]";
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
