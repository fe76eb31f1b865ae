namespace RoomGuard.Bridge.Doors;

/// <summary>How the journal stands.</summary>
public enum JournalCondition
{
    /// <summary>Written and durable.</summary>
    Writing,

    /// <summary>The disk was full: ways out and alarms are written on the reserve, nobody enters until there is space again.</summary>
    OnReserve,

    /// <summary>Cannot be written: nobody enters, ways out go on without an entry of their own.</summary>
    Failed,
}
