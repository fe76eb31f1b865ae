namespace RoomGuard.Dashboard.Text;

/// <summary>Words of one's own page and of the menu around it.</summary>
public static class MeText
{
    public static readonly Word Title = new("自分のページ", "My page");
    public static readonly Word Hello = new("{0} さん", "{0}");
    public static readonly Word NowTitle = new("いま入れる扉", "Doors open to you now");
    public static readonly Word NoneNow = new("いま入れる扉はありません", "No door opens for you now");
    public static readonly Word NoneNowGrants = new("許可の曜日・時間の外です。次に入れる時刻は下に出ています。", "Outside your days and hours. Below you see when it opens next.");
    public static readonly Word NoneNowCards = new("使えるカードがありません。カードを頼むか、係へ連絡してください。", "You have no working card. Ask for one.");
    public static readonly Word Suspended = new("停止中です。どの扉からも入室できません。情報セキュリティ管理者に連絡してください。", "Suspended: no door opens. Ask your security manager.");
    public static readonly Word Cards = new("自分のカード", "My cards");
    public static readonly Word NoCards = new("カードはありません", "You have no card");
    public static readonly Word NoCardsLead = new("カードは情報システム担当者が発行します。", "System staff issue cards.");
    public static readonly Word LostCard = new("なくした", "Lost");
    public static readonly Word LostTitle = new("カード {0} をなくしましたか", "Have you lost card {0}?");
    public static readonly Word LostLead = new("押すと直ちに、どの扉でも使えなくなります。元には戻せません。あとで見つかっても使えないため、新しいカードを頼みます。", "It stops at every door at once, for good. Should you find it, it still does not work; a new one is asked for.");
    public static readonly Word LostDo = new("紛失を届け出る", "Report it lost");
    public static readonly Word LostDone = new("紛失を受け付けました。カード {0} は使えなくなりました。", "Reported. Card {0} no longer works.");
    public static readonly Word LostNumber = new("届出番号", "Report");
    public static readonly Word Grants = new("自分の入室許可", "My entry grants");
    public static readonly Word NoGrants = new("入室許可はありません", "You have no entry grant");
    public static readonly Word NoGrantsLead = new("区域に入る必要があるときは、理由と期間を書いて申請します。", "If you need to enter an area, apply with reason and dates.");
    public static readonly Word ApplyGrant = new("入室許可を申請する", "Apply for entry");
    public static readonly Word OpensNow = new("いま入れます", "opens now");
    public static readonly Word OpensNext = new("次は {0} から", "next from {0}");
    public static readonly Word OpensNever = new("いまは入れません", "does not open");
    public static readonly Word EndsSoon = new("あと{0}日で終わります", "{0} days left");
    public static readonly Word ChangeGrant = new("変更を申請", "Apply for a change");
    public static readonly Word GiveUp = new("もう要らない", "No longer needed");
    public static readonly Word GiveUpTitle = new("入室許可 {0} を手放しますか", "Give up grant {0}?");
    public static readonly Word GiveUpLead = new("この許可では入れなくなります。また必要になったら、新しく申請します。", "It no longer opens any door. If you need it again, apply again.");
    public static readonly Word GiveUpDo = new("手放す", "Give it up");
    public static readonly Word Entries = new("自分の入退室", "My entries");
    public static readonly Word NoEntries = new("入退室の記録はまだありません。", "No entries yet.");
    public static readonly Word AllEntries = new("すべて見る", "Show all");
    public static readonly Word Applications = new("自分の申請", "My applications");
    public static readonly Word NoApplications = new("進んでいる申請はありません。", "No application is under way.");
    public static readonly Word AllApplications = new("すべて見る", "Show all");
    public static readonly Word Account = new("自分の役割", "My roles");
    public static readonly Word NoRoles = new("特別な役割はありません。", "No role beyond your own.");
    public static readonly Word LastDay = new("{0} まで", "until {0}");
    public static readonly Word Doors = new("扉", "Doors");
    public static readonly Word WaitingOne = new("あなたを待つ申請が{0}件あります", "{0} applications wait for you");
    public static readonly Word PersonMenu = new("{0} のメニュー", "Menu of {0}");
    public static readonly Word ActingAs = new("役割", "Roles");
    public static readonly Word ActingFor = new("代行", "acting for another");
    public static readonly Word Language = new("言語", "Language");
    public static readonly Word Help = new("ヘルプ・アクセシビリティ", "Help and accessibility");
    public static readonly Word MenuCount = new("あなたを待つ {0}件", "{0} waiting for you");
}
