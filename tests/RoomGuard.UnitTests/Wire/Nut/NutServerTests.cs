using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.Wire.Nut;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Nut;

/// <summary>The server's end of the NUT protocol: RFC 9271, and what upsc, upsmon and upscmd really send (docs/reference/ups.md section 10).</summary>
public class NutServerTests
{
    private readonly Site site = new();

    [Theory]
    [InlineData("VER", "Network UPS Tools protocol 1.3 - RoomGuard test")]
    [InlineData("NETVER", "1.3")]
    [InlineData("PROTVER", "1.3")]
    [InlineData("HELP", "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS")]
    [InlineData("STARTTLS", "ERR FEATURE-NOT-CONFIGURED")]
    [InlineData("GET UPSDESC room", "UPSDESC room \"The \\\"room\\\"\"")]
    [InlineData("GET NUMLOGINS room", "NUMLOGINS room 0")]
    [InlineData("GET VAR room ups.status", "VAR room ups.status \"OL CHRG\"")]
    [InlineData("get var ROOM UPS.Status", "VAR ROOM UPS.Status \"OL CHRG\"")]
    [InlineData("   GET   VAR  room   ups.status  ", "VAR room ups.status \"OL CHRG\"")]
    [InlineData("GET VAR \"room\" battery.charge", "VAR room battery.charge \"92.5\"")]
    [InlineData("GET VAR room ups.mode.buzzwords", "ERR VAR-NOT-SUPPORTED")]
    [InlineData("GET VAR nobody ups.status", "ERR UNKNOWN-UPS")]
    [InlineData("GET VAR nobody server.version", "VAR nobody server.version \"RoomGuard test\"")]
    [InlineData("GET VAR room", "ERR INVALID-ARGUMENT")]
    [InlineData("GET TYPE room battery.charge", "TYPE room battery.charge NUMBER")]
    [InlineData("GET TYPE room ups.status", "TYPE room ups.status STRING:64")]
    [InlineData("GET DESC room battery.charge", "DESC room battery.charge \"Battery charge (percent of full)\"")]
    [InlineData("GET DESC room own.thing", "DESC room own.thing \"Unavailable\"")]
    [InlineData("GET CMDDESC room test.battery.stop", "CMDDESC room test.battery.stop \"Stop the battery test\"")]
    [InlineData("GET TRACKING", "OFF")]
    [InlineData("SET TRACKING ON", "ERR FEATURE-NOT-CONFIGURED")]
    [InlineData("LIST UPS", "BEGIN LIST UPS|UPS room \"The \\\"room\\\"\"|UPS stage-1 \"First to stop\"|UPS silent \"Not answering\"|UPS new \"Never answered\"|END LIST UPS")]
    [InlineData("LIST VAR room", "BEGIN LIST VAR room|VAR room battery.charge \"92.5\"|VAR room ups.status \"OL CHRG\"|END LIST VAR room")]
    [InlineData("LIST RW room", "BEGIN LIST RW room|END LIST RW room")]
    [InlineData("LIST CMD room", "BEGIN LIST CMD room|CMD room test.battery.start.quick|END LIST CMD room")]
    [InlineData("LIST ENUM room battery.charge", "BEGIN LIST ENUM room battery.charge|END LIST ENUM room battery.charge")]
    [InlineData("LIST RANGE room nothing", "ERR VAR-NOT-SUPPORTED")]
    [InlineData("LIST CLIENT room", "BEGIN LIST CLIENT room|END LIST CLIENT room")]
    [InlineData("LIST CLIENT nobody", "ERR UNKNOWN-UPS")]
    [InlineData("LIST NOTHING", "ERR INVALID-ARGUMENT")]
    [InlineData("USERNAME", "ERR INVALID-ARGUMENT")]
    [InlineData("LOGIN room", "ERR USERNAME-REQUIRED")]
    [InlineData("FSD room", "ERR USERNAME-REQUIRED")]
    [InlineData("SET VAR room battery.charge 1", "ERR USERNAME-REQUIRED")]
    [InlineData("INSTCMD room test.battery.start.quick", "ERR USERNAME-REQUIRED")]
    [InlineData("GET VAR \"room", "ERR INVALID-ARGUMENT")]
    [InlineData("EHLO mail", "ERR UNKNOWN-COMMAND")]
    [InlineData("LOGOUT", "OK Goodbye")]
    public void A_request_is_answered_as_upsd_answers_it(string request, string answer) => Assert.Equal(answer, new Client(site).Says(request));

    [Theory]
    [InlineData("silent", "DATA-STALE")]
    [InlineData("new", "DRIVER-NOT-CONNECTED")]
    [Requirement("R-PWR-06")]
    public void A_unit_that_does_not_answer_is_never_served_as_fresh(string unit, string error)
    {
        var client = new Client(site);
        foreach (var request in new[]
        {
            $"GET VAR {unit} ups.status", $"GET TYPE {unit} ups.status", $"GET DESC {unit} ups.status", $"GET CMDDESC {unit} x", $"GET NUMLOGINS {unit}",
            $"LIST VAR {unit}", $"LIST RW {unit}", $"LIST CMD {unit}", $"LIST ENUM {unit} ups.status", $"LIST RANGE {unit} ups.status",
        })
        {
            Assert.Equal((request, $"ERR {error}"), (request, client.Says(request)));
        }

        Assert.StartsWith("UPSDESC", client.Says($"GET UPSDESC {unit}"), StringComparison.Ordinal);
        Assert.StartsWith("BEGIN LIST CLIENT", client.Says($"LIST CLIENT {unit}"), StringComparison.Ordinal);
        Assert.Contains(unit, client.Says("LIST UPS"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_logs_in_once_is_counted_and_is_gone_when_its_connection_is()
    {
        var client = new Client(site);
        Assert.Equal("OK", client.Says("USERNAME server-1"));
        Assert.Equal("ERR PASSWORD-REQUIRED", client.Says("LOGIN stage-1"));
        Assert.Equal("OK", client.Says("PASSWORD right"));
        Assert.Equal("ERR ALREADY-SET-USERNAME", client.Says("USERNAME other"));
        Assert.Equal("ERR ALREADY-SET-PASSWORD", client.Says("PASSWORD other"));
        Assert.Equal("ERR UNKNOWN-UPS", client.Says("LOGIN nobody"));
        Assert.Equal("OK", client.Says("LOGIN STAGE-1"));
        Assert.Equal("ERR ALREADY-LOGGED-IN", client.Says("LOGIN room"));
        Assert.Equal("NUMLOGINS stage-1 1", client.Says("GET NUMLOGINS stage-1"));
        Assert.Equal("BEGIN LIST CLIENT stage-1|CLIENT stage-1 192.0.2.7|END LIST CLIENT stage-1", client.Says("LIST CLIENT stage-1"));

        // Hosts that shut down often close without LOGOUT.
        client.Session.Gone();
        client.Session.Gone();
        Assert.Equal("NUMLOGINS stage-1 0", new Client(site).Says("GET NUMLOGINS stage-1"));
    }

    [Fact]
    public void A_wrong_password_shows_at_the_act_and_not_before()
    {
        var client = new Client(site);
        Assert.Equal("OK", client.Says("USERNAME server-1"));
        Assert.Equal("OK", client.Says("PASSWORD wrong"));
        Assert.Equal("ERR ACCESS-DENIED", client.Says("LOGIN room"));
        Assert.Equal("VAR room battery.charge \"92.5\"", client.Says("GET VAR room battery.charge"));
    }

    [Fact]
    public void A_secondary_neither_forces_a_shutdown_nor_commands_a_unit()
    {
        var client = new Client(site).As("server-1");
        Assert.Equal("ERR ACCESS-DENIED", client.Says("PRIMARY room"));
        Assert.Equal("ERR ACCESS-DENIED", client.Says("FSD room"));
        Assert.Equal("ERR ACCESS-DENIED", client.Says("INSTCMD room test.battery.start.quick"));
        Assert.Equal("ERR ACCESS-DENIED", client.Says("SET VAR room battery.charge 1"));
        Assert.Empty(site.Done);
    }

    [Fact]
    public void A_primary_sets_the_latch_and_every_status_begins_with_it()
    {
        var primary = new Client(site).As("primary");
        Assert.Equal("OK PRIMARY-GRANTED", primary.Says("PRIMARY room"));
        Assert.Equal("OK MASTER-GRANTED", primary.Says("MASTER room"));
        Assert.Equal("OK FSD-SET", primary.Says("FSD room"));
        Assert.Equal("VAR room ups.status \"FSD OL CHRG\"", new Client(site).Says("GET VAR room ups.status"));
        Assert.Contains("VAR room ups.status \"FSD OL CHRG\"", new Client(site).Says("LIST VAR room"), StringComparison.Ordinal);
        Assert.Equal("VAR stage-1 ups.status \"OL\"", new Client(site).Says("GET VAR stage-1 ups.status"));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void A_command_needs_its_own_right_and_a_unit_whose_commands_are_on()
    {
        var client = new Client(site).As("operator");
        Assert.Equal("OK", client.Says("INSTCMD room Test.Battery.Start.Quick"));
        Assert.Equal("ERR CMD-NOT-SUPPORTED", client.Says("INSTCMD room load.off"));
        Assert.Equal("ERR CMD-NOT-SUPPORTED", client.Says("INSTCMD stage-1 test.battery.start.quick"));
        Assert.Equal("ERR INSTCMD-FAILED", client.Says("INSTCMD room test.battery.start.quick fail"));
        Assert.Equal("ERR READONLY", client.Says("SET VAR room battery.charge 1"));
        Assert.Equal("ERR VAR-NOT-SUPPORTED", client.Says("SET VAR room nothing 1"));
        Assert.Equal(["room test.battery.start.quick "], site.Done);
    }

    [Fact]
    public void Two_requests_in_one_packet_get_two_answers_in_order_as_one_piece()
    {
        var client = new Client(site);
        Assert.Equal("1.3|VAR room battery.charge \"92.5\"", client.Says("PROTVER\nGET VAR room battery.charge"));
    }

    [Fact]
    public void A_stray_zero_byte_and_line_ends_of_both_kinds_are_taken_as_upsd_takes_them()
    {
        var session = new Client(site).Session;
        Assert.Equal("OK\n", Encoding.UTF8.GetString(session.Receive("\0USERNAME a\r\n"u8, TimeSpan.Zero).Span));
        Assert.True(session.Receive("\r\n\n  \n"u8, TimeSpan.Zero).IsEmpty);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void A_line_without_end_is_refused_and_the_third_closes_the_connection()
    {
        var client = new Client(site);
        Assert.Equal("ERR TOO-LONG|ERR TOO-LONG|ERR TOO-LONG", client.Says(new string('x', 600) + "\n" + new string('x', 600) + "\n" + new string('x', 600)));
        Assert.True(client.Session.IsOver);
    }

    [Fact]
    public void Tls_is_granted_once_and_what_was_said_in_clear_behind_it_does_not_count()
    {
        var client = new Client(site, new(HasCertificate: true, TlsForActs: true, TimeSpan.FromSeconds(60)));
        Assert.Equal("OK STARTTLS", client.Says("STARTTLS\nUSERNAME primary\nPASSWORD right\nFSD room"));
        Assert.True(client.Session.WantsTls);
        client.Session.TlsUp();
        Assert.Equal("ERR USERNAME-REQUIRED", client.Says("FSD room"));
        Assert.Equal("ERR ALREADY-SSL-MODE", client.Says("STARTTLS"));
        Assert.Equal("OK FSD-SET", client.As("primary").Says("FSD room"));
    }

    [Fact]
    public void A_site_that_demands_tls_lets_nobody_act_in_clear()
    {
        var client = new Client(site, new(HasCertificate: true, TlsForActs: true, TimeSpan.FromSeconds(60))).As("primary");
        Assert.Equal("ERR ACCESS-DENIED", client.Says("LOGIN room"));
        Assert.Equal("ERR ACCESS-DENIED", client.Says("FSD room"));
        Assert.Equal("VAR room battery.charge \"92.5\"", client.Says("GET VAR room battery.charge"));
    }

    [Fact]
    public void A_client_is_closed_a_minute_after_its_last_word()
    {
        var client = new Client(site);
        Assert.Equal(TimeSpan.FromSeconds(60), client.Session.ClosesAt);
        client.Session.Receive("VER\n"u8, TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(90), client.Session.ClosesAt);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_give_an_error_or_nothing_and_change_nothing() => Prop.ForAll<byte[]>(bytes =>
    {
        var client = new Client(site);
        client.Session.Receive(bytes, TimeSpan.Zero);
        Assert.Empty(site.Done);
        Assert.False(site.Units[0].Fsd);
        if (client.Session.IsOver)
        {
            return true;
        }

        client.Session.Receive("\n"u8, TimeSpan.Zero);
        return client.Says("PROTVER") == "1.3";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(700));

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_words_in_any_order_are_answered_with_whole_lines()
    {
        string[] words = ["GET", "LIST", "SET", "VAR", "UPS", "TYPE", "room", "silent", "ups.status", "\"", "\\", "INSTCMD", "LOGIN", "USERNAME", "TRACKING", "ON", "\"a b\"", "CMD", "FSD", "ENUM"];
        var random = new Random(7);
        var client = new Client(site);
        for (var round = 0; round < 20_000; round++)
        {
            var line = string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]));
            var answer = Encoding.UTF8.GetString(client.Session.Receive(Encoding.UTF8.GetBytes(line + "\n"), TimeSpan.Zero).Span);
            Assert.True(answer.EndsWith('\n'), line);
        }
    }

    [Fact]
    public void Noise_without_end_needs_no_memory()
    {
        var noise = new byte[1_000_000];
        Array.Fill(noise, (byte)'x');
        var session = new Client(site).Session;
        var before = GC.GetAllocatedBytesForCurrentThread();
        session.Receive(noise, TimeSpan.Zero);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.True(session.IsOver);
    }

    [Theory]
    [InlineData("OL", NutStatus.OnLine, "OL")]
    [InlineData("ALARM OL RB", NutStatus.Alarm | NutStatus.OnLine | NutStatus.ReplaceBattery, "OL RB")]
    [InlineData("OB LB DISCHRG", NutStatus.OnBattery | NutStatus.LowBattery | NutStatus.Discharging, "OB LB DISCHRG")]
    [InlineData("fsd ob lb", NutStatus.ForcedShutdown | NutStatus.OnBattery | NutStatus.LowBattery, "FSD OB LB")]
    [InlineData("OL LB", NutStatus.OnLine | NutStatus.LowBattery, "OL")]
    [InlineData("OL OB", NutStatus.OnLine | NutStatus.OnBattery, "OB")]
    [InlineData("OL BYPASS CAL OVER TRIM BOOST OFF HB WAIT TEST ECO", NutStatus.OnLine | NutStatus.Bypass | NutStatus.Calibrating | NutStatus.Overload | NutStatus.Trim | NutStatus.Boost | NutStatus.Off | NutStatus.HighBattery | NutStatus.Wait | NutStatus.Test, "WAIT OL HB BYPASS CAL OFF OVER TRIM BOOST TEST")]
    [InlineData("", NutStatus.None, "")]
    public void A_status_is_read_in_any_order_and_served_so_that_nobody_misreads_it(string text, NutStatus status, string served)
    {
        Assert.Equal(status, NutStatusText.Parse(text));
        Assert.Equal(served, NutStatusText.Of(status));
    }

    [Theory]
    [InlineData("92.5", 92.5)]
    [InlineData("-1", -1.0)]
    [InlineData("", null)]
    [InlineData("<85", null)]
    [InlineData("1,000", null)]
    [InlineData("1e3", null)]
    [InlineData("NaN", null)]
    public void A_number_is_read_as_drivers_write_it(string text, double? value) => Assert.Equal(value, NutNames.ReadNumber(text));

    [Fact]
    public void A_value_cannot_begin_a_line_of_its_own()
    {
        Assert.Equal("\"a  b \\\"c\\\" \\\\\"", NutLine.Quoted("a\r\nb \"c\" \\"));
        Assert.Equal(["a", "b c", "d\"e", ""], NutLine.Words("a \"b c\"  d\\\"e \"\"")!.Value.ToArray());
        Assert.Equal("\"\"", NutLine.Word(string.Empty));
        Assert.Equal("3600.5", NutNames.Number(3600.5, 1));
        Assert.Equal("1000000", NutNames.Number(1e6, 0));
    }

    private sealed class Client(Site site, NutServerSettings? settings = null)
    {
        public NutServerSession Session { get; } = new(settings ?? NutServerSettings.Plain, site, "192.0.2.7", TimeSpan.Zero);

        public Client As(string user)
        {
            Assert.Equal("OK|OK", Says($"USERNAME {user}\nPASSWORD right"));
            return this;
        }

        public string Says(string request) =>
            Encoding.UTF8.GetString(Session.Receive(Encoding.UTF8.GetBytes(request + "\n"), TimeSpan.Zero).Span).TrimEnd('\n').Replace('\n', '|');
    }

    private sealed class Site : INutSite
    {
        private readonly List<(string Unit, string From)> logins = [];

        public List<string> Done { get; } = [];

        public string Version => "RoomGuard test";

        public ImmutableArray<NutUnit> Units { get; private set; } =
        [
            new("room", "The \"room\"", NutFreshness.Fresh, Values("OL CHRG").Add("battery.charge", "92.5"), ["test.battery.start.quick"], Fsd: false),
            new("stage-1", "First to stop", NutFreshness.Fresh, Values("OL"), [], Fsd: false),
            new("silent", "Not answering", NutFreshness.Stale, Values("OB"), [], Fsd: false),
            new("new", "Never answered", NutFreshness.NotConnected, Values(string.Empty), [], Fsd: false),
        ];

        public NutUnit? Unit(string name) => Units.FirstOrDefault(unit => string.Equals(unit.Name, name, StringComparison.OrdinalIgnoreCase));

        public NutRights? RightsOf(string user, string password, string from) => (user, password) switch
        {
            ("server-1", "right") => NutRights.LogIn,
            ("primary", "right") => NutRights.LogIn | NutRights.Primary,
            ("operator", "right") => NutRights.Command,
            _ => null,
        };

        public ImmutableArray<string> Clients(string unit) => [.. logins.Where(login => login.Unit == unit).Select(login => login.From)];

        public void LoggedIn(string unit, string user, string from) => logins.Add((unit, from));

        public void LoggedOut(string unit, string user, string from) => logins.Remove((unit, from));

        public bool SetFsd(string unit, string user, string from)
        {
            Units = [.. Units.Select(one => one.Name == unit ? one with { Fsd = true } : one)];
            return true;
        }

        public bool Command(string unit, string command, string? parameter, string user, string from)
        {
            if (parameter == "fail")
            {
                return false;
            }

            Done.Add($"{unit} {command} {parameter}");
            return true;
        }

        private static ImmutableSortedDictionary<string, string> Values(string status) =>
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("ups.status", status);
    }
}
