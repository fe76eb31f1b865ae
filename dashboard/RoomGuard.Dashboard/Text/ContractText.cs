using RoomGuard.Core.Contractors;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Contractors;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the contractor register.</summary>
public static class ContractText
{
    public static readonly Word Title = new("業務委託", "Contracts");
    public static readonly Word Lead = new("委託事業者の入室は、登録された作業者・作業場所・契約期間の中だけに限られます。", "A contractor enters only as a registered worker, at a place and within the term of a contract.");
    public static readonly Word Add = new("契約を登録する", "Register a contract");
    public static readonly Word Change = new("契約を変更する", "Change the contract");
    public static readonly Word Number = new("契約番号", "Contract");
    public static readonly Word Name = new("件名", "Title");
    public static readonly Word Firm = new("委託先", "Contractor");
    public static readonly Word Work = new("作業の内容", "Work");
    public static readonly Word Subcontractors = new("再委託先", "Subcontractors");
    public static readonly Word SubcontractorsHelp = new("1行に1社。「会社名, 作業の内容」の形で書きます。", "One a line, as firm, work.");
    public static readonly Word PersonInCharge = new("作業責任者", "Person in charge");
    public static readonly Word Section = new("担当課", "Section");
    public static readonly Word Places = new("作業場所", "Places");
    public static readonly Word Workers = new("作業者", "Workers");
    public static readonly Word WorkersHelp = new("1行に1人の番号。再委託先の人は「番号, 会社名」の形で書きます。先に「人」へ登録しておきます。", "One person number a line; for a subcontractor's worker number, firm. Register them under People first.");
    public static readonly Word Term = new("契約期間", "Term");
    public static readonly Word From = new("開始日", "First day");
    public static readonly Word LastDay = new("最終日", "Last day");
    public static readonly Word Selection = new("選定の確認日", "Judged fit on");
    public static readonly Word SelectionResult = new("選定の確認結果", "Result");
    public static readonly Word Briefed = new("説明", "Briefing");
    public static readonly Word NotBriefed = new("未実施。許可できません。", "missing: no grant can be given");
    public static readonly Word NotChecked = new("未実施。許可できません。", "missing: no grant can be given");
    public static readonly Word BriefDo = new("説明を記録する", "Record the briefing");
    public static readonly Word CheckDo = new("確認を記録する", "Record the check");
    public static readonly Word CheckTitle = new("定期確認", "Check at intervals");
    public static readonly Word CheckDue = new("次の確認", "Next check");
    public static readonly Word Overdue = new("期限を過ぎています", "overdue");
    public static readonly Word EndDo = new("契約を終える", "End the contract");
    public static readonly Word EndLead = new("この日から作業者は入室できません。入室許可も終わります。", "From this day on nobody of this contract may enter, and their grants end.");
    public static readonly Word EndsOn = new("入室できなくなる日", "First day without entry");
    public static readonly Word On = new("実施日", "Done on");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Outstanding = new("未返却", "Not given back");
    public static readonly Word None = new("契約はまだありません", "No contract is registered yet");
    public static readonly Word NoneLead = new("契約を登録すると、作業者の入室許可を申請できます。", "With a contract registered, grants for its workers can be applied for.");
    public static readonly Word NoWorkers = new("作業者がいません。", "No workers are registered.");
    public static readonly Word Search = new("番号・件名・会社名", "Number, title or firm");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Show = new("表示", "Show");
    public static readonly Word ShowAll = new("すべて", "All");
    public static readonly Word ShowOverdue = new("定期確認の期限を過ぎた契約", "Checks overdue");
    public static readonly Word ShowReported = new("確認の報告が届いている契約", "Checks reported to me");
    public static readonly Word ShowOutstanding = new("終了後に未返却がある契約", "Over, with things not back");
    public static readonly Word NotBack = new("未返却", "not back");
    public static readonly Word Finding = new("指摘", "Findings");
    public static readonly Word CheckLead = new("結果は統括情報セキュリティ責任者に、重大な指摘は最高情報セキュリティ責任者にも報告されます (R-CON-05)。", "Reported to the supervising officer, and grave findings to the chief officer too (R-CON-05).");
    public static readonly Word ChecksNone = new("まだ確認の記録がありません。", "Not checked yet.");
    public static readonly Word ReportedTo = new("報告先", "Reported to");
    public static readonly Word ReportedToNobody = new("報告先の役割の人がいませんでした。役割を任命してから、もう一度確認を記録してください。", "Nobody held the role to be told. Appoint somebody, then record the check again.");
    public static readonly Word Received = new("受領", "received");
    public static readonly Word NotReceived = new("未受領", "not received yet");
    public static readonly Word Receive = new("報告を受け取った", "Received");
    public static readonly Word Holdings = new("委託先が持っているもの", "What the contractor holds");
    public static readonly Word HoldingsOver = new("契約終了後の未返却", "Not given back though the contract is over");
    public static readonly Word HoldingsLead = new("カード・鍵・貸与品・機器・文書・持出し中の物・預託した情報など。それぞれの台帳で返却または廃棄を記録すると、この一覧から消えます (R-CON-07, R-LIFE-11)。", "Cards, keys, lent things, items, documents, carried things and entrusted information. Each goes off the list when its own register says that it came back or was destroyed (R-CON-07, R-LIFE-11).");
    public static readonly Word HoldingsNone = new("ありません。", "Nothing.");
    public static readonly Word Kind = new("種類", "Kind");
    public static readonly Word No = new("番号", "Number");
    public static readonly Word What = new("内容", "What");
    public static readonly Word Holder = new("持っている人・会社", "Held by");
    public static readonly Word Entrusted = new("預託した情報・物", "Entrusted");
    public static readonly Word EntrustedNone = new("ほかの台帳にない情報や物を渡したら、ここに記録します。返却・廃棄まで残ります。", "Information or things handed over that stand in no other register are noted here, until returned or destroyed.");
    public static readonly Word EntrustDo = new("預託を記録する", "Record what is handed over");
    public static readonly Word HandedOn = new("渡した日", "Handed on");
    public static readonly Word SettleDo = new("返却・廃棄を記録する", "Record the return or destruction");
    public static readonly Word How = new("返却・廃棄の別", "How");
    public static readonly Word Proof = new("証明書番号など", "Certificate");
    public static readonly Word ProofHelp = new("廃棄・消去のときは必ず入力します", "Always with destruction");
    public static readonly Sign StillHeld = new("△", new("委託先にある", "with the contractor"), "warn");
    public static readonly Word WaitingOverdue = new("定期確認の期限を過ぎた委託先 {0}件", "{0} contractors to be checked");
    public static readonly Word WaitingReports = new("委託先の確認の報告 {0}件", "{0} reports of contractors' checks");
    public static readonly Word WaitingOutstanding = new("契約終了後に未返却がある委託先 {0}件", "{0} contracts over with things not back");

    public static readonly Word Trail = new("監査用の抽出", "Extraction for audit");
    public static readonly Word TrailLead = new("この契約の作業者(再委託先・過去の作業者を含む)の入退室、作業記録、搬入出、持出し・持込み。1行が記録の1件です。閲覧と書き出しは記録されます (R-CON-06)。", "Entries, work, moves and carry permits of this contract's workers, subcontractors and former workers too. Each row is an entry of the record; looking and writing out are recorded (R-CON-06).");
    public static readonly Word TrailNone = new("この条件の記録はありません", "Nothing under these conditions");
    public static readonly Word TrailNoneLead = new("期間を広げるか、条件を外してください。", "Widen the time or drop a condition.");
    public static readonly Word TrailCut = new("多いため、古いものから500件だけを表示しています。CSVにはすべて入ります。", "The first 500 are shown; the CSV has them all.");
    public static readonly Word TrailCutCsv = new("50,000件を超えたため、ここまでです。期間を分けてください。", "Cut at 50,000 rows: divide the time.");
    public static readonly Word TrailCsv = new("CSVで書き出す", "Write out as CSV");
    public static readonly Word TrailFrom = new("初日", "First day");
    public static readonly Word TrailUntil = new("最終日", "Last day");
    public static readonly Word TrailAny = new("すべて", "All");
    public static readonly Word TrailAt = new("日時", "Time");
    public static readonly Word TrailEntry = new("証跡番号", "Entry of the record");
    public static readonly Word TrailPerson = new("作業者", "Worker");
    public static readonly Word TrailSubject = new("番号", "Number");
    public static readonly Word TrailWhat = new("できごと", "What");
    public static readonly Word TrailPlace = new("場所", "Place");
    public static readonly Word KindEntry = new("入退室", "Entries");
    public static readonly Word KindWork = new("作業記録", "Work");
    public static readonly Word KindMove = new("搬入・搬出", "Moves");
    public static readonly Word KindCarry = new("持出し・持込み", "Carrying");
    public static readonly Sign Coming = new("○", new("契約前", "to come"), "quiet");
    public static readonly Sign Running = new("○", new("契約中", "running"), "ok");
    public static readonly Sign Over = new("―", new("終了", "over"), "stale");

    /// <summary>Words of Core.</summary>
    public static Word In(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(words.Ja, words.En);
    }

    /// <summary>指摘.</summary>
    public static Sign Of(CheckFinding finding)
    {
        var words = ContractorText.Of(finding);
        return new(words.Symbol, In(words), finding switch { CheckFinding.Fit => "ok", CheckFinding.Minor => "warn", _ => "high" });
    }

    /// <summary>表示.</summary>
    public static Word Of(ContractShow show) => show switch
    {
        ContractShow.CheckOverdue => ShowOverdue,
        ContractShow.Reported => ShowReported,
        ContractShow.Outstanding => ShowOutstanding,
        _ => ShowAll,
    };

    /// <summary>種類 of a row.</summary>
    public static Word Of(TrailKind kind) => kind switch
    {
        TrailKind.Entry => KindEntry,
        TrailKind.Work => KindWork,
        TrailKind.Move => KindMove,
        _ => KindCarry,
    };
}
