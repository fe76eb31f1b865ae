using System.Diagnostics;
using RoomGuard.Core.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 敷地外の機器.</summary>
public static class OffsiteText
{
    public static readonly Word Title = new("敷地外の機器", "Equipment off the premises");
    public static readonly Word Lead = new("敷地外へ搬出され、まだ戻っていない機器です。最高情報統括責任者の承認番号と、定期的な確認を示します(R-LIFE-06)。", "What was moved off the premises and has not come back, by whose approval, with its checks (R-LIFE-06).");
    public static readonly Word Interval = new("{0}か月ごとに確認します。期限を過ぎると、統括情報セキュリティ責任者と最高情報統括責任者に知らせます。", "Checked every {0} months; overdue, the supervising officer and the chief officer are told.");
    public static readonly Word NoInterval = new("この運用区分は確認の間隔を定めていません。確認したことは記録できます。", "This policy profile sets no interval. Checks can still be written down.");
    public static readonly Word None = new("敷地外の機器はありません", "Nothing is off the premises");
    public static readonly Word NoneLead = new("敷地外への搬出が完了すると、ここに並びます。", "What a completed move takes off the premises stands here.");
    public static readonly Word Place = new("設置場所", "Where");
    public static readonly Word Approval = new("敷地外承認番号", "Approval");
    public static readonly Word Since = new("搬出日", "Since");
    public static readonly Word LastCheck = new("前回の確認", "Last check");
    public static readonly Word Due = new("次の確認期限", "Next check by");
    public static readonly Word NotYet = new("未確認", "not checked yet");
    public static readonly Word Check = new("確認を記録する", "Write down a check");
    public static readonly Word CheckedOn = new("確認日", "Checked on");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Note = new("確認した内容", "What was looked at");
    public static readonly Word Waiting = new("敷地外の機器の確認が期限を過ぎています", "Checks off the premises overdue");

    /// <summary>Result of a check.</summary>
    public static Sign Of(OffsiteResult result) => result switch
    {
        OffsiteResult.InOrder => new("○", PolicyText.Of(EquipmentText.Of(result)), "ok"),
        OffsiteResult.Problem => new("△", PolicyText.Of(EquipmentText.Of(result)), "warn"),
        _ => throw new UnreachableException($"No text for {result}."),
    };
}
