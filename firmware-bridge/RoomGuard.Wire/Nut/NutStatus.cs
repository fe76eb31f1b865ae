namespace RoomGuard.Wire.Nut;

/// <summary>The words of <c>ups.status</c> (nut-names; RFC 9271 appendix).</summary>
[Flags]
public enum NutStatus
{
    /// <summary>No word known.</summary>
    None = 0,

    /// <summary>OL: on mains.</summary>
    OnLine = 1,

    /// <summary>OB: on battery.</summary>
    OnBattery = 2,

    /// <summary>LB: battery low.</summary>
    LowBattery = 4,

    /// <summary>HB: battery high.</summary>
    HighBattery = 8,

    /// <summary>RB: replace the battery.</summary>
    ReplaceBattery = 0x10,

    /// <summary>CHRG.</summary>
    Charging = 0x20,

    /// <summary>DISCHRG.</summary>
    Discharging = 0x40,

    /// <summary>BYPASS: the load is not protected.</summary>
    Bypass = 0x80,

    /// <summary>CAL: a calibration or test on battery.</summary>
    Calibrating = 0x100,

    /// <summary>OFF: no output.</summary>
    Off = 0x200,

    /// <summary>OVER: overload.</summary>
    Overload = 0x400,

    /// <summary>TRIM: lowering mains.</summary>
    Trim = 0x800,

    /// <summary>BOOST: raising mains.</summary>
    Boost = 0x1000,

    /// <summary>FSD: everybody shuts down.</summary>
    ForcedShutdown = 0x2000,

    /// <summary>ALARM: <c>ups.alarm</c> says what.</summary>
    Alarm = 0x4000,

    /// <summary>WAIT: the server has no data yet.</summary>
    Wait = 0x8000,

    /// <summary>TEST: a self-test.</summary>
    Test = 0x10000,
}

/// <summary>Reads and writes <c>ups.status</c>.</summary>
public static class NutStatusText
{
    // FSD first: what a client shuts down by must not stand behind a word it stops at; then OL or OB, as upsd writes them.
    private static readonly (NutStatus Status, string Word)[] Words =
    [
        (NutStatus.ForcedShutdown, "FSD"), (NutStatus.Wait, "WAIT"), (NutStatus.OnLine, "OL"), (NutStatus.OnBattery, "OB"), (NutStatus.LowBattery, "LB"),
        (NutStatus.HighBattery, "HB"), (NutStatus.ReplaceBattery, "RB"), (NutStatus.Charging, "CHRG"), (NutStatus.Discharging, "DISCHRG"), (NutStatus.Bypass, "BYPASS"),
        (NutStatus.Calibrating, "CAL"), (NutStatus.Off, "OFF"), (NutStatus.Overload, "OVER"), (NutStatus.Trim, "TRIM"), (NutStatus.Boost, "BOOST"),
        (NutStatus.Alarm, "ALARM"), (NutStatus.Test, "TEST"),
    ];

    /// <summary>The words known in a status; unknown ones are left out.</summary>
    public static NutStatus Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var status = NutStatus.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (one, name) in Words)
            {
                status |= string.Equals(name, word, StringComparison.OrdinalIgnoreCase) ? one : NutStatus.None;
            }
        }

        return status;
    }

    /// <summary>
    /// A status as served. LB stands only beside OB: clients take LB alone for a notice. ALARM is never served: a client of version
    /// 2.8.5 that reads it and then loses the server shuts its host down at once (docs/reference/ups.md section 10.7).
    /// </summary>
    public static string Of(NutStatus status)
    {
        var served = status & ~NutStatus.Alarm;
        served = (served & NutStatus.OnBattery) == 0 ? served & ~NutStatus.LowBattery : served & ~NutStatus.OnLine;
        return string.Join(' ', Words.Where(pair => (served & pair.Status) != 0).Select(pair => pair.Word));
    }
}
