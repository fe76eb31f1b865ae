using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using RoomGuard.Evidence.Merkle;

namespace RoomGuard.Evidence;

/// <summary>An envelope taken apart where it lies. The text parts point into the bytes read.</summary>
internal ref struct EnvelopeBytes
{
    private static readonly SearchValues<byte> KindCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    private HashBytes commitment;
    private HashBytes previous;

    internal int Boot { get; private set; }

    internal long SinceBoot { get; private set; }

    internal long N { get; private set; }

    internal DateTimeOffset At { get; private set; }

    internal ReadOnlySpan<byte> Kind { get; private set; }

    internal ReadOnlySpan<byte> Source { get; private set; }

    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> Commitment => commitment;

    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> Previous => previous;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out EnvelopeBytes parts)
    {
        parts = default;
        var rest = bytes;
        HashBytes commitment = default;
        HashBytes previous = default;
        if (!(bytes.Length <= Envelope.Longest
            && Skip(ref rest, "{\"b\":"u8) && Number(ref rest, out var boot) && boot is > 0 and <= int.MaxValue
            && Skip(ref rest, ",\"c\":\""u8) && Hash(ref rest, commitment)
            && Skip(ref rest, "\",\"k\":\""u8) && Text(ref rest, out var kind)
            && Skip(ref rest, "\",\"m\":"u8) && Number(ref rest, out var sinceBoot)
            && Skip(ref rest, ",\"n\":"u8) && Number(ref rest, out var n)
            && Skip(ref rest, ",\"p\":\""u8) && Hash(ref rest, previous)
            && Skip(ref rest, "\",\"s\":\""u8) && Text(ref rest, out var source)
            && Skip(ref rest, "\",\"t\":\""u8) && Time(ref rest, out var at)
            && rest.SequenceEqual("\",\"v\":1}"u8)
            && !kind.ContainsAnyExcept(KindCharacters)))
        {
            return false;
        }

        parts.commitment = commitment;
        parts.previous = previous;
        parts.Boot = (int)boot;
        parts.SinceBoot = sinceBoot;
        parts.N = n;
        parts.At = at;
        parts.Kind = kind;
        parts.Source = source;
        return true;
    }

    private static bool Skip(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    private static bool Number(scoped ref ReadOnlySpan<byte> rest, out long number)
    {
        var leadingZero = rest.Length > 1 && rest[0] == '0' && rest[1] is >= (byte)'0' and <= (byte)'9';
        if (!Utf8Parser.TryParse(rest, out number, out var used) || leadingZero || rest[0] is (byte)'-' or (byte)'+' || number > CanonicalJson.LargestNumber)
        {
            return false;
        }

        rest = rest[used..];
        return true;
    }

    private static bool Hash(scoped ref ReadOnlySpan<byte> rest, scoped Span<byte> hash)
    {
        const int Length = 44;
        Span<byte> again = stackalloc byte[Length];

        // Written again and compared: base64 has spare bits in its last digit, and two spellings of one hash would be two entries.
        if (rest.Length < Length
            || Base64.DecodeFromUtf8(rest[..Length], hash, out _, out var written) is not OperationStatus.Done || written != TreeHash.Size
            || Base64.EncodeToUtf8(hash, again, out _, out _) is not OperationStatus.Done || !rest.StartsWith(again))
        {
            return false;
        }

        rest = rest[Length..];
        return true;
    }

    private static bool Text(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        var end = rest.IndexOf((byte)'"');
        text = end > 0 ? rest[..end] : default;
        if (end <= 0 || text.Contains((byte)'\\') || text.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || !Utf8.IsValid(text))
        {
            return false;
        }

        rest = rest[end..];
        return true;
    }

    private static bool Time(scoped ref ReadOnlySpan<byte> rest, out DateTimeOffset at)
    {
        const int Length = 24;
        Span<char> text = stackalloc char[Length];
        at = default;
        if (rest.Length < Length || Encoding.ASCII.GetChars(rest[..Length], text) != Length
            || !DateTimeOffset.TryParseExact(text, Envelope.TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at))
        {
            return false;
        }

        rest = rest[Length..];
        return true;
    }

    [InlineArray(TreeHash.Size)]
    private struct HashBytes
    {
        private byte first;
    }
}
