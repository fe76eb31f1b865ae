using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

public class EntriesPageTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 22, 14, 9, 412, TimeSpan.FromHours(9));

    [Theory]
    [InlineData("?door=SRV-1-D1&result=Denied&result=Forced&reason=OutsideHours&category=Staff&person=S-0217&q=%E9%AB%99%E6%A9%8B")]
    [InlineData("?from=2026-11-01T00:00:00%2B09:00&until=2026-12-01T00:00:00%2B09:00&rows=100&density=tight")]
    [InlineData("?older=639151316494120000-104233")]
    public void A_view_is_its_address_and_its_address_is_the_view(string address)
    {
        var (query, typed) = Read(address);

        Assert.Empty(typed.Problems);
        Assert.Equal("/entries" + address, query.Url().Replace("%3A", ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Local_times_typed_into_the_form_are_the_sites_own()
    {
        var (query, _) = Read("?from=2026-11-20T22:00&until=令和8年11月21日");

        Assert.Equal(new DateTimeOffset(2026, 11, 20, 22, 0, 0, TimeSpan.FromHours(9)), query.Filter.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.FromHours(9)), query.Filter.Until);
    }

    [Theory]
    [InlineData("?from=yesterday", "from", FieldFault.NotADate)]
    [InlineData("?from=2026-11-21&until=2026-11-20", "until", FieldFault.EndBeforeStart)]
    public void A_period_that_cannot_be_is_complained_about_and_left_out(string address, string field, FieldFault fault)
    {
        var (query, typed) = Read(address);

        Assert.Equal(fault, typed.ProblemAt(field)?.Fault);
        Assert.Null(query.Filter.Until);
    }

    [Fact]
    public void Every_condition_has_a_chip_that_takes_just_it_away()
    {
        var (query, _) = Read("?result=Denied&reason=OutsideHours&q=田中");

        var chips = RegisterQuery.Conditions(query.Filter, Paper.Ink()).ToList();

        Assert.Equal(["結果=拒否", "拒否理由=時間外", "氏名・かな・番号=田中"], chips.Select(chip => chip.Text));
        Assert.All(chips, chip => Assert.Equal(2, RegisterQuery.Conditions(chip.Without, Paper.Ink()).Count()));
    }

    [Theory]
    [InlineData("2026-11-21T14:03", "2026-11-21T14:29", 6)]
    [InlineData("2026-11-21T08:00", "2026-11-21T17:00", 36)]
    [InlineData("2026-11-21T00:00", "2026-11-22T00:00", 24)]
    [InlineData("2026-11-01T00:00", "2026-12-01T00:00", 30)]
    [InlineData("2026-01-01T00:00", "2026-11-01T00:00", 44)]
    [InlineData("2023-04-01T00:00", "2026-04-01T00:00", 36)]
    [InlineData("2000-01-01T00:00", "2026-11-21T00:00", 27)]
    public void A_period_is_cut_into_stretches_people_think_in(string from, string until, int stretches)
    {
        var ink = Paper.Ink();
        DateTimeOffset Moment(string text) => ink.Moment(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

        var edges = RegisterTimes.Edges(Moment(from), Moment(until), ink);

        Assert.Equal(stretches, edges.Length - 1);
        Assert.True(edges[0] <= Moment(from) && edges[^1] >= Moment(until));
        Assert.Equal(edges, edges.Order());
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public void A_row_is_written_out_with_every_column_of_the_sheet()
    {
        var text = Encoding.UTF8.GetString([.. RegisterCsv.Header(Paper.Ink()), .. RegisterCsv.Row(ARow(), Paper.Ink())]);

        Assert.StartsWith("\uFEFF記録番号,日時(機器),", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
        Assert.Contains("104233,2026-11-20T22:14:09+09:00,2026-11-20 22:14:09,2026-11-20T22:14:10+09:00,サーバ室,SRV-1,サーバ室 正面扉,SRV-1-D1,入室,拒否,時間外,髙橋 翔太,たかはし しょうた,S-0388,職員,業務課,ICカード,", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+81", "'+81")]
    [InlineData("-1", "'-1")]
    [InlineData("@name", "'@name")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    public void No_cell_is_run_as_a_formula_or_breaks_its_line(string name, string cell) =>
        Assert.Contains($",{cell},", Encoding.UTF8.GetString(RegisterCsv.Row(ARow() with { PersonName = name }, Paper.Ink())), StringComparison.Ordinal);

    [Fact]
    [Requirement("R-DOOR-10")]
    public async Task A_refusal_explains_itself_rule_by_rule_and_says_what_to_do()
    {
        var words = await Paper.Words<EntryPage>(AnEntry());

        Assert.Contains("時間外 により拒否しました。", words, StringComparison.Ordinal);
        Assert.Contains(DenyReasonText.WhatToDoJa(DenyReason.OutsideHours), words, StringComparison.Ordinal);
        Assert.Contains("× 不適合", words, StringComparison.Ordinal);
        Assert.Contains("― 未評価", words, StringComparison.Ordinal);
        Assert.Contains("R-DOOR-01", words, StringComparison.Ordinal);
        Assert.Contains("08:30-17:15", words, StringComparison.Ordinal);
        Assert.Contains("許可一覧 第42版により判定", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbours_are_what_happened_in_the_room_and_always_hold_the_entry_itself()
    {
        var opened = new DoorOpened(At, new("SRV-1-D1"), OpeningCause.Entry, null);
        var ended = new GrantEnded(At, new("G-1"), new("S-0388"), "moved", "somebody");
        ImmutableArray<RecordLine> lines = [.. Enumerable.Range(0, 100).Select(n => new RecordLine(n, n % 2 == 0 ? opened : ended, null))];

        var (near, isCut) = EntriesRoutes.Near(lines, 81);

        Assert.Contains(near, line => line.N == 81);
        Assert.All(near, line => Assert.True(line.N == 81 || line.Event is DoorOpened));
        Assert.True(isCut);
        Assert.InRange(near.Length, 25, 41);
    }

    [Fact]
    public async Task A_row_that_no_longer_matches_its_digest_says_so()
    {
        var model = AnEntry();
        var broken = model with { Entry = model.Entry with { Chain = model.Entry.Chain with { Checked = false } } };

        Assert.Contains("この行の検証 ■ 不一致", await Paper.Words<EntryPage>(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_says_which_condition_to_loosen()
    {
        var (query, typed) = Read("?reason=OutsideHours");
        var words = await Paper.Words<EntriesPage>(new RegisterModel(query, typed, new([], false, false), 0, [], [], [("拒否理由=時間外", "/entries", 1204)]));

        Assert.Contains("該当する記録はありません", words, StringComparison.Ordinal);
        Assert.Contains("「拒否理由=時間外」を外すと 1,204件", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_without_rows_teaches_what_will_stand_there()
    {
        var (query, typed) = Read("");

        Assert.Contains("読取装置にカードをかざすと", await Paper.Words<EntriesPage>(new RegisterModel(query, typed, new([], false, false), 0, [], [], [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_rows_are_counted_no_further_than_ten_thousand()
    {
        var (query, typed) = Read("");

        Assert.Contains("10,000件以上", await Paper.Words<EntriesPage>(new RegisterModel(query, typed, new([ARow()], false, true), 10_000, [], [], [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_cannot_become_markup()
    {
        var (query, typed) = Read("");
        var html = await Paper.Html<EntriesPage>(new RegisterModel(
            query, typed, new([ARow() with { PersonName = "<script>alert(1)</script>" }], false, false), 1, [], [], []));

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Japanese_is_written_as_it_is()
    {
        var (query, typed) = Read("");

        Assert.Contains("髙橋 翔太", await Paper.Html<EntriesPage>(new RegisterModel(query, typed, new([ARow()], false, false), 1, [], [], [])), StringComparison.Ordinal);
    }

    private static (RegisterQuery Query, FormState Typed) Read(string address) =>
        RegisterQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(address)), Paper.Ink());

    private static RegisterRow ARow() => new(
        104_233, At, At.AddSeconds(1), new("SRV-1"), new("SRV-1-D1"), RegisterDirection.In, RegisterResult.Denied, DenyReason.OutsideHours, new PersonId("S-0388"),
        "髙橋 翔太", "たかはし しょうた", PersonCategory.Staff, "業務課", [EntryMethod.Card], new CardDigest(7), null, null, null, null, RegisterSource.Reader);

    private static EntryModel AnEntry()
    {
        var denied = new EntryDenied(
            At, new("SRV-1-D1"), new("SRV-1"), new("reader-srv-in"), DenyReason.OutsideHours, new PersonId("S-0388"), null, new CardDigest(7), null, [EntryMethod.Card], 42,
            [
                new("CardStateRule", "R-DOOR-10", RuleVerdict.Passed, [new("card-state", "Active")]),
                new("GrantRule", "R-DOOR-01", RuleVerdict.Objected, [new("hours", "08:30-17:15")]),
                new("FactorRule", "R-DOOR-04", RuleVerdict.NotAsked, []),
            ]);
        var entry = new RecordEntry(
            104_233, denied, At, ARow(), ImmutableDictionary<PersonId, string>.Empty, new("bridge-1", 1_233, "8c1e", "2ab9", "77aa", true));
        return new(entry, [new(104_233, denied, "髙橋 翔太")], false, "{}");
    }
}
