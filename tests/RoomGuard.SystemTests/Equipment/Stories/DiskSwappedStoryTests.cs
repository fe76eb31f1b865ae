using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>A disk is swapped by a contractor: with the word of two, both inside, confirmed by staff, and what was taken out is owed an erasure.</summary>
public sealed class DiskSwappedStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-MOVE-09")]
    [Requirement("R-WORK-01")]
    [Requirement("R-WORK-02")]
    [Requirement("R-PROF-05")]
    public async Task A_disk_is_swapped_by_a_contractor_with_both_permissions_and_confirmed_by_who_did_not_do_it()
    {
        await Had(("SV-201", [("zone", "SRV-1"), ("rack", "R02 U05")]));
        (string, string)[] plan =
        [
            ("workKind", "PartSwap"), ("zone", "SRV-1"), ("description", "故障したSSDの交換"), ("targets", "SV-201"), ("from", $"{Story.Day()}T08:00"), ("until", $"{Story.Day()}T18:00"), ("performers", "K-0012"),
            ("checkers", "S-0217"), ("contract", "K-2026-0002"), ("requestRef", "CR-205"), ("reason", "SSDの故障予兆"),
        ];
        await Refused("sadowara", "/works", "/apply/work", "R-WORK-01", plan);
        await Refused("aya", "/apply/work", "/apply/work", "R-WORK-02", [.. plan.Where(field => field.Item1 != "checkers"), ("checkers", "K-0012")]);
        var asked = await Applies("aya", "/works", "work", plan);

        // The room's manager, then the supervising officer; neither for the other, and the applicant for none.
        foreach (var (wrong, rule) in new[] { ("aya", "R-PROF-05"), ("hinata", "R-WORK-01"), ("kobayashi", "R-WORK-01") })
        {
            await Refused(wrong, $"/cases/{asked}", $"/cases/{asked}/allow", rule);
        }

        foreach (var stranger in new[] { "kunitomi", "gokase" })
        {
            await Hidden(stranger, $"/cases/{asked}", $"/cases/{asked}/allow");
        }

        await Allows("miyakonojo", asked);
        await Refused("miyakonojo", $"/cases/{asked}", $"/cases/{asked}/allow", "R-PROF-05");
        await Allows("hinata", asked);
        await Goes("aya", "/approvals", "/approvals/mine", $"/cases/{asked}", "/works/W-");
        var work = await (await Story.As("aya")).InnerTextAsync("h1 .id");
        var at = $"/works/{work}";

        // Begun by the contractor once both are inside.
        await Refused("gokase", at, $"{at}/start", "R-WORK-01");
        await Enters("K-0012");
        await Refused("gokase", at, $"{at}/start", "R-WORK-02");
        await Enters("S-0217");
        await Refused("takaharu", at, $"{at}/start", "R-SIGN-01");
        await Refused("kobayashi", at, $"{at}/start", "R-SIGN-01");
        await Goes("gokase", "/works", at);
        await Does("gokase", $"{at}/start");

        // The part, by its serial as the register has it.
        (string, string)[] part = [("item", "SV-201"), ("partOut", "SSD-SV-201"), ("partIn", "SSD-NEW-201"), ("whatIn", "SSD 1TB"), ("storageIn", "yes")];
        await Refused("gokase", at, $"{at}/part", "R-MOVE-09", [.. part.Where(field => field.Item1 != "partOut"), ("partOut", "SSD-999")]);
        await Refused("takaharu", at, $"{at}/part", "R-SIGN-01", part);
        await Refused("gokase", at, $"{at}/end", "R-MOVE-09", ("result", "Done"), ("impact", "None"));
        await Goes("gokase", "/works", at);
        await Does("gokase", $"{at}/part", part);
        await Refused("takaharu", at, $"{at}/end", "R-SIGN-01", ("result", "Done"), ("impact", "None"));
        await Goes("gokase", "/works", at);
        await Does("gokase", $"{at}/end", ("result", "Done"), ("impact", "None"), ("note", "再構築を確認"));

        // Confirmed by the member of staff who was there; never by who did it, nor by who allowed it.
        foreach (var wrong in new[] { "gokase", "miyakonojo", "aya" })
        {
            await Refused(wrong, at, $"{at}/check", "R-WORK-02", ("checkNote", "確認"));
        }

        await Goes("sadowara", "/works", at);
        await Does("sadowara", $"{at}/check", ("checkNote", "製造番号を確認"));
        Assert.Contains("確認済", await Says("sadowara"), StringComparison.Ordinal);
        await Shot("sadowara", "swap-confirmed");
        await Hidden("yoshida", at, $"{at}/check");

        // What came out is an item of its own, and the manager is told that its erasure is to be applied for.
        await Goes("miyakonojo", "/approvals", "/disposals");
        var owed = await Says("miyakonojo");
        Assert.Contains("SSD-SV-201", owed, StringComparison.Ordinal);
        Assert.Contains(work, owed, StringComparison.Ordinal);
        await Shot("miyakonojo", "swap-owed");

        var paper = await Prints("work-sheet", "/works", at, "様式を印刷する");
        paper.Shows(Columns("WorkRecord"));
        paper.Shows(
        [
            work, "部品交換", "SV-201", "サーバ室", "故障したSSDの交換", "SSDの故障予兆 / CR-205", "都城 誠 (S-0115)", "日向 直子 (S-0102)", "五ヶ瀬 樹 (K-0012)", "佐土原 みのり (S-0217)", "K-2026-0002", "証明済", "影響なし",
            "SSD-SV-201 / SSD-NEW-201", "完了", "製造番号を確認", "再構築を確認", "高原 学", Story.Day(),
        ]);
        await Lead(paper, "work.permitted", "work.refused", "work.started", "work.part-changed", "work.ended", "work.checked", "presence.entered");
    }
}
