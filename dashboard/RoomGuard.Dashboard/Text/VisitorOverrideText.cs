namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 例外の許可 for visitors.</summary>
public static class VisitorOverrideText
{
    public static readonly Word Title = new("訪問者の例外の許可", "Overrides for visitors");
    public static readonly Word Lead = new(
        "警報中・訓練中・火災・封鎖の区域でも、選んだ訪問の訪問者だけは入室できるようにします。付添いなど、ほかの決まりはそのままです。",
        "Visitors of one visit may enter although the area is in alarm, in a drill, on fire or locked down. Every other rule still holds, the escort's too.");
    public static readonly Word None = new("例外の許可はありません", "No override is in force");
    public static readonly Word NoneLead = new("警報・訓練・封鎖の間は、どの訪問者も入室できません。", "While an area is in alarm, in a drill or locked down, no visitor enters.");
    public static readonly Word Until = new("いつまで", "Until");
    public static readonly Word UntilHelp = new("最長24時間、訪問の終了まで。過ぎると自動で終わります。", "24 hours at most and not beyond the visit. It ends by itself.");
    public static readonly Word UntilTime = new("{0} まで", "until {0}");
    public static readonly Word ReasonHelp = new("なぜ今入る必要があるか。記録に残ります。", "Why they have to enter now. It is kept.");
    public static readonly Word Begin = new("例外を許可する", "Order an override");
    public static readonly Word Nothing = new("あなたの区域に、今から24時間以内の訪問はありません", "No visit concerns your areas within 24 hours");
    public static readonly Word ConfirmTitle = new("{0} の訪問者の入室を許可しますか", "Let the visitors of {0} enter?");
    public static readonly Word ConfirmLead = new("区域の状態はそのままで、この訪問の訪問者だけが付添い者と入室できます。", "The state of the area stays as it is. Only visitors of this visit may enter, with their escort.");
    public static readonly Word ConfirmDo = new("扉へ伝える", "Tell the doors");
    public static readonly Word End = new("終わりにする", "End it");
    public static readonly Word EndTitle = new("{0} の例外の許可を終わりにしますか", "End the override for {0}?");
    public static readonly Word EndLead = new("訪問者はまた入室できなくなります。中にいる人の退室は止めません。", "Visitors stay out again. The way out is never stopped.");
}
