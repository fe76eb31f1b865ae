using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>Where an alarm is in its life.</summary>
public enum AlarmState
{
    /// <summary>未確認: its cause is there and nobody has acknowledged it.</summary>
    Unacknowledged,

    /// <summary>確認済み: its cause is there and somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>復旧・未確認: its cause is over and nobody has acknowledged it.</summary>
    ReturnedUnacknowledged,

    /// <summary>解決: acknowledged, and its cause is over.</summary>
    Over,
}

/// <summary>確認 of an alarm.</summary>
public sealed record Acknowledgement(DateTimeOffset At, PersonId By, string Note, bool FalseAlarm);

/// <summary>一時停止 of an alarm.</summary>
/// <param name="Until">It counts no longer at this moment, whether or not somebody has written so.</param>
public sealed record Shelf(DateTimeOffset At, DateTimeOffset Until, string Reason, PersonId By);

/// <summary>One alarm from its raising to its end: one for each kind and subject at a time.</summary>
/// <param name="Id">E.g. <c>AL-104233</c>: the entry of the record that raised it.</param>
/// <param name="Level">How urgent it is now; of a latched one, the most urgent it was.</param>
public sealed record Alarm(string Id, AlarmKind Kind, string Subject, AlarmLevel Level, AlarmState State, DateTimeOffset RaisedAt)
{
    /// <summary>Where.</summary>
    public ZoneId? Zone { get; init; }

    /// <summary>At which door.</summary>
    public DoorId? Door { get; init; }

    /// <summary>The thing by its name.</summary>
    public string? Device { get; init; }

    /// <summary>The bridge it comes by, or is about.</summary>
    public PanelId? Panel { get; init; }

    /// <summary>In the time of a planned outage.</summary>
    public bool Planned { get; init; }

    /// <summary>When its cause was there again last, or it became more urgent, or came back from its shelf: from then on notices count anew.</summary>
    public DateTimeOffset LastRaisedAt { get; init; } = RaisedAt;

    /// <summary>The entry of the record that said so. Clocks are moved; numbers are not.</summary>
    public long LastRaisedEntry { get; init; }

    /// <summary>When its cause was over; null: it is there, or it has none that ends.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>When it was over and acknowledged; null: it is open.</summary>
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>How often its cause came.</summary>
    public int Times { get; init; } = 1;

    /// <summary>When its cause came within the last <see cref="AlarmMachine.FlapWindow"/>, in the same alarm or the one of its subject before.</summary>
    public ImmutableArray<DateTimeOffset> Recent { get; init; } = [RaisedAt];

    /// <summary>不安定: it comes and goes, which was told once and is told no more (R-ENV-02).</summary>
    public bool Unstable { get; init; }

    /// <summary>The last acknowledgement; null: none since it was raised or became more urgent.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>When it was first acknowledged; null: never.</summary>
    public DateTimeOffset? FirstAcknowledgedAt { get; init; }

    /// <summary>Who deals with it; null: nobody in particular.</summary>
    public PersonId? Owner { get; init; }

    /// <summary>一時停止; null: none. Ask <see cref="IsShelved"/>.</summary>
    public Shelf? Shelved { get; init; }

    /// <summary>訓練.</summary>
    public bool IsDrill => Kind.Id == AlarmKinds.Drill.Id;

    /// <summary>Nobody has acknowledged what there is.</summary>
    public bool IsUnacknowledged => State is AlarmState.Unacknowledged or AlarmState.ReturnedUnacknowledged;

    /// <summary>Its cause is there now.</summary>
    public bool IsActive => State is AlarmState.Unacknowledged or AlarmState.Acknowledged;

    /// <summary>Whether it is quiet at a moment.</summary>
    public bool IsShelved(DateTimeOffset now) => Shelved is { } shelf && now < shelf.Until;
}
