using System.Diagnostics;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Text;

/// <summary>Every <see cref="FieldFault"/> as a sentence that says what to do. <c>{0}</c> is the problem's value.</summary>
public static class ProblemText
{
    public static readonly Word Required = new("入力してください", "Please fill this in");
    public static readonly Word TooLong = new("{0}文字以内にしてください", "At most {0} characters");
    public static readonly Word BadCharacters = new("使えない文字が入っています", "Holds characters that cannot be used");
    public static readonly Word NotADate = new("日付として読めません。2026-11-21 や 令和8年11月21日 のように入力してください", "Not a date. Write it like 2026-11-21");
    public static readonly Word NotATime = new("時刻として読めません。8:30 のように入力してください", "Not a time. Write it like 8:30");
    public static readonly Word NotANumber = new("数字で入力してください", "Please give a whole number");
    public static readonly Word OutOfRange = new("{0} の範囲で入力してください", "Must be within {0}");
    public static readonly Word NotAChoice = new("選択肢から選んでください", "Please choose one of the options");
    public static readonly Word EndBeforeStart = new("終わりは始まりより後にしてください", "The end must come after the beginning");
    public static readonly Word LongerThanOneYear = new("期間は1年以内にしてください", "At most one year");
    public static readonly Word InFuture = new("これから先の日時です。今までの日時にしてください", "This lies in the future: give a time up to now");
    public static readonly Word AlreadyOver = new("すでに過ぎています。今より後にしてください", "This has passed already: give one that is still to come");
    public static readonly Word Unknown = new("登録がありません。番号を確かめてください", "Not registered. Check the number");
    public static readonly Word AlreadyExists = new("すでに登録されています", "Already registered");
    public static readonly Word CardTaken = new("このカードは別の登録({0})で使われています", "This card already belongs to {0}");
    public static readonly Word CardFinal = new("紛失・返却済のカードは元に戻せません。新しいカードを発行してください", "A lost or returned card is never brought back. Issue a new one");
    public static readonly Word WeakPin = new("4〜8桁の数字で、1234 や 0000 のような推測しやすい並びは避けてください", "Four to eight digits, and not an easy row like 1234 or 0000");
    public static readonly Word NothingToChange = new("変更がありません", "Nothing to change");
    public static readonly Word ChangedMeanwhile = new("ほかの人が先に変更しました。内容を確かめて、もう一度お試しください", "Somebody else changed it first. Check and try again");
    public static readonly Word NotRecorded = new("記録できなかったため、何も変更していません。もう一度押してください", "Could not be recorded, so nothing was changed. Try again");
    public static readonly Word WrongColumnCount = new("列の数が違います({0})", "Wrong number of columns ({0})");
    public static readonly Word WrongHeader = new("1行目の見出しが違います({0})", "The first line is not as expected ({0})");
    public static readonly Word UnreadableFile = new("読めないファイルです。UTF-8 の CSV(10 MB まで)を選んでください", "Cannot read this file. Choose a UTF-8 CSV of at most 10 MB");
    public static readonly Word SamePerson = new("同じ人({0})が両方の役になることはできません", "The same person ({0}) cannot stand on both sides");
    public static readonly Word NoRoleForIt = new("{0} にはこの役割がありません", "{0} holds no role for this");
    public static readonly Word DoubledInFile = new("ファイルの中で重なっています({0}行目)", "Stands twice in the file (line {0})");

    // Visits.
    public static readonly Word NotApproved = new("承認されていない訪問です。承認者に連絡してください", "Not approved. Call the approver");
    public static readonly Word TooEarly = new("予定の30分前より早い来訪です。時間になるまで待合でお待ちいただいてください", "More than 30 minutes early. Ask them to wait until it is time");
    public static readonly Word VisitOver = new("予定の時間を過ぎたか、終了・取消しになった訪問です。続けるときは区域の責任者に変更を頼んでください", "The visit is over or was called off. To go on, ask the area's manager for a change");
    public static readonly Word Barred = new("受付停止の登録があります({0})。来訪者証を渡さず、区域の責任者に連絡してください", "Barred from reception ({0}). Hand out no badge and call the area's manager");
    public static readonly Word HasBadge = new("この方はすでに来訪者証を持っています。同じ招待票が二度使われたおそれがあるので、本人を確かめてください", "This person wears a badge already. The invitation may have been copied: check who it is");
    public static readonly Word NotIdentified = new("本人を確認できないため、来訪者証は渡せません。付添い者を呼んでください", "Not identified, so no badge. Call the escort");
    public static readonly Word NoPermit = new("持込み許可がありません: {0}。受付で預かってから、もう一度押してください", "No permit for {0}. Keep it at reception, then press again");
    public static readonly Word NotABadge = new("来訪者証ではありません。番号を確かめるか、来訪者証を読み取ってください", "Not a visitor badge. Check the number or scan the badge");
    public static readonly Word BadgeOut = new("この来訪者証は貸出し中です({0})。別の来訪者証を渡してください", "This badge is out with {0}. Hand out another");
    public static readonly Word BadgeDead = new("紛失または廃止の来訪者証です({0})。使わずに、区域の責任者に渡してください", "Lost or retired ({0}). Do not use it; give it to the area's manager");
    public static readonly Word ItemsKept = new("預かり品を返してから、チェックを付けてください", "Hand back what is kept here, then tick the box");

    public static readonly Word PasswordTooShort = new("{0}文字以上にしてください", "At least {0} characters");
    public static readonly Word PasswordCommon = new("よく使われる言葉や利用者名を含むパスワードは使えません", "Too common, or holds the sign-in name");
    public static readonly Word PasswordUsedBefore = new("最近5回のパスワードは使えません", "One of the last five passwords");
    public static readonly Word Differs = new("2つの入力が一致しません", "The two entries differ");
    public static readonly Word WrongCode = new("確認コードが違うか、使用済みです。時計が合っているか確かめてください", "Wrong or used code. Check the clock of your device");
    public static readonly Word WrongPasskey = new("パスキーを確認できませんでした。もう一度お試しください", "The passkey could not be verified. Try again");
    public static readonly Word LastProof = new("これを外すとサインインできなくなります。先に別の手段を登録してください", "You could not sign in without it. Register another one first");

    public static readonly Word NotForPrivileged = new("特権アカウントには使えません。ふだん使うアカウントを選んでください", "Not for a privileged account. Choose an everyday one");

    // Power.
    public static readonly Word PlanImpossible = new("この停止計画は成り立ちません。{0}", "This plan cannot be: {0}");
    public static readonly Word UnreadableLine = new("読めない行です: {0}", "Cannot read this line: {0}");
    public static readonly Word BridgeSilent = new(
        "制御盤 {0} から知らせがないため、送っていません。溜めておくこともしません。通信が戻ってからやり直してください(R-PWR-10)",
        "Bridge {0} is silent. Nothing is sent and nothing is kept for later: try again once it is back (R-PWR-10)");
    public static readonly Word CommandNotAllowed = new(
        "この装置では操作を許可していません。制御盤の bridge.json の commands に書くと許可されます(R-PWR-10、R-NET-04)",
        "Not allowed at this unit. Name it under the unit's commands in bridge.json to allow it (R-PWR-10, R-NET-04)");
    public static readonly Word CommandWaits = new("この装置への操作 {0} がまだ終わっていません。終わるか、取り下げてからにしてください(R-PWR-10)", "{0} at this unit has not ended. Let it end or take it back first (R-PWR-10)");
    public static readonly Word CommandExpired = new("15分以内に確認されなかったため失効しました。送っていません。依頼からやり直してください(R-PWR-10)", "Not confirmed within 15 minutes, so it has lapsed and nothing is sent. Ask again (R-PWR-10)");
    public static readonly Word ServersUp = new("この装置につながるサーバが接続中か、状態が不明です({0})。先に停止してください(R-PWR-10)", "Servers on this unit are up, or nobody knows ({0}). Stop them first (R-PWR-10)");
    public static readonly Word UnitNameTwice = new("{0} という名前の装置が二つの制御盤にあります。名前を分けてからにしてください(R-PWR-10)", "Two bridges have a unit named {0}. Give them different names first (R-PWR-10)");

    // Equipment.
    public static readonly Word PlaceOnlyByMove = new("所在は、完了した搬入・搬出だけが変えます(R-MOVE-04)。搬入・搬出を申請してください", "A place changes only by a completed move (R-MOVE-04). Apply for a move");
    public static readonly Word ZoneClassTooLow = new(
        "区域 {0} の重要性分類は、この機器より低いので置けません(R-ZONE-06)。分類が未決定の機器はⅠとして扱います。分類の決定を受けるか、例外措置(R-ZONE-06)の許可を得てその番号を書いてください",
        "{0} is of a lower class than this item, so it cannot stand there (R-ZONE-06). What is not classified counts as class I. Have its class decided, or have an exception to R-ZONE-06 allowed and write its number");
    public static readonly Word ZoneSegmentDiffers = new(
        "区域 {0} の系統が、この機器の系統と違うので置けません(R-ZONE-06)。系統を確かめるか、例外措置(R-ZONE-06)の許可を得てその番号を書いてください",
        "{0} is of another segment than this item, so it cannot stand there (R-ZONE-06). Check the segment, or have an exception to R-ZONE-06 allowed and write its number");
    public static readonly Word ClassBelowContent = new("中にある情報や機器の最も高い分類より低くできません(R-MOVE-12)。先に中の分類を確かめてください", "Not lower than the highest class on or in it (R-MOVE-12). Look at what it holds first");
    public static readonly Word ClassBelowOriginal = new("複製の分類は、原本より低くできません(R-LIFE-08)。先に原本の分類を確かめてください", "A copy is not of a lower class than its original (R-LIFE-08). Look at the original first");
    public static readonly Word InCircle = new("{0} をたどると、この機器自身に戻ります。別の番号を選んでください", "Following {0} leads back to this item. Choose another");
    public static readonly Word ExceptionNotInForce = new("{0} は、R-ZONE-06 の例外措置として今は有効ではありません。許可された番号を書いてください", "{0} is no exception to R-ZONE-06 in force. Write the number of one that is allowed");
    public static readonly Word StorageDenied = new("記憶装置が「なし」なのに、記憶装置が書かれています。どちらかを直してください", "Storage is named, though the item is said to have none. Correct one of them");
    public static readonly Word NotLent = new("貸し出すのは、媒体・文書・容器だけです(R-MOVE-10)。機器は搬出を申請してください", "Only media, documents and containers are lent (R-MOVE-10). Apply for a move of equipment");
    public static readonly Word ItemAway = new("ここにありません({0})。戻ってから貸し出してください(R-MOVE-10)", "It is not here ({0}). Hand it over once it is back (R-MOVE-10)");
    public static readonly Word ItemGone = new("{0} で搬出済みです(R-LIFE-05)。戻ったときは、先に搬入を記録してください", "It went out by {0} (R-LIFE-05). If it is back, record first that it came in");
    public static readonly Word AlreadyHeld = new("{0} に貸し出されています。先に返却を記録してください", "It is with {0}. Record first that it came back");
    public static readonly Word DirectionDiffers = new("区分が、搬出元・搬入先と合いません。搬入は区域の外から区域へ、搬出は区域から区域の外へ、移動は区域から区域へです(R-MOVE-01)", "The direction does not fit: in is from outside into a zone, out from a zone to outside, within from zone to zone (R-MOVE-01)");
    public static readonly Word ItemNotThere = new("{0} は、機器台帳では搬出元にありません。機器台帳の所在を確かめてください", "{0} does not stand there by the register. Look at its place");
    public static readonly Word ItemInOtherMove = new("{0} は、別の搬入・搬出に入っています(R-MOVE-01)。先にそれを完了するか取りやめてください", "{0} is in another open move (R-MOVE-01). End that one or call it off first");
    public static readonly Word ContentNotListed = new("容器の中の {0} が書かれていません(R-MOVE-01)。中のものも1行ずつ書いてください", "{0} lies in a container of the list and is not listed (R-MOVE-01). List it too");
    public static readonly Word LiesInContainer = new("{0} は容器に入っています。容器ごと書くか、先に機器台帳で容器から出してください", "{0} lies in a container. List the container, or take it out in the register first");
    public static readonly Word OutsideMoveTime = new("承認された予定の時間の外です。予定の時間に行うか、取りやめて申請し直してください", "Outside the approved time. Come at that time, or call it off and apply anew");
    public static readonly Word ImpactMissing = new("影響確認がまだです(R-MOVE-02)。先に影響確認を記録してください", "The impact has not been checked (R-MOVE-02). Record the check first");
    public static readonly Word ImpactHarmful = new("影響確認の結果、搬入できません(R-MOVE-02)。対策してから、影響確認を記録し直してください", "The check found it harmful (R-MOVE-02). Deal with it and record the check again");
    public static readonly Word WitnessNotStaff = new("立会者は職員に限ります(R-MOVE-03)。職員に立会いを頼んでください", "A witness is a member of staff (R-MOVE-03). Ask one");
    public static readonly Word WitnessCarries = new("搬入出者は立会者になれません(R-MOVE-03)。ほかの職員に立会いを頼んでください", "Who carries never witnesses (R-MOVE-03). Ask another member of staff");
    public static readonly Word WitnessNotPresent = new("在室者一覧では、区域に入室していません(R-MOVE-03)。カードで区域に入ってから行ってください", "By the presence list you are not in the zone (R-MOVE-03). Badge into it first");
    public static readonly Word WitnessSuspended = new("立会者の権限が停止されています(R-MOVE-03、R-ID-10)。別の職員が区域に入り、立会いを行ってください", "The rights of the witness are suspended (R-MOVE-03, R-ID-10). Another member of staff enters the zone and witnesses it");
    public static readonly Word WitnessGone = new("立会者が区域を離れたか、権限を停止されたため中断しています(R-MOVE-03)。立会者が区域に入り、再開してください", "The witness left the zone or was suspended (R-MOVE-03). A witness enters the zone and goes on with it");
    public static readonly Word OtherWitness = new("完了できるのは、立ち会っている人だけです(R-MOVE-03)", "Only who witnesses it ends it (R-MOVE-03)");
    public static readonly Word NotOnList = new("{0} は、この搬入・搬出の機器ではありません(R-MOVE-01)。通さずに、機器番号を確かめてください", "{0} is not on the list (R-MOVE-01). Do not let it pass; look at its tag");
    public static readonly Word AlreadyScanned = new("{0} は、もう通っています", "{0} has passed already");
    public static readonly Word NotAllScanned = new("まだ通していない機器があります(R-MOVE-01)。全て通すか、取りやめて申請し直してください", "Not every item has passed (R-MOVE-01). Let them pass, or call it off and apply anew");
    public static readonly Word NotAllConfirmed = new("固定と設置環境の六つを全て確認してください(R-LIFE-10)。足りないものがあれば、直してから確認します", "Confirm mounting and all six surroundings (R-LIFE-10); mend first what is lacking");
    public static readonly Word ErasureMissing = new("{0} には、この理由の確認済みの廃棄・消去記録がありません(R-MOVE-06)。先に「廃棄・消去記録」で許可と消去を済ませてください", "{0} has no verified record for this purpose (R-MOVE-06). Have it permitted and erased under Disposal and erasure first");
    public static readonly Word StorageNotErased = new("記憶装置 {0} が書かれていません(R-LIFE-04)。機器台帳にある記憶装置を全て消去して書いてください", "Storage {0} is missing (R-LIFE-04). Erase every storage the register knows and name it");
    public static readonly Word ErasedBeforePermission = new("許可より前の日時です(R-LIFE-05)。許可を受けてから消去してください", "Before it was permitted (R-LIFE-05). Erase after the permission");
    public static readonly Word PaperIsDestroyed = new("文書は消去できません(R-LIFE-04)。裁断・溶解し、「物理破壊」を選んでください", "Paper cannot be erased (R-LIFE-04). Shred it and choose destruction");
    public static readonly Word NothingToErase = new("{0} は情報を保存しないため、消去の記録は要りません(R-LIFE-04)。機器台帳を確かめてください", "{0} stores nothing, so there is nothing to erase (R-LIFE-04). Look at the register");
    public static readonly Word ContractNotInForce = new("契約 {0} は本日有効ではありません(R-LIFE-03)。有効な守秘義務契約の番号を入れてください", "Contract {0} is not in force today (R-LIFE-03). Name one that is");
    public static readonly Word CertifiedBeforeOut = new("搬出より前の日付です(R-LIFE-05)。受け取った日を入れてください", "Before it went out (R-LIFE-05). Enter the day it was received");
    public static readonly Word TransferRefused = new("系統間の媒体移送の規定により認められません: {0}", "The rules of media between segments do not allow it: {0}");
    public static readonly Word SameSegment = new("移送元と移送先が同じ系統です(R-MOVE-08)。系統の間の移送だけを記録します", "Both sides are one segment (R-MOVE-08). Only what goes between segments is written down");
    public static readonly Word StorageInDisposal = new("記憶装置 {0} は廃棄・消去記録が進んでいる間は台帳から外せません(R-LIFE-04)。取り外すときは部品交換の作業で記録し、登録の誤りなら先に記録を取り下げてください", "Storage {0} stays in the entry while its record of disposal is open (R-LIFE-04). Record it in a part swap when it is taken out; where the entry is wrong, take the record back first");
    public static readonly Word NotAPartSwap = new("部品交換の作業ではありません(R-MOVE-09)。作業区分を「部品交換」にして申請し直してください", "This work is no part swap (R-MOVE-09). Apply for one");
    public static readonly Word NotAWorkTarget = new("{0} はこの作業の対象ではありません(R-MOVE-09)。許可された機器を選んでください", "{0} is no target of this work (R-MOVE-09). Choose an item that was permitted");
    public static readonly Word PartNotInItem = new("機器台帳では、部品 {0} はこの機器にありません(R-MOVE-09)。製造番号を確かめ、台帳が違うなら先に登録内容を直してください", "The register knows no part {0} in this item (R-MOVE-09). Look at the serial; where the register is wrong, mend its entry first");
    public static readonly Word PartElsewhere = new("部品 {0} は別の機器に付いています(R-MOVE-09)。製造番号を確かめるか、先にその機器からの取外しを記録してください", "Part {0} is in another item (R-MOVE-09). Look at the serial, or record first that it was taken out");
    public static readonly Word PartNotErased = new("記憶装置 {0} は、取り外された後に消去されていません(R-MOVE-09、R-LIFE-04)。「廃棄・消去記録」で再利用の消去と確認を済ませてください", "Storage {0} was taken out and never erased (R-MOVE-09, R-LIFE-04). Have it erased for reuse and verified first");
    public static readonly Word RemovedNotErased = new("{0} は機器から取り外した記憶装置です(R-MOVE-09、R-LIFE-04)。「廃棄・消去記録」で消去と確認を済ませ、廃棄・返却・修理として搬出してください", "{0} is storage taken out of a machine (R-MOVE-09, R-LIFE-04). Have it erased and verified, and let it out as a disposal, return or repair");
    public static readonly Word MustBeErased = new("廃棄とリース返却では、必ず消去します(R-LIFE-04)。消去を記録してください", "What is disposed of or given back is always erased (R-LIFE-04). Record the erasure");
    public static readonly Word ClassOnlyBySec = new("重要性分類が変わります({0})。分類は、情報セキュリティ管理者が機器のページで決定します(R-LIFE-07)。この列を元に戻してください。", "It changes the class ({0}): the security manager decides it on the page of the item (R-LIFE-07). Put the column back as it was.");
    public static readonly Word StocktakeOpen = new("この区域の棚卸 {0} が終わっていません。それを数えて確認するか、取りやめてから始めてください(R-MOVE-11)。", "Round {0} of this zone is open: have it counted and confirmed, or give it up first (R-MOVE-11).");
    public static readonly Word ItemChangedMeanwhile = new("{0} は、表示してから変わりました。どの機器も変更していません。下の一覧を確かめて、もう一度お試しください", "{0} has changed since it was shown. Nothing was changed; look at the list below and try again");
    public static readonly Word StocktakeOver = new("この棚卸の計数は終わっています。数え漏れがあるときは、システム管理者に差し戻してもらってください(R-MOVE-11)。", "The counting of this round is over. If something was left out, the system manager sends it back (R-MOVE-11).");

    // Workbooks.
    public static readonly Word NotAWorkbook = new("台帳として読めないファイルです。Excelで「Excelブック(*.xlsx)」か「CSV UTF-8」として保存し直して、選び直してください", "Neither a workbook nor a CSV. Save it in Excel as a workbook (*.xlsx) or as CSV UTF-8, and choose it again");
    public static readonly Word WorkbookOldKind = new("古い形式かバイナリ形式のブック(.xls、.xlsb)は読めません。Excelで開き、「Excelブック(*.xlsx)」として保存し直してください", "Workbooks of the old or the binary kind (.xls, .xlsb) are not read. Open it in Excel and save it as a workbook (*.xlsx)");
    public static readonly Word WorkbookLocked = new("パスワードで暗号化されたファイルは、中を確かめられないため読めません。パスワードを外して保存し直してください", "A file locked by a password cannot be looked into. Save it without one");
    public static readonly Word WorkbookMacro = new("マクロ、ダイアログまたはコントロールのあるブックは、安全のため受け付けません。一覧だけを新しいブックに値で貼り付け、「Excelブック(*.xlsx)」として保存してください", "Workbooks with macros, dialogues or controls are not taken, to be safe. Paste the list as values into a new workbook and save that (*.xlsx)");
    public static readonly Word WorkbookLinked = new("ほかのファイルや外部データへのリンクがあるブックは、値が後で変わるため受け付けません。一覧を新しいブックに値で貼り付けて保存してください", "The workbook takes values from other files or sources, which may change later. Paste the list as values into a new workbook and save that");
    public static readonly Word WorkbookSheets = new("台帳は、表示されているシート1枚だけに入れてください。どれを取り込むのか決められません(値のあるシート: {0})", "Keep the list on one sheet that is shown: which one is meant cannot be told (sheets that hold something: {0})");
    public static readonly Word WorkbookTooLarge = new("上限({0})を超えるファイルです。要らない列・書式・画像を除くか、一覧を分けてください", "Beyond the limit ({0}). Leave out columns, formats and pictures nobody needs, or divide the list");
    public static readonly Word WorkbookBroken = new("壊れているか、途中で切れたファイルです。Excelで開いて保存し直してください {0}", "The file is damaged or cut off. Open it in Excel and save it anew {0}");
    public static readonly Word WorkbookDisorder = new("行またはセルの順番か番地が正しくありません({0})。Excelで開いて保存し直してください", "Rows or cells are out of order, or their places are none ({0}). Open it in Excel and save it anew");
    public static readonly Word WorkbookFormula = new("セル {0} に数式があります。値は計算し直すと変わるため、数式は取り込めません。「値の貼り付け」で値に置き換えてから、選び直してください", "Cell {0} holds a formula. Its value may change when it is worked out anew, so formulas are not taken: paste it as a value and choose the file again");
    public static readonly Word WorkbookError = new("セル {0} はエラー値です。正しい値に直してください", "Cell {0} is an error. Put the right value there");
    public static readonly Word WorkbookMerged = new("セル {0} が結合されています。どの行の値か決められないため、結合を解除して各行に値を入れてください", "Cells {0} are merged, so it cannot be told which row the value belongs to. Unmerge them and fill in each row");
    public static readonly Word WorkbookRounded = new("セル {0} の数は15桁を超え、Excelが末尾の桁を丸めています。表示形式を「文字列」にして入力し直してください", "The number in cell {0} has more than 15 digits, and Excel rounded the last ones. Make the cell a text and type it anew");
    public static readonly Word WorkbookBeside = new("セル {0} の列には見出しがありません。1行目に見出しを書くか、値を消してください", "No head stands over cell {0}. Write one into the first row, or clear the cell");
    public static readonly Word ExportsFull = new("同時に書き出せるのは1人{0}件までです。終わるのを待つか、中止してから始めてください", "One person has at most {0} lists on their way. Let one end or stop it first");
    public static readonly Word ExportsBusy = new("書き出した一覧が上限({0}件)まで残っています。30分以内に消えるので、しばらくしてからやり直すか、条件で絞って書き出してください", "As many lists as may be are kept for people ({0}). They are taken away within 30 minutes: try again later, or narrow the list down");

    // Alarms.
    public static readonly Word NeverShelved = new("緊急の警報と、人命や扉を守る警報は一時停止できません", "Emergencies, and alarms that guard life and doors, are never shelved");
    public static readonly Word LimitsImpossible = new(
        "限界値は、警報下限・注意下限・注意上限・警報上限の順に大きくなるように、少なくとも一つ入力してください。戻り幅は0以上(露点と結露の余裕は0.5以上)です",
        "Limits rise from alarm low over warning low and warning high to alarm high; give at least one. The deadband is not negative, and at least 0.5 for dew point and condensation");
    public static readonly Word NothingWaits = new("確認を待つものはもうありません", "Nothing waits for a confirmation any more");
    public static readonly Word NotRestored = new("まだ復旧していません。先に処理の欄で復旧日時を入力してください", "It is not restored yet. Write first, with what was done, since when it works again");
    public static readonly Word NotHandled = new("処理内容がまだありません。先に何をしたかを入力してください", "Nobody has written what was done. Write that first");
    public static readonly Word CarryRefused = new("持出し・持込みの規定により認められません: {0}", "The rules of carrying do not allow it: {0}");
    public static readonly Word WorkRefused = new("作業の規定により認められません: {0}", "The rules of work do not allow it: {0}");
    public static readonly Word ConfirmFirst = new("「{0}」の正常の確認が済んでいません。先に「環境」で正常を確認してください", "{0} still stands: confirm first under Climate that all is normal");
    public static readonly Word FileEmpty = new("中身のないファイルです: {0}。選び直してください", "{0} is empty. Choose another file");
    public static readonly Word FileTooLarge = new("5 MB を超えるファイルは保存できません: {0}。小さくするか、分けてください", "{0} is larger than 5 MB. Make it smaller, or split it");
    public static readonly Word FileNotTaken = new("保存できるのは、中身が PNG・JPEG・PDF・UTF-8 のテキストのファイルだけです(名前では判断しません): {0} (R-INP-01)", "{0}: only files whose content is PNG, JPEG, PDF or UTF-8 text are kept, whatever their name (R-INP-01)");
    public static readonly Word TooManyFiles = new("ファイルは合わせて{0}件までです", "At most {0} files in all");
    public static readonly Word FactorUnsensed = new(
        "測る要素のうち「{0}」を測るものがなくなります。先に「測定計画」で、測らない理由を申し出て承認を受けてください",
        "Nothing would sense {0} any more. Propose first in the sensing plan why it is not sensed, and have it approved");
    public static readonly Word NotADecimal = new("数字で入力してください(例 1.2)", "Please give a number such as 1.2");
    public static readonly Word DrillWithoutWord = new("制御盤からの知らせが途絶えているため、訓練できません。制御盤と通信を確かめてください", "No drill: the bridge is silent. Look at the bridge and its link");
    public static readonly Word DrillNotInForce = new("第{0}版が制御盤に反映されていないため、訓練できません。反映を待ってください", "No drill: version {0} is not in force at the bridge. Wait until it is");
    public static readonly Word DrillInOutage = new("停電中か、停止を指示した機器があるため、訓練できません。復電してからにしてください", "No drill: there is a real outage, or hosts are told to stop. Wait until mains are back");
    public static readonly Word DrillUnitUnknown = new("UPS {0} が不明のため、訓練できません。UPSと通信線を確かめてください", "No drill: {0} does not answer. Look at the unit and its cable");
    public static readonly Word DrillRuntimeUnknown = new("UPS {0} の残り時間が不明のため、訓練できません。UPSの設定に電池の表を書いてください", "No drill: how long {0} lasts is not known. Give its battery table in the bridge's settings");

    // The site.
    public static readonly Word KeptInSettings = new(
        "この施設の区域と扉は設定ファイルで決まっています。設定ファイルを直して、サービスを起動し直してください",
        "The settings file has this site. Correct it there and start the service again");
    public static readonly Word SetUpIncomplete = new(
        "団体・施設の名称と運用区分の決定を、先に登録してください",
        "Enter the names of the site and the decision on the policy profile first");
    public static readonly Word TooFewMethods = new(
        "認証方法が、必要な認証の数より少なくなっています。だれも入れなくなるので、方法を増やすか数を減らしてください(R-DOOR-03)",
        "Fewer methods than factors: nobody could ever enter. Tick more methods or ask for fewer factors (R-DOOR-03)");
    public static readonly Word StillUsed = new(
        "この区域に属する扉か、内側の区域が残っています。先にそちらを廃止してください",
        "Doors or inner zones still belong to it. Take those out first");
    public static readonly Word OtherBridge = new(
        "この区域の扉は制御盤 {0} にあります。在室は一つの制御盤で数えるので、同じ制御盤の扉にしてください(R-ZONE-09)",
        "The doors of this zone hang on bridge {0}, and one bridge counts who is inside. Choose a door there (R-ZONE-09)");
    public static readonly Word WiredElsewhere = new(
        "制御盤の設定では、この扉は区域 {0} の扉です。区域を {0} にするか、制御盤の設定を直してください",
        "The bridge has this door in zone {0}. Choose {0} here, or correct the settings of the bridge");
    public static readonly Word LowFloor = new(
        "運用区分により、地階と1階の区域は登録できません(浸水や侵入を受けやすいため)。2階以上にするか、許可された例外措置の番号を書いてください(R-ZONE-02)",
        "The profile refuses zones in the basement and on the ground floor, which are flooded and broken into more easily. Choose another floor, or cite an exception that was allowed (R-ZONE-02)");
    public static readonly Word SegmentUnknown = new(
        "運用区分にない系統です。一覧にある系統から選んでください(R-ZONE-05)",
        "The profile has no such segment. Choose one of its list (R-ZONE-05)");
    public static readonly Word FactorsTooFew = new(
        "マイナンバー利用事務系の区域では、認証が {0} つ必要です。数を増やしてください(R-PROF-07)",
        "A zone of the My Number segment asks for {0} factors. Ask for more (R-PROF-07)");
    public static readonly Word OuterZoneWrong = new(
        "外側の区域 {0} は選べません。登録のある別の区域で、同じ制御盤のものにしてください(R-ZONE-09)",
        "{0} cannot be the outer zone. Choose another registered zone at the same bridge (R-ZONE-09)");
    public static readonly Word OuterDoorsBeyond = new(
        "外部に通ずるドアは {0} か所までです(出入口は必要最小限にするため)。扉を減らすか、統括情報セキュリティ責任者の承認の文書を書いてください(R-ZONE-03)",
        "At most {0} outer doors: ways in are kept to what is needed. Have fewer, or name the paper by which the supervising officer approved this one (R-ZONE-03)");

    /// <summary>The sentence of a fault.</summary>
    public static Word Of(FieldFault fault) => fault switch
    {
        FieldFault.Required => Required,
        FieldFault.TooLong => TooLong,
        FieldFault.BadCharacters => BadCharacters,
        FieldFault.NotADate => NotADate,
        FieldFault.NotATime => NotATime,
        FieldFault.NotANumber => NotANumber,
        FieldFault.OutOfRange => OutOfRange,
        FieldFault.NotAChoice => NotAChoice,
        FieldFault.EndBeforeStart => EndBeforeStart,
        FieldFault.LongerThanOneYear => LongerThanOneYear,
        FieldFault.AlreadyOver => AlreadyOver,
        FieldFault.InFuture => InFuture,
        FieldFault.Unknown => Unknown,
        FieldFault.AlreadyExists => AlreadyExists,
        FieldFault.CardTaken => CardTaken,
        FieldFault.CardFinal => CardFinal,
        FieldFault.WeakPin => WeakPin,
        FieldFault.NothingToChange => NothingToChange,
        FieldFault.ChangedMeanwhile => ChangedMeanwhile,
        FieldFault.NotRecorded => NotRecorded,
        FieldFault.WrongColumnCount => WrongColumnCount,
        FieldFault.WrongHeader => WrongHeader,
        FieldFault.UnreadableFile => UnreadableFile,
        FieldFault.DoubledInFile => DoubledInFile,
        FieldFault.SamePerson => SamePerson,
        FieldFault.NoRoleForIt => NoRoleForIt,
        FieldFault.NotApproved => NotApproved,
        FieldFault.TooEarly => TooEarly,
        FieldFault.VisitOver => VisitOver,
        FieldFault.Barred => Barred,
        FieldFault.HasBadge => HasBadge,
        FieldFault.NotIdentified => NotIdentified,
        FieldFault.NoPermit => NoPermit,
        FieldFault.NotABadge => NotABadge,
        FieldFault.BadgeOut => BadgeOut,
        FieldFault.BadgeDead => BadgeDead,
        FieldFault.ItemsKept => ItemsKept,
        FieldFault.PasswordTooShort => PasswordTooShort,
        FieldFault.PasswordCommon => PasswordCommon,
        FieldFault.PasswordUsedBefore => PasswordUsedBefore,
        FieldFault.Differs => Differs,
        FieldFault.WrongCode => WrongCode,
        FieldFault.WrongPasskey => WrongPasskey,
        FieldFault.LastProof => LastProof,
        FieldFault.NotForPrivileged => NotForPrivileged,
        FieldFault.PlanImpossible => PlanImpossible,
        FieldFault.UnreadableLine => UnreadableLine,
        FieldFault.NotADecimal => NotADecimal,
        FieldFault.LimitsImpossible => LimitsImpossible,
        FieldFault.NothingWaits => NothingWaits,
        FieldFault.NotRestored => NotRestored,
        FieldFault.NotHandled => NotHandled,
        FieldFault.CarryRefused => CarryRefused,
        FieldFault.WorkRefused => WorkRefused,
        FieldFault.ConfirmFirst => ConfirmFirst,
        FieldFault.FactorUnsensed => FactorUnsensed,
        FieldFault.FileEmpty => FileEmpty,
        FieldFault.FileTooLarge => FileTooLarge,
        FieldFault.FileNotTaken => FileNotTaken,
        FieldFault.TooManyFiles => TooManyFiles,
        FieldFault.DrillWithoutWord => DrillWithoutWord,
        FieldFault.DrillNotInForce => DrillNotInForce,
        FieldFault.DrillInOutage => DrillInOutage,
        FieldFault.DrillUnitUnknown => DrillUnitUnknown,
        FieldFault.DrillRuntimeUnknown => DrillRuntimeUnknown,
        FieldFault.BridgeSilent => BridgeSilent,
        FieldFault.CommandNotAllowed => CommandNotAllowed,
        FieldFault.CommandWaits => CommandWaits,
        FieldFault.CommandExpired => CommandExpired,
        FieldFault.ServersUp => ServersUp,
        FieldFault.UnitNameTwice => UnitNameTwice,
        FieldFault.KeptInSettings => KeptInSettings,
        FieldFault.SetUpIncomplete => SetUpIncomplete,
        FieldFault.TooFewMethods => TooFewMethods,
        FieldFault.StillUsed => StillUsed,
        FieldFault.OtherBridge => OtherBridge,
        FieldFault.WiredElsewhere => WiredElsewhere,
        FieldFault.LowFloor => LowFloor,
        FieldFault.SegmentUnknown => SegmentUnknown,
        FieldFault.FactorsTooFew => FactorsTooFew,
        FieldFault.OuterZoneWrong => OuterZoneWrong,
        FieldFault.OuterDoorsBeyond => OuterDoorsBeyond,
        FieldFault.NeverShelved => NeverShelved,
        FieldFault.PlaceOnlyByMove => PlaceOnlyByMove,
        FieldFault.ZoneClassTooLow => ZoneClassTooLow,
        FieldFault.ZoneSegmentDiffers => ZoneSegmentDiffers,
        FieldFault.ClassBelowContent => ClassBelowContent,
        FieldFault.ClassBelowOriginal => ClassBelowOriginal,
        FieldFault.InCircle => InCircle,
        FieldFault.ExceptionNotInForce => ExceptionNotInForce,
        FieldFault.StorageDenied => StorageDenied,
        FieldFault.NotLent => NotLent,
        FieldFault.AlreadyHeld => AlreadyHeld,
        FieldFault.ItemAway => ItemAway,
        FieldFault.ItemGone => ItemGone,
        FieldFault.DirectionDiffers => DirectionDiffers,
        FieldFault.ItemNotThere => ItemNotThere,
        FieldFault.ItemInOtherMove => ItemInOtherMove,
        FieldFault.ContentNotListed => ContentNotListed,
        FieldFault.LiesInContainer => LiesInContainer,
        FieldFault.OutsideMoveTime => OutsideMoveTime,
        FieldFault.ImpactMissing => ImpactMissing,
        FieldFault.ImpactHarmful => ImpactHarmful,
        FieldFault.WitnessNotStaff => WitnessNotStaff,
        FieldFault.WitnessCarries => WitnessCarries,
        FieldFault.WitnessNotPresent => WitnessNotPresent,
        FieldFault.WitnessSuspended => WitnessSuspended,
        FieldFault.WitnessGone => WitnessGone,
        FieldFault.OtherWitness => OtherWitness,
        FieldFault.NotOnList => NotOnList,
        FieldFault.AlreadyScanned => AlreadyScanned,
        FieldFault.NotAllScanned => NotAllScanned,
        FieldFault.NotAllConfirmed => NotAllConfirmed,
        FieldFault.ErasureMissing => ErasureMissing,
        FieldFault.StorageNotErased => StorageNotErased,
        FieldFault.ErasedBeforePermission => ErasedBeforePermission,
        FieldFault.MustBeErased => MustBeErased,
        FieldFault.PaperIsDestroyed => PaperIsDestroyed,
        FieldFault.NothingToErase => NothingToErase,
        FieldFault.ContractNotInForce => ContractNotInForce,
        FieldFault.CertifiedBeforeOut => CertifiedBeforeOut,
        FieldFault.TransferRefused => TransferRefused,
        FieldFault.SameSegment => SameSegment,
        FieldFault.StorageInDisposal => StorageInDisposal,
        FieldFault.NotAPartSwap => NotAPartSwap,
        FieldFault.NotAWorkTarget => NotAWorkTarget,
        FieldFault.PartNotInItem => PartNotInItem,
        FieldFault.PartElsewhere => PartElsewhere,
        FieldFault.PartNotErased => PartNotErased,
        FieldFault.RemovedNotErased => RemovedNotErased,
        FieldFault.ClassOnlyBySec => ClassOnlyBySec,
        FieldFault.StocktakeOpen => StocktakeOpen,
        FieldFault.StocktakeOver => StocktakeOver,
        FieldFault.ItemChangedMeanwhile => ItemChangedMeanwhile,
        FieldFault.NotAWorkbook => NotAWorkbook,
        FieldFault.WorkbookOldKind => WorkbookOldKind,
        FieldFault.WorkbookLocked => WorkbookLocked,
        FieldFault.WorkbookMacro => WorkbookMacro,
        FieldFault.WorkbookLinked => WorkbookLinked,
        FieldFault.WorkbookSheets => WorkbookSheets,
        FieldFault.WorkbookTooLarge => WorkbookTooLarge,
        FieldFault.WorkbookBroken => WorkbookBroken,
        FieldFault.WorkbookDisorder => WorkbookDisorder,
        FieldFault.WorkbookFormula => WorkbookFormula,
        FieldFault.WorkbookError => WorkbookError,
        FieldFault.WorkbookMerged => WorkbookMerged,
        FieldFault.WorkbookRounded => WorkbookRounded,
        FieldFault.WorkbookBeside => WorkbookBeside,
        FieldFault.ExportsFull => ExportsFull,
        FieldFault.ExportsBusy => ExportsBusy,
        _ => throw new UnreachableException($"No text for {fault}."),
    };

    /// <summary>The whole sentence of a problem, with the clause of each requirement it names.</summary>
    public static string Of(FieldProblem problem, Language language) => Core.PolicyProfiles.PolicyClauses.Cite(Sentence(problem, language));

    private static string Sentence(FieldProblem problem, Language language) =>
        problem.Fault is FieldFault.CarryRefused && Enum.TryParse<Core.Carrying.CarryRefusal>(problem.Value, out var reason) && Core.Carrying.CarryRefusalText.Of(reason) is var why
            ? $"{(language == Language.Japanese ? why.Because.Ja : why.Because.En)} {why.Rule}"
            : problem.Fault is FieldFault.WorkRefused && problem.Value?.Split(' ') is { Length: > 0 } parts && Enum.TryParse<Core.Work.WorkRefusal>(parts[0], out var against) && Core.Work.WorkRefusalText.Of(against) is var words
            ? $"{(parts.Length > 1 ? $"{parts[1]}: " : "")}{(language == Language.Japanese ? words.Because.Ja : words.Because.En)} {words.Rule}"
            : problem.Fault is FieldFault.TransferRefused && Enum.TryParse<Core.Carrying.TransferRefusal>(problem.Value, out var barred) && Core.Carrying.TransferRefusalText.Of(barred) is var bar
            ? $"{(language == Language.Japanese ? bar.Because.Ja : bar.Because.En)} {bar.Rule}"
            : Of(problem.Fault).In(language, problem.Value ?? "");
}
