using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Carrying;

/// <summary>
/// 持出し・持込み許可 at the office and at the desk. What passes is recorded by reception or SEC against the version they saw, and judged by the rules once more
/// at that moment: a list that was changed since the approval counts (R-CARRY-04).
/// </summary>
public sealed class CarryDesk(ServiceRecord record, FieldRules rules, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : ICarryDesk
{
    /// <summary>The portion of the act Carry out that is reception's, in the words of the matrix.</summary>
    public const string Portion = "count";

    private const int MostShown = 500;
    private const int MostListed = 5000;
    private const int MostBrought = 10;
    private const int UsualDaysBack = 30;
    private const int UsualDaysOn = 366;

    /// <inheritdoc/>
    public Task<CarryRegister> Register(CarryQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var found = Found(db, query, by);
                return new CarryRegister([.. found.Take(MostShown)], SeesAll(by), SeesLists(by), MayPass(by), found.Count);
            },
            gone);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CarryLook>> Export(CarryQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = await record.Readers.Ask(db => Found(db, query, by).ToImmutableArray(), gone);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', found.Select(look => $"{look.File.Permit.Id} {look.File.Version}")))));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "carry-permits", $"{query.From:O}/{query.Until:O} {query.Direction} {query.Status}", found.Length, digest, by.Id), gone);
        return found;
    }

    /// <inheritdoc/>
    public Task<CarryLook?> Permit(CarryPermitId id, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => CarryView.Dossier(db, id) is { } file && MaySee(by, file) ? Look(db, file, by) : null, gone);

    /// <inheritdoc/>
    public Task<string?> SafeguardVersion(CancellationToken gone) => record.Readers.Ask(db => CarryView.SafeguardsInForce(db)?.Version, gone);

    /// <inheritdoc/>
    public async Task<CarrySheet?> Sheet(CarryPermitId id, Actor by, CancellationToken gone)
    {
        if (await Permit(id, by, gone) is not { } look)
        {
            return null;
        }

        // R-INP-04: what is on the sheet is what the record has, and the sheet says by which digest.
        var digest = Convert.ToHexStringLower(SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(look.File, RecordJson.Plain.CarryDossier)));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "carry-sheet", id.Value, look.File.Items.Length, digest, by.Id), gone);
        var profile = policy.Now;
        return new(look, digest, $"{profile.Profile} {profile.Version}");
    }

    /// <inheritdoc/>
    public Task<CarryToday?> Today(string words, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!MayPass(by))
            {
                return null;
            }

            var now = time.GetUtcNow();
            var open = CarryView.Between(db, now, now.AddSeconds(1), PeopleWords.Fold(words ?? ""), MostListed).Where(file => MaySee(by, file)).ToList();
            var local = TimeZoneInfo.ConvertTime(now, record.TimeZone).Date;
            var midnight = new DateTimeOffset(local, record.TimeZone.GetUtcOffset(local));
            return new CarryToday(
                now,
                [.. open.Where(file => file.InForce(now) && file.Items.Any(one => one.PassedAt is null)).OrderBy(file => file.Permit.Plan.DueAt).Take(MostShown).Select(file => Look(db, file, by))],
                [.. open.Where(file => file.Away).OrderBy(file => file.Permit.Plan.DueAt).Take(MostShown).Select(file => Look(db, file, by))],
                [.. CarryView.Declared(db, midnight, 50).Select(one => new DeclaredLook(one.N, one.Declared, AuthorityGuard.NamedOrId(db, one.Declared.Person)))]);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Pass(CarryPermitId id, int version, CarryPassForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Act(id, version, [.. FieldRules.Text("note", form.Note, FieldRules.LongestReason, required: false), .. form.Items.IsDefaultOrEmpty ? [new FieldProblem("items", FieldFault.Required)] : Array.Empty<FieldProblem>()], by, async file =>
        {
            var (now, plan) = (time.GetUtcNow(), file.Permit.Plan);
            if (await guard.Objection(by, PassAnswer(by, plan.Direction), "CarryPass", "R-CARRY-04", id.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (form.Items.Any(at => at < 1 || at > file.Items.Length || (form.Back ? !file.Items[at - 1].Away : file.Items[at - 1].PassedAt is not null)))
            {
                return ActResult.Refused("items", FieldFault.ChangedMeanwhile);
            }

            if (record.Readers.AskNow(db => AuthorityGuard.Named(db, form.Carrier)) is null)
            {
                return ActResult.Refused("carrier", FieldFault.Unknown, form.Carrier.Value);
            }

            ImmutableArray<int> items = [.. form.Items.Distinct().Order()];

            // The way back is always recorded, whatever stands against it.
            if (!form.Back && record.Readers.AskNow(db => Standing(db, file, items, now)) is { IsEmpty: false } standing)
            {
                _ = await record.AppendAsync([.. standing.Select(one => Draft.Of(new CarryRefused(now, id, plan.Direction, one.Refusal, one.Item > 0 ? NameOf(plan.Items[one.Item - 1]) : "", form.Carrier, by.Id)))], null, stop);
                return new ActResult([.. standing.Select(one => one.Refusal).Distinct().Select(reason => new FieldProblem("items", FieldFault.CarryRefused, reason.ToString()))]);
            }

            var passage = (plan.Direction, form.Back) switch
            {
                (CarryDirection.Out, false) => CarryPassage.WentOut,
                (CarryDirection.Out, true) => CarryPassage.CameBack,
                (_, false) => CarryPassage.CameIn,
                _ => CarryPassage.LeftAgain,
            };
            _ = await record.AppendAsync(new CarryPassed(now, id, passage, items, form.Carrier, FieldRules.Clean(form.Note), by.Id), stop);
            return ActResult.Done(id.Value);
        }, stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Check(CarryPermitId id, int version, CarryCheckForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Act(
            id,
            version,
            [.. FieldRules.Text("note", form.Note, FieldRules.LongestReason, required: form.Result is ScanResult.Found), .. Enum.IsDefined(form.Result) ? Array.Empty<FieldProblem>() : [new("result", FieldFault.NotAChoice)]],
            by,
            async file =>
            {
                if (await guard.Objection(by, PageAct.CheckCarried, ActSubject.None, "R-CARRY-08", id.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (form.Item < 1 || form.Item > file.Items.Length || !file.NeedsCheck(file.Items[form.Item - 1]))
                {
                    return ActResult.Refused("item", FieldFault.NothingWaits);
                }

                _ = await record.AppendAsync(new CarryChecked(time.GetUtcNow(), id, form.Item, form.Result, form.PatchChecked, form.Erased, FieldRules.Clean(form.Note), by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Revoke(CarryPermitId id, int version, string reason, Actor by, CancellationToken stop) => Act(id, version, [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)], by, async file =>
    {
        if (await guard.Objection(by, RevokeAnswer(by, file), "CarryRevoke", "R-CARRY-01", id.Value, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        var now = time.GetUtcNow();
        if (file.RevokedAt is not null || file.Away || file.StatusAt(now) is not CarryStatus.Permitted)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        _ = await record.AppendAsync(new CarryRevoked(now, id, FieldRules.Clean(reason), by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Declare(DeclareForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync([.. Problems(form)], async () =>
        {
            if (await guard.Objection(by, PassAnswer(by, CarryDirection.In), "CarryDeclare", "R-CARRY-02", form.Person.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => AuthorityGuard.Named(db, form.Person)) is null)
            {
                return ActResult.Refused("person", FieldFault.Unknown, form.Person.Value);
            }

            var now = time.GetUtcNow();
            var items = record.Readers.AskNow(db => Judged(db, form, now));
            ImmutableArray<RecordedEvent> facts =
            [
                new BelongingsDeclared(now, form.Person, form.Zone, items, by.Id),
                .. items.Where(item => item.Refusal is not null).Select(item => new CarryRefused(now, null, CarryDirection.In, item.Refusal!.Value, item.Tag.Length > 0 ? item.Tag : item.Name, form.Person, by.Id)),
            ];
            _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
            return ActResult.Done(form.Person.Value);
        }, stop);
    }

    /// <inheritdoc/>
    public Task<CarryLists?> Lists(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => SeesLists(by)
            ? CarryView.SafeguardsInForce(db) is var safeguards
                ? new CarryLists(
                    CarryView.List(db, MostListed), safeguards, safeguards is null ? null : AuthorityGuard.NamedOrId(db, new(safeguards.By)),
                    Authority.May(by, Core.Operators.Act.KeepZoneItems, Part.Does, ActSubject.None).Allowed, DeskGate.Open(by, PageAct.SetSafeguards))
                { Version = CarryView.ListVersion(db) }
                : null
            : null,
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Keep(ListedThing thing, long seen, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(thing);
        var kept = thing with { Tag = FieldRules.Clean(thing.Tag), Name = FieldRules.Clean(thing.Name), Zones = [.. (thing.Zones.IsDefault ? [] : thing.Zones).Distinct()] };
        return turn.ActAsync(
            [
                .. FieldRules.Text("tag", kept.Tag, 40), .. FieldRules.Text("name", kept.Name),
                .. Enum.IsDefined(kept.Kind) ? Array.Empty<FieldProblem>() : [new("kind", FieldFault.NotAChoice)],
                .. kept.Zones.Where(zone => !rules.KnowsZone(zone)).Select(zone => new FieldProblem("zones", FieldFault.Unknown, zone.Value)),
            ],
            async () =>
            {
                var (before, writtenBy) = record.Readers.AskNow(db => (CarryView.Listed(db, kept.Tag), CarryView.ListedBy(db, kept.Tag)));
                if (await guard.Objection(by, KeepAnswer(by, [.. kept.Zones, .. before?.Zones ?? []]), "KeepZoneItems", "R-CARRY-03", kept.Tag, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (before is not null && before.Zones.SequenceEqual(kept.Zones) && before with { Zones = kept.Zones } == kept)
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                // Another one wrote this line after the page was shown: it is looked at before it is written over.
                if (writtenBy > seen)
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                _ = await record.AppendAsync(new CarryListed(time.GetUtcNow(), kept, Removed: false, by.Id), stop);
                return ActResult.Done(kept.Tag);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> TakeOff(string tag, Actor by, CancellationToken stop) => turn.ActAsync([], async () =>
    {
        if (record.Readers.AskNow(db => CarryView.Listed(db, tag)) is not { } before)
        {
            return ActResult.Refused("tag", FieldFault.Unknown, tag);
        }

        if (await guard.Objection(by, KeepAnswer(by, before.Zones), "KeepZoneItems", "R-CARRY-03", tag, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        _ = await record.AppendAsync(new CarryListed(time.GetUtcNow(), before, Removed: true, by.Id), stop);
        return ActResult.Done(tag);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> SetSafeguards(string version, string summary, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("version", version, 40), .. FieldRules.Text("summary", summary, FieldRules.LongestReason)],
        async () =>
        {
            if (await guard.Objection(by, PageAct.SetSafeguards, ActSubject.None, "R-CARRY-06", version, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => CarryView.KnowsSafeguards(db, FieldRules.Clean(version))))
            {
                return ActResult.Refused("version", FieldFault.AlreadyExists, version);
            }

            _ = await record.AppendAsync(new SafeguardsSet(time.GetUtcNow(), FieldRules.Clean(version), FieldRules.Clean(summary), by.Id), stop);
            return ActResult.Done(version);
        },
        stop);

    /// <inheritdoc/>
    public Task<CarryWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            var late = CarryView.Away(db).Where(file => file.Permit.Plan.DueAt <= now);
            return new CarryWaiting(
                late.Count(file => file.Permit.AppliedBy == by.Person || IsDesk(by) || (Keeps(by, file.Permit.Plan) && file.Permit.Plan.DueAt + CarryRules.SecurityAfter <= now)),
                DeskGate.Open(by, PageAct.CheckCarried) ? CarryView.ToCheck(db).Length : 0);
        },
        gone);

    /// <summary>What is not back in time, for what needs a hand (R-CARRY-04).</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new List<Attention>();
        using var row = db.Rows(
            "SELECT c.id, c.due, c.applied_by, p.name, c.n FROM view_carry_permits c LEFT JOIN view_people p ON p.person = c.applied_by WHERE c.away = 1 AND c.due <= $1 ORDER BY c.due LIMIT 50",
            now.ToUnixTimeMilliseconds());
        while (row.Read())
        {
            found.Add(new(
                $"carry-{row.GetString(0)}", AttentionKind.CarryOverdue, Urgency.Caution, row.Time(1), Standing: true, Person: new PersonId(row.GetString(2)), PersonName: row.TextOrNull(3), Entry: row.GetInt64(4)));
        }

        return found;
    }

    private static string NameOf(CarriedItem item) => item.Tag.Length > 0 ? item.Tag : item.Name;

    private static bool Covers(RoleHolding? holding, string section) => holding is not null && (holding.Section.Length == 0 || holding.Section == section);

    // SEC keeps the register of its section's people (row Carry out: A, K).
    private static bool Keeps(Actor by, CarryPlan plan) => Authority.RightsOf(by, ActOf(plan.Direction), Part.Keeps).Any(right => right.Role != Role.SecurityManager || Covers(right.Holding, plan.Section));

    private static bool IsDesk(Actor by) => Authority.May(by, Core.Operators.Act.CarryOut, Part.Does, new() { Portion = Portion }).Allowed;

    private static bool MayPass(Actor by) => PassAnswer(by, CarryDirection.Out).Allowed || PassAnswer(by, CarryDirection.In).Allowed;

    private static bool SeesAll(Actor by) => by.IsConsole || IsDesk(by) || Authority.May(by, Core.Operators.Act.CarryOut, Part.Views, ActSubject.None).Allowed;

    private static bool SeesLists(Actor by) => new[] { Part.Does, Part.Asks, Part.Views, Part.Informed }.Any(part => Authority.May(by, Core.Operators.Act.KeepZoneItems, part, ActSubject.None).Allowed)
        || Authority.May(by, Core.Operators.Act.CarryOut, Part.Allows, ActSubject.None).Allowed || DeskGate.Open(by, PageAct.SetSafeguards);

    private static Act ActOf(CarryDirection direction) => direction is CarryDirection.Out ? Core.Operators.Act.CarryOut : Core.Operators.Act.CarryIn;

    // R-CARRY-04 SEC, REC: reception counts, SEC keeps.
    private static AuthorityAnswer PassAnswer(Actor by, CarryDirection direction)
    {
        var does = Authority.May(by, ActOf(direction), Part.Does, new() { Portion = Portion });
        return does.Allowed ? does : Authority.May(by, ActOf(direction), Part.Keeps, ActSubject.None) is { Allowed: true } keeps ? keeps : does;
    }

    private static AuthorityAnswer RevokeAnswer(Actor by, CarryDossier file)
    {
        var answer = Authority.May(by, ActOf(file.Permit.Plan.Direction), Part.Allows, ActSubject.None);
        return answer.Allowed && answer.As is Role.SecurityManager && !Covers(answer.Holding, file.Permit.Plan.Section) ? answer with { Refusal = AuthorityRefusal.OtherSection }
            : answer;
    }

    // R-CARRY-03: SYS alone, and each for the zones they answer for.
    private static AuthorityAnswer KeepAnswer(Actor by, ImmutableArray<ZoneId> zones)
    {
        var answer = Authority.May(by, Core.Operators.Act.KeepZoneItems, Part.Does, ActSubject.Of(zones));
        return answer.Allowed && !by.IsConsole && !zones.All(zone => by.Holdings.Any(holding => holding.Role == Role.SystemManager && holding.Zones.Contains(zone)))
            ? answer with { Refusal = AuthorityRefusal.OtherZone }
            : answer;
    }

    private static bool MaySee(Actor by, CarryDossier file)
    {
        var plan = file.Permit.Plan;
        return file.Permit.AppliedBy == by.Person || file.Permit.ApprovedBy == by.Person || SeesAll(by) || Keeps(by, plan)
            || file.Items.Any(one => one.Carrier == by.Person)
            || Authority.May(by, ActOf(plan.Direction), Part.Informed, new() { Portion = plan.Importance is ImportanceClass.I ? "class I" : null }).Allowed
            || (DeskGate.Open(by, PageAct.CheckCarried) && (file.AwaitsCheck || file.Items.Any(one => one.CheckedAt is not null)));
    }

    private List<CarryLook> Found(Statements db, CarryQuery query, Actor by)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
        var (from, until) = (query.From ?? today.AddDays(-UsualDaysBack), query.Until ?? today.AddDays(UsualDaysOn));
        return
        [
            .. CarryView.Between(db, Midnight(from), Midnight(until.AddDays(1)), PeopleWords.Fold(query.Words ?? ""), int.MaxValue)
                .Where(file => (query.Direction is null || file.Permit.Plan.Direction == query.Direction) && MaySee(by, file))
                .Select(file => Look(db, file, by))
                .Where(look => query.Status is null || look.Status == query.Status),
        ];
    }

    private CarryLook Look(Statements db, CarryDossier file, Actor by)
    {
        var now = time.GetUtcNow();
        IEnumerable<PersonId> ids =
        [
            file.Permit.AppliedBy, file.Permit.ApprovedBy,
            .. file.Items.SelectMany(one => new[] { one.PassedBy, one.Carrier, one.BackBy, one.CheckedBy }).OfType<PersonId>(),
            .. file.Story.Where(line => line.By is not null).Select(line => new PersonId(line.By!)),
        ];
        var status = file.StatusAt(now);
        return new(
            file,
            status,
            ids.Distinct().Select(id => AuthorityGuard.Named(db, id)).OfType<NamedPerson>().ToImmutableDictionary(person => person.Id),
            PassAnswer(by, file.Permit.Plan.Direction).Allowed,
            DeskGate.Open(by, PageAct.CheckCarried),
            status is CarryStatus.Permitted && RevokeAnswer(by, file).Allowed);
    }

    // What stands against things passing at this moment: time, the rules once more, and the thing being away by another permit.
    private ImmutableArray<CarryObjection> Standing(Statements db, CarryDossier file, ImmutableArray<int> items, DateTimeOffset now)
    {
        if (!file.InForce(now))
        {
            return [new(CarryRefusal.NoPermit, 0)];
        }

        var plan = file.Permit.Plan;
        var frame = CarryApplication.Frame(db, plan.Items.Select(item => item.Tag), plan.Zone, policy.Now, policy.SegmentOf);

        // The version CHIEF had in force when it was allowed holds for this permit.
        return
        [
            .. CarryRules.Objections(plan, frame with { SafeguardVersion = plan.SafeguardVersion }).Where(one => one.Item == 0 || items.Contains(one.Item)),
            .. items.Where(at => CarryView.AwayBy(db, plan.Items[at - 1].Tag) is not null).Select(at => new CarryObjection(CarryRefusal.AlreadyAway, at)),
        ];
    }

    private ImmutableArray<BroughtItem> Judged(Statements db, DeclareForm form, DateTimeOffset now)
    {
        var permits = CarryView.Of(db, form.Person, now).Where(file => file.Permit.Plan.Direction is CarryDirection.In && file.InForce(now) && file.Permit.Plan.Zone == form.Zone).ToList();
        var frame = CarryApplication.Frame(db, form.Items.Select(item => item.Tag), form.Zone, policy.Now, policy.SegmentOf);
        var used = new HashSet<(CarryPermitId, int)>();
        var judged = ImmutableArray.CreateBuilder<BroughtItem>();
        foreach (var item in form.Items)
        {
            var clean = item with { Tag = FieldRules.Clean(item.Tag), Name = FieldRules.Clean(item.Name), Permit = null, Refusal = null };

            // A permit for one thing by its number covers no other.
            var permit = permits.SelectMany(file => file.Items.Select((one, at) => (file.Permit.Id, At: at, one.Item)))
                .Where(one => one.Item.Kind == clean.Kind && one.Item.Ownership == clean.Ownership && one.Item.Tag == clean.Tag && !used.Contains((one.Id, one.At)))
                .Select(one => ((CarryPermitId Id, int At)?)(one.Id, one.At)).FirstOrDefault();
            var refusal = CarryRules.AtDesk(clean, form.Zone, permit is not null, frame);
            if (permit is { } by && refusal is null)
            {
                _ = used.Add(by);
            }

            judged.Add(clean with { Refusal = refusal, Permit = refusal is null ? permit?.Id : null });
        }

        return judged.DrainToImmutable();
    }

    private IEnumerable<FieldProblem> Problems(DeclareForm form)
    {
        if (form.Items.IsDefaultOrEmpty || form.Items.Length > MostBrought)
        {
            yield return form.Items.IsDefaultOrEmpty ? new("name1", FieldFault.Required) : new("name1", FieldFault.OutOfRange, $"1 – {MostBrought}");
            yield break;
        }

        if (form.Zone is { } zone && !rules.KnowsZone(zone))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }

        foreach (var (index, item) in form.Items.Index())
        {
            var at = (index + 1).ToString(CultureInfo.InvariantCulture);
            foreach (var problem in FieldRules.Text($"tag{at}", item.Tag, 40, required: false).Concat(FieldRules.Text($"name{at}", item.Name)))
            {
                yield return problem;
            }

            if (!Enum.IsDefined(item.Kind) || !Enum.IsDefined(item.Ownership))
            {
                yield return new($"kind{at}", FieldFault.NotAChoice);
            }
        }
    }

    private Task<ActResult> Act(CarryPermitId id, int version, ImmutableArray<FieldProblem> problems, Actor by, Func<CarryDossier, Task<ActResult>> act, CancellationToken stop) => turn.ActAsync(
        problems,
        () =>
        {
            var file = record.Readers.AskNow(db => CarryView.Dossier(db, id) is { } kept && MaySee(by, kept) ? kept : null);
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
