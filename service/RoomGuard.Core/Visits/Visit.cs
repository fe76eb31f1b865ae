using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Visits;

/// <summary>One 訪問者 of a visit.</summary>
/// <param name="Id">The visit's number and a counter from 1, e.g. <c>V-2026-0088-1</c>.</param>
/// <param name="Kana">Reading; empty: not known.</param>
public sealed record Visitor(PersonId Id, string Name, string Kana);

/// <summary>種類 of what visitors bring.</summary>
public enum ItemKind
{
    /// <summary>携帯電話・スマートフォン.</summary>
    Phone,

    /// <summary>カメラ・録音機.</summary>
    Camera,

    /// <summary>パソコン・タブレット.</summary>
    Computer,

    /// <summary>USBメモリ等の媒体.</summary>
    Media,

    /// <summary>工具・測定器.</summary>
    Tool,

    /// <summary>書類.</summary>
    Paper,

    /// <summary>その他.</summary>
    Other,
}

/// <summary>A thing that may be carried in on a visit, by the permit named (R-VIS-08).</summary>
/// <param name="Permit">持込み許可番号.</param>
/// <param name="Serial">製造番号 by which it is known again; empty: none.</param>
public sealed record PermittedItem(ItemKind Kind, string Name, string Serial, int Count, string Permit);

/// <summary>訪問 as it was approved: who comes, why, whereto, when and with whom (R-VIS-01, sheet 訪問者記録).</summary>
/// <param name="Case">申請番号 it was approved under.</param>
/// <param name="Organisation">会社・団体名.</param>
/// <param name="Purpose">訪問目的.</param>
/// <param name="Zones">立入り区域 (R-VIS-05).</param>
/// <param name="From">予定開始: from then on the badge opens.</param>
/// <param name="Until">予定終了: from then on it no longer does.</param>
/// <param name="Escorts">付添い者, the first one responsible.</param>
/// <param name="Items">持込み許可 of this visit.</param>
/// <param name="Contract">業務委託契約 behind a recurring visit; null: none.</param>
/// <param name="ApprovedBy">承認者: the SYS of each group of zones.</param>
/// <param name="WalkIn">予定外: applied for at reception while the visitor stood there.</param>
public sealed record Visit(
    VisitId Id,
    CaseId Case,
    ImmutableArray<Visitor> Visitors,
    string Organisation,
    string Purpose,
    ImmutableArray<ZoneId> Zones,
    DateTimeOffset From,
    DateTimeOffset Until,
    ImmutableArray<PersonId> Escorts,
    ImmutableArray<PermittedItem> Items,
    ContractId? Contract,
    PersonId AppliedBy,
    DateTimeOffset AppliedAt,
    ImmutableArray<PersonId> ApprovedBy,
    DateTimeOffset ApprovedAt,
    bool WalkIn)
{
    /// <summary>A visitor of this visit; null: this person is none.</summary>
    public Visitor? VisitorOf(PersonId person) => Visitors.FirstOrDefault(one => one.Id == person);

    /// <summary>The visitor as the register and the doors know people.</summary>
    public Person PersonOf(Visitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return new(visitor.Id, visitor.Name, visitor.Kana, PersonCategory.Visitor, Organisation, null, null);
    }

    /// <summary>What doors have to know of one visitor with this badge.</summary>
    public VisitPass PassOf(Visitor visitor, VisitorBadge badge)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(badge);
        return new(Id, PersonOf(visitor), new(badge.Card, visitor.Id, badge.Digest, CredentialState.Active, null, null, null), badge.No, Zones, From, Until, Escorts);
    }

    /// <summary>The visit a visitor's id belongs to; null: it is no visitor's id.</summary>
    public static VisitId? VisitOf(PersonId visitor) =>
        visitor.Value is { } text && text.StartsWith("V-", StringComparison.Ordinal) && text.LastIndexOf('-') is var at and > 6 ? new VisitId(text[..at]) : null;
}

/// <summary>色 of a badge series: visitors are told apart at sight (R-VIS-06).</summary>
public enum BadgeColour
{
    /// <summary>赤.</summary>
    Red,

    /// <summary>黄.</summary>
    Yellow,

    /// <summary>緑.</summary>
    Green,

    /// <summary>青.</summary>
    Blue,

    /// <summary>白.</summary>
    White,
}

/// <summary>Where a 来訪者証 stands in its life. Lost and retired are final.</summary>
public enum BadgeState
{
    /// <summary>使用中の系列: lies ready or is out.</summary>
    InService,

    /// <summary>紛失.</summary>
    Lost,

    /// <summary>廃止.</summary>
    Retired,
}

/// <summary>来訪者証: a card of a separate number series and colour, bound to no person but to the visitor who wears it (R-VIS-06).</summary>
/// <param name="Card">Its id among credentials, e.g. <c>B-R-014</c>.</param>
/// <param name="No">As printed, e.g. <c>赤-014</c>.</param>
public sealed record VisitorBadge(CredentialId Card, string No, BadgeColour Colour, CardDigest Digest, BadgeState State);

/// <summary>受付停止: somebody who is not to be received, with reason and end.</summary>
/// <param name="Id">E.g. <c>B-0003</c>.</param>
/// <param name="Name">氏名; empty: everybody of the organisation.</param>
/// <param name="Organisation">会社・団体名; empty: whatever it is.</param>
/// <param name="Until">First local day on which it no longer counts; never open.</param>
public sealed record VisitorBar(string Id, string Name, string Organisation, string Reason, DateOnly From, DateOnly Until)
{
    /// <summary>Whether it counts on a day.</summary>
    public bool InForce(DateOnly day) => From <= day && day < Until;
}
