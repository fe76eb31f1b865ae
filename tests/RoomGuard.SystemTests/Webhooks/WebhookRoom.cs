using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Power;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.SystemTests.Webhooks;

/// <summary>A bridge's room with its own loop, a real journal, a NUT server's board and a real sender; the unit says what the test says. It can end and begin again.</summary>
internal sealed class WebhookRoom : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-hooks-");
    private readonly ImmutableArray<WebhookSettings> webhooks;
    private readonly PowerControlSettings settings;
    private readonly TimeProvider time = TimeProvider.System;
    private RoomMeters meters = null!;
    private RoomJournal journal = null!;
    private RoomLoop loop = null!;
    private WebhookSender sender = null!;

    public WebhookRoom(PowerControlSettings settings, PowerPlan plan, params WebhookSettings[] webhooks)
    {
        this.webhooks = [.. webhooks];
        this.settings = settings;
        Begin();
        loop.Post(new RoomOrderArrived(time.GetUtcNow(), 1, new PowerPlanOrder(plan, Withdrawn: false, "S-0102")));
    }

    /// <summary>What the servers of the room are told.</summary>
    public NutBoard Board { get; private set; } = null!;

    /// <summary>Everything in the journal, in order.</summary>
    public IReadOnlyList<RecordedEvent> Written => [.. journal.Log.Read(0, 10_000).Select(stored => RecordJson.ParseEvent(stored.Payload))];

    /// <summary>What a restart at this moment would find owed.</summary>
    public ImmutableArray<WebhookCall> Owed => journal.LastSnapshot()?.Power?.Webhooks ?? [];

    public bool IsTold(string stage) => Board.Unit(stage)!.Fsd;

    /// <summary>The unit says this, from now on unless it says more.</summary>
    public void Says(UpsFlags flags, double left)
    {
        var at = time.GetUtcNow();
        var values = ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty
            .Add(UpsQuantity.RuntimeSeconds, new(left, UpsQuality.Good, at)).Add(UpsQuantity.ChargePercent, new(80, UpsQuality.Good, at));
        loop.Post(new UpsHeard(at, new("ups-1", at, UpsQuality.Good, flags, values, ImmutableSortedDictionary<UpsText, string>.Empty, null)));
    }

    /// <summary>The program ends with whatever is under way, and starts again on the same journal.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        folder.Delete(recursive: true);
    }

    private void Begin()
    {
        meters = new("WebhookRoom");
        journal = RoomJournal.Open(
            new(Path.Combine(folder.FullName, "journal.db"), "hooks-1/bridge-1/journal", "hooks-1/bridge-1", RandomNumberGenerator.GetBytes, time), new(Path.Combine(folder.FullName, "ballast"), 0));
        var units = new UpsBoard([new("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(RoomGuard.Bridge.LinkKind.Serial, "/dev/null"))], time.GetUtcNow());
        Board = new(
            units, [new("stage-1", "ups-1", "Stage 1"), new("stage-2", "ups-1", "Stage 2"), new("stage-3", "ups-1", "Stage 3")],
            new NutUsers(Path.Combine(folder.FullName, "nut-users.json"), time), "test", time, NullLogger.Instance);
        loop = new(wrong => throw wrong, time, meters, NullLogger.Instance);
        sender = new(
            webhooks, webhook => new WebhookLine(webhook, WebhookKey.Load(webhook), WebhookKey.Authorities(webhook), "kakuu-1", time), loop, new Random(41), time, NullLogger<WebhookSender>.Instance);
        var doors = new EntryControl(
            new RoomPlan(
                [new(new("SRV-1-D1"), new("SRV-1"), "扉", "Door", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure)],
                [new(new("reader-1"), new("SRV-1-D1"), ReaderSide.Entry)]),
            new() { PinMatches = (_, _) => false });
        var power = new PowerControl(["ups-1"], settings, webhooks.Select(webhook => webhook.Name));
        if (journal.LastSnapshot() is { } before)
        {
            doors.Restore(before);
            power.Restore(before.Power!);
        }

        loop.Start(new RoomTurn(doors, journal, new RoomDevices(new NoDoors(), Board, units, NullLogger<RoomDevices>.Instance, sender), time, meters, NullLogger.Instance, power), () => { });
        loop.Post(new RoomStarted(time.GetUtcNow()));
        _ = sender.StartAsync(CancellationToken.None);
    }

    private async Task EndAsync()
    {
        await sender.StopAsync(CancellationToken.None);
        loop.Dispose();
        sender.Dispose();
        journal.Dispose();
        meters.Dispose();
    }

    private sealed class NoDoors : IDoorDevices
    {
        public void Execute(DeviceOrder order)
        {
        }
    }
}
