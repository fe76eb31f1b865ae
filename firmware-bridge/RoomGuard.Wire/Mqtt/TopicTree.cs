using System.Diagnostics.CodeAnalysis;

namespace RoomGuard.Wire.Mqtt;

/// <summary>One value for each topic, found again by filter: what a broker retains. The cost of a search follows what the filter can take, not what is kept.</summary>
/// <remarks>Not thread-safe. Pure. No recursion.</remarks>
public sealed class TopicTree<T>
    where T : class
{
    private readonly Node root = new(null, string.Empty);

    /// <summary>Topics with a value.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a value in place of an earlier one; null forgets it (a retained message without payload).</summary>
    /// <returns>What was kept before; null: nothing.</returns>
    /// <exception cref="ArgumentException">The topic is none.</exception>
    public T? Set(string topic, T? value)
    {
        if (!MqttTopic.IsName(topic))
        {
            throw new ArgumentException($"\"{topic}\" is no topic name.", nameof(topic));
        }

        if (Find(topic, create: value is not null) is not { } node)
        {
            return null;
        }

        var before = node.Value;
        node.Value = value;
        Count += (value is null ? 0 : 1) - (before is null ? 0 : 1);
        while (node is { IsBare: true, Parent: { } parent })
        {
            parent.Children!.Remove(node.Level);
            node = parent;
        }

        return before;
    }

    /// <summary>The value of one topic.</summary>
    public bool TryGet(string topic, [NotNullWhen(true)] out T? value)
    {
        ArgumentNullException.ThrowIfNull(topic);
        value = Find(topic, create: false)?.Value;
        return value is not null;
    }

    /// <summary>The values of all topics a filter takes, in no particular order.</summary>
    /// <param name="filter">An ordinary filter; shared subscriptions get no retained messages.</param>
    /// <exception cref="ArgumentException">The filter is none, or shared.</exception>
    public IEnumerable<T> Match(string filter)
    {
        if (!MqttTopic.IsFilter(filter) || MqttTopic.IsShared(filter))
        {
            throw new ArgumentException($"\"{filter}\" is no ordinary topic filter.", nameof(filter));
        }

        return Matches(filter);
    }

    private IEnumerable<T> Matches(string filter)
    {
        // Where to look: the node, and where in the filter its next level begins; below the end of a # everything.
        const int Everything = -1;
        var open = new Stack<(Node Node, int At)>();
        open.Push((root, 0));
        while (open.TryPop(out var place))
        {
            var (node, at) = place;
            if ((at == Everything || at > filter.Length) && node.Value is { } value)
            {
                yield return value;
            }

            if (at > filter.Length)
            {
                continue;
            }

            if (at == Everything || (at == filter.Length - 1 && filter[at] == '#'))
            {
                // "a/#" takes "a" as well.
                if (at != Everything && node.Value is { } parent)
                {
                    yield return parent;
                }

                Push(open, node, Everything);
                continue;
            }

            var end = filter.IndexOf('/', at);
            end = end < 0 ? filter.Length : end;
            if (end == at + 1 && filter[at] == '+')
            {
                Push(open, node, end + 1);
            }
            else if (node.Child(filter.AsSpan(at, end - at)) is { } child)
            {
                open.Push((child, end + 1));
            }
        }
    }

    private void Push(Stack<(Node Node, int At)> open, Node node, int at)
    {
        foreach (var child in node.Children?.Values ?? Enumerable.Empty<Node>())
        {
            // What the server says of itself is not for whoever asks for everything.
            if (node != root || !child.Level.StartsWith('$'))
            {
                open.Push((child, at));
            }
        }
    }

    private Node? Find(string topic, bool create)
    {
        var node = root;
        ReadOnlySpan<char> rest = topic;
        for (var isLast = false; !isLast && node is not null;)
        {
            var level = MqttTopic.Level(ref rest, out isLast);
            node = node.Child(level) ?? (create ? node.Add(level.ToString()) : null);
        }

        return node;
    }

    private sealed class Node(Node? parent, string level)
    {
        public Node? Parent => parent;

        public string Level => level;

        public T? Value { get; set; }

        public Dictionary<string, Node>? Children { get; private set; }

        public bool IsBare => Value is null && Children is not { Count: > 0 };

        public Node? Child(ReadOnlySpan<char> wanted) =>
            Children is not null && Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(wanted, out var child) ? child : null;

        public Node Add(string name)
        {
            var child = new Node(this, name);
            (Children ??= new(StringComparer.Ordinal)).Add(name, child);
            return child;
        }
    }
}
