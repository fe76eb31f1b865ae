namespace RoomGuard.Hosting;

/// <summary>How our programs end, so that a script or a service manager can tell why (sysexits.h where it has a word).</summary>
public static class ExitCodes
{
    /// <summary>All well.</summary>
    public const int Ok = 0;

    /// <summary>A check found something that needs a hand.</summary>
    public const int Findings = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 64;

    /// <summary>Something else holds what this program needs: a port, a data folder, a serial port.</summary>
    public const int Unavailable = 69;

    /// <summary>The program failed in a way it did not expect.</summary>
    public const int Software = 70;

    /// <summary>The settings are wrong; the message names file, place, value and remedy.</summary>
    public const int Config = 78;
}
