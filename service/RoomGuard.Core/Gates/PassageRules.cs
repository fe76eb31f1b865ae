using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Gates;

/// <summary>A read as it is judged.</summary>
/// <param name="At">When the tag passed. What counts is what was so then, also when it is judged later.</param>
public sealed record Passing(string Tag, ZoneId Zone, TagDirection? Direction, DateTimeOffset At);

/// <summary>An item as the registers know it.</summary>
/// <param name="IsCarried">A terminal or medium: it leaves by a carry permit, not by a move alone (R-CARRY-01).</param>
/// <param name="StandsIn">Null: in no zone.</param>
public sealed record PassingItem(string Name, bool IsCarried, ZoneId? StandsIn);

/// <summary>What a passage is.</summary>
/// <param name="Inferred">The direction was worked out from where the item stands.</param>
/// <param name="Move">The move that covers it; null: none does.</param>
/// <param name="Permit">The permit that covers it; null: none does.</param>
/// <param name="Because">Why nothing covers it; null: something does.</param>
/// <param name="Other">What does not cover it; empty: there is nothing.</param>
public sealed record PassageVerdict(TagDirection Direction, bool Inferred, MoveId? Move, CarryPermitId? Permit, UncoveredBecause? Because, string Other)
{
    /// <summary>What it is called when nothing covers it.</summary>
    public UnpermittedKind Kind(bool isCarried) => Direction is TagDirection.In ? UnpermittedKind.MovedIn : isCarried ? UnpermittedKind.CarriedOut : UnpermittedKind.MovedOut;
}

/// <summary>
/// Whether an item may pass a door (R-MOVE-05, R-CARRY-01): by a move that is under way with its witness there, or by a permit in force, for this item, this way,
/// through this zone. Pure.
/// </summary>
public static class PassageRules
{
    /// <summary>Judges a passage.</summary>
    /// <param name="item">Null: the registers know it only by a permit, or not at all.</param>
    /// <param name="moves">Moves the item is or was in.</param>
    /// <param name="permits">Permits the item is or was on.</param>
    /// <param name="within">Whether a zone is another one, or lies in it (R-ZONE-09).</param>
    /// <param name="refuses">Whether today's rules refuse the thing on a permit, counted from 1: lists and profile may have changed since it was allowed.</param>
    public static PassageVerdict Judge(
        Passing passing, PassingItem? item, ImmutableArray<MoveDossier> moves, ImmutableArray<CarryDossier> permits, Func<ZoneId, ZoneId, bool> within, Func<CarryDossier, int, bool> refuses)
    {
        ArgumentNullException.ThrowIfNull(passing);
        ArgumentNullException.ThrowIfNull(within);
        ArgumentNullException.ThrowIfNull(refuses);
        bool Inside(ZoneId? zone) => zone is { } place && within(place, passing.Zone);

        // Where the gate does not tell, an item that stands in the zone goes out, and any other comes in; what covers the one way or the other settles it.
        var usual = passing.Direction ?? (Inside(item?.StandsIn) ? TagDirection.Out : TagDirection.In);
        var inferred = passing.Direction is null;
        ImmutableArray<TagDirection> ways = inferred ? [usual, usual is TagDirection.Out ? TagDirection.In : TagDirection.Out] : [usual];
        foreach (var way in ways)
        {
            if (moves.FirstOrDefault(move => UnderWay(move, passing.At) && Through(move.Move.Plan, way, Inside)) is { } move)
            {
                return new(way, inferred, move.Move.Id, null, null, "");
            }

            if (permits.FirstOrDefault(permit => Covers(permit, passing, way, Inside, refuses)) is { } permit)
            {
                return new(way, inferred, null, permit.Permit.Id, null, "");
            }
        }

        var (because, other) = Why(passing, moves, permits, usual, Inside);
        if (permits.FirstOrDefault(permit => Covers(permit, passing, usual, Inside, (_, _) => false)) is { } refused)
        {
            (because, other) = (UncoveredBecause.PermitRefused, refused.Permit.Id.Value);
        }

        return new(usual, inferred, null, null, because, other);
    }

    // The witness sees each item through the door: between the begin and the end, and not while nobody watches.
    private static bool UnderWay(MoveDossier move, DateTimeOffset at) => move.Witnessed.Any(span => span.From <= at && (span.To is not { } to || at < to));

    private static bool WasOpen(MoveDossier move, DateTimeOffset at) => move.Move.ApprovedAt <= at && (move.EndedAt is not { } end || at < end);

    private static bool Through(MovePlan plan, TagDirection way, Func<ZoneId?, bool> inside) =>
        way is TagDirection.Out ? inside(plan.FromZone) && !inside(plan.ToZone) : inside(plan.ToZone) && !inside(plan.FromZone);

    private static bool Covers(CarryDossier permit, Passing passing, TagDirection way, Func<ZoneId?, bool> inside, Func<CarryDossier, int, bool> refuses)
    {
        var (plan, at) = (permit.Permit.Plan, passing.At);
        if (plan.Direction is CarryDirection.In && !inside(plan.Zone))
        {
            return false;
        }

        var inForce = permit.Permit.ApprovedAt <= at && (permit.RevokedAt is not { } revoked || at < revoked) && plan.From <= at && at < plan.DueAt;
        return permit.Items.Index().Any(one => one.Item is var file && file.Item.Tag == passing.Tag && (
            way == (plan.Direction is CarryDirection.Out ? TagDirection.Out : TagDirection.In)
                ? inForce && (file.BackAt is not { } back || at < back) && !refuses(permit, one.Index + 1)

                // The way back is never forbidden, however late it is.
                : inForce || (file.PassedAt <= at && (file.BackAt is not { } came || at < came))));
    }

    private static (UncoveredBecause Because, string Other) Why(Passing passing, ImmutableArray<MoveDossier> moves, ImmutableArray<CarryDossier> permits, TagDirection way, Func<ZoneId?, bool> inside)
    {
        if (moves.FirstOrDefault(move => WasOpen(move, passing.At)) is { } open)
        {
            return (!Through(open.Move.Plan, way, inside) ? UncoveredBecause.OtherWay : open.StartedAt <= passing.At ? UncoveredBecause.WitnessGone : UncoveredBecause.MoveNotBegun, open.Move.Id.Value);
        }

        var known = permits.Where(permit => permit.Permit.ApprovedAt <= passing.At).OrderByDescending(permit => permit.Permit.Plan.DueAt).FirstOrDefault();
        return known is null ? (UncoveredBecause.NothingOpen, "")
            : (known.InForce(passing.At) && (known.Permit.Plan.Direction is CarryDirection.Out ? TagDirection.Out : TagDirection.In) != way ? UncoveredBecause.OtherWay : UncoveredBecause.PermitNotInForce, known.Permit.Id.Value);
    }
}
