using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>
/// Turns what happens on one wire into the room's words: cards into digests, keys into PINs, inputs into leaves and exit requests,
/// and the reader's state into its condition (R-DOOR-17). Pure; knows the time only by being told.
/// </summary>
public sealed class ReaderInterpreter
{
    // Traffic that looked like a hand on the wire keeps its reader out of service this long after it was last seen.
    private static readonly TimeSpan Distrust = TimeSpan.FromMinutes(2);

    private readonly BusPlan plan;
    private readonly CardDigester digester;
    private readonly ImmutableArray<Desk> desks;
    private readonly List<WireOutcome> outcomes = [];
    private DateTimeOffset at;

    /// <summary>Begins with every reader unheard.</summary>
    public ReaderInterpreter(BusPlan plan, CardDigester digester)
    {
        ArgumentNullException.ThrowIfNull(plan);
        this.plan = plan;
        this.digester = digester;
        desks = [.. plan.Readers.Select(reader => new Desk(reader))];
    }

    /// <summary>When <see cref="TimePassed"/> must be told at the latest; null: nothing waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (var desk in desks)
            {
                next = Earlier(Earlier(next, desk.Keypad.NextDue), desk.DistrustedUntil);
                foreach (var input in desk.Inputs)
                {
                    next = Earlier(next, input.NextDue);
                }
            }

            return next;
        }
    }

    /// <summary>How the reader at an address stands.</summary>
    public ReaderStanding Standing(byte address) => DeskOf(address)?.Standing ?? ReaderStanding.Fresh;

    /// <summary>What the reader at an address said it can do; nothing said before it is online.</summary>
    public PdCapabilities Capabilities(byte address) => DeskOf(address)?.Capabilities ?? PdCapabilities.None;

    /// <summary>The score from which on a finger at this reader is the holder's; the highest there is where none is set up, so that no guess passes.</summary>
    public byte SensorThreshold(byte address) => DeskOf(address)?.Plan.SensorThreshold ?? byte.MaxValue;

    /// <summary>Whether the room has decided, so that no finger is waited for any more.</summary>
    public static bool EndsAsking(ReaderSignal signal) => signal is ReaderSignal.Granted or ReaderSignal.Denied;

    /// <summary>Something happened.</summary>
    /// <param name="now">The bus's monotonic time.</param>
    /// <param name="wall">The wall clock, for records.</param>
    public IReadOnlyList<WireOutcome> Take(AcuEvent item, TimeSpan now, DateTimeOffset wall)
    {
        Begin(wall);
        if (DeskOf(item.Address) is { } desk)
        {
            Take(desk, item, now);
        }
        else if (item is SuspectTraffic foreign)
        {
            // Said to an address nobody has: it concerns the whole wire.
            foreach (var each in desks)
            {
                Suspect(each, foreign, now);
            }
        }

        return outcomes;
    }

    /// <summary>Time went by.</summary>
    public IReadOnlyList<WireOutcome> TimePassed(TimeSpan now, DateTimeOffset wall)
    {
        Begin(wall);
        foreach (var desk in desks)
        {
            desk.Keypad.TimePassed(now);
            foreach (var input in desk.Inputs)
            {
                if (input.TimePassed(now))
                {
                    InputChanged(input);
                }
            }

            if (desk.DistrustedUntil is { } until && now >= until)
            {
                desk.DistrustedUntil = null;
                if (desk.Condition == ReaderCondition.SuspectTraffic)
                {
                    Change(desk, ReaderCondition.Online, $"no suspect traffic for {Distrust.TotalMinutes:0} minutes");
                }
            }
        }

        return outcomes;
    }

    /// <summary>The wire itself is gone, or could not be opened. Tells each reader's outage once.</summary>
    /// <param name="why">The link's own words.</param>
    public IReadOnlyList<WireOutcome> LineLost(string why, DateTimeOffset wall)
    {
        Begin(wall);
        foreach (var desk in desks)
        {
            Fail(desk, $"Reader {desk.Name} is not reached, since its wire {plan.Id} is down. {why}");
            GoOffline(desk, $"its wire {plan.Id} is down");
        }

        return outcomes;
    }

    /// <summary>Tells everything that stands once more, after the room missed something.</summary>
    public IReadOnlyList<WireOutcome> TellAgain(DateTimeOffset wall)
    {
        Begin(wall);
        foreach (var desk in desks)
        {
            if (desk.Condition != ReaderCondition.Unknown)
            {
                Tell(new ReaderChanged(at, desk.Plan.Reader, desk.Condition, "told again after the room was behind"));
            }

            if (desk.Tampered)
            {
                Tell(new ReaderChanged(at, desk.Plan.Reader, ReaderCondition.Tampered, "cover open; told again after the room was behind"));
            }

            foreach (var input in desk.Inputs.Where(input => input.Wired.Kind is InputKind.Contact or InputKind.Cabinet))
            {
                InputChanged(input);
            }
        }

        return outcomes;
    }

    /// <summary>Keeps a line for the technician.</summary>
    public void Note(byte address, string text, DateTimeOffset wall)
    {
        at = wall;
        if (DeskOf(address) is { } desk)
        {
            Fail(desk, text);
        }
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is { } a && other is { } b ? (a < b ? a : b) : one ?? other;

    private void Begin(DateTimeOffset wall)
    {
        at = wall;
        outcomes.Clear();
    }

    private Desk? DeskOf(byte address)
    {
        foreach (var desk in desks)
        {
            if (desk.Plan.Address == address)
            {
                return desk;
            }
        }

        return null;
    }

    private void Take(Desk desk, AcuEvent item, TimeSpan now)
    {
        switch (item)
        {
            case ReaderCameOnline online:
                CameOnline(desk, online);
                break;
            case ReaderRestarted:
                outcomes.Add(new ShowAgain(desk.Plan.Address));
                break;
            case ReaderWentOffline offline:
                WentOffline(desk, offline);
                break;
            case CardRead card:
                Card(desk, card);
                break;
            case FormattedCardRead card:
                Wipe(card.Characters);
                Tell(new UnreadableCard(at, desk.Plan.Reader, "length", card.Characters.Length * 8));
                break;
            case KeysPressed keys:
                Keys(desk, keys, now);
                break;
            case InputsReported inputs:
                InputsCame(desk, inputs.States, now);
                break;
            case TamperReported tamper:
                Tamper(desk, tamper.Open);
                break;
            case PowerReported power:
                Power(desk, power.Failed);
                break;
            case IdentityMismatch mismatch:
                Refuse(
                    desk,
                    ReaderCondition.IdentityChanged,
                    $"{mismatch.Expected.ToWords()} expected, {mismatch.Found.ToWords()} found",
                    "If it was replaced on purpose, install it: roomguard-bridge reader install " + desk.Name + ".");
                break;
            case SecureChannelMissing missing:
                Refuse(desk, ReaderCondition.Insecure, WhyMissing(missing.Why), "Its cards are refused. " + WhatHelps(missing.Why, desk.Name));
                outcomes.Add(new KeyMatter(desk.Plan.Reader, missing));
                break;
            case SuspectTraffic suspect:
                Suspect(desk, suspect, now);
                break;
            case KeyInstalled or InstallEnded:
                outcomes.Add(new KeyMatter(desk.Plan.Reader, item));
                break;
            case CommandRefused refused:
                Refused(desk, refused);
                break;
            case BiometricMatchEnded ended:
                Compared(desk, ended);
                break;
            case BiometricTaken taken:
                Wipe(taken.Template);
                Fail(desk, $"Reader {desk.Name} on {plan.Id} sent a template nobody asked for. It was wiped unread; templates stay in the reader. Look at who else talks on the wire.");
                break;
            default:
                // Outputs, heads and makers' own replies: nothing of the doors hangs on them.
                break;
        }
    }

    private void CameOnline(Desk desk, ReaderCameOnline online)
    {
        desk.Identity = online.Identity;
        desk.Capabilities = online.Capabilities;
        desk.Secure = online.Secure;
        desk.DistrustedUntil = null;
        desk.Findings = Findings(desk);
        Change(desk, ReaderCondition.Online, $"{online.Identity.ToWords()}, {(online.Secure ? "secure channel" : "clear text")}");
        outcomes.Add(new KeyMatter(desk.Plan.Reader, online));
    }

    private void WentOffline(Desk desk, ReaderWentOffline offline)
    {
        // A reader that was refused a moment ago answers, and stays what it was called then.
        if (desk.Condition is ReaderCondition.Unknown or ReaderCondition.Online or ReaderCondition.SuspectTraffic)
        {
            Fail(desk, string.Create(CultureInfo.InvariantCulture, $"Reader {desk.Name} on {plan.Id} has given no valid reply for {offline.SilentFor.TotalSeconds:0.0} s (limit 8 s). Look at its supply and cable, its address {desk.Plan.Address} and the rate {plan.BaudRate}."));
        }

        GoOffline(desk, string.Create(CultureInfo.InvariantCulture, $"silent for {offline.SilentFor.TotalSeconds:0.0} s"));
    }

    private void GoOffline(Desk desk, string detail)
    {
        LeavesUnknown(desk);
        desk.Secure = false;
        if (desk.Condition != ReaderCondition.Offline)
        {
            Change(desk, ReaderCondition.Offline, detail);
        }
    }

    private void Refuse(Desk desk, ReaderCondition condition, string detail, string remedy)
    {
        LeavesUnknown(desk);
        desk.Secure = false;
        Fail(desk, $"Reader {desk.Name} on {plan.Id}: {detail}. {remedy}");
        Change(desk, condition, detail);
    }

    private void Suspect(Desk desk, SuspectTraffic suspect, TimeSpan now)
    {
        var detail = suspect.Why switch
        {
            Suspicion.MacFailures => "3 wrong MACs within a minute",
            Suspicion.ClearTextInSession => "clear text inside a secure session",
            _ => "a command on the wire that this bridge did not send: a second controller",
        };
        desk.DistrustedUntil = now + Distrust;
        Fail(desk, $"Reader {desk.Name} on {plan.Id}: {detail}. Somebody may be on the wire; go and look at the cable and the reader's cover.");
        Change(desk, ReaderCondition.SuspectTraffic, detail);
    }

    private void Card(Desk desk, CardRead card)
    {
        // Whatever card it is, and whatever becomes of the room's loop: the way out is not decided (R-DOOR-05).
        if (desk.Plan.WayOut is { } way)
        {
            outcomes.Add(new ReleaseForExit(way.Door, way.Unlock));
        }

        var reading = desk.Plan.CardFormat.Decode(card.Bits.Span, card.BitCount);
        Tell(reading.Number is not { } number ? new UnreadableCard(at, desk.Plan.Reader, FaultName(reading.Fault), card.BitCount)
            : desk.Plan.Tags is { } tags ? new AssetTagHeard(at, desk.Plan.Reader, tags.Door, tags.Zone, GateWatch.Clean(tags.Prefix + number.Number.ToString(CultureInfo.InvariantCulture).PadLeft(tags.Digits, '0')), tags.Direction)
            : new BadgePresented(at, desk.Plan.Reader, digester.Of(number.Canonical), desk.Plan.CardFormat.Name));

        // R-DOOR-10: the number goes no further than here.
        Wipe(card.Bits);
    }

    private static string FaultName(CardFault? fault) => fault switch
    {
        CardFault.Length => "length",
        CardFault.WiresExchanged => "wires-exchanged",
        _ => "parity",
    };

    private void Keys(Desk desk, KeysPressed keys, TimeSpan now)
    {
        foreach (var pin in desk.Keypad.Take(keys.Keys.Span, now))
        {
            Tell(new PinEntered(at, desk.Plan.Reader, pin));
        }

        Wipe(keys.Keys);
    }

    /// <summary>R-ID-09: the reader compared with a template it keeps; all that comes of it is a verdict and a score.</summary>
    private void Compared(Desk desk, BiometricMatchEnded ended)
    {
        var verdict = ended.Outcome switch
        {
            BiometricMatchOutcome.Compared when ended.Score >= desk.Plan.SensorThreshold => BiometricVerdict.Match,
            BiometricMatchOutcome.Compared => BiometricVerdict.NoMatch,
            BiometricMatchOutcome.NotEnrolled => BiometricVerdict.NotEnrolled,
            BiometricMatchOutcome.TimedOut => BiometricVerdict.TimedOut,
            _ => BiometricVerdict.SensorFault,
        };
        if (verdict == BiometricVerdict.SensorFault)
        {
            Fail(desk, ended.Outcome == BiometricMatchOutcome.NotSupported
                ? $"Reader {desk.Name} on {plan.Id} is to check fingers and says that it has no such sensor. Look at its model, or take \"sensor\" out of the settings."
                : $"Reader {desk.Name} on {plan.Id} could not check a finger. Clean its sensor; if that does not help, replace it.");
        }

        Tell(new BiometricChecked(at, desk.Plan.Reader, verdict, ended.Score));
    }

    private static void Wipe(ReadOnlyMemory<byte> bytes)
    {
        if (MemoryMarshal.TryGetArray(bytes, out var array))
        {
            CryptographicOperations.ZeroMemory(array);
        }
    }

    private void InputsCame(Desk desk, ImmutableArray<InputState> states, TimeSpan now)
    {
        foreach (var input in desk.Inputs)
        {
            if (input.Report(input.Wired.Number < states.Length ? states[input.Wired.Number] : null, now))
            {
                InputChanged(input);
            }
        }
    }

    private void LeavesUnknown(Desk desk)
    {
        foreach (var input in desk.Inputs)
        {
            if (input.Report(null, TimeSpan.Zero))
            {
                InputChanged(input);
            }
        }
    }

    private void InputChanged(InputWatch input)
    {
        if (input.Wired.Kind == InputKind.Contact)
        {
            TellLeaf(input);
        }
        else if (input.Wired.Cabinet is { } cabinet)
        {
            Tell(new CabinetHeard(at, cabinet, input.Now switch { InputMeaning.Active => true, InputMeaning.AtRest => false, _ => null }));
        }
        else if (input.Now == InputMeaning.Active)
        {
            outcomes.Add(new ReleaseForExit(input.Wired.Door, input.Wired.Unlock));
            Tell(new ExitRequested(at, input.Wired.Door));
        }
    }

    private void TellLeaf(InputWatch input) => Tell(input.Now switch
    {
        InputMeaning.Active => new LeafOpened(at, input.Wired.Door),
        InputMeaning.AtRest => new LeafClosed(at, input.Wired.Door),
        _ => new LeafUnknown(at, input.Wired.Door),
    });

    private void Tamper(Desk desk, bool open)
    {
        if (open)
        {
            desk.Tampered = true;
            Fail(desk, $"Reader {desk.Name} on {plan.Id} says that its cover is open. Go and look; its entries are refused until it is closed.");
            Tell(new ReaderChanged(at, desk.Plan.Reader, ReaderCondition.Tampered, "cover open"));
        }
        else if (desk.Tampered)
        {
            desk.Tampered = false;
            Tell(new ReaderChanged(at, desk.Plan.Reader, ReaderCondition.TamperCleared, "cover closed"));
        }
    }

    private void Power(Desk desk, bool failed)
    {
        if (failed)
        {
            desk.PowerFailed = true;
            Fail(desk, $"Reader {desk.Name} on {plan.Id} says that its supply has failed. Look at its power supply.");
            Tell(new ReaderChanged(at, desk.Plan.Reader, ReaderCondition.PowerFault, "supply failed"));
        }
        else if (desk.PowerFailed)
        {
            desk.PowerFailed = false;
            if (desk.Condition == ReaderCondition.Online)
            {
                Tell(new ReaderChanged(at, desk.Plan.Reader, ReaderCondition.Online, "supply in order again"));
            }
        }
    }

    private void Refused(Desk desk, CommandRefused refused)
    {
        var why = refused.Why == RefusalReason.Nak ? $"the reader answered NAK {(int)refused.Nak:X2}h" : WhyRefused(refused.Why);
        if (refused.Command is OutputCommand)
        {
            var text = $"Reader {desk.Name} on {plan.Id} did not move its output for a strike: {why}. Look at the reader and at the output numbers in the settings.";
            Fail(desk, text);
            outcomes.Add(new OrderNotDone(desk.Plan.Reader, text));
        }
        else if (refused.Why == RefusalReason.Nak)
        {
            Fail(desk, $"Reader {desk.Name} on {plan.Id} refused command {refused.Command.Code:X2}h: {why}. Its firmware may not know it.");
        }
    }

    private static ImmutableArray<string> Findings(Desk desk)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if (desk.Plan.ClearTextReason is { } reason && !desk.Secure)
        {
            found.Add($"Clear text is allowed: {reason}");
        }

        // PDCAP is a wish list: a reader that says nothing about its inputs or outputs is not called wrong.
        found.AddRange(
            from strike in desk.Plan.Strikes
            where desk.Capabilities.Outputs > 0 && strike.Output >= desk.Capabilities.Outputs
            select $"The strike of {strike.Door} is wired to output {strike.Output}, but the reader says it has {desk.Capabilities.Outputs}. Correct the wiring in the settings.");
        found.AddRange(
            from input in desk.Plan.Inputs
            where desk.Capabilities.Inputs > 0 && input.Number >= desk.Capabilities.Inputs
            select $"{input.Kind} of {input.Cabinet?.Value ?? input.Door.Value} is wired to input {input.Number}, but the reader says it has {desk.Capabilities.Inputs}. Correct the wiring in the settings.");
        if (desk.Plan.SensorThreshold is not null && !desk.Capabilities.HasBiometrics)
        {
            found.Add("The settings ask for a finger sensor, but the reader says it has none. Nobody can give a finger here.");
        }

        return found.ToImmutable();
    }

    private void Change(Desk desk, ReaderCondition condition, string detail)
    {
        desk.Condition = condition;
        Tell(new ReaderChanged(at, desk.Plan.Reader, condition, detail));
    }

    private void Fail(Desk desk, string text) => (desk.LastError, desk.LastErrorAt) = (text, at);

    private void Tell(RoomInput input) => outcomes.Add(new TellRoom(input));

    private static string WhyMissing(MissingChannel why) => why switch
    {
        MissingChannel.NotInstalled => "a secure channel is required and no key has been installed yet",
        MissingChannel.RefusedByReader => "a secure channel is required and the reader does not have the key asked for",
        MissingChannel.WrongKey => "the reader could not prove its key: another key, or another reader",
        MissingChannel.DefaultKeyOffered => "the reader offered the installation key everyone knows instead of its own",
        _ => "the handshake of the secure channel broke off",
    };

    private static string WhatHelps(MissingChannel why, string name) => why == MissingChannel.NotInstalled
        ? $"Put it into installation mode and run: roomguard-bridge reader install {name}."
        : $"Find out why, then install it again: roomguard-bridge reader install {name}.";

    private static string WhyRefused(RefusalReason why) => why switch
    {
        RefusalReason.Offline => "it is not online",
        RefusalReason.Busy => "it stayed busy",
        RefusalReason.QueueFull => "too many orders were waiting",
        RefusalReason.Expired => "the order waited too long",
        RefusalReason.TooLong => "the order is longer than the reader takes",
        RefusalReason.SessionLost => "the session ended before the answer could be proven",
        RefusalReason.UnexpectedReply => "the answer did not belong to the order",
        _ => "no such reader",
    };

    /// <summary>One reader's state.</summary>
    private sealed class Desk(ReaderPlan plan)
    {
        public ReaderPlan Plan => plan;

        public string Name => plan.Reader.Value;

        // Exit buttons first: when button and contact change in one reply, the leaf was opened by the button and not forced.
        public ImmutableArray<InputWatch> Inputs { get; } =
            [.. plan.Inputs.OrderBy(input => input.Kind == InputKind.Contact).Select(input => new InputWatch(input))];

        public PinCollector Keypad { get; } = new();

        public ReaderCondition Condition { get; set; }

        public bool Tampered { get; set; }

        public bool PowerFailed { get; set; }

        public bool Secure { get; set; }

        public TimeSpan? DistrustedUntil { get; set; }

        public PdIdentity? Identity { get; set; }

        public PdCapabilities Capabilities { get; set; } = PdCapabilities.None;

        public string? LastError { get; set; }

        public DateTimeOffset? LastErrorAt { get; set; }

        public ImmutableArray<string> Findings { get; set; } = plan.ClearTextReason is { } reason ? [$"Clear text is allowed: {reason}"] : [];

        public ReaderStanding Standing => new(
            Condition != ReaderCondition.Online ? Condition : Tampered ? ReaderCondition.Tampered : PowerFailed ? ReaderCondition.PowerFault : Condition,
            Secure,
            Identity,
            LastError,
            LastErrorAt,
            Findings);
    }
}
