using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Acts;

/// <summary>Reads a form field by field and gathers every problem, so that a person sees all of them at once.</summary>
internal sealed class FormReader(IFormCollection form)
{
    private readonly List<FieldProblem> problems = [];

    /// <summary>Whether nothing was wrong so far.</summary>
    public bool Ok => problems.Count == 0;

    /// <summary>A text that must be there.</summary>
    public string Text(string field, int most = 100)
    {
        var text = Optional(field, most);
        if (text.Length == 0)
        {
            Complain(field, FieldFault.Required);
        }

        return text;
    }

    /// <summary>A text that may be missing.</summary>
    public string Optional(string field, int most = 100)
    {
        var text = form[field].FirstOrDefault()?.Trim() ?? "";
        if (text.Length > most)
        {
            Complain(field, FieldFault.TooLong, most.ToString(CultureInfo.InvariantCulture));
        }
        else if (text.Any(char.IsControl))
        {
            Complain(field, FieldFault.BadCharacters);
        }

        return text;
    }

    /// <summary>A field that holds one thing a line; empty lines count for nothing.</summary>
    public ImmutableArray<string> Lines(string field, int most)
    {
        var text = form[field].FirstOrDefault() ?? "";
        if (text.Length > most)
        {
            Complain(field, FieldFault.TooLong, most.ToString(CultureInfo.InvariantCulture));
            return [];
        }

        return [.. text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>A date that must be there.</summary>
    public DateOnly Day(string field) => OptionalDay(field) is { } day ? day : Missing(field);

    /// <summary>A date that may be missing.</summary>
    public DateOnly? OptionalDay(string field)
    {
        var text = form[field].FirstOrDefault()?.Trim() ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        if (Dates.TryDay(text, out var day))
        {
            return day;
        }

        Complain(field, FieldFault.NotADate, text);
        return null;
    }

    /// <summary>A last day, included, as people say it; given back as the first day no longer covered.</summary>
    public DateOnly? OptionalLastDay(string field) => OptionalDay(field)?.AddDays(1);

    /// <summary>A time of day; empty is midnight.</summary>
    public TimeOnly Hour(string field)
    {
        var text = form[field].FirstOrDefault()?.Trim() ?? "";
        if (text.Length > 0 && !Dates.TryHour(text, out _))
        {
            Complain(field, FieldFault.NotATime, text);
        }

        Dates.TryHour(text, out var time);
        return time;
    }

    /// <summary>A whole number that must be there.</summary>
    public long Number(string field)
    {
        if (OptionalNumber(field) is { } number)
        {
            return number;
        }

        if (problems.All(problem => problem.Field != field))
        {
            Complain(field, FieldFault.Required);
        }

        return 0;
    }

    /// <summary>A whole number that may be missing; full-width digits count.</summary>
    public long? OptionalNumber(string field)
    {
        var text = (form[field].FirstOrDefault() ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Complain(field, FieldFault.NotANumber);
        return null;
    }

    /// <summary>One of an enumeration's names.</summary>
    public TChoice Choice<TChoice>(string field)
        where TChoice : struct, Enum
    {
        var text = form[field].FirstOrDefault() ?? "";
        if (Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            return choice;
        }

        Complain(field, text.Length == 0 ? FieldFault.Required : FieldFault.NotAChoice);
        return default;
    }

    /// <summary>Everything ticked.</summary>
    public ImmutableArray<string> Ticked(string field) => [.. form[field].OfType<string>().Where(value => value.Length > 0).Distinct()];

    /// <summary>Adds a problem.</summary>
    public void Complain(string field, FieldFault fault, string? value = null) => problems.Add(new(field, fault, value));

    /// <summary>The form as typed, with what was found here and what the desk said.</summary>
    /// <param name="secret">Fields that are never shown again.</param>
    public FormState State(IEnumerable<FieldProblem>? more = null, params string[] secret) => new(
        form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal) && !secret.Contains(field.Key))
            .ToImmutableDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToImmutableArray()),
        [.. problems, .. more ?? []]);

    private DateOnly Missing(string field)
    {
        if (problems.All(problem => problem.Field != field))
        {
            Complain(field, FieldFault.Required);
        }

        return default;
    }
}
