using RoomGuard.Core.Panels;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

public class NowPageTests
{
    private static readonly DoorId Front = new("SRV-1-D1");
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly PanelId Bridge = new("bridge-1");

    [Theory]
    [InlineData(LeafState.Closed, false, false, false, false, "○", "施錠")]
    [InlineData(LeafState.Closed, true, false, false, false, "◇", "解錠中")]
    [InlineData(LeafState.Open, false, false, false, false, "□", "開")]
    [InlineData(LeafState.Open, false, false, true, false, "▲", "開放超過")]
    [InlineData(LeafState.Open, false, true, true, false, "■", "こじ開け")]
    [InlineData(LeafState.Closed, false, false, false, true, "◆", "区域封鎖")]
    [InlineData(LeafState.Unknown, false, false, false, false, "―", "不明")]
    public void A_door_has_one_sign_and_the_worse_one_wins(
        LeafState leaf, bool released, bool forced, bool heldOpen, bool lockedDown, string symbol, string word)
    {
        var sign = StateText.Of(ADoor() with { Now = new(Front, leaf, Paper.Now, released, forced, heldOpen, true), LockedDown = lockedDown });

        Assert.Equal((symbol, word), (sign.Symbol, sign.Word.Ja));
    }

    [Fact]
    [Requirement("R-RED-05")]
    public void A_door_whose_bridge_is_silent_is_unknown_whatever_it_was()
    {
        var sign = StateText.Of(ADoor() with { Fresh = false });

        Assert.Equal(("―", "stale"), (sign.Symbol, sign.Tone));
    }

    [Fact]
    public async Task All_well_is_one_calm_line()
    {
        var words = await Paper.Words<NowParts>(AModel());

        Assert.Contains("異常はありません 扉 1、読取装置 1、制御盤 1 を確認。最終確認 14:32:07", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_called_well_while_something_is_unknown()
    {
        var model = AModel();
        var words = await Paper.Words<NowParts>(model with
        {
            Room = model.Room with { Doors = [ADoor() with { Fresh = false, HeardAt = Paper.Now.AddMinutes(-4) }], Panels = [APanel() with { Connected = false }] },
        });

        Assert.DoesNotContain("異常はありません", words, StringComparison.Ordinal);
        Assert.Contains("一部の状態が分かりません", words, StringComparison.Ordinal);
        Assert.Contains("最後に聞いた時刻 14:28:07(4分前)", words, StringComparison.Ordinal);
        Assert.Contains("― 通信断", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public async Task A_forced_door_stands_on_top_with_what_to_do_and_its_entry()
    {
        var model = AModel();
        var html = await Paper.Html<NowParts>(model with
        {
            Room = model.Room with
            {
                Attention = [new("forced", AttentionKind.DoorForced, Urgency.Emergency, Paper.Now.AddSeconds(-9), true, Server, Front, Entry: 104_233)],
            },
        });

        Assert.Contains("緊急", html, StringComparison.Ordinal);
        Assert.Contains("サーバ室 正面扉", html, StringComparison.Ordinal);
        Assert.Contains("14:31:58 から(9秒前)", html, StringComparison.Ordinal);
        Assert.Contains("庁舎警備へ連絡してください", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/entries/104233\"", html, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task Many_of_one_kind_are_one_card_and_the_urgent_one_stays_on_top()
    {
        var model = AModel();
        var words = await Paper.Words<NowParts>(model with
        {
            Room = model.Room with
            {
                Attention =
                [
                    .. Enumerable.Range(0, 8).Select(n => new Attention($"m{n}", AttentionKind.PresenceMismatch, Urgency.Caution, Paper.Now, true, Server, PersonName: $"人{n}")),
                    new("forced", AttentionKind.DoorForced, Urgency.Emergency, Paper.Now, true, Server, Front),
                ],
            },
        });

        Assert.Contains("在室不一致 8件", words, StringComparison.Ordinal);
        Assert.Contains("人5", words, StringComparison.Ordinal);
        Assert.Contains("ほか 2件", words, StringComparison.Ordinal);
        Assert.True(words.IndexOf("こじ開け", StringComparison.Ordinal) < words.IndexOf("在室不一致", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-DOOR-18")]
    public async Task An_empty_room_says_since_when()
    {
        var words = await Paper.Words<NowParts>(AModel());

        Assert.Contains("無人 09:32:07 から", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-RED-03")]
    public async Task What_a_bridge_does_not_know_yet_is_shown_as_not_in_force()
    {
        var model = AModel();
        var words = await Paper.Words<NowParts>(model with
        {
            Room = model.Room with { Panels = [APanel() with { ListVersion = 41, PendingSince = Paper.Now.AddMinutes(-2), PendingSuspensions = 1 }] },
        });

        Assert.Contains("第41版 ● 未反映(14:30:07 から)", words, StringComparison.Ordinal);
        Assert.Contains("▲ 停止 1件が未反映", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_pages_mark_Japanese_names_with_their_language()
    {
        var model = AModel();
        var html = await Paper.Html<NowParts>(
            model with
            {
                Presence = [new(Server, [new(new("S-0217"), "佐土原 みのり", "さどわら みのり", null, "業務課", Paper.Now, Front, false)], null, Paper.Now, true)],
            },
            Language.English);

        Assert.Contains("1 inside", html, StringComparison.Ordinal);
        Assert.Contains("lang=\"ja\">佐土原 みのり", html, StringComparison.Ordinal);
        Assert.Contains("Server room", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_without_bridges_says_how_to_join_one()
    {
        var words = await Paper.Words<NowParts>(new NowModel(new(Paper.Now, [], [], [], null), [], [], []));

        Assert.Contains("roomguard panel-code", words, StringComparison.Ordinal);
        Assert.DoesNotContain("異常はありません", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MON-01")]
    public async Task The_climate_stands_in_a_line_for_each_zone_with_its_age_and_what_is_silent_is_never_normal()
    {
        var room = new ClimateStory(Paper.Now.AddHours(-1)).Calm().Goes(3600);
        var now = room.Control.Now();
        ClimateBoard Told(bool fresh, TimeSpan silent) => new(
            Paper.Now,
            [.. now.Zones.Select(zone => new ZoneAirCard(zone, Bridge, fresh, silent))],
            [.. now.Sensors.Select(sensor => new SensorCard(sensor, Bridge, fresh, silent, now.At, []))],
            [],
            []);

        var words = await Paper.Words<NowParts>(new NowModel(new(Paper.Now, [], [], [], null), [], [], [], Told(true, TimeSpan.Zero)));
        Assert.Contains("環境を開く", words, StringComparison.Ordinal);
        Assert.Contains("○ 正常 良好なセンサー 11/11", words, StringComparison.Ordinal);
        Assert.Contains("― 不明 良好なセンサー 0/11", await Paper.Words<NowParts>(new NowModel(new(Paper.Now, [], [], [], null), [], [], [], Told(false, TimeSpan.FromMinutes(4)))), StringComparison.Ordinal);
        Assert.DoesNotContain("環境を開く", await Paper.Words<NowParts>(new NowModel(new(Paper.Now, [], [], [], null), [], [], [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_of_a_silent_bridge_are_unknown_and_say_as_of_when()
    {
        var words = await Paper.Words<DevicesParts>(new DevicesModel(
            [new(APanel() with { Connected = false, LastHeardAt = Paper.Now.AddMinutes(-4) }, [AReader()])]));

        Assert.Contains("reader-srv-in ― 不明", words, StringComparison.Ordinal);
        Assert.Contains("下は 2026-11-21 14:28:07 に聞いた値です", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_clear_text_reader_is_a_finding_and_not_normal()
    {
        var words = await Paper.Words<DevicesParts>(new DevicesModel([new(APanel(), [AReader() with { Secure = false, Findings = ["Clear text allowed: old reader"] }])]));

        Assert.Contains("reader-srv-in ● 注意", words, StringComparison.Ordinal);
        Assert.Contains("暗号化なし", words, StringComparison.Ordinal);
        Assert.Contains("Clear text allowed: old reader", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_roll_call_names_everybody_and_has_a_box_for_each()
    {
        var model = new PresenceModel(
            [new(Server, [new(new("S-0217"), "佐土原 みのり", "さどわら みのり", null, "業務課", Paper.Now.AddMinutes(-38), Front, true)], null, Paper.Now, true)], 0, [], MayCorrect: true);
        var (html, words) = (await Paper.Html<PresenceParts>(model), await Paper.Words<PresenceParts>(model));

        Assert.Contains("在室 合計 1名", words, StringComparison.Ordinal);
        Assert.Contains("佐土原 みのり", words, StringComparison.Ordinal);
        Assert.Contains("在室不一致", words, StringComparison.Ordinal);
        Assert.Contains("38分", words, StringComparison.Ordinal);
        Assert.Contains("class=\"box\"", html, StringComparison.Ordinal);
    }

    private static DoorOverview ADoor() =>
        new(Front, Server, Bridge, new(Front, LeafState.Closed, Paper.Now.AddMinutes(-4), false, false, false, true), Paper.Now, true, false);

    private static PanelOverview APanel() => new(Bridge, true, true, Paper.Now, "0.1.0", 42, null, 0, true, 1_233);

    private static ReaderNow AReader() => new(
        new("reader-srv-in"), "bus-1", 0, ReaderCondition.Online, Paper.Now, true, "00068E", System.Collections.Immutable.ImmutableSortedDictionary<string, long>.Empty, null, null, []);

    private static NowModel AModel() => new(
        new(Paper.Now, [], [ADoor()], [APanel()], 42), [new(Server, [], Paper.Now.AddHours(-5), Paper.Now, true)], [], [new(APanel(), [AReader()])]);
}
