using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RoomGuard.Bridge.Power;
using RoomGuard.Core.Power;
using RoomGuard.Hosting;
using RoomGuard.SystemTests.Bridge;
using RoomGuard.SystemTests.Peers;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Webhooks;

/// <summary>Stages of a shutdown plan and the receivers they tell, over real HTTPS.</summary>
public sealed class WebhookTests
{
    // Three stages of a second each; 3.6 s with the margin. They come back as soon as mains are there.
    private static readonly PowerPlan Plan = new(
        "srv-1", 1, new("SRV-1"), "サーバ室", "Server room", ["ups-1"], 1,
        [
            new("stage-1", "仮想基盤", "Virtual hosts", [new("vm-1", "仮想基盤1", "VM host 1", 1)], "vm-cluster"),
            new("stage-2", "業務DB", "Databases", [new("db-1", "業務DB", "Database", 1)]),
            new("stage-3", "ストレージ", "Storage", [new("nas-1", "ストレージ", "Storage", 1)]),
        ],
        RestartChargePercent: 0,
        RestartAfterSeconds: 0);

    [Fact]
    [Requirement("R-PWR-04")]
    [Requirement("R-NET-05")]
    public async Task A_receiver_that_fails_hangs_and_sees_the_bridge_restart_is_told_until_it_takes_the_message()
    {
        await using var receiver = new Receiver { Usually = 500 };
        await receiver.Answers(500).Hangs().StartAsync();
        await using var room = new WebhookRoom(new() { BetweenRestarts = TimeSpan.Zero }, Plan, To(receiver, "vm-cluster", seconds: 1));

        room.Says(UpsFlags.OnLine, 1800);
        room.Says(UpsFlags.OnBattery, 2);
        await UntilAsync(() => room.Owed is [{ Tries: >= 3 }], "it was refused, hung and refused again", room);
        await room.RestartAsync();
        receiver.Usually = 204;
        await UntilAsync(() => room.Written.OfType<WebhookAccepted>().Any(), "it took the message", room);

        var accepted = Assert.Single(room.Written.OfType<WebhookAccepted>());
        var heard = receiver.All;
        Assert.True(accepted is { Status: 204, Tries: >= 4, Act: WebhookAct.Stop, Target: "stage-1", Webhook: "vm-cluster" }, accepted.ToString());
        Assert.All(heard, item => Assert.True(item.IsSigned, item.ToString()));
        Assert.Single(heard.Select(item => item.Body).Distinct());
        Assert.Equal(room.Written.OfType<StageStarted>().First().OutageId, accepted.OutageId);
        await UntilAsync(() => room.Owed.IsEmpty, "nothing is owed", room);

        // Mains are back, and so is the stage: the receiver hears that once.
        var before = heard.Count;
        room.Says(UpsFlags.OnLine, 1800);
        await UntilAsync(() => room.Written.OfType<WebhookAccepted>().Any(item => item.Act is WebhookAct.TakeBack), "it took the return", room);
        var back = Assert.Single(receiver.All.Skip(before));
        Assert.Equal(("take-back", "stage-1", true), (back.Act, back.Stage, back.IsSigned));
        Assert.NotEqual(heard[0].Id, back.Id);
        Assert.Empty(room.Written.OfType<WebhookGivenUp>());
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task Receivers_that_hang_or_are_down_delay_neither_the_servers_nor_another_receiver()
    {
        await using var hangs = new Receiver();
        await hangs.Hangs().Hangs().Hangs().Hangs().StartAsync();
        await using var works = new Receiver();
        await works.StartAsync();
        var plan = Plan with { Stages = [Plan.Stages[0] with { Webhook = "hangs" }, Plan.Stages[1] with { Webhook = "is-down" }, Plan.Stages[2] with { Webhook = "works" }] };
        await using var room = new WebhookRoom(
            new() { ShortestWebhook = TimeSpan.FromSeconds(4) }, plan, To(hangs, "hangs", seconds: 60), To(works, "is-down", seconds: 5) with { Url = NobodyThere() }, To(works, "works", seconds: 5));

        room.Says(UpsFlags.OnLine, 1800);
        room.Says(UpsFlags.OnBattery, 2);
        await UntilAsync(() => room.IsTold("stage-1") && room.IsTold("stage-2") && room.IsTold("stage-3"), "all stages are told", room);
        await UntilAsync(() => room.Written.OfType<WebhookAccepted>().Any(), "the one that works has taken its message", room);
        await UntilAsync(() => room.Written.OfType<WebhookGivenUp>().Count() == 2, "the others are given up", room);

        var written = room.Written;
        var told = written.OfType<StageStarted>().ToDictionary(item => item.StepNo, item => item.OccurredAt);
        Assert.InRange((told[3] - told[1]).TotalSeconds, 0, 4);
        Assert.All(written.OfType<StageEnded>(), item => Assert.InRange(item.Seconds, 0, 4));
        Assert.Equal("works", Assert.Single(written.OfType<WebhookAccepted>()).Webhook);
        Assert.Equal(["hangs", "is-down"], written.OfType<WebhookGivenUp>().Select(item => item.Webhook).Order());
        Assert.Equal((0, "not taken in time; the last try: no answer yet"), written.OfType<WebhookGivenUp>().Where(item => item.Webhook == "hangs").Select(item => (item.Tries, item.Why)).Single());
        Assert.True(written.OfType<WebhookGivenUp>().Single(item => item.Webhook == "is-down").Tries >= 2);
        Assert.Single(hangs.All);
    }

    [Fact]
    [Requirement("R-NET-05")]
    public async Task A_redirect_is_not_followed_and_of_an_answer_the_status_alone_is_read()
    {
        await using var elsewhere = new Receiver();
        await elsewhere.StartAsync();
        await using var receiver = new Receiver();
        await receiver.StartAsync();
        receiver.SendsAway(elsewhere.Url).TalksWithoutEnd().Answers(401).Hangs();
        using var line = LineTo(receiver);

        Assert.Equal(new(307, "it answered 307, and redirects are not followed"), await line.PostAsync(Call, CancellationToken.None));
        Assert.Equal(new(200, null), await line.PostAsync(Call, CancellationToken.None));
        Assert.Equal(new(401, "it answered 401"), await line.PostAsync(Call, CancellationToken.None));
        Assert.Equal(new(null, "no answer within 5 s"), await line.PostAsync(Call, CancellationToken.None));
        Assert.Equal(new(204, null), await line.PostAsync(Call, CancellationToken.None));
        Assert.Empty(elsewhere.All);
        Assert.All(receiver.All, item => Assert.True(item.IsSigned));
    }

    [Fact]
    [Requirement("R-NET-05")]
    public async Task A_receiver_another_authority_vouches_for_hears_nothing()
    {
        await using var receiver = new Receiver();
        await receiver.StartAsync();
        await using var other = new Receiver();
        foreach (var settings in new[] { To(receiver, "x", 5) with { AuthorityFile = other.AuthorityFile }, To(receiver, "x", 5) with { AuthorityFile = null } })
        {
            using var line = new WebhookLine(settings, WebhookKey.Load(settings), WebhookKey.Authorities(settings), "kakuu-1", TimeProvider.System);
            var answer = await line.PostAsync(Call, CancellationToken.None);
            Assert.Null(answer.Status);
            Assert.Contains("SSL", answer.Fault, StringComparison.Ordinal);
        }

        Assert.Empty(receiver.All);
    }

    [Theory]
    [InlineData("""{ "name": "vm cluster", "url": "https://127.0.0.1:1/", "keyFile": "KEY" }""", "power.webhooks[0].name")]
    [InlineData("""{ "name": "vm-cluster", "url": "http://192.0.2.9/", "keyFile": "KEY" }""", "power.webhooks[0].clearTextReason")]
    [InlineData("""{ "name": "vm-cluster", "url": "https://127.0.0.1:1/", "keyFile": "KEY" }""", "has 12 bytes and needs 32")]
    [InlineData("""{ "name": "vm-cluster", "url": "https://127.0.0.1:1/", "keyFile": "KEY.none" }""", "there is no key file")]
    [InlineData("""{ "name": "vm-cluster", "url": "https://127.0.0.1:1/", "keyFile": "KEY", "key": "hush" }""", "power.webhooks[0]")]
    [Requirement("R-INP-01")]
    [Requirement("R-CFG-11")]
    public async Task The_program_does_not_start_with_a_receiver_that_cannot_be(string webhook, string named)
    {
        using var bridge = new RunningBridge();
        var key = Path.Combine(bridge.Folder, "short.key");
        await File.WriteAllTextAsync(key, "hush-my-dear");
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        using var program = RunningBridge.Run(["--settings", Path.Combine(bridge.Folder, "bridge.json"), "--set", $$"""power={ "webhooks": [ {{webhook.Replace("KEY", key, StringComparison.Ordinal)}} ] }"""]);
        var (said, silent) = (program.StandardError.ReadToEndAsync(), program.StandardOutput.ReadToEndAsync());
        await program.WaitForExitAsync();

        Assert.Equal(ExitCodes.Config, program.ExitCode);
        Assert.Contains(named, await said, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", await said + await silent, StringComparison.Ordinal);
    }

    private static WebhookCall Call { get; } = new(
        "a", "x", WebhookAct.Stop, new("SRV-1"), "srv-1", 1, "ups-1-20260801T181100Z", 1, "stage-1", StageCause.Threshold, DateTimeOffset.UnixEpoch, 120, DateTimeOffset.UnixEpoch);

    private static WebhookSettings To(Receiver receiver, string name, int seconds) => new(name, receiver.Url, receiver.KeyFile, TimeSpan.FromSeconds(seconds), receiver.AuthorityFile);

    private static WebhookLine LineTo(Receiver receiver)
    {
        var settings = To(receiver, "x", 5);
        return new(settings, WebhookKey.Load(settings), WebhookKey.Authorities(settings), "kakuu-1", TimeProvider.System);
    }

    // A port that was just given back: whoever connects is refused.
    private static string NobodyThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private static Task UntilAsync(Func<bool> isSo, string what, WebhookRoom room) => PeerProgram.UntilAsync(() => Task.FromResult(isSo()), what, () => string.Join('\n', room.Written));
}
