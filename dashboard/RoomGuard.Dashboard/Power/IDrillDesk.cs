using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>訓練 of shutdown plans: an outage played to its end, of which nobody is told.</summary>
public interface IDrillDesk
{
    /// <summary>Drills of a plan, the newest first.</summary>
    Task<ImmutableArray<DrillLine>> Held(string plan, int most, CancellationToken gone);

    /// <summary>
    /// Holds a drill of the plan in force: SYS of its zone. Refused where the readings are unknown or old, or a real outage is under way. The id of what
    /// was done is its number in the record.
    /// </summary>
    Task<ActResult> Hold(string plan, Actor by, CancellationToken stop);
}

/// <summary>A drill that was held.</summary>
/// <param name="N">Its number in the record.</param>
/// <param name="By">Name of who held it.</param>
public sealed record DrillLine(long N, DrillHeld Drill, string By);

/// <summary>The drills of a plan on its page.</summary>
/// <param name="Lines">The newest first.</param>
/// <param name="Shown">The one whose table is shown; null: none was held yet.</param>
/// <param name="Problems">Why the drill that was asked for was not held.</param>
public sealed record DrillLook(string Plan, ImmutableArray<DrillLine> Lines, DrillLine? Shown, ImmutableArray<FieldProblem> Problems, bool MayHold);
