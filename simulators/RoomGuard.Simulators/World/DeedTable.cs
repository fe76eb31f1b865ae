using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Simulators.Doors;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Ups;

namespace RoomGuard.Simulators.World;

/// <summary>What an argument of a deed names.</summary>
public enum ArgumentKind
{
    /// <summary>Id of a person.</summary>
    Person,

    /// <summary>Id of a reader.</summary>
    Reader,

    /// <summary>Id of a reader with a keypad.</summary>
    Keypad,

    /// <summary>Id of a reader with a finger sensor.</summary>
    Sensor,

    /// <summary>Id of a door.</summary>
    Door,

    /// <summary>Id of a door with an exit button.</summary>
    ButtonDoor,

    /// <summary>Id of a line.</summary>
    Line,

    /// <summary>Digits, <c>*</c> and <c>#</c>.</summary>
    Keys,

    /// <summary>Zeros and ones.</summary>
    Bits,

    /// <summary>Name of a card format.</summary>
    Format,

    /// <summary>A whole number from 0.</summary>
    Number,

    /// <summary>An OSDP address, 0 to 126.</summary>
    Address,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>A duration, e.g. <c>00:01:30</c>.</summary>
    Duration,

    /// <summary>A factor above 0 to 1000.</summary>
    Factor,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary><c>outside</c> or <c>inside</c>.</summary>
    Side,

    /// <summary>A <see cref="WireHabit"/>.</summary>
    Habit,

    /// <summary>Id of a UPS, or <c>all</c>.</summary>
    Ups,

    /// <summary>A <see cref="UpsHabit"/>.</summary>
    UpsHabit,

    /// <summary>0 to 300 V.</summary>
    Volts,

    /// <summary>Id of a sensor in the room, or <c>all</c>.</summary>
    RoomSensor,

    /// <summary>A <see cref="Sensors.SensorHabit"/>.</summary>
    SensorHabit,

    /// <summary>Id of a gateway of sensors, or <c>all</c>.</summary>
    Gateway,

    /// <summary>Id of a gate that reads asset tags.</summary>
    Gate,

    /// <summary>What stands on an asset tag: 1 to 40 letters, digits and hyphens.</summary>
    Tag,

    /// <summary><c>in</c> or <c>out</c>.</summary>
    Way,

    /// <summary>0 to 100000, in whatever the deed counts.</summary>
    Amount,

    /// <summary>-30 to 30 degrees.</summary>
    Degrees,
}

/// <summary>One argument of a deed.</summary>
/// <param name="Default">Null: must be given.</param>
public sealed record DeedArgument(string Name, ArgumentKind Kind, string? Default = null);

/// <summary>One thing that can be done, under the name by which the page, the API, the command line and story files all call it.</summary>
public sealed record DeedKind(string Name, string Ja, string En, ImmutableArray<DeedArgument> Arguments, bool InStories, Func<DeedValues, Deed> Make);

/// <summary>Checked arguments of one deed.</summary>
public sealed class DeedValues(IReadOnlyDictionary<string, string> texts)
{
    /// <summary>The argument as text.</summary>
    public string this[string name] => texts[name];

    /// <summary>The argument, or null where it was left out and has an empty default.</summary>
    public string? Optional(string name) => texts[name].Length == 0 ? null : texts[name];

    /// <summary>The argument as a switch.</summary>
    public bool On(string name) => bool.Parse(texts[name]);

    /// <summary>The argument as a duration, or null.</summary>
    public TimeSpan? Duration(string name) => Optional(name) is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The argument as a number.</summary>
    public double Real(string name) => double.Parse(texts[name], CultureInfo.InvariantCulture);

    /// <summary>The argument as a whole number.</summary>
    public ulong Whole(string name) => ulong.Parse(texts[name], CultureInfo.InvariantCulture);
}

/// <summary>A deed could not be understood; one sentence says what was wrong and what would be right.</summary>
/// <param name="Place">Name of the argument, or <c>do</c>.</param>
public sealed record DeedProblem(string Place, string Sentence);

/// <summary>All that can be done at the simulated site: one table for page, API, command line and stories.</summary>
public static class DeedTable
{
    private static readonly DeedArgument Reader = new("reader", ArgumentKind.Reader);
    private static readonly DeedArgument Sensor = new("reader", ArgumentKind.Sensor);
    private static readonly DeedArgument Door = new("door", ArgumentKind.Door);
    private static readonly DeedArgument Line = new("line", ArgumentKind.Line);
    private static readonly DeedArgument Ups = new("ups", ArgumentKind.Ups, "all");
    private static readonly DeedArgument RoomSensor = new("sensor", ArgumentKind.RoomSensor);
    private static readonly DeedArgument Gateway = new("gateway", ArgumentKind.Gateway, "all");
    private static readonly DeedArgument On = new("on", ArgumentKind.Switch, "true");

    /// <summary>The table.</summary>
    public static ImmutableArray<DeedKind> All { get; } =
    [
        new("present", "カードをかざす", "hold a person's card to a reader", [new("person", ArgumentKind.Person), Reader], true, v => new PresentCard(v["person"], v["reader"])),
        new("present-number", "番号を指定してカードをかざす", "hold a card of these numbers to a reader", [Reader, new("facility", ArgumentKind.Number), new("number", ArgumentKind.Number), new("format", ArgumentKind.Format, "H10301")], true, v => new PresentNumber(v["reader"], v["format"], (uint)v.Whole("facility"), v.Whole("number"))),
        new("present-bits", "ビット列を読ませる", "let a reader read these bits", [Reader, new("bits", ArgumentKind.Bits)], true, v => new PresentBits(v["reader"], v["bits"])),
        new("type", "キーパッドを押す", "press keys at a keypad", [new("reader", ArgumentKind.Keypad), new("keys", ArgumentKind.Keys)], true, v => new TypeKeys(v["reader"], v["keys"])),
        new("touch", "指をセンサーに置く", "put a finger on a reader's sensor", [new("person", ArgumentKind.Person), Sensor, new("wet", ArgumentKind.Switch, "false")], true, v => new TouchSensor(v["person"], v["reader"], v.On("wet"))),
        new("enrol", "読取装置に指を登録する", "enrol a finger at a reader", [new("person", ArgumentKind.Person), Sensor], true, v => new EnrolFinger(v["person"], v["reader"])),
        new("forget-finger", "読取装置の指の登録を消す", "delete a finger at a reader", [new("person", ArgumentKind.Person), Sensor], true, v => new ForgetFinger(v["person"], v["reader"])),
        new("break-sensor", "指センサーを壊す・直す", "break or mend a finger sensor", [Sensor, On], true, v => new BreakSensor(v["reader"], v.On("on"))),
        new("push", "退出ボタンを押す", "push the exit button", [new("door", ArgumentKind.ButtonDoor)], true, v => new PushExit(v["door"])),
        new("open", "扉を引く", "pull at the leaf", [Door, new("from", ArgumentKind.Side, "outside")], true, v => new OpenLeaf(v["door"], SideOf(v["from"]))),
        new("hold", "扉を開けたままにする", "prop the leaf open", [Door], true, v => new HoldOpen(v["door"])),
        new("close", "扉を閉める", "push the leaf shut", [Door], true, v => new CloseLeaf(v["door"])),
        new("force", "扉をこじ開ける", "break the door open", [Door], true, v => new ForceDoor(v["door"])),
        new("enter", "人が入室する(一連の動作)", "a person walks up, enters, stays and leaves", [new("person", ArgumentKind.Person), Door, new("stay", ArgumentKind.Duration, ""), new("pin", ArgumentKind.Keys, ""), new("finger", ArgumentKind.Person, "")], true, v => new Enter(v["person"], v["door"], v.Duration("stay"), v.Optional("pin"), v.Optional("finger"))),
        new("leave", "人が退室する(一連の動作)", "a person who is inside leaves", [new("person", ArgumentKind.Person)], true, v => new Leave(v["person"])),
        new("unplug", "読取装置の線を抜く", "pull a reader's cable out", [Reader], true, v => new PlugReader(v["reader"], Plugged: false)),
        new("plug-in", "読取装置の線を挿す", "put a reader's cable back", [Reader], true, v => new PlugReader(v["reader"], Plugged: true)),
        new("cut", "回線を切断する", "cut a line", [Line], true, v => new CutLine(v["line"], Cut: true)),
        new("join", "回線をつなぐ", "mend a line", [Line], true, v => new CutLine(v["line"], Cut: false)),
        new("pull-adapter", "変換器を抜く", "pull a line's adapter out", [Line], true, v => new PullAdapter(v["line"], Pulled: true)),
        new("put-adapter", "変換器を挿す", "put a line's adapter back", [Line], true, v => new PullAdapter(v["line"], Pulled: false)),
        new("cover", "カバーを開ける・閉める", "open or close a reader's cover", [Reader, On], true, v => new MoveCover(v["reader"], v.On("on"))),
        new("contact", "入力の接点を動かす", "move a contact at an input of a reader", [Reader, new("input", ArgumentKind.Number), On], true, v => new MoveContact(v["reader"], (int)Math.Min(v.Whole("input"), 255), v.On("on"))),
        new("power", "電源を失わせる・戻す", "fail or restore a reader's supply", [Reader, On], true, v => new FailPower(v["reader"], v.On("on"))),
        new("noise", "回線に雑音を入れる", "damage bytes on a line", [Line, new("percent", ArgumentKind.Percent)], true, v => new SetNoise(v["line"], v.Real("percent"))),
        new("slow", "応答を遅らせる", "delay a reader's replies", [Reader, new("late", ArgumentKind.Duration)], true, v => new SlowReplies(v["reader"], v.Duration("late") ?? TimeSpan.Zero)),
        new("busy", "BUSY を返し続ける", "answer BUSY to everything", [Reader, On], true, v => new SetBusy(v["reader"], v.On("on"))),
        new("clear-text", "暗号通信を使えなくする", "know no secure channel", [Reader, On], true, v => new ClearTextOnly(v["reader"], v.On("on"))),
        new("wrong-key", "鍵を別のものにする", "give a reader another key, or its own back", [Reader, On], true, v => new GiveWrongKey(v["reader"], v.On("on"))),
        new("address", "アドレスを変える", "turn a reader's address switches", [Reader, new("address", ArgumentKind.Address)], true, v => new TurnAddress(v["reader"], (byte)v.Whole("address"))),
        new("replace", "別の読取装置に取り替える", "replace a reader by another one", [Reader, new("serial", ArgumentKind.Number)], true, v => new ReplaceReader(v["reader"], (uint)Math.Min(v.Whole("serial"), uint.MaxValue))),
        new("reset", "工場出荷時に戻す", "put a reader back to its factory state", [Reader], true, v => new ResetReader(v["reader"])),
        new("reboot", "再起動する", "restart a reader", [Reader], true, v => new RebootReader(v["reader"])),
        new("habit", "通信の癖を付ける", "give a reader a bad habit on the wire", [Reader, new("habit", ArgumentKind.Habit), On], true, v => new SetHabit(v["reader"], Enum.Parse<WireHabit>(v["habit"], ignoreCase: true), v.On("on"))),
        new("second-controller", "別の制御装置に割り込ませる", "let a second controller talk", [Line, On], true, v => new SecondController(v["line"], v.On("on"))),
        // Power.
        new("mains-fail", "停電させる", "let mains fail", [Ups], true, v => new SetMains(v["ups"], 0, 0)),
        new("mains-return", "復電させる", "let mains return", [Ups], true, v => new SetMains(v["ups"], Mains.Good.Volts, Mains.Good.Hertz)),
        new("mains-set", "入力の電圧を変える", "set the voltage and frequency of mains", [Ups, new("volts", ArgumentKind.Volts), new("hertz", ArgumentKind.Percent, "60")], true, v => new SetMains(v["ups"], v.Real("volts"), v.Real("hertz"))),
        new("mains-flicker", "瞬断を繰り返す", "let mains flicker", [Ups, new("times", ArgumentKind.Number, "5"), new("away", ArgumentKind.Duration, "00:00:02"), new("there", ArgumentKind.Duration, "00:00:03")], true, v => new FlickerMains(v["ups"], (int)Math.Min(v.Whole("times"), 100), v.Duration("away") ?? TimeSpan.Zero, v.Duration("there") ?? TimeSpan.Zero)),
        new("ups-load", "UPS の負荷を変える", "set what hangs on a UPS", [Ups, new("percent", ArgumentKind.Percent)], true, v => new SetUpsLoad(v["ups"], v.Real("percent"))),
        new("ups-age", "蓄電池を劣化させる", "let a battery really hold less than the unit believes", [Ups, new("percent", ArgumentKind.Percent)], true, v => new AgeBattery(v["ups"], v.Real("percent"))),
        new("ups-renew", "蓄電池を交換する", "put a new battery in", [Ups], true, v => new RenewBattery(v["ups"])),
        new("ups-test", "自己診断を始める", "press the test button of a UPS", [Ups], true, v => new TestUps(v["ups"])),
        new("ups-unplug", "UPS の通信線を抜く", "pull the cable of a UPS out", [Ups], true, v => new PlugUps(v["ups"], Plugged: false)),
        new("ups-plug-in", "UPS の通信線を挿す", "put the cable of a UPS back", [Ups], true, v => new PlugUps(v["ups"], Plugged: true)),
        new("ups-noise", "UPS の通信線に雑音を入れる", "damage bytes on the wire of a UPS", [Ups, new("percent", ArgumentKind.Percent)], true, v => new SetUpsNoise(v["ups"], v.Real("percent"))),
        new("ups-slow", "UPS の応答を遅らせる", "delay the answers of a UPS", [Ups, new("late", ArgumentKind.Duration)], true, v => new SlowUps(v["ups"], v.Duration("late") ?? TimeSpan.Zero)),
        new("ups-habit", "UPS に通信の癖を付ける", "give a UPS a bad habit on the wire", [Ups, new("habit", ArgumentKind.UpsHabit), On], true, v => new SetUpsHabit(v["ups"], Enum.Parse<UpsHabit>(v["habit"], ignoreCase: true), v.On("on"))),
        // Air and sensors.
        new("cooling-fail", "空調を止める・動かす", "stop or start the air conditioning", [On], true, v => new FailCooling(v.On("on"))),
        new("heat-load", "機器の発熱を変える", "set the heat of the equipment, W", [new("watts", ArgumentKind.Amount)], true, v => new SetHeatLoad(v.Real("watts"))),
        new("weather", "外の気温を平年からずらす", "make the weather warmer or colder than usual", [new("degrees", ArgumentKind.Degrees)], true, v => new SetWeather(v.Real("degrees"))),
        new("room-open", "部屋の扉を開けておく・閉める", "let a door of the room stand open", [On], true, v => new OpenRoom(v.On("on"))),
        new("water", "床に水をこぼす・拭く", "spill water on the floor, or wipe it up", [On], true, v => new SpillWater(v.On("on"))),
        new("smoke", "煙を出す・消す", "make smoke, or none", [On], true, v => new MakeSmoke(v.On("on"))),
        new("fire-signal", "火災信号を出す・消す", "give or end the fire signal", [On], true, v => new SignalFire(v.On("on"))),
        new("dust", "埃を舞わせる", "throw up dust, µg/m³", [new("micrograms", ArgumentKind.Amount, "200")], true, v => new RaiseDust(v.Real("micrograms"))),
        new("quake", "地震を起こす", "shake the ground, gal", [new("gal", ArgumentKind.Amount, "120")], true, v => new ShakeGround(v.Real("gal"))),
        new("sensor-habit", "センサーに癖を付ける", "give a sensor a bad habit", [RoomSensor, new("habit", ArgumentKind.SensorHabit), On], true, v => new SetSensorHabit(v["sensor"], Enum.Parse<SensorHabit>(v["habit"], ignoreCase: true), v.On("on"))),
        new("sensor-battery", "センサーの電池を減らす", "set what a sensor's battery holds", [RoomSensor, new("percent", ArgumentKind.Percent)], true, v => new DrainSensor(v["sensor"], v.Real("percent"))),
        new("sensor-open", "センサーの扉を開ける・閉める", "open or shut what a sensor's contact is on", [RoomSensor, On], true, v => new OpenAtSensor(v["sensor"], v.On("on"))),
        new("sensor-report", "センサーにいま報告させる", "press a sensor's button: it reports now", [RoomSensor], true, v => new AskSensor(v["sensor"])),
        new("gateway-die", "無線の親機を黙って消す", "let a gateway die without a word", [Gateway], true, v => new PlugGateway(v["gateway"], Plugged: false)),
        new("gateway-return", "無線の親機を戻す", "let a gateway come back", [Gateway], true, v => new PlugGateway(v["gateway"], Plugged: true)),
        new("gateway-restart", "無線の親機を再起動する", "restart a gateway: it tells its cached values", [Gateway], true, v => new RestartGateway(v["gateway"])),
        new("carry-tag", "機器タグをゲートに通す", "carry an item with a tag through a gate", [new("gate", ArgumentKind.Gate), new("tag", ArgumentKind.Tag), new("direction", ArgumentKind.Way, "")], true, v => new CarryTag(v["gate"], v["tag"], v.Optional("direction"))),
        new("story-play", "筋書きを進める・止める", "let the story go on or stand still", [On], false, v => new PlayStory(v.On("on"))),
        new("story-restart", "筋書きを最初から", "begin the story again", [], false, _ => new RestartStory()),
        new("story-speed", "筋書きの速さ", "set the story's speed", [new("speed", ArgumentKind.Factor)], false, v => new SetStorySpeed(v.Real("speed"))),
    ];

    /// <summary>The deed of this name, or null.</summary>
    public static DeedKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Makes a deed out of texts, checking each against the site.</summary>
    public static Deed? Read(string name, IReadOnlyDictionary<string, string> texts, SimulatorSettings site, out ImmutableArray<DeedProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (Find(name) is not { } kind)
        {
            problems = [new("do", $"\"{name}\" is nothing that can be done here. Use one of {string.Join(", ", All.Select(known => known.Name))}.")];
            return null;
        }

        problems =
        [
            .. Unknown(kind, texts.Keys),
            .. kind.Arguments.Where(argument => argument.Default is null && !texts.ContainsKey(argument.Name)).Select(argument => Missing(kind, argument)),
            .. texts.SelectMany(text => kind.Arguments.Where(argument => argument.Name == text.Key).Select(argument => Check(argument, text.Value, site))).OfType<DeedProblem>(),
        ];
        if (!problems.IsEmpty)
        {
            return null;
        }

        var values = kind.Arguments.ToDictionary(argument => argument.Name, argument => texts.TryGetValue(argument.Name, out var text) ? text : argument.Default!);
        var deed = kind.Make(new(values));
        if (deed is PresentNumber card && CardBits.Problem(card.Format, card.Facility, card.Number) is { } wrong)
        {
            problems = [new("number", wrong)];
            return null;
        }

        return deed;
    }

    /// <summary>Arguments a deed does not have.</summary>
    public static IEnumerable<DeedProblem> Unknown(DeedKind kind, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return names.Where(name => kind.Arguments.All(argument => argument.Name != name)).Select(name => new DeedProblem(
            name,
            kind.Arguments.IsEmpty ? $"{kind.Name} takes no \"{name}\"." : $"{kind.Name} takes no \"{name}\". It takes {string.Join(", ", kind.Arguments.Select(argument => argument.Name))}."));
    }

    /// <summary>Says that an argument was left out.</summary>
    public static DeedProblem Missing(DeedKind kind, DeedArgument argument)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(argument);
        return new(argument.Name, $"{kind.Name} needs \"{argument.Name}\".");
    }

    /// <summary>What is wrong with one argument; null when it is right.</summary>
    public static DeedProblem? Check(DeedArgument argument, string text, SimulatorSettings site)
    {
        ArgumentNullException.ThrowIfNull(argument);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(site);
        if (text.Length == 0 && argument.Default is "")
        {
            return null;
        }

        var sentence = argument.Kind switch
        {
            ArgumentKind.Person => Named("person", text, site.People.Select(person => person.Id)),
            ArgumentKind.Reader => Named("reader", text, site.Devices.Select(device => device.Id)),
            ArgumentKind.Keypad => Named("reader with a keypad", text, site.Devices.Where(device => device.Keypad).Select(device => device.Id)),
            ArgumentKind.Sensor => Named("reader with a finger sensor", text, site.Devices.Where(device => device.Finger).Select(device => device.Id)),
            ArgumentKind.Door => Named("door", text, site.Doors.Select(door => door.Id)),
            ArgumentKind.ButtonDoor => Named("door with an exit button", text, site.Doors.Where(door => door.ExitButton is not null).Select(door => door.Id)),
            ArgumentKind.Line => Named("line", text, site.Lines.Select(line => line.Id)),
            ArgumentKind.Keys => text.Length is >= 1 and <= 32 && text.All(c => char.IsAsciiDigit(c) || c is '*' or '#') ? null : $"\"{text}\" cannot be typed. Use 1 to 32 digits, * and #.",
            ArgumentKind.Bits => text.Length is >= 1 and <= 512 && text.All(c => c is '0' or '1') ? null : "bits are 1 to 512 zeros and ones.",
            ArgumentKind.Format => CardBits.Formats.Contains(text) ? null : $"\"{text}\" is no card format. Use one of {string.Join(", ", CardBits.Formats)}.",
            ArgumentKind.Number => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1UL << 40 ? null : $"\"{text}\" is not a whole number from 0 to {1UL << 40}.",
            ArgumentKind.Address => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var address) && address <= 126 ? null : $"\"{text}\" is not an address from 0 to 126.",
            ArgumentKind.Percent => Between(text, 0, 100) ? null : $"\"{text}\" is not a percentage from 0 to 100.",
            ArgumentKind.Factor => Between(text, 0, 1000) && double.Parse(text, CultureInfo.InvariantCulture) > 0 ? null : $"\"{text}\" is not a speed above 0 to 1000.",
            ArgumentKind.Duration => Lasts(text) ? null : $"\"{text}\" is not a duration from 00:00:00 to 1.00:00:00. Write hours:minutes:seconds, e.g. 00:01:30.",
            ArgumentKind.Switch => bool.TryParse(text, out _) ? null : $"\"{text}\" is not true or false.",
            ArgumentKind.Side => text is "outside" or "inside" ? null : $"\"{text}\" is not a side. Use outside or inside.",
            ArgumentKind.Habit => Enum.GetNames<WireHabit>().Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"\"{text}\" is no habit. Use one of {string.Join(", ", Enum.GetNames<WireHabit>())}.",
            ArgumentKind.Ups => Named("UPS", text, site.Units.IsEmpty ? [] : ["all", .. site.Units.Select(ups => ups.Id)]),
            ArgumentKind.UpsHabit => Enum.GetNames<UpsHabit>().Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"\"{text}\" is no habit. Use one of {string.Join(", ", Enum.GetNames<UpsHabit>())}.",
            ArgumentKind.Volts => Between(text, 0, 300) ? null : $"\"{text}\" is not a voltage from 0 to 300.",
            ArgumentKind.RoomSensor => Named("sensor in the room", text, site.Sensors is { } room ? ["all", .. room.SensorIds] : []),
            ArgumentKind.Gateway => Named("gateway of sensors", text, site.Sensors is { } field ? ["all", .. field.Gateways.Select(gateway => gateway.Id)] : []),
            ArgumentKind.Gate => Named("gate", text, site.Sensors is { } doors ? [.. doors.Gateways.Where(gateway => gateway.Kind == GatewayKind.TagGate).Select(gateway => gateway.Id)] : []),
            ArgumentKind.Tag => text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') ? null : $"\"{text}\" is no tag. Use 1 to 40 letters, digits and hyphens, e.g. AS-00001.",
            ArgumentKind.Way => text is "in" or "out" ? null : $"\"{text}\" is not a way. Use in or out.",
            ArgumentKind.SensorHabit => Enum.GetNames<SensorHabit>().Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"\"{text}\" is no habit. Use one of {string.Join(", ", Enum.GetNames<SensorHabit>())}.",
            ArgumentKind.Amount => Between(text, 0, 100_000) ? null : $"\"{text}\" is not a number from 0 to 100000.",
            ArgumentKind.Degrees => Between(text.StartsWith('-') ? text[1..] : text, 0, 30) ? null : $"\"{text}\" is not a number of degrees from -30 to 30.",
            _ => throw new System.Diagnostics.UnreachableException($"No check for {argument.Kind}."),
        };
        return sentence is null ? null : new(argument.Name, sentence);
    }

    private static string? Named(string what, string text, IEnumerable<string> known)
    {
        var names = known.ToList();
        return names.Contains(text) ? null
            : names.Count == 0 ? $"there is no {what} at this site."
            : $"there is no {what} \"{text}\". There is {string.Join(", ", names.Take(8))}{(names.Count > 8 ? ", …" : "")}.";
    }

    private static bool Between(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most;

    private static bool Lasts(string text) =>
        TimeSpan.TryParseExact(text, ["c", @"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF"], CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1);

    private static Side SideOf(string text) => text == "inside" ? Side.Inside : Side.Outside;
}
