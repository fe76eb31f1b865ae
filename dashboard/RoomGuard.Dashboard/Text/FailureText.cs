using System.Diagnostics;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Failures;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the pages of 障害記録.</summary>
public static class FailureText
{
    public static readonly Word Title = new("障害記録", "Failures");
    public static readonly Word Lead = new(
        "機器の障害の警報は、ひとりでに記録を開きます。処理・結果・残る問題を書き、復旧したら完了にします。5勤務日を超えて未完了のものはシステム管理者の対応事項です(R-MON-03)。",
        "Alarms of failing devices open a record by themselves. Write what was done, the result and what is left open, and close it once it works again. Over 5 working days it is the system manager's (R-MON-03).");
    public static readonly Word None = new("障害記録はありません", "There is no failure record");
    public static readonly Word NoneLead = new("機器の障害の警報が出るか、人が届け出ると、ここに出ます。", "One stands here once a device fails or somebody reports a failure.");
    public static readonly Word Id = new("障害番号", "Number");
    public static readonly Word Device = new("機器", "Device");
    public static readonly Word Kind = new("種類", "Kind");
    public static readonly Word DetectedAt = new("検知日時", "Noticed");
    public static readonly Word DetectedBy = new("検知方法", "Noticed by");
    public static readonly Word ReportedBy = new("報告者", "Reported by");
    public static readonly Word Symptom = new("症状", "Symptom");
    public static readonly Word Impact = new("影響", "Impact");
    public static readonly Word Handling = new("処理内容", "What was done");
    public static readonly Word Steps = new("処理の記録", "What was done so far");
    public static readonly Word NoSteps = new("処理はまだ記録されていません。", "Nothing was written yet.");
    public static readonly Word Cause = new("原因", "Cause");
    public static readonly Word OpenProblem = new("残る問題", "Open problem");
    public static readonly Word RestoredAt = new("復旧日時", "Restored");
    public static readonly Word Downtime = new("停止時間", "Downtime");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word ClosedBy = new("完了", "Closed");
    public static readonly Word Alarm = new("警報", "Alarm");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Overdue = new("5勤務日を超過", "over 5 working days");
    public static readonly Word ReportTitle = new("障害を届け出る", "Report a failure");
    public static readonly Word Report = new("届け出る", "Report");
    public static readonly Word HandleTitle = new("処理を書く", "Write what was done");
    public static readonly Word HandleIt = new("処理を記録する", "Record it");
    public static readonly Word RestoredHelp = new("復旧したときだけ。ひとりでに復旧が分かったものは既に入っています。", "Only once it works again; where the system saw that, it stands already.");
    public static readonly Word CloseTitle = new("完了にする", "Close it");
    public static readonly Word Close = new("完了にする", "Close");
    public static readonly Sign Open = new("▲", new("対応中", "open"), "warn");
    public static readonly Sign Restored = new("△", new("復旧", "restored"), "warn");
    public static readonly Sign Closed = new("○", new("完了", "closed"), "quiet");

    /// <summary>状態 as people see it.</summary>
    public static Sign Of(FailureState state) => state switch
    {
        FailureState.Open => Open,
        FailureState.Restored => Restored,
        _ => Closed,
    };

    /// <summary>What failed.</summary>
    public static Word Of(FailedDevice kind) => kind switch
    {
        FailedDevice.Reader => new("読取装置", "reader"),
        FailedDevice.Panel => new("制御盤", "bridge"),
        FailedDevice.Ups => new("UPS・電源", "UPS, supply"),
        FailedDevice.Sensor => new("センサー", "sensor"),
        FailedDevice.Gateway => new("中継装置", "gateway"),
        FailedDevice.Server => new("サーバ", "server"),
        FailedDevice.Line => new("回線・配線", "line"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>Who noticed it.</summary>
    public static Word Of(FailureFinder finder) => finder switch
    {
        FailureFinder.Controller => new("制御装置", "the controller"),
        FailureFinder.Person => new("職員", "a person"),
        FailureFinder.Contractor => new("業者", "a contractor"),
        _ => throw new UnreachableException($"No text for {finder}."),
    };

    /// <summary>症状: a person's words, or the alarm's.</summary>
    public static string SymptomOf(FailureLine line, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(ink);
        return line.Symptom ?? (line.Kind is { } kind ? ink[ClimatePageText.In(kind.Title)] : "―");
    }

    /// <summary>影響: a person's words, or what the alarm says follows.</summary>
    public static string ImpactOf(FailureLine line, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(ink);
        return line.Impact ?? (line.Kind is { } kind ? ink[ClimatePageText.In(kind.Guidance.Consequence)] : "―");
    }
}
