namespace RoomGuard.Service.Notices;

/// <summary>What one try came to.</summary>
public abstract record NoticeOutcome;

/// <summary>The other side took it over.</summary>
public sealed record NoticeTaken : NoticeOutcome;

/// <summary>Not now; it goes again after a wait. Also what becomes of a try whose end is not known: the same id goes again.</summary>
/// <param name="Why">In English, without any address.</param>
/// <param name="WholeChannel">The channel itself is down, and not this notice alone.</param>
/// <param name="GoOn">Waiting would change nothing: the contact's next channel is tried at once.</param>
public sealed record NoticeDelayed(string Why, bool WholeChannel, bool GoOn = false) : NoticeOutcome;

/// <summary>This channel will never take this notice.</summary>
/// <param name="Why">In English, without any address.</param>
public sealed record NoticeRefused(string Why) : NoticeOutcome;

/// <summary>One way out: knows how to hand over one letter, and decides nothing.</summary>
public interface INoticeLine
{
    /// <summary>Tries once, within the channel's time.</summary>
    /// <param name="to">The contact's address on this channel; null: it needs none.</param>
    /// <exception cref="OperationCanceledException">Stopped from outside; what became of it is not known.</exception>
    Task<NoticeOutcome> SendAsync(NoticeLetter letter, string? to, CancellationToken stop);

    /// <summary>Looks whether the other side answers, is who it should be and knows us. Hands nothing over.</summary>
    Task<NoticeOutcome> LookAsync(CancellationToken stop);
}
