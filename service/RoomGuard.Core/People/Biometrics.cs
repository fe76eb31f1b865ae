using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>生体情報 of a person as the office knows it (R-ID-09). The template stays in the reader; here is only that there is one, and where.</summary>
/// <param name="Id">E.g. <c>BIO-0004</c>.</param>
/// <param name="TemplateRef">Which reader keeps it for which card; nothing of the template itself.</param>
/// <param name="Purpose">利用目的, as the person was told.</param>
/// <param name="NoticeGivenOn">The local day on which the person was told.</param>
public sealed record Biometric(string Id, PersonId Person, string TemplateRef, string Purpose, DateOnly NoticeGivenOn);

/// <summary>A reader has learnt a person's finger, eye or face, and the person was told what for.</summary>
public sealed record BiometricRecorded(DateTimeOffset OccurredAt, Biometric Biometric, string By) : RecordedEvent(OccurredAt);

/// <summary>The template was deleted in the reader.</summary>
/// <param name="DeletedOn">The local day on which it was.</param>
public sealed record BiometricDeleted(DateTimeOffset OccurredAt, string Biometric, PersonId Person, DateOnly DeletedOn, string By) : RecordedEvent(OccurredAt);
