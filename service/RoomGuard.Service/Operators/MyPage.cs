using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Me;
using RoomGuard.Service.Cases;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Operators;

/// <summary>自分のページ: one's own entries, grants and cards, and the acts that need nobody's leave.</summary>
public sealed class MyPage(ServiceRecord record, ISiteSettings site, IEntryRegisters registers, ICaseDesk cases, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IMyPage
{
    private const int LastEntries = 20;

    /// <inheritdoc/>
    public async Task<MyFile> Mine(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var entries = await registers.SeenBy(RegisterScope.Nothing with { People = [by.Person] }).Page(RegisterFilter.None with { Person = by.Person }, new RegisterPlace.Newest(), LastEntries, gone);
        return await record.Readers.Ask(db => File(db, by, entries.Rows), gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> ReportLost(CredentialId card, Actor by, CancellationToken stop) => OwnsCard(card, by)
        ? cases.Apply(new LostCredentialMatter(card, "", WantsNew: true), "", by, stop)
        : Task.FromResult(ActResult.Refused("card", FieldFault.Unknown, card.Value));

    /// <inheritdoc/>
    public Task<ActResult> GiveUp(GrantId grant, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            // Somebody else's grant is as unknown here as one that never was.
            if (record.Readers.AskNow(db => CaseOutcome.GrantOf(db, grant)) is not { } held || held.Person != by.Person)
            {
                return ActResult.Refused("id", FieldFault.Unknown, grant.Value);
            }

            if (await guard.Objection(by, PageAct.GiveUpGrant, ActSubject.Of(by.Person, by.Section), "R-ID-04", grant.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            _ = await record.AppendAsync(new GrantEnded(time.GetUtcNow(), grant, by.Person, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(grant.Value);
        },
        stop);

    private bool OwnsCard(CredentialId card, Actor by) => record.Readers.AskNow(db => CaseOutcome.CardOf(db, card))?.Person == by.Person;

    private MyFile File(Statements db, Actor by, ImmutableArray<RegisterRow> entries)
    {
        var suspended = false;
        var person = new Person(by.Person, by.Name, "", by.Category, by.Section, null, null);
        using (var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until, suspended FROM view_people WHERE person = $1", by.Person.Value))
        {
            if (row.Read())
            {
                (person, suspended) = (PeopleView.PersonFrom(row, 0), row.GetInt64(7) != 0);
            }
        }

        var cards = ImmutableArray.CreateBuilder<MyCard>();
        using (var row = db.Rows(
            """
            SELECT c.card, c.person, c.digest, c.state, c.valid_from, c.valid_until, c.has_pin, u.last_used
            FROM view_cards c LEFT JOIN view_card_uses u ON u.digest = c.digest WHERE c.person = $1 ORDER BY c.state, c.card
            """,
            by.Person.Value))
        {
            while (row.Read())
            {
                var card = PeopleView.CardFrom(row, 0);
                cards.Add(new(card.Id, card.State, card.ValidUntil, row.GetInt64(6) != 0, row.TimeOrNull(7)));
            }
        }

        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime;
        var opens = !suspended && cards.Any(card => card.State == CredentialState.Active && (card.ValidUntil is not { } until || DateOnly.FromDateTime(local) < until));
        var grants = ImmutableArray.CreateBuilder<MyGrant>();
        using (var row = db.Rows(
            "SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE person = $1 AND ended IS NULL AND valid_until > $2 ORDER BY id",
            by.Person.Value,
            RowReading.Iso(DateOnly.FromDateTime(local))))
        {
            while (row.Read())
            {
                grants.Add(Grant(PeopleView.GrantFrom(row, 0), local, opens));
            }
        }

        return new(person, suspended, cards.DrainToImmutable(), grants.DrainToImmutable(), entries);
    }

    private MyGrant Grant(EntryGrant grant, DateTime local, bool opens)
    {
        ImmutableArray<DoorId> doors = [.. site.Now.Doors.Where(door => grant.Zones.Any(zone => zone.Value == door.Zone)).Select(door => new DoorId(door.Id))];
        var now = opens && InForce(grant, local);
        return new(grant, doors, now, now || !opens ? null : NextFrom(grant, local));
    }

    // A grant opens anew only where a day or its hours begin; within a week of the later of today and its first day, or never.
    private DateTimeOffset? NextFrom(EntryGrant grant, DateTime local)
    {
        var today = DateOnly.FromDateTime(local);
        var first = grant.ValidFrom > today ? grant.ValidFrom : today;
        return Enumerable.Range(0, 8)
            .SelectMany(days => new[] { first.AddDays(days).ToDateTime(TimeOnly.MinValue), first.AddDays(days).ToDateTime(grant.Hours.From) })
            .Where(start => start > local && InForce(grant, start))
            .Select(start => (DateTimeOffset?)new DateTimeOffset(start, record.TimeZone.GetUtcOffset(start)))
            .FirstOrDefault();
    }

    private static bool InForce(EntryGrant grant, DateTime local) => grant.Zones.Any(zone => Core.Doors.Rules.GrantChoice.Among([grant], zone, local).Objection is null);
}
