using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>通知の送信 (R-MON-04, R-INC-13): a channel took a notice. Names the contact and never an address.</summary>
/// <param name="Alarm">The alarm it is about.</param>
/// <param name="Kind">The alarm's kind.</param>
/// <param name="Contact">As the settings name the contact.</param>
/// <param name="Channel">Which way it went.</param>
/// <param name="Together">The notice it was sent in, with others of a flood; null: on its own.</param>
/// <param name="Tries">How many it took, over all channels.</param>
public sealed record NoticeSent(
    DateTimeOffset OccurredAt,
    string Notice,
    string Alarm,
    string Kind,
    ZoneId? Zone,
    AlarmLevel Level,
    NoticeCause Cause,
    string Contact,
    string Channel,
    string? Together,
    int Tries) : RecordedEvent(OccurredAt);

/// <summary>通知の断念: no channel of the contact took it (R-INC-13).</summary>
/// <param name="Channel">The last one tried; null: the contact has none.</param>
/// <param name="Why">In English, without any address.</param>
public sealed record NoticeGivenUp(
    DateTimeOffset OccurredAt,
    string Notice,
    string Alarm,
    string Kind,
    ZoneId? Zone,
    AlarmLevel Level,
    NoticeCause Cause,
    string Contact,
    string? Channel,
    int Tries,
    string Why) : RecordedEvent(OccurredAt);

/// <summary>試験通知: somebody tries whether notices arrive by a channel.</summary>
public sealed record NoticeTested(DateTimeOffset OccurredAt, string Notice, string Contact, string Channel, string By) : RecordedEvent(OccurredAt);

/// <summary>How watching ended.</summary>
public enum GapCause
{
    /// <summary>停止: told to stop, and stopped.</summary>
    Stopped,

    /// <summary>強制終了: ended without being told, while the machine went on.</summary>
    Killed,

    /// <summary>不明: the machine itself ended, or nothing is known.</summary>
    Unknown,
}

/// <summary>監視の途切れ (R-MON-02, R-MON-06): the service did not run.</summary>
/// <param name="From">When it is last known to have run.</param>
/// <param name="To">When it ran again.</param>
public sealed record WatchGap(DateTimeOffset OccurredAt, DateTimeOffset From, DateTimeOffset To, GapCause Cause) : RecordedEvent(OccurredAt);
