using System.Diagnostics;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Cases;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of applications and approvals.</summary>
public static class CasesText
{
    public static readonly Word Title = new("申請・承認", "Applications");
    public static readonly Word Tabs = new("申請・承認の切替え", "Applications and approvals");
    public static readonly Word Inbox = new("受信箱", "Inbox");
    public static readonly Word Mine = new("自分の申請", "My applications");
    public static readonly Word Done = new("済んだもの", "Done");
    public static readonly Word Apply = new("申請する", "Apply");
    public static readonly Word Waiting = new("あなたを待つもの {0}件", "{0} waiting for you");
    public static readonly Word InboxLead = new("自分の申請を、自分で承認することはできません。期限の近いものから並んでいます。", "Nobody approves their own application. The nearest deadline comes first.");
    public static readonly Word InboxEmpty = new("承認待ちはありません", "Nothing waits for you");
    public static readonly Word InboxEmptyLead = new("あなたの判断・実施・確認が必要な申請が届くと、期限の近いものからここに並びます。", "Applications that need you to decide, carry out or confirm come here, the nearest deadline first.");
    public static readonly Word MineEmpty = new("申請はまだありません", "You have not applied for anything");
    public static readonly Word MineEmptyLead = new("入室許可や紛失届は「申請する」から始めます。出した申請と、いま誰のところにあるかがここに並びます。", "Begin with “Apply”. Here you then see each application and whose turn it is.");
    public static readonly Word DoneEmpty = new("済んだ申請はまだありません", "Nothing is done yet");
    public static readonly Word DoneEmptyLead = new("承認・却下・取下げになった申請が、新しいものからここに残ります。", "Applications that were allowed, refused or withdrawn stay here, newest first.");
    public static readonly Word NoMatchLead = new("条件を消すと、すべての申請が並びます。", "Clear the conditions to see all.");

    public static readonly Word Number = new("申請番号", "Number");
    public static readonly Word Kind = new("種類", "Kind");
    public static readonly Word What = new("内容", "What");
    public static readonly Word Applicant = new("申請者", "Applicant");
    public static readonly Word Subject = new("対象の人", "For");
    public static readonly Word State = new("状態", "State");
    public static readonly Word AppliedAt = new("申請日時", "Applied");
    public static readonly Word Due = new("期限", "Due");
    public static readonly Word DueIn = new("あと{0}で期限", "due in {0}");
    public static readonly Word Overdue = new("期限を{0}過ぎています", "{0} overdue");
    public static readonly Word NextHand = new("次にする人", "Whose turn");
    public static readonly Word Reason = new("申請の理由", "Reason");
    public static readonly Word Search = new("番号・氏名", "Number or name");
    public static readonly Word Whole = new("全文", "Whole case");
    public static readonly Word Points = new("気になる点", "Worth a look");
    public static readonly Word NoPoints = new("気になる点はありません", "Nothing unusual");
    public static readonly Word PointFine = new("問題なし", "in order");
    public static readonly Word PointUnusual = new("気になる点", "unusual");
    public static readonly Word PointBlocking = new("承認できない理由", "prevents approval");
    public static readonly Word Steps = new("進み", "Progress");
    public static readonly Word StepApply = new("申請", "Applied");
    public static readonly Word StepReview = new("審査", "Review");
    public static readonly Word StepDecide = new("許可", "Decision");
    public static readonly Word StepCarryOut = new("実施", "Carried out");
    public static readonly Word StepConfirm = new("確認", "Confirmed");
    public static readonly Word StepDone = new("済", "done");
    public static readonly Word StepNow = new("いまここ", "now");
    public static readonly Word StepStopped = new("ここで終わり", "ended here");
    public static readonly Word Turn = new("次にすること", "What comes next");
    public static readonly Word WhyThem = new("この人である理由", "Why this person");
    public static readonly Word ActsFor = new("{0} の代行", "acting for {0}");
    public static readonly Word Nobody = new("責任者がいません", "Nobody holds this role");
    public static readonly Word NobodyLead = new("役割が空いています。統括情報セキュリティ責任者が役割か代行者を決めるまで、先へ進みません。", "The role is vacant. Nothing moves until the supervising officer names somebody or a deputy.");
    public static readonly Word NoTurn = new("この申請は終わりました。することはありません。", "This application is over. Nothing is left to do.");
    public static readonly Word History = new("経過", "History");
    public static readonly Word HistoryEntry = new("記録", "Record");
    public static readonly Word At = new("日時", "When");
    public static readonly Word Who = new("した人", "Who");
    public static readonly Word Controller = new("制御装置", "Controller");
    public static readonly Word Conditions = new("条件", "Conditions");
    public static readonly Word Outcome = new("結果", "Result");
    public static readonly Word SheetLink = new("様式を印刷する", "Printed form");
    public static readonly Word Before = new("変更前", "Before");
    public static readonly Word After = new("変更後", "After");
    public static readonly Word Item = new("項目", "Item");

    public static readonly Word Why = new("なぜ?", "Why?");
    public static readonly Word WhoMay = new("できる人", "Who may");
    public static readonly Word RuleId = new("根拠の規定", "Rule");
    public static readonly Word NotAllowedTitle = new("この操作はできません", "You may not do this");

    public static readonly Word Allow = new("承認する", "Approve");
    public static readonly Word AllowIf = new("条件を付けて承認", "Approve with conditions");
    public static readonly Word SendBack = new("差し戻す", "Send back");
    public static readonly Word Refuse = new("却下", "Refuse");
    public static readonly Word Withdraw = new("取り下げる", "Withdraw");
    public static readonly Word Resubmit = new("直して申請し直す", "Change and send again");
    public static readonly Word CarryOut = new("実施を記録する", "Record as carried out");
    public static readonly Word Confirm = new("確認する", "Confirm");
    public static readonly Word AllowTitle = new("{0} を承認しますか", "Approve {0}?");
    public static readonly Word AllowLead = new("押すと直ちに効力が生じます。入室許可は数秒で扉に伝わります。", "It takes effect at once. An entry grant reaches the doors within seconds.");
    public static readonly Word AllowDo = new("承認する", "Approve");
    public static readonly Word AllowIfTitle = new("{0} を条件付きで承認しますか", "Approve {0} with conditions?");
    public static readonly Word AllowIfLead = new("条件は申請者に示され、記録と様式に残ります。効力は直ちに生じます。", "The applicant sees the conditions; record and form keep them. It takes effect at once.");
    public static readonly Word AllowIfDo = new("条件を付けて承認する", "Approve with conditions");
    public static readonly Word SendBackTitle = new("{0} を差し戻しますか", "Send {0} back?");
    public static readonly Word SendBackLead = new("申請者が直して出し直せます。直してほしい点を、短く具体的に書いてください。", "The applicant can change it and send it again. Say briefly what to change.");
    public static readonly Word SendBackDo = new("差し戻す", "Send back");
    public static readonly Word RefuseTitle = new("{0} を却下しますか", "Refuse {0}?");
    public static readonly Word RefuseLead = new("却下した申請は元に戻せません。必要なときは新しく申請してもらいます。", "A refusal is final. If it is needed after all, a new application is made.");
    public static readonly Word RefuseDo = new("却下する", "Refuse");
    public static readonly Word WithdrawTitle = new("{0} を取り下げますか", "Withdraw {0}?");
    public static readonly Word WithdrawLead = new("取り下げた申請は元に戻せません。必要なときは新しく申請します。", "It cannot be taken back. If it is needed after all, apply again.");
    public static readonly Word WithdrawDo = new("取り下げる", "Withdraw");
    public static readonly Word CarryOutTitle = new("{0} の実施を記録しますか", "Record {0} as carried out?");
    public static readonly Word CarryOutLead = new("承認された内容を実際に行ったことを記録します。このあと、別の人が確認します。", "Says that what was allowed has been done. Another person then confirms it.");
    public static readonly Word CarryOutDo = new("実施を記録する", "Record as carried out");
    public static readonly Word ConfirmTitle = new("{0} を確認しますか", "Confirm {0}?");
    public static readonly Word ConfirmLead = new("行われた内容を見て、申請のとおりであることを記録します。", "Says that you have looked at what was done and it is as applied for.");
    public static readonly Word ConfirmDo = new("確認を記録する", "Record as confirmed");
    public static readonly Word DecisionReason = new("判断の理由", "Reason for the decision");
    public static readonly Word Note = new("確かめたこと", "What you checked");
    public static readonly Word NoteHelp = new("書かなくてもかまいません。書いたことは記録に残ります。", "Not needed. What you write is kept in the record.");
    public static readonly Word ConditionsHelp = new("例: 佐藤さんが立ち会うこと。12月末までとすること。", "E.g. only in company of the section head; until the end of December.");
    public static readonly Word Stale = new("この画面を開いたあとに、ほかの人が申請を動かしました。いまの状態を確かめて、必要ならもう一度操作してください。何も変わっていません。", "Somebody moved this case after you opened the page. Look at where it stands and try again if needed. Nothing was changed.");
    public static readonly Word NotNow = new("この申請は、いまその操作を待っていません。", "This case does not wait for that now.");

    public static readonly Word ChooseTitle = new("何を申請しますか", "What do you want to apply for?");
    public static readonly Word ChooseLead = new("申請すると、決める人に届きます。誰が、いつまでに決めるかは、申請したあとの画面に出ます。", "Your application goes to whoever decides. The next page says who that is and by when.");
    public static readonly Word GroupEntry = new("入室許可", "Entry grants");
    public static readonly Word GroupCard = new("カード", "Cards");
    public static readonly Word GroupOffice = new("役割・アカウント・例外", "Roles, accounts, exceptions");
    public static readonly Word NotYours = new("あなたの役割では申請できないもの", "What your roles do not let you apply for");

    public static readonly Word WhoFor = new("誰のための申請ですか", "Who is it for?");
    public static readonly Word WhoForLead = new("申請できる人だけが出ます。多いときは氏名・かな・番号で絞ってください。", "Only people you may apply for. Search by name, kana or number when there are many.");
    public static readonly Word WhichGrant = new("どの入室許可ですか", "Which grant?");
    public static readonly Word WhichGrantLead = new("自分の許可が先に出ます。許可番号・氏名・かなで絞れます。", "Your own come first. Search by number, name or kana.");
    public static readonly Word WhichCard = new("どのカードですか", "Which card?");
    public static readonly Word WhichCardLead = new("自分のカードが先に出ます。", "Your own come first.");
    public static readonly Word WhichHolding = new("誰の、どの役割を代行しますか", "Which role is to be acted for?");
    public static readonly Word WhichHoldingLead = new("代行者は、承認されるまで効力を持ちません。", "A deputy has no effect until accepted.");
    public static readonly Word NobodyFound = new("該当する人がいません", "Nobody found");
    public static readonly Word NobodyFoundLead = new("言葉を短くするか、条件を消してください。登録のない人は、先に人の登録が必要です。", "Shorten the words or clear them. Somebody who is not registered must be registered first.");
    public static readonly Word NothingFound = new("選べるものがありません", "Nothing to choose");
    public static readonly Word NothingFoundLead = new("言葉を短くするか、条件を消してください。", "Shorten the words or clear them.");
    public static readonly Word Change = new("変える", "Change");
    public static readonly Word Choose = new("選ぶ", "Choose");
    public static readonly Word Send = new("申請する", "Apply");
    public static readonly Word SendAgain = new("申請し直す", "Send again");
    public static readonly Word ReasonLabel = new("理由", "Reason");
    public static readonly Word ReasonHelp = new("決める人が読みます。仕事の内容と必要な期間がわかるように書いてください。", "The person who decides reads it: what work, and why that long.");

    public static readonly Word Person = new("入室する人", "Who enters");
    public static readonly Word Contract = new("契約番号", "Contract");
    public static readonly Word ContractHelp = new("業務委託の契約番号。期間と作業場所が契約の中にあることを確かめます。", "Number of the contract. Term and places are checked against it.");
    public static readonly Word Grant = new("入室許可", "Grant");
    public static readonly Word EndsOn = new("最後の日", "Last day");
    public static readonly Word EndsOnHelp = new("この日まで入室できます。", "Entry is possible up to and including this day.");
    public static readonly Word Holder = new("使う人", "Holder");
    public static readonly Word SignInName = new("サインイン名", "Sign-in name");
    public static readonly Word SignInNameHelp = new("半角の英小文字・数字・点・ハイフンで3〜40字。人ごとに一つです。", "3 to 40 small letters, digits, dots or hyphens; one person each.");
    public static readonly Word Privileged = new("特権アカウントにする", "Make it a privileged account");
    public static readonly Word PrivilegedAccount = new("特権アカウント", "Privileged account");
    public static readonly Word PrivilegedHelp = new("設定やアカウントを扱う人だけ。統括情報セキュリティ責任者が決めます。", "Only for those who handle settings and accounts. The supervising officer decides.");
    public static readonly Word Yes = new("はい", "yes");
    public static readonly Word No = new("いいえ", "no");
    public static readonly Word Until = new("最終日", "Last day");
    public static readonly Word Role = new("役割", "Role");
    public static readonly Word RoleHolder = new("役割を持つ人", "Who holds it");
    public static readonly Word Section = new("所属", "Section");
    public static readonly Word SectionHelp = new("役割の及ぶ所属。組織全体なら空けておきます。", "The section it covers; empty for the whole organisation.");
    public static readonly Word WholeOrganisation = new("組織全体", "whole organisation");
    public static readonly Word ZonesAnswered = new("責任を持つ区域", "Areas to answer for");
    public static readonly Word ZonesAnsweredHelp = new("情報システム管理者だけ。入室許可はこの人が決めます。", "For system managers only: they decide entry grants there.");
    public static readonly Word DeputyPerson = new("代行する人", "Deputy");
    public static readonly Word DeputyFor = new("代行される役割", "Role acted for");
    public static readonly Word DeputyUntilHelp = new("代行には必ず終わりの日が要ります。", "A deputy always has an end.");
    public static readonly Word Card = new("カード", "Card");
    public static readonly Word LostWhere = new("いつ・どこで", "When and where");
    public static readonly Word LostWhereHelp = new("わかる範囲で。わからなければ空けておきます。", "As far as you know; leave empty otherwise.");
    public static readonly Word WantsNew = new("新しいカードを希望する", "I need a new card");
    public static readonly Word LostLead = new("申請と同時に、このカードはどの扉でも使えなくなります。元に戻すことはできません。", "The card is refused at every door the moment you send this, for good.");
    public static readonly Word RuleRef = new("対象の規定", "Rule");
    public static readonly Word RuleRefHelp = new("例: R-ZONE-02", "E.g. R-ZONE-02");
    public static readonly Word Scope = new("対象の区域・機器・人", "Areas, devices, people");
    public static readonly Word Substitute = new("代替措置", "Substitute measure");
    public static readonly Word Risk = new("影響・リスク", "Effect and risk");
    public static readonly Word Urgent = new("緊急のため先に行った", "Urgent: used already");
    public static readonly Word UsedAt = new("先に行った日時", "Used at");
    public static readonly Word UsedAtHelp = new("例: 2026-11-21 09:30。先に行っていなければ空けておきます。行ったときは24時間以内の報告が必要です。", "E.g. 2026-11-21 09:30; empty when not used yet. Report within 24 hours.");
    public static readonly Word SelfApproval = new("一人で承認した理由", "Why one person had to approve");
    public static readonly Word SelfApprovalHelp = new("申請者と承認者を分けられなかったときだけ書きます。後で見直されます。", "Only where applicant and approver could not differ. It is reviewed later.");
    public static readonly Word ExceptionReason = new("守れない理由", "Why the rule cannot be kept");

    public static readonly Word Sheet = new("様式", "Form");
    public static readonly Word SheetGrant = new("入室許可申請書", "Application for an entry grant");
    public static readonly Word SheetChange = new("入室許可変更申請書", "Application to change a grant");
    public static readonly Word SheetEnd = new("入室許可抹消申請書", "Application to end a grant");
    public static readonly Word SheetAccount = new("操作者アカウント申請書", "Application for an operator account");
    public static readonly Word SheetRole = new("役割指定申請書", "Application for a role");
    public static readonly Word SheetMove = new("搬入・搬出申請書", "Application for a move of equipment");
    public static readonly Word SheetRemote = new("外部からのアクセス許可申請書", "Application for access from outside");
    public static readonly Word RemoteDeviceHelp = new("どの端末で、どこから使うか。通信は常に暗号化されます。例: 貸出端末 N-12、自宅", "Which device, from where. The connection is always encrypted. E.g. lent laptop N-12, home");
    public static readonly Word RemoteUntilHelp = new("最後に使う日。長くて1年です。システム管理者と統括責任者の両方が許可します。", "The last day, a year at most. Both the system manager and the supervising officer allow it.");
    public static readonly Word SheetDeputy = new("代行者指定申請書", "Application for a deputy");
    public static readonly Word SheetLost = new("カード紛失届", "Report of a lost card");
    public static readonly Word SheetException = new("例外措置申請書", "Application for an exception");
    public static readonly Word SheetCarryOut = new("持出し許可申請書", "Application to carry out");
    public static readonly Word SheetCarryIn = new("持込み許可申請書", "Application to carry in");
    public static readonly Word SheetWork = new("作業申請書", "Application for work");
    public static readonly Word SheetVisit = new("来訪申請書", "Application for a visit");
    public static readonly Word StampApplicant = new("申請者", "Applicant");
    public static readonly Word StampApprover = new("承認者", "Approver");
    public static readonly Word StampConfirmer = new("確認者", "Confirmed by");
    public static readonly Word StampNone = new("(未了)", "(open)");
    public static readonly Word Decision = new("審査結果", "Decision");
    public static readonly Word DecidedBy = new("審査者・日", "Decided by, on");
    public static readonly Word Organisation = new("組織名", "Organisation");
    public static readonly Word SiteName = new("拠点", "Site");
    public static readonly Word Importance = new("重要性分類", "Importance class");
    public static readonly Word LogSeq = new("証跡番号", "Entries of the record");
    public static readonly Word IssuedAt = new("発行日時", "Issued");
    public static readonly Word IssuedBy = new("発行者", "Issued by");

    /// <summary>種類.</summary>
    public static Word Of(CaseKind kind) => kind switch
    {
        CaseKind.StaffGrant => new("職員の入室許可", "Entry grant, staff"),
        CaseKind.ContractorGrant => new("業務委託事業者の入室許可", "Entry grant, contractor"),
        CaseKind.FacilityGrant => new("施設管理部門の入室許可", "Entry grant, facility"),
        CaseKind.GrantChange => new("入室許可の変更", "Change of a grant"),
        CaseKind.GrantEnd => new("入室許可の終了", "End of a grant"),
        CaseKind.OperatorAccount => new("操作者アカウント", "Operator account"),
        CaseKind.RoleHolding => new("役割", "Role"),
        CaseKind.Deputy => new("代行者", "Deputy"),
        CaseKind.LostCredential => new("カードの紛失", "Lost card"),
        CaseKind.PolicyException => new("例外措置", "Exception"),
        CaseKind.Visit => new("訪問", "Visit"),
        CaseKind.RemoteAccess => new("外部からのアクセス", "Access from outside"),
        CaseKind.CarryOut => new("持出し", "Carrying out"),
        CaseKind.CarryIn => new("持込み", "Carrying in"),
        CaseKind.Work => new("作業", "Work"),
        CaseKind.EquipmentMove => new("搬入・搬出", "Move of equipment"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>What one applies for, in a sentence.</summary>
    public static Word LeadOf(CaseKind kind) => kind switch
    {
        CaseKind.StaffGrant => new("自分または自分の所属の職員が、区域に入れるようにする", "For yourself or staff of your section to enter an area"),
        CaseKind.ContractorGrant => new("契約のある委託先の作業者が、契約の期間と場所で入れるようにする", "For a contractor's worker, within term and places of the contract"),
        CaseKind.FacilityGrant => new("庁舎の設備のために、施設管理部門の人が入れるようにする", "For facility staff, for the building's installations"),
        CaseKind.GrantChange => new("今ある許可の区域・曜日・時間・期間を変える", "Other areas, days, hours or dates for a grant you have"),
        CaseKind.GrantEnd => new("今ある許可を、期限の前に終わらせる", "End a grant before its time"),
        CaseKind.OperatorAccount => new("この画面を使う人のアカウントを作る", "An account for somebody who shall use these pages"),
        CaseKind.RoleHolding => new("名前を挙げて、役割を任せる", "Name somebody for a role"),
        CaseKind.Deputy => new("不在や要員不足のあいだ、役割を代わりに務める人を決める", "Somebody to act in a role for a time"),
        CaseKind.LostCredential => new("なくしたカードを止め、必要なら新しいカードを頼む", "Stop a lost card and ask for a new one"),
        CaseKind.PolicyException => new("規定どおりにできないときに、代替措置を示して認めてもらう", "Where a rule cannot be kept: say what is done instead"),
        CaseKind.Visit => new("外部の人を、付添いを決めて区域に招く", "Invite somebody from outside, with an escort"),
        CaseKind.Work => new("区域でのシステム変更・配線・保守などの作業を、作業者と確認者を決めて行う", "Work on systems in an area, with who performs and who checks"),
        CaseKind.CarryOut => new("端末・媒体・文書・ソフトウェアを、期間を決めて庁外へ持ち出す", "Carry a terminal, media, documents or software out, for a time"),
        CaseKind.CarryIn => new("私物などのパソコン・媒体を、業務のために持ち込む", "Carry computers or media in for work, private ones too"),
        CaseKind.EquipmentMove => new("機器や媒体を区域に入れる、出す、又は移す", "Bring equipment or media into a zone, out of it, or elsewhere"),
        CaseKind.RemoteAccess => new("庁外のネットワークから、期限を決めてこの画面を使う", "Use these pages from outside the site, for a time"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>The heading of the printed form.</summary>
    public static Word SheetOf(CaseKind kind) => kind switch
    {
        CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant => SheetGrant,
        CaseKind.GrantChange => SheetChange,
        CaseKind.GrantEnd => SheetEnd,
        CaseKind.OperatorAccount => SheetAccount,
        CaseKind.RoleHolding => SheetRole,
        CaseKind.Deputy => SheetDeputy,
        CaseKind.LostCredential => SheetLost,
        CaseKind.PolicyException => SheetException,
        CaseKind.Visit => SheetVisit,
        CaseKind.RemoteAccess => SheetRemote,
        CaseKind.CarryOut => SheetCarryOut,
        CaseKind.CarryIn => SheetCarryIn,
        CaseKind.Work => SheetWork,
        CaseKind.EquipmentMove => SheetMove,
        _ => throw new UnreachableException($"No form for {kind}."),
    };

    /// <summary>状態, with the words of docs/reference/dashboard.md 11.2.</summary>
    public static Sign Of(CaseState state) => state switch
    {
        CaseState.Waiting => new("◇", new("申請中", "Waiting"), "quiet"),
        CaseState.SentBack => new("△", new("差戻し", "Sent back"), "warn"),
        CaseState.Allowed => new("○", new("承認", "Approved"), "ok"),
        CaseState.AllowedWithConditions => new("○", new("条件付承認", "Approved with conditions"), "ok"),
        CaseState.Refused => new("×", new("却下", "Refused"), "crit"),
        CaseState.Withdrawn => new("―", new("取下げ", "Withdrawn"), "stale"),
        CaseState.Lapsed => new("―", new("期限切れ", "Lapsed"), "stale"),
        CaseState.CarriedOut => new("○", new("実施済み", "Carried out"), "quiet"),
        CaseState.Confirmed => new("○", new("確認済み", "Confirmed"), "ok"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>経過 of one step.</summary>
    public static Sign Of(CaseHappeningKind kind) => kind switch
    {
        CaseHappeningKind.Applied => new("◇", new("申請", "Applied"), "quiet"),
        CaseHappeningKind.Resubmitted => new("◇", new("再申請", "Sent again"), "quiet"),
        CaseHappeningKind.Allowed => new("○", new("承認", "Approved"), "ok"),
        CaseHappeningKind.AllowedWithConditions => new("○", new("条件付承認", "Approved with conditions"), "ok"),
        CaseHappeningKind.SentBack => new("△", new("差戻し", "Sent back"), "warn"),
        CaseHappeningKind.Refused => new("×", new("却下", "Refused"), "crit"),
        CaseHappeningKind.Withdrawn => new("―", new("取下げ", "Withdrawn"), "stale"),
        CaseHappeningKind.Lapsed => new("―", new("期限切れ", "Lapsed"), "stale"),
        CaseHappeningKind.Reminded => new("●", new("催促", "Reminded"), "warn"),
        CaseHappeningKind.Escalated => new("▲", new("上位者へ", "Escalated"), "high"),
        CaseHappeningKind.CarriedOut => new("○", new("実施", "Carried out"), "ok"),
        CaseHappeningKind.Confirmed => new("○", new("確認", "Confirmed"), "ok"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>How loud a 気になる点 is.</summary>
    public static Sign Of(CasePointTone tone) => tone switch
    {
        CasePointTone.Fine => new("○", PointFine, "ok"),
        CasePointTone.Unusual => new("△", PointUnusual, "warn"),
        CasePointTone.Blocking => new("×", PointBlocking, "crit"),
        _ => throw new UnreachableException($"No text for {tone}."),
    };

    /// <summary>役割.</summary>
    public static Word Of(Role role) => Of(RoleText.Of(role));

    /// <summary>Words of the record as words of the pages.</summary>
    public static Word Of(Words words) => new(words.Ja, words.En);
}
