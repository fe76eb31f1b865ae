namespace RoomGuard.Dashboard.Live;

/// <summary>What has changed, in the smallest words: pages fetch what they show of it.</summary>
public enum LiveTopic
{
    /// <summary>A door, a bridge or something that needs a hand.</summary>
    Room,

    /// <summary>A new row in the 入退室管理簿.</summary>
    Entries,

    /// <summary>Somebody went in or out.</summary>
    Presence,

    /// <summary>A reader.</summary>
    Devices,

    /// <summary>People, cards, grants or lockdowns.</summary>
    People,

    /// <summary>A UPS, an outage or a shutdown plan.</summary>
    Power,

    /// <summary>A sensor, or what was ordered about one.</summary>
    Climate,

    /// <summary>An alarm, what people did about one, or what is under service.</summary>
    Alarms,

    /// <summary>Too much was missed: fetch everything anew.</summary>
    Resync,
}

/// <summary>One piece of news.</summary>
/// <param name="Id">Rises with each; a browser asks for what came after it.</param>
public readonly record struct LiveNews(long Id, LiveTopic Topic);

/// <summary>News for open pages.</summary>
public interface ILiveNews
{
    /// <summary>
    /// News as it comes, until <paramref name="gone"/>. With <paramref name="after"/> set, first what was missed since, or one
    /// <see cref="LiveTopic.Resync"/> when that is no longer known. A slow listener never holds anybody up: it gets a resync.
    /// </summary>
    IAsyncEnumerable<LiveNews> Follow(long? after, CancellationToken gone);
}
