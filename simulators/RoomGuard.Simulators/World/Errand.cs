namespace RoomGuard.Simulators.World;

/// <summary>How far somebody has come on their way through a door.</summary>
internal enum ErrandPhase
{
    /// <summary>Waits until nobody else is at the door.</summary>
    Queueing,

    /// <summary>Takes the card out, or reaches for the exit button.</summary>
    Asking,

    /// <summary>Types the PIN.</summary>
    Typing,

    /// <summary>Puts a finger on the sensor.</summary>
    Touching,

    /// <summary>Listens for the click of the strike.</summary>
    Listening,

    /// <summary>Reaches for the handle.</summary>
    Pulling,

    /// <summary>Goes through; the door falls shut behind.</summary>
    Through,

    /// <summary>Is inside, busy.</summary>
    Staying,

    /// <summary>Done.</summary>
    Over,
}

/// <summary>One person's way through one door, in and out again. It keeps only where it stands; the world moves it.</summary>
internal sealed class Errand(string person, string door, bool leaving, TimeSpan? stay, string? pin, string? finger, Random chance)
{
    /// <summary>How long people wait for the click before they give up, or take the lever on the way out.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Person { get; } = person;

    public string Door { get; } = door;

    /// <summary>False on the way in, true on the way out.</summary>
    public bool Leaving { get; private set; } = leaving;

    /// <summary>How long to stay inside; null: until told.</summary>
    public TimeSpan? Stay { get; private set; } = stay;

    /// <summary>What to type instead of the person's own PIN.</summary>
    public string? Pin { get; } = pin;

    /// <summary>Whose finger goes on the sensor instead of the person's own.</summary>
    public string Finger { get; } = finger ?? person;

    public ErrandPhase Phase { get; private set; } = ErrandPhase.Queueing;

    /// <summary>When this phase ends by time; null: it ends by what the door does.</summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Whether nobody else can use the door meanwhile.</summary>
    public bool AtDoor => Phase is ErrandPhase.Asking or ErrandPhase.Typing or ErrandPhase.Touching or ErrandPhase.Listening or ErrandPhase.Pulling or ErrandPhase.Through;

    /// <summary>Goes on to a phase that ends when the door does something.</summary>
    public void Go(ErrandPhase phase)
    {
        Phase = phase;
        Due = null;
    }

    /// <summary>Goes on to a phase of this length.</summary>
    public void Go(ErrandPhase phase, TimeSpan until)
    {
        Phase = phase;
        Due = until;
    }

    /// <summary>Is still on the way in and told to leave: turns round as soon as the door has fallen shut.</summary>
    public void StayNoLonger() => Stay = TimeSpan.Zero;

    /// <summary>Turns round to leave.</summary>
    public void TurnRound()
    {
        Leaving = true;
        Go(ErrandPhase.Queueing);
    }

    /// <summary>How long a hand takes for something that takes about this long.</summary>
    public TimeSpan About(double seconds) => TimeSpan.FromSeconds(seconds * (0.75 + (chance.NextDouble() * 0.5)));
}
