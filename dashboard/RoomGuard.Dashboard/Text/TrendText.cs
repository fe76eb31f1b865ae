using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 蓄電池の推移.</summary>
public static class TrendText
{
    public static readonly Word Title = new("{0} 蓄電池の推移", "{0} battery trends");
    public static readonly Word Short = new("蓄電池の推移", "Battery trends");
    public static readonly Word Periods = new("期間", "Period");
    public static readonly Word Hour = new("1時間", "1 hour");
    public static readonly Word Day = new("1日", "1 day");
    public static readonly Word Week = new("1週", "1 week");
    public static readonly Word Month = new("1か月", "1 month");
    public static readonly Word Year = new("1年", "1 year");
    public static readonly Word Span = new("{0} 〜 {1}", "{0} to {1}");
    public static readonly Word Older = new("前の期間", "Earlier");
    public static readonly Word Newer = new("次の期間", "Later");
    public static readonly Word ToNow = new("今まで", "Up to now");
    public static readonly Word EachReading = new("計測ごとの値", "single readings");
    public static readonly Word EachMinute = new("1分ごとの値", "one point a minute");
    public static readonly Word EachQuarter = new("15分ごとの値", "one point a quarter of an hour");
    public static readonly Word EachHour = new("1時間ごとの値", "one point an hour");
    public static readonly Word EachDay = new("1日ごとの値", "one point a day");

    public static readonly Word NothingYet = new("まだ計測がありません", "Nothing was measured yet");
    public static readonly Word NothingYetLead = new(
        "制御盤がこのUPSを読めるようになると、充電・残り時間・負荷・電圧・電池温度の推移がここに出ます。",
        "Once a bridge reads this UPS, its charge, runtime, load, voltages and battery temperature are followed here.");
    public static readonly Word NothingInPeriod = new("この期間の計測はありません。", "Nothing was measured in this period.");
    public static readonly Word UnitUnknown = new("今は応答がありません。途切れた時間はグラフに「データなし」と出ます。", "It does not answer now. Times without readings stand in the charts as no data.");
    public static readonly Word NotToldNow = new("このUPSを知らせてくる制御盤は今ありません。以前の計測だけを示します。", "No bridge tells of this UPS now. Only what was measured before is shown.");
    public static readonly Word LastRead = new("最後の計測 {0}", "last read {0}");

    public static readonly Word Charge = new("充電", "Charge");
    public static readonly Word Runtime = new("残り時間", "Runtime");
    public static readonly Word Load = new("負荷", "Load");
    public static readonly Word Input = new("入力電圧", "Input voltage");
    public static readonly Word Output = new("出力電圧", "Output voltage");
    public static readonly Word Temperature = new("電池温度", "Battery temperature");
    public static readonly Word Minutes = new("分", "min");

    public static readonly Word Least = new("最小", "Lowest");
    public static readonly Word Mean = new("平均", "Mean");
    public static readonly Word Most = new("最大", "Highest");
    public static readonly Word NoData = new("データなし", "No data");
    public static readonly Word NoGaps = new("なし", "none");
    public static readonly Word GapsOf = new("{0}か所 計{1}", "gaps: {0}, {1} in all");
    public static readonly Word Chart = new("{0}のグラフ。左右の矢印キーで読み取り位置が動きます。", "Chart: {0}. The arrow keys move the reading line.");
    public static readonly Word ChartFailed = new("グラフを読み込めませんでした。下の表は見られます。頁を読み直してください。", "The charts could not be loaded. The tables below can be read. Reload the page.");
    public static readonly Word OutageMark = new("停電", "outage");

    public static readonly Word Outages = new("この期間の停電", "Outages in this period");
    public static readonly Word NoOutages = new("この期間に停電はありません。", "There was no outage in this period.");
    public static readonly Word WrongTitle = new("期間が読めません", "The period cannot be read");
    public static readonly Word WrongRange = new(
        "期間は hour・day・week・month・year、終わりは 2026-11-21T14:00:00 の形で指定してください。「電源」からUPSを選び直せます。",
        "Give the period as hour, day, week, month or year and its end as 2026-11-21T14:00:00, or choose the UPS again under Power.");

    /// <summary>The name of a period.</summary>
    public static Word Of(TrendPeriod period) => period switch
    {
        TrendPeriod.Hour => Hour,
        TrendPeriod.Day => Day,
        TrendPeriod.Week => Week,
        TrendPeriod.Month => Month,
        TrendPeriod.Year => Year,
        _ => throw new UnreachableException($"No text for {period}."),
    };

    /// <summary>What a point of a chart is of.</summary>
    public static Word Of(RollUpWidth? grain) => grain switch
    {
        null => EachReading,
        RollUpWidth.Minute => EachMinute,
        RollUpWidth.Quarter => EachQuarter,
        RollUpWidth.Hour => EachHour,
        RollUpWidth.Day => EachDay,
        _ => throw new UnreachableException($"No text for {grain}."),
    };

    /// <summary>The name of a value that is followed.</summary>
    public static Word Of(UpsQuantity quantity) => quantity switch
    {
        UpsQuantity.ChargePercent => Charge,
        UpsQuantity.RuntimeSeconds => Runtime,
        UpsQuantity.LoadPercent => Load,
        UpsQuantity.InputVoltage => Input,
        UpsQuantity.OutputVoltage => Output,
        UpsQuantity.BatteryTemperature => Temperature,
        _ => throw new UnreachableException($"{quantity} is not followed."),
    };

    /// <summary>A value as people say it; a dash for none.</summary>
    public static string Value(UpsQuantity quantity, double? value, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return value is not { } known ? "―"
            : quantity == UpsQuantity.RuntimeSeconds ? PowerEventText.Time(known, ink)
            : known.ToString(quantity is UpsQuantity.ChargePercent or UpsQuantity.LoadPercent ? "0.#" : "0.0", CultureInfo.InvariantCulture) + UnitOf(quantity, ink);
    }

    /// <summary>The unit a chart is drawn in.</summary>
    public static string UnitOf(UpsQuantity quantity, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return quantity switch
        {
            UpsQuantity.ChargePercent or UpsQuantity.LoadPercent => "%",
            UpsQuantity.RuntimeSeconds => ink[Minutes],
            UpsQuantity.BatteryTemperature => "℃",
            _ => "V",
        };
    }
}
