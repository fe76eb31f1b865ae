using System.Collections.Immutable;
using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>By which channels a contact is reached, in order: as the office has written it down, where that fits the settings' channels; else as the settings say.</summary>
/// <param name="known">The contact as the record has it; null: it is not there.</param>
public sealed class NoticeWays(NoticeSettings settings, Func<string, AlarmContact?> known)
{
    private const string Mail = "mailto";

    /// <summary>A contact's ways; empty: there is none.</summary>
    public ImmutableArray<ContactChannel> Of(string contact) =>
        known(contact) is { Ways.IsEmpty: false } own && Of(own) is { IsEmpty: false } ways ? ways : settings.Ways(contact);

    // R-NET-05: the record names channels and never targets; what the settings do not have leads nowhere. One address for each channel.
    private ImmutableArray<ContactChannel> Of(AlarmContact contact) =>
    [
        .. from way in contact.Ways
           let colon = way.IndexOf(':', StringComparison.Ordinal)
           where colon > 0
           let sort = way[..colon]
           let rest = way[(colon + 1)..]
           from channel in settings.Channels
           where sort == Mail ? channel.Mail is not null : channel.Name == rest && channel.Sort == sort
           group new ContactChannel(channel.Name, sort == Mail ? rest : null) by channel.Name into same
           select same.First(),
    ];
}
