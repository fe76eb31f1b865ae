namespace RoomGuard.Dashboard.Text;

/// <summary>Words of looking at one person's records: purpose and 利用状況調査.</summary>
public static class LookText
{
    public static readonly Word PurposeTitle = new("閲覧の目的", "Purpose of looking");
    public static readonly Word PurposeLead = new(
        "一人の入退室の記録を見るには、目的が必要です。目的、見た人、見た内容は記録され、本人の求めや監査のときに示されます。",
        "To see one person's entry records a purpose is needed. Who looked, at what and why is recorded and shown to auditors or when the person asks.");
    public static readonly Word Whose = new("対象の人", "Whose records");
    public static readonly Word Purpose = new("閲覧目的", "Purpose");
    public static readonly Word PurposeHelp = new("例: 紛失届の確認、在室不一致の調査。30分間有効です", "For example: a reported loss, a presence that does not add up. Good for 30 minutes");
    public static readonly Word Look = new("目的を記録して見る", "Record the purpose and look");
    public static readonly Word NothingTitle = new("見られる入退室記録はありません", "There are no entry records for you to see");
    public static readonly Word NothingLead = new(
        "入退室管理簿は役割ごとに見られる範囲が決まっています(R-SIGN-15)。人数は在室者一覧で確認できます。",
        "How much of the entry register is seen depends on the role (R-SIGN-15). The number of people inside is in the list of people inside.");
    public static readonly Word PersonHidden = new("この人の入退室の記録を見るには、目的の記録が必要です。", "To see this person's entries, a purpose is recorded first.");
    public static readonly Word OpenEntries = new("目的を書いて記録を見る", "State a purpose and look");
    public static readonly Word Investigations = new("利用状況調査", "Investigations of use");
    public static readonly Word InvestigationsLead = new(
        "一人の記録をまとめて調べられるのは、最高情報統括責任者と、その指名を受けた人だけです(R-LOG-05)。指名も閲覧もすべて記録されます。",
        "Only the chief officer and people the chief officer names may look into one person's records as a whole (R-LOG-05). Naming and looking are all recorded.");
    public static readonly Word None = new("利用状況調査はありません", "There are no investigations");
    public static readonly Word NoneLead = new("指名されると、対象の人の記録がここから見られます。", "Once you are named, the person's records open from here.");
    public static readonly Word Subject = new("対象の人(職員番号等)", "Whom (person id)");
    public static readonly Word Named = new("調査する人(職員番号等、空白で区切る)", "Who looks (person ids, separated by spaces)");
    public static readonly Word NamedHelp = new("統括責任者、情報セキュリティ管理者、監査員から。対象の人は選べません", "From supervising officer, security managers, auditors. Never the person looked into");
    public static readonly Word LastDay = new("最後の日", "Last day");
    public static readonly Word LastDayHelp = new("93日以内", "Within 93 days");
    public static readonly Word Name = new("指名する", "Name them");
    public static readonly Word NameTitle = new("調査する人を指名する", "Name who looks");
    public static readonly Word OnlyChief = new("指名できるのは最高情報統括責任者だけです。", "Only the chief officer names people.");
    public static readonly Word End = new("終える", "End it");
    public static readonly Word EndTitle = new("利用状況調査を終える", "End an investigation");
    public static readonly Word EndLead = new("指名された人は、すぐにこの人の記録を見られなくなります。", "Those named can no longer see this person's records from now on.");
    public static readonly Word InForce = new("有効", "In force");
    public static readonly Word Over = new("終了", "Over");
    public static readonly Word Until = new("{0} まで", "until {0}");
    public static readonly Word Looks = new("閲覧 {0}回", "looked {0} times");
    public static readonly Word OpenRecords = new("記録を見る", "See the records");
    public static readonly Word Since = new("{0} 指名", "named {0}");
}
