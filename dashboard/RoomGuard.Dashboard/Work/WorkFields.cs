using System.Collections.Immutable;
using System.Text;
using RoomGuard.Core.People;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Work;

/// <summary>The form of a work as a matter, and back.</summary>
internal static class WorkFields
{
    /// <summary>What was applied for.</summary>
    public static WorkMatter Read(PageRequest request, FormReader reader) => new(new(
        reader.Choice<WorkKind>("workKind"), reader.Lines("targets", 2000), new ZoneId(reader.Text("zone", 40)), reader.Text("description", 400), Kept(reader.Optional("requestRef", 40)), People(reader.Text("performers", 400)),
        People(reader.Optional("checkers", 400)), Kept(reader.Optional("contract", 40)), Moment(request, reader, "from"), Moment(request, reader, "until")));

    /// <summary>A plan as it is typed.</summary>
    public static IEnumerable<(string, string)> Typed(WorkPlan plan, Ink ink) =>
    [
        ("workKind", plan.Kind.ToString()), ("targets", string.Join('\n', plan.Targets)), ("zone", plan.Zone.Value), ("description", plan.Description), ("requestRef", plan.RequestRef ?? ""),
        ("performers", string.Join(' ', plan.Performers)), ("checkers", string.Join(' ', plan.Checkers)), ("contract", plan.Contract ?? ""), ("from", ink.Field(plan.From)[..16]), ("until", ink.Field(plan.Until)[..16]),
    ];

    /// <summary>The form as it begins.</summary>
    public static FormState Fresh(PageRequest request) => FormState.Of(
        ("workKind", nameof(WorkKind.SystemChange)), ("zone", request.Site.Zones.Length == 1 ? request.Site.Zones[0].Id.Value : ""), ("performers", request.Actor.Person.Value ?? ""),
        ("from", request.Ink.Field(request.Now)[..16]), ("until", request.Ink.Field(request.Now.AddHours(2))[..16]));

    /// <summary>Field by field, for the case.</summary>
    public static IEnumerable<(Word Name, string Value, string? Before)> Facts(WorkPlan plan, Ink ink)
    {
        var and = ink.Language == Language.Japanese ? "、" : ", ";
        yield return (WorkPageText.Kind, ink[WorkPageText.In(WorkText.Of(plan.Kind))], null);
        yield return (WorkPageText.Zone, ink.Zone(plan.Zone), null);
        yield return (WorkPageText.Targets, string.Join(and, plan.Targets), null);
        yield return (WorkPageText.Description, plan.Description, null);
        yield return (WorkPageText.Planned, VisitsText.Span(plan.From, plan.Until, ink), null);
        yield return (WorkPageText.Performers, string.Join(and, plan.Performers), null);
        yield return (WorkPageText.Checkers, plan.Checkers.IsEmpty ? ink[FrameText.None] : string.Join(and, plan.Checkers), null);
        if (plan.Contract is { } contract)
        {
            yield return (WorkPageText.Contract, contract, null);
        }

        if (plan.RequestRef is { } number)
        {
            yield return (WorkPageText.RequestRef, number, null);
        }
    }

    private static ImmutableArray<PersonId> People(string typed) =>
        [.. typed.Normalize(NormalizationForm.FormKC).Split([' ', ',', '、', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(id => new PersonId(id.ToUpperInvariant())).Distinct()];

    private static string? Kept(string text) => text.Length > 0 ? text : null;

    private static DateTimeOffset Moment(PageRequest request, FormReader reader, string field)
    {
        var typed = reader.Text(field, 40);
        if (typed.Length > 0 && Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        if (typed.Length > 0)
        {
            reader.Complain(field, FieldFault.NotADate, typed);
        }

        return default;
    }
}
