using RoomGuard.Wire.Osdp;

namespace RoomGuard.TestKit.Wire;

/// <summary>Readers, keys and wires that are valid as they come. A test changes only what it is about.</summary>
public static class AReader
{
    /// <summary>A key nobody knows.</summary>
    public static readonly ScbkKey Key = new(Convert.FromHexString("8D0FC17A44B93E06F25C91D3A8670BE2"));

    /// <summary>Another key nobody knows.</summary>
    public static readonly ScbkKey OtherKey = new(Convert.FromHexString("3B7714E09C5AD2861FBB60C8E45D09A7"));

    /// <summary>A reader of an invented maker.</summary>
    public static readonly PdIdentity Identity = new(Vendor: 0xABCDEF, Model: 2, Version: 1, Serial: 0x01020304, FirmwareMajor: 1, FirmwareMinor: 2, FirmwareBuild: 3);

    /// <summary>26 bits, facility 4, card 32077 (readers sheet, section 1).</summary>
    public static readonly byte[] Card = [0x02, 0x3E, 0xA6, 0x80];

    /// <summary>A device at an address, with a serial number of its own.</summary>
    public static PdSettings At(byte address, ScbkKey? key = null) => new(address, Identity with { Serial = 0x01020300u + address }) { Key = key };

    /// <summary>Chance from a seed.</summary>
    public static Func<int, byte[]> Chance(int seed)
    {
        var random = new Random(seed);
        return count =>
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        };
    }
}

/// <summary>One bus with readers at addresses 0, 1, 2 … and everything needed to make them do things.</summary>
public sealed class AWire
{
    /// <param name="readers">How many readers.</param>
    /// <param name="secure">With secure channel.</param>
    /// <param name="baudRate">Speed of the line.</param>
    /// <param name="seed">For both ends' chance.</param>
    /// <param name="device">Changes a device before it is plugged in.</param>
    /// <param name="expected">Changes what the panel expects.</param>
    public AWire(
        int readers = 1,
        bool secure = true,
        int baudRate = 38400,
        int seed = 1,
        Func<PdSettings, PdSettings>? device = null,
        Func<AcuReaderSettings, AcuReaderSettings>? expected = null)
    {
        var key = secure ? AReader.Key : null;
        Devices = [.. Enumerable.Range(0, readers).Select(address =>
        {
            var settings = AReader.At((byte)address, key);
            return new PdSession(device?.Invoke(settings) ?? settings, AReader.Chance(seed + address));
        })];
        AcuReaderSettings[] panel = [.. Enumerable.Range(0, readers).Select(address =>
        {
            var settings = new AcuReaderSettings((byte)address, secure, key, AReader.At((byte)address).Identity);
            return expected?.Invoke(settings) ?? settings;
        })];
        Bus = new(AcuBusSettings.Usual with { BaudRate = baudRate }, panel, AReader.Chance(seed + 1000));
        Line = new(Devices);
        Wire = new(Bus, Line, baudRate);
    }

    /// <summary>The devices.</summary>
    public PdSession[] Devices { get; }

    /// <summary>The first device.</summary>
    public PdSession Device => Devices[0];

    /// <summary>The devices' end.</summary>
    public PdLine Line { get; }

    /// <summary>The panel's end.</summary>
    public AcuBus Bus { get; }

    /// <summary>The wire between.</summary>
    public VirtualWire Wire { get; }

    /// <summary>What the bus told so far.</summary>
    public List<AcuEvent> Events => Wire.Events;

    /// <summary>Lets seconds pass.</summary>
    public AWire After(double seconds)
    {
        Wire.Run(TimeSpan.FromSeconds(seconds));
        return this;
    }

    /// <summary>Waits until an event of a kind has come since <paramref name="from"/>, at most so many seconds.</summary>
    public bool Hears<T>(double withinSeconds, int from = 0)
        where T : AcuEvent => Wire.RunUntil(() => Events.Skip(from).OfType<T>().Any(), TimeSpan.FromSeconds(withinSeconds));

    /// <summary>Runs until every reader is online, then forgets what was told.</summary>
    public AWire Settled(double withinSeconds = 5)
    {
        if (!Wire.RunUntil(() => Devices.All(device => Bus.IsOnline(device.Address)), TimeSpan.FromSeconds(withinSeconds)))
        {
            throw new InvalidOperationException("The readers did not come online: " + string.Join(" | ", Events));
        }

        Wire.Run(TimeSpan.FromSeconds(1));
        Events.Clear();
        return this;
    }
}
