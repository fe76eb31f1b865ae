using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Climate;

/// <summary>The words of the climate's enumerations, and the units of what is judged.</summary>
public static class ClimateText
{
    /// <summary>What is wrong.</summary>
    public static Words Of(ClimateRule rule) => rule switch
    {
        ClimateRule.TemperatureHigh => new("温度上昇", "temperature high", "▲"),
        ClimateRule.TemperatureLow => new("温度低下", "temperature low", "▼"),
        ClimateRule.HumidityHigh => new("高湿度", "humidity high", "▲"),
        ClimateRule.HumidityLow => new("低湿度", "humidity low", "▼"),
        ClimateRule.DewPointHigh => new("露点の上昇", "dew point high", "▲"),
        ClimateRule.DewPointLow => new("露点の低下", "dew point low", "▼"),
        ClimateRule.CondensationNear => new("結露のおそれ", "condensation near", "▲"),
        ClimateRule.TemperatureRise => new("急な温度上昇", "temperature rises fast", "▲"),
        ClimateRule.TemperatureChange => new("1時間の温度変化", "temperature change in an hour", "●"),
        ClimateRule.HumidityChange => new("1時間の湿度変化", "humidity change in an hour", "●"),
        ClimateRule.DustHigh => new("粉じん", "dust", "●"),
        ClimateRule.FineDustHigh => new("微小粉じん", "fine dust", "●"),
        ClimateRule.Smoke => new("煙", "smoke", "■"),
        ClimateRule.Leak => new("漏水", "water leak", "■"),
        ClimateRule.Fire => new("火災信号", "fire signal", "■"),
        ClimateRule.AgentDischarge => new("消火薬剤の放出", "extinguishing agent discharged", "■"),
        ClimateRule.Quake => new("地震・振動(点検待ち)", "quake: check the racks", "■"),
        ClimateRule.CoolingStopped => new("空調・給水の停止", "cooling stopped", "■"),
        ClimateRule.CoolingLost => new("空調能力の喪失", "cooling lost", "■"),
        ClimateRule.OpenTooLong => new("開放超過(センサー)", "open too long", "▲"),
        ClimateRule.SensorSilent => new("センサー途絶", "sensor silent", "―"),
        ClimateRule.SensorFault => new("センサー異常", "sensor says what cannot be", "▲"),
        ClimateRule.SensorStuck => new("センサー固着", "sensor stuck", "●"),
        ClimateRule.SensorBattery => new("センサー電池低下", "sensor battery low", "●"),
        ClimateRule.SensorClock => new("センサーの時計ずれ", "sensor clock off", "●"),
        ClimateRule.SensorTampered => new("センサーの取外し・開封", "sensor opened or taken off", "▲"),
        ClimateRule.GatewayDown => new("中継装置の途絶", "gateway gone", "―"),
        _ => throw new UnreachableException($"No text for {rule}."),
    };

    /// <summary>How bad.</summary>
    public static Words Of(ClimateLevel level) => level switch
    {
        ClimateLevel.Warning => new("注意", "warning", "●"),
        ClimateLevel.Alarm => new("警報", "alarm", "■"),
        _ => throw new UnreachableException($"No text for {level}."),
    };

    /// <summary>The six factors (R-ENV-01).</summary>
    public static Words Of(SensingFactor factor) => factor switch
    {
        SensingFactor.Fire => new("火災", "fire"),
        SensingFactor.Water => new("水害", "water"),
        SensingFactor.Dust => new("埃", "dust"),
        SensingFactor.Vibration => new("振動", "vibration"),
        SensingFactor.Temperature => new("温度", "temperature"),
        SensingFactor.Humidity => new("湿度", "humidity"),
        _ => throw new UnreachableException($"No text for {factor}."),
    };

    /// <summary>状態 (R-MON-01).</summary>
    public static Words Of(ClimateState state) => state switch
    {
        ClimateState.Normal => new("正常", "normal", "○"),
        ClimateState.Caution => new("注意", "caution", "●"),
        ClimateState.Abnormal => new("異常", "abnormal", "■"),
        ClimateState.Unknown => new("不明", "unknown", "―"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>未監視: a factor nobody senses.</summary>
    public static Words NotWatched { get; } = new("未監視", "not watched", "―");

    /// <summary>How far a value may be believed.</summary>
    public static Words Of(ValueQuality quality) => quality switch
    {
        ValueQuality.Good => new("良好", "good", "○"),
        ValueQuality.Uncertain => new("不確か", "uncertain", "△"),
        ValueQuality.Bad => new("不良", "bad", "×"),
        ValueQuality.Stale => new("古い値", "stale", "―"),
        ValueQuality.Offline => new("不明(途絶)", "offline", "―"),
        ValueQuality.Maintenance => new("保守中", "in service", "△"),
        _ => throw new UnreachableException($"No text for {quality}."),
    };

    /// <summary>Why it may not.</summary>
    public static Words Of(QualityReason reason) => reason switch
    {
        QualityReason.None => new("問題なし", "nothing against it"),
        QualityReason.NotANumber => new("数値でない", "no number"),
        QualityReason.OutOfRange => new("測定範囲外", "outside what it can measure"),
        QualityReason.ErrorValue => new("測定不能を示す値", "a value that means it cannot measure"),
        QualityReason.Jump => new("あり得ない跳び", "jumped farther than air can"),
        QualityReason.UnitChange => new("単位の変化(℃→°F)の疑い", "looks like °F instead of °C"),
        QualityReason.AgainstNeighbours => new("近くのセンサーと食い違う", "its neighbours say otherwise"),
        QualityReason.Stuck => new("同じ値のまま", "stuck at one value"),
        QualityReason.LowBattery => new("電池低下", "battery low"),
        QualityReason.ClockOff => new("時計ずれ", "its clock is off"),
        QualityReason.ToldAgain => new("古い値の再送", "an old value told again"),
        QualityReason.Silent => new("応答なし", "not heard"),
        QualityReason.GatewayDown => new("中継装置の途絶", "its gateway is gone"),
        QualityReason.NeverHeard => new("未受信", "never heard"),
        QualityReason.InService => new("保守中", "in service"),
        _ => throw new UnreachableException($"No text for {reason}."),
    };

    /// <summary>Why a sender is odd.</summary>
    public static Words Of(OddKind kind) => kind switch
    {
        OddKind.TooMany => new("多すぎる送信", "too many messages"),
        OddKind.OtherClient => new("別の機器からの送信", "sent by another client"),
        OddKind.NotItsModel => new("機種と異なる内容", "not what its model says"),
        OddKind.WillLies => new("離脱後も続く送信", "goes on after its gateway was told to be gone"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>What changed.</summary>
    public static Words Of(ClimateChange change) => change switch
    {
        ClimateChange.Worse => new("悪化", "worse", "▲"),
        ClimateChange.Better => new("軽減", "better", "○"),
        ClimateChange.Returned => new("復旧・確認待ち", "gone, to be confirmed", "△"),
        ClimateChange.Again => new("再発", "there again", "■"),
        ClimateChange.Forecast => new("警報までの見込み", "time until the alarm", "●"),
        ClimateChange.Unsteady => new("断続", "comes and goes", "●"),
        _ => throw new UnreachableException($"No text for {change}."),
    };

    /// <summary>What a sensor senses.</summary>
    public static Words Of(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => new("温度", "temperature"),
        Quantity.RelativeHumidity => new("湿度", "humidity"),
        Quantity.DewPoint => new("露点(装置の値)", "dew point by the device"),
        Quantity.SurfaceTemperature => new("表面温度", "surface temperature"),
        Quantity.AirPressure => new("気圧", "air pressure"),
        Quantity.Pm10 => new("粉じん PM10", "dust PM10"),
        Quantity.Pm25 => new("粉じん PM2.5", "dust PM2.5"),
        Quantity.Acceleration => new("加速度", "acceleration"),
        Quantity.SeismicIntensity => new("揺れの強さ(震度相当の参考値)", "intensity-like value"),
        Quantity.Vibration => new("振動", "vibration"),
        Quantity.Leak => new("漏水", "leak"),
        Quantity.Smoke => new("煙", "smoke"),
        Quantity.Fire => new("火災信号", "fire signal"),
        Quantity.AgentDischarge => new("消火薬剤の放出", "agent discharge"),
        Quantity.CoolingStopped => new("空調・給水の停止", "cooling stopped"),
        Quantity.Open => new("開閉", "open"),
        Quantity.Motion => new("人の動き", "motion"),
        Quantity.CarbonDioxide => new("CO₂", "CO₂"),
        Quantity.Watts => new("電力", "power"),
        Quantity.ArresterUsedUp => new("避雷器の劣化", "arrester used up"),
        Quantity.Surges => new("雷サージの回数", "surges counted"),
        _ => throw new UnreachableException($"No text for {quantity}."),
    };

    /// <summary>The unit of a rule's value and limit, with its space; empty: a value of it says nothing to people.</summary>
    public static string? UnitOf(ClimateRule rule) => rule switch
    {
        ClimateRule.TemperatureHigh or ClimateRule.TemperatureLow or ClimateRule.DewPointHigh or ClimateRule.DewPointLow or ClimateRule.CondensationNear or ClimateRule.TemperatureRise
            or ClimateRule.TemperatureChange or ClimateRule.CoolingLost => " ℃",
        ClimateRule.HumidityHigh or ClimateRule.HumidityLow or ClimateRule.HumidityChange or ClimateRule.SensorBattery => "%",
        ClimateRule.DustHigh or ClimateRule.FineDustHigh => " µg/m³",

        // Gal or intensity, by the sensor; and what a faulty sensor said is in no unit at all.
        ClimateRule.Quake or ClimateRule.SensorFault => "",
        _ => null,
    };
}
