using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>廃棄・消去記録 (R-LIFE-03, 04, 05): permitted before, erased, verified by another person, certified after.</summary>
public sealed class DisposalDesk(ServiceRecord record, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IDisposalDesk
{
    private const int MostShown = 200;

    /// <inheritdoc/>
    public Task<ImmutableArray<DisposalLook>?> Disposals(Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<DisposalLook>?>(
        db => DeskGate.Open(by, PageAct.SeeDisposals) ? [.. DisposalsView.Newest(db, MostShown).Select(one => Look(db, one, by))] : null, gone);

    /// <inheritdoc/>
    public Task<DisposalLook?> One(DisposalId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db => DeskGate.Open(by, PageAct.SeeDisposals) && DisposalsView.One(db, id) is { } file ? Look(db, file, by) : null, gone);

    /// <inheritdoc/>
    public async Task<ActResult> Ask(DisposalKind kind, AssetTag tag, string firm, string reason, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, Authority.May(by, ActOf(kind), Part.Asks, ActSubject.None), $"{ActOf(kind)}/{Part.Asks}", RuleOf(kind), tag.Value, stop) is { } objection)
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
                var (asset, pending, id) = record.Readers.AskNow(db => (AssetsView.One(db, tag), DisposalsView.PendingOf(db, tag), Next(db)));
                if (asset is null || pending is not null)
                {
                    return ActResult.Refused("tag", asset is null ? FieldFault.Unknown : FieldFault.AlreadyExists, pending?.Disposal.Id.Value ?? tag.Value);
                }

                _ = await record.AppendAsync(
                    new DisposalAsked(time.GetUtcNow(), new(id, kind, tag, DisposalDossier.CanHold(asset.Asset), FieldRules.Clean(firm), FieldRules.Clean(reason)), by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Decide(DisposalId id, int version, bool allowed, string note, Actor by, CancellationToken stop) => With(
        id, version, Part.Allows, by, FieldRules.Text("note", note, FieldRules.LongestReason, required: !allowed), DisposalState.Applied,
        async file => SeparationOfDuties.Broken(DutyPair.ApplicantAndApprover, file.AskedBy, by.Person)
            ? ActResult.NotAllowed((await Same(file, by, "R-PROF-05", stop))!)
            : await Write(id, stop, new DisposalDecided(time.GetUtcNow(), id, allowed, FieldRules.Clean(note), by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Erase(DisposalId id, int version, ErasureMethod method, DateTimeOffset erasedAt, ImmutableArray<string> serials, string note, Actor by, CancellationToken stop) => With(
        id, version, Part.Does, by, [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: false), .. serials.SelectMany(serial => FieldRules.Text("serials", serial))], DisposalState.Approved,
        async file =>
        {
            var known = record.Readers.AskNow(db => AssetsView.One(db, file.Disposal.Tag))?.Asset.Storage ?? [];
            return !Enum.IsDefined(method) ? ActResult.Refused("method", FieldFault.NotAChoice)
                : erasedAt > time.GetUtcNow() ? ActResult.Refused("erasedAt", FieldFault.InFuture)
                : erasedAt < file.DecidedAt ? ActResult.Refused("erasedAt", FieldFault.ErasedBeforePermission)
                : known.FirstOrDefault(part => !serials.Contains(part.Serial)) is { } left ? ActResult.Refused("serials", FieldFault.StorageNotErased, left.Serial)
                : await Write(id, stop, new DisposalErased(time.GetUtcNow(), id, method, erasedAt, serials, FieldRules.Clean(note), by.Id));
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Verify(DisposalId id, int version, string result, Actor by, CancellationToken stop) => With(
        id, version, Part.Checks, by, FieldRules.Text("result", result, FieldRules.LongestReason), DisposalState.Erased,
        async file => SeparationOfDuties.Broken(DutyPair.EraserAndVerifier, file.ErasedBy!.Value, by.Person)
            ? ActResult.NotAllowed((await Same(file, by, "R-LIFE-04", stop))!)
            : await Write(id, stop, new DisposalVerified(time.GetUtcNow(), id, FieldRules.Clean(result), by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> CheckSecrecy(DisposalId id, int version, string contract, string result, Actor by, CancellationToken stop) => With(
        id, version, Part.Allows, by, [.. FieldRules.Text("contract", contract, 40), .. FieldRules.Text("result", result, FieldRules.LongestReason)], DisposalState.Approved,
        async file => file.Disposal.Kind is not DisposalKind.Repair ? ActResult.Refused("", FieldFault.MustBeErased)
            : record.Readers.AskNow(db => ContractsView.One(db, new(contract))) is null ? ActResult.Refused("contract", FieldFault.Unknown, contract)
            : await Write(id, stop, new SecrecyChecked(time.GetUtcNow(), id, contract, FieldRules.Clean(result), by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Certify(DisposalId id, int version, string certificateNo, DateOnly receivedOn, Actor by, CancellationToken stop) => With(
        id, version, Part.Keeps, by, FieldRules.Text("certificateNo", certificateNo, 40), DisposalState.MovedOut,
        async file => file.Disposal.Kind is DisposalKind.Repair ? ActResult.Refused("", FieldFault.NothingToChange)
            : receivedOn > DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime) ? ActResult.Refused("receivedOn", FieldFault.InFuture)
            : await Write(id, stop, new DisposalCertified(time.GetUtcNow(), id, FieldRules.Clean(certificateNo), receivedOn, by.Id)),
        stop);

    /// <summary>Certificates that are overdue (R-LIFE-05).</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new List<Attention>();
        using var row = db.Rows("SELECT disposal, n, certificate_due FROM view_disposals WHERE certificate_due < $1 ORDER BY certificate_due LIMIT 100", now.ToUnixTimeMilliseconds());
        while (row.Read())
        {
            found.Add(new($"certificate-{row.GetString(0)}", AttentionKind.CertificateMissing, Urgency.Caution, row.Time(2), Standing: true, Entry: row.GetInt64(1)));
        }

        return found;
    }

    private static Act ActOf(DisposalKind kind) => kind is DisposalKind.Repair ? Act.RepairOutside : Act.Dispose;

    private static string RuleOf(DisposalKind kind) => kind is DisposalKind.Repair ? "R-LIFE-03" : "R-LIFE-05";

    private static DisposalId Next(Statements db, DateTimeOffset now)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"D-{now.Year}-");
        return new(string.Create(CultureInfo.InvariantCulture, $"{prefix}{1 + (db.Value("SELECT max(CAST(substr(disposal, 8) AS INTEGER)) FROM view_disposals WHERE disposal LIKE $1 || '%'", prefix) as long? ?? 0):0000}"));
    }

    private DisposalId Next(Statements db) => Next(db, TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone));

    private DisposalLook Look(Statements db, DisposalDossier file, Actor by)
    {
        var act = ActOf(file.Disposal.Kind);
        bool May(Part part) => Authority.May(by, act, part, ActSubject.None).Allowed;
        var people = file.Story.Select(line => new PersonId(line.By)).Distinct();
        return new(
            file,
            people.ToImmutableDictionary(person => person, person => AuthorityGuard.NamedOrId(db, person).Name),
            AssetsView.One(db, file.Disposal.Tag) is { } asset ? (asset.Asset, asset.Effective) : null,
            new(
                Decide: file.State is DisposalState.Applied && May(Part.Allows),
                Erase: file.State is DisposalState.Approved && file.Disposal.NeedsErasure && May(Part.Does),
                CheckSecrecy: file is { State: DisposalState.Approved, Disposal: { Kind: DisposalKind.Repair, NeedsErasure: true } } && May(Part.Allows),
                Verify: file.State is DisposalState.Erased && May(Part.Checks),
                Certify: file.CertificateDue is not null && May(Part.Keeps)));
    }

    private Task<Refusal?> Same(DisposalDossier file, Actor by, string rule, CancellationToken stop) =>
        guard.Objection(by, new(AuthorityRefusal.SamePerson, null, null, []), $"{ActOf(file.Disposal.Kind)}", rule, file.Disposal.Id.Value, stop);

    private async Task<ActResult> With(DisposalId id, int version, Part part, Actor by, IEnumerable<FieldProblem> problems, DisposalState state, Func<DisposalDossier, Task<ActResult>> act, CancellationToken stop)
    {
        if (record.Readers.AskNow(db => DeskGate.Open(by, PageAct.SeeDisposals) ? DisposalsView.One(db, id) : null, stop) is not { } seen)
        {
            return ActResult.Refused("", FieldFault.Unknown, id.Value);
        }

        var kind = seen.Disposal.Kind;
        return await guard.Objection(by, Authority.May(by, ActOf(kind), part, ActSubject.None), $"{ActOf(kind)}/{part}", RuleOf(kind), id.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. problems],
                async () => record.Readers.AskNow(db => DisposalsView.One(db, id)) is { } file && file.Version == version && file.State == state ? await act(file) : ActResult.Refused("", FieldFault.ChangedMeanwhile),
                stop);
    }

    private async Task<ActResult> Write(DisposalId id, CancellationToken stop, RecordedEvent fact)
    {
        _ = await record.AppendAsync(fact, stop);
        return ActResult.Done(id.Value);
    }
}
