using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Work;

/// <summary>Where a work stands.</summary>
public enum WorkStatus
{
    /// <summary>予定: allowed, not begun.</summary>
    Planned,

    /// <summary>作業中.</summary>
    Open,

    /// <summary>確認待ち.</summary>
    Ended,

    /// <summary>確認済.</summary>
    Confirmed,

    /// <summary>実施なし: its time went by and nobody began.</summary>
    NotDone,
}

/// <summary>One line of a work's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Person">Whom it is about; null: nobody in particular.</param>
public sealed record WorkLine(long N, DateTimeOffset At, string Kind, PersonId? Person, string? By, string Text);

/// <summary>A part that was swapped, with the entry that says so (R-MOVE-09).</summary>
/// <param name="Out">Null: nothing came out.</param>
/// <param name="In">Null: nothing went in.</param>
/// <param name="RemovedAs">A storage that came out is this item from then on; null: no storage did.</param>
public sealed record WorkPart(long N, DateTimeOffset At, AssetTag Item, AssetPart? Out, AssetPart? In, AssetTag? RemovedAs);

/// <summary>A work as its entries and the doors make it. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Rises with every act; who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="Stays">Stays of its people in the zone that touch the work, as the doors saw them.</param>
/// <param name="FewSince">Since when fewer than two of its people are inside; null: two are, or it is not under way.</param>
/// <param name="NobodySince">Since when none of them is.</param>
/// <param name="AloneSince">Since when 単独作業 stands; null: it does not.</param>
/// <param name="RemindedAt">Last reminder; null: none.</param>
/// <param name="Parts">Parts swapped so far (R-MOVE-09).</param>
/// <param name="Notes">作業前後の記録, in their order.</param>
public sealed record WorkDossier(
    WorkOrder Work,
    int Version,
    DateTimeOffset? StartedAt,
    ImmutableArray<WorkStay> Stays,
    DateTimeOffset? EndedAt,
    WorkOutcome? Outcome,
    PersonId? EndedBy,
    DateTimeOffset? CheckedAt,
    PersonId? CheckedBy,
    string CheckNote,
    DateTimeOffset? FewSince,
    DateTimeOffset? NobodySince,
    DateTimeOffset? AloneSince,
    DateTimeOffset? RemindedAt,
    int Reminded,
    ImmutableArray<WorkPart> Parts,
    ImmutableArray<WorkNote> Notes,
    ImmutableArray<WorkLine> Story)
{
    private const int LongestStory = 400;

    /// <summary>Most files of one work †.</summary>
    public const int MostFiles = 10;

    /// <summary>Most notes of one work †.</summary>
    public const int MostNotes = 20;

    /// <summary>How many files its notes name.</summary>
    [JsonIgnore]
    public int FileCount => Notes.Sum(note => note.Files.Length);

    /// <summary>Begun and not ended.</summary>
    [JsonIgnore]
    public bool Open => StartedAt is not null && EndedAt is null;

    /// <summary>Whether what the doors see still belongs to it: what a bridge tells late counts until somebody has confirmed.</summary>
    [JsonIgnore]
    public bool Listens => StartedAt is not null && CheckedAt is null;

    /// <summary>単独作業 stands (R-WORK-06).</summary>
    [JsonIgnore]
    public bool AloneRaised => AloneSince is not null;

    /// <summary>Who of its people is inside.</summary>
    [JsonIgnore]
    public int Present => Stays.Where(stay => stay.Until is null).Select(stay => stay.Person).Distinct().Count();

    /// <summary>What stands against its confirmation as done (R-WORK-02); null: nothing, or it is not ended.</summary>
    [JsonIgnore]
    public WorkRefusal? Unproven => StartedAt is { } from && EndedAt is { } until ? WorkRules.AgainstCompletion(Work, Stays, from, until) : null;

    /// <summary>在室の証明: the entries that show each person's stays.</summary>
    public ImmutableArray<long> ProofOf(PersonId person) => [.. Stays.Where(stay => stay.Person == person).SelectMany(stay => stay.Left is { } left ? new[] { stay.Entered, left } : [stay.Entered]).Distinct().Order()];

    /// <summary>Where it stands at a moment.</summary>
    public WorkStatus StatusAt(DateTimeOffset now) =>
        CheckedAt is not null ? WorkStatus.Confirmed
        : EndedAt is not null ? WorkStatus.Ended
        : StartedAt is not null ? WorkStatus.Open
        : now < Work.Plan.Until ? WorkStatus.Planned
        : WorkStatus.NotDone;

    /// <summary>When its last performer left, where all of them have gone; null: one is still inside, or none ever was.</summary>
    [JsonIgnore]
    public DateTimeOffset? PerformersGoneAt
    {
        get
        {
            var theirs = Stays.Where(stay => Work.Plan.Performers.Contains(stay.Person)).ToList();
            return theirs.Count == 0 || theirs.Any(stay => stay.Until is null) ? null : theirs.Max(stay => stay.Until);
        }
    }

    /// <summary>What time alone makes due, at most one entry; asked again after it is written (R-WORK-01, R-WORK-06).</summary>
    public RecordedEvent? Due(DateTimeOffset now) =>
        AloneSince is { } alone && (!Open || FewSince is null) ? new WorkAccompanied(now, Work.Id, Work.Plan.Zone, (long)(now - alone).TotalMilliseconds)
        : Open && Work.NeedsTwo && !AloneRaised && FewSince is { } since && now - since >= WorkRules.AloneAfter ? new WorkAlone(now, Work.Id, Work.Plan.Zone, Present, since)
        : Open && NobodySince is { } gone && now - gone >= WorkRules.RemindAfter && (RemindedAt is not { } last || now - last >= WorkRules.RemindEvery)
            ? new WorkReminded(now, Work.Id, Work.Plan.Zone, Work.Plan.Performers, Reminded + 1)
        : null;

    /// <summary>The work an entry belongs to; null: none, or only by what the doors saw.</summary>
    public static WorkId? WorkOf(RecordedEvent? item) => item switch
    {
        WorkPermitted e => e.Work.Id,
        WorkStarted e => e.Work,
        PartChanged e => e.Work,
        WorkEnded e => e.Work,
        WorkNoted e => e.Work,
        WorkChecked e => e.Work,
        WorkAlone e => e.Work,
        WorkAccompanied e => e.Work,
        WorkReminded e => e.Work,
        WorkRefused e => e.Work,
        _ => null,
    };

    /// <summary>The dossier after one more entry; null: the entry does not concern it.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static WorkDossier? After(WorkDossier? before, RecordedEvent item, long n)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (before, item) switch
        {
            (null, WorkPermitted e) => new WorkDossier(e.Work, 1, null, [], null, null, null, null, null, "", null, null, null, null, 0, [], [], []).Told(n, e, null, e.By, e.Work.Conditions),
            (null, _) => null,
            (_, WorkStarted e) => (before with { StartedAt = e.OccurredAt, Stays = e.Inside, Version = before.Version + 1 }).Counted(e.OccurredAt).Told(n, e, null, e.By, ""),
            (_, PartChanged e) => (before with { Parts = before.Parts.Add(new(n, e.OccurredAt, e.Item, e.Out, e.In, e.RemovedAs)), Version = before.Version + 1 }).Told(n, e, null, e.By, $"{e.Item} {e.Out?.Serial ?? "―"} → {e.In?.Serial ?? "―"}"),
            (_, WorkEnded e) => (before with { EndedAt = e.EndedAt, Outcome = e.Outcome, EndedBy = new(e.By), Version = before.Version + 1 }).Counted(e.OccurredAt).Told(n, e, null, e.By, e.Outcome.Note),
            (_, WorkNoted e) => (before with { Notes = before.Notes.Add(new(n, e.OccurredAt, e.Side, e.Text, e.Files, new(e.By))), Version = before.Version + 1 }).Told(n, e, null, e.By, e.Text),
            (_, WorkChecked e) => (before with { CheckedAt = e.OccurredAt, CheckedBy = new(e.By), CheckNote = e.Note, Version = before.Version + 1 }).Told(n, e, null, e.By, e.Note),
            (_, WorkAlone e) => (before with { AloneSince = e.Since }).Told(n, e, null, null, ""),
            (_, WorkAccompanied e) => (before with { AloneSince = null }).Told(n, e, null, null, ""),
            (_, WorkReminded e) => (before with { RemindedAt = e.OccurredAt, Reminded = e.Times }).Told(n, e, null, null, ""),
            (_, WorkRefused e) => before.Told(n, e, e.Person, e.By, WorkRefusalText.Of(e.Reason).Requirement),

            // What a person says of presence proves nothing about work; that somebody is said to have gone counts.
            (_, PersonEntered { Evidence: not PresenceEvidence.Manual } e) when before.Hears(e.Zone.Value, e.Person) && before.Stays.All(stay => stay.Person != e.Person || stay.Until is not null) =>
                (before with { Stays = before.Stays.Add(new(e.Person, n, e.OccurredAt, null, null)) }).Counted(e.OccurredAt).Told(n, e, e.Person, null, ""),
            (_, PersonLeft e) when before.Hears(e.Zone.Value, e.Person) && before.Stays.Any(stay => stay.Person == e.Person && stay.Until is null) =>
                (before with { Stays = [.. before.Stays.Select(stay => stay.Person == e.Person && stay.Until is null ? stay with { Left = n, Until = e.OccurredAt } : stay)] }).Counted(e.OccurredAt).Told(n, e, e.Person, null, ""),
            _ => null,
        };
    }

    private bool Hears(string zone, PersonId person) => Listens && Work.Plan.Zone.Value == zone && Work.Plan.People.Contains(person);

    private WorkDossier Counted(DateTimeOffset at)
    {
        var present = Present;
        return this with
        {
            FewSince = Open && present < 2 ? FewSince ?? at : null,
            NobodySince = Open && present == 0 ? NobodySince ?? at : null,
        };
    }

    private WorkDossier Told(long n, RecordedEvent item, PersonId? person, string? by, string text) => this with
    {
        Story = (Story.Length < LongestStory ? Story : Story.RemoveAt(1)).Add(new(n, item.OccurredAt, RecordKinds.Of(item), person, by, text)),
    };
}
