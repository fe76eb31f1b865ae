using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Visits;

/// <summary>How often a visit comes again.</summary>
public enum VisitRepeat
{
    /// <summary>Once.</summary>
    None,

    /// <summary>毎週.</summary>
    Week,

    /// <summary>隔週.</summary>
    Fortnight,

    /// <summary>毎月 on the same day.</summary>
    Month,
}

/// <summary>The form of a visit as a matter, and back.</summary>
internal static class VisitFormReading
{
    private const int MostTimes = 60;

    public static VisitMatter Read(PageRequest request, FormReader reader, ImmutableArray<ZoneId> zones, bool walkIn)
    {
        ImmutableArray<VisitorName> visitors = [.. reader.Lines("visitors", 3000).Select(NameOf)];
        if (visitors.IsEmpty)
        {
            reader.Complain("visitors", FieldFault.Required);
        }

        var organisation = reader.Text("organisation");
        ImmutableArray<PersonId> escorts = [.. reader.Text("escorts", 200).Normalize(System.Text.NormalizationForm.FormKC).Split([' ', ',', '、'], StringSplitOptions.RemoveEmptyEntries).Distinct().Select(id => new PersonId(id.ToUpperInvariant()))];
        return new(visitors, organisation, zones, Times(request, reader, walkIn), escorts, ItemFields.ReadPermits(reader), reader.Optional("contract", 40) is { Length: > 0 } contract ? contract : null, walkIn);
    }

    public static IEnumerable<(string, string)> Typed(VisitMatter matter, Ink ink)
    {
        var first = matter.Times[0];
        yield return ("visitors", string.Join('\n', matter.Visitors.Select(one => one.Kana.Length > 0 ? $"{one.Name}、{one.Kana}" : one.Name)));
        yield return ("organisation", matter.Organisation);
        foreach (var zone in matter.Zones)
        {
            yield return ("zones", zone.Value);
        }

        yield return ("day", Ink.Field(ink.Day(first.From)));
        yield return ("from", ink.Local(first.From).ToString("HH:mm", CultureInfo.InvariantCulture));
        yield return ("until", ink.Local(first.Until).ToString("HH:mm", CultureInfo.InvariantCulture));
        yield return ("escorts", string.Join(' ', matter.Escorts));
        yield return ("items", ItemFields.Typed(matter.Items));
        yield return ("contract", matter.Contract ?? "");
        yield return ("repeat", (matter.Times.Length == 1 ? VisitRepeat.None : (matter.Times[1].From - first.From).TotalDays switch
        {
            < 8 => VisitRepeat.Week,
            < 15 => VisitRepeat.Fortnight,
            _ => VisitRepeat.Month,
        }).ToString());
        yield return ("repeatUntil", matter.Times.Length == 1 ? "" : Ink.Field(ink.Day(matter.Times[^1].From)));
    }

    private static VisitorName NameOf(string line)
    {
        var parts = line.Split(['、', ',', '，'], 2, StringSplitOptions.TrimEntries);
        return new(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static ImmutableArray<VisitTime> Times(PageRequest request, FormReader reader, bool walkIn)
    {
        var ink = request.Ink;
        if (walkIn)
        {
            // Whoever stands at the desk comes now; only how long is asked.
            var minutes = reader.Number("minutes");
            if (minutes is < 10 or > 600)
            {
                reader.Complain("minutes", FieldFault.OutOfRange, "10 – 600");
            }

            return [new(request.Now, request.Now.AddMinutes(Math.Clamp(minutes, 10, 600)))];
        }

        var (day, from, until) = (reader.Day("day"), Hour(reader, "from"), Hour(reader, "until"));
        var repeat = reader.Optional("repeat").Length == 0 ? VisitRepeat.None : reader.Choice<VisitRepeat>("repeat");
        var last = repeat is VisitRepeat.None ? day : reader.Day("repeatUntil");
        if (!reader.Ok)
        {
            return [];
        }

        // 24:00 is the end of the day.
        var next = until <= from && until == default ? 1 : 0;
        var times = ImmutableArray.CreateBuilder<VisitTime>();
        for (var (at, number) = (day, 1); at <= last && times.Count <= MostTimes; number++)
        {
            times.Add(new(ink.Moment(at.ToDateTime(from)), ink.Moment(at.AddDays(next).ToDateTime(until))));
            at = repeat switch
            {
                VisitRepeat.Week => day.AddDays(7 * number),
                VisitRepeat.Fortnight => day.AddDays(14 * number),
                VisitRepeat.Month => day.AddMonths(number),
                _ => last.AddDays(1),
            };
        }

        if (times.Count == 0)
        {
            reader.Complain("repeatUntil", FieldFault.EndBeforeStart);
        }

        return times.DrainToImmutable();
    }

    private static TimeOnly Hour(FormReader reader, string field)
    {
        if (reader.Optional(field).Length == 0)
        {
            reader.Complain(field, FieldFault.Required);
            return default;
        }

        return reader.Hour(field);
    }
}
