using System.Diagnostics;
using RoomGuard.Core.Doors;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 区域の状態 and of 入室目的.</summary>
public static class ModeText
{
    public static readonly Word Title = new("区域の状態", "State of the areas");
    public static readonly Word Lead = new("火災・警報・訓練・保守を扉へ伝えます。どの状態でも退室は止めません。", "Tells the doors of a fire, an alarm, a drill or maintenance. The way out is never stopped.");
    public static readonly Word Begin = new("状態を変える", "Change a state");
    public static readonly Word Mode = new("状態", "State");
    public static readonly Word Until = new("終わる予定", "Until");
    public static readonly Word UntilHelp = new("空けておくと、終わりにするまで続きます。保守には必要です(最長24時間)。", "Empty: until ended. Maintenance needs one, 24 hours at most.");
    public static readonly Word UntilEnded = new("終わりにするまで", "until ended");
    public static readonly Word ReasonHelp = new("何が起きたか、誰の指示か。記録に残ります。", "What happened, or by whose order. It is kept.");
    public static readonly Word Worker = new("作業する人(職員番号等)", "Who works there (number)");
    public static readonly Word WorkerHelp = new("保守のときだけ。この人が扉で作業します。", "Only for maintenance: this person works on the doors.");
    public static readonly Word ConfirmTitle = new("{0} を「{1}」にしますか", "Set {0} to “{1}”?");
    public static readonly Word ConfirmDo = new("扉へ伝える", "Tell the doors");
    public static readonly Word End = new("通常に戻す", "Back to normal");
    public static readonly Word EndTitle = new("{0} の「{1}」を終わりにしますか", "End “{1}” of {0}?");
    public static readonly Word EndLead = new("扉は通常の判定に戻ります。火災のあとは、在室者一覧を点呼の結果と照らし合わせてください。", "The doors decide as usual again. After a fire hold the list of people inside against the roll call.");

    public static readonly Word Purpose = new("入室目的", "Purpose of entry");
    public static readonly Word PurposeLead = new("この区域に入るには、作業番号などの入室目的が要ります。入る前に登録してください。", "Entry here asks for a purpose, such as a work number. Tell it before you enter.");
    public static readonly Word PurposeOpen = new("入室目的を登録する", "Tell a purpose");
    public static readonly Word PurposeRef = new("作業・訪問・申請の番号", "Work, visit or application number");
    public static readonly Word PurposeRefHelp = new("例: W-0152", "E.g. W-0152");
    public static readonly Word PurposeUntil = new("いつまで", "Until");
    public static readonly Word PurposeUntilHelp = new("空けておくと今日の終わりまで。最長7日です。", "Empty: until the end of today; seven days at most.");
    public static readonly Word PurposeTell = new("登録する", "Register");
    public static readonly Word PurposeNow = new("{0} まで", "until {0}");
    public static readonly Word PurposePending = new("扉へ伝えています", "on its way to the doors");

    /// <summary>What a mode does, before it is ordered and while it lasts.</summary>
    public static Word What(ZoneMode mode) => mode switch
    {
        ZoneMode.Normal => new("扉は通常の判定に戻ります。", "The doors decide as usual."),
        ZoneMode.Fire => new("扉は登録された火災時の状態(開放又は施錠維持)になります。その間の入室は未確認として記録し、あとで点呼の結果と照らし合わせます。", "Doors go to their registered fire state. Entries meanwhile are recorded as unverified and held against the roll call later."),
        ZoneMode.Alarm => new("訪問者は入室できません。職員の入室は通常どおり判定します。", "Visitors stay out. Staff are decided as usual."),
        ZoneMode.Drill => new("訓練中と表示し、訪問者は入室できません。職員の入室は通常どおり判定します。", "Shown as a drill; visitors stay out. Staff are decided as usual."),
        ZoneMode.Maintenance => new("指定した人が扉で作業します。開扉は警報になりませんが、すべて記録します。入室は通常どおり判定します。", "A named person works on the doors: openings are recorded and raise no alarm. Entries are decided as usual."),
        _ => throw new UnreachableException($"No text for {mode}."),
    };
}
