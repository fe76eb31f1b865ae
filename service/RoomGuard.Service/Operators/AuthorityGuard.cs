using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Operators;

/// <summary>
/// Stands in every desk before an act: asks the table of authority, writes a refusal down (R-SIGN-01: refuse, record), and says who may instead.
/// </summary>
public sealed class AuthorityGuard(ServiceRecord record, TimeProvider time) : IRefusalNotes
{
    private const int MostNamed = 10;

    /// <summary>Whether somebody may take a part in an act of the matrix; null: yes.</summary>
    /// <param name="rule">The requirement to name.</param>
    /// <param name="about">What it is about, by id, for the record; empty: nothing in particular.</param>
    public Task<Refusal?> Objection(Actor by, Act act, Part part, ActSubject subject, string rule, string about, CancellationToken stop) =>
        Objection(by, Authority.May(by, act, part, subject), $"{act}/{part}", rule, about, stop);

    /// <summary>Whether somebody may do what the second table names; null: yes.</summary>
    public Task<Refusal?> Objection(Actor by, PageAct act, ActSubject subject, string rule, string about, CancellationToken stop) =>
        Objection(by, Authority.May(by, act, subject), $"{act}", rule, about, stop);

    /// <inheritdoc/>
    public async Task<Refusal> Note(Actor by, AuthorityAnswer answer, string operation, string path, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return await Objection(by, answer, operation, "R-SIGN-01", path, stop) ?? record.Readers.AskNow(db => Of(db, answer, "R-SIGN-01"), stop);
    }

    /// <summary>Records a refusal that was already worked out; null: there is none.</summary>
    public async Task<Refusal?> Objection(Actor by, AuthorityAnswer answer, string operation, string rule, string about, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Refusal is not { } why)
        {
            return null;
        }

        _ = await record.AppendAsync(new ActRefused(time.GetUtcNow(), operation, about, why, by.Id), stop);
        return record.Readers.AskNow(db => Of(db, answer, rule), stop);
    }

    /// <summary>A refusal as pages show it, with the people who may. Records nothing: for what is only offered or not.</summary>
    public Refusal Of(Statements db, AuthorityAnswer answer, string rule)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var people = answer.Roles.SelectMany(role => OperatorsView.HoldersOf(db, role, Today())).Select(holding => holding.Person).Distinct().Take(MostNamed);
        return new(AuthorityText.Of(answer.Refusal ?? AuthorityRefusal.NoRole), rule, answer.Roles, [.. people.Select(person => Named(db, person)).OfType<NamedPerson>()]);
    }

    /// <summary>A person as pages name them; null: unknown.</summary>
    public static NamedPerson? Named(Statements db, PersonId person)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT person, name, kana, section FROM view_people WHERE person = $1", person.Value);
        return row.Read() ? new(new(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3)) : null;
    }

    /// <summary>A person, whether known or not: an unknown one is named by the id.</summary>
    public static NamedPerson NamedOrId(Statements db, PersonId person) => Named(db, person) ?? new(person, person.Value, "", "");

    /// <summary>All roles in force today.</summary>
    public ImmutableArray<RoleHolding> Holders(Statements db) => OperatorsView.HoldersOn(db, Today());

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
