using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Operators;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Equipment;

/// <summary>
/// The same office under each profile, asked for the same things: what it answers differs as the table of section (b) of docs/requirements.md says, and nowhere else.
/// Expectations are read from the document, never from the profile files; that those say the same is tested cell by cell elsewhere.
/// </summary>
public sealed partial class ProfileSwitchTests
{
    private static readonly ImmutableDictionary<string, Segment> Words = new Dictionary<string, Segment>
    {
        ["マイナンバー"] = Segment.MyNumber,
        ["LGWAN"] = Segment.Lgwan,
        ["標準システム"] = Segment.StandardSystem,
        ["インターネット"] = Segment.Internet,
        ["その他"] = Segment.Other,
    }.ToImmutableDictionary();

    // Setting, then Base and the five organisations.
    private static readonly ImmutableArray<string[]> Table =
    [
        .. File.ReadLines(Path.Combine(RunScript.Root, "docs", "requirements.md"))
            .SkipWhile(line => line != "### What a profile switches").SkipWhile(line => !line.StartsWith("| Setting (code)", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
            .Where(line => !line.StartsWith("|---", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    public static TheoryData<string> Profiles => [.. Table[0][1..].Select(name => name == "Base" ? "base" : name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    [Requirement("R-PROF-03")]
    [Requirement("R-PROF-07")]
    [Requirement("R-CARRY-07")]
    [Requirement("R-MOVE-03")]
    [Requirement("R-MOVE-08")]
    [Requirement("R-LIFE-06")]
    [Requirement("R-WORK-02")]
    public async Task The_same_things_are_answered_as_the_table_says_under_each_profile(string profile)
    {
        await using var office = await RunningOffice.StartAsync(profile: profile);
        var people = new Dictionary<string, SignedInClient>();
        foreach (var account in new[] { "aya", "miyakonojo", "sadowara", "gokase", "takaharu", "hinata" })
        {
            people[account] = await office.AsAsync(account);
        }

        try
        {
            await Segments(profile, people);
            await CarryOut(profile, people);
            await Offsite(profile, people, office.Parts.GetRequiredService<ServiceRecord>());
            await Contractors(profile, people);
            Assert.Contains(Cell("RoomLabel", profile).Split(" / ")[0], await Page(people["hinata"], "/policy"), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var client in people.Values)
            {
                client.Dispose();
            }
        }
    }

    // 系統: what forms offer, what is taken, and what a list may bring.
    private static async Task Segments(string profile, Dictionary<string, SignedInClient> people)
    {
        ImmutableArray<Segment> known = [.. Cell("Segments", profile).Split(", ").Select(word => Words[word]).Order()];
        Assert.Equal(known.AsEnumerable(), Offered(await Page(people["aya"], "/equipment/new"), "segment"));
        Assert.Equal(known.AsEnumerable(), Offered(await Page(people["sadowara"], "/apply/carry-out"), "segment1"));

        // Where there is one segment only, nothing can be carried between two.
        var transfers = await Page(people["aya"], "/transfers");
        Assert.Equal(known.Length > 1, transfers.Contains("name=\"from\"", StringComparison.Ordinal));
        Assert.Equal(known.Length > 1 ? known.AsEnumerable() : [], known.Length > 1 ? Offered(transfers, "from") : []);
        foreach (var segment in Enum.GetValues<Segment>())
        {
            var taken = known.Contains(segment);
            using var item = await people["aya"].PostAsync("/equipment/new", [.. CaseWalk.Item($"SEG-{(int)segment}").Where(field => field.Item1 != "segment"), ("segment", $"{segment}")]);
            await Is(taken, item, $"an item of {segment}");

            // What is carried belongs to a segment as well; of マイナンバー another row says more.
            if (segment is not Segment.MyNumber)
            {
                using var carried = await people["sadowara"].PostAsync("/apply/carry-out", [.. CaseWalk.Carry().Where(field => field.Item1 != "segment1"), ("segment1", $"{segment}")]);
                await Is(taken, carried, $"a terminal of {segment}");
            }
        }

        var csv = await Page(people["aya"], $"/equipment.csv?q=SEG-{(int)Segment.Internet}");
        foreach (var (segment, word) in new[] { (Segment.Lgwan, "LGWAN接続系"), (Segment.MyNumber, "マイナンバー利用事務系") })
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(await people["aya"].TokenAsync()), "__RequestVerificationToken" },
                { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(csv.Replace("インターネット接続系", word, StringComparison.Ordinal))), "file", "台帳.csv" },
            };
            using var brought = await people["aya"].Http.PostAsync(new Uri("/equipment/import", UriKind.Relative), form);
            Assert.Equal((segment, known.Contains(segment) ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity), (segment, brought.StatusCode));
        }
    }

    // MyNumberCarryOut: refused, allowed when listed and encrypted, or a segment that is not in use.
    private static async Task CarryOut(string profile, Dictionary<string, SignedInClient> people)
    {
        var allowed = Cell("MyNumberCarryOut", profile) == "ListedEncryptedMedia";
        Assert.Contains(Cell("MyNumberCarryOut", profile), new[] { "Forbidden", "ListedEncryptedMedia", "not used" });
        foreach (var (tag, marks) in new[] { ("USB-701", new[] { "leave", "encrypted", "managed" }), ("USB-702", ["leave", "managed"]), ("USB-703", ["encrypted", "managed"]) })
        {
            using var listed = await people["miyakonojo"].PostAsync("/carry/lists", [("tag", tag), ("kind", "Media"), ("name", "USBメモリ"), ("zones", "SRV-1"), .. marks.Select(mark => ("marks", mark))]);
            Assert.Equal(HttpStatusCode.Redirect, listed.StatusCode);
        }

        foreach (var (kind, tag, passes) in new[] { ("Media", "USB-701", allowed), ("Media", "USB-702", false), ("Media", "USB-703", false), ("Media", "USB-799", false), ("Terminal", "PC-0098", false) })
        {
            using var asked = await people["sadowara"].PostAsync(
                "/apply/carry-out", [.. CaseWalk.Carry().Where(field => field.Item1 is not ("kind1" or "tag1" or "segment1")), ("kind1", kind), ("tag1", tag), ("segment1", "MyNumber")]);
            var said = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
            Assert.Equal((tag, passes ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity), (tag, asked.StatusCode));
            Assert.True(passes || Regex.IsMatch(said, "R-CARRY-07|系統"), said);
        }

        // The same from one segment into another on a medium of the organisation (R-MOVE-08).
        using var moved = await people["aya"].PostAsync(
            "/transfers", [("media", "USB-701"), ("content", "名簿"), ("from", "MyNumber"), ("fromAt", "端末1"), ("to", "Internet"), ("toAt", "端末2"), ("at", $"{WalkedOffice.Day(0)}T00:00"), ("scan", "Clean"), ("note", "")]);
        await Is(allowed, moved, "a transfer out of マイナンバー");
    }

    // OffsiteApproval: CHIEF in every profile; a check falls due only where the table says so.
    private static async Task Offsite(string profile, Dictionary<string, SignedInClient> people, ServiceRecord record)
    {
        var cell = Cell("OffsiteApproval", profile);
        var since = WalkedOffice.Now.AddDays(-400);
        var plan = new MovePlan(MoveDirection.Out, MovePurpose.Relocation, [new(new($"SEG-{(int)Segment.Internet}"), "")], new("SRV-1"), "", null, "架空町 支所", true, since, since.AddHours(2), [new("S-0134")], "");
        var move = new Move(new("M-2025-0001"), new("P-2025-0001"), plan, "支所の整備", new("S-0134"), since, [new("S-0115"), new("P-0003")], since, new("P-2025-0001"));
        _ = await record.AppendAsync(
            [
                Draft.Of(new MoveRecorded(since, move, "P-0003")),
                Draft.Of(new AssetMoved(since, plan.Items[0].Tag, new(new("SRV-1"), "", ""), new(null, "", "架空町 支所"), move.Id, false, "S-0217")),
            ],
            null,
            CancellationToken.None);
        var page = await Page(people["takaharu"], "/offsite");
        Assert.Contains("架空町 支所", page, StringComparison.Ordinal);
        Assert.Equal(cell.Contains("check interval", StringComparison.Ordinal), Regex.Match(page, "(?s)<table.*</table>").Value.Contains("期限を過ぎています", StringComparison.Ordinal));
        Assert.Equal(cell.Contains("check interval", StringComparison.Ordinal), (await Page(people["hinata"], "/approvals")).Contains("敷地外の機器の確認が期限を過ぎています", StringComparison.Ordinal));
    }

    // A contractor is no witness and works alone nowhere, whoever counts as staff.
    private static async Task Contractors(string profile, Dictionary<string, SignedInClient> people)
    {
        Assert.StartsWith("StaffOnly", Cell("WitnessEligibility", profile), StringComparison.Ordinal);
        Assert.StartsWith("StaffOnly", Cell("EscortEligibility", profile), StringComparison.Ordinal);
        Assert.Equal("On", Cell("TwoPersonChange", profile));
        using var witness = await people["gokase"].PostAsync("/moves/M-2025-0001/start", [("v", "1")]);
        Assert.Equal(HttpStatusCode.Forbidden, witness.StatusCode);
        Assert.Matches("R-[A-Z]+-[0-9]+", await witness.Content.ReadAsStringAsync());
        using var alone = await people["aya"].PostAsync("/apply/work", CaseWalk.Work(checkers: ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alone.StatusCode);
        Assert.Contains("R-WORK-02", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var escorted = await people["sadowara"].PostAsync("/apply/visit", CaseWalk.Visit("例示 来太", escort: "K-0012"));
        var visit = await WalkedOffice.NumberIn(escorted, "a visit", WalkedOffice.CaseNumber());
        using var allowed = await people["miyakonojo"].PostAsync($"/cases/{visit}/allow", [("v", "1"), ("reason", ""), ("conditions", "")]);
        Assert.Equal(HttpStatusCode.Forbidden, allowed.StatusCode);
        Assert.Contains("R-VIS-10", await allowed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Cell(string setting, string profile)
    {
        var (row, at) = (Table.Single(row => row[0] == setting), Table[0].ToList().FindIndex(name => name == profile || (name == "Base" && profile == "base")));
        return row[at] is "Base" or "Base, with own facilities as sites, not off-site" ? row[1] : row[at];
    }

    private static IEnumerable<Segment> Offered(string page, string field)
    {
        var select = Regex.Match(page, $"(?s)<select[^>]*name=\"{field}\".*?</select>");
        Assert.True(select.Success, $"no {field}");
        return Options().Matches(select.Value).Select(option => option.Groups[1].Value).Where(value => value.Length > 0).Select(Enum.Parse<Segment>).Order();
    }

    private static async Task Is(bool taken, HttpResponseMessage answer, string what)
    {
        var said = WalkedOffice.Plain().Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), " ");
        Assert.True(answer.StatusCode == (taken ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity), $"{what}: {(int)answer.StatusCode} {said}");
    }

    private static async Task<string> Page(SignedInClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<option value=\"([^\"]*)\"")]
    private static partial Regex Options();
}
