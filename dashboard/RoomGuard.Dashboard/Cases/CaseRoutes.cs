using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Zones;

namespace RoomGuard.Dashboard.Cases;

/// <summary>申請・承認. Lists are GETs; every step is a form, its page, then a redirect to the case.</summary>
internal static class CaseRoutes
{
    private const int Rows = 50;
    private const int ChoicesShown = 40;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", PageGuard.Get(Inbox));
        routes.MapGet("/approvals/mine", PageGuard.Get(Mine));
        routes.MapGet("/approvals/done", PageGuard.Get(Done));
        routes.MapGet("/apply", PageGuard.Get(async request => request.Show<ChooseKindPage>(
            new ChooseKindModel(await request.Port<ICaseDesk>().Choices(request.Actor, request.Gone).ConfigureAwait(false)))));
        routes.MapGet("/apply/{kind}", PageGuard.Get(request => WithKind(request, kind => WithSubject(request, kind, async subject =>
            request.Show<CaseFormPage>(new CaseFormModel(kind, subject, kind is CaseKind.CarryOut or CaseKind.CarryIn ? await Carrying.CarryFields.Fresh(request, kind).ConfigureAwait(false) : Fresh(request, kind, subject), null))))));
        routes.MapPost("/apply/{kind}", PageGuard.Post(request => WithKind(request, kind => WithSubject(request, kind, subject => Apply(request, kind, subject)))));
        routes.MapGet("/cases/{id}", PageGuard.Get(request => WithCase(request, file => Ok(request.Show<CasePage>(new CasePageModel(file, null))))));
        routes.MapGet("/cases/{id}/form", PageGuard.Get(request => WithCase(request, file => Ok(request.Show<CaseSheetPage>(new CaseSheetModel(file, request.Actor))))));
        routes.MapGet("/cases/{id}/change", PageGuard.Get(request => WithCase(request, file => file.May.Resubmit
            ? AskAgain(request, file, Typed(request, file.Line))
            : Stale(request, file, CasesText.NotNow))));
        routes.MapPost("/cases/{id}/change", PageGuard.Post(request => WithCase(request, file => Resubmit(request, file))));
        foreach (var move in CaseMove.All)
        {
            routes.MapGet($"/cases/{{id}}/{move.Path}", PageGuard.Get(request => WithCase(request, file => Ask(request, file, move))));
            routes.MapPost($"/cases/{{id}}/{move.Path}", PageGuard.Post(request => WithCase(request, file => Move(request, file, move))));
        }
    }

    private static async Task<IResult> Inbox(PageRequest request)
    {
        var carried = await request.Port<Carrying.ICarryDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        var works = await request.Port<Work.IWorkDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        var disposals = await request.Port<Equipment.IDisposalDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        var assets = await request.Port<Equipment.IAssetDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        var stock = await request.Port<Equipment.IStocktakeDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        var contracts = await request.Port<Contractors.IContractorDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<InboxPage>(new InboxModel(
            await request.Port<ICaseDesk>().Inbox(request.Actor, request.Gone).ConfigureAwait(false),
            [
                .. Note(ReviewText.Waiting, await request.Port<IPrivilegeReviews>().Waiting(request.Actor, request.Gone).ConfigureAwait(false), "/accounts/reviews"),
                .. Note(ZonesText.Waiting, await request.Port<IZoneDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false), "/zones"),
                .. Note(CarryPageText.WaitingOverdue, carried.Overdue, "/carry?show=Overdue"),
                .. Note(WorkPageText.WaitingOpen, works.Open, "/works?show=Open"),
                .. Note(WorkPageText.WaitingCheck, works.ToCheck, "/works?show=Ended"),
                .. Note(CarryPageText.WaitingCheck, carried.ToCheck, "/carry?show=AwaitsCheck"),
                .. Note(AssetsText.WaitingMaintenance, assets.Maintenance, "/equipment?show=Overdue"),
                .. Note(AssetsText.WaitingReturns, assets.Returns, "/equipment?show=Overdue"),
                .. Note(OffsiteText.Waiting, await request.Port<Equipment.IOffsiteDesk>().Waiting(request.Actor, request.Gone).ConfigureAwait(false), "/offsite"),
                .. Note(DisposalsText.WaitingDecide, disposals.ToDecide, "/disposals?show=ToDecide"),
                .. Note(DisposalsText.WaitingVerify, disposals.ToVerify, "/disposals?show=ToVerify"),
                .. Note(DisposalsText.WaitingOwed, disposals.Owed, "/disposals"),
                .. Note(DisposalsText.WaitingCertificate, disposals.Overdue, "/disposals?show=Overdue"),
                .. Note(StocktakesText.WaitingDue, stock.Due, "/stocktakes"),
                .. Note(StocktakesText.WaitingConfirm, stock.ToConfirm, "/stocktakes"),
                .. Note(ContractText.WaitingOverdue, contracts.Overdue, "/contracts?show=CheckOverdue"),
                .. Note(ContractText.WaitingReports, contracts.Reports, "/contracts?show=Reported"),
                .. Note(ContractText.WaitingOutstanding, contracts.Outstanding, "/contracts?show=Outstanding"),
            ]));
    }

    private static IEnumerable<InboxNote> Note(Word word, int count, string path) => count == 0 ? [] : [new(word, count, path)];

    private static async Task<IResult> Mine(PageRequest request)
    {
        var after = After(request);
        var page = await request.Port<ICaseDesk>().Mine(after, Rows, request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<CaseListPage>(new CaseListModel(true, new(null, null, null, after, Rows), page));
    }

    private static async Task<IResult> Done(PageRequest request)
    {
        var query = new CaseQuery(
            request.Field("q") is { Length: > 0 } words ? words[..Math.Min(words.Length, 200)] : null,
            Choice<CaseKind>(request.Field("kind")), Choice<CaseState>(request.Field("state")), After(request), Rows);
        var page = await request.Port<ICaseDesk>().Done(query, request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<CaseListPage>(new CaseListModel(false, query, page));
    }

    private static async Task<IResult> Apply(PageRequest request, CaseKind kind, FormSubject subject)
    {
        var reader = new FormReader(request.Form);
        var matter = ReadMatter(request, reader, kind, subject);
        var reason = ReadReason(reader, kind);
        ImmutableArray<FieldProblem> more = [];
        if (reader.Ok)
        {
            var done = await request.Port<ICaseDesk>().Apply(matter, reason, request.Actor, request.Gone).ConfigureAwait(false);
            if (done.Ok)
            {
                return request.Done(done.Id is { } id ? CasePaths.Of(new(id)) : "/approvals/mine");
            }

            if (done.Refusal is { } refusal)
            {
                return Refused(request, refusal, "/apply");
            }

            more = done.Problems;
        }

        return request.Show<CaseFormPage>(new CaseFormModel(kind, subject, reader.State(more), null), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> AskAgain(PageRequest request, CaseFile file, FormState state) => request.Show<CaseFormPage>(
        new CaseFormModel(file.Line.Matter.Kind, await SubjectOf(request, file.Line).ConfigureAwait(false), state, file.Line), state.Problems.IsEmpty ? 200 : 422);

    private static async Task<IResult> Resubmit(PageRequest request, CaseFile file)
    {
        if (!file.May.Resubmit)
        {
            // It may wait for somebody else: the desk says for whom, and writes down who tried.
            var refused = file.Line.State is CaseState.SentBack
                ? await request.Port<ICaseDesk>().Resubmit(file.Line.Id, Version(request), file.Line.Matter, "", request.Actor, request.Gone).ConfigureAwait(false)
                : null;
            return refused?.Refusal is { } why ? Refused(request, why, CasePaths.Of(file.Line.Id)) : await Stale(request, file, CasesText.NotNow).ConfigureAwait(false);
        }

        var subject = await SubjectOf(request, file.Line).ConfigureAwait(false);
        var kind = file.Line.Matter.Kind;
        var reader = new FormReader(request.Form);
        var matter = ReadMatter(request, reader, kind, subject);
        var reason = ReadReason(reader, kind);
        if (!reader.Ok)
        {
            return await AskAgain(request, file, reader.State()).ConfigureAwait(false);
        }

        var done = await request.Port<ICaseDesk>().Resubmit(file.Line.Id, Version(request), matter, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done(CasePaths.Of(file.Line.Id)),
            { Refusal: { } refusal } => Refused(request, refusal, CasePaths.Of(file.Line.Id)),
            _ when IsStale(done) => await StaleAnew(request, file).ConfigureAwait(false),
            _ => await AskAgain(request, file, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static Task<IResult> Ask(PageRequest request, CaseFile file, CaseMove move)
    {
        if (!move.OpenTo(file.May))
        {
            return move.Verdict is not null && file.May.WhyNotDecide is { } why
                ? Ok(Refused(request, why, CasePaths.Of(file.Line.Id)))
                : Stale(request, file, CasesText.NotNow);
        }

        var seen = request.Field("v");
        var now = file.Line.Version.ToString(CultureInfo.InvariantCulture);
        return seen.Length > 0 && seen != now
            ? Stale(request, file, CasesText.Stale)
            : Ok(request.Show<CaseMovePage>(new CaseMoveModel(file, move, FormState.Of(("v", now)))));
    }

    private static async Task<IResult> Move(PageRequest request, CaseFile file, CaseMove move)
    {
        var (desk, id, version) = (request.Port<ICaseDesk>(), file.Line.Id, Version(request));
        var reader = new FormReader(request.Form);
        var reason = move.NeedsReason ? reader.Text(move.Field, 400) : reader.Optional(move.Field, 400);
        var conditions = move.Verdict == CaseVerdict.AllowWithConditions ? reader.Text("conditions", 400) : "";
        if (!reader.Ok)
        {
            return request.Show<CaseMovePage>(new CaseMoveModel(file, move, reader.State()), StatusCodes.Status422UnprocessableEntity);
        }

        var done = move switch
        {
            { Verdict: { } verdict } => await desk.Decide(id, version, verdict, reason, conditions, request.Actor, request.Gone).ConfigureAwait(false),
            { Path: "withdraw" } => await desk.Withdraw(id, version, reason, request.Actor, request.Gone).ConfigureAwait(false),
            { Path: "carry-out" } => await desk.CarryOut(id, version, reason, request.Actor, request.Gone).ConfigureAwait(false),
            _ => await desk.Confirm(id, version, reason, request.Actor, request.Gone).ConfigureAwait(false),
        };
        return done switch
        {
            { Ok: true } => request.Done(CasePaths.Of(id)),
            { Refusal: { } refusal } => Refused(request, refusal, CasePaths.Of(id)),
            _ when IsStale(done) => await StaleAnew(request, file).ConfigureAwait(false),
            _ => request.Show<CaseMovePage>(new CaseMoveModel(file, move, reader.State(done.Problems)), StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static bool IsStale(ActResult done) => done.Problems.Any(problem => problem.Fault == FieldFault.ChangedMeanwhile);

    private static async Task<IResult> StaleAnew(PageRequest request, CaseFile file) => await Stale(
        request, await request.Port<ICaseDesk>().Case(file.Line.Id, request.Actor, request.Gone).ConfigureAwait(false) ?? file, CasesText.Stale).ConfigureAwait(false);

    private static Task<IResult> Stale(PageRequest request, CaseFile file, Word complaint) =>
        Ok(request.Show<CasePage>(new CasePageModel(file, complaint), StatusCodes.Status409Conflict));

    private static IResult Refused(PageRequest request, Refusal refusal, string back) =>
        request.Show<RefusalPage>(new RefusalModel(refusal, "/approvals", back), StatusCodes.Status403Forbidden);

    private static CaseMatter ReadMatter(PageRequest request, FormReader reader, CaseKind kind, FormSubject subject)
    {
        var person = subject.Person?.Id ?? default;
        switch (kind)
        {
            case CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant or CaseKind.GrantChange:
                var (zones, days, hours) = (ReadZones(request, reader, required: true), ReadDays(reader), new Hours(reader.Hour("from"), reader.Hour("until")));
                var (first, end) = (reader.Day("validFrom"), LastDay(reader, "validUntil"));
                CheckOrder(reader, first, end, "validUntil");
                return kind == CaseKind.GrantChange
                    ? new GrantChangeMatter(subject.Grant?.Id ?? default, zones, days, hours, first, end)
                    : new GrantMatter(kind, person, zones, days, hours, first, end, kind == CaseKind.ContractorGrant ? reader.Text("contract", 40) : null);
            case CaseKind.GrantEnd:
                return new GrantEndMatter(subject.Grant?.Id ?? default, LastDay(reader, "endsOn"));
            case CaseKind.OperatorAccount:
                return new AccountMatter(person, reader.Text("signInName", 40), reader.Ticked("privileged").Contains("1"), reader.OptionalLastDay("until"));
            case CaseKind.RoleHolding:
                var role = reader.Choice<Role>("role");
                var (section, answered) = (reader.Optional("section"), ReadZones(request, reader, required: false));
                var (from, until) = (reader.Day("from"), reader.OptionalLastDay("until"));
                CheckOrder(reader, from, until, "until");
                return new RoleMatter(person, role, section, answered, from, until);
            case CaseKind.Deputy:
                var (begins, ends) = (reader.Day("from"), LastDay(reader, "until"));
                CheckOrder(reader, begins, ends, "until");
                return new DeputyMatter(person, subject.Holding?.Holding.Id ?? "", begins, ends);
            case CaseKind.RemoteAccess:
                var device = reader.Text("device", 400);
                var (onFrom, onUntil) = (reader.Day("from"), LastDay(reader, "until"));
                CheckOrder(reader, onFrom, onUntil, "until");
                return new RemoteAccessMatter(person, device, onFrom, onUntil);
            case CaseKind.EquipmentMove:
                return RoomGuard.Dashboard.Equipment.MoveFields.Read(request, reader);
            case CaseKind.Visit:
                return RoomGuard.Dashboard.Visits.VisitFormReading.Read(request, reader, ReadZones(request, reader, required: true), walkIn: false);
            case CaseKind.Work:
                return Work.WorkFields.Read(request, reader);
            case CaseKind.CarryOut or CaseKind.CarryIn:
                return Carrying.CarryFields.Read(request, reader, kind);
            case CaseKind.LostCredential:
                return new LostCredentialMatter(subject.Card ?? default, reader.Optional("where", 400), reader.Ticked("wantsNew").Contains("1"));
            default:
                var (rule, scope, substitute, risk) = (reader.Text("ruleRef", 40), reader.Text("scope"), reader.Text("substitute", 1000), reader.Text("risk", 1000));
                var (starts, stops) = (reader.Day("validFrom"), LastDay(reader, "validUntil"));
                CheckOrder(reader, starts, stops, "validUntil");
                return new ExceptionMatter(
                    rule, scope, substitute, risk, starts, stops, ReadMoment(request, reader, "usedAt"),
                    reader.Optional("selfApproval", 400) is { Length: > 0 } alone ? alone : null);
        }
    }

    private static string ReadReason(FormReader reader, CaseKind kind) => kind == CaseKind.LostCredential ? reader.Optional("reason", 400) : reader.Text("reason", 400);

    private static ImmutableArray<ZoneId> ReadZones(PageRequest request, FormReader reader, bool required)
    {
        var zones = reader.Ticked("zones");
        if (required && zones.IsEmpty)
        {
            reader.Complain("zones", FieldFault.Required);
        }
        else if (zones.Any(zone => request.Site.Zones.All(one => one.Id.Value != zone)))
        {
            reader.Complain("zones", FieldFault.NotAChoice);
        }

        return [.. zones.Select(zone => new ZoneId(zone))];
    }

    private static WeekDays ReadDays(FormReader reader)
    {
        var days = reader.Ticked("days").Select(day => Choice<WeekDays>(day) ?? WeekDays.None).Aggregate(WeekDays.None, (sum, day) => sum | day);
        if (days == WeekDays.None)
        {
            reader.Complain("days", FieldFault.Required);
        }

        return days;
    }

    private static DateTimeOffset? ReadMoment(PageRequest request, FormReader reader, string field)
    {
        var text = reader.Optional(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (Dates.TryTime(text, out var local))
        {
            return request.Ink.Moment(local);
        }

        reader.Complain(field, FieldFault.NotADate, text);
        return null;
    }

    private static DateOnly LastDay(FormReader reader, string field) => reader.Day(field) is var day && day == default ? default : day.AddDays(1);

    private static void CheckOrder(FormReader reader, DateOnly from, DateOnly? until, string field)
    {
        if (reader.Ok && from >= until)
        {
            reader.Complain(field, FieldFault.EndBeforeStart);
        }
    }

    private static FormState Fresh(PageRequest request, CaseKind kind, FormSubject subject) => kind switch
    {
        CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant => FormState.Of(
        [
            .. request.Site.Zones.Length == 1 ? [("zones", request.Site.Zones[0].Id.Value)] : Array.Empty<(string, string)>(),
            .. ChoiceText.Days.Where(day => WeekDays.Weekdays.HasFlag(day.Day)).Select(day => ("days", day.Day.ToString())),
            ("validFrom", Ink.Field(request.Today)),
        ]),
        CaseKind.GrantChange when subject.Grant is { } grant => FormState.Of(
            [.. Fields(grant.Zones, grant.Days, grant.Hours), ("validFrom", Ink.Field(grant.ValidFrom)), ("validUntil", Ink.Field(grant.ValidUntil.AddDays(-1)))]),
        CaseKind.GrantEnd => FormState.Of(("endsOn", Ink.Field(request.Today))),
        CaseKind.RoleHolding when subject.Person is { } person => FormState.Of(("section", person.Section), ("from", Ink.Field(request.Today))),
        CaseKind.Deputy or CaseKind.RemoteAccess => FormState.Of(("from", Ink.Field(request.Today))),
        CaseKind.LostCredential => FormState.Of(("wantsNew", "1")),
        CaseKind.Work => Work.WorkFields.Fresh(request),
        CaseKind.PolicyException => FormState.Of(("validFrom", Ink.Field(request.Today))),
        CaseKind.EquipmentMove => FormState.Of(("carriers", request.Actor.Person.Value), ("items", request.Field("item"))),
        CaseKind.Visit => FormState.Of(
        [
            .. request.Site.Zones.Length == 1 ? [("zones", request.Site.Zones[0].Id.Value)] : Array.Empty<(string, string)>(),
            ("day", Ink.Field(request.Today)), ("escorts", request.Actor.Person.Value), ("repeat", "none"),
        ]),
        _ => FormState.Empty,
    };

    private static FormState Typed(PageRequest request, CaseLine line)
    {
        (string, string)[] fields = line.Matter switch
        {
            GrantMatter grant =>
            [
                .. Fields(grant.Zones, grant.Days, grant.Hours), ("validFrom", Ink.Field(grant.ValidFrom)),
                ("validUntil", Ink.Field(grant.ValidUntil.AddDays(-1))), ("contract", grant.Contract ?? ""),
            ],
            GrantChangeMatter grant =>
                [.. Fields(grant.Zones, grant.Days, grant.Hours), ("validFrom", Ink.Field(grant.ValidFrom)), ("validUntil", Ink.Field(grant.ValidUntil.AddDays(-1)))],
            GrantEndMatter grant => [("endsOn", Ink.Field(grant.EndsOn.AddDays(-1)))],
            AccountMatter account =>
                [("signInName", account.SignInName), ("privileged", account.Privileged ? "1" : ""), ("until", Ink.Field(account.Until?.AddDays(-1)))],
            RoleMatter role =>
            [
                ("role", role.Role.ToString()), ("section", role.Section), .. role.Zones.Select(zone => ("zones", zone.Value)),
                ("from", Ink.Field(role.From)), ("until", Ink.Field(role.Until?.AddDays(-1))),
            ],
            DeputyMatter deputy => [("from", Ink.Field(deputy.From)), ("until", Ink.Field(deputy.Until.AddDays(-1)))],
            RemoteAccessMatter remote => [("device", remote.Device), ("from", Ink.Field(remote.From)), ("until", Ink.Field(remote.Until.AddDays(-1)))],
            LostCredentialMatter lost => [("where", lost.Where), ("wantsNew", lost.WantsNew ? "1" : "")],
            ExceptionMatter exception =>
            [
                ("ruleRef", exception.RuleRef), ("scope", exception.Scope), ("substitute", exception.Substitute), ("risk", exception.Risk),
                ("validFrom", Ink.Field(exception.ValidFrom)), ("validUntil", Ink.Field(exception.ValidUntil.AddDays(-1))),
                ("usedAt", exception.UsedAt is { } used ? request.Ink.Stamp(used) : ""), ("selfApproval", exception.SelfApproval ?? ""),
            ],
            MoveMatter move => [.. RoomGuard.Dashboard.Equipment.MoveFields.Typed(move, request.Ink)],
            VisitMatter visit => [.. RoomGuard.Dashboard.Visits.VisitFormReading.Typed(visit, request.Ink)],
            WorkMatter work => [.. Work.WorkFields.Typed(work.Plan, request.Ink)],
            CarryMatter carry => [.. Carrying.CarryFields.Typed(carry.Plan, request.Ink)],
            _ => [],
        };
        return FormState.Of([.. fields, ("reason", line.Reason)]);
    }

    private static (string, string)[] Fields(ImmutableArray<ZoneId> zones, WeekDays days, Hours hours) =>
    [
        .. zones.Select(zone => ("zones", zone.Value)), .. ChoiceText.Days.Where(day => days.HasFlag(day.Day)).Select(day => ("days", day.Day.ToString())),
        ("from", hours.From.ToString("HH:mm", CultureInfo.InvariantCulture)), ("until", hours.Until.ToString("HH:mm", CultureInfo.InvariantCulture)),
    ];

    private static async Task<IResult> WithKind(PageRequest request, Func<CaseKind, Task<IResult>> then)
    {
        if (CasePaths.KindOf(request.Route("kind")) is not { } kind)
        {
            return Missing(request);
        }

        var choices = await request.Port<ICaseDesk>().Choices(request.Actor, request.Gone).ConfigureAwait(false);
        return choices.FirstOrDefault(choice => choice.Kind == kind)?.WhyNot is { } why ? Refused(request, why, "/apply") : await then(kind).ConfigureAwait(false);
    }

    // Finds what the form is about, or lets the person choose it first.
    private static async Task<IResult> WithSubject(PageRequest request, CaseKind kind, Func<FormSubject, Task<IResult>> then)
    {
        var (desk, words) = (request.Port<ICaseDesk>(), request.Field("q"));
        switch (kind)
        {
            case CaseKind.PolicyException or CaseKind.Visit or CaseKind.CarryOut or CaseKind.CarryIn or CaseKind.Work or CaseKind.EquipmentMove:
                return await then(FormSubject.None).ConfigureAwait(false);
            case CaseKind.GrantChange or CaseKind.GrantEnd:
                var number = request.Field("grant");
                var grants = await desk.Grants(number.Length > 0 ? number : words, ChoicesShown, request.Actor, request.Gone).ConfigureAwait(false);
                return grants.FirstOrDefault(item => item.Grant.Id.Value == number) is { } grant
                    ? await then(new(grant.Holder, grant.Grant, null, null)).ConfigureAwait(false)
                    : Choose(request, kind, CasesText.WhichGrant, CasesText.WhichGrantLead, words, grants.Select(item => new SubjectChoice(
                        $"grant={Uri.EscapeDataString(item.Grant.Id.Value)}", item.Holder.Name, item.Holder.Kana, item.Grant.Id.Value,
                        $"{MatterText.Zones(item.Grant.Zones, request.Ink)} {MatterText.Period(item.Grant.ValidFrom, item.Grant.ValidUntil, request.Ink)}")));
            case CaseKind.LostCredential:
                var id = request.Field("card");
                var cards = await desk.Cards(id.Length > 0 ? id : words, ChoicesShown, request.Actor, request.Gone).ConfigureAwait(false);
                return cards.FirstOrDefault(item => item.Card.Value == id) is { } card
                    ? await then(new(card.Holder, null, card.Card, null)).ConfigureAwait(false)
                    : Choose(request, kind, CasesText.WhichCard, CasesText.WhichCardLead, words, cards.Select(item => new SubjectChoice(
                        $"card={Uri.EscapeDataString(item.Card.Value)}", item.Holder.Name, item.Holder.Kana, item.Card.Value, item.Holder.Section)));
            case CaseKind.Deputy:
                var holding = await Held(request, request.Field("holding")).ConfigureAwait(false);
                if (holding is null)
                {
                    var board = await request.Port<IRoleDesk>().Roles(request.Actor, request.Gone).ConfigureAwait(false);
                    return Choose(request, kind, CasesText.WhichHolding, CasesText.WhichHoldingLead, words, board.Holdings
                        .Where(line => line.For is null && !line.Ended)
                        .Where(line => words.Length == 0 || $"{line.Holder.Name} {line.Holder.Kana} {line.Holder.Id} {line.Holding.Id}".Contains(words, StringComparison.OrdinalIgnoreCase))
                        .Select(line => new SubjectChoice(
                            $"holding={Uri.EscapeDataString(line.Holding.Id)}", request.Ink.Role(line.Holding.Role), "", line.Holding.Id,
                            $"{line.Holder.Name} {MatterText.Covers(line.Holding.Section, line.Holding.Zones, request.Ink)}")));
                }

                return await WithPerson(request, kind, words, holding.Holding.Id, person => then(new(person, null, null, holding)))
                    .ConfigureAwait(false);
            default:
                return await WithPerson(request, kind, words, null, person => then(new(person, null, null, null))).ConfigureAwait(false);
        }
    }

    private static async Task<IResult> WithPerson(PageRequest request, CaseKind kind, string words, string? holding, Func<NamedPerson, Task<IResult>> then)
    {
        var id = request.Field("person");
        var people = await request.Port<ICaseDesk>().Candidates(kind, id.Length > 0 ? id : words, ChoicesShown, request.Actor, request.Gone).ConfigureAwait(false);
        var chosen = people.FirstOrDefault(person => person.Id.Value == id);
        // Who can only apply for themselves is not asked for whom.
        if (chosen is null && id.Length == 0 && words.Length == 0 && people.Length == 1 && request.Field("choose").Length == 0)
        {
            chosen = people[0];
        }

        return chosen is not null
            ? await then(chosen).ConfigureAwait(false)
            : Choose(request, kind, CasesText.WhoFor, CasesText.WhoForLead, words, people.Select(person => new SubjectChoice(
                $"person={Uri.EscapeDataString(person.Id.Value)}{(holding is null ? "" : $"&holding={Uri.EscapeDataString(holding)}")}", person.Name, person.Kana, person.Id.Value,
                person.Section)), holding);
    }

    private static IResult Choose(PageRequest request, CaseKind kind, Word title, Word lead, string words, IEnumerable<SubjectChoice> found, string? holding = null) =>
        request.Show<ChooseSubjectPage>(
            new ChooseSubjectModel(kind, title, lead, words, [.. found.Take(ChoicesShown)], holding),
            HttpMethods.IsGet(request.Context.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<FormSubject> SubjectOf(PageRequest request, CaseLine line) => new(
        line.Subject, line.Before, line.Matter is LostCredentialMatter lost ? lost.Card : null,
        line.ActsIn ?? (line.Matter is DeputyMatter deputy ? await Held(request, deputy.Holding).ConfigureAwait(false) : null));

    private static async Task<HeldBy?> Held(PageRequest request, string number)
    {
        if (number.Length == 0)
        {
            return null;
        }

        var board = await request.Port<IRoleDesk>().Roles(request.Actor, request.Gone).ConfigureAwait(false);
        return board.Holdings.FirstOrDefault(line => line.Holding.Id == number) is { } found ? new(found.Holding, found.Holder) : null;
    }

    private static async Task<IResult> WithCase(PageRequest request, Func<CaseFile, Task<IResult>> then) =>
        await request.Port<ICaseDesk>().Case(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file
            ? await then(file).ConfigureAwait(false)
            : Missing(request);

    private static int Version(PageRequest request) => int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    private static TChoice? Choice<TChoice>(string text)
        where TChoice : struct, Enum =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static string? After(PageRequest request) => request.Field("after") is { Length: > 0 } after ? after : null;

    private static Task<IResult> Ok(IResult result) => Task.FromResult(result);

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
