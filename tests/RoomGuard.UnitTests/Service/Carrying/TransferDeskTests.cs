using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Carrying;

/// <summary>系統間の媒体移送: listed media, both sides, scanned; anything else is written down and told to SEC.</summary>
public sealed class TransferDeskTests : IAsyncLifetime
{
    private CaseRig rig = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        await rig.Write(new CarryListed(Now, new("USB-1", CarriedKind.Media, "専用USBメモリ", [], MayLeave: true, Encrypted: true, Managed: true), Removed: false, Manager));
        await rig.Write(new CarryListed(Now, new("USB-2", CarriedKind.Media, "専用USBメモリ", [], MayLeave: false, Encrypted: false, Managed: true), Removed: false, Manager));
        await rig.Write(new CarryListed(Now, new("PC-1", CarriedKind.Terminal, "端末", [], MayLeave: true, Encrypted: true, Managed: true), Removed: false, Manager));
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-MOVE-08")]
    public async Task A_listed_medium_that_was_scanned_carries_and_both_sides_are_recorded_by_OPS()
    {
        var desk = Desk("miyazaki");
        foreach (var other in new[] { Manager, Security, Staff, Contractor, Audits })
        {
            Assert.Equal("R-MOVE-08", (await desk.Record(Transfer(), rig.As(other), Never)).Refusal?.Rule);
        }

        var done = await desk.Record(Transfer(), rig.As(Operator), Never);
        Assert.Equal("MT-2026-0001", done.Id);
        var line = Assert.Single((await desk.Register(rig.As(Security), Never))!.Lines);
        Assert.Equal((Segment.Internet, "PC-0098", Segment.StandardSystem, "PC-0101", ScanResult.Clean, (TransferRefusal?)null), (line.Transfer.From, line.Transfer.FromAt, line.Transfer.To, line.Transfer.ToAt, line.Transfer.Scan!.Value, line.Refusal));
        Assert.Null(await desk.Register(rig.As(Staff), Never));
        Assert.Equal(0, Alarms());
    }

    [Theory]
    [InlineData("USB-99", "Internet", "StandardSystem", "Clean", TransferRefusal.NotListed)]
    [InlineData("PC-1", "Internet", "StandardSystem", "Clean", TransferRefusal.NotListed)]
    [InlineData("USB-1", "Internet", "Lgwan", "Clean", TransferRefusal.SegmentUnknown)]
    [InlineData("USB-2", "MyNumber", "StandardSystem", "Clean", TransferRefusal.NotEncrypted)]
    [InlineData("USB-1", "Internet", "StandardSystem", null, TransferRefusal.NotScanned)]
    [InlineData("USB-1", "Internet", "StandardSystem", "Found", TransferRefusal.ScanFound)]
    [Requirement("R-MOVE-08")]
    public async Task Anything_else_is_written_down_refused_with_its_rule_and_an_alarm_that_SEC_is_told_first(string media, string from, string to, string? scan, TransferRefusal expected)
    {
        var desk = Desk("miyazaki");
        var refused = await desk.Record(
            Transfer() with { Media = media, From = Enum.Parse<Segment>(from), To = Enum.Parse<Segment>(to), Scan = scan is null ? null : Enum.Parse<ScanResult>(scan) }, rig.As(Operator), Never);
        Assert.Equal((FieldFault.TransferRefused, $"{expected}"), Assert.Single(refused.Problems) is var problem ? (problem.Fault, problem.Value) : default);
        Assert.Equal(expected, Assert.Single((await desk.Register(rig.As(Security), Never))!.Lines).Refusal);
        Assert.Equal(1, Alarms());
        Assert.Equal("SEC", ContactBook.Empty.For(AlarmKinds.MediaTransfer, null).Steps[0].Contact);
        Assert.Equal(1L, rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_attention WHERE kind = $1", (long)AttentionKind.MediaTransferRefused)!));
    }

    [Theory]
    [InlineData("base", TransferRefusal.SegmentUnknown)]
    [InlineData("nishikitago", TransferRefusal.MyNumberForbidden)]
    [InlineData("memuro", TransferRefusal.MyNumberForbidden)]
    [InlineData("miyazaki", null)]
    [InlineData("gunma", TransferRefusal.SegmentUnknown)]
    [InlineData("oshima-hiyama", TransferRefusal.MyNumberForbidden)]
    [Requirement("R-MOVE-08")]
    [Requirement("R-PROF-03")]
    public async Task The_profile_decides_which_segments_there_are_and_whether_anything_leaves_the_My_Number_segment(string profile, TransferRefusal? expected)
    {
        var desk = Desk(profile);
        _ = await desk.Record(Transfer() with { From = Segment.MyNumber, To = Segment.Internet }, rig.As(Operator), Never);
        Assert.Equal(expected, Assert.Single((await desk.Register(rig.As(Audits), Never))!.Lines).Refusal);
    }

    [Fact]
    [Requirement("R-MOVE-08")]
    public async Task A_form_that_says_too_little_or_what_cannot_be_is_no_transfer_and_no_alarm()
    {
        var desk = Desk("miyazaki");
        Assert.Equal(["toAt"], (await desk.Record(Transfer() with { ToAt = " " }, rig.As(Operator), Never)).Problems.Select(problem => problem.Field));
        Assert.Equal(FieldFault.SameSegment, Assert.Single((await desk.Record(Transfer() with { To = Segment.Internet }, rig.As(Operator), Never)).Problems).Fault);
        Assert.Equal(FieldFault.InFuture, Assert.Single((await desk.Record(Transfer() with { At = Now.AddMinutes(1) }, rig.As(Operator), Never)).Problems).Fault);
        Assert.Equal(FieldFault.BadCharacters, Assert.Single((await desk.Record(Transfer() with { Content = "=1+1" }, rig.As(Operator), Never)).Problems).Fault);
        Assert.Empty((await desk.Register(rig.As(Audits), Never))!.Lines);
        Assert.Equal(0, Alarms());
    }

    [Fact]
    [Requirement("R-MOVE-08")]
    public void Every_refusal_names_its_requirement_its_clause_and_what_to_do_instead() => Assert.All(Enum.GetValues<TransferRefusal>(), refusal =>
    {
        var words = TransferRefusalText.Of(refusal);
        Assert.Matches("^R-(MOVE|CARRY)-[0-9]{2}$", words.Requirement);
        Assert.StartsWith("第2章", words.Clause, StringComparison.Ordinal);
        Assert.EndsWith("ください。", words.Because.Ja, StringComparison.Ordinal);
    });

    private MediaTransfer Transfer() => new("USB-1", "帳票の写し", Segment.Internet, "PC-0098", Segment.StandardSystem, "PC-0101", Now.AddMinutes(-10), ScanResult.Clean, "");

    private long Alarms() => rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_alarms WHERE kind = $1", AlarmKinds.MediaTransfer.Id)!);

    private TransferDesk Desk(string profile) => new(
        rig.Service.Record,
        new SitePolicy(
            rig.Service.Record,
            rig.Service.Settings with { Site = rig.Service.Settings.Site with { PolicyProfile = new([new(profile, 1, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "訓令第1号")]) } },
            ProfileShelf.Load(ProfileShelf.Folder),
            rig.Service.Time),
        rig.Guard,
        rig.Service.Turn,
        rig.Service.Time);
}
