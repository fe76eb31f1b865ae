using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Power;

/// <summary>
/// UPSの操作 (R-PWR-10): OPS asks, another person of those the matrix names confirms, and only then does an order go to the bridge by the express lane. The
/// order is good for a minute: a bridge that does not hear it in time does nothing, and nothing is kept for it.
/// </summary>
public sealed class UpsCommandDesk(ServiceRecord record, PowerNews news, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IUpsCommandDesk
{
    private const int MostShown = 30;

    // A bridge's words of the result: the wire's answer and what is seen of it, with some slack for the way back.
    private static readonly TimeSpan WordWithin = UpsCommandOrder.GoodFor + TimeSpan.FromSeconds(90);

    /// <inheritdoc/>
    public Task<UpsCommandLook?> Look(string ups, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => LookAt(db, ups, by), gone);
    }

    /// <inheritdoc/>
    public Task<UpsCommandCase?> Find(string id, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => PowerBook.Command(db, id) is { } found ? new UpsCommandCase(Shown(db, found, by), LookAt(db, found.Ups, by)) : null, gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Ask(UpsCommandForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason)],
            async () =>
            {
                if (await guard.Objection(by, Act.CommandPower, Part.Asks, ActSubject.None, "R-PWR-10", form.Ups, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var (problem, open, number) = record.Readers.AskNow(db => (Problem(db, form.Ups, form.Command, form.DelaySeconds), Open(db, form.Ups), PowerBook.CommandCount(db) + 1));
                if (problem is not null || open is not null)
                {
                    return new([problem ?? new("", FieldFault.CommandWaits, open)]);
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"UC-{number:0000}");
                _ = await record.AppendAsync(new UpsCommandAsked(time.GetUtcNow(), id, form.Ups, form.Command, form.DelaySeconds, FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Confirm(string id, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [],
            async () =>
            {
                if (await guard.Objection(by, SecondPerson(by), $"{Act.CommandPower}/{Part.Checks}", "R-PWR-10", id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (record.Readers.AskNow(db => PowerBook.Command(db, id)) is not { } found)
                {
                    return ActResult.Refused("", FieldFault.Unknown, id);
                }

                // By person, whatever accounts and roles they hold.
                if (found.AskedBy == by.Id && await guard.Objection(by, OnePerson(by), $"{Act.CommandPower}/{Part.Checks}", "R-PWR-10", id, stop) is { } same)
                {
                    return ActResult.NotAllowed(same);
                }

                var now = time.GetUtcNow();
                switch (StateOf(found, now))
                {
                    case UpsCommandState.Asked:
                        break;
                    case UpsCommandState.Expired:
                        return ActResult.Refused("", FieldFault.CommandExpired);
                    default:
                        return ActResult.Refused("", FieldFault.NothingToChange);
                }

                if (record.Readers.AskNow(db => Problem(db, found.Ups, found.Command, found.DelaySeconds)) is { } problem)
                {
                    return new([problem with { Field = "" }]);
                }

                var order = new UpsCommandOrder(id, found.Ups, found.Command, found.DelaySeconds, found.Reason, found.AskedBy, by.Id, now);
                _ = await record.AppendAsync(new RoomOrdered(now, order, by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Drop(string id, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (record.Readers.AskNow(db => PowerBook.Command(db, id)) is not { } found)
                {
                    return ActResult.Refused("", FieldFault.Unknown, id);
                }

                if (found.AskedBy != by.Id && await guard.Objection(by, SecondPerson(by), $"{Act.CommandPower}/{Part.Checks}", "R-PWR-10", id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (StateOf(found, time.GetUtcNow()) is not UpsCommandState.Asked)
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new UpsCommandDropped(time.GetUtcNow(), id, found.Ups, FieldRules.Clean(reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    // The matrix: FAC checks, and one of OPS does what another of OPS asks.
    private static AuthorityAnswer SecondPerson(Actor by) => Authority.May(by, Act.CommandPower, Part.Checks, ActSubject.None) is { Allowed: true } checks
        ? checks
        : Authority.May(by, Act.CommandPower, Part.Does, ActSubject.None) is { Allowed: true } does ? does
        : Authority.May(by, Act.CommandPower, Part.Checks, ActSubject.None) with { Roles = SecondRoles };

    private static AuthorityAnswer OnePerson(Actor by) => SecondPerson(by) with { Refusal = AuthorityRefusal.SamePerson, As = null, Holding = null, Roles = SecondRoles };

    private static ImmutableArray<Role> SecondRoles =>
        [.. AuthorityTable.RolesWith(Act.CommandPower, Part.Checks).Concat(AuthorityTable.RolesWith(Act.CommandPower, Part.Does)).Distinct()];

    private static UpsCommandState StateOf(RecordedCommand command, DateTimeOffset now) => command switch
    {
        { Result: not null } => UpsCommandState.Ended,
        { IsDropped: true } => UpsCommandState.Dropped,
        { IsConfirmed: true, ClosedAt: { } at } => now - at > WordWithin + TimeSpan.FromSeconds(command.DelaySeconds) ? UpsCommandState.NoWord : UpsCommandState.Sent,
        _ => now - command.AskedAt >= UpsCommandAsked.GoodFor ? UpsCommandState.Expired : UpsCommandState.Asked,
    };

    private string? Open(Statements db, string ups) =>
        PowerBook.Commands(db, ups, MostShown).FirstOrDefault(command => StateOf(command, time.GetUtcNow()) is UpsCommandState.Asked or UpsCommandState.Sent)?.Id;

    /// <summary>Why a command cannot be sent to a unit at this moment; null: it can.</summary>
    private FieldProblem? Problem(Statements db, string ups, UpsCommand command, int delaySeconds)
    {
        var cards = news.Units(db).Where(card => card.Unit.Ups == ups).ToArray();
        if (cards is not [var unit])
        {
            return new("unit", cards.Length == 0 ? FieldFault.Unknown : FieldFault.UnitNameTwice, ups);
        }

        if (!unit.Fresh)
        {
            return new("", FieldFault.BridgeSilent, unit.Panel.Value);
        }

        if ((unit.Unit.Commands ?? []).FirstOrDefault(one => one.Command == command) is not { } offer)
        {
            return new("command", FieldFault.CommandNotAllowed);
        }

        if (!offer.Takes(delaySeconds))
        {
            return new("command", FieldFault.OutOfRange, $"{offer.LeastDelaySeconds} – {offer.MostDelaySeconds} s");
        }

        var up = command is UpsCommand.OutputOff ? Hosts(db, unit).Where(host => host.IsUp is not false).Select(host => host.Host.User).ToArray() : [];
        return up.Length > 0 ? new("command", FieldFault.ServersUp, string.Join(", ", up)) : null;
    }

    private UpsCommandLook? LookAt(Statements db, string ups, Actor by)
    {
        var units = news.Units(db);
        if ((ups.Length == 0 ? units.FirstOrDefault() : units.FirstOrDefault(unit => unit.Unit.Ups == ups)) is not { } unit)
        {
            return null;
        }

        return new(
            unit,
            [.. units.Select(one => one.Unit.Ups).Distinct(StringComparer.Ordinal)],
            unit.Unit.Commands ?? [],
            Hosts(db, unit),
            [.. PowerBook.Commands(db, unit.Unit.Ups, MostShown).Select(command => Shown(db, command, by))],
            Authority.May(by, Act.CommandPower, Part.Asks, ActSubject.None).Allowed);
    }

    // Of a bridge that is silent nobody knows who is logged in.
    private ImmutableArray<HangingHost> Hosts(Statements db, UnitCard unit) =>
    [
        .. from plan in PowerBook.Plans(db)
           where plan.Plan.Units.Contains(unit.Unit.Ups)
           let now = news.NowOf(unit.Panel, plan.Plan.Id)
           from stage in plan.Plan.Stages
           let up = now?.Stages.FirstOrDefault(one => one.Name == stage.Name)?.Up
           from host in stage.Hosts
           select new HangingHost(host, plan.Plan.Id, stage.Name, unit.Fresh ? up?.Contains(host.User) : null),
    ];

    private UpsCommandLine Shown(Statements db, RecordedCommand command, Actor by)
    {
        var state = StateOf(command, time.GetUtcNow());
        var mayClose = SecondPerson(by).Allowed;
        return new(
            command.Id, command.Ups, command.Command, command.DelaySeconds, command.Reason, command.AskedAt, PowerBook.NameOf(db, command.AskedBy), command.AskedAt + UpsCommandAsked.GoodFor, state,
            command.ClosedBy is { } closer ? PowerBook.NameOf(db, closer) : null, command.ClosedAt, command.Result, command.EndedAt, command.Note,
            MayConfirm: state is UpsCommandState.Asked && mayClose && command.AskedBy != by.Id,
            MayDrop: state is UpsCommandState.Asked && (mayClose || command.AskedBy == by.Id));
    }
}
