using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Equipment;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>棚卸 of a zone from opening to confirmation, and what stops each step.</summary>
public sealed class StocktakeDeskTests : IAsyncLifetime
{
    private static readonly AssetPlace Rack = new(A.Room, "R03", "");
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private StocktakeDesk desk = null!;
    private int ids;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        foreach (var tag in new[] { "AS-00001", "AS-00002", "AS-00003" })
        {
            Assert.True((await assets.Save(new(AnAsset.Server(tag), Rack, 0), rig.As(Operator), Never)).Ok);
        }
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task A_round_fixes_what_the_register_has_and_is_opened_by_those_who_count()
    {
        foreach (var other in new[] { Staff, Security, Supervisor, Audits, Contractor })
        {
            Assert.Equal("R-MOVE-11", (await desk.Open(A.Room, rig.As(other), Never)).Refusal?.Rule);
        }

        var id = await Opened();
        Assert.Equal("T-2026-0001", id.Value);
        Assert.Equal(FieldFault.StocktakeOpen, Fault(await desk.Open(A.Room, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Open(new("NO-1"), rig.As(Operator), Never)));
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00004"), Rack, 0), rig.As(Operator), Never)).Ok);

        // What is registered afterwards does not change the list; it is told apart.
        var file = await File(id);
        Assert.Equal(["AS-00001", "AS-00002", "AS-00003"], file.Lines.Select(line => line.Item.Tag.Value));
        Assert.Equal([StockAccount.ArrivedUncounted], file.Result.Accounted.Select(item => item.Account));
        Assert.Null(await desk.One(id, rig.As(Staff), Never));
        Assert.Null(await desk.Rounds(rig.As(Contractor), Never));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Those_who_count_are_told_of_the_day_and_who_may_confirm_of_what_was_counted()
    {
        Assert.Equal(new StockWaiting(0, 0), await desk.Waiting(rig.As(Operator), Never));
        rig.Service.Time.Advance(TimeSpan.FromDays(340));
        Assert.Equal(new StockWaiting(1, 0), await desk.Waiting(rig.As(Operator), Never));
        Assert.Equal(new StockWaiting(0, 0), await desk.Waiting(rig.As(Audits), Never));

        var id = await Opened();
        Assert.Equal(0, (await desk.Waiting(rig.As(Operator), Never)).Due);
        Assert.True((await desk.Close(id, (await File(id)).Round.Version, rig.As(Operator), Never)).Ok);
        Assert.Equal((1, 0), ((await desk.Waiting(rig.As(Manager), Never)).ToConfirm, (await desk.Waiting(rig.As(Operator), Never)).ToConfirm));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Each_code_is_read_back_with_what_it_is_and_wrong_ones_at_once()
    {
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00009"), new(new("MED-1"), "", ""), 0), rig.As(Operator), Never)).Ok);
        var id = await Opened();
        var answer = await desk.Count(id, [Read("AS-00001"), Read("AS-00009"), Read("AS-99999"), Read("4901234567894")], rig.As(Operator), Never);
        Assert.True(answer.Act.Ok);
        Assert.Equal([StockReadKind.Listed, StockReadKind.Elsewhere, StockReadKind.Unknown, StockReadKind.Unknown], answer.Reads.Select(read => read.Kind));
        Assert.Equal(("住民記録サーバ", ImportanceClass.I), (answer.Reads[0].Name, answer.Reads[0].Importance));
        Assert.Equal("MED-1", answer.Reads[1].Place?.Zone?.Value);
        Assert.True((await desk.Count(id, [Read("AS-00001")], rig.As(Operator), Never)).Reads[0].Again);
        Assert.Equal(FieldFault.BadCharacters, Assert.Single((await desk.Count(id, [Read("AS\u0000")], rig.As(Operator), Never)).Act.Problems).Fault);
        Assert.Equal(FieldFault.BadCharacters, Assert.Single((await desk.Count(id, [new("no id", "AS-00001", Now)], rig.As(Operator), Never)).Act.Problems).Fault);
        Assert.Equal("R-MOVE-11", (await desk.Count(id, [Read("AS-00001")], rig.As(Audits), Never)).Act.Refusal?.Rule);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task A_code_sent_twice_is_counted_once_also_when_it_was_read_without_a_network()
    {
        var id = await Opened();
        ImmutableArray<StockRead> kept = [Read("AS-00001"), Read("AS-00002")];
        var both = await Task.WhenAll(desk.Count(id, kept, rig.As(Operator), Never), desk.Count(id, kept, rig.As(Operator), Never));
        Assert.All(both, answer => Assert.Equal([StockReadKind.Listed, StockReadKind.Listed], answer.Reads.Select(read => read.Kind)));
        var size = rig.Service.Record.Size;
        Assert.True((await desk.Count(id, kept, rig.As(Operator), Never)).Act.Ok);
        Assert.Equal(size, rig.Service.Record.Size);
        Assert.Single(rig.Service.Kinds(), kind => kind == "stocktake.counted");

        // After the end, what is known is answered once more and what is new is refused.
        Assert.True((await desk.Close(id, await Version(id), rig.As(Operator), Never)).Ok);
        Assert.True((await desk.Count(id, kept, rig.As(Operator), Never)).Act.Ok);
        Assert.Equal(FieldFault.StocktakeOver, Assert.Single((await desk.Count(id, [Read("AS-00003")], rig.As(Operator), Never)).Act.Problems).Fault);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task A_manager_who_did_not_count_confirms_it_and_says_what_was_looked_into()
    {
        var id = await Opened();
        _ = await desk.Count(id, [Read("AS-00001")], rig.As(Operator), Never);
        _ = await desk.Count(id, [Read("AS-00002")], rig.As(Manager), Never);
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(await desk.Confirm(id, await Version(id), "調べた", rig.As(OtherManager), Never)));
        Assert.True((await desk.Close(id, await Version(id), rig.As(Operator), Never)).Ok);
        foreach (var other in new[] { Operator, Manager, Supervisor, Security, Audits, Staff })
        {
            Assert.Equal("R-MOVE-11", (await desk.Confirm(id, await Version(id), "調べた", rig.As(other), Never)).Refusal?.Rule);
        }

        Assert.NotNull((await desk.One(id, rig.As(Manager), Never))!.WhyNotConfirm);
        Assert.Equal(FieldFault.Required, Fault(await desk.Confirm(id, await Version(id), "", rig.As(OtherManager), Never)));
        var version = await Version(id);
        var both = await Task.WhenAll(desk.Confirm(id, version, "調べた", rig.As(OtherManager), Never), desk.SendBack(id, version, "数え直し", rig.As(OtherManager), Never));
        Assert.Equal(FieldFault.ChangedMeanwhile, Fault(Assert.Single(both, done => !done.Ok)));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    [Requirement("R-MOVE-04")]
    public async Task Missing_items_of_class_I_or_II_become_an_alarm_and_no_place_changes()
    {
        Assert.True((await assets.Save(new(AnAsset.Server("AS-00009"), new(new("MED-1"), "", ""), 0), rig.As(Operator), Never)).Ok);
        var id = await Opened();
        _ = await desk.Count(id, [Read("AS-00001"), Read("AS-00009")], rig.As(Operator), Never);
        Assert.True((await desk.Close(id, await Version(id), rig.As(Operator), Never)).Ok);
        Assert.Equal(0L, Raised());
        Assert.True((await desk.Confirm(id, await Version(id), "所在を調べている", rig.As(OtherManager), Never)).Ok);
        Assert.Equal(1L, Raised());
        Assert.Equal(1L, rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_alarms WHERE kind = 'stock-missing' AND subject = $1", id.Value)!));
        var round = (await File(id)).Round;
        Assert.Equal((3, 1, 2, 1), (round.Result!.Expected, round.Result.Found, round.Result.Missing.Length, round.Result.Surplus.Length));
        Assert.Equal("MED-1", await PlaceOf("AS-00009"));
        Assert.Equal(A.Room.Value, await PlaceOf("AS-00002"));

        // It stands in the story of what is missing and what is surplus, and nobody who changes an entry has to look again.
        foreach (var tag in new[] { "AS-00002", "AS-00009" })
        {
            Assert.Contains((await assets.One(new(tag), rig.As(Audits), Never))!.Story, step => step.Event is StocktakeConfirmed);
        }

        Assert.DoesNotContain((await assets.One(new("AS-00001"), rig.As(Audits), Never))!.Story, step => step.Event is StocktakeConfirmed);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public void Only_class_I_and_II_are_an_alarm()
    {
        StockResult lesser = new(1, 0, 0, [new(new("AS-1"), ImportanceClass.III)], [], []);
        Assert.Empty(AlarmSignals.Of(new StocktakeConfirmed(Now, new("T-1"), A.Room, lesser, "", Manager), null, default));
        var graver = lesser with { Missing = [new(new("AS-1"), ImportanceClass.II)] };
        var alarm = Assert.IsType<CauseArose>(Assert.Single(AlarmSignals.Of(new StocktakeConfirmed(Now, new("T-1"), A.Room, graver, "", Manager), null, default)));
        Assert.Equal((AlarmKinds.StockMissing, "T-1", A.Room), (alarm.Kind, alarm.Subject, alarm.Zone!.Value));
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Moves_completed_during_the_round_are_taken_into_account()
    {
        var id = await Opened();
        _ = await desk.Count(id, [Read("AS-00001"), Read("AS-00005")], rig.As(Operator), Never);
        await rig.Write(new AssetMoved(Now, new("AS-00002"), Rack, new(new("MED-1"), "", ""), new("M-2026-0001"), true, Manager));
        await Register("AS-00005");
        await rig.Write(new AssetMoved(Now, new("AS-00005"), null, Rack, new("M-2026-0002"), true, Manager));
        Assert.True((await desk.Close(id, await Version(id), rig.As(Operator), Never)).Ok);

        var result = (await File(id)).Result;
        Assert.Equal(["AS-00003"], result.Missing.Select(item => item.Tag.Value));
        Assert.Empty(result.Surplus);
        Assert.Equal([("AS-00002", StockAccount.Left, "M-2026-0001"), ("AS-00005", StockAccount.Arrived, "M-2026-0002")], result.Accounted.Select(item => (item.Tag.Value, item.Account, item.By)));

        // A move after the end changes nothing of it, and counts once it is counted on.
        await rig.Write(new AssetMoved(Now, new("AS-00003"), Rack, new(null, "", "倉庫"), new("M-2026-0003"), false, Manager));
        Assert.Equal(["AS-00003"], (await File(id)).Result.Missing.Select(item => item.Tag.Value));
        Assert.True((await desk.SendBack(id, await Version(id), "動いたものがある", rig.As(Manager), Never)).Ok);
        Assert.Empty((await File(id)).Result.Missing);
    }

    [Fact]
    public async Task A_round_that_is_given_up_does_not_count_and_lets_another_begin()
    {
        var id = await Opened();
        Assert.Equal("R-MOVE-11", (await desk.Cancel(id, await Version(id), "停電", rig.As(Operator), Never)).Refusal?.Rule);
        Assert.True((await desk.Cancel(id, await Version(id), "停電", rig.As(Manager), Never)).Ok);
        Assert.Null((await desk.Rounds(rig.As(Audits), Never))!.Zones.Single(zone => zone.Zone == A.Room).CountedOn);
        Assert.Equal("T-2026-0002", (await Opened()).Value);
    }

    [Fact]
    [Requirement("R-MOVE-11")]
    public async Task Each_zone_is_due_a_year_after_it_was_counted_or_first_filled()
    {
        Assert.Empty(Overdue());
        rig.Service.Time.Advance(TimeSpan.FromDays(340));
        Assert.Equal(StockStanding.Soon, (await Zone()).Standing);
        rig.Service.Time.Advance(TimeSpan.FromDays(30));
        var due = Assert.Single(Overdue());
        Assert.Equal((AttentionKind.StocktakeOverdue, A.Room), (due.Kind, due.Zone));
        Assert.Equal(StockStanding.Overdue, (await Zone()).Standing);

        await rig.Write(new StocktakeOpened(Now, new("T-2027-0001"), A.Room, [], Operator));
        await rig.Write(new StocktakeClosed(Now, new("T-2027-0001"), new(0, 0, 0, [], [], []), Operator));
        await rig.Write(new StocktakeConfirmed(Now, new("T-2027-0001"), A.Room, new(0, 0, 0, [], [], []), "", Manager));
        Assert.Empty(Overdue());
        Assert.Equal(StockStanding.Later, (await Zone()).Standing);
    }

    private static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    private StockRead Read(string code) => new($"read-{++ids}", code, Now);

    private long Raised() => rig.Service.Ask(db => (long)db.Value("SELECT count(*) FROM view_attention WHERE kind = $1", (long)AttentionKind.StockMissing)!);

    private Attention[] Overdue() => rig.Service.Ask(db => StocktakeDesk.Overdue(db, Now, rig.Service.Record.TimeZone, rig.Service.Policy.Now[Limit.StocktakeMonths]).ToArray());

    private async Task<ZoneStock> Zone() => (await desk.Rounds(rig.As(Audits), Never))!.Zones.Single(zone => zone.Zone == A.Room);

    private async Task Register(string tag) => Assert.True((await assets.Save(new(AnAsset.Server(tag), null, 0), rig.As(Operator), Never)).Ok);

    private async Task<StocktakeId> Opened()
    {
        var done = await desk.Open(A.Room, rig.As(Operator), Never);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
        return new(done.Id!);
    }

    private async Task<StocktakeFile> File(StocktakeId id) => (await desk.One(id, rig.As(Audits), Never))!;

    private async Task<int> Version(StocktakeId id) => (await File(id)).Round.Version;

    private async Task<string?> PlaceOf(string tag) => (await assets.One(new(tag), rig.As(Audits), Never))!.Line.Place?.Zone?.Value;
}
