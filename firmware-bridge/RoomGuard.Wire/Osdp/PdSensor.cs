namespace RoomGuard.Wire.Osdp;

/// <summary>A card as a reader remembers it, to find what it keeps for it.</summary>
/// <param name="Format">As in RAW.</param>
/// <param name="BitCount">Bits, left-aligned in <paramref name="Bits"/>.</param>
public sealed record PdCard(byte Format, int BitCount, ReadOnlyMemory<byte> Bits);

/// <summary>
/// What a reader with a finger sensor has been asked: one question at a time, ended by a finger, by time, by another card or by the panel.
/// Knows the time only by being told.
/// </summary>
internal sealed class PdSensor(TimeSpan patience)
{
    // Somebody who takes longer from the card to the finger begins again.
    private static readonly TimeSpan CardCounts = TimeSpan.FromSeconds(30);

    private PdCard? card;
    private TimeSpan cardAt;
    private TimeSpan until;

    /// <summary>BIOREAD or BIOMATCH that waits for a finger; null: none.</summary>
    public OsdpCommand? Asked { get; private set; }

    /// <summary>A card was read: what was asked before is over.</summary>
    public void CardRead(PdCard read, TimeSpan now)
    {
        Asked = null;
        (card, cardAt) = (read, now);
    }

    /// <summary>The card a match without a template is about; null: none was read lately.</summary>
    public PdCard? LastCard(TimeSpan now) => now - cardAt < CardCounts ? card : null;

    /// <summary>A question came. An earlier one is over.</summary>
    public void Ask(OsdpCommand command, TimeSpan now)
    {
        Asked = command;
        until = now + patience;
    }

    /// <summary>Nothing is asked any more.</summary>
    public void Stop() => Asked = null;

    /// <summary>The power failed or nobody listens: the last card is forgotten as well.</summary>
    public void Forget()
    {
        Asked = null;
        card = null;
    }

    /// <summary>What falls due by time alone.</summary>
    /// <returns>The reply that says that nobody came; null: nothing is due.</returns>
    public OsdpReply? Tick(TimeSpan now)
    {
        if (Asked is not { } over || now < until)
        {
            return null;
        }

        Asked = null;
        return over switch
        {
            BiometricMatchCommand match => new BiometricMatchReply(match.Reader, BiometricStatus.Timeout, 0),
            BiometricReadCommand read => new BiometricReadReply(read.Reader, BiometricStatus.Timeout, read.Type, 0, default),
            _ => null,
        };
    }

    /// <summary>Whether a reply answers what is asked; then nothing is asked any more.</summary>
    public bool Takes(OsdpReply reply)
    {
        var fits = (Asked, reply) is (BiometricMatchCommand, BiometricMatchReply) or (BiometricReadCommand, BiometricReadReply);
        Asked = fits ? null : Asked;
        return fits;
    }
}
