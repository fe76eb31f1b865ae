using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Xunit;

namespace RoomGuard.UnitTests.Service.Cases;

/// <summary>An invented office: its people, their roles, and the desk where they apply and decide.</summary>
internal sealed class CaseRig : IAsyncDisposable
{
    public static readonly CancellationToken Never = CancellationToken.None;

    public const string Chief = "S-0001";
    public const string Supervisor = "S-0002";
    public const string Security = "S-0101";
    public const string Manager = "S-0102";
    public const string OtherManager = "S-0103";
    public const string Operator = "S-0110";
    public const string Audits = "S-0901";
    public const string Facility = "S-0801";
    public const string Staff = "S-0217";
    public const string Colleague = "S-0218";
    public const string OtherSection = "S-0300";
    public const string Contractor = "K-0001";

    public static async Task<CaseRig> Begin()
    {
        var rig = new CaseRig();
        foreach (var (id, name, section, category) in new[]
        {
            (Chief, "架空 総一", "総務部", PersonCategory.SpecialServiceStaff),
            (Supervisor, "架空 統子", "総務部", PersonCategory.Staff),
            (Security, "架空 安男", "情報政策課", PersonCategory.Staff),
            (Manager, "架空 管治", "情報政策課", PersonCategory.Staff),
            (OtherManager, "架空 庫美", "情報政策課", PersonCategory.Staff),
            (Operator, "架空 操", "情報政策課", PersonCategory.Staff),
            (Audits, "架空 監太", "監査事務局", PersonCategory.Staff),
            (Facility, "架空 施子", "管財課", PersonCategory.Staff),
            (Staff, "髙橋 翔太", "情報政策課", PersonCategory.Staff),
            (Colleague, "日向 直子", "情報政策課", PersonCategory.Staff),
            (OtherSection, "都城 健", "税務課", PersonCategory.Staff),
            (Contractor, "例示 託也", "例示保守", PersonCategory.Contractor),
        })
        {
            await rig.Write(new PersonRecorded(rig.Service.Time.GetUtcNow(), new(new(id), name, "かくう", category, section, null, null), "test"));
            await rig.Write(new PreconditionMet(rig.Service.Time.GetUtcNow(), new(new(id), PreconditionKind.Training, new(2026, 4, 1), new(2029, 4, 1), "年次研修"), "test"));
        }

        await rig.Hold(Chief, Role.ChiefOfficer);
        await rig.Hold(Supervisor, Role.SupervisingOfficer);
        await rig.Hold(Security, Role.SecurityManager, "情報政策課");
        await rig.Hold(Manager, Role.SystemManager, "情報政策課", "SRV-1");
        await rig.Hold(OtherManager, Role.SystemManager, "情報政策課", "MED-1");
        await rig.Hold(Operator, Role.SystemStaff, "情報政策課");
        await rig.Hold(Audits, Role.Auditor);
        await rig.Hold(Facility, Role.FacilityStaff, "管財課");
        return rig;
    }

    private CaseRig()
    {
        Guard = new(Service.Record, Service.Time);
        Desk = new(Service.Record, PeopleCommands.Rules(Service.Settings), Service.Policy, Guard, Service.Turn, Service.Time);
    }

    public ServiceRig Service { get; } = new();

    public AuthorityGuard Guard { get; }

    public CaseDesk Desk { get; }

    public Actor As(string person)
    {
        var today = new DateOnly(2026, 5, 11).AddDays((int)(Service.Time.GetUtcNow() - A.MondayNine).TotalDays);
        return Service.Ask(db =>
        {
            using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person = $1", person);
            Assert.True(row.Read());
            var found = PeopleView.PersonFrom(row, 0);
            return new Actor(new($"A-{person}"), found.Id, found.Name, found.SectionOrFirm, found.Category, Privileged: false, OperatorsView.HoldingsOf(db, found.Id, today));
        });
    }

    public Task<long> Write(RecordedEvent item) => Service.Record.AppendAsync(item, Never);

    public async Task<string> Hold(string person, Role role, string section = "", string zones = "", string? deputyFor = null, DateOnly? until = null)
    {
        var id = $"H-{1 + Service.Ask(db => OperatorsView.AllHoldings(db).Length):0000}";
        await Write(new RoleHeld(
            Service.Time.GetUtcNow(),
            new(id, new(person), role, section, [.. zones.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => new RoomGuard.Core.Zones.ZoneId(zone))], new(2026, 4, 1), until, deputyFor is null ? null : new PersonId(deputyFor)),
            "任命",
            "test"));
        return id;
    }

    /// <summary>Ends every holding of a role.</summary>
    public async Task Unhold(Role role)
    {
        foreach (var held in Service.Ask(db => OperatorsView.AllHoldings(db)).Where(held => held.Role == role))
        {
            await Write(new RoleEnded(Service.Time.GetUtcNow(), held.Id, held.Person, held.Role, "解任", "test"));
        }
    }

    /// <summary>Entry to the server room on weekdays for a year, valid as it comes.</summary>
    public static GrantMatter Entry(string person = Staff, CaseKind kind = CaseKind.StaffGrant, params string[] zones) => new(
        kind, new(person), [.. (zones.Length == 0 ? ["SRV-1"] : zones).Select(zone => new RoomGuard.Core.Zones.ZoneId(zone))], WeekDays.Weekdays, new(new(8, 30), new(17, 15)), new(2026, 6, 1), new(2027, 4, 1), null);

    public Task<ActResult> Apply(CaseMatter matter, string by = Staff, string reason = "業務システムの保守") => Desk.Apply(matter, reason, As(by), Never);

    public async Task<CaseId> Applied(CaseMatter matter, string by = Staff)
    {
        var done = await Apply(matter, by);
        Assert.True(done.Ok, string.Join(", ", done.Problems) + done.Refusal?.Because.En);
        return new(done.Id!);
    }

    public Task<ActResult> Decide(CaseId id, string by, CaseVerdict verdict = CaseVerdict.Allow, string reason = "", string conditions = "", int? version = null) =>
        Desk.Decide(id, version ?? Dossier(id).Version, verdict, reason, conditions, As(by), Never);

    public CaseDossier Dossier(CaseId id) => Service.Ask(db => CasesView.Dossier(db, id))!;

    public async Task<string[]> InboxOf(string person) => [.. (await Desk.Inbox(As(person), Never)).Select(card => card.Line.Id.Value)];

    public ImmutableArray<EntryGrant> GrantsOf(string person) => Service.Ask(db =>
    {
        var found = ImmutableArray.CreateBuilder<EntryGrant>();
        using var row = db.Rows("SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE person = $1 AND ended IS NULL ORDER BY id", person);
        while (row.Read())
        {
            found.Add(PeopleView.GrantFrom(row, 0));
        }

        return found.ToImmutable();
    });

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
