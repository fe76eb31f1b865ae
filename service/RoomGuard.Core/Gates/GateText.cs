using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Gates;

/// <summary>Words of gates.</summary>
public static class GateText
{
    /// <summary>Which way.</summary>
    public static Words Of(TagDirection direction) => direction switch
    {
        TagDirection.Out => new("出", "out"),
        TagDirection.In => new("入", "in"),
        _ => throw new UnreachableException($"No text for {direction}."),
    };

    /// <summary>What a passage is that nothing covers.</summary>
    public static Words Of(UnpermittedKind kind) => kind switch
    {
        UnpermittedKind.MovedOut => new("無許可搬出", "Moved out without permission"),
        UnpermittedKind.MovedIn => new("無許可搬入", "Moved in without permission"),
        UnpermittedKind.CarriedOut => new("無許可持出し", "Carried out without permission"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>Why nothing covers it.</summary>
    public static Words Of(UncoveredBecause because) => because switch
    {
        UncoveredBecause.NothingOpen => new("対象の搬入・搬出も許可もない", "no move and no permit for it"),
        UncoveredBecause.MoveNotBegun => new("承認済みの搬入・搬出が始まっていない", "its move is approved and has not begun"),
        UncoveredBecause.WitnessGone => new("立会い中断中", "the witness of its move is away"),
        UncoveredBecause.OtherWay => new("向き又は区域が違う", "its move or permit is for another way or zone"),
        UncoveredBecause.PermitNotInForce => new("許可の期間外・取消し・使用済み", "its permit is not in force"),
        UncoveredBecause.PermitRefused => new("許可はあるが、いまの規則・一覧では持ち出せない", "its permit is in force, but today's rules or lists refuse it"),
        _ => throw new UnreachableException($"No text for {because}."),
    };
}
