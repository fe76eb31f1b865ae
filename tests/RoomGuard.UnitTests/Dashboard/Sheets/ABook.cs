using System.IO.Compression;
using System.Text;

namespace RoomGuard.UnitTests.Dashboard.Sheets;

/// <summary>Workbooks as other programs write them, and as somebody might write them on purpose. Valid as they come; a test changes one part.</summary>
internal sealed class ABook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private readonly List<(string Path, byte[] Content)> parts = [];

    /// <summary>One sheet with these rows.</summary>
    public static ABook With(string rows, string after = "", string book = "") => Of([("Sheet1", "", $"<sheetData>{rows}</sheetData>{after}")], book);

    /// <summary>Sheets by name, state and what is in them.</summary>
    public static ABook Of((string Name, string State, string Content)[] sheets, string book = "")
    {
        var made = new ABook();
        _ = made.Put("[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""")
            .Put("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""")
            .Put("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{book}<sheets>{string.Concat(sheets.Select((sheet, at) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{at + 1}\" {(sheet.State.Length > 0 ? $"state=\"{sheet.State}\" " : "")}r:id=\"rId{at + 1}\"/>"))}</sheets></workbook>""")
            .Put("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{string.Concat(sheets.Select((_, at) => $"<Relationship Id=\"rId{at + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))}<Relationship Id="rId90" Type="{Office}/styles" Target="/xl/styles.xml"/><Relationship Id="rId91" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""");
        for (var at = 0; at < sheets.Length; at++)
        {
            _ = made.Put($"xl/worksheets/sheet{at + 1}.xml", $"""<worksheet xmlns="{Main}">{sheets[at].Content}</worksheet>""");
        }

        return made;
    }

    /// <summary>Styles by their formats, in the order cells name them.</summary>
    public ABook Formats(params string[] codes) => Put("xl/styles.xml", $"""
        <styleSheet xmlns="{Main}"><numFmts>{string.Concat(codes.Select((code, at) => $"<numFmt numFmtId=\"{170 + at}\" formatCode=\"{System.Security.SecurityElement.Escape(code)}\"/>"))}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{string.Concat(codes.Select((_, at) => $"<xf numFmtId=\"{170 + at}\"/>"))}</cellXfs><cellStyles/></styleSheet>
        """);

    public ABook BuiltIn(params int[] ids) => Put("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs>{string.Concat(ids.Select(id => $"<xf numFmtId=\"{id}\"/>"))}</cellXfs></styleSheet>");

    public ABook Shared(string items) => Put("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{items}</sst>");

    public ABook Put(string path, string content) => Put(path, Encoding.UTF8.GetBytes(content));

    public ABook Put(string path, byte[] content)
    {
        var at = parts.FindIndex(part => part.Path == path);
        if (at < 0)
        {
            parts.Add((path, content));
        }
        else
        {
            parts[at] = (path, content);
        }

        return this;
    }

    public ABook Twice(string path)
    {
        parts.Add(parts.Find(part => part.Path == path));
        return this;
    }

    public ABook Without(string path)
    {
        _ = parts.RemoveAll(part => part.Path == path);
        return this;
    }

    public ABook Replace(string path, string what, string by) => Put(path, Encoding.UTF8.GetString(parts.Find(part => part.Path == path).Content).Replace(what, by, StringComparison.Ordinal));

    public byte[] File(CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in parts)
            {
                using var entry = archive.CreateEntry(path, level).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }
}
