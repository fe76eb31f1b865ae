using System.Collections.Frozen;
using System.Collections.Immutable;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// What the capabilities of a room's doors share: the instant of the step, doors and readers, what is in force, who is inside, and the answer being put
/// together. It decides nothing but how somebody who went through a door is known to be inside.
/// </summary>
internal sealed class Room
{
    private readonly List<Effect> effects = [];
    private readonly FrozenDictionary<DeviceId, ReaderRun> readers;
    private readonly FrozenDictionary<DoorId, DoorRun> doors;
    private readonly FrozenDictionary<ZoneId, ImmutableArray<DoorRun>> doorsOf;
    private readonly Dictionary<ZoneId, ZoneId> outers = [];
    private DateTime? local;
    private long changes;
    private GrantIndex? list;

    public Room(RoomPlan plan, EntryControlSettings settings)
    {
        Settings = settings;
        Presence = new(OuterOf);
        Doors =
        [
            .. plan.Doors.Select(door => new DoorRun(
                new(door, settings.OpeningGrace, settings.HeldOpenRepeat),
                [.. plan.Readers.Where(place => place.Door == door.Id).Select(place => new ReaderRun(place))])),
        ];
        doors = Doors.ToFrozenDictionary(run => run.Id);
        readers = Doors.SelectMany(run => run.Readers).ToFrozenDictionary(reader => reader.Id);
        Zones = [.. Doors.Select(run => run.Zone).Distinct()];
        TagReaders = plan.TagReaders.ToFrozenSet();
        doorsOf = Doors.GroupBy(run => run.Zone).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    public EntryControlSettings Settings { get; }

    /// <summary>Readers of asset tags, which serve no person.</summary>
    public FrozenSet<DeviceId> TagReaders { get; }

    public RoomClock Clock { get; } = new();

    public Presence Presence { get; }

    public StandingOrders Orders { get; } = new();

    public RoomOrderBook Book { get; } = new();

    /// <summary>In plan order.</summary>
    public ImmutableArray<DoorRun> Doors { get; }

    /// <summary>Zones that have a door here, in plan order.</summary>
    public ImmutableArray<ZoneId> Zones { get; }

    /// <summary>Null: never received, or not yet told again after a restart.</summary>
    public GrantIndex? List
    {
        get => list;
        set
        {
            list = value;
            if (value is not null)
            {
                Nesting = [.. value.List.Zones.Where(zone => zone.Parent is not null).Select(zone => new ZoneNesting(zone.Id, zone.Parent!.Value))];
            }
        }
    }

    /// <summary>Which zone lies in which: remembered, so that who leaves before the list is told again is taken out of the right ones.</summary>
    public ImmutableArray<ZoneNesting> Nesting
    {
        get;
        set
        {
            field = value;
            outers.Clear();
            foreach (var one in value)
            {
                outers[one.Inner] = one.Outer;
            }
        }
    } = [];

    public long? ListVersion { get; set; }

    public JournalOutage? Outage { get; set; }

    public Moment Now { get; private set; }

    public bool DoorsChanged { get; set; }

    /// <summary>A list is in force and has not been told again since the restart: nothing can be said of grants yet.</summary>
    public bool AwaitsList => List is null && ListVersion is not null;

    /// <summary>Changes whenever anything changes by which escorts and pairs are judged.</summary>
    public long Stamp => Presence.Stamp + changes;

    /// <summary>Who with a grant was seen to enter in this step.</summary>
    public List<(ZoneId Zone, PersonId Person)> Arrived { get; } = [];

    /// <summary>The local time by the list's time zone; by the site's while there is no list.</summary>
    public DateTime Local => local ??= TimeZoneInfo.ConvertTime(Now.At, TimeZone).DateTime;

    public TimeZoneInfo TimeZone => List?.TimeZone ?? Settings.TimeZone;

    public void Begin(Moment now) => (Now, local) = (now, null);

    /// <summary>Something changed by which escorts and pairs are judged.</summary>
    public void Touch()
    {
        changes++;
        local = null;
    }

    public DoorRun? Door(DoorId id) => doors.GetValueOrDefault(id);

    public DoorRun DoorOf(ReaderRun reader) => doors[reader.Door];

    public ReaderRun? Reader(DeviceId id) => readers.GetValueOrDefault(id);

    public ImmutableArray<DoorRun> DoorsOf(ZoneId zone) => doorsOf.GetValueOrDefault(zone, []);

    public ZoneId? OuterOf(ZoneId zone) => outers.TryGetValue(zone, out var outer) ? outer : null;

    public EntryRules RulesOf(ZoneId zone) => List?.Zone(zone)?.RulesInForce ?? EntryRules.Common;

    /// <summary>Whose card it is: a visitor's badge first, since reception hands the same one out again and again.</summary>
    public Credential? Card(CardDigest digest) => Book.Badge(digest)?.Pass.Badge ?? List?.Card(digest);

    public EarlierEntry? Earlier(ZoneId zone, PersonId person) =>
        Presence.Find(zone, person) is { } entry ? new(Clock.WallOf(entry.Entered), Now.Steady - entry.Entered) : null;

    public void Record(RecordedEvent item) => effects.Add(new Write(item));

    public void Record(IEnumerable<RecordedEvent> items)
    {
        foreach (var item in items)
        {
            Record(item);
        }
    }

    public void Act(DeviceOrder order, bool always = false) => effects.Add(new Act(order, always));

    public void Show(ReaderRun reader, ReaderSignal signal, bool always) => Act(new ShowSignal(reader.Id, signal), always);

    /// <summary>What a door answers becomes part of the room's answer, and who went through is inside or outside from now on.</summary>
    /// <returns>Whether an opening nobody was let through for was among it.</returns>
    public bool Step(DoorRun run, DoorInput input)
    {
        var step = DoorMachine.Step(run.State, input, run.Timing);
        DoorsChanged |= step.Next != run.State;
        run.State = step.Next;
        var isUnexplained = false;
        foreach (var effect in step.Effects)
        {
            isUnexplained |= effect is Write { Event: DoorOpened { Cause: OpeningCause.Forced or OpeningCause.FoundOpen } };
            effects.Add(effect);
        }

        var together = step.Through.Count(one => one.Way is PassageWay.In) > 1;
        foreach (var passage in step.Through)
        {
            Pass(run, passage, input, together);
        }

        return isUnexplained;
    }

    public ImmutableArray<Effect> Answer()
    {
        ImmutableArray<Effect> answer = [.. effects];
        effects.Clear();
        Arrived.Clear();
        return answer;
    }

    private void Pass(DoorRun run, Passage passage, DoorInput input, bool together)
    {
        var isSeen = input is ContactOpened;
        if (passage.Way is PassageWay.Out)
        {
            Record(Presence.Leave(passage.Person, run.Door, isSeen ? PresenceEvidence.Opened : PresenceEvidence.Exit, passage.Visit, Now));
            return;
        }

        var isFree = run.State.Freedom is { Released: true };
        var evidence = isFree ? PresenceEvidence.Release : isSeen ? PresenceEvidence.Opened : PresenceEvidence.Entry;
        var certainty = run.State.Freedom is { By: FreedBy.Fire }
            ? PresenceCertainty.Unverified
            : isSeen && !together && !isFree ? PresenceCertainty.Certain : PresenceCertainty.Likely;
        var isForgiven = RulesOf(run.Zone).Passback is { } rule && Earlier(run.Zone, passage.Person) is { } earlier
            && AntiPassbackRule.Forgives(rule, earlier, Local, TimeZone);
        Record(Presence.Enter(passage.Person, run.Door, new(evidence, certainty, passage.Visit, passage.Escort, isForgiven), Now));
        if (passage.Visit is null && input is ContactOpened or LetIn)
        {
            Arrived.Add((run.Zone, passage.Person));
        }
    }
}
