using System.Collections.Concurrent;
using System.Collections.Frozen;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Gates;

namespace RoomGuard.Bridge.Gates;

/// <summary>What gates tell by MQTT goes to the room, and everything else to the sensors. A message is answered when it is written (write, then tell).</summary>
public sealed class TagIntake : IMqttMessages
{
    // What a gate kept while its line was down; older is a clock that is wrong.
    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(72);

    // Clocks of gates run a little ahead.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TellAgain = TimeSpan.FromHours(1);

    private readonly FrozenDictionary<(string Source, string Topic), (TagGateSettings Gate, DoorSettings Door)> gates;
    private readonly IRoomInbox room;
    private readonly IMqttMessages others;
    private readonly ConcurrentDictionary<(string Gate, OddKind Kind), DateTimeOffset> told = [];

    /// <summary>Stands before the sensors.</summary>
    public TagIntake(BridgeSettings settings, IRoomInbox room, IMqttMessages others)
    {
        ArgumentNullException.ThrowIfNull(settings);
        gates = settings.TagGates.ToFrozenDictionary(gate => (gate.Source, gate.Topic), gate => (gate, settings.Doors.First(door => door.Id == gate.Door)));
        (this.room, this.others) = (room, others);
    }

    /// <inheritdoc/>
    public ValueTask Heard(MqttMessageHeard message, CancellationToken stop) =>
        gates.TryGetValue((message.Source, message.Topic), out var place) ? Take(place.Gate, place.Door, message) : others.Heard(message, stop);

    private async ValueTask Take(TagGateSettings gate, DoorSettings door, MqttMessageHeard message)
    {
        if (gate.Client is { } client && message.ClientId is { } sender && sender != client)
        {
            await Odd(message, gate, OddKind.OtherClient, $"{GateWatch.Clean(sender)} sends in its name");
            return;
        }

        // The last thing said on the topic, of unknown age: nothing passes by it now.
        if (message.Retained)
        {
            return;
        }

        if (TagMessage.Read(message.Payload, out var wrong) is not { } read)
        {
            await Odd(message, gate, OddKind.NotItsModel, wrong!);
            return;
        }

        if (read.Tag.Length == 0)
        {
            _ = await room.PostAsync(new GateAlive(message.At, new(gate.Id)));
            return;
        }

        var readAt = read.Time is { } time && time <= message.At + Ahead && time > message.At - LongestKept ? time : (DateTimeOffset?)null;
        _ = await room.PostAsync(new AssetTagHeard(message.At, new(gate.Id), new(door.Id), new(door.Zone), GateWatch.Clean(read.Tag), read.Direction ?? gate.Direction, readAt));
    }

    // Told once and again at most every hour: whoever sends nonsense shall not fill the journal.
    private async ValueTask Odd(MqttMessageHeard message, TagGateSettings gate, OddKind kind, string detail)
    {
        var key = (gate.Id, kind);
        if (told.TryGetValue(key, out var last) && message.At >= last && message.At - last < TellAgain)
        {
            return;
        }

        told[key] = message.At;
        _ = await room.RecordAsync(new SenderSuspected(message.At, gate.Source, gate.Id, kind, 1, detail));
    }
}
