using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Work;

/// <summary>Words of works, for pages and sheets.</summary>
public static class WorkText
{
    /// <summary>The time asked for is over before it could be allowed.</summary>
    public static Words TimeOver => new("作業の予定時間がすでに過ぎています", "The time of the work is over");

    /// <summary>作業区分.</summary>
    public static Words Of(WorkKind kind) => kind switch
    {
        WorkKind.Operation => new("運用", "Operation"),
        WorkKind.SystemChange => new("システム変更", "System change"),
        WorkKind.Cabling => new("配線の変更・追加", "Cabling"),
        WorkKind.Maintenance => new("保守", "Maintenance"),
        WorkKind.PartSwap => new("部品交換", "Part swap"),
        WorkKind.Inspection => new("点検", "Inspection"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>結果.</summary>
    public static Words Of(WorkResult result) => result switch
    {
        WorkResult.Done => new("完了", "done"),
        WorkResult.PartlyDone => new("一部完了", "partly done"),
        WorkResult.RolledBack => new("切戻し", "rolled back"),
        WorkResult.Cancelled => new("中止", "cancelled"),
        _ => throw new UnreachableException($"No text for {result}."),
    };

    /// <summary>作業前 or 作業後.</summary>
    public static Words Of(WorkSide side) => side is WorkSide.Before ? new("作業前", "before") : new("作業後", "after");

    /// <summary>影響確認.</summary>
    public static Words Of(WorkImpact impact) => impact switch
    {
        WorkImpact.None => new("影響なし", "no effect"),
        WorkImpact.Seen => new("影響あり", "effect seen"),
        _ => throw new UnreachableException($"No text for {impact}."),
    };

    /// <summary>状態.</summary>
    public static Words Of(WorkStatus status) => status switch
    {
        WorkStatus.Planned => new("予定", "planned", "◇"),
        WorkStatus.Open => new("作業中", "under way", "●"),
        WorkStatus.Ended => new("確認待ち", "to be confirmed", "△"),
        WorkStatus.Confirmed => new("確認済", "confirmed", "○"),
        WorkStatus.NotDone => new("実施なし", "not done", "―"),
        _ => throw new UnreachableException($"No text for {status}."),
    };
}
