using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>A register written out whole, in the columns of its form: as CSV for Excel in Japan, or as a workbook. Neither holds a formula (R-INP-05).</summary>
/// <param name="Stem">Of the file's name; the moment follows.</param>
/// <param name="Lines">The heads first, then a line a row.</param>
internal sealed record RegisterFile(string Stem, Word Title, IEnumerable<IEnumerable<string>> Lines)
{
    /// <summary>Hands it out, by what the address ends with.</summary>
    public async Task<IResult> Give(PageRequest request)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Stem}-{request.Ink.Local(request.Now):yyyyMMdd-HHmmss}");
        return request.Context.Request.Path.Value?.EndsWith(".xlsx", StringComparison.Ordinal) == true
            ? TypedResults.File(await Workbook(request).ConfigureAwait(false), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}.xlsx")
            : TypedResults.File((byte[])[.. Encoding.UTF8.Preamble, .. Lines.SelectMany(RegisterCsv.Line)], "text/csv; charset=utf-8", $"{name}.csv");
    }

    private async Task<byte[]> Workbook(PageRequest request)
    {
        using var body = new MemoryStream();
        using var rows = Lines.GetEnumerator();
        _ = rows.MoveNext();
        var book = await XlsxWriter.BeginAsync(body, request.Ink[Title], [.. rows.Current], request.Ink.Local(request.Now), request.Gone).ConfigureAwait(false);
        while (rows.MoveNext())
        {
            await book.RowAsync(rows.Current.Select(SheetCell.Of).ToArray(), request.Gone).ConfigureAwait(false);
        }

        await book.EndAsync(request.Gone).ConfigureAwait(false);
        return body.ToArray();
    }
}
