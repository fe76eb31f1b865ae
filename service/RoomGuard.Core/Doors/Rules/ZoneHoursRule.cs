using System.Collections.Immutable;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>R-DOOR-01: a zone with hours of its own is entered only within them, whatever a grant or a visit says.</summary>
public sealed class ZoneHoursRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "ZoneHoursRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-01";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) =>
        request is { Rules.Open: { } open, List: { } list } && !open.Covers(request.Local, list) ? DenyReason.ZoneClosed : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request is not { Rules.Open: { } open, List: { } list }
        ? FactName.NotHere
        :
        [
            FactName.LocalTimeOf(request),
            FactName.Of(FactName.Hours, open.Hours),
            FactName.Of(FactName.Weekday, open.Hours.DayOf(request.Local).DayOfWeek.ToString()),
            FactName.Of(FactName.Days, open.Days.ToString()),
            FactName.Of(FactName.Holiday, list.IsHoliday(open.Hours.DayOf(request.Local))),
        ];
}
