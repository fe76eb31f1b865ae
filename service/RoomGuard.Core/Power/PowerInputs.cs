using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;

namespace RoomGuard.Core.Power;

/// <summary>Something that concerns the power alone: told to <see cref="PowerControl"/>, not to the doors.</summary>
public abstract record PowerInput(DateTimeOffset At) : RoomInput(At);

/// <summary>A unit was read, or not (R-PWR-01).</summary>
public sealed record UpsHeard(DateTimeOffset At, UpsReading Reading) : PowerInput(At);

/// <summary>Who is logged in at one of the NUT server's names now.</summary>
/// <param name="Name">The stage's name.</param>
/// <param name="Users">Each once.</param>
public sealed record LoginsChanged(DateTimeOffset At, string Name, ImmutableArray<string> Users) : PowerInput(At);

/// <summary>Somebody with the right said at the NUT server that everybody on this name must stop.</summary>
public sealed record StopForced(DateTimeOffset At, string Name, string User) : PowerInput(At);

/// <summary>How an arrester stands (R-PWR-05).</summary>
/// <param name="IsUsedUp">Its protection is gone; null: this word says nothing of it.</param>
/// <param name="Surges">Surges it has counted; null: this word says nothing of them, or it does not count.</param>
public sealed record ArresterRead(DateTimeOffset At, string Arrester, bool? IsUsedUp, long? Surges, double? PeakVoltage) : PowerInput(At)
{
    /// <summary>What a sensor at an arrester's signalling contact or counter said; null: it says nothing of an arrester now.</summary>
    /// <remarks>An old word told again and a test at the device raise nothing and clear nothing.</remarks>
    public static ArresterRead? Of(SensorHeard heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var report = heard.Report;
        if (report.Resent || report.SelfTest)
        {
            return null;
        }

        bool? isUsedUp = null;
        long? surges = null;
        foreach (var value in report.Values)
        {
            (isUsedUp, surges) = value switch
            {
                { Quantity: Quantity.ArresterUsedUp, Raw: { } sign } => (sign == 1, surges),
                { Quantity: Quantity.Surges, Raw: >= 0 and <= uint.MaxValue and { } count } => (isUsedUp, (long)count),
                _ => (isUsedUp, surges),
            };
        }

        return isUsedUp is null && surges is null ? null : new(heard.At, report.SensorId, isUsedUp, surges, null);
    }
}

/// <summary>Tell everybody on this name of the NUT server to stop.</summary>
public sealed record TellStop(string Name) : DeviceOrder;

/// <summary>Nobody on this name is told to stop any longer.</summary>
public sealed record TakeStopBack(string Name) : DeviceOrder;
