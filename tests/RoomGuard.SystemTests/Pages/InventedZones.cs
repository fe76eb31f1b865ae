using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.Zones;
using RoomGuard.Service.PolicyProfiles;

namespace RoomGuard.SystemTests.Pages;

/// <summary>A site in the middle of being set up, with every kind of thing its pages can show; and reviews of privileged accounts.</summary>
internal sealed class InventedZones(TimeProvider time) : IZoneDesk, IPrivilegeReviews
{
    private static readonly ProfileShelf Shelf = ProfileShelf.Load(ProfileShelf.Folder);
    private static readonly NamedPerson Manager = new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課");

    private static readonly ZoneRegistration Server = new(
        new("SRV-1"), "サーバ室", "Server room", ZoneKind.ServerRoom, 3, Segment.MyNumber, ImportanceClass.I, 2, [EntryMethod.Card, EntryMethod.Pin], StaleListRule.StaffOnly, null, null);

    private static readonly ZoneRegistration Power = new(
        new("UPS-1"), "UPS室", "UPS room", ZoneKind.ServerRoom, -1, Segment.Internet, null, 1, [EntryMethod.Card], StaleListRule.DenyAll, new ZoneId("SRV-1"), "E-2026-0002");

    private static readonly DoorRegistration Front = new(
        new("SRV-1-D1"), new("SRV-1"), "bridge-1", "サーバ室 正面扉", "Server room, front door", new(new("SRV-1-D1"), "避難階段に通ずる", "reader-1/output-0", "reader-1/input-0", null, null));

    private static readonly DoorWired Wired = new(new("SRV-1-D1"), new("SRV-1"), "サーバ室 正面扉", "Server room, front door", [new("reader-1"), new("reader-2")], "reader-1/output-0", "reader-1/input-0");

    public Task<int> Waiting(Actor by, CancellationToken gone) => Task.FromResult(1);

    public Task<SiteLook> Look(CancellationToken gone)
    {
        var profile = Shelf.All.First(one => one.PasswordChangeDays is not null);
        var adoption = new ProfileAdoption(profile.Profile, profile.Version, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "架空町訓令第3号");
        var policy = PolicyInForce.Of(adoption, profile, SiteProfile.Base, _ => ExceptionStanding.InForce);
        ImmutableArray<ZoneFinding> findings =
        [
            new(new("UPS-1"), ZoneFault.GroundFloor, ZoneEffect.Finding, "R-ZONE-02", null, "E-2026-0002"), new(new("UPS-1"), ZoneFault.NotClassified, ZoneEffect.Finding, "R-ZONE-05", null, null),
            new(new("UPS-1"), ZoneFault.OuterDoorUnguarded, ZoneEffect.NotInService, "R-ZONE-04", "UPS-1-D1", null), new(new("UPS-1"), ZoneFault.NoResponsible, ZoneEffect.Alarm, "R-ZONE-07", null, null),
        ];
        var renamed = Server with { Label = "電算室", Floor = 2 };
        return Task.FromResult(new SiteLook(
            ByRecord: true, "架空町役場", "本庁舎", [new(Role.ChiefOfficer, "副町長")], Named: true, policy, Shelf.Base, Adopted: true, ProfileOfFile: false, [adoption], [.. Shelf.All],
            [new(Server, 104_012, []), new(Power, 104_013, findings)],
            [
                new(Front, 104_014, DoorLink.Linked, Wired), new(Front with { Id = new("SRV-1-D2"), Label = "サーバ室 裏扉", LeadsOutside = null }, 104_015, DoorLink.NotAtBridge, null),
                new(Front with { Id = new("UPS-1-D1"), Zone = new("UPS-1"), Label = "UPS室 扉" }, 104_016, DoorLink.NoReader, Wired with { Door = new("UPS-1-D1"), Readers = [] }),
            ],
            [
                new(new("bridge-1"), Enrolled: true, time.GetUtcNow().AddSeconds(-2), [Wired with { Door = new("MED-1-D1"), Zone = new("MED-1"), Label = "媒体保管庫 扉" }], 3, (2, 3)),
                new(new("bridge-2"), Enrolled: false, null, [], 0, (0, 0)),
            ],
            [
                new(new("SC-0003", renamed, null, false), time.GetUtcNow().AddHours(-3), Manager, "改修のため", null, "", [new("label", "サーバ室", "電算室"), new("floor", "3", "2")]),
                new(new("SC-0002", null, Front, true), time.GetUtcNow().AddDays(-9), Manager, "閉鎖", true, "", []),
                new(new("SC-0001", Server, null, false), time.GetUtcNow().AddDays(-20), Manager, "新設", false, "図面がない", []),
            ],
            [Manager])
        {
            Cabinets =
            [
                new(ARack("rack-1", "ラック1", "Rack 1"), new("bridge-1"), Open: false, time.GetUtcNow().AddHours(-5), null, LeftOpen: false),
                new(ARack("rack-2", "ラック2", "Rack 2"), new("bridge-1"), Open: true, time.GetUtcNow().AddMinutes(-12), "W-2026-0152", LeftOpen: false),
                new(ARack("rack-3", "ラック3", "Rack 3"), new("bridge-1"), Open: true, time.GetUtcNow().AddMinutes(-90), "W-2026-0151", LeftOpen: true),
                new(ARack("rack-4", "ラック4", "Rack 4"), new("bridge-1"), Open: true, time.GetUtcNow().AddMinutes(-2), null, LeftOpen: false),
                new(ARack("rack-5", "ラック5", "Rack 5"), new("bridge-1"), Open: null, time.GetUtcNow().AddMinutes(-30), null, LeftOpen: false),
                new(ARack("rack-6", "配線盤", "Patch panel") with { Watched = false }, new("bridge-1"), Open: null, null, null, LeftOpen: false),
            ],
        });
    }

    private static RoomGuard.Core.Cabinets.Cabinet ARack(string id, string label, string labelEn) => new(new(id), new("SRV-1"), label, labelEn, Watched: true);

    public Task<ActResult> Name(SiteNameForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("organisation", FieldFault.BadCharacters));

    public Task<ActResult> Adopt(ProfileAdoption adoption, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("decidedOn", FieldFault.InFuture));

    public Task<ActResult> Put(SiteChange change, long version, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("floor", FieldFault.LowFloor));

    public Task<ActResult> Decide(string change, bool allowed, string note, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("", FieldFault.ChangedMeanwhile));

    public Task<ActResult> Check(Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("", FieldFault.SetUpIncomplete));

    Task<int> IPrivilegeReviews.Waiting(Actor by, CancellationToken gone) => Task.FromResult(1);

    public Task<ImmutableArray<ReviewLine>> Reviews(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<ReviewLine>>(
    [
        new(Account("A-0014", "miyakonojo.admin", "S-0115"), Manager, new(2025, 4, 1), null, null, "", new(2026, 4, 1), ReviewStanding.Overdue, May: true),
        new(Account("A-0015", "hinata.admin", "S-0160"), new(new("S-0160"), "日向 直子", "ひゅうが なおこ", "情報政策課"), new(2025, 4, 1), new(2025, 12, 10), Manager, "今年度も必要", new(2026, 12, 10), ReviewStanding.Soon, May: false),
    ]);

    public Task<ActResult> Review(AccountId account, DateOnly due, bool keeps, string note, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("note", FieldFault.BadCharacters));

    private static OperatorAccount Account(string id, string name, string person) => new(new(id), new(person), name, Privileged: true, AccountState.Active, null);
}
