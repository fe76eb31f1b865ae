using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>The whole program, started, killed and stopped.</summary>
public sealed class BridgeProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // ./test --long sets it to 200.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ROOMGUARD_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(41)]
    [Requirement("R-DOOR-02")]
    [Requirement("R-LOG-01")]
    public async Task Killed_at_any_instant_no_strike_was_released_without_its_entry(int seed)
    {
        var chance = new Random(seed);
        using var bridge = new RunningBridge();
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = bridge.Strikes;
            bridge.Start();
            await bridge.UntilAsync(() => bridge.Strikes >= before + 1, Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(400)));
            bridge.Program.Kill();
            await bridge.Program.WaitForExitAsync();
        }

        using var journal = Journal(bridge.Folder);
        var events = journal.Log.Read(0, int.MaxValue).Select(entry => RecordJson.ParseEvent(entry.Payload)).ToList();
        var granted = events.OfType<EntryGranted>().Count();
        Assert.True(bridge.Strikes <= granted, $"{bridge.Strikes} strikes, {granted} entries");
        Assert.Equal(Kills, events.OfType<JournalStarted>().Count());
        Assert.All(events.OfType<JournalStarted>().Skip(1), start => Assert.NotNull(start.LastEntryAt));
    }

    [Fact]
    public async Task Asked_to_end_it_ends_in_order_within_three_seconds()
    {
        using var bridge = new RunningBridge();
        bridge.Start();
        await bridge.UntilAsync(() => bridge.Strikes > 0, Patience);

        var clock = Stopwatch.StartNew();
        using (var term = Process.Start("kill", ["-TERM", bridge.Program.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await term.WaitForExitAsync();
        }

        await bridge.Program.WaitForExitAsync();
        Assert.Equal(0, bridge.Program.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(6), $"took {clock.Elapsed} on a busy machine; three seconds are meant");
        Assert.Contains("Stopped in order", bridge.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_instance_on_the_same_data_folder_says_so_and_ends()
    {
        using var bridge = new RunningBridge();
        bridge.Start();
        await bridge.UntilAsync(() => bridge.Strikes > 0, Patience);

        using var second = RunningBridge.Run(["--settings", Path.Combine(bridge.Folder, "bridge.json")]);
        var message = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        Assert.Equal(69, second.ExitCode);
        Assert.Contains("is in use by another roomguard-bridge", message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MON-01")]
    public async Task It_shows_its_health_and_its_measurements_and_the_doctor_asks_it()
    {
        using var bridge = new RunningBridge();
        bridge.Start();
        await bridge.UntilAsync(() => bridge.Strikes > 0 && bridge.Listens, Patience);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{bridge.Watch}/") };

        // The strike has moved; the meters follow in the same moment, not in the same instruction, and a busy machine may keep the reader waiting.
        Assert.Equal("", await MissingAsync(() => Answered(http, "health/ready"), "\"ready\": true"));
        Assert.Equal("", await MissingAsync(() => Answered(http, "metrics"), "roomguard_entries_total{reason=\"\",result=\"granted\"}", "roomguard_decision_duration_seconds_bucket"));
        using (var control = await http.GetAsync("control/state"))
        {
            Assert.Equal(HttpStatusCode.NotFound, control.StatusCode);
        }

        Assert.Equal("", await MissingAsync(() => DoctorAsync(bridge), "○ program: running", "○ readers: all 1 answer", "are whole and chained"));
    }

    [Fact]
    public async Task Wrong_settings_stop_it_with_one_line()
    {
        using var bridge = new RunningBridge();
        using var program = RunningBridge.Run(["--settings", Path.Combine(bridge.Folder, "bridge.json"), "--set", "doors.0.unlock=00:10:00"]);
        var message = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(78, program.ExitCode);
        Assert.Contains("doors[0].unlock: 00:10:00 is outside 00:00:01 to 00:01:00", message, StringComparison.Ordinal);
        Assert.Single(message.TrimEnd().Split('\n'));
    }

    // Asks until everything is said; what is still missing when patience ends comes back beside what was said instead.
    private static async Task<string> MissingAsync(Func<Task<string>> ask, params string[] wanted)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var said = await ask();
            var missing = wanted.Where(one => !said.Contains(one, StringComparison.Ordinal)).ToList();
            if (missing.Count == 0 || clock.Elapsed > Patience)
            {
                return missing.Count == 0 ? "" : $"Missing: {string.Join("; ", missing)}\nSaid:\n{said}";
            }
        }
    }

    private static async Task<string> Answered(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> DoctorAsync(RunningBridge bridge)
    {
        using var doctor = RunningBridge.Run(["--settings", Path.Combine(bridge.Folder, "bridge.json"), "doctor"]);
        var said = await doctor.StandardOutput.ReadToEndAsync();
        await doctor.WaitForExitAsync();
        return said;
    }

    /// <summary>The journal of a bridge that has ended.</summary>
    internal static RoomJournal Journal(string folder) => RoomJournal.Open(
        new(Path.Combine(folder, "journal.db"), "kakuu-1/bridge-1/journal", "kakuu-1/bridge-1", RandomNumberGenerator.GetBytes, TimeProvider.System), new(Path.Combine(folder, "ballast"), 0));
}
