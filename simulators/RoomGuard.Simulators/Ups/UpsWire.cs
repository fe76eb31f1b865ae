using RoomGuard.Wire.Megatec;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Simulators.Ups;

/// <summary>The wire of one simulated unit: bytes in, bytes out, each at its time, with the unit's bad habits. Pure: it is told the time and owns no thread.</summary>
public sealed class UpsWire
{
    private const int MostWaiting = 64;

    // A unit measures gaps of 15 ms between characters (AN-176); what comes later begins a new question.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(25);

    // Half a request from a caller that has gone must not spoil the next caller's.
    private static readonly TimeSpan Forgets = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ModbusThinks = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan MegatecThinks = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(4);

    private readonly Random chance;
    private readonly Queue<(TimeSpan Due, byte[] Bytes)> waiting = new();
    private readonly MegatecUnit megatec;
    private readonly ApcRegisters registers;
    private readonly byte[] heard = new byte[2 * MegatecScanner.LongestLine];
    private ModbusServer server;
    private byte[]? behind;
    private int filled;
    private TimeSpan clock;
    private TimeSpan lastHeard;

    /// <summary>The wire of this unit.</summary>
    public UpsWire(SimulatedUps ups, Random chance)
    {
        ArgumentNullException.ThrowIfNull(ups);
        Ups = ups;
        this.chance = chance;
        megatec = new(ups);
        registers = new(ups, () => clock);
        server = NewServer();
    }

    /// <summary>The unit.</summary>
    public SimulatedUps Ups { get; }

    /// <summary>When the next bytes are due, or silence means something; null: nothing waits.</summary>
    public TimeSpan? NextDue => new[] { waiting.TryPeek(out var next) ? next.Due : null, server.NextDue }.Min();

    /// <summary>How often somebody asked something that could be understood.</summary>
    public long Asked { get; private set; }

    /// <summary>Bytes came.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        clock = now;
        if (bytes.IsEmpty || !Ups.Plugged)
        {
            Tick(now);
            return;
        }

        var damaged = bytes.ToArray();
        Damage(damaged);
        if (now - lastHeard > Forgets || server.StreamLost)
        {
            server = NewServer();
            filled = 0;
        }

        lastHeard = now;
        if (Ups.Settings.Kind == UpsKind.MegatecQ1)
        {
            HearLines(damaged, now);
        }
        else
        {
            server.Receive(damaged, now);
            TakeAnswers(now);
        }
    }

    /// <summary>The next bytes on the wire by now.</summary>
    public bool TryTake(TimeSpan now, out byte[] bytes)
    {
        Tick(now);
        if (waiting.TryPeek(out var next) && next.Due <= now)
        {
            bytes = waiting.Dequeue().Bytes;
            return true;
        }

        bytes = [];
        return false;
    }

    private ModbusServer NewServer() => new(
        Ups.Settings.Kind == UpsKind.ApcTcp ? ModbusFraming.Tcp : ModbusFraming.Rtu,
        Silence,
        unit => unit == Ups.Settings.Unit || (Ups.Settings.Kind == UpsKind.ApcTcp && unit is 0 or 0xFF) ? registers : null);

    private void Tick(TimeSpan now)
    {
        clock = now;
        server.Tick(now);
        TakeAnswers(now);
    }

    private void TakeAnswers(TimeSpan now)
    {
        while (server.TryTake(out var answer))
        {
            Say(answer, now + ModbusThinks);
        }
    }

    private void HearLines(byte[] bytes, TimeSpan now)
    {
        foreach (var item in bytes)
        {
            // Overlong lines without CR are cut.
            filled = filled == heard.Length ? 0 : filled;
            heard[filled++] = item;
            var scan = MegatecScanner.Next(heard.AsSpan(0, filled));
            if (scan.Consumed > 0)
            {
                filled = 0;
                if (scan.Text is { } line && megatec.Hear(line, now) is { } answer)
                {
                    Say(MegatecScanner.ToBytes(answer), now + MegatecThinks);
                }
            }
        }
    }

    private void Say(byte[] answer, TimeSpan due)
    {
        Asked++;
        if (Ups.Has(UpsHabit.Silent) || !Ups.Plugged || waiting.Count >= MostWaiting)
        {
            return;
        }

        if (Ups.Has(UpsHabit.OneBehind))
        {
            (behind, answer) = (answer, behind ?? []);
        }
        else
        {
            behind = null;
        }

        answer = Spoil(answer);
        Damage(answer);
        due += Ups.Late;
        if (Ups.Has(UpsHabit.SingleBytes))
        {
            foreach (var item in answer)
            {
                waiting.Enqueue((due, [item]));
                due += BetweenBytes;
            }
        }
        else if (answer.Length > 0)
        {
            waiting.Enqueue((due, answer));
        }
    }

    private byte[] Spoil(byte[] answer)
    {
        if (answer.Length == 0)
        {
            return answer;
        }

        if (Ups.Has(UpsHabit.WrongUnit) && Ups.Settings.Kind == UpsKind.ApcRtu)
        {
            answer = RtuFrame.Of((byte)(answer[0] + 1), answer.AsSpan()[1..^2]);
        }

        if (Ups.Has(UpsHabit.WrongCheck))
        {
            answer[Ups.Settings.Kind == UpsKind.MegatecQ1 ? 1 : ^1] ^= 0x55;
        }

        if (Ups.Has(UpsHabit.HalfAnswers))
        {
            answer = answer[..(answer.Length / 2)];
        }

        return Ups.Has(UpsHabit.GarbageBefore) ? [0xFF, 0x00, 0x7E, .. answer] : answer;
    }

    private void Damage(byte[] bytes)
    {
        if (Ups.NoisePercent <= 0)
        {
            return;
        }

        for (var index = 0; index < bytes.Length; index++)
        {
            if (chance.NextDouble() * 100 < Ups.NoisePercent)
            {
                bytes[index] ^= (byte)(1 << chance.Next(8));
            }
        }
    }
}
