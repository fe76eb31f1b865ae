using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Power;

/// <summary>A host that must be stopped properly.</summary>
/// <param name="User">The name by which its NUT client logs in.</param>
/// <param name="RequiredSeconds">How long it takes to stop, as configured; what was measured replaces it (R-PWR-03).</param>
public sealed record PowerHost(string User, string Label, string LabelEn, int RequiredSeconds);

/// <summary>停止順序の段: hosts that are told together.</summary>
/// <param name="Name">The name its hosts monitor at our NUT server, e.g. <c>stage-1</c>.</param>
/// <param name="Webhook">A receiver of the bridge's settings that is told beside them; null: none.</param>
public sealed record PowerStage(
    string Name,
    string Label,
    string LabelEn,
    ImmutableArray<PowerHost> Hosts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Webhook = null);

/// <summary>R-PWR-08: a lock, a reader, the controller itself or another device with the time it must last.</summary>
/// <param name="BackedBy">The unit or battery that feeds it in an outage; null: nothing does, or nobody knows.</param>
public sealed record BackedDevice(string Device, string Label, string LabelEn, string? BackedBy, int MustLastSeconds);

/// <summary>
/// 停止計画 of one zone: which units carry it, in what order its hosts stop, and when they may come back (R-PWR-03, R-PWR-04). Owned by SYS; runs in the
/// bridge, with the service away too.
/// </summary>
/// <param name="Id">E.g. <c>srv-1</c>.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Units">The UPS units that carry the zone.</param>
/// <param name="UnitsNeeded">How many of them can carry it alone: 1 of 2 for A/B feeds, N of N+1.</param>
/// <param name="Stages">In the order in which they stop.</param>
/// <param name="Margin">R-PWR-03: time left must exceed the time needed times this.</param>
/// <param name="WithoutRuntimeSeconds">On battery with no known time left: how long before the plan begins all the same.</param>
/// <param name="RestartChargePercent">Stages may come back, the last stopped first, once the units hold this much again …</param>
/// <param name="RestartAfterSeconds">… and mains have been steady for so long.</param>
/// <param name="Backed">R-PWR-08.</param>
public sealed record PowerPlan(
    string Id,
    int Version,
    ZoneId Zone,
    string Label,
    string LabelEn,
    ImmutableArray<string> Units,
    int UnitsNeeded,
    ImmutableArray<PowerStage> Stages,
    double Margin = 1.2,
    int WithoutRuntimeSeconds = 60,
    int RestartChargePercent = 50,
    int RestartAfterSeconds = 300,
    ImmutableArray<BackedDevice>? Backed = null)
{
    private const int MostStages = 20;
    private const int MostHosts = 200;
    private const int LongestStop = 4 * 3600;
    private const int LongestName = 40;

    /// <summary>The receivers its stages name, each once.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Webhooks => Stages.IsDefault ? [] : [.. Stages.Select(stage => stage.Webhook).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a receiver may have this name: 1 to 40 letters, digits and hyphens, a letter or digit first.</summary>
    public static bool IsWebhookName(string? name) =>
        name is { Length: >= 1 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && char.IsAsciiLetterOrDigit(name[0]);

    /// <summary>One sentence for each thing that cannot be.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Id) || Id.Length > 40)
        {
            yield return "id: a plan needs a name of 1 to 40 letters, e.g. srv-1.";
        }

        if (Units.IsDefaultOrEmpty || Units.Distinct(StringComparer.Ordinal).Count() != Units.Length)
        {
            yield return "units: name the UPS units that carry the zone, each once.";
        }
        else if (UnitsNeeded < 1 || UnitsNeeded > Units.Length)
        {
            yield return $"unitsNeeded: {UnitsNeeded} is outside 1 to {Units.Length}, the number of units.";
        }

        if (Stages.IsDefaultOrEmpty || Stages.Length > MostStages)
        {
            yield return $"stages: a plan has 1 to {MostStages} stages.";
            yield break;
        }

        foreach (var twice in Stages.GroupBy(stage => stage.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            yield return $"stages: \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var twice in Stages.SelectMany(stage => stage.Hosts).GroupBy(host => host.User, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"stages: host \"{twice.Key}\" stands twice. A host stops once.";
        }

        foreach (var stage in Stages.Where(stage => stage.Hosts.IsDefaultOrEmpty || stage.Hosts.Length > MostHosts))
        {
            yield return $"stages.{stage.Name}: a stage has 1 to {MostHosts} hosts.";
        }

        foreach (var host in Stages.Where(stage => !stage.Hosts.IsDefault).SelectMany(stage => stage.Hosts).Where(host => host.RequiredSeconds is < 1 or > LongestStop))
        {
            yield return $"stages: {host.User} needs {host.RequiredSeconds} s to stop. Write 1 to {LongestStop}.";
        }

        foreach (var stage in Stages.Where(stage => stage.Webhook is not null && !IsWebhookName(stage.Webhook)))
        {
            yield return $"stages.{stage.Name}: webhook \"{stage.Webhook}\" is not a name. Use 1 to {LongestName} letters, digits and hyphens, as in power.webhooks of the bridge.";
        }

        if (Margin is < 1 or > 5)
        {
            yield return $"margin: {Margin} is outside 1 to 5. The usual is 1.2.";
        }

        if (WithoutRuntimeSeconds is < 0 or > 3600 || RestartChargePercent is < 0 or > 100 || RestartAfterSeconds is < 0 or > 86_400)
        {
            yield return "withoutRuntimeSeconds is 0 to 3600, restartChargePercent 0 to 100, restartAfterSeconds 0 to 86400.";
        }

        foreach (var device in Backed ?? [])
        {
            if (device.MustLastSeconds is < 0 or > 86_400 * 7)
            {
                yield return $"backed.{device.Device}: {device.MustLastSeconds} s is outside 0 to a week.";
            }
        }
    }
}

/// <summary>計画停電 (R-PWR-09): registered by FAC, agreed by SYS. What happens in it is recorded all the same, marked Planned.</summary>
/// <param name="Units">The units it concerns; empty: all.</param>
public sealed record PlannedOutage(string Id, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Units, string Reason, string RegisteredBy, string AgreedBy)
{
    /// <summary>Whether an event at this unit at this moment is planned.</summary>
    public bool Covers(string ups, DateTimeOffset at) => at >= From && at < To && (Units.IsDefaultOrEmpty || Units.Contains(ups));
}

/// <summary>A zone's shutdown plan is in force, or withdrawn.</summary>
/// <param name="Withdrawn">True: the zone has no plan any more.</param>
/// <param name="OrderedBy">Who approved it.</param>
/// <param name="Change">The number of its proposal; null: it was brought in at the machine itself (a Test site's).</param>
/// <param name="AskedBy">Who proposed it; never who approved (R-CFG-02).</param>
public sealed record PowerPlanOrder(
    PowerPlan Plan,
    bool Withdrawn,
    string OrderedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Change = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AskedBy = null) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"power-plan {Plan.Id}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => Withdrawn;
}

/// <summary>A planned outage is agreed, or called off.</summary>
public sealed record PlannedOutageOrder(PlannedOutage Outage, bool CalledOff) : RoomOrder
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"planned-outage {Outage.Id}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => CalledOff;
}
