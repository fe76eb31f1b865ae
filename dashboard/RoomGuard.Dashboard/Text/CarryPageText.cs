using RoomGuard.Core.Carrying;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages of 持出し・持込み許可.</summary>
public static class CarryPageText
{
    public static readonly Word Title = new("持出し・持込み", "Carrying");
    public static readonly Word Lead = new("端末・媒体・文書の持出しと持込みを、申請から返却の確認まで一つの流れで見られます。", "What leaves and enters, from application to checked return, as one story.");
    public static readonly Word LeadOwn = new("あなたが申請したもの、またはあなたの所属のものです。", "What you applied for, or your section did.");
    public static readonly Word ApplyOut = new("持出しを申請", "Apply to carry out");
    public static readonly Word ApplyIn = new("持込みを申請", "Apply to carry in");
    public static readonly Word Desk = new("受付で記録する", "At the desk");
    public static readonly Word ListsLink = new("許可媒体・区域に属する物", "Allowed things");
    public static readonly Word Csv = new("CSVで書き出す", "Write out as CSV");
    public static readonly Word Empty = new("この条件の許可はありません", "No permits under these conditions");
    public static readonly Word EmptyLead = new("申請が許可されると、ここに並びます。", "Once an application is allowed, its permit stands here.");
    public static readonly Word Cut = new("多いため、新しいものだけを表示しています。条件で絞ってください。", "There are more than are shown; narrow the conditions.");
    public static readonly Word Search = new("番号・氏名・行き先・機器", "Number, name, place or thing");
    public static readonly Word Any = new("すべて", "All");
    public static readonly Word FirstDay = new("期間の初日", "First day");
    public static readonly Word FinalDay = new("期間の最終日", "Last day");
    public static readonly Word WaitingOverdue = new("返却期限を過ぎた持出し・持込み {0}件", "{0} carried things not back in time");
    public static readonly Word WaitingCheck = new("返却確認待ち {0}件", "{0} returned things to check");

    public static readonly Word Number = new("許可番号", "Permit");
    public static readonly Word Direction = new("区分", "Direction");
    public static readonly Word Applied = new("申請日/申請者", "Applied");
    public static readonly Word Section = new("所属", "Section");
    public static readonly Word Kind = new("品目", "Kind");
    public static readonly Word Tag = new("機器・媒体番号", "Number of the thing");
    public static readonly Word Name = new("品名", "Name");
    public static readonly Word Ownership = new("所有の別", "Whose");
    public static readonly Word Content = new("情報の内容", "What it holds");
    public static readonly Word Class = new("重要性分類", "Class");
    public static readonly Word ContentClass = new("情報の内容/分類", "Content / class");
    public static readonly Word Undecided = new("未決定(Ⅰとして扱う)", "not decided (counts as I)");
    public static readonly Word Segment = new("系統", "Segment");
    public static readonly Word WorkReason = new("業務上の理由", "Work reason");
    public static readonly Word Place = new("持出し先/持込み先", "Where to");
    public static readonly Word Zone = new("持ち込む区域", "Into which area");
    public static readonly Word NoZone = new("区域には入らない", "into no area");
    public static readonly Word Period = new("期間", "Time");
    public static readonly Word From = new("期間の開始", "From");
    public static readonly Word DueAt = new("返却期限", "Due back");
    public static readonly Word Transport = new("運搬手段", "Transport");
    public static readonly Word Protection = new("保護措置", "Protection");
    public static readonly Word TransportProtection = new("運搬手段/保護措置", "Transport / protection");
    public static readonly Word ProtectionHelp = new("分類Ⅱ以上は、少なくとも一つ", "At least one for class II and above");
    public static readonly Word SafeguardVersion = new("安全管理措置の版", "Version of the safeguards");
    public static readonly Word SafeguardHelp = new("分類Ⅱ以上の持出しに必要です。現行の版が入っています", "Needed for class II and above; the one in force stands here");
    public static readonly Word Receiver = new("外部提供の相手方", "Outside party");
    public static readonly Word ReceiverHelp = new("外部に渡すときだけ、団体名を", "Only when something is handed over: who receives it");
    public static readonly Word Encrypted = new("暗号化の有無", "Encrypted");
    public static readonly Word EncryptedTick = new("暗号化している", "It is encrypted");
    public static readonly Word Yes = new("はい", "yes");
    public static readonly Word No = new("いいえ", "no");
    public static readonly Word Approved = new("許可者/日時", "Allowed");
    public static readonly Word Decision = new("許可・不許可/条件", "Decision / conditions");
    public static readonly Word Allowed = new("許可", "allowed");
    public static readonly Word OutBack = new("持出し/返却日時", "Out / back");
    public static readonly Word HandledBy = new("取扱者", "Handled by");
    public static readonly Word Checked = new("感染・更新の確認", "Scan and updates");
    public static readonly Word Erased = new("消去の確認", "Erased after use");
    public static readonly Word Status = new("状態", "State");
    public static readonly Word LogSeq = new("証跡番号", "Entries of the record");
    public static readonly Word Digest = new("検査値", "Digest");
    public static readonly Word Profile = new("運用区分の版", "Policy profile");
    public static readonly Word Drill = new("訓練", "Drill");
    public static readonly Word Sheet = new("持出し・持込み許可申請/記録", "Carry permit");
    public static readonly Word SheetLink = new("様式を印刷する", "Printed form");
    public static readonly Word Conditions = new("条件", "Conditions");
    public static readonly Word Item = new("品目 {0}", "Thing {0}");
    public static readonly Word Items = new("品目", "Things");
    public static readonly Word MoreItems = new("品目を追加(2から{0})", "More things (2 to {0})");
    public static readonly Word TagHelp = new("媒体は許可媒体の一覧の番号。ほかは管理番号があれば", "Of media the number on the list; of others its tag, if it has one");
    public static readonly Word Story = new("経過", "Story");
    public static readonly Word Carrier = new("運ぶ人の職員番号", "Number of who carries it");
    public static readonly Word Note = new("備考", "Note");

    public static readonly Word CheckTitle = new("返却の確認を記録", "Record the check");
    public static readonly Word CheckLead = new("戻った端末は、感染がなく更新が済むまで「返却確認待ち」のままです。", "A terminal that came back stays “to be checked” until nothing is found on it and it is up to date.");
    public static readonly Word Scan = new("感染の確認", "Scan");
    public static readonly Word Patched = new("更新を確認した", "Updates are in place");
    public static readonly Word EraseNone = new("消去する情報なし", "nothing to erase");
    public static readonly Word EraseDone = new("消去した", "erased");
    public static readonly Word EraseNot = new("消去していない", "not erased");
    public static readonly Word CheckDo = new("確認を記録する", "Record the check");
    public static readonly Word Revoke = new("許可を取り消す", "Revoke");
    public static readonly Word RevokeTitle = new("持出し・持込み許可の取消し", "Revoke a permit");
    public static readonly Word RevokeLead = new("この許可では何も通せなくなります。必要なら申請からやり直します。", "Nothing passes by this permit any more; it takes a new application.");

    public static readonly Word TodayTitle = new("持出し・持込みの受付", "Carrying at the desk");
    public static readonly Word TodayLead = new("今日、許可のある物だけを通します。出たとき・戻ったときに記録してください。", "Only what has a permit today passes. Record it when it goes and when it is back.");
    public static readonly Word Find = new("職員番号・氏名・機器番号", "Number or name of a person, or of a thing");
    public static readonly Word Leaving = new("いま通せるもの", "May pass now");
    public static readonly Word LeavingNone = new("いま通せる許可はありません", "Nothing may pass now");
    public static readonly Word LeavingNoneLead = new("許可がない物は通さず、申請を案内してください。", "What has no permit does not pass; it can be applied for.");
    public static readonly Word Away = new("出ているもの・入っているもの", "Away, or inside");
    public static readonly Word AwayNone = new("出ているもの・入っているものはありません", "Nothing is away");
    public static readonly Word Pass = new("記録する", "Record");
    public static readonly Word PassOut = new("持出しを記録する", "Record going out");
    public static readonly Word PassIn = new("持込みを記録する", "Record coming in");
    public static readonly Word PassBack = new("返却を記録する", "Record the return");
    public static readonly Word PassLeft = new("持帰りを記録する", "Record leaving again");
    public static readonly Word PassNothing = new("いま記録することはありません", "Nothing to record now");
    public static readonly Word WhichItems = new("通る物", "What passes");
    public static readonly Word Declare = new("持込み品の申告を記録", "Record what somebody brings");
    public static readonly Word DeclareLead = new("許可のない私物のパソコン・媒体・スマートフォンと、区域に属さない機器は入れません。受付かロッカーに預けてもらってください。", "Private computers, media and smartphones without a permit, and devices that do not belong to the area, do not enter; they stay here or in the locker.");
    public static readonly Word DeclareDo = new("申告を記録する", "Record it");
    public static readonly Word Person = new("職員番号", "Person's number");
    public static readonly Word DeclaredToday = new("今日の申告", "Declared today");
    public static readonly Word DeclaredNone = new("今日の申告はまだありません", "Nothing declared today");
    public static readonly Sign Passes = new("○", new("通せる", "passes"), "ok");
    public static readonly Sign Stays = new("×", new("預かる", "stays here"), "high");

    public static readonly Word ListsTitle = new("許可媒体・区域に属する物", "Allowed things");
    public static readonly Word ListsLead = new("許可媒体(持ち出せる媒体)、管理媒体、区域のシステムに属する機器・媒体の一覧です。システム管理者だけが、自分の区域について変えられます。", "Media that may leave, media the organisation manages, and what belongs to an area's systems. Only the system manager changes it, each for their own areas.");
    public static readonly Word ListsNone = new("一覧はまだ空です", "The list is empty");
    public static readonly Word ListsNoneLead = new("ここにない媒体は持ち出せず、ここにない機器・媒体は区域に入れません。", "What is not here does not leave, and enters no area.");
    public static readonly Word Zones = new("属する区域", "Belongs to");
    public static readonly Word MayLeave = new("許可媒体", "may leave");
    public static readonly Word Managed = new("管理媒体", "managed");
    public static readonly Word EncryptedShort = new("暗号化", "encrypted");
    public static readonly Word Marks = new("区別", "Marks");
    public static readonly Word AddTitle = new("一覧に加える・変える", "Add or change");
    public static readonly Word AddDo = new("一覧に記録する", "Put on the list");
    public static readonly Word TakeOff = new("外す", "Take off");
    public static readonly Word TakeOffTitle = new("一覧から外す", "Take off the list");
    public static readonly Word TakeOffLead = new("許可がすでにある物も、次に通るときから認められなくなります。", "Even with a permit it does not pass any more.");
    public static readonly Word Safeguards = new("安全管理措置", "Safeguards");
    public static readonly Word SafeguardsNone = new("最高情報統括責任者がまだ定めていません。定めるまで、分類Ⅱ以上は持ち出せません。", "The chief officer has set none. Until then nothing of class II and above leaves.");
    public static readonly Word SafeguardsSet = new("新しい版を定める", "Set a new version");
    public static readonly Word Version = new("版", "Version");
    public static readonly Word Summary = new("内容", "What it asks");

    /// <summary>Words of Core.</summary>
    public static Word In(Core.Record.Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(words.Ja, words.En);
    }

    /// <summary>状態.</summary>
    public static Sign Of(CarryStatus status)
    {
        var words = CarryText.Of(status);
        return new(words.Symbol, In(words), status switch
        {
            CarryStatus.Overdue => "high",
            CarryStatus.AwaitsCheck => "warn",
            CarryStatus.Permitted or CarryStatus.Returned => "ok",
            _ => "quiet",
        });
    }
}
