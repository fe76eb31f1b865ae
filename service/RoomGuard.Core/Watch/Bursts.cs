using System.Collections.Immutable;

namespace RoomGuard.Core.Watch;

/// <summary>Alarms that came one upon the other: the first names the cause more often than any other (first-out). Pure.</summary>
public static class Bursts
{
    /// <summary>So soon after the one before, an alarm belongs to the same burst†.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    /// <summary>For each alarm of a burst of two or more, the id of the one that came first. The first is there too, by its own id.</summary>
    public static ImmutableDictionary<string, string> FirstOf(IEnumerable<Alarm> alarms)
    {
        ArgumentNullException.ThrowIfNull(alarms);
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        (Alarm First, DateTimeOffset Last)? burst = null;
        foreach (var alarm in alarms.OrderBy(alarm => alarm.RaisedAt).ThenBy(alarm => alarm.Id.Length).ThenBy(alarm => alarm.Id, StringComparer.Ordinal))
        {
            if (burst is { } going && alarm.RaisedAt - going.Last <= Gap)
            {
                found[going.First.Id] = going.First.Id;
                found[alarm.Id] = going.First.Id;
                burst = (going.First, alarm.RaisedAt);
            }
            else
            {
                burst = (alarm, alarm.RaisedAt);
            }
        }

        return found.ToImmutable();
    }
}
