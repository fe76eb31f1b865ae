using System.Collections.Immutable;

namespace RoomGuard.Evidence.Merkle;

/// <summary>Head of the entries <paramref name="from"/> (included) to <paramref name="until"/> (not included). Asked only for ranges that are nodes of the tree.</summary>
public delegate byte[] RangeHead(long from, long until);

/// <summary>
/// Proofs that an entry is in the record and that an older record is the beginning of a newer one: making them (RFC 6962 sections 2.1.1 and
/// 2.1.2) and checking them (RFC 9162 sections 2.1.3.2 and 2.1.4.2). Pure. Sizes are 64 bits throughout.
/// </summary>
public static class MerkleProof
{
    /// <summary>Hashes from the sibling of entry <paramref name="index"/> up to the head of the first <paramref name="size"/> entries.</summary>
    public static ImmutableArray<byte[]> Inclusion(long index, long size, RangeHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = ImmutableArray.CreateBuilder<byte[]>();
        var (from, until) = (0L, size);
        while (until - from > 1)
        {
            var split = from + TreeHash.Split(until - from);
            if (index < split)
            {
                proof.Add(head(split, until));
                until = split;
            }
            else
            {
                proof.Add(head(from, split));
                from = split;
            }
        }

        proof.Reverse();
        return proof.DrainToImmutable();
    }

    /// <summary>Hashes that show the first <paramref name="oldSize"/> entries to be the beginning of the first <paramref name="newSize"/>.</summary>
    public static ImmutableArray<byte[]> Consistency(long oldSize, long newSize, RangeHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        if (oldSize == 0 || oldSize == newSize)
        {
            return [];
        }

        var proof = ImmutableArray.CreateBuilder<byte[]>();
        var (from, until, oldUntil, whole) = (0L, newSize, oldSize, true);
        while (oldUntil != until)
        {
            var split = from + TreeHash.Split(until - from);
            if (oldUntil <= split)
            {
                proof.Add(head(split, until));
                until = split;
            }
            else
            {
                proof.Add(head(from, split));
                from = split;
                whole = false;
            }
        }

        // When the old tree is one node on the left edge its head is known to the checker and not repeated.
        if (!whole)
        {
            proof.Add(head(from, until));
        }

        proof.Reverse();
        return proof.DrainToImmutable();
    }

    /// <summary>Whether <paramref name="proof"/> shows that <paramref name="leaf"/> is entry <paramref name="index"/> of the tree with this head.</summary>
    public static bool VerifyInclusion(long index, long size, ReadOnlySpan<byte> leaf, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || !AreHashes(leaf, proof, root))
        {
            return false;
        }

        var (first, last) = (index, size - 1);
        var hash = leaf.ToArray();
        foreach (var step in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((first & 1) == 1 || first == last)
            {
                TreeHash.Node(step, hash, hash);
                while ((first & 1) == 0 && first != 0)
                {
                    (first, last) = (first >> 1, last >> 1);
                }
            }
            else
            {
                TreeHash.Node(hash, step, hash);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the tree with <paramref name="oldRoot"/> is the beginning of the one with
    /// <paramref name="newRoot"/>. Both heads are computed and compared: comparing the new one only would accept a rewritten past.
    /// </summary>
    public static bool VerifyConsistency(long oldSize, long newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 0 || oldSize > newSize || oldRoot.Length != TreeHash.Size || !AreHashes(oldRoot, proof, newRoot))
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        }

        if (oldSize == 0)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(TreeHash.Empty);
        }

        if (proof.Count == 0)
        {
            return false;
        }

        var isPowerOfTwo = (oldSize & (oldSize - 1)) == 0;
        var seed = isPowerOfTwo ? oldRoot : proof[0];
        var (oldHash, newHash) = (seed.ToArray(), seed.ToArray());
        var (first, last) = (oldSize - 1, newSize - 1);
        while ((first & 1) == 1)
        {
            (first, last) = (first >> 1, last >> 1);
        }

        for (var i = isPowerOfTwo ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((first & 1) == 1 || first == last)
            {
                TreeHash.Node(proof[i], oldHash, oldHash);
                TreeHash.Node(proof[i], newHash, newHash);
                while ((first & 1) == 0 && first != 0)
                {
                    (first, last) = (first >> 1, last >> 1);
                }
            }
            else
            {
                TreeHash.Node(newHash, proof[i], newHash);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && oldRoot.SequenceEqual(oldHash) && newRoot.SequenceEqual(newHash);
    }

    private static bool AreHashes(ReadOnlySpan<byte> one, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> other) =>
        one.Length == TreeHash.Size && other.Length == TreeHash.Size && proof.All(hash => hash.Length == TreeHash.Size);
}
