using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>The form of an application to carry, as a matter and back. Fields of a thing end with its number, e.g. <c>tag2</c>.</summary>
internal static class CarryFields
{
    /// <summary>Things one form has room for.</summary>
    public const int Rows = 5;

    private static readonly string[] ItemFields = ["kind", "tag", "name", "content", "class", "segment", "ownership", "encrypted"];

    /// <summary>A thing's field.</summary>
    public static string Field(string name, int at) => string.Create(CultureInfo.InvariantCulture, $"{name}{at}");

    /// <summary>Labels of the fields of every thing, for the list of problems.</summary>
    public static Dictionary<string, string> ItemLabels(Ink ink) => Enumerable.Range(1, Rows).SelectMany(at => new (string, Word)[]
    {
        ("kind", CarryPageText.Kind), ("tag", CarryPageText.Tag), ("name", CarryPageText.Name), ("content", CarryPageText.Content), ("class", CarryPageText.Class), ("segment", CarryPageText.Segment),
        ("ownership", CarryPageText.Ownership),
    }.Select(field => (Name: Field(field.Item1, at), Text: $"{ink.Fill(CarryPageText.Item, at)} {ink[field.Item2]}"))).ToDictionary(field => field.Name, field => field.Text);

    /// <summary>The form as it begins: one thing of the organisation's, from now until the end of the day.</summary>
    public static async Task<FormState> Fresh(PageRequest request, CaseKind kind)
    {
        var version = kind is CaseKind.CarryOut ? await request.Port<ICarryDesk>().SafeguardVersion(request.Gone).ConfigureAwait(false) : null;
        var whose = kind is CaseKind.CarryIn ? nameof(ItemOwnership.Private) : nameof(ItemOwnership.Organisation);
        return FormState.Of(
        [
            .. Enumerable.Range(1, Rows).SelectMany(at => new[] { (Field("ownership", at), whose), (Field("segment", at), nameof(Segment.Internet)) }),
            ("safeguardVersion", version ?? ""), ("leaveAt", request.Ink.Field(request.Now)[..16]), ("dueAt", $"{Ink.Field(request.Today)}T17:15"),
        ]);
    }

    /// <summary>What was applied for.</summary>
    public static CarryMatter Read(PageRequest request, FormReader reader, CaseKind kind)
    {
        var items = ImmutableArray.CreateBuilder<CarriedItem>();
        for (var at = 1; at <= Rows; at++)
        {
            var (tag, name, content) = (reader.Optional(Field("tag", at), 40), reader.Optional(Field("name", at)), reader.Optional(Field("content", at)));
            if (at > 1 && tag.Length + name.Length + content.Length == 0)
            {
                continue;
            }

            // Things stand without a gap, so that a problem's number is the form's.
            if (items.Count != at - 1)
            {
                reader.Complain(Field("name", items.Count + 1), FieldFault.Required);
                break;
            }

            if (name.Length == 0)
            {
                reader.Complain(Field("name", at), FieldFault.Required);
            }

            var importance = request.Field(Field("class", at));
            items.Add(new(
                reader.Choice<CarriedKind>(Field("kind", at)), tag, name, content, importance.Length == 0 ? null : reader.Choice<ImportanceClass>(Field("class", at)), reader.Choice<Segment>(Field("segment", at)),
                reader.Choice<ItemOwnership>(Field("ownership", at)), reader.Ticked(Field("encrypted", at)).Contains("1")));
        }

        var zone = reader.Optional("zone", 40);
        ImmutableArray<TransportProtection> protection = [.. reader.Ticked("protection").Select(one => Enum.TryParse<TransportProtection>(one, out var known) && Enum.IsDefined(known) ? known : (TransportProtection)(-1))];
        return new(new(
            kind is CaseKind.CarryIn ? CarryDirection.In : CarryDirection.Out, items.DrainToImmutable(), reader.Text("place"), zone.Length == 0 ? null : new ZoneId(zone), Moment(request, reader, "leaveAt"), Moment(request, reader, "dueAt"),
            reader.Text("transport"), protection, Kept(reader.Optional("safeguardVersion", 40)), Kept(reader.Optional("receiver")), ""));
    }

    /// <summary>A plan as it is typed.</summary>
    public static IEnumerable<(string, string)> Typed(CarryPlan plan, Ink ink)
    {
        foreach (var (index, item) in plan.Items.Index())
        {
            foreach (var (name, value) in ItemFields.Zip(new[]
            {
                item.Kind.ToString(), item.Tag, item.Name, item.Content, item.Importance?.ToString() ?? "", item.Segment.ToString(), item.Ownership.ToString(), item.Encrypted ? "1" : "",
            }))
            {
                yield return (Field(name, index + 1), value);
            }
        }

        yield return ("place", plan.Place);
        yield return ("zone", plan.Zone?.Value ?? "");
        yield return ("leaveAt", ink.Field(plan.From)[..16]);
        yield return ("dueAt", ink.Field(plan.DueAt)[..16]);
        yield return ("transport", plan.Transport);
        foreach (var one in plan.Protection)
        {
            yield return ("protection", one.ToString());
        }

        yield return ("safeguardVersion", plan.SafeguardVersion ?? "");
        yield return ("receiver", plan.Receiver ?? "");
    }

    /// <summary>Things in one line.</summary>
    public static string Line(ImmutableArray<CarriedItem> items, Ink ink) => string.Join(And(ink), items.Select(item => item.Tag.Length > 0 ? $"{item.Name} {item.Tag}" : item.Name));

    /// <summary>A thing with everything said of it.</summary>
    public static string Line(CarriedItem item, Ink ink) => string.Join(" · ", new[]
    {
        ink[CarryPageText.In(CarryText.Of(item.Kind))], item.Tag, item.Name, ink[CarryPageText.In(CarryText.Of(item.Ownership))], item.Content, Class(item, ink), ink[CarryPageText.In(ZoneText.Of(item.Segment))],
        item.Encrypted ? ink[CarryPageText.EncryptedShort] : "",
    }.Where(part => part.Length > 0));

    /// <summary>重要性分類 as people read it.</summary>
    public static string Class(CarriedItem item, Ink ink) => item.Importance is { } importance ? ink[CarryPageText.In(ZoneText.Of(importance))] : ink[CarryPageText.Undecided];

    /// <summary>保護措置 in words.</summary>
    public static string Protection(CarryPlan plan, Ink ink) =>
        plan.Protection.IsDefaultOrEmpty ? ink[FrameText.None] : string.Join(And(ink), plan.Protection.Select(one => ink[CarryPageText.In(CarryText.Of(one))]));

    /// <summary>Whereto: the place, and the area.</summary>
    public static string Place(CarryPlan plan, Ink ink) => plan.Zone is { } zone ? $"{plan.Place} {ink.Zone(zone)}" : plan.Place;

    /// <summary>Field by field, for the case.</summary>
    public static IEnumerable<(Word Name, string Value, string? Before)> Facts(CarryPlan plan, Ink ink)
    {
        foreach (var item in plan.Items)
        {
            yield return (CarryPageText.Items, Line(item, ink), null);
        }

        yield return (CarryPageText.Place, Place(plan, ink), null);
        yield return (CarryPageText.Period, VisitsText.Span(plan.From, plan.DueAt, ink), null);
        yield return (CarryPageText.TransportProtection, $"{plan.Transport} / {Protection(plan, ink)}", null);
        yield return (CarryPageText.SafeguardVersion, plan.SafeguardVersion ?? ink[FrameText.None], null);
        if (plan.Receiver is { } receiver)
        {
            yield return (CarryPageText.Receiver, receiver, null);
        }
    }

    private static string And(Ink ink) => ink.Language == Language.Japanese ? "、" : ", ";

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
