using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Visits;

/// <summary>
/// 訪問 at the office: who comes, the whole story of a visit, the sheet, who is not received, and the badge series. What a person may not see is not there
/// for them; applications go by the common case desk (R-VIS-01).
/// </summary>
public interface IVisitDesk
{
    /// <summary>Visits this person may see, in order of their beginning.</summary>
    Task<VisitsPageData> Visits(VisitQuery query, Actor by, CancellationToken gone);

    /// <summary>One visit; null: unknown, or not for this person.</summary>
    Task<VisitView?> Visit(VisitId id, Actor by, CancellationToken gone);

    /// <summary>訪問者記録 of local days, all columns; recorded as an export.</summary>
    Task<ImmutableArray<VisitView>> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone);

    /// <summary>Other end or other escorts, by the zones' SYS; badges that are out follow at once.</summary>
    Task<ActResult> Change(VisitId id, int version, VisitChange change, Actor by, CancellationToken stop);

    /// <summary>取消し before anybody has come.</summary>
    Task<ActResult> Cancel(VisitId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>事前登録 keyed in by whoever invited.</summary>
    Task<ActResult> PreRegister(PersonId visitor, PreRegistration form, Actor by, CancellationToken stop);

    /// <summary>What an invitation opens, without sign-in: null when it is false, used, called off or over.</summary>
    Task<InvitedVisitor?> Invited(string invitation, CancellationToken gone);

    /// <summary>事前登録 by the visitor, who holds the invitation.</summary>
    Task<ActResult> PreRegister(string invitation, PreRegistration form, CancellationToken stop);

    /// <summary>受付停止; null: not for this person.</summary>
    Task<ImmutableArray<VisitorBar>?> Bars(Actor by, CancellationToken gone);

    /// <summary>Registers a 受付停止. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Bar(VisitorBar form, Actor by, CancellationToken stop);

    /// <summary>Lifts a 受付停止 before its end.</summary>
    Task<ActResult> Lift(string bar, string reason, Actor by, CancellationToken stop);

    /// <summary>来訪者証の一覧; null: not for this person.</summary>
    Task<BadgeBoard?> Badges(Actor by, CancellationToken gone);

    /// <summary>Registers badges of a series, each with its card.</summary>
    Task<ActResult> Register(BadgeForm form, Actor by, CancellationToken stop);

    /// <summary>廃止 of a badge that is not out.</summary>
    Task<ActResult> Retire(CredentialId badge, string reason, Actor by, CancellationToken stop);
}

/// <summary>Which visits are wanted.</summary>
/// <param name="Words">Parts of number, name, firm or purpose; empty: by time.</param>
/// <param name="Day">First local day; null: today.</param>
/// <param name="Days">How many.</param>
public sealed record VisitQuery(string Words, DateOnly? Day, int Days);

/// <summary>Visits of a list.</summary>
/// <param name="Everything">False: only those this person applied for or escorts.</param>
public sealed record VisitsPageData(ImmutableArray<VisitView> Visits, DateOnly From, int Days, bool Everything, bool MayBar, bool MayKeepBadges);

/// <summary>A visit with the people it names and what the asking person may do.</summary>
/// <param name="People">Name of everybody an id in it stands for.</param>
/// <param name="Overstay">Beyond the end so far, per visitor id; only those above zero (R-VIS-09).</param>
/// <param name="Earlier">Earlier visits of the same people.</param>
/// <param name="Invitations">QR text per visitor id; empty: not for this person, or no longer of use.</param>
public sealed record VisitView(
    VisitDossier File,
    ImmutableDictionary<PersonId, NamedPerson> People,
    ImmutableDictionary<PersonId, TimeSpan> Overstay,
    ImmutableArray<VisitDossier> Earlier,
    ImmutableDictionary<PersonId, string> Invitations,
    bool MayChange,
    bool MayCancel)
{
    /// <summary>A person's name; a dash for nobody.</summary>
    public string NameOf(PersonId? id) => id is { } person ? NameOf(person) : "―";

    /// <summary>A person's name; the id where there is none.</summary>
    public string NameOf(PersonId id) => People.TryGetValue(id, out var person) ? person.Name : id.Value;
}

/// <summary>What changes.</summary>
public sealed record VisitChange(DateTimeOffset Until, ImmutableArray<PersonId> Escorts, string Reason);

/// <summary>What a visitor says beforehand.</summary>
public sealed record PreRegistration(string Kana, ImmutableArray<DeclaredItem> Items);

/// <summary>A visitor as an invitation opens them: nothing but what the visitor knows already.</summary>
public sealed record InvitedVisitor(VisitDossier File, VisitorFile Visitor);

/// <summary>来訪者証の一覧.</summary>
/// <param name="Worn">Who wears which, by badge.</param>
public sealed record BadgeBoard(ImmutableArray<VisitorBadge> Badges, ImmutableDictionary<CredentialId, WornBadge> Worn, bool MayKeep, ImmutableArray<string> Formats);

/// <summary>A badge that is out.</summary>
public sealed record WornBadge(VisitId Visit, Visitor Visitor, string Organisation, DateTimeOffset Since, DateTimeOffset Until, bool Dead);

/// <summary>Badges to register: a run of numbers on a run of cards.</summary>
/// <param name="First">First number of the series, 1 to 999.</param>
/// <param name="Cards">How many.</param>
/// <param name="Facility">Null where the format has none.</param>
/// <param name="FirstCard">Number printed on the first card; the others follow.</param>
public sealed record BadgeForm(BadgeColour Colour, int First, int Cards, string Format, long? Facility, long FirstCard);
