using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Carrying;

/// <summary>持出し or 持込み was permitted; the whole permit (R-CARRY-01).</summary>
public sealed record CarryPermitted(DateTimeOffset OccurredAt, CarryPermit Permit, string By) : RecordedEvent(OccurredAt);

/// <summary>How things pass the desk (R-CARRY-04).</summary>
public enum CarryPassage
{
    /// <summary>持出し: went out.</summary>
    WentOut,

    /// <summary>返却: came back.</summary>
    CameBack,

    /// <summary>持込み: came in.</summary>
    CameIn,

    /// <summary>持帰り: left again.</summary>
    LeftAgain,
}

/// <summary>Things of a permit passed the desk (R-CARRY-04).</summary>
/// <param name="Items">Which of the permit's things, counted from 1.</param>
/// <param name="Carrier">Who carried them.</param>
/// <param name="Note">Empty: none.</param>
/// <param name="By">取扱者.</param>
public sealed record CarryPassed(DateTimeOffset OccurredAt, CarryPermitId Permit, CarryPassage Passage, ImmutableArray<int> Items, PersonId Carrier, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>感染の確認 of a terminal that came back.</summary>
public enum ScanResult
{
    /// <summary>異常なし.</summary>
    Clean,

    /// <summary>検出あり: it stays away from the network.</summary>
    Found,
}

/// <summary>感染・更新の確認 of a thing that came back (R-CARRY-08).</summary>
/// <param name="Item">Which of the permit's things, counted from 1.</param>
/// <param name="PatchChecked">更新の確認.</param>
/// <param name="ErasedAfterUse">消去の確認; null: it holds nothing to erase.</param>
public sealed record CarryChecked(DateTimeOffset OccurredAt, CarryPermitId Permit, int Item, ScanResult Result, bool PatchChecked, bool? ErasedAfterUse, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>返却期限の督促: at the due time, and to SEC a day later (R-CARRY-04).</summary>
/// <param name="Roles">Who is reminded besides the applicant.</param>
/// <param name="Times">1 at the due time, 2 a day† later.</param>
public sealed record CarryOverdue(DateTimeOffset OccurredAt, CarryPermitId Permit, ImmutableArray<Role> Roles, int Times) : RecordedEvent(OccurredAt);

/// <summary>許可の取消し before its end: nothing more passes by it.</summary>
public sealed record CarryRevoked(DateTimeOffset OccurredAt, CarryPermitId Permit, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>Something was refused: an application, or a thing at the desk (R-CARRY-02, R-CARRY-05, R-CARRY-07, R-CARRY-09).</summary>
/// <param name="Permit">Null: there is none.</param>
/// <param name="Item">What it was, by number or name; empty: the whole.</param>
/// <param name="Person">Who wanted to carry it.</param>
public sealed record CarryRefused(DateTimeOffset OccurredAt, CarryPermitId? Permit, CarryDirection Direction, CarryRefusal Reason, string Item, PersonId Person, string By) : RecordedEvent(OccurredAt);

/// <summary>A thing at the desk that somebody brings in.</summary>
/// <param name="Permit">許可番号 by which it passes; null: it needs none, or stays.</param>
/// <param name="Refusal">Why it stays; null: it passes.</param>
public sealed record BroughtItem(CarriedKind Kind, string Tag, string Name, ItemOwnership Ownership, CarryPermitId? Permit, CarryRefusal? Refusal);

/// <summary>持込み品の申告 of somebody who is no visitor: what passes by which permit, and what is left in the locker (R-CARRY-03, R-CARRY-10).</summary>
/// <param name="Zone">区域 entered; null: none in particular.</param>
public sealed record BelongingsDeclared(DateTimeOffset OccurredAt, PersonId Person, Zones.ZoneId? Zone, ImmutableArray<BroughtItem> Items, string By) : RecordedEvent(OccurredAt);

/// <summary>The list of things was changed: put on, changed, or taken off (R-CARRY-03, R-CARRY-07, R-CARRY-09).</summary>
/// <param name="Removed">It is no longer on the list.</param>
public sealed record CarryListed(DateTimeOffset OccurredAt, ListedThing Thing, bool Removed, string By) : RecordedEvent(OccurredAt);

/// <summary>安全管理措置 set by CHIEF; permits name its version (R-CARRY-06).</summary>
/// <param name="Version">版, e.g. 第2版.</param>
/// <param name="Summary">What it asks, in a few sentences.</param>
public sealed record SafeguardsSet(DateTimeOffset OccurredAt, string Version, string Summary, string By) : RecordedEvent(OccurredAt);
