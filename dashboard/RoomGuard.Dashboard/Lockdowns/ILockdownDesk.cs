using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Lockdowns;

/// <summary>区域封鎖 (R-DOOR-14).</summary>
public interface ILockdownDesk
{
    /// <summary>Those in force or not yet lifted everywhere, newest first.</summary>
    Task<ImmutableArray<LockdownStatus>> InForce(CancellationToken gone);

    /// <summary>Orders one. <see cref="ActResult.Id"/> is its id.</summary>
    Task<ActResult> Begin(LockdownForm form, Actor by, CancellationToken stop);

    /// <summary>Lifts one.</summary>
    Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop);
}

/// <summary>A lockdown and where it is not yet known.</summary>
/// <param name="Ended">True: lifted here, but some bridge has not heard yet.</param>
/// <param name="PendingAt">Bridges at which the order is 未反映.</param>
public sealed record LockdownStatus(Lockdown Lockdown, bool Ended, ImmutableArray<PanelId> PendingAt);

/// <summary>What the form asks.</summary>
/// <param name="Mandate">By what right; only CHIEF by their own.</param>
/// <param name="Basis">指示の根拠.</param>
/// <param name="Until">Null: until lifted.</param>
public sealed record LockdownForm(ImmutableArray<ZoneId> Zones, ImmutableArray<PersonId> Except, LockdownMandate Mandate, string Basis, DateTimeOffset? Until);
