using System.Security.Cryptography;

namespace RoomGuard.Wire.Osdp;

/// <summary>What opening a secured message gave.</summary>
public enum Opened
{
    /// <summary>The MAC is right and the data is readable.</summary>
    Good,

    /// <summary>The MAC is wrong: damaged on purpose, out of step, or from someone without the key.</summary>
    BadMac,

    /// <summary>The MAC is right and the padding is not.</summary>
    BadPadding,

    /// <summary>A block type that does not belong in this direction.</summary>
    BadBlock,
}

/// <summary>One session of OSDP's secure channel (SC1, AES-128): keys, cryptograms, MAC chain, encryption. The same for both ends.</summary>
/// <remarks>
/// SIA OSDP 2.2 annex on the secure channel. The MAC of a message starts from the full MAC of the last message in the other
/// direction; only its first four bytes are sent. Not thread-safe; one session owns it.
/// </remarks>
public sealed class SecureChannel : IDisposable
{
    private const int Block = 16;

    private readonly Aes encryption = Aes.Create();
    private readonly ICryptoTransform mac1;
    private readonly ICryptoTransform mac2;
    private readonly byte[] client = new byte[Block];
    private readonly byte[] server = new byte[Block];
    private readonly byte[] initialMac = new byte[Block];
    private readonly byte[] commandMac = new byte[Block];
    private readonly byte[] replyMac = new byte[Block];
    private readonly byte[] work = new byte[Block];

    private SecureChannel(ReadOnlySpan<byte> key, ReadOnlySpan<byte> rndA, ReadOnlySpan<byte> rndB)
    {
        Span<byte> encryptionKey = stackalloc byte[Block];
        Span<byte> first = stackalloc byte[Block];
        Span<byte> second = stackalloc byte[Block];
        using (var aes = Aes.Create())
        {
            aes.SetKey(key);
            Derive(aes, 0x82, rndA, encryptionKey);
            Derive(aes, 0x01, rndA, first);
            Derive(aes, 0x02, rndA, second);
        }

        encryption.SetKey(encryptionKey);
        mac1 = BlockCipher(first);
        mac2 = BlockCipher(second);

        // client = AES(S-ENC, RND.A | RND.B); server = AES(S-ENC, RND.B | RND.A); R-MAC-I = AES(S-MAC2, AES(S-MAC1, server)).
        rndA.CopyTo(work);
        rndB.CopyTo(work.AsSpan(8));
        encryption.EncryptEcb(work, client, PaddingMode.None);
        rndB.CopyTo(work);
        rndA.CopyTo(work.AsSpan(8));
        encryption.EncryptEcb(work, server, PaddingMode.None);
        mac1.TransformBlock(server, 0, Block, work, 0);
        mac2.TransformBlock(work, 0, Block, initialMac, 0);
        initialMac.CopyTo(replyMac, 0);
        CryptographicOperations.ZeroMemory(encryptionKey);
        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(second);
    }

    /// <summary>What the PD proves itself with in CCRYPT.</summary>
    public ReadOnlySpan<byte> ClientCryptogram => client;

    /// <summary>What the ACU proves itself with in SCRYPT.</summary>
    public ReadOnlySpan<byte> ServerCryptogram => server;

    /// <summary>R-MAC-I, sent in RMAC_I and the start of the chain.</summary>
    public ReadOnlySpan<byte> InitialMac => initialMac;

    /// <summary>The full MAC of the last command, for transcripts and tests.</summary>
    public ReadOnlySpan<byte> LastCommandMac => commandMac;

    /// <summary>The full MAC of the last reply, for transcripts and tests.</summary>
    public ReadOnlySpan<byte> LastReplyMac => replyMac;

    /// <summary>Makes the session's keys from the base key and both ends' eight random bytes.</summary>
    /// <exception cref="ArgumentException">Not eight random bytes each.</exception>
    public static SecureChannel Derive(ScbkKey key, ReadOnlySpan<byte> rndA, ReadOnlySpan<byte> rndB)
    {
        if (rndA.Length != 8 || rndB.Length != 8)
        {
            throw new ArgumentException("RND.A and RND.B have 8 bytes each.", nameof(rndA));
        }

        return new(key.Bytes, rndA, rndB);
    }

    /// <summary>True when the PD has the key. Constant time.</summary>
    public bool ClientProven(ReadOnlySpan<byte> cryptogram) => CryptographicOperations.FixedTimeEquals(client, cryptogram);

    /// <summary>True when the ACU has the key. Constant time.</summary>
    public bool ServerProven(ReadOnlySpan<byte> cryptogram) => CryptographicOperations.FixedTimeEquals(server, cryptogram);

    /// <summary>True when RMAC_I carried the right start of the chain. Constant time.</summary>
    public bool InitialMacProven(ReadOnlySpan<byte> mac) => CryptographicOperations.FixedTimeEquals(initialMac, mac);

    /// <summary>Length of a secured message with this much plain data.</summary>
    public static int LengthOf(int plainData, bool usesCrc = true) =>
        OsdpFrame.HeaderLength + 2 + 1 + (plainData == 0 ? 0 : ((plainData / Block) + 1) * Block) + OsdpFrame.MacLength + (usesCrc ? 2 : 1);

    /// <summary>Writes a secured message and moves the chain on. Returns the bytes written.</summary>
    public int Write(Span<byte> into, FrameHead head, byte code, ReadOnlySpan<byte> data)
    {
        var length = LengthOf(data.Length, head.UsesCrc);
        OsdpWriter.WriteHead(into, head, length, hasBlock: true);
        into[5] = 2;
        into[6] = (head.FromReader, data.IsEmpty) switch
        {
            (false, true) => SecurityBlock.Command,
            (true, true) => SecurityBlock.Reply,
            (false, false) => SecurityBlock.CommandWithData,
            (true, false) => SecurityBlock.ReplyWithData,
        };
        into[7] = code;
        var at = 8;
        if (!data.IsEmpty)
        {
            // Always padded: 80h and zeros to the next multiple of 16, so that 16 bytes become 32.
            var padded = ((data.Length / Block) + 1) * Block;
            var plain = into.Slice(at, padded);
            plain.Clear();
            data.CopyTo(plain);
            plain[data.Length] = 0x80;
            Span<byte> iv = stackalloc byte[Block];
            InitialVector(head.FromReader, iv);
            encryption.EncryptCbc(plain, iv, plain, PaddingMode.None);
            at += padded;
        }

        Mac(into[..at], head.FromReader ? commandMac : replyMac, head.FromReader ? replyMac : commandMac);
        (head.FromReader ? replyMac : commandMac).AsSpan(0, OsdpFrame.MacLength).CopyTo(into[at..]);
        return OsdpWriter.Finish(into, head, length);
    }

    /// <summary>Checks a secured message's MAC, decrypts its data into <paramref name="plain"/> and moves the chain on.</summary>
    /// <param name="frame">A message with block type 15h..18h.</param>
    /// <param name="plain">At least as long as the message's data.</param>
    /// <param name="length">Plain data bytes.</param>
    /// <param name="encrypted">False for block types 15h and 16h: the data, if any, was only protected by the MAC.</param>
    public Opened Open(OsdpFrame frame, Span<byte> plain, out int length, out bool encrypted)
    {
        length = 0;
        var type = frame.BlockType;
        encrypted = type is SecurityBlock.CommandWithData or SecurityBlock.ReplyWithData;

        // One PD in wide use answers status questions with block type 15h; the MAC covers the type, so reading it is safe.
        var fits = frame.FromReader
            ? type is SecurityBlock.Reply or SecurityBlock.ReplyWithData or SecurityBlock.Command
            : type is SecurityBlock.Command or SecurityBlock.CommandWithData;
        if (!fits)
        {
            return Opened.BadBlock;
        }

        Span<byte> mac = stackalloc byte[Block];
        Span<byte> iv = stackalloc byte[Block];
        InitialVector(frame.FromReader, iv);
        Mac(frame.BeforeMac, frame.FromReader ? commandMac : replyMac, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac[..OsdpFrame.MacLength], frame.Mac))
        {
            return Opened.BadMac;
        }

        mac.CopyTo(frame.FromReader ? replyMac : commandMac);
        var data = frame.Data;
        if (!encrypted)
        {
            data.CopyTo(plain);
            length = data.Length;
            return Opened.Good;
        }

        if (data.Length % Block != 0)
        {
            return Opened.BadPadding;
        }

        if (data.IsEmpty)
        {
            return Opened.Good;
        }

        encryption.DecryptCbc(data, iv, plain, PaddingMode.None);
        var end = plain[..data.Length].LastIndexOfAnyExcept((byte)0);
        if (end < 0 || plain[end] != 0x80 || data.Length - end > Block)
        {
            return Opened.BadPadding;
        }

        length = end;
        return Opened.Good;
    }

    /// <summary>The 16-byte MAC of a message: CBC with S-MAC1, the last block with S-MAC2; padded only when not a multiple of 16.</summary>
    internal void Mac(ReadOnlySpan<byte> message, ReadOnlySpan<byte> icv, Span<byte> mac)
    {
        icv.CopyTo(work);
        while (message.Length > Block)
        {
            Xor(work, message[..Block]);
            mac1.TransformBlock(work, 0, Block, work, 0);
            message = message[Block..];
        }

        Xor(work, message);
        if (message.Length < Block)
        {
            work[message.Length] ^= 0x80;
        }

        mac2.TransformBlock(work, 0, Block, work, 0);
        work.CopyTo(mac);
    }

    /// <summary>Encrypts as <see cref="Write"/> does, with an ICV of the caller's choice; for the sheet's unit vectors.</summary>
    internal byte[] Encrypt(ReadOnlySpan<byte> data, ReadOnlySpan<byte> icv)
    {
        var padded = new byte[((data.Length / Block) + 1) * Block];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        Span<byte> iv = stackalloc byte[Block];
        Complement(icv, iv);
        encryption.EncryptCbc(padded, iv, padded, PaddingMode.None);
        return padded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        encryption.Dispose();
        mac1.Dispose();
        mac2.Dispose();
    }

    private void InitialVector(bool fromReader, Span<byte> iv) => Complement(fromReader ? commandMac : replyMac, iv);

    private static void Complement(ReadOnlySpan<byte> from, Span<byte> into)
    {
        for (var index = 0; index < Block; index++)
        {
            into[index] = (byte)~from[index];
        }
    }

    private static void Xor(Span<byte> into, ReadOnlySpan<byte> with)
    {
        for (var index = 0; index < with.Length; index++)
        {
            into[index] ^= with[index];
        }
    }

    /// <summary>AES(SCBK, 01 kind RND.A[0..5] 00 x8).</summary>
    private static void Derive(Aes aes, byte kind, ReadOnlySpan<byte> rndA, Span<byte> into)
    {
        Span<byte> block = stackalloc byte[Block];
        block.Clear();
        block[0] = 0x01;
        block[1] = kind;
        rndA[..6].CopyTo(block[2..]);
        aes.EncryptEcb(block, into, PaddingMode.None);
    }

    /// <summary>A cipher kept for single blocks: one context per session instead of one per message.</summary>
    private static ICryptoTransform BlockCipher(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
#pragma warning disable CA5358 // Single blocks of a CBC-MAC, as the standard lays it out; nothing is encrypted with it.
        aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        aes.Padding = PaddingMode.None;
        aes.SetKey(key);
        return aes.CreateEncryptor();
    }
}
