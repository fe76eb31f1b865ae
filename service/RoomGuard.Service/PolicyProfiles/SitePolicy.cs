using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Hosting;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>
/// What the site's policy profile says at this moment (R-PROF-01, R-PROF-02). Asked each time, never kept: a version begins on its day and an exception
/// lapses on its own, and neither waits for a restart.
/// </summary>
public sealed class SitePolicy : IPolicyPage
{
    private readonly ServiceRecord record;
    private readonly ServiceSettings settings;
    private readonly ProfileShelf shelf;
    private readonly SiteProfile site;
    private readonly TimeProvider time;

    /// <exception cref="SettingsException">An adopted version does not ship with this program.</exception>
    public SitePolicy(ServiceRecord record, ServiceSettings settings, ProfileShelf shelf, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(shelf);
        (this.record, this.settings, this.shelf, this.time) = (record, settings, shelf, time);
        site = settings.Site.PolicyProfile ?? SiteProfile.Base;
        foreach (var (at, adoption) in site.Adopted.Index())
        {
            if (shelf.Find(adoption.Profile, adoption.Version) is null)
            {
                throw new SettingsException(
                    $"site.policyProfile.adopted.{at}: there is no version {adoption.Version} of \"{adoption.Profile}\". This program has: {string.Join(", ", shelf.All.Select(one => $"{one.Profile} {one.Version}"))}.");
            }
        }
    }

    /// <summary>The profile with the site's own values, as it holds now.</summary>
    public PolicyProfile Now => InForce.InForce;

    /// <summary>The same with where it comes from and where the site departs from it.</summary>
    public PolicyInForce InForce => record.Readers.AskNow(Of);

    /// <summary>What is wrong with the zones' structure now.</summary>
    public ImmutableArray<ZoneFinding> Findings => record.Readers.AskNow(db => FindingsOf(db, Of(db)));

    /// <summary>R-ZONE-04: zones into which nobody may be let.</summary>
    public ImmutableArray<ZoneId> NotInService => [.. Findings.Where(finding => finding.Effect is ZoneEffect.NotInService).Select(finding => finding.Zone).Distinct()];

    /// <summary>Writes down each adoption the record does not know yet, with the whole profile (R-PROF-02).</summary>
    public async Task BeginAsync(CancellationToken stop)
    {
        foreach (var adoption in site.Adopted.OrderBy(one => one.EffectiveOn))
        {
            if (!record.Readers.AskNow(db => ProfilesView.Knows(db, adoption), stop))
            {
                _ = await record.AppendAsync(new ProfileAdopted(time.GetUtcNow(), adoption, shelf.Find(adoption.Profile, adoption.Version)!), stop);
            }
        }
    }

    /// <inheritdoc/>
    public Task<PolicyLook> Look(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var policy = Of(db);
            var coming = site.Adopted.Where(one => one.EffectiveOn > Today()).OrderBy(one => one.EffectiveOn);
            return new PolicyLook(policy, shelf.Base, [.. coming], ProfilesView.All(db), FindingsOf(db, policy));
        },
        gone);

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    private PolicyInForce Of(Statements db)
    {
        var adoption = site.On(Today());
        var profile = adoption is null ? shelf.Base : shelf.Find(adoption.Profile, adoption.Version)!;
        return PolicyInForce.Of(adoption, profile, site, id => Standing(db, id));
    }

    private ImmutableArray<ZoneFinding> FindingsOf(Statements db, PolicyInForce policy)
    {
        var managers = OperatorsView.HoldersOf(db, Role.SystemManager, Today());
        var now = policy.InForce;
        return ZoneStructureRules.Look(
            settings.Structure,
            new(now.GroundFloor is GroundFloorRule.Refuse, now.OuterDoorLimit, now.Segments, now.MyNumberDoorFactors?.Value),
            (setting, zone) => site.Cited(setting, zone) is { } cited && Standing(db, cited) is ExceptionStanding.InForce ? cited : null,
            zone =>
            {
                var here = managers.Where(one => one.Zones.Contains(zone)).ToList();
                return (here.Count(one => one.DeputyFor is null), here.Count(one => one.DeputyFor is not null));
            });
    }

    private ExceptionStanding Standing(Statements db, string exception) => ExceptionsView.InForce(db, exception, Today()) ? ExceptionStanding.InForce : ExceptionStanding.NotInForce;
}
