using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Cases;

/// <summary>受信箱.</summary>
/// <param name="Notes">What waits on pages of their own.</param>
public sealed record InboxModel(ImmutableArray<CaseCard> Cards, ImmutableArray<InboxNote> Notes);

/// <summary>Things of one kind that wait for a person on another page.</summary>
/// <param name="Says">A sentence with the count in it.</param>
public sealed record InboxNote(Word Says, int Count, string Path);

/// <summary>自分の申請, or 済んだもの.</summary>
/// <param name="Mine">True: one's own.</param>
public sealed record CaseListModel(bool Mine, CaseQuery Query, CasesPage Page);

/// <summary>何を申請しますか.</summary>
public sealed record ChooseKindModel(ImmutableArray<CaseChoice> Choices);

/// <summary>Whom or what an application is about, before its form.</summary>
/// <param name="Found">What there is to choose.</param>
/// <param name="Holding">Chosen already: the role to be acted for; null: not asked.</param>
public sealed record ChooseSubjectModel(CaseKind Kind, Word Title, Word Lead, string Words, ImmutableArray<SubjectChoice> Found, string? Holding);

/// <summary>One thing to choose.</summary>
/// <param name="Query">Added to the form's address, e.g. <c>person=S-0217</c>.</param>
/// <param name="More">A line more; empty: none.</param>
public sealed record SubjectChoice(string Query, string Name, string Kana, string Id, string More);

/// <summary>Whom or what an application is about.</summary>
public sealed record FormSubject(NamedPerson? Person, EntryGrant? Grant, CredentialId? Card, HeldBy? Holding)
{
    /// <summary>Nothing in particular.</summary>
    public static FormSubject None { get; } = new(null, null, null, null);
}

/// <summary>The form of one kind.</summary>
/// <param name="Again">Set: a case that was sent back.</param>
public sealed record CaseFormModel(CaseKind Kind, FormSubject Subject, FormState State, CaseLine? Again);

/// <summary>One case.</summary>
/// <param name="Complaint">Set: what was wanted could not be done; a sentence for the top of the page.</param>
public sealed record CasePageModel(CaseFile File, Word? Complaint);

/// <summary>A page that asks once more before a case moves.</summary>
public sealed record CaseMoveModel(CaseFile File, CaseMove Move, FormState State);

/// <summary>様式.</summary>
public sealed record CaseSheetModel(CaseFile File, Actor By);

/// <summary>What one can do to a case.</summary>
public sealed record CaseMove(string Path, Word Verb, Word Title, Word Lead, Word Do, CaseVerdict? Verdict, bool NeedsReason, bool Danger)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<CaseMove> All { get; } =
    [
        new("allow", CasesText.Allow, CasesText.AllowTitle, CasesText.AllowLead, CasesText.AllowDo, CaseVerdict.Allow, false, false),
        new("allow-if", CasesText.AllowIf, CasesText.AllowIfTitle, CasesText.AllowIfLead, CasesText.AllowIfDo, CaseVerdict.AllowWithConditions, false, false),
        new("send-back", CasesText.SendBack, CasesText.SendBackTitle, CasesText.SendBackLead, CasesText.SendBackDo, CaseVerdict.SendBack, true, false),
        new("refuse", CasesText.Refuse, CasesText.RefuseTitle, CasesText.RefuseLead, CasesText.RefuseDo, CaseVerdict.Refuse, true, true),
        new("withdraw", CasesText.Withdraw, CasesText.WithdrawTitle, CasesText.WithdrawLead, CasesText.WithdrawDo, null, false, true),
        new("carry-out", CasesText.CarryOut, CasesText.CarryOutTitle, CasesText.CarryOutLead, CasesText.CarryOutDo, null, true, false),
        new("confirm", CasesText.Confirm, CasesText.ConfirmTitle, CasesText.ConfirmLead, CasesText.ConfirmDo, null, true, false),
    ];

    /// <summary>The form's field for what one says with it.</summary>
    public string Field => Path is "carry-out" or "confirm" ? "note" : "reason";

    /// <summary>Whether this person may do it now.</summary>
    public bool OpenTo(CaseMoves may) => this switch
    {
        { Verdict: not null } => may.Decide,
        { Path: "withdraw" } => may.Withdraw,
        { Path: "carry-out" } => may.CarryOut,
        _ => may.Confirm,
    };
}

/// <summary>Paths of the kinds.</summary>
internal static class CasePaths
{
    private static readonly ImmutableArray<(CaseKind Kind, string Path)> Kinds =
    [
        (CaseKind.StaffGrant, "staff-grant"), (CaseKind.ContractorGrant, "contractor-grant"), (CaseKind.FacilityGrant, "facility-grant"),
        (CaseKind.GrantChange, "grant-change"), (CaseKind.GrantEnd, "grant-end"), (CaseKind.LostCredential, "lost-card"),
        (CaseKind.OperatorAccount, "account"), (CaseKind.RoleHolding, "role"), (CaseKind.Deputy, "deputy"), (CaseKind.PolicyException, "exception"), (CaseKind.Visit, "visit"),
        (CaseKind.RemoteAccess, "remote-access"), (CaseKind.CarryOut, "carry-out"), (CaseKind.CarryIn, "carry-in"), (CaseKind.Work, "work"), (CaseKind.EquipmentMove, "move"),
    ];

    /// <summary>The kind's form.</summary>
    public static string Apply(CaseKind kind) => $"/apply/{Kinds.First(item => item.Kind == kind).Path}";

    /// <summary>The kind of a path; null: there is none.</summary>
    public static CaseKind? KindOf(string path) => Kinds.FirstOrDefault(item => item.Path == path) is { Path: not null } found ? found.Kind : null;

    /// <summary>The case's page.</summary>
    public static string Of(CaseId id) => $"/cases/{Uri.EscapeDataString(id.Value)}";

    /// <summary>The page of what an allowed application made, where the next step is; null: it has none of its own.</summary>
    public static string? Made(CaseKind kind, string id) => kind switch
    {
        CaseKind.EquipmentMove => Equipment.MoveRoutes.Of(new(id)),
        CaseKind.Work => Work.WorkPaths.Of(new(id)),
        CaseKind.CarryOut or CaseKind.CarryIn => Carrying.CarryPaths.Of(new(id)),
        CaseKind.Visit => Visits.VisitPaths.Of(new(id)),
        _ => null,
    };
}

/// <summary>What is applied for, as lines people read.</summary>
internal static class MatterText
{
    /// <summary>In one line.</summary>
    public static string Summary(CaseLine line, Ink ink) => line.Matter switch
    {
        GrantMatter grant => $"{Zones(grant.Zones, ink)} {When(grant.Days, grant.Hours, ink)} {Period(grant.ValidFrom, grant.ValidUntil, ink)}",
        GrantChangeMatter grant => $"{grant.Grant} {Zones(grant.Zones, ink)} {When(grant.Days, grant.Hours, ink)} {Period(grant.ValidFrom, grant.ValidUntil, ink)}",
        GrantEndMatter grant => $"{grant.Grant} {ink.Fill(MeText.LastDay, Ink.LastDay(grant.EndsOn))}",
        AccountMatter account => $"{account.SignInName}{(account.Privileged ? $" {ink[RolesText.Privileged]}" : "")}",
        RoleMatter role => $"{ink.Role(role.Role)} {Covers(role.Section, role.Zones, ink)}",
        RemoteAccessMatter remote => $"{remote.Device} {Period(remote.From, remote.Until, ink)}",
        DeputyMatter deputy => $"{Holding(line.ActsIn, deputy.Holding, ink)} {Period(deputy.From, deputy.Until, ink)}",
        LostCredentialMatter lost => $"{lost.Card} {lost.Where}".TrimEnd(),
        ExceptionMatter exception => $"{exception.RuleRef} {exception.Scope}",
        MoveMatter { Plan: var plan } => $"{ink[MovesText.Of(plan.Direction)]} {VisitsText.Span(plan.From, plan.Until, ink)} {MovesText.EndOf(plan.FromZone, plan.FromOutside, ink)} → {MovesText.EndOf(plan.ToZone, plan.ToOutside, ink)} {string.Join(", ", plan.Items.Select(item => item.Tag))}",
        VisitMatter visit => $"{Span(visit.Times[0], ink)} {Zones(visit.Zones, ink)} {visit.Organisation} {ink.Fill(VisitsText.Visitors, visit.Visitors.Length)}",
        WorkMatter work => $"{VisitsText.Span(work.Plan.From, work.Plan.Until, ink)} {ink.Zone(work.Plan.Zone)} {ink[WorkPageText.In(WorkText.Of(work.Plan.Kind))]} {work.Plan.Description}",
        CarryMatter carry => $"{VisitsText.Span(carry.Plan.From, carry.Plan.DueAt, ink)} {carry.Plan.Place} {RoomGuard.Dashboard.Carrying.CarryFields.Line(carry.Plan.Items, ink)}",
        _ => "",
    };

    /// <summary>Field by field, with what stood there before where that differs.</summary>
    public static IEnumerable<(Word Name, string Value, string? Before)> Facts(CaseLine line, Ink ink)
    {
        switch (line.Matter)
        {
            case GrantMatter grant:
                yield return (DeskText.Zones, Zones(grant.Zones, ink), null);
                yield return (DeskText.When, When(grant.Days, grant.Hours, ink), null);
                yield return (DeskText.Period, Period(grant.ValidFrom, grant.ValidUntil, ink), null);
                if (grant.Contract is { } contract)
                {
                    yield return (CasesText.Contract, contract, null);
                }

                break;
            case GrantChangeMatter grant:
                var was = line.Before;
                yield return (CasesText.Grant, grant.Grant.Value, null);
                yield return Differs(DeskText.Zones, Zones(grant.Zones, ink), was is null ? null : Zones(was.Zones, ink));
                yield return Differs(DeskText.When, When(grant.Days, grant.Hours, ink), was is null ? null : When(was.Days, was.Hours, ink));
                yield return Differs(DeskText.Period, Period(grant.ValidFrom, grant.ValidUntil, ink), was is null ? null : Period(was.ValidFrom, was.ValidUntil, ink));
                break;
            case GrantEndMatter grant:
                yield return (CasesText.Grant, grant.Grant.Value, null);
                yield return Differs(CasesText.EndsOn, Ink.LastDay(grant.EndsOn), line.Before is null ? null : Ink.LastDay(line.Before.ValidUntil));
                break;
            case AccountMatter account:
                yield return (CasesText.SignInName, account.SignInName, null);
                yield return (CasesText.PrivilegedAccount, ink[account.Privileged ? CasesText.Yes : CasesText.No], null);
                yield return (CasesText.Until, account.Until is null ? ink[DeskText.NoEnd] : Ink.LastDay(account.Until), null);
                break;
            case RoleMatter role:
                yield return (CasesText.Role, ink.Role(role.Role), null);
                yield return (RolesText.Covers, Covers(role.Section, role.Zones, ink), null);
                yield return (DeskText.Period, role.Until is { } end ? Period(role.From, end, ink) : ink.Fill(DeskText.From, Ink.Date(role.From)), null);
                break;
            case DeputyMatter deputy:
                yield return (CasesText.DeputyFor, Holding(line.ActsIn, deputy.Holding, ink), null);
                yield return (DeskText.Period, Period(deputy.From, deputy.Until, ink), null);
                break;
            case RemoteAccessMatter remote:
                yield return (RolesText.RemoteDevice, remote.Device, null);
                yield return (DeskText.Period, Period(remote.From, remote.Until, ink), null);
                break;
            case LostCredentialMatter lost:
                yield return (CasesText.Card, lost.Card.Value, null);
                if (lost.Where.Length > 0)
                {
                    yield return (CasesText.LostWhere, lost.Where, null);
                }

                yield return (CasesText.WantsNew, ink[lost.WantsNew ? CasesText.Yes : CasesText.No], null);
                break;
            case ExceptionMatter exception:
                yield return (CasesText.RuleRef, exception.RuleRef, null);
                yield return (CasesText.Scope, exception.Scope, null);
                yield return (CasesText.Substitute, exception.Substitute, null);
                yield return (CasesText.Risk, exception.Risk, null);
                yield return (DeskText.Period, Period(exception.ValidFrom, exception.ValidUntil, ink), null);
                yield return (CasesText.Urgent, exception.UsedAt is { } used ? ink.Stamp(used) : ink[CasesText.No], null);
                if (exception.SelfApproval is { } alone)
                {
                    yield return (CasesText.SelfApproval, alone, null);
                }

                break;
            case MoveMatter { Plan: var plan }:
                yield return (MovesText.Direction, ink[MovesText.Of(plan.Direction)], null);
                yield return (MovesText.Purpose, ink[MovesText.Of(plan.Purpose)], null);
                yield return (MovesText.Items, string.Join(ink.Language == Language.Japanese ? "、" : ", ", plan.Items.Select(item => $"{item.Tag} {item.Rack}".TrimEnd())), null);
                yield return (MovesText.FromTo, $"{MovesText.EndOf(plan.FromZone, plan.FromOutside, ink)} → {MovesText.EndOf(plan.ToZone, plan.ToOutside, ink)}", null);
                yield return (MovesText.OffPremises, ink[plan.OffPremises ? CasesText.Yes : CasesText.No], null);
                yield return (MovesText.Planned, VisitsText.Span(plan.From, plan.Until, ink), null);
                yield return (MovesText.Carriers, string.Join(ink.Language == Language.Japanese ? "、" : ", ", plan.Carriers), null);
                if (plan.SealNo.Length > 0)
                {
                    yield return (MovesText.SealNo, plan.SealNo, null);
                }

                break;
            case VisitMatter visit:
                var and = ink.Language == Language.Japanese ? "、" : ", ";
                yield return (VisitsText.VisitorNames, string.Join(and, visit.Visitors.Select(one => one.Kana.Length > 0 ? $"{one.Name} ({one.Kana})" : one.Name)), null);
                yield return (VisitsText.Organisation, visit.Organisation, null);
                yield return (DeskText.Zones, Zones(visit.Zones, ink), null);
                yield return (VisitsText.Times, string.Join(and, visit.Times.Select(time => Span(time, ink))), null);
                yield return (VisitsText.Escorts, string.Join(and, visit.Escorts), null);
                yield return (VisitsText.Permits, RoomGuard.Dashboard.Visits.ItemFields.Line(visit.Items, ink), null);
                if (visit.Contract is { } behind)
                {
                    yield return (CasesText.Contract, behind, null);
                }

                if (visit.WalkIn)
                {
                    yield return (VisitsText.WalkIn, ink[VisitsText.WalkInAtDesk], null);
                }

                break;
            case WorkMatter work:
                foreach (var fact in RoomGuard.Dashboard.Work.WorkFields.Facts(work.Plan, ink))
                {
                    yield return fact;
                }

                break;
            case CarryMatter carry:
                foreach (var fact in RoomGuard.Dashboard.Carrying.CarryFields.Facts(carry.Plan, ink))
                {
                    yield return fact;
                }

                break;
        }
    }

    /// <summary>The areas by name.</summary>
    public static string Zones(ImmutableArray<ZoneId> zones, Ink ink) => string.Join(ink.Language == Language.Japanese ? "、" : ", ", zones.Select(ink.Zone));

    /// <summary>From one time of day to another, with the day once where it is the same.</summary>
    public static string Span(VisitTime time, Ink ink) => VisitsText.Span(time.From, time.Until, ink);

    /// <summary>What a role covers.</summary>
    public static string Covers(string section, ImmutableArray<ZoneId> zones, Ink ink) =>
        $"{(section.Length == 0 ? ink[CasesText.WholeOrganisation] : section)}{(zones.IsDefaultOrEmpty ? "" : $" ({Zones(zones, ink)})")}";

    /// <summary>Both ends included, as people say it.</summary>
    public static string Period(DateOnly from, DateOnly until, Ink ink) => ink.Fill(DeskText.FromTo, Ink.Date(from), Ink.LastDay(until));

    private static string When(WeekDays days, Hours hours, Ink ink) => $"{ChoiceText.Of(days, ink.Language)} {ChoiceText.Of(hours, ink.Language)}";

    private static string Holding(HeldBy? held, string number, Ink ink) =>
        held is null ? number : $"{held.Holder.Name} {ink.Role(held.Holding.Role)} {Covers(held.Holding.Section, held.Holding.Zones, ink)}";

    private static (Word, string, string?) Differs(Word name, string now, string? before) => (name, now, before == now ? null : before);
}
