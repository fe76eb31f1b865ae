using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Climate;

/// <summary>The fields of the editor of limits: read from a form, and filled from limits.</summary>
internal static class LimitsFields
{
    /// <summary>The four limits and the deadband, in the order people read them.</summary>
    public static ImmutableArray<string> Values { get; } = ["alarmLow", "warningLow", "warningHigh", "alarmHigh", "deadband"];

    /// <summary>The three delays, in minutes.</summary>
    public static ImmutableArray<string> Delays { get; } = ["warningAfter", "alarmAfter", "normalAfter"];

    /// <summary>What a place is chosen by: <c>SRV-1</c> or <c>SRV-1/inlet-3</c>.</summary>
    public static string PlaceOf(ZoneId zone, string? sensor) => sensor is null ? zone.Value : $"{zone}/{sensor}";

    /// <summary>Reads the form; what is wrong is said at its field.</summary>
    /// <param name="needsReason">False: only tried.</param>
    public static LimitsForm Read(FormReader reader, bool needsReason)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var place = reader.Text("place", 90).Split('/', 2);
        var measure = reader.Choice<Measure>("measure");
        var back = reader.Ticked("back").Contains("yes");
        var reason = needsReason ? reader.Text("reason", 400) : reader.Optional("reason", 400);
        return new(new(place[0]), place.Length > 1 ? place[1] : null, measure, back ? null : LimitsOf(reader, measure), reason);
    }

    /// <summary>The form for a place and a measure with these limits.</summary>
    public static FormState Of(string place, Measure measure, LimitSet? limits) => FormState.Of(
        ("place", place), ("measure", measure.ToString()),
        ("alarmLow", Number(limits?.AlarmLow)), ("warningLow", Number(limits?.WarningLow)), ("warningHigh", Number(limits?.WarningHigh)), ("alarmHigh", Number(limits?.AlarmHigh)),
        ("deadband", Number(limits?.Deadband)),
        ("warningAfter", Number(limits?.WarningAfter.TotalMinutes)), ("alarmAfter", Number(limits?.AlarmAfter.TotalMinutes)), ("normalAfter", Number(limits?.NormalAfter.TotalMinutes)));

    private static LimitSet LimitsOf(FormReader reader, Measure measure)
    {
        var (alarmLow, warningLow, warningHigh, alarmHigh) = (Decimal(reader, "alarmLow"), Decimal(reader, "warningLow"), Decimal(reader, "warningHigh"), Decimal(reader, "alarmHigh"));
        var limits = new LimitSet(
            measure, warningLow, warningHigh, alarmLow, alarmHigh, Needed(reader, "deadband"), Minutes(reader, "warningAfter"), Minutes(reader, "alarmAfter"), Minutes(reader, "normalAfter"));
        if (reader.Ok && limits.Problems("").Any())
        {
            reader.Complain("warningHigh", FieldFault.LimitsImpossible);
        }

        return limits;
    }

    private static TimeSpan Minutes(FormReader reader, string field)
    {
        var minutes = Needed(reader, field);
        if (minutes is >= 0 and <= 2880)
        {
            return TimeSpan.FromMinutes(minutes);
        }

        reader.Complain(field, FieldFault.OutOfRange, "0–2880");
        return TimeSpan.Zero;
    }

    private static double Needed(FormReader reader, string field)
    {
        if (Decimal(reader, field) is { } number)
        {
            return number;
        }

        if (reader.State().ProblemAt(field) is null)
        {
            reader.Complain(field, FieldFault.Required);
        }

        return 0;
    }

    /// <summary>A number with a point that may be missing.</summary>
    public static double? Decimal(FormReader reader, string field)
    {
        var typed = reader.Optional(field, 12).Normalize(NormalizationForm.FormKC).Replace('−', '-');
        if (typed.Length == 0)
        {
            return null;
        }

        if (double.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        reader.Complain(field, FieldFault.NotADecimal);
        return null;
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
