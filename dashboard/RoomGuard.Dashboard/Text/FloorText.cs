namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the live plan and of the timeline.</summary>
public static class FloorText
{
    public static readonly Word Title = new("平面図", "Floor plan");
    public static readonly Word NoPlan = new("平面図はまだありません。", "There is no plan yet.");
    public static readonly Word NoPlanLead = new("service.json の floors に区域の輪郭と扉の位置を書くと、ここに表示されます。", "Write outlines of areas and places of doors under floors in service.json.");
    public static readonly Word Key = new("扉の印: ○ 閉・施錠 □ 開 △ 解錠中 ■ こじ開け ▲ 開放超過 ― 不明。数は在室者です。", "Doors: ○ closed and locked, □ open, △ unlocked, ■ forced, ▲ held open, ― unknown. Numbers are people inside.");
    public static readonly Word LastOf = new("{0} の記録", "Entries of {0}");

    public static readonly Word Timeline = new("前後の流れ", "Timeline");
    public static readonly Word TimelineOf = new("記録 {0} の前後", "Around entry {0}");
    public static readonly Word Minutes = new("±{0}分", "±{0} min");
    public static readonly Word Span = new("表示する範囲", "Span");
    public static readonly Word LaneDoor = new("{0}", "{0}");
    public static readonly Word LaneReader = new("{0} 読取", "{0}, reader");
    public static readonly Word LanePeople = new("{0} 在室", "{0}, people");
    public static readonly Word LaneAlarm = new("警報", "Alarms");
    public static readonly Word LaneDevice = new("機器・通信", "Devices, links");
    public static readonly Word LaneOrder = new("指示", "Orders");
    public static readonly Word TimelineKey = new("帯: 扉が開いていた時間。点線の帯: 制御盤から届いていない時間。印の意味は下の表に並んでいます。", "Bars: door open. Dashed bars: nothing came from the bridge. The table below lists every mark.");
    public static readonly Word NothingAround = new("この範囲に、見ることのできる記録はほかにありません。", "Nothing else that you may see happened in this span.");
    public static readonly Word AllMarks = new("この範囲の記録", "Entries in this span");
}
