using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors;

/// <summary>The figures of entry control that are no door's own. Each is a setting with the default of the requirements (†).</summary>
public sealed record EntryControlSettings
{
    /// <summary>Whether a typed PIN is the holder's: normally <see cref="PinCheck.Matches"/> with the site's PIN key.</summary>
    public required Func<PinVerifier, string, bool> PinMatches { get; init; }

    /// <summary>The site's time zone, by which days end.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    /// <summary>R-DOOR-04: how long the second factor may take; at this moment it no longer counts.</summary>
    public TimeSpan FactorWindow { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>R-DOOR-09: so many refusals are 連続拒否.</summary>
    public int RefusalLimit { get; init; } = 3;

    /// <summary>R-DOOR-09: within this time; the last moment counts.</summary>
    public TimeSpan RefusalWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many wrong PINs of one card in a row hold its PIN.</summary>
    public int PinTries { get; init; } = 5;

    /// <summary>For so long a held PIN is not looked at, right or wrong.</summary>
    public TimeSpan PinHold { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>R-DOOR-08: how often 開放超過 is repeated after the alarm.</summary>
    public TimeSpan HeldOpenRepeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>R-VIS-03: how often 付添い不在 is told again.</summary>
    public TimeSpan EscortMissingRepeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>R-VIS-03: after so long it is an incident candidate.</summary>
    public TimeSpan EscortIncidentAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>R-VIS-09: so long after the visit's end 滞在超過 becomes an alarm.</summary>
    public TimeSpan OverstayAlarmAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>R-VIS-09: how often it is told again from then on.</summary>
    public TimeSpan OverstayRepeat { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often 単独在室 is told again.</summary>
    public TimeSpan LeftAloneRepeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after a release's end an opening is still taken as its use. Covers the order's way to the strike and the
    /// contact's way back: polls of the bus, not the person's time.
    /// </summary>
    public TimeSpan OpeningGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>R-DOOR-05: the local time at which everybody should have left.</summary>
    public TimeOnly EndOfDay { get; init; } = TimeOnly.MinValue;
}
