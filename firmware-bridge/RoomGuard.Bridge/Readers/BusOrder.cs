using RoomGuard.Core.Doors;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>Something a wire is to do for one of its readers.</summary>
/// <param name="Address">The reader's address.</param>
public abstract record BusOrder(byte Address);

/// <summary>Move an output: on for a time by the reader's own timer, or off for good.</summary>
/// <param name="For">Null: off.</param>
public sealed record MoveOutput(byte Address, byte Output, TimeSpan? For) : BusOrder(Address)
{
    /// <summary>OUT control 05 with its timer, or 01 (SIA OSDP 2.2, OUT): a strike locks by itself even if this program dies.</summary>
    public OutputCommand Command => new([For is { } time
        ? new(Output, OutputControl.OnFor, (ushort)Math.Clamp(Math.Ceiling(time.TotalMilliseconds / 100), 1, ushort.MaxValue))
        : new(Output, OutputControl.Off, 0)]);
}

/// <summary>Show a signal.</summary>
public sealed record ShowAtReader(byte Address, ReaderSignal Signal) : BusOrder(Address);

/// <summary>Ask the reader's sensor for the finger of the card it read last (R-DOOR-04).</summary>
/// <param name="Within">Later an answer no longer counts.</param>
public sealed record AskFinger(byte Address, TimeSpan Within) : BusOrder(Address);

/// <summary>Use this key and identity from now on.</summary>
public sealed record UseReaderKey(byte Address, ScbkKey? Key, PdIdentity? Pinned) : BusOrder(Address);

/// <summary>Open install mode for this reader; a window of zero closes it.</summary>
public sealed record OpenInstallMode(byte Address, ScbkKey Key, TimeSpan Window) : BusOrder(Address);

/// <summary>Change the key of a reader that is on its secure channel.</summary>
public sealed record ChangeReaderKey(byte Address, ScbkKey Key) : BusOrder(Address);

/// <summary>Takes orders for a wire.</summary>
public interface IReaderWire
{
    /// <summary>Hands an order over and returns at once; thread-safe.</summary>
    /// <returns>False when the wire is down or too many orders wait: it will not be done.</returns>
    bool Give(BusOrder order);
}
