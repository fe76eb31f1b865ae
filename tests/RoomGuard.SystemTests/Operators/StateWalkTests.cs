using System.Diagnostics;
using System.Globalization;
using System.Net;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.SystemTests.Operators.States;
using RoomGuard.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace RoomGuard.SystemTests.Operators;

/// <summary>
/// Every state of every kind of equipment × every act × everybody, over HTTP, from the tables: <c>RouteAuthority</c> and docs/requirements.md say who, the kind's own
/// table which state knows which act. Nobody else moves anything, and the right people reach every state there is.
/// </summary>
public sealed class StateWalkTests(WalkedOffice office, ITestOutputHelper output) : IClassFixture<WalkedOffice>
{
    public static TheoryData<string> Kinds => [.. EquipmentWalks.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Requirement("R-SIGN-01")]
    [Requirement("R-PROF-05")]
    [Requirement("R-MOVE-01")]
    [Requirement("R-CARRY-01")]
    [Requirement("R-WORK-01")]
    [Requirement("R-LIFE-05")]
    [Requirement("R-MOVE-07")]
    [Requirement("R-MOVE-08")]
    [Requirement("R-MOVE-09")]
    [Requirement("R-MOVE-10")]
    [Requirement("R-MOVE-11")]
    [Requirement("R-CARRY-02")]
    [Requirement("R-CARRY-03")]
    [Requirement("R-CARRY-06")]
    [Requirement("R-LIFE-07")]
    [Requirement("R-LIFE-06")]
    [Requirement("R-CON-05")]
    public async Task In_every_state_only_the_right_people_do_what_the_state_allows(string kind)
    {
        var clock = Stopwatch.StartNew();
        var walks = new EquipmentWalks(office);
        var walk = walks.Of(kind);

        // A state or a route that the product has and the table does not is not walked by anybody.
        Assert.Empty(Enum.GetNames(walk.States).Except(walk.Reached.Select(state => state.Split('/')[0])).Except(walk.Unreachable));
        Assert.Empty(walk.Reached.Select(state => state.Split('/')[0]).Intersect(walk.Unreachable));
        Assert.Empty(walk.Acting.Except(walk.Steps.Select(step => step.Route)).Except(walk.Apart?.Keys ?? []));
        Assert.All(walk.Edges.Where(edge => edge.Step.Length > 0), edge => Assert.Contains(walk.Steps, step => step.Name == edge.Step));

        await using var besides = await walks.Besides(walk);
        var walker = new StateWalker(office, walk);
        await walker.WalkAsync();
        Assert.True(walker.Wrong.Count == 0, string.Join('\n', walker.Wrong.Concat(office.Office.Failures)));

        // As many as the tables multiply to: a walk that stops short is no walk.
        var expected = walk.Reached.Length * walk.Steps.Length * StateWalker.Everybody.Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind}: {walk.Reached.Length} states × {walk.Steps.Length} acts × {StateWalker.Everybody.Length} people = {walker.Tried} ({walker.Refused} refused, {walker.Paired} of one person for both duties, {walker.OutOfState} out of state, {walker.Stale} on old pages), {walker.Taken} ways taken, {clock.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal(expected, walker.Tried + walker.LeftOut);
        Assert.Equal(walk.Edges.Length, walker.Taken);
        Assert.Equal(kind.Contains(" pair ", StringComparison.Ordinal) || kind is "import" or "disposal Repair", walker.Paired > 0);
        Assert.True(walker.Refused > 0 && walker.Stale > 0);
        Assert.Equal(walk.Reached.Any(state => walk.Steps.Any(step => !walk.Edges.Any(edge => edge.From == state && edge.Step == step.Name))), walker.OutOfState > 0);
    }

    [Fact]
    [Requirement("R-LIFE-01")]
    public async Task A_look_at_what_would_become_of_many_items_is_for_those_who_keep_them_and_changes_nothing()
    {
        const string look = "/equipment/bulk?q=WALK-PART&act=Manager&manager=S-0115";
        var before = office.Record.Size;
        foreach (var (account, roles) in StateWalker.Everybody)
        {
            using var answer = await office[account].GetAsync(look);
            var page = await answer.Content.ReadAsStringAsync();
            var may = StateWalker.LetIn("GET /equipment/bulk", roles);
            Assert.Equal((account, may ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (account, answer.StatusCode));
            Assert.Contains(may ? "WALK-PART" : "R-SIGN-01", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(office.Record.Read(before, (int)(office.Record.Size - before)), entry => entry.Kind.StartsWith("asset.", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    [Requirement("R-INP-03")]
    public async Task A_list_is_brought_and_written_out_by_those_who_may_and_by_nobody_else()
    {
        foreach (var (account, roles) in StateWalker.Everybody)
        {
            var before = office.Record.Size;
            using var form = new MultipartFormDataContent
            {
                { new StringContent(await office[account].TokenAsync()), "__RequestVerificationToken" },
                { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($"tag,note\r\nWALK-PART,{account}\r\n")), "file", "台帳.csv" },
            };
            using var brought = await office[account].Http.PostAsync(new Uri("/equipment/import", UriKind.Relative), form);
            using var written = await office[account].PostAsync("/equipment/export?q=WALK-PART", [("as", "csv")]);
            var (brings, writes) = (StateWalker.LetIn("POST /equipment/import", roles), StateWalker.LetIn("POST /equipment/export", roles));
            Assert.Equal((account, !brings, !writes), (account, brought.StatusCode is HttpStatusCode.Forbidden, written.StatusCode is HttpStatusCode.Forbidden));
            foreach (var (id, answer) in new[] { ("POST /equipment/import/runs/{id}/stop", "/equipment/import/runs/00/stop"), ("POST /equipment/export/runs/{id}/stop", "/equipment/export/runs/00/stop") })
            {
                using var stopped = await office[account].PostAsync(answer, []);
                Assert.Equal((account, id, !StateWalker.LetIn(id, roles)), (account, id, stopped.StatusCode is HttpStatusCode.Forbidden));
            }

            var kinds = office.Record.Read(before, (int)(office.Record.Size - before)).Select(entry => entry.Kind).ToList();
            Assert.Equal((account, brings), (account, kinds.Contains("asset.list-brought")));
            Assert.True(writes || !kinds.Contains("record.exported"), account);
            Assert.DoesNotContain(kinds, kind => kind is "asset.recorded" or "asset.imported");
        }
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public void Every_act_on_equipment_carrying_work_and_contractors_is_tried_by_a_walk()
    {
        string[] prefixes = ["/equipment", "/moves", "/disposals", "/offsite", "/transfers", "/stocktakes", "/carry", "/reception/carry", "/works", "/contracts"];
        var acting = RouteAuthority.Rows.Keys.Where(route => route.StartsWith("POST ", StringComparison.Ordinal) && prefixes.Any(prefix => route["POST ".Length..].StartsWith(prefix, StringComparison.Ordinal))).ToList();
        var walks = new EquipmentWalks(office);
        var tried = EquipmentWalks.Names.SelectMany(name => walks.Of(name).Steps).Select(step => step.Route).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(acting.Except(tried).Order(StringComparer.Ordinal), EquipmentWalks.Unwalked.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(tried.Except(RouteAuthority.Rows.Keys));
        Assert.All(prefixes, prefix => Assert.Contains(acting, route => route.StartsWith($"POST {prefix}", StringComparison.Ordinal)));
    }
}
