using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.People;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of people, cards and grants.</summary>
public static class DeskText
{
    public static readonly Word Tabs = new("人・カード・許可の切替え", "People, cards, grants");
    public static readonly Word People = new("人", "People");
    public static readonly Word Cards = new("カード", "Cards");
    public static readonly Word Grants = new("入室許可", "Entry grants");
    public static readonly Word Import = new("CSV取込み", "CSV import");
    public static readonly Word KanaIndex = new("かなの索引", "Kana index");
    public static readonly Word Id = new("職員番号等", "Person number");
    public static readonly Word Name = new("氏名", "Name");
    public static readonly Word Kana = new("かな", "Kana");
    public static readonly Word Category = new("区分", "Category");
    public static readonly Word Section = new("所属・会社名", "Section or firm");
    public static readonly Word ValidFrom = new("開始日", "First day");
    public static readonly Word LastDay = new("最終日", "Last day");
    public static readonly Word Period = new("期間", "Period");
    public static readonly Word NoEnd = new("期限なし", "no end");
    public static readonly Word From = new("{0} から", "from {0}");
    public static readonly Word FromTo = new("{0} 〜 {1}", "{0} to {1}");
    public static readonly Word CardCount = new("カード", "Cards");
    public static readonly Word GrantUntil = new("許可の最終日", "Grant until");
    public static readonly Word NoGrant = new("有効な許可なし", "no grant in force");
    public static readonly Word OtherApplies = new("入室許可を含む一覧は、持ち込んだ人({0})とは別の人が適用します。", "A list with grants is applied by another person than {0}, who brought it.");
    public static readonly Word WaitingImports = new("適用待ちの一覧", "Lists that wait to be applied");
    public static readonly Word WithGrants = new("入室許可を含む", "with grants");
    public static readonly Word State = new("状態", "State");
    public static readonly Word OnlyValid = new("在籍中の人だけ", "Only people in service");
    public static readonly Word FoundMore = new("{0}件以上", "more than {0} found");
    public static readonly Word SearchPeople = new("氏名・かな・番号", "Name, kana or number");
    public static readonly Word AddPerson = new("人を登録する", "Register a person");
    public static readonly Word EditPerson = new("登録内容を変更する", "Change");
    public static readonly Word EditTitle = new("{0} の登録内容", "Record of {0}");
    public static readonly Word Save = new("登録する", "Register");
    public static readonly Word SaveChange = new("変更を記録する", "Record the change");
    public static readonly Word NonePeople = new("まだ誰も登録されていません", "Nobody is registered yet");
    public static readonly Word NonePeopleLead = new("人を登録してカードを渡し、入室許可を申請するか、CSV でまとめて取り込みます。", "Register people and give them cards and grants, or import them as CSV.");
    public static readonly Word NoMatch = new("該当する登録はありません", "Nothing matches");
    public static readonly Word NoMatchLead = new("検索の言葉を短くするか、条件を消してください。", "Shorten the words or clear the conditions.");
    public static readonly Word IdHelp = new("一度使った番号は、別の人に使い回しません。", "A number once used is never given to another person.");
    public static readonly Word KanaHelp = new("並べ替えと検索に使います。", "For sorting and search.");
    public static readonly Word LastDayHelp = new("この日まで入室できます。翌日から入室できません。", "Entry is possible up to and including this day.");
    public static readonly Word OptionalLastDayHelp = new("決まっていなければ空けておきます。", "Leave empty when not known.");
    public static readonly Word Suspend = new("利用を停止する", "Suspend");
    public static readonly Word SuspendTitle = new("{0} の利用を停止します", "Suspend {0}");
    public static readonly Word SuspendLead = new("この人のカードと入室許可をすべて止めます。扉へすぐに伝わります。退室はできます。", "Stops every card and grant of this person at once. The way out stays free.");
    public static readonly Word Resume = new("停止を解除する", "Lift the suspension");
    public static readonly Word ResumeTitle = new("{0} の停止を解除します", "Lift the suspension of {0}");
    public static readonly Word ResumeLead = new("停止の前に有効だったカードと入室許可が、再び使えるようになります。", "Cards and grants that were good before open again.");
    public static readonly Word Suspended = new("停止中です。どの扉からも入室できません。", "Suspended: no door opens for this person.");
    public static readonly Word Recent = new("この人の入退室", "Entries of this person");
    public static readonly Word AllOf = new("すべて見る", "Show all");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word ReasonHelp = new("記録に残ります。", "It is kept in the record.");

    public static readonly Word CardId = new("カード", "Card");
    public static readonly Word Holder = new("持ち主", "Holder");
    public static readonly Word Digest = new("検査値", "Digest");
    public static readonly Word LastUsed = new("最終使用", "Last used");
    public static readonly Word NeverUsed = new("未使用", "never");
    public static readonly Word Pin = new("暗証番号", "PIN");
    public static readonly Word PinSet = new("登録済み", "set");
    public static readonly Word PinNone = new("未登録", "not set");
    public static readonly Word IssueCard = new("カードを発行する", "Issue a card");
    public static readonly Word Format = new("カードの形式", "Card format");
    public static readonly Word Facility = new("施設番号", "Facility code");
    public static readonly Word FacilityHelp = new("施設番号のある形式だけに入力します。", "Only for formats that have one.");
    public static readonly Word Number = new("カードの番号", "Card number");
    public static readonly Word NumberHelp = new("番号は検査値に変えてから保存します。番号そのものは残りません。", "Kept only as a digest; the number itself is not stored.");
    public static readonly Word Issue = new("発行する", "Issue");
    public static readonly Word Lost = new("紛失を届け出る", "Report lost");
    public static readonly Word LostTitle = new("カード {0} の紛失を届け出ます", "Report card {0} lost");
    public static readonly Word LostLead = new("このカードは直ちに、どの扉でも使えなくなります。元に戻すことはできません。見つかっても再び使えず、新しいカードの発行が必要です。使われると警報が出ます。", "The card is refused at every door at once and never works again, even if found. Using it raises an alarm. The holder needs a new card.");
    public static readonly Word LostDo = new("紛失として記録する", "Record as lost");
    public static readonly Word SuspendCard = new("一時停止", "Suspend");
    public static readonly Word SuspendCardTitle = new("カード {0} を一時停止します", "Suspend card {0}");
    public static readonly Word SuspendCardLead = new("あとで再開できます。見つからないときは、一時停止ではなく紛失を届け出てください。", "It can be resumed later. If the card cannot be found, report it lost instead.");
    public static readonly Word SuspendCardDo = new("一時停止する", "Suspend");
    public static readonly Word ResumeCard = new("再開", "Resume");
    public static readonly Word ResumeCardTitle = new("カード {0} を再開します", "Resume card {0}");
    public static readonly Word ResumeCardLead = new("カードが再び使えるようになります。", "The card works again.");
    public static readonly Word ResumeCardDo = new("再開する", "Resume");
    public static readonly Word ReturnCard = new("返却", "Return");
    public static readonly Word ReturnCardTitle = new("カード {0} の返却を記録します", "Record card {0} as returned");
    public static readonly Word ReturnCardLead = new("返却したカードは使えなくなり、元に戻せません。", "A returned card no longer works and is never brought back.");
    public static readonly Word ReturnCardDo = new("返却を記録する", "Record the return");
    public static readonly Word SetPin = new("暗証番号を登録", "Set PIN");
    public static readonly Word SetPinTitle = new("カード {0} の暗証番号を登録します", "Set the PIN of card {0}");
    public static readonly Word SetPinLead = new("本人に入力してもらってください。番号そのものは保存しません。", "Let the holder type it. The digits themselves are not stored.");
    public static readonly Word NewPin = new("暗証番号(4〜8桁)", "PIN (4 to 8 digits)");
    public static readonly Word PinAgain = new("もう一度", "Once more");
    public static readonly Word PinDiffers = new("二つの番号が違います", "The two do not match");
    public static readonly Word SearchCards = new("カード・検査値・持ち主", "Card, digest or holder");
    public static readonly Word NoneCards = new("まだカードがありません", "No cards yet");
    public static readonly Word NoneCardsLead = new("人のページの「カードを発行する」から始めます。", "Begin with “Issue a card” on a person's page.");
    public static readonly Word Acts = new("操作", "Actions");

    public static readonly Word GrantId = new("許可番号", "Grant");
    public static readonly Word Zones = new("区域", "Areas");
    public static readonly Word When = new("曜日・時間", "Days, hours");
    public static readonly Word Days = new("曜日", "Days");
    public static readonly Word HoursFrom = new("時間の始め", "From");
    public static readonly Word HoursUntil = new("時間の終わり", "Until");
    public static readonly Word HoursHelp = new("始めと終わりを同じ(または空)にすると終日です。", "The same in both, or empty, means all day.");
    public static readonly Word AddGrant = new("入室許可を申請する", "Apply for entry");
    public static readonly Word ChangeGrant = new("変更を申請", "Apply for a change");
    public static readonly Word EndGrant = new("終了を申請", "Apply to end");
    public static readonly Word GrantLastDayHelp = new("この日まで有効です。最長1年です。", "Up to and including this day, one year at most.");
    public static readonly Word SearchGrants = new("許可番号・氏名・かな", "Grant, name or kana");
    public static readonly Word InForceOnly = new("有効なものだけ", "Only in force");
    public static readonly Word Ending = new("30日以内に終わるもの", "Ending within 30 days");
    public static readonly Word NoneGrants = new("まだ入室許可がありません", "No grants yet");
    public static readonly Word NoneGrantsLead = new("人のページの「入室許可を申請する」から始めます。許可は申請と承認で決まります。", "Begin with “Apply for entry” on a person's page. Grants come from applications.");
    public static readonly Word NoCardsHere = new("カードはありません。", "No cards.");
    public static readonly Word NoGrantsHere = new("入室許可はありません。", "No grants.");

    public static readonly Word ImportLead = new("CSV を選ぶと、何が変わるかを先に示します。確かめて「取り込む」を押すまで、何も変わりません。", "Choose a CSV: first you see what would change. Nothing changes until you apply it.");
    public static readonly Word File = new("CSVファイル", "CSV file");
    public static readonly Word FileHelp = new("UTF-8、10 MB まで。1行目は見出しです: {0}", "UTF-8, at most 10 MB. The first line is the header: {0}");
    public static readonly Word Look = new("変更点を見る", "Show what would change");
    public static readonly Word LookTitle = new("{0} の変更点", "What {0} would change");
    public static readonly Word LookSum = new("{0}行を読みました。追加 {1}件、変更 {2}件、同じ {3}件。", "{0} lines read: {1} new, {2} changed, {3} the same.");
    public static readonly Word LookProblems = new("{0}か所に誤りがあるため、取り込めません。何も変わっていません。ファイルを直して、もう一度選んでください。", "{0} mistakes: nothing is applied. Mend the file and choose it again.");
    public static readonly Word LookNothing = new("登録と同じ内容です。変更はありません。", "All of it is registered already. Nothing to change.");
    public static readonly Word Line = new("行", "Line");
    public static readonly Word Column = new("列", "Column");
    public static readonly Word Mistake = new("誤り", "Mistake");
    public static readonly Word Kind = new("種類", "Kind");
    public static readonly Word Change = new("変更点", "Change");
    public static readonly Word Added = new("追加", "New");
    public static readonly Word Changed = new("変更", "Changed");
    public static readonly Word Apply = new("取り込む", "Apply");
    public static readonly Word ApplyLead = new("追加 {0}件、変更 {1}件をまとめて登録します。", "Registers {0} new and {1} changed, all at once.");
    public static readonly Word Again = new("別のファイルを選ぶ", "Choose another file");
    public static readonly Word FileDigest = new("ファイルの検査値", "Digest of the file");
    public static readonly Word ManyChanges = new("はじめの{0}件を示しています。", "The first {0} are shown.");
    public static readonly Word Pending = new("取込みの準備から8時間たったか、すでに取り込まれました。もう一度ファイルを選んでください。", "This was prepared over eight hours ago or already applied. Choose the file again.");
    public static readonly Word RunWaits = new("ほかの取込みが終わるのを待っています", "Waits for another import to end");
    public static readonly Word RunReads = new("読んでいます", "Reading");
    public static readonly Word RunCompares = new("登録と比べています", "Comparing with what is registered");
    public static readonly Word RunWrites = new("書き込んでいます", "Writing");
    public static readonly Word RunSoFar = new("{1}件のうち{0}件", "{0} of {1}");
    public static readonly Word RunLead = new("このページを離れても続きます。終わるまでは、止めれば何も変わりません。", "It goes on when you leave this page. Until it ends, stopping it changes nothing.");
    public static readonly Word RunAgain = new("最新の状態を見る", "Show how far it is");
    public static readonly Word RunStop = new("止める", "Stop it");
    public static readonly Word RunApplied = new("すべて取り込みました。", "All of it is registered.");
    public static readonly Word RunStopped = new("止めました。何も変わっていません。", "Stopped. Nothing was changed.");
    public static readonly Word RunFailed = new("途中で失敗しました。何も変わっていません。もう一度試し、続くようならシステム担当者に伝えてください。", "It broke off. Nothing was changed. Try again; if it goes on, tell those who run the system.");
    public static readonly Word RunGone = new("この取込みは見つかりません。終わってから時間がたったか、サービスが再起動されました。", "This import is not found: it ended some time ago, or the service was started anew.");

    /// <summary>What an import does.</summary>
    public static Word StageOf(ImportStage stage) => stage switch
    {
        ImportStage.Reads => RunReads,
        ImportStage.Compares => RunCompares,
        ImportStage.Writes => RunWrites,
        _ => RunWaits,
    };

    /// <summary>Rows of the kana index.</summary>
    public const string KanaRows = "あかさたなはまやらわ";

    /// <summary>What an import line is about.</summary>
    public static Word KindOf(string kind) => kind switch
    {
        "card" => Cards,
        "grant" => Grants,
        "pin" => Pin,
        _ => People,
    };
}

/// <summary>Words of 区域封鎖 and of the page on accessibility.</summary>
public static class LockdownText
{
    public static readonly Word Lead = new("区域への入室を止めます。名前を挙げた人だけが入れます。退室は止めません。", "Stops entry to areas for all but the people you name. The way out stays free.");
    public static readonly Word InForce = new("封鎖中の区域", "In force");
    public static readonly Word None = new("封鎖中の区域はありません", "No lockdown is in force");
    public static readonly Word NoneLead = new("必要になったときは、下の欄で区域と根拠を入力します。確認の画面のあとで始まります。", "When needed, choose areas and basis below. It starts after a page to confirm.");
    public static readonly Word Begin = new("区域封鎖を始める", "Begin a lockdown");
    public static readonly Word Zones = new("封鎖する区域", "Areas");
    public static readonly Word Mandate = new("指示の別", "By what right");
    public static readonly Word Choose = new("選んでください", "Please choose");
    public static readonly Word MandateHelp = new(
        "封鎖できるのは最高情報統括責任者です。統括情報セキュリティ責任者は、その指示を受けたとき、または不在のときに限ります。選んだ内容と根拠は証跡に残ります。",
        "The chief officer may order it; the supervising officer only when instructed or in the chief's absence. Your choice and the basis go to the record.");
    public static readonly Word Basis = new("指示の根拠", "Basis");
    public static readonly Word Except = new("入室できる人(職員番号等)", "People who may still enter");
    public static readonly Word ExceptHelp = new("空白で区切って入力します。いなければ空けておきます。", "Numbers separated by spaces; leave empty for nobody.");
    public static readonly Word Until = new("解除の予定", "Until");
    public static readonly Word UntilHelp = new("空けておくと、解除するまで続きます。", "Empty: until lifted.");
    public static readonly Word Open = new("解除するまで", "until lifted");
    public static readonly Word Check = new("内容を確認する", "Check before starting");
    public static readonly Word ConfirmTitle = new("区域封鎖を始めますか", "Begin this lockdown?");
    public static readonly Word ConfirmLead = new("押すと直ちに扉へ伝わり、次の区域には入室できなくなります。中の人は外へ出られます。", "Doors are told at once and nobody enters these areas. People inside can leave.");
    public static readonly Word ConfirmDo = new("封鎖を始める", "Begin the lockdown");
    public static readonly Word EndTitle = new("区域封鎖を解除しますか", "Lift this lockdown?");
    public static readonly Word End = new("解除する", "Lift");
    public static readonly Word EndLead = new("通常の入室許可での入室に戻ります。", "Entry by grants works again.");
    public static readonly Word Since = new("開始", "Since");
    public static readonly Word Pending = new("未反映: {0}", "not in force at {0}");
    public static readonly Word Everywhere = new("すべての制御盤に反映済み", "in force at every bridge");
    public static readonly Word Ended = new("解除済み・反映待ち", "lifted, being told");

    /// <summary>By what right.</summary>
    public static Word Of(LockdownMandate mandate) => mandate switch
    {
        LockdownMandate.Own => new("自らの権限(最高情報統括責任者)", "Own authority (chief information officer)"),
        LockdownMandate.Instructed => new("最高情報統括責任者の指示を受けた", "Instructed by the chief information officer"),
        _ => new("最高情報統括責任者が不在", "The chief information officer is absent"),
    };
}

/// <summary>Words of the page on accessibility.</summary>
public static class AboutText
{
    public static readonly Word Policy = new("方針", "Policy");
    public static readonly Word PolicyLead = new(
        "RoomGuard の画面は、JIS X 8341-3:2016 の適合レベル AA と WCAG 2.2 の A・AA に沿うことを目標にしています。印刷した用紙も含みます。",
        "RoomGuard's pages aim at JIS X 8341-3:2016 level AA and WCAG 2.2 A and AA, printed sheets included.");
    public static readonly Word Method = new("確かめ方", "How it is checked");
    public static readonly Word MethodAxe = new("すべてのページを、明暗と二つの言語で axe-core により自動検査し、指摘が一つでもあれば公開しません。", "Every page is tested with axe-core in light, dark and both languages; a single finding stops a release.");
    public static readonly Word MethodKeyboard = new("キーボードだけで操作できること、焦点が見えること、的が24ピクセル以上あることを自動検査します。", "Tests walk the pages by keyboard, look that focus is visible and measure that targets are 24 pixels or more.");
    public static readonly Word MethodReflow = new("幅320ピクセルで横に動かさずに読めることを自動検査します。広い表だけが、その枠の中で動きます。", "Tests check that pages reflow at 320 pixels; only wide tables scroll, inside their own frame.");
    public static readonly Word MethodColour = new("状態は必ず記号と言葉で示し、色だけに頼りません。", "Every state has a symbol and a word; colour is never the only sign.");
    public static readonly Word Gaps = new("まだできていないこと", "Known gaps");
    public static readonly Word GapsPeople = new("画面読み上げソフトを使う人による確認は、まだ行っていません。", "People who use screen readers have not tested it yet.");
    public static readonly Word GapsEra = new("日付の入力欄は西暦です。和暦は印刷した帳票に表示します。", "Date fields use the Western calendar; printed sheets show the era.");
    public static readonly Word Help = new("お困りのとき", "Help");
    public static readonly Word HelpLead = new("操作に困ったときは、情報システムの担当係へご連絡ください。", "If something is hard to use, ask the information systems section.");
}
