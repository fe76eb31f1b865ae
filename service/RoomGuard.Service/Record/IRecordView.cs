namespace RoomGuard.Service.Record;

/// <summary>
/// A view: tables made from entries alone, in the transaction that writes them, so that they can be dropped and made again to the same
/// content (architecture.md section 4). It may read its own tables and those of views before it in <see cref="RecordViews.All"/>.
/// </summary>
public interface IRecordView
{
    /// <summary>Its tables, in the order in which they may be dropped.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>The statements that make them.</summary>
    string Schema { get; }

    /// <summary>Takes one entry over. Must bear every order of entries: bridges report late, and records outlive programs.</summary>
    void Apply(Statements db, RecordedItem item);
}
