using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Files;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using RoomGuard.UnitTests.Dashboard.Sheets;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment;

/// <summary>Lists taken into the 機器台帳: the difference, what is refused, and who applies it.</summary>
public sealed class AssetImportTests : IAsyncLifetime
{
    private const string Head = "tag,kind,name,serial,segment,ManagerPersonId,hasStorage,supportEnds,holds,note,ZoneId,rack,decided";
    private static readonly AssetPlace Rack = new(A.Room, "R03", "");
    private CaseRig rig = null!;
    private AssetDesk desk = null!;
    private AssetImport import = null!;
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-lists-").FullName;
    private FileShelf shelf = null!;
    private int next;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        shelf = new(Path.Combine(folder, "files.db"));
        import = Started();
        Assert.True((await desk.Save(new(AnAsset.Server() with { Holds = [new("住民記録", ImportanceClass.I)] }, Rack, 0), rig.As(Operator), Never)).Ok);
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        shelf.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_that_waits_for_its_second_person_is_there_after_a_restart_as_it_was_brought()
    {
        var look = await Look(true, "tag,note", "AS-00001,新しい備考", "AS-99,");
        var other = await Look("tag,note", "AS-00001,ほかの備考");
        Assert.Equal(["asset.list-brought", "asset.list-brought"], rig.Service.Kinds()[^2..]);
        import = Started();
        var waiting = await import.Waiting(rig.As(Manager), Never);
        Assert.Equal([(look.Token!, 1, Operator), (other.Token!, 1, Operator)], waiting.OrderBy(one => one.Token == other.Token).Select(one => (one.Token, one.Changes, one.By.Value)));
        Assert.Equal(look.Changes.Select(change => change.Id), (await import.Again(look.Token!, rig.As(Manager), Never))!.Changes.Select(change => change.Id));
        Assert.Equal("R-PROF-05", (await import.Apply(look.Token!, rig.As(Operator), Never)).Result!.Refusal?.Rule);
        Assert.Equal(ImportStage.Applied, (await import.Apply(look.Token!, rig.As(Manager), Never)).Stage);
        Assert.Equal("新しい備考", (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Asset.Note);

        // Once, also by whoever was started anew; and what the register was when the other one was brought is not forgotten either.
        import = Started();
        Assert.Equal(FieldFault.Unknown, Assert.Single((await import.Apply(look.Token!, rig.As(Manager), Never)).Result!.Problems).Fault);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await import.Apply(other.Token!, rig.As(Manager), Never)).Result!.Problems).Fault);
        rig.Service.Time.Advance(TimeSpan.FromHours(8));
        Assert.Empty(await import.Waiting(rig.As(Manager), Never));
        Assert.Null(await import.Again(other.Token!, rig.As(Manager), Never));
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_whose_file_is_not_what_it_was_is_not_applied()
    {
        var look = await Look("tag,note", "AS-00001,新しい備考");
        shelf.Dispose();
        File.Delete(Path.Combine(folder, "files.db"));
        shelf = new(Path.Combine(folder, "files.db"));
        import = Started();
        Assert.Null(await import.Again(look.Token!, rig.As(Manager), Never));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await import.Apply(look.Token!, rig.As(Manager), Never)).Result!.Problems).Fault);
        Assert.Equal("", (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Asset.Note);
    }

    [Fact]
    [Requirement("R-INP-03")]
    [Requirement("R-LIFE-01")]
    public async Task A_list_is_shown_line_by_line_and_applied_whole_by_another_person()
    {
        var look = await Look(Head, "AS-00002,サーバ,新しいサーバ,SN-2,Internet,S-0102,あり,2031/3/31,,,SRV-1,R04,", "AS-00001,Server,住民記録サーバ,ZX-NEW,Internet,S-0102,あり,2031-03-31,\"住民記録, Ⅰ\",,SRV-1,R03,");
        Assert.Empty(look.Problems);
        Assert.Equal([("AS-00002", true), ("AS-00001", false)], look.Changes.Select(change => (change.Id, change.IsNew)));
        Assert.Equal(new ImportDifference("serial", "ZX9-55102", "ZX-NEW"), Assert.Single(look.Changes[1].Differences));
        var before = rig.Service.Record.Size;

        foreach (var other in new[] { Staff, Security, Audits })
        {
            Assert.Equal("R-LIFE-01", (await import.Apply(look.Token!, rig.As(other), Never)).Result!.Refusal?.Rule);
        }

        Assert.Equal("R-PROF-05", (await import.Apply(look.Token!, rig.As(Operator), Never)).Result!.Refusal?.Rule);
        Assert.Null(await desk.One(new("AS-00002"), rig.As(Audits), Never));
        Assert.Equal(ImportStage.Applied, (await import.Apply(look.Token!, rig.As(Manager), Never)).Stage);
        Assert.Equal(["asset.recorded", "asset.recorded", "asset.imported"], rig.Service.Kinds()[^3..]);
        Assert.Equal("ZX-NEW", (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Asset.Serial);
        var added = (await desk.One(new("AS-00002"), rig.As(Audits), Never))!.Line;
        Assert.Equal((AssetKind.Server, new DateOnly(2031, 3, 31), new AssetPlace(A.Room, "R04", ""), true), (added.Asset.Kind, added.Asset.SupportEnds, added.Place, added.Asset.HasStorage));

        // Once.
        Assert.Equal(FieldFault.Unknown, Assert.Single((await import.Apply(look.Token!, rig.As(Manager), Never)).Result!.Problems).Fault);
        Assert.True(rig.Service.Record.Size > before);
    }

    [Fact]
    [Requirement("R-MOVE-04")]
    public async Task A_place_is_not_changed_by_a_list()
    {
        foreach (var line in new[] { "AS-00001,MED-1,R03", "AS-00001,SRV-1,R99" })
        {
            var look = await Look("tag,ZoneId,rack", line);
            Assert.Null(look.Token);
            Assert.Equal(FieldFault.PlaceOnlyByMove, Assert.Single(look.Problems).Fault);
        }

        Assert.Equal(Rack, (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Place);
        Assert.Empty((await Look("tag,ZoneId,rack", "AS-00001,SRV-1,R03", "")).Problems);
    }

    [Fact]
    [Requirement("R-LIFE-07")]
    [Requirement("R-MOVE-12")]
    public async Task A_class_is_not_lowered_by_a_list_neither_said_nor_by_what_is_on_it()
    {
        Assert.Equal(FieldFault.ClassOnlyBySec, Assert.Single((await Look("tag,decided", "AS-00001,III")).Problems).Fault);
        var version = (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Version;
        Assert.True((await desk.DecideClass(new("AS-00001"), version, ImportanceClass.I, "住民記録", rig.As(Security), Never)).Ok);
        Assert.Empty((await Look("tag,decided", "AS-00001,Ⅰ")).Problems);

        // Undecided things follow what is on them: a box of class III is not made of one of class I by emptying a cell.
        var box = AnAsset.Box() with { Holds = [new("控え", ImportanceClass.I)] };
        Assert.True((await desk.Save(new(box, Rack, 0), rig.As(Operator), Never)).Ok);
        await rig.Write(new AssetClassDecided(rig.Service.Time.GetUtcNow(), new("BX-00001"), ImportanceClass.III, "", Security));
        var look = await Look("tag,holds", "BX-00001,");
        Assert.Equal((FieldFault.ClassOnlyBySec, "holds"), (Assert.Single(look.Problems).Fault, look.Problems[0].Column));
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task One_wrong_line_keeps_all_of_it_out_unless_it_was_chosen_to_leave_it_out()
    {
        string[] lines = ["AS-00010,サーバ,一号,,,,,,,,,,", "AS-00011,冷蔵庫,二号,,,,,,,,,,", "as 12,サーバ,三号,,,,,,,,,,", "AS-00010,サーバ,四号,,,,,,,,,,", "AS-00013,サーバ,=1+1,,,K-9,,いつか,,,,,"];
        var look = await Look(Head, lines);
        Assert.Null(look.Token);
        Assert.Empty(look.Changes);
        Assert.Equal(
            [(3, "kind", FieldFault.NotAChoice), (4, "tag", FieldFault.BadCharacters), (5, "tag", FieldFault.DoubledInFile), (6, "supportEnds", FieldFault.NotADate)],
            look.Problems.OrderBy(problem => problem.Line).Select(problem => (problem.Line, problem.Column, problem.Fault)));

        var rest = await Look(true, Head, lines);
        Assert.Equal(["AS-00010"], rest.Changes.Select(change => change.Id));
        Assert.Equal(4, rest.Problems.Length);
        Assert.Equal(ImportStage.Applied, (await import.Apply(rest.Token!, rig.As(Manager), Never)).Stage);
        Assert.Equal("一号", (await desk.One(new("AS-00010"), rig.As(Audits), Never))!.Line.Asset.Name);
    }

    [Fact]
    public async Task What_a_line_leans_on_may_stand_in_the_same_list_and_falls_with_it()
    {
        const string Columns = "tag,kind,name,container,ZoneId,copyOf";
        var look = await Look(Columns, "MD-1,電磁的記録媒体,媒体,BX-1,SRV-1,", "BX-1,容器,箱,,SRV-1,");
        Assert.Empty(look.Problems.Where(problem => problem.Column == "container"));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await Look(Columns, "MD-1,電磁的記録媒体,媒体,BX-1,SRV-1,")).Problems, problem => problem.Column == "container").Fault);
        Assert.Contains((await Look(Columns, "MD-1,電磁的記録媒体,媒体,BX-1,SRV-1,", "BX-1,容器,箱,,MED-1,")).Problems, problem => problem.Fault is FieldFault.PlaceOnlyByMove);
        Assert.Contains((await Look(Columns, "MD-1,電磁的記録媒体,一,,,MD-2", "MD-2,電磁的記録媒体,二,,,MD-1")).Problems, problem => problem.Fault is FieldFault.InCircle);

        var without = await Look(true, Columns, "MD-1,電磁的記録媒体,媒体,BX-1,,", "BX-1,容器,=箱,,,");
        Assert.Empty(without.Changes);
        Assert.Contains(without.Problems, problem => problem is { Column: "container", Fault: FieldFault.Unknown });
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_held_against_a_register_that_changed_meanwhile_is_looked_at_again()
    {
        var look = await Look("tag,note", "AS-00001,新しい備考");
        var file = (await desk.One(new("AS-00001"), rig.As(Audits), Never))!;
        Assert.True((await desk.Save(new(file.Line.Asset with { Note = "別の人の備考" }, null, file.Version), rig.As(Manager), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await import.Apply(look.Token!, rig.As(Manager), Never)).Result!.Problems).Fault);
        Assert.Equal("別の人の備考", (await desk.One(new("AS-00001"), rig.As(Audits), Never))!.Line.Asset.Note);
    }

    [Fact]
    public async Task Columns_that_are_not_there_stay_and_those_that_follow_from_others_are_read_past()
    {
        var look = await Look("機器番号,備考,扱う分類,不足,管理責任者", "ａｓ－00001,確認済,Ⅳ,なし,誰か".Replace('－', '-'));
        Assert.Empty(look.Problems);
        Assert.Equal(["note"], Assert.Single(look.Changes).Differences.Select(one => one.Field));
        Assert.Equal(1, (await Look("tag,note", "AS-00001,")).Unchanged);
        Assert.Equal(FieldFault.NotAChoice, Assert.Single((await Look("tag,色", "AS-00001,赤")).Problems).Fault);
        Assert.Equal(FieldFault.Required, Assert.Single((await Look("name", "箱")).Problems).Fault);
        Assert.Equal(FieldFault.UnreadableLine, Assert.Single((await Look("tag,note", "AS-00001")).Problems).Fault);
    }

    [Fact]
    public async Task Excel_in_Japan_may_save_it_either_way_and_what_is_no_list_is_told()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Text = "機器番号,備考\r\nAS-00001,髙くない備考\r\n";
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.GetEncoding(932) })
        {
            using var file = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]);
            Assert.Single((await import.Import("台帳.csv", file, false, rig.As(Operator), Never)).Look!.Changes);
        }

        using var noise = new MemoryStream([0x50, 0x4B, 3, 4, 0xFF, 0xFE, 0]);
        Assert.NotEmpty((await import.Import("台帳.xlsx", noise, false, rig.As(Operator), Never)).Look!.Problems);
        using var mine = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        Assert.Equal("R-LIFE-01", (await import.Import("台帳.csv", mine, false, rig.As(Staff), Never)).Result!.Refusal?.Rule);
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task The_workbook_we_write_out_comes_back_without_a_difference_also_where_texts_look_like_numbers_and_days()
    {
        var odd = AnAsset.Server("AS-00009") with
        {
            Serial = "0123",
            Model = "1-2",
            Note = "3/4 <済> & \"未\"",
            MaintenanceMonths = 6,
            MaintenanceFrom = new(2026, 4, 1),
            SupportEnds = new(2031, 3, 31),
            HasStorage = true,
            Storage = [new("SSD-9", "SSD, 1 TB")],
            Parts = [],
            Holds = [new("住民記録, 副本", ImportanceClass.I)],
        };
        Assert.True((await desk.Save(new(odd, Rack, 0), rig.As(Operator), Never)).Ok);
        foreach (var language in new[] { Language.Japanese, Language.English })
        {
            var ink = new Ink(RoomGuard.UnitTests.Dashboard.Paper.Site, language);
            using var book = new MemoryStream();
            var writer = await XlsxWriter.BeginAsync(book, "台帳", AssetCsv.Heads(ink), rig.Service.Time.GetUtcNow(), Never);
            await foreach (var line in desk.All(new(null, null, null, null, null, AssetShow.All, null, 50), rig.As(Operator), Never))
            {
                await writer.RowAsync(AssetCsv.Cells(line, ink), Never);
            }

            await writer.EndAsync(Never);
            var look = await LookAt(book.ToArray());
            Assert.Empty(look.Problems);
            Assert.Equal((2, 2, 0), (look.Lines, look.Unchanged, look.Changes.Length));
        }
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_workbook_is_taken_by_what_is_in_it_and_applied_by_another_person()
    {
        var book = Book("""<row r="2"><c r="A2" t="inlineStr"><is><t>AS-00020</t></is></c><c r="B2" t="inlineStr"><is><t>サーバ</t></is></c><c r="C2" t="inlineStr"><is><t>一号</t></is></c><c r="D2" t="b"><v>1</v></c><c r="E2"><v>6</v></c><c r="F2" s="0"><v>46113</v></c><c r="G2" s="0"><v>46114</v></c></row>""");
        var look = await LookAt(book, "名前は.csv");
        Assert.Empty(look.Problems);
        Assert.Equal(ImportStage.Applied, (await import.Apply(look.Token!, rig.As(Manager), Never)).Stage);
        var added = (await desk.One(new("AS-00020"), rig.As(Audits), Never))!.Line.Asset;
        Assert.Equal(("一号", true, 6, new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 2)), (added.Name, added.HasStorage, added.MaintenanceMonths, added.MaintenanceFrom, added.SupportEnds));

        // A text that begins like a formula is a text here and has the fault it has in a form.
        Assert.Equal((2, "name", FieldFault.BadCharacters), Assert.Single((await LookAt(Book("""<row r="2"><c r="A2" t="inlineStr"><is><t>AS-00020</t></is></c><c r="B2" t="inlineStr"><is><t>サーバ</t></is></c><c r="C2" t="inlineStr"><is><t>=1+1</t></is></c></row>"""))).Problems) is var text ? (text.Line, text.Column, text.Fault) : default);
        Assert.Single((await LookAt(Encoding.UTF8.GetBytes("tag,note\nAS-00020,x\n"), "台帳.xlsx")).Changes);
    }

    [Fact]
    [Requirement("R-INP-01")]
    [Requirement("R-INP-03")]
    public async Task A_workbook_with_a_formula_changes_nothing_not_even_without_its_wrong_lines()
    {
        const string Good = """<row r="2"><c r="A2" t="inlineStr"><is><t>AS-00021</t></is></c><c r="B2" t="inlineStr"><is><t>サーバ</t></is></c><c r="C2" t="inlineStr"><is><t>一号</t></is></c></row>""";
        foreach (var (cell, fault, place) in new[]
        {
            ("<c r=\"C5\" t=\"str\"><f>A2</f><v>二号</v></c>", FieldFault.WorkbookFormula, "C5"), ("<c r=\"C5\" t=\"e\"><v>#REF!</v></c>", FieldFault.WorkbookError, "C5"),
            ("<c r=\"Z5\"><v>1</v></c>", FieldFault.WorkbookBeside, "Z5"),
        })
        {
            var look = await LookAt(Book($"""{Good}<row r="5"><c r="A5" t="inlineStr"><is><t>AS-00022</t></is></c>{cell}</row>"""), withoutWrong: true);
            var problem = Assert.Single(look.Problems);
            Assert.Equal((null, 5, fault), (look.Token, problem.Line, problem.Fault));
            Assert.Empty(look.Changes);
            Assert.Contains(place, ProblemText.Of(new FieldProblem("", fault, problem.Value), Language.Japanese), StringComparison.Ordinal);
        }

        Assert.Equal(FieldFault.DoubledInFile, Assert.Single((await LookAt(ABook.With("<row r=\"1\"><c t=\"inlineStr\"><is><t>tag</t></is></c><c t=\"inlineStr\"><is><t>TAG</t></is></c></row>").File())).Problems).Fault);
        Assert.Null(await desk.One(new("AS-00021"), rig.As(Audits), Never));
    }

    private static byte[] Book(string rows) => ABook.With(
        $"<row r=\"1\">{string.Concat(new[] { "tag", "kind", "name", "hasStorage", "maintenanceMonths", "maintenanceFrom", "supportEnds" }.Select(head => $"<c t=\"inlineStr\"><is><t>{head}</t></is></c>"))}</row>{rows}").BuiltIn(14).File();

    private async Task<ImportLook> LookAt(byte[] bytes, string name = "台帳.xlsx", bool withoutWrong = false)
    {
        using var file = new MemoryStream(bytes);
        return (await import.Import(name, file, withoutWrong, rig.As(Operator), Never)).Look!;
    }

    private Task<ImportLook> Look(string head, params string[] lines) => Look(false, head, lines);

    private AssetImport Started() => new(rig.Service.Record, desk, shelf, rig.Guard, rig.Service.Turn, rig.Service.Time, count => [.. Enumerable.Repeat((byte)++next, count)]);

    private async Task<ImportLook> Look(bool withoutWrong, string head, params string[] lines)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"{head}\n{string.Join('\n', lines)}\n"));
        var run = await import.Import("../../台帳.csv", file, withoutWrong, rig.As(Operator), Never);
        Assert.Equal(ImportStage.Looked, run.Stage);
        Assert.Equal("台帳.csv", run.FileName);
        return run.Look!;
    }
}
