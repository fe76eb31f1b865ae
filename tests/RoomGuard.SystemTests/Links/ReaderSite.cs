using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.SystemTests.Links;

/// <summary>The bridge's readers on real lines, with a room that listens: one reader per name, each at its own door.</summary>
public sealed class ReaderSite : IAsyncDisposable
{
    private readonly List<BusSettings> buses = [];
    private readonly List<DoorSettings> doors = [];
    private ReaderBuses? running;

    public static CardDigester Digester { get; } = new([.. Enumerable.Range(1, 32).Select(n => (byte)n)]);

    public string Folder { get; } = Directory.CreateTempSubdirectory("roomguard-readers-").FullName;

    public ListeningRoom Room { get; } = new();

    public ReaderBuses Buses => running ?? throw new InvalidOperationException("Start it first.");

    public ReaderKeyStore Keys { get; private set; } = null!;

    public ILogger Log { get; set; } = NullLogger.Instance;

    public static PdIdentity Identity(uint serial) => new(0x02CACA, 12, 1, serial, 1, 4, 0);

    public static DeviceId Reader(string name) => new($"reader-{name}");

    public static DoorId Door(string name) => new($"door-{name}");

    /// <summary>The digest of an H10301 card.</summary>
    public static CardDigest Digest(uint facility, ulong number) => Digester.Of(CardFormat.H10301.Number(facility, number).Canonical);

    /// <summary>A reader with its key, as an installed one.</summary>
    public PdSession Installed(string name, byte address = 0, bool sensor = false)
    {
        Open();
        var identity = Identity((uint)(0x1000 + address));
        var key = Keys.MakeCandidate(Reader(name));
        Keys.Confirm(Reader(name), key, identity);
        return new(new(address, identity) { Key = key, Biometrics = sensor, KeepsTemplateOf = _ => true }, RandomNumberGenerator.GetBytes);
    }

    /// <summary>A wire with readers by name at addresses 0, 1, 2 … Each has strike 0, contact 0 and exit button 1.</summary>
    public ReaderSite Bus(string id, LinkSettings link, int baudRate, params string[] readers)
    {
        buses.Add(new(id, link, baudRate, [.. readers.Select((name, address) => new ReaderSettings(Reader(name).Value, address, Door(name).Value, ReaderSide.Entry, "H10301"))]));
        doors.AddRange(readers.Select(name => new DoorSettings(
            Door(name).Value,
            "SRV-1",
            "サーバ室",
            "Server room",
            TimeSpan.FromSeconds(5),
            TimeSpan.FromSeconds(30),
            TimeSpan.FromSeconds(60),
            PowerLossState.FailSecure,
            new(Reader(name).Value, 0),
            new(Reader(name).Value, 0),
            new(Reader(name).Value, 1))));
        return this;
    }

    public ReaderSite Serial(string id, string path, params string[] readers) => Bus(id, new(LinkKind.Serial, path), 230400, readers);

    /// <summary>Lets the readers of a wire speak clear text.</summary>
    public ReaderSite AllowClearText(string bus)
    {
        var at = buses.FindIndex(each => each.Id == bus);
        buses[at] = buses[at] with
        {
            Readers = [.. buses[at].Readers.Select(reader => reader with { SecureChannel = SecureChannelRule.ClearText, ClearTextReason = "an old reader until its replacement comes" })],
        };
        return this;
    }

    /// <summary>Lets the fingers of a wire's readers count.</summary>
    public ReaderSite WithSensors(string bus)
    {
        var at = buses.FindIndex(each => each.Id == bus);
        buses[at] = buses[at] with { Readers = [.. buses[at].Readers.Select(reader => reader with { Sensor = new() })] };
        return this;
    }

    public ReaderSite Start()
    {
        Open();
        var settings = new BridgeSettings("bridge-1", "kakuu-1", EnvironmentKind.Test, Folder, "https://127.0.0.1:7444", [.. buses], [.. doors]);
        Assert.Empty(settings.Problems());
        var around = new ReaderSurroundings(Room, Digester, Keys, TimeProvider.System, RandomNumberGenerator.GetBytes, Log);
        running = new(BusPlan.From(settings), around, plan => ReaderBuses.LinkOf(plan, TimeProvider.System));
        running.Start();
        return this;
    }

    public Task<ReaderChanged> OnlineAsync(string name) => BecomesAsync(name, ReaderCondition.Online);

    public Task<ReaderChanged> BecomesAsync(string name, ReaderCondition condition) =>
        Room.NextAsync<ReaderChanged>(changed => changed.Reader == Reader(name) && changed.Condition == condition);

    public async Task StopAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
            running = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void Open() => Keys ??= ReaderKeyStore.Open(Folder, RandomNumberGenerator.GetBytes);
}
