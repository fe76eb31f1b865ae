using System.Buffers;
using System.Text;

namespace RoomGuard.Evidence;

/// <summary>
/// What is hashed for each entry: a small canonical JSON object without personal data, members <c>b c k m n p s t v</c> in that order. Its
/// leaf hash is the leaf of the tree, and the next envelope names it.
/// </summary>
/// <param name="N">Number of the entry, from 0: its place in the tree. Order comes from here and never from a time.</param>
/// <param name="Previous">Leaf hash of entry N−1; 32 zero bytes for the first.</param>
/// <param name="Source">Site and room id.</param>
/// <param name="Kind">Such as <c>door.granted</c>.</param>
/// <param name="At">UTC, whole milliseconds, by the wall clock of the writer.</param>
/// <param name="Boot">How often the log had been opened for writing, from 1.</param>
/// <param name="SinceBoot">Milliseconds since then by a clock that nobody can turn.</param>
/// <param name="Commitment">See <see cref="PayloadCommitment"/>.</param>
public sealed record Envelope(
    long N, ReadOnlyMemory<byte> Previous, string Source, string Kind, DateTimeOffset At, int Boot, long SinceBoot, ReadOnlyMemory<byte> Commitment)
{
    /// <summary>Version of this form, member <c>v</c>.</summary>
    public const int Version = 1;

    /// <summary>Longest envelope in bytes: an entry bundle of C2SP tlog-tiles writes the length in two bytes.</summary>
    public const int Longest = 65_535;

    private const int LongestName = 200;
    internal const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly SearchValues<char> KindCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>Whether a kind is lower-case ASCII words joined by dots and hyphens, up to 200 characters.</summary>
    public static bool IsKind(string kind) =>
        kind is { Length: > 0 and <= LongestName } && !kind.AsSpan().ContainsAnyExcept(KindCharacters);

    /// <summary>Whether a source can stand in an envelope as it is: 1 to 200 characters, none of them a control, a quote or a backslash.</summary>
    public static bool IsSource(string source) =>
        source is { Length: > 0 and <= LongestName } && source.All(unit => !char.IsControl(unit) && unit is not ('"' or '\\'))
        && source.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    /// <summary>The canonical bytes, the ones to hash and to store.</summary>
    public byte[] ToBytes()
    {
        var into = new ByteList(256);
        into.Add("{\"b\":"u8);
        into.Add(Boot);
        into.Add(",\"c\":\""u8);
        into.AddBase64(Commitment.Span);
        into.Add("\",\"k\":\""u8);
        into.AddUtf8(Kind);
        into.Add("\",\"m\":"u8);
        into.Add(SinceBoot);
        into.Add(",\"n\":"u8);
        into.Add(N);
        into.Add(",\"p\":\""u8);
        into.AddBase64(Previous.Span);
        into.Add("\",\"s\":\""u8);
        into.AddUtf8(Source);
        into.Add("\",\"t\":\""u8);
        into.Add(At.UtcDateTime, TimeForm);
        into.Add("\",\"v\":1}"u8);
        return into.ToArray();
    }

    /// <summary>Reads an envelope that is exactly in its one form.</summary>
    /// <returns>False when anything differs: a member missing, added, doubled or out of order, white space, another number form, another version.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Envelope? envelope)
    {
        envelope = null;
        if (!EnvelopeBytes.TryRead(bytes, out var parts))
        {
            return false;
        }

        envelope = new(
            parts.N, parts.Previous.ToArray(), Encoding.UTF8.GetString(parts.Source), Encoding.UTF8.GetString(parts.Kind),
            parts.At, parts.Boot, parts.SinceBoot, parts.Commitment.ToArray());
        return true;
    }
}
