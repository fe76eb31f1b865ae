using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Readers;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.SystemTests.Links;

/// <summary>The bridge's readers over real pseudo-terminals and sockets.</summary>
[Collection(LinksAlone.Name)]
public sealed class ReaderBusTests
{
    [Fact]
    [Requirement("R-DOOR-10")]
    public async Task A_card_held_to_a_reader_reaches_the_room_as_a_digest()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.OnlineAsync("front");

        Present(line, reader, 4, 32077);

        var badge = await site.Room.NextAsync<BadgePresented>();
        Assert.Equal(ReaderSite.Digest(4, 32077), badge.Digest);
        Assert.Equal(ReaderSite.Reader("front"), badge.Reader);
        Assert.Equal("H10301", badge.CardFormat);
        Assert.DoesNotContain("32077", badge.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-03")]
    [Requirement("R-ID-09")]
    public async Task A_finger_is_asked_for_when_the_room_waits_and_the_room_hears_the_verdict()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front", sensor: true);
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").WithSensors("bus-1").Start();
        await site.OnlineAsync("front");
        Present(line, reader, 4, 32077);
        await site.Room.NextAsync<BadgePresented>();

        site.Buses.Devices.Execute(new CheckBiometric(ReaderSite.Reader("front"), new("S-0217"), new("C-0311"), TimeSpan.FromSeconds(15)));
        var answered = false;
        for (var tries = 0; !answered && tries < 1000; tries++)
        {
            line.With(now => answered = reader.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xC8), now));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        var verdict = await site.Room.NextAsync<BiometricChecked>();
        Assert.Equal((ReaderSite.Reader("front"), BiometricVerdict.Match, 0xC8), (verdict.Reader, verdict.Verdict, verdict.Score));
    }

    [Fact]
    public async Task Several_readers_share_one_wire()
    {
        await using var site = new ReaderSite();
        string[] names = ["a", "b", "c", "d"];
        var readers = names.Select((name, address) => site.Installed(name, (byte)address)).ToList();
        using var line = new ReadersOnALine(readers);
        site.Serial("bus-1", line.Path, names).Start();
        var waiting = new HashSet<string>(names);
        while (waiting.Count > 0)
        {
            var online = await site.Room.NextAsync<ReaderChanged>(changed => changed.Condition == ReaderCondition.Online);
            waiting.Remove(online.Reader.Value["reader-".Length..]);
        }

        foreach (var (at, reader) in readers.Index())
        {
            Present(line, reader, 7, (ulong)(100 + at));
        }

        var came = new Dictionary<string, RoomGuard.Core.People.CardDigest>();
        while (came.Count < names.Length)
        {
            var badge = await site.Room.NextAsync<BadgePresented>();
            came.Add(badge.Reader.Value, badge.Digest);
        }

        Assert.All(names.Index(), item => Assert.Equal(ReaderSite.Digest(7, (ulong)(100 + item.Index)), came[$"reader-{item.Item}"]));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_wire_that_hangs_up_is_told_once_and_comes_back_by_itself_at_another_node()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        var stableName = Path.Combine(site.Folder, "usb-adapter");
        var first = new ReadersOnALine([reader]);
        File.CreateSymbolicLink(stableName, first.Path);
        site.Serial("bus-1", stableName, "front").Start();
        await site.OnlineAsync("front");
        await site.Room.NextAsync<LeafClosed>();

        first.Dispose();
        var pulled = Stopwatch.GetTimestamp();
        var offline = await site.BecomesAsync("front", ReaderCondition.Offline);
        Assert.True(Stopwatch.GetElapsedTime(pulled) < TimeSpan.FromSeconds(4), "a pulled adapter is seen at once, not after 8 s");
        Assert.Contains("bus-1", offline.Detail, StringComparison.Ordinal);
        Assert.Contains(site.Room.Passed, input => input is LeafUnknown);

        File.Delete(stableName);
        using var second = new ReadersOnALine([reader]);
        Assert.NotEqual(first.Path, stableName);
        File.CreateSymbolicLink(stableName, second.Path);
        await site.OnlineAsync("front");
        Assert.DoesNotContain(site.Room.Passed, input => input is ReaderChanged { Condition: ReaderCondition.Offline });

        Present(second, reader, 4, 32077);
        await site.Room.NextAsync<BadgePresented>();
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_port_that_is_not_there_is_told_with_the_remedy_and_serves_once_it_comes()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        var path = Path.Combine(site.Folder, "not-yet");
        site.Serial("bus-1", path, "front").Start();
        await site.BecomesAsync("front", ReaderCondition.Offline);
        var now = Assert.Single(site.Buses.Now());
        Assert.Contains(path, now.LastError, StringComparison.Ordinal);
        Assert.Contains("plugged in", now.LastError, StringComparison.Ordinal);

        using var line = new ReadersOnALine([reader]);
        File.CreateSymbolicLink(path, line.Path);

        await site.OnlineAsync("front");
    }

    [Fact]
    public void A_port_another_program_uses_is_refused_by_name()
    {
        using var terminal = new PseudoTerminal();
        using var wake = new WakeSignal();
        using var first = SerialLink.Open(terminal.Path, new(9600), wake);

        var refused = Assert.Throws<LinkBrokenException>(() => SerialLink.Open(terminal.Path, new(9600), wake));

        Assert.Contains(terminal.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9600, 8, SerialParity.None, 1)]
    [InlineData(2400, 8, SerialParity.Even, 1)]
    [InlineData(9600, 7, SerialParity.Even, 1)]
    [InlineData(19200, 8, SerialParity.Odd, 2)]
    [InlineData(230400, 8, SerialParity.None, 1)]
    public void A_pseudo_terminal_that_drops_parity_does_not_fail_the_start(int baudRate, int dataBits, SerialParity parity, int stopBits)
    {
        using var terminal = new PseudoTerminal();
        using var wake = new WakeSignal();
        using var link = SerialLink.Open(terminal.Path, new(baudRate, dataBits, parity, stopBits), wake);

        terminal.Write([0x00, 0x03, 0x0A, 0x0D, 0x11, 0x13, 0x1A, 0x7F]);
        var into = new byte[64];
        var count = link.Read(into, TimeSpan.FromSeconds(5));

        // Raw: no byte is taken for an end of line, a hand-shake or a signal.
        Assert.Equal([0x00, 0x03, 0x0A, 0x0D, 0x11, 0x13, 0x1A, 0x7F], into[..count]);
    }

    [Fact]
    public void A_file_that_is_no_port_is_refused_with_the_remedy()
    {
        using var wake = new WakeSignal();
        var path = Path.GetTempFileName();
        try
        {
            var refused = Assert.Throws<LinkBrokenException>(() => SerialLink.Open(path, new(9600), wake));
            Assert.Contains("no serial port", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_waiting_read_is_woken_at_once()
    {
        using var terminal = new PseudoTerminal();
        using var wake = new WakeSignal();
        using var link = SerialLink.Open(terminal.Path, new(9600), wake);
        var reading = Task.Factory.StartNew(() => (link.Read(new byte[16], TimeSpan.FromMinutes(1)), Stopwatch.GetTimestamp()), TaskCreationOptions.LongRunning);

        wake.Set();
        var (count, _) = await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(0, count);
    }

    [Fact]
    public async Task Stopping_under_load_leaves_no_thread_and_no_handle()
    {
        var before = Handles();
        await using (var site = new ReaderSite())
        {
            var lines = new List<ReadersOnALine>();
            foreach (var bus in Enumerable.Range(1, 4))
            {
                var reader = site.Installed($"r{bus}");
                lines.Add(new([reader]));
                site.Serial($"leak-{bus}", lines[^1].Path, $"r{bus}");
            }

            for (var round = 0; round < 10; round++)
            {
                site.Start();
                await site.OnlineAsync("r4");
                for (var order = 0; order < 50; order++)
                {
                    site.Buses.Devices.Execute(new ShowSignal(ReaderSite.Reader("r1"), ReaderSignal.Denied));
                }

                await site.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
                await UntilAsync(() => !Threads().Exists(name => name.StartsWith("wire leak", StringComparison.Ordinal)));
            }

            lines.ForEach(line => line.Dispose());
        }

        Assert.Equal(before, Handles());
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_cut_device_server_is_connected_again_by_itself()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        site.Bus("bus-1", new(LinkKind.Tcp, Host: "127.0.0.1", Port: port), 115200, "front").Start();

        using (var first = await server.AcceptSocketAsync())
        {
            using var serving = new ReadersOnASocket(first, [reader]);
            await site.OnlineAsync("front");
        }

        await site.BecomesAsync("front", ReaderCondition.Offline);
        using var second = await server.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(20));
        using var again = new ReadersOnASocket(second, [reader]);
        await site.OnlineAsync("front");
        again.With(now => reader.PresentCard(CardFormat.H10301.Encode(4, 32077), 26, now));
        Assert.Equal(ReaderSite.Digest(4, 32077), (await site.Room.NextAsync<BadgePresented>()).Digest);
    }

    [Theory]
    [InlineData(11, true, 4)]
    [InlineData(12, false, 12)]
    public async Task A_line_with_five_percent_damaged_bytes_delivers_every_card_and_none_twice(int seed, bool secure, uint cards)
    {
        await using var site = new ReaderSite();
        var reader = secure ? site.Installed("front") : new(new(0, ReaderSite.Identity(0x1000)), _ => new byte[8]);
        using var line = new ReadersOnALine([reader], damaged: 0.05, seed);
        site.Serial("bus-1", line.Path, "front");
        if (!secure)
        {
            site.AllowClearText("bus-1");
        }

        site.Start();
        await site.OnlineAsync("front");

        for (uint number = 1; number <= cards; number++)
        {
            Hold(number);
            var expected = ReaderSite.Digest(9, number);

            // A reader that loses its panel drops the card it was telling, and the person holds it there again.
            RoomInput came;
            while ((came = await site.Room.NextAsync<RoomInput>(item => item is BadgePresented or UnreadableCard or ReaderChanged { Condition: ReaderCondition.Online })) is ReaderChanged)
            {
                Hold(number);
            }

            Assert.Equal(expected, Assert.IsType<BadgePresented>(came).Digest);
        }

        Assert.DoesNotContain(site.Room.Rest(), input => input is BadgePresented or UnreadableCard);

        void Hold(uint number) => line.With(now => reader.EventsWaiting > 0 || reader.PresentCard(CardFormat.H10301.Encode(9, number), 26, now));
    }

    [Fact]
    [Requirement("R-RED-06")]
    public async Task A_flood_of_garbage_on_one_wire_does_not_delay_another()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var line = new ReadersOnALine([reader]);
        using var mad = new PseudoTerminal();
        site.Serial("bus-1", line.Path, "front").Serial("bus-2", mad.Path, "mad").Start();
        await site.OnlineAsync("front");
        using var enough = new CancellationTokenSource();
        var flooded = 0L;
        var flood = Task.Factory.StartNew(
            () =>
            {
                var noise = new Random(1);
                var bytes = new byte[4096];
                while (!enough.IsCancellationRequested)
                {
                    noise.NextBytes(bytes);
                    flooded += mad.Write(bytes);
                    mad.Read(bytes, TimeSpan.FromMilliseconds(1));
                }
            },
            TaskCreationOptions.LongRunning);

        // All of the same wire's cards would be late if the flood held it up; a busy machine holds up one or two.
        var took = new List<TimeSpan>();
        for (uint number = 1; number <= 40; number++)
        {
            var at = Stopwatch.GetTimestamp();
            Present(line, reader, 9, number);
            await site.Room.NextAsync<BadgePresented>(badge => badge.Digest == ReaderSite.Digest(9, number));
            took.Add(Stopwatch.GetElapsedTime(at));
        }

        await enough.CancelAsync();
        await flood;
        Assert.True(flooded > 100_000, $"only {flooded} bytes were sent");
        Assert.True(took.Count(time => time > TimeSpan.FromMilliseconds(500)) <= 4, $"cards took up to {took.Max().TotalMilliseconds:0} ms");
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task The_exit_button_opens_at_once_also_while_the_room_hangs()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.Room.NextAsync<LeafClosed>();
        site.Room.Hangs = true;

        var pressed = Stopwatch.GetTimestamp();
        line.With(now => reader.SetInput(1, InputState.Active, now));
        await UntilAsync(() => line.With(now => reader.Face(now).Outputs[0]));
        Assert.True(Stopwatch.GetElapsedTime(pressed) < TimeSpan.FromSeconds(3), "the strike waited for a room that hangs");

        // Not lost either: told once the room takes inputs again.
        site.Room.Hangs = false;
        Assert.Equal(ReaderSite.Door("front"), (await site.Room.NextAsync<ExitRequested>()).Door);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task The_exit_button_still_opens_when_the_room_has_hung_for_long()
    {
        await using var site = new ReaderSite();
        string[] names = ["a", "b", "c", "d"];
        var readers = names.Select((name, address) => site.Installed(name, (byte)address)).ToList();
        using var line = new ReadersOnALine(readers);
        site.Serial("bus-1", line.Path, names).Start();
        for (var heard = 0; heard < names.Length; heard++)
        {
            await site.Room.NextAsync<LeafClosed>();
        }

        site.Room.Hangs = true;

        // More chatter of four doors than is kept for a room that takes nothing.
        for (var change = 0; change < 80; change++)
        {
            readers.ForEach(reader => line.With(now => reader.SetInput(0, change % 2 == 0 ? InputState.Active : InputState.Inactive, now)));
            await UntilAsync(() => line.With(_ => readers.TrueForAll(reader => reader.EventsWaiting == 0)));
        }

        line.With(now => readers[2].SetInput(1, InputState.Active, now));
        await UntilAsync(() => line.With(now => readers[2].Face(now).Outputs[0]));

        // Afterwards the room is told how things stand, not only how they were.
        line.With(now => readers[1].SetInput(0, InputState.Active, now));
        await UntilAsync(() => line.With(_ => readers[1].EventsWaiting == 0));
        site.Room.Hangs = false;
        await site.Room.NextAsync<ReaderChanged>(changed => changed.Detail.Contains("told again", StringComparison.Ordinal));
        Assert.Equal(ReaderSite.Door("b"), (await site.Room.NextAsync<LeafOpened>()).Door);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task A_released_strike_locks_by_itself_when_the_bridge_dies()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.OnlineAsync("front");

        site.Buses.Devices.Execute(new ReleaseStrike(ReaderSite.Door("front"), TimeSpan.FromSeconds(1)));
        await UntilAsync(() => line.With(now => reader.Face(now).Outputs[0]));
        await site.StopAsync();

        await UntilAsync(() => line.With(now => !reader.Face(now).Outputs[0]));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_swapped_reader_is_refused_even_with_the_right_key()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.OnlineAsync("front");

        line.With(now => reader.ReplaceWith(ReaderSite.Identity(0xBAD), reader.Key, now));

        var changed = await site.BecomesAsync("front", ReaderCondition.IdentityChanged);
        Assert.Contains("00001000", changed.Detail, StringComparison.Ordinal);
        Assert.Contains("00000BAD", changed.Detail, StringComparison.Ordinal);
        line.With(now => reader.PresentCard(CardFormat.H10301.Encode(4, 32077), 26, now));
        Assert.DoesNotContain(site.Room.Rest(), input => input is BadgePresented);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_reader_that_speaks_clear_text_is_refused_where_a_secure_channel_is_required()
    {
        await using var site = new ReaderSite();
        site.Installed("front");
        var clear = new PdSession(new(0, ReaderSite.Identity(0x1000)) { Capabilities = new([new(1, 1, 4), new(2, 1, 2), new(9, 0, 0)]) }, _ => new byte[8]);
        using var line = new ReadersOnALine([clear]);
        site.Serial("bus-1", line.Path, "front").Start();

        await site.BecomesAsync("front", ReaderCondition.Insecure);
        line.With(now => clear.PresentCard(CardFormat.H10301.Encode(4, 32077), 26, now));
        await UntilAsync(() => site.Buses.Now()[0].Condition == ReaderCondition.Insecure);
        Assert.DoesNotContain(site.Room.Rest(), input => input is BadgePresented);
        Assert.Contains("Its cards are refused", site.Buses.Now()[0].LastError, StringComparison.Ordinal);
    }

    private static void Present(ReadersOnALine line, PdSession reader, uint facility, ulong number) =>
        Assert.True(line.With(now => reader.PresentCard(CardFormat.H10301.Encode(facility, number), 26, now)));

    private static Task UntilAsync(Func<bool> so) => Eventually.TrueAsync(so);

    private static List<string> Threads() =>
        [.. Directory.EnumerateDirectories("/proc/self/task").Select(folder => File.Exists($"{folder}/comm") ? File.ReadAllText($"{folder}/comm").Trim() : string.Empty)];

    private static int Handles() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(path => File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName is { } target
            && (target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target.StartsWith("/dev/ptmx", StringComparison.Ordinal) || target.Contains("[eventfd]", StringComparison.Ordinal)));
}
