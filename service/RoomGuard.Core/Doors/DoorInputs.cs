using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Which side of the door a reader stands on.</summary>
public enum ReaderSide
{
    /// <summary>Outside: asks to enter.</summary>
    Entry,

    /// <summary>Inside: the way out, recorded and never decided (R-DOOR-05).</summary>
    Exit,
}

/// <summary>Something that reached the room: told to <c>EntryControl</c> one after another, in order.</summary>
/// <param name="At">The bridge's clock when it was received.</param>
public abstract record RoomInput(DateTimeOffset At);

/// <summary>A readable card was held to a reader. The number has already become a digest.</summary>
/// <param name="CardFormat">Name of the format by which it was read, e.g. <c>H10301</c>.</param>
public sealed record BadgePresented(DateTimeOffset At, DeviceId Reader, CardDigest Digest, string CardFormat) : RoomInput(At);

/// <summary>Bits came that are no card of the reader's format (wrong parity or length). Never opens, never "unknown card".</summary>
/// <param name="Cause"><c>parity</c>, <c>length</c> or <c>wires-exchanged</c>.</param>
public sealed record UnreadableCard(DateTimeOffset At, DeviceId Reader, string Cause, int BitCount) : RoomInput(At);

/// <summary>A whole PIN was typed at a reader's keypad. Its text is never written down anywhere.</summary>
public sealed record PinEntered(DateTimeOffset At, DeviceId Reader, PinDigits Pin) : RoomInput(At);

/// <summary>The digits of a PIN on their way to being checked; prints as dots.</summary>
public sealed class PinDigits(string digits)
{
    /// <summary>The digits. For the PIN check only.</summary>
    public string Reveal() => digits;

    /// <inheritdoc/>
    public override string ToString() => "••••";
}

/// <summary>The door contact opened.</summary>
public sealed record LeafOpened(DateTimeOffset At, DoorId Door) : RoomInput(At);

/// <summary>The door contact closed.</summary>
public sealed record LeafClosed(DateTimeOffset At, DoorId Door) : RoomInput(At);

/// <summary>The exit button was pressed. The strike has been released at the wire already (R-DOOR-05).</summary>
public sealed record ExitRequested(DateTimeOffset At, DoorId Door) : RoomInput(At);

/// <summary>A door input no longer tells: contact short, open or fault, or its reader silent.</summary>
public sealed record LeafUnknown(DateTimeOffset At, DoorId Door) : RoomInput(At);

/// <summary>A reader's condition changed.</summary>
public sealed record ReaderChanged(DateTimeOffset At, DeviceId Reader, ReaderCondition Condition, string Detail) : RoomInput(At);

/// <summary>Time has passed and nothing else happened.</summary>
public sealed record TimePassed(DateTimeOffset At) : RoomInput(At);

/// <summary>A new, verified grant list is to be put in force.</summary>
public sealed record GrantListArrived(DateTimeOffset At, GrantIndex Index) : RoomInput(At);

/// <summary>A suspension came by the express lane.</summary>
public sealed record SuspensionArrived(DateTimeOffset At, Suspension Suspension) : RoomInput(At);

/// <summary>A lockdown began or ended.</summary>
/// <param name="Ended">True ends the lockdown with this id.</param>
public sealed record LockdownArrived(DateTimeOffset At, Lockdown Lockdown, bool Ended) : RoomInput(At);

/// <summary>An order to the rooms came.</summary>
/// <param name="Serial">Rises with each order of the site.</param>
public sealed record RoomOrderArrived(DateTimeOffset At, long Serial, RoomOrder Order) : RoomInput(At);

/// <summary>Where fire is signalled at this moment, all of it: a zone that is not named is not on fire by any signal (R-DOOR-15).</summary>
public sealed record FireSignalled(DateTimeOffset At, ImmutableArray<ZoneId> Zones) : RoomInput(At);

/// <summary>The journal could not be written: what was to be released stays shut.</summary>
public sealed record JournalFailed(DateTimeOffset At, string Cause) : RoomInput(At);

/// <summary>The journal can be written again. <c>EntryControl</c> answers with the <see cref="JournalGap"/>.</summary>
/// <param name="LostEvents">Events of the time between that were kept in memory no longer.</param>
public sealed record JournalRecovered(DateTimeOffset At, int LostEvents = 0) : RoomInput(At);

/// <summary>
/// The bridge has started, and what follows is heard anew: told once, after <c>EntryControl.Restore</c> and before anything else. Until
/// they are heard again, leaves are unknown (a leaf then heard open was found open, not forced) and readers are not trusted.
/// </summary>
public sealed record RoomStarted(DateTimeOffset At) : RoomInput(At);

/// <summary>The bridge's wall clock jumped against its monotonic clock (R-TIME-04).</summary>
public sealed record ClockStepped(DateTimeOffset At, DateTimeOffset Expected) : RoomInput(At);
