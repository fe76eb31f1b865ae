using System.Diagnostics;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of lists of the 機器台帳 that are written out while one waits.</summary>
public static class AssetExportText
{
    public static readonly Word Title = new("台帳の書き出し", "Register written out");
    public static readonly Word Waits = new("ほかの書き出しが終わるのを待っています", "Waits for another list to end");
    public static readonly Word Writes = new("書き出しています", "Writing");
    public static readonly Word SoFar = new("{1}件のうち{0}件", "{0} of {1}");
    public static readonly Word Lead = new("このページを離れても続きます。できたファイルは、始めた本人だけが30分の間に受け取れます。", "It goes on when you leave this page. The file is there for 30 minutes, for you alone.");
    public static readonly Word Again = new("最新の状態を見る", "Show how far it is");
    public static readonly Word Stop = new("中止", "Stop it");
    public static readonly Word Done = new("{0}件を書き出しました。書き出したことは記録されています。", "{0} items are written out, and that they are is in the record.");
    public static readonly Word Fetch = new("ファイルを受け取る({0} MB)", "Fetch the file ({0} MB)");
    public static readonly Word KeptUntil = new("{0} まで受け取れます。その後は消えます。", "There until {0}; then it is taken away.");
    public static readonly Word Digest = new("ファイルの検査値(SHA-256、記録にあるものと同じ)", "Digest of the file (SHA-256, as in the record)");
    public static readonly Word Stopped = new("中止しました。ファイルは残っていません。", "Stopped. No file is left.");
    public static readonly Word Failed = new("途中で失敗しました。ファイルは残っていません。もう一度試し、続くようならシステム担当者に伝えてください。", "It broke off, and no file is left. Try again; if it goes on, tell those who run the system.");
    public static readonly Word TooLarge = new("ファイルの上限(256 MB)を超えるため、書き出せません。条件で絞ってください。", "It comes to more than a file may be (256 MB). Narrow the list down.");
    public static readonly Word Gone = new(
        "この書き出しは見つかりません。時間が過ぎて消えたか、サービスが再起動されたか、始めたのが別の人です。必要なら、台帳からもう一度書き出してください。",
        "This list is not found: its time is over, the service was started anew, or another person began it. Write it out again from the register if you need it.");

    /// <summary>What a run does, or what became of it.</summary>
    public static Word Of(ExportStage stage) => stage switch
    {
        ExportStage.Waits => Waits,
        ExportStage.Writes => Writes,
        ExportStage.Done => Done,
        ExportStage.Stopped => Stopped,
        ExportStage.Failed => Failed,
        ExportStage.TooLarge => TooLarge,
        _ => throw new UnreachableException($"No text for {stage}."),
    };
}
