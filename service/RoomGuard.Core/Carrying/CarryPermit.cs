using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Carrying;

/// <summary>許可番号 of a 持出し・持込み許可, e.g. <c>K-2026-0045</c>. Never reused.</summary>
public readonly record struct CarryPermitId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>区分.</summary>
public enum CarryDirection
{
    /// <summary>持出し (R-CARRY-01).</summary>
    Out,

    /// <summary>持込み (R-CARRY-02).</summary>
    In,
}

/// <summary>品目.</summary>
public enum CarriedKind
{
    /// <summary>端末: パソコン・タブレット.</summary>
    Terminal,

    /// <summary>媒体.</summary>
    Media,

    /// <summary>通信機器・スマートフォン (R-CARRY-03, R-CARRY-10).</summary>
    Phone,

    /// <summary>文書.</summary>
    Document,

    /// <summary>ソフトウェア.</summary>
    Software,

    /// <summary>その他.</summary>
    Other,
}

/// <summary>所有の別.</summary>
public enum ItemOwnership
{
    /// <summary>団体.</summary>
    Organisation,

    /// <summary>私物; what a firm brings is not the organisation's and counts like it.</summary>
    Private,
}

/// <summary>保護措置 on the way (R-CARRY-06).</summary>
public enum TransportProtection
{
    /// <summary>鍵付きケース.</summary>
    LockedCase,

    /// <summary>暗号化.</summary>
    Encryption,

    /// <summary>常時携行.</summary>
    NeverLeftAlone,
}

/// <summary>One thing that is carried.</summary>
/// <param name="Tag">機器・媒体番号; empty: it has none.</param>
/// <param name="Name">品名.</param>
/// <param name="Content">情報の内容; empty: it holds none.</param>
/// <param name="Importance">重要性分類; null: not decided, which counts as class I (R-LIFE-07).</param>
/// <param name="Encrypted">暗号化の有無, as the applicant says; of listed media the list has the word (R-CARRY-07).</param>
public sealed record CarriedItem(
    CarriedKind Kind,
    string Tag,
    string Name,
    string Content,
    ImportanceClass? Importance,
    Segment Segment,
    ItemOwnership Ownership,
    bool Encrypted)
{
    /// <summary>The class it is treated as.</summary>
    [JsonIgnore]
    public ImportanceClass ImportanceThatCounts => Importance ?? ImportanceClass.I;

    /// <summary>A private computer, which R-CARRY-05 never allows for classes I to III.</summary>
    [JsonIgnore]
    public bool IsPrivateComputer => this is { Kind: CarriedKind.Terminal, Ownership: ItemOwnership.Private };
}

/// <summary>What shall be carried, whereto and how: the fields of the application. The work reason is the application's reason (R-CARRY-01).</summary>
/// <param name="Place">持出し先/持込み先.</param>
/// <param name="Zone">区域 it is carried into; null: none, or it is carried out.</param>
/// <param name="From">期間: from then on it may pass.</param>
/// <param name="DueAt">期間: by then it must be back, or out again.</param>
/// <param name="Transport">運搬手段.</param>
/// <param name="SafeguardVersion">安全管理措置の版 (R-CARRY-06); null: none named.</param>
/// <param name="Receiver">外部提供の相手方 (R-CARRY-12); null: nothing is handed over.</param>
/// <param name="Section">所属 of the applicant, whose SEC decides; the desk writes it, whatever the form says.</param>
public sealed record CarryPlan(
    CarryDirection Direction,
    ImmutableArray<CarriedItem> Items,
    string Place,
    ZoneId? Zone,
    DateTimeOffset From,
    DateTimeOffset DueAt,
    string Transport,
    ImmutableArray<TransportProtection> Protection,
    string? SafeguardVersion,
    string? Receiver,
    string Section)
{
    /// <summary>The gravest class of its items; what is not decided counts as class I.</summary>
    [JsonIgnore]
    public ImportanceClass Importance => Items.IsDefaultOrEmpty ? ImportanceClass.I : Items.Min(item => item.ImportanceThatCounts);
}

/// <summary>持出し or 持込み applied for (R-CARRY-01, R-CARRY-02).</summary>
public sealed record CarryMatter(CarryPlan Plan) : CaseMatter(Plan.Direction is CarryDirection.In ? CaseKind.CarryIn : CaseKind.CarryOut);

/// <summary>持出し・持込み許可 as it was given.</summary>
/// <param name="Case">申請番号 it was given under.</param>
/// <param name="WorkReason">業務上の理由.</param>
/// <param name="ApprovedAs">The role in which it was allowed.</param>
/// <param name="Conditions">条件; empty: none.</param>
public sealed record CarryPermit(
    CarryPermitId Id,
    CaseId Case,
    CarryPlan Plan,
    string WorkReason,
    PersonId AppliedBy,
    DateTimeOffset AppliedAt,
    PersonId ApprovedBy,
    Role ApprovedAs,
    DateTimeOffset ApprovedAt,
    string Conditions);

/// <summary>
/// A thing on the list SYS keeps: what belongs to a zone's systems (R-CARRY-03), which media may leave (許可媒体, R-CARRY-07) and which are the
/// organisation's own (管理媒体, R-CARRY-09).
/// </summary>
/// <param name="Tag">機器・媒体番号.</param>
/// <param name="Zones">区域 to whose systems it belongs; empty: to none.</param>
/// <param name="MayLeave">On the list of allowed media.</param>
/// <param name="Encrypted">暗号化.</param>
/// <param name="Managed">Managed by the organisation.</param>
public sealed record ListedThing(string Tag, CarriedKind Kind, string Name, ImmutableArray<ZoneId> Zones, bool MayLeave, bool Encrypted, bool Managed);
