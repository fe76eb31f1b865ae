using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RoomGuard.Evidence;

namespace RoomGuard.Verify;

/// <summary>
/// <c>roomguard-verify &lt;file-or-folder&gt; [--json]</c>: what an auditor runs. Reads a log, live or copied, changes nothing, and says whether it is whole.
/// </summary>
public static class Program
{
    private const int Whole = 0;
    private const int Bad = 1;
    private const int Usage = 2;
    private const int Unreadable = 3;

    private const string UsageText = """
        使い方: roomguard-verify <ファイルまたはフォルダ> [--json]
        Usage:  roomguard-verify <file-or-folder> [--json]

        記録（証跡ログ）を検証します。何も変更しません。 Checks an evidence log. Changes nothing.
        終了コード exit code: 0 正常 whole, 1 異常あり not whole, 2 使い方 usage, 3 読めない cannot be read
        """;

    /// <summary>Starts the program.</summary>
    public static int Main(string[] args) => Run(args, Console.Out, Console.Error, showProgress: !Console.IsErrorRedirected);

    /// <summary>The program with its outputs given.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors, bool showProgress)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var asJson = args.Contains("--json");
        var places = args.Where(arg => arg != "--json").ToList();
        if (places is not [var place] || place.StartsWith("--", StringComparison.Ordinal))
        {
            errors.WriteLine(UsageText);
            return Usage;
        }

        try
        {
            var files = FilesIn(place);
            var reports = files.Select(file => EvidenceCheck.Run(file, new() { Progress = showProgress ? Progress(errors) : null })).ToList();
            if (showProgress)
            {
                errors.Write("\r\e[K");
            }

            output.WriteLine(asJson ? ToJson(reports) : string.Join(Environment.NewLine, reports.Select(ToText)));
            return reports.All(report => report.Whole) ? Whole : Bad;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"読めません cannot be read: {unreadable.Message}");
            return Unreadable;
        }
    }

    private static ImmutableArray<string> FilesIn(string place)
    {
        if (!Directory.Exists(place))
        {
            return [place];
        }

        var files = EvidenceCheck.LogsIn(place);
        return files.IsEmpty ? throw new FileNotFoundException($"{place} holds no evidence log.") : files;
    }

    private static Action<long, long> Progress(TextWriter errors) => (done, all) =>
        errors.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done:#,0} / {all:#,0}"));

    private static string ToText(CheckReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"ファイル file     {report.Path}");
        text.AppendLine(CultureInfo.InvariantCulture, $"名称     origin   {report.Origin}");
        text.AppendLine(CultureInfo.InvariantCulture, $"件数     entries  {report.Entries:#,0}  (本文 payloads {report.Payloads:#,0}, 起動 boots {report.Boots:#,0}, 時計の戻り clock set back {report.ClockStepsBack:#,0})");
        if (report is { FirstAt: { } first, LastAt: { } last })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"期間     period   {first:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} – {last:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"要約値   head     {Convert.ToBase64String(report.Head.Span)}");
        text.AppendLine();
        if (report.Whole)
        {
            text.AppendLine("判定: 正常。連鎖・木・約定はすべて一致しました。末尾の切り取りは、外部に渡した要約値との照合で確かめてください。");
            text.Append("Verdict: whole. Chain, tree and commitments agree. To rule out that the end was cut off, compare the head with one handed out before.");
            return text.ToString();
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"判定: 異常あり（{report.FindingCount:#,0} 件）。最初の異常は{(report.FirstBadEntry is { } bad ? $"記録 {bad}" : "範囲でのみ判明")}。");
        text.Append(CultureInfo.InvariantCulture, $"Verdict: NOT whole, {report.FindingCount:#,0} finding(s). First bad entry: {(report.FirstBadEntry is { } n ? n : "only a range is known")}.");
        foreach (var finding in report.Findings)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  [{finding.N?.ToString(CultureInfo.InvariantCulture) ?? "–"}] {CheckText.Ja(finding.Source)}: {CheckText.Ja(finding.Fault)}");
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"      {finding.Source}: {CheckText.En(finding.Fault)}; {finding.Detail}");
        }

        if (report.FindingCount > report.Findings.Length)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  … {report.FindingCount - report.Findings.Length:#,0}");
        }

        return text.ToString();
    }

    private static string ToJson(List<CheckReport> reports)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("whole", reports.All(report => report.Whole));
            json.WriteStartArray("logs");
            foreach (var report in reports)
            {
                Write(json, report);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartObject();
        json.WriteString("file", report.Path);
        json.WriteString("origin", report.Origin);
        json.WriteBoolean("whole", report.Whole);
        json.WriteNumber("entries", report.Entries);
        json.WriteNumber("payloads", report.Payloads);
        json.WriteNumber("boots", report.Boots);
        json.WriteNumber("clockSetBack", report.ClockStepsBack);
        json.WriteString("head", Convert.ToBase64String(report.Head.Span));
        json.WriteNumber("findingCount", report.FindingCount);
        if (report.FirstBadEntry is { } bad)
        {
            json.WriteNumber("firstBadEntry", bad);
        }
        else
        {
            json.WriteNull("firstBadEntry");
        }

        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            if (finding.N is { } n)
            {
                json.WriteNumber("n", n);
            }
            else
            {
                json.WriteNull("n");
            }

            json.WriteString("source", finding.Source.ToString());
            json.WriteString("fault", finding.Fault.ToString());
            json.WriteString("ja", CheckText.Ja(finding.Fault));
            json.WriteString("en", CheckText.En(finding.Fault));
            json.WriteString("detail", finding.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
