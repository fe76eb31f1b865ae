using System.Diagnostics;

namespace RoomGuard.Core.Carrying;

/// <summary>Refusals of transfers as people read them: why, by which rule, and what to do instead.</summary>
public static class TransferRefusalText
{
    /// <summary>The words of a refusal.</summary>
    public static CarryRefusalWords Of(TransferRefusal refusal) => refusal switch
    {
        TransferRefusal.NotListed => new(
            new("一覧にある団体の管理媒体ではありません。情報システム管理者に登録を頼むか、登録された媒体を使ってください。", "It is no managed medium on the list. Ask the system manager to list it, or use one that is."), "R-MOVE-08", "第2章4(1)①"),
        TransferRefusal.Away => new(
            new("この媒体は持出し中で、返却されていません。先に返却と確認を済ませてください。", "This medium is out and not back. Have it returned and checked first."), "R-CARRY-04", "第2章6(1)①ク"),
        TransferRefusal.SegmentUnknown => new(
            new("この運用区分にない系統です。系統を選び直してください。", "The policy profile has no such segment. Choose another."), "R-MOVE-08", "第2章4(2)"),
        TransferRefusal.MyNumberForbidden => new(
            new("この運用区分では、マイナンバー利用事務系から媒体で情報を持ち出せません。移送をやめ、媒体を情報セキュリティ管理者に渡してください。", "This policy profile lets nothing of the My Number segment out on media. Stop, and hand the medium to the security manager."),
            "R-CARRY-07", "第2章4(1)②イ"),
        TransferRefusal.NotEncrypted => new(
            new("マイナンバー利用事務系からは、暗号化された許可媒体だけを使えます。一覧で許可された暗号化媒体に替えてください。", "Out of the My Number segment only allowed, encrypted media go. Use one that the list allows and that is encrypted."), "R-CARRY-07", "第2章4(1)②イ"),
        TransferRefusal.NotScanned => new(
            new("読み込む前の感染の確認がありません。確認してから読み込み、記録し直してください。", "It was not scanned before it is read. Scan it, then record the transfer anew."), "R-MOVE-08", "第2章4(1)①"),
        TransferRefusal.ScanFound => new(
            new("感染の確認で検出がありました。読み込まず、媒体を隔離して情報セキュリティ管理者に渡してください。", "The scan found something. Do not read it; set the medium apart and hand it to the security manager."), "R-MOVE-08", "第2章4(1)①"),
        _ => throw new UnreachableException($"No text for {refusal}."),
    };
}
