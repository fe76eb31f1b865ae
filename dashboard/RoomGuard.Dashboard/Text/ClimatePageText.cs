using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Climate;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages of 環境.</summary>
public static class ClimatePageText
{
    public static readonly Word Title = new("環境", "Climate");
    public static readonly Word Question = new("部屋は限界内か、どこへ向かっているか", "Is the room within its limits, and where is it drifting?");
    public static readonly Word Tabs = new("環境の頁", "Pages of the climate");
    public static readonly Word SensorsTab = new("センサーの健全性", "Sensor health");
    public static readonly Word TrendsTab = new("推移", "Trends");
    public static readonly Word LimitsTab = new("限界値", "Limits");

    public static readonly Word EmptyTitle = new("センサーの情報がまだありません", "No sensor is known yet");
    public static readonly Word EmptyLead = new(
        "制御盤の設定 climate に区域の測定計画とセンサーを書くと、ここに六要素(火災・水害・埃・振動・温度・湿度)と値が出ます。書き方は docs/climate.md にあります。",
        "Write the sensing plan of a zone and its sensors under climate in the bridge's settings: the six factors (fire, water, dust, vibration, temperature, humidity) and the values stand here then. See docs/climate.md.");

    public static readonly Word Standing = new("今 起きていること", "What stands now");
    public static readonly Word NothingStands = new("異常はありません。", "Nothing is wrong.");
    public static readonly Word NothingKnown = new("制御盤から届いていないため、異常がないとは言えません。", "A bridge is silent: nobody can say that nothing is wrong.");
    public static readonly Word Since = new("{0} から", "since {0}");
    public static readonly Word ToConfirm = new("正常を確認する", "Confirm normal");
    public static readonly Word RacksOpen = new("点検待ちのラック {0}", "racks to be looked at: {0}");
    public static readonly Word MayStand = new("制御盤から届いていないため、今も続いているかは不明です。", "The bridge is silent: nobody knows whether it still stands.");

    public static readonly Word Factors = new("六要素の監視", "The six factors");
    public static readonly Word MinutesLeft = new("今の上がり方なら、警報温度まで約{0}分", "at the present slope about {0} min until the temperature alarm");
    public static readonly Word AtLimit = new("警報温度に達しています", "at the temperature alarm limit");
    public static readonly Word OldWord = new("制御盤から {0} 届いていません。下の値は古く、当てになりません。", "The bridge has been silent for {0}. What stands here is old.");
    public static readonly Word PlanNote = new("印は平面図のおおよその位置です。印の番号は下の表の番号です。", "Marks stand about where the sensors are; their numbers are those of the table below.");
    public static readonly Word Table = new("{0}のセンサー", "Sensors of {0}");
    public static readonly Word NoSensors = new("この区域にセンサーはありません。", "There is no sensor in this zone.");
    public static readonly Word ZoneTrend = new("{0}の推移", "Trends of {0}");
    public static readonly Word BlindGateways = new("中継装置の途絶: {0}。次のセンサーは測れていません: {1}", "Gateway {0} is gone. These sensors are blind: {1}");

    public static readonly Word No = new("番号", "No.");
    public static readonly Word Name = new("名称", "Name");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Values = new("値", "Values");
    public static readonly Word LimitsColumn = new("限界値(注意/警報)", "Limits (warning/alarm)");
    public static readonly Word LastHeard = new("最終受信", "Last heard");
    public static readonly Word NeverHeard = new("未受信", "never heard");
    public static readonly Word DewPointOf = new("露点 {0}", "dew point {0}");
    public static readonly Word Raw = new("届いた値 {0}", "as it came: {0}");
    public static readonly Word LastGood = new("最後の良好な値", "last good value");
    public static readonly Word InService = new("保守中({0}まで)", "in service until {0}");
    public static readonly Word Yes = new("検知", "yes");
    public static readonly Word NoneSensed = new("なし", "no");

    public static readonly Word HealthLead = new("どのセンサーが信用できないか。悪いものから並べています。", "Which sensor cannot be trusted? The worst come first.");
    public static readonly Word Battery = new("電池", "Battery");
    public static readonly Word Link = new("電波", "Link");
    public static readonly Word NotTold = new("伝えない", "not told");
    public static readonly Word BatteryLow = new("低下", "low");
    public static readonly Word Interval = new("間隔", "Interval");
    public static readonly Word Learned = new("実測", "learned");
    public static readonly Word Doubts = new("疑い", "Doubts");
    public static readonly Word NoDoubts = new("なし", "none");
    public static readonly Word Spot = new("場所", "Where");
    public static readonly Word Quantities = new("測るもの", "Measures");

    public static readonly Word NotToldNow = new("このセンサーを知らせてくる制御盤は今ありません。以前の計測だけを示します。", "No bridge tells of this sensor now. Only what was measured before is shown.");
    public static readonly Word SensorUnknown = new("今は測れていません。途切れた時間はグラフに「データなし」と出ます。", "It does not measure now. Times without readings stand in the charts as no data.");
    public static readonly Word NothingYet = new("まだ計測がありません", "Nothing was measured yet");
    public static readonly Word NothingYetLead = new("値が届き始めると、ここに1年までの推移が出ます。検知するだけのセンサー(煙・漏水など)の動きは記録にあります。", "Once values arrive they are followed here for up to a year. What sensors that only say yes or no have said stands in the record.");
    public static readonly Word WrongRange = new("期間は hour・day・week・month・year、終わりは 2026-11-21T14:00:00 の形で指定してください。「環境」からセンサーを選び直せます。", "Give the period as hour, day, week, month or year and its end as 2026-11-21T14:00:00, or choose the sensor again under Climate.");
    public static readonly Word AlarmMark = new("異常", "abnormal");
    public static readonly Word Alarms = new("この期間の異常", "What was wrong in this period");
    public static readonly Word NoAlarms = new("この期間に異常はありません。", "Nothing was wrong in this period.");
    public static readonly Word GoesOn = new("継続中", "goes on");
    public static readonly Word Worst = new("最悪値 {0}", "worst {0}");
    public static readonly Word LimitWarning = new("注意", "warning");
    public static readonly Word LimitAlarm = new("警報", "alarm");
    public static readonly Word ChangeLimits = new("限界値を変える", "Change limits");
    public static readonly Word AllOf = new("{0}台のうち先の{1}台を示しています。", "the first {1} of {0} are shown.");
    public static readonly Word ChooseQuantity = new("何の推移か", "Which value");
    public static readonly Word NothingFollowed = new("この区域に、推移を残す値を測るセンサーはありません。", "No sensor of this zone measures anything that is followed over time.");

    public static readonly Word ServeTitle = new("保守に入れる", "Take into service");
    public static readonly Word ServeLead = new("終わりまで値は残し、異常の判定だけを止めます。煙・漏水・火災は{0}時間まで、ほかは{1}時間までです。", "Until the end its values are kept and not judged: {0} h at most for smoke, leak and fire, else {1} h.");
    public static readonly Word Until = new("終わり", "Until");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word Serve = new("保守を始める", "Begin service");
    public static readonly Word EndService = new("保守を終える", "End service");
    public static readonly Word EndServiceTitle = new("{0} の保守を終える", "End the service of {0}");
    public static readonly Word EndServiceLead = new("値の判定を再開します。", "It is judged again.");

    public static readonly Word ConfirmTitle = new("{0}: 正常を確認する", "{0}: confirm normal");
    public static readonly Word ConfirmLead = new("現地を見た人が記録します。まだ検知している間は、確認しても終わりません。", "For whoever looked on the spot. While it is still sensed it stands on.");
    public static readonly Word Racks = new("点検したラック", "Racks you looked at");
    public static readonly Word RacksHelp = new("転倒・落下がないことを見たものだけに印を付けます。全部が済むまで点検待ちのままです。", "Tick only what you saw standing and whole. It stays to be checked until all are done.");
    public static readonly Word Note = new("見たこと", "What you saw");
    public static readonly Word NoteHelp = new("例: 床面に水なし、配管の結露を拭き取った", "e.g. no water on the floor, wiped the pipe dry");
    public static readonly Word Confirm = new("確認を記録する", "Record it");

    public static readonly Word LimitsLead = new("申し出た人と別の担当者が承認すると、制御盤に反映します(R-CFG-02)。", "In force at the bridge once another person has approved (R-CFG-02).");
    public static readonly Word Place = new("対象", "Where");
    public static readonly Word AllSensors = new("{0}(自分の限界値を持たない全センサー)", "{0} (all sensors without limits of their own)");
    public static readonly Word MeasureField = new("項目", "What");
    public static readonly Word Choose = new("選ぶ", "Choose");
    public static readonly Word InForce = new("今の限界値", "In force now");
    public static readonly Word NotJudged = new("判定していません", "not judged");
    public static readonly Word AlarmLow = new("警報下限", "Alarm low");
    public static readonly Word WarningLow = new("注意下限", "Warning low");
    public static readonly Word WarningHigh = new("注意上限", "Warning high");
    public static readonly Word AlarmHigh = new("警報上限", "Alarm high");
    public static readonly Word Deadband = new("戻り幅", "Deadband");
    public static readonly Word DeadbandHelp = new("限界からこれだけ戻るまで終わりません。", "It ends only so far back from the limit.");
    public static readonly Word WarningAfter = new("注意までの継続(分)", "Warning after (min)");
    public static readonly Word AlarmAfter = new("警報までの継続(分)", "Alarm after (min)");
    public static readonly Word NormalAfter = new("復旧までの継続(分)", "Normal after (min)");
    public static readonly Word BackToSettings = new("制御盤の設定に書かれた限界値に戻す", "Back to the limits written in the bridge's settings");
    public static readonly Word EditorTitle = new("限界値を変える", "Change limits");
    public static readonly Word Try = new("直近30日なら何回鳴ったかを試算する", "How often in the last 30 days?");
    public static readonly Word AskIt = new("変更を申し出る", "Propose");
    public static readonly Word TrialTitle = new("直近30日なら何回鳴ったか", "How often in the last 30 days");
    public static readonly Word TrialLead = new("保存してある計測値を、制御盤と同じ判定(継続時間・戻り幅・疑わしい値の除外を含む)にかけた回数です。", "Stored readings judged as the bridge judges them, with delays, deadband and doubts.");
    public static readonly Word TrialNone = new("この項目は、保存してある計測値からは試算できません。", "This cannot be worked out of what is kept.");
    public static readonly Word TrialNobody = new("ここにはこの項目を測るセンサーがありません。", "No sensor there measures this.");
    public static readonly Word TrialToday = new("今の限界値", "As it is");
    public static readonly Word TrialThen = new("新しい限界値", "As proposed");
    public static readonly Word TrialSensor = new("センサー", "Sensor");
    public static readonly Word Times = new("{0}回(うち警報 {1}回)", "{0} times ({1} of them alarms)");
    public static readonly Word NoReadings = new("計測なし", "no readings");
    public static readonly Word ToldByBridge = new("設定の値は制御盤だけが知っています", "only the bridge knows what its settings say");
    public static readonly Word LeftOut = new("ほか{0}台は試算していません。", "{0} more were not tried.");
    public static readonly Word Examples = new("鳴った時", "When");
    public static readonly Word ProposalsTitle = new("変更の申し出", "Proposals");
    public static readonly Word NoProposals = new("申し出はまだありません。", "Nothing was proposed yet.");
    public static readonly Word Change = new("変更", "Change");
    public static readonly Word FromTo = new("{0} → {1}", "{0} → {1}");
    public static readonly Word AskedBy = new("申し出た人", "Proposed by");
    public static readonly Word ClosedBy = new("決めた人", "Decided by");
    public static readonly Word Rehearsed = new("試算(直近30日)", "Rehearsed (30 days)");
    public static readonly Word RehearsedTimes = new("{0}回", "{0} times");
    public static readonly Word Allow = new("承認する", "Approve");
    public static readonly Word AllowTitle = new("{0} を承認する", "Approve {0}");
    public static readonly Word AllowLead = new("承認すると、すぐに制御盤の判定が変わります。", "The bridge judges by it at once.");
    public static readonly Word Decline = new("取り下げる・承認しない", "Take back or decline");
    public static readonly Word DeclineTitle = new("{0} を取り下げる・承認しない", "Take back or decline {0}");
    public static readonly Word DeclineLead = new("限界値は変わりません。", "The limits stay as they are.");
    public static readonly Word SettingsAgain = new("設定の値に戻す", "as the settings have it");
    public static readonly Sign Asked = new("△", new("承認待ち", "waits for approval"), "warn");
    public static readonly Sign Agreed = new("○", new("承認済み", "approved"), "quiet");
    public static readonly Sign Declined = new("―", new("取下げ・不承認", "declined"), "quiet");
    public static readonly Word StrangersTitle = new("未登録", "Not enrolled");
    public static readonly Word StrangersLead = new(
        "登録されていない装置の値は使いません(R-NET-01)。使うものは「登録する」で登録します。心当たりのない装置は、ブローカーの利用者と配線を調べてください。",
        "Nothing they say counts (R-NET-01). Enrol what shall count. Where nobody knows a device, look at the broker's users and at the wires.");
    public static readonly Word Sender = new("名乗る名", "Calls itself");
    public static readonly Word HeardBy = new("届いた先", "Heard by");
    public static readonly Word Messages = new("{0}通", "{0} messages");
    public static readonly Word Product = new("製品", "Product");
    public static readonly Word NotUnderstood = new("読めないもの", "Not understood");
    public static readonly Word EnrolSettings = new("登録するための設定", "Settings that enrol it");
    public static readonly Sign Stranger = new("△", new("未登録", "not enrolled"), "warn");
    public static readonly Sign NotWatched = new("―", new("未監視", "not watched"), "stale");

    public static readonly Word Inlet = new("給気(機器の前面)", "inlet");
    public static readonly Word Return = new("還気", "return air");
    public static readonly Word Room = new("室内", "room");
    public static readonly Word Structure = new("床・配管・機器", "floor, pipe, device");
    public static readonly Word Outside = new("屋外", "outside");
    public static readonly Word MeasureTemperature = new("温度", "Temperature");
    public static readonly Word MeasureHumidity = new("湿度", "Humidity");
    public static readonly Word MeasureDewPoint = new("露点", "Dew point");
    public static readonly Word MeasureCondensation = new("結露までの余裕", "Condensation margin");
    public static readonly Word MeasureRise = new("15分間の温度上昇", "Temperature rise in 15 min");
    public static readonly Word MeasureTemperatureChange = new("1時間の温度変化", "Temperature change in an hour");
    public static readonly Word MeasureHumidityChange = new("1時間の湿度変化", "Humidity change in an hour");
    public static readonly Word MeasureDust = new("粉じん PM10", "Dust PM10");
    public static readonly Word MeasureFineDust = new("粉じん PM2.5", "Dust PM2.5");
    public static readonly Word MeasureBattery = new("センサーの電池", "Sensor battery");

    /// <summary>A state as people see it.</summary>
    public static Sign Of(ClimateState state)
    {
        var words = ClimateText.Of(state);
        return new(words.Symbol, In(words), state switch
        {
            ClimateState.Normal => "ok",
            ClimateState.Caution => "warn",
            ClimateState.Abnormal => "crit",
            _ => "stale",
        });
    }

    /// <summary>How far a value may be believed, as people see it.</summary>
    public static Sign Of(ValueQuality quality)
    {
        var words = ClimateText.Of(quality);
        return new(words.Symbol, In(words), quality switch
        {
            ValueQuality.Good => "ok",
            ValueQuality.Uncertain or ValueQuality.Maintenance => "warn",
            ValueQuality.Bad => "high",
            _ => "stale",
        });
    }

    /// <summary>A condition as people see it.</summary>
    public static Sign Of(ConditionCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var words = ClimateText.Of(card.Condition.Rule);
        return new(words.Symbol, In(words), !card.Fresh ? "stale" : card.Condition.Level is ClimateLevel.Warning || ClimateRules.IsAboutWatching(card.Condition.Rule) ? "warn" : "crit");
    }

    /// <summary>A proposal as people see it.</summary>
    public static Sign Of(LimitsState state) => state switch
    {
        LimitsState.Asked => Asked,
        LimitsState.Agreed => Agreed,
        _ => Declined,
    };

    /// <summary>Words of the core.</summary>
    public static Word In(Words words) => new(words.Ja, words.En);

    /// <summary>Where a sensor measures.</summary>
    public static Word Of(SensorSpot spot) => spot switch
    {
        SensorSpot.Inlet => Inlet,
        SensorSpot.Return => Return,
        SensorSpot.Room => Room,
        SensorSpot.Structure => Structure,
        SensorSpot.Outside => Outside,
        _ => throw new UnreachableException($"No text for {spot}."),
    };

    /// <summary>What is held against limits.</summary>
    public static Word Of(Measure measure) => measure switch
    {
        Measure.Temperature => MeasureTemperature,
        Measure.Humidity => MeasureHumidity,
        Measure.DewPoint => MeasureDewPoint,
        Measure.CondensationMargin => MeasureCondensation,
        Measure.TemperatureRise => MeasureRise,
        Measure.TemperatureChange => MeasureTemperatureChange,
        Measure.HumidityChange => MeasureHumidityChange,
        Measure.Dust => MeasureDust,
        Measure.FineDust => MeasureFineDust,
        Measure.Battery => MeasureBattery,
        _ => throw new UnreachableException($"No text for {measure}."),
    };

    /// <summary>The unit of a value.</summary>
    public static string UnitOf(Quantity quantity) => quantity switch
    {
        Quantity.Temperature or Quantity.DewPoint or Quantity.SurfaceTemperature => "℃",
        Quantity.RelativeHumidity => "%",
        Quantity.AirPressure => " hPa",
        Quantity.Pm10 or Quantity.Pm25 => " µg/m³",
        Quantity.Acceleration => " gal",
        Quantity.CarbonDioxide => " ppm",
        Quantity.Watts => " W",
        _ => "",
    };

    /// <summary>The unit of what is held against limits.</summary>
    public static string UnitOf(Measure measure) => measure switch
    {
        Measure.Humidity or Measure.HumidityChange or Measure.Battery => "%",
        Measure.Dust or Measure.FineDust => " µg/m³",
        _ => "℃",
    };

    /// <summary>A value as people say it; a dash for none.</summary>
    public static string Value(Quantity quantity, double? value, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return value is not { } number ? "―"
            : ClimateRules.IsOnOff(quantity) ? ink[number == 1 ? Yes : NoneSensed]
            : number.ToString(quantity is Quantity.Temperature or Quantity.DewPoint or Quantity.SurfaceTemperature or Quantity.SeismicIntensity ? "0.0" : "0.#", CultureInfo.InvariantCulture) + UnitOf(quantity);
    }

    /// <summary>Limits in one line: <c>18–27℃ / 15–32℃</c>.</summary>
    public static string Line(LimitSet? limits, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        if (limits is null)
        {
            return ink[NotJudged];
        }

        var unit = UnitOf(limits.Measure);
        return $"{Pair(limits.WarningLow, limits.WarningHigh, unit)} / {Pair(limits.AlarmLow, limits.AlarmHigh, unit)}";
    }

    /// <summary>The delays and the deadband of limits in one line.</summary>
    public static string Delays(LimitSet limits, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(ink);
        return string.Join(" · ", $"{ink[WarningAfter]} {Minutes(limits.WarningAfter)}", $"{ink[AlarmAfter]} {Minutes(limits.AlarmAfter)}", $"{ink[NormalAfter]} {Minutes(limits.NormalAfter)}", $"{ink[Deadband]} {Number(limits.Deadband)}");
    }

    /// <summary>How often something would have been raised.</summary>
    public static string Of(LimitsRehearsal? rehearsal, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return rehearsal is null ? "―" : rehearsal.Readings == 0 ? ink[NoReadings] : ink.Fill(Times, rehearsal.Alarms.Length, rehearsal.Serious);
    }

    /// <summary>A sensor's name in the reader's language.</summary>
    public static string NameOf(SensorCard card, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(ink);
        return ink.Language == Language.Japanese ? card.Sensor.Label : card.Sensor.LabelEn;
    }

    /// <summary>The lines a chart draws for a value's limits: <c>27:warn 32:crit</c>; null: none.</summary>
    public static string? Lines(IEnumerable<LimitSet> limits, Quantity quantity)
    {
        Measure? measure = quantity switch
        {
            Quantity.Temperature => Measure.Temperature,
            Quantity.RelativeHumidity => Measure.Humidity,
            Quantity.Pm10 => Measure.Dust,
            Quantity.Pm25 => Measure.FineDust,
            _ => null,
        };
        if (limits.FirstOrDefault(one => one.Measure == measure) is not { } found)
        {
            return null;
        }

        ImmutableArray<(double? At, string Tone)> lines = [(found.AlarmLow, "crit"), (found.WarningLow, "warn"), (found.WarningHigh, "warn"), (found.AlarmHigh, "crit")];
        return string.Join(' ', lines.Where(line => line.At is not null).Select(line => $"{Number(line.At!.Value)}:{line.Tone}"));
    }

    private static string Pair(double? low, double? high, string unit) => (low, high) switch
    {
        (null, null) => "―",
        ({ } from, null) => $"≥{Number(from)}{unit}",
        (null, { } to) => $"≤{Number(to)}{unit}",
        ({ } from, { } to) => $"{Number(from)}–{Number(to)}{unit}",
    };

    private static string Minutes(TimeSpan time) => Number(Math.Round(time.TotalMinutes, 1));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
