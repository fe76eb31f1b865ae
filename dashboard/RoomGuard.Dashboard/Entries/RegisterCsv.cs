using System.Globalization;
using System.Text;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>The register as CSV for Excel in Japan: UTF-8 with BOM, CRLF, RFC 4180 quoting, no cell that a sheet would run as a formula.</summary>
internal static class RegisterCsv
{
    private const string LineEnd = "\r\n";

    // The columns few rows have, as the print form shows them.
    private static readonly SheetColumn[] More =
        [.. new[] { "PurposeRef", "EscortPersonId", "IdCheckOutcome", "DeclaredItems", "PaperPageNo", "EnteredBy / ConfirmedBy", "ExceptionId" }.Select(RegisterSheetText.Column)];

    /// <summary>The first line, with the byte order mark in front.</summary>
    public static byte[] Header(Ink ink) => [.. Encoding.UTF8.Preamble, .. Bytes(
    [
        ink[EntriesText.Number], ink[EntriesText.DeviceTime], ink[EntriesText.CsvLocal], ink[EntriesText.ReceivedTime],
        ink[EntriesText.Zone], "ZoneId", ink[EntriesText.Door], "DoorId", ink[EntriesText.Direction], ink[EntriesText.Result], ink[EntriesText.Reason],
        ink[EntriesText.Name], ink[DeskText.Kana], ink[EntriesText.Person], ink[EntriesText.Category], ink[DeskText.Section],
        ink[EntriesText.Methods], ink[EntriesText.CardDigest], ink[EntriesText.Grant], ink[EntriesText.ExitedAt], ink[EntriesText.CsvSeconds], ink[EntriesText.Source],
        .. More.Select(column => ink[column.Word]),
    ])];

    /// <summary>One row.</summary>
    public static byte[] Row(RegisterRow row, Ink ink) => Bytes(
    [
        row.N.ToString(CultureInfo.InvariantCulture),
        ink.Iso(row.OccurredAt),
        ink.Stamp(row.OccurredAt),
        ink.Iso(row.ReceivedAt),
        ink.Zone(row.Zone),
        row.Zone.Value,
        ink.Door(row.Door),
        row.Door.Value,
        row.Direction is { } direction ? ink[ChoiceText.Of(direction)] : "",
        ink[StateText.Of(row).Word],
        row.Reason is { } reason ? EventText.Reason(reason, ink.Language) : "",
        row.PersonName ?? "",
        row.PersonKana ?? "",
        row.Person?.Value ?? "",
        row.Category is { } category ? ink[ChoiceText.Of(category)] : "",
        row.SectionOrFirm ?? "",
        row.Methods.IsDefaultOrEmpty ? "" : string.Join("+", row.Methods.Select(method => ink[ChoiceText.Of(method)])),
        row.CardDigest?.ToShort() ?? "",
        row.Grant?.Value ?? "",
        row.ExitedAt is { } exit ? ink.Iso(exit) : "",
        row.Stay is { } stay ? ((long)stay.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "",
        ink[ChoiceText.Of(row.Source)],
        .. More.Select(column => column.Of(row, ink) ?? ""),
    ]);

    /// <summary>One line of cells.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + LineEnd;

    private static byte[] Bytes(IEnumerable<string> cells) => Encoding.UTF8.GetBytes(Line(cells));

    private static string Cell(string text)
    {
        // A sheet would run a cell that begins like this as a formula (ASVS 1.2.10).
        if (text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r'))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
