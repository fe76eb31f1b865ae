using System.Collections.Immutable;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Ups;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>Settings of units and of the NUT server: what is impossible is named with its remedy.</summary>
public class UpsSettingsTests
{
    private static readonly LinkSettings Serial = new(LinkKind.Serial, "/dev/ttyUSB0");
    private static readonly LinkSettings Tcp = new(LinkKind.Tcp, Host: "192.0.2.20", Port: 502);
    private static readonly UpsSettings Good = new("ups-1", "電源1", "UPS 1", "apc-smart-ups", Serial);

    public static TheoryData<UpsSettings, string> Wrong => new()
    {
        { Good with { Id = "ups 1" }, "ups[0].id" },
        { Good with { Model = null }, "either model and link, or nut" },
        { Good with { Link = null }, "either model and link, or nut" },
        { Good with { Nut = new("h", "n") }, "either model and link, or nut" },
        { Good with { Link = new(LinkKind.Serial) }, "link.path" },
        { Good with { Link = Tcp }, "R-NET-04" },
        { Good with { Link = new(LinkKind.Tcp, Host: "h"), Segment = "s" }, "host and port" },
        { Good with { Unit = 0 }, "0 is outside 1 to 247" },
        { Good with { BaudRate = 12345 }, "12345 is no rate" },
        { Good with { Every = TimeSpan.FromSeconds(11) }, "00:00:01 to 00:00:10" },
        { Good with { Battery = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(4), TimeSpan.FromHours(4)) }, "half load lasts longer" },
        { Good with { Model = null, Link = null, Nut = new("", "n") }, "nut: needs host" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    [Requirement("R-NET-04")]
    public void An_impossible_unit_is_named_with_its_remedy(UpsSettings unit, string says) =>
        Assert.Contains(Problems(unit), problem => problem.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void Sound_units_raise_nothing()
    {
        Assert.Empty(Problems(Good, Good with { Id = "ups-2", Unit = 2 }, Good with { Id = "ups-3", Link = Tcp, Segment = "VLAN 30" }, new("ups-4", "別館", "Annex", Nut: new("192.0.2.30", "annex"))));
        Assert.Contains(Problems(Good, Good with { Unit = 2 }), problem => problem.Contains("stands twice", StringComparison.Ordinal));
        Assert.Contains(Problems(Good, Good with { Id = "ups-2" }), problem => problem.Contains("unit 1 stands twice on one link", StringComparison.Ordinal));
    }

    [Fact]
    public void The_nut_server_s_names_are_unique_and_hang_on_a_unit()
    {
        var section = new NutServerSection([new("stage-1", "ups-1", "A"), new("stage-2", "ups-1", "B")]);
        Assert.Equal(("127.0.0.1", 3493, true), (section.Address, section.Port, section.TlsForActs));
        Assert.Empty(section.Problems("nut", ["ups-1"], IsName));
        Assert.Contains(section.Problems("nut", ["ups-9"], IsName), problem => problem.Contains("there is no unit \"ups-1\"", StringComparison.Ordinal));
        Assert.Contains((section with { Names = [new("UPS-1", "ups-1", "A")] }).Problems("nut", ["ups-1"], IsName), problem => problem.Contains("twice", StringComparison.Ordinal));
        Assert.Contains((section with { Address = "bridge" }).Problems("nut", ["ups-1"], IsName), problem => problem.Contains("not an IP address", StringComparison.Ordinal));
        Assert.Contains((section with { Port = 70000 }).Problems("nut", ["ups-1"], IsName), problem => problem.Contains("not a port", StringComparison.Ordinal));
    }

    [Fact]
    public void Units_of_one_link_share_a_wire_only_when_their_protocol_lets_them()
    {
        UpsSettings q1 = Good with { Model = "megatec-q1" };
        Assert.Contains("one unit on a link", Refused(q1, q1 with { Id = "ups-2", Unit = 2 }).Message, StringComparison.Ordinal);
        Assert.Contains("must all speak Modbus", Refused(Good, q1 with { Id = "ups-2", Unit = 2 }).Message, StringComparison.Ordinal);
        Assert.Contains("There is no UPS model", Refused(Good with { Model = "none" }).Message, StringComparison.Ordinal);
    }

    private static UpsModelException Refused(params UpsSettings[] units) => Assert.Throws<UpsModelException>(() => new UpsWires(
        [.. units], new(units, default), UpsModels.Load, (unit, model) => UpsWires.LinkOf(unit, model, TimeProvider.System), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<UpsWires>.Instance));

    private static ImmutableArray<string> Problems(params UpsSettings[] units) => [.. UpsSettings.Problems([.. units], IsName)];

    private static bool IsName(string? text) => text is { Length: > 0 } && !text.Contains(' ', StringComparison.Ordinal);
}
