using System.Globalization;
using RoomGuard.Wire.Megatec;

namespace RoomGuard.Simulators.Ups;

/// <summary>A unit that speaks Megatec's Q1, as real ones do: it answers questions, carries orders out in silence, and sends back what it does not know (docs/reference/ups.md section 6).</summary>
public sealed class MegatecUnit(SimulatedUps ups)
{
    /// <summary>What it answers to a line; null: nothing.</summary>
    public string? Hear(string line, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(line);
        ups.Pass(now);
        switch (line)
        {
            case "Q1":
                return Status().ToString();
            case "F":
                return new MegatecRating(100, Math.Round(ups.Settings.RatedVoltAmperes / 100.0), 24, 60).ToString();
            case "I":
                return new MegatecIdentity("RoomSim", "Q1-SIM", "1.0").ToString();
            case "T":
                _ = ups.StartTest(now);
                return null;
            case "TL":
                _ = ups.StartTest(now, deep: true);
                return null;
            case "CT":
                ups.AbortTest(now);
                return null;
            case "Q":
                ups.BeeperOn = !ups.BeeperOn;
                return null;
            case "C":
                ups.CancelShutdown(now);
                return null;
            case ['S', ..] when Delay(line) is { } delay:
                ups.RequestShutdown(now, delay, staysOff: line.EndsWith("R0000", StringComparison.Ordinal));
                return null;
            case "":
                return null;
            default:
                return line;
        }
    }

    private Q1Status Status()
    {
        if (ups.Has(UpsHabit.SillyValues))
        {
            return new(999, 0, 999, 999, 99.9, 99.9, 99.9, Q1Bits.StandBy);
        }

        var bits = Q1Bits.StandBy
            | (ups.InputBad || (ups.Standing == UpsStanding.OnBattery && ups.Test != SelfTestOutcome.Running) ? Q1Bits.UtilityFail : 0)
            | (ups.LowBattery ? Q1Bits.BatteryLow : 0)
            | (ups.Boosting || ups.Trimming ? Q1Bits.BypassOrBoost : 0)
            | (ups.ReplaceBattery ? Q1Bits.Failed : 0)
            | (ups.Test == SelfTestOutcome.Running ? Q1Bits.Testing : 0)
            | (ups.OffAt is not null || ups.Standing == UpsStanding.Off ? Q1Bits.ShutdownActive : 0)
            | (ups.BeeperOn ? Q1Bits.BeeperOn : 0);
        return new(
            Math.Round(ups.Mains.Volts, 1), Math.Round(ups.Mains.Volts, 1), Math.Round(ups.OutputVolts, 1), Math.Round(ups.LoadPercent),
            Math.Round(ups.Mains.Hertz, 1), Math.Round(ups.BatteryVolts, 1), ups.Temperature, bits);
    }

    // .2 to .9 are tenths of a minute, 01 to 10 minutes; R and the minutes until it comes back may follow.
    private static TimeSpan? Delay(string line)
    {
        var text = line[1..].Split('R')[0];
        return text.Length == 2 && text[0] == '.' && text[1] is >= '2' and <= '9' ? TimeSpan.FromSeconds((text[1] - '0') * 6)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && text.Length == 2 && minutes <= 10 ? TimeSpan.FromMinutes(minutes)
            : null;
    }
}
