using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RoomGuard.Service.Carrying;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>A laptop goes out by a permit, is not back in time, is reminded of, comes back and is checked.</summary>
public sealed class LaptopLateStoryTests(StoryOffice office) : EquipmentStory(office)
{
    [Fact]
    [Requirement("R-CARRY-01")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-CARRY-05")]
    [Requirement("R-CARRY-08")]
    [Requirement("R-CARRY-11")]
    public async Task A_laptop_goes_out_comes_back_late_and_is_closed_by_the_right_people()
    {
        (string, string)[] plan =
        [
            ("kind1", "Terminal"), ("ownership1", "Organisation"), ("name1", "ノートPC"), ("tag1", "PC-0098"), ("content1", "研修資料"), ("class1", "III"), ("segment1", "Internet"), ("encrypted1", "1"), ("place", "架空町役場"),
            ("leaveAt", $"{Story.Day()}T09:00"), ("dueAt", $"{Story.Day()}T17:00"), ("transport", "公用車"), ("protection", "LockedCase"), ("protection", "Encryption"), ("reason", "構成町での説明会"),
        ];
        await Refused("takaharu", "/carry", "/apply/carry-out", "R-CARRY-01", plan);
        await Refused("sadowara", "/apply/carry-out", "/apply/carry-out", "R-CARRY-05", [.. plan.Where(field => field.Item1 != "ownership1"), ("ownership1", "Private")]);
        var asked = await Applies("sadowara", "/carry", "carry-out", plan);

        // 業務課's own head; neither the applicant, nor another section's, nor who answers for systems.
        await Refused("sadowara", $"/cases/{asked}", $"/cases/{asked}/allow", "R-PROF-05");
        await Refused("hinata", $"/cases/{asked}", $"/cases/{asked}/allow", "R-CARRY-01");
        foreach (var stranger in new[] { "kobayashi", "miyakonojo" })
        {
            await Hidden(stranger, $"/cases/{asked}", $"/cases/{asked}/allow");
        }

        await Allows("watanabe", asked);
        await Goes("sadowara", "/approvals", "/approvals/mine", $"/cases/{asked}", "/carry/K-");
        var permit = await (await Story.As("sadowara")).InnerTextAsync("h1 .id");
        var (at, desk) = ($"/carry/{permit}", $"/reception/carry/{permit}");

        // Out past the desk.
        (string, string)[] passes = [("way", "out"), ("items", "1"), ("carrier-out", "S-0217"), ("note-out", "鍵付きケースを確認")];
        foreach (var wrong in new[] { "sadowara", "aya", "takaharu" })
        {
            await Refused(wrong, at, $"{desk}/pass", "R-SIGN-01", passes);
        }

        await Goes("tano", "/carry", "受付で記録する", desk);
        await Does("tano", $"{desk}/pass", passes);

        // The evening comes, and the laptop does not: who carries it and the desk are told, a day later the head of the section too; each is an entry once.
        Story.Turn(18);
        await Reminded(1);
        foreach (var told in new[] { "sadowara", "tano" })
        {
            await Goes(told, "/approvals", "/carry?show=Overdue", at);
            Assert.Contains("期限超過", await Says(told), StringComparison.Ordinal);
        }

        await Shot("sadowara", "carry-overdue");
        await Goes("watanabe", "/approvals");
        Assert.DoesNotContain("返却期限を過ぎた", await Says("watanabe"), StringComparison.Ordinal);
        Story.Turn(19, 1);
        await Reminded(2);
        await Goes("watanabe", "/approvals", "/carry?show=Overdue", at);
        Assert.Contains("期限超過", await Says("watanabe"), StringComparison.Ordinal);

        // Back in the morning after.
        Story.Turn(9);
        (string, string)[] returns = [("way", "back"), ("items", "1"), ("carrier-back", "S-0217"), ("note-back", "台風のため翌々朝")];
        await Refused("sadowara", at, $"{desk}/pass", "R-SIGN-01", returns);
        await Goes("tano", "/carry", "受付で記録する", desk);
        await Does("tano", $"{desk}/pass", returns);

        // Checked before it counts as returned, and not by who carried it or handed it over.
        (string, string)[] check = [("item", "1"), ("result1", "Clean"), ("patched1", "1"), ("erased1", "yes"), ("note1", "異常なし")];
        foreach (var wrong in new[] { "sadowara", "tano", "watanabe" })
        {
            await Refused(wrong, at, $"{at}/check", "R-SIGN-01", check);
        }

        await Goes("aya", "/approvals", "/carry?show=AwaitsCheck", at);
        await Does("aya", $"{at}/check", check);
        Assert.Contains("返却済", await Says("aya"), StringComparison.Ordinal);
        await Shot("aya", "carry-returned");

        var paper = await Prints("carry-sheet", "/carry", at, "様式を印刷する");
        paper.Shows(Columns("CarryPermit"));
        paper.Shows(
        [
            permit, "持出し", "佐土原 みのり (S-0217)", "業務課", "端末 ノートPC", "PC-0098", "研修資料", "インターネット", "構成町での説明会", "架空町役場", "公用車", "渡邉 結衣 (S-0203)", "許可", "田野 由紀 / 田野 由紀", "綾 陽介",
            "返却済", "高原 学", Story.Day(-2), Story.Day(),
        ]);
        await Lead(paper, "carry.permitted", "carry.passed", "carry.overdue", "carry.checked");

        // The watch looks as often as it likes.
        async Task Reminded(int times)
        {
            var watch = ActivatorUtilities.CreateInstance<CarryWatch>(Story.Office.Parts);
            Assert.True(await watch.LookAsync(default) && await watch.LookAsync(default));
            Assert.Equal(times, Story.Record.Readers.AskNow(db => CarryView.Dossier(db, new(permit)))!.Reminded);
        }
    }
}
