using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Presence;

/// <summary>在室の確認と訂正 (R-DOOR-05, R-DOOR-06).</summary>
public interface IPresenceDesk
{
    /// <summary>What does not add up and is not decided yet; answered ones first, then the oldest.</summary>
    Task<ImmutableArray<PresenceQuestion>> Open(RegisterScope scope, CancellationToken gone);

    /// <summary>Questions to the person who asks, about their own stays.</summary>
    Task<ImmutableArray<PresenceQuestion>> Mine(Actor by, CancellationToken gone);

    /// <summary>Corrections that no bridge has carried out yet (未反映).</summary>
    Task<ImmutableArray<PendingCorrection>> Pending(CancellationToken gone);

    /// <summary>在室の訂正: SYS, with a reason.</summary>
    Task<ActResult> Correct(PresenceCorrection form, Actor by, CancellationToken stop);

    /// <summary>訂正の申出: OPS.</summary>
    Task<ActResult> Ask(PresenceCorrection form, Actor by, CancellationToken stop);

    /// <summary>The person concerned says what was so.</summary>
    /// <param name="at">When, as far as they know; null: not said.</param>
    Task<ActResult> Answer(long question, PresenceAnswer answer, DateTimeOffset? at, string note, Actor by, CancellationToken stop);

    /// <summary>SYS looked: nothing to correct.</summary>
    Task<ActResult> Settle(long question, string reason, Actor by, CancellationToken stop);
}

/// <summary>Somebody who is, or is not, inside after all.</summary>
/// <param name="Since">When they went in or out, as far as known.</param>
public sealed record PresenceCorrection(PersonId Person, ZoneId Zone, bool Inside, DateTimeOffset Since, string Reason);

/// <summary>A correction on its way to its bridge.</summary>
public sealed record PendingCorrection(PersonId Person, ZoneId Zone, bool Inside, DateTimeOffset Since);

/// <summary>One thing about one person's stay that does not add up.</summary>
/// <param name="N">Number of the entry that raised it.</param>
/// <param name="Kind">As the record has it, e.g. <c>no-exit-by-end-of-day</c>; <c>asked</c>: somebody asks for a correction.</param>
/// <param name="EnteredAt">The entry it is about; null: none is known.</param>
/// <param name="AskedBy">Name of who asks for a correction; null: it came from the doors.</param>
/// <param name="ClaimInside">What they ask for.</param>
/// <param name="Answer">What the person concerned said; null: nothing yet.</param>
/// <param name="AnswerAt">When it was, as they say.</param>
public sealed record PresenceQuestion(
    long N,
    ZoneId Zone,
    PersonId Person,
    string Name,
    string Kana,
    PersonCategory? Category,
    string SectionOrFirm,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset? EnteredAt,
    int Times,
    string? AskedBy,
    bool? ClaimInside,
    DateTimeOffset? ClaimSince,
    string? Reason,
    PresenceAnswer? Answer,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? AnswerAt,
    string? Note)
{
    /// <summary>What a person may answer to a kind of question.</summary>
    public static ImmutableArray<PresenceAnswer> Answers(string kind) => kind switch
    {
        "exit-without-entry" => [PresenceAnswer.HadEntered, PresenceAnswer.NotMe],
        "entry-while-inside" => [PresenceAnswer.Left, PresenceAnswer.NotMe],
        _ => [PresenceAnswer.Left, PresenceAnswer.StillInside, PresenceAnswer.NotMe],
    };

    /// <summary>The correction that the answer, or the one who asks, leads to; null: none by itself.</summary>
    public (bool Inside, DateTimeOffset? Since)? Suggests => (Answer, ClaimInside) switch
    {
        (PresenceAnswer.Left, _) => (false, AnswerAt),
        (PresenceAnswer.StillInside, _) => (true, EnteredAt),
        (null, { } inside) => (inside, ClaimSince),
        _ => null,
    };
}
