using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>搬入・搬出 as an application: what it must say, what stops an approval, and what it becomes when it is allowed (R-MOVE-01).</summary>
public static class MoveApplication
{
    private const int MostItems = 200;
    private const int MostCarriers = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The form in the one way it is kept.</summary>
    public static MoveMatter Cleaned(MoveMatter matter)
    {
        ArgumentNullException.ThrowIfNull(matter);
        var plan = matter.Plan;
        return new(plan with
        {
            Items = [.. (plan.Items.IsDefault ? [] : plan.Items).Select(item => item with { Rack = FieldRules.Clean(item.Rack) })],
            FromOutside = FieldRules.Clean(plan.FromOutside),
            ToOutside = FieldRules.Clean(plan.ToOutside),
            Carriers = [.. (plan.Carriers.IsDefault ? [] : plan.Carriers).Distinct()],
            SealNo = FieldRules.Clean(plan.SealNo),
        });
    }

    /// <summary>What is wrong with the form.</summary>
    public static IEnumerable<FieldProblem> Problems(Statements db, MoveMatter matter, FieldRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(rules);
        var plan = matter.Plan;
        return [.. OfEnds(plan, rules), .. OfTimes(plan, now), .. OfCarriers(db, plan), .. FieldRules.Text("sealNo", plan.SealNo, required: false), .. OfItems(db, plan)];
    }

    /// <summary>気になる点 as things stand now: what changed since it was applied for stops an approval.</summary>
    public static IEnumerable<CasePoint> Points(Statements db, MoveMatter matter, ServiceSettings site, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(site);
        var plan = matter.Plan;
        if (plan.Until <= now)
        {
            yield return new(CasePointTone.Blocking, EquipmentText.MoveTimeOver, "R-MOVE-01");
        }

        if (plan.Items.Any(item => MovesView.OpenOf(db, item.Tag) is not null))
        {
            yield return new(CasePointTone.Blocking, EquipmentText.ItemInOtherMove, "R-MOVE-01");
        }

        if (!OfItems(db, plan).All(problem => problem.Fault is FieldFault.ItemInOtherMove))
        {
            yield return new(CasePointTone.Blocking, EquipmentText.ItemsChanged, "R-MOVE-01");
        }

        foreach (var (fault, exceptions) in Misplacements(db, plan, site, today).GroupBy(one => one.Fault).Select(group => (group.Key, group)))
        {
            yield return new(CasePointTone.Blocking, EquipmentText.Of(fault), "R-ZONE-06");
        }

        if (NotErased(db, plan, today).Any())
        {
            yield return new(CasePointTone.Blocking, EquipmentText.NotErased, "R-MOVE-06");
        }

        if (plan.OffPremises)
        {
            yield return new(CasePointTone.Unusual, EquipmentText.OffPremises, "R-MOVE-07");
        }
    }

    /// <summary>Items that may not stand where they are to go (R-ZONE-06).</summary>
    public static IEnumerable<(AssetTag Tag, PlacementFault Fault)> Misplacements(Statements db, MovePlan plan, ServiceSettings site, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.ToZone is not { } zone
            ? []
            : from item in plan.Items
              let asset = AssetsView.One(db, item.Tag)
              where asset is not null
              let fault = AssetLists.Misplaced(db, asset.Asset, asset.Effective, zone, site, today)
              where fault is not null
              select (item.Tag, fault.Value);
    }

    /// <summary>
    /// R-MOVE-06: items that are given away for good or for a while and have no record of this purpose that lets them out now: permitted, every storage in them
    /// erased and verified, or under a confidentiality contract in force. Asked when it is applied for, decided, begun and ended: an item may change meanwhile.
    /// </summary>
    public static IEnumerable<FieldProblem> NotErased(Statements db, MovePlan plan, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        if (KindOf(plan.Purpose) is not { } kind)
        {
            // A storage that was taken out of a machine leaves by no other way than erased (R-MOVE-09).
            foreach (var item in plan.ToZone is null ? plan.Items : [])
            {
                if (RemovedPartsView.One(db, item.Tag) is not null)
                {
                    yield return new("items", FieldFault.RemovedNotErased, item.Tag.Value);
                }
            }

            yield break;
        }

        foreach (var tag in plan.Items.Select(item => item.Tag))
        {
            if (AssetsView.One(db, tag)?.Asset is not { } asset)
            {
                continue;
            }

            var file = DisposalsView.PendingOf(db, tag) is { } pending && pending.Disposal.Kind == kind ? pending : null;
            if (file is { State: DisposalState.Ready, ErasedAt: not null } && file.LeftOver(asset) is { } left)
            {
                yield return new("items", FieldFault.StorageNotErased, $"{left} ({tag})");
            }
            else if (file is null || !file.LetsOut(asset) || (file.NdaContract.Length > 0 && ContractsView.One(db, new(file.NdaContract))?.On(today) is not true))
            {
                yield return new("items", FieldFault.ErasureMissing, tag.Value);
            }
        }
    }

    /// <summary>The move an allowed application becomes.</summary>
    public static MoveRecorded Recorded(Statements db, CaseDossier file, MoveMatter matter, string by, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(matter);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"M-{today.Year}-");
        var next = 1 + (db.Value("SELECT max(CAST(substr(move, 8) AS INTEGER)) FROM view_moves WHERE move LIKE $1 || '%'", prefix) as long? ?? 0);
        ImmutableArray<PersonId> approvers = [.. file.History.Where(line => line.Decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions && line.By is not null).Select(line => line.By!.Value).Distinct()];
        return new(
            now,
            new(new(string.Create(CultureInfo.InvariantCulture, $"{prefix}{next:0000}")), file.Id, matter.Plan, file.Reason, file.AppliedBy, file.AppliedAt, approvers, now, matter.Plan.OffPremises ? file.Id : null),
            by);
    }

    /// <summary>The kind of 廃棄・消去記録 a purpose asks for (R-MOVE-06); null: none.</summary>
    public static DisposalKind? KindOf(MovePurpose purpose) => purpose switch
    {
        MovePurpose.Repair => DisposalKind.Repair,
        MovePurpose.LeaseReturn => DisposalKind.LeaseReturn,
        MovePurpose.Disposal => DisposalKind.Disposal,
        _ => null,
    };

    private static IEnumerable<FieldProblem> OfEnds(MovePlan plan, FieldRules rules)
    {
        foreach (var (field, outsideField, zone, outside) in new[] { ("fromZone", "fromOutside", plan.FromZone, plan.FromOutside), ("toZone", "toOutside", plan.ToZone, plan.ToOutside) })
        {
            if (zone is { } known && !rules.KnowsZone(known))
            {
                yield return new(field, FieldFault.Unknown, known.Value);
            }

            foreach (var problem in FieldRules.Text(outsideField, outside, required: zone is null))
            {
                yield return problem;
            }
        }

        var asked = (plan.FromZone, plan.ToZone) switch
        {
            (null, not null) => MoveDirection.In,
            (not null, null) => MoveDirection.Out,
            (not null, not null) => MoveDirection.Internal,
            _ => (MoveDirection?)null,
        };
        if (asked != plan.Direction)
        {
            yield return new("direction", FieldFault.DirectionDiffers);
        }

        if (KindOf(plan.Purpose) is not null && plan.Direction is not MoveDirection.Out)
        {
            yield return new("purpose", FieldFault.NotAChoice);
        }

        if (plan.OffPremises && plan.ToZone is not null)
        {
            yield return new("offPremises", FieldFault.NotAChoice);
        }
    }

    private static IEnumerable<FieldProblem> OfTimes(MovePlan plan, DateTimeOffset now)
    {
        if (plan.Until <= plan.From)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }
        else if (plan.Until - plan.From > Longest)
        {
            yield return new("until", FieldFault.OutOfRange, "7 × 24 h");
        }
        else if (plan.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
    }

    private static IEnumerable<FieldProblem> OfCarriers(Statements db, MovePlan plan)
    {
        if (plan.Carriers.IsDefaultOrEmpty)
        {
            yield return new("carriers", FieldFault.Required);
        }
        else if (plan.Carriers.Length > MostCarriers)
        {
            yield return new("carriers", FieldFault.OutOfRange, $"1 – {MostCarriers}");
        }

        foreach (var carrier in plan.Carriers.Where(carrier => AuthorityGuard.Named(db, carrier) is null))
        {
            yield return new("carriers", FieldFault.Unknown, carrier.Value);
        }
    }

    private static IEnumerable<FieldProblem> OfItems(Statements db, MovePlan plan)
    {
        if (plan.Items.IsDefaultOrEmpty)
        {
            yield return new("items", FieldFault.Required);
            yield break;
        }

        if (plan.Items.Length > MostItems)
        {
            yield return new("items", FieldFault.OutOfRange, $"1 – {MostItems}");
            yield break;
        }

        if (plan.Items.GroupBy(item => item.Tag).FirstOrDefault(group => group.Count() > 1) is { Key.Value: var twice })
        {
            yield return new("items", FieldFault.AlreadyExists, twice);
        }

        foreach (var item in plan.Items)
        {
            foreach (var problem in FieldRules.Text("items", item.Rack, required: false))
            {
                yield return problem;
            }

            if (AssetsView.One(db, item.Tag) is not { } asset)
            {
                yield return new("items", FieldFault.Unknown, item.Tag.Value);
                continue;
            }

            // What goes out of a zone stands in it; what comes in stands in none.
            if (asset.Place?.Zone != plan.FromZone)
            {
                yield return new("items", FieldFault.ItemNotThere, item.Tag.Value);
            }

            if (MovesView.OpenOf(db, item.Tag) is { } other)
            {
                yield return new("items", FieldFault.ItemInOtherMove, $"{item.Tag} ({other})");
            }

            // What lies in a box goes with it, and is listed (R-MOVE-01: every item by its tag); what is in a box does not go alone.
            if (AssetsView.Inside(db, item.Tag).FirstOrDefault(inside => plan.Items.All(one => one.Tag != inside.Asset.Tag)) is { } left)
            {
                yield return new("items", FieldFault.ContentNotListed, left.Asset.Tag.Value);
            }

            if (asset.Asset.Container is { } container && plan.Items.All(one => one.Tag != container))
            {
                yield return new("items", FieldFault.LiesInContainer, $"{item.Tag} ({container})");
            }
        }
    }
}
