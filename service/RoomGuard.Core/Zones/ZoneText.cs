using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Zones;

/// <summary>What concerns zones, as people read it.</summary>
public static class ZoneText
{
    /// <summary>認証方法.</summary>
    public static Words Of(EntryMethod method) => method switch
    {
        EntryMethod.Card => new("ICカード", "card"),
        EntryMethod.Biometric => new("生体認証", "biometric"),
        EntryMethod.Pin => new("暗証番号", "PIN"),
        EntryMethod.Register => new("入退室管理簿の記載", "hand-written register"),
        _ => throw new UnreachableException($"No text for {method}."),
    };

    /// <summary>What happens when the grant list is too old.</summary>
    public static Words Of(StaleListRule rule) => rule switch
    {
        StaleListRule.DenyAll => new("だれも入室できない", "nobody enters"),
        StaleListRule.StaffOnly => new("職員のみ入室できる", "staff only"),
        _ => throw new UnreachableException($"No text for {rule}."),
    };

    /// <summary>What a strike does without power.</summary>
    public static Words Of(PowerLossState state) => state switch
    {
        PowerLossState.FailSafe => new("停電時に解錠", "unlocks without power"),
        PowerLossState.FailSecure => new("停電時に施錠を保つ", "stays locked without power"),
        _ => throw new UnreachableException($"No text for {state}."),
    };
}
