using RoomGuard.Core.Doors;

namespace RoomGuard.Bridge.Readers;

/// <summary>Collects the keys of one keypad until a whole PIN has been typed. Knows the time only by being told; forgets what was typed as soon as it can.</summary>
/// <remarks>KEYPAD sends digits as ASCII, <c>*</c> or clear as 7Fh, <c>#</c> or enter as 0Dh; a PIN can come in several replies (SIA OSDP 2.2, KEYPAD).</remarks>
public sealed class PinCollector
{
    /// <summary>Longer than any PIN; what is longer was leant on the keys.</summary>
    public const int MostDigits = 12;

    /// <summary>After this much silence the next key begins a new PIN.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const byte Clear = 0x7F;
    private const byte Enter = 0x0D;

    private readonly char[] digits = new char[MostDigits];
    private int count;
    private bool tooMany;
    private TimeSpan lastKey;

    /// <summary>When what was typed so far is to be forgotten; null while nothing is.</summary>
    public TimeSpan? NextDue => count > 0 || tooMany ? lastKey + Patience : null;

    /// <summary>Keys were pressed.</summary>
    /// <returns>The PINs they completed, usually none or one.</returns>
    public IReadOnlyList<PinDigits> Take(ReadOnlySpan<byte> keys, TimeSpan now)
    {
        TimePassed(now);
        List<PinDigits>? whole = null;
        foreach (var key in keys)
        {
            lastKey = now;
            switch (key)
            {
                case >= (byte)'0' and <= (byte)'9' when count < MostDigits:
                    digits[count++] = (char)key;
                    break;
                case >= (byte)'0' and <= (byte)'9':
                    tooMany = true;
                    break;
                case Clear or (byte)'*':
                    Forget();
                    break;
                case Enter or (byte)'#':
                    if (count > 0 && !tooMany)
                    {
                        (whole ??= []).Add(new(new string(digits, 0, count)));
                    }

                    Forget();
                    break;
            }
        }

        return whole ?? (IReadOnlyList<PinDigits>)[];
    }

    /// <summary>Forgets what nobody finished.</summary>
    public void TimePassed(TimeSpan now)
    {
        if (NextDue is { } due && now >= due)
        {
            Forget();
        }
    }

    private void Forget()
    {
        Array.Clear(digits);
        count = 0;
        tooMany = false;
    }
}
