using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Cases;

/// <summary>What time alone does to a case: 督促, 上位者への回付, 期限切れ, 定期確認. Pure: same dossier and time, same answer.</summary>
public static class CaseClock
{
    private static readonly TimeSpan RemindOfReview = TimeSpan.FromDays(7);

    /// <summary>What is due now, at most one entry: the heaviest. Asked again after it is written.</summary>
    /// <param name="today">The local day of <paramref name="now"/>.</param>
    public static RecordedEvent? Due(CaseDossier file, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.State is CaseState.Waiting or CaseState.SentBack && now >= file.LapsesAt)
        {
            return new CaseLapsed(now, file.Id, "undecided");
        }

        if (file is { Matter: ExceptionMatter exception, State: CaseState.Allowed or CaseState.AllowedWithConditions })
        {
            return today >= exception.ValidUntil ? new CaseLapsed(now, file.Id, "ended") : ReviewDue(file, now);
        }

        if (file.Current is not { } step)
        {
            return null;
        }

        var terms = CaseRules.TermsOf(file.Matter);
        if (now - file.StepSince >= terms.Escalate && ApprovalRoute.Overdue(step) is { } raised)
        {
            return new CaseEscalated(now, file.Id, file.At, raised);
        }

        return now - (file.RemindedAt ?? file.StepSince) >= terms.Remind ? new CaseReminded(now, file.Id, step.Roles, "waiting") : null;
    }

    // R-EXC-03. The review is CHIEF's; until it is done the reminder comes back.
    private static CaseReminded? ReviewDue(CaseDossier file, DateTimeOffset now)
    {
        var last = file.ReviewedAt ?? file.StepSince;
        return now - last >= CaseRules.ReviewEvery && (file.RemindedAt is not { } reminded || now - reminded >= RemindOfReview)
            ? new(now, file.Id, [Role.ChiefOfficer], "review")
            : null;
    }
}
