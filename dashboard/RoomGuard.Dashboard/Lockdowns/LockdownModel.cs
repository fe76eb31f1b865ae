using System.Collections.Immutable;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Lockdowns;

/// <summary>The page of 区域封鎖.</summary>
public sealed record LockdownModel(ImmutableArray<LockdownStatus> InForce, FormState State);
