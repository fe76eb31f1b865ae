namespace RoomGuard.Core.Climate;

/// <summary>What can be wrong with a room's climate or with what watches it. A condition is named by its rule and its object, e.g. <c>Smoke/smoke-1</c>.</summary>
public enum ClimateRule
{
    /// <summary>温度上昇 (R-ENV-02).</summary>
    TemperatureHigh,

    /// <summary>温度低下 (R-ENV-02).</summary>
    TemperatureLow,

    /// <summary>高湿度 (R-ENV-02).</summary>
    HumidityHigh,

    /// <summary>低湿度 (R-ENV-02).</summary>
    HumidityLow,

    /// <summary>露点の上昇: the air holds more water than equipment stands.</summary>
    DewPointHigh,

    /// <summary>露点の低下: so dry that things charge themselves.</summary>
    DewPointLow,

    /// <summary>結露のおそれ: a cold surface is near the dew point.</summary>
    CondensationNear,

    /// <summary>急な温度上昇 within a quarter of an hour.</summary>
    TemperatureRise,

    /// <summary>温度の変化 within an hour, up or down.</summary>
    TemperatureChange,

    /// <summary>湿度の変化 within an hour, up or down.</summary>
    HumidityChange,

    /// <summary>粉じん, PM10.</summary>
    DustHigh,

    /// <summary>微小粉じん, PM2.5.</summary>
    FineDustHigh,

    /// <summary>煙 (R-ENV-03).</summary>
    Smoke,

    /// <summary>漏水 (R-ENV-03).</summary>
    Leak,

    /// <summary>火災信号 (R-ENV-03, R-DOOR-15).</summary>
    Fire,

    /// <summary>消火薬剤の放出 (R-ENV-03).</summary>
    AgentDischarge,

    /// <summary>地震 (R-ENV-04): stays 点検待ち until each rack was looked at.</summary>
    Quake,

    /// <summary>空調・給水の停止 (R-ENV-09), as an input tells it.</summary>
    CoolingStopped,

    /// <summary>空調能力の喪失 (R-ENV-09), as the room's air tells it: several inlets rise together.</summary>
    CoolingLost,

    /// <summary>開放超過 of a hatch, a rack or a media store's door (R-ENV-08).</summary>
    OpenTooLong,

    /// <summary>センサー途絶 (R-ENV-05).</summary>
    SensorSilent,

    /// <summary>センサー異常 (R-ENV-06): says what cannot be.</summary>
    SensorFault,

    /// <summary>センサー固着: says the same while its neighbours move.</summary>
    SensorStuck,

    /// <summary>センサー電池 (R-ENV-05).</summary>
    SensorBattery,

    /// <summary>センサー時計: the device's own clock is off.</summary>
    SensorClock,

    /// <summary>センサー取外し: its cover was opened or it was taken off the wall.</summary>
    SensorTampered,

    /// <summary>中継装置の途絶: what sensors are heard through is gone, and they are blind with it.</summary>
    GatewayDown,
}

/// <summary>How bad a condition is.</summary>
public enum ClimateLevel
{
    /// <summary>注意.</summary>
    Warning,

    /// <summary>警報.</summary>
    Alarm,
}

/// <summary>The six factors of a zone's sensing plan (R-ENV-01).</summary>
public enum SensingFactor
{
    /// <summary>火災.</summary>
    Fire,

    /// <summary>水害.</summary>
    Water,

    /// <summary>埃.</summary>
    Dust,

    /// <summary>振動.</summary>
    Vibration,

    /// <summary>温度.</summary>
    Temperature,

    /// <summary>湿度.</summary>
    Humidity,
}

/// <summary>How far a value may be believed (R-ENV-06).</summary>
public enum ValueQuality
{
    /// <summary>Heard lately, possible, and nothing speaks against it.</summary>
    Good,

    /// <summary>Heard, with a reason to doubt it.</summary>
    Uncertain,

    /// <summary>Heard, and it cannot be so: kept as it came and never judged.</summary>
    Bad,

    /// <summary>Its sensor lives, and this value is older than it should be; or it is an old thing told again.</summary>
    Stale,

    /// <summary>不明: its sensor is not heard.</summary>
    Offline,

    /// <summary>保守中: somebody works on the sensor; recorded and not judged.</summary>
    Maintenance,
}

/// <summary>Why a value is not Good.</summary>
public enum QualityReason
{
    /// <summary>It is.</summary>
    None,

    /// <summary>No number came.</summary>
    NotANumber,

    /// <summary>Outside what the sensor can measure.</summary>
    OutOfRange,

    /// <summary>A number by which such sensors say that they cannot measure: 85.0, -127 …</summary>
    ErrorValue,

    /// <summary>Farther from the one before than the air can go, and nothing else moved.</summary>
    Jump,

    /// <summary>It looks like °F where °C were.</summary>
    UnitChange,

    /// <summary>Far from what it was, while its neighbours stayed.</summary>
    AgainstNeighbours,

    /// <summary>The same for long while its neighbours moved.</summary>
    Stuck,

    /// <summary>Its battery is nearly empty.</summary>
    LowBattery,

    /// <summary>Its clock is off.</summary>
    ClockOff,

    /// <summary>An old thing told again.</summary>
    ToldAgain,

    /// <summary>Nothing came for longer than it may be silent.</summary>
    Silent,

    /// <summary>What it is heard through is gone.</summary>
    GatewayDown,

    /// <summary>It was never heard.</summary>
    NeverHeard,

    /// <summary>Somebody works on it.</summary>
    InService,
}

/// <summary>状態 of a zone or a sensor (R-MON-01).</summary>
public enum ClimateState
{
    /// <summary>正常.</summary>
    Normal,

    /// <summary>注意.</summary>
    Caution,

    /// <summary>異常.</summary>
    Abnormal,

    /// <summary>不明: never shown as normal.</summary>
    Unknown,
}

/// <summary>What is known of each rule. Pure.</summary>
public static class ClimateRules
{
    /// <summary>Whether a condition of this rule stands until a person has confirmed that all is normal again (R-ENV-03, R-ENV-04).</summary>
    public static bool IsLatched(ClimateRule rule) => rule is ClimateRule.Smoke or ClimateRule.Leak or ClimateRule.Fire or ClimateRule.AgentDischarge or ClimateRule.Quake;

    /// <summary>Whether it is about what watches, and not about the room.</summary>
    public static bool IsAboutWatching(ClimateRule rule) =>
        rule is ClimateRule.SensorSilent or ClimateRule.SensorFault or ClimateRule.SensorStuck or ClimateRule.SensorBattery or ClimateRule.SensorClock or ClimateRule.SensorTampered or ClimateRule.GatewayDown;

    /// <summary>Whether lower is worse.</summary>
    public static bool IsBelow(ClimateRule rule) =>
        rule is ClimateRule.TemperatureLow or ClimateRule.HumidityLow or ClimateRule.DewPointLow or ClimateRule.CondensationNear or ClimateRule.SensorBattery;

    /// <summary>The rule of a quantity that is so or not so; null: none, it is only shown.</summary>
    public static ClimateRule? RuleOf(Quantity quantity) => quantity switch
    {
        Quantity.Smoke => ClimateRule.Smoke,
        Quantity.Leak => ClimateRule.Leak,
        Quantity.Fire => ClimateRule.Fire,
        Quantity.AgentDischarge => ClimateRule.AgentDischarge,
        Quantity.CoolingStopped => ClimateRule.CoolingStopped,
        Quantity.Open => ClimateRule.OpenTooLong,
        _ => null,
    };

    /// <summary>The factor of the sensing plan a rule belongs to; null: none of the six.</summary>
    public static SensingFactor? FactorOf(ClimateRule rule) => rule switch
    {
        ClimateRule.TemperatureHigh or ClimateRule.TemperatureLow or ClimateRule.TemperatureRise or ClimateRule.TemperatureChange or ClimateRule.CoolingStopped or ClimateRule.CoolingLost => SensingFactor.Temperature,
        ClimateRule.HumidityHigh or ClimateRule.HumidityLow or ClimateRule.DewPointHigh or ClimateRule.DewPointLow or ClimateRule.CondensationNear or ClimateRule.HumidityChange => SensingFactor.Humidity,
        ClimateRule.DustHigh or ClimateRule.FineDustHigh => SensingFactor.Dust,
        ClimateRule.Smoke or ClimateRule.Fire or ClimateRule.AgentDischarge => SensingFactor.Fire,
        ClimateRule.Leak => SensingFactor.Water,
        ClimateRule.Quake => SensingFactor.Vibration,
        _ => null,
    };

    /// <summary>The factor a quantity senses; null: none of the six.</summary>
    public static SensingFactor? FactorOf(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => SensingFactor.Temperature,
        Quantity.RelativeHumidity => SensingFactor.Humidity,
        Quantity.Pm10 or Quantity.Pm25 => SensingFactor.Dust,
        Quantity.Acceleration or Quantity.SeismicIntensity or Quantity.Vibration => SensingFactor.Vibration,
        Quantity.Leak => SensingFactor.Water,
        Quantity.Smoke or Quantity.Fire => SensingFactor.Fire,
        _ => null,
    };

    /// <summary>Whether a quantity is so or not so, 1 or 0: told when it changes, alive by any word of its sensor, and never held back as a spike.</summary>
    public static bool IsOnOff(Quantity quantity) =>
        quantity is Quantity.Vibration or Quantity.Leak or Quantity.Smoke or Quantity.Fire or Quantity.AgentDischarge or Quantity.CoolingStopped or Quantity.Open or Quantity.Motion
            or Quantity.ArresterUsedUp;

    /// <summary>The name of a condition.</summary>
    public static string NameOf(ClimateRule rule, string of) => $"{rule}/{of}";
}
