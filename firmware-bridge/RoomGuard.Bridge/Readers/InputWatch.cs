using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What a wired input tells.</summary>
public enum InputMeaning
{
    /// <summary>Nothing: never heard, line short, cut or faulty, or its reader silent. Never taken for rest.</summary>
    Unknown,

    /// <summary>Leaf closed, button at rest.</summary>
    AtRest,

    /// <summary>Leaf open, button pressed.</summary>
    Active,
}

/// <summary>Follows one wired input: sense, supervision and debounce. Pure; knows the time only by being told.</summary>
public sealed class InputWatch(WiredInput wired)
{
    private InputMeaning waiting;
    private TimeSpan? settlesAt;

    /// <summary>What it is wired to.</summary>
    public WiredInput Wired => wired;

    /// <summary>What counts now.</summary>
    public InputMeaning Now { get; private set; }

    /// <summary>When a change that has not settled yet will count; null: none waits.</summary>
    public TimeSpan? NextDue => settlesAt;

    /// <summary>The reader reported its inputs.</summary>
    /// <param name="state">Null: the reader has no such input.</param>
    /// <returns>True when <see cref="Now"/> changed.</returns>
    public bool Report(InputState? state, TimeSpan now)
    {
        var meaning = Mean(state);
        if (meaning == Now)
        {
            settlesAt = null;
            return false;
        }

        // The first word after silence counts at once, and so does a line fault: only chatter between two good states is waited out.
        if (wired.Debounce <= TimeSpan.Zero || Now == InputMeaning.Unknown || meaning == InputMeaning.Unknown)
        {
            return Settle(meaning);
        }

        if (settlesAt is null || waiting != meaning)
        {
            (waiting, settlesAt) = (meaning, now + wired.Debounce);
        }

        return false;
    }

    /// <summary>Time went by.</summary>
    /// <returns>True when <see cref="Now"/> changed.</returns>
    public bool TimePassed(TimeSpan now) => settlesAt is { } due && now >= due && Settle(waiting);

    private bool Settle(InputMeaning meaning)
    {
        settlesAt = null;
        Now = meaning;
        return true;
    }

    private InputMeaning Mean(InputState? state) => state switch
    {
        InputState.Inactive => wired.Inverted ? InputMeaning.Active : InputMeaning.AtRest,
        InputState.Active => wired.Inverted ? InputMeaning.AtRest : InputMeaning.Active,
        _ => InputMeaning.Unknown,
    };
}
