using RoomGuard.Dashboard.Climate;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages on which sensors are enrolled and the sensing plan is changed.</summary>
public static class SensingText
{
    public static readonly Word Enrol = new("登録する", "Enrol");
    public static readonly Word EnrolTitle = new("センサーを登録する", "Enrol a sensor");
    public static readonly Word EnrolLead = new(
        "登録すると制御盤へ指示が届き、始動し直さずに聞き始めます。値が使われるのは、制御盤が登録を記録した後だけです(R-NET-01)。",
        "The order goes to the bridge, which listens from then on without a new start. Its values count only once the bridge has recorded it (R-NET-01).");
    public static readonly Word NoFit = new(
        "読み方が分からないため、ここでは登録できません。docs/sensors.md のとおり制御盤の設定に書いてください。",
        "No model is known that reads it: it cannot be enrolled here. Write it into the bridge's settings as docs/sensors.md says.");
    public static readonly Word NoZone = new("この制御盤には測定計画のある区域がありません。先に設定 climate.zones に区域を書いてください。", "This bridge has no zone with a sensing plan. Write one under climate.zones of its settings first.");
    public static readonly Word Model = new("読み方(モデル)", "Read as (model)");
    public static readonly Word Id = new("識別名", "Name for the system");
    public static readonly Word IdHelp = new("英数字とハイフン。例 inlet-4", "Letters, digits and hyphens, e.g. inlet-4");
    public static readonly Word Label = new("名称(日本語)", "Name, Japanese");
    public static readonly Word LabelEn = new("名称(英語)", "Name, English");
    public static readonly Word Zone = new("区域", "Zone");
    public static readonly Word Rack = new("ラック", "Rack");
    public static readonly Word Plan = new("平面図", "Floor plan");
    public static readonly Word NoPlan = new("位置を決めない", "nowhere in particular");
    public static readonly Word X = new("横の位置", "Position across");
    public static readonly Word Y = new("縦の位置", "Position down");
    public static readonly Word PositionHelp = new("平面図の単位(設定 floors と同じ)", "In the unit of the plan, as in the settings of the floors");
    public static readonly Word Measures = new("測るもの", "What it measures");
    public static readonly Word Offset = new("校正: {0} に足す値({1})", "Calibration: added to {0} ({1})");
    public static readonly Word Reference = new("校正に使った基準器", "Instrument the calibration was held against");
    public static readonly Word TakeOut = new("登録を取り消す", "Take it out");
    public static readonly Word TakeOutTitle = new("{0} の登録を取り消す", "Take {0} out");
    public static readonly Word TakeOutLead = new("以後この装置の値は使わず、未登録として示します。", "From then on nothing it says counts, and it is shown as not enrolled.");
    public static readonly Word TakenOut = new("登録の取消し", "taken out");
    public static readonly Word Enrolled = new("登録", "enrolled");
    public static readonly Word EnrolledHere = new("画面で登録({0})", "enrolled here by {0}");
    public static readonly Word InSettings = new("制御盤の設定", "the bridge's settings");
    public static readonly Word By = new("登録", "Enrolled by");
    public static readonly Word History = new("登録と取消しの記録", "Enrolled and taken out");
    public static readonly Word When = new("指示した日時", "Ordered");
    public static readonly Word Who = new("指示した人", "By");
    public static readonly Word Away = new("中継装置から届かない({0}から)", "its gateway cannot reach it (since {0})");
    public static readonly Sign Ordered = new("△", new("制御盤の反映待ち", "waits for the bridge"), "warn");
    public static readonly Sign InForce = new("○", new("反映済み", "in force"), "quiet");
    public static readonly Sign Refused = new("▲", new("制御盤が不適用", "not followed by the bridge"), "high");

    public static readonly Word PlanTab = new("測定計画", "Sensing plan");
    public static readonly Word PlanLead = new(
        "区域ごとに、六要素を何で測るか、測らない理由は何か。申し出た人と別の担当者が承認すると、制御盤に反映します(R-ENV-01)。",
        "For each zone: what senses each of the six factors, or why it is not sensed. In force at the bridge once another person has approved (R-ENV-01).");
    public static readonly Word Sensors = new("数えるセンサー", "Sensors that count");
    public static readonly Word NoneAble = new("この要素を測れるセンサーはありません。", "No sensor here could sense it.");
    public static readonly Word Why = new("{0}を測らない理由(未監視)", "Why {0} is not sensed");
    public static readonly Word WhyHelp = new("数えるセンサーが一つもない時だけ書きます。", "Only where no sensor counts.");
    public static readonly Word Editor = new("{0}の測定計画を変える", "Change the plan of {0}");
    public static readonly Word Without = new("{0} 数えない: {1}", "{0} without {1}");
    public static readonly Word AllowLead = new("承認すると、すぐに制御盤の測定計画が変わります。", "The bridge goes by it at once.");
    public static readonly Word DeclineLead = new("測定計画は変わりません。", "The plan stays as it is.");
    public static readonly Word AsItIs = new("全要素を測れるセンサーすべてで測る", "each factor by all that can sense it");

    /// <summary>What became of an order.</summary>
    public static Sign Of(SensingState state) => state switch
    {
        SensingState.Ordered => Ordered,
        SensingState.InForce => InForce,
        _ => Refused,
    };
}
