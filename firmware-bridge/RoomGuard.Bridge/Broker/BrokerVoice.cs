namespace RoomGuard.Bridge.Broker;

/// <summary>Keeps a flood of bad clients from becoming a flood of lines: so many a minute, then their number. Counters go on.</summary>
internal sealed class BrokerVoice(TimeProvider time, ILogger log)
{
    private const int MostAMinute = 60;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private long since = time.GetTimestamp();
    private int said;

    /// <summary>Whether a line may be written now.</summary>
    internal bool May()
    {
        if (time.GetElapsedTime(since) >= Minute)
        {
            if (said > MostAMinute)
            {
                log.MqttQuiet(said - MostAMinute);
            }

            (since, said) = (time.GetTimestamp(), 0);
        }

        return ++said <= MostAMinute;
    }
}
