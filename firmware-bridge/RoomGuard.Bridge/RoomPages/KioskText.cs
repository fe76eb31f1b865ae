using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>What the room's own pages say, Japanese first.</summary>
public static class KioskText
{
    /// <summary>Nobody is at the door.</summary>
    public static readonly Words Ready = new("カードをかざしてください", "Hold your card to the reader", "●");

    /// <summary>An entry was granted.</summary>
    public static readonly Words Granted = new("入室できます", "You may enter", "○");

    /// <summary>A refusal whose reason is nobody's business.</summary>
    public static readonly Words Refused = new(DenyReasonText.NeutralJa, DenyReasonText.NeutralEn, DenyReasonText.Symbol);

    /// <summary>An escort has to come first (R-VIS-02).</summary>
    public static readonly Words WaitEscort = new("付添い者を待っています", "Waiting for your escort", "△");

    /// <summary>What to do then.</summary>
    public static readonly Words WaitEscortDo = new("付添い者のカードの後に、来訪者証をもう一度かざしてください", "Your escort's card first, then your badge again");

    /// <summary>A second factor is awaited (R-DOOR-03).</summary>
    public static readonly Words WaitFactor = new("続けて本人確認をしてください", "Confirm that it is you", "△");

    /// <summary>What to do then.</summary>
    public static readonly Words WaitFactorDo = new("暗証番号を入れるか、指を当ててください", "Type your PIN or use the finger sensor");

    /// <summary>A second person is awaited.</summary>
    public static readonly Words WaitSecond = new("もう一人のカードをかざしてください", "Second person's card, please", "△");

    /// <summary>What to do then.</summary>
    public static readonly Words WaitSecondDo = new("この区域には二人で入ります", "This area is entered by two");

    /// <summary>An exit was recorded.</summary>
    public static readonly Words Left = new("退室を記録しました", "Exit recorded", "○");

    /// <summary>What is said to who leaves.</summary>
    public static readonly Words LeftDo = new("お疲れさまでした", "Thank you");

    /// <summary>区域封鎖.</summary>
    public static readonly Words Stopped = new("ただいま入室を止めています", "Entry is stopped", "◆");

    /// <summary>火災.</summary>
    public static readonly Words Fire = new("火災です。入室しないでください", "Fire: do not enter", "■");

    /// <summary>What to do then.</summary>
    public static readonly Words FireDo = new("係の指示に従って避難してください", "Leave and follow the staff");

    /// <summary>The door of a zone on fire goes to its registered state (R-DOOR-15): released.</summary>
    public static readonly Words FireReleased = new("火災のため、この扉は開放しています", "Fire: this door is released", "■");

    /// <summary>The same: it stays locked, and the way out is free.</summary>
    public static readonly Words FireLocked = new("この扉は外からは開きません。中からは出られます", "Locked from outside, free from inside", "■");

    /// <summary>開放時間: the door stands open for everybody.</summary>
    public static readonly Words FreeHours = new("開放時間です。お入りください", "Open hours: please come in", "◇");

    /// <summary>What to do then: a door that is free still records who holds a card.</summary>
    public static readonly Words FreeHoursDo = new("入室の記録のため、カードをかざしてください", "Hold your card so that your entry is recorded");

    /// <summary>警報中.</summary>
    public static readonly Words Alarm = new("警報中です", "Alarm", "▲");

    /// <summary>訓練中.</summary>
    public static readonly Words Drill = new("訓練中です。係の指示に従ってください", "Drill: follow the staff", "◇");

    /// <summary>保守中.</summary>
    public static readonly Words Maintenance = new("扉の保守作業中です", "Door maintenance", "△");

    /// <summary>The door stands open too long.</summary>
    public static readonly Words Close = new("扉を閉めてください", "Please close the door", "▲");

    /// <summary>The door does not decide.</summary>
    public static readonly Words OutOfService = new("この扉は使えません", "This door is out of service", "―");

    /// <summary>What to do then.</summary>
    public static readonly Words OutOfServiceDo = new("係を呼び、手書きの入退室管理簿を使ってください", "Call the staff and use the hand-written register");

    /// <summary>The page has lost its bridge.</summary>
    public static readonly Words Lost = new("照会できません", "No answer from the controller", "―");

    /// <summary>What to do then.</summary>
    public static readonly Words LostDo = new("扉の読取装置は使えることがあります。読取装置の合図に従ってください", "The reader may still work: follow its light and tone");

    /// <summary>The page of all pages.</summary>
    public static readonly Words Index = new("この制御盤の画面", "Pages of this controller");

    /// <summary>Kiosk of a door.</summary>
    public static readonly Words Kiosk = new("読取機画面", "Kiosk");

    /// <summary>The roll call.</summary>
    public static readonly Words RollCall = new("点呼用 在室者一覧", "Roll call: who is inside");

    /// <summary>Why it can be believed.</summary>
    public static readonly Words RollCallLead = new("制御盤が持つ一覧です。サービスや通信が止まっていても印刷できます。", "The controller's own list: it prints with the service or the network down.");

    /// <summary>Whoever asks may not see names.</summary>
    public static readonly Words RollCallHidden = new("この画面からは人数だけを見られます。氏名は、設定した端末と制御盤自身だけで開けます。", "Only numbers are shown here. Names open on the terminals set for it and on the controller itself.");

    /// <summary>Button.</summary>
    public static readonly Words Print = new("印刷する", "Print");

    /// <summary>Link.</summary>
    public static readonly Words Reload = new("最新にする", "Reload");

    /// <summary>Column.</summary>
    public static readonly Words Seen = new("確認", "Seen");

    /// <summary>Column.</summary>
    public static readonly Words Name = new("氏名", "Name");

    /// <summary>Column.</summary>
    public static readonly Words Section = new("所属・会社名", "Section or firm");

    /// <summary>Column.</summary>
    public static readonly Words Entered = new("入室", "Entered");

    /// <summary>Column.</summary>
    public static readonly Words Remarks = new("備考", "Remarks");

    /// <summary>Field of the paper.</summary>
    public static readonly Words Caller = new("点呼者", "Roll called by");

    /// <summary>Field of the paper.</summary>
    public static readonly Words CallTime = new("点呼時刻", "Time");

    /// <summary>Nobody.</summary>
    public static readonly Words Nobody = new("入退室の記録では、在室者はいません", "By the record nobody is inside");

    /// <summary>When the page was made.</summary>
    public static Words AsOf(string time) => new($"{time} 現在", $"as of {time}");

    /// <summary>How many.</summary>
    public static Words Count(int people) => new(string.Create(CultureInfo.InvariantCulture, $"{people}名"), people == 1 ? "1 person" : string.Create(CultureInfo.InvariantCulture, $"{people} people"));

    /// <summary>How many in all.</summary>
    public static Words Total(int people) => new(string.Create(CultureInfo.InvariantCulture, $"在室 合計 {people}名"), string.Create(CultureInfo.InvariantCulture, $"{people} inside in all"));

    /// <summary>What somebody let in does now.</summary>
    /// <param name="name">Family name; null: not to be shown.</param>
    public static Words Open(string? name, int seconds) => new(
        string.Create(CultureInfo.InvariantCulture, $"{(name is null ? "" : $"{name}さん ― ")}{seconds}秒以内に扉を開けてください"),
        string.Create(CultureInfo.InvariantCulture, $"Open the door within {seconds} s"));

    /// <summary>How long something is still awaited.</summary>
    public static Words Remaining(int seconds) => new(string.Create(CultureInfo.InvariantCulture, $"残り{seconds}秒"), string.Create(CultureInfo.InvariantCulture, $"{seconds} s left"));

    /// <summary>The number by which the office finds this answer.</summary>
    public static Words Number(long number) => new(string.Create(CultureInfo.InvariantCulture, $"受付番号 {number:0000}"), string.Create(CultureInfo.InvariantCulture, $"No. {number:0000}"));

    /// <summary>A visitor with an escort, in the remarks of the roll call.</summary>
    public static Words VisitorWith(string badge, string escort) => new($"来訪者証 {badge} 付添い {escort}", $"visitor badge {badge}, escort {escort}");

    /// <summary>付添い不在.</summary>
    public static readonly Words Alone = new("■ 付添い不在", "■ escort missing");

    /// <summary>How sure it is that somebody is inside.</summary>
    public static Words Of(PresenceCertainty certainty) => certainty switch
    {
        PresenceCertainty.Certain => new("確実", "certain"),
        PresenceCertainty.Likely => new("△ 推定", "△ likely"),
        PresenceCertainty.Unverified => new("△ 未確認", "△ unverified"),
        _ => throw new UnreachableException($"No text for {certainty}."),
    };

    /// <summary>A banner for what a zone is in the middle of; null: nothing in particular.</summary>
    public static Words? Banner(ZoneMode mode) => mode switch
    {
        ZoneMode.Normal or ZoneMode.Fire => null,
        ZoneMode.Alarm => Alarm,
        ZoneMode.Drill => Drill,
        ZoneMode.Maintenance => Maintenance,
        _ => throw new UnreachableException($"No text for {mode}."),
    };

    /// <summary>A banner for why anybody may open a door at this moment; null: the answer itself says it.</summary>
    /// <param name="released">Whether the strike is released.</param>
    public static Words? Freed(FreedBy freed, bool released) => freed switch
    {
        FreedBy.Hours => null,
        FreedBy.Fire => released ? FireReleased : FireLocked,
        FreedBy.Maintenance => Maintenance,
        _ => throw new UnreachableException($"No text for {freed}."),
    };

    /// <summary>What a refusal may say at the door of a zone (R-DOOR-01; architecture.md section 11); null: nothing.</summary>
    /// <param name="known">Whether the card is somebody's: to a stranger nothing is said.</param>
    public static Words? Reason(DenyReason reason, bool known, ReasonAtDoor rule)
    {
        var words = DenyReasonText.Of(reason);
        return rule switch
        {
            ReasonAtDoor.Full when words.AtDoorJa == DenyReasonText.NeutralJa => new(words.LogJa, words.LogEn),
            ReasonAtDoor.Full => new(words.AtDoorJa, words.AtDoorEn),
            ReasonAtDoor.Fixable when words.Fixable && known => new(words.AtDoorJa, words.AtDoorEn),
            _ => null,
        };
    }
}
