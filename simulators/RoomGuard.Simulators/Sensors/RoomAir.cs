namespace RoomGuard.Simulators.Sensors;

/// <summary>What the simulated room is like.</summary>
/// <param name="LoadWatts">Heat of the equipment, W.</param>
/// <param name="CoolingWatts">Most the air conditioning takes away, W.</param>
/// <param name="SetPoint">°C the air conditioning holds at the inlets.</param>
/// <param name="HeatCapacity">kJ for one degree: air, racks and walls together. A smaller room heats faster.</param>
/// <param name="OutsideMean">°C outside over the day.</param>
/// <param name="OutsideSwing">By how much the afternoon is warmer than that.</param>
/// <param name="OutsideHumidity">% outside in the morning.</param>
public sealed record RoomAirSettings(
    double LoadWatts = 5_000, double CoolingWatts = 9_000, double SetPoint = 22, double HeatCapacity = 500, double OutsideMean = 29, double OutsideSwing = 4, double OutsideHumidity = 75)
{
    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (LoadWatts is not (>= 0 and <= 100_000) || CoolingWatts is not (>= 0 and <= 200_000))
        {
            yield return $"{place}.loadWatts: {LoadWatts} W and cooling of {CoolingWatts} W are no room. Use 0 to 100000 W, and up to 200000 W of cooling.";
        }

        if (SetPoint is not (>= 10 and <= 35) || OutsideMean is not (>= -30 and <= 45) || OutsideSwing is not (>= 0 and <= 15) || OutsideHumidity is not (>= 5 and <= 100))
        {
            yield return $"{place}: a set point of 10 to 35 °C, weather of -30 to 45 °C with a swing of 0 to 15, and 5 to 100 % are weather; this is not.";
        }

        if (HeatCapacity is not (>= 50 and <= 20_000))
        {
            yield return $"{place}.heatCapacity: {HeatCapacity} kJ per degree is outside 50 to 20000.";
        }
    }
}

/// <summary>
/// The air of a server room: heat of the equipment, air conditioning with a fixed most, the weather outside, doors, moisture, dust, smoke, a quake. Two reservoirs and no
/// more, so that the story of a failing air conditioner takes minutes, as in a small room, and the numbers stay explicable. Pure: it is told the time.
/// </summary>
public sealed class RoomAir
{
    private const double WallWattsPerDegree = 60;
    private const double DoorWattsPerDegree = 350;
    private const double ControlWattsPerDegree = 4_000;
    private const double RoomCubicMetres = 90;
    private const double GramsPerCubicMetre = 1.2;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(2);
    private static readonly TimeSpan QuakeLasts = TimeSpan.FromSeconds(40);

    private readonly RoomAirSettings settings;
    private readonly TimeSpan startOfDay;
    private TimeSpan clock;
    private double water;
    private double dust = 8;
    private double quakePeak;
    private TimeSpan? quakeAt;

    /// <summary>A room that has settled.</summary>
    /// <param name="timeOfDay">Local time at its beginning; the weather goes by it.</param>
    public RoomAir(RoomAirSettings settings, TimeSpan timeOfDay)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        startOfDay = timeOfDay;
        LoadWatts = settings.LoadWatts;
        OutsideShift = 0;
        Inlet = settings.SetPoint + 0.3;
        water = WaterAt(settings.SetPoint, 48);
    }

    /// <summary>°C at the fronts of the racks.</summary>
    public double Inlet { get; private set; }

    /// <summary>°C behind the racks.</summary>
    public double Outlet => Inlet + 2 + (LoadWatts / 800);

    /// <summary>°C below the ceiling, where the warm air goes.</summary>
    public double Ceiling => Inlet + 1.5 + (CoolingFails ? 2.5 : 0);

    /// <summary>°C of what the air conditioning blows; the room's own where it stands still.</summary>
    public double Supply => Cooling > 100 ? Inlet - 8 : Inlet;

    /// <summary>°C outside.</summary>
    public double Outside => settings.OutsideMean + OutsideShift + (settings.OutsideSwing * Math.Sin(((TimeOfDay.TotalHours - 9) / 24) * 2 * Math.PI));

    /// <summary>% at the inlets.</summary>
    public double Humidity => Math.Clamp(water / WaterAt(Inlet, 100) * 100, 1, 100);

    /// <summary>µg/m³ up to 10 µm.</summary>
    public double Dust => dust;

    /// <summary>hPa.</summary>
    public double Pressure => 1010 + (4 * Math.Sin(clock.TotalHours / 30));

    /// <summary>gal, the peak of the last seconds; 0 at rest.</summary>
    public double Acceleration => quakeAt is { } began && clock - began is var since && since < QuakeLasts ? quakePeak * (1 - (since / QuakeLasts)) : 0;

    /// <summary>W of the equipment.</summary>
    public double LoadWatts { get; set; }

    /// <summary>By how much the weather is warmer than usual.</summary>
    public double OutsideShift { get; set; }

    /// <summary>The air conditioning stands still.</summary>
    public bool CoolingFails { get; set; }

    /// <summary>A door of the room stands open.</summary>
    public bool DoorOpen { get; set; }

    /// <summary>Water on the floor.</summary>
    public bool Wet { get; set; }

    /// <summary>Smoke in the room.</summary>
    public bool Smoke { get; set; }

    /// <summary>The fire signal of the building.</summary>
    public bool Fire { get; set; }

    private TimeSpan TimeOfDay => startOfDay + clock;

    private double Cooling => CoolingFails ? 0 : Math.Clamp(LoadWatts + ((Inlet - settings.SetPoint) * ControlWattsPerDegree), 0, settings.CoolingWatts);

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now)
    {
        // Who has not looked for days sees a room that has settled.
        clock = now - clock > LongestLook ? now - LongestLook : clock;
        while (clock < now)
        {
            var step = now - clock < Step ? now - clock : Step;
            Advance(step.TotalSeconds);
            clock += step;
        }
    }

    /// <summary>Dust is thrown up.</summary>
    public void RaiseDust(double microgramsPerCubicMetre) => dust = Math.Clamp(dust + microgramsPerCubicMetre, 0, 100_000);

    /// <summary>The ground shakes, from now on for some seconds.</summary>
    public void Shake(double gal, TimeSpan now)
    {
        Pass(now);
        (quakePeak, quakeAt) = (Math.Clamp(gal, 0, 2_000), now);
    }

    private void Advance(double seconds)
    {
        var cooling = Cooling;
        var through = WallWattsPerDegree + (DoorOpen ? DoorWattsPerDegree : 0);
        Inlet += (LoadWatts + ((Outside - Inlet) * through) - cooling) * seconds / (settings.HeatCapacity * 1000);

        // Moisture comes with air from outside and from water on the floor; the cold coil takes out what it cannot hold.
        var exchanged = seconds * (DoorOpen ? 0.6 : 0.02) / 60;
        water += (WaterAt(Outside, settings.OutsideHumidity) - water) * Math.Min(1, exchanged * 0.1);
        water += Wet ? seconds * 0.02 * GramsPerCubicMetre / RoomCubicMetres * 10 : 0;
        if (cooling > 100)
        {
            water += (WaterAt(settings.SetPoint, 48) - water) * Math.Min(1, seconds / 900);
        }

        water = Math.Clamp(water, 0.01, Math.Max(0.02, WaterAt(Inlet, 100)));
        dust += ((DoorOpen ? 20 : 8) - dust) * Math.Min(1, seconds / 1_200);
    }

    // Magnus (environment.md 2.1): grams of water in a cubic metre of air at this temperature and humidity.
    private static double WaterAt(double celsius, double percent) =>
        6.112 * Math.Exp(17.62 * celsius / (243.12 + celsius)) * percent / 100 * 216.7 / (273.15 + celsius);
}
