using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.TestKit;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Readers;

public sealed class ReaderSignalsTests
{
    public static TheoryData<ReaderSignal> Signals => [.. Enum.GetValues<ReaderSignal>()];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Every_signal_has_a_light(ReaderSignal signal) =>
        Assert.Contains(ReaderSignals.Commands(signal, PdCapabilities.None), command => command is LedCommand);

    [Fact]
    public void No_two_signals_differ_by_colour_alone() =>
        Assert.Equal(
            ReaderSignals.Table.Length,
            ReaderSignals.Table.Select(line => (line.Light.OnTenths, line.Light.OffTenths, line.Light.ForTenths, line.Sound)).Distinct().Count());

    [Fact]
    [Requirement("R-DOOR-01")]
    public void The_refusal_is_short_leaves_no_trace_and_is_one_for_all_reasons()
    {
        var line = ReaderSignals.Of(ReaderSignal.Denied);

        Assert.False(line.Lasting);
        Assert.InRange(line.Light.ForTenths, 1, 50);
        Assert.Single(ReaderSignals.Table, other => other.Signal == ReaderSignal.Denied);
    }

    [Fact]
    public void A_sounder_that_sounds_until_told_otherwise_is_told_otherwise_by_idle() =>
        Assert.Contains(new BuzzerCommand(0, 1, 0, 0, 0), ReaderSignals.Commands(ReaderSignal.Idle, PdCapabilities.None));

    [Fact]
    public void A_reader_that_says_it_has_no_sounder_is_not_asked_to_sound() =>
        Assert.DoesNotContain(
            ReaderSignals.Commands(ReaderSignal.Denied, new([new(4, 2, 1), new(5, 0, 0)])),
            command => command is BuzzerCommand);

    [Fact]
    public void No_command_is_one_a_reader_must_refuse()
    {
        foreach (var command in ReaderSignals.Table.SelectMany(line => ReaderSignals.Commands(line.Signal, PdCapabilities.None)))
        {
            // On and off time must not both be zero when setting; the tone 0 is obsolete (osdp.md section 5).
            switch (command)
            {
                case LedCommand led:
                    Assert.All(led.Settings, set => Assert.False(
                        (set.Temporary is { Control: 2, OnTenths: 0, OffTenths: 0 }) || (set.Permanent is { Control: 1, OnTenths: 0, OffTenths: 0 })));
                    break;
                case BuzzerCommand sound:
                    Assert.True(sound is { Tone: 1 } or { Tone: 2, OnTenths: > 0 });
                    break;
            }
        }
    }

    [Theory]
    [InlineData(5000, 50)]
    [InlineData(50, 1)]
    [InlineData(5010, 51)]
    [InlineData(100_000_000, 65535)]
    public void A_release_is_timed_by_the_reader_itself(int milliseconds, ushort tenths) =>
        Assert.Equal(new OutputSetting(1, OutputControl.OnFor, tenths), Assert.Single(new MoveOutput(0, 1, TimeSpan.FromMilliseconds(milliseconds)).Command.Settings));

    [Fact]
    public void Securing_ends_a_running_timer() =>
        Assert.Equal(new OutputSetting(1, OutputControl.Off, 0), Assert.Single(new MoveOutput(0, 1, null).Command.Settings));
}
