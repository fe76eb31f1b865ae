using RoomGuard.Bridge;
using RoomGuard.Bridge.Climate;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Climate;

/// <summary>The section <c>climate</c> of the bridge's settings.</summary>
public sealed class ClimateSectionTests : IDisposable
{
    private const string Good = """
        {
          "panel": "bridge-1", "site": "kakuu-1", "environment": "Test", "dataFolder": "data", "service": "https://127.0.0.1:7444", "buses": [], "doors": [],
          "sensors": { "enrolled": [ { "id": "inlet-1", "model": "linux-iio-th", "key": "bme280" }, { "id": "leak-1", "model": "linux-iio-th", "key": "bme281" } ] },
          "climate": {
            "zones": [
              { "zone": "SRV-1", "equipment": "A2", "racks": [ "R01" ],
                "notSensed": [ { "factor": "Dust", "reason": "前室で除塵" }, { "factor": "Vibration", "reason": "耐震床" }, { "factor": "Fire", "reason": "消防設備で監視" } ],
                "limits": [ { "measure": "Temperature", "warningHigh": 26 } ] }
            ],
            "sensors": [
              { "id": "inlet-1", "zone": "SRV-1", "spot": "Inlet", "label": "ラック1 前面", "labelEn": "Rack 1, front", "measures": [ "Temperature", "RelativeHumidity" ], "interval": "00:01:00",
                "rack": "R01", "through": [ "z2m-1" ], "calibrations": [ { "quantity": "Temperature", "offset": -0.3, "on": "2026-04-01" } ], "limits": [ { "measure": "Temperature", "alarmHigh": 30 } ] },
              { "id": "leak-1", "zone": "SRV-1", "spot": "Structure", "label": "床下", "labelEn": "Under the floor", "measures": [ "Leak" ] }
            ]
          }
        }
        """;

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    [Requirement("R-ENV-01")]
    public void A_good_section_is_a_plan_and_what_is_not_written_is_the_common_limit()
    {
        var plan = Load(Good).Climate!.Plan();

        Assert.Empty(plan.Problems());
        var limits = plan.LimitsOf(plan.Sensors[0], Measure.Temperature)!;
        Assert.Equal((18, 26, 10, 30), (limits.WarningLow, limits.WarningHigh, limits.AlarmLow, limits.AlarmHigh));
        Assert.Equal(TimeSpan.FromMinutes(5), limits.WarningAfter);
        Assert.Equal((-0.3, 1), (plan.Sensors[0].CalibrationOf(Quantity.Temperature)!.Offset, plan.Sensors[0].CalibrationOf(Quantity.Temperature)!.Gain));
    }

    [Theory]
    [Requirement("R-INP-01")]
    [InlineData("\"id\": \"inlet-1\"", "\"id\": \"inlet 1\"", "climate.sensors[0].id: \"inlet 1\" is not a name")]
    [InlineData("\"id\": \"leak-1\"", "\"id\": \"inlet-1\"", "climate.sensors: id \"inlet-1\" stands twice")]
    [InlineData("\"zone\": \"SRV-1\", \"spot\": \"Structure\"", "\"zone\": \"SRV-2\", \"spot\": \"Structure\"", "climate.sensors[1].zone: there is no zone \"SRV-2\" under zones")]
    [InlineData("\"label\": \"床下\"", "\"label\": \" \"", "climate.sensors[1].label: name leak-1 for people")]
    [InlineData("[ \"Leak\" ]", "[ \"Leek\" ]", "$.climate.sensors[1].measures[0]")]
    [InlineData("[ \"Leak\" ]", "[]", "climate.sensors[1].measures: say what leak-1 senses")]
    [InlineData("\"interval\": \"00:01:00\"", "\"interval\": \"3.00:00:00\"", "climate.sensors[0].interval: 3.00:00:00 is outside")]
    [InlineData("\"alarmHigh\": 30", "\"alarmHigh\": 20", "climate.sensors[0].limits[0]: limits of Temperature must be numbers that rise")]
    [InlineData("{ \"measure\": \"Temperature\", \"alarmHigh\": 30 }", "null", "climate: a list holds null")]
    [InlineData("\"through\": [ \"z2m-1\" ]", "\"through\": [ null ]", "climate.sensors[0].through: a name is missing")]
    [InlineData("\"offset\": -0.3", "\"offset\": -0.3, \"gain\": 0", "climate.sensors[0].calibrations[0]: gain 0")]
    [InlineData("{ \"factor\": \"Dust\", \"reason\": \"前室で除塵\" }, ", "", "climate.zones[0]: Dust of SRV-1 is neither sensed nor explained")]
    [InlineData("\"equipment\": \"A2\"", "\"equipment\": \"A9\"", "$.climate.zones[0].equipment")]
    public void What_is_wrong_is_named_with_its_place(string right, string wrong, string named)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        var refused = Assert.Throws<RoomGuard.Hosting.SettingsException>(() => Load(Good.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_where_there_is_no_common_one_says_all_of_itself()
    {
        var bare = new LimitSettings(Measure.HumidityChange, WarningHigh: 20);

        Assert.Null(bare.Over(null));
        Assert.Equal(20, (bare with { Deadband = 2, NormalAfter = TimeSpan.FromMinutes(10) }).Over(null)!.WarningHigh);
    }

    private BridgeSettings Load(string text)
    {
        File.WriteAllText(path, text);
        return RoomGuard.Hosting.SettingsFile.Load(path, BridgeSettingsJson.Default.BridgeSettings, []);
    }
}
