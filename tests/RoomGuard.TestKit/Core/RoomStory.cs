using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using Xunit;

namespace RoomGuard.TestKit.Core;

/// <summary>
/// The small language in which stories of a room are told: something happens, and what the room answers is looked at. Time moves
/// only when told, and everything that falls due on the way is told in its own time.
/// </summary>
public sealed class RoomStory(RoomPlan plan, EntryControlSettings settings, DateTimeOffset start)
{
    private readonly List<RecordedEvent> record = [];
    private GrantIndex? list;
    private long orders;

    public EntryControl Control { get; private set; } = new(plan, settings);

    /// <summary>The wall clock.</summary>
    public DateTimeOffset At { get; private set; } = start;

    /// <summary>What the last happening was answered with.</summary>
    public ImmutableArray<Effect> Answer { get; private set; } = [];

    /// <summary>Everything written so far.</summary>
    public IReadOnlyList<RecordedEvent> Written => record;

    public IEnumerable<RecordedEvent> AnswerWritten => Answer.OfType<Write>().Select(write => write.Event);

    public IEnumerable<DeviceOrder> AnswerOrders => Answer.OfType<Act>().Select(act => act.Order);

    // ---- what happens

    public RoomStory AtWork(GrantList with)
    {
        foreach (var reader in plan.Readers)
        {
            Told(at => new ReaderChanged(at, reader.Reader, ReaderCondition.Online, ""));
        }

        foreach (var door in plan.Doors)
        {
            Told(at => new LeafClosed(at, door.Id));
        }

        Receives(with);
        record.Clear();
        Answer = [];
        return this;
    }

    public RoomStory Told(Func<DateTimeOffset, RoomInput> happening)
    {
        Answer = Control.Handle(happening(At));
        record.AddRange(AnswerWritten);
        return this;
    }

    public RoomStory Receives(GrantList next)
    {
        list = new(next);
        return Told(at => new GrantListArrived(at, list));
    }

    public RoomStory Shows(int card, string reader = "reader-srv-in") =>
        Told(at => new BadgePresented(at, new(reader), A.Digest(card), "H10301"));

    public RoomStory ShowsOnTheWayOut(int card, string reader = "reader-srv-out") => Shows(card, reader);

    /// <summary>The office orders something of the rooms.</summary>
    public RoomStory Ordered(RoomOrder order)
    {
        var serial = ++orders;
        return Told(at => new RoomOrderArrived(at, serial, order));
    }

    /// <summary>Reception hands a badge out, or changes what it opens.</summary>
    public RoomStory HandsOut(VisitPass pass) => Ordered(new VisitPassOrder(pass, Ended: false));

    /// <summary>A zone is set to a mode.</summary>
    public RoomStory Turns(ZoneMode mode, DateTimeOffset? until = null, string zone = "SRV-1", string? person = null) =>
        Ordered(new ZoneModeOrder(new(zone), mode, person is null ? null : new(person), until, "理由", "S-0102"));

    /// <summary>The reader's sensor answers.</summary>
    public RoomStory ShowsFinger(BiometricVerdict verdict, string reader = "reader-srv-in") => Told(at => new BiometricChecked(at, new(reader), verdict, 200));

    public RoomStory Types(string pin, string reader = "reader-srv-in") => Told(at => new PinEntered(at, new(reader), new(pin)));

    public RoomStory Opens(string door = "SRV-1-D1") => Told(at => new LeafOpened(at, new(door)));

    public RoomStory Closes(string door = "SRV-1-D1") => Told(at => new LeafClosed(at, new(door)));

    public RoomStory LosesTheContact(string door = "SRV-1-D1") => Told(at => new LeafUnknown(at, new(door)));

    public RoomStory PressesTheButton(string door = "SRV-1-D1") => Told(at => new ExitRequested(at, new(door)));

    public RoomStory ReaderIs(ReaderCondition condition, string reader = "reader-srv-in") =>
        Told(at => new ReaderChanged(at, new(reader), condition, ""));

    /// <summary>Shows a card, opens and closes: one whole entry.</summary>
    public RoomStory Enters(int card) => Shows(card).Opens().Closes();

    /// <summary>Shows a card inside, opens and closes: one whole exit.</summary>
    public RoomStory Leaves(int card) => ShowsOnTheWayOut(card).Opens().Closes();

    public RoomStory After(double seconds) => After(TimeSpan.FromSeconds(seconds));

    /// <summary>Time goes by; the answer is everything that fell due.</summary>
    public RoomStory After(TimeSpan time)
    {
        var until = At + time;
        var answers = ImmutableArray.CreateBuilder<Effect>();
        var steps = 0;
        while (Control.NextDue is { } due && due <= until)
        {
            Assert.True(steps++ < 100_000, "the room asks to be woken without end");
            At = due > At ? due : At;
            answers.AddRange(Told(at => new TimePassed(at)).Answer);
        }

        At = until;
        answers.AddRange(Told(at => new TimePassed(at)).Answer);
        Answer = answers.ToImmutable();
        return this;
    }

    /// <summary>The wall clock is turned, and the bridge says so.</summary>
    public RoomStory TurnsTheClock(TimeSpan by)
    {
        var expected = At;
        At += by;
        return Told(at => new ClockStepped(at, expected));
    }

    /// <summary>The wall clock is turned and nobody says so.</summary>
    public RoomStory TurnsTheClockSilently(TimeSpan by)
    {
        At += by;
        return this;
    }

    /// <summary>The bridge dies and starts again from its snapshot, as it would from disk.</summary>
    public RoomStory Restarts(TimeSpan away)
    {
        var kept = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Control.Snapshot(), RecordJson.Plain.RoomSnapshot);
        At += away;
        Control = new(plan, settings);
        Control.Restore(System.Text.Json.JsonSerializer.Deserialize(kept, RecordJson.Plain.RoomSnapshot)!);
        var started = Told(at => new RoomStarted(at)).Answer;
        if (list is not null)
        {
            Answer = started.AddRange(Told(at => new GrantListArrived(at, list)).Answer);
        }

        return this;
    }

    // ---- what is answered

    public RoomStory Writes<T>(Func<T, bool>? such = null)
        where T : RecordedEvent
    {
        Assert.Contains(AnswerWritten.OfType<T>(), item => such is null || such(item));
        return this;
    }

    /// <summary>It stands in the record, whenever it was written.</summary>
    public RoomStory Has<T>(Func<T, bool> such)
        where T : RecordedEvent
    {
        Assert.Contains(record.OfType<T>(), item => such(item));
        return this;
    }

    public RoomStory WritesNo<T>()
        where T : RecordedEvent
    {
        Assert.Empty(AnswerWritten.OfType<T>());
        return this;
    }

    public RoomStory WritesNothing()
    {
        Assert.Empty(AnswerWritten);
        return this;
    }

    public RoomStory WritesNone<T>(Func<T, bool> such)
        where T : RecordedEvent
    {
        Assert.DoesNotContain(AnswerWritten.OfType<T>(), item => such(item));
        return this;
    }

    /// <summary>Exactly these kinds, in this order.</summary>
    public RoomStory WritesExactly(params Type[] kinds)
    {
        Assert.Equal(kinds, AnswerWritten.Select(item => item.GetType()));
        return this;
    }

    public RoomStory IsGranted() => Writes<EntryGranted>().Releases();

    public RoomStory IsGrantedAt(string door) => Writes<EntryGranted>(item => item.Door.Value == door).Releases(door);

    public RoomStory IsRefused(DenyReason reason) => IsRefusedAt("reader-srv-in", reason);

    public RoomStory IsRefusedAt(string reader, DenyReason reason)
    {
        Assert.Equal([reason], AnswerWritten.OfType<EntryDenied>().Select(item => item.Reason));
        return StaysLocked().Signals(ReaderSignal.Denied, reader);
    }

    public RoomStory Releases(string door = "SRV-1-D1")
    {
        Assert.Contains(AnswerOrders.OfType<ReleaseStrike>(), order => order.Door == new DoorId(door));
        return this;
    }

    public RoomStory StaysLocked()
    {
        Assert.Empty(AnswerOrders.OfType<ReleaseStrike>());
        return this;
    }

    public RoomStory Locks(string door = "SRV-1-D1")
    {
        Assert.Contains(AnswerOrders.OfType<SecureStrike>(), order => order.Door == new DoorId(door));
        return this;
    }

    /// <summary>Released whether or not it could be written.</summary>
    public RoomStory ReleasesAlways(string door = "SRV-1-D1")
    {
        Assert.Contains(Answer.OfType<Act>(), act => act is { Always: true, Order: ReleaseStrike order } && order.Door == new DoorId(door));
        return this;
    }

    public RoomStory LocksNothing()
    {
        Assert.Empty(AnswerOrders.OfType<SecureStrike>());
        return this;
    }

    public RoomStory Signals(ReaderSignal signal, string reader = "reader-srv-in")
    {
        Assert.Contains(new ShowSignal(new(reader), signal), AnswerOrders);
        return this;
    }

    public RoomStory DoesNothing()
    {
        Assert.Empty(Answer);
        return this;
    }

    public RoomStory Inside(params string[] people)
    {
        Assert.Equal(people, Control.InsideNow().Select(one => one.Person.Value));
        return this;
    }

    /// <summary>The list of people inside is what whoever reads the record comes to.</summary>
    public RoomStory InsideIsTheFoldOfTheRecord()
    {
        var fold = new PresenceList();
        foreach (var item in record)
        {
            fold.Apply(item);
        }

        Assert.Equal(fold.Now.AsEnumerable(), Control.InsideNow().AsEnumerable());
        return this;
    }

    public RoomStory Where(string person, Func<InsideNow, bool> such)
    {
        Assert.Contains(Control.InsideNow(), one => one.Person.Value == person && such(one));
        return this;
    }

    public RoomStory HasList(long? version)
    {
        Assert.Equal(version, Control.ListVersion);
        return this;
    }

    public RoomStory Door(Func<DoorNow, bool> such)
    {
        Assert.True(such(Control.DoorsNow()[0]), Control.DoorsNow()[0].ToString());
        return this;
    }
}
