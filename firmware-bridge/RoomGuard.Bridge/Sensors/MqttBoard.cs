using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RoomGuard.Bridge.Sensors;

/// <summary>How a broker stands to us.</summary>
public enum MqttCondition
{
    /// <summary>Being connected to, or waited for.</summary>
    Down,

    /// <summary>It accepted us.</summary>
    Connected,

    /// <summary>It refuses us: a person has to correct something, here or there.</summary>
    Refused,
}

/// <summary>What went through one source since the program started.</summary>
/// <param name="Connections">How often it accepted us.</param>
/// <param name="Failures">How often a link was not made or ended by itself.</param>
/// <param name="SessionsLost">How often it had not kept the session it was to keep: what was sent meanwhile is lost.</param>
/// <param name="Messages">Handed over.</param>
/// <param name="Retained">Of these, retained.</param>
/// <param name="Repeated">Of these, marked as perhaps told before.</param>
/// <param name="Unasked">On topics that no subscription of the settings takes; dropped.</param>
/// <param name="Faults">Not taken because this program failed at them.</param>
/// <param name="Published">Ours that it took over, and those of QoS 0 that were sent.</param>
/// <param name="PublishRefused">Ours that it refused.</param>
public sealed record MqttCounts(
    long Connections, long Failures, long SessionsLost, long Messages, long Retained, long Repeated, long Unasked, long Faults, long Published, long PublishRefused)
{
    /// <summary>Nothing yet.</summary>
    public static MqttCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>A broker as it stands now.</summary>
/// <param name="Where">Host and port.</param>
/// <param name="Since">Since when its condition is so.</param>
/// <param name="ClearText">Why its link is in clear text to another machine: a standing finding (R-NET-03); null: it is not.</param>
/// <param name="LastMessageAt">Null: none yet.</param>
/// <param name="LastError">The last thing that went wrong, in English, for a technician; null: nothing yet.</param>
/// <param name="Granted">Filters it grants as they were asked for.</param>
/// <param name="Refused">Filters it does not, with its reason.</param>
public sealed record MqttSourceNow(
    string Source,
    string Where,
    MqttCondition Condition,
    DateTimeOffset Since,
    string? ClearText,
    DateTimeOffset? LastMessageAt,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    ImmutableSortedSet<string> Granted,
    ImmutableSortedDictionary<string, string> Refused,
    MqttCounts Counts);

/// <summary>How each broker of the settings stands. Thread-safe; each wire writes its own, everybody reads.</summary>
public sealed class MqttBoard
{
    private readonly ConcurrentDictionary<string, MqttSourceNow> sources = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> order;

    /// <summary>A board for these sources, none of them connected yet.</summary>
    public MqttBoard(IEnumerable<MqttSourceSettings> settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = settings.ToImmutableArray();
        order = [.. all.Select(source => source.Name)];
        foreach (var source in all)
        {
            sources[source.Name] = new(
                source.Name, source.Where, MqttCondition.Down, now, source.IsLoopback || source.Tls is not null ? null : source.ClearTextReason,
                null, null, null, ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal), ImmutableSortedDictionary<string, string>.Empty, MqttCounts.None);
        }
    }

    /// <summary>All sources, in the order of the settings.</summary>
    public ImmutableArray<MqttSourceNow> All => [.. order.Select(name => sources[name])];

    /// <summary>One source; null: none of that name.</summary>
    public MqttSourceNow? Find(string source) => sources.GetValueOrDefault(source);

    /// <summary>Called on the wire's own task when a condition has changed; must return at once. Sensors behind a broker that is down are not heard.</summary>
    public event Action<MqttSourceNow>? Changed;

    /// <summary>A source stands otherwise now. Only its own wire says so.</summary>
    internal void Change(string source, Func<MqttSourceNow, MqttSourceNow> change)
    {
        var before = sources[source];
        var after = change(before);
        sources[source] = after;
        if (after.Condition != before.Condition)
        {
            Changed?.Invoke(after);
        }
    }
}
