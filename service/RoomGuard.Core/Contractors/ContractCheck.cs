using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Contractors;

/// <summary>What a check of a contractor came to: by it the report goes to SUP alone, or to CHIEF too (R-CON-05).</summary>
public enum CheckFinding
{
    /// <summary>適.</summary>
    Fit,

    /// <summary>軽微な指摘.</summary>
    Minor,

    /// <summary>重大な指摘.</summary>
    Grave,
}

/// <summary>A check of a contractor as it stands (R-CON-05).</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Finding">Null: recorded before findings were asked for.</param>
/// <param name="ReportedTo">To whom it was reported, in the order of their roles.</param>
/// <param name="ReceivedBy">Who of them has taken note of it.</param>
public sealed record ContractCheck(
    long N, DateOnly CheckedOn, CheckFinding? Finding, string Result, ImmutableArray<PersonId> ReportedTo, ImmutableArray<PersonId> ReceivedBy, PersonId By, DateTimeOffset At)
{
    /// <summary>Who has not taken note of it yet.</summary>
    [JsonIgnore]
    public IEnumerable<PersonId> Unread => ReportedTo.Except(ReceivedBy);
}

/// <summary>A contractor was checked (R-CON-05).</summary>
/// <param name="ReportedTo">SUP, and CHIEF by importance; people's numbers.</param>
/// <param name="Finding">Null: recorded before findings were asked for.</param>
public sealed record ContractorChecked(
    DateTimeOffset OccurredAt,
    ContractId Contract,
    DateOnly CheckedOn,
    string Result,
    ImmutableArray<PersonId> ReportedTo,
    string By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CheckFinding? Finding = null) : RecordedEvent(OccurredAt);

/// <summary>報告の受領: somebody to whom a check was reported has taken note of it (R-CON-05).</summary>
/// <param name="Check">The check's entry.</param>
public sealed record ContractorCheckReceived(DateTimeOffset OccurredAt, ContractId Contract, long Check, string By) : RecordedEvent(OccurredAt);

/// <summary>定期確認の超過: a contractor was not checked in time (R-CON-05).</summary>
/// <param name="Roles">Who is reminded.</param>
public sealed record ContractorCheckOverdue(DateTimeOffset OccurredAt, ContractId Contract, DateOnly DueOn, ImmutableArray<Role> Roles) : RecordedEvent(OccurredAt);
