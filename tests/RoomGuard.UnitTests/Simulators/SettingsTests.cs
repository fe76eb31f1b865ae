using RoomGuard.Simulators.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Simulators;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("test")]
    [InlineData("")]
    [Requirement("R-CFG-05")]
    public void Simulated_devices_run_only_at_a_site_marked_Test(string environment)
    {
        var refused = Assert.Throws<SimulatorSettingsException>(() => SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), [$"environment={environment}"]));

        Assert.Contains("R-CFG-05", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listen.address=0.0.0.0", "listen.address", "loopback")]
    [InlineData("listen.control=70000", "listen.control", "70000")]
    [InlineData("speed=0", "speed", "0")]
    [InlineData("seed=\"x\"", "$.seed", "wrong form")]
    [InlineData("colour=red", "$.colour", "could not be mapped")]
    [InlineData("lines.0.baudRate=1200", "lines.0.baudRate", "9600")]
    [InlineData("lines.0.link=null", "lines.0.link", "symbolic link")]
    [InlineData("lines.0.devices.1.address=0", "lines.0.devices", "stands twice")]
    [InlineData("lines.0.devices.1.address=127", "lines.0.devices.1.address", "0 to 126")]
    [InlineData("lines.0.devices.0.vendor=XYZ", "lines.0.devices.0.vendor", "hex")]
    [InlineData("doors.0.strike.output=7", "doors.0.strike.output", "has 2")]
    [InlineData("doors.0.entryReader=nobody", "doors.0.entryReader", "nobody")]
    [InlineData("doors.0.asksPin=true", "doors.0.asksPin", "keypad")]
    [InlineData("doors.0.closer=\"01:00:00\"", "doors.0.closer", "00:01:00")]
    [InlineData("people.0.number=99999", "people.0", "does not fit")]
    [InlineData("people.0.pin=\"12\"", "people.0.pin", "4 to 8")]
    [InlineData("people.1.id=S-0102", "people", "stands twice")]
    public void Wrong_settings_are_refused_with_place_and_remedy(string change, string place, string says)
    {
        var refused = Assert.Throws<SimulatorSettingsException>(() => SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), [change]));

        Assert.Contains($"simulators.json: {place}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listen.control")]
    [InlineData("nothing.here=1")]
    [InlineData("lines.9.link=x")]
    public void An_override_that_points_nowhere_is_refused(string change) =>
        Assert.Contains("--set", Assert.Throws<SimulatorSettingsException>(() => SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), [change])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_override_takes_the_place_of_the_files_value()
    {
        var settings = SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), ["listen.control=7590", "story=null", "lines.0.link=elsewhere/bus"]);

        Assert.Equal((7590, null, "elsewhere/bus"), (settings.Control.Control, settings.Story, settings.Lines[0].Link));
    }

    [Fact]
    [Requirement("R-CFG-06")]
    public void The_list_of_people_and_the_simulators_cards_are_the_same_invented_ones()
    {
        var settings = SimulatorSettingsFile.Load(A.Kakuu("simulators.json"), []);
        var rows = File.ReadAllLines(A.Kakuu("people.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0]);

        Assert.Equal(40, rows.Count);
        Assert.All(rows, row =>
        {
            var person = settings.People.Single(item => item.Id == row.Key);
            Assert.Equal((row.Value[1], row.Value[8], row.Value[9], row.Value[10], row.Value[20]), (person.Name, person.CardFormat, $"{person.Facility}", $"{person.Number}", person.Pin ?? ""));
        });
        // And besides: three visitor badges of the site's series, a card nobody registered, and one of another site.
        Assert.Equal(["B-R-001", "B-R-002", "B-R-003", "X-0001", "X-0002"], settings.People.Select(item => item.Id).Where(id => !rows.ContainsKey(id)));
    }
}
