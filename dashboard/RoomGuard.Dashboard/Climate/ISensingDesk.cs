using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Climate;

/// <summary>What people do about who senses what: enrol a sensor that announced itself, take one out again, change the sensing plan of a zone (R-NET-01, R-ENV-01).</summary>
public interface ISensingDesk
{
    /// <summary>Enrolments and proposals, the newest first, with what the reader may do.</summary>
    Task<SensingLook> Look(Actor by, CancellationToken gone);

    /// <summary>登録: ordered to the bridge that heard it; it counts once the bridge has taken it.</summary>
    Task<ActResult> Enrol(EnrolForm form, Actor by, CancellationToken stop);

    /// <summary>登録の取消し of a sensor that was enrolled here: what it sends is that of a stranger again.</summary>
    Task<ActResult> TakeOut(string sensor, string reason, Actor by, CancellationToken stop);

    /// <summary>Proposes the plan of a zone: it counts for nothing until another person approves.</summary>
    Task<ActResult> Ask(PlanForm form, Actor by, CancellationToken stop);

    /// <summary>SYS of the zone approves, never who proposed (R-CFG-02): ordered to the bridges.</summary>
    Task<ActResult> Allow(string change, Actor by, CancellationToken stop);

    /// <summary>SYS does not approve, or who proposed takes it back.</summary>
    Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the form of an enrolment says.</summary>
/// <param name="Source">The broker it was heard at.</param>
/// <param name="Sender">What it calls itself there.</param>
/// <param name="Model">By which of the models that fit it is read.</param>
/// <param name="Id">Its name from now on.</param>
/// <param name="On">Null: it is drawn somewhere in its zone.</param>
/// <param name="Offsets">What is added to a value.</param>
/// <param name="Reference">The instrument the offsets were found with; null: not told.</param>
public sealed record EnrolForm(
    PanelId Panel,
    string Source,
    string Sender,
    string Model,
    string Id,
    ZoneId Zone,
    SensorSpot Spot,
    string Label,
    string LabelEn,
    ImmutableArray<Quantity> Measures,
    string? Rack,
    FloorSpot? On,
    ImmutableArray<(Quantity Quantity, double Offset)> Offsets,
    string? Reference);

/// <summary>What the form of a plan says.</summary>
/// <param name="Factors">All six.</param>
public sealed record PlanForm(ZoneId Zone, ImmutableArray<FactorChoice> Factors, string Reason);

/// <summary>What became of an order to a bridge.</summary>
public enum SensingState
{
    /// <summary>反映待ち: ordered, and not taken by the bridge yet.</summary>
    Ordered,

    /// <summary>反映済み.</summary>
    InForce,

    /// <summary>不適用: the bridge could not follow it.</summary>
    Refused,
}

/// <summary>An enrolment as it stands.</summary>
/// <param name="Ended">True: taken out again, or ordered to be.</param>
/// <param name="By">Name of who ordered it.</param>
/// <param name="Note">Why the bridge could not follow it, or why it was taken out; null: neither.</param>
public sealed record EnrolmentLine(PanelId Panel, string Sensor, ZoneId Zone, string Source, string Device, DateTimeOffset At, bool Ended, SensingState State, string By, string? Note);

/// <summary>A proposal of a plan (R-CFG-01).</summary>
/// <param name="Refused">Why the bridge could not follow it; null: it could, or was not ordered to.</param>
public sealed record PlanLine(
    string Id, DateTimeOffset AskedAt, ZoneId Zone, ImmutableArray<FactorChoice> Factors, string Reason, string AskedBy, LimitsState State, string? ClosedBy, string? Note, string? Refused);

/// <summary>Enrolments and proposals with what the reader may do.</summary>
public sealed record SensingLook(ImmutableArray<EnrolmentLine> Enrolments, ImmutableArray<PlanLine> Plans, bool MayEnrol, bool MayAsk, bool MayAllow);
