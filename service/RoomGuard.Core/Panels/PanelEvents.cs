using System.Text.Json.Serialization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Panels;

/// <summary>Names one bridge as the service knows it, e.g. <c>bridge-1</c>.</summary>
public readonly record struct PanelId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The service started (R-MON-02).</summary>
public sealed record RecordStarted(DateTimeOffset OccurredAt, int Boot, string Version, DateTimeOffset? LastEntryAt) : RecordedEvent(OccurredAt);

/// <summary>記録欠落 (R-DOOR-02): a bridge's reports skipped numbers, or its chain does not join.</summary>
/// <param name="Expected">The journal number that should have come.</param>
/// <param name="Found">The one that came.</param>
/// <param name="Kind"><c>hole</c>, <c>chain</c> (the entry before is not the one we hold) or <c>content</c> (payload and commitment differ).</param>
public sealed record ReportHole(DateTimeOffset OccurredAt, PanelId Panel, long Expected, long Found, string Kind) : RecordedEvent(OccurredAt);

/// <summary>A bridge was enrolled with this certificate.</summary>
/// <param name="Fingerprint">SHA-256 of the certificate, 64 hex digits.</param>
public sealed record PanelEnrolled(DateTimeOffset OccurredAt, PanelId Panel, string Fingerprint) : RecordedEvent(OccurredAt);

/// <summary>A bridge came back after a break.</summary>
public sealed record PanelSeen(DateTimeOffset OccurredAt, PanelId Panel, long SilentMs) : RecordedEvent(OccurredAt);

/// <summary>通信断: nothing was heard from a bridge (R-RED-05: within 30 s).</summary>
public sealed record PanelLost(DateTimeOffset OccurredAt, PanelId Panel, DateTimeOffset LastHeard) : RecordedEvent(OccurredAt);

/// <summary>A grant list was published.</summary>
/// <param name="Sha256">Digest of the signed bytes, 64 hex digits.</param>
public sealed record GrantListPublished(DateTimeOffset OccurredAt, long Version, string Sha256, string Cause) : RecordedEvent(OccurredAt);

/// <summary>停止 was ordered.</summary>
public sealed record SuspensionOrdered(DateTimeOffset OccurredAt, Suspension Suspension, string OrderedBy, string Reason) : RecordedEvent(OccurredAt);

/// <summary>区域封鎖 was ordered or lifted.</summary>
/// <param name="Mandate">By what right; null: an end, or an entry of an older program.</param>
public sealed record LockdownOrdered(
    DateTimeOffset OccurredAt,
    Lockdown Lockdown,
    bool Ended,
    string OrderedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LockdownMandate? Mandate = null) : RecordedEvent(OccurredAt);

/// <summary>書き出し of records (R-LOG-07; dashboard.md section 14: every export is itself an entry).</summary>
/// <param name="Query">The filter as its URL shows it.</param>
public sealed record RecordExported(DateTimeOffset OccurredAt, string Register, string Query, long Count, string Sha256, string By) : RecordedEvent(OccurredAt);

/// <summary>処置済, as programs before alarms had a life of their own wrote it; read as 確認 of the alarm that entry raised (<c>AlarmAcknowledged</c>).</summary>
/// <param name="Entry">Number of the entry that raised it.</param>
/// <param name="Note">What was found and done.</param>
public sealed record AttentionHandled(DateTimeOffset OccurredAt, long Entry, string Note, string By) : RecordedEvent(OccurredAt);
