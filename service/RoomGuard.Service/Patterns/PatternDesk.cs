using System.Text.Json;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Patterns;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;

namespace RoomGuard.Service.Patterns;

/// <summary>気になる動き and signs of lending, for those who answer for the people concerned (R-MON-05, R-ID-07). It orders nothing.</summary>
public sealed class PatternDesk(ServiceRecord record, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPatternDesk
{
    private const int MostOpen = 300;
    private const int MostSettled = 100;
    private const int MostEvidence = 64;
    private const int MostBefore = 30;

    /// <inheritdoc/>
    public Task<PatternLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new PatternLook(
            [.. Lines(db, "WHERE verdict IS NULL ORDER BY at DESC, n DESC LIMIT 2000").Where(line => Sees(by, line)).Take(MostOpen)],
            [.. Lines(db, "WHERE verdict IS NOT NULL ORDER BY at DESC, n DESC LIMIT 1000").Where(line => Sees(by, line)).Take(MostSettled)]),
        gone);

    /// <inheritdoc/>
    public Task<PatternFile?> Notice(long n, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (One(db, n) is not { } line || !Sees(by, line))
            {
                return null;
            }

            var before = Lines(db, "WHERE subject = $1 AND n < $2 ORDER BY at DESC, n DESC LIMIT 30", SubjectOf(line.Event), n).Take(MostBefore);
            var about = (line.Event as PatternNoticed)?.About;
            return new PatternFile(
                line,
                [.. line.EventIds.Where(id => id >= 0 && id < record.Size).Distinct().Order().Take(MostEvidence).Select(id => Evidence(db, id)).OfType<RecordLine>()],
                [.. before],
                about is { } subject ? AuthorityGuard.NamedOrId(db, subject) : null,
                line.Verdict is null && May(by, line).Allowed);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Review(long n, PatternVerdict verdict, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("note", note, FieldRules.LongestReason), .. Enum.IsDefined(verdict) ? Array.Empty<FieldProblem>() : [new("verdict", FieldFault.NotAChoice)]],
        async () =>
        {
            if (record.Readers.AskNow(db => One(db, n)) is not { } line || !Sees(by, line))
            {
                return ActResult.Refused("n", FieldFault.Unknown);
            }

            if (await guard.Objection(by, May(by, line), nameof(PageAct.ReviewPatterns), "R-MON-05", $"{n}", stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.Verdict is not null)
            {
                return ActResult.Refused("verdict", FieldFault.ChangedMeanwhile);
            }

            _ = await record.AppendAsync(new PatternReviewed(time.GetUtcNow(), n, SubjectOf(line.Event), line.Person?.Id, verdict, FieldRules.Clean(note), by.Id), stop);
            return ActResult.Done($"{n}");
        },
        stop);

    private static string SubjectOf(RecordedEvent item) => item switch
    {
        PatternNoticed notice => PatternSubject.Of(notice),
        LendingSuspected sign => PatternSubject.Of(sign),
        _ => throw new System.Diagnostics.UnreachableException(item.GetType().Name),
    };

    // Pair 9: what concerns oneself is told one level up.
    private static AuthorityAnswer May(Actor by, PatternLine line)
    {
        var answer = Authority.May(by, PageAct.ReviewPatterns, About(line));
        return answer.Allowed && line.Person is { } person && SeparationOfDuties.Broken(DutyPair.SubjectAndReceiver, person.Id, by.Person)
            ? answer with { Refusal = AuthorityRefusal.SamePerson }
            : answer;
    }

    private static bool Sees(Actor by, PatternLine line) => DeskGate.Open(by, PageAct.SeePatterns, About(line));

    private static ActSubject About(PatternLine line) => line.Person is { } person ? ActSubject.Of(person.Id, person.Section) : ActSubject.None;

    private static PatternLine? One(Statements db, long n) => Lines(db, "WHERE n = $1", n).FirstOrDefault();

    private static List<PatternLine> Lines(Statements db, string which, params object?[] values)
    {
        var found = new List<PatternLine>();
        using var row = db.Rows($"SELECT n, lending, json, person, last_month, verdict, note, reviewed, reviewed_by FROM view_patterns {which}", values);
        while (row.Read())
        {
            RecordedEvent told = row.GetInt64(1) != 0
                ? JsonSerializer.Deserialize(row.GetString(2), RecordJson.Plain.LendingSuspected)!
                : JsonSerializer.Deserialize(row.GetString(2), RecordJson.Plain.PatternNoticed)!;
            found.Add(new(
                row.GetInt64(0),
                told,
                row.TextOrNull(3) is { } person ? AuthorityGuard.NamedOrId(db, new(person)) : null,
                (int)row.GetInt64(4),
                row.NumberOrNull(5) is { } verdict ? (PatternVerdict)verdict : null,
                row.TextOrNull(6),
                row.TextOrNull(8) is { } reviewer ? AuthorityGuard.NamedOrId(db, new(reviewer)) : null,
                row.TimeOrNull(7)));
        }

        return found;
    }

    private RecordLine? Evidence(Statements db, long n) =>
        record.Read(n, 1) is [var entry] && entry.N == n && RecordViews.ItemOf(entry).Event is { } item
            ? new(n, item, EventPeople.Of(item).Select(person => AuthorityGuard.Named(db, person)?.Name).FirstOrDefault(name => name is not null))
            : null;
}
