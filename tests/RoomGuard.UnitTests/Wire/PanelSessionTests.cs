using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>The panel's end against replies laid out by hand: what readers in the field do, and what an attacker would.</summary>
public class PanelSessionTests
{
    private static readonly byte[] RndB = Hex.Bytes("A0A1A2A3A4A5A6A7");

    private readonly AcuBus bus = new(AcuBusSettings.Usual, [new(0, SecureRequired: true, AReader.Key, AReader.Identity)], AReader.Chance(1));
    private readonly byte[] into = new byte[OsdpFrame.Longest];
    private TimeSpan now = TimeSpan.FromSeconds(1);
    private SecureChannel? channel;

    [Fact]
    public void A_state_under_a_mac_but_not_encrypted_is_taken_as_one_common_reader_sends_it()
    {
        var told = ComesOnline(out _);
        Assert.Contains(told, item => item is ReaderCameOnline { Secure: true });

        // ACURXSIZE, answered as it should be; then LSTAT, answered with block type 15h and its two bytes in the open.
        SaysSecured(out var size);
        Answers(channel!.Write(into, Reply(size), ReplyCode.Ack, default));
        SaysSecured(out var status);
        Assert.Equal(CommandCode.LocalStatus, status[7]);
        Answers(Plain(status, ReplyCode.LocalStatus, [1, 0]));

        Assert.Contains(new TamperReported(0, Open: true), Told());
    }

    [Fact]
    public void A_card_under_a_mac_but_not_encrypted_is_clear_text()
    {
        ComesOnline(out _);
        byte[] command;
        do
        {
            SaysSecured(out command);
            if (command[7] != CommandCode.Poll)
            {
                Answers(channel!.Write(into, Reply(command), ReplyCode.Nak, [(byte)NakCode.UnknownCommand]));
            }
        }
        while (command[7] != CommandCode.Poll);

        Answers(Plain(command, ReplyCode.RawCard, Hex.Bytes("00011A00023EA680")));

        Assert.Equal(Suspicion.ClearTextInSession, Assert.Single(Told().OfType<SuspectTraffic>()).Why);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_reader_that_offers_the_installation_key_instead_of_its_own_is_refused()
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var challenge = SaysUntil(CommandCode.Challenge);
            using var everyone = SecureChannel.Derive(ScbkKey.Default, challenge.AsSpan(9, 8), RndB);
            Answers(OsdpWriter.WriteHandshake(
                into, Reply(challenge), SecurityBlock.ClientCryptogram, SecurityBlock.DefaultKey, ReplyCode.ClientCryptogram, [.. new byte[8], .. RndB, .. everyone.ClientCryptogram]));
        }

        Assert.Equal(MissingChannel.DefaultKeyOffered, Assert.Single(Told().OfType<SecureChannelMissing>()).Why);
    }

    [Fact]
    public void A_reader_that_never_proves_the_start_of_the_chain_is_refused()
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Handshake(out var proof);
            Answers(OsdpWriter.WriteHandshake(into, Reply(proof), SecurityBlock.InitialMac, SecurityBlock.OwnKey, ReplyCode.InitialMac, new byte[16]));
        }

        Assert.Equal(MissingChannel.HandshakeFailed, Assert.Single(Told().OfType<SecureChannelMissing>()).Why);
    }

    private static FrameHead Reply(byte[] command) => new(0, FromReader: true, (byte)(command[4] & 3));

    private List<AcuEvent> ComesOnline(out byte[] proof)
    {
        Handshake(out proof);
        Answers(OsdpWriter.WriteHandshake(into, Reply(proof), SecurityBlock.InitialMac, SecurityBlock.OwnKey, ReplyCode.InitialMac, channel!.InitialMac));
        return Told();
    }

    private void Handshake(out byte[] proof)
    {
        var challenge = SaysUntil(CommandCode.Challenge);
        channel = SecureChannel.Derive(AReader.Key, challenge.AsSpan(9, 8), RndB);
        Answers(OsdpWriter.WriteHandshake(
            into, Reply(challenge), SecurityBlock.ClientCryptogram, SecurityBlock.OwnKey, ReplyCode.ClientCryptogram, [.. new byte[8], .. RndB, .. channel.ClientCryptogram]));
        proof = SaysUntil(CommandCode.ServerCryptogram);
    }

    /// <summary>A reply with block type 15h: a MAC, and data anyone can read.</summary>
    private int Plain(byte[] command, byte code, byte[] data)
    {
        var length = 8 + data.Length + 4 + 2;
        OsdpWriter.WriteHead(into, Reply(command), length, hasBlock: true);
        into[5] = 2;
        into[6] = SecurityBlock.Command;
        into[7] = code;
        data.CopyTo(into, 8);
        var mac = new byte[16];
        channel!.Mac(into.AsSpan(0, 8 + data.Length), channel.LastCommandMac, mac);
        mac.AsSpan(0, 4).CopyTo(into.AsSpan(8 + data.Length));
        return OsdpWriter.Finish(into, Reply(command), length);
    }

    private void SaysSecured(out byte[] command)
    {
        command = Says();
        Assert.Equal(Opened.Good, channel!.Open(OsdpScanner.Next(command).Frame, new byte[OsdpFrame.Longest], out _, out _));
    }

    /// <summary>Lets the panel introduce itself until it gives the command wanted.</summary>
    private byte[] SaysUntil(byte wanted)
    {
        while (true)
        {
            var command = Says();
            var code = OsdpScanner.Next(command).Frame.Code;
            if (code == wanted)
            {
                return command;
            }

            Answers(code == CommandCode.Id
                ? Clear(command, new IdentityReply(AReader.Identity))
                : Clear(command, new CapabilitiesReply(PdCapabilities.None)));
        }
    }

    private int Clear(byte[] command, OsdpReply reply)
    {
        var bytes = OsdpWriter.ToBytes(Reply(command), reply);
        bytes.CopyTo(into, 0);
        return bytes.Length;
    }

    private byte[] Says()
    {
        while (true)
        {
            var step = bus.Next(now);
            if (step.IsSend)
            {
                return step.Bytes[1..].ToArray();
            }

            now = step.Until;
        }
    }

    private void Answers(int length)
    {
        now += TimeSpan.FromMilliseconds(40);
        bus.Receive(into.AsSpan(0, length), now);
    }

    private List<AcuEvent> Told()
    {
        var told = new List<AcuEvent>();
        while (bus.TryTake(out var item))
        {
            told.Add(item);
        }

        return told;
    }
}
