using System.Collections.Immutable;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Cards;

namespace RoomGuard.Bridge.Readers;

/// <summary>What an input of a reader is wired to.</summary>
public enum InputKind
{
    /// <summary>The door's contact.</summary>
    Contact,

    /// <summary>The door's exit button.</summary>
    ExitRequest,

    /// <summary>The contact of a rack or cabinet (R-ZONE-10).</summary>
    Cabinet,
}

/// <summary>One wired input.</summary>
/// <param name="Number">Input number at its reader, from 0.</param>
/// <param name="Inverted">True: active means closed leaf, or button at rest.</param>
/// <param name="Debounce">How long a change must stay before it counts.</param>
/// <param name="Unlock">How long an exit request releases the door's strike.</param>
/// <param name="Cabinet">Whose contact it is; null: a door's.</param>
public sealed record WiredInput(int Number, InputKind Kind, DoorId Door, bool Inverted, TimeSpan Debounce, TimeSpan Unlock, CabinetId? Cabinet = null);

/// <summary>A reader of asset tags as its bus must know it.</summary>
/// <param name="Direction">Null: it does not tell.</param>
public sealed record TagPlan(DoorId Door, ZoneId Zone, string Prefix, int Digits, TagDirection? Direction);

/// <summary>One reader as its bus must know it.</summary>
/// <param name="ClearTextReason">Null: a secure channel is required.</param>
/// <param name="Inputs">What is wired to its inputs.</param>
/// <param name="Strikes">Output numbers to which strikes are wired, with their doors.</param>
/// <param name="WayOut">Set for a reader on the inside: the door a card there opens, whoever holds it, and for how long (R-DOOR-05).</param>
/// <param name="SensorThreshold">Set for a reader whose finger sensor is asked: the score from which on it is the holder.</param>
/// <param name="Tags">Set for a reader of asset tags.</param>
public sealed record ReaderPlan(
    DeviceId Reader,
    byte Address,
    CardFormat CardFormat,
    string? ClearTextReason,
    ImmutableArray<WiredInput> Inputs,
    ImmutableArray<(int Output, DoorId Door)> Strikes,
    (DoorId Door, TimeSpan Unlock)? WayOut = null,
    byte? SensorThreshold = null,
    TagPlan? Tags = null);

/// <summary>One wire with what hangs on it: made from the settings once, at the start.</summary>
public sealed record BusPlan(string Id, LinkSettings Link, int BaudRate, ImmutableArray<ReaderPlan> Readers)
{
    /// <summary>All wires of the settings, in their order.</summary>
    /// <exception cref="ArgumentException">A card format nobody knows; settings that were checked have none.</exception>
    public static ImmutableArray<BusPlan> From(BridgeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. settings.Buses.Select(bus => new BusPlan(bus.Id, bus.Link, bus.BaudRate, [.. bus.Readers.Select(reader => Plan(reader, settings.Doors, settings.Racks))]))];
    }

    private static ReaderPlan Plan(ReaderSettings reader, ImmutableArray<DoorSettings> doors, ImmutableArray<CabinetSettings> cabinets) => new(
        new(reader.Id),
        (byte)reader.Address,
        CardFormat.Named(reader.CardFormat) ?? throw new ArgumentException($"Card format {reader.CardFormat} of reader {reader.Id} is not known."),
        reader.SecureChannel == SecureChannelRule.ClearText ? reader.ClearTextReason ?? "no reason given" : null,
        [
            .. doors.SelectMany(door => Inputs(door, reader.Id)),

            // A cabinet's contact belongs to no door; its reader's is named so that the technician finds it.
            .. cabinets.Where(cabinet => cabinet.Contact?.Reader == reader.Id)
                .Select(cabinet => new WiredInput(cabinet.Contact!.Input, InputKind.Cabinet, new(reader.Door), cabinet.Contact.Inverted, cabinet.Contact.Debounce ?? TimeSpan.Zero, TimeSpan.Zero, new(cabinet.Id))),
        ],
        [.. doors.Where(door => door.Strike.Reader == reader.Id).Select(door => (door.Strike.Output, new DoorId(door.Id)))],
        reader.Tags is null && reader.Side == ReaderSide.Exit && doors.FirstOrDefault(door => door.Id == reader.Door) is { } way ? (new DoorId(way.Id), way.Unlock) : null,
        (byte?)reader.Sensor?.Threshold,
        reader.Tags is { } tags && doors.FirstOrDefault(door => door.Id == reader.Door) is { } at ? new(new(at.Id), new(at.Zone), tags.Prefix, tags.Digits, tags.Direction) : null);

    private static IEnumerable<WiredInput> Inputs(DoorSettings door, string reader)
    {
        if (door.Contact is { } contact && contact.Reader == reader)
        {
            yield return Wired(contact, InputKind.Contact, door);
        }

        if (door.ExitRequest is { } exit && exit.Reader == reader)
        {
            yield return Wired(exit, InputKind.ExitRequest, door);
        }
    }

    private static WiredInput Wired(InputPlace place, InputKind kind, DoorSettings door) =>
        new(place.Input, kind, new(door.Id), place.Inverted, place.Debounce ?? TimeSpan.Zero, door.Unlock);
}
