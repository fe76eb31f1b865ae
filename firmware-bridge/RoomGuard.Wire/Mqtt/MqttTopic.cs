using System.Text;

namespace RoomGuard.Wire.Mqtt;

/// <summary>Topic names and topic filters (MQTT 5.0 section 4.7, 3.1.1 the same). Case counts, nothing is normalised, empty levels count.</summary>
public static class MqttTopic
{
    /// <summary>Most bytes of any text on the wire: its length has two bytes.</summary>
    public const int LongestText = 65_535;

    private const string SharePrefix = "$share/";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A topic one may publish to: not empty, no wildcard, sayable on the wire.</summary>
    public static bool IsName(ReadOnlySpan<char> topic) => IsNameText(topic) && IsText(topic);

    /// <summary>A filter one may subscribe to, <c>$share/NAME/FILTER</c> included.</summary>
    public static bool IsFilter(ReadOnlySpan<char> filter) => IsFilterText(filter) && IsText(filter);

    /// <summary>Whether a text can be sent: no surrogate on its own, no U+0000, at most 65,535 bytes.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0') || text.Length > LongestText)
        {
            return false;
        }

        for (var rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var taken) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[taken..];
        }

        return Strict.GetByteCount(text) <= LongestText;
    }

    /// <summary>Takes a shared filter apart. False: an ordinary filter.</summary>
    /// <param name="share">The group's name; empty without one.</param>
    /// <param name="inner">The filter its members share; the whole filter without a group.</param>
    public static bool TrySplitShare(string filter, out string share, out string inner)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (!IsShared(filter))
        {
            (share, inner) = (string.Empty, filter);
            return false;
        }

        var end = filter.IndexOf('/', SharePrefix.Length);
        if (end < 0)
        {
            throw new ArgumentException($"\"{filter}\" is no topic filter: behind $share/ come a name, a slash and a filter.", nameof(filter));
        }

        (share, inner) = (filter[SharePrefix.Length..end], filter[(end + 1)..]);
        return true;
    }

    /// <summary>True for <c>$share/…</c>.</summary>
    public static bool IsShared(ReadOnlySpan<char> filter) => filter.StartsWith(SharePrefix, StringComparison.Ordinal);

    /// <summary>True when a filter holds <c>+</c> or <c>#</c>.</summary>
    public static bool HasWildcard(ReadOnlySpan<char> filter) => filter.IndexOfAny('+', '#') >= 0;

    /// <summary>How many levels a topic or filter has, for limits.</summary>
    public static int Levels(ReadOnlySpan<char> topic) => topic.Count('/') + 1;

    /// <summary>Whether one filter takes one topic. For many filters use <see cref="TopicIndex{TClient}"/>.</summary>
    /// <param name="filter">An ordinary filter; of a shared one the inner filter.</param>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        // What the server says of itself is not for whoever asks for everything.
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false;
        }

        var topicEnded = false;
        while (true)
        {
            var wanted = Level(ref filter, out var filterEnds);
            if (wanted is "#")
            {
                return true;
            }

            if (topicEnded)
            {
                return false;
            }

            var level = Level(ref topic, out topicEnded);
            if (wanted is not "+" && !wanted.SequenceEqual(level))
            {
                return false;
            }

            if (filterEnds)
            {
                return topicEnded;
            }
        }
    }

    /// <summary>As <see cref="IsName"/>, for text that came from the wire and is sayable for that reason.</summary>
    internal static bool IsNameText(ReadOnlySpan<char> topic) => !topic.IsEmpty && !HasWildcard(topic);

    /// <summary>As <see cref="IsFilter"/>, for text that came from the wire.</summary>
    internal static bool IsFilterText(ReadOnlySpan<char> filter)
    {
        if (IsShared(filter))
        {
            filter = filter[SharePrefix.Length..];
            var end = filter.IndexOf('/');
            if (end < 1 || HasWildcard(filter[..end]))
            {
                return false;
            }

            filter = filter[(end + 1)..];
        }

        if (filter.IsEmpty)
        {
            return false;
        }

        for (var at = filter.IndexOfAny('+', '#'); at >= 0;)
        {
            var startsLevel = at == 0 || filter[at - 1] == '/';
            var isLast = at == filter.Length - 1;
            if (!startsLevel || (filter[at] == '#' && !isLast) || (filter[at] == '+' && !isLast && filter[at + 1] != '/'))
            {
                return false;
            }

            var next = filter[(at + 1)..].IndexOfAny('+', '#');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return true;
    }

    /// <summary>Takes the first level off.</summary>
    internal static ReadOnlySpan<char> Level(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        var end = rest.IndexOf('/');
        isLast = end < 0;
        var level = isLast ? rest : rest[..end];
        rest = isLast ? default : rest[(end + 1)..];
        return level;
    }
}
