using System.Collections.Immutable;

namespace RoomGuard.Wire.Mqtt;

/// <summary>One subscription that takes a topic.</summary>
/// <param name="Ids">Its subscription identifier; empty without one.</param>
public readonly record struct TopicMatch<TClient>(TClient Client, MqttSubscription Subscription, ImmutableArray<int> Ids)
    where TClient : class;

/// <summary>What one client gets of one message: a single copy, however many of its subscriptions take it.</summary>
/// <param name="Qos">The highest QoS of those subscriptions; the message's own may be lower.</param>
/// <param name="RetainAsPublished">One of them wants the publisher's retain flag.</param>
/// <param name="Ids">All their identifiers.</param>
public readonly record struct TopicDelivery<TClient>(TClient Client, MqttQos Qos, bool RetainAsPublished, ImmutableArray<int> Ids)
    where TClient : class;

/// <summary>The members of one shared subscription. Each message goes to exactly one of them, in turn.</summary>
public sealed class ShareGroup<TClient>
    where TClient : class
{
    private readonly List<TopicMatch<TClient>> members = [];
    private int turn;

    internal ShareGroup(string name) => Name = name;

    /// <summary>NAME in <c>$share/NAME/FILTER</c>.</summary>
    public string Name { get; }

    /// <summary>How many share.</summary>
    public int Count => members.Count;

    /// <summary>Whose turn it is, and moves on.</summary>
    /// <param name="isPreferred">Who can take it at once: members that are online and not full. Nobody: simply the next.</param>
    public TopicMatch<TClient> Next(Func<TClient, bool> isPreferred)
    {
        ArgumentNullException.ThrowIfNull(isPreferred);
        for (var step = 0; step < members.Count; step++)
        {
            var at = (turn + step) % members.Count;
            if (isPreferred(members[at].Client))
            {
                turn = (at + 1) % members.Count;
                return members[at];
            }
        }

        turn %= members.Count;
        var next = members[turn];
        turn = (turn + 1) % members.Count;
        return next;
    }

    internal bool Set(TopicMatch<TClient> member)
    {
        var at = members.FindIndex(item => item.Client.Equals(member.Client));
        if (at >= 0)
        {
            members[at] = member;
            return false;
        }

        members.Add(member);
        return true;
    }

    internal bool Remove(TClient client)
    {
        var at = members.FindIndex(item => item.Client.Equals(client));
        if (at < 0)
        {
            return false;
        }

        members.RemoveAt(at);
        turn = at < turn ? turn - 1 : turn;
        return true;
    }
}

/// <summary>What <see cref="TopicIndex{TClient}.Match"/> found. Kept by the caller and used again, so that a match allocates nothing.</summary>
public sealed class TopicMatches<TClient>
    where TClient : class
{
    private readonly Dictionary<TClient, int> places = [];

    /// <summary>Ordinary subscriptions that take the topic. A client with overlapping ones occurs several times.</summary>
    public List<TopicMatch<TClient>> Ordinary { get; } = [];

    /// <summary>Shared subscriptions that take the topic: each gets one copy.</summary>
    public List<ShareGroup<TClient>> Shared { get; } = [];

    /// <summary>Nodes the last match looked at: what it cost.</summary>
    internal int Looked { get; set; }

    internal List<(object Node, int At)> Open { get; } = [];

    /// <summary>Nodes of the index that had ordinary subscribers; with one, no client can occur twice.</summary>
    internal int Sources { get; set; }

    /// <summary>The ordinary subscriptions as deliveries: one for each client, No Local honoured.</summary>
    /// <param name="publisher">Who published; null: nobody with subscriptions.</param>
    /// <param name="into">Emptied first.</param>
    public void Merge(TClient? publisher, List<TopicDelivery<TClient>> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        places.Clear();
        foreach (var match in Ordinary)
        {
            if (match.Subscription.NoLocal && publisher is not null && match.Client.Equals(publisher))
            {
                continue;
            }

            var (qos, retainAsPublished) = (match.Subscription.Qos, match.Subscription.RetainAsPublished);
            if (Sources > 1 && !places.TryAdd(match.Client, into.Count))
            {
                var place = places[match.Client];
                var before = into[place];
                into[place] = new(
                    match.Client,
                    before.Qos > qos ? before.Qos : qos,
                    before.RetainAsPublished || retainAsPublished,
                    match.Ids.IsEmpty ? before.Ids : before.Ids.AddRange(match.Ids));
                continue;
            }

            into.Add(new(match.Client, qos, retainAsPublished, match.Ids));
        }
    }

    internal void Clear()
    {
        Ordinary.Clear();
        Shared.Clear();
        Open.Clear();
        Sources = 0;
        Looked = 0;
    }
}

/// <summary>Who subscribed to what, as a tree of levels: the cost of a match depends on the topic and what matches it, not on how many subscribe to other things.</summary>
/// <remarks>Not thread-safe; whoever routes messages owns it. Pure. No recursion: a filter may have 65,536 levels.</remarks>
public sealed class TopicIndex<TClient>
    where TClient : class
{
    private readonly Node root = new(null, string.Empty);

    /// <summary>Subscriptions held, shared ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a subscription, or replaces the one this client has with the same filter.</summary>
    /// <param name="subscriptionId">1 to 268,435,455; 0: none.</param>
    /// <returns>True when it is new: retain handling 1 asks for that.</returns>
    /// <exception cref="ArgumentException">The filter is none.</exception>
    public bool Add(TClient client, MqttSubscription subscription, int subscriptionId = 0)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!MqttTopic.IsFilter(subscription.Filter))
        {
            throw new ArgumentException($"\"{subscription.Filter}\" is no topic filter.", nameof(subscription));
        }

        var isShared = MqttTopic.TrySplitShare(subscription.Filter, out var share, out var filter);
        var match = new TopicMatch<TClient>(client, subscription, subscriptionId == 0 ? [] : [subscriptionId]);
        var node = Find(filter, create: true)!;
        bool isNew;
        if (isShared)
        {
            node.Shared ??= new(StringComparer.Ordinal);
            if (!node.Shared.TryGetValue(share, out var group))
            {
                node.Shared[share] = group = new(share);
            }

            isNew = group.Set(match);
        }
        else
        {
            node.Ordinary ??= [];
            isNew = !node.Ordinary.ContainsKey(client);
            node.Ordinary[client] = match;
        }

        Count += isNew ? 1 : 0;
        return isNew;
    }

    /// <summary>Takes a subscription away; filters are compared character by character.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(TClient client, string filter)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!MqttTopic.IsFilter(filter))
        {
            return false;
        }

        var isShared = MqttTopic.TrySplitShare(filter, out var share, out var inner);
        if (Find(inner, create: false) is not { } node)
        {
            return false;
        }

        if (isShared)
        {
            if (node.Shared is null || !node.Shared.TryGetValue(share, out var group) || !group.Remove(client))
            {
                return false;
            }

            if (group.Count == 0)
            {
                node.Shared.Remove(share);
            }
        }
        else if (node.Ordinary is null || !node.Ordinary.Remove(client))
        {
            return false;
        }

        Count--;
        Prune(node);
        return true;
    }

    /// <summary>All subscriptions that take a topic.</summary>
    /// <param name="topic">A topic name; a text that is none matches nothing it should not.</param>
    /// <param name="into">Emptied first.</param>
    public void Match(string topic, TopicMatches<TClient> into)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        var isOwn = topic.StartsWith('$');
        into.Open.Add((root, 0));
        while (into.Open.Count > 0)
        {
            var (item, at) = into.Open[^1];
            into.Open.RemoveAt(into.Open.Count - 1);
            into.Looked++;
            var node = (Node)item;
            var wildcards = !(isOwn && at == 0);

            // "a/#" takes "a" as well: the level behind the end of the topic is where # stands.
            if (node.Hash is { } hash && wildcards)
            {
                Collect(hash, into);
            }

            if (at > topic.Length)
            {
                Collect(node, into);
                continue;
            }

            var rest = topic.AsSpan(at);
            var level = MqttTopic.Level(ref rest, out _);
            var next = at + level.Length + 1;
            if (node.Plus is { } plus && wildcards)
            {
                into.Open.Add((plus, next));
            }

            if (node.Child(level) is { } child)
            {
                into.Open.Add((child, next));
            }
        }
    }

    private static void Collect(Node node, TopicMatches<TClient> into)
    {
        if (node.Ordinary is { Count: > 0 } ordinary)
        {
            into.Sources++;
            foreach (var match in ordinary.Values)
            {
                into.Ordinary.Add(match);
            }
        }

        if (node.Shared is { Count: > 0 } shared)
        {
            into.Shared.AddRange(shared.Values);
        }
    }

    private Node? Find(string filter, bool create)
    {
        var node = root;
        ReadOnlySpan<char> rest = filter;
        for (var isLast = false; !isLast && node is not null;)
        {
            var level = MqttTopic.Level(ref rest, out isLast);
            node = level switch
            {
                "+" => create ? node.Plus ??= new(node, "+") : node.Plus,
                "#" => create ? node.Hash ??= new(node, "#") : node.Hash,
                _ => node.Child(level) ?? (create ? node.AddChild(level.ToString()) : null),
            };
        }

        return node;
    }

    private static void Prune(Node node)
    {
        while (node is { IsBare: true, Parent: { } parent })
        {
            parent.Drop(node);
            node = parent;
        }
    }

    /// <summary>One level of some filters.</summary>
    private sealed class Node(Node? parent, string level)
    {
        private Dictionary<string, Node>? children;

        public Node? Parent => parent;

        public Node? Plus { get; set; }

        public Node? Hash { get; set; }

        public Dictionary<TClient, TopicMatch<TClient>>? Ordinary { get; set; }

        public Dictionary<string, ShareGroup<TClient>>? Shared { get; set; }

        public bool IsBare => Plus is null && Hash is null && children is not { Count: > 0 } && Ordinary is not { Count: > 0 } && Shared is not { Count: > 0 };

        public Node? Child(ReadOnlySpan<char> wanted) =>
            children is not null && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(wanted, out var child) ? child : null;

        public Node AddChild(string name)
        {
            var child = new Node(this, name);
            (children ??= new(StringComparer.Ordinal)).Add(name, child);
            return child;
        }

        public void Drop(Node child)
        {
            if (ReferenceEquals(child, Plus))
            {
                Plus = null;
            }
            else if (ReferenceEquals(child, Hash))
            {
                Hash = null;
            }
            else
            {
                children!.Remove(child.Name);
            }
        }

        private string Name => level;
    }
}
