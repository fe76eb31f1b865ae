namespace RoomGuard.Benchmarks;

/// <summary>The program's entry point.</summary>
public static class Program
{
    /// <summary>Starts the program.</summary>
    public static int Main() => 0;
}
