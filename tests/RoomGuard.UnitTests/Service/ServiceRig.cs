using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;
using RoomGuard.Service.Watch;
using RoomGuard.TestKit;

namespace RoomGuard.UnitTests.Service;

/// <summary>The service's inner parts on a folder of their own, in virtual time, without anything that listens.</summary>
internal sealed class ServiceRig : IAsyncDisposable
{
    private readonly Random chance;

    public ServiceRig(int seed = 1)
    {
        chance = new Random(seed);
        Folder = Directory.CreateTempSubdirectory("roomguard-service-").FullName;
        Settings = A.Settings(Path.Combine(Folder, "data"));
        Folders = new ServiceFolders(Settings, Time, RandomBytes);
        Keys = Folders.OpenKeys();
        Record = Folders.OpenRecord(null, CancellationToken.None);
        States = new PanelStates(Time);
        Desk = new ReportDesk(Record, States, Meters, Time);
        Register = new EntryRegister(Record, RegisterScope.All, Meters, Time);
        var rules = PeopleCommands.Rules(Settings);
        Import = new PeopleImport(Record, Keys, rules, pinsAllowed: true, Time, RandomBytes);
        People = new PeopleDesk(Record, Keys, Import, Policy, new(Record, Time), Turn, Time, RandomBytes);
        Journal = new BridgeJournal(this, "bridge-1");
    }

    public string Folder { get; }

    public VirtualTime Time { get; } = new(A.MondayNine);

    public ServiceSettings Settings { get; }

    public ServiceFolders Folders { get; }

    public SiteKeys Keys { get; }

    public ServiceRecord Record { get; private set; }

    public ServiceMeters Meters { get; } = new();

    public PanelStates States { get; }

    public ReportDesk Desk { get; private set; }

    public EntryRegister Register { get; private set; }

    public ActTurn Turn { get; } = new();

    public PeopleImport Import { get; }

    public PeopleDesk People { get; }

    public SitePolicy Policy => new(Record, Settings, ProfileShelf.Load(ProfileShelf.Folder), Time);

    public BridgeJournal Journal { get; }

    public byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        lock (chance)
        {
            chance.NextBytes(bytes);
        }

        return bytes;
    }

    public Task<ReportReceipt> Send(params ReportEntry[] entries) => Desk.ReceiveAsync(Journal.Report(entries), CancellationToken.None);

    public async Task<ImmutableArray<RegisterRow>> Rows(RegisterFilter? filter = null) =>
        [.. (await Register.Page(filter ?? RegisterFilter.None, new RegisterPlace.Oldest(), 500, CancellationToken.None)).Rows.OrderBy(row => row.N)];

    public string[] Kinds() => [.. Record.Read(0, 10_000).Select(entry => entry.Kind)];

    public T Ask<T>(Func<Statements, T> question) => Record.Readers.AskNow(question);

    public async Task Reopen()
    {
        await Record.DisposeAsync();
        Record = Folders.OpenRecord(null, CancellationToken.None);
        Desk = new ReportDesk(Record, States, Meters, Time);
        Register = new EntryRegister(Record, RegisterScope.All, Meters, Time);
    }

    public async ValueTask DisposeAsync()
    {
        Journal.Dispose();
        await Record.DisposeAsync();
        Keys.Dispose();
        Meters.Dispose();
        Turn.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A bridge's journal as its bridge keeps it: a log of its own, from which reports are made.</summary>
internal sealed class BridgeJournal(ServiceRig rig, string panel, string name = "journal") : IDisposable
{
    private readonly EvidenceLog log = EvidenceLog.Open(new(Path.Combine(rig.Folder, $"{panel}-{name}.db"), $"kakuu-1/{panel}/{name}", panel, rig.RandomBytes, rig.Time));

    public string Origin => log.Origin;

    public ReportEntry Write(RecordedEvent item)
    {
        var draft = Draft.Of(item);
        var entry = log.Append([new NewEntry(draft.Kind, item.OccurredAt, draft.EventJson)])[0];
        return new(
            entry.N,
            System.Text.Encoding.UTF8.GetString(entry.Envelope),
            System.Text.Encoding.UTF8.GetString(entry.Payload!),
            Convert.ToBase64String(entry.Salt!));
    }

    public ReportEntry[] Write(params IEnumerable<RecordedEvent> items) => [.. items.Select(Write)];

    public PanelReport Report(params ReportEntry[] entries) => new(new(panel), Origin, [.. entries], A.State(rig.Time.GetUtcNow()));

    public void Dispose() => log.Dispose();
}

/// <summary>Things that are valid as they come. A test changes only what it is about.</summary>
internal static class A
{
    public static readonly DateTimeOffset MondayNine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);

    public static readonly DoorId Front = new("SRV-1-D1");

    public static readonly ZoneId Room = new("SRV-1");

    public static ServiceSettings Settings(string folder) => new(
        new("kakuu-1", "架空町役場", "本庁舎", EnvironmentKind.Test, "Asia/Tokyo"),
        folder,
        new("127.0.0.1", 7443, 7442, 7444, 7480),
        [
            new("SRV-1", "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.StaffOnly, ZoneKind.ServerRoom, 3, Segment.Internet, ImportanceClass.I),
            new("MED-1", "媒体保管庫", "Media store", 2, [EntryMethod.Card, EntryMethod.Pin], StaleListRule.DenyAll, ZoneKind.MediaStore, 3, Segment.Internet, ImportanceClass.I),
        ],
        [
            new("SRV-1-D1", "SRV-1", "bridge-1", "正面扉", "Front door"),
            new("SRV-1-D2", "SRV-1", "bridge-1", "裏扉", "Back door"),
            new("MED-1-D1", "MED-1", "bridge-1", "保管庫 扉", "Media store door"),
        ],
        ["bridge-1", "bridge-2"],
        TimeSpan.FromHours(72),
        new TelemetrySettings());

    public static PanelState State(DateTimeOffset at) => new(at, 1, "0.1.0", null, 0, true, [], [], []);

    public static Person Person(string id = "S-0217", string name = "髙橋 翔太", string kana = "たかはし しょうた", string section = "情報政策課") =>
        new(new(id), name, kana, PersonCategory.Staff, section, null, null);

    public static CardDigest Digest(int number) => new((UInt128)number << 64 | (UInt128)(ulong)number * 7919);

    public static Credential Card(string id = "C-0001", string person = "S-0217", int number = 1) =>
        new(new(id), new(person), Digest(number), CredentialState.Active, null, null, null);

    public static EntryGrant Grant(string id = "G-2026-0001", string person = "S-0217") =>
        new(new(id), new(person), [Room], WeekDays.All, Hours.AllDay, new(2026, 4, 1), new(2027, 4, 1), false);

    public static EntryGranted Granted(DateTimeOffset at, string person = "S-0217", string door = "SRV-1-D1", string zone = "SRV-1", int card = 1) =>
        new(at, new(door), new(zone), new("reader-1"), new(person), new("C-0001"), Digest(card), new("G-2026-0001"), [EntryMethod.Card], 1, []);

    public static EntryDenied Denied(DateTimeOffset at, DenyReason reason = DenyReason.OutsideHours, string? person = "S-0217", string door = "SRV-1-D1", string zone = "SRV-1", int card = 1) =>
        new(at, new(door), new(zone), new("reader-1"), reason, person is null ? null : new(person), null, Digest(card), null, [EntryMethod.Card], 1, []);

    public static PersonEntered Entered(DateTimeOffset at, string person = "S-0217") => new(at, Room, Front, new(person));

    public static PersonLeft Left(DateTimeOffset at, string person = "S-0217") => new(at, Room, Front, new(person), null);
}
