using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Carrying;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Work;

namespace RoomGuard.Dashboard.Schedule;

/// <summary>Applications that wait: one's own, and those that wait for whoever asks.</summary>
internal sealed class CaseSchedule(ICaseDesk desk) : IOpenSteps
{
    private const int MostOwn = 100;

    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var inbox = await desk.Inbox(by, gone).ConfigureAwait(false);
        var own = await desk.Mine(null, MostOwn, by, gone).ConfigureAwait(false);
        return
        [
            .. from line in inbox.Select(card => card.Line).Concat(own.Cases).DistinctBy(line => line.Id)
               where line.State is CaseState.Waiting or CaseState.SentBack
               let kind = KindOf(line.Matter.Kind)
               where kind is not null
               select new OpenCard(OpenStep.Applied, kind, line.Id.Value, CasePaths.Of(line.Id), MatterText.Summary(line, ink), line.Applicant.Name, null, line.Due, [CasesText.Of(line.State)]),
        ];
    }

    private static OpenKind? KindOf(CaseKind kind) => kind switch
    {
        CaseKind.EquipmentMove => OpenKind.Move,
        CaseKind.CarryOut or CaseKind.CarryIn => OpenKind.Carry,
        CaseKind.Work => OpenKind.Work,
        _ => null,
    };
}

/// <summary>搬入・搬出.</summary>
internal sealed class MoveSchedule(IMoveDesk desk) : IOpenSteps, IAtTheDoor
{
    private const int MostNamed = 3;

    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var looks = await desk.Moves(by, gone).ConfigureAwait(false) ?? [];
        return
        [
            .. from look in looks
               let plan = look.Move.Move.Plan
               let late = look.Move.IsOpen && plan.Until <= now
               let step = look.Move.State switch
               {
                   MoveState.Interrupted => OpenStep.Stopped,
                   MoveState.Approved or MoveState.Checked or MoveState.InProgress when late => OpenStep.Stopped,
                   MoveState.Approved or MoveState.Checked => OpenStep.Permitted,
                   MoveState.InProgress => OpenStep.UnderWay,
                   MoveState.Completed when look.Move.ToInstall().Any() => OpenStep.ToConfirm,
                   _ => (OpenStep?)null,
               }
               where step is not null
               select new OpenCard(
                   step.Value, OpenKind.Move, look.Move.Move.Id.Value, MoveRoutes.Of(look.Move.Move.Id), $"{ink[MovesText.Of(plan.Direction)]} {Items(look)}", look.NameOf(look.Move.Move.AppliedBy), plan.From, plan.Until,
                   [MovesText.Of(look.Move.State), .. late ? [ScheduleText.Late] : Array.Empty<Sign>()]),
        ];
    }

    public async Task<ImmutableArray<DoorItem>> On(DateOnly day, Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var (from, until) = (ink.Midnight(day), ink.Midnight(day.AddDays(1)));
        var planned = await desk.Planned(from, until, by, gone).ConfigureAwait(false);

        // What began on another day and is still under way passes the door today.
        var open = (await desk.Moves(by, gone).ConfigureAwait(false) ?? []).Where(look => look.Move.IsOpen && look.Move.Move.Plan.From < until && look.Move.Move.Plan.Until > from);
        return
        [
            .. from look in planned.Concat(open).DistinctBy(look => look.Move.Move.Id)
               let plan = look.Move.Move.Plan
               where look.Move.State is not MoveState.Cancelled
               select new DoorItem(
                   plan.From, MovesText.Of(plan.Direction), OpenKind.Move, look.Move.Move.Id.Value, MoveRoutes.Of(look.Move.Move.Id), Items(look), string.Join(' ', plan.Carriers.Select(look.NameOf)),
                   $"{MovesText.EndOf(plan.FromZone, plan.FromOutside, ink)} → {MovesText.EndOf(plan.ToZone, plan.ToOutside, ink)}", MovesText.Of(look.Move.State), look.Move.State is MoveState.Completed,
                   look.Move.IsOpen && plan.Until <= now),
        ];
    }

    private static string Items(MoveLook look) =>
        string.Join(" ", look.Move.Move.Plan.Items.Take(MostNamed).Select(item => $"{item.Tag} {look.Items.FirstOrDefault(line => line.Asset.Tag == item.Tag)?.Asset.Name}".TrimEnd())) + (look.Move.Move.Plan.Items.Length > MostNamed ? " …" : "");
}

/// <summary>持出し・持込み.</summary>
internal sealed class CarrySchedule(ICarryDesk desk) : IOpenSteps, IAtTheDoor, IDueDates
{
    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var looks = (await desk.Register(new("", null, null, null, null), by, gone).ConfigureAwait(false)).Permits;
        return
        [
            .. from look in looks
               let step = look.Status switch
               {
                   CarryStatus.Permitted => OpenStep.Permitted,
                   CarryStatus.Out or CarryStatus.Inside => OpenStep.UnderWay,
                   CarryStatus.Overdue => OpenStep.Stopped,
                   CarryStatus.AwaitsCheck => OpenStep.ToConfirm,
                   _ => (OpenStep?)null,
               }
               where step is not null
               let permit = look.File.Permit
               select new OpenCard(
                   step.Value, OpenKind.Carry, permit.Id.Value, CarryPaths.Of(permit.Id), $"{ink[CarryPageText.In(CarryText.Of(permit.Plan.Direction))]} {CarryFields.Line(permit.Plan.Items, ink)}", look.NameOf(permit.AppliedBy),
                   permit.Plan.From, permit.Plan.DueAt, [CarryPageText.Of(look.Status)]),
        ];
    }

    public async Task<ImmutableArray<DoorItem>> On(DateOnly day, Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var found = ImmutableArray.CreateBuilder<DoorItem>();
        foreach (var look in (await desk.Register(new("", null, null, day, day), by, gone).ConfigureAwait(false)).Permits)
        {
            var (permit, plan, outward) = (look.File.Permit, look.File.Permit.Plan, look.File.Permit.Plan.Direction is CarryDirection.Out);
            var (passed, back) = (look.File.Items.Select(item => item.PassedAt).Min(), look.File.Items.Select(item => item.BackAt).Max());
            if (look.Status is CarryStatus.Revoked or CarryStatus.Unused)
            {
                continue;
            }

            // The way out, or in: when it passed, else from when it may.
            if (passed is { } went ? ink.Day(went) == day : ink.Day(plan.From) <= day && day <= ink.Day(plan.DueAt))
            {
                Add(passed ?? plan.From, outward ? ScheduleText.CarryOut : ScheduleText.CarryIn, passed is not null);
            }

            // The way back: when it passed, else when it is due; what is overdue stands there every day until it is back.
            if (look.File.Away ? ink.Day(plan.DueAt) <= day : back is { } came && ink.Day(came) == day)
            {
                Add(look.File.Away ? plan.DueAt : back!.Value, outward ? ScheduleText.CarryBack : ScheduleText.CarryHome, !look.File.Away);
            }

            // That it is overdue its own state says.
            void Add(DateTimeOffset at, Word way, bool done) => found.Add(new(
                at, way, OpenKind.Carry, permit.Id.Value, CarryPaths.Of(permit.Id), CarryFields.Line(plan.Items, ink), look.NameOf(permit.AppliedBy), CarryFields.Place(plan, ink), CarryPageText.Of(look.Status), done, Late: false));
        }

        return found.DrainToImmutable();
    }

    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone)
    {
        var first = from;
        var looks = (await desk.Register(new("", null, null, from, until), by, gone).ConfigureAwait(false)).Permits;
        return
        [
            .. (from look in looks
                where look.File.Away
                let due = ink.Day(look.File.Permit.Plan.DueAt)
                where due >= first && due <= until
                orderby due, look.File.Permit.Id.Value
                select new DueDate(
                    due, look.File.Permit.Plan.Direction is CarryDirection.Out ? ScheduleText.CarryBack : ScheduleText.CarryHome, look.File.Permit.Id.Value, CarryPaths.Of(look.File.Permit.Id),
                    $"{CarryFields.Line(look.File.Permit.Plan.Items, ink)} {look.NameOf(look.File.Permit.AppliedBy)}", true)).Take(most),
        ];
    }
}

/// <summary>作業.</summary>
internal sealed class WorkSchedule(IWorkDesk desk) : IOpenSteps
{
    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var looks = (await desk.Register(new("", null, null, null, null, null), by, gone).ConfigureAwait(false)).Works;
        return
        [
            .. from look in looks
               let step = look.Status switch
               {
                   WorkStatus.Planned => OpenStep.Permitted,
                   WorkStatus.Open => look.File.AloneRaised || look.File.Work.Plan.Until <= now ? OpenStep.Stopped : OpenStep.UnderWay,
                   WorkStatus.Ended => OpenStep.ToConfirm,
                   _ => (OpenStep?)null,
               }
               where step is not null
               let plan = look.File.Work.Plan
               select new OpenCard(
                   step.Value, OpenKind.Work, look.File.Work.Id.Value, WorkPaths.Of(look.File.Work.Id), $"{ink.Zone(plan.Zone)} {plan.Description}", look.NameOf(look.File.Work.AppliedBy), plan.From, plan.Until,
                   [WorkPageText.Of(look.Status), .. look.File.AloneRaised ? [WorkPageText.Alone] : Array.Empty<Sign>(), .. look.Status is WorkStatus.Open && plan.Until <= now ? [ScheduleText.Late] : Array.Empty<Sign>()]),
        ];
    }
}

/// <summary>廃棄・消去記録: what is open, and by when each 処理証明書 is due (R-LIFE-05).</summary>
internal sealed class DisposalSchedule(IDisposalDesk desk) : IOpenSteps, IDueDates
{
    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var looks = await desk.Disposals(DisposalShow.All, by, gone).ConfigureAwait(false) ?? [];
        return
        [
            .. from look in looks
               where look.File.IsOpen
               let late = look.CertificateDue <= now
               let step = look.File.State switch
               {
                   DisposalState.Applied => OpenStep.Applied,
                   DisposalState.Approved => OpenStep.Permitted,
                   DisposalState.Erased => OpenStep.ToConfirm,
                   _ => late ? OpenStep.Stopped : OpenStep.UnderWay,
               }
               select new OpenCard(
                   step, OpenKind.Disposal, look.File.Disposal.Id.Value, DisposalRoutes.Of(look.File.Disposal.Id), What(look, ink), look.NameOf(look.File.AskedBy), look.File.AskedAt, look.CertificateDue,
                   [DisposalsText.Of(look.File.State), .. late ? [ScheduleText.Late] : Array.Empty<Sign>()]),
        ];
    }

    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone)
    {
        var first = from;
        var looks = await desk.Disposals(DisposalShow.All, by, gone).ConfigureAwait(false) ?? [];
        return
        [
            .. (from look in looks
                where look.CertificateDue is not null
                let due = ink.Day(look.CertificateDue!.Value)
                where due >= first && due <= until
                orderby due, look.File.Disposal.Id.Value
                select new DueDate(due, DisposalsText.CertifyTitle, look.File.Disposal.Id.Value, DisposalRoutes.Of(look.File.Disposal.Id), What(look, ink), true)).Take(most),
        ];
    }

    private static string What(DisposalLook look, Ink ink) => $"{ink[DisposalsText.Of(look.File.Disposal.Kind)]} {look.File.Disposal.Tag} {look.Item?.Asset.Name}".TrimEnd();
}

/// <summary>敷地外の機器: their checks (R-LIFE-06).</summary>
internal sealed class OffsiteSchedule(IOffsiteDesk desk) : IDueDates
{
    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone)
    {
        var first = from;
        var lines = (await desk.Register(by, gone).ConfigureAwait(false))?.Lines ?? [];
        return
        [
            .. (from line in lines
                where line.DueOn is not null && line.DueOn.Value >= first && line.DueOn.Value <= until
                orderby line.DueOn, line.Stay.Tag.Value
                select new DueDate(line.DueOn!.Value, ScheduleText.OffsiteCheck, line.Stay.Tag.Value, "/offsite", $"{line.Asset?.Name} {line.Stay.Place}".Trim(), true)).Take(most),
        ];
    }
}

/// <summary>棚卸: rounds that are not confirmed, and the day of each zone (R-MOVE-11).</summary>
internal sealed class StocktakeSchedule(IStocktakeDesk desk) : IOpenSteps, IDueDates
{
    public async Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone)
    {
        var rounds = (await desk.Rounds(by, gone).ConfigureAwait(false))?.Rounds ?? [];
        return
        [
            .. from round in rounds
               where round.IsOpen
               select new OpenCard(
                   round.State is StocktakeState.Counting ? OpenStep.UnderWay : OpenStep.ToConfirm, OpenKind.Stocktake, round.Id.Value, StocktakeRoutes.Of(round.Id), ink.Zone(round.Zone), "", round.OpenedAt, null,
                   [StocktakesText.Of(round.State)]),
        ];
    }

    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone)
    {
        var first = from;
        var zones = (await desk.Rounds(by, gone).ConfigureAwait(false))?.Zones ?? [];
        return
        [
            .. (from zone in zones
                where zone is { Items: > 0, DueOn: not null } && zone.DueOn.Value >= first && zone.DueOn.Value <= until
                orderby zone.DueOn, zone.Zone.Value
                select new DueDate(zone.DueOn!.Value, StocktakesText.Title, zone.Zone.Value, "/stocktakes", ink.Zone(zone.Zone), true)).Take(most),
        ];
    }
}

/// <summary>業務委託契約: their checks and their ends.</summary>
internal sealed class ContractSchedule(IContractorDesk desk) : IDueDates
{
    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone)
    {
        var first = from;
        var lines = await desk.Contracts(null, by, gone).ConfigureAwait(false) ?? [];
        return
        [
            .. (from line in lines
                from due in Of(line)
                where due.On >= first && due.On <= until
                orderby due.On, due.Number
                select due).Take(most),
        ];
    }

    private static IEnumerable<DueDate> Of(ContractLine line)
    {
        var (contract, path) = (line.Contract, $"/contracts/{Uri.EscapeDataString(line.Contract.Id.Value)}");
        var what = $"{contract.Title} {contract.Firms[0].Firm}";
        if (line.CheckDue is { } check)
        {
            yield return new(check, ScheduleText.ContractCheck, contract.Id.Value, path, what, true);
        }

        // The last day; what is not back after it is overdue.
        yield return new(contract.Until.AddDays(-1), ScheduleText.ContractEnd, contract.Id.Value, path, what, line.Outstanding > 0);
    }
}
