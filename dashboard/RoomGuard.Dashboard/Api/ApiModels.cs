using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Nodes;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Now;

// What goes over the wire of the API. These are its contract: members are added, never changed or taken away within v1. Days called "until" are the
// first no longer covered, as in the record.
namespace RoomGuard.Dashboard.Api;

/// <summary>Who the token is.</summary>
public sealed record ApiCaller(string Token, string Name, ImmutableArray<string> Scopes, DateOnly Until, string Account, string Person, string PersonName, ImmutableArray<Role> Roles);

/// <summary>A zone by its names.</summary>
public sealed record ApiZone(ZoneId Id, string Label, string LabelEn);

/// <summary>A door by its names.</summary>
public sealed record ApiDoorName(DoorId Id, ZoneId Zone, string Label, string LabelEn);

/// <summary>The site.</summary>
public sealed record ApiSite(string Id, string Organisation, string Name, bool IsTest, string TimeZone, ImmutableArray<ApiZone> Zones, ImmutableArray<ApiDoorName> Doors);

/// <summary>A door as last heard.</summary>
public sealed record ApiDoor(
    DoorId Door,
    ZoneId Zone,
    string Panel,
    [property: Description("False: the bridge is silent, and the rest is only what was last known.")] bool Fresh,
    [property: Description("Null: never heard.")] LeafState? Leaf,
    DateTimeOffset? HeardAt,
    bool LockedDown);

/// <summary>A bridge.</summary>
public sealed record ApiPanel(
    string Panel, bool Enrolled, bool Connected, DateTimeOffset? LastHeardAt, string? Version, long? ListVersion,
    [property: Description("Since when something published or ordered is not in force there; null: everything is.")] DateTimeOffset? PendingSince,
    int PendingSuspensions, bool JournalHealthy);

/// <summary>Something that needs a hand.</summary>
public sealed record ApiAttention(
    string Key, AttentionKind Kind, Urgency Urgency, DateTimeOffset Since, bool Standing, ZoneId? Zone, DoorId? Door, string? Device, string? Panel,
    [property: Description("Null: nobody, or not for this token's person to see.")] PersonId? Person, int? Count, long? Entry);

/// <summary>The room at one moment.</summary>
public sealed record ApiRoom(DateTimeOffset At, ImmutableArray<ApiDoor> Doors, ImmutableArray<ApiPanel> Panels, ImmutableArray<ApiAttention> Attention, long? PublishedList);

/// <summary>A reader.</summary>
public sealed record ApiReader(string Panel, string Reader, ReaderCondition Condition, [property: Description("False: its bridge is silent, and the state is unknown.")] bool Fresh);

/// <summary>The readers of all bridges.</summary>
public sealed record ApiReaders(ImmutableArray<ApiReader> Readers);

/// <summary>Somebody known inside.</summary>
public sealed record ApiInside(PersonId Person, string Name, string Kana, PersonCategory? Category, string Section, DateTimeOffset Since, DoorId Door, bool Doubtful);

/// <summary>A zone and who is known inside.</summary>
public sealed record ApiZonePresence(
    ZoneId Zone,
    [property: Description("How many are known inside, those among them whose names this token's person may not see.")] int Count,
    ImmutableArray<ApiInside> People, DateTimeOffset? VacantSince, DateTimeOffset? HeardAt, bool Fresh);

/// <summary>Who is inside.</summary>
public sealed record ApiPresence(ImmutableArray<ApiZonePresence> Zones);

/// <summary>A row of the entry register.</summary>
public sealed record ApiEntry(
    long N, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, ZoneId Zone, DoorId Door, RegisterDirection? Direction, RegisterResult Result, DenyReason? Reason,
    PersonId? Person, string? Name, string? Kana, PersonCategory? Category, string? Section, ImmutableArray<EntryMethod> Methods, GrantId? Grant,
    DateTimeOffset? ExitedAt, long? StaySeconds, bool? Opened, RegisterSource Source);

/// <summary>A page of the entry register, newest first.</summary>
public sealed record ApiEntries(
    ImmutableArray<ApiEntry> Entries,
    [property: Description("Give it as \"older\" for the next older rows; null: there are none.")] string? Older,
    [property: Description("Give it as \"newer\" for rows that came since; null: nothing was found at all.")] string? Newer);

/// <summary>One entry of the record with its place in the chain.</summary>
public sealed record ApiRecord(
    long N, DateTimeOffset ReceivedAt, [property: Description("The event in its recorded form.")] JsonObject Event, ApiEntry? Row,
    string? Previous, string Own, string Commitment, [property: Description("Recomputed now and equal; null: could not be checked.")] bool? Checked);

/// <summary>A person.</summary>
public sealed record ApiPerson(PersonId Id, string Name, string Kana, PersonCategory Category, string Section, DateOnly? ValidFrom, DateOnly? ValidUntil, bool Suspended);

/// <summary>People in kana order. What this token's person may not see is left out, so a page may be shorter than asked.</summary>
public sealed record ApiPeople(ImmutableArray<ApiPerson> People, string? Next);

/// <summary>A card. Its number is nowhere.</summary>
public sealed record ApiCard(CredentialId Id, PersonId Person, CredentialState State, DateOnly? ValidFrom, DateOnly? ValidUntil, bool HasPin, DateTimeOffset? LastUsedAt);

/// <summary>Cards.</summary>
public sealed record ApiCards(ImmutableArray<ApiCard> Cards, string? Next);

/// <summary>An entry grant.</summary>
public sealed record ApiGrant(GrantId Id, PersonId Person, ImmutableArray<ZoneId> Zones, WeekDays Days, Hours Hours, DateOnly ValidFrom, DateOnly ValidUntil, bool Suspended);

/// <summary>Entry grants.</summary>
public sealed record ApiGrants(ImmutableArray<ApiGrant> Grants, string? Next);

/// <summary>A person as other lists name them.</summary>
public sealed record ApiNamed(PersonId Id, string Name, string Section);

/// <summary>Who shall take the next step of a case.</summary>
/// <param name="Person">Null: nobody holds the role.</param>
public sealed record ApiHand(ApiNamed? Person, Role As, string Because, string Rule);

/// <summary>A case.</summary>
public sealed record ApiCase(
    CaseId Id, CaseState State,
    [property: Description("Rises with everything that happens to the case; an act names the version it was decided on.")] int Version,
    CaseMatter Matter, string Reason, ApiNamed Applicant, ApiNamed? Subject, DateTimeOffset AppliedAt, DateTimeOffset? Due, ImmutableArray<ApiHand> Next);

/// <summary>Cases.</summary>
public sealed record ApiCases(ImmutableArray<ApiCase> Cases, string? Next);

/// <summary>A step of a case's history.</summary>
public sealed record ApiHappening(DateTimeOffset At, CaseHappeningKind Kind, ApiNamed? By, Role? As, string Text, long Entry);

/// <summary>What this token's person may do with a case now.</summary>
public sealed record ApiMoves(bool Decide, bool Withdraw, bool Resubmit, bool CarryOut, bool Confirm);

/// <summary>A case with its history.</summary>
public sealed record ApiCaseFile(ApiCase Case, ImmutableArray<ApiHappening> History, ApiMoves May, string Conditions, ImmutableArray<string> Outcome);

/// <summary>A role somebody holds.</summary>
public sealed record ApiRole(string Id, ApiNamed Holder, Role Role, string Section, ImmutableArray<ZoneId> Zones, DateOnly From, DateOnly? Until, PersonId? DeputyFor, bool Ended);

/// <summary>A role nobody holds.</summary>
public sealed record ApiVacancy(Role Role, string Section, ZoneId? Zone, string Rule);

/// <summary>Who is responsible for what.</summary>
public sealed record ApiRoles(ImmutableArray<ApiRole> Roles, ImmutableArray<ApiVacancy> Vacancies);

/// <summary>A lockdown.</summary>
public sealed record ApiLockdown(
    string Id, ImmutableArray<ZoneId> Zones, ImmutableArray<PersonId> Except, string OrderedBy, string Basis, DateTimeOffset From, DateTimeOffset? Until, bool Ended,
    [property: Description("Bridges at which it is not in force yet.")] ImmutableArray<string> PendingAt);

/// <summary>Lockdowns in force, or not yet lifted everywhere.</summary>
public sealed record ApiLockdowns(ImmutableArray<ApiLockdown> Lockdowns);

/// <summary>What an act made or changed.</summary>
public sealed record ApiDone([property: Description("Number of what was made or changed.")] string? Id);

/// <summary>To register or change a person.</summary>
public sealed record ApiPersonForm(
    string Name, string Kana, PersonCategory Category, string Section, DateOnly? ValidFrom,
    [property: Description("First day on which the person may no longer enter; null: no end known.")] DateOnly? ValidUntil);

/// <summary>To register a person.</summary>
public sealed record ApiNewPerson(PersonId Id, string Name, string Kana, PersonCategory Category, string Section, DateOnly? ValidFrom, DateOnly? ValidUntil);

/// <summary>An act that asks for a reason and no more.</summary>
public sealed record ApiReason(string Reason);

/// <summary>To issue a card.</summary>
public sealed record ApiNewCard(
    PersonId Person, [property: Description("A format this site registers by number, e.g. H10301.")] string Format, long? Facility, long Number, DateOnly? ValidFrom, DateOnly? ValidUntil)
{
    /// <summary>Never shows the number (R-DOOR-10).</summary>
    public override string ToString() => $"ApiNewCard {{ Person = {Person}, Format = {Format} }}";
}

/// <summary>An application.</summary>
public sealed record ApiApplication(CaseMatter Matter, string Reason);

/// <summary>A case that was sent back, changed.</summary>
public sealed record ApiAgain(int Version, CaseMatter Matter, string Reason);

/// <summary>A step of the applicant.</summary>
public sealed record ApiWithdrawal(int Version, string Reason);

/// <summary>A decision.</summary>
public sealed record ApiDecision(int Version, CaseVerdict Verdict, string Reason, [property: Description("Needed with AllowWithConditions, else empty.")] string Conditions);

/// <summary>What was done or looked at.</summary>
public sealed record ApiNote(int Version, string Note);

/// <summary>To begin a lockdown.</summary>
public sealed record ApiNewLockdown(
    ImmutableArray<ZoneId> Zones, ImmutableArray<PersonId> Except, [property: Description("By what right; only the chief information officer by their own (R-DOOR-14).")] LockdownMandate Mandate, [property: Description("On which ground (R-DOOR-14).")] string Basis,
    [property: Description("Null: until it is lifted.")] DateTimeOffset? Until);

/// <summary>One thing wrong with a request.</summary>
public sealed record ApiFieldProblem(
    [property: Description("Member of the body or parameter; empty: the whole.")] string Field,
    [property: Description("A name that stays the same, e.g. Required.")] string Fault,
    string? Value,
    [property: Description("What is wrong and what to do, in the language asked for.")] string Text);

/// <summary>Who may instead, with a refusal for want of authority.</summary>
public sealed record ApiRefusal(string Because, string Rule, ImmutableArray<Role> Roles);

/// <summary>What went wrong (RFC 9457, application/problem+json).</summary>
public sealed record ApiProblem(
    [property: Description("urn:roomguard:problem:… names the kind for good.")] string Type, string Title, int Status, string Detail,
    ImmutableArray<ApiFieldProblem> Problems, ApiRefusal? Refusal);
