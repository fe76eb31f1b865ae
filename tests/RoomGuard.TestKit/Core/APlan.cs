using RoomGuard.Core.Power;

namespace RoomGuard.TestKit.Core;

/// <summary>A shutdown plan to tell stories with: three stages of 300, 120 and 180 s on one unit; 600 s needed, 720 s with the margin.</summary>
public static class APlan
{
    public static PowerPlan Usual { get; } = new(
        "srv-1",
        1,
        new("SRV-1"),
        "サーバ室",
        "Server room",
        ["ups-1"],
        1,
        [
            new("stage-1", "仮想基盤", "Virtual hosts", [new("vm-1", "仮想基盤1", "VM host 1", 300), new("vm-2", "仮想基盤2", "VM host 2", 240)]),
            new("stage-2", "業務DB", "Databases", [new("db-1", "業務DB", "Database", 120)]),
            new("stage-3", "ストレージ", "Storage", [new("nas-1", "ストレージ", "Storage", 180)]),
        ]);

    /// <summary>The same on more units, of which so many are needed.</summary>
    public static PowerPlan On(int needed, params string[] units) => Usual with { Units = [.. units], UnitsNeeded = needed };
}
