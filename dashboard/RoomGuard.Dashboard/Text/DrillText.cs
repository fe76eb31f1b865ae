using System.Globalization;
using RoomGuard.Core.Power;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 訓練, the drills of shutdown plans.</summary>
public static class DrillText
{
    public static readonly Word Title = new("訓練", "Drills");
    public static readonly Word Mark = new("訓練", "Drill");
    public static readonly Word Lead = new(
        "いまの計測値・接続中の機器・実測の停止時間で、停電を最後まで試します。機器には何も知らせず、何も止めません。結果は「訓練」として記録に残ります。",
        "Plays an outage to its end with the readings, the log-ins and the measured stop times of this moment. No host is told anything and nothing stops. The result stays in the record, marked as a drill.");
    public static readonly Word Hold = new("訓練を行う", "Hold a drill");
    public static readonly Word NotHeld = new("訓練を行えませんでした", "The drill was not held");
    public static readonly Word None = new("この計画の訓練はまだ行われていません。", "No drill of this plan was held yet.");
    public static readonly Word Result = new("{0} の訓練の結果", "Result of the drill of {0}");
    public static readonly Word HeldBy = new("実施者", "Held by");
    public static readonly Word PlanVersion = new("計画の版", "Version of the plan");
    public static readonly Word Start = new("出発点の計測", "Readings it began with");
    public static readonly Word StartOf = new("{0} 残り {1}(計測は {2}前)", "{0}: {1} left (read {2} before)");
    public static readonly Word StartCharge = new("充電 {0}%", "charge {0}%");
    public static readonly Word Lasted = new("停電に耐えた時間", "The batteries lasted");
    public static readonly Word Down = new("全台の停止", "All hosts down");
    public static readonly Word After = new("{0}後", "after {0}");
    public static readonly Word AtOnce = new("直ちに", "at once");
    public static readonly Word InTime = new("間に合う(余裕 {0})", "in time, {0} to spare");
    public static readonly Word TooLate = new("間に合わない({0} 不足)", "too late, {0} short");
    public static readonly Word Told = new("停止の指示", "Told to stop");
    public static readonly Word Cause = new("理由", "Why");
    public static readonly Word LeftThen = new("そのときの残り", "Left then");
    public static readonly Word StageDown = new("停止完了", "Down");
    public static readonly Word Hosts = new("接続していた機器", "Logged in");
    public static readonly Word Away = new("接続なし: {0}", "not logged in: {0}");
    public static readonly Word Nobody = new("なし", "nobody");
    public static readonly Word Past = new("これまでの訓練", "Drills so far");
    public static readonly Word When = new("日時", "When");
    public static readonly Word Kind = new("種別", "Kind");
    public static readonly Word Outcome = new("結果", "Result");
    public static readonly Word InRecord = new("記録を見る", "See the entry");
    public static readonly Word StageLine = new("第{0}段 {1} {2}", "stage {0} {1} {2}");

    /// <summary>How a drill came out, with by how much.</summary>
    public static Sign Of(DrillHeld drill, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(drill);
        var word = drill.InTime ? InTime : TooLate;
        var seconds = PowerEventText.Time(Math.Abs(drill.SpareSeconds), ink);
        var said = new Word(word.In(Language.Japanese, seconds), word.In(Language.English, seconds));
        return drill.InTime ? new("○", said, "ok") : new("■", said, "crit");
    }

    /// <summary>Seconds from the failure of mains.</summary>
    public static string Later(double seconds, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return seconds < 1 ? ink[AtOnce] : ink.Fill(After, PowerEventText.Time(seconds, ink));
    }

    /// <summary>A unit with its reading and how old it was.</summary>
    public static string Of(DrillUnit unit, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(ink);
        var line = ink.Fill(StartOf, unit.Ups, PowerEventText.Time(unit.LeftSeconds, ink), PowerEventText.Time(unit.AgeSeconds, ink));
        return unit.ChargePercent is { } charge ? $"{line} · {ink.Fill(StartCharge, charge.ToString("0.##", CultureInfo.InvariantCulture))}" : line;
    }

    /// <summary>A drill in one line, as the record's page says it.</summary>
    public static string Particulars(DrillHeld drill, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(drill);
        ArgumentNullException.ThrowIfNull(ink);
        return string.Join(
            " · ",
            [
                ink.Fill(PowerEventText.PlanVersion, drill.Plan, drill.PlanVersion),
                ink[Of(drill, ink).Word],
                ink.Fill(PowerEventText.Left, PowerEventText.Time(drill.LeftSeconds, ink)),
                ink.Fill(PowerEventText.NeededTimes, PowerEventText.Time(drill.NeededSeconds, ink), drill.Margin.ToString("0.##", CultureInfo.InvariantCulture)),
                .. drill.Stages.Select(stage => ink.Fill(StageLine, stage.StepNo, stage.Target, Later(stage.ToldAfterSeconds, ink))),
                .. drill.Units.Select(unit => Of(unit, ink)),
            ]);
    }
}
