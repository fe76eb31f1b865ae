using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.Service.Panels;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.Scenarios.Bridge;

/// <summary>
/// The line between bridge and service is cut for three days while people come and go. Real journal, real record, the real deciding and
/// applying parts on both ends; only the clock and the wire between them are ours.
/// </summary>
public sealed class LinkCutFor72Hours : IDisposable
{
    private static readonly PanelId Panel = new("bridge-1");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-cut-");
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly TestDevices devices = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Requirement("R-RED-01")]
    [Requirement("R-RED-02")]
    public async Task Doors_go_on_deciding_and_afterwards_everything_arrives_in_order_and_once(int seed)
    {
        var chance = new Random(seed);
        using var journal = RoomJournal.Open(Settings("journal.db", "kakuu-1/bridge-1/journal"), new(Path.Combine(folder.FullName, "ballast"), 0));
        using var meters = new RoomMeters("Test");
        using var serviceMeters = new ServiceMeters();
        var turn = new RoomTurn(new(A.Plan(), A.Settings()), journal, devices, time, meters, NullLogger.Instance);
        await using var record = ServiceRecord.Open(Settings("record.db", "kakuu-1/record"), new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")), null, default);
        var desk = new ReportDesk(record, new(time), serviceMeters, time);
        var line = new Line(desk, turn, journal, time, chance);

        Tell(turn, new RoomStarted(time.GetUtcNow()), new GrantListArrived(time.GetUtcNow(), new(A.List() with { AgeLimit = TimeSpan.FromDays(7), IssuedAt = time.GetUtcNow() })));
        Tell(turn, new ReaderChanged(time.GetUtcNow(), A.EntryReader, ReaderCondition.Online, "-"), new ReaderChanged(time.GetUtcNow(), A.ExitReader, ReaderCondition.Online, "-"), new LeafClosed(time.GetUtcNow(), A.ServerDoor));
        await line.RunAsync(TimeSpan.FromMinutes(10), ComeAndGo(turn, chance));
        var before = journal.Log.Size;
        Assert.Equal(before, line.Acknowledged);

        line.Cut = true;
        await line.RunAsync(TimeSpan.FromHours(72), ComeAndGo(turn, chance));
        Assert.True(journal.Log.Size > before + 200, "three days of coming and going are in the journal");
        Assert.Equal(before, line.Acknowledged);
        Assert.True(devices.Released > 50, "doors went on deciding by themselves");

        // The line comes back and is bad at first: of the service's answers, some are lost.
        line.Cut = false;
        line.AnswersLost = 0.3;
        await line.RunAsync(TimeSpan.FromMinutes(5), _ => { });
        line.AnswersLost = 0;
        await line.RunAsync(TimeSpan.FromMinutes(1), _ => { });

        Assert.Equal(journal.Log.Size, line.Acknowledged);
        var told = Reported();
        var written = journal.Log.Read(0, int.MaxValue);
        Assert.Equal(written.Select(entry => entry.N), told.Select(item => item.Origin!.Seq));
        Assert.Equal(written.Select(entry => entry.Kind), told.Select(item => item.Kind));
        Assert.Equal(written.Select(entry => Convert.ToBase64String(entry.Leaf)), told.Select(item => item.Origin!.Leaf));
        Assert.DoesNotContain(told, item => item.Event is ReportHole);
    }

    private List<RecordedItem> Reported()
    {
        using var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder.FullName, "record.db")};Mode=ReadOnly;Pooling=False");
        reader.Open();
        using var read = reader.CreateCommand();
        read.CommandText = "SELECT e.n, e.envelope, p.payload FROM log_entries e JOIN log_payloads p ON p.n = e.n ORDER BY e.n";
        using var rows = read.ExecuteReader();
        var items = new List<RecordedItem>();
        while (rows.Read())
        {
            Assert.True(Envelope.TryRead((byte[])rows[1], out var envelope));
            items.Add(RecordPayload.Read(rows.GetInt64(0), envelope!.Kind, (byte[])rows[2]));
        }

        Assert.DoesNotContain(items, item => item.Event is ReportHole);
        return [.. items.Where(item => item.Origin is not null)];
    }

    private EvidenceLogSettings Settings(string file, string origin) =>
        new(Path.Combine(folder.FullName, file), origin, "kakuu-1/room", RandomNumberGenerator.GetBytes, time);

    private Action<DateTimeOffset> ComeAndGo(RoomTurn turn, Random chance) => now =>
    {
        if (chance.Next(60) != 0)
        {
            return;
        }

        Tell(turn, new BadgePresented(now, A.EntryReader, A.Digest(chance.Next(1, 4)), "H10301"));
        Tell(turn, new LeafOpened(now, A.ServerDoor), new LeafClosed(now, A.ServerDoor));
        Tell(turn, new BadgePresented(now, A.ExitReader, A.Digest(chance.Next(1, 3)), "H10301"));
        Tell(turn, new LeafOpened(now, A.ServerDoor), new LeafClosed(now, A.ServerDoor));
    };

    private void Tell(RoomTurn turn, params RoomInput[] inputs) => turn.Run([.. inputs.Select(input => new RoomPost(input, null, null, time.GetTimestamp()))]);

    private sealed class TestDevices : IDoorDevices
    {
        public int Released { get; private set; }

        public void Execute(DeviceOrder order) => Released += order is ReleaseStrike ? 1 : 0;
    }

    /// <summary>The wire between the two programs: whole, cut, or losing answers.</summary>
    private sealed class Line(ReportDesk desk, RoomTurn turn, RoomJournal journal, VirtualTime time, Random chance)
    {
        private readonly ReportFlow flow = new(new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), chance));
        private readonly long started = time.GetTimestamp();

        public bool Cut { get; set; }

        public double AnswersLost { get; set; }

        public long Acknowledged => flow.Acknowledged;

        /// <summary>Lets time pass a minute at a time; the room, the traffic and the uplink each do what is due.</summary>
        public async Task RunAsync(TimeSpan duration, Action<DateTimeOffset> traffic)
        {
            var until = time.GetUtcNow() + duration;
            while (time.GetUtcNow() < until)
            {
                traffic(time.GetUtcNow());
                await ReportAsync();
                time.Advance(TimeSpan.FromMinutes(duration > TimeSpan.FromHours(1) ? 1 : 0.1));
                turn.Run([]);
            }

            await ReportAsync();
        }

        private async Task ReportAsync()
        {
            while (flow.Next(Now, journal.Log.Size, turn.State.Stamp) is SendReport send)
            {
                if (Cut)
                {
                    flow.Failed(Now);
                    continue;
                }

                var entries = ReportEntries.Read(journal.Log, send.From, send.Most, ReportFlow.MostBytes);
                var state = new PanelState(time.GetUtcNow(), journal.Log.Boot, "test", turn.State.ListVersion, turn.State.SuspensionSerial, true, turn.State.Doors, [], turn.State.Inside);
                var receipt = await desk.ReceiveAsync(new(Panel, journal.Log.Origin, entries, state), default);
                if (chance.NextDouble() < AnswersLost)
                {
                    flow.Failed(Now);
                }
                else
                {
                    flow.Answered(Now, receipt.NextSeq, journal.Log.Size, send.From, send.From + entries.Length);
                }
            }
        }

        private TimeSpan Now => time.GetElapsedTime(started);
    }
}
