using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Equipment;

/// <summary>
/// 搬入・搬出 from approval to end (R-MOVE-02, R-MOVE-03, R-MOVE-04, R-LIFE-10): checked, witnessed by the presence list, item by item, and completed together
/// with the places it changes in one append.
/// </summary>
public sealed class MoveDesk(ServiceRecord record, ISiteSettings site, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IMoveDesk
{
    private const int MostShown = 200;
    private const int MostOnSheet = 500;

    /// <inheritdoc/>
    public Task<ImmutableArray<MoveLook>?> Moves(Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<MoveLook>?>(
        db => [.. MovesView.Newest(db, MostShown).Where(move => MaySee(by, move)).Select(move => Look(db, move))], gone);

    /// <inheritdoc/>
    public Task<MoveFile?> One(MoveId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db => MovesView.One(db, id) is { } move && MaySee(by, move) ? new MoveFile(Look(db, move), MayOf(by, move)) : null, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<MoveLook>> Planned(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => MovesView.Planned(db, from, until, MostShown).Where(move => MaySee(by, move)).Select(move => Look(db, move)).ToImmutableArray(), gone);

    /// <inheritdoc/>
    public async Task<MoveSheet> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var (shown, known) = await record.Readers.Ask(
            db =>
            {
                var found = MovesView.Planned(db, from, until, int.MaxValue).Where(move => MaySee(by, move)).ToList();
                return ((ImmutableArray<MoveLook>)[.. found.Take(MostOnSheet).Select(move => Look(db, move))], found.Count);
            },
            gone);
        return await MadeOut(shown, known, $"{from:O}/{until:O}", by, gone);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<MoveLook>> Export(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var found = await record.Readers.Ask(db => MovesView.Planned(db, from, until, int.MaxValue).Where(move => MaySee(by, move)).Select(move => Look(db, move)).ToImmutableArray(), gone);
        _ = await record.AppendAsync(
            new RecordExported(
                time.GetUtcNow(), "moves", $"{from:O}/{until:O}", found.Length,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', found.Select(look => $"{look.Move.Move.Id} {look.Move.Version}"))))), by.Id),
            gone);
        return found;
    }

    /// <inheritdoc/>
    public async Task<MoveSheet?> Sheet(MoveId id, Actor by, CancellationToken gone) => await One(id, by, gone) is { } file ? await MadeOut([file.Look], 1, id.Value, by, gone) : null;

    /// <inheritdoc/>
    public Task<ActResult> CheckImpact(MoveId id, int version, ImpactResult result, string note, Actor by, CancellationToken stop) => With(
        id, version, by, FieldRules.Text("note", note, FieldRules.LongestReason, required: result is not ImpactResult.None), "R-MOVE-02", Authority.May(by, PageAct.CheckMoveImpact, ActSubject.None), nameof(PageAct.CheckMoveImpact),
        async move => move.State is not (MoveState.Approved or MoveState.Checked)
            ? Refused("", MoveFault.NotNow)
            : !Enum.IsDefined(result) ? ActResult.Refused("result", FieldFault.NotAChoice)
            : await Write(id, stop, new MoveImpactChecked(time.GetUtcNow(), id, result, FieldRules.Clean(note), by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Start(MoveId id, int version, Actor by, CancellationToken stop) => AsWitness(
        id, version, by,
        async (move, look, zone) => MoveRules.StartObjection(move, look, time.GetUtcNow()) is { } fault ? Refused("", fault)
            : NotErased(move) is { } unerased ? unerased
            : await Write(id, stop, new MoveStarted(time.GetUtcNow(), id, by.Person, zone, look.PresentSince!.Value, by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Resume(MoveId id, int version, Actor by, CancellationToken stop) => AsWitness(
        id, version, by,
        async (move, look, zone) => MoveRules.ResumeObjection(move, look) is { } fault
            ? Refused("", fault)
            : await Write(id, stop, new MoveResumed(time.GetUtcNow(), id, by.Person, zone, look.PresentSince!.Value, by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Scan(MoveId id, AssetTag tag, Actor by, CancellationToken stop)
    {
        var carries = Authority.May(by, Act.MoveEquipment, Part.Does, ActSubject.None);
        return With(
            id, null, by, AssetTag.IsOne(tag.Value) ? [] : [new("tag", FieldFault.NotOnList, tag.Value)], "R-MOVE-01", carries.Allowed ? carries : MayWitness(by), $"{Act.MoveEquipment}/{Part.Does}",
            async move => await Interrupted(move, stop) is { } interrupted ? Refused("", interrupted)
                : MoveRules.ScanObjection(move, tag) is { } fault ? Refused("tag", fault, tag.Value)
                : await Write(id, stop, new MoveItemScanned(time.GetUtcNow(), id, tag, by.Id)),
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Complete(MoveId id, int version, Actor by, CancellationToken stop) => AsWitness(
        id, version, by,
        async (move, look, zone) =>
        {
            if (await Interrupted(move, stop) is { } interrupted)
            {
                return Refused("", interrupted);
            }

            if (MoveRules.CompleteObjection(move, look) is { } fault)
            {
                return Refused("", fault);
            }

            if (NotErased(move) is { } unerased)
            {
                return unerased;
            }

            // An item whose class or segment changed since the approval does not go where it may not stand (R-ZONE-06).
            var now = time.GetUtcNow();
            var (misplaced, moved) = record.Readers.AskNow(db => (MoveApplication.Misplacements(db, move.Move.Plan, site.Now, Today()).ToImmutableArray(), Moved(db, move.Move, by, now)));
            return misplaced is [var (tag, wrong), ..]
                ? ActResult.Refused("", wrong is PlacementFault.LowerClass ? FieldFault.ZoneClassTooLow : FieldFault.ZoneSegmentDiffers, $"{move.Move.Plan.ToZone} ({tag})")
                : await Write(id, stop, [new MoveCompleted(now, id, by.Person, zone, by.Id), .. moved]);
        },
        stop,
        ending: true);

    /// <inheritdoc/>
    public Task<ActResult> Cancel(MoveId id, int version, string reason, Actor by, CancellationToken stop) => With(
        id, version, by, FieldRules.Text("reason", reason, FieldRules.LongestReason), "R-MOVE-01", Authority.May(by, Act.MoveEquipment, Part.Keeps, ActSubject.None), $"{Act.MoveEquipment}/{Part.Keeps}",
        async move => !move.IsOpen ? Refused("", MoveFault.NotNow) : await Write(id, stop, new MoveCancelled(time.GetUtcNow(), id, FieldRules.Clean(reason), by.Id)),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Install(MoveId id, int version, AssetTag tag, bool isFixed, ImmutableArray<Surrounding> confirmed, string note, Actor by, CancellationToken stop) => With(
        id, version, by, FieldRules.Text("note", note, FieldRules.LongestReason, required: false), "R-LIFE-10", Authority.May(by, PageAct.ConfirmInstallation, ActSubject.None), nameof(PageAct.ConfirmInstallation),
        async move => !move.ToInstall().Contains(tag) ? Refused("tag", MoveFault.NotOnList, tag.Value)
            : !isFixed || Enum.GetValues<Surrounding>().Except(confirmed).Any() ? ActResult.Refused("confirmed", FieldFault.NotAllConfirmed)
            : await Write(id, stop, new AssetInstalled(time.GetUtcNow(), tag, id, isFixed, [.. confirmed.Distinct().Order()], FieldRules.Clean(note), by.Id)),
        stop);

    /// <summary>Since when the presence list has a person in a zone; null: not there.</summary>
    internal static DateTimeOffset? PresentSince(Statements db, PersonId person, ZoneId? zone) =>
        zone is { } place && db.Value("SELECT since FROM view_presence WHERE zone = $1 AND person = $2", place.Value, person.Value) is long since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null;

    /// <summary>立会い中断 of a move that has not been told yet; null: its witness is there.</summary>
    internal static WitnessLeft? Left(Statements db, MoveDossier move, DateTimeOffset now) =>
        move.Witness is { } span && MoveRules.Interruption(move, PresentSince(db, span.Witness, span.Zone), IsSuspended(db, span.Witness)) is { } fault
            ? new(now, move.Move.Id, span.Witness, span.Zone) { Suspended = fault is MoveFault.WitnessSuspended }
            : null;

    private static bool IsSuspended(Statements db, PersonId person) => db.Value("SELECT suspended FROM view_people WHERE person = $1", person.Value) is long suspended && suspended != 0;

    private static AuthorityAnswer MayWitness(Actor by) => Authority.May(by, Act.MoveEquipment, Part.Checks, new() { Portion = "witness" });

    // A contractor sees the moves they have a hand in; everybody else with a part in moves sees them all.
    private static bool MaySee(Actor by, MoveDossier move) => Authority.May(
        by, PageAct.SeeMoves, new() { Person = move.Move.AppliedBy == by.Person || move.Move.Plan.Carriers.Contains(by.Person) ? by.Person : null }).Allowed;

    private static MoveMoves MayOf(Actor by, MoveDossier move)
    {
        var (witness, carries) = (MayWitness(by).Allowed, Authority.May(by, Act.MoveEquipment, Part.Does, ActSubject.None).Allowed);
        var before = move.State is MoveState.Approved or MoveState.Checked;
        return new(
            CheckImpact: before && Authority.May(by, PageAct.CheckMoveImpact, ActSubject.None).Allowed,
            Start: before && witness,
            Resume: move.State is MoveState.Interrupted && witness,
            Scan: move.State is MoveState.InProgress && !move.AllScanned && (witness || carries),
            Complete: move.State is MoveState.InProgress && move.Witness?.Witness == by.Person,
            Cancel: move.IsOpen && Authority.May(by, Act.MoveEquipment, Part.Keeps, ActSubject.None).Allowed,
            Install: move.ToInstall().Any() && Authority.May(by, PageAct.ConfirmInstallation, ActSubject.None).Allowed);
    }

    private static ImmutableArray<RecordedEvent> Moved(Statements db, Move move, Actor by, DateTimeOffset now) =>
    [
        .. MoveApplication.KindOf(move.Plan.Purpose) is not { } kind
            ? []
            : move.Plan.Items.Select(item => DisposalsView.PendingOf(db, item.Tag)).OfType<DisposalDossier>().Where(file => file.Disposal.Kind == kind).Select(file => new DisposalMovedOut(now, file.Disposal.Id, move.Id, by.Id)),
        .. move.Plan.Items.Select(item => new AssetMoved(
            now, item.Tag, AssetsView.One(db, item.Tag)?.Place, move.Plan.ToZone is { } zone ? new(zone, item.Rack, "") : new(null, "", move.Plan.ToOutside), move.Id, move.Plan.ToZone is not null, by.Id)),
    ];

    private static ActResult Refused(string field, MoveFault fault, string? value = null) => ActResult.Refused(field, fault switch
    {
        MoveFault.NotNow => FieldFault.ChangedMeanwhile,
        MoveFault.OutsideTime => FieldFault.OutsideMoveTime,
        MoveFault.ImpactMissing => FieldFault.ImpactMissing,
        MoveFault.ImpactHarmful => FieldFault.ImpactHarmful,
        MoveFault.WitnessNotStaff => FieldFault.WitnessNotStaff,
        MoveFault.WitnessCarries => FieldFault.WitnessCarries,
        MoveFault.WitnessNotPresent => FieldFault.WitnessNotPresent,
        MoveFault.WitnessSuspended => FieldFault.WitnessSuspended,
        MoveFault.Interrupted => FieldFault.WitnessGone,
        MoveFault.OtherWitness => FieldFault.OtherWitness,
        MoveFault.NotOnList => FieldFault.NotOnList,
        MoveFault.AlreadyScanned => FieldFault.AlreadyScanned,
        _ => FieldFault.NotAllScanned,
    }, value);

    private MoveLook Look(Statements db, MoveDossier move)
    {
        var people = move.Story.Select(line => new PersonId(line.By)).Concat(move.Witnessed.Select(span => span.Witness)).Concat(move.Move.Plan.Carriers).Concat(move.Move.ApprovedBy).Append(move.Move.AppliedBy).Distinct();
        return new(
            move,
            people.ToImmutableDictionary(person => person, person => AuthorityGuard.NamedOrId(db, person).Name),
            [.. move.Move.Plan.Items.Select(item => AssetsView.One(db, item.Tag)).OfType<KeptAsset>().Select(item => AssetLists.Line(db, item, site.Now, Today()))],
            MoveApplication.KindOf(move.Move.Plan.Purpose) is null
                ? []
                : [.. move.Move.Plan.Items.Select(item => DisposalsView.Of(db, item.Tag, move.Move.Id) ?? DisposalsView.PendingOf(db, item.Tag)).OfType<DisposalDossier>()]);
    }

    // R-MOVE-06 once more when it begins and ends: a disk may have been fitted, or the record taken back, since it was approved.
    private ActResult? NotErased(MoveDossier move) =>
        record.Readers.AskNow(db => MoveApplication.NotErased(db, move.Move.Plan, Today()).FirstOrDefault()) is { } problem ? ActResult.Refused("", problem.Fault, problem.Value) : null;

    // Told the moment somebody acts on it; the watch tells it too, whoever acts or not.
    private async Task<MoveFault?> Interrupted(MoveDossier move, CancellationToken stop)
    {
        if (record.Readers.AskNow(db => Left(db, move, time.GetUtcNow()), stop) is not { } left)
        {
            return null;
        }

        _ = await record.AppendAsync(left, stop);
        return left.Suspended ? MoveFault.WitnessSuspended : MoveFault.Interrupted;
    }

    // R-INP-04: what is on the sheet is what the record has, and the sheet says by which digest.
    private async Task<MoveSheet> MadeOut(ImmutableArray<MoveLook> moves, int known, string which, Actor by, CancellationToken gone)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var look in moves)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(look.Move, RecordJson.Plain.MoveDossier));
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "move-sheet", which, moves.Length, digest, by.Id), gone);
        return new(moves, known, Authority.May(by, PageAct.SeeMoves, ActSubject.None).Allowed, new(digest, $"{policy.Now.Profile} {policy.Now.Version}"));
    }

    private Task<ActResult> AsWitness(MoveId id, int version, Actor by, Func<MoveDossier, WitnessLook, ZoneId, Task<ActResult>> act, CancellationToken stop, bool ending = false) => With(
        id, version, by, [], "R-MOVE-03", MayWitness(by), $"{Act.MoveEquipment}/{Part.Checks}/witness",
        move =>
        {
            var plan = move.Move.Plan;
            var zone = MoveRules.Watched(plan, move.AllScanned, ending) ?? plan.ToZone ?? plan.FromZone!.Value;
            return act(move, record.Readers.AskNow(db => new WitnessLook(by.Person, by.Category, PresentSince(db, by.Person, zone), IsSuspended(db, by.Person))), zone);
        },
        stop);

    private async Task<ActResult> With(
        MoveId id, int? version, Actor by, IEnumerable<FieldProblem> problems, string rule, AuthorityAnswer may, string operation, Func<MoveDossier, Task<ActResult>> act, CancellationToken stop) =>
        await guard.Objection(by, may, operation, rule, id.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. problems],
                async () => record.Readers.AskNow(db => MovesView.One(db, id)) is not { } move || !MaySee(by, move) ? ActResult.Refused("", FieldFault.Unknown, id.Value)
                    : version is { } seen && seen != move.Version ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
                    : await act(move),
                stop);

    private async Task<ActResult> Write(MoveId id, CancellationToken stop, params ImmutableArray<RecordedEvent> facts)
    {
        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
        return ActResult.Done(id.Value);
    }

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
