using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Dashboard.Schedule;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 本日の搬入出, 進み具合 and 期限カレンダー.</summary>
public static class ScheduleText
{
    public static readonly Word Title = new("予定と期限", "Schedule");
    public static readonly Word Tabs = new("予定と期限の切替え", "Views of the schedule");
    public static readonly Word Door = new("本日の搬入出", "Today at the door");
    public static readonly Word DoorOn = new("搬入出の予定", "At the door on");
    public static readonly Word DoorLead = new("この日に扉や受付を通る機器と物です。あなたが見られるものだけが並びます。", "Equipment and things that pass a door or the desk on this day, as far as you may see them.");
    public static readonly Word Day = new("日", "Day");
    public static readonly Word Today = new("本日", "Today");
    public static readonly Word DayBefore = new("前の日", "Day before");
    public static readonly Word DayAfter = new("次の日", "Day after");
    public static readonly Word DoorNone = new("この日に通る予定のものはありません", "Nothing passes on this day");
    public static readonly Word DoorNoneLead = new("搬入・搬出や持出し・持込みが許可されると、予定の日に並びます。", "Moves and carried things stand here on their day once they are allowed.");
    public static readonly Word At = new("時刻", "Time");
    public static readonly Word Way = new("区分", "Way");
    public static readonly Word Number = new("番号", "Number");
    public static readonly Word What = new("内容", "What");
    public static readonly Word Who = new("運ぶ人・申請者", "Carriers or applicant");
    public static readonly Word Where = new("場所", "Where");
    public static readonly Word State = new("状態", "State");
    public static readonly Word CarryOut = new("持出し", "going out");
    public static readonly Word CarryIn = new("持込み", "coming in");
    public static readonly Word CarryBack = new("持出し品の返却", "coming back");
    public static readonly Word CarryHome = new("持込み品の持帰り", "leaving again");

    public static readonly Word Board = new("進み具合", "Board");
    public static readonly Word BoardLead = new("終わっていない搬入・搬出、持出し・持込み、作業、廃棄・消去、棚卸を段階ごとに並べています。期限の近いものが上です。", "Moves, carried things, work, disposals and stocktakings that are not over, by step; what is due first stands first.");
    public static readonly Word AllKinds = new("すべて", "All");
    public static readonly Word BoardNone = new("終わっていないものはありません", "Nothing is open");
    public static readonly Word BoardNoneLead = new("申請すると「申請中」に並び、許可・実施・確認へと進みます。", "What is applied for stands under Applied and goes on from there.");
    public static readonly Word StepNone = new("ありません", "Nothing");
    public static readonly Word Until = new("{0} まで", "until {0}");

    public static readonly Word Calendar = new("期限カレンダー", "Due dates");
    public static readonly Word CalendarLead = new("定期保守、返却、サポート終了、処理証明書、敷地外の確認、棚卸、委託先の確認、契約の終わりなど、まだ済んでいない期限です。", "Maintenance, returns, ends of support, certificates, checks off the premises, stocktakings, checks of contractors and ends of contracts that are not done yet.");
    public static readonly Word Cut = new("多いため、一部だけを表示しています。それぞれの台帳で確かめてください。", "There are more than are shown; look into the registers themselves.");
    public static readonly Word Overdue = new("期限を過ぎたもの", "Overdue");
    public static readonly Word MonthCaption = new("{0} の期限の数。数を選ぶと、その日へ移ります", "How much is due on each day of {0}; a number leads to its day");
    public static readonly Word Due = new("件", "due");
    public static readonly Word MonthBefore = new("前の月", "Month before");
    public static readonly Word ThisMonth = new("今月", "This month");
    public static readonly Word MonthAfter = new("次の月", "Month after");
    public static readonly Word CalendarNone = new("この月に期限のものはありません", "Nothing is due in this month");
    public static readonly Word CalendarNoneLead = new("機器台帳の保守間隔や返却日、契約を登録すると、ここに並びます。", "Intervals and return days of the register, and contracts, bring their days here.");
    public static readonly Word Maintenance = new("定期保守", "Maintenance");
    public static readonly Word Return = new("媒体・文書の返却", "Return of a medium or document");
    public static readonly Word SupportEnd = new("サポート終了", "End of support");
    public static readonly Word OffsiteCheck = new("敷地外の機器の確認", "Check off the premises");
    public static readonly Word ContractCheck = new("委託先の確認", "Check of a contractor");
    public static readonly Word ContractEnd = new("契約の終わり", "End of a contract");

    public static readonly Sign Late = new("▲", new("期限超過", "overdue"), "high");
    public static readonly Sign IsToday = new("●", new("本日", "today"), "quiet");

    /// <summary>Sunday first, as calendars in Japan are.</summary>
    public static ImmutableArray<Word> WeekDays { get; } = [new("日", "Su"), new("月", "Mo"), new("火", "Tu"), new("水", "We"), new("木", "Th"), new("金", "Fr"), new("土", "Sa")];

    /// <summary>段階.</summary>
    public static Word Of(OpenStep step) => step switch
    {
        OpenStep.Applied => new("申請中", "Applied"),
        OpenStep.Permitted => new("許可済・開始前", "Allowed, not begun"),
        OpenStep.UnderWay => new("実施中・持出し中", "Under way"),
        OpenStep.Stopped => new("中断・期限超過", "Stopped or overdue"),
        OpenStep.ToConfirm => new("確認待ち", "To be confirmed"),
        _ => throw new UnreachableException($"No text for {step}."),
    };
}
