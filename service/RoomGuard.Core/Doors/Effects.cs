using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What a step wants done. One runner does them, always in the same order: write, then act, then tell.</summary>
public abstract record Effect;

/// <summary>Append this to the journal. Nothing of the same step acts before it is durable.</summary>
public sealed record Write(RecordedEvent Event) : Effect;

/// <summary>Do this at a device, once everything written by the same step is durable.</summary>
/// <param name="Order">The order.</param>
/// <param name="Always">True: also when the journal cannot be written (ways out, sounders, locking).</param>
public sealed record Act(DeviceOrder Order, bool Always = false) : Effect;

/// <summary>Tell the doors of the same room this, in the same turn and after what the same step wrote: a fire signal is no order to a device (R-DOOR-15).</summary>
public sealed record TellDoors(RoomInput Input) : Effect;

/// <summary>An order to a device, in the room's words; the bridge turns it into wire words.</summary>
public abstract record DeviceOrder;

/// <summary>Release the strike for a time; the output's own timer locks it again, even if the bridge dies.</summary>
public sealed record ReleaseStrike(DoorId Door, TimeSpan For) : DeviceOrder;

/// <summary>Lock the strike at once.</summary>
public sealed record SecureStrike(DoorId Door) : DeviceOrder;

/// <summary>Compare the person at the reader's sensor with the template it keeps for this card (R-ID-09); the answer is a <see cref="BiometricChecked"/>.</summary>
/// <param name="Within">Later it no longer counts (R-DOOR-04).</param>
public sealed record CheckBiometric(DeviceId Reader, PersonId Person, CredentialId Credential, TimeSpan Within) : DeviceOrder;

/// <summary>
/// What a reader shows and sounds. Idle, HeldOpen, Alarm, Lockdown and OutOfService stand until the next of them; Granted, Denied and
/// ExitRecorded are shown for a moment, after which the reader shows what stood before; WaitFactor is ended by the next signal.
/// </summary>
public enum ReaderSignal
{
    /// <summary>Ready.</summary>
    Idle,

    /// <summary>Entry granted.</summary>
    Granted,

    /// <summary>Entry refused: the one standard signal, whatever the reason (R-DOOR-01).</summary>
    Denied,

    /// <summary>A second factor is awaited.</summary>
    WaitFactor,

    /// <summary>Exit recorded.</summary>
    ExitRecorded,

    /// <summary>The door has been open too long.</summary>
    HeldOpen,

    /// <summary>The door was forced.</summary>
    Alarm,

    /// <summary>Entry is stopped by lockdown.</summary>
    Lockdown,

    /// <summary>The door does not decide: out of order, use the hand-written register.</summary>
    OutOfService,
}

/// <summary>Show a signal at a reader.</summary>
public sealed record ShowSignal(DeviceId Reader, ReaderSignal Signal) : DeviceOrder;
