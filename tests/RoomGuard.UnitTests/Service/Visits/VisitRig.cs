using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.Visits;

/// <summary>The invented office with a reception desk, badges 赤-001 to 赤-005, and visits applied for and allowed by its people.</summary>
internal sealed class VisitRig : IAsyncDisposable
{
    public static readonly CancellationToken Never = CancellationToken.None;

    public const string Clerk = "F-0312";

    /// <summary>Facility and number of 赤-00n on its card.</summary>
    public const long Facility = 9;

    private VisitRig(CaseRig office)
    {
        Office = office;
        Reception = new(office.Service.Record, office.Service.Keys, office.Service.Policy, office.Guard, office.Service.Turn, office.Service.Time);
        Visits = new(office.Service.Record, office.Service.Keys, office.Service.Policy, office.Guard, office.Service.Turn, office.Service.Time);
        Watch = new(office.Service.Record, office.Service.Turn, office.Service.Time);
    }

    public static async Task<VisitRig> Begin()
    {
        var office = await CaseRig.Begin();
        var now = office.Service.Time.GetUtcNow();
        await office.Write(new PersonRecorded(now, new(new(Clerk), "架空 受子", "かくう うけこ", PersonCategory.FixedTermStaff, "総務部", null, null), "test"));
        await office.Hold(Clerk, Role.Reception);
        var rig = new VisitRig(office);
        for (var number = 1; number <= 5; number++)
        {
            await office.Write(new VisitorBadgeRecorded(now, BadgeSeries.Make(office.Service.Keys.Cards, BadgeColour.Red, number, "H10301", Facility, 60000 + number), "registered", "test"));
        }

        return rig;
    }

    public CaseRig Office { get; }

    public ReceptionDesk Reception { get; }

    public VisitDesk Visits { get; }

    public VisitWatch Watch { get; }

    public Actor Desk => Office.As(Clerk);

    public DateTimeOffset Now => Office.Service.Time.GetUtcNow();

    /// <summary>A visit from an hour from now for an hour, valid as it comes.</summary>
    public VisitMatter AMatter(params string[] names) => new(
        [.. (names.Length == 0 ? ["大淀 健"] : names).Select(name => new VisitorName(name, ""))], "架空電設株式会社", [new("SRV-1")], [new(Now.AddHours(1), Now.AddHours(2))], [new(CaseRig.Staff)], [], null, WalkIn: false);

    /// <summary>Applied for by a member of staff and allowed by the room's manager.</summary>
    public async Task<Visit> Approved(VisitMatter? matter = null, string by = CaseRig.Staff)
    {
        var id = await Office.Applied(matter ?? AMatter(), by);
        var done = await Office.Decide(id, CaseRig.Manager);
        Assert.True(done.Ok, $"{string.Join(", ", done.Problems)} {done.Refusal?.Because.En}");
        return Of(new(Office.Dossier(id).Made[0])).Visit;
    }

    public VisitDossier Of(VisitId id) => Office.Service.Ask(db => VisitsView.Dossier(db, id))!;

    public static CheckInForm AForm(string badge = "赤-001", params DeclaredItem[] items) => new(IdentityPaper.CompanyCard, IdentityOutcome.Shown, [.. items], badge, LeftTaken: false);

    public Task<ActResult> CheckIn(Visit visit, CheckInForm? form = null, int visitor = 0, int? version = null, Actor? by = null) =>
        Reception.CheckIn(visit.Visitors[visitor].Id, version ?? Of(visit.Id).Version, form ?? AForm(), by ?? Desk, Never);

    public async Task CheckedIn(Visit visit, string badge = "赤-001", int visitor = 0)
    {
        var done = await CheckIn(visit, AForm(badge), visitor);
        Assert.True(done.Ok, string.Join(", ", done.Problems));
    }

    public CredentialId Badge(int number) => new($"B-R-{number:000}");

    public ImmutableArray<RecordedEvent> Newest(int count) => [.. Office.Service.Record.Read(Office.Service.Record.Size - count, count).Select(entry => RecordViews.ItemOf(entry).Event!)];

    /// <summary>The newest order about a visitor's badge.</summary>
    public VisitPassOrder? Order(PersonId visitor) => Office.Service.Ask(db =>
        db.Value("SELECT json FROM view_room_orders WHERE key = $1", $"visit-pass {visitor}") is string json
            ? System.Text.Json.JsonSerializer.Deserialize(json, RecordJson.Plain.RoomOrder) as VisitPassOrder
            : null);

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
