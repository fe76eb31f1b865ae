using System.Text;

namespace RoomGuard.Wire.Megatec;

/// <summary>What one look at the bytes of a Q1 line found.</summary>
/// <param name="Consumed">Bytes the caller may drop; zero: read more, then look again.</param>
/// <param name="Text">The line without its CR; null: none yet.</param>
/// <param name="Overlong">More bytes without a CR than any line has: they were dropped.</param>
public readonly record struct MegatecScan(int Consumed, string? Text, bool Overlong);

/// <summary>Cuts lines ended by CR out of a byte stream (Megatec Q1 protocol; docs/reference/ups.md section 6). Pure.</summary>
public static class MegatecScanner
{
    /// <summary>Longest line taken; the longest known, QGS of Voltronic, has 76 bytes.</summary>
    public const int LongestLine = 120;

    /// <summary>Looks for one line at the start of <paramref name="bytes"/>. What is not printable ASCII is left out: units send line feeds and zeros between lines.</summary>
    public static MegatecScan Next(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\r');
        if (end < 0)
        {
            return bytes.Length > LongestLine ? new(bytes.Length, null, Overlong: true) : default;
        }

        if (end > LongestLine)
        {
            return new(end + 1, null, Overlong: true);
        }

        var text = new StringBuilder(end);
        foreach (var item in bytes[..end])
        {
            if (item is >= 0x20 and < 0x7F)
            {
                text.Append((char)item);
            }
        }

        return new(end + 1, text.ToString(), Overlong: false);
    }

    /// <summary>A line as sent.</summary>
    public static byte[] ToBytes(string line) => Encoding.ASCII.GetBytes(line + "\r");
}
