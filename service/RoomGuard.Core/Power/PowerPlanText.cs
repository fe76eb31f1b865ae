using System.Text.RegularExpressions;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>What <see cref="PowerPlan.Problems"/> says, for people: each sentence in both languages.</summary>
/// <remarks>The sentences are written where the rule is, in English, as the bridge logs them; here each shape has its Japanese. A test walks them all.</remarks>
public static partial class PowerPlanText
{
    private static readonly (Regex Shape, string Ja)[] Sentences =
    [
        (Id(), "計画の番号: 1〜40文字の英数字にしてください(例 srv-1)。"),
        (Units(), "UPS: この区域を支えるUPSを、一台につき一度だけ書いてください。"),
        (UnitsNeeded(), "必要台数: {0} は 1〜{1}(UPSの台数)の範囲にありません。"),
        (StageCount(), "段: 1〜{0} 段にしてください。"),
        (StageTwice(), "段: 「{0}」が二度あります。名前は重ねられません。"),
        (HostTwice(), "機器: 「{0}」が二度あります。一台は一度だけ止まります。"),
        (HostCount(), "段 {0}: 機器を 1〜{1} 台書いてください。"),
        (Webhook(), "段 {0}: Webhook「{1}」は名前になりません。制御盤の設定 power.webhooks にある名前(英数字とハイフン 1〜{2} 文字)を書いてください。"),
        (HostSeconds(), "機器 {0}: 停止に {1} 秒とあります。1〜{2} 秒で書いてください。"),
        (Margin(), "余裕の倍率: {0} は 1〜5 の範囲にありません。通常は 1.2 です。"),
        (Limits(), "残り時間が不明なときの待ち時間は 0〜3600 秒、再起動の充電率は 0〜100 %、復電後の待ち時間は 0〜86400 秒にしてください。"),
        (Backed(), "電源を要する機器 {0}: {1} 秒は 0 秒〜1週間の範囲にありません。"),
    ];

    /// <summary>A problem's sentence in both languages. One that has no Japanese here stands in English in both, rather than not at all.</summary>
    public static Words Of(string problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        foreach (var (shape, ja) in Sentences)
        {
            if (shape.Match(problem) is { Success: true } match)
            {
                object[] values = [.. match.Groups.Values.Skip(1).Select(group => group.Value)];
                return new(string.Format(System.Globalization.CultureInfo.InvariantCulture, ja, values), problem);
            }
        }

        return new(problem, problem);
    }

    [GeneratedRegex("^id: ")]
    private static partial Regex Id();

    [GeneratedRegex("^units: ")]
    private static partial Regex Units();

    [GeneratedRegex("^unitsNeeded: (-?[0-9]+) is outside 1 to ([0-9]+)")]
    private static partial Regex UnitsNeeded();

    [GeneratedRegex("^stages: a plan has 1 to ([0-9]+) stages")]
    private static partial Regex StageCount();

    [GeneratedRegex("^stages: \"(.*)\" stands twice. Names")]
    private static partial Regex StageTwice();

    [GeneratedRegex("^stages: host \"(.*)\" stands twice")]
    private static partial Regex HostTwice();

    [GeneratedRegex(@"^stages\.(.*): a stage has 1 to ([0-9]+) hosts")]
    private static partial Regex HostCount();

    [GeneratedRegex(@"^stages\.(.*): webhook ""(.*)"" is not a name. Use 1 to ([0-9]+) letters")]
    private static partial Regex Webhook();

    [GeneratedRegex("^stages: (.*) needs (-?[0-9]+) s to stop. Write 1 to ([0-9]+)")]
    private static partial Regex HostSeconds();

    [GeneratedRegex("^margin: (.*) is outside 1 to 5")]
    private static partial Regex Margin();

    [GeneratedRegex("^withoutRuntimeSeconds is ")]
    private static partial Regex Limits();

    [GeneratedRegex(@"^backed\.(.*): (-?[0-9]+) s is outside")]
    private static partial Regex Backed();
}
