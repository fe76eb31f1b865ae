using RoomGuard.Simulators.Site;

namespace RoomGuard.UnitTests.Simulators;

/// <summary>Things that are valid as they come. A test changes only what it is about.</summary>
internal static class A
{
    /// <summary>Two readers on one line at one door with exit reader and exit button; the outer one has a keypad.</summary>
    public static SimulatorSettings Site(int seed = 1) => new(
        "Test",
        "state",
        seed,
        [
            new(
                "line-1",
                LineKind.Pty,
                38400,
                [
                    new("reader-in", 0, "02CACA", 12, 1001, Inputs: 2, Outputs: 1, Keypad: true, Label: "外"),
                    new("reader-out", 1, "02CACA", 12, 1002, Inputs: 2, Outputs: 1, Keypad: false, Label: "内"),
                ],
                Link: "lines/line-1"),
        ],
        [new("D1", Strike: new("reader-in", 0), Contact: new("reader-in", 0), ExitButton: new("reader-in", 1), EntryReader: "reader-in", ExitReader: "reader-out", Label: "扉")],
        [
            new("S-1", "佐土原 みのり", "H10301", 4, 32077, Pin: "2741"),
            new("S-2", "髙橋 翔太", "H10301", 4, 100),
            new("K-1", "大淀 健", "H10306", 1234, 56789),
        ]);

    /// <summary>The invented site as it ships.</summary>
    public static string Kakuu(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "simulators", "sites", "kakuu", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("The invented site is not above the tests.", file);
    }
}
