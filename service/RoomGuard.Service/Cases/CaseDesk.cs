using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Cases;

/// <summary>
/// 申請・承認: every act is looked at against the table of authority, the version the person saw and the time that is left; then the step and what
/// follows from it are one append. One act at a time for the whole site, so of two approvers at once exactly one wins.
/// </summary>
public sealed class CaseDesk(ServiceRecord record, FieldRules rules, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : ICaseDesk
{
    // One year with its leap day (R-DOOR-16).
    private const int LongestGrantDays = 366;
    private const int LongestName = 40;
    private const int ShortestName = 3;

    private readonly CaseLists lists = new(record, policy, guard, time);

    /// <inheritdoc/>
    public Task<int> Waiting(Actor by, CancellationToken gone) => lists.Waiting(by, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<CaseChoice>> Choices(Actor by, CancellationToken gone) => lists.Choices(by, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<CaseCard>> Inbox(Actor by, CancellationToken gone) => lists.Inbox(by, gone);

    /// <inheritdoc/>
    public Task<CasesPage> Mine(string? after, int rows, Actor by, CancellationToken gone) => lists.Mine(after, rows, by, gone);

    /// <inheritdoc/>
    public Task<CasesPage> Done(CaseQuery query, Actor by, CancellationToken gone) => lists.Done(query, by, gone);

    /// <inheritdoc/>
    public Task<CaseFile?> Case(CaseId id, Actor by, CancellationToken gone) => lists.Case(id, by, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<NamedPerson>> Candidates(CaseKind kind, string words, int most, Actor by, CancellationToken gone) => lists.Candidates(kind, words, most, by, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<GrantChoice>> Grants(string words, int most, Actor by, CancellationToken gone) => lists.Grants(words, most, by, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<CardChoice>> Cards(string words, int most, Actor by, CancellationToken gone) => lists.Cards(words, most, by, gone);

    /// <inheritdoc/>
    public Task<ActResult> Apply(CaseMatter matter, string reason, Actor by, CancellationToken stop) => turn.ActAsync([], () => ApplyAsync(null, matter, reason, by, stop), stop);

    /// <inheritdoc/>
    public Task<ActResult> Resubmit(CaseId id, int version, CaseMatter matter, string reason, Actor by, CancellationToken stop) => Act(
        id,
        version,
        [],
        by,
        async file => file.State != CaseState.SentBack || file.Matter.Kind != matter.Kind
            ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
            : file.AppliedBy != by.Person ? await NotTheirs(file, by, "Resubmit", stop) : await ApplyAsync(file, matter, reason, by, stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Decide(CaseId id, int version, CaseVerdict verdict, string reason, string conditions, Actor by, CancellationToken stop)
    {
        var text = verdict == CaseVerdict.AllowWithConditions ? conditions : reason;
        ImmutableArray<FieldProblem> problems =
        [
            .. Enum.IsDefined(verdict) ? Array.Empty<FieldProblem>() : [new("verdict", FieldFault.NotAChoice)],
            .. FieldRules.Text("reason", reason, FieldRules.LongestReason, required: verdict is CaseVerdict.Refuse or CaseVerdict.SendBack),
            .. FieldRules.Text("conditions", conditions, FieldRules.LongestReason, required: verdict is CaseVerdict.AllowWithConditions),
        ];
        return Act(id, version, problems, by, file => DecideAsync(file, verdict, FieldRules.Clean(text), by, stop), stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Withdraw(CaseId id, int version, string reason, Actor by, CancellationToken stop) => Act(
        id,
        version,
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason, required: false)],
        by,
        async file =>
        {
            if (file.AppliedBy != by.Person && !by.IsConsole)
            {
                return await NotTheirs(file, by, "Withdraw", stop);
            }

            var now = time.GetUtcNow();
            RecordedEvent? fact = file.State is CaseState.Waiting or CaseState.SentBack ? new CaseWithdrawn(now, file.Id, FieldRules.Clean(reason), by.Id)
                : file.ExceptionInForce(Today()) ? new CaseReviewed(now, file.Id, Continues: false, FieldRules.Clean(reason), by.Id)
                : null;
            return fact is null ? ActResult.Refused("", FieldFault.ChangedMeanwhile) : await Write(file.Id, [fact], stop);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> CarryOut(CaseId id, int version, string note, Actor by, CancellationToken stop) => Act(
        id,
        version,
        [.. FieldRules.Text("note", note, FieldRules.LongestReason)],
        by,
        async file => file.Current is not { Stage: CaseStage.CarryOut }
            ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
            : await Objection(file, by, CaseRules.MayTake(by, file), stop) is { } refusal
                ? ActResult.NotAllowed(refusal)
                : await Write(file.Id, [new CaseCarriedOut(time.GetUtcNow(), file.Id, [], FieldRules.Clean(note), by.Id)], stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Confirm(CaseId id, int version, string note, Actor by, CancellationToken stop) => Act(
        id,
        version,
        [.. FieldRules.Text("note", note, FieldRules.LongestReason)],
        by,
        file => file.Matter is ExceptionMatter ? Review(file, FieldRules.Clean(note), by, stop) : ConfirmAsync(file, FieldRules.Clean(note), by, stop),
        stop);

    private async Task<ActResult> ConfirmAsync(CaseDossier file, string note, Actor by, CancellationToken stop)
    {
        if (file.Current is not { Stage: CaseStage.Confirm })
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        var answer = CaseRules.MayTake(by, file);
        return await Objection(file, by, answer, stop) is { } refusal
            ? ActResult.NotAllowed(refusal)
            : await Write(file.Id, [new CaseConfirmed(time.GetUtcNow(), file.Id, file.At, note, answer.As ?? Role.SystemManager, by.Id)], stop);
    }

    // R-EXC-03: an exception that runs is looked at again by whoever allows exceptions, never by who applied for it.
    private async Task<ActResult> Review(CaseDossier file, string result, Actor by, CancellationToken stop)
    {
        if (file.State is not (CaseState.Allowed or CaseState.AllowedWithConditions) || !file.ExceptionInForce(Today()))
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        return await Objection(file, by, CaseLists.MayReview(by, file), stop) is { } refusal
            ? ActResult.NotAllowed(refusal)
            : await Write(file.Id, [new CaseReviewed(time.GetUtcNow(), file.Id, Continues: true, result, by.Id)], stop);
    }

    private async Task<ActResult> DecideAsync(CaseDossier file, CaseVerdict verdict, string text, Actor by, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (file.Current is not { Stage: CaseStage.Allow } || file.State != CaseState.Waiting)
        {
            return ActResult.Refused("", FieldFault.ChangedMeanwhile);
        }

        // The clock writes the lapse at its next look; until then the step is over all the same.
        if (now >= file.LapsesAt)
        {
            return ActResult.Refused("", FieldFault.AlreadyOver);
        }

        var answer = CaseRules.MayTake(by, file);
        CaseId? exception = null;
        if (answer.Refusal == AuthorityRefusal.SamePerson && record.Readers.AskNow(db => CaseLists.SelfApprovalOf(db, by.Person, Today()), stop) is { } found && CaseRules.MayTake(by, file, excepted: true) is { Allowed: true } excepted)
        {
            (answer, exception) = (excepted, found);
        }

        if (await Objection(file, by, answer, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        var decision = verdict switch
        {
            CaseVerdict.Allow => CaseDecision.Allowed,
            CaseVerdict.AllowWithConditions => CaseDecision.AllowedWithConditions,
            CaseVerdict.SendBack => CaseDecision.SentBack,
            _ => CaseDecision.Refused,
        };
        var allows = decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions;
        if (allows && record.Readers.AskNow(db => CasePoints.Of(db, file, policy.Now, policy.Site, time.GetUtcNow(), record.TimeZone), stop).FirstOrDefault(point => point.Tone == CasePointTone.Blocking) is { } blocking)
        {
            return ActResult.NotAllowed(new(blocking.Text, blocking.Rule ?? CaseRules.RuleOf(file.Matter.Kind), [], []));
        }

        var decided = new CaseDecided(now, file.Id, file.At, decision, text, answer.As ?? Role.SystemManager, exception, by.Id);
        var after = CaseDossier.After(file, decided, 0)!;
        if (after.State is not (CaseState.Allowed or CaseState.AllowedWithConditions) || after.Current is not null || file.Matter is ExceptionMatter)
        {
            return await Write(file.Id, [decided], stop);
        }

        var (facts, made) = record.Readers.AskNow(db => CaseOutcome.Of(db, after, by, policy.Now, now, Today()), stop);
        return await Write(file.Id, [decided, .. facts, new CaseCarriedOut(now, file.Id, made, "", by.Id)], stop);
    }

    private async Task<ActResult> ApplyAsync(CaseDossier? before, CaseMatter matter, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(by);
        var now = time.GetUtcNow();
        var today = Today();
        var clean = Cleaned(matter, by);
        var said = matter is LostCredentialMatter && FieldRules.Clean(reason).Length == 0 ? CaseText.LostReason : FieldRules.Clean(reason);
        var (found, problems) = record.Readers.AskNow(db => Look(db, clean, today), stop);
        problems = [.. problems, .. FieldRules.Text("reason", said, FieldRules.LongestReason)];
        if (found is null || !problems.IsEmpty)
        {
            await NoteRefused(clean, problems, by, now, stop);
            return new(problems);
        }

        if (clean is ExceptionMatter && !policy.Now.ExceptionRegister)
        {
            return ActResult.NotAllowed(new(AuthorityText.NoExceptionRegister, CaseRules.RuleOf(clean.Kind), [], []));
        }

        var may = CaseRules.MayApply(by, clean, found.Subject, found.Zones, found.Role);
        if (await guard.Objection(by, may, $"{clean.Kind}/{Part.Asks}", CaseRules.RuleOf(clean.Kind), found.Subject?.Person.Value ?? "", stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        var (id, facts) = record.Readers.AskNow(
            db =>
            {
                var number = before?.Id ?? CaseOutcome.NextCase(db, clean.Kind, today);
                var steps = CaseRules.Steps(clean, found.Zones, found.Role, by.Person, found.Subject?.Person, guard.Holders(db));
                var lapses = now + CaseRules.TermsOf(clean).Lapse;
                var applied = new CaseApplied(now, number, clean, found.Subject?.Person, found.Zones, found.Before, said, may.As ?? Authority.RoleOf(by.Category), steps, lapses, by.Id);
                ImmutableArray<RecordedEvent> more = clean is LostCredentialMatter lost && before is null ? LostAtOnce(db, number, lost, by, said, now) : [];
                return (number, ImmutableArray.Create<RecordedEvent>([applied, .. more]));
            },
            stop);
        return await Write(id, facts, stop);
    }

    // What the rules of carrying and of work refuse is in the record as well (R-CARRY-05, R-CARRY-07, R-CARRY-09, R-WORK-03).
    private async Task NoteRefused(CaseMatter matter, ImmutableArray<FieldProblem> problems, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        IEnumerable<RecordedEvent> refused = matter switch
        {
            _ when !CaseRules.MayApply(by, matter.Kind).Allowed => [],
            CarryMatter carry => CarryApplication.Refused(carry.Plan, problems, by, now),
            WorkMatter work => WorkApplication.Refused(work.Plan, problems, by, now),
            _ => [],
        };
        _ = await record.AppendAsync([.. refused.Select(Draft.Of)], null, stop);
    }

    private static ImmutableArray<RecordedEvent> LostAtOnce(Statements db, CaseId id, LostCredentialMatter lost, Actor by, string reason, DateTimeOffset now)
    {
        var facts = CaseOutcome.Lost(db, lost.Card, by, reason, now);
        return facts.IsEmpty ? [] : [.. facts, new CaseCarriedOut(now, id, [lost.Card.Value], "", by.Id)];
    }

    // What the matter is about, as the record has it now; or what is wrong with it.
    private (Found? Found, ImmutableArray<FieldProblem> Problems) Look(Statements db, CaseMatter matter, DateOnly today)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        Found? found = null;
        switch (matter)
        {
            case GrantMatter asked:
                problems.AddRange(GrantProblems(asked.Person, asked.Zones, asked.Days, asked.Hours, asked.ValidFrom, asked.ValidUntil, today));
                found = AboutPerson(db, "person", asked.Person, problems) with { Zones = asked.Zones.IsDefault ? [] : asked.Zones };
                if (found.Subject is { } subject && (subject.Category == PersonCategory.Contractor) != (asked.Kind == CaseKind.ContractorGrant) && asked.Kind != CaseKind.FacilityGrant)
                {
                    problems.Add(new("person", FieldFault.NotAChoice, subject.Person.Value));
                }

                break;
            case GrantChangeMatter asked when CaseOutcome.GrantOf(db, asked.Grant) is { } before:
                problems.AddRange(GrantProblems(before.Person, asked.Zones, asked.Days, asked.Hours, asked.ValidFrom, asked.ValidUntil, today));
                var after = before with { Zones = asked.Zones.IsDefault ? [] : asked.Zones, Days = asked.Days, Hours = asked.Hours, ValidFrom = asked.ValidFrom, ValidUntil = asked.ValidUntil };
                if (PeopleDesk.Same(after, before))
                {
                    problems.Add(new("", FieldFault.NothingToChange));
                }

                // Who answers for a zone it held or shall hold has a say.
                found = AboutPerson(db, "grant", before.Person, problems) with { Zones = [.. before.Zones.Union(after.Zones)], Before = before };
                break;
            case GrantEndMatter asked when CaseOutcome.GrantOf(db, asked.Grant) is { } before:
                if (asked.EndsOn >= before.ValidUntil)
                {
                    problems.Add(new("endsOn", FieldFault.NothingToChange));
                }

                found = AboutPerson(db, "grant", before.Person, problems) with { Zones = before.Zones, Before = before };
                break;
            case GrantChangeMatter or GrantEndMatter:
                problems.Add(new("grant", FieldFault.Unknown));
                break;
            case AccountMatter asked:
                problems.AddRange(SignInName(db, asked.SignInName));
                if (asked.Until <= today)
                {
                    problems.Add(new("until", FieldFault.AlreadyOver));
                }

                found = AboutPerson(db, "person", asked.Person, problems);
                break;
            case RoleMatter asked:
                problems.AddRange(RoleProblems(asked, today));
                found = AboutPerson(db, "person", asked.Person, problems);
                break;
            case DeputyMatter asked:
                found = AboutPerson(db, "person", asked.Person, problems) with { Role = Deputised(db, asked, today, problems) };
                break;
            case RemoteAccessMatter asked:
                problems.AddRange(FieldRules.Text("device", asked.Device, FieldRules.LongestReason));
                if (asked.Until <= asked.From)
                {
                    problems.Add(new("until", FieldFault.EndBeforeStart));
                }
                else if (asked.Until <= today)
                {
                    problems.Add(new("until", FieldFault.AlreadyOver));
                }
                else if (asked.Until > asked.From.AddDays(LongestGrantDays))
                {
                    problems.Add(new("until", FieldFault.LongerThanOneYear));
                }

                found = AboutPerson(db, "person", asked.Person, problems);
                break;
            case LostCredentialMatter asked:
                problems.AddRange(FieldRules.Text("where", asked.Where, FieldRules.LongestReason, required: false));
                if (CaseOutcome.CardOf(db, asked.Card) is not { } card)
                {
                    problems.Add(new("card", FieldFault.Unknown, asked.Card.Value));
                }
                else if (card.State is CredentialState.Lost or CredentialState.Returned)
                {
                    problems.Add(new("card", FieldFault.CardFinal, asked.Card.Value));
                }
                else
                {
                    found = AboutPerson(db, "card", card.Person, problems);
                }

                break;
            case ExceptionMatter asked:
                problems.AddRange(ExceptionProblems(asked, today));
                found = new(null, [], null, null);
                break;
            case MoveMatter asked:
                problems.AddRange(MoveApplication.Problems(db, asked, rules, time.GetUtcNow()));
                problems.AddRange(MoveApplication.NotErased(db, asked.Plan, today));
                problems.AddRange(MoveApplication.Misplacements(db, asked.Plan, policy.Site, today).Select(one => new FieldProblem(
                    "items", one.Fault is PlacementFault.LowerClass ? FieldFault.ZoneClassTooLow : FieldFault.ZoneSegmentDiffers, $"{asked.Plan.ToZone} ({one.Tag})")));
                found = new(null, [.. asked.Plan.Zones()], null, null);
                break;
            case VisitMatter asked:
                problems.AddRange(VisitApplication.Problems(db, asked, rules, time.GetUtcNow()));
                found = new(null, asked.Zones, null, null);
                break;
            case WorkMatter asked:
                problems.AddRange(WorkApplication.Problems(db, asked.Plan, rules, policy.Now, time.GetUtcNow(), record.TimeZone));
                found = new(null, [asked.Plan.Zone], null, null);
                break;
            case CarryMatter asked:
                problems.AddRange(CarryApplication.Problems(db, asked.Plan, rules, policy.Now, policy.SegmentOf, time.GetUtcNow()));
                found = new(null, asked.Plan.Zone is { } into ? [into] : [], null, null);
                break;
            default:
                problems.Add(new("", FieldFault.NotAChoice));
                break;
        }

        return (found, problems.DrainToImmutable());
    }

    private IEnumerable<FieldProblem> GrantProblems(PersonId person, ImmutableArray<ZoneId> zones, WeekDays days, Hours hours, DateOnly from, DateOnly until, DateOnly today)
    {
        foreach (var problem in rules.Grant(new(new("new"), person, zones, days, hours, from, until, Suspended: false), LongestGrantDays))
        {
            yield return problem;
        }

        if (until <= today)
        {
            yield return new("validUntil", FieldFault.AlreadyOver);
        }
    }

    private static IEnumerable<FieldProblem> SignInName(Statements db, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            yield return new("signInName", FieldFault.Required);
        }
        else if (name.Length is < ShortestName or > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-'))
        {
            yield return new("signInName", FieldFault.BadCharacters);
        }
        else if (OperatorsView.AccountNamed(db, name) is not null)
        {
            yield return new("signInName", FieldFault.AlreadyExists, name);
        }
    }

    private IEnumerable<FieldProblem> RoleProblems(RoleMatter asked, DateOnly today)
    {
        if (!Enum.IsDefined(asked.Role) || asked.Role is Role.Staff or Role.Contractor or Role.Visitor)
        {
            yield return new("role", FieldFault.NotAChoice);
        }

        // SEC and SYS are held per section, SYS for zones (R-PROF-04, R-ZONE-07).
        foreach (var problem in FieldRules.Text("section", asked.Section, required: asked.Role is Role.SecurityManager or Role.SystemManager))
        {
            yield return problem;
        }

        if (!asked.Zones.IsDefaultOrEmpty && asked.Role != Role.SystemManager)
        {
            yield return new("zones", FieldFault.NotAChoice);
        }

        foreach (var zone in asked.Zones.IsDefault ? [] : asked.Zones)
        {
            if (!rules.KnowsZone(zone))
            {
                yield return new("zones", FieldFault.Unknown, zone.Value);
            }
        }

        if (asked.Until <= asked.From)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }

        if (asked.Until <= today)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
    }

    private static Role? Deputised(Statements db, DeputyMatter asked, DateOnly today, ImmutableArray<FieldProblem>.Builder problems)
    {
        if (CaseOutcome.HoldingOf(db, asked.Holding) is not { } held || held.Until <= today)
        {
            problems.Add(new("holding", FieldFault.Unknown, asked.Holding));
            return null;
        }

        if (held.Person == asked.Person || held.DeputyFor is not null)
        {
            problems.Add(new(held.DeputyFor is null ? "person" : "holding", FieldFault.NotAChoice, asked.Holding));
        }

        if (asked.Until <= asked.From)
        {
            problems.Add(new("until", FieldFault.EndBeforeStart));
        }
        else if (asked.Until <= today)
        {
            problems.Add(new("until", FieldFault.AlreadyOver));
        }

        return held.Role;
    }

    private static IEnumerable<FieldProblem> ExceptionProblems(ExceptionMatter asked, DateOnly today)
    {
        foreach (var problem in FieldRules.Text("ruleRef", asked.RuleRef).Concat(FieldRules.Text("scope", asked.Scope, FieldRules.LongestReason))
            .Concat(FieldRules.Text("substitute", asked.Substitute, FieldRules.LongestReason)).Concat(FieldRules.Text("risk", asked.Risk, FieldRules.LongestReason))
            .Concat(asked.SelfApproval is { } reason ? FieldRules.Text("selfApproval", reason, FieldRules.LongestReason) : []))
        {
            yield return problem;
        }

        if (asked.ValidUntil <= asked.ValidFrom)
        {
            yield return new("validUntil", FieldFault.EndBeforeStart);
        }
        else if (asked.ValidUntil <= today)
        {
            yield return new("validUntil", FieldFault.AlreadyOver);
        }
    }

    private static Found AboutPerson(Statements db, string field, PersonId person, ImmutableArray<FieldProblem>.Builder problems)
    {
        using var row = db.Rows("SELECT section, category FROM view_people WHERE person = $1", person.Value ?? "");
        if (row.Read())
        {
            return new(new(person, row.GetString(0), (PersonCategory)row.GetInt64(1)), [], null, null);
        }

        problems.Add(new(field, FieldFault.Unknown, person.Value));
        return new(null, [], null, null);
    }

    private static CaseMatter Cleaned(CaseMatter matter, Actor by) => matter switch
    {
        AccountMatter asked => asked with { SignInName = FieldRules.Clean(asked.SignInName) },
        RoleMatter asked => asked with { Section = FieldRules.Clean(asked.Section), Zones = asked.Zones.IsDefault ? [] : asked.Zones },
        RemoteAccessMatter asked => asked with { Device = FieldRules.Clean(asked.Device) },
        LostCredentialMatter asked => asked with { Where = FieldRules.Clean(asked.Where) },
        VisitMatter asked => VisitApplication.Cleaned(asked),
        CarryMatter asked => CarryApplication.Cleaned(asked, by),
        WorkMatter asked => WorkApplication.Cleaned(asked),
        MoveMatter asked => MoveApplication.Cleaned(asked),
        ExceptionMatter asked => asked with
        {
            RuleRef = FieldRules.Clean(asked.RuleRef),
            Scope = FieldRules.Clean(asked.Scope),
            Substitute = FieldRules.Clean(asked.Substitute),
            Risk = FieldRules.Clean(asked.Risk),
            SelfApproval = asked.SelfApproval is { } reason && FieldRules.Clean(reason) is { Length: > 0 } said ? said : null,
        },
        _ => matter,
    };

    private Task<ActResult> Act(CaseId id, int version, ImmutableArray<FieldProblem> problems, Actor by, Func<CaseDossier, Task<ActResult>> act, CancellationToken stop) => turn.ActAsync(
        problems,
        () =>
        {
            var file = record.Readers.AskNow(db => CasesView.Dossier(db, id) is { } kept && CaseLists.MaySee(db, by, kept) ? kept : null);
            return file is null ? Task.FromResult(ActResult.Refused("id", FieldFault.Unknown, id.Value))
                : file.Version != version ? Task.FromResult(ActResult.Refused("", FieldFault.ChangedMeanwhile))
                : act(file);
        },
        stop);

    private Task<Refusal?> Objection(CaseDossier file, Actor by, AuthorityAnswer answer, CancellationToken stop) =>
        guard.Objection(by, answer, $"{file.Matter.Kind}/{file.Current?.Stage ?? CaseStage.Confirm}", answer.Refusal == AuthorityRefusal.SamePerson ? "R-PROF-05" : CaseRules.RuleOf(file.Matter.Kind), file.Id.Value, stop);

    private async Task<ActResult> NotTheirs(CaseDossier file, Actor by, string operation, CancellationToken stop) =>
        ActResult.NotAllowed((await guard.Objection(by, new(AuthorityRefusal.NotOwn, null, null, [file.AppliedAs]), $"{file.Matter.Kind}/{operation}", "R-PROF-05", file.Id.Value, stop))!);

    private async Task<ActResult> Write(CaseId id, ImmutableArray<RecordedEvent> facts, CancellationToken stop)
    {
        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
        return ActResult.Done(id.Value);
    }

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    private sealed record Found(CaseSubject? Subject, ImmutableArray<ZoneId> Zones, EntryGrant? Before, Role? Role);
}
