using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>A test that mounts a disk of its own; only root may. Without root the same story is told with a medium of ours (RoomTurnTests).</summary>
public sealed class FactForRootAttribute : FactAttribute
{
    /// <summary>Leaves the test out for everybody but root.</summary>
    public FactForRootAttribute() => Skip = Environment.UserName == "root" ? null! : "only root may mount a disk";
}

/// <summary>The room's turn on a real, tiny, full disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string disk = Directory.CreateTempSubdirectory("roomguard-disk-").FullName;
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly Devices devices = new();
    private bool mounted;

    public void Dispose()
    {
        if (mounted)
        {
            Run("umount", disk);
        }

        Directory.Delete(disk, recursive: true);
    }

    [FactForRoot]
    [Requirement("R-LOG-01")]
    [Requirement("R-DOOR-05")]
    public void On_a_full_disk_entry_stops_the_way_out_does_not_and_space_mends_it()
    {
        Run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk);
        mounted = true;
        var ballast = new Ballast(Path.Combine(disk, "ballast"), 2 << 20);
        Assert.True(ballast.TryRestore());
        using var journal = RoomJournal.Open(new(Path.Combine(disk, "journal.db"), "kakuu-1/bridge-1/journal", "kakuu-1/bridge-1", RandomNumberGenerator.GetBytes, time), ballast);
        using var meters = new RoomMeters("Test");
        var turn = new RoomTurn(new(A.Plan(), A.Settings()), journal, devices, time, meters, NullLogger.Instance);
        Tell(turn, new RoomStarted(time.GetUtcNow()), new GrantListArrived(time.GetUtcNow(), new(A.List())));
        Tell(turn, new ReaderChanged(time.GetUtcNow(), A.EntryReader, ReaderCondition.Online, "-"), new ReaderChanged(time.GetUtcNow(), A.ExitReader, ReaderCondition.Online, "-"));
        FillUp();

        var entries = 0;
        for (; turn.Journal == JournalCondition.Writing && entries < 20_000; entries++)
        {
            Badge(turn, A.EntryReader);
        }

        Assert.NotEqual(JournalCondition.Writing, turn.Journal);
        var granted = Granted(journal);
        Assert.Equal(devices.Released, granted);

        devices.Released = 0;
        Badge(turn, A.EntryReader);
        Assert.Equal(0, devices.Released);
        Badge(turn, A.ExitReader);
        Assert.Equal(1, devices.Released);

        File.Delete(Path.Combine(disk, "filler"));
        Pass(turn, TimeSpan.FromSeconds(30));
        Assert.Equal(JournalCondition.Writing, turn.Journal);
        Assert.True(ballast.IsThere);
        Badge(turn, A.EntryReader);
        Assert.Equal(granted + 1, Granted(journal));
        var all = journal.Log.Read(0, int.MaxValue).Select(entry => RecordJson.ParseEvent(entry.Payload)).ToList();
        Assert.True(Assert.Single(all.OfType<JournalGap>()).RefusedEntries >= 1);
        Assert.NotEmpty(all.OfType<ExitBadged>());
    }

    private static int Granted(RoomJournal journal) => journal.Log.Read(0, int.MaxValue).Count(entry => entry.Kind == "door.granted");

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void FillUp()
    {
        using var filler = File.Create(Path.Combine(disk, "filler"));
        var page = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(page);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    private void Badge(RoomTurn turn, Core.Zones.DeviceId reader) => Tell(turn, new BadgePresented(time.GetUtcNow(), reader, A.Digest(1), "H10301"));

    private void Tell(RoomTurn turn, params RoomInput[] inputs) => turn.Run([.. inputs.Select(input => new RoomPost(input, null, null, time.GetTimestamp()))]);

    private void Pass(RoomTurn turn, TimeSpan duration)
    {
        for (var until = time.GetUtcNow() + duration; time.GetUtcNow() < until; time.Advance(TimeSpan.FromMilliseconds(200)))
        {
            turn.Run([]);
        }
    }

    private sealed class Devices : IDoorDevices
    {
        public int Released { get; set; }

        public void Execute(DeviceOrder order) => Released += order is ReleaseStrike ? 1 : 0;
    }
}
