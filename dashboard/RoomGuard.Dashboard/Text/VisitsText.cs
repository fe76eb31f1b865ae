using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Visits;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of visits at the office.</summary>
public static class VisitsText
{
    public static readonly Word Title = new("訪問", "Visits");
    public static readonly Word Lead = new("外部の人の来訪を、申請から来訪者証の返却まで一つの流れで見られます。", "Each visit from application to badge returned, as one story.");
    public static readonly Word LeadOwn = new("あなたが申請した、または付き添う来訪です。", "Visits you applied for or escort.");
    public static readonly Word Apply = new("訪問を申請", "Apply for a visit");
    public static readonly Word Empty = new("この期間の訪問はありません", "No visits in these days");
    public static readonly Word EmptyLead = new("訪問を申請し、区域の責任者が承認すると、ここに並びます。", "Once applied for and approved by the area's manager, visits stand here.");
    public static readonly Word SearchLabel = new("氏名・会社・番号・目的", "Name, firm, number or purpose");
    public static readonly Word Days = new("日数", "Days");
    public static readonly Word Sheet = new("訪問者記録", "Visitor record");
    public static readonly Word SheetLead = new("様式の全ての欄を印刷できます。", "All columns of the form, to print.");
    public static readonly Word Number = new("訪問番号", "Visit");
    public static readonly Word Applied = new("申請日/申請者", "Applied");
    public static readonly Word Approved = new("承認日/承認者", "Approved");
    public static readonly Word VisitorName = new("訪問者氏名", "Visitor");
    public static readonly Word VisitorNames = new("訪問者", "Visitors");
    public static readonly Word VisitorNamesHelp = new("1行に1人。ふりがなは、読点のあとに続けます(例: 大淀 健、おおよど けん)", "One a line; the reading after a comma");
    public static readonly Word Visitors = new("{0}人", "{0} people");
    public static readonly Word Others = new("{0} ほか{1}人", "{0} and {1} more");
    public static readonly Word Organisation = new("会社・団体名", "Organisation");
    public static readonly Word OrganisationHelp = new("名刺や社員証の表記のとおり", "As on their card");
    public static readonly Word Purpose = new("訪問目的", "Purpose");
    public static readonly Word PurposeHelp = new("何をしに来るか、承認者と受付が読んで分かるように", "What they come for, so that approver and reception understand");
    public static readonly Word Zones = new("立入り区域", "Areas");
    public static readonly Word ZonesHelp = new("訪問者はここで選んだ区域にだけ、付添い者と一緒に入れます", "Visitors enter only these, with their escort");
    public static readonly Word Times = new("予定", "Planned");
    public static readonly Word Day = new("来訪日", "Day");
    public static readonly Word From = new("開始", "From");
    public static readonly Word Until = new("終了", "Until");
    public static readonly Word UntilHelp = new("来訪者証はこの時刻から扉を開けられなくなります", "From then on the badge opens no door");
    public static readonly Word Escort = new("付添い者", "Escort");
    public static readonly Word Escorts = new("付添い者", "Escorts");
    public static readonly Word EscortsHelp = new("職員番号。交代する人も含めて空白で区切り、責任者を先頭に", "Their numbers with spaces between, whoever may take over too; the one responsible first");
    public static readonly Word HandOvers = new("付添い交代", "Hand-overs");
    public static readonly Word Permits = new("持込み許可", "Carry-in permits");
    public static readonly Word PermitsHelp = new("許可のある物だけ、1行に1件: 種類, 品名, 製造番号, 数, 許可番号(例: パソコン, ノートPC, ZX9-55102, 1, C-2026-0102)。許可のない携帯電話等は受付で預かります", "Only what has a permit, one a line: kind, name, serial, count, permit number. Telephones and the like without one stay at reception");
    public static readonly Word Repeat = new("くり返し", "Again");
    public static readonly Word RepeatUntil = new("くり返しの最終日", "Last day");
    public static readonly Word RepeatHelp = new("くり返すときだけ。1回ごとに別の訪問になります", "Only when it repeats; each becomes a visit of its own");
    public static readonly Word ContractHelp = new("くり返しの保守訪問は、契約番号が必要です", "A recurring visit needs the contract behind it");
    public static readonly Word WalkIn = new("予定外の来訪", "Walk-in");
    public static readonly Word WalkInAtDesk = new("受付で申請", "applied for at reception");
    public static readonly Word Identity = new("本人確認", "Identity");
    public static readonly Word IdKind = new("本人確認書類の種類", "Identification");
    public static readonly Word IdCheckedBy = new("確認者/結果", "Checked by");
    public static readonly Word Badge = new("来訪者証番号/色", "Badge");
    public static readonly Word BadgeWord = new("来訪者証", "Badge");
    public static readonly Word IssuedReturned = new("貸与/返却日時", "Out / back");
    public static readonly Word Items = new("持込み品", "Belongings");
    public static readonly Word CarryPermits = new("持込み許可番号", "Permits");
    public static readonly Word LeftItems = new("預かり品", "Left at reception");
    public static readonly Word EnteredExited = new("入室/退室日時", "Entered / left");
    public static readonly Word Overstay = new("滞在超過", "Overstay");
    public static readonly Word Note = new("備考", "Note");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Story = new("経過", "Story");
    public static readonly Word StoryLead = new("受付・扉・付添いの記録を、起きた順に。", "Desk, doors and escorts, in the order in which it happened.");
    public static readonly Word Inside = new("在室: {0}", "Inside: {0}");
    public static readonly Word NotInside = new("在室していません", "Not inside");
    public static readonly Word Earlier = new("これまでの来訪", "Earlier visits");
    public static readonly Word EarlierNone = new("これまでの来訪はありません", "No earlier visits");
    public static readonly Word Invitation = new("来訪のご案内", "Invitation");
    public static readonly Word InvitationPrint = new("案内を印刷", "Print the invitation");
    public static readonly Word InvitationTo = new("{0} 様", "{0}");
    public static readonly Word InvitationLead = new("受付でこの QR コードを見せてください。読み取れないときは、下の番号を伝えてください。", "Show this code at reception. If it cannot be read, give the number below.");
    public static readonly Word InvitationId = new("写真付きの身分証明書(社員証、運転免許証など)を必ずお持ちください。番号は控えません。", "Bring identification with a photo. Its number is not kept.");
    public static readonly Word InvitationItems = new("携帯電話・カメラ・パソコン・USBメモリ等は、許可がなければ受付でお預かりします。", "Telephones, cameras, computers and memory sticks stay at reception unless permitted.");
    public static readonly Word InvitationBadge = new("管理区域の中では来訪者証を見える所に着け、付添い者から離れないでください。", "Inside, wear the badge where it is seen and stay with your escort.");
    public static readonly Word InvitationNone = new("渡せる案内はありません。訪問が終わったか、もう受付が済んでいます。", "There is no invitation to hand out: the visit is over or everybody has come.");
    public static readonly Word Beforehand = new("事前登録", "Register beforehand");
    public static readonly Word BeforehandLead = new("ふりがなと持込み品を先に入れておくと、受付が早く済みます。受付でもう一度確かめます。", "Give the reading and what you bring now, and reception takes less time. It is checked there again.");
    public static readonly Word BeforehandDone = new("登録しました。当日は案内の QR コードを受付で見せてください。", "Registered. Show the code of your invitation at reception.");
    public static readonly Word OverTitle = new("この案内は使えません", "This invitation cannot be used");
    public static readonly Word OverLead = new("訪問が終わったか、取り消されたか、すでに受付が済んでいます。番号を打ち間違えたかもしれません。招いた職員か受付に聞いてください。", "The visit is over, called off, or you have been received already; or a sign is wrong. Ask your host or reception.");
    public static readonly Word Kana = new("ふりがな", "Reading");
    public static readonly Word OtherItems = new("その他の持込み品", "Other things");
    public static readonly Word OtherItemsHelp = new("1行に1つ: 品名 製造番号 数(例: 距離計 1)", "One a line: name, serial, count");
    public static readonly Word Change = new("時間・付添い者を変える", "Change time or escorts");
    public static readonly Word ChangeTitle = new("訪問の変更", "Change a visit");
    public static readonly Word ChangeLead = new("貸出し中の来訪者証にも、すぐに反映されます。", "Badges that are out follow at once.");
    public static readonly Word ChangeDo = new("変更する", "Change");
    public static readonly Word Cancel = new("取り消す", "Call off");
    public static readonly Word CancelTitle = new("訪問を取り消します", "Call the visit off");
    public static readonly Word CancelLead = new("案内の QR コードは使えなくなります。取り消したあとは戻せません。", "Its invitation is worth nothing any more. This cannot be undone.");
    public static readonly Word Bars = new("受付停止", "Barred");
    public static readonly Word BarsLead = new("受け入れない人や会社。理由は受付に表示されず、期限で終わります。", "People and firms not to be received. The reason is not shown at reception, and each has an end.");
    public static readonly Word BarsEmpty = new("受付停止の登録はありません", "Nobody is barred");
    public static readonly Word BarsEmptyLead = new("登録すると、受付と訪問の承認で止まります。", "Once registered, reception and approval stop there.");
    public static readonly Word BarAdd = new("受付停止を登録", "Bar somebody");
    public static readonly Word BarName = new("氏名(会社全体なら空欄)", "Name; empty for the whole firm");
    public static readonly Word BarFirm = new("会社・団体名(氏名だけで止めるなら空欄)", "Organisation; empty whatever it is");
    public static readonly Word BarUntil = new("最終日", "Last day");
    public static readonly Word Lift = new("解除", "Lift");
    public static readonly Word LiftTitle = new("受付停止を解除します", "Lift the bar");
    public static readonly Word LiftLead = new("解除すると、承認があれば受付できるようになります。", "They can be received again once a visit is approved.");
    public static readonly Word Badges = new("来訪者証", "Visitor badges");
    public static readonly Word BadgesLead = new("訪問者だけが着ける、色と番号の別系列のカードです。", "Cards of a series of their own, worn by visitors only.");
    public static readonly Word BadgesEmpty = new("来訪者証の登録がありません", "No visitor badges yet");
    public static readonly Word BadgesEmptyLead = new("色と番号の範囲、カードの番号を登録すると、受付で貸し出せます。", "Register a colour, a run of numbers and their cards.");
    public static readonly Word BadgeAdd = new("来訪者証を登録", "Register badges");
    public static readonly Word Colour = new("色", "Colour");
    public static readonly Word First = new("最初の番号", "First number");
    public static readonly Word Count = new("枚数", "How many");
    public static readonly Word Format = new("カードの形式", "Card format");
    public static readonly Word Facility = new("施設番号", "Facility");
    public static readonly Word FirstCard = new("最初のカードの番号", "Number of the first card");
    public static readonly Word Retire = new("廃止", "Retire");
    public static readonly Word RetireTitle = new("来訪者証を廃止します", "Retire the badge");
    public static readonly Word RetireLead = new("廃止した来訪者証は二度と使えません。", "A retired badge is never used again.");

    private static readonly (VisitRepeat Repeat, Word Word)[] Repeats =
    [
        (VisitRepeat.None, new("くり返さない", "once")), (VisitRepeat.Week, new("毎週", "every week")), (VisitRepeat.Fortnight, new("隔週", "every other week")), (VisitRepeat.Month, new("毎月", "every month")),
    ];

    /// <summary>How often it comes again.</summary>
    public static Word Of(VisitRepeat repeat) => Repeats.First(one => one.Repeat == repeat).Word;

    /// <summary>Where a visit stands.</summary>
    public static Sign Of(VisitState state)
    {
        var words = VisitText.Of(state);
        return new(words.Symbol ?? "●", new(words.Ja, words.En), state switch
        {
            VisitState.Here => "ok",
            VisitState.Missing => "high",
            VisitState.Expected => "quiet",
            VisitState.Done => "quiet",
            VisitState.Cancelled or VisitState.NobodyCame => "stale",
            _ => throw new UnreachableException($"No tone for {state}."),
        });
    }

    /// <summary>Other words under which a kind of thing is typed.</summary>
    public static ImmutableArray<string> Other(ItemKind kind) => kind switch
    {
        ItemKind.Phone => ["スマホ", "スマートフォン", "電話", "phone", "smartphone"],
        ItemKind.Camera => ["録音機", "ビデオ"],
        ItemKind.Computer => ["pc", "ノートpc", "タブレット", "端末"],
        ItemKind.Media => ["usb", "usbメモリ", "媒体", "sdカード", "hdd"],
        ItemKind.Tool => ["工具", "測定器", "テスター"],
        _ => [],
    };

    /// <summary>From one hour to another; the midnight at the end of a day is 24:00.</summary>
    public static string Hours(DateTimeOffset from, DateTimeOffset until, Ink ink)
    {
        var (first, last) = (ink.Local(from), ink.Local(until));
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return $"{first.ToString("HH:mm", culture)}–{(last.DateTime == first.Date.AddDays(1) ? "24:00" : last.ToString("HH:mm", culture))}";
    }

    /// <summary>From one time to another, the day once where it is the same.</summary>
    public static string Span(DateTimeOffset from, DateTimeOffset until, Ink ink)
    {
        var (first, last) = (ink.Local(from), ink.Local(until));
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return first.Date == last.Date || last.DateTime == first.Date.AddDays(1)
            ? $"{first.ToString("yyyy-MM-dd", culture)} {Hours(from, until, ink)}"
            : $"{first.ToString("yyyy-MM-dd HH:mm", culture)}–{last.ToString("yyyy-MM-dd HH:mm", culture)}";
    }
}
