using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.Readers;

/// <summary>What a wire is reached through.</summary>
public enum LinkKind
{
    /// <summary>A serial port or pseudo-terminal of this machine.</summary>
    Serial,

    /// <summary>A serial device server (or a simulator) over TCP.</summary>
    Tcp,
}

/// <summary>Where one wire is.</summary>
/// <param name="Kind">Serial or TCP.</param>
/// <param name="Path">The port's path; prefer the stable name under <c>/dev/serial/by-id</c>. Only for serial.</param>
/// <param name="Host">Name or address. Only for TCP.</param>
/// <param name="Port">1 to 65535. Only for TCP.</param>
public sealed record LinkSettings(LinkKind Kind, string? Path = null, string? Host = null, int? Port = null)
{
    /// <summary>What is wrong, one line each with the remedy; empty when nothing is.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (Kind == LinkKind.Serial)
        {
            if (string.IsNullOrWhiteSpace(Path))
            {
                yield return $"{place}.path: a serial link needs the path of its port, e.g. \"/dev/serial/by-id/…\".";
            }

            if (Host is not null || Port is not null)
            {
                yield return $"{place}: a serial link has no host or port; remove them, or set kind to \"tcp\".";
            }
        }
        else
        {
            if (string.IsNullOrWhiteSpace(Host))
            {
                yield return $"{place}.host: a TCP link needs the name or address of its device server.";
            }

            if (Port is not (>= 1 and <= 65535))
            {
                yield return $"{place}.port: {(Port is { } port ? $"{port} is not" : "missing;")} a TCP port is 1 to 65535.";
            }

            if (Path is not null)
            {
                yield return $"{place}.path: a TCP link has no path; remove it, or set kind to \"serial\".";
            }
        }
    }
}

/// <summary>Whether a reader may be spoken to in the clear.</summary>
public enum SecureChannelUse
{
    /// <summary>Only over a secure channel with its own key. A reader that makes none is refused and alarmed.</summary>
    Required,

    /// <summary>In the clear, for a written reason; stands as a finding as long as it lasts.</summary>
    ClearText,
}

/// <summary>One reader on a bus.</summary>
/// <param name="Id">The device's name at this site, e.g. <c>reader-srv-in</c>.</param>
/// <param name="Address">OSDP address, 0 to 126.</param>
/// <param name="Door">The door it stands at.</param>
/// <param name="Side">Outside (Entry) or inside (Exit).</param>
/// <param name="CardFormat">How its card bits are to be read, e.g. <c>H10301</c>.</param>
/// <param name="SecureChannel">Default: required.</param>
/// <param name="ClearTextReason">Why clear text is tolerated here; needed with, and only with, ClearText.</param>
public sealed record ReaderSettings(
    string Id,
    int Address,
    string Door,
    ReaderSide Side,
    string CardFormat = "H10301",
    SecureChannelUse SecureChannel = SecureChannelUse.Required,
    string? ClearTextReason = null);

/// <summary>One RS-485 wire with its readers.</summary>
/// <param name="Id">The wire's name at this site, e.g. <c>bus-1</c>.</param>
/// <param name="Link">Where the wire is.</param>
/// <param name="Readers">1 to 127 readers, each with its own address.</param>
/// <param name="BaudRate">9600, 19200, 38400, 57600, 115200 or 230400. Poll more than two readers at 38400 or faster (osdp.md section 1).</param>
/// <param name="PollInterval">How often each reader is asked; 20 ms to 1 s; null: 50 ms.</param>
public sealed record BusSettings(
    string Id,
    LinkSettings Link,
    ImmutableArray<ReaderSettings> Readers,
    int BaudRate = 9600,
    TimeSpan? PollInterval = null)
{
    /// <summary>The rates OSDP knows (SIA OSDP 2.2, section 5.1).</summary>
    public static readonly ImmutableArray<int> BaudRates = [9600, 19200, 38400, 57600, 115200, 230400];

    private const int ShortestReason = 10;

    /// <summary>What is wrong, one line each naming place, value and remedy; empty when nothing is.</summary>
    /// <param name="place">Where this record stands in its file, e.g. <c>buses[0]</c>.</param>
    public IEnumerable<string> Problems(string place)
    {
        if (string.IsNullOrWhiteSpace(Id))
        {
            yield return $"{place}.id: give the bus a name, e.g. \"bus-1\".";
        }

        if (!BaudRates.Contains(BaudRate))
        {
            yield return $"{place}.baudRate: {BaudRate} is not a rate of OSDP; use one of {string.Join(", ", BaudRates)}.";
        }

        if (PollInterval is { } interval && (interval < TimeSpan.FromMilliseconds(20) || interval > TimeSpan.FromSeconds(1)))
        {
            yield return $"{place}.pollInterval: {interval} is outside 00:00:00.020 to 00:00:01; leave it out for 50 ms.";
        }

        foreach (var problem in Link.Problems($"{place}.link"))
        {
            yield return problem;
        }

        if (Readers.IsDefaultOrEmpty)
        {
            yield return $"{place}.readers: a bus without readers is not needed; add one or remove the bus.";
            yield break;
        }

        foreach (var (index, reader) in Readers.Index())
        {
            foreach (var problem in ProblemsOf(reader, $"{place}.readers[{index}]"))
            {
                yield return problem;
            }
        }

        foreach (var twice in Readers.GroupBy(reader => reader.Address).Where(group => group.Count() > 1))
        {
            yield return $"{place}.readers: address {twice.Key} is given to {string.Join(" and ", twice.Select(reader => reader.Id))}; two readers at one address answer at once. Give each its own.";
        }
    }

    private static IEnumerable<string> ProblemsOf(ReaderSettings reader, string place)
    {
        if (string.IsNullOrWhiteSpace(reader.Id))
        {
            yield return $"{place}.id: give the reader a name, e.g. \"reader-srv-in\".";
        }

        if (reader.Address is not (>= 0 and <= 0x7E))
        {
            yield return $"{place}.address: {reader.Address} is outside 0 to 126.";
        }

        if (string.IsNullOrWhiteSpace(reader.Door))
        {
            yield return $"{place}.door: name the door this reader stands at.";
        }

        if (reader.SecureChannel == SecureChannelUse.ClearText && (reader.ClearTextReason?.Trim().Length ?? 0) < ShortestReason)
        {
            yield return $"{place}.clearTextReason: clear text needs a written reason of at least {ShortestReason} characters, or set secureChannel to \"Required\".";
        }

        if (reader.SecureChannel == SecureChannelUse.Required && reader.ClearTextReason is not null)
        {
            yield return $"{place}.clearTextReason: only for \"ClearText\"; remove it.";
        }
    }
}

/// <summary>Where a door's strike hangs.</summary>
/// <param name="Reader">The reader whose relay it is.</param>
/// <param name="Output">Output number at that reader, from 0.</param>
public sealed record StrikePoint(string Reader, int Output);

/// <summary>Where a contact or button of a door is wired.</summary>
/// <param name="Reader">The reader whose input it is.</param>
/// <param name="Input">Input number at that reader, from 0.</param>
/// <param name="Inverted">False: active means open leaf or pressed button. True: the other way round.</param>
/// <param name="Debounce">How long a change must stay before it counts; null: at once.</param>
public sealed record InputPoint(string Reader, int Input, bool Inverted = false, TimeSpan? Debounce = null);

/// <summary>What of a door hangs on the readers' wires.</summary>
/// <param name="Unlock">How long an exit request releases the strike.</param>
/// <param name="Contact">Null: this door has no contact, its leaf stays Unknown.</param>
/// <param name="ExitRequest">Null: no exit button; the way out is mechanical.</param>
public sealed record DoorWiring(DoorId Door, TimeSpan Unlock, StrikePoint Strike, InputPoint? Contact, InputPoint? ExitRequest);
