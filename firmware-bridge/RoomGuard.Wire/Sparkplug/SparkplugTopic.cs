namespace RoomGuard.Wire.Sparkplug;

/// <summary>What a Sparkplug message says, by the third level of its topic.</summary>
public enum SparkplugMessage
{
    /// <summary>A node has connected and tells all its metrics.</summary>
    NodeBirth,

    /// <summary>A node has gone; its will.</summary>
    NodeDeath,

    /// <summary>A node's metrics have changed.</summary>
    NodeData,

    /// <summary>Orders to a node.</summary>
    NodeCommand,

    /// <summary>A device of a node has appeared and tells all its metrics.</summary>
    DeviceBirth,

    /// <summary>A node cannot reach a device any more.</summary>
    DeviceDeath,

    /// <summary>A device's metrics have changed.</summary>
    DeviceData,

    /// <summary>Orders to a device.</summary>
    DeviceCommand,
}

/// <summary><c>spBv1.0/GROUP/TYPE/NODE[/DEVICE]</c> (Sparkplug 3.0 clause 4).</summary>
/// <param name="Device">Null: the node itself.</param>
public readonly record struct SparkplugTopic(string Group, SparkplugMessage Message, string Node, string? Device)
{
    /// <summary>First level of all topics.</summary>
    public const string Namespace = "spBv1.0";

    private static readonly string[] Words = ["NBIRTH", "NDEATH", "NDATA", "NCMD", "DBIRTH", "DDEATH", "DDATA", "DCMD"];

    /// <summary>Reads a topic. False: it is none of these; <c>STATE</c> topics are the host's and none either.</summary>
    public static bool TryRead(string topic, out SparkplugTopic read)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var levels = topic.Split('/');
        read = default;
        if (levels.Length is < 4 or > 5 || levels[0] != Namespace || Array.IndexOf(Words, levels[2]) is not (>= 0 and var word) || levels.Any(level => level.Length == 0))
        {
            return false;
        }

        var message = (SparkplugMessage)word;
        read = new(levels[1], message, levels[3], levels.Length == 5 ? levels[4] : null);
        return message >= SparkplugMessage.DeviceBirth == read.Device is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Group}/{Words[(int)Message]}/{Node}{(Device is null ? string.Empty : "/" + Device)}";
}
