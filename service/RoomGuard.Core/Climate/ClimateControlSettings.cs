using RoomGuard.Core.Panels;

namespace RoomGuard.Core.Climate;

/// <summary>Limits of <see cref="ClimateControl"/> that are not a site's; the defaults are the requirements' own (†) and environment.md's.</summary>
public sealed record ClimateControlSettings
{
    /// <summary>Whose sensors are enrolled here by order; null: whichever bridge an order names, it is this one.</summary>
    public PanelId? Panel { get; init; }

    /// <summary>Why a sensor that shall be enrolled cannot be heard here, in a sentence; null: it can. Pure.</summary>
    public Func<SensorEnrolOrder, string?> Misfit { get; init; } = _ => null;

    /// <summary>R-ENV-05: intervals of silence after which a sensor is 不明.</summary>
    public int SilentIntervals { get; init; } = 3;

    /// <summary>The interval of a sensor that measures, while neither told nor learned.</summary>
    public TimeSpan UsualInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The interval of a sensor that only says that something is so: it speaks to prove that it lives.</summary>
    public TimeSpan UsualSign { get; init; } = TimeSpan.FromHours(25);

    /// <summary>A learned interval is not shorter.</summary>
    public TimeSpan ShortestLearned { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A learned interval of a sensor that measures is not longer.</summary>
    public TimeSpan LongestLearned { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A device's clock that is farther off is off.</summary>
    public TimeSpan ClockMayBeOff { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A gateway that is gone for so long is told: most come back from a restart by themselves.</summary>
    public TimeSpan GatewayAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The same number so often …</summary>
    public int StuckReports { get; init; } = 20;

    /// <summary>… and for so long, while a neighbour moved, is stuck.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A sensor that was odd and is not is in order after so long.</summary>
    public TimeSpan InOrderAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A leak or smoke that is gone for so long has returned to normal, to be confirmed.</summary>
    public TimeSpan ReturnedAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A stop of the cooling must last so long: compressors change over.</summary>
    public TimeSpan CoolingAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Cooling that runs again must do so for so long.</summary>
    public TimeSpan CoolingBackAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Slopes are taken over so long (R-ENV-09).</summary>
    public TimeSpan SlopeWindow { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A forecast begins with slopes over so long, and goes over to <see cref="SlopeWindow"/>.</summary>
    public TimeSpan ShortestSlope { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Inlets that rise together at this slope, °C an hour …</summary>
    public double LostSlope { get; init; } = 8;

    /// <summary>… and by so much already: the cooling is lost.</summary>
    public double LostRise { get; init; } = 2;

    /// <summary>A hatch may be open for so long before it is 注意.</summary>
    public TimeSpan OpenWarning { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>And so long before it is 警報.</summary>
    public TimeSpan OpenAlarm { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>R-ENV-04: from here on a shake asks for a check list (a value like 震度4) …</summary>
    public double QuakeIntensity { get; init; } = 3.5;

    /// <summary>… and from here on it is 警報 (like 5弱).</summary>
    public double StrongIntensity { get; init; } = 4.5;

    /// <summary>The same in gal, for a sensor that tells peak acceleration.</summary>
    public double QuakeGal { get; init; } = 25;

    /// <summary>See <see cref="QuakeGal"/>.</summary>
    public double StrongGal { get; init; } = 80;

    /// <summary>Where a zone has several sensors, two must feel a shake within this: one alone was knocked.</summary>
    public TimeSpan QuakeTogether { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Raised so often …</summary>
    public int UnsteadyAfter { get; init; } = 3;

    /// <summary>… within this: it comes and goes, is told once, and stands until …</summary>
    public TimeSpan UnsteadyWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>… it has been quiet for so long.</summary>
    public TimeSpan SteadyAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What a restart must not forget of mere readings is kept so often; less often with hundreds of sensors.</summary>
    public TimeSpan KeptEvery { get; init; } = TimeSpan.FromMinutes(1);
}
