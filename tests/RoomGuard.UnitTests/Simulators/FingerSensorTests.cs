using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.World;
using RoomGuard.TestKit;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Simulators;

/// <summary>The finger sensor of a simulated reader, as the panel's side of the codec sees it.</summary>
public sealed class FingerSensorTests
{
    [Fact]
    public void The_holders_finger_scores_high_and_anybody_elses_low()
    {
        using var panel = Enrolled();

        Assert.InRange(Scored(panel, card: "S-1", finger: "S-1"), 160, 255);
        Assert.InRange(Scored(panel, card: "S-1", finger: "S-2"), 0, 60);
    }

    [Fact]
    public void A_card_whose_finger_is_not_in_the_reader_is_told_at_once()
    {
        using var panel = Enrolled();

        Assert.Equal(BiometricMatchOutcome.NotEnrolled, Asked(panel, card: "S-2").Outcome);
    }

    [Fact]
    [Requirement("R-ID-09")]
    public void A_deleted_finger_is_gone_from_the_reader()
    {
        using var panel = Enrolled();

        Assert.True(panel.Site.ForgetFinger("S-1", "reader-in").Happened);

        Assert.Equal(BiometricMatchOutcome.NotEnrolled, Asked(panel, card: "S-1").Outcome);
        Assert.False(panel.Site.ForgetFinger("S-1", "reader-in").Happened);
    }

    [Fact]
    [Requirement("R-ID-09")]
    public void The_template_never_leaves_the_reader()
    {
        using var panel = Enrolled();
        panel.Site.Present("S-1", "reader-in");
        panel.Hears<CardRead>(1);

        panel.Order(new BiometricReadCommand(0, 0, 0, 0x80));

        Assert.Equal(NakCode.UnableToProcess, panel.Hears<CommandRefused>(1).Nak);
        Assert.False(panel.Site.Touch("S-1", "reader-in").Happened);
        Assert.Empty(panel.Heard.OfType<BiometricTaken>());
    }

    [Fact]
    public void A_wet_finger_and_a_broken_sensor_are_faults_and_no_comparison()
    {
        using var panel = Enrolled();
        Present(panel, "S-1");
        Assert.True(panel.Site.Touch("S-1", "reader-in", wet: true).Happened);
        Assert.Equal(BiometricMatchOutcome.Failed, panel.Hears<BiometricMatchEnded>(1).Outcome);

        panel.Site.Do(new BreakSensor("reader-in", Broken: true));
        Present(panel, "S-1");
        panel.Site.Touch("S-1", "reader-in");
        Assert.Equal(BiometricMatchOutcome.Failed, panel.Hears<BiometricMatchEnded>(1).Outcome);
        Assert.True(panel.Site.Look().Readers[0].SensorBroken);
    }

    [Fact]
    public void A_dark_sensor_takes_no_finger_and_a_lit_one_is_seen()
    {
        using var panel = Enrolled();
        Assert.False(panel.Site.Look().Readers[0].AsksFinger);
        Assert.False(panel.Site.Touch("S-1", "reader-in").Happened);

        Present(panel, "S-1");

        Assert.True(panel.Site.Look().Readers[0] is { Sensor: true, AsksFinger: true });
    }

    [Fact]
    public void Nobody_coming_is_told_after_ten_seconds()
    {
        using var panel = Enrolled();
        Present(panel, "S-1");

        Assert.Equal(BiometricMatchOutcome.TimedOut, panel.Hears<BiometricMatchEnded>(11).Outcome);
        Assert.False(panel.Site.Look().Readers[0].AsksFinger);
    }

    [Fact]
    public void Another_piece_on_the_same_wall_knows_no_finger_and_the_old_one_still_does()
    {
        var memory = new PassingMemory();
        using (var panel = Enrolled(memory))
        {
            panel.Site.ReplaceReader("reader-in", 9999);
        }

        var flash = memory.Read("reader-in")!;
        Assert.All(flash.Templates.Keys, place => Assert.StartsWith("1001/", place, StringComparison.Ordinal));
        Assert.Equal(9999u, flash.Serial);
    }

    [Fact]
    public void A_reader_put_back_to_its_factory_state_knows_nobody()
    {
        var memory = new PassingMemory();
        using var panel = Enrolled(memory);

        panel.Site.ResetReader("reader-in");

        Assert.Empty(memory.Read("reader-in")!.Templates);
    }

    [Fact]
    public void Somebody_walking_in_puts_the_finger_down_when_the_sensor_is_lit()
    {
        using var panel = Enrolled();
        panel.Site.Enter("S-1", "D1");
        panel.Hears<CardRead>(3);
        panel.AskFinger();

        Assert.InRange(panel.Hears<BiometricMatchEnded>(4).Score!.Value, 160, 255);
    }

    [Fact]
    public void A_borrowed_card_comes_with_the_borrowers_finger()
    {
        using var panel = Enrolled();
        panel.Site.Do(new Enter("S-1", "D1", Stay: null, Pin: null, Finger: "S-2"));
        panel.Hears<CardRead>(3);
        panel.AskFinger();

        Assert.InRange(panel.Hears<BiometricMatchEnded>(4).Score!.Value, 0, 60);
    }

    [Fact]
    public void Fingers_outlast_the_program_in_the_readers_own_file()
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-readers-").FullName;
        try
        {
            using (var panel = Enrolled(new FolderMemory(folder)))
            {
                Assert.InRange(Scored(panel, "S-1", "S-1"), 160, 255);
            }

            Assert.Single(new FolderMemory(folder).Read("reader-in")!.Templates);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Two_hundred_touches_of_two_people_are_never_mistaken_for_each_other()
    {
        var chance = new Random(5);
        var kept = Fingers.TemplateOf("S-1");
        for (var touch = 0; touch < 200; touch++)
        {
            Assert.InRange(Fingers.Score(kept, Fingers.Touch("S-1", chance)), 160, 255);
            Assert.InRange(Fingers.Score(kept, Fingers.Touch($"P-{touch}", chance)), 0, 60);
        }
    }

    private static SimulatorSettings SiteWithAFinger()
    {
        var site = A.Site();
        var line = site.Lines[0];
        return site with { Lines = [line with { Devices = line.Devices.SetItem(0, line.Devices[0] with { Finger = true }) }] };
    }

    private static PanelOnWire Enrolled(IReaderMemory? memory = null)
    {
        var panel = new PanelOnWire(settings: SiteWithAFinger(), memory: memory).Installed();
        Assert.True(panel.Site.Enrol("S-1", "reader-in").Happened);
        panel.Forget();
        return panel;
    }

    private static void Present(PanelOnWire panel, string card)
    {
        panel.Forget();
        panel.Site.Present(card, "reader-in");
        panel.Hears<CardRead>(1);
        panel.AskFinger();
        panel.Run(0.3);
    }

    private static BiometricMatchEnded Asked(PanelOnWire panel, string card)
    {
        Present(panel, card);
        return panel.Hears<BiometricMatchEnded>(2);
    }

    private static int Scored(PanelOnWire panel, string card, string finger)
    {
        Present(panel, card);
        Assert.True(panel.Site.Touch(finger, "reader-in").Happened);
        return panel.Hears<BiometricMatchEnded>(1).Score!.Value;
    }
}
