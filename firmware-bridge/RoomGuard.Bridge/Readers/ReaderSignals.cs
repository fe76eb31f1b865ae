using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Doors;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What a reader's light does: a colour, and another between its flashes.</summary>
/// <param name="OnTenths">Tenths of a second.</param>
/// <param name="OffTenths">0: steady.</param>
/// <param name="ForTenths">0: for good.</param>
public sealed record LightSignal(LedColour Colour, byte OnTenths = 1, byte OffTenths = 0, ushort ForTenths = 0);

/// <summary>What a reader sounds.</summary>
/// <param name="OnTenths">0: be silent.</param>
/// <param name="Times">0: until told otherwise.</param>
public sealed record SoundSignal(byte OnTenths, byte OffTenths, byte Times);

/// <summary>One line of the table: what a signal is at the reader.</summary>
/// <param name="Lasting">True when it stands until another is shown, and is shown again after a reader restarted.</param>
/// <param name="Sound">Null: leave the sounder as it is.</param>
public sealed record SignalLine(ReaderSignal Signal, bool Lasting, LightSignal Light, SoundSignal? Sound);

/// <summary>
/// The room's signals in lights and sounds. One refusal signal whatever the reason (R-DOOR-01); no two signals differ by colour alone,
/// since not everybody tells red from green.
/// </summary>
public static class ReaderSignals
{
    private static readonly SoundSignal Silence = new(0, 0, 0);

    /// <summary>One line for each signal.</summary>
    public static ImmutableArray<SignalLine> Table { get; } =
    [
        //                                     lasting   light                                                  sound: on, off, times
        new(ReaderSignal.Idle,                 true,     new(LedColour.Red),                                    Silence),
        new(ReaderSignal.Granted,              false,    new(LedColour.Green, ForTenths: 30),                   new(2, 1, 1)),
        new(ReaderSignal.Denied,               false,    new(LedColour.Red, 2, 2, ForTenths: 20),               new(1, 1, 3)),
        new(ReaderSignal.WaitFactor,           false,    new(LedColour.Amber, 5, 5, ForTenths: 150),            new(1, 1, 2)),
        new(ReaderSignal.ExitRecorded,         false,    new(LedColour.Green, 3, 1, ForTenths: 10),             null),
        new(ReaderSignal.HeldOpen,             true,     new(LedColour.Amber, 2, 2),                            new(2, 8, 0)),
        new(ReaderSignal.Alarm,                true,     new(LedColour.Red, 1, 1),                              new(5, 2, 0)),
        new(ReaderSignal.Lockdown,             true,     new(LedColour.Magenta, 10, 2),                         Silence),
        new(ReaderSignal.OutOfService,         true,     new(LedColour.Amber, 2, 20),                           Silence),
    ];

    /// <summary>The line of a signal.</summary>
    public static SignalLine Of(ReaderSignal signal)
    {
        foreach (var line in Table)
        {
            if (line.Signal == signal)
            {
                return line;
            }
        }

        throw new UnreachableException($"No light for {signal}.");
    }

    /// <summary>The commands that show a signal on reader head 0, light 0. What the reader says it does not have is left out.</summary>
    public static IEnumerable<OsdpCommand> Commands(ReaderSignal signal, PdCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        var line = Of(signal);
        var saysNothing = capabilities.Lines.IsEmpty;
        if (saysNothing || capabilities.Leds > 0)
        {
            yield return new LedCommand([Light(line.Light)]);
        }

        if (line.Sound is { } sound && (saysNothing || capabilities.HasBuzzer))
        {
            yield return sound.OnTenths == 0
                ? new BuzzerCommand(0, Tone: 1, 0, 0, 0)
                : new BuzzerCommand(0, Tone: 2, sound.OnTenths, sound.OffTenths, sound.Times);
        }
    }

    private static LedSetting Light(LightSignal light) => light.ForTenths > 0
        ? new(0, 0, new(2, light.OnTenths, light.OffTenths, light.Colour, LedColour.Off, light.ForTenths), default)
        : new(0, 0, new(1, 0, 0, LedColour.Off, LedColour.Off, 0), new(1, light.OnTenths, light.OffTenths, light.Colour, LedColour.Off));
}
