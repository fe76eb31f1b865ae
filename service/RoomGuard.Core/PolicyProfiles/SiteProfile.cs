using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>R-PROF-02: from when a version of a profile holds at a site, and who decided so. Without a decision it is never applied.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="EffectiveOn">First local day on which it holds.</param>
/// <param name="DecidedAs">CHIEF or COM.</param>
/// <param name="DecidedBy">The person's number.</param>
/// <param name="Reference">The paper that says so.</param>
public sealed record ProfileAdoption(string Profile, int Version, DateOnly EffectiveOn, Role DecidedAs, string DecidedBy, DateOnly DecidedOn, string Reference)
{
    /// <summary>What is impossible about it.</summary>
    /// <param name="place">Where it stands in the settings.</param>
    public IEnumerable<string> Problems(string place)
    {
        if (DecidedAs is not (Role.ChiefOfficer or Role.SecurityCommittee))
        {
            yield return $"{place}.decidedAs: {DecidedAs} cannot decide a profile. ChiefOfficer or SecurityCommittee does (R-PROF-02).";
        }

        if (string.IsNullOrWhiteSpace(DecidedBy) || string.IsNullOrWhiteSpace(Reference) || DecidedBy.Length > 40 || Reference.Length > 200)
        {
            yield return $"{place}: decidedBy and reference say who decided and where it is written; neither may be empty (R-PROF-02).";
        }
    }
}

/// <summary>An exception a site cites for one of its values (R-EXC-04).</summary>
/// <param name="Setting">Row of section (b), or a <see cref="Limit"/>.</param>
/// <param name="Zone">Null: the whole site.</param>
/// <param name="Exception">例外措置の申請番号, e.g. <c>E-2026-0002</c>.</param>
public sealed record CitedException(string Setting, string? Zone, string Exception);

/// <summary>What a site says of its own beside its profile: null leaves the profile's value. Stricter holds at once; looser only under an exception in force.</summary>
/// <param name="RoleNames">Posts of this organisation by role.</param>
/// <param name="Limits">Figures of its own.</param>
public sealed record SiteValues(
    Eligibility? EscortEligibility = null,
    int? MyNumberOperatorFactors = null,
    int? MyNumberDoorFactors = null,
    CarryOutRule? MyNumberCarryOut = null,
    GroundFloorRule? GroundFloor = null,
    int? OuterDoorLimit = null,
    bool? TwoPersonChange = null,
    bool? AuditModule = null,
    int? SelfInspectionMonths = null,
    bool? ReviewNeedsRiskFigures = null,
    ChiefReporting? ReportToChief = null,
    bool? SuspensionBySup = null,
    bool? ExceptionRegister = null,
    bool? StandardsConfidential = null,
    bool? ProceduresConfidential = null,
    bool? WaterLossInput = null,
    int? PasswordChangeDays = null,
    bool? NoticeToDeskOnEveryPath = null,
    KeepYears? Keep = null,
    ImmutableDictionary<Role, string>? RoleNames = null,
    ImmutableDictionary<Limit, int>? Limits = null)
{
    /// <summary>Nothing of its own.</summary>
    public static SiteValues None { get; } = new();

    /// <summary>What differs from a profile, one row each, in the order of section (b).</summary>
    internal IEnumerable<SiteChange> Changes(PolicyProfile of)
    {
        if (EscortEligibility is { } escort)
        {
            yield return new("EscortEligibility", p => p with { EscortEligibility = p.EscortEligibility with { Value = escort } }, escort > of.EscortEligibility.Value && !of.EscortEligibility.Allows(escort));
        }

        if (MyNumberOperatorFactors is { } factors)
        {
            yield return new("MyNumberOperatorFactors", p => p with { MyNumberOperatorFactors = factors }, factors < of.MyNumberOperatorFactors);
        }

        if (MyNumberDoorFactors is { } doors)
        {
            yield return new("MyNumberDoorFactors", p => p with { MyNumberDoorFactors = new(doors, []) }, doors < of.MyNumberDoorFactors?.Value);
        }

        if (MyNumberCarryOut is { } carry)
        {
            yield return new("MyNumberCarryOut", p => p with { MyNumberCarryOut = carry }, carry > of.MyNumberCarryOut);
        }

        if (GroundFloor is { } floor)
        {
            yield return new("GroundFloorRule", p => p with { GroundFloor = floor }, floor < of.GroundFloor);
        }

        if (OuterDoorLimit is { } limit)
        {
            yield return new("OuterDoorLimit", p => p with { OuterDoorLimit = limit }, limit > of.OuterDoorLimit);
        }

        (string Setting, bool? Site, bool Profile, Func<bool, Func<PolicyProfile, PolicyProfile>> Put)[] switches =
        [
            ("TwoPersonChange", TwoPersonChange, of.TwoPersonChange, on => p => p with { TwoPersonChange = on }),
            ("AuditModule", AuditModule, of.AuditModule, on => p => p with { AuditModule = on }),
            ("ReviewNeedsRiskFigures", ReviewNeedsRiskFigures, of.ReviewNeedsRiskFigures, on => p => p with { ReviewNeedsRiskFigures = on }),
            ("SuspensionBySup", SuspensionBySup, of.SuspensionBySup, on => p => p with { SuspensionBySup = on }),
            ("ExceptionRegister", ExceptionRegister, of.ExceptionRegister, on => p => p with { ExceptionRegister = on }),
            ("StandardsConfidential", StandardsConfidential, of.StandardsConfidential, on => p => p with { StandardsConfidential = on }),
            ("ProceduresConfidential", ProceduresConfidential, of.ProceduresConfidential, on => p => p with { ProceduresConfidential = on }),
            ("WaterLossInput", WaterLossInput, of.WaterLossInput, on => p => p with { WaterLossInput = on }),
            ("NoticeToDesk", NoticeToDeskOnEveryPath, of.NoticeToDeskOnEveryPath, on => p => p with { NoticeToDeskOnEveryPath = on }),
        ];
        foreach (var one in switches)
        {
            if (one.Site is { } on)
            {
                yield return new(one.Setting, one.Put(on), one.Profile && !on);
            }
        }

        if (SelfInspectionMonths is { } months)
        {
            yield return new("SelfInspectionInterval", p => p with { SelfInspectionMonths = months }, months > of.SelfInspectionMonths);
        }

        if (ReportToChief is { } report)
        {
            yield return new("ReportToChief", p => p with { ReportToChief = p.ReportToChief with { Value = report } }, report > of.ReportToChief.Value && !of.ReportToChief.Allows(report));
        }

        if (RoleNames is { } names)
        {
            yield return new("RoleNames", p => p with { RoleNames = new(false, p.RoleNames.Names.SetItems(names)) }, false);
        }

        if (PasswordChangeDays is { } days)
        {
            yield return new("PasswordChangeDays", p => p with { PasswordChangeDays = days }, days > of.PasswordChangeDays);
        }

        if (Keep is { } keep)
        {
            yield return new("KeepYears", p => p with { Keep = keep }, of.Keep is { } years && (keep.Entries < years.Entries || keep.Incidents < years.Incidents));
        }

        foreach (var (figure, value) in (Limits ?? ImmutableDictionary<Limit, int>.Empty).OrderBy(pair => pair.Key))
        {
            yield return new(figure.ToString(), p => p with { Limits = p.Limits.SetItem(figure, value) }, LimitRange.Of(figure).Looser(value, of[figure]));
        }
    }
}

/// <summary>One value of a site that differs from its profile.</summary>
internal sealed record SiteChange(string Setting, Func<PolicyProfile, PolicyProfile> Put, bool Looser);

/// <summary>Everything a site says about its profile.</summary>
/// <param name="Adopted">Each version that held, holds or will hold; empty: Base.</param>
public sealed record SiteProfile(ImmutableArray<ProfileAdoption> Adopted, SiteValues? Values = null, ImmutableArray<CitedException> Exceptions = default)
{
    /// <summary>Base, and nothing of its own.</summary>
    public static SiteProfile Base { get; } = new([]);

    /// <summary>The adoption that holds on a day; null: none yet, so Base.</summary>
    public ProfileAdoption? On(DateOnly day) => Adopted.Where(one => one.EffectiveOn <= day).MaxBy(one => (one.EffectiveOn, one.DecidedOn, one.Version));

    /// <summary>The exception cited for a value; null: none.</summary>
    public string? Cited(string setting, ZoneId? zone) =>
        Exceptions.IsDefault ? null : Exceptions.FirstOrDefault(one => one.Setting == setting && (one.Zone is null || one.Zone == zone?.Value))?.Exception;

    /// <summary>What is impossible about it.</summary>
    /// <param name="place">Where it stands in the settings.</param>
    public IEnumerable<string> Problems(string place)
    {
        foreach (var (at, adoption) in Adopted.Index())
        {
            foreach (var problem in adoption.Problems($"{place}.adopted.{at}"))
            {
                yield return problem;
            }
        }

        if (Adopted.GroupBy(one => one.EffectiveOn).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            yield return $"{place}.adopted: two versions begin on {same.Key:yyyy-MM-dd}. Keep the one that was decided.";
        }

        foreach (var (limit, value) in Values?.Limits ?? ImmutableDictionary<Limit, int>.Empty)
        {
            var range = LimitRange.Of(limit);
            if (value < range.Least || value > range.Most)
            {
                yield return $"{place}.values.limits.{limit}: {value} is outside {range.Least} to {range.Most}.";
            }
        }

        if (Values?.MyNumberOperatorFactors is not (null or 1 or 2) || Values?.MyNumberDoorFactors is not (null or 1 or 2))
        {
            yield return $"{place}.values: factors are 1 or 2.";
        }

        if (Values?.OuterDoorLimit is < 0 or > 10)
        {
            yield return $"{place}.values.outerDoorLimit: {Values.OuterDoorLimit} is outside 0 to 10.";
        }
    }
}

/// <summary>How a cited exception stands (R-EXC-04).</summary>
public enum ExceptionStanding
{
    /// <summary>None is cited.</summary>
    NoneCited,

    /// <summary>Cited, and not in force: unknown, not allowed, not yet begun, lapsed.</summary>
    NotInForce,

    /// <summary>Allowed by CHIEF and within its dates.</summary>
    InForce,
}

/// <summary>One place where a site is looser than its profile.</summary>
/// <param name="Setting">Row of section (b), or a <see cref="Limit"/>.</param>
/// <param name="Zone">Null: the whole site.</param>
/// <param name="Profile">What the profile says.</param>
/// <param name="Site">What the site would have.</param>
/// <param name="Exception">The exception cited; null: none.</param>
/// <param name="Applied">True: the site's value is in force, rightly or because it is a matter of walls; false: the profile's is.</param>
public sealed record Departure(string Setting, ZoneId? Zone, Words Profile, Words Site, string? Exception, ExceptionStanding Standing, bool Applied);

/// <summary>What holds at a site on one day, and where it departs from its profile.</summary>
/// <param name="Adoption">By which decision; null: none, so Base.</param>
/// <param name="Profile">The profile as its text has it.</param>
/// <param name="InForce">The same with the site's own values.</param>
/// <param name="Departures">Looser values, with the exception that covers each or none.</param>
public sealed record PolicyInForce(ProfileAdoption? Adoption, PolicyProfile Profile, PolicyProfile InForce, ImmutableArray<Departure> Departures)
{
    /// <summary>R-PROF-03, R-EXC-04: a site may be stricter than its profile, never looser without an exception in force.</summary>
    /// <param name="profile">The profile the site has adopted.</param>
    /// <param name="standing">How an exception stands at this moment.</param>
    public static PolicyInForce Of(ProfileAdoption? adoption, PolicyProfile profile, SiteProfile site, Func<string, ExceptionStanding> standing)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(standing);
        var (now, departures) = (profile, ImmutableArray.CreateBuilder<Departure>());
        foreach (var change in (site.Values ?? SiteValues.None).Changes(profile))
        {
            if (!change.Looser)
            {
                now = change.Put(now);
                continue;
            }

            var cited = site.Cited(change.Setting, null);
            var stands = cited is null ? ExceptionStanding.NoneCited : standing(cited);
            departures.Add(new(change.Setting, null, PolicyProfileText.Show(change.Setting, profile), PolicyProfileText.Show(change.Setting, change.Put(profile)), cited, stands, stands is ExceptionStanding.InForce));
            now = stands is ExceptionStanding.InForce ? change.Put(now) : now;
        }

        return new(adoption, profile, now, departures.ToImmutable());
    }
}

/// <summary>A version of a profile was adopted at a site; the whole of it, so that old versions stay readable (R-PROF-02).</summary>
public sealed record ProfileAdopted(DateTimeOffset OccurredAt, ProfileAdoption Adoption, PolicyProfile Profile) : RecordedEvent(OccurredAt);
