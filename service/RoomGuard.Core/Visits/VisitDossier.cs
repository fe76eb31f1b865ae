using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Visits;

/// <summary>Where a visit stands.</summary>
public enum VisitState
{
    /// <summary>予定: approved, nobody has come.</summary>
    Expected,

    /// <summary>来訪中: a badge is out.</summary>
    Here,

    /// <summary>未返却: its time is over and a badge is not back.</summary>
    Missing,

    /// <summary>終了.</summary>
    Done,

    /// <summary>取消し.</summary>
    Cancelled,

    /// <summary>来訪なし.</summary>
    NobodyCame,
}

/// <summary>付添いの交代 (R-VIS-03).</summary>
/// <param name="From">Null: nobody was.</param>
public sealed record HandOver(PersonId? From, PersonId To, DateTimeOffset At);

/// <summary>One visitor as the record has them.</summary>
/// <param name="Badge">The badge now out; null: none.</param>
/// <param name="BadgeNo">The last badge given out; null: none yet.</param>
/// <param name="Dead">The badge out is dead (未返却, 紛失).</param>
/// <param name="Zone">Where they are inside; null: not inside.</param>
/// <param name="EnteredAt">First entry; null: none.</param>
/// <param name="ExitedAt">Last exit; null: none yet.</param>
/// <param name="Planned">What they said beforehand to bring (事前登録); null: nothing said.</param>
public sealed record VisitorFile(
    Visitor Visitor,
    IdentityPaper? IdKind,
    IdentityOutcome? IdOutcome,
    PersonId? IdCheckedBy,
    ImmutableArray<DeclaredItem> Items,
    bool ItemsBack,
    CredentialId? Badge,
    string? BadgeNo,
    BadgeColour? Colour,
    bool Dead,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? ReturnedAt,
    DateTimeOffset? EnteredAt,
    DateTimeOffset? ExitedAt,
    ZoneId? Zone,
    ImmutableArray<DeclaredItem>? Planned)
{
    /// <summary>預かり品 still at reception.</summary>
    [JsonIgnore]
    public IEnumerable<DeclaredItem> Kept => ItemsBack ? [] : Items.Where(item => item.Left > 0);

    /// <summary>Nothing has happened yet.</summary>
    public static VisitorFile Of(Visitor visitor) => new(visitor, null, null, null, [], ItemsBack: false, null, null, null, Dead: false, null, null, null, null, null, null);
}

/// <summary>One line of a visit's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Visitor">Whom of the group it is about; null: all.</param>
/// <param name="By">Who did it, by id; null: nobody in particular.</param>
/// <param name="Text">A word more: badge, door, reason; empty: none.</param>
public sealed record VisitLine(long N, DateTimeOffset At, string Kind, PersonId? Visitor, string? By, string Text);

/// <summary>A visit as its entries make it. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Rises with every act; who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="Ending">Null: not closed.</param>
public sealed record VisitDossier(
    Visit Visit,
    int Version,
    ImmutableArray<VisitorFile> Visitors,
    ImmutableArray<HandOver> HandOvers,
    VisitEnding? Ending,
    DateTimeOffset? EndedAt,
    string EndReason,
    ImmutableArray<VisitLine> Story)
{
    private const int LongestStory = 400;

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public VisitState State => Ending switch
    {
        VisitEnding.Done => VisitState.Done,
        VisitEnding.Cancelled => VisitState.Cancelled,
        VisitEnding.NobodyCame => VisitState.NobodyCame,
        _ => Visitors.Any(visitor => visitor is { Badge: not null, Dead: true }) ? VisitState.Missing
            : Visitors.Any(visitor => visitor.Badge is not null) ? VisitState.Here
            : VisitState.Expected,
    };

    /// <summary>Whether everybody who came has given the badge back, and somebody came.</summary>
    [JsonIgnore]
    public bool AllBack => Visitors.Any(visitor => visitor.IssuedAt is not null) && Visitors.All(visitor => visitor.Badge is null);

    /// <summary>A visitor's file; null: not of this visit.</summary>
    public VisitorFile? FileOf(PersonId visitor) => Visitors.FirstOrDefault(file => file.Visitor.Id == visitor);

    /// <summary>How long the last of them stayed inside beyond the visit's end (R-VIS-09).</summary>
    public TimeSpan Overstay(VisitorFile file, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(file);
        var last = file.Zone is not null ? now : file.ExitedAt ?? Visit.Until;
        return last > Visit.Until ? last - Visit.Until : TimeSpan.Zero;
    }

    /// <summary>The visit an entry belongs to; null: none.</summary>
    public static VisitId? VisitOf(RecordedEvent? item) => item switch
    {
        VisitRecorded e => e.Visit.Id,
        VisitEnded e => e.Visit,
        VisitorIdentityChecked e => e.Visit,
        VisitorItemsDeclared e => e.Visit,
        VisitorItemsHandedBack e => e.Visit,
        VisitorPreRegistered e => e.Visit,
        VisitorBadgeIssued e => e.Visit,
        VisitorBadgeReturned e => e.Visit,
        VisitorBadgeDied e => e.Visit,
        VisitorTurnedAway e => e.Visit,
        PersonEntered e => Visits.Visit.VisitOf(e.Person),
        PersonLeft e => Visits.Visit.VisitOf(e.Person),
        EntryGranted e => Visits.Visit.VisitOf(e.Person),
        EntryDenied { Person: { } person } => Visits.Visit.VisitOf(person),
        ExitBadged { Person: { } person } => Visits.Visit.VisitOf(person),
        RoomOrderApplied { Order: VisitPassOrder order } => order.Pass.Visit,
        RoomOrdered { Order: VisitorOverrideOrder order } => order.Visit,
        EscortMissing e => e.Visit,
        EscortReturned e => e.Visit,
        EscortHandedOver e => e.Visit,
        VisitOverstayed e => e.Visit,
        _ => null,
    };

    /// <summary>The dossier after one more entry; null: the entry is no visit's, or of a visit that was never approved.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static VisitDossier? After(VisitDossier? before, RecordedEvent item, long n)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (before, item) switch
        {
            (_, VisitRecorded e) => Recorded(before, e).Told(n, e, null, e.By, e.Reason),
            (null, _) => null,
            (_, VisitEnded e) => (before with { Ending = e.Ending, EndedAt = e.OccurredAt, EndReason = e.Reason, Version = before.Version + 1 }).Told(n, e, null, e.By, e.Reason),
            (_, VisitorIdentityChecked e) => before.With(e.Visitor, file => file with { IdKind = e.Kind, IdOutcome = e.Outcome, IdCheckedBy = new(e.By) }).Told(n, e, e.Visitor, e.By, ""),
            (_, VisitorItemsDeclared e) => before.With(e.Visitor, file => file with { Items = e.Items, ItemsBack = false }).Told(n, e, e.Visitor, e.By, ""),
            (_, VisitorItemsHandedBack e) => before.With(e.Visitor, file => file with { ItemsBack = true }).Told(n, e, e.Visitor, e.By, ""),
            (_, VisitorPreRegistered e) => before.With(e.Visitor, file => file with { Planned = e.Items, Visitor = e.Kana.Length > 0 ? file.Visitor with { Kana = e.Kana } : file.Visitor }).Told(n, e, e.Visitor, e.By, ""),
            (_, VisitorBadgeIssued e) => before.With(e.Visitor, file => file with { Badge = e.Badge, BadgeNo = e.BadgeNo, Colour = e.Colour, Dead = false, IssuedAt = file.IssuedAt ?? e.OccurredAt, ReturnedAt = null }).Told(n, e, e.Visitor, e.By, e.BadgeNo),
            (_, VisitorBadgeReturned e) => before.With(e.Visitor, file => file.Badge == e.Badge ? file with { Badge = null, Dead = false, ReturnedAt = e.OccurredAt } : file).Told(n, e, e.Visitor, e.By, e.BadgeNo),
            (_, VisitorBadgeDied { Cause: BadgeDeath.Lost } e) => before.With(e.Visitor, file => file.Badge == e.Badge ? file with { Badge = null, Dead = true } : file).Told(n, e, e.Visitor, e.By, e.BadgeNo),
            (_, VisitorBadgeDied e) => before.With(e.Visitor, file => file.Badge == e.Badge ? file with { Dead = true } : file).Told(n, e, e.Visitor, e.By, e.BadgeNo),
            (_, VisitorTurnedAway e) => before.Told(n, e, e.Visitor, e.By, e.Bar ?? ""),
            (_, PersonEntered e) => before.Seen(e.Person, file => file with { Zone = e.Zone, EnteredAt = file.EnteredAt ?? e.OccurredAt, ExitedAt = null }).Told(n, e, e.Person, null, e.Door.Value),
            (_, PersonLeft e) => before.Seen(e.Person, file => file with { Zone = null, ExitedAt = e.OccurredAt }).Told(n, e, e.Person, null, e.Zone.Value),
            (_, EntryGranted e) => before.Told(n, e, e.Person, null, e.Door.Value),
            (_, EntryDenied e) => before.Told(n, e, e.Person, null, e.Door.Value),
            (_, ExitBadged e) => before.Told(n, e, e.Person, null, e.Door.Value),
            (_, EscortMissing { Times: 1 } e) => before.Told(n, e, e.Visitor, e.Escort?.Value, e.Zone.Value),
            (_, EscortReturned e) => before.Told(n, e, e.Visitor, e.Escort.Value, e.Zone.Value),
            (_, VisitOverstayed { Times: 1 } e) => before.Told(n, e, e.Visitor, e.Escort?.Value, e.Zone.Value),
            (_, EscortHandedOver e) => before.HandedOver(e).Told(n, e, e.Visitor, e.To.Value, e.Door?.Value ?? e.Zone.Value),
            (_, RoomOrderApplied { Order: VisitPassOrder order } e) => before.Told(n, e, order.Pass.Visitor.Id, null, order.Pass.BadgeNo),
            (_, RoomOrdered { Order: VisitorOverrideOrder order } e) => before.Told(n, e, null, e.By, order.Reason),
            _ => null,
        };
    }

    private static VisitDossier Recorded(VisitDossier? before, VisitRecorded e) => before is null
        ? new(e.Visit, 1, [.. e.Visit.Visitors.Select(VisitorFile.Of)], [], null, null, "", [])
        : before with
        {
            Visit = e.Visit,
            Version = before.Version + 1,
            Visitors = [.. e.Visit.Visitors.Select(visitor => before.FileOf(visitor.Id) is { } file ? file with { Visitor = visitor } : VisitorFile.Of(visitor))],
        };

    // An act at the desk: the version rises.
    private VisitDossier With(PersonId visitor, Func<VisitorFile, VisitorFile> change) => Seen(visitor, change) with { Version = Version + 1 };

    // Something the rooms saw: what the desk looked at still holds.
    private VisitDossier Seen(PersonId visitor, Func<VisitorFile, VisitorFile> change) =>
        this with { Visitors = [.. Visitors.Select(file => file.Visitor.Id == visitor ? change(file) : file)] };

    // One hand-over of a group is told for each visitor and is one line of the sheet.
    private VisitDossier HandedOver(EscortHandedOver e) => HandOvers.Any(over => over.To == e.To && over.From == e.From && over.At == e.OccurredAt)
        ? this
        : this with { HandOvers = HandOvers.Add(new(e.From, e.To, e.OccurredAt)) };

    private VisitDossier Told(long n, RecordedEvent item, PersonId? visitor, string? by, string text) => this with
    {
        Story = (Story.Length < LongestStory ? Story : Story.RemoveAt(1)).Add(new(n, item.OccurredAt, RecordKinds.Of(item), visitor, by, text)),
    };
}
