using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Carrying;

/// <summary>移送番号, e.g. <c>MT-2026-0007</c>. Never reused; a transfer that was refused has one too.</summary>
public readonly record struct MediaTransferId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>系統間の媒体移送: data that a medium carries from one segment into another (R-MOVE-08).</summary>
/// <param name="Media">媒体番号.</param>
/// <param name="Content">What is carried.</param>
/// <param name="FromAt">書出し元: the device it was written at.</param>
/// <param name="ToAt">読込み先: the device it is read at.</param>
/// <param name="Scan">感染の確認 before it is read; null: none was done.</param>
public sealed record MediaTransfer(string Media, string Content, Segment From, string FromAt, Segment To, string ToAt, DateTimeOffset At, ScanResult? Scan, string Note);

/// <summary>Why a transfer may not be. Closed: each has a requirement, a clause and what to do instead (<see cref="TransferRefusalText"/>).</summary>
public enum TransferRefusal
{
    /// <summary>R-MOVE-08: no medium of the organisation's on the list.</summary>
    NotListed,

    /// <summary>R-CARRY-04: it is out by a permit and not back.</summary>
    Away,

    /// <summary>R-MOVE-08: the profile has no such segment.</summary>
    SegmentUnknown,

    /// <summary>R-CARRY-07: the profile lets nothing of the マイナンバー segment out on media.</summary>
    MyNumberForbidden,

    /// <summary>R-CARRY-07: out of the マイナンバー segment only encrypted media go.</summary>
    NotEncrypted,

    /// <summary>R-MOVE-08: no scan was done.</summary>
    NotScanned,

    /// <summary>R-MOVE-08: the scan found something.</summary>
    ScanFound,
}

/// <summary>A medium carried data between segments, as the rules let it (R-MOVE-08).</summary>
public sealed record MediaTransferred(DateTimeOffset OccurredAt, MediaTransferId Id, MediaTransfer Transfer, string By) : RecordedEvent(OccurredAt);

/// <summary>系統間の媒体移送の違反: a medium carried data between segments, or was to, against the rules (R-MOVE-08). SEC is told.</summary>
/// <param name="Reason">The first rule that objects.</param>
public sealed record MediaTransferRefused(DateTimeOffset OccurredAt, MediaTransferId Id, MediaTransfer Transfer, TransferRefusal Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>What may be carried between segments, and by what (R-MOVE-08). Pure.</summary>
public static class TransferRules
{
    /// <summary>The first objection, the medium before the way before the scan; null: it may be.</summary>
    /// <param name="listed">The medium on the list SYS keeps; null: not on it.</param>
    /// <param name="away">It is out by a permit.</param>
    /// <param name="segments">系統 of the profile.</param>
    /// <param name="myNumber">The profile's MyNumberCarryOut; null: that segment is not used.</param>
    public static TransferRefusal? Objection(MediaTransfer transfer, ListedThing? listed, bool away, ImmutableArray<Segment> segments, CarryOutRule? myNumber)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return listed is not { Kind: CarriedKind.Media, Managed: true } ? TransferRefusal.NotListed
            : away ? TransferRefusal.Away
            : !segments.Contains(transfer.From) || !segments.Contains(transfer.To) ? TransferRefusal.SegmentUnknown
            : transfer.From is Segment.MyNumber && myNumber is not CarryOutRule.ListedEncryptedMedia ? TransferRefusal.MyNumberForbidden
            : transfer.From is Segment.MyNumber && !(listed.MayLeave && listed.Encrypted) ? TransferRefusal.NotEncrypted
            : transfer.Scan is null ? TransferRefusal.NotScanned
            : transfer.Scan is ScanResult.Found ? TransferRefusal.ScanFound
            : null;
    }
}
