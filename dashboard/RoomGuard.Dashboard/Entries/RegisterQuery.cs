using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>The register's address: what is asked, where it stands and how it is shown. The URL is the saved view.</summary>
/// <param name="Density"><c>roomy</c>, <c>normal</c> or <c>tight</c>.</param>
public sealed record RegisterQuery(RegisterFilter Filter, RegisterPlace Place, int Rows, string Density)
{
    /// <summary>How many rows a page may have.</summary>
    public static ImmutableArray<int> RowChoices { get; } = [50, 100, 500];

    /// <summary>Whether the newest page is shown.</summary>
    public bool AtNewest => Place is RegisterPlace.Newest;

    /// <summary>Reads an address. What cannot be read is left out and complained about, never guessed.</summary>
    public static (RegisterQuery Query, FormState Typed) Read(IQueryCollection asked, Ink ink)
    {
        var form = new FormReader(new FormCollection(asked.ToDictionary(pair => pair.Key, pair => pair.Value)));
        var from = Moment(asked, "from", ink, form);
        var until = Moment(asked, "until", ink, form);
        if (from >= until)
        {
            form.Complain("until", FieldFault.EndBeforeStart);
            until = null;
        }

        var person = Word(asked, "person");
        var filter = new RegisterFilter(
            from,
            until,
            Word(asked, "zone") is { } zone ? new ZoneId(zone) : null,
            Word(asked, "door") is { } door ? new DoorId(door) : null,
            [.. asked["result"].Select(Choice<RegisterResult>).OfType<RegisterResult>().Distinct().Order()],
            Choice<DenyReason>(asked["reason"].FirstOrDefault()),
            Choice<PersonCategory>(asked["category"].FirstOrDefault()),
            person is null ? null : new PersonId(person),
            Word(asked, "q"));
        var rows = int.TryParse(asked["rows"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && RowChoices.Contains(wanted)
            ? wanted
            : RowChoices[0];
        var density = asked["density"].FirstOrDefault() is "roomy" or "tight" ? asked["density"].First()! : "normal";
        return (new(filter, PlaceOf(asked, ink, form), rows, density), form.State());
    }

    /// <summary>The address of this view.</summary>
    public string Url(string path = "/entries") => path + ToQuery(this);

    /// <summary>The address of the same question at another place.</summary>
    public string At(RegisterPlace place) => (this with { Place = place }).Url();

    /// <summary>The address of another question, from its newest row.</summary>
    public string Asking(RegisterFilter filter) => (this with { Filter = filter, Place = new RegisterPlace.Newest() }).Url();

    /// <summary>Writes a cursor.</summary>
    public static string Write(RegisterCursor cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor.At.UtcTicks}-{cursor.N}");

    /// <summary>Reads a cursor; null: not one.</summary>
    public static RegisterCursor? ReadCursor(string? text)
    {
        var parts = (text ?? "").Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), n)
            : null;
    }

    /// <summary>The conditions, each with its words and the filter without it.</summary>
    public static IEnumerable<(string Text, RegisterFilter Without)> Conditions(RegisterFilter filter, Ink ink)
    {
        if (filter.From is not null || filter.Until is not null)
        {
            yield return (
                ink.Fill(EntriesText.PeriodChip, filter.From is { } from ? Shown(ink, from) : "", filter.Until is { } until ? Shown(ink, until) : ""),
                filter with { From = null, Until = null });
        }

        if (filter.Zone is { } zone)
        {
            yield return (Named(ink, EntriesText.Zone, ink.Zone(zone)), filter with { Zone = null });
        }

        if (filter.Door is { } door)
        {
            yield return (Named(ink, EntriesText.Door, ink.Door(door)), filter with { Door = null });
        }

        foreach (var result in filter.Results)
        {
            yield return (Named(ink, EntriesText.Result, ink[StateText.Of(result).Word]), filter with { Results = filter.Results.Remove(result) });
        }

        if (filter.Reason is { } reason)
        {
            yield return (Named(ink, EntriesText.Reason, EventText.Reason(reason, ink.Language)), filter with { Reason = null });
        }

        if (filter.Category is { } category)
        {
            yield return (Named(ink, EntriesText.Category, ink[ChoiceText.Of(category)]), filter with { Category = null });
        }

        if (filter.Person is { } person)
        {
            yield return (Named(ink, EntriesText.Person, person.Value), filter with { Person = null });
        }

        if (filter.Words is { } words)
        {
            yield return (Named(ink, EntriesText.Words, words), filter with { Words = null });
        }
    }

    private static string Named(Ink ink, Word name, string value) => $"{ink[name]}={value}";

    private static string Shown(Ink ink, DateTimeOffset at)
    {
        var text = ink.Stamp(at);
        return text.EndsWith(" 00:00:00", StringComparison.Ordinal) ? text[..10] : text;
    }

    private static string ToQuery(RegisterQuery query)
    {
        var (filter, place) = (query.Filter, query.Place);
        var pairs = new List<(string Name, string? Value)>
        {
            ("from", Time(filter.From)), ("until", Time(filter.Until)), ("zone", filter.Zone?.Value), ("door", filter.Door?.Value),
        };
        pairs.AddRange(filter.Results.Select(result => ("result", (string?)result.ToString())));
        pairs.AddRange(
        [
            ("reason", filter.Reason?.ToString()), ("category", filter.Category?.ToString()), ("person", filter.Person?.Value), ("q", filter.Words),
            ("rows", query.Rows == RowChoices[0] ? null : query.Rows.ToString(CultureInfo.InvariantCulture)),
            ("density", query.Density == "normal" ? null : query.Density),
            place switch
            {
                RegisterPlace.OlderThan older => ("older", Write(older.Row)),
                RegisterPlace.NewerThan newer => ("newer", Write(newer.Row)),
                RegisterPlace.At at => ("at", Time(at.Time)),
                RegisterPlace.Oldest => ("oldest", "1"),
                _ => ("newest", null),
            },
        ]);
        var text = string.Join('&', pairs.Where(pair => pair.Value is { Length: > 0 }).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return text.Length == 0 ? "" : "?" + text;
    }

    // With its offset, so that a saved address means the same moment on every machine.
    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);

    private static RegisterPlace PlaceOf(IQueryCollection asked, Ink ink, FormReader form)
    {
        if (ReadCursor(asked["older"].FirstOrDefault()) is { } older)
        {
            return new RegisterPlace.OlderThan(older);
        }

        if (ReadCursor(asked["newer"].FirstOrDefault()) is { } newer)
        {
            return new RegisterPlace.NewerThan(newer);
        }

        if (Moment(asked, "at", ink, form) is { } at)
        {
            return new RegisterPlace.At(at);
        }

        return asked.ContainsKey("oldest") ? new RegisterPlace.Oldest() : new RegisterPlace.Newest();
    }

    private static string? Word(IQueryCollection asked, string name) =>
        asked[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : null;

    private static TChoice? Choice<TChoice>(string? text)
        where TChoice : struct, Enum =>
        Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text![0]) ? choice : null;

    private static DateTimeOffset? Moment(IQueryCollection asked, string name, Ink ink, FormReader form)
    {
        if (Word(asked, name) is not { } text)
        {
            return null;
        }

        if (text.Length > 19 && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
        {
            return exact;
        }

        if (Dates.TryTime(text, out var local))
        {
            return ink.Moment(local);
        }

        form.Complain(name, FieldFault.NotADate, text);
        return null;
    }
}
