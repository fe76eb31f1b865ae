using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Sensors;

/// <summary>Something that happens to the air of the room, or to its sensors.</summary>
public abstract record AirDeed : Deed;

/// <summary>The air conditioning stops, or runs again.</summary>
public sealed record FailCooling(bool Failed) : AirDeed;

/// <summary>The equipment gives off this much heat.</summary>
public sealed record SetHeatLoad(double Watts) : AirDeed;

/// <summary>The weather is this much warmer or colder than usual.</summary>
public sealed record SetWeather(double Degrees) : AirDeed;

/// <summary>A door of the room stands open, or shut again.</summary>
public sealed record OpenRoom(bool Open) : AirDeed;

/// <summary>Water on the floor, or wiped up.</summary>
public sealed record SpillWater(bool Wet) : AirDeed;

/// <summary>Smoke, or none any more.</summary>
public sealed record MakeSmoke(bool Smoke) : AirDeed;

/// <summary>The building's fire signal comes, or ends.</summary>
public sealed record SignalFire(bool Fire) : AirDeed;

/// <summary>Dust is thrown up.</summary>
public sealed record RaiseDust(double Micrograms) : AirDeed;

/// <summary>The ground shakes.</summary>
public sealed record ShakeGround(double Gal) : AirDeed;

/// <summary>A sensor gets a bad habit, or loses it.</summary>
/// <param name="Sensor">Id of one sensor, or <c>all</c>.</param>
public sealed record SetSensorHabit(string Sensor, SensorHabit Habit, bool On) : AirDeed;

/// <summary>A sensor's battery holds this much.</summary>
public sealed record DrainSensor(string Sensor, double Percent) : AirDeed;

/// <summary>What a sensor's contact is on is opened, or shut: the door of a rack.</summary>
public sealed record OpenAtSensor(string Sensor, bool Open) : AirDeed;

/// <summary>A sensor's button is pressed: it reports now.</summary>
public sealed record AskSensor(string Sensor) : AirDeed;

/// <summary>Somebody carries an item with a tag through a gate, which reads it several times.</summary>
/// <param name="Direction"><c>in</c> or <c>out</c>; null: the gate does not know.</param>
public sealed record CarryTag(string Gate, string Tag, string? Direction) : AirDeed;

/// <summary>A gateway dies without a word, or comes back.</summary>
/// <param name="Gateway">Id of one, or <c>all</c>.</param>
public sealed record PlugGateway(string Gateway, bool Plugged) : AirDeed;

/// <summary>A gateway starts again and tells what it had cached; all at once is what a restarted broker sees.</summary>
public sealed record RestartGateway(string Gateway) : AirDeed;

/// <summary>A sensor as it stands.</summary>
/// <param name="Gateway">Null: it hangs on a line of its own.</param>
/// <param name="Told">What it told last, as text.</param>
public sealed record RoomSensorNow(string Id, string Label, string LabelEn, string? Gateway, string Told, double? BatteryPercent, ImmutableArray<string> Habits);

/// <summary>A gateway as it stands.</summary>
public sealed record GatewayNow(string Id, string Label, string LabelEn, string Kind, bool Plugged, bool Connected, long Sent);

/// <summary>The air and everything that measures it, as they stand.</summary>
public sealed record RoomAirNow(
    double Inlet, double Outlet, double Outside, double Humidity, double Dust, double Acceleration, double LoadWatts, bool CoolingFails, bool DoorOpen, bool Wet, bool Smoke, bool Fire,
    ImmutableArray<GatewayNow> Gateways, ImmutableArray<RoomSensorNow> Sensors);

/// <summary>The air of the room, all simulated sensors in it and the gateways they speak through. Single-threaded, no clock: part of the simulated world.</summary>
public sealed class SensorField
{
    // A UHF gate reads a tag that walks through it many times.
    private const int ReadsOfOneTag = 5;

    private readonly Dictionary<string, SimulatedGateway> gateways = [];
    private readonly Dictionary<string, SimulatedSensor> sensors = [];
    private readonly Dictionary<string, SerialSensor> serial = [];

    /// <summary>Builds a room that has settled.</summary>
    /// <param name="began">What the times since the start count from.</param>
    public SensorField(RoomSensorsSettings settings, int seed, DateTimeOffset began)
    {
        ArgumentNullException.ThrowIfNull(settings);

        // The weather of the site's own time of day.
        Air = new(settings.Air ?? new(), began.ToOffset(TimeSpan.FromHours(9)).TimeOfDay);
        foreach (var (index, gateway) in settings.Gateways.Index())
        {
            var built = new SimulatedGateway(gateway, began, unchecked((seed * 15_485) + index));
            gateways.Add(gateway.Id, built);
            foreach (var sensor in built.Sensors)
            {
                sensors.Add(sensor.Settings.Id, sensor);
            }
        }

        foreach (var (index, transmitter) in settings.Transmitters.Index())
        {
            serial.Add(transmitter.Id, new(transmitter, new Random(unchecked((seed * 7_727) + index))));
            sensors.Add(transmitter.Id, serial[transmitter.Id].Body);
        }
    }

    /// <summary>The air.</summary>
    public RoomAir Air { get; }

    /// <summary>The transmitters on pseudo-terminals by their id.</summary>
    public IReadOnlyDictionary<string, SerialSensor> Serial => serial;

    /// <summary>The gateways by their id.</summary>
    public IReadOnlyDictionary<string, SimulatedGateway> Gateways => gateways;

    /// <summary>When something happens by itself; null: nothing is under way.</summary>
    public TimeSpan? NextDue => new[] { gateways.Values.Min(gateway => gateway.NextDue), serial.Values.Min(sensor => (TimeSpan?)sensor.Body.NextDue) }.Min();

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now)
    {
        Air.Pass(now);
        foreach (var gateway in gateways.Values.Where(gateway => gateway.NextDue <= now))
        {
            gateway.Pass(now, Air);
        }

        foreach (var transmitter in serial.Values)
        {
            transmitter.Body.Pass(now, Air);
        }
    }

    /// <summary>Something is done.</summary>
    public DeedOutcome Do(AirDeed deed, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(deed);
        Pass(now);
        var outcome = Carry(deed, now);

        // What changes at once is felt at once by whatever reports changes.
        Pass(now);
        return outcome;
    }

    /// <summary>Everything as it stands.</summary>
    public RoomAirNow Look() => new(
        Math.Round(Air.Inlet, 1), Math.Round(Air.Outlet, 1), Math.Round(Air.Outside, 1), Math.Round(Air.Humidity, 1), Math.Round(Air.Dust), Math.Round(Air.Acceleration, 1), Air.LoadWatts, Air.CoolingFails, Air.DoorOpen, Air.Wet, Air.Smoke, Air.Fire,
        [.. gateways.Values.Select(gateway => new GatewayNow(gateway.Settings.Id, gateway.Settings.Label ?? gateway.Settings.Id, gateway.Settings.LabelEn ?? gateway.Settings.Id, gateway.Settings.Kind.ToString(), gateway.Plugged, gateway.Connected, gateway.Sent))],
        [.. gateways.Values.SelectMany(gateway => gateway.Sensors.Select(sensor => Of(sensor, gateway.Settings.Id))), .. serial.Values.Select(sensor => Of(sensor.Body, null))]);

    private static RoomSensorNow Of(SimulatedSensor sensor, string? gateway) => new(
        sensor.Settings.Id, sensor.Settings.Label ?? sensor.Settings.Id, sensor.Settings.LabelEn ?? sensor.Settings.Id, gateway, Told(sensor.Last), sensor.Battery is { } battery ? Math.Round(battery) : null,
        [.. Enum.GetValues<SensorHabit>().Where(sensor.Has).Select(habit => habit.ToString())]);

    private static string Told(SensorReading? reading) => reading is null ? "–" : string.Join(" · ", reading.Sayings.Select(saying => saying.IsSign
        ? $"{saying.What} {(saying.Number > 0 ? "!" : "–")}"
        : saying.Number.ToString("0.#", CultureInfo.InvariantCulture) + saying.What switch { SensorTells.Temperature => " °C", SensorTells.Humidity => " %", SensorTells.Dust => " µg/m³", _ => " gal" }));

    private static DeedOutcome Done(bool so, string ja, string jaOtherwise, string en, string enOtherwise) => so ? new(true, ja, en) : new(true, jaOtherwise, enOtherwise);

    private DeedOutcome Carry(AirDeed deed, TimeSpan now)
    {
        switch (deed)
        {
            case FailCooling fail:
                Air.CoolingFails = fail.Failed;
                return Done(fail.Failed, "空調が止まった", "空調が動き出した", "The air conditioning stopped", "The air conditioning runs again");
            case SetHeatLoad load:
                Air.LoadWatts = load.Watts;
                return new(true, string.Create(CultureInfo.InvariantCulture, $"機器の発熱が {load.Watts:0} W になった"), string.Create(CultureInfo.InvariantCulture, $"The equipment gives off {load.Watts:0} W"));
            case SetWeather weather:
                Air.OutsideShift = weather.Degrees;
                return new(true, string.Create(CultureInfo.InvariantCulture, $"外は平年より {weather.Degrees:0.#} 度"), string.Create(CultureInfo.InvariantCulture, $"The weather is {weather.Degrees:0.#} degrees off"));
            case OpenRoom open:
                Air.DoorOpen = open.Open;
                return Done(open.Open, "部屋の扉が開いたまま", "部屋の扉が閉まった", "A door of the room stands open", "The door of the room is shut");
            case SpillWater spill:
                Air.Wet = spill.Wet;
                return Done(spill.Wet, "床に水がある", "床の水を拭いた", "Water on the floor", "The floor is dry");
            case MakeSmoke smoke:
                Air.Smoke = smoke.Smoke;
                return Done(smoke.Smoke, "煙が出た", "煙が消えた", "Smoke", "No smoke");
            case SignalFire fire:
                Air.Fire = fire.Fire;
                return Done(fire.Fire, "火災信号が出た", "火災信号が消えた", "The fire signal comes", "The fire signal ended");
            case RaiseDust dust:
                Air.RaiseDust(dust.Micrograms);
                return new(true, "埃が舞った", "Dust is thrown up");
            case ShakeGround shake:
                Air.Shake(shake.Gal, now);
                return new(true, string.Create(CultureInfo.InvariantCulture, $"地震 {shake.Gal:0} gal"), string.Create(CultureInfo.InvariantCulture, $"The ground shakes, {shake.Gal:0} gal"));
            case SetSensorHabit habit:
                return Each(habit.Sensor, sensor => sensor.Set(habit.Habit, habit.On), $"の癖 {habit.Habit}: {(habit.On ? "あり" : "なし")}", $" {(habit.On ? "has" : "has lost")} the habit {habit.Habit}");
            case DrainSensor drain:
                return Each(drain.Sensor, sensor => sensor.Battery = drain.Percent, string.Create(CultureInfo.InvariantCulture, $"の電池が {drain.Percent:0} % になった"), string.Create(CultureInfo.InvariantCulture, $" has a battery of {drain.Percent:0} %"));
            case OpenAtSensor open:
                return Each(open.Sensor, sensor => sensor.Opened = open.Open, open.Open ? "の扉が開いた" : "の扉が閉まった", open.Open ? " is open" : " is shut");
            case AskSensor ask:
                return Each(ask.Sensor, sensor => sensor.ReportNow(), "がいま報告する", " reports now");
            case CarryTag carry:
                return Done(
                    gateways[carry.Gate].PassTag(carry.Tag, carry.Direction, ReadsOfOneTag, now),
                    $"{carry.Tag} が {carry.Gate} を通った", $"{carry.Gate} は {carry.Tag} を伝えられない", $"{carry.Tag} passed {carry.Gate}", $"{carry.Gate} cannot tell of {carry.Tag}");
            case PlugGateway plug:
                foreach (var gateway in Named(plug.Gateway))
                {
                    gateway.Plugged = plug.Plugged;
                    if (!plug.Plugged)
                    {
                        gateway.Cut();
                    }
                }

                return Done(plug.Plugged, $"{plug.Gateway} が戻った", $"{plug.Gateway} が黙って消えた", $"{plug.Gateway} is back", $"{plug.Gateway} is gone without a word");
            case RestartGateway restart:
                foreach (var gateway in Named(restart.Gateway))
                {
                    gateway.Cut();
                }

                return new(true, $"{restart.Gateway} が再起動し、覚えていた値を送り直す", $"{restart.Gateway} starts again and tells its cached values");
            default:
                throw new UnreachableException($"Nobody carries {deed.GetType().Name} out.");
        }
    }

    private IEnumerable<SimulatedGateway> Named(string id) => id == "all" ? gateways.Values.AsEnumerable() : [gateways[id]];

    private DeedOutcome Each(string id, Action<SimulatedSensor> change, string ja, string en)
    {
        foreach (var sensor in id == "all" ? sensors.Values.AsEnumerable() : [sensors[id]])
        {
            change(sensor);
        }

        return new(true, (id == "all" ? "全センサー" : id) + ja, (id == "all" ? "Every sensor" : id) + en);
    }
}
