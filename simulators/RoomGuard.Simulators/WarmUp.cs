using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.World;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Simulators;

/// <summary>
/// Runs every path of a reader once before it goes online, against the panel's side of the codec: installation, secure session, card, keys,
/// light, sound, strike, status. A reader has 200 ms for its first answer (osdp.md section 9), and code that has never run takes longer.
/// </summary>
public static class WarmUp
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Warms up. Takes a fraction of a second and touches nothing outside.</summary>
    /// <returns>True when a card came through, as it always should.</returns>
    public static bool Run()
    {
        var chance = new Random(1);
        byte[] RandomBytes(int count)
        {
            var bytes = new byte[count];
            chance.NextBytes(bytes);
            return bytes;
        }

        var settings = new SimulatorSettings(
            "Test",
            "",
            Seed: 1,
            [new("line", LineKind.Pty, 38400, [new("reader", 0, "02CACA", 1, 1, Inputs: 2, Outputs: 1, Keypad: true)], Link: "none")],
            [new("door", new("reader", 0), new("reader", 0), new("reader", 1), "reader", ExitReader: null)],
            [new("S-1", "無名", "H10301", 1, 1)]);
        var world = new SimulatedWorld(settings, story: null, new PassingMemory(), RandomBytes);
        var bus = new AcuBus(AcuBusSettings.Usual, [new(0, SecureRequired: true, Key: null, Pinned: null)], RandomBytes);
        bus.BeginInstall(0, new(RandomBytes(ScbkKey.Length)), TimeSpan.FromMinutes(1));
        var cameThrough = false;
        var asked = false;
        for (var now = Step; now < TimeSpan.FromSeconds(20) && !cameThrough; now += Step)
        {
            for (var step = bus.Next(now); step.IsSend; step = bus.Next(now))
            {
                world.Receive("line", step.Bytes.Span, now);
            }

            world.Pass(now);
            while (world.Lines["line"].TryTake(now, out var bytes))
            {
                bus.Receive(bytes, now);
            }

            while (bus.TryTake(out var item))
            {
                cameThrough |= item is CardRead;
            }

            if (!asked && world.Readers["reader"].Secure && world.Readers["reader"].HasOwnKey)
            {
                asked = true;
                foreach (OsdpCommand command in new OsdpCommand[]
                {
                    LedCommand.Steady(LedColour.Blue), LedCommand.For(TimeSpan.FromSeconds(1), LedColour.Green, flashing: true), BuzzerCommand.Beep(1),
                    new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(1)), new OutputStatusCommand(), new LocalStatusCommand(), new InputStatusCommand(), new ReaderStatusCommand(),
                })
                {
                    bus.Send(0, command);
                }

                world.Do(new TypeKeys("reader", "12*#"), now);
                world.Do(new PushExit("door"), now);
                world.Do(new MoveCover("reader", Open: true), now);
                world.Do(new PresentCard("S-1", "reader"), now);
            }
        }

        return cameThrough;
    }
}
