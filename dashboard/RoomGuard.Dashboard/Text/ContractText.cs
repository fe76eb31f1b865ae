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
    public static readonly Sign Coming = new("○", new("契約前", "to come"), "quiet");
    public static readonly Sign Running = new("○", new("契約中", "running"), "ok");
    public static readonly Sign Over = new("―", new("終了", "over"), "stale");
}
