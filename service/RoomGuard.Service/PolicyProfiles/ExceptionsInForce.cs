using RoomGuard.Service.Record;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>Which 例外措置 hold on a day (R-EXC-04). As long as none has been decided in this record, none does.</summary>
internal static class ExceptionsInForce
{
    /// <summary>Whether an exception of this number was allowed and its dates cover the day.</summary>
    public static bool Holds(Statements db, string exception, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        return false;
    }
}
