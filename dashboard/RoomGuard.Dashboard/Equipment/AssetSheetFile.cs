using System.Globalization;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>A form in which the 機器台帳 leaves the house: straight into an answer, or into a file that is fetched later.</summary>
internal sealed record AssetSheetFile(string Ending, string MediaType, Func<Stream, IAsyncEnumerable<AssetLine>, Ink, DateTimeOffset, CancellationToken, Task> Write)
{
    public static AssetSheetFile Csv { get; } = new("csv", "text/csv; charset=utf-8", WriteCsv);

    public static AssetSheetFile Xlsx { get; } = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", WriteXlsx);

    /// <summary>The list's address in this form.</summary>
    public string Address => $"/equipment.{Ending}";

    public string NameAt(Ink ink, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"asset-register-{ink.Local(now):yyyyMMdd-HHmmss}.{Ending}");

    private static async Task WriteCsv(Stream into, IAsyncEnumerable<AssetLine> lines, Ink ink, DateTimeOffset now, CancellationToken stop)
    {
        await into.WriteAsync(AssetCsv.Header(ink), stop).ConfigureAwait(false);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            await into.WriteAsync(AssetCsv.Row(line, ink), stop).ConfigureAwait(false);
        }
    }

    private static async Task WriteXlsx(Stream into, IAsyncEnumerable<AssetLine> lines, Ink ink, DateTimeOffset now, CancellationToken stop)
    {
        var book = await XlsxWriter.BeginAsync(into, ink[AssetsText.Title], AssetCsv.Heads(ink), ink.Local(now), stop).ConfigureAwait(false);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            await book.RowAsync(AssetCsv.Cells(line, ink), stop).ConfigureAwait(false);
        }

        await book.EndAsync(stop).ConfigureAwait(false);
    }
}
