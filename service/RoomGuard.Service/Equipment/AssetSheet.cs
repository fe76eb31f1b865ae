using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.People;

namespace RoomGuard.Service.Equipment;

/// <summary>What a line of a list says about an item: some fields of its entry, where it is said to be and which class it is said to have.</summary>
/// <param name="Changed">The entry with what the line says; what it does not speak of is as it was.</param>
/// <param name="Zone">Null: not said.</param>
/// <param name="Class">The class it says the item has; null: not said.</param>
internal sealed record SheetLine(int Line, AssetTag Tag, Func<Asset?, Asset> Changed, ZoneId? Zone, string? Rack, string? Outside, ImportanceClass? Class, ImmutableArray<ImportProblem> Problems);

/// <summary>
/// The columns of the 機器台帳 as it is written out, by their Japanese, their English or their plain names, in any order; what is not there is left as it is.
/// A cell that is empty empties its field. Columns that follow from others are read past.
/// </summary>
internal sealed class AssetSheet
{
    private static readonly ImmutableArray<(string Key, Word? Word)> Known =
    [
        ("tag", AssetsText.Tag), ("kind", AssetsText.Kind), ("name", AssetsText.Name), ("maker", AssetsText.Maker), ("model", AssetsText.Model), ("serial", AssetsText.Serial), ("proposed", AssetsText.Proposed),
        ("segment", AssetsText.Segment), ("ManagerPersonId", null), ("hasStorage", AssetsText.HasStorage), ("storage", AssetsText.Storage), ("parts", AssetsText.Parts), ("redundancyGroup", AssetsText.Redundancy),
        ("maintenanceMonths", AssetsText.MaintenanceMonths), ("maintenanceFrom", AssetsText.MaintenanceFrom), ("supportEnds", AssetsText.SupportEnds), ("holds", AssetsText.Holds), ("container", AssetsText.Container),
        ("copyOf", AssetsText.CopyOf), ("exception", AssetsText.Exception), ("note", AssetsText.Note), ("ZoneId", null), ("rack", AssetsText.Rack), ("outside", AssetsText.Place), ("decided", AssetsText.Decided),

        // Follow from others.
        ("", AssetsText.Counts), ("", AssetsText.Zone), ("", AssetsText.Manager), ("", AssetsText.MaintainedOn), ("", AssetsText.MaintenanceDue), ("", AssetsText.Holder), ("", AssetsText.HolderDue), ("", AssetsText.Gaps),
    ];

    private readonly ImmutableArray<string> names;
    private readonly ImmutableArray<string> keys;

    private AssetSheet(ImmutableArray<string> names, ImmutableArray<string> keys) => (this.names, this.keys) = (names, keys);

    /// <summary>Columns a line has.</summary>
    public int Width => keys.Length;

    /// <summary>Reads the first line.</summary>
    public static AssetSheet? Of(CsvRecord head, List<ImportProblem> problems)
    {
        ImmutableArray<string> names = [.. head.Fields.Select(name => name.Trim())];
        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            var found = Known.FirstOrDefault(one => (name.Length > 0 && string.Equals(one.Key, name, StringComparison.OrdinalIgnoreCase)) || (one.Word is { } word && (word.Ja == name || word.En == name)), ("?", null)).Key;
            if (found == "?")
            {
                problems.Add(new(head.Line, name, FieldFault.NotAChoice, name));
            }
            else if (found.Length > 0 && keys.Contains(found))
            {
                problems.Add(new(head.Line, name, FieldFault.DoubledInFile, $"{head.Line}"));
            }

            keys.Add(found);
        }

        if (!keys.Contains("tag"))
        {
            problems.Add(new(head.Line, AssetsText.Tag.Ja, FieldFault.Required, null));
        }

        return problems.Count == 0 ? new(names, keys.DrainToImmutable()) : null;
    }

    /// <summary>What stands over a field in this list; the field's own name where it is not in it.</summary>
    public string NameOf(string field)
    {
        var at = keys.IndexOf(field switch { "zone" => "ZoneId", "manager" => "ManagerPersonId", _ => field });
        return at < 0 ? field : names[at];
    }

    /// <summary>Reads a line.</summary>
    public SheetLine Read(CsvRecord row)
    {
        var problems = ImmutableArray.CreateBuilder<ImportProblem>();
        if (row.Fields.Length != keys.Length)
        {
            problems.Add(new(row.Line, "", FieldFault.UnreadableLine, $"{row.Fields.Length} / {keys.Length}"));
            return new(row.Line, default, _ => throw new InvalidOperationException("The line was not read."), null, null, null, null, problems.DrainToImmutable());
        }

        string? Text(string key) => keys.IndexOf(key) is >= 0 and var at ? row.Fields[at].Trim() : null;
        void Complain(string key, FieldFault fault, string? value) => problems.Add(new(row.Line, NameOf(key), fault, value));
        TChoice? Choice<TChoice>(string key, Func<TChoice, Core.Record.Words> words)
            where TChoice : struct, Enum
        {
            if (Text(key) is not { Length: > 0 } text)
            {
                return null;
            }

            foreach (var one in Enum.GetValues<TChoice>())
            {
                if (string.Equals(one.ToString(), text, StringComparison.OrdinalIgnoreCase) || (words(one) is var said && (said.Ja == text || said.En == text)))
                {
                    return one;
                }
            }

            Complain(key, FieldFault.NotAChoice, text);
            return null;
        }

        DateOnly? Day(string key)
        {
            if (Text(key) is not { Length: > 0 } text)
            {
                return null;
            }

            if (Dates.TryDay(text, out var day))
            {
                return day;
            }

            Complain(key, FieldFault.NotADate, text);
            return null;
        }

        var tag = new AssetTag((Text("tag") ?? "").Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant());
        if (!AssetTag.IsOne(tag.Value))
        {
            Complain("tag", tag.Value.Length == 0 ? FieldFault.Required : FieldFault.BadCharacters, tag.Value);
        }

        // Everything is read here, so that every mistake of a line is told at once; it is put into an entry when that is known.
        var (kind, proposed, segment, decided) = (
            Choice<AssetKind>("kind", EquipmentText.Of), Choice<ImportanceClass>("proposed", ZoneText.Of), Choice<Segment>("segment", ZoneText.Of), Choice<ImportanceClass>("decided", ZoneText.Of));
        bool? hasStorage = Text("hasStorage") switch
        {
            null or "" => null,
            var text when Is(text, AssetsText.Yes) || text == "TRUE" => true,
            var text when Is(text, AssetsText.No) || text is "no" or "FALSE" => false,
            var text => Wrong(text),
        };
        bool? Wrong(string text)
        {
            Complain("hasStorage", FieldFault.NotAChoice, text);
            return null;
        }

        int? months = null;
        if (Text("maintenanceMonths") is { Length: > 0 } typed)
        {
            months = int.TryParse(typed.Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (months is null)
            {
                Complain("maintenanceMonths", FieldFault.NotANumber, typed);
            }
        }

        var (from, ends) = (Day("maintenanceFrom"), Day("supportEnds"));
        var (storage, parts) = (Parts(Text("storage")), Parts(Text("parts")));
        var holds = Holds(Text("holds"), text => Complain("holds", FieldFault.UnreadableLine, text));
        string? Own(string key) => Text(key) is { Length: > 0 } text ? text : null;
        AssetTag? Linked(string key) => Own(key) is { } text ? new AssetTag(text.Normalize(NormalizationForm.FormKC).ToUpperInvariant()) : null;
        Asset Changed(Asset? before)
        {
            var asset = before ?? new Asset(tag, kind ?? default, "", "", "", "", null, null, null, null, [], [], "", null, null, null, [], null, null, null, "");
            bool Says(string key) => keys.Contains(key);
            return asset with
            {
                Kind = kind ?? asset.Kind,
                Name = Text("name") ?? asset.Name,
                Maker = Text("maker") ?? asset.Maker,
                Model = Text("model") ?? asset.Model,
                Serial = Text("serial") ?? asset.Serial,
                Proposed = Says("proposed") ? proposed : asset.Proposed,
                Segment = Says("segment") ? segment : asset.Segment,
                Manager = Says("ManagerPersonId") ? Own("ManagerPersonId") is { } person ? new PersonId(person) : null : asset.Manager,
                HasStorage = Says("hasStorage") ? hasStorage : asset.HasStorage,
                Storage = Says("storage") ? storage : asset.Storage,
                Parts = Says("parts") ? parts : asset.Parts,
                RedundancyGroup = Text("redundancyGroup") ?? asset.RedundancyGroup,
                MaintenanceMonths = Says("maintenanceMonths") ? months : asset.MaintenanceMonths,
                MaintenanceFrom = Says("maintenanceFrom") ? from : asset.MaintenanceFrom,
                SupportEnds = Says("supportEnds") ? ends : asset.SupportEnds,
                Holds = Says("holds") ? holds : asset.Holds,
                Container = Says("container") ? Linked("container") : asset.Container,
                CopyOf = Says("copyOf") ? Linked("copyOf") : asset.CopyOf,
                Exception = Says("exception") ? Own("exception") : asset.Exception,
                Note = Text("note") ?? asset.Note,
            };
        }

        return new(row.Line, tag, Changed, Own("ZoneId") is { } zone ? new ZoneId(zone) : null, Own("rack"), Own("outside"), decided, problems.DrainToImmutable());
    }

    /// <summary>Whether a new item can be made of a line: it must say what kind it is.</summary>
    public bool SaysKind(CsvRecord row)
    {
        return keys.IndexOf("kind") is >= 0 and var at && at < row.Fields.Length && row.Fields[at].Trim().Length > 0;
    }

    private static bool Is(string text, Word word) => word.Ja == text || word.En == text;

    private static ImmutableArray<AssetPart> Parts(string? text) =>
    [
        .. from part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
           let at = part.IndexOf(',', StringComparison.Ordinal)
           select at < 0 ? new AssetPart(part, "") : new AssetPart(part[..at].Trim(), part[(at + 1)..].Trim()),
    ];

    // The class is the last thing, since a title may hold commas itself.
    private static ImmutableArray<HeldInformation> Holds(string? text, Action<string> complain)
    {
        var found = ImmutableArray.CreateBuilder<HeldInformation>();
        foreach (var one in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = one.LastIndexOf(',');
            if (at < 0)
            {
                found.Add(new(one, null));
            }
            else if (Enum.TryParse<ImportanceClass>(one[(at + 1)..].Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant(), out var importance) && Enum.IsDefined(importance) && !char.IsAsciiDigit(one[(at + 1)..].Trim().FirstOrDefault()))
            {
                found.Add(new(one[..at].Trim(), importance));
            }
            else
            {
                complain(one);
            }
        }

        return found.DrainToImmutable();
    }
}
