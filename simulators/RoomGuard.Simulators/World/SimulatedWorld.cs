using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Simulators.Doors;
using RoomGuard.Simulators.Lines;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;
using RoomGuard.Simulators.Ups;

namespace RoomGuard.Simulators.World;

/// <summary>
/// The simulated site: doors, readers, lines and people, and how they act on each other. Single-threaded, no clock, no I/O: it is told
/// deeds, bytes and the time, and the same seed and order give the same world.
/// </summary>
public sealed class SimulatedWorld
{
    private const int MostNews = 400;

    private readonly SimulatorSettings settings;
    private readonly Dictionary<string, SimulatedReader> readers = [];
    private readonly Dictionary<string, SimulatedLine> lines = [];
    private readonly Dictionary<string, DoorState> doors = [];
    private readonly Dictionary<string, PersonSettings> people;
    private readonly Dictionary<string, string> inside = [];
    private readonly List<Errand> errands = [];
    private readonly Queue<WorldNews> news = new();
    private readonly HashSet<string> watched = [];
    private long newsCount;
    private readonly Random touches;
    private int errandCount;
    private TimeSpan clock;

    /// <summary>Builds the site at rest: doors shut, nobody inside, readers with what they kept.</summary>
    /// <param name="story">Null: nobody comes by themselves.</param>
    /// <param name="randomBytes">For the secure channel's random numbers.</param>
    /// <param name="began">What the sensors' times count from.</param>
    public SimulatedWorld(SimulatorSettings settings, Story? story, IReaderMemory memory, Func<int, byte[]> randomBytes, DateTimeOffset began = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        people = settings.People.ToDictionary(person => person.Id);
        touches = new(unchecked((settings.Seed * 6151) + 17));
        foreach (var (index, line) in settings.Lines.Index())
        {
            var onLine = line.Devices.Select(device => new SimulatedReader(device, line.BaudRate, memory, randomBytes)).ToImmutableArray();
            foreach (var reader in onLine)
            {
                readers.Add(reader.Id, reader);
            }

            lines.Add(line.Id, new(line, onLine, new Random(unchecked((settings.Seed * 7919) + index))));
        }

        foreach (var door in settings.Doors)
        {
            doors.Add(door.Id, new(door));
            ShowContact(doors[door.Id]);
            ShowButton(doors[door.Id]);
        }

        Story = story is null ? null : new(story, settings);
        Power = new(settings.Units, settings.Seed);
        Field = settings.Sensors is { } room ? new(room, settings.Seed, began) : null;
    }

    /// <summary>The story under way; null when nobody comes by themselves.</summary>
    public StoryPlayer? Story { get; }

    /// <summary>The units and their mains.</summary>
    public SimulatedPower Power { get; }

    /// <summary>The air of the room and its sensors; null: there are none.</summary>
    public SensorField? Field { get; }

    /// <summary>Rises with everything that can be seen from outside.</summary>
    public long Version { get; private set; }

    /// <summary>What could be seen lately, oldest first.</summary>
    public IReadOnlyCollection<WorldNews> News => news;

    /// <summary>The lines by their id.</summary>
    public IReadOnlyDictionary<string, SimulatedLine> Lines => lines;

    /// <summary>The readers by their id.</summary>
    public IReadOnlyDictionary<string, SimulatedReader> Readers => readers;

    /// <summary>Who went in by which door and has not come out.</summary>
    public IReadOnlyDictionary<string, string> Inside => inside;

    /// <summary>When the world wants to be told the time at the latest; null: nothing is under way.</summary>
    public TimeSpan? NextDue => new[]
    {
        doors.Values.Min(door => door.Body.NextDue),
        readers.Values.Min(reader => reader.NextDue),
        errands.Min(errand => errand.Due),
        Story?.NextDue,
        Power.NextDue,
        Field?.NextDue,
    }.Min();

    /// <summary>A door's body.</summary>
    public DoorBody Body(string door) => doors[door].Body;

    /// <summary>Bytes came on a line, from whoever watches it.</summary>
    public void Receive(string line, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        Pass(now);
        lines[line].Receive(bytes, now);
        LookAtReaders(now);
    }

    /// <summary>Something is done.</summary>
    public DeedOutcome Do(Deed deed, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(deed);
        Pass(now);
        var outcome = Carry(deed, now);
        LookAtReaders(now);
        MoveErrands(now);
        Version++;
        return outcome;
    }

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now)
    {
        clock = now > clock ? now : clock;
        foreach (var reader in readers.Values)
        {
            reader.Pass(now);
        }

        foreach (var door in doors.Values.Where(door => door.Body.NextDue <= now))
        {
            Touch(door, new Moment(), now, "");
        }

        LookAtReaders(now);
        MoveErrands(now);
        Version += Power.Pass(now) ? 1 : 0;
        Field?.Pass(now);
        if (Story is { } story && story.NextDue <= now)
        {
            foreach (var coming in story.Pass(now, readersOnline: settings.Doors.All(door => readers[door.EntryReader].Secure)))
            {
                var outcome = Carry(coming.Deed, now);
                Tell("story", null, null, null, $"筋書き: {coming.Says ?? outcome.Ja}", $"Story: {coming.Says ?? outcome.En}");
                MoveErrands(now);
            }

            Version++;
        }
    }

    private DeedOutcome CarryPower(PowerDeed deed, TimeSpan now)
    {
        var outcome = Power.Do(deed, now);
        Tell("power", null, null, null, outcome.Ja, outcome.En);
        return outcome;
    }

    private DeedOutcome CarryAir(AirDeed deed, TimeSpan now)
    {
        if (Field is not { } field)
        {
            return new(false, "この部屋にセンサーはない", "There are no sensors in this room");
        }

        var outcome = field.Do(deed, now);
        Tell("air", null, null, null, outcome.Ja, outcome.En);
        return outcome;
    }

    private DeedOutcome Carry(Deed deed, TimeSpan now) => deed switch
    {
        AirDeed air => CarryAir(air, now),
        PowerDeed power => CarryPower(power, now),
        PresentCard d => Present(d, now),
        PresentNumber d => Present(d.Reader, CardBits.Of(d.Format, d.Facility, d.Number), null, now),
        PresentBits d => Present(d.Reader, CardBits.FromText(d.Bits), null, now),
        TypeKeys d => Type(d.Reader, d.Keys, null, now),
        TouchSensor d => PutFinger(d.Person, d.Reader, d.Wet),
        EnrolFinger d => Enrol(d),
        ForgetFinger d => Forget(d),
        BreakSensor d => Reader(d.Reader, reader => reader.BreakSensor(d.Broken), d.Broken ? "指センサーが壊れた" : "指センサーが直った", d.Broken ? "the finger sensor is broken" : "the finger sensor is mended"),
        PushExit d => Touch(doors[d.Door], new ButtonPressed(), now, ""),
        OpenLeaf d => Touch(doors[d.Door], new LeafPulled(d.From), now, ""),
        HoldOpen d => Touch(doors[d.Door], new LeafPropped(), now, ""),
        CloseLeaf d => Touch(doors[d.Door], new LeafPushedShut(), now, ""),
        ForceDoor d => Touch(doors[d.Door], new LeafForced(), now, ""),
        Enter d => Begin(d),
        Leave d => Begin(d),
        PlugReader d => Plug(readers[d.Reader], d.Plugged, now),
        CutLine d => Cut(lines[d.Line], d.Cut),
        PullAdapter d => Pull(lines[d.Line], d.Pulled),
        MoveCover d => Reader(d.Reader, reader => reader.MoveCover(d.Open), d.Open ? "カバーが開いた" : "カバーが閉じた", d.Open ? "cover opened" : "cover closed"),
        MoveContact d => Contact(d),
        FailPower d => Reader(d.Reader, reader => reader.FailPower(d.Failed), d.Failed ? "電源を失い、予備で動く" : "電源が戻った", d.Failed ? "supply failed, runs from its buffer" : "supply is back"),
        SetNoise d => Noise(lines[d.Line], d.Percent),
        SlowReplies d => Reader(d.Reader, reader => reader.SetLate(d.Late), $"応答の遅れ {d.Late.TotalMilliseconds:0} ms", $"replies {d.Late.TotalMilliseconds:0} ms late"),
        SetBusy d => Reader(d.Reader, reader => reader.SetBusy(d.Busy), d.Busy ? "BUSY を返し続ける" : "BUSY をやめた", d.Busy ? "answers BUSY" : "no longer BUSY"),
        ClearTextOnly d => Reader(d.Reader, reader => reader.SetClearTextOnly(d.On), d.On ? "暗号通信に応じない" : "暗号通信に応じる", d.On ? "knows no secure channel" : "knows the secure channel again"),
        GiveWrongKey d => Reader(d.Reader, reader => reader.GiveWrongKey(d.On), d.On ? "鍵が別のものになった" : "鍵が元に戻った", d.On ? "uses another key" : "uses its own key again"),
        TurnAddress d => Reader(d.Reader, reader => reader.MoveTo(d.Address), $"アドレスが {d.Address} になった", $"has the address {d.Address}"),
        ReplaceReader d => Reader(d.Reader, reader => reader.Replace(d.Serial), $"製造番号 {d.Serial} の別の装置に替わった", $"replaced by serial {d.Serial}"),
        ResetReader d => Reader(d.Reader, reader => reader.Reset(), "工場出荷時に戻った", "is in its factory state"),
        RebootReader d => Reader(d.Reader, reader => reader.Reboot(), "再起動した", "restarted"),
        SetHabit d => Reader(d.Reader, reader => reader.SetHabit(d.Habit, d.On), $"癖 {d.Habit} {(d.On ? "あり" : "なし")}", $"habit {d.Habit} {(d.On ? "on" : "off")}"),
        SecondController d => Second(lines[d.Line], d.Talking, now),
        PlayStory or RestartStory or SetStorySpeed => Direct(deed, now),
        _ => throw new UnreachableException($"No answer to {deed.GetType().Name}."),
    };

    private DeedOutcome Present(PresentCard deed, TimeSpan now)
    {
        var person = people[deed.Person];
        return Present(deed.Reader, CardBits.Of(person.CardFormat, person.Facility, person.Number), person, now);
    }

    private DeedOutcome Present(string reader, CardBits card, PersonSettings? person, TimeSpan now)
    {
        var who = person?.Name ?? "カード";
        var whoEn = person?.Id ?? "A card";
        if (!readers[reader].Plugged)
        {
            return Told(false, "card-nothing", null, reader, person?.Id, $"{who}: 読取装置が動いていない", $"{whoEn}: the reader is dead");
        }

        return readers[reader].Present(card)
            ? Told(true, "card", null, reader, person?.Id, $"{who}のカードをかざした", $"{whoEn}: card held to the reader")
            : Told(false, "card-nothing", null, reader, person?.Id, $"{who}: 装置は反応しない(制御装置と通信していない)", $"{whoEn}: the reader does not react, nobody polls it");
    }

    private DeedOutcome Type(string reader, string keys, PersonSettings? person, TimeSpan now)
    {
        var typed = readers[reader].Plugged && readers[reader].Type(keys);
        return typed
            ? Told(true, "keys", null, reader, person?.Id, $"{keys.Length} 回キーを押した", $"{keys.Length} keys pressed")
            : Told(false, "keys-nothing", null, reader, person?.Id, "キーパッドが反応しない", "the keypad does not react");
    }

    private DeedOutcome PutFinger(string person, string reader, bool wet)
    {
        var name = people[person].Name;
        return readers[reader].Touch(wet ? null : Fingers.Touch(person, touches)) switch
        {
            TouchOutcome.Compared => Told(true, "finger", null, reader, person, $"{name}が指を置いた", $"{person}: finger on the sensor"),
            TouchOutcome.Unread => Told(true, "finger-unread", null, reader, person, $"{name}の指は読み取れない", $"{person}: the finger cannot be read"),
            _ => Told(false, "finger-nothing", null, reader, person, $"{name}が指を置いたが、センサーは消えている", $"{person}: the sensor is dark, nobody asks for a finger"),
        };
    }

    private DeedOutcome Enrol(EnrolFinger deed)
    {
        var person = people[deed.Person];
        readers[deed.Reader].Enrol(CardOf(person), Fingers.TemplateOf(person.Id));
        return Told(true, "finger-enrolled", null, deed.Reader, person.Id, $"{person.Name}の指を登録した", $"{person.Id}: finger enrolled");
    }

    private DeedOutcome Forget(ForgetFinger deed)
    {
        var person = people[deed.Person];
        return readers[deed.Reader].Forget(CardOf(person))
            ? Told(true, "finger-deleted", null, deed.Reader, person.Id, $"{person.Name}の指の登録を消した", $"{person.Id}: finger deleted")
            : Told(false, "finger-deleted", null, deed.Reader, person.Id, $"{person.Name}の指は登録されていない", $"{person.Id}: no finger is kept here");
    }

    private static CardBits CardOf(PersonSettings person) => CardBits.Of(person.CardFormat, person.Facility, person.Number);

    private DeedOutcome Plug(SimulatedReader reader, bool plugged, TimeSpan now)
    {
        if (reader.Plugged == plugged)
        {
            return new(false, plugged ? "もうつながっている" : "もう抜けている", plugged ? "it is plugged in already" : "it is unplugged already");
        }

        reader.Plug(plugged);
        return Told(true, plugged ? "plugged" : "unplugged", null, reader.Id, null, $"{reader.Label}: 線を{(plugged ? "挿した" : "抜いた")}", $"{reader.Id}: cable {(plugged ? "put back" : "pulled out")}");
    }

    private DeedOutcome Reader(string id, Action<SimulatedReader> change, string ja, string en)
    {
        var reader = readers[id];
        change(reader);
        return Told(true, "reader", null, id, null, $"{reader.Label}: {ja}", $"{id}: {en}");
    }

    private DeedOutcome Contact(MoveContact deed)
    {
        var reader = readers[deed.Reader];
        return deed.Input < reader.Inputs.Length
            ? Reader(deed.Reader, one => one.SetInput(deed.Input, deed.Active), $"入力 {deed.Input} {(deed.Active ? "動作" : "復帰")}", $"input {deed.Input} {(deed.Active ? "active" : "at rest")}")
            : new(false, $"{reader.Label}に入力 {deed.Input} はない", $"{deed.Reader} has no input {deed.Input}");
    }

    private DeedOutcome Cut(SimulatedLine line, bool cut)
    {
        line.Cut = cut;
        return Told(true, cut ? "line-cut" : "line-joined", null, null, null, $"{line.Id}: 回線を{(cut ? "切断した" : "つないだ")}", $"{line.Id}: line {(cut ? "cut" : "mended")}");
    }

    private DeedOutcome Pull(SimulatedLine line, bool pulled)
    {
        line.AdapterPulled = pulled;
        return Told(true, pulled ? "adapter-pulled" : "adapter-put", null, null, null, $"{line.Id}: 変換器を{(pulled ? "抜いた" : "挿した")}", $"{line.Id}: adapter {(pulled ? "pulled out" : "put back")}");
    }

    private DeedOutcome Noise(SimulatedLine line, double percent)
    {
        line.NoisePercent = percent;
        return Told(true, "noise", null, null, null, $"{line.Id}: 雑音 {percent:0.##} %", $"{line.Id}: noise {percent:0.##} %");
    }

    private DeedOutcome Second(SimulatedLine line, bool talking, TimeSpan now)
    {
        line.TalkOver(talking, now);
        return Told(true, "second-controller", null, null, null, $"{line.Id}: 別の制御装置が{(talking ? "割り込んでいる" : "いなくなった")}", $"{line.Id}: a second controller {(talking ? "talks" : "is gone")}");
    }

    private DeedOutcome Direct(Deed deed, TimeSpan now)
    {
        if (Story is not { } story)
        {
            return new(false, "筋書きは読み込まれていない", "no story is loaded");
        }

        switch (deed)
        {
            case PlayStory play:
                story.Play(play.Playing, now);
                return new(true, play.Playing ? "筋書きを進める" : "筋書きを止めた", play.Playing ? "the story goes on" : "the story stands still");
            case SetStorySpeed speed:
                story.ChangeSpeed(speed.Speed, now);
                return new(true, $"筋書きの速さ {speed.Speed:0.##} 倍", $"story speed {speed.Speed:0.##}");
            default:
                story.Restart(now);
                return new(true, "筋書きを最初から", "the story begins again");
        }
    }

    private DeedOutcome Begin(Enter deed)
    {
        if (errands.Any(errand => errand.Person == deed.Person) || inside.ContainsKey(deed.Person))
        {
            return new(false, $"{people[deed.Person].Name}はもう中か扉の前にいる", $"{deed.Person} is inside or at a door already");
        }

        errands.Add(new(deed.Person, deed.Door, leaving: false, deed.Stay, deed.Pin, deed.Finger, Chance()));
        return new(true, $"{people[deed.Person].Name}が{doors[deed.Door].Label}へ向かう", $"{deed.Person} walks to {deed.Door}");
    }

    private DeedOutcome Begin(Leave deed)
    {
        if (!inside.TryGetValue(deed.Person, out var door))
        {
            return new(false, $"{people[deed.Person].Name}は中にいない", $"{deed.Person} is not inside");
        }

        if (errands.Find(errand => errand.Person == deed.Person) is { } errand)
        {
            if (errand.Phase == ErrandPhase.Staying)
            {
                errand.TurnRound();
            }
            else
            {
                errand.StayNoLonger();
            }
        }
        else
        {
            errands.Add(new(deed.Person, door, leaving: true, stay: null, pin: null, finger: null, Chance()));
        }

        return new(true, $"{people[deed.Person].Name}が退室する", $"{deed.Person} leaves");
    }

    // Each errand has its own chance, so that one more person at the back door does not change how long another stays.
    private Random Chance() => new(unchecked((settings.Seed * 104729) + errandCount++));

    private void MoveErrands(TimeSpan now)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var errand in errands)
            {
                moved |= Move(errand, now);
            }

            errands.RemoveAll(errand => errand.Phase == ErrandPhase.Over);
        }
    }

    /// <summary>Moves one errand one phase on.</summary>
    /// <returns>False when it has to wait.</returns>
    private bool Move(Errand errand, TimeSpan now)
    {
        var door = doors[errand.Door];
        var person = people[errand.Person];
        var due = errand.Due <= now;
        switch (errand.Phase)
        {
            case ErrandPhase.Queueing when door.Body is { LeafOpen: false, StrikeReleased: false } && !errands.Exists(other => other != errand && other.Door == errand.Door && other.AtDoor):
                errand.Go(ErrandPhase.Asking, now + errand.About(0.8));
                return true;

            case ErrandPhase.Asking when due && !errand.Leaving:
                Present(door.Settings.EntryReader, CardBits.Of(person.CardFormat, person.Facility, person.Number), person, now);
                var types = door.Settings.AsksPin && (errand.Pin ?? person.Pin) is not null;
                errand.Go(types ? ErrandPhase.Typing : ErrandPhase.Listening, now + (types ? errand.About(1.5) : Errand.Patience));
                return true;

            case ErrandPhase.Asking when due:
                AskOut(door, person, now);
                errand.Go(ErrandPhase.Listening, now + Errand.Patience);
                return true;

            // A door that lets go after the card alone wants no PIN today.
            case ErrandPhase.Typing or ErrandPhase.Listening when door.Body.StrikeReleased:
                errand.Go(ErrandPhase.Pulling, now + errand.About(0.7));
                return true;

            case ErrandPhase.Typing or ErrandPhase.Listening when !errand.Leaving && readers[door.Settings.EntryReader].AsksFinger:
                errand.Go(ErrandPhase.Touching, now + errand.About(1.2));
                return true;

            case ErrandPhase.Touching when due:
                PutFinger(errand.Finger, door.Settings.EntryReader, wet: false);
                errand.Go(ErrandPhase.Listening, now + Errand.Patience);
                return true;

            case ErrandPhase.Typing when due:
                Type(door.Settings.EntryReader, (errand.Pin ?? person.Pin) + "#", person, now);
                errand.Go(ErrandPhase.Listening, now + Errand.Patience);
                return true;

            case ErrandPhase.Listening when due && !errand.Leaving:
                Tell("turned-away", errand.Door, door.Settings.EntryReader, errand.Person, $"{person.Name}は{door.Label}に入れなかった", $"{person.Id} was not let in at {errand.Door}");
                errand.Go(ErrandPhase.Over);
                return true;

            // Nobody is ever locked in: when no strike answers, there is the lever.
            case ErrandPhase.Listening when due:
                errand.Go(ErrandPhase.Pulling, now);
                return true;

            case ErrandPhase.Pulling when due:
                return PullThrough(errand, door, person, now);

            case ErrandPhase.Through when !door.Body.LeafOpen && errand.Leaving:
                errand.Go(ErrandPhase.Over);
                return true;

            case ErrandPhase.Through when !door.Body.LeafOpen && errand.Stay is { } stay:
                errand.Go(ErrandPhase.Staying, now + (stay / (Story?.Speed ?? 1)));
                return true;

            case ErrandPhase.Through when !door.Body.LeafOpen:
                errand.Go(ErrandPhase.Over);
                return true;

            case ErrandPhase.Staying when due:
                errand.TurnRound();
                return true;

            default:
                return false;
        }
    }

    private void AskOut(DoorState door, PersonSettings person, TimeSpan now)
    {
        if (door.Settings.ExitReader is { } exit)
        {
            Present(exit, CardBits.Of(person.CardFormat, person.Facility, person.Number), person, now);
        }
        else if (door.Settings.ExitButton is not null)
        {
            Touch(door, new ButtonPressed(), now, person.Id);
        }
    }

    private bool PullThrough(Errand errand, DoorState door, PersonSettings person, TimeSpan now)
    {
        Touch(door, new LeafPulled(errand.Leaving ? Side.Inside : Side.Outside), now, person.Id);
        if (!door.Body.LeafOpen)
        {
            Tell("turned-away", errand.Door, null, errand.Person, $"{person.Name}は{door.Label}に間に合わなかった", $"{person.Id} was too late at {errand.Door}");
            errand.Go(ErrandPhase.Over);
            return true;
        }

        if (errand.Leaving)
        {
            inside.Remove(errand.Person);
            Tell("went-out", errand.Door, null, errand.Person, $"{person.Name}が{door.Label}から出た", $"{person.Id} went out by {errand.Door}");
        }
        else
        {
            inside[errand.Person] = errand.Door;
            Tell("went-in", errand.Door, null, errand.Person, $"{person.Name}が{door.Label}から入った", $"{person.Id} went in by {errand.Door}");
        }

        errand.Go(ErrandPhase.Through);
        return true;
    }

    private DeedOutcome Touch(DoorState door, DoorTouch touch, TimeSpan now, string person)
    {
        var step = DoorPhysics.Step(door.Body, touch, now, door.Temper);
        door.Body = step.Next;
        DeedOutcome? outcome = null;
        foreach (var sight in step.Seen)
        {
            var (kind, ja, en, moved) = Words(sight);
            Tell(kind, door.Settings.Id, null, person.Length == 0 ? null : person, $"{door.Label}: {ja}", $"{door.Settings.Id}: {en}");
            outcome = new(moved, $"{door.Label}: {ja}", $"{door.Settings.Id}: {en}");
        }

        if (!step.Seen.IsEmpty)
        {
            ShowContact(door);
            ShowButton(door);
        }

        return outcome ?? new(false, $"{door.Label}: 変化なし", $"{door.Settings.Id}: nothing changed");
    }

    private static (string Kind, string Ja, string En, bool Moved) Words(DoorSight sight) => sight switch
    {
        StrikeClicked { Released: true } => ("strike-released", "解錠した", "strike released", true),
        StrikeClicked => ("strike-locked", "施錠した", "strike locked", true),
        LeafSwung { How: Opening.Forced } => ("leaf-forced", "こじ開けられた", "broken open", true),
        LeafSwung { How: Opening.FromInside } => ("leaf-open", "内側から開いた", "opened from inside", true),
        LeafSwung => ("leaf-open", "開いた", "opened", true),
        LeafShut => ("leaf-shut", "閉じた", "shut", true),
        LeafHeld => ("leaf-held", "開けたまま押さえられている", "held open", true),
        ButtonMoved { Down: true } => ("button-down", "退出ボタンが押された", "exit button pressed", true),
        ButtonMoved => ("button-up", "退出ボタンが戻った", "exit button released", true),
        LeafStayedShut => ("leaf-locked", "施錠されていて開かない", "locked, it does not open", false),
        _ => throw new UnreachableException($"No words for {sight.GetType().Name}."),
    };

    /// <summary>What the readers' relays and lights have done since the last look.</summary>
    private void LookAtReaders(TimeSpan now)
    {
        foreach (var door in doors.Values)
        {
            var strike = door.Settings.Strike;
            var powered = readers[strike.Device].Plugged;
            var released = powered ? readers[strike.Device].OutputOn(strike.Output) : door.Settings.PowerLoss == PowerLoss.FailSafe;
            if (released != door.Body.StrikeReleased)
            {
                Touch(door, new StrikeSwitched(released), now, "");
            }
        }

        foreach (var reader in readers.Values)
        {
            if (reader.TakeChanged())
            {
                Version++;
            }

            if (reader.Secure ? watched.Add(reader.Id) : watched.Remove(reader.Id))
            {
                Tell(reader.Secure ? "online" : "offline", null, reader.Id, null, $"{reader.Label}: 暗号通信{(reader.Secure ? "が始まった" : "が終わった")}", $"{reader.Id}: secure channel {(reader.Secure ? "begun" : "ended")}");
            }
        }
    }

    private void ShowContact(DoorState door)
    {
        var contact = door.Settings.Contact;
        readers[contact.Device].SetInput(contact.Input, door.Body.LeafOpen != contact.Inverted);
    }

    private void ShowButton(DoorState door)
    {
        if (door.Settings.ExitButton is { } button)
        {
            readers[button.Device].SetInput(button.Input, door.Body.ButtonUpAt is not null != button.Inverted);
        }
    }

    private DeedOutcome Told(bool happened, string kind, string? door, string? reader, string? person, string ja, string en)
    {
        Tell(kind, door, reader, person, ja, en);
        return new(happened, ja, en);
    }

    private void Tell(string kind, string? door, string? reader, string? person, string ja, string en)
    {
        news.Enqueue(new(++newsCount, clock, kind, door, reader, person, ja, en));
        if (news.Count > MostNews)
        {
            news.Dequeue();
        }

        Version++;
    }

    private sealed class DoorState(DoorSettings settings)
    {
        public DoorSettings Settings { get; } = settings;

        public string Label { get; } = settings.Label ?? settings.Id;

        public DoorTemper Temper { get; } = DoorTemper.Ordinary with { Closer = settings.Closer ?? DoorTemper.Ordinary.Closer };

        public DoorBody Body { get; set; } = DoorBody.AtRest;
    }
}
