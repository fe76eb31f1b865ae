using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RoomGuard.Evidence.Merkle;
using RoomGuard.UnitTests.Evidence.Vectors;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class MerkleTests
{
    private static readonly byte[][] Classic =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(data => TreeHash.Leaf(Convert.FromHexString(data)))];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 12)];

    [Fact]
    public void Hashes_and_heads_of_the_classic_leaves_are_the_vectors()
    {
        var hash = EvidenceVectors.All.GetProperty("hash");
        Assert.Equal(hash.GetProperty("empty_tree").Hex(), TreeHash.Empty);
        foreach (var leaf in hash.GetProperty("leaf_hashes").EnumerateArray())
        {
            Assert.Equal(leaf.GetProperty("leaf_hash").Hex(), TreeHash.Leaf(leaf.GetProperty("data_hex").Hex()));
        }

        var node = hash.GetProperty("node_example");
        Assert.Equal(node.GetProperty("node").Hex(), TreeHash.Node(node.GetProperty("left").Hex(), node.GetProperty("right").Hex()));
        foreach (var root in hash.GetProperty("roots").EnumerateArray())
        {
            var size = root.GetProperty("size").GetInt32();
            Assert.Equal(root.GetProperty("root").Hex(), Stack(Classic, size).Head());
            Assert.Equal(root.GetProperty("root").Hex(), Head(Classic, 0, size));
        }
    }

    [Fact]
    public void Proofs_over_the_classic_leaves_are_the_vectors()
    {
        foreach (var vector in EvidenceVectors.All.GetProperty("inclusion").EnumerateArray())
        {
            Inclusion(vector, Classic);
        }

        foreach (var vector in EvidenceVectors.All.GetProperty("consistency").EnumerateArray())
        {
            Consistency(vector, Classic, vector.GetProperty("old_root").Hex(), vector.GetProperty("new_root").Hex());
        }
    }

    [Fact]
    public void A_tree_of_seventy_thousand_is_the_vectors()
    {
        var tree = EvidenceVectors.All.GetProperty("tree_entry_i");
        var leaves = Enumerable.Range(0, 70_000).Select(i => TreeHash.Leaf(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry-{i}")))).ToArray();
        var roots = tree.GetProperty("roots").EnumerateArray().ToDictionary(root => root.GetProperty("size").GetInt32(), root => root.GetProperty("root").Hex());
        var stack = new MerkleStack();
        foreach (var leaf in leaves)
        {
            stack.Add(leaf);
            if (roots.TryGetValue((int)stack.Size, out var root))
            {
                Assert.Equal(root, stack.Head());
                Assert.Equal(root, new MerkleStack(stack.Size, stack.Hashes).Head());
            }
        }

        Assert.Equal(14, roots.Count);
        foreach (var vector in tree.GetProperty("inclusion").EnumerateArray())
        {
            Inclusion(vector, leaves, roots[vector.GetProperty("size").GetInt32()]);
        }

        foreach (var vector in tree.GetProperty("consistency").EnumerateArray())
        {
            Consistency(vector, leaves, roots[vector.GetProperty("old").GetInt32()], roots[vector.GetProperty("new").GetInt32()]);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Head_by_stack_is_head_by_definition_and_a_kept_stack_goes_on(int seed)
    {
        var chance = new Random(seed);
        var leaves = Leaves(chance, chance.Next(1, 900));
        var stack = new MerkleStack();
        foreach (var leaf in leaves)
        {
            stack.Add(leaf);
            stack = chance.Next(10) == 0 ? new(stack.Size, stack.Hashes) : stack;
        }

        Assert.Equal(Head(leaves, 0, leaves.Length), stack.Head());
        Assert.Throws<ArgumentException>(() => new MerkleStack(stack.Size + 1, new byte[stack.Hashes.Length + 7]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_inclusion_proof_verifies_and_every_change_to_it_is_refused(int seed)
    {
        var chance = new Random(seed);
        var leaves = Leaves(chance, chance.Next(2, 600));
        for (var round = 0; round < 20; round++)
        {
            var size = chance.Next(1, leaves.Length + 1);
            var index = chance.Next(size);
            var root = Head(leaves, 0, size);
            var proof = MerkleProof.Inclusion(index, size, (from, until) => Head(leaves, (int)from, (int)until));

            Assert.True(MerkleProof.VerifyInclusion(index, size, leaves[index], proof, root));
            Assert.True(proof.Length <= Math.Ceiling(Math.Log2(Math.Max(2, size))));
            foreach (var (change, changed) in Changes(chance, proof))
            {
                Assert.False(MerkleProof.VerifyInclusion(index, size, leaves[index], changed, root), change);
            }

            Assert.False(MerkleProof.VerifyInclusion(index, size, Flip(chance, leaves[index]), proof, root));
            Assert.False(MerkleProof.VerifyInclusion(index, size, leaves[index], proof, Flip(chance, root)));
            Assert.False(MerkleProof.VerifyInclusion(index + 1, size, leaves[index], proof, root));
            Assert.False(MerkleProof.VerifyInclusion(size, size, leaves[index], proof, root));
            Assert.False(MerkleProof.VerifyInclusion(-1, size, leaves[index], proof, root));
            Assert.False(MerkleProof.VerifyInclusion(index, size, leaves[index].AsSpan(0, 31), proof, root));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_consistency_proof_verifies_and_every_change_to_it_is_refused(int seed)
    {
        var chance = new Random(seed);
        var leaves = Leaves(chance, chance.Next(2, 600));
        for (var round = 0; round < 20; round++)
        {
            var newSize = chance.Next(1, leaves.Length + 1);
            var oldSize = chance.Next(newSize + 1);
            var (oldRoot, newRoot) = (Head(leaves, 0, oldSize), Head(leaves, 0, newSize));
            var proof = MerkleProof.Consistency(oldSize, newSize, (from, until) => Head(leaves, (int)from, (int)until));

            Assert.True(MerkleProof.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, proof));
            foreach (var (change, changed) in Changes(chance, proof))
            {
                Assert.False(MerkleProof.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, changed), change);
            }

            Assert.False(MerkleProof.VerifyConsistency(oldSize, newSize, Flip(chance, oldRoot), newRoot, proof));
            Assert.Equal(oldSize == 0, MerkleProof.VerifyConsistency(oldSize, newSize, oldRoot, Flip(chance, newRoot), proof));
            Assert.False(MerkleProof.VerifyConsistency(newSize + 1, newSize, oldRoot, newRoot, proof));
        }
    }

    [Fact]
    public void A_past_rewritten_under_the_same_size_has_no_consistency_proof()
    {
        var chance = new Random(7);
        var leaves = Leaves(chance, 300);
        byte[][] rewritten = [.. leaves];
        rewritten[100] = Flip(chance, rewritten[100]);
        var proof = MerkleProof.Consistency(200, 300, (from, until) => Head(rewritten, (int)from, (int)until));

        Assert.True(MerkleProof.VerifyConsistency(200, 300, Head(rewritten, 0, 200), Head(rewritten, 0, 300), proof));
        Assert.False(MerkleProof.VerifyConsistency(200, 300, Head(leaves, 0, 200), Head(rewritten, 0, 300), proof));
        Assert.True(MerkleProof.VerifyConsistency(100, 300, Head(leaves, 0, 100), Head(rewritten, 0, 300), MerkleProof.Consistency(100, 300, (from, until) => Head(rewritten, (int)from, (int)until))));
    }

    [Fact]
    public void Sizes_beyond_32_bits_are_no_special_case()
    {
        var leaf = TreeHash.Leaf("x"u8);
        var size = (1L << 40) + 1;
        var proof = MerkleProof.Inclusion(size - 1, size, (_, _) => leaf);

        Assert.Single(proof);
        Assert.True(MerkleProof.VerifyInclusion(size - 1, size, leaf, proof, TreeHash.Node(leaf, leaf)));
        Assert.Equal(1L << 40, TreeHash.Split(size));
        Assert.Equal(1L << 39, TreeHash.Split(1L << 40));
    }

    /// <summary>
    /// 139 vectors of transparency-dev/merkle (Apache-2.0), which are not ours to ship: run where ROOMGUARD_MERKLE_VECTORS names the file.
    /// </summary>
    [Fact]
    public void Vectors_of_others_agree_where_they_are_at_hand()
    {
        if (Environment.GetEnvironmentVariable("ROOMGUARD_MERKLE_VECTORS") is not { Length: > 0 } file)
        {
            return;
        }

        using var vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var vector in vectors.RootElement.GetProperty("inclusion").EnumerateArray())
        {
            var verified = MerkleProof.VerifyInclusion(Number("leafIdx"), Number("treeSize"), Hash("leafHash"), Proof(), Hash("root"));
            Assert.True(verified != vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());

            long Number(string name) => unchecked((long)vector.GetProperty(name).GetUInt64());
            byte[] Hash(string name) => vector.GetProperty(name).GetBytesFromBase64();
            byte[][] Proof() => [.. vector.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
        }

        foreach (var vector in vectors.RootElement.GetProperty("consistency").EnumerateArray())
        {
            var verified = MerkleProof.VerifyConsistency(Number("size1"), Number("size2"), Hash("root1"), Hash("root2"), Proof());
            Assert.True(verified != vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());

            long Number(string name) => unchecked((long)vector.GetProperty(name).GetUInt64());
            byte[] Hash(string name) => vector.GetProperty(name).GetBytesFromBase64();
            byte[][] Proof() => [.. vector.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
        }
    }

    private static void Inclusion(JsonElement vector, byte[][] leaves, byte[]? root = null)
    {
        var (index, size) = (vector.GetProperty("index").GetInt32(), vector.GetProperty("size").GetInt32());
        var expected = vector.GetProperty("proof").Hashes();
        root ??= vector.GetProperty("root").Hex();

        Assert.Equal(expected, MerkleProof.Inclusion(index, size, (from, until) => Head(leaves, (int)from, (int)until)));
        Assert.True(MerkleProof.VerifyInclusion(index, size, leaves[index], expected, root));
    }

    private static void Consistency(JsonElement vector, byte[][] leaves, byte[] oldRoot, byte[] newRoot)
    {
        var (oldSize, newSize) = (vector.GetProperty("old").GetInt32(), vector.GetProperty("new").GetInt32());
        var expected = vector.GetProperty("proof").Hashes();

        Assert.Equal(expected, MerkleProof.Consistency(oldSize, newSize, (from, until) => Head(leaves, (int)from, (int)until)));
        Assert.True(MerkleProof.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, expected));
    }

    // RFC 6962 section 2.1, word for word, so that it shares nothing with the stack.
    private static byte[] Head(byte[][] leaves, int from, int until) => (until - from) switch
    {
        0 => TreeHash.Empty,
        1 => leaves[from],
        var size => TreeHash.Node(Head(leaves, from, from + LargestPowerBelow(size)), Head(leaves, from + LargestPowerBelow(size), until)),
    };

    private static int LargestPowerBelow(int size)
    {
        var power = 1;
        while (power * 2 < size)
        {
            power *= 2;
        }

        return power;
    }

    private static MerkleStack Stack(byte[][] leaves, int size)
    {
        var stack = new MerkleStack();
        foreach (var leaf in leaves.Take(size))
        {
            stack.Add(leaf);
        }

        return stack;
    }

    private static byte[][] Leaves(Random chance, int count) => [.. Enumerable.Range(0, count).Select(_ => TreeHash.Leaf(BitConverter.GetBytes(chance.NextInt64())))];

    private static byte[] Flip(Random chance, byte[] hash)
    {
        byte[] flipped = [.. hash];
        flipped[chance.Next(32)] ^= (byte)(1 << chance.Next(8));
        return flipped;
    }

    private static IEnumerable<(string Change, ImmutableArray<byte[]> Proof)> Changes(Random chance, ImmutableArray<byte[]> proof)
    {
        yield return ("added at the end", proof.Add(TreeHash.Leaf("more"u8)));
        yield return ("added in front", proof.Insert(0, TreeHash.Leaf("more"u8)));
        for (var i = 0; i < proof.Length; i++)
        {
            yield return ($"bit of {i}", proof.SetItem(i, Flip(chance, proof[i])));
            yield return ($"without {i}", proof.RemoveAt(i));
            yield return ($"{i} too short", proof.SetItem(i, proof[i][..31]));
            if (i > 0)
            {
                yield return ($"{i} and the one before swapped", proof.SetItem(i, proof[i - 1]).SetItem(i - 1, proof[i]));
            }
        }
    }
}
