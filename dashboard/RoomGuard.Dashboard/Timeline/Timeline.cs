using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Timeline;

/// <summary>A time in which something lasted, as parts of the whole width (0 to 1).</summary>
/// <param name="Kind"><c>open</c>, <c>forced</c> or <c>silent</c>.</param>
public readonly record struct TimelineSpan(double From, double Until, string Kind);

/// <summary>Something that happened.</summary>
/// <param name="At">Part of the whole width, 0 to 1.</param>
public readonly record struct TimelineMark(double At, RecordLine Line, Sign Sign);

/// <summary>What happened to one thing.</summary>
public sealed record TimelineLane(string Name, ImmutableArray<TimelineSpan> Spans, ImmutableArray<TimelineMark> Marks);

/// <summary>Entries around one of them, laid out by what they are about: doors, readers, people, alarms, devices, orders. Pure.</summary>
public static class Timelines
{
    /// <summary>The lanes with something in them, top to bottom.</summary>
    /// <param name="lines">Oldest first.</param>
    public static ImmutableArray<TimelineLane> Lanes(ImmutableArray<RecordLine> lines, DateTimeOffset from, DateTimeOffset until, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        var span = until - from;
        double Part(DateTimeOffset at) => Math.Clamp((at - from) / span, 0, 1);
        return
        [
            .. from lane in lines.Select(line => (Line: line, Place: PlaceOf(line.Event, ink))).GroupBy(item => item.Place)
               orderby lane.Key.Rank, lane.Key.Name
               let own = lane.Select(item => item.Line).ToList()
               select new TimelineLane(
                   lane.Key.Name,
                   [.. Spans(own, Part)],
                   [.. own.Select(line => new TimelineMark(Part(line.Event.OccurredAt), line, EventText.Of(line.Event)))]),
        ];
    }

    private static (int Rank, string Name) PlaceOf(RecordedEvent item, Ink ink) => item switch
    {
        _ when IsAlarm(item) => (3, ink[FloorText.LaneAlarm]),
        DoorOpened or DoorClosed or DoorUnknown or GrantUnused or ExitByButton when EventPlaces.DoorOf(item) is { } door => (0, ink.Fill(FloorText.LaneDoor, ink.Door(door))),
        PersonEntered e => (2, ink.Fill(FloorText.LanePeople, ink.Zone(e.Zone))),
        PersonLeft e => (2, ink.Fill(FloorText.LanePeople, ink.Zone(e.Zone))),
        ReaderReported or ReaderKeyChanged or PanelLost or PanelSeen or JournalStarted or RecordStarted or ClockStep or GrantListApplied => (4, ink[FloorText.LaneDevice]),
        _ when EventPlaces.DoorOf(item) is { } door => (1, ink.Fill(FloorText.LaneReader, ink.Door(door))),
        _ when EventPlaces.ZoneOf(item) is { } zone and var _ && item is not (RoomOrdered or RoomOrderApplied) => (2, ink.Fill(FloorText.LanePeople, ink.Zone(zone))),
        _ => (5, ink[FloorText.LaneOrder]),
    };

    // What is loud is an alarm; a refusal is an answer of a reader.
    private static bool IsAlarm(RecordedEvent item) => item is PresenceMismatch || (item is not EntryDenied and not PanelLost and not ReaderReported && EventText.Of(item).Tone is "high" or "crit" && item is not EntryDenied);

    private static IEnumerable<TimelineSpan> Spans(List<RecordLine> lines, Func<DateTimeOffset, double> part)
    {
        (double At, string Kind)? begun = null;
        foreach (var line in lines)
        {
            switch (line.Event)
            {
                case DoorOpened opened:
                    begun = (part(opened.OccurredAt), opened.Cause is OpeningCause.Forced ? "forced" : "open");
                    break;
                case DoorClosed closed:
                    // Closed without having been seen to open in this span: it stood open before.
                    yield return new(begun?.At ?? Math.Max(0, part(closed.OccurredAt.AddMilliseconds(-closed.OpenMs))), part(closed.OccurredAt), begun?.Kind ?? "open");
                    begun = null;
                    break;
                case PanelLost lost:
                    begun = (part(lost.LastHeard), "silent");
                    break;
                case PanelSeen seen:
                    yield return new(begun?.At ?? 0, part(seen.OccurredAt), "silent");
                    begun = null;
                    break;
                default:
                    break;
            }
        }

        if (begun is { } last)
        {
            yield return new(last.At, 1, last.Kind);
        }
    }
}
