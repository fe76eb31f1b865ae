using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Ups;

/// <summary>The registers of one unit as last read, each with its time, and what they mean by the model. Pure.</summary>
public sealed class ModbusUpsMemory(string ups, ModbusUpsModel model)
{
    private readonly Dictionary<(ModbusTable Table, int Address), (ushort Value, DateTimeOffset At)> registers = [];

    // The words change with the inventory, once a day; a look at the state comes twice a second.
    private ImmutableSortedDictionary<UpsText, string>? words;

    /// <summary>Keeps what a block read.</summary>
    public void Take(ModbusTable table, int address, ModbusAnswer answer, DateTimeOffset at)
    {
        switch (answer)
        {
            case RegistersAnswer read:
                foreach (var (index, value) in read.Values.Index())
                {
                    registers[(table, address + index)] = (value, at);
                }

                words = model.Texts.Any(text => (text.Table ?? model.Table) == table && text.Address < address + read.Values.Length && text.Address + text.Count > address) ? null : words;
                break;
            case BitsAnswer bits:
                foreach (var (index, on) in bits.Values.Index())
                {
                    registers[(table, address + index)] = ((ushort)(on ? 1 : 0), at);
                }

                break;
        }
    }

    /// <summary>The unit as its registers describe it.</summary>
    public UpsReading Read(DateTimeOffset now)
    {
        var flags = UpsFlags.None;
        foreach (var point in model.Flags)
        {
            if (Raw(point.Table, point.Address, point.Form, out _) is { } raw && IsSet(point, raw))
            {
                flags |= point.Flag;
            }
        }

        if (model.OnLineOtherwise && (flags & (UpsFlags.OnBattery | UpsFlags.Bypass | UpsFlags.OutputOff | UpsFlags.OnLine)) == 0 && registers.Count > 0)
        {
            flags |= UpsFlags.OnLine;
        }

        var values = new List<KeyValuePair<UpsQuantity, UpsValue>>();
        foreach (var point in model.Points)
        {
            if (Raw(point.Table, point.Address, point.Form, out var at) is { } raw && point.Absent?.Contains(raw) != true && !(raw < point.From))
            {
                values.Add(new(point.Quantity, new(raw * point.Scale / point.Divisor, UpsQuality.Good, at)));
            }
        }

        return UpsJudge.Of(ups, now, flags, values, words ??= Texts());
    }

    private static bool IsSet(UpsFlagPoint point, double raw) => point.Bit is { } bit ? ((long)raw >> bit & 1) != 0 : point.Values!.Value.Contains(raw);

    private ImmutableSortedDictionary<UpsText, string> Texts()
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<UpsText, string>();
        foreach (var point in model.Texts)
        {
            var read = new ushort[point.Count];
            var whole = true;
            for (var index = 0; index < read.Length; index++)
            {
                whole &= registers.TryGetValue((point.Table ?? model.Table, point.Address + index), out var register);
                read[index] = register.Value;
            }

            if (!whole)
            {
                continue;
            }

            var text = point.DaysSince is { } start
                ? read[0] is 0 or 0xFFFF ? string.Empty : start.AddDays(read[0]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : RegisterValue.Text(model.TextOrder ?? model.WordOrder, read).Trim();
            if (text.Length > 0)
            {
                texts[point.Text] = text;
            }
        }

        return texts.ToImmutable();
    }

    private double? Raw(ModbusTable? table, int address, RegisterForm form, out DateTimeOffset at)
    {
        var width = RegisterValue.WidthOf(form)!.Value;
        Span<ushort> words = stackalloc ushort[2];
        at = default;
        for (var index = 0; index < width; index++)
        {
            if (!registers.TryGetValue((table ?? model.Table, address + index), out var register))
            {
                return null;
            }

            words[index] = register.Value;
            at = index == 0 || register.At < at ? register.At : at;
        }

        return RegisterValue.Number(form, model.WordOrder, words[..width]);
    }
}
