using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>
/// Writes long lists of the 機器台帳 out while whoever asked goes on: it says how far it is, can be stopped, and is kept for a while for this person alone. It is an entry
/// of the record before it can be had (<see cref="RoomGuard.Core.Panels.RecordExported"/>).
/// </summary>
public interface IAssetExport
{
    /// <summary>Begins to write a list; answers within a moment, at its end or on its way.</summary>
    /// <returns>Or why not: no right, or too many at once.</returns>
    Task<(ExportRun? Run, ActResult? Refused)> Begin(AssetExportOrder order, Actor by, CancellationToken gone);

    /// <summary>Where one stands; null: there is none of this id, it is over, or another person began it.</summary>
    ExportRun? Run(string id, Actor by);

    /// <summary>Stops one on its way: then nothing of it is left.</summary>
    Task<ActResult> Stop(string id, Actor by, CancellationToken gone);

    /// <summary>The file of one that is done, for who began it and may still see the list; null: there is none.</summary>
    Stream? Open(string id, Actor by);
}

/// <summary>A list somebody wants.</summary>
/// <param name="Address">Of the list with its filters, as the record names it.</param>
/// <param name="Write">Writes the lines in the form asked for; what was written counts only when it ended.</param>
public sealed record AssetExportOrder(AssetQuery Query, string Address, string FileName, string MediaType, Func<Stream, IAsyncEnumerable<AssetLine>, CancellationToken, Task> Write);

/// <summary>What becomes of a list that is written out.</summary>
public enum ExportStage
{
    /// <summary>Another one is on its way and comes first.</summary>
    Waits,

    /// <summary>Lines are written.</summary>
    Writes,

    /// <summary>It is in the record and can be fetched.</summary>
    Done,

    /// <summary>Somebody stopped it; nothing of it is left.</summary>
    Stopped,

    /// <summary>It broke off; nothing of it is left.</summary>
    Failed,

    /// <summary>It came to more than a file may be; nothing of it is left.</summary>
    TooLarge,
}

/// <summary>A list on its way, or at its end.</summary>
/// <param name="Lines">Written so far.</param>
/// <param name="Of">Lines of the list when it began; 0: not counted yet.</param>
/// <param name="Bytes">Of the file when it is done.</param>
/// <param name="Sha256">Digest of the file, as the record has it; empty until it is done.</param>
/// <param name="Until">Kept until then; null: not done.</param>
public sealed record ExportRun(string Id, string FileName, string MediaType, ExportStage Stage, long Lines, long Of, long Bytes, string Sha256, DateTimeOffset? Until)
{
    /// <summary>It goes on.</summary>
    public bool Running => Stage <= ExportStage.Writes;
}
