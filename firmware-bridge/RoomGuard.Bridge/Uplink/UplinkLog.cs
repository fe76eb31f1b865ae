namespace RoomGuard.Bridge.Uplink;

internal static partial class UplinkLog
{
    [LoggerMessage(3001, LogLevel.Warning, "The service does not answer ({Why}); {Lag} entries wait in the journal. Doors go on deciding from the last grant list")]
    public static partial void ServiceLost(this ILogger log, string why, long lag);

    [LoggerMessage(3002, LogLevel.Information, "The service answers again; {Lag} entries are on their way")]
    public static partial void ServiceBack(this ILogger log, long lag);

    [LoggerMessage(3003, LogLevel.Error, "The service holds more of this journal than the {Size} entries here: it was restored from an old copy. Start the bridge anew; it will begin a new journal and keep this one as it is")]
    public static partial void JournalShort(this ILogger log, long size);

    [LoggerMessage(3004, LogLevel.Warning, "How far the service has acknowledged could not be kept ({Why}); nothing is lost by that")]
    public static partial void MarkNotKept(this ILogger log, string why);

    [LoggerMessage(3005, LogLevel.Information, "Grant list {Version} is in force: {People} people, {Cards} cards, {Grants} grants")]
    public static partial void ListTaken(this ILogger log, long version, int people, int cards, int grants);

    [LoggerMessage(3006, LogLevel.Error, "Grant list {Version} was refused: {Why} The last good one stays in force")]
    public static partial void ListRefused(this ILogger log, long version, string why);

    [LoggerMessage(3007, LogLevel.Warning, "Grant list {Version} cannot be fetched yet: {Why}")]
    public static partial void ListNotFetched(this ILogger log, long version, string why);

    [LoggerMessage(3008, LogLevel.Error, "Order {Serial} ({Kind}) was refused: its signature is not the office's. Somebody may be speaking in its place")]
    public static partial void OrderNotSigned(this ILogger log, long serial, string kind);

    [LoggerMessage(3009, LogLevel.Debug, "The order stream ended: {Why}")]
    public static partial void OrdersEnded(this ILogger log, string why);

    [LoggerMessage(3010, LogLevel.Information, "Suspension {Serial} is in force")]
    public static partial void SuspensionTaken(this ILogger log, long serial);

    [LoggerMessage(3011, LogLevel.Information, "Lockdown {Id} {What}")]
    public static partial void LockdownTaken(this ILogger log, string id, string what);

    [LoggerMessage(3013, LogLevel.Information, "Order {Serial} to the rooms: {Key}")]
    public static partial void RoomOrderTaken(this ILogger log, long serial, string key);

    [LoggerMessage(3012, LogLevel.Error, "The stored grant list cannot be used: {Why} Nobody enters until the service gives a new one")]
    public static partial void StoredListUnusable(this ILogger log, string why);
}
