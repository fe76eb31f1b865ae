using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Files;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Work;

/// <summary>作業 was allowed; the whole of it (R-WORK-01).</summary>
public sealed record WorkPermitted(DateTimeOffset OccurredAt, WorkOrder Work, string By) : RecordedEvent(OccurredAt);

/// <summary>作業開始, with those of its people who are inside at that moment (R-WORK-01, R-WORK-02).</summary>
public sealed record WorkStarted(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, ImmutableArray<WorkStay> Inside, string By) : RecordedEvent(OccurredAt);

/// <summary>増設・交換・取外し of one part while the work is open; the item's entry changes in the same append (R-MOVE-09).</summary>
/// <param name="Out">What came out; null: nothing did.</param>
/// <param name="In">What went in; null: nothing did.</param>
/// <param name="RemovedAs">A storage that came out is this item from now on; null: no storage did.</param>
public sealed record PartChanged(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, AssetTag Item, AssetPart? Out, AssetPart? In, AssetTag? RemovedAs, string By) : RecordedEvent(OccurredAt);

/// <summary>作業終了. Recorded again while nobody has confirmed it, the newest counts.</summary>
/// <param name="EndedAt">Now; where its performers had gone already, when the last of them left.</param>
public sealed record WorkEnded(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, DateTimeOffset EndedAt, WorkOutcome Outcome, string By) : RecordedEvent(OccurredAt);

/// <summary>作業前後の記録 (R-WORK-01). The files' contents lie beside the record; their digests here are what the chain holds of them.</summary>
/// <param name="Text">Empty: the files say it.</param>
public sealed record WorkNoted(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, WorkSide Side, string Text, ImmutableArray<KeptFile> Files, string By) : RecordedEvent(OccurredAt);

/// <summary>相互確認 of change work by one who was there, else 確認 by SYS (R-WORK-01, R-WORK-02).</summary>
public sealed record WorkChecked(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, string Note, Role CheckedAs, string By) : RecordedEvent(OccurredAt);

/// <summary>単独作業: fewer than two of its people are inside during open change work (R-WORK-06).</summary>
/// <param name="Present">How many of them are.</param>
/// <param name="Since">Since when.</param>
public sealed record WorkAlone(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, int Present, DateTimeOffset Since) : RecordedEvent(OccurredAt);

/// <summary>単独作業 is over: two are inside again, or the work has ended.</summary>
public sealed record WorkAccompanied(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, long AloneMs) : RecordedEvent(OccurredAt);

/// <summary>終了の記載の督促: everybody has gone and the work is still open (R-WORK-01).</summary>
/// <param name="People">Who is reminded: its performers.</param>
public sealed record WorkReminded(DateTimeOffset OccurredAt, WorkId Work, ZoneId Zone, ImmutableArray<PersonId> People, int Times) : RecordedEvent(OccurredAt);

/// <summary>Somebody or something stood against a work (R-WORK-02, R-WORK-03).</summary>
/// <param name="Work">Null: it was an application.</param>
/// <param name="Person">Whom it is about; null: nobody in particular.</param>
public sealed record WorkRefused(DateTimeOffset OccurredAt, WorkId? Work, ZoneId Zone, WorkRefusal Reason, PersonId? Person, string By) : RecordedEvent(OccurredAt);
