using RoomGuard.Core.Grants;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>A person was registered or changed; the whole record as it now stands.</summary>
public sealed record PersonRecorded(DateTimeOffset OccurredAt, Person Person, string By) : RecordedEvent(OccurredAt);

/// <summary>A credential was issued or changed; the whole record as it now stands, without its PIN verifier.</summary>
/// <param name="Cause"><c>issued</c>, <c>lost</c>, <c>suspended</c>, <c>resumed</c>, <c>returned</c>, <c>pin-set</c>.</param>
public sealed record CredentialRecorded(DateTimeOffset OccurredAt, Credential Credential, string Cause, string By) : RecordedEvent(OccurredAt);

/// <summary>入室許可 was given or changed; the whole record as it now stands.</summary>
public sealed record GrantRecorded(DateTimeOffset OccurredAt, EntryGrant Grant, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>入室許可 was ended.</summary>
public sealed record GrantEnded(DateTimeOffset OccurredAt, GrantId Grant, PersonId Person, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>A list was imported after its difference had been looked at (R-INP-03).</summary>
/// <param name="Sha256">Digest of the file, 64 hex digits.</param>
public sealed record ImportApplied(DateTimeOffset OccurredAt, string FileName, string Sha256, int Added, int Changed, int Unchanged, string By)
    : RecordedEvent(OccurredAt);
