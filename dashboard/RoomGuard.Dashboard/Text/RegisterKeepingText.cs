using System.Diagnostics;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words several pages around the 入退室管理簿 share.</summary>
public static class RegisterKeepingText
{
    public static readonly Word Tabs = new("入退室管理簿とその関連", "The register and what belongs to it");
    public static readonly Word PersonHelp = new("例: S-0217", "E.g. S-0217");
    public static readonly Word By = new("記録した人", "Recorded by");
    public static readonly Word When = new("日時", "When");
    public static readonly Word Note = new("所見", "Note");
    public static readonly Word Who = new("人", "Person");
    public static readonly Word Kind = new("内容", "What");
}

/// <summary>Words of the hand-written register (R-DOOR-11).</summary>
public static class HandText
{
    public static readonly Word Title = new("手書き簿", "Hand-written");
    public static readonly Word Lead = new(
        "読取装置が使えない間に紙の入退室管理簿に書いた行を、あとで入力します。入力した人とは別の人が、紙の頁と照らして確認します。",
        "Lines written on the paper register while a reader was out of use are entered here later. Somebody else holds each against the paper page.");
    public static readonly Word Open = new("確認を待つ行", "Lines to be confirmed");
    public static readonly Word NoOpen = new("確認を待つ行はありません。", "No line waits to be confirmed.");
    public static readonly Word Done = new("確認の済んだ行", "Lines that are settled");
    public static readonly Word NoDone = new("確認の済んだ行はまだありません。", "No line has been settled yet.");
    public static readonly Word New = new("手書きの行を入力する", "Enter a hand-written line");
    public static readonly Word NewLead = new("紙に書かれているとおりに入力してください。入力した行は「手書き」として入退室管理簿に載り、確認されるまで「未確認」と表示されます。",
        "Copy what stands on the paper. The line joins the register marked Manual, and shows as not confirmed until somebody else has confirmed it.");
    public static readonly Word Door = new("扉", "Door");
    public static readonly Word EnteredAt = new("入室日時", "Entry");
    public static readonly Word ExitedAt = new("退室日時", "Exit");
    public static readonly Word TimesHelp = new("紙に書かれた時刻。どちらか一方だけでもかまいません", "The times on the paper; one of the two is enough");
    public static readonly Word Person = new("職員番号等(登録のある人)", "Number, if registered");
    public static readonly Word Name = new("氏名(登録のない人)", "Name, if not registered");
    public static readonly Word Section = new("所属・会社名", "Section or firm");
    public static readonly Word Page = new("手書き簿の頁", "Paper page");
    public static readonly Word PageHelp = new("例: 2026年11月 12頁", "E.g. 2026-11 p. 12");
    public static readonly Word Reason = new("手書きにした理由", "Why by hand");
    public static readonly Word ReasonHelp = new("例: 正面扉の読取装置の故障", "E.g. reader of the front door broken");
    public static readonly Word Purpose = new("入室目的", "Purpose");
    public static readonly Word Escort = new("付添い者の職員番号等", "Escort's number");
    public static readonly Word Identity = new("身分証明書確認", "Identity check");
    public static readonly Word Items = new("持込み申告", "Declared items");
    public static readonly Word Exception = new("例外番号", "Exception");
    public static readonly Word ExceptionHelp = new("手書きを常に認める例外措置があるとき", "Where an exception allows the hand-written register as a method");
    public static readonly Word NotWritten = new("(記載なし)", "(not written)");
    public static readonly Word Enter = new("入力する", "Enter");
    public static readonly Word Number = new("手書き番号", "Line");
    public static readonly Word EnteredBy = new("記入者", "Entered by");
    public static readonly Word ConfirmedBy = new("確認者", "Confirmed by");
    public static readonly Word ConfirmLast = new("確認の期限", "Confirm by");
    public static readonly Word LineTitle = new("手書きの記載 {0}", "Hand-written line {0}");
    public static readonly Word OnPaper = new("紙に書かれていること", "What stands on the paper");
    public static readonly Word Trouble = new("この時刻の機器の異常", "Trouble with devices at that time");
    public static readonly Word NoTrouble = new("この時刻に、この扉の制御盤・読取装置の異常は記録されていません。手書きにした理由をよく確かめてください。",
        "No trouble of this door's bridge or readers is recorded for that time. Look closely at why it was written by hand.");
    public static readonly Word TroubleSpan = new("{0} 〜 {1}", "{0} to {1}");
    public static readonly Word StillSo = new("継続中", "still so");
    public static readonly Word Decide = new("確認", "Confirm");
    public static readonly Word DecideLead = new("紙の頁を手元に置いて、日時・氏名・扉が一致するか確かめてください。", "With the paper page in hand, check that times, name and door agree.");
    public static readonly Word Verdict = new("結果", "Result");
    public static readonly Word DecideDo = new("結果を記録する", "Record the result");
    public static readonly Word NoteHelp = new("不採用のときは理由を書いてください", "Say why where it is rejected");
    public static readonly Word SeeRow = new("入退室管理簿の行を見る", "See its row in the register");
    public static readonly Word NotConfirmed = new("未確認", "not confirmed");

    public static readonly Sign Waits = new("△", new("未確認", "Not confirmed"), "warn");
    public static readonly Sign Late = new("▲", new("期限超過", "Overdue"), "high");
    public static readonly Sign Confirmed = new("○", new("確認済", "Confirmed"), "ok");
    public static readonly Sign Rejected = new("―", new("不採用", "Rejected"), "stale");

    /// <summary>The result.</summary>
    public static Sign Of(HandLineVerdict verdict) => verdict switch
    {
        HandLineVerdict.Confirmed => Confirmed,
        HandLineVerdict.Rejected => Rejected,
        _ => throw new UnreachableException($"No text for {verdict}."),
    };
}

/// <summary>Words of keys and their loans (R-DOOR-13).</summary>
public static class KeyText
{
    public static readonly Word Title = new("鍵", "Keys");
    public static readonly Word Lead = new(
        "機械式の鍵を誰が、なぜ持ち出したかを記録します。貸出中の鍵の扉が開いたときは「鍵で開扉」になり、貸出がなければこじ開けとして扱います。",
        "Who took which mechanical key, and why. A door opened while its key is out counts as opened with the key; without a loan it is forced.");
    public static readonly Word Out = new("貸出中の鍵", "Keys that are out");
    public static readonly Word NoneOut = new("貸出中の鍵はありません。", "No key is out.");
    public static readonly Word Keys = new("鍵の一覧", "All keys");
    public static readonly Word NoKeys = new("鍵はまだ登録されていません。", "No key is registered yet.");
    public static readonly Word Loans = new("貸出の記録", "Loans");
    public static readonly Word NoLoans = new("貸出の記録はまだありません。", "Nothing has been lent yet.");
    public static readonly Word No = new("鍵番号", "Key");
    public static readonly Word Label = new("名称", "Name");
    public static readonly Word Doors = new("開けられる扉", "Doors it opens");
    public static readonly Word KeptAt = new("保管場所", "Kept at");
    public static readonly Word KeptAtHelp = new("例: 警備室 鍵箱 2", "E.g. guard room, key box 2");
    public static readonly Word NoHelp = new("鍵の札に書かれた番号。英数字とハイフン", "As on its tag: letters, digits, hyphens");
    public static readonly Word TakenBy = new("持ち出す人の職員番号等", "Who takes it (number)");
    public static readonly Word Taker = new("持ち出した人", "Taken by");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word ReturnBy = new("返却の期限", "To be back by");
    public static readonly Word TakenAt = new("貸出", "Taken");
    public static readonly Word ReturnedAt = new("返却", "Returned");
    public static readonly Word ReturnedBy = new("返却した人の職員番号等", "Who gave it back (number)");
    public static readonly Word Openings = new("鍵での開扉", "Openings");
    public static readonly Word Take = new("鍵を貸し出す", "Give a key out");
    public static readonly Word TakeDo = new("今、貸し出す", "Give out now");
    public static readonly Word TakeLead = new("貸出は今の時刻で記録されます。さかのぼって記録することはできません。", "The loan counts from now; it cannot be recorded for a time that has passed.");
    public static readonly Word ReturnDo = new("返却を記録する", "Record its return");
    public static readonly Word Register = new("鍵を登録する・変える", "Register or change a key");
    public static readonly Word RegisterDo = new("登録する", "Register");
    public static readonly Word RetireDo = new("使わなくする", "Take out of use");
    public static readonly Word Loan = new("貸出番号", "Loan");

    public static readonly Sign Here = new("○", new("保管中", "In its place"), "ok");
    public static readonly Sign IsOut = new("◇", new("貸出中", "Out"), "warn");
    public static readonly Sign Late = new("▲", new("返却遅れ", "Overdue"), "high");
}

/// <summary>Words of identity checks (R-DOOR-12).</summary>
public static class IdentityText
{
    public static readonly Word Title = new("身分証明書の確認", "Identity checks");
    public static readonly Word Lead = new(
        "受付や区域の中の職員等は、身分証明書の提示を求め、結果を記録できます。提示がないときは、その人の入室許可を直ちに止め、情報セキュリティ管理者に知らせます。",
        "Reception and anybody inside may ask for identification and record what came of it. If none is shown, the person's grants are held at once and the security manager is told.");
    public static readonly Word None = new("確認の記録はまだありません。", "No check has been recorded yet.");
    public static readonly Word New = new("確認を記録する", "Record a check");
    public static readonly Word Person = new("確認した相手の職員番号等", "Whose identity (number)");
    public static readonly Word Zone = new("場所", "Where");
    public static readonly Word Elsewhere = new("区域の外", "outside the areas");
    public static readonly Word Outcome = new("結果", "Outcome");
    public static readonly Word Paper = new("種類", "Kind of paper");
    public static readonly Word PaperHelp = new("種類だけを記録します。番号は書き写さないでください", "Only the kind is kept. Do not copy any number");
    public static readonly Word NoPaper = new("(提示なし)", "(none shown)");
    public static readonly Word Do = new("記録する", "Record");
    public static readonly Word HoldWarning = new("「提示なし」「相違」を記録すると、この人の入室許可はすぐに止まります。", "Recording that nothing was shown, or another's, holds this person's grants at once.");
    public static readonly Word Held = new("止めた入室許可", "Grants held");
    public static readonly Word ClearDo = new("停止を解く", "Lift the hold");
    public static readonly Word ClearTitle = new("確認 {0} による停止を解きます", "Lift the hold of check {0}");
    public static readonly Word ClearLead = new("本人であることをどのように確かめたかを書いてください。止めた入室許可が元に戻ります。", "Say how you made sure who it is. The grants it holds count again.");
    public static readonly Word Cleared = new("{0} に解除", "lifted {0}");

    public static readonly Word StaffCard = new("職員証", "Staff card");
    public static readonly Word CompanyCard = new("社員証", "Company card");
    public static readonly Word DrivingLicence = new("運転免許証", "Driving licence");
    public static readonly Word MyNumberCard = new("個人番号カード(表面)", "My Number card (front)");
    public static readonly Word Passport = new("旅券", "Passport");
    public static readonly Word Other = new("その他(氏名と写真のあるもの)", "Other, with name and picture");

    public static readonly Sign Shown = new("○", new("確認済", "Shown"), "ok");
    public static readonly Sign NotShown = new("×", new("提示なし", "Not shown"), "high");
    public static readonly Sign Differs = new("■", new("相違", "Another's"), "crit");

    /// <summary>What came of it.</summary>
    public static Sign Of(IdentityOutcome outcome) => outcome switch
    {
        IdentityOutcome.Shown => Shown,
        IdentityOutcome.NotShown => NotShown,
        IdentityOutcome.Differs => Differs,
        _ => throw new UnreachableException($"No text for {outcome}."),
    };

    /// <summary>What was shown.</summary>
    public static Word Of(IdentityPaper paper) => paper switch
    {
        IdentityPaper.StaffCard => StaffCard,
        IdentityPaper.CompanyCard => CompanyCard,
        IdentityPaper.DrivingLicence => DrivingLicence,
        IdentityPaper.MyNumberCard => MyNumberCard,
        IdentityPaper.Passport => Passport,
        IdentityPaper.Other => Other,
        _ => throw new UnreachableException($"No text for {paper}."),
    };
}

/// <summary>Words of patterns (R-MON-05) and signs of lending (R-ID-07).</summary>
public static class PatternText
{
    public static readonly Word Title = new("気になる動き", "Patterns");
    public static readonly Word Lead = new(
        "記録からふだんと違う動きを知らせます。知らせるだけで、誰の入室も止めません。根拠の記録を見て、本人に聞き、何だったかを書いてください。",
        "The record shows something out of the ordinary. It is only told: nobody is kept out. Look at the evidence, ask, and say what it was.");
    public static readonly Word Open = new("判断を待つもの", "To be looked at");
    public static readonly Word NoOpen = new("判断を待つものはありません。", "Nothing waits to be looked at.");
    public static readonly Word Settled = new("判断の済んだもの", "Settled");
    public static readonly Word NoSettled = new("判断の済んだものはまだありません。", "Nothing has been settled yet.");
    public static readonly Word LastMonth = new("先月(30日間)の回数", "Times in the 30 days before");
    public static readonly Word Times = new("{0}回", "{0} times");
    public static readonly Word Evidence = new("根拠の記録", "Evidence");
    public static readonly Word NoEvidence = new("根拠の記録は保存期間を過ぎています。", "The entries are past their time of keeping.");
    public static readonly Word Figures = new("知らせた基準", "Figures it was judged by");
    public static readonly Word Before = new("同じ人の同じ動き", "The same before");
    public static readonly Word NoBefore = new("前に知らせたことはありません。", "Never told before.");
    public static readonly Word UnknownCard = new("登録のないカード {0}", "Unknown card {0}");
    public static readonly Word About = new("見られた人", "Whose records");
    public static readonly Word Verdict = new("判断", "What it was");
    public static readonly Word Review = new("判断を書く", "Say what it was");
    public static readonly Word ReviewDo = new("判断を記録する", "Record it");
    public static readonly Word NoBlock = new("入室は止めていません。止めるには、人の画面から停止の手続きをとってください。", "Nobody is kept out by this. To suspend somebody, use the person's own page.");
    public static readonly Word NotYours = new("自分に関することは、上位者が判断します。", "What concerns yourself is looked at one level up.");

    public static readonly Word UnusualHour = new("いつもと違う時間の入室", "Entry at an unusual hour");
    public static readonly Word ManyDoors = new("多くの扉で拒否", "Refused at many doors");
    public static readonly Word ShortStays = new("極端に短い在室の繰返し", "Very short stays, repeated");
    public static readonly Word LongStay = new("極端に長い在室", "Very long stay");
    public static readonly Word RepeatedViews = new("同じ人の記録の繰返し閲覧", "One person's records viewed again and again");

    public static readonly Sign Waits = new("△", new("判断待ち", "Waits"), "warn");
    public static readonly Sign Explained = new("○", new("説明がついた", "Explained"), "ok");
    public static readonly Sign Watched = new("●", new("引き続き見る", "Watched"), "quiet");
    public static readonly Sign Reported = new("▲", new("報告した", "Reported"), "high");

    public static readonly Word EntriesKnown = new("習慣を知るもとになった入室", "Entries by which the habit is known");
    public static readonly Word NearHourPercent = new("この時間帯の割合(%)", "Share near this hour (%)");
    public static readonly Word UnusualBelowPercent = new("これより少ないと知らせる(%)", "Told below (%)");
    public static readonly Word DoorsTried = new("拒否された扉", "Doors refused at");
    public static readonly Word DoorsFrom = new("知らせる扉の数", "Told from doors");
    public static readonly Word StaysFound = new("短い在室", "Short stays");
    public static readonly Word StaysFrom = new("知らせる回数", "Told from");
    public static readonly Word ShortBelowSeconds = new("短いとみる秒数", "Short below (s)");
    public static readonly Word StayHours = new("在室(時間)", "Inside (h)");
    public static readonly Word LongFromHours = new("長いとみる時間", "Long from (h)");
    public static readonly Word ViewsFound = new("閲覧", "Views");
    public static readonly Word ViewsFrom = new("知らせる閲覧の数", "Told from views");
    public static readonly Word WindowMinutes = new("数える範囲(分)", "Counted over (min)");
    public static readonly Word WindowDays = new("数える範囲(日)", "Counted over (days)");

    /// <summary>A pattern.</summary>
    public static Word Of(PatternKind kind) => kind switch
    {
        PatternKind.UnusualHour => UnusualHour,
        PatternKind.ManyDoors => ManyDoors,
        PatternKind.ShortStays => ShortStays,
        PatternKind.LongStay => LongStay,
        PatternKind.RepeatedViews => RepeatedViews,
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>What was made of it.</summary>
    public static Sign Of(PatternVerdict verdict) => verdict switch
    {
        PatternVerdict.Explained => Explained,
        PatternVerdict.Watched => Watched,
        PatternVerdict.Reported => Reported,
        _ => throw new UnreachableException($"No text for {verdict}."),
    };

    /// <summary>A figure.</summary>
    public static Word Of(PatternFigure figure) => figure switch
    {
        PatternFigure.EntriesKnown => EntriesKnown,
        PatternFigure.NearHourPercent => NearHourPercent,
        PatternFigure.UnusualBelowPercent => UnusualBelowPercent,
        PatternFigure.DoorsTried => DoorsTried,
        PatternFigure.DoorsFrom => DoorsFrom,
        PatternFigure.StaysFound => StaysFound,
        PatternFigure.StaysFrom => StaysFrom,
        PatternFigure.ShortBelowSeconds => ShortBelowSeconds,
        PatternFigure.StayHours => StayHours,
        PatternFigure.LongFromHours => LongFromHours,
        PatternFigure.ViewsFound => ViewsFound,
        PatternFigure.ViewsFrom => ViewsFrom,
        PatternFigure.WindowMinutes => WindowMinutes,
        PatternFigure.WindowDays => WindowDays,
        _ => throw new UnreachableException($"No text for {figure}."),
    };

    /// <summary>What a notice or a sign of lending is, in a few words.</summary>
    public static Word Of(RecordedEvent item) => item switch
    {
        PatternNoticed notice => Of(notice.Kind),
        LendingSuspected sign when PeopleText.Of(sign.Pattern) is var words => new($"{PersonnelText.Lending.Ja}: {words.Ja}", $"{PersonnelText.Lending.En}: {words.En}"),
        _ => throw new UnreachableException($"No text for {item?.GetType().Name}."),
    };
}
