using System.Text;

namespace RoomGuard.Benchmarks;

/// <summary>What a measurement came to: the same rows are printed for people and written as JSON for machines.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Columns">Names of the columns, with their unit.</param>
/// <param name="Rows">Text and numbers (string, long, double), one per column.</param>
/// <param name="Note">How it was measured and what to keep in mind.</param>
public sealed record BenchTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object>> Rows, string Note)
{
    /// <summary>The table in columns: text to the left, numbers to the right.</summary>
    public string ToText()
    {
        var cells = Rows.Select(row => row.Select(Written).ToArray()).ToArray();
        var widths = Columns.Select((name, column) => cells.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        var text = new StringBuilder().AppendLine(Title);
        text.AppendLine(Line(column => Columns[column].PadRight(widths[column])));
        text.AppendLine(Line(column => new string('-', widths[column])));
        for (var row = 0; row < cells.Length; row++)
        {
            text.AppendLine(Line(column => Rows[row][column] is string ? cells[row][column].PadRight(widths[column]) : cells[row][column].PadLeft(widths[column])));
        }

        return text.AppendLine(Note).ToString();

        string Line(Func<int, string> cell) => string.Join("  ", Enumerable.Range(0, Columns.Count).Select(cell)).TrimEnd();
    }

    private static string Written(object cell) => cell switch
    {
        double number => number.ToString(Math.Abs(number) < 100 ? "0.00" : "#,0", System.Globalization.CultureInfo.InvariantCulture),
        long or int => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cell:#,0}"),
        _ => cell.ToString() ?? "",
    };
}
