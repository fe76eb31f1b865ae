using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;

namespace RoomGuard.Service.Operators;

/// <summary>特権IDの見直し (R-SIGN-09). What is due follows from the record, the profile's term and the day; nothing has to run for it to be so.</summary>
public sealed class PrivilegeReviewDesk(ServiceRecord record, SitePolicy policy, Sessions sessions, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPrivilegeReviews
{
    // How long before its day a review is laid before who does it†.
    private const int ToldDaysBefore = 30;

    private DateOnly Today => DayOf(time.GetUtcNow(), record.TimeZone);

    /// <inheritdoc/>
    public Task<int> Waiting(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Authority.May(by, PageAct.ReviewPrivileges, ActSubject.None).Allowed
            ? record.Readers.Ask(db => Lines(db, by).Count(line => line.May && line.Standing is not ReviewStanding.Later), gone)
            : Task.FromResult(0);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ReviewLine>> Reviews(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => Authority.May(by, PageAct.SeeAccounts, ActSubject.None).Allowed ? Lines(db, by) : [], gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Review(AccountId account, DateOnly due, bool keeps, string note, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("note", note, FieldRules.LongestReason)],
            async () =>
            {
                if (await guard.Objection(by, PageAct.ReviewPrivileges, ActSubject.None, "R-SIGN-09", account.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (record.Readers.AskNow(db => Lines(db, by).FirstOrDefault(line => line.Account.Id == account), stop) is not { } line)
                {
                    return ActResult.Refused("", FieldFault.Unknown);
                }

                if (SeparationOfDuties.Broken(DutyPair.ApplicantAndApprover, line.Account.Person, by.Person))
                {
                    var own = new AuthorityAnswer(AuthorityRefusal.SamePerson, null, null, PageAuthority.RolesWith(PageAct.ReviewPrivileges));
                    return ActResult.NotAllowed((await guard.Objection(by, own, $"{PageAct.ReviewPrivileges}", "R-PROF-05", account.Value, stop))!);
                }

                if (line.Due != due)
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                var (now, said) = (time.GetUtcNow(), FieldRules.Clean(note));
                RecordedEvent[] facts =
                [
                    new PrivilegeReviewed(now, account, line.Account.Person, keeps, said, by.Id),
                    .. keeps ? Array.Empty<RecordedEvent>() : [new AccountRecorded(now, line.Account with { Privileged = false }, "changed", said, by.Id)],
                ];
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                if (!keeps)
                {
                    // What was opened by the privilege ends with it.
                    await sessions.EndAsync(sessions.Of(account), SessionEnd.AccountStopped, by.Id, stop);
                }

                return ActResult.Done(account.Value);
            },
            stop);
    }

    /// <summary>Reviews past their day, for what needs a hand.</summary>
    /// <param name="months">How long a review lasts.</param>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now, TimeZoneInfo zone, int months)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(zone);
        return OperatorsView.Privileges(db)
            .Select(one => (one.Account, Due: DayOf(one.ReviewedAt ?? one.Since, zone).AddMonths(months)))
            .Where(one => DayOf(now, zone) > one.Due)
            .Select(one =>
            {
                var holder = OperatorsView.Account(db, one.Account) is { } account ? AuthorityGuard.NamedOrId(db, account.Person) : null;
                return new Attention($"review-{one.Account}", AttentionKind.PrivilegeReviewOverdue, Urgency.Important, Midnight(one.Due.AddDays(1), zone), Standing: true, Person: holder?.Id, PersonName: holder?.Name);
            })
            .ToList();
    }

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone) => new(day.ToDateTime(default), zone.GetUtcOffset(day.ToDateTime(default)));

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private ImmutableArray<ReviewLine> Lines(Statements db, Actor by)
    {
        var (today, months) = (Today, policy.Now[Limit.PrivilegedReviewMonths]);
        var (person, mayReview) = (by.Person, Authority.May(by, PageAct.ReviewPrivileges, ActSubject.None).Allowed);
        return
        [
            .. from one in OperatorsView.Privileges(db)
               let account = OperatorsView.Account(db, one.Account)!
               let due = DayOf(one.ReviewedAt ?? one.Since, record.TimeZone).AddMonths(months)
               orderby due, account.SignInName
               select new ReviewLine(
                   account,
                   AuthorityGuard.NamedOrId(db, account.Person),
                   DayOf(one.Since, record.TimeZone),
                   one.ReviewedAt is { } at ? DayOf(at, record.TimeZone) : null,
                   one.ReviewedBy is { } reviewer && OperatorsView.Account(db, new(reviewer)) is { } other ? AuthorityGuard.NamedOrId(db, other.Person) : null,
                   one.Note,
                   due,
                   today > due ? ReviewStanding.Overdue : today >= due.AddDays(-ToldDaysBefore) ? ReviewStanding.Soon : ReviewStanding.Later,
                   mayReview && account.Person != person),
        ];
    }
}
