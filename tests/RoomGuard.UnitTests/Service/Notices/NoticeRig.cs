using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>A channel that answers as the test says, and keeps what it heard.</summary>
internal sealed class ScriptedLine : INoticeLine
{
    private readonly Queue<NoticeOutcome> next = new();

    public static NoticeOutcome Down { get; } = new NoticeDelayed("connection refused", WholeChannel: true);

    public static NoticeOutcome Refuses { get; } = new NoticeRefused("RCPT was answered 550 5.1.1 <(address)>: rejected");

    /// <summary>What it answers when nothing else was said.</summary>
    public NoticeOutcome Usually { get; set; } = new NoticeTaken();

    public List<(NoticeLetter Letter, string? To)> Heard { get; } = [];

    public IEnumerable<string> Ids => Heard.SelectMany(one => one.Letter.Notices).Select(notice => notice.NoticeId);

    public ScriptedLine Answers(NoticeOutcome outcome)
    {
        next.Enqueue(outcome);
        return this;
    }

    public Task<NoticeOutcome> SendAsync(NoticeLetter letter, string? to, CancellationToken stop)
    {
        lock (Heard)
        {
            Heard.Add((letter, to));
            return Task.FromResult(next.TryDequeue(out var outcome) ? outcome : Usually);
        }
    }

    public Task<NoticeOutcome> LookAsync(CancellationToken stop) => Task.FromResult(Usually);
}

/// <summary>The queue with two scripted channels and a real record, in virtual time: nothing happens but what the test steps.</summary>
internal sealed class NoticeRig : IAsyncDisposable
{
    public const string Contact = "FAC-DUTY";

    private readonly ServiceRig rig;
    private ImmutableDictionary<string, ChannelPost> posts = null!;

    public NoticeRig(NoticeSettings? settings = null, int seed = 1)
    {
        rig = new(seed);
        Settings = settings ?? SettingsOf();
        Open();
    }

    public NoticeSettings Settings { get; set; }

    public ScriptedLine Mail { get; } = new();

    public ScriptedLine Desk { get; } = new();

    public NoticeStore Store { get; private set; } = null!;

    public NoticePost Post { get; private set; } = null!;

    public VirtualTime Time => rig.Time;

    public ServiceRecord Record => rig.Record;

    public IReadOnlyList<RecordedEvent> Recorded => [.. rig.Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event!)];

    public static NoticeSettings SettingsOf(int perMinute = 100, params string[] ways) => new(
        [
            new("mail", Mail: new("127.0.0.1", 25, "roomguard@kakuu.example", MailSecurity.None), PerMinute: perMinute),
            new("desk", Webhook: new("http://127.0.0.1:9/", "desk.key"), PerMinute: perMinute),
        ],
        [new(Contact, [.. (ways is [] ? ["mail", "desk"] : ways).Select(way => new ContactChannel(way, way == "mail" ? "duty@kakuu.example" : null))])],
        [],
        Link: "https://roomguard.kakuu.example:7443");

    public NoticeDue Due(string id = "N-1", AlarmLevel level = AlarmLevel.Important, string contact = Contact) =>
        new(id, "AL-1", "temperature-high", "SRV-1", level, NoticeCause.Raised, contact, Time.GetUtcNow());

    public async Task Take(params IEnumerable<NoticeDue> due)
    {
        foreach (var one in due)
        {
            await Post.Enqueue(one);
        }
    }

    /// <summary>Lets every channel do what it can do now, and records what ended.</summary>
    public async Task Work()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var post in posts.Values)
            {
                moved |= await post.StepAsync(CancellationToken.None) == TimeSpan.Zero;
            }
        }

        await Post.RecordAsync(CancellationToken.None);
    }

    /// <summary>Lets time pass, with work at each turn.</summary>
    public async Task Pass(TimeSpan time, TimeSpan? turn = null)
    {
        for (var left = time; left > TimeSpan.Zero; left -= turn ?? TimeSpan.FromSeconds(5))
        {
            Time.Advance(turn ?? TimeSpan.FromSeconds(5));
            await Work();
        }
    }

    /// <summary>The program ends without a word and starts again on the same files.</summary>
    public async Task Restart()
    {
        await CloseAsync();
        await rig.Reopen();
        Open();
        Post.Sort();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await rig.DisposeAsync();
    }

    private void Open()
    {
        Store = new(rig.Folders.Notices, Time.GetUtcNow());
        var meters = new NoticeMeters();
        NoticeLetter LetterOf(string id, ImmutableArray<NoticeDue> due) => new(id, due, "kakuu-1", rig.Settings.TimeZone, Settings.Link, Time.GetUtcNow());
        var ways = new NoticeWays(Settings, contact => rig.Record.Readers.AskNow(db => AlarmRows.Contact(db, contact)));
        posts = new[] { ("mail", Mail), ("desk", Desk) }.ToImmutableDictionary(
            one => one.Item1, one => new ChannelPost(Settings.Channels.Single(channel => channel.Name == one.Item1), Settings, ways, one.Item2, LetterOf, Store, meters, new Random(7), Time));
        Post = new(ways, posts.Values, Store, Record, meters, Time, NullLogger<NoticePost>.Instance);
    }

    private async Task CloseAsync()
    {
        await Post.StopAsync(CancellationToken.None);
        Post.Dispose();
        Store.Dispose();
    }
}
