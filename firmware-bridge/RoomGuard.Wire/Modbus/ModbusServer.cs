using System.Collections.Immutable;

namespace RoomGuard.Wire.Modbus;

/// <summary>What a device holds, as its server sees it. Answers null when done, or why not.</summary>
public interface IModbusBank
{
    /// <summary>Reads coils or discrete inputs.</summary>
    ModbusError? ReadBits(ModbusTable table, int address, Span<bool> into);

    /// <summary>Reads holding or input registers.</summary>
    ModbusError? ReadRegisters(ModbusTable table, int address, Span<ushort> into);

    /// <summary>Writes coils.</summary>
    ModbusError? WriteCoils(int address, ReadOnlySpan<bool> values);

    /// <summary>Writes holding registers.</summary>
    ModbusError? WriteRegisters(int address, ReadOnlySpan<ushort> values);

    /// <summary>Who the device is, by rising number; empty when it does not know function 43.</summary>
    ImmutableArray<IdentificationObject> Identification { get; }
}

/// <summary>What a server answers. Pure: the order of checks is function, quantity, addresses, doing it.</summary>
public static class ModbusAnswers
{
    private const byte StreamAndSingle = 0x80;

    /// <summary>The answer's PDU.</summary>
    /// <param name="pdu">The request; may be anything.</param>
    public static byte[] To(ReadOnlySpan<byte> pdu, IModbusBank bank)
    {
        ArgumentNullException.ThrowIfNull(bank);
        var function = pdu.IsEmpty ? (byte)0 : pdu[0];
        var request = ModbusRequest.Parse(pdu, out var error);
        return (request is null ? new ExceptionAnswer(error!.Value) : Answer(request, bank)).ToPdu(function);
    }

    private static ModbusAnswer Answer(ModbusRequest request, IModbusBank bank)
    {
        switch (request)
        {
            case ReadBits read:
                if (read.Address + read.Count > 0x10000)
                {
                    return new ExceptionAnswer(ModbusError.IllegalDataAddress);
                }

                var bits = new bool[read.Count];
                return bank.ReadBits(read.Table, read.Address, bits) is { } noBits ? new ExceptionAnswer(noBits) : new BitsAnswer([.. bits]);
            case ReadRegisters read:
                if (read.Address + read.Count > 0x10000)
                {
                    return new ExceptionAnswer(ModbusError.IllegalDataAddress);
                }

                var values = new ushort[read.Count];
                return bank.ReadRegisters(read.Table, read.Address, values) is { } noValues ? new ExceptionAnswer(noValues) : new RegistersAnswer([.. values]);
            case WriteCoil write:
                return Written(bank.WriteCoils(write.Address, [write.On]), write.Address, write.On ? 0xFF00 : 0);
            case WriteRegister write:
                return Written(bank.WriteRegisters(write.Address, [write.Value]), write.Address, write.Value);
            case WriteCoils write:
                return write.Address + write.Values.Length > 0x10000
                    ? new ExceptionAnswer(ModbusError.IllegalDataAddress)
                    : Written(bank.WriteCoils(write.Address, write.Values.AsSpan()), write.Address, write.Values.Length);
            case WriteRegisters write:
                return write.Address + write.Values.Length > 0x10000
                    ? new ExceptionAnswer(ModbusError.IllegalDataAddress)
                    : Written(bank.WriteRegisters(write.Address, write.Values.AsSpan()), write.Address, write.Values.Length);
            default:
                return Identify((ReadIdentification)request, bank.Identification);
        }
    }

    private static ModbusAnswer Written(ModbusError? error, ushort address, int value) => error is { } why ? new ExceptionAnswer(why) : new WrittenAnswer(address, value);

    private static ModbusAnswer Identify(ReadIdentification asked, ImmutableArray<IdentificationObject> all)
    {
        if (all.IsDefaultOrEmpty)
        {
            return new ExceptionAnswer(ModbusError.IllegalFunction);
        }

        var level = (byte)(StreamAndSingle | (all[^1].Id >= 0x80 ? 3 : all[^1].Id > 2 ? 2 : 1));
        if (asked.Access == IdentificationAccess.One)
        {
            var one = all.FirstOrDefault(item => item.Id == asked.From);
            return one.Value.IsDefault
                ? new ExceptionAnswer(ModbusError.IllegalDataAddress)
                : new IdentificationAnswer(asked.Access, level, null, [one]);
        }

        var last = asked.Access switch { IdentificationAccess.Basic => 2, IdentificationAccess.Regular => 0x7F, _ => 0xFF };
        var wanted = all.Where(item => item.Id <= last).ToList();

        // A number the device does not have starts the stream again at its first object.
        var start = wanted.FindIndex(item => item.Id == asked.From);
        var objects = ImmutableArray.CreateBuilder<IdentificationObject>();
        var room = ModbusLimits.LongestPdu - 1 - 6;
        byte? next = null;
        foreach (var item in wanted.Skip(Math.Max(0, start)))
        {
            room -= 2 + item.Value.Length;
            if (room < 0)
            {
                next = item.Id;
                break;
            }

            objects.Add(item);
        }

        return new IdentificationAnswer(asked.Access, level, next, objects.ToImmutable());
    }
}

/// <summary>The answering end of one link, for all devices on it. Pure: it is told bytes and the time, and says what to send.</summary>
/// <param name="silence">RTU: the silence that ends a frame whose length cannot be told, and gives up an incomplete one.</param>
/// <param name="bankOf">The device with this address; null: not here. On TCP the unit of a direct device may be anything.</param>
public sealed class ModbusServer(ModbusFraming framing, TimeSpan silence, Func<byte, IModbusBank?> bankOf)
{
    private const int MostAnswers = 64;

    private readonly byte[] buffer = new byte[2 * ModbusLimits.LongestTcp];
    private readonly Queue<byte[]> answers = new();
    private int filled;
    private TimeSpan lastHeard;

    /// <summary>True when the stream is no Modbus any more: close the connection.</summary>
    public bool StreamLost { get; private set; }

    /// <summary>When <see cref="Tick"/> must be called; null: not at all.</summary>
    public TimeSpan? NextDue => framing == ModbusFraming.Rtu && filled > 0 ? lastHeard + silence : null;

    /// <summary>Bytes from the link.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        Tick(now);
        lastHeard = now;
        while (!bytes.IsEmpty && !StreamLost)
        {
            if (filled == buffer.Length)
            {
                // No request is that long: it is noise without a pause.
                filled = 0;
            }

            var taken = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..taken].CopyTo(buffer.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            while (framing == ModbusFraming.Rtu ? TakeRtu() : TakeTcp())
            {
            }
        }
    }

    /// <summary>Time passes: silence ends a frame of unknown length and gives up what is incomplete.</summary>
    public void Tick(TimeSpan now)
    {
        if (NextDue is { } due && now >= due)
        {
            if (RtuFrame.IsWhole(buffer.AsSpan(0, filled)))
            {
                Answer(buffer.AsSpan(0, filled));
            }

            filled = 0;
        }
    }

    /// <summary>The next answer, framed.</summary>
    public bool TryTake(out byte[] answer) => answers.TryDequeue(out answer!);

    private bool TakeRtu()
    {
        var bytes = buffer.AsSpan(0, filled);
        if (RtuFrame.RequestLength(bytes) is not { } length || bytes.Length < length)
        {
            return false;
        }

        // A frame that is wrong stays until silence: its length may be the damaged part.
        if (!RtuFrame.IsWhole(bytes[..length]))
        {
            return false;
        }

        Answer(bytes[..length]);
        Drop(length);
        return filled > 0;
    }

    private void Answer(ReadOnlySpan<byte> frame)
    {
        if (bankOf(frame[0]) is { } bank)
        {
            var answer = ModbusAnswers.To(frame[1..^2], bank);

            // Address 0 is everybody: done, and answered by nobody.
            if (frame[0] != 0 && answers.Count < MostAnswers)
            {
                answers.Enqueue(RtuFrame.Of(frame[0], answer));
            }
        }
    }

    private bool TakeTcp()
    {
        var scan = MbapFrame.Next(buffer.AsSpan(0, filled));
        StreamLost |= scan.Lost;
        if (scan.HasFrame && answers.Count < MostAnswers)
        {
            var pdu = buffer.AsSpan(MbapFrame.HeaderLength, scan.PduLength);
            var answer = bankOf(scan.Header.Unit) is { } bank
                ? ModbusAnswers.To(pdu, bank)
                : new ExceptionAnswer(ModbusError.GatewayTarget).ToPdu(pdu[0]);
            answers.Enqueue(MbapFrame.Of(scan.Header, answer));
        }

        Drop(scan.Consumed);
        return scan.Consumed > 0 && filled > 0;
    }

    private void Drop(int count)
    {
        buffer.AsSpan(count, filled - count).CopyTo(buffer);
        filled -= count;
    }
}
