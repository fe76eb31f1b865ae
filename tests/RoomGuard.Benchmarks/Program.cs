namespace RoomGuard.Benchmarks;

/// <summary>What is not a test and still belongs to the tests: figures and the table of requirements.</summary>
public static class Program
{
    /// <summary><c>bench [parts]</c> or <c>requirements</c>; <c>mqtt-broker</c> is what a measurement starts as the broker it measures.</summary>
    public static int Main(string[] args) => args switch
    {
        ["requirements"] => RequirementsCommand.Run(Console.Out),
        ["mqtt-broker", var port, var folder] => Mqtt.BrokerUnderTest.Host(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), folder),
        ["bench", .. var parts] => BenchCommand.Run(parts, Console.Out),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("bench [part …] | requirements");
        return 64;
    }
}
