using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>Why a step of a move cannot be taken.</summary>
public enum MoveFault
{
    /// <summary>It is over, has not begun, or has begun already.</summary>
    NotNow,

    /// <summary>Outside the time that was approved.</summary>
    OutsideTime,

    /// <summary>R-MOVE-02: a move in, and the effect on existing systems was not checked.</summary>
    ImpactMissing,

    /// <summary>R-MOVE-02: the check found it harmful.</summary>
    ImpactHarmful,

    /// <summary>R-MOVE-03: the witness is not staff.</summary>
    WitnessNotStaff,

    /// <summary>R-MOVE-03, pair 3: the witness carries.</summary>
    WitnessCarries,

    /// <summary>R-MOVE-03: the witness is not in the zone by the presence list.</summary>
    WitnessNotPresent,

    /// <summary>R-MOVE-03, R-ID-10: the witness's rights are suspended.</summary>
    WitnessSuspended,

    /// <summary>R-MOVE-03: the witness was not there for the whole length.</summary>
    Interrupted,

    /// <summary>Another one witnesses it.</summary>
    OtherWitness,

    /// <summary>R-MOVE-01: not an item of the list.</summary>
    NotOnList,

    /// <summary>It has passed already.</summary>
    AlreadyScanned,

    /// <summary>Not every item of the list has passed.</summary>
    NotAllScanned,
}

/// <summary>A witness as a rule sees them.</summary>
/// <param name="PresentSince">Since when the presence list has them in the zone that is watched; null: not there.</param>
/// <param name="Suspended">Their rights are suspended (R-ID-10).</param>
public sealed record WitnessLook(PersonId Person, PersonCategory Category, DateTimeOffset? PresentSince, bool Suspended);

/// <summary>When a move may begin, go on and end (R-MOVE-02, R-MOVE-03). Pure.</summary>
public static class MoveRules
{
    /// <summary>
    /// Where the witness has to be: where things stand that are touched. Between two zones that is the first until all has left it, and the second for the
    /// end; on the way there nobody is inside anywhere, and null says so.
    /// </summary>
    /// <param name="ending">The end is to be witnessed.</param>
    public static ZoneId? Watched(MovePlan plan, bool allScanned, bool ending)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return (plan.FromZone, plan.ToZone) switch
        {
            (null, { } to) => to,
            ({ } from, null) => from,
            ({ } from, { } to) when from == to => from,
            ({ } from, { } to) => !allScanned ? from : ending ? to : null,
            _ => null,
        };
    }

    /// <summary>Why it cannot begin; null: it may.</summary>
    public static MoveFault? StartObjection(MoveDossier move, WitnessLook witness, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move.State is not (MoveState.Approved or MoveState.Checked) ? MoveFault.NotNow
            : now < move.Move.Plan.From || now >= move.Move.Plan.Until ? MoveFault.OutsideTime
            : move.Move.Plan.Direction is MoveDirection.In && move.Impact is null ? MoveFault.ImpactMissing
            : move.Impact is { Result: ImpactResult.Harmful } ? MoveFault.ImpactHarmful
            : WitnessObjection(move, witness);
    }

    /// <summary>Why a witness cannot take it up again after an interruption; null: may.</summary>
    public static MoveFault? ResumeObjection(MoveDossier move, WitnessLook witness)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move.State is not MoveState.Interrupted ? MoveFault.NotNow : WitnessObjection(move, witness);
    }

    /// <summary>Why an item cannot pass; null: it may.</summary>
    public static MoveFault? ScanObjection(MoveDossier move, AssetTag tag)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move.State is MoveState.Interrupted ? MoveFault.Interrupted
            : move.State is not MoveState.InProgress ? MoveFault.NotNow
            : move.Move.Plan.Items.All(item => item.Tag != tag) ? MoveFault.NotOnList
            : move.Scanned.Contains(tag) ? MoveFault.AlreadyScanned
            : null;
    }

    /// <summary>Why it cannot end; null: it may.</summary>
    public static MoveFault? CompleteObjection(MoveDossier move, WitnessLook witness)
    {
        ArgumentNullException.ThrowIfNull(move);
        ArgumentNullException.ThrowIfNull(witness);
        return move.State is MoveState.Interrupted ? MoveFault.Interrupted
            : move.State is not MoveState.InProgress || move.Witness is not { } span ? MoveFault.NotNow
            : span.Witness != witness.Person ? MoveFault.OtherWitness
            : witness.Suspended ? MoveFault.WitnessSuspended
            : !move.AllScanned ? MoveFault.NotAllScanned
            : witness.PresentSince is null ? MoveFault.WitnessNotPresent
            : Watched(move.Move.Plan, allScanned: true, ending: true) == span.Zone && witness.PresentSince != span.PresentSince ? MoveFault.Interrupted
            : null;
    }

    /// <summary>
    /// What interrupts a move under way; null: nothing. Its witness has gone when they are not in the zone that is watched, or there again only since later; whose rights
    /// are suspended is no witness wherever they are (R-ID-10).
    /// </summary>
    /// <param name="presentSince">Since when the presence list has the witness in that zone; null: not there.</param>
    /// <param name="suspended">The witness's rights are suspended.</param>
    public static MoveFault? Interruption(MoveDossier move, DateTimeOffset? presentSince, bool suspended)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move is not { State: MoveState.InProgress, Witness: { } span } ? null
            : suspended ? MoveFault.WitnessSuspended
            : Watched(move.Move.Plan, move.AllScanned, ending: false) == span.Zone && presentSince != span.PresentSince ? MoveFault.Interrupted
            : null;
    }

    private static MoveFault? WitnessObjection(MoveDossier move, WitnessLook witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        return witness.Category is PersonCategory.Contractor or PersonCategory.Visitor ? MoveFault.WitnessNotStaff
            : move.Move.Plan.Carriers.Any(carrier => SeparationOfDuties.Broken(DutyPair.WitnessAndCarrier, witness.Person, carrier)) ? MoveFault.WitnessCarries
            : witness.Suspended ? MoveFault.WitnessSuspended
            : witness.PresentSince is null ? MoveFault.WitnessNotPresent
            : null;
    }
}
