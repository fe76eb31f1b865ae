namespace RoomGuard.Wire.Osdp;

/// <summary>OSDP's CRC-16: polynomial 1021h, initial value 1D0Fh, no reflection, no final XOR (SIA OSDP 2.2, annex on the check).</summary>
public static class Crc16
{
    private const ushort Initial = 0x1D0F;
    private const ushort Polynomial = 0x1021;

    private static readonly ushort[] Table = MakeTable();

    /// <summary>The CRC over SOM up to the byte before the CRC. <c>123456789</c> gives E5CCh.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Initial;
        foreach (var item in bytes)
        {
            crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ item]);
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var index = 0; index < table.Length; index++)
        {
            var crc = (ushort)(index << 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ Polynomial) : (ushort)(crc << 1);
            }

            table[index] = crc;
        }

        return table;
    }
}
