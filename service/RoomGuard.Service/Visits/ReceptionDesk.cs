using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>
/// 受付. A check-in is one append: identity, belongings, badge and the order to the doors are all in the record or none of them is; then the badge reaches the
/// bridges by the express lane (R-VIS-06, R-VIS-07, R-VIS-08).
/// </summary>
public sealed class ReceptionDesk(ServiceRecord record, SiteKeys keys, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IReceptionDesk
{
    /// <summary>The portion of the act Visit that is reception's, in the words of the matrix.</summary>
    public const string Portion = "badge, identity";

    private const int MostVisits = 500;
    private const int MostFound = 20;
    private const int MostItems = 30;

    /// <inheritdoc/>
    public Task<ReceptionBoard> Today(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            if (!May(by))
            {
                return new ReceptionBoard(now, [], [], [], ImmutableDictionary<BadgeColour, int>.Empty);
            }

            var (from, until) = DayAround(now);
            var visits = VisitsView.Between(db, from, until, MostVisits);
            var badges = VisitsView.Badges(db);
            var worn = badges.Select(badge => Worn(db, badge)).OfType<ReceptionBadge>().ToImmutableArray();
            return new ReceptionBoard(
                now,
                [.. visits.Select(file => new ReceptionLine(file, VisitPeople.Escorts(db, file.Visit)))],
                VisitPeople.Pending(db, guard, from, until),
                [.. worn.OrderBy(one => one.File.Visit.Until)],
                badges.Where(badge => badge.State is BadgeState.InService && worn.All(one => one.Badge.Card != badge.Card))
                    .GroupBy(badge => badge.Colour).ToImmutableDictionary(group => group.Key, group => group.Count()));
        },
        gone);

    /// <inheritdoc/>
    public async Task<ScanResult> Scan(string text, Actor by, CancellationToken gone)
    {
        var nothing = new ScanResult(ScanKind.Nothing, null, null, [], []);
        if (!May(by) || string.IsNullOrWhiteSpace(text) || text.Length > 200)
        {
            return nothing;
        }

        switch (Invitation.Read(text, keys.InvitationKey, out var invited))
        {
            case InvitationReading.Whole:
                return nothing with { Kind = ScanKind.Visitor, Visitor = invited };
            case InvitationReading.Wrong:
                // Somebody made one up, or a sign was lost: the desk goes on by name, and the record knows.
                _ = await record.AppendAsync(new VisitorTurnedAway(time.GetUtcNow(), null, null, TurnedAway.FalseInvitation, null, by.Id), gone);
                return nothing with { Kind = ScanKind.FalseInvitation };
            default:
                return await record.Readers.Ask(db => Look(db, text, nothing), gone);
        }
    }

    /// <inheritdoc/>
    public Task<ReceptionVisitor?> Visitor(PersonId visitor, Actor by, CancellationToken gone) => record.Readers.Ask(
        db => May(by) && Found(db, visitor) is { } found ? Standing(db, found.File, found.Visitor) : null,
        gone);

    /// <inheritdoc/>
    public Task<ActResult> CheckIn(PersonId visitor, int version, CheckInForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return Act(by, visitor.Value, [.. Problems(form)], async () =>
        {
            var now = time.GetUtcNow();
            if (record.Readers.AskNow(db => Found(db, visitor) is { } found ? Standing(db, found.File, found.Visitor) : null) is not { } standing)
            {
                return ActResult.Refused("", FieldFault.Unknown, visitor.Value);
            }

            var (file, mine) = (standing.File, standing.Visitor);
            if (file.Version != version)
            {
                return ActResult.Refused("", FieldFault.ChangedMeanwhile);
            }

            if (standing.Obstacle is { } obstacle)
            {
                if (obstacle is CheckInObstacle.Barred)
                {
                    await Write([new VisitorTurnedAway(now, file.Visit.Id, visitor, TurnedAway.Barred, standing.Bar, by.Id)], stop);
                }

                return ActResult.Refused("", FaultOf(obstacle), standing.Bar);
            }

            if (form.Outcome is not IdentityOutcome.Shown || form.IdKind is null)
            {
                // R-VIS-07: no identification, no badge; what was seen is kept all the same.
                var cause = form.Outcome is IdentityOutcome.Differs ? TurnedAway.OtherPerson : TurnedAway.NoIdentification;
                await Write(
                    [
                        new VisitorIdentityChecked(now, file.Visit.Id, visitor, form.IdKind, form.Outcome is IdentityOutcome.Differs ? IdentityOutcome.Differs : IdentityOutcome.NotShown, by.Id),
                        new VisitorTurnedAway(now, file.Visit.Id, visitor, cause, null, by.Id),
                    ],
                    stop);
                return ActResult.Refused("idKind", FieldFault.NotIdentified);
            }

            var items = ItemCheck.Match(
                [.. form.Items.Select(item => item with { Name = FieldRules.Clean(item.Name), Serial = FieldRules.Clean(item.Serial) })],
                file.Visit.Items,
                [.. file.Visitors.Where(one => one.Visitor.Id != visitor && one.Badge is not null).SelectMany(one => one.Items)]);
            if (!form.LeftTaken && items.Any(item => item.Left > 0))
            {
                return ActResult.Refused("items", FieldFault.NoPermit, string.Join("、", items.Where(item => item.Left > 0).Select(item => $"{item.Name} {item.Left}")));
            }

            var (badge, problem) = record.Readers.AskNow(db => Choose(db, form.Badge));
            if (badge is null)
            {
                return new ActResult([problem!]);
            }

            await Write(
                [
                    new VisitorIdentityChecked(now, file.Visit.Id, visitor, form.IdKind, IdentityOutcome.Shown, by.Id),
                    new VisitorItemsDeclared(now, file.Visit.Id, visitor, items, by.Id),
                    new VisitorBadgeIssued(now, file.Visit.Id, visitor, badge.Card, badge.No, badge.Colour, by.Id),
                    new RoomOrdered(now, new VisitPassOrder(file.Visit.PassOf(mine.Visitor, badge), Ended: false), by.Id),
                ],
                stop);
            return ActResult.Done(file.Visit.Id.Value);
        }, stop);
    }

    /// <inheritdoc/>
    public Task<ReceptionBadge?> Badge(CredentialId badge, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => May(by) && VisitsView.Badge(db, badge, null, null) is { } found ? Worn(db, found) : null, gone);

    /// <inheritdoc/>
    public Task<ActResult> Return(CredentialId badge, int version, bool itemsBack, Actor by, CancellationToken stop) => WithBadge(badge, version, by, async worn =>
    {
        var (now, visit, visitor) = (time.GetUtcNow(), worn.File.Visit, worn.Visitor.Visitor);
        var kept = worn.Visitor.Kept.Any();
        if (kept && !itemsBack)
        {
            return ActResult.Refused("itemsBack", FieldFault.ItemsKept);
        }

        ImmutableArray<RecordedEvent> facts =
        [
            new VisitorBadgeReturned(now, visit.Id, visitor.Id, badge, worn.Badge.No, by.Id),
            .. kept ? [new VisitorItemsHandedBack(now, visit.Id, visitor.Id, by.Id)] : Array.Empty<RecordedEvent>(),
            new RoomOrdered(now, new VisitPassOrder(visit.PassOf(visitor, worn.Badge), Ended: true), by.Id),
        ];

        // The last badge of a visit all of whose visitors came, or whose time is over, closes it.
        var others = worn.File.Visitors.Where(one => one.Visitor.Id != visitor.Id).ToList();
        var last = others.All(one => one.Badge is null) && (now >= visit.Until || others.All(one => one.IssuedAt is not null));
        await Write(last ? facts.Add(new VisitEnded(now, visit.Id, VisitEnding.Done, "", by.Id)) : facts, stop);
        return ActResult.Done(visit.Id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Lost(CredentialId badge, int version, Actor by, CancellationToken stop) => WithBadge(badge, version, by, async worn =>
    {
        var (now, visit, visitor) = (time.GetUtcNow(), worn.File.Visit, worn.Visitor.Visitor);
        await Write(
            [
                new VisitorBadgeRecorded(now, worn.Badge with { State = BadgeState.Lost }, "lost", by.Id),
                new VisitorBadgeDied(now, visit.Id, visitor.Id, badge, worn.Badge.No, BadgeDeath.Lost, by.Id),
                new RoomOrdered(now, new VisitPassOrder(visit.PassOf(visitor, worn.Badge), Ended: true), by.Id),
            ],
            stop);
        return ActResult.Done(visitor.Id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<WalkIn?> WalkIn(CaseId id, Actor by, CancellationToken gone) => record.Readers.Ask<WalkIn?>(
        db => May(by) && CasesView.Dossier(db, id) is { Matter: VisitMatter matter } file
            ? new(id, file.State, file.State is CaseState.Waiting or CaseState.SentBack ? VisitPeople.Of(db, file, matter, matter.Times[0], guard.Holders(db)) : null, VisitsView.OfCase(db, id.Value).FirstOrDefault())
            : null,
        gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<NamedPerson>> Escorts(string words, int most, Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<NamedPerson>>(
        db =>
        {
            if (!May(by))
            {
                return [];
            }

            var found = ImmutableArray.CreateBuilder<NamedPerson>();
            var contractors = policy.Now.EscortEligibility.Value is Eligibility.AuthorisedContractor ? 5L : 6L;
            var word = PeopleWords.Fold(words ?? "");
            var values = new List<object?> { contractors, word, (long)Math.Clamp(most, 1, 50) };
            var source = PeopleGrams.Rarest(db, word.Length > 0 ? [word] : [])?.Source("p", value =>
            {
                values.Add(value);
                return $"${values.Count}";
            });
            using var row = db.Rows(
                $"""
                SELECT p.person, name, kana, section FROM {source ?? "view_people p"} WHERE category <> 6 AND (category <> 5 OR $1 = 5) AND suspended = 0 AND instr(folded, $2) > 0
                    AND EXISTS (SELECT 1 FROM view_grants g WHERE g.person = p.person AND g.ended IS NULL AND g.suspended = 0)
                ORDER BY sort, p.person LIMIT $3
                """,
                [.. values]);
            while (row.Read())
            {
                found.Add(new(new(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3)));
            }

            return found.DrainToImmutable();
        },
        gone);

    private static bool May(Actor by) => Authority.May(by, Core.Operators.Act.Visit, Part.Does, new() { Portion = Portion }).Allowed;

    private static FieldFault FaultOf(CheckInObstacle obstacle) => obstacle switch
    {
        CheckInObstacle.TooEarly => FieldFault.TooEarly,
        CheckInObstacle.Over => FieldFault.VisitOver,
        CheckInObstacle.Barred => FieldFault.Barred,
        CheckInObstacle.AlreadyIn => FieldFault.HasBadge,
        CheckInObstacle.Closed => FieldFault.VisitOver,
        _ => FieldFault.NotApproved,
    };

    private static IEnumerable<FieldProblem> Problems(CheckInForm form)
    {
        if (form.Items.IsDefault || form.Items.Length > MostItems)
        {
            yield return new("items", FieldFault.OutOfRange, $"0 – {MostItems}");
            yield break;
        }

        foreach (var item in form.Items)
        {
            if (item.Count is < 1 or > 99)
            {
                yield return new("items", FieldFault.OutOfRange, "1 – 99");
            }

            foreach (var problem in FieldRules.Text("items", item.Name).Concat(FieldRules.Text("items", item.Serial, required: false)))
            {
                yield return problem;
            }
        }
    }

    private static (VisitDossier File, VisitorFile Visitor)? Found(Statements db, PersonId visitor) =>
        Core.Visits.Visit.VisitOf(visitor) is { } id && VisitsView.Dossier(db, id) is { } file && file.FileOf(visitor) is { } mine ? (file, mine) : null;

    private static ReceptionBadge? Worn(Statements db, VisitorBadge badge) =>
        VisitsView.WearerOf(db, badge.Card) is { } wearer && Found(db, wearer) is { } found ? new(badge, found.File, found.Visitor, VisitPeople.Escorts(db, found.File.Visit)) : null;

    private (VisitorBadge? Badge, FieldProblem? Problem) Choose(Statements db, string text) => BadgeScan.Find(db, keys, text) switch
    {
        null => (null, new("badge", string.IsNullOrWhiteSpace(text) ? FieldFault.Required : FieldFault.NotABadge)),
        { State: not BadgeState.InService } dead => (null, new("badge", FieldFault.BadgeDead, dead.No)),
        var badge when Worn(db, badge) is { } worn => (null, new("badge", FieldFault.BadgeOut, $"{worn.Visitor.Visitor.Name} ({worn.File.Visit.Organisation})")),
        var badge => (badge, null),
    };

    private ScanResult Look(Statements db, string text, ScanResult nothing)
    {
        if (BadgeScan.Find(db, keys, text) is { } badge)
        {
            var kind = VisitsView.WearerOf(db, badge.Card) is not null ? ScanKind.Badge : badge.State is BadgeState.InService ? ScanKind.BadgeReady : ScanKind.BadgeDead;
            return nothing with { Kind = kind, Badge = badge };
        }

        // A visitor's or a visit's number typed by hand; without its sixteen signs it counts for no more than a name.
        var plain = VisitWords.Fold(text).ToUpperInvariant();
        if (Found(db, new(plain)) is { } found)
        {
            return nothing with { Kind = ScanKind.Visitor, Visitor = found.Visitor.Visitor.Id };
        }

        var (from, until) = DayAround(time.GetUtcNow());
        var words = PeopleWords.Fold(text);
        var visits = VisitsView.Between(db, from, until, MostVisits).Where(file => Matches(file, words)).Take(MostFound).ToImmutableArray();
        var pending = VisitPeople.Pending(db, guard, from, until).Where(one => Matches(one, words)).Take(MostFound).ToImmutableArray();
        if (visits.Length + pending.Length == 0)
        {
            visits = [.. VisitsView.Found(db, text, MostFound)];
        }

        return visits.Length == 0 && pending.Length == 0 ? nothing
            : pending.Length == 0 && visits.Length == 1 && visits[0].Visitors.Length == 1 ? nothing with { Kind = ScanKind.Visitor, Visitor = visits[0].Visitors[0].Visitor.Id }
            : visits.Length == 0 ? nothing with { Kind = ScanKind.Pending, Pending = pending }
            : nothing with { Kind = ScanKind.Several, Visits = [.. visits.Select(file => new ReceptionLine(file, VisitPeople.Escorts(db, file.Visit)))], Pending = pending };
    }

    private static bool Matches(VisitDossier file, string words) =>
        PeopleWords.Fold($"{file.Visit.Id}\n{file.Visit.Organisation}\n{string.Join('\n', file.Visitors.Select(one => $"{one.Visitor.Name}\n{one.Visitor.Kana}"))}").Contains(words, StringComparison.Ordinal);

    private static bool Matches(PendingVisit one, string words) =>
        PeopleWords.Fold($"{one.Case}\n{one.Matter.Organisation}\n{string.Join('\n', one.Matter.Visitors.Select(visitor => $"{visitor.Name}\n{visitor.Kana}"))}").Contains(words, StringComparison.Ordinal);

    private ReceptionVisitor Standing(Statements db, VisitDossier file, VisitorFile visitor)
    {
        var now = time.GetUtcNow();
        var today = VisitApplication.DayOf(now, record.TimeZone);
        var bars = VisitsView.Bars(db);
        var earlier = VisitsView.Of(db, visitor.Visitor.Name, file.Visit.Organisation, 100)
            .Where(one => one.Visit.Id != file.Visit.Id).SelectMany(one => one.Visitors.Where(other => VisitWords.Fold(other.Visitor.Name) == VisitWords.Fold(visitor.Visitor.Name) && other.IssuedAt is not null)).ToList();
        return new(
            file,
            visitor,
            VisitPeople.Escorts(db, file.Visit),
            ReceptionRules.Obstacle(file, visitor, bars, now, today),
            ReceptionRules.BarOf(visitor.Visitor.Name, file.Visit.Organisation, bars, today)?.Id,
            earlier.Count,
            earlier.Max(one => one.IssuedAt));
    }

    private (DateTimeOffset From, DateTimeOffset Until) DayAround(DateTimeOffset now)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, record.TimeZone).Date;
        return (new(midnight, record.TimeZone.GetUtcOffset(midnight)), new(midnight.AddDays(1), record.TimeZone.GetUtcOffset(midnight.AddDays(1))));
    }

    private Task<ActResult> WithBadge(CredentialId badge, int version, Actor by, Func<ReceptionBadge, Task<ActResult>> act, CancellationToken stop) => Act(by, badge.Value, [], async () =>
    {
        var worn = record.Readers.AskNow(db => VisitsView.Badge(db, badge, null, null) is { } found ? Worn(db, found) : null);
        return worn is null ? ActResult.Refused("", FieldFault.Unknown, badge.Value)
            : worn.File.Version != version ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
            : await act(worn);
    }, stop);

    private Task<ActResult> Act(Actor by, string about, ImmutableArray<FieldProblem> problems, Func<Task<ActResult>> act, CancellationToken stop) => turn.ActAsync(
        problems,
        async () => await guard.Objection(by, Core.Operators.Act.Visit, Part.Does, new() { Portion = Portion }, "R-VIS-06", about, stop) is { } refusal
            ? ActResult.NotAllowed(refusal)
            : await act(),
        stop);

    private async Task Write(ImmutableArray<RecordedEvent> facts, CancellationToken stop) => _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
}
