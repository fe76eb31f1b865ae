using System.Globalization;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>A server is delivered and racked: applied for, allowed, its impact checked, witnessed, item by item, mounted.</summary>
public sealed class ServerDeliveredStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-MOVE-01")]
    [Requirement("R-MOVE-02")]
    [Requirement("R-MOVE-03")]
    [Requirement("R-LIFE-10")]
    [Requirement("R-PROF-05")]
    public async Task A_server_is_delivered_and_racked_by_the_right_people_and_by_no_others()
    {
        await Refused("sadowara", "/moves", "/equipment/new", "R-SIGN-01", ("tag", "SV-101"), ("kind", "Server"), ("name", "業務サーバ"));
        await Registers("aya", "SV-101");

        // Applied for by the system's operator, and allowed by who answers for the room.
        (string, string)[] plan =
        [
            ("direction", "In"), ("purpose", "New"), ("items", "SV-101, R03 U12"), ("fromZone", ""), ("fromOutside", "架空電算の倉庫"), ("toZone", "SRV-1"), ("toOutside", ""), ("from", $"{Story.Day()}T08:00"),
            ("until", $"{Story.Day()}T18:00"), ("carriers", "S-0134 K-0012"), ("sealNo", ""), ("reason", "業務サーバの更新"),
        ];
        await Refused("hinata", "/moves", "/apply/move", "R-MOVE-01", plan);
        await Refused("aya", "/apply/move", "/apply/move", "R-MOVE-01", [.. plan.Where(field => field.Item1 != "direction"), ("direction", "Out")]);
        var asked = await Applies("aya", "/moves", "move", plan);
        foreach (var (wrong, rule) in new[] { ("aya", "R-PROF-05"), ("hinata", "R-MOVE-01"), ("kobayashi", "R-MOVE-01") })
        {
            await Refused(wrong, $"/cases/{asked}", $"/cases/{asked}/allow", rule);
        }

        await Hidden("kunitomi", $"/cases/{asked}", $"/cases/{asked}/allow");
        await Allows("miyakonojo", asked);

        // The applicant comes from their application to the move it made.
        await Goes("aya", "/approvals", "/approvals/mine", $"/cases/{asked}", "/moves/M-");
        var move = await (await Story.As("aya")).InnerTextAsync("h1 .id");
        var at = $"/moves/{move}";
        await Shot("aya", "move-approved");

        // The impact, by the contractor who carries.
        await Enters("S-0217");
        await Refused("sadowara", at, $"{at}/start", "R-MOVE-02");
        await Refused("takaharu", at, $"{at}/impact", "R-SIGN-01", ("result", "None"));
        await Goes("gokase", "/moves", at);
        await Does("gokase", $"{at}/impact", ("result", "Handled"), ("note", "電源の系統を分けた"));

        // The witness: staff, inside by the doors, and none of the carriers.
        await Refused("gokase", at, $"{at}/start", "R-SIGN-01");
        await Refused("kobayashi", at, $"{at}/start", "R-MOVE-03");
        await Enters("S-0134");
        await Refused("aya", at, $"{at}/start", "R-MOVE-03");
        await Goes("sadowara", "/moves", at);
        await Does("sadowara", $"{at}/start");

        // Item by item.
        await Refused("aya", at, $"{at}/scan", "R-MOVE-01", ("tag", "SV-999"));
        await Refused("takaharu", at, $"{at}/scan", "R-SIGN-01", ("tag", "SV-101"));
        await Refused("sadowara", at, $"{at}/complete", "R-MOVE-01");
        await Goes("gokase", "/moves", at);
        await Does("gokase", $"{at}/scan", ("tag", "SV-101"));

        // The witness ends it, and nobody else.
        await Refused("gokase", at, $"{at}/complete", "R-SIGN-01");
        await Refused("kobayashi", at, $"{at}/complete", "R-MOVE-03");
        await Goes("sadowara", "/moves", at);
        await Does("sadowara", $"{at}/complete");

        // Mounted, and all six surroundings: one missing is not enough.
        (string, string)[] all = [("tag", "SV-101"), ("fixed", "1"), .. new[] { "Fire", "Water", "Dust", "Vibration", "Temperature", "Humidity" }.Select(one => ("confirmed", one))];
        await Refused("aya", at, $"{at}/install", "R-SIGN-01", all);
        await Refused("miyakonojo", at, $"{at}/install", "R-LIFE-10", all[..^1]);
        await Goes("miyakonojo", "/moves", at);
        await Does("miyakonojo", $"{at}/install", all);
        Assert.Contains("完了", await Says("miyakonojo"), StringComparison.Ordinal);
        await Shot("miyakonojo", "move-completed");
        await Goes("aya", "/equipment", "/equipment/items/SV-101");
        Assert.Contains("サーバ室 R03 U12", await Says("aya"), StringComparison.Ordinal);
        await Shot("aya", "move-item");

        var paper = await Prints("move-sheet", "/moves", at, "搬入出記録簿");
        paper.Shows(Columns("MoveRecord"));
        paper.Shows(
        [
            move, "搬入", "新規", "綾 陽介", "都城 誠", "SV-101", "業務サーバ", "SV-20", "SER-SV-101", "マイナンバー", "架空電算の倉庫", "サーバ室", "五ヶ瀬 樹", "佐土原 みのり", "はい", "完了", "高原 学",
            Story.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ]);
        await Lead(paper, "move.recorded", "move.impact-checked", "move.started", "move.item-scanned", "move.completed", "asset.moved", "asset.installed");
    }
}
