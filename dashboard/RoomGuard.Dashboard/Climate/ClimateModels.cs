using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Climate;

/// <summary>The page of one sensor.</summary>
/// <param name="Card">The sensor now; null: no bridge tells of it any more.</param>
/// <param name="MayServe">The reader may take it into service.</param>
/// <param name="MayTakeOut">The reader may take out what was enrolled on a page.</param>
public sealed record SensorPageModel(string Sensor, SensorCard? Card, SensorTrend Trend, TrendRange Range, FormState State, bool MayServe, bool MayTakeOut);

/// <summary>The page that shows one value of all sensors of a zone side by side.</summary>
/// <param name="Quantities">What there is to choose from.</param>
public sealed record ZoneTrendModel(ZoneId Zone, Quantity Quantity, ImmutableArray<Quantity> Quantities, ImmutableArray<SensorCard> Sensors, SensorTrend Trend, TrendRange Range);

/// <summary>The page 限界値.</summary>
/// <param name="Trial">What the form's limits would have done; null: not tried.</param>
/// <param name="InForce">What holds at the place and measure of the form; null: nothing is chosen, or nothing is judged there.</param>
public sealed record LimitsModel(ClimateBoard Board, LimitsLook Look, FormState State, LimitsTrial? Trial, LimitSet? InForce);

/// <summary>The page of the sensors' health.</summary>
public sealed record SensorsModel(ClimateBoard Board, SensingLook Look);

/// <summary>The form that enrols a sensor.</summary>
public sealed record EnrolModel(ClimateBoard Board, PanelId Panel, StrangerNow Stranger, FormState State);

/// <summary>The page 測定計画.</summary>
public sealed record SensingModel(ClimateBoard Board, SensingLook Look, FormState State);

/// <summary>The page 正常の確認.</summary>
public sealed record ConfirmClimateModel(ConditionCard Card, FormState State);
