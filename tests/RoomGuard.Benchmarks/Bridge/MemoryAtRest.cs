using System.Security.Cryptography;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Benchmarks.Bridge;

/// <summary>(e) Memory of the bridge: with a journal just begun, and with a million entries in it.</summary>
public static class MemoryAtRest
{
    private const int Entries = 1_000_000;
    private const int PerAppend = 1_000;
    private const int People = 200;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    /// <summary>Measures.</summary>
    public static BenchTable Run(string folder) => new(
        "(e) Memory of the bridge",
        ["state", "people in the list", "private MiB", "resident MiB"],
        [
            ["at rest, journal just begun", (long)People, .. Measure(Path.Combine(folder, "memory-new"), 0)],
            ["at rest, a million entries in the journal", (long)People, .. Measure(Path.Combine(folder, "memory-million"), Entries)],
        ],
        $"{Rest.TotalSeconds:0} s after the first granted card, a card coming ten times a second, the service absent. Private is what the program alone keeps from the machine; resident adds the pages of libraries, which are shared.");

    private static object[] Measure(string folder, int entries)
    {
        using var program = new BridgeProcess(folder, People);
        Fill(folder, entries);
        program.StartToFirstGrant();
        Task.Delay(Rest).Wait();
        return [program.PrivateMiB, program.ResidentMiB];
    }

    private static void Fill(string folder, int entries)
    {
        if (entries == 0)
        {
            return;
        }

        var time = TimeProvider.System;
        using var journal = RoomJournal.Open(
            new(Path.Combine(folder, "journal.db"), "bench-1/bridge-1/journal", "bench-1/bridge-1", RandomNumberGenerator.GetBytes, time), new(Path.Combine(folder, "ballast"), 0));
        for (var i = 0; i < entries; i += PerAppend)
        {
            journal.Append([.. Enumerable.Range(0, PerAppend).Select(RecordedEvent (n) => new DoorClosed(time.GetUtcNow(), BenchSite.Door, n))], null);
            journal.Maintain();
        }
    }
}
