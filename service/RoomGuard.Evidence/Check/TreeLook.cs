using System.Numerics;
using RoomGuard.Evidence.Merkle;

namespace RoomGuard.Evidence.Check;

/// <summary>A kept tree held against leaf hashes.</summary>
internal static class TreeLook
{
    /// <summary>The first of the kept subtrees that lies wholly within the leaves from <paramref name="from"/> on and has another head.</summary>
    internal static (long From, long Until)? FirstDifference(MerkleStack kept, long from, IReadOnlyList<byte[]> leaves)
    {
        var start = 0L;
        for (var place = 0; place < kept.Hashes.Length / TreeHash.Size; place++)
        {
            var size = 1L << (63 - BitOperations.LeadingZeroCount((ulong)(kept.Size - start)));
            if (start >= from)
            {
                var again = new MerkleStack();
                for (var n = start; n < start + size; n++)
                {
                    again.Add(leaves[(int)(n - from)]);
                }

                if (!again.Hashes.SequenceEqual(kept.Hashes.Slice(place * TreeHash.Size, TreeHash.Size)))
                {
                    return (start, start + size);
                }
            }

            start += size;
        }

        return null;
    }
}
