namespace RoomGuard.Core.Operators;

/// <summary>Limits of sessions (R-SIGN-04), one set for ordinary accounts and a tighter one for 特権ID.</summary>
/// <param name="Idle">Over when nobody did anything for this long.</param>
/// <param name="Longest">Over after this, however busy.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Longest)
{
    /// <summary>The limits of ordinary accounts.</summary>
    public static SessionLimits Ordinary { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(8));

    /// <summary>The limits of 特権ID.</summary>
    public static SessionLimits Privileged { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(60));

    /// <summary>Those of an account.</summary>
    public static SessionLimits Of(bool privileged) => privileged ? Privileged : Ordinary;

    /// <summary>Why a session is over at a moment; null: it is not.</summary>
    public SessionEnd? EndAt(DateTimeOffset begun, DateTimeOffset lastAct, DateTimeOffset now) =>
        now - begun >= Longest ? SessionEnd.TooOld : now - lastAct >= Idle ? SessionEnd.Idle : null;
}
