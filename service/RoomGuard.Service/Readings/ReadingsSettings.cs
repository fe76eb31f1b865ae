namespace RoomGuard.Service.Readings;

/// <summary>How long measured values are kept. They are not part of the record; what follows from them (an outage, a limit crossed) is.</summary>
/// <param name="RawDays">† Every single reading, and the roll-ups of a minute.</param>
/// <param name="QuarterDays">† Roll-ups of 15 minutes.</param>
/// <param name="RollUpYears">† Roll-ups of an hour and of a day.</param>
/// <param name="MostMegabytes">† Beyond this the oldest single readings go before their time.</param>
public sealed record ReadingsSettings(int RawDays = 90, int QuarterDays = 400, int RollUpYears = 3, int MostMegabytes = 2048)
{
    /// <summary>What is wrong, each with its place and remedy.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (RawDays is < 1 or > 400)
        {
            yield return $"{place}.rawDays: {RawDays} is outside 1 to 400.";
        }

        if (QuarterDays < RawDays || QuarterDays > 3660)
        {
            yield return $"{place}.quarterDays: {QuarterDays} must be at least rawDays ({RawDays}) and at most 3660.";
        }

        if (RollUpYears is < 1 or > 20 || RollUpYears * 366 < QuarterDays)
        {
            yield return $"{place}.rollUpYears: {RollUpYears} must be 1 to 20 and not less than quarterDays ({QuarterDays}).";
        }

        if (MostMegabytes is < 64 or > 1024 * 1024)
        {
            yield return $"{place}.mostMegabytes: {MostMegabytes} is outside 64 to 1048576.";
        }
    }
}
