using RoomGuard.Core.Work;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages of 作業記録.</summary>
public static class WorkPageText
{
    public static readonly Word Title = new("作業記録", "Work records");
    public static readonly Word Lead = new("区域での作業を、申請から相互確認まで。開始と終了は在室と突き合わせます。", "Work in the areas, from application to mutual check; beginning and end are held against who is inside.");
    public static readonly Word LeadOwn = new("あなたが加わる作業です。", "Work you have a part in.");
    public static readonly Word Apply = new("作業を申請", "Apply for work");
    public static readonly Word Empty = new("この条件の作業はありません", "No work under these conditions");
    public static readonly Word EmptyLead = new("申請した作業をシステム管理者が許可すると、ここに並びます。", "Work stands here once the system manager has allowed it.");
    public static readonly Word Cut = new("多いため、新しいものだけを表示しています。条件で絞ってください。", "There are more than are shown; narrow the conditions.");
    public static readonly Word Search = new("番号・内容・機器・氏名", "Number, what, target or name");
    public static readonly Word Any = new("すべて", "All");
    public static readonly Word FirstDay = new("初日", "First day");
    public static readonly Word FinalDay = new("最終日", "Last day");
    public static readonly Word Csv = new("CSVで書き出す", "Write out as CSV");
    public static readonly Word WaitingOpen = new("終了の記録がない作業 {0}件", "{0} works left open");
    public static readonly Word WaitingCheck = new("確認待ちの作業 {0}件", "{0} works to confirm");

    public static readonly Word Number = new("作業番号", "Work");
    public static readonly Word Kind = new("作業区分", "Kind");
    public static readonly Word Targets = new("対象システム・機器", "Targets");
    public static readonly Word TargetsHelp = new("1行に1つ。管理番号があれば番号で", "One a line; by number where there is one");
    public static readonly Word Zone = new("区域", "Area");
    public static readonly Word Description = new("作業内容", "What is done");
    public static readonly Word Reason = new("作業理由", "Reason");
    public static readonly Word ReasonRef = new("作業理由/申請番号", "Reason / request");
    public static readonly Word RequestRef = new("申請番号", "Request number");
    public static readonly Word RequestRefHelp = new("変更管理などの番号があれば", "Of change management, where there is one");
    public static readonly Word Approved = new("許可者", "Allowed by");
    public static readonly Word Performers = new("作業者", "Performers");
    public static readonly Word Checkers = new("確認者", "Checkers");
    public static readonly Word PeopleHelp = new("職員番号を空白で区切って", "Their numbers, with spaces between");
    public static readonly Word CheckersHelp = new("システム変更・部品交換には、作業者とは別の人が必要です", "Changes and part swaps need somebody who is not a performer");
    public static readonly Word Contract = new("業者名/契約番号", "Contract");
    public static readonly Word ContractHelp = new("委託先の人がいるときだけ", "Only with contractors among them");
    public static readonly Word StartedEnded = new("開始/終了", "Began / ended");
    public static readonly Word Planned = new("予定", "Planned");
    public static readonly Word From = new("予定の開始", "Planned from");
    public static readonly Word Until = new("予定の終了", "Planned until");
    public static readonly Word Proof = new("在室の証明", "Proof of presence");
    public static readonly Word Proven = new("証明済", "proven");
    public static readonly Word NotProven = new("証明できない", "not proven");
    public static readonly Word Impact = new("影響確認", "Effect");
    public static readonly Word Versions = new("変更前/変更後の版", "Version before / after");
    public static readonly Word Before = new("変更前の版", "Version before");
    public static readonly Word After = new("変更後の版", "Version after");
    public static readonly Word Parts = new("交換部品(取外し/取付け)", "Parts (out / in)");
    public static readonly Word PartsTitle = new("部品の増設・交換・取外し", "Parts fitted, swapped, removed");
    public static readonly Word NoParts = new("記録された部品はまだありません。", "No part recorded yet.");
    public static readonly Word PartLead = new("部品ごとに記録します。増設は取付けだけ、取外しは取外しだけを書きます。機器台帳も同時に変わり、取り外した記憶装置は別の機器として登録され、廃棄・消去記録が必要になります(R-MOVE-09)。", "Record each part: fitting has a serial in alone, removing a serial out alone. The register changes with it, and storage taken out becomes an item of its own that has to be erased (R-MOVE-09).");
    public static readonly Word PartRecord = new("部品を記録する", "Record the part");
    public static readonly Word WhatIn = new("取付け部品の品名", "What is put in");
    public static readonly Word StorageIn = new("取付け部品の記憶", "Does it store information");
    public static readonly Word StorageNo = new("情報を保存しない", "no");
    public static readonly Word StorageYes = new("情報を保存する(記憶装置)", "yes: storage");
    public static readonly Word RemovedAs = new("取り外した記憶装置の機器番号", "Storage taken out, as item");
    public static readonly Word PartOut = new("取外し部品の製造番号", "Serial of the part taken out");
    public static readonly Word PartIn = new("取付け部品の製造番号", "Serial of the part put in");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word CheckedAt = new("相互確認の日時", "Checked");
    public static readonly Word Note = new("特記事項", "Note");
    public static readonly Word NoteHelp = new("完了でないときは、どこまで行い、どうするかを書いてください", "Where it is not done: how far it went, and what follows");
    public static readonly Word Status = new("状態", "State");
    public static readonly Word Conditions = new("条件", "Conditions");
    public static readonly Word Inside = new("いま在室", "inside now");
    public static readonly Word Outside = new("在室していません", "not inside");
    public static readonly Word People = new("加わる人", "People");
    public static readonly Word Story = new("経過", "Story");
    public static readonly Word LogSeq = new("証跡番号", "Entries of the record");
    public static readonly Word Digest = new("検査値", "Digest");
    public static readonly Word Profile = new("運用区分の版", "Policy profile");
    public static readonly Word Drill = new("訓練", "Drill");
    public static readonly Word SheetLink = new("様式を印刷する", "Printed form");

    public static readonly Word Start = new("開始を記録する", "Record the beginning");
    public static readonly Word StartLead = new("作業者(システム変更では確認者も)が区域に入っていることを、扉の記録で確かめて開始します。", "The doors' record must show the performer inside, and with changes a checker too.");
    public static readonly Word End = new("終了を記録する", "Record the end");
    public static readonly Word EndLead = new("作業者がすでに退室していれば、終了は最後に出た時刻になります。確認されるまでは書き直せます。", "Where the performers have left, the end is when the last of them did. It can be corrected until it is confirmed.");
    public static readonly Word Check = new("確認を記録する", "Confirm");
    public static readonly Word CheckLead = new("システム変更は、作業のあいだ在室していた確認者だけが完了を確認できます。", "Only a checker who was inside for the time confirms a change as done.");
    public static readonly Word Notes = new("作業前後の記録", "Before and after");
    public static readonly Word NotesNone = new("まだありません。作業の前と後のようすを、文や写真・画面・ログで残せます。", "None yet. How things stood before and after can be kept in words, photographs, screens and logs.");
    public static readonly Word NoteSide = new("前後", "Before or after");
    public static readonly Word NoteText = new("内容", "What is noted");
    public static readonly Word Files = new("ファイル", "Files");
    public static readonly Word FilesHelp = new("PNG・JPEG・PDF・テキスト(UTF-8)。1件 5 MB まで、1つの作業に合わせて10件まで。あとから消せません", "PNG, JPEG, PDF or text (UTF-8), 5 MB each, 10 to a work. They cannot be taken back");
    public static readonly Word NoteDo = new("前後の記録を加える", "Add the note");
    public static readonly Word NoteLead = new("確認が済むまで加えられます。ファイルは検査値とともに保存され、作業記録を読める人だけが取り出せます。", "Until it is confirmed. Files are kept with their digest and handed out only to who may read the record.");
    public static readonly Word FileGone = new("このファイルはありません。作業記録に名前があるのに取り出せないときは、保存先が壊れているおそれがあります。システム管理者に連絡し、控え(バックアップ)から戻してください。", "There is no such file. Where the record names it all the same, the store may be damaged: tell the system manager, who brings it back from a backup.");
    public static readonly Word Bytes = new("{0} KB", "{0} KB");
    public static readonly Word NoImpact = new("―", "–");
    public static readonly Sign Alone = new("▲", new("単独作業", "Working alone"), "high");

    /// <summary>Words of Core.</summary>
    public static Word In(Core.Record.Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(words.Ja, words.En);
    }

    /// <summary>状態.</summary>
    public static Sign Of(WorkStatus status)
    {
        var words = WorkText.Of(status);
        return new(words.Symbol, In(words), status switch
        {
            WorkStatus.Open or WorkStatus.Ended => "warn",
            WorkStatus.Confirmed => "ok",
            _ => "quiet",
        });
    }
}
