using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Cabinets;

/// <summary>Openings of racks and cabinets at the bridge.</summary>
public sealed class CabinetWatchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly Cabinet Rack = new(new("rack-01"), new("SRV-1"), "ラック1", "Rack 1", Watched: true);
    private static readonly Cabinet Other = new(new("rack-02"), new("SRV-1"), "ラック2", "Rack 2", Watched: true);
    private static readonly Cabinet ByEye = new(new("rack-03"), new("SRV-1"), "ラック3", "Rack 3", Watched: false);

    private readonly CabinetWatch watch = new([new(Rack, null, [], null), new(Other, "contact-2", ["lan/zigbee2mqtt", "lan"], TimeSpan.FromHours(1)), new(ByEye, null, [], null)]);
    private DateTimeOffset now = Nine;

    public CabinetWatchTests() => Assert.Equal([Rack, Other, ByEye], Assert.IsType<CabinetsWatched>(Assert.Single(Tell(new RoomStarted(now)))).Cabinets.AsEnumerable());

    [Fact]
    [Requirement("R-ZONE-10")]
    public void A_contact_tells_each_change_once()
    {
        Assert.IsType<CabinetClosed>(Assert.Single(Tell(new CabinetHeard(now, Rack.Id, false))));
        Assert.Empty(Tell(new CabinetHeard(now, Rack.Id, false)));
        var opened = Assert.IsType<CabinetOpened>(Assert.Single(Tell(new CabinetHeard(now, Rack.Id, true))));
        Assert.Equal((Rack.Id, Rack.Zone), (opened.Cabinet, opened.Zone));
        Assert.Empty(Tell(new CabinetHeard(now, Rack.Id, true)));
        Assert.IsType<CabinetLost>(Assert.Single(Tell(new CabinetHeard(now, Rack.Id, null))));
        Assert.Empty(Tell(new CabinetHeard(now, Rack.Id, null)));
        Assert.IsType<CabinetClosed>(Assert.Single(Tell(new CabinetHeard(now, Rack.Id, false))));
        Assert.Empty(Tell(new CabinetHeard(now, new("rack-99"), true)));
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public void A_sensor_tells_by_its_value_and_nothing_old_or_of_another_sensor_counts()
    {
        Assert.True(watch.Watches("contact-2"));
        Assert.IsType<CabinetClosed>(Assert.Single(Says(0)));
        Assert.Empty(Tell(new SensorHeard(now, new("contact-2", now, [new(Quantity.Open, 1)]) { Resent = true })));
        Assert.Empty(Tell(new SensorHeard(now, new("contact-2", now, [new(Quantity.Open, 1)]) { SelfTest = true })));
        Assert.Empty(Tell(new SensorHeard(now, new("contact-9", now, [new(Quantity.Open, 1)]))));
        Assert.Empty(Tell(new SensorHeard(now, new("contact-2", now, [new(Quantity.Temperature, 21)]))));
        Assert.IsType<CabinetOpened>(Assert.Single(Says(1)));
        Assert.IsType<CabinetLost>(Assert.Single(Tell(new SensorHeard(now, new("contact-2", now, [new(Quantity.Open, null, "unavailable")])))));
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    [Requirement("R-ENV-05")]
    public void Silence_is_unknown_and_never_shut()
    {
        // Never heard at all.
        Assert.Equal(Nine.AddHours(3), watch.NextDue);
        now = Nine.AddHours(3);
        Assert.Equal("its sensor is silent", Assert.IsType<CabinetLost>(Assert.Single(Tell(new TimePassed(now)))).Detail);
        Assert.Null(watch.NextDue);

        // Heard, and silent again.
        Assert.IsType<CabinetClosed>(Assert.Single(Says(0)));
        now += TimeSpan.FromHours(2);
        Assert.Empty(Says(0));
        now += TimeSpan.FromHours(3);
        Assert.IsType<CabinetLost>(Assert.Single(Tell(new TimePassed(now))));
    }

    [Fact]
    [Requirement("R-ZONE-10")]
    public void With_its_gateway_away_it_is_unknown_at_once()
    {
        Assert.Single(Says(0));
        Assert.Empty(Tell(new GatewayTold(now, new("other", now, false))));
        Assert.IsType<CabinetLost>(Assert.Single(Tell(new GatewayTold(now, new("lan", now, false)))));
        Assert.Single(Says(0));
        Assert.IsType<CabinetLost>(Assert.Single(Tell(new SensorReachTold(now, "contact-2", true))));
    }

    private RecordedEvent[] Says(double open) => Tell(new SensorHeard(now, new("contact-2", now, [new(Quantity.Open, open)])));

    private RecordedEvent[] Tell(RoomInput input) => [.. watch.Handle(input).Cast<Write>().Select(write => write.Event)];
}
