using System.Collections.Immutable;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Body = RoomGuard.Simulators.Ups.SimulatedUps;
using FarEnd = RoomGuard.Simulators.Ups.UpsWire;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>A simulated unit and our conversation with it on one wire, in virtual time. Things happen in due order; nothing sleeps.</summary>
internal sealed class AUnit
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private readonly IUpsTalk talk;
    private TimeSpan sleepsUntil = TimeSpan.MinValue;

    public AUnit(UpsKind kind = UpsKind.ApcRtu, double load = 30, double health = 1, UpsPace? pace = null, BatteryTable? battery = null, int seed = 1, int fullLoadSeconds = 360, params UpsCommand[] commands)
    {
        Body = new(new Simulated("ups-1", kind, Link: "x", LoadPercent: load, Health: health, FullLoadRuntime: TimeSpan.FromSeconds(fullLoadSeconds)));
        FarEnd = new(Body, new Random(seed));
        var units = pace ?? UpsPace.Usual;
        var model = UpsModels.Load(kind == UpsKind.MegatecQ1 ? "megatec-q1" : "apc-smart-ups");
        ImmutableArray<UpsCommandForm> forms = [.. commands.Select(command => model.FormOf(command)!)];
        talk = kind switch
        {
            UpsKind.MegatecQ1 => new MegatecUpsTalk("ups-1", model.Megatec!, battery is null ? null : new(battery), units, forms),
            UpsKind.ApcTcp => new ModbusUpsTalk(RoomGuard.Wire.Modbus.ModbusTiming.Tcp, [new("ups-1", 1, model.Modbus!, units, forms)]),
            _ => new ModbusUpsTalk(RoomGuard.Wire.Modbus.ModbusTiming.Serial, [new("ups-1", 1, model.Modbus!, units, forms)]),
        };
        Board = new([new("ups-1", "電源1", "UPS 1", "apc-smart-ups", new(RoomGuard.Bridge.LinkKind.Serial, "x"))], At);
        talk.LineUp(Now);
    }

    public Body Body { get; }

    public FarEnd FarEnd { get; }

    public UpsBoard Board { get; }

    public TimeSpan Now { get; private set; }

    public DateTimeOffset At => A.MondayNine + Now;

    public List<UpsReading> Readings { get; } = [];

    public List<string> Reopened { get; } = [];

    /// <summary>What the wire said of orders.</summary>
    public List<UpsWireAnswer> Answers { get; } = [];

    /// <summary>Every frame or line that was sent, as hex digits or letters.</summary>
    public List<byte[]> Sent { get; } = [];

    public long BytesOut { get; private set; }

    public long BytesIn { get; private set; }

    public int Questions { get; private set; }

    public UpsReading Last => Readings[^1];

    /// <summary>Lets time pass.</summary>
    public AUnit After(double seconds)
    {
        for (var end = Now + TimeSpan.FromSeconds(seconds); Now < end; Now += Tick)
        {
            while (FarEnd.TryTake(Now, out var bytes))
            {
                BytesIn += bytes.Length;
                sleepsUntil = Now;
                talk.Receive(bytes, Now);
            }

            for (var rounds = 0; rounds < 8; rounds++)
            {
                var step = talk.Next(Now, At);
                Deliver();
                if (step.Reopen is { } why)
                {
                    Reopened.Add(why);
                    talk.LineDown(Now, At, why);
                    Deliver();
                    talk.LineUp(Now);
                    break;
                }

                if (step.Bytes.IsEmpty)
                {
                    sleepsUntil = step.Until;
                    break;
                }

                // Who drives a conversation sleeps as long as it said; what goes out earlier would in truth go out late.
                if (Now < sleepsUntil)
                {
                    throw new InvalidOperationException($"At {Now} it has something to send and had asked to be woken only at {sleepsUntil}.");
                }

                Questions++;
                BytesOut += step.Bytes.Length;
                Sent.Add(step.Bytes.ToArray());
                FarEnd.Receive(step.Bytes.Span, Now);
            }
        }

        return this;
    }

    public AUnit Mains(Mains mains)
    {
        Body.Feed(mains, Now);
        return this;
    }

    /// <summary>An order for the unit.</summary>
    public AUnit Orders(UpsCommand command, int delay = 0, string id = "UC-0001")
    {
        sleepsUntil = Now;
        talk.Order(new(id, "ups-1", command, delay));
        return this;
    }

    /// <summary>The cable is pulled: the wire says so.</summary>
    public AUnit LosesItsLink()
    {
        talk.LineDown(Now, At, "the line broke");
        Deliver();
        talk.LineUp(Now);
        return this;
    }

    public AUnit Has(UpsHabit habit, bool on = true)
    {
        Body.Set(habit, on);
        return this;
    }

    /// <summary>Which readings said so since some point.</summary>
    public ImmutableArray<UpsReading> Since(int count) => [.. Readings.Skip(count)];

    private void Deliver()
    {
        while (talk.TryTake(out var reading))
        {
            Readings.Add(reading);
            Board.Take(reading);
        }

        while (talk.TryTakeAnswer(out var answer))
        {
            Answers.Add(answer);
        }
    }
}
