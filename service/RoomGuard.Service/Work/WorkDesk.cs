using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Work;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Files;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Work;

/// <summary>
/// 作業記録 at the office. Beginning and end are held against who is inside; change work is confirmed as done only by one who was there with the performers for the whole time
/// (R-WORK-01, R-WORK-02).
/// </summary>
public sealed class WorkDesk(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, ActTurn turn, FileShelf files, TimeProvider time) : IWorkDesk
{
    private const int MostShown = 500;
    private const int UsualDaysBack = 30;
    private const int UsualDaysOn = 90;
    private const int LongestSerial = 60;

    /// <inheritdoc/>
    public Task<WorkRegister> Register(WorkQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var found = Found(db, query, by);
                return new WorkRegister([.. found.Take(MostShown)], SeesAll(by), Core.Cases.CaseRules.MayApply(by, Core.Cases.CaseKind.Work).Allowed, found.Count);
            },
            gone);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<WorkLook>> Export(WorkQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = await record.Readers.Ask(db => Found(db, query, by).ToImmutableArray(), gone);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', found.Select(look => $"{look.File.Work.Id} {look.File.Version}")))));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "works", $"{query.From:O}/{query.Until:O} {query.Kind} {query.Status} {query.Zone}", found.Length, digest, by.Id), gone);
        return found;
    }

    /// <inheritdoc/>
    public Task<WorkLook?> Work(WorkId id, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => WorkView.Dossier(db, id) is { } file && MaySee(by, file) ? Look(db, file, by) : null, gone);

    /// <inheritdoc/>
    public async Task<WorkSheet?> Sheet(WorkId id, Actor by, CancellationToken gone)
    {
        if (await Work(id, by, gone) is not { } look)
        {
            return null;
        }

        // R-INP-04: what is on the sheet is what the record has, and the sheet says by which digest.
        var digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(look.File, RecordJson.Plain.WorkDossier)));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "work-sheet", id.Value, 1, digest, by.Id), gone);
        var profile = policy.Now;
        return new(look, digest, $"{profile.Profile} {profile.Version}");
    }

    /// <inheritdoc/>
    public Task<ActResult> Start(WorkId id, int version, Actor by, CancellationToken stop) => Act(id, version, [], by, async file =>
    {
        var (now, plan) = (time.GetUtcNow(), file.Work.Plan);
        if (await guard.Objection(by, Working(by, file), "WorkStart", "R-WORK-01", id.Value, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        if (file.StartedAt is not null || file.EndedAt is not null)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        if (now < plan.From || now >= plan.Until)
        {
            return ActResult.Refused("", now < plan.From ? FieldFault.TooEarly : FieldFault.AlreadyOver);
        }

        var inside = record.Readers.AskNow(db => WorkView.Inside(db, plan.Zone, plan.People));
        if (WorkRules.AgainstStart(file.Work, [.. inside.Select(stay => stay.Person)]) is { } against)
        {
            return await Refuse(file, against, by, stop);
        }

        _ = await record.AppendAsync(new WorkStarted(now, id, plan.Zone, inside, by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Swap(WorkId id, int version, PartSwap swap, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(swap);
        var clean = swap with { SerialOut = FieldRules.Clean(swap.SerialOut), SerialIn = FieldRules.Clean(swap.SerialIn), WhatIn = FieldRules.Clean(swap.WhatIn) };
        return Act(
            id,
            version,
            [
                .. FieldRules.Text("partOut", clean.SerialOut, LongestSerial, required: false), .. FieldRules.Text("partIn", clean.SerialIn, LongestSerial, required: false),
                .. FieldRules.Text("whatIn", clean.WhatIn, required: false),
            ],
            by,
            async file =>
            {
                var plan = file.Work.Plan;
                if (await guard.Objection(by, Working(by, file), "WorkPart", "R-MOVE-09", id.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (plan.Kind is not WorkKind.PartSwap || !file.Open)
                {
                    return ActResult.Refused("", plan.Kind is WorkKind.PartSwap ? FieldFault.ChangedMeanwhile : FieldFault.NotAPartSwap);
                }

                var (item, elsewhere, owed, tag) = record.Readers.AskNow(db => (AssetsView.One(db, clean.Item), AssetsView.WithPart(db, clean.SerialIn), RemovedPartsView.BySerial(db, clean.SerialIn), AssetDesk.NextTag(db)));
                if (item is null || !plan.Targets.Contains(clean.Item.Value) || item.Place?.Zone != plan.Zone)
                {
                    return ActResult.Refused("item", item is null || !plan.Targets.Contains(clean.Item.Value) ? FieldFault.NotAWorkTarget : FieldFault.ItemNotThere, clean.Item.Value);
                }

                if (PartRules.Objection(item.Asset, clean) is { } fault)
                {
                    return fault switch
                    {
                        PartFault.NothingNamed => ActResult.Refused("partOut", FieldFault.Required),
                        PartFault.NotInItem => ActResult.Refused("partOut", FieldFault.PartNotInItem, clean.SerialOut),
                        _ => ActResult.Refused("partIn", FieldFault.AlreadyExists, clean.SerialIn),
                    };
                }

                // What was taken out elsewhere and never erased is put into nothing but where it came from.
                if (elsewhere is not null || (owed is { } removed && removed.From != clean.Item))
                {
                    return elsewhere is { } holder ? ActResult.Refused("partIn", FieldFault.PartElsewhere, $"{clean.SerialIn} ({holder})") : ActResult.Refused("partIn", FieldFault.PartNotErased, clean.SerialIn);
                }

                var now = time.GetUtcNow();
                var storage = PartRules.StorageOut(item.Asset, clean);
                var taken = clean.SerialOut.Length == 0 ? null : storage ?? item.Asset.Parts.First(part => part.Serial == clean.SerialOut);
                ImmutableArray<RecordedEvent> facts =
                [
                    new PartChanged(now, id, plan.Zone, clean.Item, taken, clean.SerialIn.Length == 0 ? null : new(clean.SerialIn, clean.WhatIn), storage is null ? null : tag, by.Id),
                    new AssetRecorded(now, PartRules.After(item.Asset, clean), null, by.Id),
                    .. storage is null ? [] : new RecordedEvent[] { new AssetRecorded(now, PartRules.Removed(item.Asset, storage, tag, EquipmentText.RemovedStorage.Ja, id), new(plan.Zone, "", ""), by.Id) },
                ];
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> End(WorkId id, int version, WorkOutcome outcome, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var clean = outcome with
        {
            BeforeVersion = Kept(outcome.BeforeVersion),
            AfterVersion = Kept(outcome.AfterVersion),
            PartSerialOut = Kept(outcome.PartSerialOut),
            PartSerialIn = Kept(outcome.PartSerialIn),
            Note = FieldRules.Clean(outcome.Note),
        };
        return Act(
            id,
            version,
            [
                .. Enum.IsDefined(clean.Result) ? Array.Empty<FieldProblem>() : [new("result", FieldFault.NotAChoice)],
                .. clean.Impact is { } impact && !Enum.IsDefined(impact) ? [new FieldProblem("impact", FieldFault.NotAChoice)] : Array.Empty<FieldProblem>(),
                .. FieldRules.Text("beforeVersion", clean.BeforeVersion, 40, required: false), .. FieldRules.Text("afterVersion", clean.AfterVersion, 40, required: false),
                .. FieldRules.Text("partOut", clean.PartSerialOut, 60, required: false), .. FieldRules.Text("partIn", clean.PartSerialIn, 60, required: false),
                .. FieldRules.Text("note", clean.Note, FieldRules.LongestReason, required: clean.Result is not WorkResult.Done),
            ],
            by,
            async file =>
            {
                if (await guard.Objection(by, Working(by, file), "WorkEnd", "R-WORK-01", id.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (file.CheckedAt is not null || file.StartedAt is not { } started)
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                // R-MOVE-09: each part is recorded, and the form names what was.
                if (file.Work.Plan.Kind is WorkKind.PartSwap)
                {
                    if (clean.Result is WorkResult.Done or WorkResult.PartlyDone && file.Parts.IsEmpty)
                    {
                        return await Refuse(file, WorkRefusal.NoPartRecorded, by, stop);
                    }

                    clean = clean with { PartSerialOut = Serials(file.Parts.Select(part => part.Out)), PartSerialIn = Serials(file.Parts.Select(part => part.In)) };
                }

                // The end is when its performers had gone; said anew, it stays what it was.
                var now = time.GetUtcNow();
                var ended = file.EndedAt ?? (file.PerformersGoneAt is { } left && left < now ? left : now);
                _ = await record.AppendAsync(new WorkEnded(now, id, file.Work.Plan.Zone, ended > started ? ended : started, clean, by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Check(WorkId id, int version, string note, Actor by, CancellationToken stop) => Act(id, version, [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: false)], by, async file =>
    {
        var answer = Checking(by, file);
        if (await guard.Objection(by, answer, "WorkCheck", "R-WORK-02", id.Value, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        if (file.EndedAt is null || file.CheckedAt is not null || file.Outcome is not { } outcome)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        // R-WORK-02: cannot complete. What was not done, or was rolled back, may be confirmed as that.
        if (outcome.Result is WorkResult.Done or WorkResult.PartlyDone && file.Unproven is { } against)
        {
            return await Refuse(file, against, by, stop);
        }

        _ = await record.AppendAsync(new WorkChecked(time.GetUtcNow(), id, file.Work.Plan.Zone, FieldRules.Clean(note), answer.As ?? Role.SystemManager, by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Note(WorkId id, int version, WorkSide side, string text, ImmutableArray<SentFile> sent, Actor by, CancellationToken stop)
    {
        var (read, problems) = FileShelf.Look("files", sent, WorkDossier.MostFiles);
        var nothing = problems.IsEmpty && read.IsEmpty && FieldRules.Clean(text).Length == 0;
        return Act(
            id,
            version,
            [
                .. Enum.IsDefined(side) ? Array.Empty<FieldProblem>() : [new("side", FieldFault.NotAChoice)], .. FieldRules.Text("noteText", text, FieldRules.LongestReason, required: nothing), .. problems,
            ],
            by,
            async file =>
            {
                if (await guard.Objection(by, Noting(by, file), "WorkNote", "R-WORK-01", id.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (!Notable(file))
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                if (file.FileCount + read.Length > WorkDossier.MostFiles)
                {
                    return ActResult.Refused("files", FieldFault.TooManyFiles, $"{WorkDossier.MostFiles}");
                }

                if (file.Notes.Length >= WorkDossier.MostNotes)
                {
                    return ActResult.Refused("noteText", FieldFault.OutOfRange, $"– {WorkDossier.MostNotes}");
                }

                // The contents are durable before the entry that names them.
                if (!files.TryKeep(read))
                {
                    return ActResult.Refused("", FieldFault.NotRecorded);
                }

                _ = await record.AppendAsync(new WorkNoted(time.GetUtcNow(), id, file.Work.Plan.Zone, side, FieldRules.Clean(text), [.. read.Select(one => one.Kept)], by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<FileContent?> File(WorkId id, string sha256, Actor by, CancellationToken stop)
    {
        var named = await record.Readers.Ask(
            db => WorkView.Dossier(db, id) is { } file && MaySee(by, file) ? file.Notes.SelectMany(note => note.Files).FirstOrDefault(one => one.Sha256 == sha256) : null, stop);
        if (named is null || files.Content(named.Sha256) is not { } content)
        {
            return null;
        }

        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "work-file", $"{id} {named.Name}", 1, named.Sha256, by.Id), stop);
        return new(named, content);
    }

    /// <inheritdoc/>
    public Task<WorkWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            var watched = WorkView.Watched(db);
            return new WorkWaiting(
                watched.Count(file => file.Open && file.NobodySince is { } since && now - since >= WorkRules.RemindAfter && file.Work.Plan.Performers.Contains(by.Person)),
                watched.Count(file => file.EndedAt is not null && file.CheckedAt is null && Checking(by, file).Allowed));
        },
        gone);

    private static Act ActOf(WorkDossier file) => file.Work.Plan.Kind is WorkKind.Cabling ? Core.Operators.Act.WiringWork : Core.Operators.Act.ChangeWork;

    private static bool SeesAll(Actor by) => by.IsConsole || Authority.May(by, Core.Operators.Act.ChangeWork, Part.Views, ActSubject.None).Allowed
        || by.Holdings.Any(holding => holding.Role is Role.SupervisingOfficer or Role.SystemStaff);

    // R-WORK-04: by role, and whoever has a part in it.
    private static bool MaySee(Actor by, WorkDossier file) =>
        SeesAll(by) || file.Work.AppliedBy == by.Person || file.Work.Approvers.Contains(by.Person) || file.Work.Plan.People.Contains(by.Person) || AnswersFor(by, file);

    private static bool AnswersFor(Actor by, WorkDossier file) => by.Holdings.Any(holding => holding.Role == Role.SystemManager && holding.Zones.Contains(file.Work.Plan.Zone));

    // Those who have a part in it, and the zone's SYS for contractors without an account of their own.
    private static AuthorityAnswer Working(Actor by, WorkDossier file)
    {
        var answer = Authority.May(by, ActOf(file), Part.Does, ActSubject.Of([file.Work.Plan.Zone]) with { InContract = true });
        return by.IsConsole || file.Work.Plan.People.Contains(by.Person) || AnswersFor(by, file)
            ? answer with { Refusal = file.Work.Plan.People.Contains(by.Person) ? null : answer.Refusal }
            : answer with { Refusal = AuthorityRefusal.NotOwn };
    }

    // Pair 2: never a performer. A checker of the work; where none is named, the zone's SYS.
    private static AuthorityAnswer Checking(Actor by, WorkDossier file)
    {
        var plan = file.Work.Plan;
        ImmutableArray<Role> roles = plan.Checkers.IsEmpty ? [Role.SystemManager] : AuthorityTable.RolesWith(Core.Operators.Act.ChangeWork, Part.Checks);
        return plan.Performers.Any(performer => SeparationOfDuties.Broken(DutyPair.PerformerAndChecker, performer, by.Person)) ? new(AuthorityRefusal.SamePerson, null, null, roles)
            : plan.Checkers.Contains(by.Person) ? new(null, RoleOf(by), null, roles)
            : plan.Checkers.IsEmpty && AnswersFor(by, file) ? new(null, Role.SystemManager, null, roles)
            : new(AuthorityRefusal.NotOwn, null, null, roles);
    }

    // Whoever works on it, and whoever confirms it, writes down how things stood.
    private static AuthorityAnswer Noting(Actor by, WorkDossier file) => Working(by, file) is { Allowed: false } answer && !Checking(by, file).Allowed ? answer : new(null, null, null, []);

    // Not on what nobody began in its time, and not behind the back of who confirmed it.
    private bool Notable(WorkDossier file) => file.StatusAt(time.GetUtcNow()) is WorkStatus.Planned or WorkStatus.Open or WorkStatus.Ended;

    private static Role RoleOf(Actor by) => by.Holdings.Select(holding => (Role?)holding.Role).FirstOrDefault(role => role is Role.SupervisingOfficer or Role.SystemManager or Role.SystemStaff) ?? Authority.RoleOf(by.Category);

    private static string? Serials(IEnumerable<AssetPart?> parts) => string.Join(", ", parts.OfType<AssetPart>().Select(part => part.Serial)) is { Length: > 0 } serials ? serials : null;

    private static string? Kept(string? text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    private async Task<ActResult> Refuse(WorkDossier file, WorkRefusal reason, Actor by, CancellationToken stop)
    {
        _ = await record.AppendAsync(new WorkRefused(time.GetUtcNow(), file.Work.Id, file.Work.Plan.Zone, reason, null, by.Id), stop);
        return ActResult.Refused("", FieldFault.WorkRefused, reason.ToString());
    }

    private List<WorkLook> Found(Statements db, WorkQuery query, Actor by)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
        var (from, until) = (query.From ?? today.AddDays(-UsualDaysBack), query.Until ?? today.AddDays(UsualDaysOn));
        return
        [
            .. WorkView.Between(db, Midnight(from), Midnight(until.AddDays(1)), PeopleWords.Fold(query.Words ?? ""), int.MaxValue)
                .Where(file => (query.Kind is null || file.Work.Plan.Kind == query.Kind) && (query.Zone is null || file.Work.Plan.Zone == query.Zone) && MaySee(by, file))
                .Select(file => Look(db, file, by))
                .Where(look => query.Status is null || look.Status == query.Status),
        ];
    }

    private WorkLook Look(Statements db, WorkDossier file, Actor by)
    {
        var now = time.GetUtcNow();
        var plan = file.Work.Plan;
        IEnumerable<PersonId> ids =
        [
            file.Work.AppliedBy, .. file.Work.Approvers, .. plan.People, .. new[] { file.EndedBy, file.CheckedBy }.OfType<PersonId>(), .. file.Notes.Select(note => note.By), .. file.Story.Where(line => line.By is not null).Select(line => new PersonId(line.By!)),
        ];
        var status = file.StatusAt(now);
        var works = Working(by, file).Allowed;
        return new(
            file,
            status,
            ids.Distinct().Select(id => AuthorityGuard.Named(db, id)).OfType<NamedPerson>().ToImmutableDictionary(person => person.Id),
            [.. WorkView.Inside(db, plan.Zone, plan.People).Select(stay => stay.Person)],
            works && status is WorkStatus.Planned && now >= plan.From,
            works && status is (WorkStatus.Open or WorkStatus.Ended),
            status is WorkStatus.Ended && Checking(by, file).Allowed,
            works && file.Open && plan.Kind is WorkKind.PartSwap,
            Notable(file) && Noting(by, file).Allowed);
    }

    private Task<ActResult> Act(WorkId id, int version, ImmutableArray<FieldProblem> problems, Actor by, Func<WorkDossier, Task<ActResult>> act, CancellationToken stop) => turn.ActAsync(
        problems,
        () =>
        {
            var file = record.Readers.AskNow(db => WorkView.Dossier(db, id) is { } kept && MaySee(by, kept) ? kept : null);
            return file is null ? Task.FromResult(ActResult.Refused("id", FieldFault.Unknown, id.Value))
                : file.Version != version ? Task.FromResult(ActResult.Refused("", FieldFault.ChangedMeanwhile))
                : act(file);
        },
        stop);

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(default);
        return new(local, record.TimeZone.GetUtcOffset(local));
    }
}
