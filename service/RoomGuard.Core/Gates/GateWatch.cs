using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Gates;

/// <summary>
/// Reads of asset tags at the bridge: a gate reads a tag that lies in its field many times a second, and that is one read. What is too much to be written is
/// counted, and the count is written. Pure; judges nothing, since moves and permits are the office's.
/// </summary>
/// <param name="pulses">Gates that say now and then that they are alive; of the others silence means nothing.</param>
public sealed class GateWatch(ImmutableArray<GatePulse> pulses)
{
    /// <summary>Reads of one tag at one gate in one direction with less than this between them are one†.</summary>
    public static readonly TimeSpan OneRead = TimeSpan.FromSeconds(30);

    /// <summary>A tag that stays in the field is told again after this†.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(10);

    /// <summary>So many different reads of one gate are written in a minute†: more than a trolley holds.</summary>
    public const int MostInAMinute = 300;

    /// <summary>Silent for so many of its intervals, a gate is out of order†.</summary>
    public const int SilentAfter = 3;

    private const int LongestTag = 40;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(DeviceId Gate, string Tag, TagDirection? Direction), (DateTimeOffset Told, DateTimeOffset Last)> seen = [];
    private readonly Dictionary<DeviceId, Counted> counts = [];
    private readonly Dictionary<DeviceId, (DateTimeOffset HeardAt, bool? Well)> alive = [];

    /// <summary>When what was too much has to be told, or a gate has been silent for too long; null: nothing is due.</summary>
    public DateTimeOffset? NextDue => counts.Values.Where(count => count.Missed > 0).Select(count => count.Since + Minute).Concat(pulses.Select(SilentAt).OfType<DateTimeOffset>()).Min(due => (DateTimeOffset?)due);

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
        if (input is RoomStarted or ClockStepped)
        {
            // What was before a start, or by another clock, says nothing of how long a gate is silent.
            foreach (var pulse in pulses)
            {
                alive[pulse.Gate] = (input.At, input is RoomStarted ? null : alive.GetValueOrDefault(pulse.Gate).Well);
            }
        }

        ImmutableArray<Effect> missed = [.. Settle(input.At), .. Pulses(input)];
        return input is AssetTagHeard heard && heard.Tag.Length > 0 && Tells(heard)
            ? [.. missed, new Write(new AssetTagRead(heard.At, heard.Gate, heard.Door, heard.Zone, heard.Tag, heard.Direction, heard.ReadAt))]
            : missed;
    }

    private DateTimeOffset? SilentAt(GatePulse pulse) => alive.TryGetValue(pulse.Gate, out var known) && known.Well is not false ? known.HeardAt + (pulse.Interval * SilentAfter) : null;

    // A gate that reads is alive; one that has never said so, and one that falls silent, is out of order and never as good as one where nothing passes.
    private IEnumerable<Effect> Pulses(RoomInput input)
    {
        foreach (var pulse in pulses)
        {
            if ((input is AssetTagHeard { Gate: var reads } && reads == pulse.Gate) || (input is GateAlive { Gate: var says } && says == pulse.Gate))
            {
                var before = alive.GetValueOrDefault(pulse.Gate).Well;
                alive[pulse.Gate] = (input.At, true);
                if (before is not true)
                {
                    yield return new Write(new ReaderReported(input.At, pulse.Gate, ReaderCondition.Online, before is null ? "heard for the first time since the start" : "heard again", InService: true));
                }
            }
            else if (SilentAt(pulse) <= input.At)
            {
                var since = alive[pulse.Gate].HeardAt;
                alive[pulse.Gate] = (since, false);
                yield return new Write(new ReaderReported(input.At, pulse.Gate, ReaderCondition.Offline, string.Create(CultureInfo.InvariantCulture, $"silent since {since:O}; it says at least every {pulse.Interval} that it is alive"), InService: false));
            }
        }
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
