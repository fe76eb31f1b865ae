using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Doors;

internal static partial class RoomLog
{
    [LoggerMessage(2001, LogLevel.Error, "The journal cannot be written ({Cause}: {Why}). Nobody is let in until it can; ways out stay free. Look at the disk of the data folder")]
    public static partial void JournalFailed(this ILogger log, EvidenceWriteCause cause, string why, Exception failure);

    [LoggerMessage(2002, LogLevel.Warning, "The journal still cannot be written ({Cause}); next try in {Wait}")]
    public static partial void JournalStillFailing(this ILogger log, EvidenceWriteCause cause, TimeSpan wait);

    [LoggerMessage(2003, LogLevel.Error, "The disk of the data folder is full. Ways out and alarms are written on the reserve; nobody is let in. Make space")]
    public static partial void JournalOnReserve(this ILogger log);

    [LoggerMessage(2004, LogLevel.Information, "The journal is written again after {Gap}")]
    public static partial void JournalRecovered(this ILogger log, TimeSpan gap);

    [LoggerMessage(2005, LogLevel.Warning, "The clock jumped by {Step}. Order stays that of the journal's numbers; look at the time source")]
    public static partial void ClockStepped(this ILogger log, TimeSpan step);

    [LoggerMessage(2006, LogLevel.Critical, "The room's own thread met what it holds impossible; the program ends so that it can be started anew. Strikes lock by their own timers")]
    public static partial void RoomBroken(this ILogger log, Exception impossible);

    [LoggerMessage(2008, LogLevel.Warning, "The warm-up was left out ({Why}); the first badge will be slower")]
    public static partial void WarmUpSkipped(this ILogger log, string why);

    [LoggerMessage(2007, LogLevel.Warning, "The disk of the data folder is {Percent} % full ({Free} bytes free). Make space before the journal cannot be written")]
    public static partial void DiskFilling(this ILogger log, int percent, long free);
}
