using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Schedule;
using RoomGuard.Dashboard.Text;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Cabinets;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Files;
using RoomGuard.Service.Gates;
using RoomGuard.Service.Live;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;
using RoomGuard.Service.Watch;
using RoomGuard.Service.Work;
using RoomGuard.UnitTests.Dashboard;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>
/// A year of an invented town under the profile of 宮崎市, from 1 April 2027 to May 2028 in Japanese time: with a 29 February, an end of the year and an end of the fiscal year.
/// A story says what people do at which minute and what is then so. Between its lines the clock goes on from midnight to midnight, or in quarters of a day, and every watch of the service looks at every step, and once
/// more: what was told is not told again.
/// </summary>
/// <remarks>Stories share the town and the clock. Each speaks of items, permits and works of its own, so that all can be told at once.</remarks>
internal sealed partial class EquipmentYear : IAsyncDisposable
{
    public const string SecondOperator = "S-0111";
    public const string Clerk = "F-0312";
    public const string OtherWorker = "K-0002";

    public static readonly ZoneId ServerRoom = new("SRV-1");
    public static readonly ZoneId MediaStore = new("MED-1");

    /// <summary>A room of class II.</summary>
    public static readonly ZoneId LowRoom = new("LOW-1");

    private static readonly DateTimeOffset First = Japan("2027-04-01 00:00");
    private static readonly DateTimeOffset Last = Japan("2028-05-08 00:00");

    private readonly CaseRig rig;
    private readonly ServiceSettings site;
    private readonly List<Line> lines = [];
    private readonly List<RecordedItem> heard = [];
    private ImmutableArray<IRecordWatch> watches = [];
    private ImmutableArray<IDueDates> calendars = [];
    private CaseDesk cases = null!;
    private DayTurn day = null!;
    private RoomNow room = null!;
    private FileShelf shelf = null!;
    private DateOnly turned;
    private bool away;
    private bool told;

    private EquipmentYear(CaseRig rig)
    {
        this.rig = rig;
        var settings = rig.Service.Settings;
        site = settings with
        {
            Site = settings.Site with { PolicyProfile = new([new("miyazaki", 1, new(2026, 4, 1), Role.ChiefOfficer, "S-0001", new(2026, 3, 25), "訓令第1号")]) },
            Zones = [.. settings.Zones, settings.Zones[0] with { Id = LowRoom.Value, Importance = ImportanceClass.II }],
        };
    }

    public DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    public AssetDesk Assets { get; private set; } = null!;

    public MoveDesk Moves { get; private set; } = null!;

    public DisposalDesk Disposals { get; private set; } = null!;

    public OffsiteDesk Offsite { get; private set; } = null!;

    public StocktakeDesk Stocktakes { get; private set; } = null!;

    public CarryDesk Carrying { get; private set; } = null!;

    public TransferDesk Transfers { get; private set; } = null!;

    public WorkDesk Works { get; private set; } = null!;

    public ContractorDesk Contracts { get; private set; } = null!;

    /// <summary>Tells stories side by side, to the end.</summary>
    public static async Task Tell(params Action<EquipmentYear>[] stories)
    {
        await using var year = await Begin(stories);
        await year.ToTheEnd(TimeSpan.FromDays(1));
    }

    public static async Task<EquipmentYear> Begin(params Action<EquipmentYear>[] stories)
    {
        var year = new EquipmentYear(await CaseRig.Begin());
        year.rig.Service.Time.Advance(First - year.Now);
        await year.SettlesIn();
        year.Open();
        foreach (var story in stories)
        {
            story(year);
        }

        return year;
    }

    /// <summary>A line of a story: what is done, or what is so, at a minute of Japanese time.</summary>
    public void At(string when, Func<Task> happens) => lines.Add(new(Japan(when), happens, happens.Method.Name));

    /// <inheritdoc cref="At(string, Func{Task})"/>
    public void At(string when, Action holds) => lines.Add(new(Japan(when), () => { holds(); return Task.CompletedTask; }, holds.Method.Name));

    /// <summary>The program stops and starts: what it knows afterwards is in the record.</summary>
    public void RestartsAt(string when) => At(when, Restart);

    /// <summary>Nobody looks after anything: the service does not run.</summary>
    public void StopsFor(string from, string until)
    {
        At(from, () => away = true);
        At(until, async () =>
        {
            away = false;
            await Restart();
        });
    }

    /// <summary>All is told: the rest of the year would show nothing more of it.</summary>
    public void GoesNoFurther() => told = true;

    /// <summary>Lets the year pass.</summary>
    /// <param name="step">How far the clock goes on where no line stands before.</param>
    public async Task ToTheEnd(TimeSpan step)
    {
        var next = new Queue<Line>(lines.OrderBy(line => line.At));
        for (var until = First; until <= Last && !told; until += step)
        {
            while (next.TryPeek(out var line) && line.At <= until)
            {
                _ = next.Dequeue();
                await GoOn(line.At);
                try
                {
                    await line.Happens();
                }
                catch (Exception failed)
                {
                    throw new InvalidOperationException($"{line.At:yyyy-MM-dd HH:mm:ss} {line.Story}: {failed.Message}", failed);
                }

                await Look();
            }

            await GoOn(until);
        }

        Assert.True(told || next.Count == 0, "Lines stand after the end of the year.");
    }

    /// <summary>Everything of a kind that the record has, in its order.</summary>
    public IEnumerable<T> Told<T>()
        where T : RecordedEvent => Heard().Select(item => item.Event).OfType<T>();

    /// <summary>When a kind of thing was told, in Japanese time.</summary>
    public IEnumerable<string> TimesOf<T>(Func<T, bool> which)
        where T : RecordedEvent => Told<T>().Where(which).Select(one => Clock(one.OccurredAt));

    /// <summary>How often each kind stands in the record.</summary>
    public IReadOnlyDictionary<string, int> Kinds() => Heard().GroupBy(item => item.Kind).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    /// <summary>What the calendar has on a day for somebody: what it is, and of what.</summary>
    public async Task<(string Kind, string Number)[]> Calendar(string on, string person)
    {
        var due = new List<DueDate>();
        foreach (var calendar in calendars)
        {
            due.AddRange(await calendar.Due(Day(on), Day(on), 100, rig.As(person), Paper.Ink(), Never));
        }

        return [.. due.Select(one => (one.Kind.Ja, one.Number))];
    }

    /// <summary>What needs a hand now.</summary>
    public async Task<ImmutableArray<Attention>> Attention() => (await room.Overview(Never)).Attention;

    public Actor As(string person) => rig.As(person);

    public T Ask<T>(Func<Statements, T> question) => rig.Service.Ask(question);

    public Task Write(params RecordedEvent[] items) => rig.Service.Record.AppendAsync([.. items.Select(Draft.Of)], null, Never);

    public Task Enters(string person, ZoneId? zone = null) => Write(new PersonEntered(Now, zone ?? ServerRoom, new($"{zone ?? ServerRoom}-D1"), new(person)));

    public Task Leaves(string person, ZoneId? zone = null) => Write(new PersonLeft(Now, zone ?? ServerRoom, new($"{zone ?? ServerRoom}-D1"), new(person), null));

    /// <summary>What the room tells.</summary>
    public Task Tells(params RecordedEvent[] items) => rig.Service.Send(rig.Service.Journal.Write(items));

    /// <summary>Applies for it.</summary>
    public Task<ActResult> Apply(CaseMatter matter, string by) => cases.Apply(matter, "業務のため", As(by), Never);

    public async Task<CaseId> Applied(CaseMatter matter, string by) => new(Done(await Apply(matter, by)).Id!);

    public Task<ActResult> Decide(CaseId id, string by) => cases.Decide(id, Case(id).Version, CaseVerdict.Allow, "", "", As(by), Never);

    public async Task Refuses(CaseId id, string by) => Done(await cases.Decide(id, Case(id).Version, CaseVerdict.Refuse, "要件を満たさない", "", As(by), Never));

    /// <summary>Applied for and allowed by each of them.</summary>
    /// <returns>The number of what it made.</returns>
    public async Task<string> Allowed(CaseMatter matter, string by, params string[] deciders)
    {
        var id = await Applied(matter, by);
        foreach (var one in deciders)
        {
            Done(await Decide(id, one));
        }

        return Assert.Single(Case(id).Made);
    }

    /// <summary>The rules that stand against a case, as whoever decides it is told.</summary>
    public async Task<string[]> StandsAgainst(CaseId id, string decider) =>
        [.. (await cases.Case(id, As(decider), Never))!.Points.Where(point => point.Tone is CasePointTone.Blocking).Select(point => point.Rule!).Distinct()];

    public CaseDossier Case(CaseId id) => Ask(db => CasesView.Dossier(db, id))!;

    /// <summary>Nothing is left to look at: all views again from the record alone are the same, the chain is whole, and so is what needs a hand.</summary>
    public async Task MadeAgainFromTheRecord()
    {
        var before = await Attention();
        var said = new StringWriter();
        await Close();
        Assert.True(EvidenceCheck.Run(rig.Service.Folders.Record).Whole);
        Assert.True(ExitCodes.Ok == RebuildCommand.Run(rig.Service.Settings, rig.Service.Time, rig.Service.RandomBytes, said), said.ToString());
        await rig.Service.Reopen();
        Open();
        Assert.Equal(before.AsEnumerable(), (await Attention()).AsEnumerable());
    }

    public async Task Restart()
    {
        await Close();
        await rig.Service.Reopen();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        shelf.Dispose();
        await rig.DisposeAsync();
    }

    public static DateTimeOffset Japan(string when) => new(DateTime.Parse(when, CultureInfo.InvariantCulture), TimeSpan.FromHours(9));

    public static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    public static ActResult Done(ActResult done)
    {
        Assert.True(done.Ok, $"{string.Join(", ", done.Problems)} {done.Refusal?.Rule} {done.Refusal?.Because.En}");
        return done;
    }

    public static FieldFault Fault(ActResult done) => Assert.Single(done.Problems).Fault;

    public static string Clock(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // The people the office has besides those of the rig, and who answers for the room of class II.
    private async Task SettlesIn()
    {
        foreach (var (id, name, category, firm) in new[]
        {
            (SecondOperator, "架空 二郎", PersonCategory.Staff, "情報政策課"), (Clerk, "架空 受子", PersonCategory.FixedTermStaff, "総務部"), (OtherWorker, "例示 電太", PersonCategory.Contractor, "例示電設"),
        })
        {
            await Write(new PersonRecorded(Now, new(new(id), name, "かくう", category, firm, null, null), "test"));
        }

        _ = await rig.Hold(SecondOperator, Role.SystemStaff, "情報政策課");
        _ = await rig.Hold(Clerk, Role.Reception);
        _ = await rig.Hold(OtherManager, Role.SystemManager, "情報政策課", LowRoom.Value);
        await Tells(new CabinetsWatched(Now, [new(Rack, ServerRoom, "ラック1", "Rack 1", true)]), new CabinetClosed(Now, Rack, ServerRoom));
    }

    private void Open()
    {
        var (record, turn, time) = (rig.Service.Record, rig.Service.Turn, rig.Service.Time);
        SitePolicy policy = new(record, site, ProfileShelf.Load(ProfileShelf.Folder), time);
        AuthorityGuard guard = new(record, time);
        shelf = new(rig.Service.Folders.Files);
        cases = new(record, PeopleCommands.Rules(site), policy, guard, turn, time);
        Assets = new(record, site, policy, guard, turn, time);
        Moves = new(record, site, policy, guard, turn, time);
        Disposals = new(record, policy, guard, turn, shelf, time);
        Offsite = new(record, policy, guard, turn, time);
        Stocktakes = new(record, site, policy, guard, turn, time);
        Carrying = new(record, PeopleCommands.Rules(site), policy, guard, turn, time);
        Transfers = new(record, policy, guard, turn, time);
        Works = new(record, policy, guard, turn, shelf, time);
        Contracts = new(record, site, policy, guard, turn, time);
        calendars = [new AssetSchedule(record), new CarrySchedule(Carrying), new DisposalSchedule(Disposals), new OffsiteSchedule(Offsite), new StocktakeSchedule(Stocktakes), new ContractSchedule(Contracts)];
        room = new(record, rig.Service.States, site, policy, time);
        GrantPublisher publisher = new(record, new GrantListFiles(rig.Service.Folders.Lists), site, policy, rig.Service.Meters, time, NullLogger<GrantPublisher>.Instance);
        day = new(record, new PersonnelDesk(record, rig.Service.Keys, policy, guard, turn, time, rig.Service.RandomBytes), policy, publisher, turn, time, NullLogger<DayTurn>.Instance);
        watches =
        [
            new CaseWatch(record, guard, turn, () => [.. site.Zones.Select(zone => new ZoneId(zone.Id))], time), new VisitWatch(record, turn, time), new MoveWatch(record, turn, time),
            new LifeWatch(record, policy, turn, time), new CarryWatch(record, turn, time), new WorkWatch(record, turn, time), new ContractWatch(record, policy, turn, time),
            new GateJudge(record, policy, turn, time), new CabinetJudge(record, turn, time), new AlarmWatch(record, turn, rig.Service.States, null, time),
        ];
        turned = default;
    }

    private async Task Close()
    {
        shelf.Dispose();
        day.Dispose();
        await rig.Service.Record.DisposeAsync();
    }

    private async Task GoOn(DateTimeOffset to)
    {
        if (to > Now)
        {
            rig.Service.Time.Advance(to - Now);
            await Look();
        }
    }

    private async Task Look()
    {
        if (away)
        {
            return;
        }

        if (DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(9)).DateTime) is var today && today != turned)
        {
            _ = await day.RunAsync(Never);
            turned = today;
        }

        // What was told is not told again; and where nothing was, the same moment has nothing more.
        var size = rig.Service.Record.Size;
        await Each();
        if (size == rig.Service.Record.Size)
        {
            return;
        }

        size = rig.Service.Record.Size;
        await Each();
        Assert.True(size == rig.Service.Record.Size, $"Told again at {Clock(Now)}: {string.Join(", ", Heard().Skip((int)size).Select(item => item.Kind))}");

        async Task Each()
        {
            foreach (var watch in watches)
            {
                Assert.True(await watch.LookAsync(Never), watch.GetType().Name);
            }
        }
    }

    private List<RecordedItem> Heard()
    {
        while (rig.Service.Record.Read(heard.Count, 1000) is { IsEmpty: false } more)
        {
            heard.AddRange(more.Select(RecordViews.ItemOf));
        }

        return heard;
    }

    private sealed record Line(DateTimeOffset At, Func<Task> Happens, string Story);
}
