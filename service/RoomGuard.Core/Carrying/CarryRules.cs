using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Carrying;

/// <summary>Why something is not carried. Closed: each has a requirement, a clause and what to do instead (<see cref="CarryRefusalText"/>).</summary>
public enum CarryRefusal
{
    /// <summary>R-CARRY-02: private, without SUP's permission.</summary>
    PrivateWithoutPermit,

    /// <summary>R-CARRY-03: does not belong to the zone's systems.</summary>
    Unrelated,

    /// <summary>R-CARRY-05: a private computer, for class I, II or III.</summary>
    PrivateComputer,

    /// <summary>R-CARRY-06: class II and above, without the version of CHIEF's safeguards in force.</summary>
    NoSafeguards,

    /// <summary>R-CARRY-06: class II and above, without protection on the way.</summary>
    NoProtection,

    /// <summary>R-CARRY-07: media that are not on the list.</summary>
    MediaNotAllowed,

    /// <summary>R-CARRY-07: media that are not encrypted.</summary>
    MediaNotEncrypted,

    /// <summary>R-CARRY-07: the profile lets nothing of the マイナンバー segment leave.</summary>
    MyNumberForbidden,

    /// <summary>R-CARRY-07: of the マイナンバー segment only media on the list leave.</summary>
    MyNumberOnlyMedia,

    /// <summary>R-CARRY-09: on systems without Internet only media the organisation manages.</summary>
    MediaNotManaged,

    /// <summary>R-CARRY-10: a private smartphone without permission.</summary>
    PrivatePhone,

    /// <summary>R-CARRY-12: class II and above to an outside party, without protection named.</summary>
    OutsideWithoutProtection,

    /// <summary>R-CARRY-01: without a permit, or outside its time.</summary>
    NoPermit,

    /// <summary>R-CARRY-04: out by another permit and not back.</summary>
    AlreadyAway,

    /// <summary>R-LIFE-07: said to be of a lower class than the register has it, and unknown there is class I.</summary>
    ClassBelowRegister,

    /// <summary>R-CARRY-07: said to be of another segment than the register has it.</summary>
    SegmentNotRegisters,

    /// <summary>R-LIFE-04: taken out of an item, and neither erased nor back where it was.</summary>
    ErasureOwed,
}

/// <summary>One objection.</summary>
/// <param name="Item">Which thing, counted from 1; 0: the whole.</param>
public sealed record CarryObjection(CarryRefusal Refusal, int Item);

/// <summary>What the 機器台帳 says of a thing that is carried.</summary>
/// <param name="Importance">The class that counts; unknown is class I (R-LIFE-07).</param>
/// <param name="Segment">Null: not known.</param>
/// <param name="OwesErasure">It was taken out of an item and its erasure is owed (R-MOVE-09).</param>
public sealed record RegisteredThing(ImportanceClass Importance, Segment? Segment, bool OwesErasure);

/// <summary>What a plan is judged by, as things stand now.</summary>
/// <param name="MyNumber">The profile's MyNumberCarryOut; null: that segment is not used.</param>
/// <param name="ZoneSegment">系統 of the zone it is carried into; null: of no zone, or not known.</param>
/// <param name="SafeguardVersion">The version of CHIEF's safeguards in force; null: CHIEF has set none.</param>
/// <param name="Listed">Things on the list, by their number.</param>
/// <param name="Registered">Things of the 機器台帳, by their number.</param>
public sealed record CarryFrame(
    CarryOutRule? MyNumber, Segment? ZoneSegment, string? SafeguardVersion, ImmutableDictionary<string, ListedThing> Listed, ImmutableDictionary<string, RegisteredThing> Registered)
{
    /// <summary>A thing on the list; null: not on it.</summary>
    public ListedThing? Of(string tag) => tag.Length > 0 ? Listed.GetValueOrDefault(tag) : null;

    /// <summary>What the register says of it; null: it stands in none.</summary>
    public RegisteredThing? InRegister(string tag) => tag.Length > 0 ? Registered.GetValueOrDefault(tag) : null;
}

/// <summary>What may be carried, and whose word it takes (R-CARRY-02 … 12). Pure.</summary>
public static class CarryRules
{
    /// <summary>SEC is told of what is not back a day† after its due time (R-CARRY-04).</summary>
    public static readonly TimeSpan SecurityAfter = TimeSpan.FromDays(1);

    /// <summary>Everything that stands against a plan, in the order of the requirements.</summary>
    public static ImmutableArray<CarryObjection> Objections(CarryPlan plan, CarryFrame frame)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(frame);
        var found = new List<CarryObjection>();
        foreach (var (at, item) in plan.Items.Index())
        {
            found.AddRange((plan.Direction is CarryDirection.Out ? Leaving(item, frame) : Entering(item, plan.Zone, frame)).Select(refusal => new CarryObjection(refusal, at + 1)));
        }

        if (plan.Direction is CarryDirection.Out && plan.Importance <= ImportanceClass.II)
        {
            if (frame.SafeguardVersion is null || plan.SafeguardVersion != frame.SafeguardVersion)
            {
                found.Add(new(CarryRefusal.NoSafeguards, 0));
            }

            if (plan.Protection.IsDefaultOrEmpty)
            {
                found.Add(new(plan.Receiver is null ? CarryRefusal.NoProtection : CarryRefusal.OutsideWithoutProtection, 0));
            }
        }

        return [.. found.OrderBy(objection => objection.Refusal)];
    }

    /// <summary>Why a thing somebody brings to the desk stays there; null: it passes (R-CARRY-02, R-CARRY-03, R-CARRY-09, R-CARRY-10).</summary>
    /// <param name="zone">区域 they enter; null: none.</param>
    /// <param name="permitted">A permit in force covers it.</param>
    public static CarryRefusal? AtDesk(BroughtItem item, ZoneId? zone, bool permitted, CarryFrame frame)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(frame);
        return item switch
        {
            { Kind: CarriedKind.Document or CarriedKind.Software or CarriedKind.Other } => null,
            { Kind: CarriedKind.Phone, Ownership: ItemOwnership.Private } when !permitted => CarryRefusal.PrivatePhone,
            { Ownership: ItemOwnership.Private } when !permitted => CarryRefusal.PrivateWithoutPermit,
            _ => zone is { } into ? IntoZone(item.Kind, item.Tag, item.Ownership, into, frame) : null,
        };
    }

    /// <summary>
    /// Whose word a plan takes: SEC of the applicant's section for what leaves (R-CARRY-01), SUP for what comes in (R-CARRY-02). A section head's own goes
    /// to SUP, SUP's to CHIEF, CHIEF's to SUP (R-CARRY-11).
    /// </summary>
    public static CaseStep Step(CarryPlan plan, PersonId? applicant, ImmutableArray<RoleHolding> holders)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var step = plan.Direction is CarryDirection.Out
            ? new CaseStep(CaseStage.Allow, [Role.SecurityManager], plan.Section, [], RouteCause.Table)
            : new CaseStep(CaseStage.Allow, [Role.SupervisingOfficer], "", [], RouteCause.Table);
        if (applicant is not { } person)
        {
            return step;
        }

        bool Holds(Role role) => holders.Any(holding => holding.Person == person && holding.Role == role);
        Role? above = Holds(Role.ChiefOfficer) ? Role.SupervisingOfficer
            : Holds(Role.SupervisingOfficer) ? Role.ChiefOfficer
            : plan.Direction is CarryDirection.Out && Holds(Role.SecurityManager) ? Role.SupervisingOfficer
            : null;
        return above is { } role && !step.Roles.Contains(role) ? step with { Roles = [role], Section = "", Cause = RouteCause.OwnMatter } : step;
    }

    private static IEnumerable<CarryRefusal> Leaving(CarriedItem item, CarryFrame frame)
    {
        if (item.IsPrivateComputer && item.ImportanceThatCounts <= ImportanceClass.III)
        {
            yield return CarryRefusal.PrivateComputer;
        }

        if (item.Kind is CarriedKind.Media)
        {
            var listed = frame.Of(item.Tag);
            if (listed is not { MayLeave: true })
            {
                yield return CarryRefusal.MediaNotAllowed;
            }
            else if (!listed.Encrypted)
            {
                yield return CarryRefusal.MediaNotEncrypted;
            }
        }

        // What a form says does not make a thing less than the register has it.
        var registered = frame.InRegister(item.Tag);
        if (registered is not null && item.ImportanceThatCounts > registered.Importance)
        {
            yield return CarryRefusal.ClassBelowRegister;
        }

        if (registered is { Segment: { } segment } && item.Segment != segment)
        {
            yield return CarryRefusal.SegmentNotRegisters;
        }

        if (registered is { OwesErasure: true })
        {
            yield return CarryRefusal.ErasureOwed;
        }

        if (item.Segment is Segment.MyNumber && frame.MyNumber is not CarryOutRule.ListedEncryptedMedia)
        {
            yield return CarryRefusal.MyNumberForbidden;
        }
        else if (item.Segment is Segment.MyNumber && item.Kind is not CarriedKind.Media)
        {
            yield return CarryRefusal.MyNumberOnlyMedia;
        }
    }

    private static IEnumerable<CarryRefusal> Entering(CarriedItem item, ZoneId? zone, CarryFrame frame)
    {
        if (item.IsPrivateComputer && item.ImportanceThatCounts <= ImportanceClass.III)
        {
            yield return CarryRefusal.PrivateComputer;
        }

        if (zone is { } into && IntoZone(item.Kind, item.Tag, item.Ownership, into, frame) is { } refusal)
        {
            yield return refusal;
        }
    }

    private static CarryRefusal? IntoZone(CarriedKind kind, string tag, ItemOwnership ownership, ZoneId zone, CarryFrame frame)
    {
        if (kind is not (CarriedKind.Terminal or CarriedKind.Phone or CarriedKind.Media))
        {
            return null;
        }

        var listed = frame.Of(tag);
        return listed is null || !listed.Zones.Contains(zone) ? CarryRefusal.Unrelated
            : kind is CarriedKind.Media && frame.ZoneSegment is not Segment.Internet && (ownership is ItemOwnership.Private || !listed.Managed) ? CarryRefusal.MediaNotManaged
            : null;
    }
}
