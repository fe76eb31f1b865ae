using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Year;

/// <summary>One bridge's rooms during the year: the real <see cref="EntryControl"/>, told everything in due order, and a model that looks at each answer.</summary>
/// <param name="model">Looks at every answer.</param>
/// <param name="entries">Takes every entry, in the order written.</param>
public sealed class YearRoom(RoomPlan plan, YearModel model, EntryHash entries)
{
    private const int MostWakings = 100_000;

    private readonly Dictionary<string, long> written = new(StringComparer.Ordinal);
    private EntryControl control = new(plan, YearSite.Settings);
    private GrantIndex? list;

    /// <summary>Happenings told; what time alone wakes is not counted.</summary>
    public long Events { get; private set; }

    /// <summary>Entries written, by kind.</summary>
    public IReadOnlyDictionary<string, long> Written => written;

    /// <summary>The program is down: nothing reaches it.</summary>
    public bool IsAway { get; private set; }

    /// <summary>What the office keeps for it while it is away, in order.</summary>
    public Queue<Action> Kept { get; } = new();

    /// <summary>How far its wall clock is off.</summary>
    public TimeSpan ClockOff { get; private set; }

    /// <summary>The doors and readers of this bridge.</summary>
    public RoomPlan Plan => plan;

    /// <summary>Most people inside at once so far.</summary>
    public int MostInside { get; private set; }

    /// <summary>Whether somebody is on the list of people inside a zone.</summary>
    public bool Lists(ZoneId zone, string person) => model.IsInside(zone, person);

    /// <summary>The bridge begins: readers online, doors shut.</summary>
    public void Begin(DateTimeOffset at) => Hear(at);

    /// <summary>Something happens.</summary>
    /// <param name="at">By a clock nobody turns.</param>
    /// <returns>What the room answers; nothing while it is away.</returns>
    public ImmutableArray<Effect> Tell(DateTimeOffset at, Func<DateTimeOffset, RoomInput> happening)
    {
        if (IsAway)
        {
            return [];
        }

        Elapse(at + ClockOff);
        return Handle(happening(at + ClockOff), counts: true);
    }

    /// <summary>A new grant list arrives.</summary>
    public void Receive(DateTimeOffset at, GrantList next)
    {
        list = new(next);
        Tell(at, wall => new GrantListArrived(wall, list));
    }

    /// <summary>The wall clock is turned, and the bridge says so (R-TIME-04).</summary>
    public void TurnClock(DateTimeOffset at, TimeSpan by)
    {
        if (IsAway)
        {
            return;
        }

        Elapse(at + ClockOff);
        var expected = at + ClockOff;
        ClockOff += by;
        Handle(new ClockStepped(expected + by, expected), counts: true);
    }

    /// <summary>The program dies.</summary>
    public void GoAway() => IsAway = true;

    /// <summary>It starts again from what stands on its disk.</summary>
    /// <param name="open">Doors that stand open just then.</param>
    public void ComeBack(DateTimeOffset at, Func<DoorId, bool> open)
    {
        var disk = JsonSerializer.SerializeToUtf8Bytes(control.Snapshot(), RecordJson.Plain.RoomSnapshot);
        control = new(plan, YearSite.Settings);
        control.Restore(JsonSerializer.Deserialize(disk, RecordJson.Plain.RoomSnapshot)!);
        IsAway = false;
        Handle(new RoomStarted(at + ClockOff), counts: true);
        if (list is not null)
        {
            Handle(new GrantListArrived(at + ClockOff, list), counts: true);
        }

        Hear(at, open);
        while (!IsAway && Kept.TryDequeue(out var kept))
        {
            kept();
        }
    }

    private void Hear(DateTimeOffset at, Func<DoorId, bool>? open = null)
    {
        foreach (var reader in plan.Readers)
        {
            Tell(at, wall => new ReaderChanged(wall, reader.Reader, ReaderCondition.Online, ""));
        }

        foreach (var door in plan.Doors)
        {
            Tell(at, wall => open?.Invoke(door.Id) is true ? new LeafOpened(wall, door.Id) : new LeafClosed(wall, door.Id));
        }
    }

    /// <summary>Wakes the room when it asked to be woken.</summary>
    private void Elapse(DateTimeOffset until)
    {
        for (var wakings = 0; control.NextDue is { } due && due <= until; wakings++)
        {
            if (wakings > MostWakings)
            {
                throw new YearBrokenException("The room asks to be woken without end.");
            }

            Handle(new TimePassed(due), counts: false);
        }
    }

    private ImmutableArray<Effect> Handle(RoomInput input, bool counts)
    {
        Events += counts ? 1 : 0;
        var answer = control.Handle(input);
        foreach (var effect in answer)
        {
            if (effect is Write { Event: var item })
            {
                entries.Add(item);
                var kind = item.GetType().Name;
                written[kind] = written.GetValueOrDefault(kind) + 1;
            }
        }

        var inside = control.InsideNow();
        MostInside = Math.Max(MostInside, inside.Length);
        model.Look(plan, input, answer, inside);
        return answer;
    }
}

/// <summary>Something that was promised did not hold; the message says what and when, so that the same seed shows it again.</summary>
public sealed class YearBrokenException(string message) : Exception(message);
