using System.Collections.Immutable;
using System.Text;
using RoomGuard.Service.Notices.Mail;
using RoomGuard.Service.Notices.Syslog;

namespace RoomGuard.Service.Notices;

/// <summary>The lines of the channels in the settings, with what their files hold.</summary>
public static class NoticeLines
{
    /// <summary>Makes them; nothing connects yet.</summary>
    /// <exception cref="Hosting.SettingsException">A file is missing, open to others or not what it should be.</exception>
    public static ImmutableDictionary<string, INoticeLine> Of(NoticeSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Channels.ToImmutableDictionary(channel => channel.Name, channel => Of(channel, time), StringComparer.Ordinal);
    }

    /// <summary>The line of one channel.</summary>
    /// <exception cref="Hosting.SettingsException">As above.</exception>
    public static INoticeLine Of(ChannelSettings channel, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var place = $"notices.channels \"{channel.Name}\"";
        if (channel.Mail is { } mail)
        {
            var password = mail.PasswordFile is { } file ? Encoding.UTF8.GetString(NoticeSecrets.Secret(file, place, 1)) : null;
            return new MailLine(mail, channel.TryWithin, password, NoticeSecrets.Authorities(mail.AuthorityFile, place), time);
        }

        if (channel.Syslog is { } syslog)
        {
            return new SyslogLine(
                syslog, channel.TryWithin, NoticeSecrets.Authorities(syslog.AuthorityFile, place), NoticeSecrets.Own(syslog.CertificateFile, syslog.KeyFile, place), time);
        }

        var hook = channel.Webhook!;
        return new HookLine(hook, channel.TryWithin, NoticeSecrets.Secret(hook.KeyFile, place, NoticeSecrets.ShortestKey), NoticeSecrets.Authorities(hook.AuthorityFile, place), time);
    }
}
