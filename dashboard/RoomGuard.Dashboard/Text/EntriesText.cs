namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the 入退室管理簿 and of one record.</summary>
public static class EntriesText
{
    public static readonly Word Filter = new("絞り込み", "Filter");
    public static readonly Word From = new("期間の始め", "From");
    public static readonly Word Until = new("期間の終わり", "Until");
    public static readonly Word Zone = new("区域", "Area");
    public static readonly Word Door = new("扉", "Door");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Reason = new("拒否理由", "Reason");
    public static readonly Word Category = new("区分", "Category");
    public static readonly Word Words = new("氏名・かな・番号", "Name, kana or number");
    public static readonly Word Rows = new("表示件数", "Rows");
    public static readonly Word Density = new("行の高さ", "Row height");
    public static readonly Word Roomy = new("ゆったり", "Roomy");
    public static readonly Word Normal = new("標準", "Normal");
    public static readonly Word Tight = new("詰める", "Tight");
    public static readonly Word Quick = new("期間", "Period");
    public static readonly Word Today = new("今日", "Today");
    public static readonly Word Yesterday = new("昨日", "Yesterday");
    public static readonly Word ThisMonth = new("今月", "This month");
    public static readonly Word LastMonth = new("先月", "Last month");
    public static readonly Word More = new("詳しい条件", "More conditions");
    public static readonly Word Active = new("適用中の条件", "Active conditions");
    public static readonly Word Remove = new("条件「{0}」を外す", "Remove condition {0}");
    public static readonly Word PeriodChip = new("期間 {0} 〜 {1}", "Period {0} to {1}");
    public static readonly Word Person = new("職員番号等", "Person");
    public static readonly Word Found = new("{0}件", "{0} entries");
    public static readonly Word FoundMore = new("{0}件以上", "{0} or more entries");
    public static readonly Word Histogram = new("期間ごとの件数(選ぶと絞り込みます)", "Entries over time (choose to narrow)");
    public static readonly Word Bar = new("{0} から {1}件、うち拒否 {2}件", "from {0}: {1} entries, {2} refused");
    public static readonly Word Jump = new("この日時へ移動", "Jump to time");
    public static readonly Word Go = new("移動", "Go");
    public static readonly Word Csv = new("CSV", "CSV");
    public static readonly Word Newest = new("最新", "Newest");
    public static readonly Word Newer = new("新しい{0}件", "Newer {0}");
    public static readonly Word Older = new("古い{0}件", "Older {0}");
    public static readonly Word Oldest = new("最古", "Oldest");
    public static readonly Word Paging = new("記録の移動", "Move through the register");
    public static readonly Word NewRows = new("新しい記録 {0}件を表示", "Show {0} new entries");
    public static readonly Word NewRowsMore = new("新しい記録 {0}件以上を表示", "Show {0} or more new entries");
    public static readonly Word NoneTitle = new("該当する記録はありません", "Nothing found");
    public static readonly Word NoneLead = new("条件を一つ外すと見つかるかもしれません。", "Removing one condition may help.");
    public static readonly Word Loosen = new("「{0}」を外すと {1}", "Without {0}: {1}");
    public static readonly Word EmptyTitle = new("入退室の記録はまだありません", "No entries yet");
    public static readonly Word EmptyLead = new(
        "読取装置にカードをかざすと、許可も拒否も、2秒以内にここへ一行ずつ記録されます。",
        "Hold a card to a reader: every grant and refusal makes one row here within two seconds.");

    public static readonly Word OccurredAt = new("日時", "Time");
    public static readonly Word Name = new("氏名", "Name");
    public static readonly Word NameId = new("氏名・職員番号等", "Name and number");
    public static readonly Word Affiliation = new("区分・所属", "Category, section");
    public static readonly Word Direction = new("入退", "In/out");
    public static readonly Word Exit = new("退室・在室時間", "Exit, time inside");
    public static readonly Word Number = new("記録番号", "Entry");
    public static readonly Word Methods = new("認証方法", "Method");
    public static readonly Word Grant = new("入室許可番号", "Grant");
    public static readonly Word Remarks = new("備考", "Remarks");
    public static readonly Word UnknownCard = new("未登録カード", "Unknown card");
    public static readonly Word NobodyKnown = new("(氏名不明)", "(nobody known)");
    public static readonly Word StillInside = new("在室中", "still inside");

    public static readonly Word PrintFilter = new("条件", "Conditions");
    public static readonly Word PrintAll = new("条件なし", "none");
    public static readonly Word PrintMade = new("作成", "Made");
    public static readonly Word PrintChecked = new("確認者", "Checked by");
    public static readonly Word PrintSeal = new("印", "Seal");
    public static readonly Word PrintRange = new("記録番号 {0} 〜 {1}({2}件)", "Entries {0} to {1} ({2})");

    public static readonly Word EntryTitle = new("記録 {0}", "Entry {0}");
    public static readonly Word Facts = new("記録の内容", "What is recorded");
    public static readonly Word Technical = new("記録そのもの(技術者向け)", "The entry itself (for technicians)");
    public static readonly Word DeviceTime = new("日時(機器)", "Time (device)");
    public static readonly Word ReceivedTime = new("日時(受信)", "Time (received)");
    public static readonly Word Kind = new("種類", "Kind");
    public static readonly Word CardDigest = new("カード番号(検査値)", "Card (digest)");
    public static readonly Word Source = new("記録の別", "Source");
    public static readonly Word ExitedAt = new("退室日時", "Exit");
    public static readonly Word Stay = new("在室時間", "Time inside");
    public static readonly Word Neighbours = new("前後5分の記録", "Five minutes around it");
    public static readonly Word This = new("この記録", "this entry");
    public static readonly Word Particulars = new("内容", "Particulars");
    public static readonly Word ManyNeighbours = new("多いため一部だけ示します。", "Only some are shown.");
    public static readonly Word SameDay = new("同じ人のこの日の記録", "This person on this day");
    public static readonly Word SameDoor = new("同じ扉の前後1時間", "This door, an hour around");
    public static readonly Word Chain = new("記録の連鎖", "Chain of records");
    public static readonly Word ChainLead = new(
        "各記録は一つ前の記録の検査値を含むため、あとから変えるとつながらなくなります。",
        "Every entry holds the digest of the one before, so a later change breaks the chain.");
    public static readonly Word ChainPrevious = new("前の記録の検査値", "Digest of the entry before");
    public static readonly Word ChainOwn = new("この記録の検査値", "Digest of this entry");
    public static readonly Word ChainCommitment = new("内容の検査値", "Digest of the content");
    public static readonly Word ChainSource = new("届いた元", "Came from");
    public static readonly Word ChainSourceSeq = new("{0} の {1} 番", "number {1} of {0}");
    public static readonly Word ChainHere = new("このサービス", "this service");
    public static readonly Word ChainResult = new("この行の検証", "Check of this row");
    public static readonly Word BackToRegister = new("入退室管理簿へ戻る", "Back to the register");
    public static readonly Word PreviousEntry = new("前の記録", "Entry before");
    public static readonly Word NextEntry = new("次の記録", "Entry after");

    public static readonly Word CsvLocal = new("日時(現地)", "Time (local)");
    public static readonly Word CsvSeconds = new("在室秒", "Seconds inside");
}
