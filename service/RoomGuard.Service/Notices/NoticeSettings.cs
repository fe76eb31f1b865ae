using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using RoomGuard.Service.Notices.Mail;

namespace RoomGuard.Service.Notices;

/// <summary>How a connection to a mail relay is protected.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS on the submission port (587); a relay that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>TLS from the first byte (465).</summary>
    Tls,

    /// <summary>In clear: to this machine, or with a written reason.</summary>
    None,
}

/// <summary>A mail relay.</summary>
/// <param name="From">Address of the sender.</param>
/// <param name="UserName">Null: no sign-in.</param>
/// <param name="PasswordFile">Holds the password alone; for the owner alone.</param>
/// <param name="AuthorityFile">The only authorities that may have issued the relay's certificate (PEM); null: those this machine trusts.</param>
/// <param name="ClientName">How we name ourselves; null: by our address.</param>
/// <param name="ClearTextReason">Why <see cref="MailSecurity.None"/> to another machine is accepted.</param>
public sealed record MailSettings(
    string Host,
    int Port,
    string From,
    MailSecurity Security = MailSecurity.StartTls,
    string? UserName = null,
    string? PasswordFile = null,
    string? AuthorityFile = null,
    string? ClientName = null,
    string? ClearTextReason = null);

/// <summary>A collector of RFC 5424 messages over TLS (RFC 5425).</summary>
/// <param name="ServerName">The name its certificate has to carry; null: <paramref name="Host"/>.</param>
/// <param name="AuthorityFile">As for mail.</param>
/// <param name="CertificateFile">Our own certificate (PEM), where the collector asks for one; with <paramref name="KeyFile"/>.</param>
/// <param name="Facility">0 to 23; 13 is log audit.</param>
public sealed record SyslogSettings(
    string Host,
    int Port = 6514,
    string? ServerName = null,
    string? AuthorityFile = null,
    string? CertificateFile = null,
    string? KeyFile = null,
    int Facility = 13);

/// <summary>A receiver of signed posts.</summary>
/// <param name="Url">https, or http to this machine or with a written reason.</param>
/// <param name="KeyFile">The key both sides sign and check with; for the owner alone.</param>
public sealed record HookSettings(string Url, string KeyFile, string? AuthorityFile = null, string? ClearTextReason = null);

/// <summary>One way out. Exactly one of mail, syslog and webhook is given.</summary>
/// <param name="PerMinute">Messages in a minute; what is more goes together in one. Null: 10, of syslog 600.</param>
/// <param name="GoOnAfter">How long a notice waits for this channel before the contact's next one is tried †; null: 2 minutes.</param>
/// <param name="Timeout">For one try †; null: 20 s.</param>
public sealed record ChannelSettings(
    string Name,
    MailSettings? Mail = null,
    SyslogSettings? Syslog = null,
    HookSettings? Webhook = null,
    int? PerMinute = null,
    TimeSpan? GoOnAfter = null,
    TimeSpan? Timeout = null)
{
    private const int UsualPerMinute = 10;
    private const int UsualSyslogPerMinute = 600;
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Messages in a minute.</summary>
    [JsonIgnore]
    public int MessagesPerMinute => PerMinute ?? (Syslog is null ? UsualPerMinute : UsualSyslogPerMinute);

    /// <summary>How long a notice waits here.</summary>
    [JsonIgnore]
    public TimeSpan Patience => GoOnAfter ?? UsualPatience;

    /// <summary>For one try.</summary>
    [JsonIgnore]
    public TimeSpan TryWithin => Timeout ?? UsualTimeout;

    /// <summary>Host and port it connects to.</summary>
    [JsonIgnore]
    public string Target => (Mail, Syslog, Webhook) switch
    {
        ({ } mail, _, _) => At(mail.Host, mail.Port),
        (_, { } syslog, _) => At(syslog.Host, syslog.Port),
        (_, _, { } hook) => Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) ? At(url.IdnHost, url.Port) : hook.Url,
        _ => "",
    };

    /// <summary>Whether it leads to this machine.</summary>
    [JsonIgnore]
    public bool IsLoopback => Targets.IsLoopback(Mail?.Host ?? Syslog?.Host ?? (Uri.TryCreate(Webhook?.Url, UriKind.Absolute, out var url) ? url.IdnHost : ""));

    /// <summary>Which of the three it is, as the settings name it.</summary>
    [JsonIgnore]
    public string Sort => Mail is not null ? "mail" : Syslog is not null ? "syslog" : "webhook";

    private static string At(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host)}:{port}");
}

/// <summary>A target this machine may connect to, and who allowed it (R-NET-05).</summary>
/// <param name="Target">Host and port, e.g. <c>mail.kakuu.example:587</c>.</param>
/// <param name="Chief">The decision of the 最高情報統括責任者, as the file calls it.</param>
/// <param name="Sup">The decision of the 統括情報管理責任者.</param>
public sealed record AllowedTarget(string Target, string Chief, string Sup);

/// <summary>One way to a contact.</summary>
/// <param name="To">The mail address; null for what is not mail.</param>
public sealed record ContactChannel(string Channel, string? To = null);

/// <summary>Whom notices are for, and by which ways in which order (R-INC-13: undelivered, next channel).</summary>
/// <param name="Id">As alarms name the contact; <c>*</c>: whoever is not listed.</param>
public sealed record ContactSettings(string Id, ImmutableArray<ContactChannel> Channels);

/// <summary>Tells others at regular times that the service lives, so that silence is noticed (R-MON-06).</summary>
/// <param name="Channels">Webhooks and syslog collectors.</param>
public sealed record HeartbeatSettings(ImmutableArray<string> Channels, TimeSpan? Every = null)
{
    private static readonly TimeSpan UsualEvery = TimeSpan.FromMinutes(1);

    /// <summary>Between two.</summary>
    [JsonIgnore]
    public TimeSpan Between => Every ?? UsualEvery;
}

/// <summary>Notices to the outside.</summary>
/// <param name="Link">Where people open the pages, e.g. <c>https://roomguard.kakuu.example:7443</c>; null: none stands in the notices.</param>
/// <param name="KeepFor">How long a notice is tried before it is given up †; null: 24 hours.</param>
public sealed record NoticeSettings(
    ImmutableArray<ChannelSettings> Channels,
    ImmutableArray<ContactSettings> Contacts,
    ImmutableArray<AllowedTarget> Allowed,
    HeartbeatSettings? Heartbeat = null,
    string? Link = null,
    TimeSpan? KeepFor = null)
{
    /// <summary>The contact for whoever is not listed.</summary>
    public const string AnyContact = "*";

    private const int MostChannels = 20;
    private const int MostContacts = 200;
    private static readonly TimeSpan UsualKeep = TimeSpan.FromHours(24);

    /// <summary>How long a notice is tried.</summary>
    [JsonIgnore]
    public TimeSpan TryFor => KeepFor ?? UsualKeep;

    /// <summary>A contact's ways, in order; empty: there is none.</summary>
    public ImmutableArray<ContactChannel> Ways(string contact) =>
        (Contacts.FirstOrDefault(one => one.Id == contact) ?? Contacts.FirstOrDefault(one => one.Id == AnyContact))?.Channels ?? [];

    /// <summary>What is impossible about them.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Channels.IsDefault || Contacts.IsDefault || Allowed.IsDefault || Channels.Length > MostChannels || Contacts.Length > MostContacts)
        {
            return [$"{place}: write channels (at most {MostChannels}), contacts (at most {MostContacts}) and allowed as lists; an empty list is []."];
        }

        return
        [
            .. Channels.Index().SelectMany(channel => ProblemsOf(channel.Item, $"{place}.channels.{channel.Index}")),
            .. Doubled(Channels.Select(channel => channel.Name), $"{place}.channels"),
            .. Doubled(Contacts.Select(contact => contact.Id), $"{place}.contacts"),
            .. Allowed.Index().SelectMany(target => ProblemsOf(target.Item, $"{place}.allowed.{target.Index}")),
            .. Contacts.Index().SelectMany(contact => ProblemsOf(contact.Item, $"{place}.contacts.{contact.Index}")),
            .. HeartbeatProblems($"{place}.heartbeat"),
            .. OtherProblems(place),
        ];
    }

    private static bool IsName(string? text) => text is { Length: >= 1 and <= 40 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && char.IsAsciiLetterOrDigit(text[0]);

    private static IEnumerable<string> Doubled(IEnumerable<string> names, string place) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{place}: \"{group.Key}\" stands twice.");

    private static IEnumerable<string> MailProblems(MailSettings mail, string place)
    {
        foreach (var problem in Targets.Problems(mail.Host, mail.Port, place))
        {
            yield return problem;
        }

        if (!MailAddress.IsOne(mail.From))
        {
            yield return $"{place}.from: \"{mail.From}\" is no mail address. Write e.g. roomguard@kakuu.example.";
        }

        if (mail.Security == MailSecurity.None && !Targets.IsLoopback(mail.Host) && string.IsNullOrWhiteSpace(mail.ClearTextReason))
        {
            yield return $"{place}.clearTextReason: mail to {mail.Host} in clear needs a written reason. Write it, or use StartTls.";
        }

        if (mail.UserName is not null && mail.Security == MailSecurity.None)
        {
            yield return $"{place}.userName: a password is never sent in clear. Use StartTls or Tls, or leave userName out.";
        }

        if (mail.UserName is null != mail.PasswordFile is null)
        {
            yield return $"{place}: userName and passwordFile belong together.";
        }

        if (mail.UserName is { } user && (user.Length is 0 or > 200 || user.Any(char.IsControl)))
        {
            yield return $"{place}.userName: write 1 to 200 characters.";
        }

        if (mail.ClientName is { } name && !Targets.IsHostName(name))
        {
            yield return $"{place}.clientName: \"{name}\" is no host name.";
        }

        if (mail.Security == MailSecurity.None && mail.AuthorityFile is not null)
        {
            yield return $"{place}.authorityFile: means nothing without TLS. Leave it out, or use StartTls.";
        }
    }

    private static IEnumerable<string> SyslogProblems(SyslogSettings syslog, string place)
    {
        foreach (var problem in Targets.Problems(syslog.Host, syslog.Port, place))
        {
            yield return problem;
        }

        if (syslog.ServerName is { } name && !Targets.IsHostName(name) && !IPAddress.TryParse(name, out _))
        {
            yield return $"{place}.serverName: \"{name}\" is no host name.";
        }

        if (syslog.Facility is < 0 or > 23)
        {
            yield return $"{place}.facility: {syslog.Facility} is outside 0 to 23 (RFC 5424).";
        }

        if (syslog.CertificateFile is null != syslog.KeyFile is null)
        {
            yield return $"{place}: certificateFile and keyFile belong together.";
        }
    }

    private static IEnumerable<string> HookProblems(HookSettings hook, string place)
    {
        if (!Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            yield return $"{place}.url: \"{hook.Url}\" is not an address. Write https://host/path.";
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            // Not repeated in the message: it may hold a password.
            yield return $"{place}.url: an address holds no user, no password and no fragment. The receiver knows us by the signature.";
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !Targets.IsLoopback(url.IdnHost) && string.IsNullOrWhiteSpace(hook.ClearTextReason))
        {
            yield return $"{place}.clearTextReason: http to {url.Host} needs a written reason. Write it, or use https.";
        }

        if (string.IsNullOrWhiteSpace(hook.KeyFile))
        {
            yield return $"{place}.keyFile: is empty. Name the file that holds the key, e.g. /etc/roomguard/desk.key.";
        }

        if (hook.AuthorityFile is not null && url is { Scheme: "http" })
        {
            yield return $"{place}.authorityFile: names a PEM file for an https address. Leave it out otherwise.";
        }
    }

    private static IEnumerable<string> ProblemsOf(AllowedTarget target, string place)
    {
        if (target.Target.LastIndexOf(':') is not (> 0 and var colon) || !ushort.TryParse(target.Target[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            yield return $"{place}.target: \"{target.Target}\" is not host:port. Write e.g. mail.kakuu.example:587.";
        }

        if (string.IsNullOrWhiteSpace(target.Chief) || string.IsNullOrWhiteSpace(target.Sup))
        {
            yield return $"{place}: name the decision of CHIEF in chief and that of SUP in sup, e.g. \"R8.4.1 決裁 第12号\" (R-NET-05).";
        }
    }

    private IEnumerable<string> ProblemsOf(ChannelSettings channel, string place)
    {
        if (!IsName(channel.Name))
        {
            yield return $"{place}.name: \"{channel.Name}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (new object?[] { channel.Mail, channel.Syslog, channel.Webhook }.Count(one => one is not null) != 1)
        {
            yield return $"{place}: write exactly one of mail, syslog and webhook.";
            yield break;
        }

        var own = $"{place}.{channel.Sort}";
        foreach (var problem in channel.Mail is { } mail ? MailProblems(mail, own) : channel.Syslog is { } syslog ? SyslogProblems(syslog, own) : HookProblems(channel.Webhook!, own))
        {
            yield return problem;
        }

        if (channel.PerMinute is < 1 or > 6000)
        {
            yield return $"{place}.perMinute: {channel.PerMinute} is outside 1 to 6000.";
        }

        if (channel.Patience < TimeSpan.FromSeconds(10) || channel.Patience > TimeSpan.FromHours(1))
        {
            yield return $"{place}.goOnAfter: {channel.Patience} is outside 00:00:10 to 01:00:00.";
        }

        if (channel.TryWithin < TimeSpan.FromSeconds(1) || channel.TryWithin > TimeSpan.FromMinutes(5))
        {
            yield return $"{place}.timeout: {channel.TryWithin} is outside 00:00:01 to 00:05:00.";
        }

        if (!channel.IsLoopback && !Allowed.Any(target => string.Equals(target.Target, channel.Target, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{place}: {channel.Target} is not in notices.allowed. No connection leaves this machine that CHIEF and SUP have not allowed: add it with their decisions, or remove the channel (R-NET-05).";
        }
    }

    private IEnumerable<string> ProblemsOf(ContactSettings contact, string place)
    {
        if (contact.Id != AnyContact && !IsName(contact.Id))
        {
            yield return $"{place}.id: \"{contact.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, or * for whoever is not listed.";
        }

        if (contact.Channels.IsDefaultOrEmpty)
        {
            yield return $"{place}.channels: empty. Name at least one channel.";
            yield break;
        }

        foreach (var problem in Doubled(contact.Channels.Select(way => way.Channel), $"{place}.channels"))
        {
            yield return problem;
        }

        foreach (var (at, way) in contact.Channels.Index())
        {
            if (Channels.FirstOrDefault(channel => channel.Name == way.Channel) is not { } channel)
            {
                yield return $"{place}.channels.{at}.channel: \"{way.Channel}\" is no channel of this file.";
            }
            else if (channel.Mail is not null && !MailAddress.IsOne(way.To))
            {
                yield return $"{place}.channels.{at}.to: \"{way.To}\" is no mail address. Several people are reached by one address of the mail system, e.g. duty@kakuu.example.";
            }
            else if (channel.Mail is null && way.To is not null)
            {
                yield return $"{place}.channels.{at}.to: means nothing for {channel.Sort}. Leave it out.";
            }
        }
    }

    private IEnumerable<string> HeartbeatProblems(string place)
    {
        if (Heartbeat is not { } heartbeat)
        {
            yield break;
        }

        if (heartbeat.Channels.IsDefaultOrEmpty)
        {
            yield return $"{place}.channels: empty. Name at least one webhook or syslog channel, or leave heartbeat out.";
            yield break;
        }

        foreach (var name in heartbeat.Channels.Where(name => Channels.FirstOrDefault(channel => channel.Name == name) is null or { Mail: not null }))
        {
            yield return $"{place}.channels: \"{name}\" is no webhook and no syslog channel of this file. Nobody misses a mail that does not come.";
        }

        if (heartbeat.Between < TimeSpan.FromSeconds(5) || heartbeat.Between > TimeSpan.FromHours(1))
        {
            yield return $"{place}.every: {heartbeat.Between} is outside 00:00:05 to 01:00:00.";
        }
    }

    private IEnumerable<string> OtherProblems(string place)
    {
        if (Link is { } link && (!Uri.TryCreate(link, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0))
        {
            yield return $"{place}.link: is no address of pages. Write e.g. https://roomguard.kakuu.example:7443.";
        }

        if (TryFor < TimeSpan.FromMinutes(10) || TryFor > TimeSpan.FromDays(7))
        {
            yield return $"{place}.keepFor: {TryFor} is outside 00:10:00 to 7.00:00:00.";
        }
    }
}

/// <summary>Where something is connected to.</summary>
internal static class Targets
{
    /// <summary>Whether a host is this machine, by its name alone: nothing is looked up.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a text is a host name: letters, digits, hyphens and dots.</summary>
    public static bool IsHostName(string? text) =>
        text is { Length: >= 1 and <= 253 } && text.Split('.').All(label => label is { Length: >= 1 and <= 63 } && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && label[0] != '-' && label[^1] != '-');

    /// <summary>What is impossible about a host and a port.</summary>
    public static IEnumerable<string> Problems(string host, int port, string place)
    {
        if (!IsHostName(host) && !IPAddress.TryParse(host, out _))
        {
            yield return $"{place}.host: \"{host}\" is neither a host name nor an IP address.";
        }

        if (port is < 1 or > 65535)
        {
            yield return $"{place}.port: {port} is not a port. Write 1 to 65535.";
        }
    }
}
