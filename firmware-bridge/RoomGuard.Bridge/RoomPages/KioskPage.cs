using System.Globalization;
using System.Text;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>What a kiosk shows at one moment.</summary>
/// <param name="Tone">Colour of the field: <c>ready</c>, <c>ok</c>, <c>wait</c>, <c>no</c> or <c>off</c>.</param>
/// <param name="Main">The large answer with its sign.</param>
/// <param name="Todo">What to do now; null: nothing.</param>
/// <param name="Left">How much of a wait is left, 0 to 100; null: nothing is awaited.</param>
/// <param name="Number">The journal's number of a refusal; null: none.</param>
public sealed record KioskAnswer(string Tone, Words Main, Words? Todo = null, int? Left = null, long? Number = null);

/// <summary>
/// 読取機画面 of one door: may I go in, and if not, what now? It decides nothing, it says what the door decided, and of a refusal no more than the
/// zone allows (R-DOOR-01).
/// </summary>
public sealed class KioskPage(RoomBoard board, Func<RoomState> room, string? help, string? helpEn)
{
    /// <summary>What the door says now.</summary>
    public KioskAnswer Answer(Door door, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(door);
        var state = room();
        var leaf = state.Doors.FirstOrDefault(item => item.Door == door.Id);
        if (board.Mode(door.Zone, now) is ZoneMode.Fire || leaf is { Freed: FreedBy.Fire })
        {
            return new("no", KioskText.Fire, KioskText.FireDo);
        }

        if (board.At(door.Id, now) is { } moment)
        {
            return Answer(moment, state, now);
        }

        if (leaf is null or { InService: false } || state.Journal == JournalCondition.Failed)
        {
            return new("off", KioskText.OutOfService, KioskText.OutOfServiceDo);
        }

        return leaf.HeldOpen || leaf.Forced ? new("wait", KioskText.Close)
            : board.LockedDown(door.Zone, now) ? new("no", KioskText.Stopped)
            : leaf.Freed is FreedBy.Hours ? new("ok", KioskText.FreeHours, KioskText.FreeHoursDo)
            : new("ready", KioskText.Ready);
    }

    /// <summary>The whole page.</summary>
    public string Whole(Door door, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(door);
        var text = new StringBuilder();
        RoomHtml.Begin(text, $"{door.Label} | RoomGuard", "kiosk", refresh: 2);
        text.Append(CultureInfo.InvariantCulture, $"<div id=\"kiosk\" data-stream=\"/kiosk/{Uri.EscapeDataString(door.Id.Value)}/stream\">{Part(door, now)}</div>");
        text.Append("<template id=\"lost\">").Append(Field(door, new("off", KioskText.Lost, KioskText.LostDo), null)).Append("</template>");
        RoomHtml.End(text);
        return text.ToString();
    }

    /// <summary>What is put into the page whenever it changes.</summary>
    public string Part(Door door, DateTimeOffset now) => Field(door, Answer(door, now), now);

    private KioskAnswer Answer(DoorMoment moment, RoomState state, DateTimeOffset now)
    {
        var rule = state.List?.Zone(moment.Zone)?.RulesInForce.ReasonAtDoor ?? ReasonAtDoor.None;
        var seconds = Math.Max(1, (int)Math.Ceiling((moment.Until - now).TotalSeconds));
        switch (moment.Answer)
        {
            case DoorAnswer.Granted:
                return new("ok", KioskText.Granted, KioskText.Open(rule == ReasonAtDoor.None ? null : FamilyName(moment.Person, state), seconds));
            case DoorAnswer.FactorAwaited:
                return new("wait", KioskText.WaitFactor, KioskText.WaitFactorDo, seconds);
            case DoorAnswer.SecondAwaited:
                return new("wait", KioskText.WaitSecond, KioskText.WaitSecondDo, seconds);
            case DoorAnswer.Left:
                return new("ok", KioskText.Left, KioskText.LeftDo);
            default:
                var reason = moment.Reason!.Value;
                return reason == DenyReason.NoEscort && rule != ReasonAtDoor.None
                    ? new("wait", KioskText.WaitEscort, KioskText.WaitEscortDo, seconds, moment.Number)
                    : new("no", KioskText.Refused, KioskText.Reason(reason, moment.Person is not null, rule), null, moment.Number);
        }
    }

    // What the door itself does comes before what its zone is in the middle of: that is what somebody standing here has to know.
    private Words? Banner(Door door, DateTimeOffset now) =>
        room().Doors.FirstOrDefault(item => item.Door == door.Id) is { InService: true, Freed: { } freed } leaf && KioskText.Freed(freed, leaf.Released) is { } open
            ? open
            : KioskText.Banner(board.Mode(door.Zone, now));

    private string? FamilyName(PersonId? person, RoomState state) =>
        person is { } id && (board.Pass(id)?.Visitor ?? state.List?.Person(id))?.Name is { Length: > 0 } name ? name.Split(' ', '\u3000')[0] : null;

    // Without a time there is no clock and no state of the zone: a page that has lost its bridge knows neither.
    private string Field(Door door, KioskAnswer answer, DateTimeOffset? at)
    {
        var zone = room().List?.TimeZone;
        var clock = at is not { } now ? "" : (zone is null ? now.ToLocalTime() : TimeZoneInfo.ConvertTime(now, zone)).ToString("HH:mm", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<header><h1>{RoomHtml.Safe(door.Label)} <span lang=\"en\">{RoomHtml.Safe(door.LabelEn)}</span></h1><p class=\"clock\">{clock}</p></header>");
        if (at is { } moment && Banner(door, moment) is { } banner)
        {
            text.Append("<aside class=\"banner\"><span aria-hidden=\"true\">").Append(banner.Symbol).Append("</span> ").Append(RoomHtml.Safe(banner.Ja)).Append(" <span lang=\"en\">").Append(RoomHtml.Safe(banner.En)).Append("</span></aside>");
        }

        text.Append(CultureInfo.InvariantCulture, $"<main class=\"answer\" data-tone=\"{answer.Tone}\"><p class=\"sign\" aria-hidden=\"true\">{answer.Main.Symbol}</p>");
        text.Append("<div role=\"status\">").Append(RoomHtml.Both("main", answer.Main));
        if (answer.Todo is { } todo)
        {
            text.Append(RoomHtml.Both("todo", todo));
        }

        text.Append("</div>");
        if (answer.Left is { } left)
        {
            text.Append(RoomHtml.Both("left", KioskText.Remaining(left)));
        }

        text.Append("</main><footer>");
        if (answer.Number is { } number)
        {
            text.Append(RoomHtml.Both("number", KioskText.Number(number)));
        }

        if (help is { Length: > 0 })
        {
            text.Append(RoomHtml.Both("help", new(help, helpEn ?? "")));
        }

        return text.Append("</footer>").ToString();
    }
}
