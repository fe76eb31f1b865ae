using System.Collections.Immutable;
using System.Diagnostics;

namespace RoomGuard.Simulators.Doors;

/// <summary>From which side a hand pulls at the leaf.</summary>
public enum Side
{
    /// <summary>Needs a released strike.</summary>
    Outside,

    /// <summary>The lever opens mechanically: the way out is always free (R-DOOR-05).</summary>
    Inside,
}

/// <summary>How a leaf came to be open.</summary>
public enum Opening
{
    /// <summary>Pulled from outside while the strike was released.</summary>
    Released,

    /// <summary>By the lever on the inside.</summary>
    FromInside,

    /// <summary>By force.</summary>
    Forced,
}

/// <summary>What a door's body is at an instant.</summary>
/// <param name="Propped">Something or somebody holds the leaf: the closer cannot shut it.</param>
/// <param name="ClosesAt">When the closer will have shut the leaf; null while it is shut or held.</param>
/// <param name="ButtonUpAt">When the finger leaves the exit button; null while nobody presses it.</param>
public sealed record DoorBody(bool StrikeReleased, bool LeafOpen, bool Propped, TimeSpan? ClosesAt, TimeSpan? ButtonUpAt)
{
    /// <summary>Locked, shut, nobody near.</summary>
    public static DoorBody AtRest { get; } = new(StrikeReleased: false, LeafOpen: false, Propped: false, ClosesAt: null, ButtonUpAt: null);

    /// <summary>When time alone will change something.</summary>
    public TimeSpan? NextDue => (ClosesAt, ButtonUpAt) switch
    {
        ({ } closes, { } up) => closes < up ? closes : up,
        ({ } closes, null) => closes,
        (null, var up) => up,
    };
}

/// <summary>Something that is done to a door's body.</summary>
public abstract record DoorTouch;

/// <summary>The strike's coil was switched.</summary>
public sealed record StrikeSwitched(bool Released) : DoorTouch;

/// <summary>A hand pulls at the leaf.</summary>
public sealed record LeafPulled(Side From) : DoorTouch;

/// <summary>A crowbar, a kick, a strike that never caught.</summary>
public sealed record LeafForced : DoorTouch;

/// <summary>A wedge, a box, a foot: the leaf stays open.</summary>
public sealed record LeafPropped : DoorTouch;

/// <summary>Whatever held the leaf is gone and somebody pushes it shut.</summary>
public sealed record LeafPushedShut : DoorTouch;

/// <summary>A finger on the exit button.</summary>
public sealed record ButtonPressed : DoorTouch;

/// <summary>Time passes.</summary>
public sealed record Moment : DoorTouch;

/// <summary>What could be seen of a door when something was done to it.</summary>
public abstract record DoorSight;

/// <summary>The strike let go with a click.</summary>
public sealed record StrikeClicked(bool Released) : DoorSight;

/// <summary>The leaf swung open.</summary>
public sealed record LeafSwung(Opening How) : DoorSight;

/// <summary>The leaf fell shut.</summary>
public sealed record LeafShut : DoorSight;

/// <summary>The leaf is held open from now on.</summary>
public sealed record LeafHeld : DoorSight;

/// <summary>The exit button went down or came up.</summary>
public sealed record ButtonMoved(bool Down) : DoorSight;

/// <summary>It did not move: the strike is locked.</summary>
public sealed record LeafStayedShut : DoorSight;

/// <summary>What one touch did.</summary>
public sealed record DoorStep(DoorBody Next, ImmutableArray<DoorSight> Seen);

/// <summary>How slow a door's parts are.</summary>
/// <param name="Closer">From letting go to shut.</param>
/// <param name="ButtonDown">How long a finger stays on the exit button; longer than two rounds of polling on a slow line.</param>
public sealed record DoorTemper(TimeSpan Closer, TimeSpan ButtonDown)
{
    /// <summary>An ordinary door.</summary>
    public static DoorTemper Ordinary { get; } = new(TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(700));
}

/// <summary>A door's body as wood and metal behave. A pure function: same body and touch, same step.</summary>
public static class DoorPhysics
{
    /// <summary>What happens to a door when it is touched.</summary>
    public static DoorStep Step(DoorBody door, DoorTouch touch, TimeSpan now, DoorTemper temper)
    {
        ArgumentNullException.ThrowIfNull(door);
        ArgumentNullException.ThrowIfNull(temper);
        return (door, touch) switch
        {
            (_, StrikeSwitched s) when s.Released != door.StrikeReleased =>
                new(door with { StrikeReleased = s.Released }, [new StrikeClicked(s.Released)]),

            // The lever inside works without electricity; from outside the bolt decides.
            ({ LeafOpen: false }, LeafPulled { From: Side.Inside }) => Open(door, Opening.FromInside, now, temper),
            ({ LeafOpen: false, StrikeReleased: true }, LeafPulled) => Open(door, Opening.Released, now, temper),
            ({ LeafOpen: false }, LeafPulled) => new(door, [new LeafStayedShut()]),

            // Whoever pulls at an open leaf keeps it open a little longer.
            ({ Propped: false }, LeafPulled) => new(door with { ClosesAt = now + temper.Closer }, []),

            ({ LeafOpen: false }, LeafForced) => Open(door, Opening.Forced, now, temper),

            ({ LeafOpen: true, Propped: false }, LeafPropped) => new(door with { Propped = true, ClosesAt = null }, [new LeafHeld()]),
            ({ LeafOpen: false, StrikeReleased: true }, LeafPropped) =>
                new(door with { LeafOpen = true, Propped = true }, [new LeafSwung(Opening.Released), new LeafHeld()]),
            ({ LeafOpen: false }, LeafPropped) => new(door, [new LeafStayedShut()]),

            ({ LeafOpen: true }, LeafPushedShut) => Shut(door),

            ({ ButtonUpAt: null }, ButtonPressed) => new(door with { ButtonUpAt = now + temper.ButtonDown }, [new ButtonMoved(Down: true)]),
            (_, ButtonPressed) => new(door with { ButtonUpAt = now + temper.ButtonDown }, []),

            (_, Moment) => Pass(door, now),

            (_, StrikeSwitched or LeafPulled or LeafForced or LeafPropped or LeafPushedShut) => new(door, []),
            _ => throw new UnreachableException($"No answer to {touch?.GetType().Name}."),
        };
    }

    private static DoorStep Open(DoorBody door, Opening how, TimeSpan now, DoorTemper temper) =>
        new(door with { LeafOpen = true, ClosesAt = now + temper.Closer }, [new LeafSwung(how)]);

    private static DoorStep Shut(DoorBody door) =>
        new(door with { LeafOpen = false, Propped = false, ClosesAt = null }, [new LeafShut()]);

    private static DoorStep Pass(DoorBody door, TimeSpan now)
    {
        var seen = ImmutableArray.CreateBuilder<DoorSight>();
        if (door.ButtonUpAt <= now)
        {
            door = door with { ButtonUpAt = null };
            seen.Add(new ButtonMoved(Down: false));
        }

        if (door.ClosesAt <= now)
        {
            door = Shut(door).Next;
            seen.Add(new LeafShut());
        }

        return new(door, seen.DrainToImmutable());
    }
}
