using System.Collections.Immutable;
using RoomGuard.Dashboard.Notices;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Notices;

/// <summary>Puts notices into the program: the queue, one worker for each channel, the heartbeat, the page.</summary>
public static class NoticeHosting
{
    /// <summary>What notices need. A site without <c>notices</c> in its settings opens no file and connects to nobody.</summary>
    /// <exception cref="Hosting.SettingsException">A file the settings name is missing, open to others or not what it should be.</exception>
    public static IServiceCollection AddNotices(this IServiceCollection services, ServiceSettings settings, ServiceFolders folders, ServiceRecord record, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(randomBytes);
        services.AddSingleton<INoticeDesk>(provider => new NoticeDesk(
            provider.GetService<NoticeOffice>(), record, provider.GetRequiredService<AuthorityGuard>(), provider.GetRequiredService<ActTurn>(), time, randomBytes));
        if (settings.Notices is not { } notices)
        {
            return services.AddSingleton<INotices, NoPost>();
        }

        var lines = NoticeLines.Of(notices, time);
        var ways = new NoticeWays(notices, contact => record.Readers.AskNow(db => AlarmRows.Contact(db, contact)));
        LetterOf letterOf = (id, due) => new(id, due, settings.Site.Id, settings.TimeZone, notices.Link, time.GetUtcNow());
        services.AddSingleton<NoticeMeters>();
        services.AddSingleton(provider => new NoticeStore(folders.Notices, time.GetUtcNow(), aside => provider.GetRequiredService<ILogger<NoticePost>>().QueuePutAside(aside)));
        services.AddSingleton(provider =>
        {
            var (store, meters) = (provider.GetRequiredService<NoticeStore>(), provider.GetRequiredService<NoticeMeters>());
            meters.Watch(() => store.Standing().Count, () => store.Standing().Oldest is { } oldest && time.GetUtcNow() - oldest is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero);
            ImmutableArray<ChannelPost> posts =
            [
                .. notices.Channels.Select(channel => new ChannelPost(channel, notices, ways, lines[channel.Name], letterOf, store, meters, new Random(BitConverter.ToInt32(randomBytes(4))), time)),
            ];
            return new NoticePost(ways, posts, store, record, meters, time, provider.GetRequiredService<ILogger<NoticePost>>());
        });
        services.AddSingleton<INotices>(provider => provider.GetRequiredService<NoticePost>()).AddHostedService(provider => provider.GetRequiredService<NoticePost>());
        services.AddSingleton(provider => new NoticeOffice(notices, ways, provider.GetRequiredService<NoticeStore>(), provider.GetRequiredService<NoticePost>(), provider.GetService<Heartbeats>()));
        if (notices.Heartbeat is { } heartbeat)
        {
            services.AddSingleton(provider => new Heartbeats(heartbeat, lines, letterOf, record, provider.GetRequiredService<NoticeMeters>(), time, provider.GetRequiredService<ILogger<Heartbeats>>()));
            services.AddHostedService(provider => provider.GetRequiredService<Heartbeats>());
        }

        return services;
    }
}
