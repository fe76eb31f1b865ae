using System.Diagnostics;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of acts on many items at once.</summary>
public static class AssetBulkText
{
    public static readonly Word Title = new("まとめて変更する", "Change many at once");
    public static readonly Word Lead = new("台帳で絞り込んだ{0}件が対象です。内容を確かめてから実行します。1件でも変更できなければ、どれも変更しません。", "It is about the {0} items the register was narrowed to. You see what becomes of each before anything is done; where one cannot be changed, none is.");
    public static readonly Word More = new("一度に扱えるのは{0}件までです。続きは、台帳をさらに絞り込んでからにしてください。", "One go takes {0} items. Narrow the register further for the rest.");
    public static readonly Word Back = new("台帳に戻る", "Back to the register");
    public static readonly Word Act = new("すること", "What to do");
    public static readonly Word Manager = new("新しい管理責任者の職員番号", "Number of the new manager");
    public static readonly Word ManagerHelp = new("例: S-0102。管理責任者を替えるときだけ入力します", "E.g. S-0102; only to change the manager");
    public static readonly Word Day = new("日付", "Day");
    public static readonly Word DayHelp = new("定期保守の実施日、又はサポート終了日", "The day it was maintained, or the last day with support");
    public static readonly Word Result = new("保守の結果", "Result of the maintenance");
    public static readonly Word ResultHelp = new("定期保守を記録するときだけ入力します", "Only to record maintenance");
    public static readonly Word Look = new("内容を確かめる", "Look what it changes");
    public static readonly Word Do = new("選んだ機器を変更する", "Change the items chosen");
    public static readonly Word Items = new("対象の機器", "The items");
    public static readonly Word Becomes = new("変更の内容", "What changes");
    public static readonly Word Choose = new("対象", "Chosen");
    public static readonly Word ChooseOne = new("{0} を対象にする", "Choose {0}");
    public static readonly Word Change = new("変更", "Change");
    public static readonly Word Stays = new("そのまま", "stays");
    public static readonly Word None = new("対象の機器がありません", "There is no item");
    public static readonly Word NoneLead = new("台帳の条件に合う機器がありません。", "Nothing in the register meets these conditions.");
    public static readonly Word Nothing = new("変更できる機器がありません。", "None of these can be changed this way.");

    /// <summary>The words of an act.</summary>
    public static Word Of(BulkAct act) => act switch
    {
        BulkAct.Manager => new("管理責任者を替える", "change the manager"),
        BulkAct.Maintained => new("定期保守の実施を記録する", "record that maintenance was done"),
        BulkAct.SupportEnds => new("サポート終了日を替える", "change the end of support"),
        _ => throw new UnreachableException($"No text for {act}."),
    };
}
