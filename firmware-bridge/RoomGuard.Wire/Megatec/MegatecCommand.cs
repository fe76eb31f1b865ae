using System.Globalization;

namespace RoomGuard.Wire.Megatec;

/// <summary>Which words a unit understands.</summary>
public enum MegatecDialect
{
    /// <summary>Megatec's own: <c>Q1</c>, <c>F</c>, <c>I</c>; orders are answered by nothing.</summary>
    Q1,

    /// <summary>Omron BN, BY, BU: <c>Q1</c> and its own questions; orders are answered by OK or NAK.</summary>
    Omron,

    /// <summary>Voltronic's older: <c>QS</c>, <c>QI</c>.</summary>
    VoltronicQs,

    /// <summary>Voltronic's newer: <c>QGS</c>, <c>QBV</c>, <c>QMOD</c>; orders are answered by (ACK or (NAK.</summary>
    VoltronicQgs,
}

/// <summary>A line to a unit.</summary>
/// <param name="Text">Without CR.</param>
/// <param name="Acts">It does something; off unless the link allows it (R-PWR-10, R-NET-04).</param>
/// <param name="Answered">The unit says something to it.</param>
public sealed record MegatecCommand(string Text, bool Acts, bool Answered)
{
    private static readonly TimeSpan ShortestOff = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongestOff = TimeSpan.FromMinutes(10);
    private const int LeastReturnMinutes = 3;
    private const int MostReturnMinutes = 9999;

    /// <summary>A question.</summary>
    public static MegatecCommand Ask(string text) => new(text, Acts: false, Answered: true);

    /// <summary>The state of a unit of this dialect, and what it tells of charge and runtime besides; asked at every reading.</summary>
    public static IReadOnlyList<MegatecCommand> Reading(MegatecDialect dialect) => dialect switch
    {
        MegatecDialect.Omron => [Ask("Q1"), Ask("Bl ?"), Ask("RTS"), Ask("TPb")],
        MegatecDialect.VoltronicQs => [Ask("QS"), Ask("QI")],
        MegatecDialect.VoltronicQgs => [Ask("QGS"), Ask("QMOD"), Ask("QBV")],
        _ => [Ask("Q1")],
    };

    /// <summary>What the unit is; asked once after each start of the link.</summary>
    public static IReadOnlyList<MegatecCommand> Inventory(MegatecDialect dialect) => dialect switch
    {
        MegatecDialect.Omron => [Ask("UN"), Ask("PSNR"), Ask("FWV"), Ask("BRR")],
        MegatecDialect.VoltronicQs => [Ask("F"), Ask("M")],
        MegatecDialect.VoltronicQgs => [Ask("QPI"), Ask("QMD"), Ask("QVFW"), Ask("QID")],
        _ => [Ask("F"), Ask("I")],
    };

    /// <summary>A self-test of ten seconds; null where the dialect has none.</summary>
    public static MegatecCommand? SelfTest(MegatecDialect dialect) => dialect == MegatecDialect.Omron ? null : Act("T", dialect);

    /// <summary>Ends a self-test; null where the dialect has none.</summary>
    public static MegatecCommand? CancelTest(MegatecDialect dialect) => dialect == MegatecDialect.Omron ? null : Act("CT", dialect);

    /// <summary>Takes a shutdown back; the output comes on.</summary>
    public static MegatecCommand CancelShutdown(MegatecDialect dialect) => Act("C", dialect);

    /// <summary>
    /// The output goes off after <paramref name="off"/> and comes back with mains. Under a minute in steps of six seconds, above in
    /// minutes, both rounded down. Omron's units must have been told <c>An</c> before, and take no return time.
    /// </summary>
    /// <param name="off">12 s to 10 min.</param>
    /// <param name="back">3 to 9999 minutes: early units never come back with one or two. Null: as soon as mains are there.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside what a unit takes.</exception>
    public static MegatecCommand ShutDown(MegatecDialect dialect, TimeSpan off, int? back = null)
    {
        if (off < ShortestOff || off > LongestOff)
        {
            throw new ArgumentOutOfRangeException(nameof(off), off, "A unit switches off after 12 s to 10 min.");
        }

        if (back is < LeastReturnMinutes or > MostReturnMinutes)
        {
            throw new ArgumentOutOfRangeException(nameof(back), back, "A unit comes back after 3 to 9999 minutes.");
        }

        var after = DelayOf(off);
        var text = dialect == MegatecDialect.Omron || back is null ? $"S{after}" : string.Create(CultureInfo.InvariantCulture, $"S{after}R{back:0000}");
        return Act(text, dialect);
    }

    /// <summary>An order as a product's file writes it.</summary>
    /// <param name="text">Without CR.</param>
    public static MegatecCommand Order(MegatecDialect dialect, string text) => Act(text, dialect);

    /// <summary>A delay as it is written: under a minute in tenths of it, <c>.2</c> to <c>.9</c>, else in minutes, <c>01</c> to <c>10</c>; rounded down.</summary>
    public static string DelayOf(TimeSpan delay) => delay < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $".{(int)delay.TotalSeconds / 6}")
        : ((int)delay.TotalMinutes).ToString("00", CultureInfo.InvariantCulture);

    private static MegatecCommand Act(string text, MegatecDialect dialect) => new(text, Acts: true, Answered: dialect is MegatecDialect.Omron or MegatecDialect.VoltronicQgs);
}
