using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.World;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Simulators.Readers;

/// <summary>One simulated reader: the piece on the wall with its flash, its cable, its cover and its bad habits, around a PD session.</summary>
public sealed class SimulatedReader
{
    private static readonly TimeSpan CountsAsWatched = TimeSpan.FromSeconds(8);

    /// <summary>While a relay's timer runs, the world looks this often: a tenth of a second is the wire's own unit.</summary>
    private static readonly TimeSpan RelayTick = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan GapBetweenSingleBytes = TimeSpan.FromMilliseconds(4);
    private static readonly byte[] Rubbish = [0x00, 0x53, 0xA5, 0x1F];

    private readonly DeviceSettings device;
    private readonly uint baudRate;
    private readonly IReaderMemory memory;
    private readonly Func<int, byte[]> randomBytes;
    private readonly bool[] inputs;
    private readonly HashSet<WireHabit> habits = [];
    private ReaderFlash flash;
    private PdSession session;
    private PdFace? lastFace;
    private TimeSpan clock;
    private TimeSpan? heardAt;
    private ScbkKey? wrongKey;
    private bool changed;

    internal SimulatedReader(DeviceSettings device, int baudRate, IReaderMemory memory, Func<int, byte[]> randomBytes)
    {
        this.device = device;
        this.baudRate = (uint)baudRate;
        this.memory = memory;
        this.randomBytes = randomBytes;
        inputs = new bool[device.Inputs];
        flash = memory.Read(device.Id) ?? new(device.Serial, Address: null, ImmutableSortedDictionary<uint, ScbkKey>.Empty, ImmutableSortedDictionary<string, string>.Empty);
        session = Build();
        Line = new([session]);
    }

    /// <summary>Name of the reader.</summary>
    public string Id => device.Id;

    /// <summary>Its name for people.</summary>
    public string Label => device.Label ?? device.Id;

    /// <summary>Serial number of the piece that hangs there now.</summary>
    public uint Serial => flash.Serial;

    /// <summary>Its address on the wire now.</summary>
    public byte Address => session.Address;

    /// <summary>Whether its cable is in.</summary>
    public bool Plugged { get; private set; } = true;

    /// <summary>Whether its cover is open.</summary>
    public bool CoverOpen { get; private set; }

    /// <summary>Whether it runs from its buffer.</summary>
    public bool PowerFailed { get; private set; }

    /// <summary>Whether it answers BUSY to everything.</summary>
    public bool Busy => session.Temper.Busy > 0;

    /// <summary>Whether it knows no secure channel.</summary>
    public bool ClearTextOnly { get; private set; }

    /// <summary>Whether it uses another key than the one it was given.</summary>
    public bool HasWrongKey => wrongKey is not null;

    /// <summary>Whether it was given a key of its own.</summary>
    public bool HasOwnKey => flash.Keys.ContainsKey(flash.Serial);

    /// <summary>Whether it has a finger sensor.</summary>
    public bool HasSensor => device.Finger;

    /// <summary>Whether its sensor is lit and waits for a finger.</summary>
    public bool AsksFinger => Plugged && session.BiometricAsked is not null;

    /// <summary>Whether its sensor reads nothing any more.</summary>
    public bool SensorBroken { get; private set; }

    /// <summary>How late its replies begin.</summary>
    public TimeSpan Late => session.Temper.Delay;

    /// <summary>Whether it is in a secure channel.</summary>
    public bool Secure => Plugged && session.IsSecure;

    /// <summary>The inputs as its contacts are, true for active.</summary>
    public ImmutableArray<bool> Inputs => [.. inputs];

    /// <summary>What can be seen and heard of it.</summary>
    public PdFace Face => session.Face(clock);

    /// <summary>When time alone may change something; null while no relay is on.</summary>
    internal TimeSpan? NextDue => Plugged && Face.Outputs.Contains(true) ? clock + RelayTick : null;

    /// <summary>Its end of the wire.</summary>
    internal PdLine Line { get; private set; }

    /// <summary>Whether somebody talks to it.</summary>
    public bool WatchedAt(TimeSpan now) => Plugged && now - heardAt < CountsAsWatched;

    /// <summary>Whether it has a habit.</summary>
    public bool Has(WireHabit habit) => habits.Contains(habit);

    /// <summary>Whether a relay is on.</summary>
    public bool OutputOn(int output) => Plugged && Face.Outputs[output];

    internal void Hear(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        clock = now;
        Line.Receive(bytes, now);
        if (!session.IsOffline)
        {
            heardAt = now;
        }

        TakeNews();
    }

    internal void Pass(TimeSpan now)
    {
        clock = now;
        if (Plugged)
        {
            Line.Tick(now);
            TakeNews();
        }
    }

    internal bool Present(CardBits card) => session.PresentCard(card.Bits, card.Count, clock);

    internal bool Type(string keys) => session.PressKeys(keys.Select(KeyByte).ToArray(), clock);

    /// <summary>A finger is enrolled at the reader, for a card; the template stays here.</summary>
    internal void Enrol(CardBits card, ReadOnlySpan<byte> template) =>
        Keep(flash with { Templates = flash.Templates.SetItem(PlaceOf(card.Bits.Span, card.Count), Convert.ToHexString(template)) });

    /// <summary>A card's finger is deleted at the reader (R-ID-09).</summary>
    /// <returns>False when there was none.</returns>
    internal bool Forget(CardBits card)
    {
        var without = flash.Templates.Remove(PlaceOf(card.Bits.Span, card.Count));
        var had = without.Count < flash.Templates.Count;
        Keep(flash with { Templates = without });
        return had;
    }

    internal void BreakSensor(bool broken)
    {
        SensorBroken = broken;
        changed = true;
    }

    /// <summary>A finger lies on the sensor.</summary>
    /// <param name="touch">Null: wet, gloved or lifted too soon.</param>
    internal TouchOutcome Touch(byte[]? touch)
    {
        if (!AsksFinger || session.BiometricAsked is not BiometricMatchCommand asked)
        {
            return TouchOutcome.Dark;
        }

        changed = true;
        var kept = session.LastCard(clock) is { } card ? flash.Templates.GetValueOrDefault(PlaceOf(card.Bits.Span, card.BitCount)) : null;
        if (SensorBroken || touch is null || kept is null)
        {
            session.AnswerBiometric(new BiometricMatchReply(asked.Reader, BiometricStatus.Error, 0), clock);
            return TouchOutcome.Unread;
        }

        session.AnswerBiometric(new BiometricMatchReply(asked.Reader, BiometricStatus.Success, Fingers.Score(Convert.FromHexString(kept), touch)), clock);
        return TouchOutcome.Compared;
    }

    internal void SetInput(int input, bool active)
    {
        inputs[input] = active;
        session.SetInput(input, active ? InputState.Active : InputState.Inactive, clock);
        changed = true;
    }

    internal void Plug(bool plugged)
    {
        Plugged = plugged;
        heardAt = null;
        Reboot();
    }

    internal void MoveCover(bool open)
    {
        CoverOpen = open;
        session.SetTamper(open, clock);
    }

    internal void FailPower(bool failed)
    {
        PowerFailed = failed;
        session.SetPower(failed, clock);
    }

    internal void SetLate(TimeSpan late) => session.Temper.Delay = late;

    internal void SetBusy(bool busy) => session.Temper.Busy = Count(busy);

    internal void SetClearTextOnly(bool on)
    {
        ClearTextOnly = on;
        Rebuild();
    }

    /// <summary>Uses another key than the one it was given; what it was given stays in its flash.</summary>
    internal void GiveWrongKey(bool on)
    {
        wrongKey = on ? new(randomBytes(ScbkKey.Length)) : null;
        Rebuild();
    }

    internal void Replace(uint serial)
    {
        wrongKey = null;
        Keep(flash with { Serial = serial, Address = null });
        Rebuild();
    }

    internal void Reset()
    {
        wrongKey = null;
        var own = PlaceOf([], 0);
        Keep(flash with
        {
            Address = null,
            Keys = flash.Keys.Remove(flash.Serial),
            Templates = flash.Templates.RemoveRange(flash.Templates.Keys.Where(place => place.StartsWith(own, StringComparison.Ordinal))),
        });
        Rebuild();
    }

    internal void MoveTo(byte address)
    {
        Keep(flash with { Address = address });
        Rebuild();
    }

    internal void Reboot()
    {
        session.Reboot(clock);
        Line.Cut();
        TakeNews();
    }

    internal void SetHabit(WireHabit habit, bool on)
    {
        if (on)
        {
            habits.Add(habit);
        }
        else
        {
            habits.Remove(habit);
        }

        Behave(session.Temper);
    }

    /// <summary>Whether something about it looks different from the last time this was asked.</summary>
    internal bool TakeChanged()
    {
        var face = Face;
        var differs = changed || lastFace is not { } last || last.Sounding != face.Sounding || last.Text != face.Text
            || !last.Lights.SequenceEqual(face.Lights) || !last.Outputs.SequenceEqual(face.Outputs);
        lastFace = face;
        changed = false;
        return differs;
    }

    private PdSession Build()
    {
        var vendor = uint.Parse(device.Vendor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var key = wrongKey ?? flash.Keys.GetValueOrDefault(flash.Serial);
        return new(
            new PdSettings(
                flash.Address ?? (byte)device.Address,
                new(vendor, device.Model, Version: 1, flash.Serial, FirmwareMajor: 1, FirmwareMinor: 4, FirmwareBuild: 2))
            {
                Inputs = device.Inputs,
                Outputs = device.Outputs,
                Keypad = device.Keypad,
                Biometrics = device.Finger,
                KeepsTemplateOf = card => flash.Templates.ContainsKey(PlaceOf(card.Bits.Span, card.BitCount)),
                Key = ClearTextOnly ? null : key,
                InstallMode = !ClearTextOnly && key is null,
                Capabilities = ClearTextOnly ? WithoutSecureChannel() : null,
                BaudRate = baudRate,
            },
            randomBytes);
    }

    private PdCapabilities WithoutSecureChannel() => new(
    [
        new(1, 4, (byte)device.Inputs),
        new(2, 4, (byte)device.Outputs),
        new(3, 1, 0),
        new(4, 4, 1),
        new(5, 2, 1),
        new(8, 1, 0),
        new(9, 0, 0),
        new(10, OsdpFrame.Longest & 0xFF, OsdpFrame.Longest >> 8),
        new(13, 0, 1),
        new(16, 2, 0),
    ]);

    /// <summary>Another piece, or the same with another firmware: everything begins anew but contacts, cover and habits.</summary>
    private void Rebuild()
    {
        var late = Late;
        var busy = Busy;
        session = Build();
        Line = new([session]);
        foreach (var (index, active) in inputs.Index())
        {
            session.SetInput(index, active ? InputState.Active : InputState.Inactive, clock);
        }

        session.SetTamper(CoverOpen, clock);
        session.SetPower(PowerFailed, clock);
        session.Temper.Delay = late;
        SetBusy(busy);
        Behave(session.Temper);
        changed = true;
    }

    private void Behave(Temper temper)
    {
        temper.GarbageBefore = Has(WireHabit.GarbageBefore) ? Rubbish : default(ReadOnlyMemory<byte>);
        temper.SplitGap = Has(WireHabit.SingleBytes) ? GapBetweenSingleBytes : TimeSpan.Zero;
        temper.Duplicate = Count(Has(WireHabit.Twice));
        temper.DamagedCheck = Count(Has(WireHabit.WrongCheck));
        temper.WrongSequence = Count(Has(WireHabit.WrongSequence));
        temper.WrongMac = Count(Has(WireHabit.WrongMac));
        temper.ClearText = Count(Has(WireHabit.ClearText));
        temper.Nak = Count(Has(WireHabit.Nak));
        temper.NoReply = Count(Has(WireHabit.Silent));
        temper.LostReply = Count(Has(WireHabit.LosesReplies));
    }

    private void TakeNews()
    {
        while (session.TryTakeNews(out var item))
        {
            changed = true;
            switch (item)
            {
                case PdKeyStored stored:
                    wrongKey = null;
                    Keep(flash with { Keys = flash.Keys.SetItem(flash.Serial, stored.Key) });
                    break;
                case PdCommunicationChanged moved:
                    Keep(flash with { Address = moved.Address });
                    break;
            }
        }
    }

    private void Keep(ReaderFlash next)
    {
        flash = next;
        memory.Write(device.Id, next);
    }

    /// <summary>Where the template of a card lies in the flash. Another piece on the same wall has its own.</summary>
    private string PlaceOf(ReadOnlySpan<byte> bits, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{flash.Serial}/{(count == 0 ? "" : $"{count}:{Convert.ToHexString(bits)}")}");

    private static int Count(bool on) => on ? int.MaxValue : 0;

    /// <summary>KEYPAD: digits as ASCII, clear 7Fh, enter 0Dh (osdp.md section 6).</summary>
    private static byte KeyByte(char key) => key switch
    {
        '#' => 0x0D,
        '*' => 0x7F,
        >= '0' and <= '9' => (byte)key,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, string.Create(CultureInfo.InvariantCulture, $"There is no key {key}.")),
    };
}
