using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RoomGuard.Evidence;

/// <summary>
/// Canonical JSON as the record hashes it: RFC 8785, narrowed to whole numbers within ±(2^53−1). One value has exactly one form, so a
/// checker parses, writes again and requires the same bytes.
/// </summary>
/// <remarks>
/// Members are sorted by name as UTF-16 code units; strings escape only what JSON must; duplicate names, lone surrogates and fractions are
/// refused. Text is not normalised here: whoever takes text in brings it to NFC before it becomes an entry.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The largest whole number every JSON reader keeps exactly: 2^53 − 1.</summary>
    public const long LargestNumber = (1L << 53) - 1;

    // Nesting costs stack; nothing in a record is deeper than a handful.
    private const int DeepestNesting = 64;

    /// <summary>The one canonical form of <paramref name="json"/>.</summary>
    /// <exception cref="JsonException">Not JSON, or JSON that has no canonical form; the message says what and where.</exception>
    public static byte[] Canonicalise(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        var into = new Form(json.Length);
        try
        {
            reader.Read();
            WriteValue(ref reader, into);
            if (reader.Read())
            {
                throw new JsonException("More than one value.");
            }
        }
        catch (InvalidOperationException wrongText)
        {
            throw new JsonException($"Text that is not Unicode near byte {reader.TokenStartIndex}: {wrongText.Message}", wrongText);
        }

        return into.ToArray();
    }

    /// <summary>Whether <paramref name="json"/> is its own canonical form, byte for byte.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        try
        {
            return Canonicalise(json).AsSpan().SequenceEqual(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteValue(ref Utf8JsonReader reader, Form into)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, into);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader, into);
                break;
            case JsonTokenType.String:
                WriteText(ref reader, into);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref reader, into);
                break;
            case JsonTokenType.True:
                into.Add("true"u8);
                break;
            case JsonTokenType.False:
                into.Add("false"u8);
                break;
            case JsonTokenType.Null:
                into.Add("null"u8);
                break;
            default:
                throw new UnreachableException($"No value starts with {reader.TokenType}.");
        }
    }

    // Members are written as they come and put in order afterwards; our own events come nearly sorted, and copies of small runs are cheap.
    private static void WriteObject(ref Utf8JsonReader reader, Form into)
    {
        into.Add((byte)'{');
        var (start, firstMember, sorted) = (into.Length, into.Members.Count, true);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var from = into.Length;
            WriteText(ref reader, into);
            var member = new Member(from, into.Length, 0);
            into.Add((byte)':');
            reader.Read();
            WriteValue(ref reader, into);
            sorted = sorted && (into.Members.Count == firstMember || Compare(into, into.Members[^1], member) < 0);
            into.Members.Add(member with { Until = into.Length });
            into.Add((byte)',');
        }

        var members = CollectionsMarshal.AsSpan(into.Members)[firstMember..];
        if (!sorted)
        {
            members.Sort((left, right) => Compare(into, left, right));
            for (var i = 1; i < members.Length; i++)
            {
                if (Compare(into, members[i - 1], members[i]) == 0)
                {
                    var name = Encoding.UTF8.GetString(into.From(members[i].From)[..(members[i].NameUntil - members[i].From)]);
                    throw new JsonException($"Member {name} is there twice, before byte {reader.TokenStartIndex}.");
                }
            }

            var length = into.Length - start;
            var rented = ArrayPool<byte>.Shared.Rent(length);
            into.From(start).CopyTo(rented);
            into.CutTo(start);
            foreach (var (from, _, until) in members)
            {
                into.Add(rented.AsSpan(from - start, until - from));
                into.Add((byte)',');
            }

            ArrayPool<byte>.Shared.Return(rented);
        }

        into.CloseWith((byte)'}', members.Length > 0);
        CollectionsMarshal.SetCount(into.Members, firstMember);
    }

    // By UTF-16 code units. For names of ASCII without escapes the written bytes have the same order; others are read back.
    private static int Compare(Form into, Member left, Member right)
    {
        var one = into.From(left.From)[..(left.NameUntil - left.From)];
        var other = into.From(right.From)[..(right.NameUntil - right.From)];
        return Ascii.IsValid(one) && Ascii.IsValid(other) && !one.Contains((byte)'\\') && !other.Contains((byte)'\\')
            ? one[1..^1].SequenceCompareTo(other[1..^1])
            : string.CompareOrdinal(Name(one), Name(other));

        static string Name(ReadOnlySpan<byte> written)
        {
            var reader = new Utf8JsonReader(written);
            reader.Read();
            return reader.GetString()!;
        }
    }

    private static void WriteArray(ref Utf8JsonReader reader, Form into)
    {
        into.Add((byte)'[');
        var any = false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            WriteValue(ref reader, into);
            into.Add((byte)',');
            any = true;
        }

        into.CloseWith((byte)']', any);
    }

    private static void WriteNumber(ref Utf8JsonReader reader, Form into)
    {
        // "1.0" and "1e3" are whole, but letting them in would bring back the number forms that this narrowing avoids.
        if (!reader.TryGetInt64(out var number) || number is < -LargestNumber or > LargestNumber)
        {
            throw new JsonException($"Number {Encoding.UTF8.GetString(reader.ValueSpan)} at byte {reader.TokenStartIndex}: only whole numbers within ±(2^53-1) have a canonical form here. Use a smaller unit or text.");
        }

        into.Add(number);
    }

    private static void WriteText(ref Utf8JsonReader reader, Form into)
    {
        into.Add((byte)'"');
        if (!reader.ValueIsEscaped)
        {
            // JSON lets no control character, quote or backslash stand unescaped, so unescaped text is in its canonical form already.
            if (!Utf8.IsValid(reader.ValueSpan))
            {
                throw new JsonException($"Text at byte {reader.TokenStartIndex} is not UTF-8.");
            }

            into.Add(reader.ValueSpan);
        }
        else
        {
            var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
            var text = rented.AsSpan(0, reader.CopyString(rented));
            foreach (var unit in text)
            {
                WriteEscaped(unit, into);
            }

            ArrayPool<byte>.Shared.Return(rented);
        }

        into.Add((byte)'"');
    }

    private static void WriteEscaped(byte unit, ByteList into)
    {
        switch (unit)
        {
            case (byte)'"':
                into.Add("\\\""u8);
                break;
            case (byte)'\\':
                into.Add("\\\\"u8);
                break;
            case (byte)'\b':
                into.Add("\\b"u8);
                break;
            case (byte)'\t':
                into.Add("\\t"u8);
                break;
            case (byte)'\n':
                into.Add("\\n"u8);
                break;
            case (byte)'\f':
                into.Add("\\f"u8);
                break;
            case (byte)'\r':
                into.Add("\\r"u8);
                break;
            case < 0x20:
                into.Add("\\u00"u8);
                into.Add((byte)(unit < 0x10 ? '0' : '1'));
                into.Add("0123456789abcdef"u8[unit & 0x0F]);
                break;
            default:
                into.Add(unit);
                break;
        }
    }

    /// <summary>Where a member lies in what has been written: its name with quotes, then up to the end of its value.</summary>
    private readonly record struct Member(int From, int NameUntil, int Until);

    /// <summary>What has been written, and the members of the objects that are still open.</summary>
    private sealed class Form(int expected) : ByteList(expected)
    {
        internal List<Member> Members { get; } = new(16);
    }
}

/// <summary>Bytes that grow at the end.</summary>
internal class ByteList(int expected)
{
    private byte[] bytes = new byte[Math.Max(64, expected)];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> From(int start) => bytes.AsSpan(start, Length - start);

    internal byte[] ToArray() => bytes.AsSpan(0, Length).ToArray();

    internal void CutTo(int length) => Length = length;

    internal void Add(byte one)
    {
        Room(1)[0] = one;
        Length++;
    }

    internal void Add(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        Length += more.Length;
    }

    internal void Add(long number)
    {
        number.TryFormat(Room(20), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    internal void Add(DateTime time, string form)
    {
        time.TryFormat(Room(40), out var written, form, CultureInfo.InvariantCulture);
        Length += written;
    }

    internal void AddBase64(ReadOnlySpan<byte> data)
    {
        System.Buffers.Text.Base64.EncodeToUtf8(data, Room(((data.Length + 2) / 3) * 4), out _, out var written);
        Length += written;
    }

    internal void AddUtf8(string text)
    {
        Length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    // The comma after the last member becomes the closing bracket.
    internal void CloseWith(byte bracket, bool replacesComma)
    {
        Length -= replacesComma ? 1 : 0;
        Add(bracket);
    }

    private Span<byte> Room(int more)
    {
        if (bytes.Length - Length < more)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more));
        }

        return bytes.AsSpan(Length);
    }
}
