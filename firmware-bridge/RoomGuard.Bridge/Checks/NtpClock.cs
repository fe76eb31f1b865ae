using System.Runtime.InteropServices;

namespace RoomGuard.Bridge.Checks;

/// <summary>Whether the kernel's clock follows a time source (R-TIME-01): <c>ntp_adjtime</c>, which .NET lacks.</summary>
internal static partial class NtpClock
{
    // struct timex has 208 bytes on 64-bit Linux (adjtimex(2)); offset in it is the third long, in microseconds unless STA_NANO is set.
    private const int TimexBytes = 208;
    private const int OffsetAt = 8;
    private const int StatusAt = 40;
    private const int Unsynchronised = 0x40;
    private const int Nanoseconds = 0x2000;
    private const int ClockError = 5;

    /// <summary>Asks without changing anything.</summary>
    /// <returns>Whether it is synchronised, and the offset still to be worked off.</returns>
    internal static (bool Synchronised, TimeSpan Offset) Ask()
    {
        Span<byte> timex = stackalloc byte[TimexBytes];
        timex.Clear();
        var state = NtpAdjtime(ref MemoryMarshal.GetReference(timex));
        var status = BitConverter.ToInt32(timex[StatusAt..]);
        var offset = BitConverter.ToInt64(timex[OffsetAt..]);
        return (state != ClockError && state >= 0 && (status & Unsynchronised) == 0, TimeSpan.FromMicroseconds((status & Nanoseconds) != 0 ? offset / 1000.0 : offset));
    }

    [LibraryImport("libc", EntryPoint = "ntp_adjtime")]
    private static partial int NtpAdjtime(ref byte timex);
}
