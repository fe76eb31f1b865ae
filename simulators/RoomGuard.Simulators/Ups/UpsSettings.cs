using System.Globalization;

namespace RoomGuard.Simulators.Ups;

/// <summary>Which unit is played, and over which wire.</summary>
public enum UpsKind
{
    /// <summary>An APC Smart-UPS, Modbus RTU on a pseudo-terminal.</summary>
    ApcRtu,

    /// <summary>An APC Smart-UPS, Modbus/TCP on the loopback address.</summary>
    ApcTcp,

    /// <summary>A unit that speaks Megatec's Q1, on a pseudo-terminal.</summary>
    MegatecQ1,
}

/// <summary>One simulated UPS.</summary>
/// <param name="Link">On a pseudo-terminal: path of the symbolic link to it.</param>
/// <param name="Port">On TCP: port on the loopback address; 0 takes any free one.</param>
/// <param name="Unit">Modbus address, 1 to 247.</param>
/// <param name="RatedWatts">W at 100 % load.</param>
/// <param name="RatedVoltAmperes">VA.</param>
/// <param name="LoadPercent">What hangs on it, per cent of the rated watts, 0 to 150.</param>
/// <param name="FullLoadRuntime">How long a new, full battery lasts at 100 % load.</param>
/// <param name="Health">What is left of the new battery's capacity, 0.05 to 1. The unit does not know it until a self-test: it goes on promising a new one's runtime.</param>
/// <param name="ChargeTime">From empty to full.</param>
public sealed record UpsSettings(
    string Id,
    UpsKind Kind,
    string? Link = null,
    int? Port = null,
    int Unit = 1,
    int RatedWatts = 980,
    int RatedVoltAmperes = 1440,
    double LoadPercent = 30,
    TimeSpan? FullLoadRuntime = null,
    double Health = 1,
    TimeSpan? ChargeTime = null,
    string? Label = null,
    string? LabelEn = null)
{
    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Kind == UpsKind.ApcTcp ? Port is not (>= 0 and <= 65535) : string.IsNullOrWhiteSpace(Link))
        {
            yield return Kind == UpsKind.ApcTcp
                ? $"{place}.port: a unit on TCP needs a port (1 to 65535; 0 takes any free one)."
                : $"{place}.link: a unit on a pseudo-terminal needs the path of its symbolic link, e.g. lines/ups-1.";
        }

        if (Unit is < 1 or > 247)
        {
            yield return $"{place}.unit: {Unit} is outside 1 to 247.";
        }

        if (RatedWatts is < 100 or > 100_000 || RatedVoltAmperes < RatedWatts || RatedVoltAmperes > 200_000)
        {
            yield return $"{place}.ratedWatts: {RatedWatts} W and {RatedVoltAmperes} VA are no rating. Use 100 to 100000 W, and no fewer VA than W.";
        }

        if (LoadPercent is not (>= 0 and <= 150))
        {
            yield return $"{place}.loadPercent: {LoadPercent.ToString(CultureInfo.InvariantCulture)} is outside 0 to 150.";
        }

        if (Health is not (>= 0.05 and <= 1))
        {
            yield return $"{place}.health: {Health.ToString(CultureInfo.InvariantCulture)} is outside 0.05 to 1.";
        }

        foreach (var (name, value) in new[] { ("fullLoadRuntime", FullLoadRuntime), ("chargeTime", ChargeTime) })
        {
            if (value is { } span && (span < TimeSpan.FromSeconds(10) || span > TimeSpan.FromDays(1)))
            {
                yield return $"{place}.{name}: {span} is outside 00:00:10 to 1.00:00:00.";
            }
        }
    }
}
