using System.Globalization;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What of a reader's counters a technician must hear of.</summary>
public readonly record struct ReaderTally(long Replies, long Timeouts, long BadCheck, long Garbage, long Busy, long MacFailures)
{
    /// <summary>The counters as they stand.</summary>
    public static ReaderTally Of(ReaderCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        return new(counters.Replies, counters.Timeouts, counters.BadCheck, counters.BadLength + counters.Noise, counters.Busy, counters.MacFailures);
    }
}

/// <summary>Puts what went wrong on a wire within a while into one line that says what to do. Pure.</summary>
public static class ReaderTrouble
{
    /// <summary>How often the counters are looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private const int Worth = 3;

    /// <summary>One line, or null when the last while was good enough.</summary>
    public static string? Describe(string reader, string bus, ReaderTally before, ReaderTally after)
    {
        var replies = after.Replies - before.Replies;
        var badCheck = after.BadCheck - before.BadCheck;
        var garbage = after.Garbage - before.Garbage;
        var timeouts = after.Timeouts - before.Timeouts;
        var (count, what, remedy) = (after.MacFailures - before.MacFailures, badCheck, garbage, timeouts) switch
        {
            ( >= 1 and var macs, _, _, _) => (macs, "failed their message authentication", "Noise or a hand on the wire: look at the cable, and if it goes on, install the reader again."),
            (_, >= Worth, _, _) when badCheck >= garbage => (badCheck, "failed their check code", "Look at the cable and its termination."),
            (_, _, >= Worth, _) => (garbage, "came with bytes that belong to no message", "Look at the cable, its termination and the baud rate."),
            (_, _, _, >= Worth) => (timeouts, "did not come in time", "Look at the reader's supply and its address."),
            _ => (0L, string.Empty, string.Empty),
        };
        return (count, replies) switch
        {
            (0, _) => null,
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"Reader {reader} on {bus}: {count} replies in a row {what}. {remedy}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"Reader {reader} on {bus}: {count} replies within {Window.TotalSeconds:0} s {what}, {replies} were good. {remedy}"),
        };
    }
}
