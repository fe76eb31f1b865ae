using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.Equipment;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>Lists of the 機器台帳 on their way out: how far they are, stopped, broken off, whose they are and how long.</summary>
public sealed class AssetExportTests : IAsyncLifetime
{
    private static readonly AssetQuery All = new(null, null, null, null, null, AssetShow.All, null, 1);
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-exports-").FullName;
    private CaseRig rig = null!;
    private AssetDesk desk = null!;
    private AssetExport exports = null!;
    private byte next;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        exports = Opened();
        foreach (var tag in new[] { "AS-00001", "AS-00002", "AS-00003" })
        {
            Assert.True((await desk.Save(new(AnAsset.Server(tag) with { Storage = [new($"SSD-{tag}", "SSD")] }, new(A.Room, "R03", ""), 0), rig.As(Operator), Never)).Ok);
        }
    }

    public async Task DisposeAsync()
    {
        exports.Dispose();
        await rig.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_list_is_in_the_record_before_it_can_be_had_and_is_there_for_who_began_it_alone()
    {
        var run = await Done(Operator);
        Assert.Equal((ExportStage.Done, 3, 3), (run.Stage, run.Lines, run.Of));
        var file = Fetched(run.Id, Operator)!;
        Assert.Equal((file.Length, Convert.ToHexStringLower(SHA256.HashData(file))), ((int)run.Bytes, run.Sha256));
        Assert.Equal(["AS-00001", "AS-00002", "AS-00003"], Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Exported(3, run.Sha256), Assert.Single(Entries()));

        foreach (var other in new[] { Manager, Supervisor, Audits, Staff })
        {
            Assert.Null(exports.Run(run.Id, rig.As(other)));
            Assert.Null(exports.Open(run.Id, rig.As(other)));
            Assert.False((await exports.Stop(run.Id, rig.As(other), Never)).Ok);
        }

        // The right is asked for again when the file is fetched.
        Assert.Null(exports.Open(run.Id, rig.As(Operator) with { Holdings = [] }));
        Assert.NotNull(Fetched(run.Id, Operator));
        Assert.Equal("R-LIFE-01", (await exports.Begin(Order(), rig.As(Staff), Never)).Refused!.Refusal!.Rule);
    }

    [Fact]
    public async Task The_file_is_for_the_owner_alone_and_gone_after_half_an_hour()
    {
        var run = await Done(Operator);
        var path = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(rig.Service.Time.GetUtcNow() + AssetExport.KeptFor, run.Until);

        rig.Service.Time.Advance(AssetExport.KeptFor - TimeSpan.FromSeconds(1));
        Assert.NotNull(Fetched(run.Id, Operator));
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(exports.Open(run.Id, rig.As(Operator)));
        Assert.Null(exports.Run(run.Id, rig.As(Operator)));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task No_start_finds_a_list_of_the_run_before_and_the_folder_is_for_the_owner_alone()
    {
        var run = await Done(Operator);
        Assert.Single(Directory.GetFiles(folder));
        using var again = Opened();
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Null(again.Run(run.Id, rig.As(Operator)));
        Assert.Null(exports.Open(run.Id, rig.As(Operator)));

        var fresh = Path.Combine(folder, "made");
        AssetExport.Clear(fresh);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(fresh));
    }

    [Fact]
    public async Task A_long_one_says_how_far_it_is_and_stopped_it_leaves_neither_file_nor_entry_and_lets_the_next_go_on()
    {
        var (run, _) = await Held(Operator);
        Assert.Equal((ExportStage.Writes, 2, 3, true), (run.Stage, run.Lines, run.Of, run.Running));
        Assert.Null(exports.Open(run.Id, rig.As(Operator)));

        var second = exports.Begin(Order(), rig.As(Manager), Never);
        Assert.False(second.IsCompleted);
        Assert.True((await exports.Stop(run.Id, rig.As(Operator), Never)).Ok);

        var other = (await second).Run!;
        Assert.Equal(ExportStage.Done, other.Stage);
        Assert.Equal(ExportStage.Stopped, exports.Run(run.Id, rig.As(Operator))!.Stage);
        Assert.Equal(folder + "/" + other.Id, Assert.Single(Directory.GetFiles(folder)));
        Assert.Equal(Manager, Assert.Single(Entries()).By);
        Assert.False((await exports.Stop(run.Id, rig.As(Operator), Never)).Ok);
    }

    [Fact]
    public async Task One_that_waits_is_stopped_before_it_begins()
    {
        var (first, go) = await Held(Operator);
        var begun = exports.Begin(Order(), rig.As(Operator), Never);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        var waits = (await begun).Run!;
        Assert.Equal(ExportStage.Waits, waits.Stage);
        Assert.True((await exports.Stop(waits.Id, rig.As(Operator), Never)).Ok);
        Assert.Equal(ExportStage.Stopped, exports.Run(waits.Id, rig.As(Operator))!.Stage);
        go.SetResult();

        // The next one waits for the one before it.
        _ = await Done(Manager);
        Assert.Equal(ExportStage.Done, exports.Run(first.Id, rig.As(Operator))!.Stage);
        Assert.Equal([Operator, Manager], Entries().Select(entry => entry.By));
    }

    [Fact]
    public async Task One_that_breaks_off_or_grows_too_large_leaves_nothing()
    {
        var failures = new List<Exception>();
        exports.Failed = failures.Add;
        var broken = (await exports.Begin(Order((_, _, _) => throw new InvalidOperationException("broken")), rig.As(Operator), Never)).Run!;
        Assert.Equal(ExportStage.Failed, broken.Stage);
        Assert.Equal("broken", Assert.Single(failures).Message);

        using var small = new AssetExport(folder, desk, rig.Guard, rig.Service.Time, Bytes) { LargestFile = 15 };
        Assert.Equal(ExportStage.TooLarge, (await small.Begin(Order(), rig.As(Operator), Never)).Run!.Stage);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task One_person_has_two_and_everybody_eight_and_no_file_gives_way_to_another_persons()
    {
        var (held, go) = await Held(Operator);
        var waiting = exports.Begin(Order(), rig.As(Operator), Never);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        _ = await waiting;
        var third = (await exports.Begin(Order(), rig.As(Operator), Never)).Refused!;
        Assert.Equal(new FieldProblem("", FieldFault.ExportsFull, "2"), Assert.Single(third.Problems));
        go.SetResult();
        _ = await Done(Manager);
        Assert.Equal(ExportStage.Done, exports.Run(held.Id, rig.As(Operator))!.Stage);

        // What they had before gives way to what they want now.
        var newest = await Done(Operator);
        Assert.Null(exports.Run(held.Id, rig.As(Operator)));
        Assert.NotNull(exports.Run(newest.Id, rig.As(Operator)));

        var people = new[] { Manager, OtherManager, Security };
        foreach (var person in people.Concat(people))
        {
            _ = await Done(person);
        }

        Assert.Equal(8, Directory.GetFiles(folder).Length);
        Assert.Equal(FieldFault.ExportsBusy, Assert.Single((await exports.Begin(Order(), rig.As(Audits), Never)).Refused!.Problems).Fault);
        Assert.NotNull(Fetched(newest.Id, Operator));
        rig.Service.Time.Advance(AssetExport.KeptFor);
        Assert.Equal(ExportStage.Done, (await Done(Audits)).Stage);
    }

    [Fact]
    public async Task What_the_record_does_not_take_is_handed_to_nobody()
    {
        var failures = new List<Exception>();
        exports.Failed = failures.Add;
        var run = (await exports.Begin(
            Order(async (into, lines, stop) =>
            {
                await Write(into, lines, stop);
                await rig.Service.Record.DisposeAsync();
            }),
            rig.As(Operator), Never)).Run!;
        Assert.Equal(ExportStage.Failed, run.Stage);
        Assert.Single(failures);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Who_leaves_the_page_stops_nothing()
    {
        using var gone = new CancellationTokenSource();
        var go = new TaskCompletionSource();
        var begun = exports.Begin(Order(async (into, lines, stop) =>
        {
            await go.Task;
            Assert.False(stop.IsCancellationRequested);
            await Write(into, lines, stop);
        }), rig.As(Operator), gone.Token);
        await gone.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun);
        go.SetResult();
        _ = await Done(Manager);
        Assert.Equal([Operator, Manager], Entries().Select(entry => entry.By));
    }

    [Fact]
    public void Every_stage_has_its_words() => Assert.All(Enum.GetValues<ExportStage>(), stage => Assert.NotEmpty(AssetExportText.Of(stage).Ja));

    private static async Task Write(Stream into, IAsyncEnumerable<AssetLine> lines, CancellationToken stop)
    {
        await foreach (var line in lines.WithCancellation(stop))
        {
            await into.WriteAsync(Encoding.UTF8.GetBytes($"{line.Asset.Tag.Value}\n"), stop);
        }
    }

    private static AssetExportOrder Order(Func<Stream, IAsyncEnumerable<AssetLine>, CancellationToken, Task>? write = null) => new(All, "/equipment.csv", "台帳.csv", "text/csv", write ?? Write);

    private AssetExport Opened() => new(folder, desk, rig.Guard, rig.Service.Time, Bytes);

    private byte[] Bytes(int count) => [.. Enumerable.Repeat(++next, count)];

    private async Task<ExportRun> Done(string person) => (await exports.Begin(Order(), rig.As(person), Never)).Run!;

    // Begins one that has written two of three lines and waits.
    private async Task<(ExportRun Run, TaskCompletionSource Go)> Held(string person)
    {
        var (told, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begun = exports.Begin(
            Order(async (into, lines, stop) =>
            {
                var count = 0;
                await foreach (var line in lines.WithCancellation(stop))
                {
                    await into.WriteAsync(Encoding.UTF8.GetBytes($"{line.Asset.Tag.Value}\n"), stop);
                    if (++count == 3)
                    {
                        told.SetResult();
                        await go.Task.WaitAsync(stop);
                    }
                }
            }),
            rig.As(person), Never);
        await told.Task;
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        return ((await begun).Run!, go);
    }

    private byte[]? Fetched(string id, string person)
    {
        using var file = exports.Open(id, rig.As(person));
        if (file is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private RecordExported Exported(long count, string sha256) => new(rig.Service.Time.GetUtcNow(), "AssetRegister", "/equipment.csv", count, sha256, Operator);

    private RecordExported[] Entries() => [.. rig.Service.Record.Read(0, 10_000).Select(RoomGuard.Service.Record.RecordViews.ItemOf).Select(item => item.Event).OfType<RecordExported>()];
}
