using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Megatec;

namespace RoomGuard.Bridge.Ups;

/// <summary>The conversation with the unit on one Q1 wire.</summary>
/// <param name="estimate">For units that tell neither charge nor runtime; null: those stay unknown.</param>
/// <param name="commands">What may be written to it; empty: nothing (R-NET-04).</param>
public sealed class MegatecUpsTalk(string ups, MegatecUpsModel model, BatteryEstimate? estimate, UpsPace pace, ImmutableArray<UpsCommandForm> commands = default) : IUpsTalk
{
    // By how much a value may move between two looks and be believed at once; more, and a tenth of it besides, is asked again.
    private static readonly FrozenDictionary<UpsQuantity, double> Moves = new Dictionary<UpsQuantity, double>
    {
        [UpsQuantity.InputVoltage] = 5,
        [UpsQuantity.OutputVoltage] = 5,
        [UpsQuantity.InputFrequency] = 2,
        [UpsQuantity.OutputFrequency] = 2,
        [UpsQuantity.LoadPercent] = 5,
        [UpsQuantity.ChargePercent] = 5,
        [UpsQuantity.RuntimeSeconds] = 120,
        [UpsQuantity.BatteryVoltage] = 1,
        [UpsQuantity.BatteryTemperature] = 5,
        [UpsQuantity.Temperature] = 5,
    }.ToFrozenDictionary();

    private readonly MegatecClient client = new(allowOrders: !commands.IsDefaultOrEmpty);
    private readonly Queue<CommandUnit> orders = new();
    private readonly Queue<UpsWireAnswer> outcomes = new();
    private CommandUnit? acting;
    private readonly Queue<UpsReading> readings = new();
    private readonly HashSet<string> notKnown = [];
    private readonly Dictionary<string, string> answers = [];
    private readonly Dictionary<string, string> inventory = [];
    private bool inventoryAsked;
    private bool reading;
    private TimeSpan due;
    private int misses;
    private bool unknownTold;
    private Seen? told;
    private Seen? doubtful;
    private int doubts;

    /// <inheritdoc/>
    public void LineUp(TimeSpan now)
    {
        inventoryAsked = false;
        notKnown.Clear();
        reading = false;
        doubtful = null;
        doubts = 0;
        due = now;
    }

    /// <inheritdoc/>
    public void LineDown(TimeSpan now, DateTimeOffset at, string why)
    {
        client.LinkLost(now);
        while (client.TryTake(out _))
        {
        }

        SendBack(why);
        reading = false;
        misses = Math.Max(misses, UpsPace.MissesAllowed);
        TellUnknown(at, why);
    }

    /// <inheritdoc/>
    public UpsStep Next(TimeSpan now, DateTimeOffset at)
    {
        var step = client.Next(now);
        Settle(now, at);
        if (!reading && client.IsIdle && orders.TryDequeue(out var order))
        {
            Act(order);
            step = client.Next(now);
        }
        else if (!reading && client.IsIdle && now >= due)
        {
            Begin(now);
            step = client.Next(now);
        }
        else if (step.Line is null)
        {
            // What was settled may have asked the next part of the same look.
            step = client.Next(now);
        }

        if (step.Line is { } line)
        {
            return new(MegatecScanner.ToBytes(line), now);
        }

        return new(default, step.Until ?? due);
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now) => client.Receive(bytes, now);

    /// <inheritdoc/>
    public bool TryTake(out UpsReading reading) => readings.TryDequeue(out reading!);

    /// <inheritdoc/>
    public void Order(CommandUnit order) => orders.Enqueue(order);

    /// <inheritdoc/>
    public bool TryTakeAnswer(out UpsWireAnswer answer) => outcomes.TryDequeue(out answer!);

    private void Act(CommandUnit order)
    {
        if ((commands.IsDefault ? [] : commands).FirstOrDefault(form => form.Command == order.Command) is not { Line: { } line })
        {
            outcomes.Enqueue(new(order.CommandId, UpsCommandAnswer.Refused, "the unit's settings do not allow it"));
            return;
        }

        acting = order;
        _ = client.Ask(MegatecCommand.Order(model.Dialect, line.Replace("{delay}", MegatecCommand.DelayOf(TimeSpan.FromSeconds(order.DelaySeconds)), StringComparison.Ordinal)));
    }

    private void Acted(MegatecOutcome outcome)
    {
        if (acting is { } order)
        {
            acting = null;
            outcomes.Enqueue(outcome.Fault switch
            {
                MegatecFault.None => new(order.CommandId, UpsCommandAnswer.Accepted, outcome.Answer ?? ""),
                MegatecFault.NotKnown or MegatecFault.WritesOff => new(order.CommandId, UpsCommandAnswer.Refused, $"{outcome.Command.Text}: {outcome.Fault}"),
                _ => new(order.CommandId, UpsCommandAnswer.Silent, $"{outcome.Command.Text}: {outcome.Fault}"),
            });
        }
    }

    private void SendBack(string why)
    {
        foreach (var order in acting is { } open ? orders.Prepend(open) : orders)
        {
            outcomes.Enqueue(new(order.CommandId, UpsCommandAnswer.Silent, why));
        }

        orders.Clear();
        acting = null;
    }

    private void Begin(TimeSpan now)
    {
        reading = true;
        due = now + (pace.Status > TimeSpan.FromSeconds(1) ? pace.Status : TimeSpan.FromSeconds(1));
        answers.Clear();
        IEnumerable<MegatecCommand> commands = MegatecCommand.Reading(model.Dialect);
        commands = inventoryAsked ? commands : commands.Concat(MegatecCommand.Inventory(model.Dialect));
        inventoryAsked = true;
        foreach (var command in commands.Where(command => !notKnown.Contains(command.Text)))
        {
            _ = client.Ask(command);
        }
    }

    private void Settle(TimeSpan now, DateTimeOffset at)
    {
        while (client.TryTake(out var outcome))
        {
            var text = outcome.Command.Text;
            if (outcome.Command.Acts)
            {
                Acted(outcome);
            }
            else if (outcome.Fault == MegatecFault.NotKnown && text != State)
            {
                // This unit does not have it; it is not asked again on this link.
                notKnown.Add(text);
            }
            else if (outcome.Answer is { } answer)
            {
                (MegatecCommand.Inventory(model.Dialect).Any(command => command.Text == text) ? inventory : answers)[text] = answer;
            }
        }

        if (reading && client.IsIdle)
        {
            reading = false;
            Tell(now, at);
        }
    }

    private string State => MegatecCommand.Reading(model.Dialect)[0].Text;

    private void Tell(TimeSpan now, DateTimeOffset at)
    {
        if (!answers.TryGetValue(State, out var state) || Parse(state, at) is not { } seen)
        {
            misses++;
            if (misses >= UpsPace.MissesAllowed)
            {
                TellUnknown(at, answers.ContainsKey(State)
                    ? $"the unit answers {State} with something else. Is the dialect right?"
                    : $"the unit does not answer {State}. Is it on, does its cable power the interface (DTR on, RTS off), is the dialect right?");
            }

            return;
        }

        if (IsOdd(seen))
        {
            // A line without a check code: one turned bit is an outage, or its end. What differs is asked again at once and counts when it is said twice.
            doubtful = seen;
            doubts++;
            if (doubts <= UpsPace.MissesAllowed)
            {
                due = now;
            }
            else
            {
                TellUnknown(at, $"the unit says something else each time it is asked {State}. Look at the cable");
            }

            return;
        }

        misses = 0;
        doubts = 0;
        unknownTold = false;
        doubtful = null;
        told = seen;
        AddEstimate(seen, now, at);
        var values = seen.Values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value));
        readings.Enqueue(UpsJudge.Of(ups, at, seen.Flags, values, seen.Texts.ToImmutableSortedDictionary()));
    }

    private bool IsOdd(Seen seen) => !(told is null ? seen.Flags == UpsFlags.OnLine : Agree(told, seen)) && !(doubtful is { } before && Agree(before, seen));

    private static bool Agree(Seen one, Seen other) => one.Flags == other.Flags && Moves.All(move =>
        !one.Values.TryGetValue(move.Key, out var was) || !other.Values.TryGetValue(move.Key, out var value)
        || Math.Abs(was.Value - value.Value) <= Math.Max(move.Value, 0.1 * Math.Max(Math.Abs(was.Value), Math.Abs(value.Value))));

    // Silence becomes unknown once, not at every try.
    private void TellUnknown(DateTimeOffset at, string why)
    {
        if (!unknownTold)
        {
            unknownTold = true;
            readings.Enqueue(UpsReading.Nothing(ups, at, why));
        }
    }

    private Seen? Parse(string state, DateTimeOffset at)
    {
        var seen = new Seen(at);
        var fits = model.Dialect == MegatecDialect.VoltronicQgs ? TakeQgs(seen, state) : TakeQ1(seen, state);
        if (!fits)
        {
            return null;
        }

        TakeExtras(seen);
        TakeInventory(seen);
        return seen;
    }

    private bool TakeQ1(Seen seen, string line)
    {
        if (Q1Status.Parse(line) is not { } status)
        {
            return false;
        }

        var fails = status.Bits.HasFlag(Q1Bits.UtilityFail);
        var testing = status.Bits.HasFlag(Q1Bits.Testing);
        var off = status.OutputVoltage is < 10 && !testing;
        seen.Flags |= off ? UpsFlags.OutputOff : fails || testing ? UpsFlags.OnBattery : UpsFlags.OnLine;
        seen.Add(UpsFlags.Testing, testing);
        seen.Add(UpsFlags.InputBad, fails);
        seen.Add(UpsFlags.LowBattery, status.Bits.HasFlag(Q1Bits.BatteryLow));
        seen.Add(UpsFlags.Fault, status.Bits.HasFlag(Q1Bits.Failed));
        seen.Add(UpsFlags.ShutdownPending, status.Bits.HasFlag(Q1Bits.ShutdownActive));
        if (model.BypassBit && status.Bits.HasFlag(Q1Bits.BypassOrBoost) && status is { InputVoltage: > 0 and var input, OutputVoltage: { } output } && !off && !fails)
        {
            // Below 0.95 of the input it lowers, above 1.05 it raises; between, mains go straight through.
            seen.Flags |= output < 0.95 * input ? UpsFlags.Trim : output > 1.05 * input ? UpsFlags.Boost : UpsFlags.None;
            if (output >= 0.95 * input && output <= 1.05 * input)
            {
                seen.Flags = (seen.Flags & ~UpsFlags.OnLine) | UpsFlags.Bypass;
            }
        }

        seen.Add(UpsQuantity.InputVoltage, status.InputVoltage);
        seen.Add(UpsQuantity.OutputVoltage, status.OutputVoltage);
        seen.Add(UpsQuantity.LoadPercent, status.Load);
        seen.Add(UpsQuantity.InputFrequency, status.InputFrequency);
        seen.Add(UpsQuantity.BatteryVoltage, status.BatteryVoltage * model.Batteries);
        seen.Add(UpsQuantity.Temperature, status.Temperature);
        return true;
    }

    private bool TakeQgs(Seen seen, string line)
    {
        if (VoltronicStatus.Parse(line) is not { } status)
        {
            return false;
        }

        var mode = answers.TryGetValue("QMOD", out var told) ? VoltronicModes.Parse(told) : VoltronicMode.Unknown;
        seen.Flags |= mode switch
        {
            VoltronicMode.Battery or VoltronicMode.Test => UpsFlags.OnBattery,
            VoltronicMode.Bypass => UpsFlags.Bypass,
            VoltronicMode.StandBy or VoltronicMode.PowerOn or VoltronicMode.Shutdown => UpsFlags.OutputOff,
            VoltronicMode.Line or VoltronicMode.Eco or VoltronicMode.Converter => UpsFlags.OnLine,
            _ => status.UtilityFail || status.Testing ? UpsFlags.OnBattery : UpsFlags.OnLine,
        };
        seen.Add(UpsFlags.Testing, status.Testing || mode == VoltronicMode.Test);
        seen.Add(UpsFlags.InputBad, status.UtilityFail);
        seen.Add(UpsFlags.LowBattery, status.BatteryLow);
        seen.Add(UpsFlags.Fault, status.Failed || mode == VoltronicMode.Fault);
        seen.Add(UpsFlags.ShutdownPending, status.ShutdownActive);
        seen.Add(UpsQuantity.InputVoltage, status.InputVoltage);
        seen.Add(UpsQuantity.InputFrequency, status.InputFrequency);
        seen.Add(UpsQuantity.OutputVoltage, status.OutputVoltage);
        seen.Add(UpsQuantity.OutputFrequency, status.OutputFrequency);
        seen.Add(UpsQuantity.OutputCurrent, status.OutputCurrent);
        seen.Add(UpsQuantity.LoadPercent, status.Load);
        seen.Add(UpsQuantity.BatteryVoltage, status.BatteryVoltage);
        seen.Add(UpsQuantity.Temperature, status.Temperature);
        return true;
    }

    private void TakeExtras(Seen seen)
    {
        if (answers.TryGetValue("QI", out var info) && VoltronicInfo.Parse(info) is { } voltronic)
        {
            seen.Add(UpsQuantity.ChargePercent, voltronic.Charge);
            seen.Add(UpsQuantity.RuntimeSeconds, voltronic.RuntimeSeconds);
            seen.Add(UpsQuantity.OutputCurrent, voltronic.OutputCurrent);
            seen.Add(UpsQuantity.LowTransferVoltage, voltronic.LowTransfer);
            seen.Add(UpsQuantity.HighTransferVoltage, voltronic.HighTransfer);
        }

        if (answers.TryGetValue("QBV", out var battery) && VoltronicBattery.Parse(battery) is { } held)
        {
            seen.Add(UpsQuantity.ChargePercent, held.Charge);
            seen.Add(UpsQuantity.RuntimeSeconds, held.RuntimeMinutes * 60);
        }

        if (model.Dialect == MegatecDialect.Omron)
        {
            seen.Add(UpsQuantity.ChargePercent, Omron("Bl ?"));
            seen.Add(UpsQuantity.RuntimeSeconds, Omron("RTS") * 60);
            seen.Add(UpsQuantity.BatteryTemperature, Omron("TPb"));
        }
    }

    private double? Omron(string question) => answers.TryGetValue(question, out var answer) ? OmronAnswers.Number(answer) : null;

    private void TakeInventory(Seen seen)
    {
        if (inventory.TryGetValue("I", out var identity) && MegatecIdentity.Parse(identity) is { } who)
        {
            seen.Add(UpsText.Maker, who.Maker);
            seen.Add(UpsText.Model, who.Model);
            seen.Add(UpsText.Firmware, who.Version);
        }

        if (inventory.TryGetValue("UN", out var rating) && OmronAnswers.Rating(rating) is { } rated)
        {
            seen.Add(UpsQuantity.RatedWatts, rated.Watts);
            seen.Add(UpsQuantity.RatedVoltAmperes, rated.VoltAmperes);
        }

        if (inventory.TryGetValue("BRR", out var replace) && OmronAnswers.ReplaceBy(replace) is { } by)
        {
            seen.Add(UpsText.ReplaceBatteryBy, by.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        foreach (var (question, text) in new[]
        {
            ("PSNR", UpsText.Serial), ("FWV", UpsText.Firmware), ("QMD", UpsText.Model), ("QVFW", UpsText.Firmware), ("QID", UpsText.Serial),
        })
        {
            if (inventory.TryGetValue(question, out var answer))
            {
                seen.Add(text, answer.TrimStart('('));
            }
        }
    }

    private void AddEstimate(Seen seen, TimeSpan now, DateTimeOffset at)
    {
        if (estimate is null || !seen.Values.TryGetValue(UpsQuantity.LoadPercent, out var load) || !UpsJudge.IsPossible(UpsQuantity.LoadPercent, load.Value))
        {
            return;
        }

        estimate.Read(now, (seen.Flags & UpsFlags.OnBattery) != 0, (seen.Flags & (UpsFlags.LowBattery | UpsFlags.Fault)) != 0, load.Value);
        seen.Values.TryAdd(UpsQuantity.ChargePercent, new(Math.Round(estimate.ChargePercent, 1), UpsQuality.Good, at, Estimated: true));
        seen.Values.TryAdd(UpsQuantity.RuntimeSeconds, new(Math.Round(estimate.Runtime(load.Value).TotalSeconds), UpsQuality.Good, at, Estimated: true));
    }

    private sealed class Seen(DateTimeOffset at)
    {
        public UpsFlags Flags { get; set; }

        public Dictionary<UpsQuantity, UpsValue> Values { get; } = [];

        public Dictionary<UpsText, string> Texts { get; } = [];

        public void Add(UpsFlags flag, bool isSet) => Flags |= isSet ? flag : UpsFlags.None;

        public void Add(UpsQuantity quantity, double? value)
        {
            if (value is { } number)
            {
                Values[quantity] = new(number, UpsQuality.Good, at);
            }
        }

        public void Add(UpsText text, string value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                Texts[text] = value.Trim();
            }
        }
    }
}
