using System.Buffers.Binary;
using System.Collections.Immutable;

namespace RoomGuard.Wire.Osdp;

/// <summary>Who a reader says it is (PDID).</summary>
/// <param name="Vendor">IEEE OUI as the 24-bit number of its three bytes, low byte first: bytes EF CD AB are ABCDEFh.</param>
/// <param name="Model">Model, by the vendor.</param>
/// <param name="Version">Version of the model, by the vendor.</param>
/// <param name="Serial">Serial number.</param>
/// <param name="FirmwareMajor">Firmware, first part.</param>
/// <param name="FirmwareMinor">Firmware, second part.</param>
/// <param name="FirmwareBuild">Firmware, third part.</param>
public sealed record PdIdentity(uint Vendor, byte Model, byte Version, uint Serial, byte FirmwareMajor, byte FirmwareMinor, byte FirmwareBuild)
{
    internal const int Length = 12;

    /// <summary>Same vendor, model and serial. New firmware does not make another reader of it.</summary>
    public bool SameDevice(PdIdentity other) => Vendor == other.Vendor && Model == other.Model && Serial == other.Serial;

    /// <summary>The 8-byte client id most readers put into CCRYPT: the first eight bytes of PDID's data.</summary>
    public byte[] Cuid()
    {
        Span<byte> data = stackalloc byte[Length];
        var writer = new DataWriter(data);
        Write(ref writer);
        return data[..8].ToArray();
    }

    internal static PdIdentity Read(ReadOnlySpan<byte> data) => new(
        Vendor: data[0] | ((uint)data[1] << 8) | ((uint)data[2] << 16),
        Model: data[3],
        Version: data[4],
        Serial: BinaryPrimitives.ReadUInt32LittleEndian(data[5..]),
        FirmwareMajor: data[9],
        FirmwareMinor: data[10],
        FirmwareBuild: data[11]);

    internal void Write(ref DataWriter to)
    {
        to.Byte((int)(Vendor & 0xFF));
        to.Byte((int)((Vendor >> 8) & 0xFF));
        to.Byte((int)((Vendor >> 16) & 0xFF));
        to.Byte(Model);
        to.Byte(Version);
        to.UInt32(Serial);
        to.Byte(FirmwareMajor);
        to.Byte(FirmwareMinor);
        to.Byte(FirmwareBuild);
    }
}

/// <summary>One line of PDCAP.</summary>
/// <param name="Function">Function code, 1 to 17 in use; others are kept and ignored.</param>
/// <param name="Compliance">How much of it the reader does.</param>
/// <param name="Number">How many, or the high byte of a size.</param>
public readonly record struct Capability(byte Function, byte Compliance, byte Number);

/// <summary>What a reader says it can do (PDCAP). A wish list, never a reason to lower security: PDCAP travels in clear text.</summary>
public sealed record PdCapabilities(ImmutableArray<Capability> Lines)
{
    /// <summary>128: what must be assumed until the reader says more.</summary>
    public const int SmallestReceiveBuffer = 128;

    /// <summary>Nothing said.</summary>
    public static PdCapabilities None { get; } = new(ImmutableArray<Capability>.Empty);

    /// <summary>Inputs (function 1).</summary>
    public int Inputs => Find(1).Number;

    /// <summary>Outputs (function 2).</summary>
    public int Outputs => Find(2).Number;

    /// <summary>Lights per reader (function 4).</summary>
    public int Leds => Find(4).Number;

    /// <summary>Function 5: the reader can make a sound.</summary>
    public bool HasBuzzer => Find(5).Compliance != 0;

    /// <summary>Function 6: the reader can show text.</summary>
    public bool HasText => Find(6).Compliance != 0;

    /// <summary>Function 9 bit 0: AES-128. Shown to people, never believed for a decision.</summary>
    public bool SaysSecureChannel => (Find(9).Compliance & 1) != 0;

    /// <summary>Function 9: the reader says it still has the installation key.</summary>
    public bool SaysDefaultKey => (Find(9).Number & 1) != 0;

    /// <summary>Function 10: largest message the reader takes; 128 unless it says more.</summary>
    public int ReceiveBuffer => Math.Max(SmallestReceiveBuffer, Find(10).Compliance | (Find(10).Number << 8));

    /// <summary>Function 13: attached reader heads.</summary>
    public int Readers => Find(13).Number;

    /// <summary>Function 14: the reader has biometrics.</summary>
    public bool HasBiometrics => Find(14).Compliance != 0;

    /// <inheritdoc/>
    public bool Equals(PdCapabilities? other) => other is not null && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Lines.Length;

    private Capability Find(byte function)
    {
        foreach (var line in Lines)
        {
            if (line.Function == function)
            {
                return line;
            }
        }

        return default;
    }
}
