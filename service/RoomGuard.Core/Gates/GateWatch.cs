using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Gates;

/// <summary>
/// Reads of asset tags at the bridge: a gate reads a tag that lies in its field many times a second, and that is one read. What is too much to be written is
/// counted, and the count is written. Pure; judges nothing, since moves and permits are the office's.
/// </summary>
public sealed class GateWatch
{
    /// <summary>Reads of one tag at one gate in one direction with less than this between them are one†.</summary>
    public static readonly TimeSpan OneRead = TimeSpan.FromSeconds(30);

    /// <summary>A tag that stays in the field is told again after this†.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(10);

    /// <summary>So many different reads of one gate are written in a minute†: more than a trolley holds.</summary>
    public const int MostInAMinute = 300;

    private const int LongestTag = 40;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(DeviceId Gate, string Tag, TagDirection? Direction), (DateTimeOffset Told, DateTimeOffset Last)> seen = [];
    private readonly Dictionary<DeviceId, Counted> counts = [];

    /// <summary>When what was too much has to be told; null: nothing was.</summary>
    public DateTimeOffset? NextDue => counts.Values.Where(count => count.Missed > 0).Min(count => (DateTimeOffset?)(count.Since + Minute));

    /// <summary>A tag in letters that stand in a record: what cannot be in one becomes <c>?</c>, and an end is set to its length.</summary>
    public static string Clean(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var text = tag.Trim();
        return string.Concat(text.Take(LongestTag).Select(sign => sign is > ' ' and < '\x7F' ? sign : '?'));
    }

    /// <summary>One step.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImmutableArray<Effect> missed = Settle(input.At);
        return input is AssetTagHeard heard && heard.Tag.Length > 0 && Tells(heard)
            ? [.. missed, new Write(new AssetTagRead(heard.At, heard.Gate, heard.Door, heard.Zone, heard.Tag, heard.Direction, heard.ReadAt))]
            : missed;
    }

    private bool Tells(AssetTagHeard heard)
    {
        var key = (heard.Gate, heard.Tag, heard.Direction);
        var known = seen.TryGetValue(key, out var before);

        // A clock that was set back knows nothing of what comes.
        if (known && heard.At >= before.Last && heard.At - before.Last < OneRead && heard.At - before.Told < TellAgain)
        {
            seen[key] = before with { Last = heard.At };
            return false;
        }

        if (!counts.TryGetValue(heard.Gate, out var count))
        {
            Forget(heard.At);
            count = new(heard.At, heard.Door, 0, 0);
        }

        if (count.Written >= MostInAMinute)
        {
            counts[heard.Gate] = count with { Missed = count.Missed + 1 };
            return false;
        }

        counts[heard.Gate] = count with { Written = count.Written + 1 };
        seen[key] = (heard.At, heard.At);
        return true;
    }

    // Each gate's minute begins with a read and ends with time: what it could not write is told then.
    private ImmutableArray<Effect> Settle(DateTimeOffset now)
    {
        var over = counts.Where(pair => now - pair.Value.Since >= Minute || now < pair.Value.Since).ToList();
        foreach (var (gate, _) in over)
        {
            _ = counts.Remove(gate);
        }

        return [.. over.Where(pair => pair.Value.Missed > 0).Select(pair => new Write(new AssetTagsMissed(now, pair.Key, pair.Value.Door, pair.Value.Missed)))];
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, _) in seen.Where(pair => now - pair.Value.Last >= OneRead || now < pair.Value.Last).ToList())
        {
            _ = seen.Remove(key);
        }
    }

    private readonly record struct Counted(DateTimeOffset Since, DoorId Door, int Written, int Missed);
}
