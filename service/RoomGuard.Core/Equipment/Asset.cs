using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>機器番号 on an item's label, e.g. <c>AS-00417</c>: capital letters, digits and hyphens, so that it stands in a QR code.</summary>
public readonly record struct AssetTag(string Value)
{
    /// <summary>Longest tag.</summary>
    public const int Longest = 20;

    /// <summary>Whether a text can be one.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: >= 1 and <= Longest } && text[0] != '-' && text.All(sign => char.IsAsciiLetterUpper(sign) || char.IsAsciiDigit(sign) || sign == '-');

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>種別 of an item of the 機器台帳 (R-LIFE-01, R-MOVE-10).</summary>
public enum AssetKind
{
    /// <summary>サーバ.</summary>
    Server,

    /// <summary>記憶装置.</summary>
    Storage,

    /// <summary>通信機器.</summary>
    Network,

    /// <summary>端末.</summary>
    Terminal,

    /// <summary>特定用途機器.</summary>
    SpecialPurpose,

    /// <summary>電源・空調などの設備.</summary>
    Facility,

    /// <summary>電磁的記録媒体.</summary>
    Media,

    /// <summary>仕様書・構成図などの文書.</summary>
    Document,

    /// <summary>媒体や文書を入れる容器.</summary>
    Container,
}

/// <summary>A part inside an item, e.g. a disk.</summary>
/// <param name="What">What it is, in people's words; empty: not said.</param>
public sealed record AssetPart(string Serial, string What);

/// <summary>Information on an item, with its class (R-MOVE-12).</summary>
/// <param name="Importance">Null: not classified, which counts as class I.</param>
public sealed record HeldInformation(string Title, ImportanceClass? Importance);

/// <summary>所在: where an item is. It changes by a completed move alone (R-MOVE-04).</summary>
/// <param name="Zone">Null: off the premises.</param>
/// <param name="Rack">Rack and position in it; empty: none.</param>
/// <param name="Outside">The place off the premises; empty: it is in a zone.</param>
public sealed record AssetPlace(ZoneId? Zone, string Rack, string Outside);

/// <summary>An item of the 機器台帳 as people keep it (R-LIFE-01). Its place and its class are not among these: they change by moves and by SEC's decision.</summary>
/// <param name="Proposed">The class its keeper holds to be right; it has no effect before SEC decides (R-LIFE-07). Null: none.</param>
/// <param name="Segment">Null: not known, and then it may stand in no zone (R-ZONE-06).</param>
/// <param name="Manager">管理責任者; null: nobody yet.</param>
/// <param name="HasStorage">Whether anything in it stores information; null: nobody has looked.</param>
/// <param name="Storage">Storage inside, by serial.</param>
/// <param name="Parts">Other parts inside.</param>
/// <param name="RedundancyGroup">冗長化 group; empty: none.</param>
/// <param name="MaintenanceMonths">定期保守 interval (R-LIFE-02); null: none.</param>
/// <param name="MaintenanceFrom">From when the interval counts while nothing was done yet; null: no interval.</param>
/// <param name="SupportEnds">Last local day with support; null: not known.</param>
/// <param name="Holds">Information on it.</param>
/// <param name="Container">The container it lies in; null: none.</param>
/// <param name="CopyOf">Of what it is a copy (R-LIFE-08); null: no copy.</param>
/// <param name="Exception">例外措置 cited for where it stands (R-ZONE-06); null: none.</param>
public sealed record Asset(
    AssetTag Tag,
    AssetKind Kind,
    string Name,
    string Maker,
    string Model,
    string Serial,
    ImportanceClass? Proposed,
    Segment? Segment,
    PersonId? Manager,
    bool? HasStorage,
    ImmutableArray<AssetPart> Storage,
    ImmutableArray<AssetPart> Parts,
    string RedundancyGroup,
    int? MaintenanceMonths,
    DateOnly? MaintenanceFrom,
    DateOnly? SupportEnds,
    ImmutableArray<HeldInformation> Holds,
    AssetTag? Container,
    AssetTag? CopyOf,
    string? Exception,
    string Note)
{
    /// <summary>So long after its day SUP is told of maintenance that was not done † (R-LIFE-02).</summary>
    public const int SupervisorAfterDays = 7;

    /// <summary>When its next maintenance is due; null: it has no interval.</summary>
    /// <param name="done">When it was last done; null: never.</param>
    public DateOnly? MaintenanceDue(DateOnly? done) => MaintenanceMonths is { } months && (done ?? MaintenanceFrom) is { } since ? since.AddMonths(months) : null;

    /// <summary>Whether it is lent to a holder with a due date (R-MOVE-10).</summary>
    [JsonIgnore]
    public bool IsLent => Kind is AssetKind.Media or AssetKind.Document or AssetKind.Container;
}
