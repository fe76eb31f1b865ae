using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.Control;

/// <summary>One step of giving a reader its key, told to the person who ordered it.</summary>
/// <param name="Done">True with the last step.</param>
/// <param name="Well">Only with the last step: whether the reader now holds the key and has proven it.</param>
/// <param name="Text">One line, English, with what to do if it went wrong.</param>
public sealed record KeyProgress(DeviceId Reader, bool Done, bool Well, string Text);

/// <summary>Secure channel keys of readers: made here, one per reader, in a timed act that leaves entries (security.md 1.3 rule 4).</summary>
public interface IReaderKeys
{
    /// <summary>All readers of the settings.</summary>
    IReadOnlyList<DeviceId> Readers { get; }

    /// <summary>Opens install mode for one reader until its new key is proven or the time is over (security.md 1.1 OSDP 3).</summary>
    IAsyncEnumerable<KeyProgress> InstallAsync(DeviceId reader, TimeSpan window, string orderedBy, CancellationToken stop);

    /// <summary>Replaces the key of a reader that is on its secure channel now.</summary>
    IAsyncEnumerable<KeyProgress> RotateAsync(DeviceId reader, string orderedBy, CancellationToken stop);
}
