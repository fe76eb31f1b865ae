using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>Where due notices go: a queue that outlives a restart.</summary>
public interface INotices
{
    /// <summary>
    /// Takes a notice that is recorded as due. The same <see cref="NoticeDue.NoticeId"/> may come again after a restart and is then sent once all the same. Must not
    /// wait for the outside.
    /// </summary>
    ValueTask Enqueue(NoticeDue due);
}
