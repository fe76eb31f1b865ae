using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.Zones;
using Xunit;

namespace RoomGuard.UnitTests.Service.Zones;

/// <summary>A real site whose settings name neither zones nor doors, before, during and after its first start.</summary>
internal sealed class SiteRig : IAsyncDisposable
{
    public static readonly CancellationToken Never = CancellationToken.None;

    private readonly Sessions sessions;

    public SiteRig()
    {
        var settings = Service.Settings with { Site = Service.Settings.Site with { Environment = EnvironmentKind.Production }, Zones = [], Doors = [] };
        Book = new(Service.Record, settings);
        Policy = new(Service.Record, Book, ProfileShelf.Load(ProfileShelf.Folder), Service.Time);
        Guard = new(Service.Record, Service.Time);
        var outside = new OutsideGate(Service.Record, null, Service.Time);
        sessions = new(Service.Record, new SessionStore(Path.Combine(Service.Folder, "sessions.db")), outside, Service.Time, Service.RandomBytes);
        Setup = new(Service.Record, Book, sessions, outside, Service.Turn, Service.Time, Service.RandomBytes);
        Desk = new(Service.Record, Book, Policy, Service.States, Setup, Guard, Service.Turn, Service.Time);
        Publisher = new(Service.Record, new GrantListFiles(Service.Folders.Lists), Book, Policy, Service.Meters, Service.Time, NullLogger<GrantPublisher>.Instance);
    }

    public ServiceRig Service { get; } = new();

    public SiteBook Book { get; }

    public SitePolicy Policy { get; }

    public AuthorityGuard Guard { get; }

    public SetupDesk Setup { get; }

    public ZoneDesk Desk { get; }

    public GrantPublisher Publisher { get; }

    /// <summary>Two administrators who can sign in, as the code makes them.</summary>
    public async Task<(Actor Supervisor, Actor Manager)> Administrators()
    {
        await Make("S-0001", "aoi.yama");
        await Make("S-0002", "kawa.haru");
        return (As("A-0001"), As("A-0002"));
    }

    public async Task Make(string person, string name, bool proof = true)
    {
        var made = await Setup.Add(new(person, "山 葵", "やま あおい", "情報政策課", name), Never);
        Assert.True(made.Ok, string.Join(", ", made.Problems));
        if (proof)
        {
            _ = await Service.Record.AppendAsync(
                [Draft.Of(new ProofChanged(Service.Time.GetUtcNow(), new(made.Id!), new(person), ProofKind.Passkey, "made", "鍵", "", person))],
                db => KeptProofs.PutPasskey(db, new(Service.RandomBytes(16), new(made.Id!), Service.RandomBytes(64), "鍵", Service.Time.GetUtcNow(), null, 0, [], true, false, false)),
                Never);
            await Setup.AfterProofAsync(new(person), Never);
        }
    }

    public Actor As(string account) => Service.Ask(db => OperatorsView.ActorOf(db, new(account), new(2026, 5, 11)))!;

    /// <summary>Names and profile, which a first start cannot end without.</summary>
    public async Task Describe(Actor by, string profile = "miyazaki")
    {
        Done(await Desk.Name(new("架空町役場", "本庁舎", [new(Role.ChiefOfficer, "副町長")]), by, Never));
        Done(await Desk.Adopt(Adoption(profile), by, Never));
    }

    /// <summary>The whole first start, with one zone and its door.</summary>
    public async Task<(Actor Supervisor, Actor Manager)> Finished()
    {
        var (supervisor, manager) = await Administrators();
        await Describe(supervisor);
        Done(await Desk.Put(Zone(), 0, "", manager, Never));
        Done(await Desk.Put(Door(), 0, "", manager, Never));
        Done(await Desk.Check(supervisor, Never));
        Done(await Desk.Check(manager, Never));
        return (As("A-0001"), As("A-0002"));
    }

    public static void Done(ActResult done) => Assert.True(done.Ok, string.Join(", ", done.Problems) + done.Refusal?.Because.En);

    public static ProfileAdoption Adoption(string profile, DateOnly? from = null) =>
        new(profile, 1, from ?? new(2026, 5, 1), Role.ChiefOfficer, "S-0001", new(2026, 4, 20), "架空町訓令第3号");

    /// <summary>A zone that is sound under every profile with the segment.</summary>
    public static SiteChange Zone(string id = "SRV-1", Func<ZoneRegistration, ZoneRegistration>? change = null, bool removed = false)
    {
        var zone = new ZoneRegistration(
            new(id), "サーバ室", "Server room", ZoneKind.ServerRoom, 3, Segment.Internet, ImportanceClass.I, 1, [EntryMethod.Card], StaleListRule.StaffOnly, null, null);
        return new("", change is null ? zone : change(zone), null, removed);
    }

    public static SiteChange Door(string id = "SRV-1-D1", Func<DoorRegistration, DoorRegistration>? change = null, bool removed = false)
    {
        var door = new DoorRegistration(new(id), new("SRV-1"), "bridge-1", "正面扉", "Front door", null);
        return new("", null, change is null ? door : change(door), removed);
    }

    public static OuterDoor Outer(string door, string? approved = null) => new(new(door), "避難階段に通ずる", "lock-1", "contact-1", "sounder-1", approved);

    /// <summary>What a bridge tells of its doors.</summary>
    public void Hear(params DoorWired[] wired) => Service.States.Hear(new("bridge-1"), A.State(Service.Time.GetUtcNow()) with { Wired = [.. wired] });

    public static DoorWired Wired(string door, string zone = "SRV-1", params string[] readers) =>
        new(new(door), new(zone), "正面扉", "Front door", [.. readers.Select(reader => new DeviceId(reader))], "reader-1/output-0", "reader-1/input-0");

    public async ValueTask DisposeAsync()
    {
        sessions.Dispose();
        Publisher.Dispose();
        await Service.DisposeAsync();
    }
}
