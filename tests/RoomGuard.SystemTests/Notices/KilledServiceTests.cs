using System.Diagnostics;
using System.Text;
using RoomGuard.Core.Watch;
using RoomGuard.Evidence;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Peers;
using RoomGuard.SystemTests.Webhooks;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Notices;

/// <summary>The real program killed in the middle of a notice.</summary>
public sealed class KilledServiceTests : IDisposable
{
    private const int Count = 30;

    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-killed-").FullName;
    private readonly int[] ports = LoopbackPorts.Next(5);
    private readonly StringBuilder said = new();
    private Process? program;

    public void Dispose()
    {
        if (program is { HasExited: false })
        {
            program.Kill();
            program.WaitForExit();
        }

        program?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-MON-04")]
    [Requirement("R-MON-06")]
    public async Task A_service_killed_in_the_middle_of_a_notice_sends_all_of_them_and_knows_that_it_was_gone()
    {
        await using var desk = new Receiver();
        await desk.Hangs().StartAsync();
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var at = TimeProvider.System.GetUtcNow();
        using (var queue = new NoticeStore(Path.Combine(folder, "data", "notices.db"), at))
        {
            _ = queue.Add([.. Enumerable.Range(1, Count).Select(n => (new NoticeDue($"N-{n}", "AL-1", "leak", "SRV-1", AlarmLevel.Emergency, NoticeCause.Raised, "FAC", at), (string?)"desk"))], at);
        }

        Start(desk);
        await UntilAsync(() => desk.All.Count == 1 && File.Exists(Path.Combine(folder, "data", "alive")), "the first notice is under way");
        program!.Kill();
        await program.WaitForExitAsync();
        Start(desk);
        await UntilAsync(() => desk.All.Select(item => item.Id).Distinct().Count() == Count, "all have come");
        await UntilAsync(() => Sent().Length == Count, "all are in the record");
        await StopAsync();

        Assert.Equal(Count + 1, desk.All.Count);
        Assert.Equal(desk.All[0].Body, Assert.Single(desk.All.Skip(1), item => item.Id == desk.All[0].Id).Body);
        Assert.Equal(Count, Sent().Distinct().Count());
        Assert.True(Assert.Single(Recorded<WatchGap>()) is { Cause: GapCause.Killed } gap && gap.From < gap.To, string.Join('\n', Recorded<WatchGap>()));
    }

    private string[] Sent() => [.. Recorded<NoticeSent>().Select(sent => sent.Notice)];

    // The record is read beside the program that writes it.
    private T[] Recorded<T>()
    {
        SqliteNative.Use();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "data", "record.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var db = new Statements(connection);
        var found = new List<T>();
        using var row = db.Rows("SELECT n, payload FROM log_payloads ORDER BY n");
        while (row.Read())
        {
            found.AddRange(new object?[] { RecordPayload.Read(row.GetInt64(0), "", (byte[])row.GetValue(1)).Event }.OfType<T>());
        }

        return [.. found];
    }

    private void Start(Receiver desk)
    {
        var notices = $$"""
            { "channels": [ { "name": "desk", "perMinute": 600, "webhook": { "url": "{{desk.Url}}", "keyFile": "{{desk.KeyFile}}", "authorityFile": "{{desk.AuthorityFile}}" } } ],
              "contacts": [ { "id": "FAC", "channels": [ { "channel": "desk" } ] } ], "allowed": [] }
            """;
        var how = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "roomguard.dll"), "--settings", Path.Combine(Site.RunScript.Root, "simulators", "sites", "kakuu", "service.json"),
            "--set", $"dataFolder={Path.Combine(folder, "data")}", "--set", $"listen.dashboardHttp={ports[0]}", "--set", $"listen.dashboardHttps={ports[1]}", "--set", $"listen.panels={ports[2]}",
            "--set", $"listen.watch={ports[3]}", "--set", $"listen.reception={ports[4]}", "--set", $"notices={notices}", "serve",
        ])
        {
            how.ArgumentList.Add(word);
        }

        program?.Dispose();
        program = Process.Start(how)!;
        program.OutputDataReceived += (_, line) => Say(line.Data);
        program.ErrorDataReceived += (_, line) => Say(line.Data);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
    }

    private void Say(string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }

    private async Task StopAsync()
    {
        using var told = Process.Start("kill", ["-TERM", program!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await told.WaitForExitAsync();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task UntilAsync(Func<bool> isSo, string what) => PeerProgram.UntilAsync(() => Task.FromResult(isSo()), what, () => said.ToString(), 90);
}
