
namespace RoomGuard.Bridge.Readers;

internal static partial class ReaderLog
{
    [LoggerMessage(1001, LogLevel.Information, "Bus {Bus}: {Link} is open")]
    public static partial void LinkUp(this ILogger log, string bus, string link);

    [LoggerMessage(1002, LogLevel.Warning, "Bus {Bus} is down: {Why} Tried again by itself until it comes back.")]
    public static partial void LinkDown(this ILogger log, string bus, string why);

    [LoggerMessage(1003, LogLevel.Information, "Reader {Reader} is {Condition}: {Detail}")]
    public static partial void Condition(this ILogger log, string reader, string condition, string detail);

    [LoggerMessage(1004, LogLevel.Warning, "Reader {Reader} is {Condition}: {Detail}")]
    public static partial void BadCondition(this ILogger log, string reader, string condition, string detail);

    [LoggerMessage(1005, LogLevel.Warning, "{Text}")]
    public static partial void OrderNotDone(this ILogger log, string text);

    [LoggerMessage(1006, LogLevel.Warning, "Bus {Bus} brings more bytes than any wire can carry; it is read slower, others are not touched. Look for a device that talks unasked.")]
    public static partial void Flooded(this ILogger log, string bus);

    [LoggerMessage(1007, LogLevel.Information, "Bus {Bus} is quiet again; {Dropped} bytes were dropped")]
    public static partial void FloodOver(this ILogger log, string bus, long dropped);

    [LoggerMessage(1008, LogLevel.Error, "Bus {Bus}: the room has taken nothing for so long that inputs are dropped. Exits still open. See why the room or its journal hangs.")]
    public static partial void RoomBehind(this ILogger log, string bus);

    [LoggerMessage(1009, LogLevel.Warning, "Bus {Bus}: the room takes inputs again; {Dropped} were dropped and the state of its doors and readers is told anew")]
    public static partial void RoomBack(this ILogger log, string bus, long dropped);

    [LoggerMessage(1010, LogLevel.Warning, "Nothing is wired for {Order} of {Place}: not done. Correct the settings.")]
    public static partial void NothingWired(this ILogger log, string order, string place);

    [LoggerMessage(1011, LogLevel.Warning, "{Order} for {Place} was not done: its wire is down or takes no more orders")]
    public static partial void WireTakesNothing(this ILogger log, string order, string place);

    [LoggerMessage(1020, LogLevel.Warning, "Install mode is open for reader {Reader} for {Window}, ordered by {OrderedBy}")]
    public static partial void InstallOpened(this ILogger log, string reader, TimeSpan window, string orderedBy);

    [LoggerMessage(1021, LogLevel.Information, "Install mode for reader {Reader} is closed: {Result}")]
    public static partial void InstallClosed(this ILogger log, string reader, string result);

    [LoggerMessage(1022, LogLevel.Error, "The key of reader {Reader} is in use and could not be stored: {Why}. Mend the disk and install the reader again.")]
    public static partial void KeyNotStored(this ILogger log, string reader, string why);

    [LoggerMessage(1023, LogLevel.Warning, "Reader {Reader} does not take its key; the one of an installation that was broken off is tried")]
    public static partial void TryingCandidate(this ILogger log, string reader);
}
