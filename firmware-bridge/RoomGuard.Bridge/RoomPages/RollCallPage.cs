using System.Globalization;
using System.Text;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>
/// 点呼用の在室者一覧 from the bridge alone (R-DOOR-05, R-DOOR-15): names come with the grant list and the visitors' passes, so that it prints with
/// the service stopped.
/// </summary>
public sealed class RollCallPage(RoomBoard board, Func<RoomState> room, string site, string panel)
{
    /// <summary>The whole page.</summary>
    /// <param name="names">False: whoever asks may only know how many.</param>
    public string Whole(DateTimeOffset now, bool names)
    {
        var state = room();
        var text = new StringBuilder();
        var stamp = Local(state, now).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        RoomHtml.Begin(text, $"{KioskText.RollCall.Ja} | RoomGuard", "roll");
        text.Append(CultureInfo.InvariantCulture, $"<main><header><h1>{RoomHtml.Inline(KioskText.RollCall)}</h1><p class=\"as-of\">{RoomHtml.Safe(site)} {RoomHtml.Safe(panel)} · {RoomHtml.Inline(KioskText.AsOf(stamp))}</p></header>");
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"screen\">{RoomHtml.Inline(KioskText.RollCallLead)}</p>");
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"tools screen\"><button type=\"button\" data-print hidden>{RoomHtml.Inline(KioskText.Print)}</button> <a href=\"/roll-call\">{RoomHtml.Inline(KioskText.Reload)}</a> <a href=\"/\">{RoomHtml.Inline(KioskText.Index)}</a></p>");
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"total\">{RoomHtml.Inline(KioskText.Total(state.Inside.Length))}</p>");
        if (names)
        {
            text.Append(CultureInfo.InvariantCulture, $"<table class=\"seal\"><tbody><tr><th scope=\"row\">{RoomHtml.Inline(KioskText.Caller)}</th><td></td><th scope=\"row\">{RoomHtml.Inline(KioskText.CallTime)}</th><td></td></tr></tbody></table>");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{RoomHtml.Inline(KioskText.RollCallHidden)}</p>");
        }

        foreach (var zone in Zones(state))
        {
            Zone(text, state, zone, names);
        }

        text.Append("</main>");
        RoomHtml.End(text);
        return text.ToString();
    }

    private IEnumerable<ZoneId> Zones(RoomState state) => board.Doors.Select(door => door.Zone).Concat(state.Inside.Select(one => one.Zone)).Distinct();

    private void Zone(StringBuilder text, RoomState state, ZoneId zone, bool names)
    {
        var (label, labelEn) = state.List?.Zone(zone) is { } known ? (known.Label, known.LabelEn) : (zone.Value, "");
        var inside = state.Inside.Where(one => one.Zone == zone).OrderBy(one => one.Since).ToList();
        text.Append(CultureInfo.InvariantCulture, $"<section><h2>{RoomHtml.Safe(label)} <span lang=\"en\">{RoomHtml.Safe(labelEn)}</span> <b>{RoomHtml.Inline(KioskText.Count(inside.Count))}</b></h2>");
        if (inside.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p>{RoomHtml.Inline(KioskText.Nobody)}</p>");
        }
        else if (names)
        {
            text.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(RoomHtml.Safe(label)).Append("\"><table><thead><tr>");
            foreach (var column in new[] { KioskText.Seen, KioskText.Name, KioskText.Section, KioskText.Entered, KioskText.Remarks })
            {
                text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{RoomHtml.Inline(column)}</th>");
            }

            text.Append("</tr></thead><tbody>");
            foreach (var one in inside)
            {
                Row(text, state, one);
            }

            text.Append("</tbody></table></div>");
        }

        text.Append("</section>");
    }

    private void Row(StringBuilder text, RoomState state, InsideNow one)
    {
        var pass = board.Pass(one.Person);
        var person = pass?.Visitor ?? state.List?.Person(one.Person);
        var since = Local(state, one.Since).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"box\"><span></span></td><th scope=\"row\">{RoomHtml.Safe(person?.Name ?? one.Person.Value)} <small>{RoomHtml.Safe(person?.Kana)} {RoomHtml.Safe(one.Person.Value)}</small></th>");
        text.Append(CultureInfo.InvariantCulture, $"<td>{RoomHtml.Safe(person?.SectionOrFirm)}</td><td>{since}</td><td>{string.Join("<br>", Remarks(state, one, pass).Select(RoomHtml.Inline))}</td></tr>");
    }

    private static IEnumerable<Words> Remarks(RoomState state, InsideNow one, VisitPass? pass)
    {
        if (one.Alone)
        {
            yield return KioskText.Alone;
        }

        if (pass is not null)
        {
            yield return KioskText.VisitorWith(pass.BadgeNo, one.Escort is { } escort ? NameOf(state, escort) : pass.Escorts.IsDefaultOrEmpty ? "―" : NameOf(state, pass.Escorts[0]));
        }

        if (one.Certainty is not PresenceCertainty.Certain)
        {
            yield return KioskText.Of(one.Certainty);
        }
    }

    private static string NameOf(RoomState state, PersonId person) => state.List?.Person(person)?.Name ?? person.Value;

    private static DateTimeOffset Local(RoomState state, DateTimeOffset at) => state.List is { } list ? TimeZoneInfo.ConvertTime(at, list.TimeZone) : at.ToLocalTime();
}
