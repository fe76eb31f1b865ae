using System.Globalization;
using System.Text.RegularExpressions;
using RoomGuard.Core.Equipment;
using RoomGuard.Service.Equipment;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>Two leased servers are given back: permitted, erased, verified by another one, out past a witness, and their certificates received.</summary>
public sealed class LeaseReturnedStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-LIFE-04")]
    [Requirement("R-LIFE-05")]
    [Requirement("R-MOVE-06")]
    [Requirement("R-MOVE-07")]
    [Requirement("R-PROF-05")]
    public async Task Leased_servers_go_back_erased_and_verified_by_two_people_and_close_with_their_certificates()
    {
        string[] tags = ["LS-301", "LS-302"];
        await Had([.. tags.Select(tag => (tag, new[] { ("zone", "SRV-1"), ("rack", "R05") }))]);
        (string, string)[] plan =
        [
            ("direction", "Out"), ("purpose", "LeaseReturn"), ("items", string.Join('\n', tags)), ("fromZone", "SRV-1"), ("fromOutside", ""), ("toZone", ""), ("toOutside", "架空リース株式会社"), ("offPremises", "1"),
            ("from", $"{Story.Day()}T08:00"), ("until", $"{Story.Day()}T18:00"), ("carriers", "S-0134"), ("sealNo", "F-3301"), ("reason", "リース期間の満了"),
        ];
        var numbers = new List<string>();
        foreach (var tag in tags)
        {
            // Every wrong one tries at the first of the two.
            numbers.Add(await Erased(tag, numbers.Count == 0 ? Refused : (_, _, _, _, _) => Task.CompletedTask, plan));
        }

        // Out: asked for, allowed by who answers for the room, and by the chief officer because it leaves the premises.
        await Refused("kobayashi", "/moves", "/apply/move", "R-MOVE-01", plan);
        var asked = await Applies("aya", "/moves", "move", plan);
        await Refused("aya", $"/cases/{asked}", $"/cases/{asked}/allow", "R-PROF-05");
        await Refused("takachiho", $"/cases/{asked}", $"/cases/{asked}/allow", "R-MOVE-01");
        await Allows("miyakonojo", asked);
        await Refused("hinata", $"/cases/{asked}", $"/cases/{asked}/allow", "R-MOVE-01");
        await Allows("takachiho", asked);
        await Goes("aya", "/approvals", "/approvals/mine", $"/cases/{asked}", "/moves/M-");
        var move = await (await Story.As("aya")).InnerTextAsync("h1 .id");
        var gone = $"/moves/{move}";

        await Enters("S-0134");
        await Refused("aya", gone, $"{gone}/start", "R-MOVE-03");
        await Refused("sadowara", gone, $"{gone}/start", "R-MOVE-03");
        await Enters("S-0217");
        await Goes("sadowara", "/moves", gone);
        await Does("sadowara", $"{gone}/start");
        await Refused("takaharu", gone, $"{gone}/scan", "R-SIGN-01", ("tag", tags[0]));
        foreach (var tag in tags)
        {
            await Refused("sadowara", gone, $"{gone}/complete", "R-MOVE-01");
            await Goes("aya", "/moves", gone);
            await Does("aya", $"{gone}/scan", ("tag", tag));
        }

        // The witness leaves with them in the passage: nothing ends until a witness is there again and says so.
        await Leaves("S-0217");
        await RunningSite.UntilAsync(
            () => Task.FromResult(Story.Record.Readers.AskNow(db => MovesView.One(db, new(move)))!.State), state => state is MoveState.Interrupted, 10, "the interruption is told");
        await Refused("kobayashi", gone, $"{gone}/complete", "R-MOVE-03");
        await Refused("sadowara", gone, $"{gone}/resume", "R-MOVE-03");
        await Enters("S-0217");
        await Goes("sadowara", "/moves", gone);
        await Does("sadowara", $"{gone}/resume");
        await Does("sadowara", $"{gone}/complete");
        await Shot("sadowara", "lease-moved-out");

        // The certificates: not before they went out, and by who keeps the record.
        foreach (var (number, tag) in numbers.Zip(tags))
        {
            var at = $"/disposals/{number}";
            (string, string)[] certificate = [("certificateNo", $"SH-{tag}"), ("receivedOn", Story.Day())];
            if (tag == tags[0])
            {
                await Refused("aya", at, $"{at}/certify", "R-SIGN-01", certificate);
                await Refused("miyakonojo", at, $"{at}/certify", "R-LIFE-05", ("certificateNo", $"SH-{tag}"), ("receivedOn", Story.Day(-1)));
            }

            await Goes("miyakonojo", "/disposals", at);
            await Does("miyakonojo", $"{at}/certify", certificate);
            Assert.Contains("証明書受領", await Says("miyakonojo"), StringComparison.Ordinal);
        }

        await Shot("miyakonojo", "lease-certified");
        var paper = await Prints("disposal-sheet", "/disposals", $"/disposals/{numbers[0]}", "様式");
        paper.Shows(Columns("DisposalRecord"));
        paper.Shows(
        [
            numbers[0], "リース返却", tags[0], $"SSD-{tags[0]}", "都城 誠 / 小林 千夏", "暗号鍵消去", "綾 陽介 / 髙橋 翔太", "架空リース株式会社", "佐土原 みのり", $"SH-{tags[0]}", move, "証明書受領", "高原 学", Story.Day(),
        ]);
        await Lead(paper, "disposal.asked", "disposal.decided", "disposal.erased", "disposal.verified", "disposal.moved-out", "disposal.certified");
        var sheet = await Prints("lease-move-sheet", "/moves", gone, "搬入出記録簿");
        sheet.Shows(Columns("MoveRecord"));
        sheet.Shows([move, "搬出", "リース返却", .. tags, .. numbers, "架空リース株式会社", "F-3301", "綾 陽介", "都城 誠", "高千穂 隆", "佐土原 みのり", "完了", asked]);
    }

    private async Task<string> Erased(string tag, Trial wrong, (string, string)[] plan)
    {
        (string, string)[] ask = [("kind", "LeaseReturn"), ("tag", tag), ("firm", "架空リース株式会社"), ("reason", "リース期間の満了")];
        await wrong("kobayashi", "/disposals", "/disposals", "R-SIGN-01", ask);
        await Goes("miyakonojo", "/disposals");
        await Does("miyakonojo", "/disposals", ask);
        var number = Number().Match(await Says("miyakonojo")).Value;
        var at = $"/disposals/{number}";

        // Permitted before anything is erased, and not by who asked.
        await wrong("miyakonojo", at, $"{at}/decide", "R-PROF-05", [("verdict", "allow")]);
        await wrong("hinata", at, $"{at}/decide", "R-LIFE-05", [("verdict", "allow")]);
        await Goes("kobayashi", "/approvals", "/disposals", at);
        await Does("kobayashi", $"{at}/decide", ("verdict", "allow"));

        // Erased: every storage the register knows.
        (string, string)[] erasure = [("method", "CryptoErase"), ("erasedAt", Story.Now.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)), ("serials", $"SSD-{tag}"), ("note", "暗号鍵の消去")];
        await wrong("takaharu", at, $"{at}/erase", "R-SIGN-01", erasure);
        await wrong("aya", at, $"{at}/erase", "R-LIFE-04", [.. erasure.Where(field => field.Item1 != "serials"), ("serials", "SSD-OTHER")]);
        await Goes("aya", "/disposals", at);
        await Does("aya", $"{at}/erase", erasure);

        // Verified: never by who erased. Until then nothing goes out.
        await wrong("aya", at, $"{at}/verify", "R-LIFE-04", [("verdict", "passed"), ("result", "読めない")]);
        await wrong("sadowara", at, $"{at}/verify", "R-LIFE-04", [("verdict", "passed"), ("result", "読めない")]);
        await wrong("aya", "/apply/move", "/apply/move", "R-MOVE-06", plan);
        await Goes("takahashi", "/approvals", "/disposals", at);
        await Does("takahashi", $"{at}/verify", ("verdict", "passed"), ("result", "読み出せないことを確認"));
        return number;
    }

    private delegate Task Trial(string account, string at, string act, string rule, params (string Name, string Value)[] fields);

    private static Regex Number() => new("D-[0-9]{4}-[0-9]{4}", RegexOptions.CultureInvariant);
}
