using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>搬入出番号, e.g. <c>M-2026-0019</c>.</summary>
public readonly record struct MoveId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>区分 of a move.</summary>
public enum MoveDirection
{
    /// <summary>搬入.</summary>
    In,

    /// <summary>搬出.</summary>
    Out,

    /// <summary>区域間・区域内の移動.</summary>
    Internal,
}

/// <summary>理由 of a move.</summary>
public enum MovePurpose
{
    /// <summary>新規.</summary>
    New,

    /// <summary>移設.</summary>
    Relocation,

    /// <summary>移管.</summary>
    Transfer,

    /// <summary>修理 (R-LIFE-03).</summary>
    Repair,

    /// <summary>リース返却 (R-LIFE-04).</summary>
    LeaseReturn,

    /// <summary>廃棄 (R-LIFE-04).</summary>
    Disposal,
}

/// <summary>An item of a move.</summary>
/// <param name="Rack">Where in the zone it shall stand; empty: nowhere in particular, or it goes out.</param>
public sealed record MoveItem(AssetTag Tag, string Rack);

/// <summary>What is to be moved, from where to where and when (R-MOVE-01).</summary>
/// <param name="FromZone">Null: from outside the zones, which <paramref name="FromOutside"/> names.</param>
/// <param name="FromOutside">Empty: it comes out of a zone.</param>
/// <param name="ToZone">Null: to a place outside the zones, which <paramref name="ToOutside"/> names.</param>
/// <param name="ToOutside">Empty: it goes into a zone.</param>
/// <param name="OffPremises">敷地外: the place it goes to is off the premises (R-MOVE-07).</param>
/// <param name="Carriers">搬入出者: who carries; never the witness.</param>
/// <param name="SealNo">封印番号; empty: none.</param>
public sealed record MovePlan(
    MoveDirection Direction,
    MovePurpose Purpose,
    ImmutableArray<MoveItem> Items,
    ZoneId? FromZone,
    string FromOutside,
    ZoneId? ToZone,
    string ToOutside,
    bool OffPremises,
    DateTimeOffset From,
    DateTimeOffset Until,
    ImmutableArray<PersonId> Carriers,
    string SealNo)
{
    /// <summary>The zones it concerns, each once.</summary>
    public IEnumerable<ZoneId> Zones() => new[] { FromZone, ToZone }.OfType<ZoneId>().Distinct();
}

/// <summary>搬入・搬出 applied for (R-MOVE-01). The reason in words is the application's.</summary>
public sealed record MoveMatter(MovePlan Plan) : CaseMatter(CaseKind.EquipmentMove);

/// <summary>A move that was approved.</summary>
/// <param name="OffsiteApproval">敷地外承認番号: the case in which CHIEF approved it (R-MOVE-07); null: it stays on the premises.</param>
public sealed record Move(
    MoveId Id,
    CaseId Case,
    MovePlan Plan,
    string Reason,
    PersonId AppliedBy,
    DateTimeOffset AppliedAt,
    ImmutableArray<PersonId> ApprovedBy,
    DateTimeOffset ApprovedAt,
    CaseId? OffsiteApproval);

/// <summary>影響確認の結果 (R-MOVE-02).</summary>
public enum ImpactResult
{
    /// <summary>影響なし.</summary>
    None,

    /// <summary>影響あり、対策済み.</summary>
    Handled,

    /// <summary>影響あり、搬入できない.</summary>
    Harmful,
}

/// <summary>設置環境の六つ, each confirmed when equipment is installed (R-LIFE-10).</summary>
public enum Surrounding
{
    /// <summary>火災.</summary>
    Fire,

    /// <summary>水害.</summary>
    Water,

    /// <summary>埃.</summary>
    Dust,

    /// <summary>振動.</summary>
    Vibration,

    /// <summary>温度.</summary>
    Temperature,

    /// <summary>湿度.</summary>
    Humidity,
}
