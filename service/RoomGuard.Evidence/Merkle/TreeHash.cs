using System.Numerics;
using System.Security.Cryptography;

namespace RoomGuard.Evidence.Merkle;

/// <summary>Hashes of the record's tree: SHA-256 with a prefix that keeps leaves and nodes apart (RFC 6962 section 2.1, RFC 9162 section 2.1).</summary>
public static class TreeHash
{
    /// <summary>Bytes in every hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int LargestOnStack = 1024;

    /// <summary>Head of the tree with no entries: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>Hash of one entry: SHA-256(00h ‖ entry).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[Size];
        Leaf(entry, hash);
        return hash;
    }

    /// <summary>Hash of one entry, into <paramref name="hash"/>.</summary>
    public static void Leaf(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        Span<byte> room = entry.Length < LargestOnStack ? stackalloc byte[LargestOnStack] : new byte[entry.Length + 1];
        var prefixed = room[..(entry.Length + 1)];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        SHA256.HashData(prefixed, hash);
    }

    /// <summary>Hash of an inner node: SHA-256(01h ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Size];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>Hash of an inner node, into <paramref name="hash"/>, which may be one of the two.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Size)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Size)..]);
        SHA256.HashData(prefixed, hash);
    }

    /// <summary>Where a tree of <paramref name="size"/> leaves parts: the largest power of two strictly below it. Size is 2 or more.</summary>
    public static long Split(long size) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(size - 1)));
}
