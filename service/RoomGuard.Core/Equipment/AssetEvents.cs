using System.Text.Json.Serialization;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>An item was registered in the 機器台帳 or its entry changed; the whole of it as it now stands (R-LIFE-01).</summary>
/// <param name="Place">Where it stood already, said once while it had no place; null: it is not here yet, or its place is known. No change of an entry moves it (R-MOVE-04).</param>
public sealed record AssetRecorded(DateTimeOffset OccurredAt, Asset Asset, AssetPlace? Place, string By) : RecordedEvent(OccurredAt);

/// <summary>A list of items was brought and waits for another person to apply it (R-INP-03, R-PROF-05). Its file is kept by its digest.</summary>
/// <param name="List">Names it: 32 hexadecimal digits.</param>
/// <param name="WithoutWrong">Lines with mistakes are left out.</param>
/// <param name="Changes">Items it would add or change.</param>
/// <param name="LeftOut">Lines with mistakes that are left out.</param>
/// <param name="Marks">Digest of every change with what it was held against: another one, when it is applied, means that the register changed meanwhile.</param>
public sealed record AssetListBrought(DateTimeOffset OccurredAt, string List, string FileName, string Sha256, bool WithoutWrong, int Changes, int LeftOut, string Marks, string By) : RecordedEvent(OccurredAt);

/// <summary>A list was taken into the 機器台帳 (R-INP-03); what it added and changed precedes in the same append.</summary>
/// <param name="LeftOut">Lines with mistakes that were left out.</param>
/// <param name="BroughtBy">Who brought it; <paramref name="By"/> is another person, who applied it (R-PROF-05).</param>
public sealed record AssetsImported(DateTimeOffset OccurredAt, string FileName, string Sha256, int Added, int Changed, int Unchanged, int LeftOut, string BroughtBy, string By) : RecordedEvent(OccurredAt)
{
    /// <summary>The list as it was brought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? List { get; init; }
}

/// <summary>SEC decided an item's class (R-LIFE-07).</summary>
public sealed record AssetClassDecided(DateTimeOffset OccurredAt, AssetTag Tag, ImportanceClass Importance, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>定期保守 was done (R-LIFE-02).</summary>
/// <param name="Result">What was found and done.</param>
public sealed record AssetMaintained(DateTimeOffset OccurredAt, AssetTag Tag, DateOnly DoneOn, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>A medium, a document or a container was handed to a holder until a day (R-MOVE-10).</summary>
/// <param name="DueOn">The day it is due back.</param>
public sealed record AssetHandedOver(DateTimeOffset OccurredAt, AssetTag Tag, PersonId Holder, DateOnly DueOn, string Purpose, string By) : RecordedEvent(OccurredAt);

/// <summary>It came back from its holder.</summary>
public sealed record AssetHandedBack(DateTimeOffset OccurredAt, AssetTag Tag, PersonId Holder, string By) : RecordedEvent(OccurredAt);
