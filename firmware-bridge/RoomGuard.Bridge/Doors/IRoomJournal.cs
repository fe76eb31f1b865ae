using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Doors;

/// <summary>Where the room writes before it acts. One owner: the room's own thread.</summary>
public interface IRoomJournal
{
    /// <summary>Makes events durable in one transaction, and with them what a restart must not forget.</summary>
    /// <param name="snapshot">Null: unchanged since the last one written; so are the power and the climate in it when they are null.</param>
    /// <exception cref="EvidenceWriteException">Nothing was made durable.</exception>
    void Append(IReadOnlyList<RecordedEvent> events, RoomSnapshot? snapshot);

    /// <summary>After a failed append: looks at the medium again.</summary>
    /// <returns>How many events of the failed append are there after all; the caller must not write them again.</returns>
    /// <exception cref="EvidenceWriteException">The medium does not answer yet.</exception>
    long Reopen();

    /// <summary>Gives the reserve on the disk back, so that ways out and alarms can still be written.</summary>
    void SpendBallast();

    /// <summary>Sets the reserve aside again.</summary>
    /// <returns>True when it is there (or nobody asked for one).</returns>
    bool RestoreBallast();

    /// <summary>Housekeeping for a moment when nobody waits.</summary>
    void Maintain();
}
