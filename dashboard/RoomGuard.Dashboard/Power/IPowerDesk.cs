using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>計画停電: registered by one, agreed by another (R-PWR-09).</summary>
public interface IPowerDesk
{
    /// <summary>Planned outages, the newest first, with what the reader may do.</summary>
    Task<PlannedLook> Planned(Actor by, CancellationToken gone);

    /// <summary>FAC registers a planned outage; it counts for nothing until SYS agrees.</summary>
    Task<ActResult> Register(PlannedForm form, Actor by, CancellationToken stop);

    /// <summary>SYS agrees, never who registered it: from here on events in that time are marked Planned.</summary>
    Task<ActResult> Agree(string outage, Actor by, CancellationToken stop);

    /// <summary>SYS does not agree, or FAC takes it back; an agreed one is called off.</summary>
    Task<ActResult> Decline(string outage, string reason, Actor by, CancellationToken stop);
}

/// <summary>How a planned outage stands.</summary>
public enum PlannedState
{
    /// <summary>登録: waits for SYS.</summary>
    Asked,

    /// <summary>合意: events in its time are marked.</summary>
    Agreed,

    /// <summary>取下げ・不同意.</summary>
    Declined,

    /// <summary>取りやめ after it was agreed.</summary>
    CalledOff,
}

/// <summary>A planned outage (R-PWR-09).</summary>
/// <param name="Units">Empty: all.</param>
/// <param name="RegisteredBy">Name of who registered it.</param>
/// <param name="AgreedBy">Name of who agreed; null: nobody.</param>
/// <param name="Note">Why it was declined or called off; null: it was not.</param>
/// <param name="IsOver">Its time has passed.</param>
public sealed record PlannedLine(
    string Id, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Units, string Reason, string RegisteredBy, string? AgreedBy, PlannedState State, string? Note, bool IsOver);

/// <summary>The page of 計画停電.</summary>
/// <param name="Units">Units there are to choose from.</param>
public sealed record PlannedLook(ImmutableArray<PlannedLine> Lines, ImmutableArray<string> Units, bool MayRegister, bool MayAgree);

/// <summary>What the form of a planned outage asks.</summary>
/// <param name="Units">Empty: all.</param>
public sealed record PlannedForm(DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Units, string Reason);
