using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Service.Files;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>
/// A list of items is read whole, held against the 機器台帳 and shown as a difference (R-INP-03); another person than the one who brought it applies it, whole
/// and in one transaction. It never moves an item (R-MOVE-04) and never lowers a class (R-LIFE-07).
/// </summary>
public sealed class AssetImport : IAssetImport
{
    /// <summary>Most lines, the first not counted.</summary>
    public const int MostLines = 100_000;

    private const int LargestFile = 64 << 20;
    private const int MostProblems = 1000;
    private const int MostWaiting = 8;
    private const int TellEvery = 250;
    private static readonly TimeSpan WaitsFor = TimeSpan.FromHours(8);

    private readonly ServiceRecord record;
    private readonly AssetDesk desk;
    private readonly AuthorityGuard guard;
    private readonly ActTurn turn;
    private readonly TimeProvider time;
    private readonly Func<int, byte[]> randomBytes;
    private readonly FileShelf shelf;

    // Lines that were read, by their list: read anew from the file where it is not here, as after a restart.
    private readonly ConcurrentDictionary<string, Held> held = new(StringComparer.Ordinal);

    /// <param name="shelf">Keeps the files of lists that wait.</param>
    public AssetImport(ServiceRecord record, AssetDesk desk, FileShelf shelf, AuthorityGuard guard, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        (this.record, this.desk, this.shelf, this.guard, this.turn, this.time, this.randomBytes) = (record, desk, shelf, guard, turn, time, randomBytes);
        Runs = new(time, randomBytes);
    }

    /// <summary>Those that people began at pages.</summary>
    public ImportRuns Runs { get; }

    /// <inheritdoc/>
    public async Task<ImportRun> Import(string fileName, Stream file, bool withoutWrong, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(file);
        var name = PeopleImport.NameOf(fileName);
        byte[] bytes;
        using (var copy = new MemoryStream())
        {
            await file.CopyToAsync(copy, gone);
            bytes = copy.ToArray();
        }

        return await Runs.BeginAsync(
            name,
            async (told, stop) => await guard.Objection(by, PageAct.KeepEquipment, ActSubject.None, "R-LIFE-01", name, stop) is { } refusal
                ? (null, ActResult.NotAllowed(refusal))
                : (await LookAsync(name, bytes, withoutWrong, told, by, stop), null),
            gone);
    }

    /// <inheritdoc/>
    public Task<ImportRun?> Run(string id, Actor by, CancellationToken gone) => Task.FromResult(DeskGate.Open(by, PageAct.KeepEquipment) ? Runs.Find(id) : null);

    /// <inheritdoc/>
    public async Task<ActResult> Stop(string id, Actor by, CancellationToken gone) =>
        await guard.Objection(by, PageAct.KeepEquipment, ActSubject.None, "R-LIFE-01", "", gone) is { } refusal ? ActResult.NotAllowed(refusal)
        : Runs.Stop(id) ? ActResult.Done(id)
        : ActResult.Refused("id", FieldFault.Unknown, id);

    /// <inheritdoc/>
    public Task<ImmutableArray<WaitingImport>> Waiting(Actor by, CancellationToken gone) => !DeskGate.Open(by, PageAct.KeepEquipment)
        ? Task.FromResult(ImmutableArray<WaitingImport>.Empty)
        : record.Readers.Ask(db => BroughtListsView.Since(db, time.GetUtcNow() - WaitsFor, MostWaiting).Select(one => Told(db, one)).ToImmutableArray(), gone);

    /// <inheritdoc/>
    public Task<ImportLook?> Again(string token, Actor by, CancellationToken gone) => Task.Run(
        () =>
        {
            if (!DeskGate.Open(by, PageAct.KeepEquipment) || Found(token) is not { } waiting || Lines(waiting, null, gone) is not { } list)
            {
                return null;
            }

            var plan = record.Readers.AskNow(db => Plan.Make(db, desk, list.Sheet, list.Lines, null, gone), gone);
            return new ImportLook(
                token, waiting.FileName, waiting.Sha256, list.Lines.Count, plan.Unchanged, [.. plan.Changes.Select(change => change.Told)], [.. plan.Problems], record.Readers.AskNow(db => Told(db, waiting), gone));
        },
        gone);

    /// <inheritdoc/>
    public Task<ImportRun> Apply(string token, Actor by, CancellationToken gone) => Runs.BeginAsync(
        Found(token)?.FileName ?? "",
        async (told, stop) => (null, await guard.Objection(by, PageAct.KeepEquipment, ActSubject.None, "R-LIFE-01", "", stop) is { } refusal
            ? ActResult.NotAllowed(refusal)
            : await turn.ActAsync([], () => ApplyAsync(token, by, told, stop), stop)),
        gone);

    private static WaitingImport Told(Statements db, BroughtList one) => new(one.List, one.FileName, one.Changes, one.By, AuthorityGuard.NamedOrId(db, one.By).Name, HasGrants: false, one.At + WaitsFor);

    private BroughtList? Found(string token) => record.Readers.AskNow(db => BroughtListsView.Since(db, time.GetUtcNow() - WaitsFor, MostWaiting).FirstOrDefault(one => one.List == token));

    // The lines of a list that waits; null: its file is gone or is not what it was.
    private Held? Lines(BroughtList waiting, Action<ImportProgress>? told, CancellationToken stop)
    {
        if (held.TryGetValue(waiting.List, out var here))
        {
            return here;
        }

        if (shelf.Content(waiting.Sha256) is not { } bytes || Read(bytes, waiting.WithoutWrong, told ?? (_ => { }), stop) is not { Sheet: { } sheet } list)
        {
            return null;
        }

        Hold(waiting.List, new(sheet, list.Lines));
        return held.GetValueOrDefault(waiting.List) ?? new(sheet, list.Lines);
    }

    private async Task<ImportLook> LookAsync(string name, byte[] bytes, bool withoutWrong, Action<ImportProgress> told, Actor by, CancellationToken stop)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.Length > LargestFile)
        {
            return new(null, name, sha256, 0, 0, [], [new(1, "", FieldFault.WorkbookTooLarge, $"{LargestFile >> 20} MB")]);
        }

        var (sheet, lines, plan, problems, good) = Read(bytes, withoutWrong, told, stop);
        ImmutableArray<ImportChange> changes = good ? [.. plan.Changes.Select(change => change.Told)] : [];
        if (changes.IsEmpty)
        {
            return new(null, name, sha256, lines.Count, plan.Unchanged, changes, [.. problems.Take(MostProblems)], null);
        }

        // Kept before it is said to wait: whoever brought it need not bring it again after a restart.
        if (!shelf.TryKeep(sha256, bytes))
        {
            return new(null, name, sha256, lines.Count, plan.Unchanged, [], [new(1, "", FieldFault.NotRecorded, null)]);
        }

        var token = Convert.ToHexStringLower(randomBytes(16));
        var brought = new AssetListBrought(time.GetUtcNow(), token, name, sha256, withoutWrong, changes.Length, problems.Select(problem => problem.Line).Distinct().Count(), plan.Marks, by.Id);
        _ = await record.AppendAsync(brought, stop);
        Hold(token, new(sheet!, lines));
        return new(token, name, sha256, lines.Count, plan.Unchanged, changes, [.. problems.Take(MostProblems)], new(token, name, changes.Length, by.Person, by.Name, HasGrants: false, brought.OccurredAt + WaitsFor));
    }

    // What a file says, held against the register as it stands.
    private (AssetSheet? Sheet, List<CsvRecord> Lines, Plan Plan, List<ImportProblem> Problems, bool Good) Read(byte[] bytes, bool withoutWrong, Action<ImportProgress> told, CancellationToken stop)
    {
        var (sheet, lines, problems) = XlsxReader.Takes(bytes) ? Read(bytes, told, stop)
            : Decode(bytes) is { } text ? Read(text, told, stop)
            : (null, [], [new(1, "", FieldFault.NotAWorkbook, null)]);
        var plan = lines.Count > 0 && problems.Count == 0 ? record.Readers.AskNow(db => Plan.Make(db, desk, sheet!, lines, told, stop), stop) : Plan.Empty;
        problems.AddRange(plan.Problems);
        if (withoutWrong && plan.Problems.Count > 0 && plan.Problems.Count == problems.Count)
        {
            // What stays is held against the register anew: a line may have leant on one that is left out.
            for (var wrong = plan.Problems; wrong.Count > 0;)
            {
                var leftOut = wrong.Select(problem => problem.Line).ToHashSet();
                lines = [.. lines.Where(line => !leftOut.Contains(line.Line))];
                plan = record.Readers.AskNow(db => Plan.Make(db, desk, sheet!, lines, told, stop), stop);
                wrong = plan.Problems;
                problems.AddRange(wrong);
            }
        }

        return (sheet, lines, plan, problems, problems.Count == 0 || (withoutWrong && plan.Problems.Count == 0));
    }

    private async Task<ActResult> ApplyAsync(string token, Actor by, Action<ImportProgress> told, CancellationToken stop)
    {
        if (Found(token) is not { } waiting)
        {
            return ActResult.Refused("token", FieldFault.Unknown);
        }

        // A list is as many entries as it has lines: whoever brings it does not decide on it (R-PROF-05). The console is beyond our rights.
        if (!by.IsConsole && SeparationOfDuties.Broken(DutyPair.EntererAndConfirmer, waiting.By, by.Person))
        {
            var same = Authority.May(by, PageAct.KeepEquipment, ActSubject.None) with { Refusal = AuthorityRefusal.SamePerson };
            return ActResult.NotAllowed((await guard.Objection(by, same, $"{PageAct.KeepEquipment}", "R-PROF-05", waiting.FileName, stop))!);
        }

        if (Lines(waiting, told, stop) is not { } list)
        {
            return ActResult.Refused("token", FieldFault.Unknown);
        }

        var plan = record.Readers.AskNow(db => Plan.Make(db, desk, list.Sheet, list.Lines, told, stop), stop);
        if (plan.Problems.Count > 0 || plan.Marks != waiting.Marks)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        var now = time.GetUtcNow();
        List<Draft> drafts =
        [
            .. plan.Changes.Select(change => Draft.Of(new AssetRecorded(now, change.Asset, change.Place, by.Id))),
            Draft.Of(new AssetsImported(
                now, waiting.FileName, waiting.Sha256, plan.Changes.Count(change => change.Told.IsNew), plan.Changes.Count(change => !change.Told.IsNew), plan.Unchanged, waiting.LeftOut, waiting.By.Value, by.Id) { List = token }),
        ];
        _ = await record.AppendAsync(
            drafts,
            null,
            stop,
            written =>
            {
                stop.ThrowIfCancellationRequested();
                told(new(ImportStage.Writes, written, drafts.Count));
            });
        _ = held.TryRemove(token, out _);
        return ActResult.Done(waiting.FileName);
    }

    private void Hold(string list, Held lines)
    {
        held[list] = lines;
        var waiting = record.Readers.AskNow(db => BroughtListsView.Since(db, time.GetUtcNow() - WaitsFor, MostWaiting)).Select(one => one.List).ToHashSet(StringComparer.Ordinal);
        foreach (var over in held.Keys.Where(one => !waiting.Contains(one)))
        {
            _ = held.TryRemove(over, out _);
        }
    }

    // Excel in Japan saves CSV as UTF-8 or, by its other choice, as CP932. What is one is almost never the other.
    private static string? Decode(byte[] bytes)
    {
        try
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            try
            {
                Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
                return Encoding.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    private static (AssetSheet? Sheet, List<CsvRecord> Lines, List<ImportProblem> Problems) Read(string text, Action<ImportProgress> told, CancellationToken stop)
    {
        var (lines, problems, all) = (new List<CsvRecord>(), new List<ImportProblem>(), text.AsSpan().Count('\n'));
        AssetSheet? sheet = null;
        try
        {
            foreach (var row in CsvText.Read(text))
            {
                stop.ThrowIfCancellationRequested();
                if (sheet is null)
                {
                    sheet = AssetSheet.Of(row, problems);
                    if (sheet is null)
                    {
                        break;
                    }
                }
                else if (lines.Count == MostLines)
                {
                    problems.Add(new(row.Line, "", FieldFault.OutOfRange, $"1 – {MostLines}"));
                    break;
                }
                else
                {
                    lines.Add(row);
                }

                if (row.Line % TellEvery == 0)
                {
                    told(new(ImportStage.Reads, Math.Min(row.Line, all), all));
                }
            }
        }
        catch (FormatException wrong)
        {
            problems.Add(new(1, "", FieldFault.UnreadableFile, wrong.Message));
        }

        if (lines.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(1, "", FieldFault.UnreadableFile, null));
        }

        return (sheet, lines, problems);
    }

    // A workbook keeps to the rules of a CSV, and its cells are those of a line; what it must not hold keeps all of it out.
    private static (AssetSheet? Sheet, List<CsvRecord> Lines, List<ImportProblem> Problems) Read(byte[] book, Action<ImportProgress> told, CancellationToken stop)
    {
        var (lines, problems) = (new List<CsvRecord>(), new List<ImportProblem>());
        AssetSheet? sheet = null;
        foreach (var row in XlsxReader.Read(book, new(MostLines + 1), problem => problems.Add(new(problem.Row, problem.Cell, problem.Fault, problem.Value)), stop))
        {
            if (sheet is null)
            {
                sheet = AssetSheet.Of(new(row.Row, row.Cells), problems);
                if (sheet is null)
                {
                    break;
                }
            }
            else if (row.Cells.Length > sheet.Width)
            {
                problems.Add(new(row.Row, "", FieldFault.WorkbookBeside, XlsxReader.NameOf(row.Row, row.Cells.Length - 1)));
            }
            else
            {
                lines.Add(new(row.Row, row.Cells.Length == sheet.Width ? row.Cells : [.. row.Cells, .. Enumerable.Repeat("", sheet.Width - row.Cells.Length)]));
            }

            if (problems.Count >= MostProblems)
            {
                break;
            }

            if (lines.Count % TellEvery == 0)
            {
                told(new(ImportStage.Reads, lines.Count, 0));
            }
        }

        if (lines.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(1, "", FieldFault.NotAWorkbook, null));
        }

        return (sheet, lines, problems);
    }

    private sealed record Held(AssetSheet Sheet, List<CsvRecord> Lines);

    private sealed record Change(Asset Asset, AssetPlace? Place, KeptAsset? Known, ImportChange Told);

    /// <summary>What a list would change, worked out on the register as it stands.</summary>
    private sealed class Plan
    {
        private readonly Dictionary<string, Change> byTag = new(StringComparer.Ordinal);

        public static Plan Empty { get; } = new();

        public List<Change> Changes { get; } = [];

        public List<ImportProblem> Problems { get; } = [];

        public int Unchanged { get; private set; }

        /// <summary>Digest of every change with what it was held against: another one means that the register changed meanwhile.</summary>
        public string Marks { get; private set; } = "";

        public static Plan Make(Statements db, AssetDesk desk, AssetSheet sheet, List<CsvRecord> rows, Action<ImportProgress>? told, CancellationToken stop)
        {
            var plan = new Plan();
            var (seen, waiting) = (new Dictionary<AssetTag, int>(), new List<(CsvRecord Row, Change Change, FieldProblem Problem)>());
            for (var at = 0; at < rows.Count; at++)
            {
                stop.ThrowIfCancellationRequested();
                if (at % TellEvery == 0)
                {
                    told?.Invoke(new(ImportStage.Compares, at, rows.Count));
                }

                var line = sheet.Read(rows[at]);
                if (!line.Problems.IsEmpty)
                {
                    plan.Problems.AddRange(line.Problems);
                }
                else if (!seen.TryAdd(line.Tag, line.Line))
                {
                    plan.Problems.Add(new(line.Line, sheet.NameOf("tag"), FieldFault.DoubledInFile, $"{seen[line.Tag]}"));
                }
                else
                {
                    plan.Take(db, desk, sheet, rows[at], line, waiting);
                }

                if (plan.Problems.Count >= MostProblems)
                {
                    return plan;
                }
            }

            plan.Settle(db, sheet, waiting);
            using var marks = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var change in plan.Changes)
            {
                marks.AppendData(Encoding.UTF8.GetBytes($"{change.Known?.Version ?? 0} {change.Place} "));
                marks.AppendData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(change.Asset, RecordJson.Plain.Asset));
            }

            plan.Marks = Convert.ToHexStringLower(marks.GetHashAndReset());
            return plan;
        }

        private void Take(Statements db, AssetDesk desk, AssetSheet sheet, CsvRecord row, SheetLine line, List<(CsvRecord, Change, FieldProblem)> waiting)
        {
            var known = AssetsView.One(db, line.Tag);
            var asset = AssetDesk.Cleaned(line.Changed(known?.Asset));
            var place = known?.Place is null && line.Zone is { } zone ? new AssetPlace(zone, FieldRules.Clean(line.Rack), "") : null;
            var problems = new List<FieldProblem>();
            if (known is null && !sheet.SaysKind(row))
            {
                problems.Add(new("kind", FieldFault.Required));
            }

            // R-MOVE-04: a place once known changes by a completed move alone.
            if (known?.Place is { } stands
                && ((line.Zone is { } said && said != stands.Zone) || (line.Rack is { } rack && FieldRules.Clean(rack) != stands.Rack) || (line.Outside is { } outside && outside != stands.Outside)))
            {
                problems.Add(new(line.Zone is { } other && other != stands.Zone ? "zone" : line.Rack is null ? "outside" : "rack", FieldFault.PlaceOnlyByMove, line.Tag.Value));
            }

            // R-LIFE-07: what class an item has is SEC's decision, also where it only follows from what is said to be on it.
            if (line.Class is { } importance && importance != known?.Decided)
            {
                problems.Add(new("decided", FieldFault.ClassOnlyBySec, $"{importance}"));
            }

            if (known is not null)
            {
                var original = asset.CopyOf is { } source ? AssetsView.One(db, source)?.Effective : null;
                if (AssetClasses.Effective(known.Decided, asset.Holds, AssetsView.Inside(db, asset.Tag).Select(one => one.Effective), original) is var effective && effective > known.Effective)
                {
                    problems.Add(new("holds", FieldFault.ClassOnlyBySec, $"{known.Effective} → {effective}"));
                }
            }

            problems.AddRange(desk.Problems(asset, place));
            problems.AddRange(desk.Problems(db, asset, new(asset, place, known?.Version ?? 0), known));
            var differences = AssetDifference.Between(known?.Asset, asset);
            var change = new Change(
                asset, place, known,
                new(line.Line, "asset", asset.Tag.Value, asset.Name, known is null, known is null ? [] : [.. differences.Select(one => new ImportDifference(one.Field, one.Before, one.After))]));
            foreach (var problem in problems)
            {
                // What it lies in, or is a copy of, may stand in the same list.
                if (problem is { Field: "container" or "copyOf", Fault: FieldFault.Unknown })
                {
                    waiting.Add((row, change, problem));
                }
                else
                {
                    Problems.Add(new(line.Line, sheet.NameOf(problem.Field), problem.Fault, problem.Value));
                }
            }

            if (known is not null && differences.IsEmpty && place is null)
            {
                Unchanged++;
            }
            else
            {
                Changes.Add(change);
                byTag[asset.Tag.Value] = change;
            }
        }

        private void Settle(Statements db, AssetSheet sheet, List<(CsvRecord Row, Change Change, FieldProblem Problem)> waiting)
        {
            foreach (var (row, change, problem) in waiting)
            {
                var other = problem.Value is { } tag ? byTag.GetValueOrDefault(tag) : null;
                var fault = other is null || (problem.Field == "container" && other.Asset.Kind is not AssetKind.Container) ? FieldFault.Unknown
                    : problem.Field == "container" && other.Place?.Zone != (change.Place ?? change.Known?.Place)?.Zone ? FieldFault.PlaceOnlyByMove
                    : (FieldFault?)null;
                if (fault is { } wrong)
                {
                    Problems.Add(new(row.Line, sheet.NameOf(problem.Field), wrong, problem.Value));
                }
            }

            // Each line may be right by itself, and together they lead back to where they began.
            foreach (var change in Changes)
            {
                foreach (var (field, link) in new (string, Func<Asset, AssetTag?>)[] { ("container", asset => asset.Container), ("copyOf", asset => asset.CopyOf) })
                {
                    var passed = new HashSet<AssetTag> { change.Asset.Tag };
                    for (var at = link(change.Asset); at is { } here; at = (byTag.GetValueOrDefault(here.Value)?.Asset ?? AssetsView.One(db, here)?.Asset) is { } next ? link(next) : null)
                    {
                        if (here == change.Asset.Tag)
                        {
                            Problems.Add(new(change.Told.Line, sheet.NameOf(field), FieldFault.InCircle, here.Value));
                        }

                        if (!passed.Add(here))
                        {
                            break;
                        }
                    }
                }
            }
        }
    }
}
