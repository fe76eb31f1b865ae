using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.RoomPages;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.RoomPages;

/// <summary>What the kiosk at a door says, and what it keeps to itself (R-DOOR-01; architecture.md section 11).</summary>
public sealed class KioskPageTests
{
    [Fact]
    [Requirement("R-DOOR-01")]
    public void A_zone_that_tells_nothing_gives_the_same_page_for_every_refusal()
    {
        var pages = Enum.GetValues<DenyReason>().Select(reason => Refused(reason, ReasonAtDoor.None, number: 7)).Distinct().ToList();

        Assert.Contains("入室できません", Assert.Single(pages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DenyReason.OutsideHours, ReasonAtDoor.Fixable, "入室できる時間ではありません")]
    [InlineData(DenyReason.NoEscort, ReasonAtDoor.Fixable, "付添い者を待っています")]
    [InlineData(DenyReason.PersonSuspended, ReasonAtDoor.Full, "利用者停止")]
    [InlineData(DenyReason.OutsideHours, ReasonAtDoor.Full, "入室できる時間ではありません")]
    [Requirement("R-DOOR-01")]
    public void A_zone_may_tell_what_the_person_can_mend_or_everything(DenyReason reason, ReasonAtDoor rule, string expected) =>
        Assert.Contains(expected, Refused(reason, rule), StringComparison.Ordinal);

    [Fact]
    [Requirement("R-DOOR-01")]
    public void What_cannot_be_mended_and_what_concerns_a_stranger_stays_untold()
    {
        foreach (var reason in Enum.GetValues<DenyReason>().Where(reason => !DenyReasonText.Of(reason).Fixable))
        {
            Assert.Equal(Refused(DenyReason.CardLost, ReasonAtDoor.Fixable), Refused(reason, ReasonAtDoor.Fixable));
        }

        Assert.Equal(Refused(DenyReason.CardLost, ReasonAtDoor.Fixable), Refused(DenyReason.OutsideHours, ReasonAtDoor.Fixable, person: null));
    }

    [Theory]
    [InlineData(ReasonAtDoor.None, false)]
    [InlineData(ReasonAtDoor.Fixable, true)]
    public void Who_is_let_in_is_named_only_where_the_zone_speaks(ReasonAtDoor rule, bool named)
    {
        var page = After(rule, new EntryGranted(Now, Front, Room, Reader, new("S-0217"), new("C-0001"), default, new("G-1"), [], 1, []));

        Assert.Contains("入室できます", page, StringComparison.Ordinal);
        Assert.Contains("5秒以内に扉を開けてください", page, StringComparison.Ordinal);
        Assert.Equal(named, page.Contains("髙橋さん", StringComparison.Ordinal));
        Assert.DoesNotContain("翔太", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_shown_for_its_time_and_then_the_door_is_ready_for_the_next()
    {
        var board = new RoomBoard(Plan, null);
        board.Take(4, Denied(DenyReason.OutsideHours, new("S-0217")));
        var kiosk = new KioskPage(board, () => State(ReasonAtDoor.Full), null, null);

        Assert.Equal("no", kiosk.Answer(Door, Now.AddSeconds(7.9)).Tone);
        Assert.Equal("ready", kiosk.Answer(Door, Now.AddSeconds(8)).Tone);
    }

    [Fact]
    public void A_second_factor_is_asked_for_and_its_time_runs_down()
    {
        var board = new RoomBoard(Plan, null);
        board.Take(4, new FactorAwaited(Now, Front, Reader, new("S-0217"), new("C-0001"), Now.AddSeconds(15)));
        var kiosk = new KioskPage(board, () => State(ReasonAtDoor.None), null, null);

        Assert.Equal(15, kiosk.Answer(Door, Now).Left);
        Assert.Equal(3, kiosk.Answer(Door, Now.AddSeconds(12.5)).Left);
        Assert.Equal("ready", kiosk.Answer(Door, Now.AddSeconds(15)).Tone);
    }

    [Fact]
    [Requirement("R-DOOR-15")]
    public void Fire_outshines_every_answer_and_ends_with_its_order()
    {
        var board = new RoomBoard(Plan, null);
        board.Take(3, new EntryGranted(Now, Front, Room, Reader, new("S-0217"), new("C-0001"), default, new("G-1"), [], 1, []));
        board.Take(4, Mode(ZoneMode.Fire));
        var kiosk = new KioskPage(board, () => State(ReasonAtDoor.Full), null, null);
        Assert.Equal(KioskText.Fire, kiosk.Answer(Door, Now).Main);

        board.Take(5, Mode(ZoneMode.Normal));
        Assert.Equal(KioskText.Granted, kiosk.Answer(Door, Now).Main);
    }

    [Theory]
    [InlineData(FreedBy.Hours, true, "開放時間です。お入りください", "Open hours: please come in", "ok")]
    [InlineData(FreedBy.Fire, true, "火災のため、この扉は開放しています", "Fire: this door is released", "no")]
    [InlineData(FreedBy.Fire, false, "この扉は外からは開きません。中からは出られます", "Locked from outside, free from inside", "no")]
    [InlineData(FreedBy.Maintenance, false, "扉の保守作業中です", "Door maintenance", "ready")]
    [Requirement("R-DOOR-15")]
    public void A_door_that_anybody_may_open_says_why_in_both_languages(FreedBy freed, bool released, string japanese, string english, string tone)
    {
        var state = State(ReasonAtDoor.None);
        var kiosk = new KioskPage(new RoomBoard(Plan, null), () => state with { Doors = [state.Doors[0] with { Freed = freed, Released = released }] }, null, null);

        Assert.Contains(japanese, kiosk.Part(Door, Now), StringComparison.Ordinal);
        Assert.Contains(english, kiosk.Part(Door, Now), StringComparison.Ordinal);
        Assert.Equal(tone, kiosk.Answer(Door, Now).Tone);
    }

    [Fact]
    public void A_drill_is_a_banner_above_the_answer()
    {
        var board = new RoomBoard(Plan, null);
        board.Take(4, Mode(ZoneMode.Drill, Now.AddHours(1)));
        var kiosk = new KioskPage(board, () => State(ReasonAtDoor.None), null, null);

        Assert.Contains("訓練中です", kiosk.Part(Door, Now), StringComparison.Ordinal);
        Assert.Contains("カードをかざしてください", kiosk.Part(Door, Now), StringComparison.Ordinal);
        Assert.DoesNotContain("訓練中です", kiosk.Part(Door, Now.AddHours(1)), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_stands_from_the_snapshot_until_it_is_lifted()
    {
        var lockdown = new Lockdown("L-0001", [Room], [], "CHIEF", "basis", Now.AddMinutes(-1), null);
        var board = new RoomBoard(Plan, Snapshot() with { Lockdowns = [new(lockdown, false)] });
        var kiosk = new KioskPage(board, () => State(ReasonAtDoor.None), null, null);
        Assert.Equal(KioskText.Stopped, kiosk.Answer(Door, Now).Main);

        board.Take(9, new LockdownApplied(Now, lockdown, Ended: true));
        Assert.Equal(KioskText.Ready, kiosk.Answer(Door, Now).Main);
    }

    [Fact]
    public void A_door_that_does_not_decide_says_so_and_never_that_it_is_ready()
    {
        var kiosk = new KioskPage(new RoomBoard(Plan, null), () => State(ReasonAtDoor.None) with { Journal = JournalCondition.Failed }, null, null);
        Assert.Equal(KioskText.OutOfService, kiosk.Answer(Door, Now).Main);

        var unknown = new KioskPage(new RoomBoard(Plan, null), () => RoomState.Unknown, null, null);
        Assert.Equal(KioskText.OutOfService, unknown.Answer(Door, Now).Main);
    }

    [Fact]
    public void Names_and_labels_cannot_become_markup()
    {
        var door = Door with { Label = "<script>x</script>" };
        var kiosk = new KioskPage(new RoomBoard(new([door], []), null), () => State(ReasonAtDoor.Full), "<b>help</b>", null);

        Assert.DoesNotContain("<script>x", kiosk.Whole(door, Now), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>help", kiosk.Whole(door, Now), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void The_roll_call_names_everybody_inside_visitors_with_badge_and_escort_and_has_a_box_for_each()
    {
        var board = new RoomBoard(Plan, Snapshot() with { RoomOrders = [new(3, new VisitPassOrder(Pass, Ended: true))] });
        var state = State(ReasonAtDoor.None) with
        {
            Inside = [new InsideNow(Room, new("S-0217"), Now.AddHours(-2), Front), new InsideNow(Room, new("V-2026-0088-1"), Now.AddHours(-1), Front), new InsideNow(Room, new("S-9999"), Now, Front)],
        };
        var page = new RollCallPage(board, () => state, "kakuu-1", "bridge-1").Whole(Now, names: true);

        Assert.Contains("在室 合計 3名", page, StringComparison.Ordinal);
        Assert.Contains("髙橋 翔太", page, StringComparison.Ordinal);
        Assert.Contains("大淀 健", page, StringComparison.Ordinal);
        Assert.Contains("来訪者証 赤-014 付添い 髙橋 翔太", page, StringComparison.Ordinal);
        Assert.Contains("S-9999", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<td class=\"box\">").Length - 1);
    }

    [Fact]
    public void Who_may_not_read_names_sees_how_many()
    {
        var state = State(ReasonAtDoor.None) with { Inside = [new InsideNow(Room, new("S-0217"), Now, Front)] };
        var page = new RollCallPage(new RoomBoard(Plan, null), () => state, "kakuu-1", "bridge-1").Whole(Now, names: false);

        Assert.Contains("在室 合計 1名", page, StringComparison.Ordinal);
        Assert.DoesNotContain("髙橋", page, StringComparison.Ordinal);
        Assert.DoesNotContain("S-0217", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    public void Names_open_on_the_machine_itself_and_on_the_terminals_named(string from, bool may)
    {
        var board = new RoomBoard(Plan, null);
        var routes = new RoomRoutes(
            new(7482, "0.0.0.0", ["192.0.2.7"]), board, new(board, () => RoomState.Unknown, null, null), new(board, () => RoomState.Unknown, "kakuu-1", "bridge-1"), new VirtualTime(Now));

        Assert.Equal(may, routes.MayReadNames(System.Net.IPAddress.Parse(from)));
    }

    private static readonly DateTimeOffset Now = new(2026, 5, 12, 14, 32, 7, TimeSpan.FromHours(9));
    private static readonly ZoneId Room = new("SRV-1");
    private static readonly DoorId Front = new("SRV-1-D1");
    private static readonly DeviceId Reader = new("reader-in");
    private static readonly Door Door = new(Front, Room, "サーバ室 正面扉", "Server room, front door", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure);
    private static readonly RoomPlan Plan = new([Door], [new(Reader, Front, ReaderSide.Entry)]);
    private static readonly VisitPass Pass = new(
        new("V-2026-0088"), new(new("V-2026-0088-1"), "大淀 健", "おおよど けん", PersonCategory.Visitor, "架空電設", null, null),
        new(new("B-R-014"), new("V-2026-0088-1"), default, CredentialState.Active, null, null, null), "赤-014", [Room], Now.AddHours(-1), Now.AddHours(1), [new("S-0217")]);

    private static string Refused(DenyReason reason, ReasonAtDoor rule, string? person = "S-0217", long number = 7) =>
        After(rule, Denied(reason, person is null ? null : new PersonId(person)), number);

    private static string After(ReasonAtDoor rule, RecordedEvent item, long number = 7)
    {
        var board = new RoomBoard(Plan, null);
        board.Take(number, item);
        return new KioskPage(board, () => State(rule), null, null).Part(Door, Now);
    }

    private static EntryDenied Denied(DenyReason reason, PersonId? person) => new(Now, Front, Room, Reader, reason, person, null, default(CardDigest), null, [], 1, []);

    private static RoomOrderApplied Mode(ZoneMode mode, DateTimeOffset? until = null) => new(Now, 1, new ZoneModeOrder(Room, mode, null, until, "", "S-0001"));

    private static RoomState State(ReasonAtDoor rule) => RoomState.Unknown with
    {
        Doors = [new(Front, LeafState.Closed, Now, false, false, false, true)],
        List = new(new(
            1, Now, "kakuu-1", "Asia/Tokyo", TimeSpan.FromDays(3), [new(Room, "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll, EntryRules.Common with { ReasonAtDoor = rule })],
            [new(new("S-0217"), "髙橋 翔太", "たかはし しょうた", PersonCategory.Staff, "情報政策課", null, null)], [], [], [])),
    };

    private static RoomSnapshot Snapshot() => new EntryControl(Plan, new() { PinMatches = (_, _) => false }).Snapshot();
}
