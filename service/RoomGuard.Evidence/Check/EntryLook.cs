using RoomGuard.Evidence.Merkle;

namespace RoomGuard.Evidence.Check;

/// <summary>One entry looked at by itself: pure, the same eyes for opening a log and for checking it.</summary>
internal static class EntryLook
{
    /// <summary>Form, number and leaf of the entry that lies at place <paramref name="n"/>.</summary>
    /// <param name="n">Its place.</param>
    /// <param name="envelope">The bytes stored there.</param>
    /// <param name="leaf">The leaf hash stored beside them.</param>
    /// <param name="expected">Takes the leaf hash they really have.</param>
    /// <param name="parts">Set whenever the envelope could be read.</param>
    /// <param name="readable">Whether it could.</param>
    /// <returns>Null when it is sound.</returns>
    internal static CheckFinding? Envelope(long n, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> leaf, scoped Span<byte> expected, out EnvelopeBytes parts, out bool readable)
    {
        TreeHash.Leaf(envelope, expected);
        readable = EnvelopeBytes.TryRead(envelope, out parts);
        if (!leaf.SequenceEqual(expected))
        {
            return new(n, CheckSource.Leaf, CheckFault.LeafDiffers, $"stored leaf {Hex(leaf)}, envelope hashes to {Hex(expected)}");
        }

        if (!readable)
        {
            return new(n, CheckSource.Envelope, CheckFault.EnvelopeNotCanonical, $"{envelope.Length} bytes that are not an envelope of version {Evidence.Envelope.Version} in its one form");
        }

        return parts.N == n ? null : new(n, CheckSource.Envelope, CheckFault.WrongNumber, $"the envelope says {parts.N}");
    }

    /// <summary>Whether the next envelope names this leaf.</summary>
    internal static CheckFinding? Chain(long n, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> namedByNext) =>
        leaf.SequenceEqual(namedByNext)
            ? null
            : new(n, CheckSource.Chain, CheckFault.ChainBroken, n < 0 ? "the first entry names an entry before it" : $"entry {n + 1} names leaf {Hex(namedByNext)}, here it is {Hex(leaf)}");

    /// <summary>Payload and salt against the commitment.</summary>
    internal static CheckFinding? Payload(long n, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> salt)
    {
        Span<byte> expected = stackalloc byte[TreeHash.Size];
        if (salt.Length != PayloadCommitment.SaltLength)
        {
            return new(n, CheckSource.Payload, CheckFault.CommitmentDiffers, $"the salt has {salt.Length} bytes");
        }

        PayloadCommitment.Of(salt, payload, expected);
        if (!commitment.SequenceEqual(expected))
        {
            return new(n, CheckSource.Payload, CheckFault.CommitmentDiffers, $"committed to {Hex(commitment)}, payload and salt give {Hex(expected)}");
        }

        return CanonicalJson.IsCanonical(payload) ? null : new(n, CheckSource.Payload, CheckFault.PayloadNotCanonical, $"{payload.Length} bytes");
    }

    internal static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..Math.Min(8, hash.Length)]) + "…";
}
