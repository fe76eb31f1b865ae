using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Bridge.Links;

/// <summary>Parity of a serial line.</summary>
public enum SerialParity
{
    /// <summary>None.</summary>
    None,

    /// <summary>Even.</summary>
    Even,

    /// <summary>Odd.</summary>
    Odd,
}

/// <summary>How bytes travel on a serial line.</summary>
/// <param name="BaudRate">One of <see cref="Rates"/>.</param>
/// <param name="DataBits">7 or 8.</param>
/// <param name="StopBits">1 or 2.</param>
public sealed record SerialFormat(int BaudRate, int DataBits = 8, SerialParity Parity = SerialParity.None, int StopBits = 1)
{
    private static readonly Dictionary<int, uint> Speeds = new()
    {
        [1200] = 0x9,
        [2400] = 0xB,
        [4800] = 0xC,
        [9600] = 0xD,
        [19200] = 0xE,
        [38400] = 0xF,
        [57600] = 0x1001,
        [115200] = 0x1002,
        [230400] = 0x1003,
        [460800] = 0x1004,
        [921600] = 0x1007,
    };

    /// <summary>The rates a port can be set to.</summary>
    public static IReadOnlyCollection<int> Rates => Speeds.Keys;

    /// <summary>How long one character takes on the wire.</summary>
    public TimeSpan Character => TimeSpan.FromSeconds((1.0 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits) / BaudRate);

    /// <summary>The Bxxx constant of termbits.h.</summary>
    /// <exception cref="ArgumentException">Not a rate of <see cref="Rates"/>.</exception>
    internal uint Speed => Speeds.TryGetValue(BaudRate, out var speed)
        ? speed
        : throw new ArgumentException($"{BaudRate} is no rate of a serial port; use one of {string.Join(", ", Speeds.Keys)}.");

    /// <summary>"9600 8N1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaudRate} {DataBits}{Parity.ToString()[0]}{StopBits}");
}

/// <summary>Opens a serial port or pseudo-terminal. The path is looked up at each opening, so a link under <c>/dev/serial/by-id</c> that points to a new node is followed.</summary>
public sealed class SerialPort(string path, SerialFormat format) : ILinkSource
{
    /// <inheritdoc/>
    public string Name => $"serial port {path}";

    /// <inheritdoc/>
    public IByteLink Open(WakeSignal wake, CancellationToken stop) => SerialLink.Open(path, format, wake);
}

/// <summary>A serial port over termios: raw bytes, used by this program alone.</summary>
public sealed class SerialLink : IByteLink
{
    private const uint EvenParity = 0x100;
    private const uint OddParity = 0x200;
    private const uint TwoStopBits = 0x40;
    private const uint SizeMask = 0x30;
    private const uint SevenBits = 0x20;
    private const uint EightBits = 0x30;
    private const uint ReceiverOn = 0x80;
    private const uint IgnoreModemLines = 0x800;
    private const uint HardwareHandshake = 0x80000000;
    private const uint HangUpOnClose = 0x400;
    private const uint SoftwareHandshake = 0x1400;
    private const int LeastBytes = 6;
    private const int ReadTimer = 5;

    // A wire that takes no byte for a second is stuck: 1440 bytes, the longest OSDP message, take 1.5 s at 9600 baud, and the driver buffers 4 KiB.
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly SafeFileHandle fd;
    private readonly WakeSignal wake;

    private SerialLink(string path, SafeFileHandle fd, WakeSignal wake) => (this.path, this.fd, this.wake) = (path, fd, wake);

    /// <summary>Opens the port, takes it for this program alone and sets its format.</summary>
    /// <exception cref="LinkBrokenException">Missing, not allowed, in use by another program, or no serial port; names the port and what to do.</exception>
    public static SerialLink Open(string path, SerialFormat format, WakeSignal wake)
    {
        ArgumentNullException.ThrowIfNull(format);
        var fd = Libc.Open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        try
        {
            if (fd.IsInvalid)
            {
                throw new LinkBrokenException(WhyNotOpen(path, Marshal.GetLastPInvokeError()));
            }

            Take(path, fd);
            Configure(path, fd, format);
            var link = new SerialLink(path, fd, wake);
            fd = null;
            return link;
        }
        finally
        {
            fd?.Dispose();
        }
    }

    /// <inheritdoc/>
    public unsafe int Read(Span<byte> into, TimeSpan longest)
    {
        // Read first: bytes are often there already, and a hang-up must not hide bytes that came before it.
        var count = ReadNow(into);
        if (count > 0)
        {
            return count;
        }

        var seen = wake.Wait(fd, Libc.PollIn, longest);
        return (seen & ~WakeSignal.Woken) == 0 ? 0 : ReadNow(into);
    }

    /// <inheritdoc/>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        var waited = false;
        while (!bytes.IsEmpty)
        {
            nint count;
            fixed (byte* from = bytes)
            {
                count = Libc.Write(fd, from, (nuint)bytes.Length);
            }

            var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (count > 0)
            {
                bytes = bytes[(int)count..];
                waited = false;
            }
            else if (error == Libc.Eagain && !waited)
            {
                waited = true;
                WaitWritable();
            }
            else if (error != Libc.Eintr)
            {
                throw new LinkBrokenException(error == Libc.Eagain
                    ? $"Serial port {path} took no byte for {WriteLimit.TotalSeconds:0} s. Look at the adapter; pull it and put it back."
                    : WhyGone(error));
            }
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _ = Libc.Flush(fd, Libc.FlushInput);

    /// <inheritdoc/>
    public void Dispose() => fd.Dispose();

    private unsafe int ReadNow(Span<byte> into)
    {
        nint count;
        fixed (byte* start = into)
        {
            count = Libc.Read(fd, start, (nuint)into.Length);
        }

        // With VMIN = 1 an empty port says EAGAIN; 0 is a hang-up and nothing else.
        if (count > 0)
        {
            return (int)count;
        }

        var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
        return error is Libc.Eagain or Libc.Eintr ? 0 : throw new LinkBrokenException(WhyGone(error));
    }

    private unsafe void WaitWritable()
    {
        // Not woken by the signal: half a message on the wire helps nobody.
        var entry = new Libc.PollEntry { Fd = (int)fd.DangerousGetHandle(), Events = Libc.PollOut };
        var limit = new Libc.TimeSpec { Seconds = (nint)WriteLimit.TotalSeconds };
        _ = Libc.Poll(&entry, 1, &limit, null);
    }

    private static void Take(string path, SafeFileHandle fd)
    {
        // TIOCEXCL does not stop root, a lock does; so both. Not TIOCEXCL on a pseudo-terminal: the mark would outlive a killed program as long as the far end lives.
        if (Libc.Lock(fd, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
        {
            throw new LinkBrokenException(WhyInUse(path));
        }

        if (!IsPseudoTerminal(fd) && Libc.Ioctl(fd, Libc.SetExclusive, 0) != 0 && Marshal.GetLastPInvokeError() == Libc.Enotty)
        {
            throw new LinkBrokenException($"{path} is no serial port. Look at the link's path in the settings.");
        }
    }

    private static unsafe void Configure(string path, SafeFileHandle fd, SerialFormat format)
    {
        if (Libc.GetAttributes(fd, out var settings) != 0)
        {
            throw new LinkBrokenException($"{path} is no serial port: {Libc.Describe(Marshal.GetLastPInvokeError())}. Look at the link's path in the settings.");
        }

        Libc.MakeRaw(ref settings);
        settings.Input &= ~SoftwareHandshake;
        settings.Control &= ~(SizeMask | EvenParity | OddParity | TwoStopBits | HardwareHandshake | HangUpOnClose);
        settings.Control |= ReceiverOn | IgnoreModemLines
            | (format.DataBits == 7 ? SevenBits : EightBits)
            | (format.StopBits == 2 ? TwoStopBits : 0)
            | (format.Parity switch { SerialParity.Even => EvenParity, SerialParity.Odd => EvenParity | OddParity, _ => 0 });
        settings.ControlCharacters[LeastBytes] = 1;
        settings.ControlCharacters[ReadTimer] = 0;
        _ = Libc.SetSpeed(ref settings, format.Speed);

        // A pseudo-terminal takes the call and drops parity and 7 bits; only a refusal as a whole counts.
        if (Libc.SetAttributes(fd, Libc.ApplyNow, settings) != 0)
        {
            throw new LinkBrokenException($"Serial port {path} does not take {format}: {Libc.Describe(Marshal.GetLastPInvokeError())}. Set a rate its adapter knows.");
        }

        _ = Libc.Flush(fd, Libc.FlushBoth);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Only decides between two ways of locking; unreadable means a real port.")]
    private static bool IsPseudoTerminal(SafeFileHandle fd)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/self/fd/{fd.DangerousGetHandle()}", returnFinalTarget: false)?.FullName.StartsWith("/dev/pts/", StringComparison.Ordinal) == true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string WhyNotOpen(string path, int error) => error switch
    {
        Libc.Enoent => $"Serial port {path} is not there. Look whether the adapter is plugged in, and at the link's path in the settings.",
        Libc.Eacces or Libc.Eperm => $"Serial port {path} may not be opened by this account. Add it to the port's group (often dialout).",
        Libc.Ebusy => WhyInUse(path),
        Libc.Eio or Libc.Enodev or Libc.Enxio => $"Serial port {path} has no device behind it. Look whether the adapter is plugged in.",
        _ => $"Serial port {path} cannot be opened: {Libc.Describe(error)}.",
    };

    private static string WhyInUse(string path) =>
        $"Serial port {path} is in use by {PortUsers.Of(path) ?? "another program"}. Stop that program, or give this bus another port.";

    private string WhyGone(int error) => error is 0 or Libc.Eio or Libc.Enodev or Libc.Enxio
        ? $"Serial port {path} has gone: the adapter was pulled or the far end closed. Put it back; it is opened again by itself."
        : $"Serial port {path} failed: {Libc.Describe(error)}. Look at the adapter.";
}
