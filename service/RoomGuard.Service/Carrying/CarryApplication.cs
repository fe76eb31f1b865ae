using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Carrying;

/// <summary>持出し・持込み as an application: what it must say, what the rules refuse, and the permit it becomes when it is allowed.</summary>
public static class CarryApplication
{
    /// <summary>Things of one application; more come on more than one.</summary>
    public const int MostItems = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What a plan is judged by now.</summary>
    /// <remarks>The one place where a number is looked up: in the list SYS keeps and in the 機器台帳.</remarks>
    public static CarryFrame Frame(Statements db, IEnumerable<string> tags, ZoneId? zone, PolicyProfile policy, Func<ZoneId, Segment?> segments)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(segments);
        ImmutableArray<string> named = [.. tags.Where(tag => tag.Length > 0).Distinct()];
        var listed = named.Select(tag => CarryView.Listed(db, tag)).OfType<ListedThing>().ToImmutableDictionary(thing => thing.Tag);
        var registered = named.Select(tag => (Tag: tag, Thing: InRegister(db, tag))).Where(one => one.Thing is not null).ToImmutableDictionary(one => one.Tag, one => one.Thing!);
        return new(policy.MyNumberCarryOut, zone is { } into ? segments(into) : null, CarryView.SafeguardsInForce(db)?.Version, listed, registered);
    }

    /// <summary>The form in the one way it is kept; the section is the applicant's own.</summary>
    public static CarryMatter Cleaned(CarryMatter matter, Actor by)
    {
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(by);
        var plan = matter.Plan;
        return new(plan with
        {
            Items = [.. (plan.Items.IsDefault ? [] : plan.Items).Select(item => item with { Tag = FieldRules.Clean(item.Tag), Name = FieldRules.Clean(item.Name), Content = FieldRules.Clean(item.Content) })],
            Place = FieldRules.Clean(plan.Place),
            Zone = plan.Direction is CarryDirection.In ? plan.Zone : null,
            Transport = FieldRules.Clean(plan.Transport),
            Protection = [.. (plan.Protection.IsDefault ? [] : plan.Protection).Distinct().Order()],
            SafeguardVersion = Kept(plan.SafeguardVersion),
            Receiver = Kept(plan.Receiver),
            Section = by.Section,
        });
    }

    /// <summary>What is wrong with the form, and what the rules refuse. Fields of a thing carry its number, e.g. <c>tag2</c>.</summary>
    public static IEnumerable<FieldProblem> Problems(Statements db, CarryPlan plan, FieldRules rules, PolicyProfile policy, Func<ZoneId, Segment?> segments, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(policy);
        ImmutableArray<FieldProblem> form = [.. OfItems(plan, policy), .. OfPlan(plan, rules), .. OfTimes(plan, now)];

        // Rules speak of what is whole.
        return form.IsEmpty
            ? [.. CarryRules.Objections(plan, Frame(db, plan.Items.Select(item => item.Tag), plan.Zone, policy, segments)).Select(Problem)]
            : form;
    }

    /// <summary>What the rules refused of a form, for the record.</summary>
    public static IEnumerable<CarryRefused> Refused(CarryPlan plan, ImmutableArray<FieldProblem> problems, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(by);
        return problems.Where(problem => problem.Fault is FieldFault.CarryRefused).Select(problem => new CarryRefused(
            now, null, plan.Direction, Enum.Parse<CarryRefusal>(problem.Value!), NameOf(plan, problem.Field), by.Person, by.Id));
    }

    /// <summary>気になる点 as things stand now, and what stops an approval: lists and safeguards may have changed since it was applied for.</summary>
    public static IEnumerable<CasePoint> Points(Statements db, CarryPlan plan, PolicyProfile policy, Func<ZoneId, Segment?> segments, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.DueAt <= now)
        {
            yield return new(CasePointTone.Blocking, CaseText.CarryOver, "R-CARRY-01");
        }

        foreach (var objection in CarryRules.Objections(plan, Frame(db, plan.Items.Select(item => item.Tag), plan.Zone, policy, segments)).DistinctBy(one => one.Refusal))
        {
            var words = CarryRefusalText.Of(objection.Refusal);
            yield return new(CasePointTone.Blocking, words.Because, words.Rule);
        }

        if (plan.Direction is CarryDirection.Out && plan.Importance is ImportanceClass.I)
        {
            yield return new(CasePointTone.Unusual, CaseText.CarryClassOne, "R-CARRY-06");
        }

        if (plan.Receiver is not null)
        {
            yield return new(CasePointTone.Unusual, CaseText.CarryToOutside, "R-CARRY-12");
        }
    }

    /// <summary>The permit an allowed application becomes.</summary>
    public static CarryPermitted Permit(Statements db, CaseDossier file, CarryPlan plan, Actor by, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(by);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"K-{today.Year}-");
        var next = 1 + (db.Value("SELECT max(number) FROM view_carry_permits WHERE id LIKE $1 || '%'", prefix) as long? ?? 0);
        var decided = file.History.Last(line => line.Decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions);
        var id = new CarryPermitId(string.Create(CultureInfo.InvariantCulture, $"{prefix}{next:0000}"));
        return new(now, new(id, file.Id, plan, file.Reason, file.AppliedBy, file.AppliedAt, by.Person, decided.As ?? Role.SecurityManager, now, file.Conditions), by.Id);
    }

    /// <summary>An objection as a problem of the form.</summary>
    public static FieldProblem Problem(CarryObjection objection)
    {
        ArgumentNullException.ThrowIfNull(objection);
        var field = objection.Refusal switch
        {
            CarryRefusal.NoSafeguards => "safeguardVersion",
            CarryRefusal.NoProtection or CarryRefusal.OutsideWithoutProtection => "protection",
            CarryRefusal.ClassBelowRegister => string.Create(CultureInfo.InvariantCulture, $"class{objection.Item}"),
            CarryRefusal.SegmentNotRegisters => string.Create(CultureInfo.InvariantCulture, $"segment{objection.Item}"),
            _ when objection.Item > 0 => string.Create(CultureInfo.InvariantCulture, $"tag{objection.Item}"),
            _ => "",
        };
        return new(field, FieldFault.CarryRefused, objection.Refusal.ToString());
    }

    private static RegisteredThing? InRegister(Statements db, string tag) =>
        AssetTag.IsOne(tag) && AssetsView.One(db, new(tag)) is { } kept ? new(kept.Effective, kept.Asset.Segment, RemovedPartsView.One(db, new(tag)) is not null) : null;

    private static string NameOf(CarryPlan plan, string field) =>
        int.TryParse(field.AsSpan(field.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var digits ? digits : field.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at >= 1 && at <= plan.Items.Length
            ? plan.Items[at - 1] is { Tag.Length: > 0 } item ? item.Tag : plan.Items[at - 1].Name
            : "";

    private static string? Kept(string? text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    private static IEnumerable<FieldProblem> OfItems(CarryPlan plan, PolicyProfile policy)
    {
        if (plan.Items.IsDefaultOrEmpty || plan.Items.Length > MostItems)
        {
            yield return plan.Items.IsDefaultOrEmpty ? new("name1", FieldFault.Required) : new("name1", FieldFault.OutOfRange, $"1 – {MostItems}");
            yield break;
        }

        foreach (var (index, item) in plan.Items.Index())
        {
            var at = (index + 1).ToString(CultureInfo.InvariantCulture);
            foreach (var problem in FieldRules.Text($"tag{at}", item.Tag, 40, required: item.Kind is CarriedKind.Media).Concat(FieldRules.Text($"name{at}", item.Name)).Concat(FieldRules.Text($"content{at}", item.Content, required: false)))
            {
                yield return problem;
            }

            if (!Enum.IsDefined(item.Kind))
            {
                yield return new($"kind{at}", FieldFault.NotAChoice);
            }

            if (!Enum.IsDefined(item.Ownership))
            {
                yield return new($"ownership{at}", FieldFault.NotAChoice);
            }

            if (item.Importance is { } importance && !Enum.IsDefined(importance))
            {
                yield return new($"class{at}", FieldFault.NotAChoice);
            }

            if (!policy.Segments.Contains(item.Segment))
            {
                yield return new($"segment{at}", FieldFault.NotAChoice);
            }

            if (item.Tag.Length > 0 && plan.Items.Take(index).Any(other => other.Tag == item.Tag))
            {
                yield return new($"tag{at}", FieldFault.AlreadyExists, item.Tag);
            }
        }
    }

    private static IEnumerable<FieldProblem> OfPlan(CarryPlan plan, FieldRules rules)
    {
        foreach (var problem in FieldRules.Text("place", plan.Place).Concat(FieldRules.Text("transport", plan.Transport)).Concat(FieldRules.Text("safeguardVersion", plan.SafeguardVersion, 40, required: false))
            .Concat(FieldRules.Text("receiver", plan.Receiver, required: false)))
        {
            yield return problem;
        }

        if (plan.Zone is { } zone && !rules.KnowsZone(zone))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }

        if (plan.Protection.Any(protection => !Enum.IsDefined(protection)))
        {
            yield return new("protection", FieldFault.NotAChoice);
        }
    }

    private static IEnumerable<FieldProblem> OfTimes(CarryPlan plan, DateTimeOffset now)
    {
        if (plan.DueAt <= plan.From)
        {
            yield return new("dueAt", FieldFault.EndBeforeStart);
        }
        else if (plan.DueAt <= now)
        {
            yield return new("dueAt", FieldFault.AlreadyOver);
        }
        else if (plan.DueAt - plan.From > Longest)
        {
            yield return new("dueAt", FieldFault.LongerThanOneYear);
        }
    }
}
