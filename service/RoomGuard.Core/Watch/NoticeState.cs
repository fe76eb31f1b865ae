namespace RoomGuard.Core.Watch;

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    /// <summary>送信待ち: it is still to go out.</summary>
    Waiting,

    /// <summary>送信済: a channel took it.</summary>
    Sent,

    /// <summary>断念: no channel took it.</summary>
    GivenUp,
}

/// <summary>One try of one notice.</summary>
/// <param name="Fault">In English and without any address; null: it was taken.</param>
public sealed record NoticeTry(DateTimeOffset At, string Channel, string? Fault);
