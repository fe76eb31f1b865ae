using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Xml;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>A part of a workbook that another one names.</summary>
/// <param name="Kind">The last word of its type, which is the same in both dialects of the standard.</param>
internal sealed record XlsxRelation(string Id, string Kind, string Path);

/// <summary>The archive a workbook is kept in: what may be in it, and its parts as XML (ECMA-376 part 2). Nothing of it is ever unpacked to a disk.</summary>
internal sealed class XlsxPackage : IDisposable
{
    private const int LongestName = 260;
    private const long SmallPart = 1 << 20;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> parts;
    private readonly XlsxLimits limits;
    private readonly CancellationToken stop;
    private long unpacked;

    private XlsxPackage(ZipArchive archive, Dictionary<string, ZipArchiveEntry> parts, XlsxLimits limits, CancellationToken stop) =>
        (this.archive, this.parts, this.limits, this.stop) = (archive, parts, limits, stop);

    /// <summary>Path of the workbook's own part.</summary>
    public string Main { get; private set; } = "";

    /// <summary>Begins as every archive does.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Begins as workbooks until 2003 do, and those with a password ([MS-CFB] 2.2).</summary>
    public static bool IsCompound(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static XlsxPackage Open(byte[] file, XlsxLimits limits, CancellationToken stop)
    {
        if (IsCompound(file))
        {
            throw XlsxRefusal.Whole(file.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? FieldFault.WorkbookLocked : FieldFault.WorkbookOldKind);
        }

        // Counted before the archive's own directory is read, which holds an object for each.
        if (file.AsSpan().Count("PK\u0001\u0002"u8) > limits.Parts)
        {
            throw XlsxRefusal.TooLarge($"{limits.Parts:N0} parts");
        }

        var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        try
        {
            var package = new XlsxPackage(archive, Checked(archive, limits), limits, stop);
            package.Main = package.Relations("").FirstOrDefault(one => one.Kind == "officeDocument")?.Path ?? throw XlsxRefusal.Whole(FieldFault.NotAWorkbook);
            package.CheckKinds();
            return package;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public void Dispose() => archive.Dispose();

    /// <summary>Opens a part; null: there is none.</summary>
    public XlsxPart? Part(string path)
    {
        if (!parts.TryGetValue(path, out var entry))
        {
            return null;
        }

        stop.ThrowIfCancellationRequested();
        return new(new XlsxMeter(entry.Open(), entry, limits, Take, stop));
    }

    /// <summary>What a part names; that of the archive itself under the empty path.</summary>
    public ImmutableArray<XlsxRelation> Relations(string path)
    {
        var cut = path.LastIndexOf('/') + 1;
        if (Part($"{path[..cut]}_rels/{path[cut..]}.rels") is not { } part)
        {
            return [];
        }

        using (part)
        {
            var found = ImmutableArray.CreateBuilder<XlsxRelation>();
            part.Root("Relationships");
            while (part.Read())
            {
                if (part.Xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } xml && xml.GetAttribute("Target") is { } target && xml.GetAttribute("Type") is { } type)
                {
                    var kind = type[(type.LastIndexOf('/') + 1)..];
                    if (kind is "externalLink" or "externalLinkPath" || xml.GetAttribute("TargetMode") == "External")
                    {
                        throw XlsxRefusal.Whole(FieldFault.WorkbookLinked);
                    }

                    found.Add(new(xml.GetAttribute("Id") ?? "", kind, Resolved(path[..cut], target)));
                    if (found.Count > limits.Parts)
                    {
                        throw XlsxRefusal.TooLarge($"{limits.Parts:N0} parts");
                    }
                }
            }

            return found.DrainToImmutable();
        }
    }

    private static Dictionary<string, ZipArchiveEntry> Checked(ZipArchive archive, XlsxLimits limits)
    {
        var parts = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        long said = 0;
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            if (name.Length is 0 or > LongestName || name[0] == '/' || name.AsSpan().IndexOfAny("\\:\0") >= 0 || name.Split('/').Any(step => step is ".." or "."))
            {
                throw XlsxRefusal.Whole(FieldFault.WorkbookBroken, name.Length > 60 ? name[..60] : name);
            }

            if (name[^1] == '/')
            {
                continue;
            }

            if (!parts.TryAdd(name, entry))
            {
                throw XlsxRefusal.Whole(FieldFault.WorkbookBroken, name);
            }

            if (entry.IsEncrypted)
            {
                throw XlsxRefusal.Whole(FieldFault.WorkbookLocked);
            }

            if (entry.Length > limits.Unpacked || (said += entry.Length) > limits.Unpacked || (entry.Length > SmallPart && entry.Length / Math.Max(1, entry.CompressedLength) > limits.Ratio))
            {
                throw XlsxRefusal.TooLarge($"{limits.Unpacked >> 20:N0} MB");
            }
        }

        bool Has(string under, string? end = null) => parts.Keys.Any(name => name.StartsWith(under, StringComparison.OrdinalIgnoreCase) && (end is null || name.EndsWith(end, StringComparison.OrdinalIgnoreCase)));
        return Has("", "vbaProject.bin") || Has("xl/macrosheets/") || Has("xl/dialogsheets/") || Has("xl/activeX/") ? throw XlsxRefusal.Whole(FieldFault.WorkbookMacro)
            : Has("xl/externalLinks/") || Has("xl/connections.xml") ? throw XlsxRefusal.Whole(FieldFault.WorkbookLinked)
            : Has("xl/workbook.bin") ? throw XlsxRefusal.Whole(FieldFault.WorkbookOldKind)
            : !parts.ContainsKey("[Content_Types].xml") ? throw XlsxRefusal.Whole(FieldFault.NotAWorkbook)
            : parts;
    }

    // A name can be changed; what a part says it is decides whether Excel runs macros.
    private void CheckKinds()
    {
        using var part = Part("[Content_Types].xml")!;
        part.Root("Types");
        var workbook = false;
        while (part.Read())
        {
            if (part.Xml.NodeType == XmlNodeType.Element && part.Xml.GetAttribute("ContentType") is { } kind)
            {
                if (kind.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || kind.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
                {
                    throw XlsxRefusal.Whole(FieldFault.WorkbookMacro);
                }

                workbook |= kind.Contains("spreadsheetml.sheet.main+xml", StringComparison.OrdinalIgnoreCase) || kind.Contains("spreadsheetml.template.main+xml", StringComparison.OrdinalIgnoreCase);
            }
        }

        if (!workbook)
        {
            throw XlsxRefusal.Whole(FieldFault.NotAWorkbook);
        }
    }

    private void Take(int bytes)
    {
        unpacked += bytes;
        if (unpacked > limits.Unpacked)
        {
            throw XlsxRefusal.TooLarge($"{limits.Unpacked >> 20:N0} MB");
        }
    }

    private static string Resolved(string folder, string target)
    {
        var steps = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ".."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }
}

/// <summary>One part of a workbook, read forward; no step of it takes more than a bounded piece of the file.</summary>
internal sealed class XlsxPart : IDisposable
{
    private const int Deepest = 64;
    private const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    private readonly XlsxMeter meter;

    public XlsxPart(XlsxMeter meter)
    {
        this.meter = meter;
        Xml = XmlReader.Create(meter, new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
            NameTable = new FewNames(),
        });
    }

    public XmlReader Xml { get; }

    public void Dispose() => Xml.Dispose();

    /// <summary>The next node; false at the end, and then the part was whole.</summary>
    public bool Read()
    {
        Breathe();
        if (!Xml.Read())
        {
            meter.Whole();
            return false;
        }

        if (Xml.Depth > Deepest)
        {
            throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
        }

        return true;
    }

    /// <summary>A step was taken; the next may take its piece of the file.</summary>
    public void Breathe() => meter.Breathe();

    /// <summary>Goes to the root, which must be this one.</summary>
    public void Root(string name)
    {
        while (Read())
        {
            if (Xml.NodeType == XmlNodeType.Element)
            {
                if (Xml.LocalName != name)
                {
                    throw XlsxRefusal.Whole(FieldFault.NotAWorkbook);
                }

                return;
            }
        }

        throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
    }

    /// <summary>Whether an element of a sheet begins here, at its depth.</summary>
    public bool At(string name, int depth) => Xml.Depth == depth && Xml.NodeType == XmlNodeType.Element && Xml.LocalName == name && Xml.NamespaceURI is Transitional or Strict;

    /// <summary>Whether the element at this depth ends here.</summary>
    public bool Left(int depth) => Xml.Depth <= depth && Xml.NodeType == XmlNodeType.EndElement;

    /// <summary>The relation an element names; null: none.</summary>
    public string? RelationId()
    {
        for (var at = 0; at < Xml.AttributeCount; at++)
        {
            Xml.MoveToAttribute(at);
            if (Xml.LocalName == "id" && Xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
            {
                var id = Xml.Value;
                _ = Xml.MoveToElement();
                return id;
            }
        }

        _ = Xml.MoveToElement();
        return null;
    }

    /// <summary>An attribute that is never long.</summary>
    public string? Short(string name, int longest) => Xml.GetAttribute(name) is not { } value ? null : value.Length <= longest ? value : throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);

    // Names are kept for the whole part: a file of names and nothing else would be held twice.
    private sealed class FewNames : NameTable
    {
        private const int Most = 5_000;
        private int added;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name) => ++added > Most ? throw XlsxRefusal.Whole(FieldFault.WorkbookBroken) : name;
    }
}

/// <summary>Counts what is unpacked while it is read, and holds it against the archive's own check value, which the library does not.</summary>
internal sealed class XlsxMeter(Stream behind, ZipArchiveEntry entry, XlsxLimits limits, Action<int> take, CancellationToken stop) : Stream
{
    // No name, attribute or comment of a workbook is as long.
    private const int Breath = 1 << 20;
    private const int SmallPart = 1 << 20;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(at => Enumerable.Range(0, 8).Aggregate((uint)at, (value, _) => (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB8_8320))];
    private readonly long packed = Math.Max(1, entry.CompressedLength);
    private long read;
    private int since;
    private uint check = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public void Breathe() => since = 0;

    /// <summary>Was all of it read as it was written?</summary>
    public void Whole()
    {
        if (~check != entry.Crc32 || read != entry.Length)
        {
            throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        stop.ThrowIfCancellationRequested();
        var taken = behind.Read(buffer);
        read += taken;
        since += taken;
        take(taken);
        if (since > Breath)
        {
            throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
        }

        if (read > SmallPart && read / packed > limits.Ratio)
        {
            throw XlsxRefusal.TooLarge($"{limits.Unpacked >> 20:N0} MB");
        }

        foreach (var one in buffer[..taken])
        {
            check = (check >> 8) ^ Table[(byte)(check ^ one)];
        }

        return taken;
    }

    public override void Flush()
    {
        // Nothing is written here.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            behind.Dispose();
        }

        base.Dispose(disposing);
    }
}
