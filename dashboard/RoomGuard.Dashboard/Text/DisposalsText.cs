using System.Diagnostics;
using RoomGuard.Core.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the 廃棄・消去記録.</summary>
public static class DisposalsText
{
    public static readonly Word Title = new("廃棄・消去記録", "Disposal and erasure");
    public static readonly Word Lead = new("廃棄・リース返却・外部修理で区域を出る機器や媒体の、許可と消去の記録です。確認が済んだものだけ、搬出を申請できます(R-MOVE-06)。", "Permission and erasure of what goes out to be disposed of, given back or repaired. Only what is verified may be applied for to go out (R-MOVE-06).");
    public static readonly Word None = new("廃棄・消去記録はまだありません", "No record yet");
    public static readonly Word NoneLead = new("廃棄・返却・修理に出す前に、ここで申請します。", "Apply here before anything is disposed of, given back or sent to repair.");
    public static readonly Word AskFor = new("廃棄・返却・修理に出す", "Dispose, give back, repair");
    public static readonly Word AskTitle = new("申請する", "Apply");
    public static readonly Word Number = new("記録番号", "Record");
    public static readonly Word Kind = new("種別", "Kind");
    public static readonly Word Tag = new("機器・媒体番号", "Item");
    public static readonly Word Firm = new("処理業者", "Firm");
    public static readonly Word FirmHelp = new("外部修理では必須です。", "Needed for repair outside.");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Serials = new("記憶装置の製造番号", "Serials of the storage");
    public static readonly Word SerialsHelp = new("1行に1個。機器台帳にある記憶装置は全て書きます。", "One a line; every storage the register knows.");
    public static readonly Word AskedAllowed = new("申請者/許可者/許可日", "Applicant / permitted by / on");
    public static readonly Word Method = new("処理内容", "Method");
    public static readonly Word ErasedAt = new("処理日時", "Erased at");
    public static readonly Word ErasedVerified = new("処理担当者/確認者", "Erased by / verified by");
    public static readonly Word Certificate = new("処理証明書番号/受領日", "Certificate / received on");
    public static readonly Word CertificateNo = new("処理証明書番号", "Certificate");
    public static readonly Word ReceivedOn = new("受領日", "Received on");
    public static readonly Word CertificateDue = new("処理証明書の期限", "Certificate due");
    public static readonly Word Secrecy = new("消去できない場合の契約・確認", "Contract and check where it cannot be erased");
    public static readonly Word Move = new("搬出番号", "Move");
    public static readonly Word NoStorage = new("情報を保存しないため消去は不要です", "it stores nothing, so nothing is to be erased");
    public static readonly Word DecideTitle = new("許可", "Permission");
    public static readonly Word DecideLead = new("消去の前に許可します。申請した人は許可できません(R-LIFE-05、R-PROF-05)。", "Permitted before anything is erased, never by who applied (R-LIFE-05, R-PROF-05).");
    public static readonly Word Allow = new("許可する", "Permit");
    public static readonly Word Refuse = new("許可しない", "Refuse");
    public static readonly Word Note = new("内容", "Note");
    public static readonly Word EraseTitle = new("消去の記録", "Erasure");
    public static readonly Word EraseLead = new("復元できない状態に消去して記録します(R-LIFE-04)。別の人が確認します。", "Erase beyond recovery and write it down (R-LIFE-04); another person verifies it.");
    public static readonly Word Erase = new("消去を記録する", "Record the erasure");
    public static readonly Word VerifyTitle = new("消去の確認", "Verification");
    public static readonly Word VerifyLead = new("消去した人とは別の人が確認します(R-LIFE-04)。", "By another person than who erased (R-LIFE-04).");
    public static readonly Word Verify = new("確認を記録する", "Record the verification");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word SecrecyTitle = new("消去できない場合", "Where it cannot be erased");
    public static readonly Word SecrecyLead = new("守秘義務契約を結び、修理業者の秘密保持体制を確認します(R-LIFE-03)。", "A confidentiality contract, and the repairer's arrangements looked at (R-LIFE-03).");
    public static readonly Word Contract = new("守秘義務契約の番号", "Confidentiality contract");
    public static readonly Word CheckSecrecy = new("契約と確認を記録する", "Record contract and check");
    public static readonly Word CertifyTitle = new("処理証明書", "Certificate");
    public static readonly Word CertifyLead = new("搬出の後、期限までに受け取ります(R-LIFE-05)。", "Received after it went out, by its day (R-LIFE-05).");
    public static readonly Word CertificateFile = new("処理証明書のファイル(任意)", "The certificate itself (optional)");
    public static readonly Word CertificateFileHelp = new("PNG・JPEG・PDF・テキスト(UTF-8)、5 MB まで。検査値とともに保存され、あとから消せません", "PNG, JPEG, PDF or text (UTF-8), up to 5 MB. It is kept with its digest and cannot be taken back");
    public static readonly Word FileGone = new("このファイルはありません。記録に名前があるのに取り出せないときは、保存先が壊れているおそれがあります。システム管理者に連絡し、控え(バックアップ)から戻してください。", "There is no such file. Where the record names it all the same, the store may be damaged: tell the system manager, who brings it back from a backup.");
    public static readonly Word Certify = new("受領を記録する", "Record the receipt");
    public static readonly Word NotPassed = new("読み出せるため消去し直す", "Still readable: erase anew");
    public static readonly Word EraseAgain = new("消去し直す", "Erase anew");
    public static readonly Word EraseAgainLead = new("機器台帳に記憶装置が増えたときや、消去をやり直したときに記録します。確認もやり直しになります(R-LIFE-04)。", "Where the register knows more storage now, or it was erased once more; it is then verified anew (R-LIFE-04).");
    public static readonly Word WithdrawTitle = new("取下げ", "Take back");
    public static readonly Word WithdrawLead = new("搬出する前なら取り下げられます。記録は残ります。", "Possible until it goes out. What was written stays.");
    public static readonly Word Withdraw = new("取り下げる", "Take it back");
    public static readonly Word WaitingDecide = new("廃棄・返却・修理の許可待ち", "Disposals to be permitted");
    public static readonly Word WaitingVerify = new("消去の確認待ち", "Erasures to be verified");
    public static readonly Word WaitingCertificate = new("処理証明書が期限を過ぎて未受領", "Certificates overdue");
    public static readonly Word OwedTitle = new("取り外した記憶装置", "Storage taken out");
    public static readonly Word OwedLead = new("部品交換で取り外した記憶装置です。廃棄・返却・修理に出すか、再利用のために消去し、確認が済むまでここに残ります(R-MOVE-09、R-LIFE-04)。", "Storage taken out in part swaps. It stays here until it has gone out erased, or is erased for reuse and verified (R-MOVE-09, R-LIFE-04).");
    public static readonly Word NotAsked = new("申請なし", "nobody has applied");
    public static readonly Word WaitingOwed = new("取り外した記憶装置の消去の申請", "Storage taken out: erasure to be applied for");
    public static readonly Word Unaccounted = new("機器台帳には以前、記憶装置 {0} が登録されていました。部品交換の記録がありません。どこにあるかを確かめてから進めてください(R-LIFE-04)。", "The register once named storage {0}, and no part swap took it out. Find out where it is before going on (R-LIFE-04).");
    public static readonly Word ShowAll = new("全て", "All");
    public static readonly Word Sheet = new("様式", "Form");
    public static readonly Word Story = new("経過", "What happened");

    /// <summary>種別.</summary>
    public static Word Of(DisposalKind kind) => PolicyText.Of(EquipmentText.Of(kind));

    /// <summary>処理内容.</summary>
    public static Word Of(ErasureMethod method) => PolicyText.Of(EquipmentText.Of(method));

    /// <summary>状態.</summary>
    public static Sign Of(DisposalState state) => state switch
    {
        DisposalState.Applied => new("◇", new("申請中", "applied for"), "quiet"),
        DisposalState.Approved => new("○", new("許可", "permitted"), "quiet"),
        DisposalState.Refused => new("×", new("却下", "refused"), "stale"),
        DisposalState.Erased => new("△", new("消去済(確認待ち)", "erased, to be verified"), "warn"),
        DisposalState.Ready => new("○", new("確認済(搬出できる)", "verified, may go out"), "ok"),
        DisposalState.MovedOut => new("○", new("搬出済", "gone out"), "quiet"),
        DisposalState.Certified => new("○", new("証明書受領", "certificate received"), "ok"),
        DisposalState.Withdrawn => new("―", new("取下げ", "taken back"), "quiet"),
        _ => throw new UnreachableException($"No text for {state}."),
    };
}
