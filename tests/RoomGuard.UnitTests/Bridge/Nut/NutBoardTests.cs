using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Nut;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Nut;

/// <summary>What the NUT server tells of units and stages, and to whom.</summary>
public sealed class NutBoardTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-nut-").FullName;
    private readonly VirtualTime time = new(A.MondayNine);
    private readonly UpsBoard units;
    private readonly NutUsers users;
    private readonly NutBoard board;

    public NutBoardTests()
    {
        units = new([new("ups-1", "電源1", "UPS 1")], A.MondayNine);
        users = new(Path.Combine(folder, "nut-users.json"), time);
        board = new(units, [new("stage-1", "ups-1", "Test machines"), new("stage-2", "ups-1", "Servers")], users, "1.0", time, NullLogger.Instance);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_is_not_connected_before_its_first_reading_and_stale_when_it_is_silent()
    {
        Assert.Equal(NutFreshness.NotConnected, board.Unit("UPS-1")!.Freshness);
        Reads(UpsFlags.OnLine);
        Assert.Equal(NutFreshness.Fresh, board.Unit("ups-1")!.Freshness);
        units.Take(UpsReading.Nothing("ups-1", time.GetUtcNow(), "silent"));
        Assert.Equal(NutFreshness.Stale, board.Unit("ups-1")!.Freshness);
        Assert.Empty(board.Unit("ups-1")!.Variables);

        // On mains a stage whose unit is unknown is stale like it.
        Assert.Equal(NutFreshness.Stale, board.Unit("stage-1")!.Freshness);
    }

    [Fact]
    public void A_reading_nobody_renews_goes_stale_by_itself()
    {
        Reads(UpsFlags.OnLine);
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(NutFreshness.Stale, board.Unit("ups-1")!.Freshness);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void When_the_link_dies_in_an_outage_a_stage_counts_on_and_its_unit_goes_stale()
    {
        Reads(UpsFlags.OnBattery, runtime: 600);
        units.Take(UpsReading.Nothing("ups-1", time.GetUtcNow(), "the cable is out"));
        time.Advance(TimeSpan.FromSeconds(100));

        var stage = board.Unit("stage-2")!;
        Assert.Equal((NutFreshness.Fresh, "OB DISCHRG", "500", "100"), (stage.Freshness, stage.Variables["ups.status"], stage.Variables["battery.runtime"], stage.Variables["experimental.roomguard.reading.age"]));
        Assert.Equal(NutFreshness.Stale, board.Unit("ups-1")!.Freshness);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("0", board.Unit("stage-2")!.Variables["battery.runtime"]);

        Reads(UpsFlags.OnLine);
        Assert.Equal("OL", board.Unit("stage-2")!.Variables["ups.status"]);
    }

    [Fact]
    [Requirement("R-PWR-04")]
    public void A_latch_holds_for_one_name_until_it_is_taken_back()
    {
        Reads(UpsFlags.OnBattery);
        Assert.True(board.Latch("STAGE-1"));
        Assert.False(board.Latch("nobody"));
        Assert.True(board.Unit("stage-1")!.Fsd);
        Assert.False(board.Unit("stage-2")!.Fsd);
        Assert.False(board.Unit("ups-1")!.Fsd);
        board.Unlatch("stage-1");
        Assert.False(board.Unit("stage-1")!.Fsd);
    }

    [Fact]
    public void Log_ins_are_counted_by_name_also_two_from_one_address()
    {
        var changes = 0;
        board.LoginsChanged += () => changes++;
        board.LoggedIn("stage-1", "server-1", "192.0.2.7");
        board.LoggedIn("stage-1", "server-1", "192.0.2.7");
        board.LoggedIn("stage-2", "server-2", "192.0.2.8");
        Assert.Equal(2, board.Clients("stage-1").Length);
        Assert.Single(board.Clients("stage-2"));

        board.LoggedOut("stage-1", "server-1", "192.0.2.7");
        Assert.Single(board.Clients("stage-1"));
        board.LoggedOut("stage-1", "server-1", "192.0.2.7");
        board.LoggedOut("stage-1", "server-1", "192.0.2.7");
        Assert.Empty(board.Clients("stage-1"));
        Assert.Equal(6, changes);
    }

    [Fact]
    public void Users_are_kept_as_digests_renewed_within_a_second_and_ended()
    {
        var password = users.Add("server-1", NutRights.LogIn, Chance);
        Assert.Equal(40, password.Length);
        Assert.DoesNotContain(password, File.ReadAllText(Path.Combine(folder, "nut-users.json")), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "nut-users.json")));

        // Another process wrote the file; the running one sees it at its next look.
        var running = new NutUsers(Path.Combine(folder, "nut-users.json"), time);
        Assert.Equal(NutRights.LogIn, running.RightsOf("server-1", password));
        Assert.Null(running.RightsOf("server-1", "wrong"));
        Assert.Null(running.RightsOf("nobody", password));
        Assert.True(users.Remove("server-1"));
        Assert.False(users.Remove("server-1"));
        File.SetLastWriteTimeUtc(Path.Combine(folder, "nut-users.json"), new(2026, 5, 12, 0, 0, 0, DateTimeKind.Utc));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(running.RightsOf("server-1", password));
    }

    [Fact]
    public void An_address_with_ten_wrong_passwords_is_not_looked_at_for_a_minute()
    {
        var password = users.Add("server-1", NutRights.LogIn, Chance);
        for (var wrong = 0; wrong < 10; wrong++)
        {
            Assert.Null(board.RightsOf("server-1", "wrong", "192.0.2.9"));
        }

        Assert.Null(board.RightsOf("server-1", password, "192.0.2.9"));
        Assert.Equal(NutRights.LogIn, board.RightsOf("server-1", password, "192.0.2.10"));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(NutRights.LogIn, board.RightsOf("server-1", password, "192.0.2.9"));
    }

    [Fact]
    public void A_flood_from_many_addresses_needs_no_memory_without_end()
    {
        var doorkeeper = new NutDoorkeeper(time);
        for (var address = 0; address < 5000; address++)
        {
            doorkeeper.Wrong($"192.0.2.{address}");
        }

        Assert.True(doorkeeper.IsOpen("198.51.100.1"));
    }

    [Theory]
    [InlineData(UpsFlags.OnLine | UpsFlags.Charging, "OL CHRG")]
    [InlineData(UpsFlags.OnLine | UpsFlags.LowBattery | UpsFlags.ReplaceBattery, "OL RB")]
    [InlineData(UpsFlags.OnBattery | UpsFlags.LowBattery | UpsFlags.InputBad, "OB LB DISCHRG")]
    [InlineData(UpsFlags.OnBattery | UpsFlags.Testing, "OB DISCHRG CAL")]
    [InlineData(UpsFlags.Bypass | UpsFlags.Overload, "OL BYPASS OVER")]
    [InlineData(UpsFlags.OutputOff, "OFF")]
    [InlineData(UpsFlags.OnLine | UpsFlags.Fault | UpsFlags.Boost, "OL BOOST")]
    public void A_state_is_told_in_the_words_clients_act_by(UpsFlags flags, string status)
    {
        Reads(flags);
        Assert.Equal(status, board.Unit("ups-1")!.Variables["ups.status"]);
    }

    [Fact]
    public void Only_what_may_be_judged_by_is_told_and_an_estimate_says_that_it_is_one()
    {
        var values = ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty
            .Add(UpsQuantity.RuntimeSeconds, new(1234.6, UpsQuality.Good, A.MondayNine, Estimated: true))
            .Add(UpsQuantity.ChargePercent, new(300, UpsQuality.Bad, A.MondayNine))
            .Add(UpsQuantity.InputVoltage, new(100.46, UpsQuality.Good, A.MondayNine));
        var variables = NutBoard.Variables(new("ups-1", A.MondayNine, UpsQuality.Good, UpsFlags.OnLine, values, ImmutableSortedDictionary<UpsText, string>.Empty.Add(UpsText.Model, "M"), null));

        Assert.Equal("1235", variables["battery.runtime"]);
        Assert.Equal("yes", variables["experimental.roomguard.runtime.estimated"]);
        Assert.Equal("100.5", variables["input.voltage"]);
        Assert.Equal("M", variables["device.model"]);
        Assert.False(variables.ContainsKey("battery.charge"));
    }

    [Fact]
    public void What_a_foreign_upsd_says_is_judged_like_any_unit()
    {
        UpsReading Read(string status, params (string Name, string Value)[] more) => NutUpsWords.Read(
            "ups-1", A.MondayNine, more.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal).SetItem("ups.status", status));

        Assert.True(Read("OB LB", ("battery.runtime", "540")) is { IsOutage: true } outage && outage.Good(UpsQuantity.RuntimeSeconds) == 540);
        Assert.False(Read("OB CAL").IsOutage);
        Assert.Equal(UpsFlags.Bypass, Read("OL BYPASS").Flags);
        Assert.Equal(UpsFlags.OutputOff, Read("OL OFF").Flags);
        Assert.Equal(UpsQuality.Unknown, Read("WAIT").State);
        Assert.Equal(UpsQuality.Bad, Read("").State);
        Assert.Null(Read("OL", ("battery.runtime", "-1"), ("battery.charge", "<85")).Good(UpsQuantity.RuntimeSeconds));
        Assert.Null(Read("OL", ("battery.charge", "<85")).Good(UpsQuantity.ChargePercent));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Chance(int count) => [.. Enumerable.Range(1, count).Select(number => (byte)(number * 37))];

    private void Reads(UpsFlags flags, double runtime = 600) => units.Take(UpsJudge.Of(
        "ups-1",
        time.GetUtcNow(),
        flags,
        [new(UpsQuantity.RuntimeSeconds, new(runtime, UpsQuality.Good, time.GetUtcNow()))],
        ImmutableSortedDictionary<UpsText, string>.Empty));
}
