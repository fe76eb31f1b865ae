using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;
using RoomGuard.SystemTests.Operators;
using RoomGuard.SystemTests.Operators.States;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>
/// Sheets held against the record as an auditor does it: cases are counted from the entries themselves, never from a view, and every row leads to all entries of its
/// case and to no others (R-INP-04).
/// </summary>
public sealed partial class SheetReconciliationTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    private const string Auditor = "takaharu";

    [Fact]
    [Requirement("R-INP-04")]
    [Requirement("R-MOVE-01")]
    public async Task Moves_of_a_time_are_on_the_sheet_with_all_their_entries_or_counted_as_left_out()
    {
        var walks = new EquipmentWalks(office);
        var walker = new StateWalker(office, walks.Of("move"));
        foreach (var state in new[] { "Approved", "Cancelled", "Completed", "Interrupted" })
        {
            Assert.True(await walker.Reach(state) is not null, string.Join('\n', walker.Wrong));
        }

        // Two items in one move are two rows and one case; and one of another month is on another sheet.
        var like = Facts<MoveRecorded>()[0].Move;
        var (first, last) = (like.Plan.From.AddDays(-1), like.Plan.From.AddDays(1));
        await Append(Like(like, "M-2026-5001", like.Plan.From, [.. like.Plan.Items, new(new("WALK-0"), "")]), Like(like, "M-2026-5002", like.Plan.From.AddDays(-40), like.Plan.Items));
        var address = $"/moves/sheet?from={Day(first)}&until={Day(last)}";
        var moves = await Held(address, () => [.. Facts<MoveRecorded>().Where(fact => fact.Move.Plan.From >= Midnight(first) && fact.Move.Plan.From < Midnight(last).AddDays(1)).Select(fact => fact.Move.Id.Value)]);
        Assert.Equal(moves.Known + 1, moves.Rows);
        Assert.Equal(0, moves.Left);
        AllEntries(moves.Page, fact => MoveDossier.MoveOf(fact)?.Value, moves.Cases);
        var written = Facts<RecordExported>().Count(fact => fact.Register == "moves");
        Assert.Equal(moves.Rows, await Lines(address.Replace("/moves/sheet", "/moves.csv", StringComparison.Ordinal)));
        Assert.Equal(written + 1, Facts<RecordExported>().Count(fact => fact.Register == "moves"));

        // More than fit on a sheet: what is left out is counted, and those shown are counted right.
        await Append([.. Enumerable.Range(6000, 600).Select(n => Like(like, $"M-2026-{n}", like.Plan.From, like.Plan.Items))]);
        var many = await Tally(await Page(address));
        Assert.Equal((moves.Known + 600, 500, moves.Known + 100), (many.Known, many.Shown, many.Left));
        Assert.Equal(moves.Rows + 600, await Lines(address.Replace("/moves/sheet", "/moves.csv", StringComparison.Ordinal)));
        Assert.Contains("R-INP-04", many.Page, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-INP-04")]
    [Requirement("R-CARRY-04")]
    public async Task Permits_of_a_time_are_in_the_register_and_each_sheet_leads_to_all_its_entries()
    {
        var walks = new EquipmentWalks(office);
        foreach (var (kind, state) in new[] { ("carry-out", "Permitted"), ("carry-out", "Returned"), ("carry-out", "Revoked"), ("carry-out", "Overdue"), ("carry-in", "Inside") })
        {
            var walker = new StateWalker(office, walks.Of(kind));
            Assert.True(await walker.Reach(state) is not null, string.Join('\n', walker.Wrong));
        }

        // Of a time, and whatever is still out however long ago; one that went by unused a year ago is neither.
        var like = Facts<CarryPermitted>()[0].Permit;
        await Append(new CarryPermitted(WalkedOffice.Now, like with { Id = new("K-2025-0001"), Plan = like.Plan with { From = WalkedOffice.Now.AddDays(-400), DueAt = WalkedOffice.Now.AddDays(-399) } }, like.ApprovedBy.Value));
        var (from, until) = (Midnight(WalkedOffice.Now), Midnight(WalkedOffice.Now).AddDays(1));
        var asked = $"from={Day(WalkedOffice.Now)}&until={Day(WalkedOffice.Now)}";
        var register = await Held($"/carry?{asked}", () => [.. Facts<CarryPermitted>().Where(fact => (fact.Permit.Plan.From < until && fact.Permit.Plan.DueAt > from) || IsAway(fact.Permit)).Select(fact => fact.Permit.Id.Value)]);
        Assert.DoesNotContain("K-2025-0001", register.Cases);
        Assert.Contains(register.Cases, id => Facts<CarryPermitted>().Any(fact => fact.Permit.Id.Value == id && fact.Permit.Plan.DueAt < from));
        var rows = 0;
        foreach (var id in register.Cases)
        {
            var sheet = await Tally(await Page($"/carry/{id}/sheet"));
            AllEntries(sheet.Page, fact => CarryDossier.PermitOf(fact)?.Value, [id]);
            Assert.Equal(Facts<CarryPermitted>().Single(fact => fact.Permit.Id.Value == id).Permit.Plan.Items.Length, sheet.Rows);
            rows += sheet.Rows;
        }

        Assert.Equal(rows, await Lines($"/carry.csv?{asked}"));
    }

    [Fact]
    [Requirement("R-INP-04")]
    [Requirement("R-WORK-01")]
    public async Task Works_of_a_time_are_in_the_register_and_each_sheet_leads_to_all_its_entries()
    {
        var walks = new EquipmentWalks(office);
        foreach (var (kind, state) in new[] { ("work SystemChange", "Confirmed"), ("work Cabling", "Planned"), ("work PartSwap", "Ended"), ("work SystemChange", "NotDone") })
        {
            var walker = new StateWalker(office, walks.Of(kind));
            Assert.True(await walker.Reach(state) is not null, string.Join('\n', walker.Wrong));
        }

        var (from, until) = (Midnight(WalkedOffice.Now), Midnight(WalkedOffice.Now).AddDays(1));
        var asked = $"from={Day(WalkedOffice.Now)}&until={Day(WalkedOffice.Now)}";
        var ended = Facts<WorkEnded>().Select(fact => fact.Work).ToHashSet();
        var begun = Facts<WorkStarted>().Select(fact => fact.Work).Where(id => !ended.Contains(id)).ToHashSet();
        var register = await Held($"/works?{asked}", () => [.. Facts<WorkPermitted>().Where(fact => (fact.Work.Plan.From < until && fact.Work.Plan.Until > from) || begun.Contains(fact.Work.Id)).Select(fact => fact.Work.Id.Value)]);
        Assert.True(register.Known < Facts<WorkPermitted>().Count);
        foreach (var id in register.Cases)
        {
            var sheet = await Tally(await Page($"/works/{id}/sheet"));
            AllEntries(sheet.Page, fact => WorkDossier.WorkOf(fact)?.Value, [id], also: fact => fact is PersonEntered or PersonLeft);
        }

        Assert.Equal(register.Known, await Lines($"/works.csv?{asked}"));
    }

    [Fact]
    [Requirement("R-INP-04")]
    [Requirement("R-LIFE-05")]
    public async Task Disposals_are_in_the_register_and_each_sheet_leads_to_all_its_entries()
    {
        var walks = new EquipmentWalks(office);
        foreach (var (kind, state) in new[] { ("disposal Disposal", "Certified"), ("disposal Repair", "Ready/secrecy"), ("disposal Reuse", "Refused") })
        {
            var walker = new StateWalker(office, walks.Of(kind));
            Assert.True(await walker.Reach(state) is not null, string.Join('\n', walker.Wrong));
        }

        var register = await Held("/disposals", () => [.. Facts<DisposalAsked>().Select(fact => fact.Disposal.Id.Value)]);
        foreach (var id in register.Cases)
        {
            AllEntries(await Page($"/disposals/{id}/sheet"), fact => DisposalDossier.DisposalOf(fact)?.Value, [id]);
        }

        Assert.Equal(register.Known, await Lines("/disposals.csv"));
    }

    [Fact]
    [Requirement("R-INP-04")]
    [Requirement("R-MOVE-11")]
    [Requirement("R-LIFE-06")]
    public async Task Rounds_of_stocktaking_and_items_off_the_premises_are_all_in_their_registers()
    {
        var walks = new EquipmentWalks(office);
        using var item = await office["aya"].PostAsync("/equipment/new", [.. CaseWalk.Item("REC-1"), ("zone", "MED-1"), ("rack", "棚1")]);
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
        foreach (var (kind, state) in new[] { ("stocktake", "Confirmed"), ("stocktake", "Cancelled"), ("offsite", "Placed"), ("offsite", "Checked"), ("offsite", "Back") })
        {
            var walker = new StateWalker(office, walks.Of(kind));
            Assert.True(await walker.Reach(state) is not null, string.Join('\n', walker.Wrong));
        }

        var rounds = await Held("/stocktakes", () => [.. Facts<StocktakeOpened>().Select(fact => fact.Stocktake.Value)]);
        foreach (var id in rounds.Cases)
        {
            // A row for each item of the list the round was opened with.
            var sheet = await Tally(await Page($"/stocktakes/{id}/sheet"));
            Assert.Equal(Facts<StocktakeOpened>().Single(fact => fact.Stocktake.Value == id).Expected.Length, sheet.Rows);
            Assert.True(sheet.Rows > 0);
            AllEntries(sheet.Page, fact => StocktakeDossier.StocktakeOf(fact)?.Value, [id]);
            Assert.All(Rows().Matches(sheet.Page).Select(match => match.Value).Where(row => row.Contains("<td>未", StringComparison.Ordinal) || row.Contains("<td>済", StringComparison.Ordinal)), row => Assert.Single(Links().Matches(row)));
        }

        // Where an item is follows from its newest move alone.
        var approved = Facts<MoveRecorded>().Where(fact => fact.Move.OffsiteApproval is not null).Select(fact => fact.Move.Id).ToHashSet();
        var offsite = await Held("/offsite", () => [.. Facts<AssetMoved>().GroupBy(fact => fact.Tag).Select(item => item.Last()).Where(fact => fact.To.Zone is null && approved.Contains(fact.Move)).Select(fact => fact.Tag.Value)]);

        // Each row: how it got there, and every check since.
        var all = office.Record.Read(0, (int)office.Record.Size).ToDictionary(entry => entry.N, entry => RecordViews.ItemOf(entry).Event);
        var seen = Rows().Matches(offsite.Page).Select(match => match.Value).Where(row => offsite.Cases.Any(tag => row.Contains($">{tag}<", StringComparison.Ordinal))).ToList();
        Assert.Equal(offsite.Rows, seen.Count);
        Assert.All(seen, row =>
        {
            var tag = offsite.Cases.Single(tag => row.Contains($">{tag}<", StringComparison.Ordinal));
            var went = all.Last(entry => entry.Value is AssetMoved moved && moved.Tag.Value == tag).Key;
            Assert.Equal(
                all.Where(entry => entry.Key == went || (entry.Key > went && entry.Value is OffsiteChecked check && check.Tag.Value == tag)).Select(entry => entry.Key).Order(),
                Links().Matches(row).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        });
    }

    private static DateTimeOffset Midnight(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromHours(9));
        return new(local.Date, TimeSpan.FromHours(9));
    }

    private static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static MoveRecorded Like(Move move, string id, DateTimeOffset from, ImmutableArray<MoveItem> items) =>
        new(WalkedOffice.Now, move with { Id = new(id), Plan = move.Plan with { Items = items, From = from, Until = from.AddHours(2) } }, "S-0115");

    // Something of it went and did not come back, or came back and waits for its check: such a permit is in every register.
    private bool IsAway(CarryPermit permit)
    {
        var passed = Facts<CarryPassed>().Where(fact => fact.Permit == permit.Id).ToList();
        var back = passed.Where(fact => fact.Passage is CarryPassage.CameBack or CarryPassage.LeftAgain).SelectMany(fact => fact.Items).ToList();
        var open = passed.Where(fact => fact.Passage is CarryPassage.WentOut or CarryPassage.CameIn).SelectMany(fact => fact.Items).Except(back).Any();
        var cleared = Facts<CarryChecked>().Where(fact => fact.Permit == permit.Id && fact is { Result: ScanResult.Clean, PatchChecked: true }).Select(fact => fact.Item);
        return open || (permit.Plan.Direction is CarryDirection.Out && back.Except(cleared).Any(at => permit.Plan.Items[at - 1].Kind is CarriedKind.Terminal));
    }

    private List<TFact> Facts<TFact>()
        where TFact : RecordedEvent => [.. office.Record.Read(0, (int)office.Record.Size).Select(entry => RecordViews.ItemOf(entry).Event).OfType<TFact>()];

    private async Task Append(params RecordedEvent[] facts) => _ = await office.Record.AppendAsync([.. facts.Select(Draft.Of)], null, CancellationToken.None);

    // The register has exactly the cases the entries have, and says how many.
    private async Task<(string Page, int Known, int Rows, int Left, ImmutableArray<string> Cases)> Held(string address, Func<ImmutableArray<string>> counted)
    {
        var cases = counted();
        Assert.True(cases.Length > 1, address);
        var (page, known, shown, rows, left) = await Tally(await Page(address));
        Assert.Equal((cases.Length, cases.Length, 0), (known, shown, left));
        var named = Heads().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Equal(cases.Order(StringComparer.Ordinal), named.Where(cases.Contains).Order(StringComparer.Ordinal));
        return (page, known, rows, left, cases);
    }

    // Every entry of these cases is linked, each link is to an entry of theirs, and each opens.
    private void AllEntries(string page, Func<RecordedEvent, string?> of, ImmutableArray<string> cases, Func<RecordedEvent, bool>? also = null)
    {
        var entries = office.Record.Read(0, (int)office.Record.Size).ToDictionary(entry => entry.N, entry => RecordViews.ItemOf(entry).Event);
        var linked = Links().Matches(page).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();
        var theirs = entries.Where(entry => entry.Value is { } fact && of(fact) is { } one && cases.Contains(one)).Select(entry => entry.Key).ToHashSet();
        Assert.Empty(theirs.Except(linked));
        Assert.All(linked.Except(theirs), n => Assert.True(entries[n] is { } fact && also?.Invoke(fact) is true, $"entry {n} is of another case"));
    }

    private static Task<(string Page, int Known, int Shown, int Rows, int Left)> Tally(string page)
    {
        var sum = Sum().Match(page);
        Assert.True(sum.Success, "the sheet does not say its counts");
        var numbers = sum.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray();

        // As people read it, too: what is printed is what the page says of itself.
        Assert.Contains($"記録にある件数 {numbers[0]}件、載せた件数 {numbers[1]}件({numbers[2]}行)、載せていない件数 {numbers[3]}件", page, StringComparison.Ordinal);
        return Task.FromResult((page, numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    private async Task<string> Page(string path)
    {
        using var answer = await office[Auditor].GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    // Rows of a list that is written out, its first line not counted. Texts have no line breaks of their own.
    private async Task<int> Lines(string path) => (await Page(path)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1;

    [GeneratedRegex("<th scope=\"row\">(?:<a[^>]*>)?([^<]+)<")]
    private static partial Regex Heads();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("href=\"/entries/([0-9]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex("data-known=\"([0-9]+)\" data-shown=\"([0-9]+)\" data-rows=\"([0-9]+)\" data-left=\"(-?[0-9]+)\"")]
    private static partial Regex Sum();
}
