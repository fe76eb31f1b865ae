namespace RoomGuard.Simulators.Control;

/// <summary>How the program ends, so that a script can tell why (sysexits.h where it has a word).</summary>
public static class ProgramExit
{
    /// <summary>All well.</summary>
    public const int Ok = 0;

    /// <summary>Tried, and nothing moved.</summary>
    public const int NothingMoved = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 64;

    /// <summary>A port is in use, a terminal cannot be made, or nobody answers.</summary>
    public const int Unavailable = 69;

    /// <summary>The settings or the story are wrong; the message names file, place, value and remedy.</summary>
    public const int Config = 78;
}
