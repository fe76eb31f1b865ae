using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Files;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>廃棄・消去記録 (R-LIFE-03, 04, 05): permitted before, erased, verified by another person, certified after.</summary>
public sealed class DisposalDesk(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, ActTurn turn, FileShelf files, TimeProvider time) : IDisposalDesk
{
    private const int MostShown = 200;
    private const int MostOverdue = 100;
    private const int MostSerials = 100;
    private const int MostSteps = 300;
    private const int LongestNumber = 40;

    private int Days => policy.Now[Limit.DisposalCertificateDays];

    /// <inheritdoc/>
    public Task<ImmutableArray<DisposalLook>?> Disposals(DisposalShow show, Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<DisposalLook>?>(
        db => MaySeeSome(by) ? [.. Shown(db, show, MostShown).Where(one => MaySee(db, one, by)).Select(one => Look(db, one, by))] : null, gone);

    /// <inheritdoc/>
    public Task<int> Known(DisposalShow show, Actor by, CancellationToken gone) => record.Readers.Ask(db => MaySeeSome(by) ? Shown(db, show, int.MaxValue).Count(one => MaySee(db, one, by)) : 0, gone);

    /// <inheritdoc/>
    public async Task<ImmutableArray<DisposalLook>?> Export(DisposalShow show, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (!MaySeeSome(by))
        {
            return null;
        }

        var found = await record.Readers.Ask(db => Shown(db, show, int.MaxValue).Where(one => MaySee(db, one, by)).Select(one => Look(db, one, by)).ToImmutableArray(), gone);
        _ = await record.AppendAsync(
            new RecordExported(
                time.GetUtcNow(), "disposals", $"{show}", found.Length,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', found.Select(look => $"{look.File.Disposal.Id} {look.File.Version}"))))), by.Id),
            gone);
        return found;
    }

    /// <inheritdoc/>
    public Task<DisposalLook?> One(DisposalId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db => DisposalsView.One(db, id) is { } file && MaySee(db, file, by) ? Look(db, file, by) with { Unaccounted = Unaccounted(db, file.Disposal.Tag) } : null, gone);

    /// <inheritdoc/>
    public async Task<DisposalSheet?> Sheet(DisposalId id, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (await One(id, by, gone) is not { } look)
        {
            return null;
        }

        // R-INP-04: what is on the sheet is what the record has, and the sheet says by which digest.
        var digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(look.File, RecordJson.Plain.DisposalDossier)));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "disposal-sheet", id.Value, 1, digest, by.Id), gone);
        var profile = policy.Now;
        return new(look, digest, $"{profile.Profile} {profile.Version}");
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<OwedErasure>> Owed(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => Authority.May(by, PageAct.SeeDisposals, ActSubject.None).Allowed ? [.. RemovedPartsView.All(db, MostShown).Select(part => Owing(db, part))] : ImmutableArray<OwedErasure>.Empty, gone);

    /// <inheritdoc/>
    public Task<DisposalWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!MaySeeSome(by))
            {
                return new DisposalWaiting(0, 0, 0, 0);
            }

            return new(
                DisposalsView.OpenIn(db, DisposalState.Applied, MostShown).Count(file => MayDecide(db, file, by).Allowed),
                DisposalsView.OpenIn(db, DisposalState.Erased, MostShown).Count(file => MayVerify(file, by).Allowed),
                Keeps(by) ? DisposalsView.Uncertified(db, time.GetUtcNow().AddDays(-Days), MostOverdue).Length : 0,
                Authority.May(by, Act.Dispose, Part.Asks, ActSubject.None).Allowed ? RemovedPartsView.All(db, MostShown).Count(part => DisposalsView.PendingOf(db, part.Tag) is null) : 0);
        },
        gone);

    /// <inheritdoc/>
    public async Task<ActResult> Ask(DisposalKind kind, AssetTag tag, string firm, string reason, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, Authority.May(by, ActOf(kind), Part.Asks, ActSubject.None), $"{ActOf(kind)}/{Part.Asks}", RuleOf(kind), tag.Value ?? "", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            [
                .. Enum.IsDefined(kind) ? Array.Empty<FieldProblem>() : [new("kind", FieldFault.NotAChoice)], .. FieldRules.Text("firm", firm, required: kind is DisposalKind.Repair),
                .. FieldRules.Text("reason", reason, FieldRules.LongestReason),
            ],
            async () =>
            {
                var (asset, pending, gone, id) = record.Readers.AskNow(db => (AssetsView.One(db, tag), DisposalsView.PendingOf(db, tag), DisposalsView.GoneBy(db, tag), Next(db)));
                if (asset is null || pending is not null)
                {
                    return ActResult.Refused("tag", asset is null ? FieldFault.Unknown : FieldFault.AlreadyExists, pending?.Disposal.Id.Value ?? tag.Value);
                }

                // What went out for good is not ours to erase or to give away once more, unless a move brought it back.
                if (gone is { Disposal.Id: var before } && asset.Place is { Zone: null })
                {
                    return ActResult.Refused("tag", FieldFault.ItemGone, before.Value);
                }

                var holds = DisposalDossier.CanHold(asset.Asset);
                if (kind is DisposalKind.Reuse && !holds)
                {
                    return ActResult.Refused("tag", FieldFault.NothingToErase, tag.Value);
                }

                _ = await record.AppendAsync(new DisposalAsked(time.GetUtcNow(), new(id, kind, tag, holds, FieldRules.Clean(firm), FieldRules.Clean(reason)), by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Decide(DisposalId id, int version, bool allowed, string note, Actor by, CancellationToken stop) => With(
        id, version, "Allows", by, MayDecide, FieldRules.Text("note", note, FieldRules.LongestReason, required: !allowed), file => file.State is DisposalState.Applied,
        _ => Write(id, new DisposalDecided(time.GetUtcNow(), id, allowed, FieldRules.Clean(note), by.Id), stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Erase(DisposalId id, int version, ErasureMethod method, DateTimeOffset erasedAt, ImmutableArray<string> serials, string note, Actor by, CancellationToken stop)
    {
        ImmutableArray<string> named = [.. (serials.IsDefault ? [] : serials).Select(FieldRules.Clean).Where(serial => serial.Length > 0).Distinct()];
        return With(
            id, version, "Does", by, (_, file, actor) => Authority.May(actor, ActOf(file.Disposal.Kind), Part.Does, ActSubject.None),
            [
                .. FieldRules.Text("note", note, FieldRules.LongestReason, required: false), .. named.SelectMany(serial => FieldRules.Text("serials", serial)),
                .. named.Length > MostSerials ? [new FieldProblem("serials", FieldFault.OutOfRange, $"1 – {MostSerials}")] : Array.Empty<FieldProblem>(),
            ],
            file => file.MayBeErased,
            async file =>
            {
                var asset = record.Readers.AskNow(db => AssetsView.One(db, file.Disposal.Tag))?.Asset;
                var erased = named.IsEmpty ? Itself(asset) : named;
                return !Enum.IsDefined(method) ? ActResult.Refused("method", FieldFault.NotAChoice)
                    : asset is not null && !DisposalDossier.Suits(asset.Kind, method) ? ActResult.Refused("method", FieldFault.PaperIsDestroyed)
                    : erasedAt > time.GetUtcNow() ? ActResult.Refused("erasedAt", FieldFault.InFuture)

                    // People name the minute, and the permission has its second.
                    : erasedAt.AddMinutes(1) <= file.DecidedAt ? ActResult.Refused("erasedAt", FieldFault.ErasedBeforePermission)
                    : asset?.Storage.FirstOrDefault(part => !erased.Contains(part.Serial)) is { } left ? ActResult.Refused("serials", FieldFault.StorageNotErased, left.Serial)
                    : erased.IsEmpty ? ActResult.Refused("serials", FieldFault.Required)
                    : await Write(id, new DisposalErased(time.GetUtcNow(), id, method, erasedAt, erased, FieldRules.Clean(note), by.Id), stop);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Verify(DisposalId id, int version, bool passed, string result, Actor by, CancellationToken stop) => With(
        id, version, "Checks", by, (_, file, actor) => MayVerify(file, actor), FieldRules.Text("result", result, FieldRules.LongestReason), file => file.State is DisposalState.Erased,
        _ => Write(id, new DisposalVerified(time.GetUtcNow(), id, passed, FieldRules.Clean(result), by.Id), stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> CheckSecrecy(DisposalId id, int version, string contract, string result, Actor by, CancellationToken stop) => With(
        id, version, "Allows", by, (_, file, actor) => Authority.May(actor, ActOf(file.Disposal.Kind), Part.Allows, ActSubject.None),
        [.. FieldRules.Text("contract", contract, LongestNumber), .. FieldRules.Text("result", result, FieldRules.LongestReason)], file => file.State is DisposalState.Approved,
        async file =>
        {
            var known = record.Readers.AskNow(db => ContractsView.One(db, new(FieldRules.Clean(contract))));
            return file.Disposal.Kind is not DisposalKind.Repair ? ActResult.Refused("", FieldFault.MustBeErased)
                : known is null ? ActResult.Refused("contract", FieldFault.Unknown, contract)
                : !known.On(Today()) ? ActResult.Refused("contract", FieldFault.ContractNotInForce, contract)
                : await Write(id, new SecrecyChecked(time.GetUtcNow(), id, known.Id.Value, FieldRules.Clean(result), by.Id), stop);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Withdraw(DisposalId id, int version, string reason, Actor by, CancellationToken stop) => With(
        id, version, "Asks", by, (_, file, actor) => MayWithdraw(file, actor), FieldRules.Text("reason", reason, FieldRules.LongestReason), MayBeTakenBack,
        _ => Write(id, new DisposalWithdrawn(time.GetUtcNow(), id, FieldRules.Clean(reason), by.Id), stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Certify(DisposalId id, int version, string certificateNo, DateOnly receivedOn, ImmutableArray<SentFile> sent, Actor by, CancellationToken stop)
    {
        var (read, problems) = FileShelf.Look("certificate", sent, DisposalDossier.MostFiles);
        return With(
            id, version, "Keeps", by, (_, file, actor) => Authority.May(actor, ActOf(file.Disposal.Kind), Part.Keeps, ActSubject.None), [.. FieldRules.Text("certificateNo", certificateNo, LongestNumber), .. problems],
            file => file.AwaitsCertificateSince is not null,
            async file => receivedOn > Today() ? ActResult.Refused("receivedOn", FieldFault.InFuture)
                : receivedOn < DayOf(file.MovedOutAt!.Value) ? ActResult.Refused("receivedOn", FieldFault.CertifiedBeforeOut)

                // The content is durable before the entry that names it.
                : !files.TryKeep(read) ? ActResult.Refused("", FieldFault.NotRecorded)
                : await Write(id, new DisposalCertified(time.GetUtcNow(), id, FieldRules.Clean(certificateNo), receivedOn, by.Id, read.FirstOrDefault()?.Kept), stop),
            stop);
    }

    /// <inheritdoc/>
    public async Task<FileContent?> File(DisposalId id, string sha256, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        var named = (await One(id, by, stop))?.File.CertificateFile;
        if (named?.Sha256 != sha256 || files.Content(sha256) is not { } content)
        {
            return null;
        }

        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "disposal-file", $"{id} {named.Name}", 1, named.Sha256, by.Id), stop);
        return new(named, content);
    }

    /// <summary>Certificates that are overdue (R-LIFE-05).</summary>
    /// <param name="days">The profile's days.</param>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now, int days)
    {
        ArgumentNullException.ThrowIfNull(db);
        return DisposalsView.Uncertified(db, now.AddDays(-days), MostOverdue)
            .Select(file => new Attention($"certificate-{file.Disposal.Id}", AttentionKind.CertificateMissing, Urgency.Caution, file.CertificateDue(days)!.Value, Standing: true, Entry: file.Story[^1].N))
            .ToList();
    }

    private static Act ActOf(DisposalKind kind) => kind is DisposalKind.Repair ? Act.RepairOutside : Act.Dispose;

    private static string RuleOf(DisposalKind kind) => kind is DisposalKind.Repair ? "R-LIFE-03" : "R-LIFE-05";

    private static bool Keeps(Actor by) => Authority.May(by, Act.Dispose, Part.Keeps, ActSubject.None).Allowed;

    private static bool MayBeTakenBack(DisposalDossier file) => file.IsOpen && file.State is not DisposalState.MovedOut;

    private static OwedErasure Owing(Statements db, RemovedPart part) => new(part.Tag, part.From, part.Serial, part.Work, DisposalsView.PendingOf(db, part.Tag)?.Disposal.Id);

    // A medium or a paper is what is erased; of a machine somebody says which storage it had.
    private static ImmutableArray<string> Itself(Asset? asset) =>
        asset is not { Kind: AssetKind.Media or AssetKind.Document, Storage.IsEmpty: true } ? [] : [asset.Serial.Length > 0 ? asset.Serial : asset.Tag.Value];

    // Pair 8: by person, across all accounts of that person.
    private static AuthorityAnswer MayVerify(DisposalDossier file, Actor by)
    {
        var answer = Authority.May(by, ActOf(file.Disposal.Kind), Part.Checks, ActSubject.None);
        return answer.Allowed && file.ErasedBy is { } eraser && SeparationOfDuties.Broken(DutyPair.EraserAndVerifier, eraser, by.Person) ? answer with { Refusal = AuthorityRefusal.SamePerson } : answer;
    }

    private static AuthorityAnswer MayWithdraw(DisposalDossier file, Actor by)
    {
        var answer = Authority.May(by, ActOf(file.Disposal.Kind), Part.Asks, ActSubject.None);
        return answer.Allowed || file.AskedBy != by.Person ? answer : answer with { Refusal = null };
    }

    // SEC of a disposal, SYS of a repair; where they have a part in it themselves, or nobody holds the role, one level up (R-PROF-05, R-PROF-06).
    private AuthorityAnswer MayDecide(Statements db, DisposalDossier file, Actor by)
    {
        var act = ActOf(file.Disposal.Kind);
        var step = ApprovalRoute.For(new(CaseStage.Allow, [.. AuthorityTable.RolesWith(act, Part.Allows)], "", [], RouteCause.Table), [file.AskedBy], guard.Holders(db));
        return by.IsConsole ? new(null, null, null, step.Roles)
            : SeparationOfDuties.Broken(DutyPair.ApplicantAndApprover, file.AskedBy, by.Person) ? new(AuthorityRefusal.SamePerson, null, null, step.Roles)
            : by.Holdings.FirstOrDefault(holding => ApprovalRoute.MayTake(step, holding, [file.AskedBy])) is { } holding ? new(null, holding.Role, holding, step.Roles)
            : new(by.Holdings.Any(one => one.DeputyFor == file.AskedBy && step.Roles.Contains(one.Role)) ? AuthorityRefusal.SamePerson : AuthorityRefusal.NoRole, null, null, step.Roles);
    }

    private static bool MaySeeSome(Actor by) => by.IsConsole || !Authority.RightsOf(by, PageAct.SeeDisposals).IsEmpty;

    // Contractors see what they have a hand in (R-CON-04).
    private static bool MaySee(Statements db, DisposalDossier file, Actor by) => Authority.May(
        by,
        PageAct.SeeDisposals,
        new() { Person = file.Story.Any(line => line.By == by.Id) || ContractsView.One(db, new(file.Disposal.Firm))?.Worker(by.Person) is not null ? by.Person : null }).Allowed;

    private ImmutableArray<DisposalDossier> Shown(Statements db, DisposalShow show, int most) => show switch
    {
        DisposalShow.ToDecide => DisposalsView.OpenIn(db, DisposalState.Applied, most),
        DisposalShow.ToVerify => DisposalsView.OpenIn(db, DisposalState.Erased, most),
        DisposalShow.Overdue => DisposalsView.Uncertified(db, time.GetUtcNow().AddDays(-Days), most),
        _ => DisposalsView.Newest(db, most),
    };

    private DisposalId Next(Statements db)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"D-{Today().Year}-");
        return new(string.Create(CultureInfo.InvariantCulture, $"{prefix}{1 + (db.Value("SELECT max(CAST(substr(disposal, 8) AS INTEGER)) FROM view_disposals WHERE disposal LIKE $1 || '%'", prefix) as long? ?? 0):0000}"));
    }

    private DisposalLook Look(Statements db, DisposalDossier file, Actor by)
    {
        var act = ActOf(file.Disposal.Kind);
        bool May(Part part) => Authority.May(by, act, part, ActSubject.None).Allowed;
        var witnesses = file.Move is { } number && MovesView.One(db, number) is { } move ? move.Witnessed.Select(span => span.Witness).Distinct().ToImmutableArray() : [];
        var item = AssetsView.One(db, file.Disposal.Tag);
        return new(
            file,
            file.Story.Where(line => line.By.Length > 0).Select(line => new PersonId(line.By)).Concat(witnesses).Distinct().ToImmutableDictionary(person => person, person => AuthorityGuard.NamedOrId(db, person).Name),
            item is null ? null : (item.Asset, item.Effective),
            witnesses,
            file.CertificateDue(Days),
            new(
                Decide: file.State is DisposalState.Applied && MayDecide(db, file, by).Allowed,
                Erase: file.MayBeErased && (file.Disposal.NeedsErasure || (item is not null && DisposalDossier.CanHold(item.Asset))) && May(Part.Does),
                CheckSecrecy: file is { State: DisposalState.Approved, Disposal: { Kind: DisposalKind.Repair, NeedsErasure: true } } && May(Part.Allows),
                Verify: file.State is DisposalState.Erased && MayVerify(file, by).Allowed,
                Certify: file.AwaitsCertificateSince is not null && May(Part.Keeps),
                Withdraw: MayBeTakenBack(file) && MayWithdraw(file, by).Allowed));
    }

    // Storage the item's entry named once and no longer does, without a part swap that took it out: who permits looks for it first.
    private ImmutableArray<string> Unaccounted(Statements db, AssetTag tag)
    {
        var numbers = new List<long>();
        using (var row = db.Rows("SELECT n FROM view_asset_history WHERE tag = $1 ORDER BY n DESC LIMIT $2", tag.Value, (long)MostSteps))
        {
            while (row.Read())
            {
                numbers.Add(row.GetInt64(0));
            }
        }

        var told = numbers.Select(n => record.Read(n, 1) is [var entry] ? RecordViews.ItemOf(entry).Event : null).ToList();
        var named = told.OfType<AssetRecorded>().Where(one => one.Asset.Tag == tag).SelectMany(one => one.Asset.Storage).Select(part => part.Serial);
        var taken = told.OfType<PartChanged>().Where(one => one.Item == tag).Select(one => one.Out?.Serial ?? "");
        return [.. named.Except(taken).Except(AssetsView.One(db, tag)?.Asset.Storage.Select(part => part.Serial) ?? []).Order(StringComparer.Ordinal)];
    }

    private async Task<ActResult> With(
        DisposalId id, int version, string part, Actor by, Func<Statements, DisposalDossier, Actor, AuthorityAnswer> may, IEnumerable<FieldProblem> problems, Func<DisposalDossier, bool> now, Func<DisposalDossier, Task<ActResult>> act,
        CancellationToken stop)
    {
        if (record.Readers.AskNow(db => DisposalsView.One(db, id) is { } kept && MaySee(db, kept, by) ? (File: kept, Answer: may(db, kept, by)) : ((DisposalDossier File, AuthorityAnswer Answer)?)null, stop) is not { } seen)
        {
            return ActResult.Refused("", FieldFault.Unknown, id.Value);
        }

        // What was answered holds for the record as it was looked at: where it has gone on meanwhile, it is looked at again.
        var kind = seen.File.Disposal.Kind;
        var rule = part is "Checks" ? "R-LIFE-04" : seen.Answer.Refusal is AuthorityRefusal.SamePerson ? "R-PROF-05" : RuleOf(kind);
        return await guard.Objection(by, seen.Answer, $"{ActOf(kind)}/{part}", rule, id.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. problems],
                async () => record.Readers.AskNow(db => DisposalsView.One(db, id)) is { } file && file.Version == version && seen.File.Version == version && now(file)
                    ? await act(file)
                    : ActResult.Refused("", FieldFault.ChangedMeanwhile),
                stop);
    }

    private async Task<ActResult> Write(DisposalId id, RecordedEvent fact, CancellationToken stop)
    {
        _ = await record.AppendAsync(fact, stop);
        return ActResult.Done(id.Value);
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, record.TimeZone).DateTime);

    private DateOnly Today() => DayOf(time.GetUtcNow());
}
