using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Notices;

/// <summary>What the page 通知 asks and does.</summary>
public interface INoticeDesk
{
    /// <summary>Channels, the queue, what ended last, and times without watching.</summary>
    Task<NoticesLook> Look(Actor by, CancellationToken gone);

    /// <summary>One notice with its tries; null: not known, or no longer.</summary>
    Task<NoticeFile?> Find(string id, CancellationToken gone);

    /// <summary>Sends a test by one channel to one contact. The answer's id is the notice's.</summary>
    Task<ActResult> Test(string contact, string channel, Actor by, CancellationToken stop);
}

/// <summary>What a channel is.</summary>
public enum ChannelSort
{
    /// <summary>A mail relay.</summary>
    Mail,

    /// <summary>A collector of RFC 5424 over TLS.</summary>
    Syslog,

    /// <summary>A receiver of signed posts.</summary>
    Webhook,
}

/// <summary>A heartbeat's way.</summary>
/// <param name="LastAt">When one was last taken since the start; null: none yet.</param>
/// <param name="FailingSince">Null: the last one arrived.</param>
public sealed record BeatLine(DateTimeOffset? LastAt, DateTimeOffset? FailingSince, string? Fault);

/// <summary>A channel as it is now.</summary>
/// <param name="Target">Host and port.</param>
/// <param name="AllowedBy">The decisions of CHIEF and SUP; null: it does not leave this machine.</param>
/// <param name="Fault">The last one, in English.</param>
/// <param name="FailingSince">Null: its last try went well, or there was none.</param>
/// <param name="Beat">Null: it carries no heartbeat.</param>
public sealed record ChannelLine(
    string Name,
    ChannelSort Sort,
    string Target,
    string? AllowedBy,
    int Waiting,
    DateTimeOffset? LastSentAt,
    DateTimeOffset? LastFaultAt,
    string? Fault,
    DateTimeOffset? FailingSince,
    BeatLine? Beat);

/// <summary>A notice in one line.</summary>
/// <param name="NextAt">Of one that waits: not before.</param>
/// <param name="Together">The message it went in with others; null: on its own.</param>
/// <param name="Why">The last fault, in English; null: none.</param>
public sealed record NoticeLine(
    NoticeDue Due, NoticeState State, string? Channel, DateTimeOffset QueuedAt, DateTimeOffset? NextAt, DateTimeOffset? EndedAt, int Tries, string? Together, string? Why);

/// <summary>A time without watching.</summary>
/// <param name="Entry">Its entry in the record.</param>
public sealed record GapLine(long Entry, DateTimeOffset From, DateTimeOffset To, GapCause Cause);

/// <summary>The page 通知.</summary>
/// <param name="IsSet">False: the settings name no notices.</param>
/// <param name="Waiting">The oldest of those that wait.</param>
/// <param name="WaitingCount">All that wait.</param>
/// <param name="Ended">The newest of those that ended.</param>
/// <param name="Ways">Contact and channel, for a test.</param>
public sealed record NoticesLook(
    bool IsSet,
    ImmutableArray<ChannelLine> Channels,
    ImmutableArray<NoticeLine> Waiting,
    int WaitingCount,
    ImmutableArray<NoticeLine> Ended,
    ImmutableArray<GapLine> Gaps,
    ImmutableArray<(string Contact, string Channel)> Ways,
    bool MayTest);

/// <summary>One notice with its tries, the newest last.</summary>
public sealed record NoticeFile(NoticeLine Line, ImmutableArray<NoticeTry> Tries);
