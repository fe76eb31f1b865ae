using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Service;
using RoomGuard.Service.Panels;

namespace RoomGuard.SystemTests.Peers;

/// <summary>What a bridge tells an office of its power, without the line between them.</summary>
internal static class TellingBridge
{
    /// <summary>The office has just heard this.</summary>
    public static void Hear(IServiceProvider office, PowerNow power) => office.GetRequiredService<PanelStates>().Hear(
        office.GetRequiredService<ServiceSettings>().PanelIds.First(), new PanelState(power.At, 1, "test", null, 0, JournalHealthy: true, [], [], [], power));

    /// <summary>One unit on mains that takes a short self-test.</summary>
    public static PowerNow Unit(DateTimeOffset at) => new(
        at,
        [
            new(
                "ups-1", UnitPower.Mains, Lost: false, null, null, 1800, 1, null, Unsteady: false, Testing: false, [], [], [new(UpsCommand.BatteryTestQuick), new(UpsCommand.BatteryTestStop)]),
        ],
        ImmutableArray<PlanNow>.Empty);
}
