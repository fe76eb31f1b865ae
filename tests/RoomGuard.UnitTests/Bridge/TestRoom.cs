using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;
using RoomGuard.TestKit;

namespace RoomGuard.UnitTests.Bridge;

/// <summary>One door with a reader on each side, one member of staff with a card, a medium that fails when told, and devices that remember.</summary>
internal sealed class TestRoom
{
    public static readonly DateTimeOffset MondayNine = new(2026, 4, 6, 0, 0, 0, TimeSpan.Zero);
    public static readonly DoorId Door = new("SRV-1-D1");
    public static readonly ZoneId Zone = new("SRV-1");
    public static readonly DeviceId Outside = new("reader-in");
    public static readonly DeviceId Inside = new("reader-out");
    public static readonly CardDigest Card = new(217);

    private readonly ClimatePlan? plan;

    /// <param name="plan">What is sensed; null: nothing.</param>
    private readonly ImmutableArray<GatePulse> pulses;

    public TestRoom(ClimatePlan? plan = null, params ImmutableArray<GatePulse> pulses)
    {
        this.pulses = pulses;
        this.plan = plan;
        Journal = new(this);
        Turn = NewTurn();
        Tell(new RoomStarted(Now));
        Tell(new GrantListArrived(Now, new(List(1))));
        Tell(new ReaderChanged(Now, Outside, ReaderCondition.Online, "test"), new ReaderChanged(Now, Inside, ReaderCondition.Online, "test"), new LeafClosed(Now, Door));
        Happened.Clear();
    }

    public VirtualTime Time { get; } = new(MondayNine);

    public FakeMedium Journal { get; }

    public RoomTurn Turn { get; private set; }

    /// <summary>Appends and orders in the order they were done.</summary>
    public List<object> Happened { get; } = [];

    public DateTimeOffset Now => Time.GetUtcNow();

    public IEnumerable<T> Written<T>() => Journal.Entries.OfType<T>();

    public IEnumerable<T> Ordered<T>() => Happened.OfType<T>();

    public static GrantList List(long version) => new(
        version, MondayNine, "kakuu-1", "Asia/Tokyo", TimeSpan.FromDays(3),
        [new(Zone, "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll)],
        [new(new("S-0217"), "架空 花子", "カクウ ハナコ", PersonCategory.Staff, "情報課", null, null)],
        [new(new("C-0311"), new("S-0217"), Card, CredentialState.Active, null, null, null)],
        [new(new("G-2026-0031"), new("S-0217"), [Zone], WeekDays.All, Hours.AllDay, new(2026, 4, 1), new(2027, 4, 1), false)],
        []);

    public static RoomPlan Plan() => new(
        [new(Door, Zone, "正面扉", "Front door", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure)],
        [new(Outside, Door, ReaderSide.Entry), new(Inside, Door, ReaderSide.Exit)]);

    public bool Tell(params RoomInput[] inputs) => Turn.Run([.. inputs.Select(input => new RoomPost(input, null, null, Time.GetTimestamp()))]);

    public bool Badge() => Tell(new BadgePresented(Now, Outside, Card, "H10301"));

    public bool BadgeOut() => Tell(new BadgePresented(Now, Inside, Card, "H10301"));

    /// <summary>Lets time pass as the loop would: a turn each time something falls due.</summary>
    public void Pass(TimeSpan time)
    {
        var until = Now + time;
        while (Now < until)
        {
            var rest = Turn.Rest();
            var left = until - Now;
            var step = rest < left ? rest : left;
            Time.Advance(step > TimeSpan.Zero ? step : TimeSpan.FromMilliseconds(1));
            Turn.Run([]);
        }
    }

    /// <summary>The program is started again on the same medium.</summary>
    public void Restart()
    {
        Journal.IsKilled = Journal.IsKilledAfterNext = false;
        Turn = NewTurn();
        Tell(new RoomStarted(Now));
        Tell(new GrantListArrived(Now, new(List(1))));
        Tell(new ReaderChanged(Now, Outside, ReaderCondition.Online, "test"), new ReaderChanged(Now, Inside, ReaderCondition.Online, "test"), new LeafClosed(Now, Door));
    }

    private RoomTurn NewTurn()
    {
        var control = new EntryControl(Plan(), new() { PinMatches = (_, _) => false });
        if (Journal?.Snapshot is { } snapshot)
        {
            control.Restore(snapshot);
        }

        var climate = plan is null ? null : new ClimateControl(plan, new());
        if (Journal?.Snapshot?.Climate is { } before)
        {
            climate?.Restore(before);
        }

        var power = new PowerControl([], new());
        if (Journal?.Snapshot?.Power is { } known)
        {
            power.Restore(known);
        }

        return new(control, Journal!, new Devices(this), Time, new RoomMeters("Test"), NullLogger.Instance, power, climate, gates: new(pulses));
    }

    private sealed class Devices(TestRoom room) : IDoorDevices
    {
        public void Execute(DeviceOrder order) => room.Happened.Add(order);
    }

    /// <summary>A medium that can be full or broken.</summary>
    public sealed class FakeMedium(TestRoom room) : IRoomJournal
    {
        private IReadOnlyList<RecordedEvent> failed = [];
        private bool mustReopen;

        public List<RecordedEvent> Entries { get; } = [];

        /// <summary>What a restart would begin from.</summary>
        public RoomSnapshot? Snapshot { get; private set; }

        /// <summary>Snapshots as they were appended, parts that had not changed left out.</summary>
        public List<RoomSnapshot> Snapshots { get; } = [];

        /// <summary>Null: it takes everything.</summary>
        public EvidenceWriteCause? Fault { get; set; }

        /// <summary>The bytes of a failed append reach the medium all the same.</summary>
        public bool FailsAfterWriting { get; set; }

        public bool BallastThere { get; private set; } = true;

        /// <summary>With the reserve given back, what is small can be written.</summary>
        public bool ReserveHelps { get; set; }

        public bool SpaceAgain { get; set; }

        /// <summary>The program is killed in the instant after it has appended something; a restart makes it live again.</summary>
        public bool IsKilledAfterNext { get; set; }

        /// <summary>It was.</summary>
        public bool IsKilled { get; set; }

        public void Append(IReadOnlyList<RecordedEvent> events, RoomSnapshot? snapshot)
        {
            if (IsKilled)
            {
                return;
            }

            IsKilled = IsKilledAfterNext && events.Count > 0;
            if (mustReopen)
            {
                throw new EvidenceWriteException(EvidenceWriteCause.NotReopened, "not reopened");
            }

            if (Fault is { } cause)
            {
                mustReopen = true;
                failed = FailsAfterWriting ? [.. events] : [];
                throw new EvidenceWriteException(cause, "the medium is said to fail");
            }

            Entries.AddRange(events);
            if (snapshot is not null)
            {
                Snapshots.Add(snapshot);
                Snapshot = snapshot.Over(Snapshot);
            }

            room.Happened.AddRange(events);
        }

        public long Reopen()
        {
            if (Fault is not null)
            {
                throw new EvidenceWriteException(Fault.Value, "still failing");
            }

            mustReopen = false;
            Entries.AddRange(failed);
            var survived = failed.Count;
            failed = [];
            return survived;
        }

        public void SpendBallast()
        {
            BallastThere = false;
            Fault = ReserveHelps ? null : Fault;
        }

        public bool RestoreBallast() => BallastThere |= SpaceAgain;

        public void Maintain()
        {
        }
    }
}
