using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>系統間の媒体移送: media that carry data between segments (R-MOVE-08).</summary>
public interface ITransferDesk
{
    /// <summary>The newest first, with those that were against the rules; null: not for this person.</summary>
    Task<TransferRegister?> Register(Actor by, CancellationToken gone);

    /// <summary>Writes a transfer down. One against the rules is written down as such, raises the alarm and is refused. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Record(MediaTransfer transfer, Actor by, CancellationToken stop);
}

/// <summary>One transfer.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Refusal">Null: it was as the rules let it.</param>
public sealed record TransferLine(MediaTransferId Id, long N, MediaTransfer Transfer, TransferRefusal? Refusal, string ByName);

/// <summary>The register.</summary>
/// <param name="Segments">系統 of the policy profile.</param>
public sealed record TransferRegister(ImmutableArray<TransferLine> Lines, ImmutableArray<Segment> Segments, bool MayRecord);
