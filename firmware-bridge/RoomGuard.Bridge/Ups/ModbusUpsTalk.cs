using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Ups;

/// <summary>A unit on a Modbus wire.</summary>
/// <param name="Unit">Its Modbus address.</param>
/// <param name="Commands">What may be written to it; none: nothing (R-NET-04).</param>
public sealed record ModbusUpsPlace(string Ups, byte Unit, ModbusUpsModel Model, UpsPace Pace, ImmutableArray<UpsCommandForm> Commands = default)
{
    /// <summary>Whether anything may be written to it.</summary>
    public bool IsWritten => !Commands.IsDefaultOrEmpty;
}

/// <summary>The conversation with all units of one Modbus wire: one question under way, state before everything else, what is due longest first.</summary>
public sealed class ModbusUpsTalk : IUpsTalk
{
    private static readonly TimeSpan InventoryEvery = TimeSpan.FromDays(1);

    // A unit that does not answer is asked more rarely, so that a dead one does not take the line from the living.
    private static readonly TimeSpan AskDeadEvery = TimeSpan.FromSeconds(2);

    private readonly ModbusClient client;
    private readonly UnitState[] units;
    private readonly Queue<UpsReading> readings = new();
    private UnitState? asked;
    private Queue<UpsRead> left = new();
    private ReadWhen job;
    private UpsRead? underWay;
    private bool retried;
    private int faultsInARow;
    private string? reopen;

    // Real units restart their controller when writings come closer than this (docs/reference/ups.md, 4.7).
    private static readonly TimeSpan AfterWriting = TimeSpan.FromMilliseconds(250);
    private readonly Queue<CommandUnit> orders = new();
    private readonly Queue<UpsWireAnswer> outcomes = new();
    private readonly Queue<ModbusRequest> writings = new();
    private (UnitState Unit, CommandUnit Order)? acting;
    private bool writing;
    private TimeSpan restUntil = TimeSpan.MinValue;

    /// <summary>A wire with these units.</summary>
    public ModbusUpsTalk(ModbusTiming timing, IReadOnlyList<ModbusUpsPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        units = [.. places.Select(place => new UnitState(place))];
        client = new(timing with { AllowWrites = places.Any(place => place.IsWritten) }, places
            .Where(place => place.Model.Known is not null)
            .ToDictionary(place => place.Unit, place => new ModbusProbe(
                new(place.Model.Table, (ushort)place.Model.Known!.Address, (ushort)place.Model.Known.Registers.Length), [.. place.Model.Known.Registers.Select(register => (ushort)register)])));
    }

    /// <summary>How often what went wrong on the wire.</summary>
    public ModbusCounters Counters => client.Counters;

    /// <inheritdoc/>
    public void LineUp(TimeSpan now)
    {
        reopen = null;
        faultsInARow = 0;
        foreach (var unit in units)
        {
            unit.InventoryDue = now;
            unit.SnapshotDue = now;
            unit.StatusDue = now;
            unit.Absent.Clear();
        }
    }

    /// <inheritdoc/>
    public void LineDown(TimeSpan now, DateTimeOffset at, string why)
    {
        client.LinkLost(now);
        while (client.TryTake(out _))
        {
        }

        asked = null;
        SendBack(why);
        foreach (var unit in units)
        {
            unit.Misses = Math.Max(unit.Misses, UpsPace.MissesAllowed);
            TellUnknown(unit, at, why);
        }
    }

    /// <inheritdoc/>
    public UpsStep Next(TimeSpan now, DateTimeOffset at)
    {
        var step = client.Next(now);
        Settle(now, at);
        if (!step.IsSend)
        {
            // What was settled may have asked the next part of the same look: it goes out now, not when the line is looked at next.
            step = client.Next(now);
        }

        if (client.StreamLost || reopen is not null)
        {
            return new(default, now, reopen ?? "the far end does not speak Modbus. Look at address and port");
        }

        if (step.IsSend)
        {
            return new(step.Bytes, now);
        }

        if (asked is null && !writing && now < restUntil)
        {
            return new(default, restUntil);
        }

        if (asked is null && !writing && (acting is not null || orders.Count > 0))
        {
            WriteNext(now);
            step = client.Next(now);
            if (step.IsSend)
            {
                return new(step.Bytes, now);
            }
        }

        if (asked is null && acting is null && Due(now) is { } next)
        {
            Begin(next.Unit, next.Job, now);
            step = client.Next(now);
            if (step.IsSend)
            {
                return new(step.Bytes, now);
            }
        }

        return new(default, step.Until ?? units.Min(unit => unit.NextDue));
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now) => client.Receive(bytes, now);

    /// <inheritdoc/>
    public bool TryTake(out UpsReading reading) => readings.TryDequeue(out reading!);

    /// <inheritdoc/>
    public void Order(CommandUnit order) => orders.Enqueue(order);

    /// <inheritdoc/>
    public bool TryTakeAnswer(out UpsWireAnswer answer) => outcomes.TryDequeue(out answer!);

    // The next writing of the order under way, or the first of the next.
    private void WriteNext(TimeSpan now)
    {
        while (acting is null && orders.TryDequeue(out var order))
        {
            var unit = units.FirstOrDefault(one => one.Place.Ups == order.Ups);
            if (unit is null || !unit.Place.IsWritten || unit.Place.Commands.FirstOrDefault(form => form.Command == order.Command) is not { Writes: { } writes })
            {
                outcomes.Enqueue(new(order.CommandId, UpsCommandAnswer.Refused, "the unit's settings do not allow it"));
                continue;
            }

            acting = (unit, order);
            foreach (var write in writes)
            {
                writings.Enqueue(new WriteRegister((ushort)write.Address, (ushort)(write.Value ?? order.DelaySeconds / write.DelayStepSeconds!.Value)));
            }
        }

        if (acting is { } open && writings.TryDequeue(out var request))
        {
            writing = true;
            _ = client.Ask(open.Unit.Place.Unit, request, now);
        }
    }

    // A writing is never repeated: one whose answer was lost may have been done.
    private void Written(ModbusOutcome outcome, TimeSpan now)
    {
        writing = false;
        restUntil = now + AfterWriting;
        if (acting is not { } open)
        {
            return;
        }

        var (answer, detail) = outcome switch
        {
            { Answer: ExceptionAnswer { Error: ModbusError.GatewayTarget or ModbusError.GatewayPath } lost } => (UpsCommandAnswer.Silent, $"{lost.Error}"),
            { Answer: ExceptionAnswer { Error: ModbusError.Acknowledge } } => (UpsCommandAnswer.Accepted, "it takes its time"),
            { Answer: ExceptionAnswer refused } => (UpsCommandAnswer.Refused, $"exception {(int)refused.Error}, {refused.Error}"),
            { Answer: not null } => (UpsCommandAnswer.Accepted, ""),
            { Fault: ModbusFault.WritesOff } => (UpsCommandAnswer.Refused, "writes are off on this wire"),
            _ => (UpsCommandAnswer.Silent, $"{outcome.Fault}"),
        };
        if (answer is UpsCommandAnswer.Accepted && writings.Count > 0)
        {
            return;
        }

        outcomes.Enqueue(new(open.Order.CommandId, answer, detail));
        writings.Clear();
        acting = null;
    }

    private void SendBack(string why)
    {
        foreach (var order in acting is { } open ? orders.Prepend(open.Order) : orders)
        {
            outcomes.Enqueue(new(order.CommandId, UpsCommandAnswer.Silent, why));
        }

        orders.Clear();
        writings.Clear();
        acting = null;
        writing = false;
    }

    private (UnitState Unit, ReadWhen Job)? Due(TimeSpan now)
    {
        // State first: an outage must be seen also while inventories are read.
        var job = units.Where(unit => unit.StatusDue <= now).MinBy(unit => unit.StatusDue) is { HasStatus: true } status ? (status, ReadWhen.Status)
            : units.Where(unit => unit.SnapshotDue <= now).MinBy(unit => unit.SnapshotDue) is { } snapshot ? (snapshot, ReadWhen.Snapshot)
            : units.Where(unit => unit.InventoryDue <= now).MinBy(unit => unit.InventoryDue) is { } inventory ? (inventory, ReadWhen.Start)
            : ((UnitState, ReadWhen)?)null;

        // A snapshot holds the state as well. On a bad wire the short look comes first: nine bytes get through where sixty do not.
        return job is { Item2: ReadWhen.Status, Item1: { Misses: 0 } unit } && unit.SnapshotDue <= now ? (unit, ReadWhen.Snapshot) : job;
    }

    private void Begin(UnitState unit, ReadWhen what, TimeSpan now)
    {
        asked = unit;
        job = what;
        left = new(unit.Place.Model.Reads.Where(read => read.When == what && !unit.Absent.Contains(read)));
        retried = false;
        unit.Plan(what, now);
        AskNext(now);
    }

    private void AskNext(TimeSpan now)
    {
        if (asked is not { } unit || !left.TryDequeue(out underWay))
        {
            asked = null;
            underWay = null;
            return;
        }

        var table = underWay.Table ?? unit.Place.Model.Table;
        ModbusRequest request = table is ModbusTable.Coils or ModbusTable.DiscreteInputs
            ? new ReadBits(table, (ushort)underWay.Address, (ushort)underWay.Count)
            : new ReadRegisters(table, (ushort)underWay.Address, (ushort)underWay.Count);
        _ = client.Ask(unit.Place.Unit, request, now);
    }

    private void Settle(TimeSpan now, DateTimeOffset at)
    {
        while (client.TryTake(out var outcome))
        {
            if (outcome.Request.IsWrite)
            {
                Written(outcome, now);
                continue;
            }

            if (asked is not { } unit || underWay is not { } read)
            {
                continue;
            }

            if (outcome.Answer is ExceptionAnswer { Error: not (ModbusError.GatewayTarget or ModbusError.GatewayPath or ModbusError.Busy) } refused)
            {
                // Not there on this unit: never asked again on this link.
                unit.Absent.Add(read);
                unit.Refused = $"the unit refuses registers {read.Address} to {read.Address + read.Count - 1} ({refused.Error}). Is it the right model, and is Modbus enabled?";
                Answered(unit, at, now);
            }
            else if (outcome.Answer is null or ExceptionAnswer)
            {
                Missed(unit, outcome, now, at);
            }
            else
            {
                unit.Memory.Take(read.Table ?? unit.Place.Model.Table, read.Address, outcome.Answer, at);
                Answered(unit, at, now);
            }
        }
    }

    private void Answered(UnitState unit, DateTimeOffset at, TimeSpan now)
    {
        faultsInARow = 0;
        if (left.Count > 0)
        {
            AskNext(now);
            return;
        }

        asked = null;
        underWay = null;
        unit.Misses = 0;
        unit.UnknownTold = false;
        var reading = unit.Memory.Read(at);
        if (reading.State == UpsQuality.Bad && unit.Refused is { } refused)
        {
            reading = reading with { Trouble = refused };
        }

        unit.See(reading, now);
        readings.Enqueue(reading);
    }

    private void Missed(UnitState unit, ModbusOutcome outcome, TimeSpan now, DateTimeOffset at)
    {
        faultsInARow++;
        if (!retried && unit.Misses == 0 && outcome.Fault is (ModbusFault.BadCheck or ModbusFault.Incomplete))
        {
            // One damaged answer is asked for again before anything is made of it.
            retried = true;
            left = new([underWay!, .. left]);
            AskNext(now);
            return;
        }

        asked = null;
        underWay = null;
        left.Clear();
        unit.Misses++;

        // What was due is still due; a unit that is dead is asked rarely.
        var again = now + (unit.Misses >= UpsPace.MissesAllowed ? AskDeadEvery : TimeSpan.Zero);
        unit.AskAgain(job, again);
        if (unit.Misses >= UpsPace.MissesAllowed)
        {
            TellUnknown(unit, at, Words(outcome));
        }

        if (faultsInARow >= 2 * UpsPace.MissesAllowed * units.Length)
        {
            reopen = Words(outcome);
        }
    }

    // Silence becomes unknown once, not at every try.
    private void TellUnknown(UnitState unit, DateTimeOffset at, string why)
    {
        if (!unit.UnknownTold)
        {
            unit.UnknownTold = true;
            readings.Enqueue(UpsReading.Nothing(unit.Place.Ups, at, why));
        }
    }

    private static string Words(ModbusOutcome outcome) => outcome.Fault switch
    {
        ModbusFault.Silence => $"unit {outcome.Unit} does not answer. Is it on, is Modbus enabled on its panel, is the address right?",
        ModbusFault.WrongUnit => $"another unit than {outcome.Unit} answers. Look for two units with one address, or an adapter that mixes lines",
        ModbusFault.WrongAnswer or ModbusFault.OutOfStep => $"unit {outcome.Unit} answers other questions than it was asked. The link is opened again",
        ModbusFault.None => $"the gateway has no answer from unit {outcome.Unit}. Look at the device behind it",
        _ => $"answers of unit {outcome.Unit} are damaged ({outcome.Fault}). Look at the cable, its length and its termination",
    };

    private sealed class UnitState(ModbusUpsPlace place)
    {
        public ModbusUpsPlace Place { get; } = place;

        public ModbusUpsMemory Memory { get; } = new(place.Ups, place.Model);

        public HashSet<UpsRead> Absent { get; } = [];

        public bool HasStatus { get; } = place.Model.Reads.Any(read => read.When == ReadWhen.Status);

        public string? Refused { get; set; }

        public int Misses { get; set; }

        public bool UnknownTold { get; set; }

        public TimeSpan InventoryDue { get; set; }

        public TimeSpan SnapshotDue { get; set; }

        public TimeSpan StatusDue { get; set; }

        public TimeSpan NextDue => new[] { InventoryDue, SnapshotDue, HasStatus ? StatusDue : TimeSpan.MaxValue }.Min();

        private bool OnBattery { get; set; }

        public void Plan(ReadWhen what, TimeSpan now)
        {
            StatusDue = now + Place.Pace.Status;
            if (what == ReadWhen.Snapshot)
            {
                SnapshotDue = now + (OnBattery ? Place.Pace.OnBattery : Place.Pace.Snapshot);
            }
            else if (what == ReadWhen.Start)
            {
                InventoryDue = now + InventoryEvery;
            }
        }

        public void AskAgain(ReadWhen what, TimeSpan at)
        {
            StatusDue = at;
            SnapshotDue = what == ReadWhen.Snapshot || at > SnapshotDue ? at : SnapshotDue;
            InventoryDue = what == ReadWhen.Start || at > InventoryDue ? at : InventoryDue;
        }

        public void See(UpsReading reading, TimeSpan now)
        {
            var onBattery = (reading.Flags & UpsFlags.OnBattery) != 0;
            if (onBattery != OnBattery)
            {
                // The short look has found it: now everything, at once.
                OnBattery = onBattery;
                SnapshotDue = now;
            }
        }
    }
}
