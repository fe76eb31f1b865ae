using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Hosting;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>
/// What the site's policy profile says at this moment (R-PROF-01, R-PROF-02). Asked each time, never kept: a version begins on its day and an exception
/// lapses on its own, and neither waits for a restart.
/// </summary>
public sealed class SitePolicy : IPolicyPage
{
    private readonly ServiceRecord record;
    private readonly ISiteSettings site;
    private readonly ProfileShelf shelf;
    private readonly TimeProvider time;

    /// <exception cref="SettingsException">An adopted version does not ship with this program.</exception>
    public SitePolicy(ServiceRecord record, ISiteSettings site, ProfileShelf shelf, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(shelf);
        (this.record, this.site, this.shelf, this.time) = (record, site, shelf, time);
        foreach (var (at, adoption) in OfFile.Adopted.Index())
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

    /// <summary>系統 of a zone; null: it has none, or is unknown.</summary>
    public Segment? SegmentOf(ZoneId zone) => site.Now.Zones.FirstOrDefault(one => one.Id == zone.Value)?.Segment;

    /// <summary>The site it is in force at, as it stands now.</summary>
    public ServiceSettings Site => site.Now;

    /// <summary>The same with where it comes from and where the site departs from it.</summary>
    public PolicyInForce InForce => record.Readers.AskNow(Of);

    /// <summary>What is wrong with the zones' structure now.</summary>
    public ImmutableArray<ZoneFinding> Findings => record.Readers.AskNow(db => FindingsOf(db, Of(db)));

    /// <summary>R-ZONE-04: zones into which nobody may be let.</summary>
    public ImmutableArray<ZoneId> NotInService => [.. Findings.Where(finding => finding.Effect is ZoneEffect.NotInService).Select(finding => finding.Zone).Distinct()];

    /// <summary>Writes down each adoption the record does not know yet, with the whole profile (R-PROF-02).</summary>
    public async Task BeginAsync(CancellationToken stop)
    {
        foreach (var adoption in OfFile.Adopted.OrderBy(one => one.EffectiveOn))
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
            var coming = Said(db).Adopted.Where(one => one.EffectiveOn > Today()).OrderBy(one => one.EffectiveOn);
            return new PolicyLook(policy, shelf.Base, [.. coming], ProfilesView.All(db), FindingsOf(db, policy)) { MayAdopt = site is SiteBook { ByRecord: true } && !IsOfFile };
        },
        gone);

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    private SiteProfile OfFile => site.Now.Site.PolicyProfile ?? SiteProfile.Base;

    /// <summary>Whether a decision names the profile: the settings file's or, where it names none, one that people entered.</summary>
    public bool IsAdopted => record.Readers.AskNow(db => !Said(db).Adopted.IsEmpty);

    /// <summary>Whether the settings file names it; people enter none beside it then.</summary>
    public bool IsOfFile => !OfFile.Adopted.IsEmpty;

    /// <summary>The profiles one may choose from.</summary>
    public ProfileShelf Shelf => shelf;

    /// <summary>What would be wrong with the zones as given.</summary>
    /// <param name="asIf">A zone as it would be registered, with the exception it would cite; null: none differs.</param>
    public ImmutableArray<ZoneFinding> FindingsOf(Statements db, ImmutableArray<ZoneStructure> zones, ZoneRegistration? asIf) => FindingsOf(db, Of(db), zones, asIf);

    // R-PROF-02: where the file names no version, those that people entered hold. A later decision takes the place of every earlier one that had not begun before its day.
    private SiteProfile Said(Statements db)
    {
        var file = OfFile;
        if (!file.Adopted.IsEmpty)
        {
            return file;
        }

        var adopted = ImmutableArray.CreateBuilder<ProfileAdoption>();
        foreach (var one in ProfilesView.All(db).Where(one => adopted.All(later => one.Adoption.EffectiveOn < later.EffectiveOn)))
        {
            adopted.Add(one.Adoption);
        }

        return file with { Adopted = adopted.ToImmutable(), Values = WithPosts(db, file.Values) };
    }

    // RoleNames of section (b): what a profile leaves to the set-up, the site has said there.
    private static SiteValues? WithPosts(Statements db, SiteValues? values) => SiteView.NamesOf(db) is { Posts: { IsEmpty: false } posts }
        ? (values ?? SiteValues.None) with { RoleNames = (values?.RoleNames ?? []).SetItems(posts.Select(post => KeyValuePair.Create(post.Role, post.Post))) }
        : values;

    private PolicyInForce Of(Statements db)
    {
        var said = Said(db);
        var adoption = said.On(Today());
        var profile = adoption is null ? shelf.Base : TextOf(db, adoption);

        // ExceptionRegister of section (b): a profile that keeps no exceptions knows none that could loosen it.
        return PolicyInForce.Of(adoption, profile, said, id => profile.ExceptionRegister ? Standing(db, id) : ExceptionStanding.NotInForce);
    }

    // A version that no longer ships is read as it was adopted (R-PROF-02).
    private PolicyProfile TextOf(Statements db, ProfileAdoption adoption) =>
        shelf.Find(adoption.Profile, adoption.Version) ?? ProfilesView.All(db).First(one => one.Adoption == adoption).Profile;

    private ImmutableArray<ZoneFinding> FindingsOf(Statements db, PolicyInForce policy) => FindingsOf(db, policy, site.Now.Structure, null);

    private ImmutableArray<ZoneFinding> FindingsOf(Statements db, PolicyInForce policy, ImmutableArray<ZoneStructure> zones, ZoneRegistration? asIf)
    {
        var managers = OperatorsView.HoldersOf(db, Role.SystemManager, Today());
        var now = policy.InForce;
        return ZoneStructureRules.Look(
            zones,
            new(now.GroundFloor is GroundFloorRule.Refuse, now.OuterDoorLimit, now.Segments, now.MyNumberDoorFactors?.Value),
            (setting, zone) => policy.Profile.ExceptionRegister ? Excepted(db, setting, zone, asIf) : null,
            zone =>
            {
                var here = managers.Where(one => one.Zones.Contains(zone)).ToList();
                return (here.Count(one => one.DeputyFor is null), here.Count(one => one.DeputyFor is not null));
            });
    }

    private string? Excepted(Statements db, string setting, ZoneId zone, ZoneRegistration? asIf)
    {
        if (OfFile.Cited(setting, zone) is { } cited && Standing(db, cited) is ExceptionStanding.InForce)
        {
            return cited;
        }

        // A zone that people registered names one exception; it counts for the rule it was allowed for (R-EXC-01).
        return (asIf?.Id == zone ? asIf.Exception : SiteView.ExceptionOf(db, zone.Value)) is { } own && Standing(db, own) is ExceptionStanding.InForce && ExceptionsView.Names(db, own, RuleOf(setting)) ? own : null;
    }

    private static string RuleOf(string setting) => setting switch
    {
        "GroundFloorRule" => "R-ZONE-02",
        "OuterDoorLimit" => "R-ZONE-03",
        _ => "R-PROF-07",
    };

    private ExceptionStanding Standing(Statements db, string exception) => ExceptionsView.InForce(db, exception, Today()) ? ExceptionStanding.InForce : ExceptionStanding.NotInForce;
}
