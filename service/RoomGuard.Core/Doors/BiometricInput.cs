using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>What a reader's sensor said of the finger, eye or face shown to it (R-DOOR-03). The comparison is the reader's own; only this word of it goes on (R-ID-09).</summary>
public enum BiometricVerdict
{
    /// <summary>It is the one kept for the card shown just before.</summary>
    Match,

    /// <summary>It is another: somebody else's card, or somebody else's finger (R-DOOR-04).</summary>
    NoMatch,

    /// <summary>The reader keeps nothing for that card.</summary>
    NotEnrolled,

    /// <summary>Nothing was shown in time.</summary>
    TimedOut,

    /// <summary>The sensor could not read, or did not answer.</summary>
    SensorFault,
}

/// <summary>A reader with a sensor was asked whether the person at the door is the card's holder, and has answered.</summary>
/// <param name="Score">How alike, 0 to 255, as the reader counts it; null when nothing was compared.</param>
public sealed record BiometricChecked(DateTimeOffset At, DeviceId Reader, BiometricVerdict Verdict, int? Score) : RoomInput(At);
