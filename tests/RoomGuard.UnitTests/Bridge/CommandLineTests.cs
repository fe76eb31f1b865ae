using RoomGuard.Bridge;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public class CommandLineTests
{
    [Fact]
    public void Without_a_command_the_doors_are_watched() => Assert.IsType<ServeCommand>(Read("--settings", "b.json")?.Command);

    [Fact]
    public void Joining_takes_its_code() => Assert.Equal(new JoinCommand("7K2QF"), Read("--settings", "b.json", "join", "--code", "7K2QF")?.Command);

    [Fact]
    public void Installing_takes_one_reader_or_all_and_some_minutes()
    {
        Assert.Equal(new InstallReaderCommand("reader-in", 5), Read("--settings", "b.json", "reader", "install", "reader-in")?.Command);
        Assert.Equal(new InstallReaderCommand(null, 2), Read("reader", "install", "--all", "--minutes", "2", "--settings", "b.json")?.Command);
        Assert.Equal(new RotateReaderCommand("reader-in"), Read("--settings", "b.json", "reader", "rotate", "reader-in")?.Command);
    }

    [Fact]
    public void Values_are_set_over_the_file() =>
        Assert.Equal(["listen.watch=7581", "panel=bridge-2"], Read("--settings", "b.json", "--set", "listen.watch=7581", "--set", "panel=bridge-2")!.Overrides.AsEnumerable());

    [Theory]
    [InlineData("serve")]
    [InlineData("--settings")]
    [InlineData("--settings", "b.json", "server")]
    [InlineData("--settings", "b.json", "join")]
    [InlineData("--settings", "b.json", "join", "--all")]
    [InlineData("--settings", "b.json", "reader", "install")]
    [InlineData("--settings", "b.json", "reader", "install", "reader-in", "--all")]
    [InlineData("--settings", "b.json", "reader", "install", "--all", "--minutes", "11")]
    [InlineData("--settings", "b.json", "serve", "--minutes", "5")]
    [InlineData("--settings", "b.json", "--verbose")]
    public void What_is_not_understood_is_said(params string[] arguments)
    {
        Assert.Null(CommandLine.Read(arguments, out var problem));
        Assert.False(string.IsNullOrWhiteSpace(problem));
    }

    private static CommandLine? Read(params string[] arguments) => CommandLine.Read(arguments, out _);
}
