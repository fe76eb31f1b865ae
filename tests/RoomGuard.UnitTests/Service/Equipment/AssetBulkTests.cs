using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Equipment;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>まとめて変更: what becomes of each item is seen before, and all of them change or none.</summary>
public sealed class AssetBulkTests : IAsyncLifetime
{
    private static readonly AssetQuery All = new(null, null, null, null, null, AssetShow.All, null, 0);
    private CaseRig rig = null!;
    private AssetDesk assets = null!;
    private AssetBulk bulk = null!;

    private DateOnly Today => DateOnly.FromDateTime(rig.Service.Time.GetUtcNow().DateTime);

    public async Task InitializeAsync()
    {
        rig = await Begin();
        assets = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        bulk = new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        foreach (var tag in new[] { "AS-00001", "AS-00002", "AS-00003" })
        {
            Assert.True((await assets.Save(new(AnAsset.Server(tag) with { Serial = $"SER-{tag}", Storage = [new($"SSD-{tag}", "SSD")], Parts = [] }, null, 0), rig.As(Operator), Never)).Ok);
        }
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    [Requirement("R-LIFE-01")]
    public async Task A_new_manager_is_seen_item_by_item_before_it_is_so_and_each_keeps_its_own_entry()
    {
        var form = new BulkForm(BulkAct.Manager, new(Operator), default, "");
        var look = (await bulk.Look(All, form, rig.As(Operator), Never))!;
        Assert.Equal(3, look.Lines.Length);
        Assert.All(look.Lines, line => Assert.Equal((Manager, Operator, null), (line.Before, line.After, line.Against)));
        Assert.DoesNotContain("asset.maintained", rig.Service.Kinds());

        // One was left out by hand.
        var before = rig.Service.Kinds().Length;
        Assert.True((await bulk.Apply(form, [.. look.Lines.Skip(1).Select(Seen)], rig.As(Operator), Never)).Ok);
        Assert.Equal(["asset.recorded", "asset.recorded"], rig.Service.Kinds()[before..]);
        Assert.Equal([Manager, Operator, Operator], (await bulk.Look(All, null, rig.As(Operator), Never))!.Lines.Select(line => line.Line.Asset.Manager!.Value.Value));
        Assert.Equal(FieldFault.NothingToChange, (await bulk.Look(All, form, rig.As(Operator), Never))!.Lines[1].Against?.Fault);
    }

    [Fact]
    [Requirement("R-LIFE-02")]
    public async Task Maintenance_of_all_is_recorded_or_of_none_and_never_backwards_or_ahead_of_time()
    {
        Assert.True((await assets.Maintain(new("AS-00002"), (await assets.One(new("AS-00002"), rig.As(Operator), Never))!.Version, Today, "異常なし", rig.As(Operator), Never)).Ok);
        var form = new BulkForm(BulkAct.Maintained, default, Today.AddDays(-3), "清掃、ファン交換");
        var look = (await bulk.Look(All, form, rig.As(Operator), Never))!;
        Assert.Equal([null, FieldFault.OutOfRange, null], look.Lines.Select(line => line.Against?.Fault));

        var before = rig.Service.Kinds().Length;
        Assert.Equal((FieldFault.ItemChangedMeanwhile, "AS-00002"), Problem(await bulk.Apply(form, [.. look.Lines.Select(Seen)], rig.As(Operator), Never)));
        Assert.Equal(before, rig.Service.Kinds().Length);
        Assert.True((await bulk.Apply(form, [Seen(look.Lines[0]), Seen(look.Lines[2]), Seen(look.Lines[2])], rig.As(Operator), Never)).Ok);
        Assert.Equal(["asset.maintained", "asset.maintained"], rig.Service.Kinds()[before..]);

        var ahead = form with { Day = Today.AddDays(1) };
        Assert.Equal([FieldFault.InFuture], (await bulk.Look(All, ahead, rig.As(Operator), Never))!.Problems.Select(problem => problem.Fault));
        Assert.Equal(FieldFault.InFuture, Problem(await bulk.Apply(ahead, [Seen(look.Lines[0])], rig.As(Operator), Never)).Fault);
    }

    [Fact]
    public async Task What_changed_since_it_was_looked_at_is_named_and_nothing_is_changed()
    {
        var form = new BulkForm(BulkAct.SupportEnds, default, new(2032, 3, 31), "");
        var look = (await bulk.Look(All, form, rig.As(Operator), Never))!;
        Assert.True((await assets.DecideClass(new("AS-00003"), look.Lines[2].Version, RoomGuard.Core.Zones.ImportanceClass.I, "名簿を置いた", rig.As(Security), Never)).Ok);

        var before = rig.Service.Kinds().Length;
        Assert.Equal((FieldFault.ItemChangedMeanwhile, "AS-00003"), Problem(await bulk.Apply(form, [.. look.Lines.Select(Seen)], rig.As(Operator), Never)));
        Assert.Equal((FieldFault.ItemChangedMeanwhile, "AS-99999"), Problem(await bulk.Apply(form, [new(new("AS-99999"), 1)], rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Required, Problem(await bulk.Apply(form, [], rig.As(Operator), Never)).Fault);
        Assert.Equal((FieldFault.Unknown, "S-9999"), Problem(await bulk.Apply(form with { Act = BulkAct.Manager, Manager = new("S-9999") }, [Seen(look.Lines[0])], rig.As(Operator), Never)));
        Assert.Equal(before, rig.Service.Kinds().Length);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Only_those_who_keep_the_register_see_it_and_do_it()
    {
        var form = new BulkForm(BulkAct.SupportEnds, default, new(2032, 3, 31), "");
        var seen = Seen((await bulk.Look(All, form, rig.As(Operator), Never))!.Lines[0]);
        foreach (var other in new[] { Security, Audits, Staff, Contractor })
        {
            Assert.Null(await bulk.Look(All, form, rig.As(other), Never));
            Assert.Equal("R-LIFE-01", (await bulk.Apply(form, [seen], rig.As(other), Never)).Refusal?.Rule);
        }
    }

    private static BulkItem Seen(BulkLine line) => new(line.Line.Asset.Tag, line.Version);

    private static (FieldFault Fault, string? Value) Problem(ActResult done) => Assert.Single(done.Problems) is var problem ? (problem.Fault, problem.Value) : default;
}
