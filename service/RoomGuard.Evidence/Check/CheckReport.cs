using System.Collections.Immutable;

namespace RoomGuard.Evidence;

/// <summary>Which of the things that must agree does not.</summary>
public enum CheckSource
{
    /// <summary>The envelope itself: its form or its number.</summary>
    Envelope,

    /// <summary>The next entry names another leaf hash (連鎖).</summary>
    Chain,

    /// <summary>The stored leaf hash.</summary>
    Leaf,

    /// <summary>The stored tree.</summary>
    Tree,

    /// <summary>Payload and salt against the commitment.</summary>
    Payload,

    /// <summary>Boot count and milliseconds since boot.</summary>
    Boot,

    /// <summary>The table that keeps a delivered entry from being taken twice.</summary>
    SourceNumber,

    /// <summary>The database file cannot be read there.</summary>
    File,
}

/// <summary>What can be wrong with a log.</summary>
public enum CheckFault
{
    /// <summary>Not exactly the one form of an envelope.</summary>
    EnvelopeNotCanonical,

    /// <summary>The envelope carries another number than its place.</summary>
    WrongNumber,

    /// <summary>Numbers jump: an entry is not there.</summary>
    EntryMissing,

    /// <summary>The stored leaf hash is not the hash of the envelope.</summary>
    LeafDiffers,

    /// <summary>The entry after this one names another leaf hash: this one was changed together with its leaf, or one was put in or taken out.</summary>
    ChainBroken,

    /// <summary>The tree was kept at another size: entries were cut off or added.</summary>
    TreeSizeDiffers,

    /// <summary>The kept tree has another head over these entries.</summary>
    TreeDiffers,

    /// <summary>No payload, and no entry that declares its erasure.</summary>
    PayloadMissing,

    /// <summary>A payload that belongs to no entry.</summary>
    PayloadWithoutEntry,

    /// <summary>Payload or salt is not what the entry committed to.</summary>
    CommitmentDiffers,

    /// <summary>The payload fits its commitment but is not canonical JSON.</summary>
    PayloadNotCanonical,

    /// <summary>The boot count is lower than in the entry before.</summary>
    BootWentBack,

    /// <summary>Within one boot, milliseconds since boot went back.</summary>
    SinceBootWentBack,

    /// <summary>The boot is not in the boot table.</summary>
    BootUnknown,

    /// <summary>A source number points to no entry.</summary>
    SourceNumberWithoutEntry,

    /// <summary>SQLite reports damage.</summary>
    Unreadable,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="N">The entry; null when it is about a range or the whole, and the detail says which.</param>
/// <param name="Source">What disagrees.</param>
/// <param name="Fault">How.</param>
/// <param name="Detail">Values and places, for whoever looks into it. No personal data.</param>
public sealed record CheckFinding(long? N, CheckSource Source, CheckFault Fault, string Detail);

/// <summary>What a full check found. Without findings the log is whole as far as it can be told from itself.</summary>
/// <param name="Path">The database file.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Head">Head of the tree over them, computed from the envelopes.</param>
/// <param name="Payloads">Payloads present.</param>
/// <param name="Boots">Distinct boots in the entries.</param>
/// <param name="ClockStepsBack">Entries whose wall time is before the one of the entry before. No fault: order comes from the number.</param>
/// <param name="FirstAt">Wall time of the first entry; null when there is none.</param>
/// <param name="LastAt">Wall time of the last entry; null when there is none.</param>
/// <param name="Findings">Lowest entry first; at most <see cref="EvidenceCheck.MostFindings"/>.</param>
/// <param name="FindingCount">All findings, also those not listed.</param>
public sealed record CheckReport(
    string Path,
    string Origin,
    long Entries,
    ReadOnlyMemory<byte> Head,
    long Payloads,
    long Boots,
    long ClockStepsBack,
    DateTimeOffset? FirstAt,
    DateTimeOffset? LastAt,
    ImmutableArray<CheckFinding> Findings,
    long FindingCount)
{
    /// <summary>Whether nothing disagrees.</summary>
    public bool Whole => FindingCount == 0;

    /// <summary>The lowest entry found bad; null when there is none or only a range is known.</summary>
    public long? FirstBadEntry => Findings.Select(finding => finding.N).FirstOrDefault(n => n is not null);
}
