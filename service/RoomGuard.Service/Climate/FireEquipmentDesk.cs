using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Schedule;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Climate;

/// <summary>消火設備の台帳 (R-ENV-07): kept by SUP and FAC; its inspections stand in the calendar.</summary>
public sealed class FireEquipmentDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IFireEquipmentDesk, IDueDates
{
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    /// <inheritdoc/>
    public Task<FireEquipmentLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var all = FireEquipmentView.All(db);
            return new FireEquipmentLook(
                [.. all.Select(item => new FireEquipmentLine(item.Equipment, item.N, FireEquipmentRules.DueOn(item.Equipment), FireEquipmentRules.Of(item.Equipment, Today)))],
                [.. site.Now.Zones.Select(zone => new ZoneId(zone.Id)).Where(zone => all.All(item => item.Equipment.Zone != zone))],
                DeskGate.Open(by, PageAct.KeepFireEquipment));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Register(FireEquipment equipment, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(equipment);
        return turn.ActAsync(
            [
                .. FieldRules.Id("no", equipment.No), .. FieldRules.Text("label", equipment.Label), .. FieldRules.Text("statement", equipment.Statement, FieldRules.LongestReason, required: false),
                .. equipment.InspectedOn > Today ? [new FieldProblem("inspectedOn", FieldFault.InFuture)] : Array.Empty<FieldProblem>(),
                .. site.Now.Zones.Any(zone => zone.Id == equipment.Zone.Value) ? Array.Empty<FieldProblem>() : [new FieldProblem("zone", FieldFault.Unknown, equipment.Zone.Value)],
                .. Enum.IsDefined(equipment.Agent) ? Array.Empty<FieldProblem>() : [new FieldProblem("agent", FieldFault.NotAChoice)],
            ],
            async () =>
            {
                if (await guard.Objection(by, PageAct.KeepFireEquipment, ActSubject.None, "R-ENV-07", equipment.No, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var kept = equipment with { Label = FieldRules.Clean(equipment.Label), Statement = FieldRules.Clean(equipment.Statement) };
                if (Find(kept.No) == kept)
                {
                    return ActResult.Refused("no", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new FireEquipmentRecorded(time.GetUtcNow(), kept, Retired: false, by.Id), stop);
                return ActResult.Done(kept.No);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Retire(string no, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (await guard.Objection(by, PageAct.KeepFireEquipment, ActSubject.None, "R-ENV-07", no, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (Find(no) is not { } found)
            {
                return ActResult.Refused("no", FieldFault.Unknown, no);
            }

            _ = await record.AppendAsync(new FireEquipmentRecorded(time.GetUtcNow(), found, Retired: true, by.Id), stop);
            return ActResult.Done(no);
        },
        stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone) =>
        !DeskGate.Open(by, PageAct.SeeClimate) ? Task.FromResult<ImmutableArray<DueDate>>([]) : record.Readers.Ask(
            db => (from item in FireEquipmentView.All(db)
                   let due = FireEquipmentRules.DueOn(item.Equipment)
                   where due >= @from && due <= until
                   orderby due, item.Equipment.No
                   select new DueDate(due.Value, FireEquipmentText.Inspection, item.Equipment.No, "/climate/fire-equipment", item.Equipment.Label, true)).Take(most).ToImmutableArray(),
            gone);

    private FireEquipment? Find(string no) => record.Readers.AskNow(db => FireEquipmentView.All(db).Where(item => item.Equipment.No == no).Select(item => item.Equipment).FirstOrDefault());
}
