using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Notices;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>What a site that sends notices has of them.</summary>
/// <param name="Ways">By which channels its contacts are reached.</param>
/// <param name="Beats">Null: no heartbeat is set.</param>
public sealed record NoticeOffice(NoticeSettings Settings, NoticeWays Ways, NoticeStore Store, NoticePost Post, Heartbeats? Beats);

/// <summary>The page 通知, and the test notice (SYS).</summary>
/// <param name="office">Null: the settings name no notices.</param>
public sealed class NoticeDesk(NoticeOffice? office, ServiceRecord record, AuthorityGuard guard, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes) : INoticeDesk
{
    private const int MostShown = 50;
    private const int MostGaps = 30;

    /// <inheritdoc/>
    public async Task<NoticesLook> Look(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var gaps = await record.Readers.Ask(db => GapsView.Last(db, MostGaps).Select(gap => new GapLine(gap.N, gap.From, gap.To, gap.Cause)).ToImmutableArray(), gone);
        if (office is not { Settings: var settings, Store: var store })
        {
            return new(false, [], [], 0, [], gaps, [], false);
        }

        return new(
            true,
            [.. settings.Channels.Select(Shown)],
            [.. store.Waiting(MostShown).Select(Shown)],
            store.Standing().Count,
            [.. store.Ended(MostShown).Select(Shown)],
            gaps,
            [.. from contact in await record.Readers.Ask(Contacts, gone) from way in office.Ways.Of(contact) select (contact, way.Channel)],
            Authority.May(by, PageAct.TestNotices, ActSubject.None).Allowed);
    }

    /// <inheritdoc/>
    public Task<NoticeFile?> Find(string id, CancellationToken gone) =>
        Task.FromResult(office?.Store.Find(id) is { } found ? new NoticeFile(Shown(found), office.Store.TriesOf(id)) : null);

    /// <inheritdoc/>
    public Task<ActResult> Test(string contact, string channel, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [],
            async () =>
            {
                if (await guard.Objection(by, PageAct.TestNotices, ActSubject.None, "R-MON-04", channel, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (office is null || !record.Readers.AskNow(Contacts).Contains(contact) || office.Ways.Of(contact).All(way => way.Channel != channel))
                {
                    return ActResult.Refused("way", FieldFault.NotAChoice);
                }

                var now = time.GetUtcNow();
                var id = string.Create(CultureInfo.InvariantCulture, $"T-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Convert.ToHexStringLower(randomBytes(3))}");
                _ = await record.AppendAsync(new NoticeTested(now, id, contact, channel, by.Id), stop);
                try
                {
                    await office.Post.EnqueueTest(new(id, id, NoticeText.TestKind, null, AlarmLevel.Caution, NoticeCause.Test, contact, now), channel, stop);
                    return ActResult.Done(id);
                }
                catch (IOException)
                {
                    return ActResult.Refused("", FieldFault.NotRecorded);
                }
            },
            stop);
    }

    // Those the settings name and those alarms know, a role of either only once.
    private ImmutableArray<string> Contacts(Statements db) => [.. office!.Settings.Contacts.Select(one => one.Id).Union(AlarmRows.Contacts(db).Contacts.Select(one => one.Id), StringComparer.Ordinal)];

    private static NoticeLine Shown(QueuedNotice one) =>
        new(one.Due, one.State, one.Channel, one.QueuedAt, one.State == NoticeState.Waiting ? one.NextAt : null, one.EndedAt, one.Tries, one.Bundle, one.Why);

    private ChannelLine Shown(ChannelSettings channel)
    {
        var memory = office!.Store.Memory(channel.Name);
        var allowed = office.Settings.Allowed.FirstOrDefault(target => string.Equals(target.Target, channel.Target, StringComparison.OrdinalIgnoreCase));
        var beat = office.Beats?.Looks.FirstOrDefault(look => look.Channel == channel.Name);
        return new(
            channel.Name,
            channel.Mail is not null ? ChannelSort.Mail : channel.Syslog is not null ? ChannelSort.Syslog : ChannelSort.Webhook,
            channel.Target,
            allowed is null ? null : $"{allowed.Chief} · {allowed.Sup}",
            office.Store.CountWaiting(channel.Name),
            memory.LastSentAt,
            memory.LastFaultAt,
            memory.Fault,
            memory.FailingSince,
            beat is null ? null : new(beat.LastAt, beat.FailingSince, beat.Fault));
    }
}
