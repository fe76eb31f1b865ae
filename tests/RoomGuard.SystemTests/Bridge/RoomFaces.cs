using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.RoomPages;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>Pages of an invented room in each of the states that people meet.</summary>
internal static class RoomFaces
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 32, 7, TimeSpan.FromHours(9));
    private static readonly ZoneId Room = new("SRV-1");
    private static readonly DoorId Front = new("SRV-1-D1");
    private static readonly DeviceId Reader = new("reader-in");
    private static readonly PersonId Escort = new("S-0217");
    private static readonly Door Door = new(Front, Room, "サーバ室 正面扉", "Server room, front door", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure);

    private static readonly VisitPass Pass = new(
        new("V-2026-0088"), new(new("V-2026-0088-1"), "大淀 健", "おおよど けん", PersonCategory.Visitor, "架空電設株式会社", null, null),
        new(new("B-R-014"), new("V-2026-0088-1"), default, CredentialState.Active, null, null, null), "赤-014", [Room], Now.AddHours(-1), Now.AddHours(1), [Escort]);

    private static readonly RoomState State = RoomState.Unknown with
    {
        Doors = [new(Front, LeafState.Closed, Now, false, false, false, true)],
        Inside =
        [
            new InsideNow(Room, Escort, Now.AddHours(-2), Front), new InsideNow(Room, Pass.Visitor.Id, Now.AddHours(-1), Front, Visit: Pass.Visit, Escort: Escort),
            new InsideNow(Room, new("S-0388"), Now.AddMinutes(-12), Front, PresenceEvidence.Release, PresenceCertainty.Unverified),
        ],
        List = new(new(
            1, Now, "kakuu-1", "Asia/Tokyo", TimeSpan.FromDays(3),
            [new(Room, "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll, EntryRules.Common with { ReasonAtDoor = ReasonAtDoor.Fixable })],
            [new(Escort, "佐土原 みのり", "さどわら みのり", PersonCategory.Staff, "情報政策課", null, null), new(new("S-0388"), "門川 拓海", "かどがわ たくみ", PersonCategory.FixedTermStaff, "税務課", null, null)],
            [], [], [])),
    };

    /// <summary>The style sheet as the bridge serves it.</summary>
    public static string Style => File.ReadAllText(Path.Combine(Site.RunScript.Root, "firmware-bridge", "RoomGuard.Bridge", "RoomPages", "wwwroot", "rooms.css"));

    /// <summary>Name and page.</summary>
    public static IEnumerable<(string Name, string Page)> Pages =>
    [
        ("kiosk-ready", Kiosk()),
        ("kiosk-granted", Kiosk(new EntryGranted(Now, Front, Room, Reader, Escort, new("C-0001"), default, new("G-1"), [], 1, []))),
        ("kiosk-escort", Kiosk(Denied(DenyReason.NoEscort, Pass.Visitor.Id))),
        ("kiosk-refused", Kiosk(Denied(DenyReason.SecondFactorMissing, Escort), Mode(ZoneMode.Drill))),
        ("kiosk-neutral", Kiosk(Denied(DenyReason.CardLost, Escort))),
        ("kiosk-factor", Kiosk(new FactorAwaited(Now, Front, Reader, Escort, new("C-0001"), Now.AddSeconds(15)))),
        ("kiosk-fire", Kiosk(Mode(ZoneMode.Fire))),
        ("roll", RollCall(names: true)),
        ("roll-phone", RollCall(names: true)),
        ("roll-numbers", RollCall(names: false)),
    ];

    private static string Kiosk(params RecordedEvent[] items) => new KioskPage(Board(items), () => State, "お困りのときは 情報政策課 内線 2345", "Help: IT section, ext. 2345").Whole(Door, Now);

    private static string RollCall(bool names) =>
        new RollCallPage(Board([new RoomOrderApplied(Now, 1, new VisitPassOrder(Pass, Ended: false))]), () => State, "kakuu-1", "bridge-1").Whole(Now, names);

    private static RoomBoard Board(ReadOnlySpan<RecordedEvent> items)
    {
        var board = new RoomBoard(new([Door], [new(Reader, Front, ReaderSide.Entry)]), null);
        for (var at = 0; at < items.Length; at++)
        {
            board.Take(418 + at, items[at]);
        }

        return board;
    }

    private static EntryDenied Denied(DenyReason reason, PersonId person) => new(Now, Front, Room, Reader, reason, person, null, default(CardDigest), null, [], 1, []);

    private static RoomOrderApplied Mode(ZoneMode mode) => new(Now, 1, new ZoneModeOrder(Room, mode, null, null, "", "S-0001"));
}
