using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>Takes notices that are due and sees to it that they go out.</summary>
public interface INotices
{
    /// <summary>
    /// Takes a notice over. When the task ends it is on the disk, and it is sent or given up, and both recorded, whatever happens to the program. One whose id was taken over before changes nothing.
    /// </summary>
    /// <exception cref="IOException">It could not be written; ask again.</exception>
    ValueTask Enqueue(NoticeDue notice, CancellationToken stop = default);
}
