using System.Diagnostics;
using RoomGuard.Core.Equipment;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 棚卸.</summary>
public static class StocktakesText
{
    public static readonly Word Title = new("棚卸", "Stocktaking");
    public static readonly Word WaitingDue = new("棚卸の期限が近い、又は過ぎた区域", "Zones to be counted");
    public static readonly Word WaitingConfirm = new("結果の確認を待つ棚卸", "Counts to be confirmed");
    public static readonly Word Lead = new("区域ごとに、台帳にあるものと実際にあるものを照合します。所在は変わりません(R-MOVE-11、R-MOVE-04)。", "For each zone, what the register has is held against what is there. No place changes by it (R-MOVE-11, R-MOVE-04).");
    public static readonly Word Every = new("各区域を{0}か月に1回以上数えます。", "Each zone is counted at least every {0} months.");
    public static readonly Word Zones = new("区域", "Zones");
    public static readonly Word Items = new("台帳の点数", "Items in the register");
    public static readonly Word CountedOn = new("前回の棚卸", "Last counted");
    public static readonly Word DueOn = new("次の期限", "Due");
    public static readonly Word Never = new("まだない", "never");
    public static readonly Word Open = new("始める", "Open a round");
    public static readonly Word OpenZone = new("{0}の棚卸を始める", "Open a round of {0}");
    public static readonly Word Rounds = new("これまでの棚卸", "Rounds");
    public static readonly Word None = new("棚卸はまだありません", "No round yet");
    public static readonly Word NoneLead = new("区域を選んで始めると、その時点の台帳の内容が固定されます。", "Opening one fixes what the register has in the zone at that moment.");
    public static readonly Word Number = new("棚卸番号", "Round");
    public static readonly Word State = new("状態", "State");
    public static readonly Word OpenedAt = new("開始", "Opened");
    public static readonly Word ClosedAt = new("計数の終了", "Counting ended");
    public static readonly Word EndedAt = new("確認", "Confirmed");
    public static readonly Word GivenUpAt = new("取りやめ", "Given up");
    public static readonly Word Counters = new("計数者", "Counted by");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word ResultSoFar = new("今のところの結果", "As it stands now");
    public static readonly Word Expected = new("台帳", "Register");
    public static readonly Word Found = new("あった", "Found");
    public static readonly Word Missing = new("不足", "Missing");
    public static readonly Word Surplus = new("余剰", "Surplus");
    public static readonly Word Accounted = new("説明のつくもの", "Accounted for");
    public static readonly Word Sum = new("あった {0}・不足 {1}・余剰 {2}", "found {0}, missing {1}, surplus {2}");
    public static readonly Word GraveTold = new("重要性分類Ⅰ・Ⅱの不足が{0}点あり、インシデントの候補として警報になっています(R-MOVE-11)。", "{0} items of class I or II are missing: an incident candidate, and an alarm was raised (R-MOVE-11).");
    public static readonly Word Grave = new("重要性分類Ⅰ・Ⅱの不足が{0}点あります。確認すると、インシデントの候補として警報になります(R-MOVE-11)。", "{0} items of class I or II are missing; once confirmed they are an incident candidate and an alarm (R-MOVE-11).");
    public static readonly Word MissingTitle = new("不足: 台帳にあり、数えられなかったもの", "Missing: in the register, not counted");
    public static readonly Word SurplusTitle = new("余剰: 数えられ、台帳ではこの区域にないもの", "Surplus: counted, and not in this zone by the register");
    public static readonly Word AccountedTitle = new("棚卸の間に動いたもの・貸出中・持出し中", "Moved during the round, lent or carried out");
    public static readonly Word NothingMissing = new("不足はありません。", "Nothing is missing.");
    public static readonly Word NothingSurplus = new("余剰はありません。", "Nothing is surplus.");
    public static readonly Word InRegister = new("台帳の所在", "Place in the register");
    public static readonly Word NotInRegister = new("台帳にない", "not in the register");
    public static readonly Word ApplyMove = new("移動を申請する", "Apply for a move");
    public static readonly Word Register = new("台帳に登録する", "Register it");
    public static readonly Word Why = new("理由", "Because");
    public static readonly Word List = new("一覧", "List");
    public static readonly Word Count = new("数える", "Count");
    public static readonly Word CountTitle = new("棚卸 — {0}", "Stocktaking — {0}");
    public static readonly Word Code = new("機器番号を読み取る", "Scan the asset tag");
    public static readonly Word CodeHelp = new("読取器で読むか、入力してEnterを押します。電波がなくても続けられます。", "Scan it, or type it and press Enter. It goes on without a network.");
    public static readonly Word Send = new("数える", "Count it");
    public static readonly Word Waiting = new("送信待ち", "to be sent");
    public static readonly Word CountedSign = new("済", "counted");
    public static readonly Word NotYet = new("未", "not yet");
    public static readonly Word Back = new("結果へ", "To the result");
    public static readonly Word ReadListed = new("台帳にあります。", "It is on the list.");
    public static readonly Word ReadListedAgain = new("もう数えてあります。", "It was counted already.");
    public static readonly Word ReadArrived = new("棚卸の間に搬入されたものです。", "It came in during the round.");
    public static readonly Word ReadElsewhere = new("台帳ではこの区域にありません。余剰として数えました。台帳の所在: {0}", "Not in this zone by the register: counted as surplus. The register has it at: {0}");
    public static readonly Word ReadUnknown = new("台帳にない番号です。余剰として数えました。ラベルを確かめてください。", "No such number in the register: counted as surplus. Look at the label.");
    public static readonly Word ReadNotHere = new("この区域の一覧にありません。余剰として数えます。送信すると、台帳の所在が出ます。", "Not on the list of this zone: it will be counted as surplus. Once sent, its place in the register is shown.");
    public static readonly Word ReadUnreadable = new("番号として読めません。もう一度読み取ってください。数えていません。", "This cannot be read as a code; scan it again. It was not counted.");
    public static readonly Word Offline = new("電波がありません。読み取った番号はこの端末に控え、つながると送ります。", "No network. Codes are kept on this device and sent when it is back.");
    public static readonly Word Kept = new(
        "この端末に控えた画面です。庁内につながらなくても、そのまま読み取れます。数えた状態は次の時刻のもので、つながって送り終えると新しくなります。控えた時刻:",
        "This is the page as kept on this device. Go on scanning, with or without the office. What it shows as counted is of the time below; it is fetched anew once everything is sent. Kept at:");
    public static readonly Word Unkept = new("この端末に控えを残せません。このページを閉じると、送信待ちの番号が消えます。", "This device cannot keep codes: those to be sent are lost if the page is closed.");
    public static readonly Word SignedOut = new("サインインが切れました。番号は控えてあります。サインインし直して、このページを開いてください。", "You are signed out. The codes are kept; sign in again and open this page.");
    public static readonly Word NotTaken = new("送った番号は受け付けられませんでした。番号は控えてあります。", "What was sent was not taken. The codes are kept.");
    public static readonly Word OpenRound = new("棚卸のページで状態を確かめる", "See its state on the page of the round");
    public static readonly Word Discard = new("この端末の控えを捨てる", "Discard what this device keeps");
    public static readonly Word DiscardLead = new("送信待ちの番号は、捨てると数えられません。", "What is discarded is not counted.");
    public static readonly Word CloseTitle = new("計数を終える", "End the counting");
    public static readonly Word CloseLead = new("数える端末に送信待ちがないことを確かめてから終えます。台帳と照合し、計数者でないシステム管理者が確認します(R-MOVE-11)。", "See first that no device has codes to be sent. It is held against the register, and a system manager who did not count confirms it (R-MOVE-11).");
    public static readonly Word Close = new("計数を終えて照合する", "End it and compare");
    public static readonly Word ConfirmTitle = new("結果の確認", "Confirm the result");
    public static readonly Word ConfirmLead = new("計数者でないシステム管理者が確認します。不足があるときは、調べた内容を書きます(R-MOVE-11)。", "A system manager who did not count confirms it, and says what was looked into where something is missing (R-MOVE-11).");
    public static readonly Word Note = new("調べた内容", "What was looked into");
    public static readonly Word Confirm = new("結果を確認する", "Confirm the result");
    public static readonly Word SendBackTitle = new("差戻し", "Send it back");
    public static readonly Word SendBack = new("数え直してもらう", "Have it counted on");
    public static readonly Word CancelTitle = new("取りやめ", "Give it up");
    public static readonly Word Cancel = new("取りやめる", "Give it up");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word Sheet = new("棚卸表", "Stocktaking sheet");
    public static readonly Word Story = new("経過", "What happened");
    public static readonly Word Entries = new("証跡番号", "Entry");
    public static readonly Word ConfirmedBy = new("確認者", "Confirmed by");

    /// <summary>The three figures in one line.</summary>
    public static string SumOf(StockResult result, Ink ink) => ink.Fill(Sum, result.Found, result.Missing.Length, result.Surplus.Length);

    /// <summary>状態.</summary>
    public static Sign Of(StocktakeState state) => state switch
    {
        StocktakeState.Counting => new("●", new("計数中", "counting"), "warn"),
        StocktakeState.Counted => new("◇", new("確認待ち", "to be confirmed"), "warn"),
        StocktakeState.Confirmed => new("○", new("確認済", "confirmed"), "ok"),
        StocktakeState.Cancelled => new("―", new("取りやめ", "given up"), "stale"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>Whether it is due.</summary>
    public static Sign Of(StockStanding standing) => standing switch
    {
        StockStanding.Later => new("○", new("期限内", "in time"), "ok"),
        StockStanding.Soon => new("△", new("まもなく期限", "due soon"), "warn"),
        StockStanding.Overdue => new("▲", new("期限切れ", "overdue"), "high"),
        _ => throw new UnreachableException($"No text for {standing}."),
    };

    /// <summary>What explains an item.</summary>
    public static Word Of(StockAccount account) => account switch
    {
        StockAccount.Arrived => new("棚卸の間に搬入され、数えた", "came in during the round, counted"),
        StockAccount.ArrivedUncounted => new("棚卸の間に搬入(数えていない)", "came in during the round, not counted"),
        StockAccount.Left => new("棚卸の間に搬出", "left during the round"),
        StockAccount.Lent => new("貸出中", "lent"),
        StockAccount.CarriedOut => new("持出し中", "carried out by permit"),
        _ => throw new UnreachableException($"No text for {account}."),
    };

    /// <summary>What a read turned out to be, in one sentence, and how it is shown.</summary>
    public static (string Symbol, string Words, string Tone) Of(StockReadLine read, Ink ink) => read.Kind switch
    {
        StockReadKind.Listed when read.Again => ("○", ink[ReadListedAgain], "quiet"),
        StockReadKind.Listed => ("○", ink[ReadListed], "ok"),
        StockReadKind.Arrived => ("○", ink[ReadArrived], "ok"),
        StockReadKind.Elsewhere => ("▲", ink.Fill(ReadElsewhere, AssetsText.PlaceOf(read.Place, ink)), "high"),
        StockReadKind.Unknown => ("▲", ink[ReadUnknown], "high"),
        _ => throw new UnreachableException($"No text for {read.Kind}."),
    };
}
