using System.Collections.Immutable;

namespace RoomGuard.Wire.Osdp;

/// <summary>The conversation with the panel, one reader's end, as a state machine. It knows the time only by being told.</summary>
/// <remarks>
/// SIA OSDP 2.2. Answers ID, CAP, LSTAT, ISTAT, OSTAT, RSTAT, OUT, LED, BUZ, TEXT, COMSET, KEYSET, CHLNG, SCRYPT, ACURXSIZE,
/// KEEPACTIVE, ABORT, FILETRANSFER, BIOREAD, BIOMATCH and MFG; NAK 03 to the rest. Used by the simulators, which play the device.
/// </remarks>
public sealed class PdSession
{
    private const int MostEvents = 64;
    private const int MostNews = 256;

    private static readonly ImmutableArray<uint> Speeds = [9600, 19200, 38400, 57600, 115200, 230400];

    private readonly Func<int, byte[]> randomBytes;
    private readonly Queue<OsdpReply> events = new();
    private readonly Queue<PdNews> news = new();
    private readonly PdOutput[] outputs;
    private readonly PdLight[] lights;
    private readonly InputState[] inputs;
    private readonly HeadState[] heads;
    private readonly byte[] plain = new byte[OsdpFrame.Longest];
    private readonly byte[] lastCommand = new byte[OsdpFrame.Longest];
    private readonly byte[] lastReply = new byte[OsdpFrame.Longest];
    private readonly PdSensor sensor;

    private PdSettings settings;
    private byte? lastSequence;
    private int lastCommandLength;
    private int lastReplyLength;
    private TimeSpan? lastHeard;
    private bool offline = true;
    private bool tamper;
    private bool powerFailed;
    private SecureChannel? channel;
    private SecureChannel? handshake;
    private byte handshakeKey;
    private ImmutableArray<bool> outputsTold;
    private TimeSpan soundsUntil;
    private string text = string.Empty;
    private string temporaryText = string.Empty;
    private TimeSpan textUntil;

    /// <param name="settings">What the reader is.</param>
    /// <param name="randomBytes">Chance for RND.B.</param>
    public PdSession(PdSettings settings, Func<int, byte[]> randomBytes)
    {
        this.settings = settings;
        this.randomBytes = randomBytes;
        outputs = new PdOutput[settings.Outputs];
        lights = new PdLight[settings.Leds * settings.Readers];
        inputs = new InputState[settings.Inputs];
        heads = new HeadState[settings.Readers];
        sensor = new(settings.BiometricPatience);
        for (var index = 0; index < outputs.Length; index++)
        {
            outputs[index] = new();
        }

        for (var index = 0; index < lights.Length; index++)
        {
            lights[index] = new();
        }

        outputsTold = OutputsAt(TimeSpan.Zero);
    }

    /// <summary>Its address now.</summary>
    public byte Address => settings.Address;

    /// <summary>Its speed now.</summary>
    public uint BaudRate => settings.BaudRate;

    /// <summary>What it says it is.</summary>
    public PdIdentity Identity => settings.Identity;

    /// <summary>Its own key; null when it comes from the box.</summary>
    public ScbkKey? Key => settings.Key;

    /// <summary>It takes the installation key.</summary>
    public bool InstallMode
    {
        get => settings.InstallMode;
        set => settings = settings with { InstallMode = value };
    }

    /// <summary>On a secure channel.</summary>
    public bool IsSecure => channel is not null;

    /// <summary>Nobody has spoken to it for the offline time, or ever.</summary>
    public bool IsOffline => offline;

    /// <summary>BIOREAD or BIOMATCH that waits for a finger now; null: its sensor is dark.</summary>
    public OsdpCommand? BiometricAsked => sensor.Asked;

    /// <summary>The card a match without a template is about; null: none was read lately.</summary>
    public PdCard? LastCard(TimeSpan now) => sensor.LastCard(now);

    /// <summary>How it misbehaves.</summary>
    public Temper Temper { get; } = new();

    /// <summary>Largest message the panel says it takes; 128 until told.</summary>
    public int AcuReceiveSize { get; private set; } = PdCapabilities.SmallestReceiveBuffer;

    /// <summary>Events waiting for a POLL.</summary>
    public int EventsWaiting => events.Count;

    /// <summary>Cards that wait for a POLL, other events left out.</summary>
    public int CardsWaiting => events.Count(item => item is RawCardReply);

    /// <summary>Cards handed to a POLL since it was made; a repeat that was only answered again is not one.</summary>
    public long CardsGiven { get; private set; }

    /// <summary>Output orders carried out since it was made; a repeat that was only answered again is not one.</summary>
    public long OutputOrdersDone { get; private set; }

    internal bool NakBadCheck => settings.NakBadCheck;

    /// <summary>What it did since last asked.</summary>
    public bool TryTakeNews(out PdNews item) => news.TryDequeue(out item!);

    /// <summary>What a person in front of it sees and hears.</summary>
    public PdFace Face(TimeSpan now) => new(
        [.. lights.Select(light => light.Colour(now))],
        now < soundsUntil,
        now < textUntil ? temporaryText : text,
        OutputsAt(now));

    /// <summary>A card is held to it.</summary>
    /// <returns>False when the reader is offline and drops it.</returns>
    public bool PresentCard(ReadOnlyMemory<byte> bits, int bitCount, TimeSpan now, byte readerNo = 0, byte format = 1)
    {
        if (!Happen(new RawCardReply(readerNo, format, bitCount, bits), now))
        {
            return false;
        }

        sensor.CardRead(new(format, bitCount, bits), now);
        return true;
    }

    /// <summary>Keys are pressed.</summary>
    /// <returns>False when the reader is offline or has no keypad.</returns>
    public bool PressKeys(ReadOnlyMemory<byte> keys, TimeSpan now, byte readerNo = 0) =>
        settings.Keypad && Happen(new KeypadReply(readerNo, keys), now);

    /// <summary>An input changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such input.</exception>
    public void SetInput(int input, InputState state, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)input, (uint)inputs.Length);
        if (inputs[input] != state)
        {
            inputs[input] = state;
            Happen(new InputStatusReply([.. inputs]), now);
        }
    }

    /// <summary>Its cover is opened or closed.</summary>
    public void SetTamper(bool open, TimeSpan now)
    {
        if (tamper != open)
        {
            tamper = open;
            Happen(new LocalStatusReply(tamper, powerFailed), now);
        }
    }

    /// <summary>Its supply fails or comes back.</summary>
    public void SetPower(bool failed, TimeSpan now)
    {
        if (powerFailed != failed)
        {
            powerFailed = failed;
            Happen(new LocalStatusReply(tamper, powerFailed), now);
        }
    }

    /// <summary>One of its heads changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such head.</exception>
    public void SetHead(int head, HeadState state, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)head, (uint)heads.Length);
        if (heads[head] != state)
        {
            heads[head] = state;
            Happen(new ReaderStatusReply([.. heads]), now);
        }
    }

    /// <summary>Says what came of a <see cref="PdBiometricAsked"/>.</summary>
    /// <returns>False when nothing of the kind is asked any more.</returns>
    public bool AnswerBiometric(OsdpReply result, TimeSpan now)
    {
        Tick(now);
        return sensor.Takes(result) && Happen(result, now);
    }

    /// <summary>It forgets its session, as after a short dip of its supply.</summary>
    public void LoseSession() => EndSession();

    /// <summary>It starts anew: sequence, session, events, lights and outputs are gone; key and address stay.</summary>
    public void Reboot(TimeSpan now)
    {
        EndSession();
        events.Clear();
        lastSequence = null;
        lastCommandLength = 0;
        lastHeard = null;
        offline = true;
        sensor.Forget();
        soundsUntil = now;
        text = string.Empty;
        textUntil = now;
        AcuReceiveSize = PdCapabilities.SmallestReceiveBuffer;
        foreach (var output in outputs)
        {
            output.Reset();
        }

        foreach (var light in lights)
        {
            light.Reset();
        }

        TellOutputs(now);
        Tell(new PdIndicationChanged());
    }

    /// <summary>Another reader is screwed on in its place.</summary>
    public void ReplaceWith(PdIdentity other, ScbkKey? key, TimeSpan now)
    {
        settings = settings with { Identity = other, Key = key };
        Reboot(now);
    }

    /// <summary>What falls due by time alone: going offline, timers of outputs.</summary>
    public void Tick(TimeSpan now)
    {
        if (!offline && lastHeard is { } heard && now - heard >= settings.OfflineAfter)
        {
            offline = true;
            events.Clear();
            sensor.Forget();
            EndSession();
        }

        if (sensor.Tick(now) is { } nobody)
        {
            Happen(nobody, now);
        }

        if (TellOutputs(now))
        {
            Happen(new OutputStatusReply(outputsTold), now);
        }
    }

    /// <summary>A well-formed command on the line.</summary>
    /// <param name="frame">The command.</param>
    /// <param name="now">The line's clock.</param>
    /// <param name="reply">At least <see cref="OsdpFrame.Longest"/> bytes for the answer, marking excluded.</param>
    /// <returns>Length of the answer; 0 for silence.</returns>
    public int Hear(OsdpFrame frame, TimeSpan now, Span<byte> reply)
    {
        if (frame.FromReader || (frame.Address != Address && frame.Address != OsdpFrame.ConfigurationAddress))
        {
            return 0;
        }

        Tick(now);
        if (Temper.Spend(Temper.NoReply, out var rest))
        {
            Temper.NoReply = rest;
            return 0;
        }

        if (Temper.Spend(Temper.Busy, out rest))
        {
            // Always clear text and sequence 0; nothing is remembered of it.
            Temper.Busy = rest;
            return OsdpWriter.Write(reply, Head(frame) with { Sequence = 0 }, ReplyCode.Busy, default);
        }

        if (Temper.NakWith == NakCode.BadCheck && Temper.Spend(Temper.Nak, out rest))
        {
            // A damaged command was never heard: its number is not used up and nothing is remembered.
            Temper.Nak = rest;
            return Nak(reply, frame, NakCode.BadCheck);
        }

        // The same bytes again: the same answer again, nothing done twice, no other event taken.
        if (lastCommandLength > 0 && frame.Whole.SequenceEqual(lastCommand.AsSpan(0, lastCommandLength)))
        {
            Heard(now);
            lastReply.AsSpan(0, lastReplyLength).CopyTo(reply);
            return Spoil(reply, lastReplyLength);
        }

        if (frame.Sequence == 0)
        {
            EndSession();
        }
        else if (lastSequence is not { } last || (frame.Sequence != last && frame.Sequence != Following(last)))
        {
            return Nak(reply, frame, NakCode.BadSequence);
        }

        Heard(now);
        var length = Answer(frame, now, reply);
        lastSequence = frame.Sequence;
        frame.Whole.CopyTo(lastCommand);
        lastCommandLength = frame.Whole.Length;
        reply[..length].CopyTo(lastReply);
        lastReplyLength = length;
        if (Temper.Spend(Temper.LostReply, out rest))
        {
            Temper.LostReply = rest;
            return 0;
        }

        return Spoil(reply, length);
    }

    private static byte Following(byte sequence) => (byte)(sequence == 3 ? 1 : sequence + 1);

    private static FrameHead Head(OsdpFrame command) => new(command.Address, FromReader: true, command.Sequence, command.UsesCrc);

    private void Heard(TimeSpan now)
    {
        lastHeard = now;
        offline = false;
    }

    private bool Happen(OsdpReply reply, TimeSpan now)
    {
        // A card held to a reader nobody listens to must not open a door minutes later.
        if (offline || (lastHeard is { } heard && now - heard >= settings.OfflineAfter))
        {
            return false;
        }

        if (events.Count >= MostEvents)
        {
            events.Dequeue();
        }

        events.Enqueue(reply);
        return true;
    }

    private void Tell(PdNews item)
    {
        if (news.Count >= MostNews)
        {
            news.Dequeue();
        }

        news.Enqueue(item);
    }

    private ImmutableArray<bool> OutputsAt(TimeSpan now)
    {
        var states = ImmutableArray.CreateBuilder<bool>(outputs.Length);
        foreach (var output in outputs)
        {
            states.Add(output.IsOn(now));
        }

        return states.MoveToImmutable();
    }

    private bool TellOutputs(TimeSpan now)
    {
        for (var index = 0; index < outputs.Length; index++)
        {
            if (outputs[index].IsOn(now) != outputsTold[index])
            {
                outputsTold = OutputsAt(now);
                Tell(new PdOutputsChanged(outputsTold));
                return true;
            }
        }

        return false;
    }

    private void EndSession()
    {
        handshake?.Dispose();
        handshake = null;
        if (channel is { } session)
        {
            session.Dispose();
            channel = null;
            Tell(new PdSessionChanged(Secure: false));
        }
    }

    /// <summary>A refusal in clear text, legal inside and outside a session.</summary>
    private static int Nak(Span<byte> reply, OsdpFrame frame, NakCode error) =>
        OsdpWriter.Write(reply, Head(frame), ReplyCode.Nak, [(byte)error]);

    private int Answer(OsdpFrame frame, TimeSpan now, Span<byte> reply)
    {
        switch (frame.BlockType)
        {
            case SecurityBlock.None:
                return AnswerClear(frame, now, reply);

            case SecurityBlock.Challenge:
                return AnswerChallenge(frame, reply);

            case SecurityBlock.ServerCryptogram:
                return AnswerProof(frame, reply);

            case SecurityBlock.Command or SecurityBlock.CommandWithData when channel is { } session:
                return AnswerSecured(session, frame, now, reply);

            default:
                // No session, the drafted second channel (21h..28h), or a type that is nobody's.
                return Nak(reply, frame, NakCode.SecurityBlockNotSupported);
        }
    }

    private int AnswerClear(OsdpFrame frame, TimeSpan now, Span<byte> reply)
    {
        if (channel is not null)
        {
            EndSession();
            return Nak(reply, frame, NakCode.SecurityConditionsNotMet);
        }

        var open = frame.Code is CommandCode.Id or CommandCode.Capabilities or CommandCode.Communication;
        if (!open && settings is { EnforceSecure: true, Key: not null })
        {
            return Nak(reply, frame, NakCode.SecurityConditionsNotMet);
        }

        var answer = Do(frame.Code, frame.Data, secure: false, now);
        return WriteReply(reply, Head(frame), answer);
    }

    private int AnswerSecured(SecureChannel session, OsdpFrame frame, TimeSpan now, Span<byte> reply)
    {
        if (session.Open(frame, plain, out var length, out var encrypted) != Opened.Good || (!encrypted && length > 0))
        {
            EndSession();
            return Nak(reply, frame, NakCode.SecurityConditionsNotMet);
        }

        var answer = Do(frame.Code, plain.AsSpan(0, length), secure: true, now);
        if (Temper.Spend(Temper.ClearText, out var rest))
        {
            Temper.ClearText = rest;
            return WriteReply(reply, Head(frame), answer);
        }

        Span<byte> data = stackalloc byte[OsdpWriter.MostData];
        data = data[..Math.Min(data.Length, answer.WriteData(data))];
        return session.Write(reply, Head(frame), answer.Code, data);
    }

    private static int WriteReply(Span<byte> reply, FrameHead head, OsdpReply answer)
    {
        Span<byte> data = stackalloc byte[OsdpWriter.MostData];
        data = data[..Math.Min(data.Length, answer.WriteData(data))];
        return OsdpWriter.Write(reply, head, answer.Code, data);
    }

    private int AnswerChallenge(OsdpFrame frame, Span<byte> reply)
    {
        EndSession();
        if (frame.Code != CommandCode.Challenge || frame.BlockData.Length != 1 || frame.Data.Length != 8)
        {
            return Nak(reply, frame, NakCode.BadLength);
        }

        handshakeKey = frame.BlockData[0];
        var key = handshakeKey switch
        {
            SecurityBlock.DefaultKey when settings.InstallMode => ScbkKey.Default,
            SecurityBlock.OwnKey => settings.Key,
            _ => null,
        };
        if (key is null)
        {
            return Nak(reply, frame, NakCode.SecurityBlockNotSupported);
        }

        var rndB = randomBytes(8);
        handshake = SecureChannel.Derive(key, frame.Data, rndB);
        Span<byte> data = stackalloc byte[32];
        (settings.Cuid ?? settings.Identity.Cuid()).Span.CopyTo(data);
        rndB.CopyTo(data[8..]);
        handshake.ClientCryptogram.CopyTo(data[16..]);
        return OsdpWriter.WriteHandshake(reply, Head(frame), SecurityBlock.ClientCryptogram, handshakeKey, ReplyCode.ClientCryptogram, data);
    }

    private int AnswerProof(OsdpFrame frame, Span<byte> reply)
    {
        if (handshake is not { } session || frame.Code != CommandCode.ServerCryptogram)
        {
            return Nak(reply, frame, NakCode.SecurityBlockNotSupported);
        }

        if (frame.BlockData.Length != 1 || frame.BlockData[0] != handshakeKey || !session.ServerProven(frame.Data))
        {
            EndSession();
            return OsdpWriter.WriteHandshake(reply, Head(frame), SecurityBlock.InitialMac, 0xFF, ReplyCode.InitialMac, default);
        }

        channel = session;
        handshake = null;
        Tell(new PdSessionChanged(Secure: true));
        return OsdpWriter.WriteHandshake(reply, Head(frame), SecurityBlock.InitialMac, SecurityBlock.OwnKey, ReplyCode.InitialMac, session.InitialMac);
    }

    private OsdpReply Do(byte code, ReadOnlySpan<byte> data, bool secure, TimeSpan now)
    {
        if (Temper.Spend(Temper.Nak, out var rest))
        {
            Temper.Nak = rest;
            return new NakReply(Temper.NakWith);
        }

        if (code == CommandCode.Poll && data.IsEmpty)
        {
            if (!events.TryDequeue(out var waiting))
            {
                return AckReply.Plain;
            }

            CardsGiven += waiting is RawCardReply ? 1 : 0;
            return waiting;
        }

        return OsdpCommand.Parse(code, data, out var fault) switch
        {
            null => new NakReply(fault),
            IdCommand id => Introduce(id),
            CapabilitiesCommand => new CapabilitiesReply(settings.SaysItCan(settings.Key is null)),
            LocalStatusCommand => new LocalStatusReply(tamper, powerFailed),
            InputStatusCommand => new InputStatusReply([.. inputs]),
            OutputStatusCommand => new OutputStatusReply(OutputsAt(now)),
            ReaderStatusCommand => new ReaderStatusReply([.. heads]),
            OutputCommand command => SetOutputs(command, now),
            LedCommand command => SetLights(command, now),
            BuzzerCommand command => Sound(command, now),
            TextCommand command => Show(command, now),
            CommunicationCommand command => Move(command),
            KeySetCommand command => secure ? TakeKey(command) : new NakReply(NakCode.SecurityConditionsNotMet),
            AcuReceiveSizeCommand command => TakeSize(command),
            KeepActiveCommand => AckReply.Plain,
            AbortCommand => Stop(),
            FileTransferCommand file => new FileStatusReply(0, 0, file.Offset == 0 ? FileStatusReply.Aborted : FileStatusReply.Malformed, 0),
            BiometricReadCommand command => AskBiometric(command, command.Reader, command.Type, command.Format, now),
            BiometricMatchCommand command => AskBiometric(command, command.Reader, command.Type, command.Format, now),
            ManufacturerCommand command => command.Vendor == settings.Identity.Vendor
                ? new ManufacturerReply(command.Vendor, command.Data)
                : new NakReply(NakCode.UnableToProcess),
            _ => new NakReply(NakCode.UnknownCommand),
        };
    }

    private OsdpReply Introduce(IdCommand id) => id.Kind switch
    {
        0 => new IdentityReply(settings.Identity),
        1 => new ExtendedIdentityReply([new(2, $"{settings.Identity.Serial:X8}")]),
        _ => new NakReply(NakCode.UnableToProcess),
    };

    private OsdpReply SetOutputs(OutputCommand command, TimeSpan now)
    {
        foreach (var setting in command.Settings)
        {
            if (setting.Output >= outputs.Length || setting.Control > OutputControl.OffFor)
            {
                return new NakReply(NakCode.UnableToProcess);
            }
        }

        foreach (var setting in command.Settings)
        {
            outputs[setting.Output].Set(setting, now);
        }

        OutputOrdersDone++;

        TellOutputs(now);
        return new OutputStatusReply(outputsTold);
    }

    private OsdpReply SetLights(LedCommand command, TimeSpan now)
    {
        foreach (var setting in command.Settings)
        {
            var there = setting.Reader < settings.Readers && setting.Led < settings.Leds;
            var temporary = setting.Temporary is not { Control: 2, OnTenths: 0, OffTenths: 0 } and { Control: <= 2 };
            var permanent = setting.Permanent is not { Control: 1, OnTenths: 0, OffTenths: 0 } and { Control: <= 1 };
            if (!there || !temporary || !permanent)
            {
                return new NakReply(NakCode.UnableToProcess);
            }
        }

        foreach (var setting in command.Settings)
        {
            lights[(setting.Reader * settings.Leds) + setting.Led].Set(setting, now);
        }

        Tell(new PdIndicationChanged());
        return AckReply.Plain;
    }

    private OsdpReply Sound(BuzzerCommand command, TimeSpan now)
    {
        var quiet = command.Tone == BuzzerCommand.Silence;
        if (command.Reader >= settings.Readers || (!quiet && command.OnTenths == 0))
        {
            return new NakReply(NakCode.UnableToProcess);
        }

        soundsUntil = quiet ? now : command.Count == 0
            ? TimeSpan.MaxValue
            : now + TimeSpan.FromMilliseconds(100 * command.Count * (command.OnTenths + command.OffTenths));
        Tell(new PdIndicationChanged());
        return AckReply.Plain;
    }

    private OsdpReply Show(TextCommand command, TimeSpan now)
    {
        if (!settings.Text || command.Reader >= settings.Readers || command.Kind is < 1 or > 4 || command.Row == 0 || command.Column == 0)
        {
            return new NakReply(NakCode.UnableToProcess);
        }

        if (command.Kind >= 3)
        {
            temporaryText = command.Text;
            textUntil = now + TimeSpan.FromSeconds(command.Seconds);
        }
        else
        {
            text = command.Text;
            textUntil = now;
        }

        Tell(new PdIndicationChanged());
        return AckReply.Plain;
    }

    private OsdpReply Move(CommunicationCommand command)
    {
        if (command.Address >= OsdpFrame.ConfigurationAddress || !Speeds.Contains(command.BaudRate))
        {
            return new NakReply(NakCode.UnableToProcess);
        }

        // The answer still goes out at the old address and speed: its head was made from the command.
        var will = Temper.OtherCommunication ?? new CommunicationReply(command.Address, command.BaudRate);
        settings = settings with { Address = will.Address, BaudRate = will.BaudRate };
        Tell(new PdCommunicationChanged(will.Address, will.BaudRate));
        return will;
    }

    private AckReply TakeKey(KeySetCommand command)
    {
        settings = settings with { Key = command.Key, InstallMode = false };
        Tell(new PdKeyStored(command.Key));
        return AckReply.Plain;
    }

    private AckReply TakeSize(AcuReceiveSizeCommand command)
    {
        AcuReceiveSize = command.Size;
        return AckReply.Plain;
    }

    private AckReply Stop()
    {
        sensor.Stop();
        return AckReply.Plain;
    }

    private OsdpReply AskBiometric(OsdpCommand command, byte reader, byte type, byte format, TimeSpan now)
    {
        // Any, or one of the ten fingers; eyes, faces and hands are for other sensors.
        const byte lastFinger = 0x0A;
        const byte lastFormat = 0x02;
        if (!settings.Biometrics)
        {
            return new NakReply(NakCode.UnknownCommand);
        }

        if (type > lastFinger)
        {
            return new NakReply(NakCode.BiometricTypeNotSupported);
        }

        if (format > lastFormat)
        {
            return new NakReply(NakCode.BiometricFormatNotSupported);
        }

        if (reader >= settings.Readers || !CanAnswer(command, now))
        {
            return new NakReply(NakCode.UnableToProcess);
        }

        sensor.Ask(command, now);
        Tell(new PdBiometricAsked(command));
        return AckReply.Plain;
    }

    /// <summary>A reader that keeps its templates gives none away and takes none; it compares with what it has of the last card.</summary>
    private bool CanAnswer(OsdpCommand command, TimeSpan now) =>
        settings.KeepsTemplateOf is not { } keeps
        || (command is BiometricMatchCommand { Template.IsEmpty: true } && sensor.LastCard(now) is { } card && keeps(card));

    /// <summary>What the temper does to an answer on its way out. The stored reply stays good.</summary>
    private int Spoil(Span<byte> reply, int length)
    {
        if (length == 0)
        {
            return 0;
        }

        var usesCrc = (reply[4] & OsdpFrame.CrcBit) != 0;
        var head = new FrameHead((byte)(reply[1] & 0x7F), FromReader: true, (byte)(reply[4] & 3), usesCrc);
        if (Temper.Spend(Temper.WrongSequence, out var rest))
        {
            Temper.WrongSequence = rest;
            reply[4] = (byte)((reply[4] & 0xFC) | (((reply[4] & 3) + 1) & 3));
            OsdpWriter.Finish(reply, head, length);
        }

        var secured = (reply[4] & OsdpFrame.BlockBit) != 0 && SecurityBlock.HasMac(reply[6]);
        if (secured && Temper.Spend(Temper.WrongMac, out rest))
        {
            Temper.WrongMac = rest;
            reply[length - OsdpWriter.CheckLength(head) - 1] ^= 0x5A;
            OsdpWriter.Finish(reply, head, length);
        }

        if (Temper.Spend(Temper.DamagedCheck, out rest))
        {
            Temper.DamagedCheck = rest;
            reply[length - 1] ^= 0x5A;
        }

        return length;
    }
}
