namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 系統間の媒体移送.</summary>
public static class TransferText
{
    public static readonly Word Title = new("系統間の媒体移送", "Media between segments");
    public static readonly Word Lead = new("系統の間でデータを運んだ媒体の記録です。一覧にある管理媒体だけを使い、読み込む前に感染を確認します。それ以外は記録に残り、情報セキュリティ管理者への警報になります(R-MOVE-08)。", "Media that carried data between segments. Only managed media on the list, scanned before they are read; anything else is recorded and an alarm to the security manager (R-MOVE-08).");
    public static readonly Word OneSegment = new("この運用区分の系統は一つだけです。系統間の移送はありません。", "This policy profile has one segment, so nothing is carried between segments.");
    public static readonly Word None = new("移送の記録はまだありません", "No transfer yet");
    public static readonly Word NoneLead = new("媒体で系統の間にデータを移すたびに、ここに記録します。", "Each time data is carried between segments it is written down here.");
    public static readonly Word Number = new("移送番号", "Transfer");
    public static readonly Word Media = new("媒体番号", "Medium");
    public static readonly Word MediaHelp = new("「区域に属する物・許可媒体」の一覧にある番号", "Its number on the list of things and media");
    public static readonly Word Content = new("移したデータ", "What was carried");
    public static readonly Word From = new("移送元の系統", "From segment");
    public static readonly Word FromAt = new("書出し元の機器", "Written at");
    public static readonly Word To = new("移送先の系統", "To segment");
    public static readonly Word ToAt = new("読込み先の機器", "Read at");
    public static readonly Word At = new("移送日時", "When");
    public static readonly Word Scan = new("感染の確認", "Scan");
    public static readonly Word NoScan = new("していない", "not done");
    public static readonly Word Note = new("備考", "Note");
    public static readonly Word By = new("担当者", "By");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Done = new("移送済", "carried");
    public static readonly Word Against = new("違反", "against the rules");
    public static readonly Word Record = new("移送を記録する", "Record a transfer");
    public static readonly Word FromTo = new("移送元 → 移送先", "From → to");
}
