using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>Kinds of 貸与品 that a person gives back on leaving (R-ID-12). Cards have their own life.</summary>
public enum BelongingKind
{
    /// <summary>鍵.</summary>
    Key,

    /// <summary>端末・媒体.</summary>
    Device,

    /// <summary>書類.</summary>
    Paper,

    /// <summary>その他.</summary>
    Other,
}

/// <summary>A thing that was lent to a person.</summary>
/// <param name="Id">E.g. <c>L-0004</c>.</param>
/// <param name="Label">What it is, as people call it.</param>
public sealed record Belonging(string Id, PersonId Person, BelongingKind Kind, string Label);

/// <summary>貸与: a thing was handed over.</summary>
public sealed record BelongingLent(DateTimeOffset OccurredAt, Belonging Belonging, string By) : RecordedEvent(OccurredAt);

/// <summary>返却 of a thing lent, confirmed by whoever took it back (R-ID-12).</summary>
public sealed record BelongingReturned(DateTimeOffset OccurredAt, string Belonging, PersonId Person, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>異動・出向・退職 (R-ID-03).</summary>
public enum LeavingKind
{
    /// <summary>異動: goes to another section.</summary>
    Transfer,

    /// <summary>出向: serves elsewhere for a time.</summary>
    Secondment,

    /// <summary>退職 or the end of an appointment.</summary>
    Retirement,

    /// <summary>契約終了 of a contractor's worker.</summary>
    ContractEnd,
}

/// <summary>It is known that a person goes: grants end on that day, and what was lent is to come back (R-ID-03, R-ID-12).</summary>
/// <param name="EffectiveOn">First local day on which the person is gone.</param>
/// <param name="ToSection">Only of a transfer.</param>
public sealed record LeavingRecorded(DateTimeOffset OccurredAt, PersonId Person, LeavingKind Kind, DateOnly EffectiveOn, string? ToSection, string Reason, string By) : RecordedEvent(OccurredAt);
