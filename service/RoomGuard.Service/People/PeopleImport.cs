using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>
/// R-INP-03: a list of people is read whole, held against what is there and shown as a difference; only then, and only if no line is bad, it is
/// applied, whole and in one transaction.
/// </summary>
public sealed class PeopleImport(ServiceRecord record, SiteKeys keys, FieldRules rules, bool pinsAllowed, TimeProvider time, Func<int, byte[]> randomBytes)
{
    /// <summary>Most lines, the header not counted.</summary>
    public const int MostLines = 100_000;

    /// <summary>The first line of a file.</summary>
    public const string Header =
        "person,name,kana,category,section,validFrom,validUntil,card,cardFormat,facility,number,cardFrom,cardUntil,grant,zones,days,from,until,grantFrom,grantUntil,pin";

    /// <summary>The rules of fields it reads by; forms go by the same.</summary>
    public FieldRules Rules => rules;

    /// <summary>Those that people began at pages.</summary>
    public ImportRuns Runs { get; } = new(time, randomBytes);

    private const int LargestFile = 64 << 20;
    private const int MostProblems = 1000;
    private const int MostWaiting = 8;
    private const int TellEvery = 250;
    private static readonly TimeSpan WaitsFor = TimeSpan.FromHours(8);
    private static readonly ImmutableArray<string> Columns = [.. Header.Split(',')];
    private readonly ConcurrentDictionary<string, Pending> pending = new(StringComparer.Ordinal);

    /// <summary>Reads a file and says what applying it would change.</summary>
    /// <param name="japaneseWindows">True: the file is CP932 (Shift_JIS of Windows); false: UTF-8, with or without a byte order mark.</param>
    /// <param name="progress">Told how far it is, now and then.</param>
    /// <param name="by">Who brings it: a list with grants is applied by somebody else (R-PROF-05).</param>
    public async Task<ImportLook> LookAsync(string fileName, Stream csv, bool japaneseWindows, Action<ImportProgress>? progress, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var name = NameOf(fileName);
        if (await ReadAsync(csv, stop) is not { } bytes)
        {
            return Unreadable(name, "", $"{LargestFile >> 20} MiB");
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (Decode(bytes, japaneseWindows) is not { } text)
        {
            return Unreadable(name, sha256, japaneseWindows ? "CP932" : "UTF-8");
        }

        var problems = new List<ImportProblem>();
        var lines = Lines(text, problems, progress, stop);
        var plan = problems.Count == 0 ? record.Readers.AskNow(db => Plan.Make(lines, db, keys, progress, stop), stop) : Plan.Empty;
        problems.AddRange(plan.Problems);
        var token = problems.Count == 0 && plan.Changes.Count > 0 ? Keep(new(name, sha256, lines, plan.Changes.Count, by, plan.Changes.Any(change => change.Kind == "grant"), time.GetUtcNow() + WaitsFor)) : null;
        return new(token, name, sha256, lines.Count, plan.Unchanged, problems.Count == 0 ? [.. plan.Changes] : [], [.. problems.Take(MostProblems)], token is null ? null : pending[token].Told(token));
    }

    /// <summary>A file's name as it is shown and recorded: without folders and control characters.</summary>
    public static string NameOf(string? fileName) => new([.. Path.GetFileName(fileName ?? "").Where(letter => !char.IsControl(letter)).Take(200)]);

    /// <summary>Applies what was looked at, whole or not at all; to be called in an act's turn.</summary>
    /// <param name="progress">Told how far it is, now and then; until it is written it can be stopped, and then waits as before.</param>
    public async Task<ActResult> ApplyAsync(string token, Actor by, CancellationToken stop, Action<ImportProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (token is null || !pending.TryGetValue(token, out var waiting) || waiting.Until <= time.GetUtcNow())
        {
            return ActResult.Refused("token", FieldFault.Unknown);
        }

        // A list of grants is as many decisions: whoever brings it does not make them (R-DOOR-16, R-PROF-05). The console is beyond our rights.
        if (waiting.HasGrants && waiting.By.Person == by.Person && !by.IsConsole)
        {
            return ActResult.NotAllowed(new(AuthorityText.Of(AuthorityRefusal.SamePerson), "R-PROF-05", [Role.SystemManager], []));
        }

        if (!pending.TryRemove(token, out _))
        {
            return ActResult.Refused("token", FieldFault.Unknown);
        }

        try
        {
            return await ApplyAsync(waiting, by, progress, stop);
        }
        catch (OperationCanceledException)
        {
            pending[token] = waiting;
            throw;
        }
    }

    /// <summary>Name of a list that waits; empty: nothing waits under this token.</summary>
    public string Named(string token) => token is not null && pending.TryGetValue(token, out var waiting) ? waiting.FileName : "";

    private async Task<ActResult> ApplyAsync(Pending waiting, Actor by, Action<ImportProgress>? progress, CancellationToken stop)
    {
        var plan = record.Readers.AskNow(db => Plan.Make(waiting.Lines, db, keys, progress, stop), stop);
        if (plan.Problems.Count > 0 || plan.Changes.Count != waiting.Changes)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        var now = time.GetUtcNow();
        var pins = plan.Pins.Select(pin => (pin.Card, Verifier: PinCheck.Make(pin.Digits, keys.PinKey, randomBytes(16), PeopleDesk.PinRounds))).ToList();
        var drafts = plan.Events(now, by).Select(Draft.Of).ToList();
        drafts.Add(Draft.Of(new ImportApplied(now, waiting.FileName, waiting.Sha256, plan.Changes.Count(change => change.IsNew), plan.Changes.Count(change => !change.IsNew), plan.Unchanged, by.Id)));
        _ = await record.AppendAsync(
            drafts,
            db =>
            {
                foreach (var (card, verifier) in pins)
                {
                    PeopleDesk.KeepPin(db, card, verifier);
                }
            },
            stop,
            written =>
            {
                stop.ThrowIfCancellationRequested();
                progress?.Invoke(new(ImportStage.Writes, written, drafts.Count));
            });
        return ActResult.Done(waiting.FileName);
    }

    /// <summary>Lists that were looked at and not applied yet.</summary>
    public ImmutableArray<WaitingImport> Waiting() => [.. pending.Where(one => one.Value.Until > time.GetUtcNow()).OrderBy(one => one.Value.Until).Select(one => one.Value.Told(one.Key))];

    /// <summary>The difference once more, for whoever is to apply it; null: nothing waits under this token.</summary>
    public ImportLook? Again(string token, CancellationToken stop)
    {
        if (token is null || !pending.TryGetValue(token, out var waiting) || waiting.Until <= time.GetUtcNow())
        {
            return null;
        }

        var plan = record.Readers.AskNow(db => Plan.Make(waiting.Lines, db, keys, null, stop), stop);
        return new(token, waiting.FileName, waiting.Sha256, waiting.Lines.Count, plan.Unchanged, [.. plan.Changes], [.. plan.Problems], waiting.Told(token));
    }

    private static ImportLook Unreadable(string name, string sha256, string limit) =>
        new(null, name, sha256, 0, 0, [], [new(1, "", FieldFault.UnreadableFile, limit)], null);

    private static async Task<byte[]?> ReadAsync(Stream csv, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await csv.ReadAsync(part, stop)) > 0;)
        {
            if (bytes.Length + read > LargestFile)
            {
                return null;
            }

            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    private static string? Decode(byte[] bytes, bool japaneseWindows)
    {
        try
        {
            if (!japaneseWindows)
            {
                ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
            }

            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private List<ImportLine> Lines(string text, List<ImportProblem> problems, Action<ImportProgress>? progress, CancellationToken stop)
    {
        var (lines, all) = (new List<ImportLine>(), text.AsSpan().Count('\n'));
        try
        {
            foreach (var row in CsvText.Read(text))
            {
                stop.ThrowIfCancellationRequested();
                if (row.Line == 1 || (lines.Count == 0 && problems.Count == 0 && !headerSeen(row)))
                {
                    if (!row.Fields.Select(field => field.Trim()).SequenceEqual(Columns))
                    {
                        problems.Add(new(row.Line, "", FieldFault.WrongHeader, Header));
                        break;
                    }

                    continue;
                }

                if (lines.Count >= MostLines)
                {
                    problems.Add(new(row.Line, "", FieldFault.UnreadableFile, MostLines.ToString(CultureInfo.InvariantCulture)));
                    break;
                }

                if (row.Fields.Length != Columns.Length)
                {
                    problems.Add(new(row.Line, "", FieldFault.WrongColumnCount, $"{row.Fields.Length} ≠ {Columns.Length}"));
                }
                else
                {
                    lines.Add(new LineReader(row, rules, pinsAllowed, problems).Read());
                }

                if (row.Line % TellEvery == 0)
                {
                    progress?.Invoke(new(ImportStage.Reads, Math.Min(row.Line, all), all));
                }

                if (problems.Count >= MostProblems)
                {
                    break;
                }
            }
        }
        catch (FormatException wrong)
        {
            problems.Add(new(LineOf(wrong.Message), "", FieldFault.UnreadableFile, wrong.Message));
        }

        if (lines.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(1, "", FieldFault.UnreadableFile, null));
        }

        return lines;

        static bool headerSeen(CsvRecord row) => row.Line > 1;
    }

    private static int LineOf(string message) =>
        int.TryParse(message.AsSpan("Line ".Length, message.IndexOf(':', StringComparison.Ordinal) - "Line ".Length), CultureInfo.InvariantCulture, out var line) ? line : 1;

    private string Keep(Pending look)
    {
        foreach (var (old, _) in pending.Where(item => item.Value.Until <= time.GetUtcNow()).Concat(pending.OrderBy(item => item.Value.Until).Take(Math.Max(0, pending.Count - MostWaiting + 1))))
        {
            _ = pending.TryRemove(old, out _);
        }

        var token = Convert.ToHexStringLower(randomBytes(16));
        pending[token] = look;
        return token;
    }

    private sealed record Pending(string FileName, string Sha256, List<ImportLine> Lines, int Changes, Actor By, bool HasGrants, DateTimeOffset Until)
    {
        public WaitingImport Told(string token) => new(token, FileName, Changes, By.Person, By.Name, HasGrants, Until);
    }

    /// <summary>One good line: a person, and perhaps a card, a grant and a PIN.</summary>
    private sealed record ImportLine(int Line, Person Person, ImportCard? Card, EntryGrant? Grant, string? Pin);

    /// <summary>A card as a line gives it; the number is a secret on its way to becoming a digest.</summary>
    private sealed class ImportCard(CredentialId id, string format, long? facility, long number, DateOnly? from, DateOnly? until)
    {
        public CredentialId Id => id;

        public DateOnly? From => from;

        public DateOnly? Until => until;

        public CardDigest Digest(SiteKeys keys) => keys.Cards.Of(PrintedCard.Canonical(format, facility, number));
    }

    /// <summary>Reads the columns of one line and says of each what is wrong with it.</summary>
    private sealed class LineReader(CsvRecord row, FieldRules rules, bool pinsAllowed, List<ImportProblem> problems)
    {
        private static readonly Dictionary<string, string> ColumnOfPerson = new() { ["id"] = "person", ["sectionOrFirm"] = "section" };
        private static readonly Dictionary<string, string> ColumnOfCard = new() { ["format"] = "cardFormat", ["validFrom"] = "cardFrom", ["validUntil"] = "cardUntil" };
        private static readonly Dictionary<string, string> ColumnOfGrant = new() { ["validFrom"] = "grantFrom", ["validUntil"] = "grantUntil" };

        public ImportLine Read()
        {
            var person = new Person(
                new(Text("person")),
                Text("name"),
                Text("kana"),
                Choice<PersonCategory>("category"),
                Text("section"),
                Date("validFrom"),
                Date("validUntil"));
            Report(FieldRules.Person(person).Where(problem => problem.Field != "category"), ColumnOfPerson);
            Report(rules.Category(person.Category), ColumnOfPerson);
            var pin = Text("pin");
            if (pin.Length > 0)
            {
                // A PIN in a file is a PIN many have seen: only where everything is invented (R-CFG-06).
                Report(pinsAllowed ? FieldRules.Pin(pin) : [new("pin", FieldFault.NotAChoice, null)], []);
            }

            var card = Card();
            if (pin.Length > 0 && card is null)
            {
                problems.Add(new(row.Line, "card", FieldFault.Required, null));
            }

            return new(row.Line, person, card, Grant(person.Id), pin.Length == 0 ? null : pin);
        }

        private ImportCard? Card()
        {
            if (!Any("card", "cardFormat", "facility", "number", "cardFrom", "cardUntil"))
            {
                return null;
            }

            var before = problems.Count;
            Report(FieldRules.Id("card", Text("card")), []);
            var (facility, number, from, until) = (Number("facility", required: false), Number("number", required: true), Date("cardFrom"), Date("cardUntil"));
            if (problems.Count == before)
            {
                Report(FieldRules.Card(Text("cardFormat"), facility, number!.Value, from, until), ColumnOfCard);
            }

            return problems.Count == before ? new(new(Text("card")), Text("cardFormat"), facility, number!.Value, from, until) : null;
        }

        private EntryGrant? Grant(PersonId person)
        {
            if (!Any("grant", "zones", "days", "from", "until", "grantFrom", "grantUntil"))
            {
                return null;
            }

            var before = problems.Count;
            Report(FieldRules.Id("grant", Text("grant")), []);
            var days = Choice<WeekDays>("days", Text("days").Replace(' ', ','));
            var hours = new Hours(Time("from"), Time("until"));
            var (from, until) = (Date("grantFrom", required: true), Date("grantUntil", required: true));
            if (problems.Count > before)
            {
                return null;
            }

            var grant = new EntryGrant(
                new(Text("grant")),
                person,
                [.. Text("zones").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(zone => new ZoneId(zone))],
                days,
                hours,
                from!.Value,
                until!.Value,
                Suspended: false);
            Report(rules.Grant(grant, longest: null), ColumnOfGrant);
            return problems.Count == before ? grant : null;
        }

        private void Report(IEnumerable<FieldProblem> found, Dictionary<string, string> columns)
        {
            foreach (var problem in found)
            {
                problems.Add(new(row.Line, columns.GetValueOrDefault(problem.Field, problem.Field), problem.Fault, problem.Value));
            }
        }

        private string Text(string column) => FieldRules.Clean(row.Fields[Columns.IndexOf(column)]);

        private bool Any(params ReadOnlySpan<string> columns)
        {
            foreach (var column in columns)
            {
                if (Text(column).Length > 0)
                {
                    return true;
                }
            }

            return false;
        }

        private DateOnly? Date(string column, bool required = false)
        {
            var text = Text(column);
            if (text.Length == 0)
            {
                if (required)
                {
                    problems.Add(new(row.Line, column, FieldFault.Required, null));
                }

                return null;
            }

            if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date;
            }

            problems.Add(new(row.Line, column, FieldFault.NotADate, Short(text)));
            return null;
        }

        private TimeOnly Time(string column)
        {
            var text = Text(column);
            if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return time;
            }

            problems.Add(new(row.Line, column, text.Length == 0 ? FieldFault.Required : FieldFault.NotATime, Short(text)));
            return default;
        }

        // What was typed is not repeated here: it is part of a card's number.
        private long? Number(string column, bool required)
        {
            var text = Text(column);
            if (text.Length == 0)
            {
                if (required)
                {
                    problems.Add(new(row.Line, column, FieldFault.Required, null));
                }

                return null;
            }

            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            problems.Add(new(row.Line, column, FieldFault.NotANumber, null));
            return null;
        }

        private TEnum Choice<TEnum>(string column, string? text = null)
            where TEnum : struct, Enum
        {
            text ??= Text(column);
            if (text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] is not '-' && Enum.TryParse<TEnum>(text, ignoreCase: false, out var value))
            {
                return value;
            }

            problems.Add(new(row.Line, column, text.Length == 0 ? FieldFault.Required : FieldFault.NotAChoice, string.Join(", ", Enum.GetNames<TEnum>())));
            return default;
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40];
    }

    /// <summary>What a file would do to what is there.</summary>
    private sealed class Plan
    {
        private readonly List<(Person? Person, Credential? Card, EntryGrant? Grant, string Cause)> steps = [];

        public static Plan Empty { get; } = new();

        public List<ImportChange> Changes { get; } = [];

        public List<ImportProblem> Problems { get; } = [];

        public List<(CredentialId Card, string Digits)> Pins { get; } = [];

        public int Unchanged { get; private set; }

        public static Plan Make(List<ImportLine> lines, Statements db, SiteKeys keys, Action<ImportProgress>? progress, CancellationToken stop)
        {
            var plan = new Plan();
            var (people, cards, grants, digests) = (new Dictionary<PersonId, ImportLine>(), new Dictionary<CredentialId, int>(), new Dictionary<GrantId, int>(), new Dictionary<CardDigest, int>());
            foreach (var (at, line) in lines.Index())
            {
                if (at % TellEvery == 0)
                {
                    stop.ThrowIfCancellationRequested();
                    progress?.Invoke(new(ImportStage.Compares, at, lines.Count));
                }

                if (people.TryGetValue(line.Person.Id, out var first) && first.Person != line.Person)
                {
                    plan.Problems.Add(new(line.Line, "person", FieldFault.DoubledInFile, first.Line.ToString(CultureInfo.InvariantCulture)));
                }
                else if (people.TryAdd(line.Person.Id, line))
                {
                    plan.OfPerson(line, db);
                }

                if (line.Card is { } card && plan.Once(cards, card.Id, line, "card"))
                {
                    var digest = card.Digest(keys);
                    if (plan.Once(digests, digest, line, "number"))
                    {
                        plan.OfCard(line, card, digest, db, keys);
                    }
                }

                if (line.Grant is { } grant && plan.Once(grants, grant.Id, line, "grant"))
                {
                    plan.OfGrant(line, grant, db);
                }
            }

            return plan;
        }

        public IEnumerable<RecordedEvent> Events(DateTimeOffset now, Actor by)
        {
            foreach (var (person, card, grant, cause) in steps)
            {
                yield return person is not null ? new PersonRecorded(now, person, by.Id)
                    : card is not null ? new CredentialRecorded(now, card, cause, by.Id)
                    : new GrantRecorded(now, grant!, "import", by.Id);
            }
        }

        private bool Once<TKey>(Dictionary<TKey, int> seen, TKey key, ImportLine line, string column)
            where TKey : notnull
        {
            if (seen.TryAdd(key, line.Line))
            {
                return true;
            }

            Problems.Add(new(line.Line, column, FieldFault.DoubledInFile, seen[key].ToString(CultureInfo.InvariantCulture)));
            return false;
        }

        private void OfPerson(ImportLine line, Statements db)
        {
            Person? before = null;
            using (var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person = $1", line.Person.Id.Value))
            {
                before = row.Read() ? PeopleView.PersonFrom(row, 0) : null;
            }

            var differences = before is null ? [] : Differences(
                ("name", before.Name, line.Person.Name),
                ("kana", before.Kana, line.Person.Kana),
                ("category", before.Category.ToString(), line.Person.Category.ToString()),
                ("section", before.SectionOrFirm, line.Person.SectionOrFirm),
                ("validFrom", RowReading.Iso(before.ValidFrom), RowReading.Iso(line.Person.ValidFrom)),
                ("validUntil", RowReading.Iso(before.ValidUntil), RowReading.Iso(line.Person.ValidUntil)));
            Add(line, "person", line.Person.Id.Value, before is null, differences, (line.Person, null, null, ""));
        }

        private void OfCard(ImportLine line, ImportCard card, CardDigest digest, Statements db, SiteKeys keys)
        {
            Credential? before = null;
            using (var row = db.Rows("SELECT card, person, digest, state, valid_from, valid_until FROM view_cards WHERE card = $1", card.Id.Value))
            {
                before = row.Read() ? PeopleView.CardFrom(row, 0) : null;
            }

            if (before is not null && (before.Person != line.Person.Id || before.Digest != digest))
            {
                Problems.Add(new(line.Line, "card", FieldFault.AlreadyExists, card.Id.Value));
                return;
            }

            if (before?.State is CredentialState.Lost or CredentialState.Returned)
            {
                Problems.Add(new(line.Line, "card", FieldFault.CardFinal, card.Id.Value));
                return;
            }

            if (before is null && db.Value("SELECT card FROM view_cards WHERE digest = $1 AND state <> 3", PeopleView.DigestBytes(digest)) is string taken)
            {
                Problems.Add(new(line.Line, "number", FieldFault.CardTaken, taken));
                return;
            }

            var after = new Credential(card.Id, line.Person.Id, digest, before?.State ?? CredentialState.Active, card.From, card.Until, Pin: null);
            var differences = before is null ? [] : Differences(
                ("cardFrom", RowReading.Iso(before.ValidFrom), RowReading.Iso(after.ValidFrom)),
                ("cardUntil", RowReading.Iso(before.ValidUntil), RowReading.Iso(after.ValidUntil)));
            Add(line, "card", card.Id.Value, before is null, differences, (null, after, null, "issued"));
            if (line.Pin is { } pin && !HasPin(card.Id, pin, db, keys))
            {
                Add(line, "pin", card.Id.Value, isNew: true, [], (null, after, null, "pin-set"));
                Pins.Add((card.Id, pin));
            }
        }

        private void OfGrant(ImportLine line, EntryGrant grant, Statements db)
        {
            EntryGrant? before = null;
            using (var row = db.Rows(
                "SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended, ended FROM view_grants WHERE id = $1",
                grant.Id.Value))
            {
                if (row.Read())
                {
                    before = PeopleView.GrantFrom(row, 0);
                    if (before.Person != grant.Person || !row.IsDBNull(9))
                    {
                        Problems.Add(new(line.Line, "grant", FieldFault.AlreadyExists, grant.Id.Value));
                        return;
                    }
                }
            }

            var after = grant with { Suspended = before?.Suspended ?? false };
            var differences = before is null ? [] : Differences(
                ("zones", string.Join(' ', before.Zones), string.Join(' ', after.Zones)),
                ("days", before.Days.ToString(), after.Days.ToString()),
                ("from", Clock(before.Hours.From), Clock(after.Hours.From)),
                ("until", Clock(before.Hours.Until), Clock(after.Hours.Until)),
                ("grantFrom", RowReading.Iso(before.ValidFrom), RowReading.Iso(after.ValidFrom)),
                ("grantUntil", RowReading.Iso(before.ValidUntil), RowReading.Iso(after.ValidUntil)));
            Add(line, "grant", grant.Id.Value, before is null, differences, (null, null, after, ""));
        }

        private void Add(ImportLine line, string kind, string id, bool isNew, ImmutableArray<ImportDifference> differences, (Person?, Credential?, EntryGrant?, string) step)
        {
            if (!isNew && differences.IsEmpty)
            {
                Unchanged++;
                return;
            }

            Changes.Add(new(line.Line, kind, id, line.Person.Name, isNew, differences));
            steps.Add(step);
        }

        private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

        private static ImmutableArray<ImportDifference> Differences(params ReadOnlySpan<(string Field, string? Before, string? After)> fields)
        {
            var found = ImmutableArray.CreateBuilder<ImportDifference>();
            foreach (var (field, before, after) in fields)
            {
                if (before != after)
                {
                    found.Add(new(field, before, after));
                }
            }

            return found.DrainToImmutable();
        }

        private static bool HasPin(CredentialId card, string pin, Statements db, SiteKeys keys)
        {
            using var row = db.Rows("SELECT salt, hash, iterations FROM kept_pins WHERE card = $1", card.Value);
            return row.Read() && PinCheck.Matches(new(row.GetString(0), row.GetString(1), (int)row.GetInt64(2)), pin, keys.PinKey);
        }
    }
}
