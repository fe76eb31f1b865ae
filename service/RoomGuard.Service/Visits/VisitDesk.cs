using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Visits;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Visits;

/// <summary>訪問 at the office. Lists show a person what their part in the act Visit lets them see; acts ask the table again.</summary>
public sealed class VisitDesk(ServiceRecord record, SiteKeys keys, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IVisitDesk
{
    private const int MostVisits = 500;
    private const int MostEarlier = 20;
    private const int MostDays = 400;
    private const int LongestBarDays = 366 * 5;
    private const int MostItems = 30;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public Task<VisitsPageData> Visits(VisitQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                var first = query.Day ?? VisitApplication.DayOf(time.GetUtcNow(), record.TimeZone);
                var days = Math.Clamp(query.Days, 1, MostDays);
                var found = query.Words.Trim().Length > 0
                    ? VisitsView.Found(db, query.Words, MostVisits)
                    : VisitsView.Between(db, Midnight(first), Midnight(first.AddDays(days)), MostVisits);
                return new VisitsPageData(
                    [.. found.Where(file => MaySee(by, file.Visit)).Select(file => View(db, file, by))], first, days, SeesAll(by), MayKeep(by).Allowed, MayRegister(by).Allowed);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<VisitView?> Visit(VisitId id, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => VisitsView.Dossier(db, id) is { } file && MaySee(by, file.Visit) ? View(db, file, by, earlier: true) : null, gone);

    /// <inheritdoc/>
    public async Task<ImmutableArray<VisitView>> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone)
    {
        var found = await record.Readers.Ask(
            db => VisitsView.Between(db, from, until, MostVisits).Where(file => MaySee(by, file.Visit)).Select(file => View(db, file, by)).ToImmutableArray(), gone);
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "visit-sheet", $"{from:O}/{until:O}", found.Length, Digest(found), by.Id), gone);
        return found;
    }

    /// <inheritdoc/>
    public Task<ActResult> Change(VisitId id, int version, VisitChange change, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(change);
        return turn.ActAsync([.. FieldRules.Text("reason", change.Reason, FieldRules.LongestReason)], async () =>
        {
            var now = time.GetUtcNow();
            if (record.Readers.AskNow(db => VisitsView.Dossier(db, id)) is not { } file || !MaySee(by, file.Visit))
            {
                return ActResult.Refused("", FieldFault.Unknown, id.Value);
            }

            if (await guard.Objection(by, Act.Visit, Part.Allows, ActSubject.Of(file.Visit.Zones), "R-VIS-01", id.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (file.Version != version || file.Ending is not null)
            {
                return ActResult.Refused("", file.Ending is not null ? FieldFault.VisitOver : FieldFault.ChangedMeanwhile);
            }

            // R-PROF-05: who applied for the visit does not change what was approved, whatever role they hold.
            if (file.Visit.AppliedBy == by.Person)
            {
                return ActResult.Refused("", FieldFault.SamePerson, by.Name);
            }

            ImmutableArray<FieldProblem> problems = [.. Problems(file.Visit, change, now)];
            if (!problems.IsEmpty)
            {
                return new ActResult(problems);
            }

            var changed = file.Visit with { Until = change.Until, Escorts = [.. change.Escorts.Distinct()] };
            var orders = record.Readers.AskNow(db => file.Visitors.Where(one => one is { Badge: not null, Dead: false })
                .Select(one => (RecordedEvent)new RoomOrdered(now, new VisitPassOrder(changed.PassOf(one.Visitor, VisitsView.Badge(db, one.Badge, null, null)!), Ended: false), by.Id)).ToList());
            await Write([new VisitRecorded(now, changed, "changed", FieldRules.Clean(change.Reason), by.Id), .. orders], stop);
            return ActResult.Done(id.Value);
        }, stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Cancel(VisitId id, int version, string reason, Actor by, CancellationToken stop) => turn.ActAsync([.. FieldRules.Text("reason", reason, FieldRules.LongestReason)], async () =>
    {
        if (record.Readers.AskNow(db => VisitsView.Dossier(db, id)) is not { } file || !MaySee(by, file.Visit))
        {
            return ActResult.Refused("", FieldFault.Unknown, id.Value);
        }

        if (file.Visit.AppliedBy != by.Person && await guard.Objection(by, Act.Visit, Part.Allows, ActSubject.Of(file.Visit.Zones), "R-VIS-01", id.Value, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        if (file.Version != version || file.State is not VisitState.Expected || file.Visitors.Any(one => one.IssuedAt is not null))
        {
            return ActResult.Refused("", file.State is VisitState.Expected ? FieldFault.ChangedMeanwhile : FieldFault.VisitOver);
        }

        await Write([new VisitEnded(time.GetUtcNow(), id, VisitEnding.Cancelled, FieldRules.Clean(reason), by.Id)], stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> PreRegister(PersonId visitor, PreRegistration form, Actor by, CancellationToken stop) => PreRegister(
        visitor, form, by.Id, file => file.Visit.AppliedBy == by.Person || file.Visit.Escorts.Contains(by.Person) || MayReceive(by), stop);

    /// <inheritdoc/>
    public Task<InvitedVisitor?> Invited(string invitation, CancellationToken gone) => record.Readers.Ask(
        db => Invitation.Read(invitation, keys.InvitationKey, out var visitor) is InvitationReading.Whole && Open(db, visitor) is { } found ? new InvitedVisitor(found.File, found.Visitor) : null,
        gone);

    /// <inheritdoc/>
    public Task<ActResult> PreRegister(string invitation, PreRegistration form, CancellationToken stop) =>
        Invitation.Read(invitation, keys.InvitationKey, out var visitor) is InvitationReading.Whole
            ? PreRegister(visitor, form, "visitor", _ => true, stop)
            : Task.FromResult(ActResult.Refused("", FieldFault.Unknown));

    /// <inheritdoc/>
    public Task<ImmutableArray<VisitorBar>?> Bars(Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<VisitorBar>?>(
        db => MayKeep(by).Allowed || Authority.May(by, Act.Visit, Part.Views, ActSubject.None).Allowed ? VisitsView.Bars(db) : null, gone);

    /// <inheritdoc/>
    public Task<ActResult> Bar(VisitorBar form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        var clean = form with { Name = FieldRules.Clean(form.Name), Organisation = FieldRules.Clean(form.Organisation), Reason = FieldRules.Clean(form.Reason) };
        return turn.ActAsync([.. Problems(clean)], async () =>
        {
            if (await guard.Objection(by, MayKeep(by), $"{Act.Visit}/{Part.Keeps}", "R-VIS-01", "bar", stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            var number = 1 + (long)record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_visitor_bars"))!;
            var bar = clean with { Id = string.Create(CultureInfo.InvariantCulture, $"B-{number:0000}") };
            await Write([new VisitorBarred(time.GetUtcNow(), bar, by.Id)], stop);
            return ActResult.Done(bar.Id);
        }, stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Lift(string bar, string reason, Actor by, CancellationToken stop) => turn.ActAsync([.. FieldRules.Text("reason", reason, FieldRules.LongestReason)], async () =>
    {
        if (await guard.Objection(by, MayKeep(by), $"{Act.Visit}/{Part.Keeps}", "R-VIS-01", bar, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        if (record.Readers.AskNow(VisitsView.Bars).All(one => one.Id != bar))
        {
            return ActResult.Refused("", FieldFault.Unknown, bar);
        }

        await Write([new VisitorBarLifted(time.GetUtcNow(), bar, FieldRules.Clean(reason), by.Id)], stop);
        return ActResult.Done(bar);
    }, stop);

    /// <inheritdoc/>
    public Task<BadgeBoard?> Badges(Actor by, CancellationToken gone) => record.Readers.Ask<BadgeBoard?>(
        db => MayRegister(by).Allowed || MayReceive(by) || Authority.May(by, Act.Visit, Part.Views, ActSubject.None).Allowed
            ? new(VisitsView.Badges(db), Worn(db), MayRegister(by).Allowed, [.. PrintedCard.Choices.Select(choice => choice.Name)])
            : null,
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Register(BadgeForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync([.. Problems(form)], async () =>
        {
            if (await guard.Objection(by, MayRegister(by), $"{Act.Visit}/{Part.Does}", "R-VIS-06", "badge", stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            var now = time.GetUtcNow();
            var facts = ImmutableArray.CreateBuilder<RecordedEvent>();
            for (var at = 0; at < form.Cards; at++)
            {
                var badge = BadgeSeries.Make(keys.Cards, form.Colour, form.First + at, form.Format, form.Facility, form.FirstCard + at);
                if (record.Readers.AskNow(db => Taken(db, badge)) is { } problem)
                {
                    return new ActResult([problem]);
                }

                facts.Add(new VisitorBadgeRecorded(now, badge, "registered", by.Id));
            }

            await Write(facts.DrainToImmutable(), stop);
            return ActResult.Done(BadgeNoText.Of(form.Colour, form.First));
        }, stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Retire(CredentialId badge, string reason, Actor by, CancellationToken stop) => turn.ActAsync([.. FieldRules.Text("reason", reason, FieldRules.LongestReason)], async () =>
    {
        if (await guard.Objection(by, MayRegister(by), $"{Act.Visit}/{Part.Does}", "R-VIS-06", badge.Value, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        var (found, out_) = record.Readers.AskNow(db => (VisitsView.Badge(db, badge, null, null), VisitsView.WearerOf(db, badge)));
        if (found is not { State: BadgeState.InService })
        {
            return ActResult.Refused("", found is null ? FieldFault.Unknown : FieldFault.BadgeDead, found?.No ?? badge.Value);
        }

        if (out_ is { } wearer)
        {
            return ActResult.Refused("", FieldFault.BadgeOut, wearer.Value);
        }

        await Write([new VisitorBadgeRecorded(time.GetUtcNow(), found with { State = BadgeState.Retired }, "retired", by.Id)], stop);
        return ActResult.Done(found.No);
    }, stop);

    private static FieldProblem? Taken(Statements db, VisitorBadge badge) =>
        VisitsView.Badge(db, badge.Card, null, null) is not null ? new("first", FieldFault.AlreadyExists, badge.No)
        : VisitsView.Badge(db, null, null, badge.Digest) is { } other ? new("firstCard", FieldFault.CardTaken, other.No)
        : db.Value("SELECT card FROM view_cards WHERE digest = $1 AND state <> 3 LIMIT 1", PeopleView.DigestBytes(badge.Digest)) is string card ? new("firstCard", FieldFault.CardTaken, card)
        : null;

    private static ImmutableDictionary<CredentialId, WornBadge> Worn(Statements db) => VisitsView.Badges(db)
        .Select(badge => (badge.Card, Wearer: VisitsView.WearerOf(db, badge.Card)))
        .Where(one => one.Wearer is not null)
        .Select(one => (one.Card, File: Core.Visits.Visit.VisitOf(one.Wearer!.Value) is { } id ? VisitsView.Dossier(db, id) : null, one.Wearer))
        .Where(one => one.File is not null)
        .ToImmutableDictionary(one => one.Card, one =>
        {
            var mine = one.File!.FileOf(one.Wearer!.Value)!;
            return new WornBadge(one.File.Visit.Id, mine.Visitor, one.File.Visit.Organisation, mine.IssuedAt ?? one.File.Visit.From, one.File.Visit.Until, mine.Dead);
        });

    private static string Digest(ImmutableArray<VisitView> found) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', found.Select(view => $"{view.File.Visit.Id} {view.File.Version}")))));

    private static AuthorityAnswer MayKeep(Actor by) => Authority.May(by, Act.Visit, Part.Keeps, ActSubject.None);

    // Badges are kept by those who keep the visits and by those who do the work for them (row Visit: SYS keeps, OPS does).
    private static AuthorityAnswer MayRegister(Actor by) => MayKeep(by) is { Allowed: true } keeps ? keeps : Authority.May(by, Act.Visit, Part.Does, ActSubject.None);

    private static bool MayReceive(Actor by) => Authority.May(by, Act.Visit, Part.Does, new() { Portion = ReceptionDesk.Portion }).Allowed;

    private static bool SeesAll(Actor by) =>
        MayReceive(by) || MayKeep(by).Allowed || Authority.May(by, Act.Visit, Part.Views, ActSubject.None).Allowed || Authority.May(by, Act.Visit, Part.Informed, ActSubject.None).Allowed;

    private static bool MaySee(Actor by, Visit visit) => SeesAll(by) || visit.AppliedBy == by.Person || visit.Escorts.Contains(by.Person);

    private VisitView View(Statements db, VisitDossier file, Actor by, bool earlier = false)
    {
        var now = time.GetUtcNow();
        var visit = file.Visit;
        var mine = visit.AppliedBy == by.Person || visit.Escorts.Contains(by.Person) || MayReceive(by);
        var allows = Authority.May(by, Act.Visit, Part.Allows, ActSubject.Of(visit.Zones)).Allowed;
        return new(
            file,
            VisitPeople.Everybody(db, file),
            file.Visitors.Select(one => (one.Visitor.Id, Over: file.Overstay(one, now))).Where(one => one.Over > TimeSpan.Zero).ToImmutableDictionary(one => one.Id, one => one.Over),
            earlier ? [.. visit.Visitors.SelectMany(one => VisitsView.Of(db, one.Name, visit.Organisation, MostEarlier)).Where(one => one.Visit.Id != visit.Id).DistinctBy(one => one.Visit.Id).OrderByDescending(one => one.Visit.From).Take(MostEarlier)] : [],
            mine && file.Ending is null && now < visit.Until
                ? file.Visitors.Where(one => one.IssuedAt is null).ToImmutableDictionary(one => one.Visitor.Id, one => Invitation.Of(one.Visitor.Id, keys.InvitationKey))
                : ImmutableDictionary<PersonId, string>.Empty,
            allows && file.Ending is null && visit.AppliedBy != by.Person,
            file.State is VisitState.Expected && file.Visitors.All(one => one.IssuedAt is null) && (visit.AppliedBy == by.Person || allows));
    }

    private (VisitDossier File, VisitorFile Visitor)? Open(Statements db, PersonId visitor) =>
        Core.Visits.Visit.VisitOf(visitor) is { } id && VisitsView.Dossier(db, id) is { Ending: null } file && file.FileOf(visitor) is { IssuedAt: null } mine && time.GetUtcNow() < file.Visit.Until
            ? (file, mine)
            : null;

    private Task<ActResult> PreRegister(PersonId visitor, PreRegistration form, string by, Func<VisitDossier, bool> may, CancellationToken stop) => turn.ActAsync(
        [
            .. FieldRules.Text("kana", form.Kana, required: false),
            .. form.Items.Length > MostItems ? [new FieldProblem("items", FieldFault.OutOfRange, $"0 – {MostItems}")] : Array.Empty<FieldProblem>(),
            .. form.Items.SelectMany(item => FieldRules.Text("items", item.Name).Concat(FieldRules.Text("items", item.Serial, required: false))),
            .. form.Items.Where(item => item.Count is < 1 or > 99).Select(_ => new FieldProblem("items", FieldFault.OutOfRange, "1 – 99")),
        ],
        async () =>
        {
            if (record.Readers.AskNow(db => Open(db, visitor)) is not { } found || !may(found.File))
            {
                return ActResult.Refused("", FieldFault.VisitOver);
            }

            ImmutableArray<DeclaredItem> items = [.. form.Items.Select(item => item with { Name = FieldRules.Clean(item.Name), Serial = FieldRules.Clean(item.Serial), Left = 0, Permit = null })];
            await Write([new VisitorPreRegistered(time.GetUtcNow(), found.File.Visit.Id, visitor, FieldRules.Clean(form.Kana), items, by)], stop);
            return ActResult.Done(visitor.Value);
        },
        stop);

    private IEnumerable<FieldProblem> Problems(Visit visit, VisitChange change, DateTimeOffset now)
    {
        if (change.Until <= visit.From)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }
        else if (change.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (change.Until - visit.From > Longest)
        {
            yield return new("until", FieldFault.OutOfRange, "7 × 24 h");
        }

        if (change.Escorts.IsDefaultOrEmpty)
        {
            yield return new("escorts", FieldFault.Required);
            yield break;
        }

        if (change.Until == visit.Until && change.Escorts.SequenceEqual(visit.Escorts))
        {
            yield return new("", FieldFault.NothingToChange);
        }

        foreach (var escort in change.Escorts)
        {
            if (record.Readers.AskNow(db => db.Value("SELECT category FROM view_people WHERE person = $1 AND suspended = 0", escort.Value)) is not long category)
            {
                yield return new("escorts", FieldFault.Unknown, escort.Value);
            }
            else if (!VisitApplication.MayEscort(policy.Now.EscortEligibility.Value, (PersonCategory)category))
            {
                yield return new("escorts", FieldFault.NoRoleForIt, escort.Value);
            }
        }

        foreach (var problem in record.Readers.AskNow<ImmutableArray<FieldProblem>>(db => [.. EscortPairs.Broken(db, change.Escorts, [.. visit.Visitors.Select(one => one.Name)], visit.Organisation, [new(visit.From, change.Until)], visit.Id)]))
        {
            yield return problem with { Field = "escorts" };
        }
    }

    private IEnumerable<FieldProblem> Problems(VisitorBar bar)
    {
        foreach (var problem in FieldRules.Text("name", bar.Name, required: bar.Organisation.Length == 0).Concat(FieldRules.Text("organisation", bar.Organisation, required: false)).Concat(FieldRules.Text("reason", bar.Reason, FieldRules.LongestReason)))
        {
            yield return problem;
        }

        var today = VisitApplication.DayOf(time.GetUtcNow(), record.TimeZone);
        if (bar.Until <= bar.From)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }
        else if (bar.Until <= today)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (bar.Until.DayNumber - bar.From.DayNumber > LongestBarDays)
        {
            yield return new("until", FieldFault.OutOfRange, $"{LongestBarDays}");
        }
    }

    private static IEnumerable<FieldProblem> Problems(BadgeForm form)
    {
        if (!Enum.IsDefined(form.Colour))
        {
            yield return new("colour", FieldFault.NotAChoice);
        }

        if (form.First is < 1 or > 999 || form.Cards is < 1 or > 200 || form.First + form.Cards > 1000)
        {
            yield return new("first", FieldFault.OutOfRange, "1 – 999");
        }

        foreach (var problem in FieldRules.Card(form.Format, form.Facility, form.FirstCard + Math.Max(0, form.Cards - 1), null, null))
        {
            yield return problem with { Field = problem.Field == "number" ? "firstCard" : problem.Field };
        }
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(default);
        return new(local, record.TimeZone.GetUtcOffset(local));
    }

    private async Task Write(ImmutableArray<RecordedEvent> facts, CancellationToken stop) => _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
}
