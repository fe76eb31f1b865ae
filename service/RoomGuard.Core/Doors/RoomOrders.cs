using System.Text.Json.Serialization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// An order of the office to the rooms that is neither a suspension nor a lockdown: it goes by the same express lane, signed, and stands until a newer one
/// of the same <see cref="Key"/> replaces it. A bridge that comes back is told every order that stands.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VisitPassOrder), "visit-pass")]
[JsonDerivedType(typeof(ZoneModeOrder), "zone-mode")]
[JsonDerivedType(typeof(PurposeOrder), "purpose")]
[JsonDerivedType(typeof(PresenceOrder), "presence")]
[JsonDerivedType(typeof(VisitorOverrideOrder), "visitor-override")]
[JsonDerivedType(typeof(PowerPlanOrder), "power-plan")]
[JsonDerivedType(typeof(PlannedOutageOrder), "planned-outage")]
[JsonDerivedType(typeof(UpsCommandOrder), "ups-command")]
[JsonDerivedType(typeof(ClimateConfirmOrder), "climate-confirm")]
[JsonDerivedType(typeof(SensorServiceOrder), "sensor-service")]
[JsonDerivedType(typeof(ClimateLimitsOrder), "climate-limits")]
[JsonDerivedType(typeof(SensorEnrolOrder), "sensor-enrol")]
[JsonDerivedType(typeof(SensingPlanOrder), "sensing-plan")]
public abstract record RoomOrder
{
    /// <summary>What it is an order about; a newer one of the same key replaces it.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>True: nothing stands any longer, a bridge that comes back need not be told.</summary>
    [JsonIgnore]
    public abstract bool IsOver { get; }
}

/// <summary>A visitor's badge is in force, changed or dead (R-VIS-06).</summary>
/// <param name="Ended">True: the badge opens nothing any more. The visitor may still be inside.</param>
public sealed record VisitPassOrder(VisitPass Pass, bool Ended) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"visit-pass {Pass.Visitor.Id}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Ended;
}

/// <summary>What a zone is in the middle of.</summary>
public enum ZoneMode
{
    /// <summary>通常.</summary>
    Normal,

    /// <summary>火災: doors go to their registered fire state (R-DOOR-15).</summary>
    Fire,

    /// <summary>警報中: visitors stay out (R-VIS-11).</summary>
    Alarm,

    /// <summary>訓練: visitors stay out (R-VIS-11).</summary>
    Drill,

    /// <summary>保守: one named person works on the doors until an end; openings are no alarm, entries are decided as always.</summary>
    Maintenance,
}

/// <summary>A zone's mode, with whose it is and until when.</summary>
/// <param name="Person">Who works there, for <see cref="ZoneMode.Maintenance"/>; else null.</param>
/// <param name="Until">When it ends by itself; null: when it is ended. Never null for maintenance.</param>
public sealed record ZoneModeOrder(ZoneId Zone, ZoneMode Mode, PersonId? Person, DateTimeOffset? Until, string Reason, string OrderedBy) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"zone-mode {Zone}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Mode is ZoneMode.Normal;
}

/// <summary>入室目的 told beforehand on one's own page or by the desk (R-WORK-05).</summary>
/// <param name="PurposeRef">Work, visit or case number, e.g. <c>W-0152</c>.</param>
/// <param name="Until">First moment at which it no longer counts.</param>
public sealed record PurposeOrder(PersonId Person, ZoneId Zone, string PurposeRef, DateTimeOffset Until) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"purpose {Person} {Zone}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => false;
}

/// <summary>在室の訂正 with a reason (R-DOOR-05, R-DOOR-06): after somebody was asked or looked.</summary>
/// <param name="Inside">True: is inside; false: is not.</param>
/// <param name="Since">When they went in or out, as far as known.</param>
/// <param name="Serial">Number of the answer or reset it comes from; an order is carried out once.</param>
public sealed record PresenceOrder(PersonId Person, ZoneId Zone, bool Inside, DateTimeOffset Since, string Reason, string OrderedBy, long Serial) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"presence {Person} {Zone}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => false;
}

/// <summary>Visitors of one visit may enter although the zone is in alarm, drill or lockdown (R-VIS-11).</summary>
public sealed record VisitorOverrideOrder(ZoneId Zone, VisitId Visit, DateTimeOffset Until, string Reason, string OrderedBy) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"visitor-override {Zone} {Visit}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => false;
}

/// <summary>An order to the rooms was given at the office; its number in the record is its serial.</summary>
public sealed record RoomOrdered(DateTimeOffset OccurredAt, RoomOrder Order, string By) : RecordedEvent(OccurredAt);

/// <summary>An order to the rooms is in force at this bridge.</summary>
public sealed record RoomOrderApplied(DateTimeOffset OccurredAt, long Serial, RoomOrder Order) : RecordedEvent(OccurredAt);
