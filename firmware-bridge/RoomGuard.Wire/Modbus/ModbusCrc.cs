namespace RoomGuard.Wire.Modbus;

/// <summary>The CRC of Modbus RTU: polynomial 8005h reflected (A001h), start FFFFh, no final XOR, sent low byte first (Modbus over Serial Line 1.02, 6.2.2).</summary>
public static class ModbusCrc
{
    private const ushort Initial = 0xFFFF;
    private const ushort Polynomial = 0xA001;

    private static readonly ushort[] Table = MakeTable();

    /// <summary>The CRC over address and PDU. <c>123456789</c> gives 4B37h; over a whole good frame with its CRC it gives 0.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Initial;
        foreach (var item in bytes)
        {
            crc = (ushort)((crc >> 8) ^ Table[(crc ^ item) & 0xFF]);
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var index = 0; index < table.Length; index++)
        {
            var crc = (ushort)index;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (ushort)((crc >> 1) ^ Polynomial) : (ushort)(crc >> 1);
            }

            table[index] = crc;
        }

        return table;
    }
}
