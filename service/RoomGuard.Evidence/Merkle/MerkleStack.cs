using System.Numerics;

namespace RoomGuard.Evidence.Merkle;

/// <summary>
/// What must be remembered of a growing tree: the heads of its complete subtrees, largest first. As many hashes as the size has one-bits,
/// at most 63, so a controller goes on from a few hundred bytes however long the record is.
/// </summary>
public sealed class MerkleStack
{
    private const int MostHashes = 63;

    private readonly byte[] hashes = new byte[MostHashes * TreeHash.Size];
    private int count;

    /// <summary>The empty tree.</summary>
    public MerkleStack()
    {
    }

    /// <summary>A tree as it was kept: its size and <see cref="Hashes"/>.</summary>
    /// <exception cref="ArgumentException">The number of hashes does not fit the size.</exception>
    public MerkleStack(long size, ReadOnlySpan<byte> kept)
    {
        if (size < 0 || kept.Length != BitOperations.PopCount((ulong)size) * TreeHash.Size)
        {
            throw new ArgumentException($"A tree of {size} entries is kept as one hash per one-bit of its size, not as {kept.Length} bytes.", nameof(kept));
        }

        Size = size;
        count = kept.Length / TreeHash.Size;
        kept.CopyTo(hashes);
    }

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>Heads of the complete subtrees, largest first, 32 bytes each. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Hashes => hashes.AsSpan(0, count * TreeHash.Size);

    /// <summary>Adds the leaf hash of the next entry.</summary>
    public void Add(ReadOnlySpan<byte> leaf)
    {
        leaf.CopyTo(At(count++));
        for (var full = Size; (full & 1) == 1; full >>= 1)
        {
            count--;
            TreeHash.Node(At(count - 1), At(count), At(count - 1));
        }

        Size++;
    }

    /// <summary>Head of the tree at its present size (RFC 6962 section 2.1).</summary>
    public byte[] Head()
    {
        if (count == 0)
        {
            return TreeHash.Empty;
        }

        var head = At(count - 1).ToArray();
        for (var next = count - 2; next >= 0; next--)
        {
            TreeHash.Node(At(next), head, head);
        }

        return head;
    }

    /// <summary>Becomes the same tree as <paramref name="other"/>.</summary>
    public void CopyFrom(MerkleStack other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.Hashes.CopyTo(hashes);
        count = other.count;
        Size = other.Size;
    }

    private Span<byte> At(int place) => hashes.AsSpan(place * TreeHash.Size, TreeHash.Size);
}
