using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Power for tests of pages: a healthy room, one half way through an outage, a unit that does not answer, and a reserve that is too short.</summary>
internal sealed class InventedPower(TimeProvider time, bool empty) : IPowerBoard, IPowerDesk, IPowerPlanDesk, IDrillDesk, IUpsCommandDesk
{
    private const string Outage = "ups-2-20261121T052000Z";
    private static readonly PanelId Bridge = new("bridge-1");
    private static readonly StopTimes Times = new(new());

    private static readonly PowerPlan Server = Plan("srv-1", "SRV-1", "ups-1") with
    {
        Version = 4,
        Backed =
        [
            new("SRV-1-D1", "正面扉の錠", "Lock of the front door", "ups-1", 1800), new("reader-srv-in", "正面扉の読取装置", "Reader at the front door", null, 1800),
            new("bridge-1", "扉の制御装置", "The bridge itself", "ups-3", 7200),
        ],
    };

    private static readonly PowerPlan Room = Plan("ups-1", "UPS-1", "ups-2");
    private static readonly PowerPlan Media = Plan("med-1", "MED-1", "ups-3");
    private static readonly PowerPlan Backup = Plan("bk-1", "BK-1", "ups-4");

    private DateTimeOffset Now => time.GetUtcNow();

    private DateTimeOffset Began => new(2026, 11, 21, 5, 20, 0, TimeSpan.Zero);

    Task<PowerBoard> IPowerBoard.Now(CancellationToken gone) => Task.FromResult(empty
        ? new PowerBoard(Now, [], [], [], [], [])
        : new PowerBoard(
            Now, Units(), [Card(Server, 2280), InOutage(), Card(Media, null), Card(Backup, 620) with { Now = Forecast(Backup, 620) with { IsShort = true } }], BackedFinding.Of([Server], Units()), Lines(),
            [.. Planned().Where(line => !line.IsOver)])
        {
            Webhooks = ["vm-cluster"],
        });

    public Task<ImmutableArray<OutageLine>> Outages(int most, CancellationToken gone) => Task.FromResult(empty ? [] : Lines());

    Task<OutageStory?> IPowerBoard.Outage(string id, CancellationToken gone) => Task.FromResult(id != Outage ? null : new OutageStory(
        Lines()[0],
        [
            new(104_050, new OutageBegan(Began, Outage, "ups-2", 1700, 100, false)),
            new(104_051, new StageStarted(Began.AddSeconds(312), new("UPS-1"), Outage, "ups-1", 1, 1, "stage-1", 1440, 1200, StageCause.Threshold, ["vm-1", "vm-2"])),
            new(104_058, new WebhookAccepted(Began.AddSeconds(316), new("UPS-1"), Outage, "ups-1", 1, "stage-1", "vm-cluster", WebhookAct.Stop, 204, 3)),
            new(104_059, new WebhookGivenUp(Began.AddSeconds(620), new("UPS-1"), Outage, "ups-1", 1, "stage-1", "storage-array", WebhookAct.Stop, 14, "not taken in time; the last try: it answered 503")),
            new(104_052, new HostStopped(Began.AddSeconds(410), new("UPS-1"), Outage, "ups-1", 1, "vm-1", 98.4)),
            new(104_053, new UpsLost(Began.AddSeconds(430), "ups-2", Began.AddSeconds(400), "no answer in 30 s", true)),
            new(104_054, new StageEnded(Began.AddSeconds(612), new("UPS-1"), Outage, "ups-1", 1, "stage-1", StageResult.TimedOut, 300, ["vm-2"])),
        ],
        [Lines()[1] with { Id = "ups-4-20261121T052001Z", Ups = "ups-4" }]));

    public Task<PlanTrial> Try(PowerPlan plan, CancellationToken gone)
    {
        ImmutableArray<Words> problems = [.. plan.Problems().Select(PowerPlanText.Of)];
        return Task.FromResult(new PlanTrial(
            problems, [new("錠・読取装置・制御盤を何が支えるかが書かれていません(R-PWR-08)。", "Nothing is said of what backs the locks, the readers and the bridge (R-PWR-08).")],
            problems.IsEmpty ? PowerForecast.Of(plan, Times, 2280) : null, Server, PowerForecast.Of(Server, Times, 2280)));
    }

    Task<PlanLook> IPowerPlanDesk.Look(Actor by, CancellationToken gone) => Task.FromResult(new PlanLook(
        empty ? [] :
        [
            new("PP-0006", Now.AddHours(-2), 4, Server with { Margin = 1.4, RestartAfterSeconds = 600 }, false, Server, "仮想基盤を増やしたため", "綾 操作", PlanChangeState.Asked, null, null),
            new("PP-0005", Now.AddDays(-1), 3, Server with { Margin = 1.1 }, false, Server, "点検の間だけ短くする", "綾 操作", PlanChangeState.Asked, null, null),
            new("PP-0004", Now.AddDays(-9), 1, Backup, true, Backup, "機器の撤去", "綾 操作", PlanChangeState.Declined, "都城 誠", "撤去は来年度"),
            new("PP-0003", Now.AddDays(-30), 3, Server, false, Server, "データベースの追加", "綾 操作", PlanChangeState.Allowed, "都城 誠", null),
        ],
        MayAsk: true,
        MayAllow: true));

    Task<ActResult> IPowerPlanDesk.Ask(PowerPlan plan, int from, string reason, Actor by, CancellationToken stop) =>
        Task.FromResult(reason.Length == 0 ? ActResult.Refused("reason", FieldFault.Required) : ActResult.Done("PP-0007"));

    Task<ActResult> IPowerPlanDesk.AskWithdrawal(string plan, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("PP-0007"));

    Task<ActResult> IPowerPlanDesk.Allow(string change, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("srv-1"));

    Task<ActResult> IPowerPlanDesk.Decline(string change, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(change));

    public Task<ImmutableArray<DrillLine>> Held(string plan, int most, CancellationToken gone) => Task.FromResult<ImmutableArray<DrillLine>>(empty || plan != "srv-1" ? [] :
    [
        new(104_070, Drill(4, 2280, Now.AddDays(-2), away: []), "都城 誠"), new(103_020, Drill(3, 430, Now.AddDays(-90), away: ["vm-2"]), "都城 誠"),
        new(98_004, Drill(2, 1900, Now.AddDays(-360), away: []), "都城 誠"),
    ]);

    public Task<ActResult> Hold(string plan, Actor by, CancellationToken stop) =>
        Task.FromResult(plan == "srv-1" ? ActResult.Done("104070") : ActResult.Refused("drill", FieldFault.DrillUnitUnknown, "ups-3"));

    private static DrillHeld Drill(int version, double left, DateTimeOffset at, ImmutableArray<string> away)
    {
        var stages = PowerDrill.Play(Server, Times.All, left, name => [.. Server.Stages.Single(stage => stage.Name == name).Hosts.Select(host => host.User).Except(away)], new());
        return new(
            at, Server.Zone, Server.Id, version, "S-0102", [new("ups-1", left, 100, at.AddSeconds(-2), 2.4)], left, stages.Sum(stage => stage.NeededSeconds), Server.Margin,
            left - stages.Max(stage => stage.DownAfterSeconds), stages);
    }

    Task<PlannedLook> IPowerDesk.Planned(Actor by, CancellationToken gone) =>
        Task.FromResult(new PlannedLook(empty ? [] : Planned(), empty ? [] : ["ups-1", "ups-2", "ups-3", "ups-4"], MayRegister: true, MayAgree: true));

    public Task<ActResult> Register(PlannedForm form, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("O-0004"));

    public Task<ActResult> Agree(string outage, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("id", FieldFault.SamePerson, by.Name));

    public Task<ActResult> Decline(string outage, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(outage));

    Task<UpsCommandLook?> IUpsCommandDesk.Look(string ups, Actor by, CancellationToken gone) => Task.FromResult(empty ? null : CommandsOf(ups.Length == 0 ? "ups-1" : ups));

    Task<UpsCommandCase?> IUpsCommandDesk.Find(string id, Actor by, CancellationToken gone) =>
        Task.FromResult(Commands().FirstOrDefault(line => line.Id == id) is { } line ? new UpsCommandCase(line, CommandsOf(line.Ups)) : null);

    public Task<ActResult> Ask(UpsCommandForm form, Actor by, CancellationToken stop) =>
        Task.FromResult(form.Command is UpsCommand.OutputOff ? ActResult.Refused("command", FieldFault.ServersUp, "vm-1, db-1") : ActResult.Done("UC-0009"));

    public Task<ActResult> Confirm(string id, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Refused("", FieldFault.CommandExpired));

    public Task<ActResult> Drop(string id, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(id));

    private UpsCommandLook? CommandsOf(string ups)
    {
        if (Units().FirstOrDefault(unit => unit.Unit.Ups == ups) is not { } unit)
        {
            return null;
        }

        // ups-2 comes as it is, the bridge of ups-3 is silent.
        return new(
            ups == "ups-3" ? unit with { Fresh = false } : unit,
            [.. Units().Select(one => one.Unit.Ups)],
            ups is "ups-2" or "ups-3" ? [] : [new(UpsCommand.BatteryTestQuick), new(UpsCommand.BatteryTestStop), new(UpsCommand.OutputOff, 60, 60, ComesBack: true), new(UpsCommand.OutputOn)],
            ups != "ups-1" ? [] : [.. Server.Stages.SelectMany(stage => stage.Hosts.Select(host => new HangingHost(host, Server.Id, stage.Name, host.User == "nas-1" ? null : host.User != "vm-2")))],
            [.. Commands().Where(line => line.Ups == ups)],
            MayAsk: ups != "ups-4");
    }

    private ImmutableArray<UpsCommandLine> Commands()
    {
        UpsCommandLine Line(string id, UpsCommand command, int delay, UpsCommandState state, TimeSpan ago, UpsCommandResult? result = null, string note = "", string? by = "新富 施") => new(
            id, "ups-1", command, delay, "半年ごとの蓄電池点検", Now - ago, "綾 操", Now - ago + UpsCommandAsked.GoodFor, state, by, by is null ? null : Now - ago + TimeSpan.FromMinutes(2), result,
            result is null ? null : Now - ago + TimeSpan.FromMinutes(2.2), note, state is UpsCommandState.Asked, state is UpsCommandState.Asked);
        return
        [
            Line("UC-0008", UpsCommand.OutputOff, 60, UpsCommandState.Asked, TimeSpan.FromMinutes(3), by: null),
            Line("UC-0007", UpsCommand.BatteryTestQuick, 0, UpsCommandState.Ended, TimeSpan.FromDays(20), UpsCommandResult.Done),
            Line("UC-0006", UpsCommand.BatteryTestQuick, 0, UpsCommandState.Ended, TimeSpan.FromDays(21), UpsCommandResult.RefusedByUnit, "exception 4, DeviceFailure"),
            Line("UC-0005", UpsCommand.OutputOff, 60, UpsCommandState.Ended, TimeSpan.FromDays(30), UpsCommandResult.ServersUp, "vm-1, db-1"),
            Line("UC-0004", UpsCommand.BatteryTestQuick, 0, UpsCommandState.NoWord, TimeSpan.FromDays(40)),
            Line("UC-0003", UpsCommand.BatteryTestQuick, 0, UpsCommandState.Expired, TimeSpan.FromDays(50), by: null),
            Line("UC-0002", UpsCommand.OutputOff, 60, UpsCommandState.Dropped, TimeSpan.FromDays(60), note: "工事の延期", by: "綾 操"),
        ];
    }

    private static PowerPlan Plan(string id, string zone, string ups) => new(
        id, 1, new ZoneId(zone), "停止計画", "Shutdown plan", [ups], 1,
        [
            new("stage-1", "仮想基盤", "Virtual hosts", [new("vm-1", "仮想基盤1", "VM host 1", 480), new("vm-2", "仮想基盤2", "VM host 2", 420)], id == "srv-1" ? "vm-cluster" : null),
            new("stage-2", "業務DB", "Databases", [new("db-1", "業務DB", "Database", 400)]),
            new("stage-3", "ストレージと通信", "Storage and network", [new("nas-1", "ストレージ", "Storage", 320)]),
        ]);

    private static PlanNow Forecast(PowerPlan plan, double? left) => new(
        plan.Id, plan.Version, IsOutage: false, null, IsShort: false, PowerForecast.Of(plan, Times, left),
        [.. plan.Stages.Select(stage => new StageNow(stage.Name, null, null, [.. stage.Hosts.Select(host => host.User)], []))]);

    private PlanCard Card(PowerPlan plan, double? left) => new(
        plan, Forecast(plan, left), Fresh: true, TimeSpan.FromSeconds(2), Now.AddDays(-70), "都城 誠", InForce: plan.Id != "med-1",
        plan.Id == "srv-1" ? new(new(2026, 9, 14, 1, 20, 0, TimeSpan.Zero), 1240, Outage) : null)
    {
        MissingWebhooks = plan.Id == "med-1" ? ["storage-array"] : [],
    };

    private PlanCard InOutage()
    {
        var rest = Room with { Stages = Room.Stages[1..] };
        return Card(Room, 1100) with
        {
            Now = new(
                Room.Id, Room.Version, IsOutage: true, Outage, IsShort: false, PowerForecast.Of(rest, Times, 1100),
                [
                    new("stage-1", 320, StageResult.TimedOut, ["vm-2"], ["vm-1"]), new("stage-2", null, null, ["db-1"], []), new("stage-3", null, null, ["nas-1"], []),
                ]),
        };
    }

    private ImmutableArray<UnitCard> Units() =>
    [
        new(Unit("ups-1", UnitPower.Mains, UpsFlags.OnLine, 2280, 100, 41, 201) with { Due = [] }, Bridge, TimeSpan.FromSeconds(2), Fresh: true, new(Now.AddDays(-20), true, 12, 96), "UC-0008"),
        new(Unit("ups-2", UnitPower.Battery, UpsFlags.OnBattery, 1100, 63, 38, 0) with { OutageSince = Began, Troubles = [SupplyTrouble.OverCurrent], Rate = 1.3 }, Bridge, TimeSpan.FromSeconds(1), Fresh: true, null),
        new(
            Unit("ups-3", UnitPower.Mains, UpsFlags.OnLine, 1900, 98, 22, 202) with { Lost = true, Trouble = "nothing was heard for 30 s" }, Bridge, TimeSpan.FromMinutes(7), Fresh: true,
            new(Now.AddDays(-200), null, 10, null)),
        new(
            Unit("ups-4", UnitPower.Mains, UpsFlags.OnLine, 620, 100, 88, 200) with { Due = [BatteryDueCause.DatePassed, BatteryDueCause.LastedLess] }, Bridge, TimeSpan.FromSeconds(4), Fresh: true,
            new(Now.AddDays(-2), false, 4, 51)),
    ];

    private UnitNow Unit(string ups, UnitPower power, UpsFlags flags, double left, double charge, double load, double volts)
    {
        var at = Now.AddSeconds(-2);
        UpsValue Value(double value, bool estimated = false) => new(value, UpsQuality.Good, at, estimated);
        var values = new Dictionary<UpsQuantity, UpsValue>
        {
            [UpsQuantity.RuntimeSeconds] = Value(left, ups == "ups-4"),
            [UpsQuantity.ChargePercent] = Value(charge),
            [UpsQuantity.LoadPercent] = Value(load),
            [UpsQuantity.InputVoltage] = Value(volts),
            [UpsQuantity.OutputVoltage] = Value(200),
            [UpsQuantity.BatteryTemperature] = ups == "ups-2" ? new(655.35, UpsQuality.Bad, at) : Value(26),
        };
        var texts = new Dictionary<UpsText, string> { [UpsText.Model] = "Kakuu 3000", [UpsText.ReplaceBatteryBy] = ups == "ups-4" ? "2026-08-01" : "2028-03-01" };
        return new(
            ups, power, Lost: false, new UpsReading(ups, at, UpsQuality.Good, flags, values.ToImmutableSortedDictionary(), texts.ToImmutableSortedDictionary(), null), null, left, 1, null, false, false, [], []);
    }

    private ImmutableArray<OutageLine> Lines() =>
    [
        new(Outage, "ups-2", Began, null, 727, 63, 1, Planned: false, 1, 1),
        new("ups-1-20260914T012000Z", "ups-1", new(2026, 9, 14, 1, 20, 0, TimeSpan.Zero), new DateTimeOffset(2026, 9, 14, 1, 45, 0, TimeSpan.Zero), 1500, 41, 1, Planned: true, 3, 0),
        new("ups-1-20260801T181100Z", "ups-1", new(2026, 8, 1, 18, 11, 0, TimeSpan.Zero), new DateTimeOffset(2026, 8, 1, 18, 11, 1, TimeSpan.Zero), 0.4, 100, 3, Planned: false, 0, 0),
    ];

    private ImmutableArray<PlannedLine> Planned() =>
    [
        new("O-0003", Now.AddDays(20), Now.AddDays(20).AddHours(5), [], "受変電設備の年次点検", "新富 施", "都城 誠", PlannedState.Agreed, null, false),
        new("O-0002", Now.AddDays(9), Now.AddDays(9).AddHours(2), ["ups-1", "ups-2"], "UPSの蓄電池交換", "新富 施", null, PlannedState.Asked, null, false),
        new("O-0001", Now.AddDays(-40), Now.AddDays(-40).AddHours(4), [], "分電盤の増設", "新富 施", null, PlannedState.Declined, "年次処理と重なるため", true),
    ];
}
