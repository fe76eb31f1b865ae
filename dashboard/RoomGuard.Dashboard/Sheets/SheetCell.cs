using System.Globalization;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>One cell of a list that is written out: a text, a number or a day. What is none of them is empty.</summary>
internal readonly record struct SheetCell
{
    private SheetCell(string? text, long? number, DateOnly? day) => (Text, Number, Day) = (text, number, day);

    public string? Text { get; }

    public long? Number { get; }

    public DateOnly? Day { get; }

    /// <summary>As CSV has it.</summary>
    public string Plain => Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? Ink.Field(Day);

    public static SheetCell Of(string? text) => new(string.IsNullOrEmpty(text) ? null : text, null, null);

    public static SheetCell Of(long? number) => new(null, number, null);

    public static SheetCell Of(DateOnly? day) => new(null, null, day);

    public static implicit operator SheetCell(string? text) => Of(text);

    public static implicit operator SheetCell(DateOnly? day) => Of(day);
}
