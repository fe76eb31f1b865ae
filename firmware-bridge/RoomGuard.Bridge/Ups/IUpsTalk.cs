using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>What the conversation on a wire wants from its link next.</summary>
/// <param name="Bytes">To be written now; empty: wait.</param>
/// <param name="Until">Without bytes: look again then, or when bytes have come.</param>
/// <param name="Reopen">Not null: the link must be closed and opened again; says why.</param>
public readonly record struct UpsStep(ReadOnlyMemory<byte> Bytes, TimeSpan Until, string? Reopen = null);

/// <summary>The conversation with the units on one wire. Pure: it is told bytes and the time, and says what to send. Owned by the wire's one thread.</summary>
public interface IUpsTalk
{
    /// <summary>The link was opened.</summary>
    void LineUp(TimeSpan now);

    /// <summary>The link broke, or cannot be opened.</summary>
    void LineDown(TimeSpan now, DateTimeOffset at, string why);

    /// <summary>What to do now.</summary>
    UpsStep Next(TimeSpan now, DateTimeOffset at);

    /// <summary>Bytes from the link.</summary>
    void Receive(ReadOnlySpan<byte> bytes, TimeSpan now);

    /// <summary>The next reading, if any.</summary>
    bool TryTake(out UpsReading reading);

    /// <summary>To be written to a unit of this wire as soon as no question is under way; once, whatever becomes of it (R-PWR-10).</summary>
    void Order(CommandUnit order);

    /// <summary>What became of an order, if anything new: one answer for each.</summary>
    bool TryTakeAnswer(out UpsWireAnswer answer);
}

/// <summary>What the wire says of an order.</summary>
/// <param name="Detail">In English, for a technician.</param>
public sealed record UpsWireAnswer(string CommandId, UpsCommandAnswer Answer, string Detail);

/// <summary>How often a unit is read (R-PWR-01: at least every 10 s).</summary>
/// <param name="Snapshot">Everything.</param>
/// <param name="Status">The few registers that tell of an outage.</param>
/// <param name="OnBattery">Everything, while on battery.</param>
public sealed record UpsPace(TimeSpan Snapshot, TimeSpan Status, TimeSpan OnBattery)
{
    /// <summary>Everything every 5 s, every 2 s on battery; the state twice a second, so that an outage is known well within one.</summary>
    public static UpsPace Usual { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2));

    /// <summary>R-PWR-06†: after so many missed readings a unit is unknown.</summary>
    public const int MissesAllowed = 3;
}
