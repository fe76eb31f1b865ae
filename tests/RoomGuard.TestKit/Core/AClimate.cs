using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Core;

/// <summary>A server room and a media store to tell stories of the climate with. A test changes only what it is about.</summary>
public static class AClimate
{
    public static readonly ZoneId ServerRoom = new("SRV-1");

    public static readonly ZoneId MediaStore = new("MED-1");

    /// <summary>Three inlets that speak every minute over one gateway, one sensor of the room, and what guards it.</summary>
    public static ClimatePlan Plan { get; } = new(
        [
            new(ServerRoom, ZoneKind.ServerRoom, EquipmentClass.A1, ["R01", "R02"], [new(SensingFactor.Dust, "前室で除塵しているため")], []),
            new(MediaStore, ZoneKind.MediaStore, EquipmentClass.A1, ["M01"], [new(SensingFactor.Dust, "密閉した保管庫のため"), new(SensingFactor.Vibration, "同じ階のSRV-1で測るため")], []),
        ],
        [
            Inlet("inlet-1", "R01"), Inlet("inlet-2", "R01"), Inlet("inlet-3", "R02"),
            Sensor("room-1", SensorSpot.Room, null, Quantity.Temperature, Quantity.RelativeHumidity) with { Through = ["z2m-1"] },
            Sensor("pipe-1", SensorSpot.Structure, TimeSpan.FromMinutes(1), Quantity.SurfaceTemperature),
            Sensor("smoke-1", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Smoke),
            Sensor("leak-1", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Leak),
            Sensor("fire-1", SensorSpot.Structure, TimeSpan.FromMinutes(1), Quantity.Fire, Quantity.AgentDischarge) with { FireZones = [ServerRoom, MediaStore] },
            Sensor("ac-1", SensorSpot.Structure, TimeSpan.FromMinutes(1), Quantity.CoolingStopped),
            Sensor("quake-1", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.SeismicIntensity),
            Sensor("quake-2", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.SeismicIntensity),
            Sensor("store-1", SensorSpot.Room, TimeSpan.FromMinutes(5), Quantity.Temperature, Quantity.RelativeHumidity) with { Zone = MediaStore },
            Sensor("store-smoke", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Smoke) with { Zone = MediaStore },
            Sensor("store-leak", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Leak) with { Zone = MediaStore },
            Sensor("store-door", SensorSpot.Structure, TimeSpan.FromHours(1), Quantity.Open) with { Zone = MediaStore },
        ]);

    /// <summary>One sensor of the server room.</summary>
    public static SensorPlace Sensor(string id, SensorSpot spot, TimeSpan? interval, params Quantity[] measures) =>
        new(id, ServerRoom, spot, $"計測 {id}", $"Sensor {id}", [.. measures], interval);

    private static SensorPlace Inlet(string id, string rack) =>
        Sensor(id, SensorSpot.Inlet, TimeSpan.FromMinutes(1), Quantity.Temperature, Quantity.RelativeHumidity) with { Rack = rack, Through = ["z2m-1"] };

    /// <summary>The plan with one sensor changed.</summary>
    public static ClimatePlan With(string sensor, Func<SensorPlace, SensorPlace> change) =>
        Plan with { Sensors = [.. Plan.Sensors.Select(one => one.Id == sensor ? change(one) : one)] };
}
