using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Two whole secure sessions (address 05h), replayed byte for byte through both ends. <c>&gt;</c> the panel sent, <c>&lt;</c> the reader.</summary>
public class RecordedSessionTests
{
    // The handshake and the first POLL, ACK and POLL equal a captured libosdp session; the rest is computed by rules that
    // reproduce recordings of the SIA conformance tool and of OSDP.Net with OSDP-Embedded.
    private const string OwnKeySession = """
        > 530513000C03110176B0B1B2B3B4B5B6B7E175                                             # CHLNG
        < 53852B000C03120176EFCDAB0201040302A0A1A2A3A4A5A6A79DDAB07EA7B1B2A929FFBD44404FF3CDAB34   # CCRYPT
        > 53051B000D0313017734FBCF6A8D6472DB20442E4FB16677D886EF                             # SCRYPT
        < 53851B000D0314017883974DAFC2458CF62B37436404C2F5145573                             # RMAC_I
        > 53050E000E021560DEE85CE1A0ED                                                       # POLL
        < 53850E000E02164083D4D646796F                                                       # ACK
        > 53050E000F021560C123AB50908E                                                       # POLL
        < 53851E000F021850DFE18FD7A50438647B2434134E9D7AE60531BC0414EC                       # RAW
        > 53051E000D0217691A07DE6464D377075BD4A9BE5F029AAFD9E44D871087                       # LED
        < 53850E000D02164082C300D2F76B                                                       # ACK
        > 53050E000E021564CD7C6B3DD7D6                                                       # LSTAT
        < 53851E000E021848BFA7078B1E4228A29736E9180B0C1F94BAA7BA068F60                       # LSTATR
        > 53050E000F021565BF0CF9FA629B                                                       # ISTAT
        < 53851E000F021849A7E9D05D54DB17B53D1F63DD246745CEF2E562B6C3EB                       # ISTATR
        > 53051E000D0217680A70880EB89269FD65580652EFFDEE1B45A3DCCDB2DB                       # OUT
        < 53851E000D02184A2DCB18C8ED3BAC043567BDE0CF1C690CE6EB394D04A8                       # OSTATR
        > 53052E000E02176BEEECEB375536EF835091FB25296A175F17790C360F84813C06240721E6AC349C497DE3EE95C7   # TEXT
        < 53850E000E021640E7E4E768F7CA                                                       # ACK
        > 53052E000F02177573E074950350957CE1D155AA3BA2D3AE3B1439E63CD2F6918BCCD605FD2F6DFBA7576AFA2933   # KEYSET
        < 53850E000F021640E7C7484F770B                                                       # ACK
        """;

    // Captured: SCBK-D, installation mode, KEYSET to 10..1F, a new handshake with it. The sheet prints the second CHLNG with
    // control byte 0D, which its CRC denies: it belongs to 0C, sequence 0.
    private const string InstallSession = """
        > 530513000D03110076B0B1B2B3B4B5B6B7C75F
        < 53852B000D03120076EFCD020004030201B0B1B2B3B4B5B6B7727A716F17AC3EF1A63E6D9C3C7F6B115AFF
        > 53051B000E03130077727A716F17AC3EF1A63E6D9C3C7F6B11A519
        < 53851B000E03140178F7F23ADF61EEB20FCF0BDF8C3C4A9758B1BA
        > 53052E000F0217750BF728DE2ACF196FFBEB380C32F5477E1C518DBF5678D43C2817541732CA3139498DB556F5FB
        < 53850E000F0216400133D311BCE8
        > 530513000C03110176A0A1A2A3A4A5A6A77628
        < 53852B000C03120176EFCD020004030201B0B1B2B3B4B5B6B74546EC9436968A80721E7534F0D2F096B063
        > 53051B000D031301777DEF7A38B8039871A89C71E80E6792F8F50F
        < 53851B000D0314017834DFB47BCA89017746EB538FEEDACC0B0D72
        > 53050E000E021560E6A1CB75F785
        < 53850E000E021640AD31F562FF86
        """;

    private static readonly ScbkKey SampleKey = new(Hex.Bytes("101112131415161718191A1B1C1D1E1F"));
    private static readonly ScbkKey NextKey = new(Hex.Bytes("202122232425262728292A2B2C2D2E2F"));
    private static readonly PdIdentity Identity = new(0xABCDEF, 2, 1, 0x01020304, 1, 2, 3);

    [Fact]
    public void The_panel_says_byte_for_byte_what_the_recorded_panel_said()
    {
        var panel = new Panel(
            new(5, SecureRequired: true, SampleKey, Identity),
            AcuBusSettings.Usual with { AllowSampleKeys = true, AtStart = [] },
            "B0B1B2B3B4B5B6B7",
            "A0A1A2A3A4A5A6A7");

        // ID and CAP come first, in clear text.
        panel.Hears(panel.Says(), new IdentityReply(Identity));
        panel.Hears(panel.Says(), new CapabilitiesReply(PdCapabilities.None));
        panel.Replays(OwnKeySession, beforeLine: line =>
        {
            switch (line)
            {
                case 8:
                    panel.Bus.Send(5, new LedCommand([new(0, 0, new(2, 2, 2, LedColour.Green, LedColour.Off, 30), new(1, 1, 0, LedColour.Red, LedColour.Off))]));
                    panel.Bus.Send(5, new LocalStatusCommand());
                    panel.Bus.Send(5, new InputStatusCommand());
                    panel.Bus.Send(5, new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(3)));
                    panel.Bus.Send(5, new TextCommand(0, 1, 0, 1, 1, "HELLO 1234"));
                    break;
                case 18:
                    panel.Bus.RotateKey(5, NextKey);
                    break;
            }
        });

        var card = Assert.Single(panel.Told().OfType<CardRead>());
        Assert.Equal("023EA680", Hex.Text(card.Bits.Span));
    }

    [Fact]
    public void The_reader_says_byte_for_byte_what_the_recorded_reader_said()
    {
        var reader = new Reader(new(5, Identity) { Key = SampleKey, Inputs = 2, Outputs = 2 }, "A0A1A2A3A4A5A6A7");
        reader.Replays(OwnKeySession, beforeLine: line =>
        {
            switch (line)
            {
                case 6:
                    reader.Device.PresentCard(Hex.Bytes("023EA680"), 26, TimeSpan.Zero);
                    break;
                case 12:
                    reader.Device.SetInput(0, InputState.Active, TimeSpan.Zero);
                    break;
            }
        });

        Assert.Equal(NextKey, reader.Device.Key);
    }

    [Fact]
    public void The_panel_installs_a_key_as_the_recorded_panel_did()
    {
        var panel = new Panel(
            new(5, SecureRequired: true, null, Identity),
            AcuBusSettings.Usual with { AllowSampleKeys = true, AtStart = [], BeforeChannel = [PollCommand.Plain], ChallengeRestarts = false },
            "B0B1B2B3B4B5B6B7",
            "A0A1A2A3A4A5A6A7");
        panel.Bus.BeginInstall(5, SampleKey, TimeSpan.FromMinutes(5));
        panel.Hears(panel.Says(), AckReply.Plain);
        panel.Replays(InstallSession, beforeLine: _ => { });

        Assert.Collection(
            panel.Told(),
            item => Assert.Equal(SampleKey, Assert.IsType<KeyInstalled>(item).Key),
            item => Assert.True(Assert.IsType<InstallEnded>(item).Ok),
            item => Assert.True(Assert.IsType<ReaderCameOnline>(item).Secure));
    }

    [Fact]
    public void The_reader_takes_a_key_as_the_recorded_reader_did()
    {
        var reader = new Reader(
            new(5, Identity) { InstallMode = true, Cuid = Hex.Bytes("EFCD020004030201") },
            "B0B1B2B3B4B5B6B7",
            "B0B1B2B3B4B5B6B7");
        Assert.Equal("5385080004408D51"[..10], reader.Answers("5305080004 60 BC57")[..10]);
        reader.Replays(InstallSession, beforeLine: _ => { });

        Assert.Equal(SampleKey, reader.Device.Key);
        Assert.False(reader.Device.InstallMode);
    }

    private static IEnumerable<(char Who, string Hex)> Lines(string session) =>
        from line in session.Split('\n')
        let text = line.Split('#')[0].Trim()
        where text.Length > 0
        select (text[0], text[1..].Trim());

    /// <summary>Random bytes that are not.</summary>
    private static Func<int, byte[]> Fixed(params string[] values)
    {
        var queue = new Queue<byte[]>(values.Select(Hex.Bytes));
        return count => queue.TryDequeue(out var next) && next.Length == count ? next : new byte[count];
    }

    private sealed class Panel(AcuReaderSettings expected, AcuBusSettings settings, params string[] random)
    {
        private TimeSpan now = TimeSpan.FromSeconds(1);

        public AcuBus Bus { get; } = new(settings, [expected], Fixed(random));

        public byte[] Says()
        {
            while (true)
            {
                var step = Bus.Next(now);
                if (step.IsSend)
                {
                    Assert.Equal(OsdpFrame.Mark, step.Bytes.Span[0]);
                    return step.Bytes[1..].ToArray();
                }

                now = step.Until;
            }
        }

        public void Hears(byte[] command, OsdpReply reply) => Hears(OsdpWriter.ToBytes(new(5, FromReader: true, (byte)(command[4] & 3)), reply));

        public void Hears(byte[] reply)
        {
            now += TimeSpan.FromMilliseconds(5);
            Bus.Receive(reply, now);
        }

        public void Replays(string session, Action<int> beforeLine)
        {
            foreach (var (index, (who, hex)) in Lines(session).Index())
            {
                beforeLine(index);
                if (who == '>')
                {
                    Assert.Equal(hex, Hex.Text(Says()));
                }
                else
                {
                    Hears(Hex.Bytes(hex));
                }
            }
        }

        public List<AcuEvent> Told()
        {
            var told = new List<AcuEvent>();
            while (Bus.TryTake(out var item))
            {
                told.Add(item);
            }

            return told;
        }
    }

    private sealed class Reader(PdSettings settings, params string[] random)
    {
        public PdSession Device { get; } = new(settings, Fixed(random));

        public string Answers(string hex)
        {
            var reply = new byte[OsdpFrame.Longest];
            var command = Hex.Bytes(hex);
            byte[] whole = [.. command[..^2], (byte)Crc16.Of(command.AsSpan()[..^2]), (byte)(Crc16.Of(command.AsSpan()[..^2]) >> 8)];
            return Hex.Text(reply.AsSpan(0, Device.Hear(OsdpScanner.Next(whole).Frame, TimeSpan.Zero, reply)));
        }

        public void Replays(string session, Action<int> beforeLine)
        {
            var answer = string.Empty;
            foreach (var (index, (who, hex)) in Lines(session).Index())
            {
                beforeLine(index);
                if (who == '>')
                {
                    answer = Answers(hex);
                }
                else
                {
                    Assert.Equal(hex, answer);
                }
            }
        }
    }
}
