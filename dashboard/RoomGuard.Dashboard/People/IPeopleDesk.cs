using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.People;

/// <summary>人・カード・入室許可: the lists and what may be done with them. Every act is checked again here and is one entry of the record.</summary>
public interface IPeopleDesk
{
    /// <summary>Card formats this site can register by number.</summary>
    ImmutableArray<CardFormatChoice> CardFormats { get; }

    /// <summary>People in kana order.</summary>
    Task<PeoplePage> People(PeopleQuery query, CancellationToken gone);

    /// <summary>One person with everything that belongs to them; null: unknown.</summary>
    Task<PersonFile?> Person(PersonId id, CancellationToken gone);

    /// <summary>Cards, in the order of their ids.</summary>
    Task<CardsPage> Cards(CardQuery query, CancellationToken gone);

    /// <summary>Grants, in the order of their ids, newest first.</summary>
    Task<GrantsPage> Grants(GrantQuery query, CancellationToken gone);

    /// <summary>Registers a person.</summary>
    Task<ActResult> AddPerson(PersonForm form, Actor by, CancellationToken stop);

    /// <summary>Changes a person; <see cref="PersonForm.Id"/> says whom. Ending somebody is a <see cref="PersonForm.ValidUntil"/>.</summary>
    Task<ActResult> ChangePerson(PersonForm form, Actor by, CancellationToken stop);

    /// <summary>停止 of everything a person holds, or its end (R-ID-10).</summary>
    Task<ActResult> SuspendPerson(PersonId person, bool lifted, string reason, Actor by, CancellationToken stop);

    /// <summary>Issues a card to a person. <see cref="ActResult.Id"/> is the new credential's id.</summary>
    Task<ActResult> IssueCard(CardForm form, Actor by, CancellationToken stop);

    /// <summary>Changes a card's state: lost and returned are final (R-ID-08).</summary>
    Task<ActResult> SetCardState(CredentialId card, CredentialState state, string reason, Actor by, CancellationToken stop);

    /// <summary>Sets a card's PIN. The digits are kept nowhere; only their verifier is.</summary>
    Task<ActResult> SetPin(CredentialId card, string pin, Actor by, CancellationToken stop);

    /// <summary>抹消の通知: the holder or a superior gives a grant up at once (R-ID-04). Grants are given and changed by cases only (R-DOOR-16).</summary>
    Task<ActResult> EndGrant(GrantId grant, string reason, Actor by, CancellationToken stop);

    /// <summary>
    /// Begins to read a list (people.csv) and to say what applying it would change (R-INP-03). Takes the whole file before it answers, and answers
    /// within a moment: with the difference, or with how far it is. Changes nothing.
    /// </summary>
    Task<ImportRun> Import(string fileName, Stream csv, Actor by, CancellationToken gone);

    /// <summary>Where an import stands that was begun here; null: there is none of this id, or it ended long ago.</summary>
    Task<ImportRun?> ImportRun(string id, Actor by, CancellationToken gone);

    /// <summary>Stops an import on its way, whether it reads or writes: then nothing is changed.</summary>
    Task<ActResult> StopImport(string id, Actor by, CancellationToken gone);

    /// <summary>Lists that were looked at and wait to be applied.</summary>
    Task<ImmutableArray<WaitingImport>> ImportsWaiting(Actor by, CancellationToken gone);

    /// <summary>The difference of a waiting list once more; null: nothing waits under this token.</summary>
    Task<ImportLook?> WaitingImport(string token, Actor by, CancellationToken gone);

    /// <summary>Begins to apply what was looked at, whole or not at all; answers within a moment, as <see cref="Import"/> does.</summary>
    /// <param name="token">From <see cref="ImportLook.Token"/>; known for eight hours and used once; a list with grants is applied by another person than the one who brought it.</param>
    Task<ImportRun> ApplyImport(string token, Actor by, CancellationToken gone);
}

/// <summary>A card format whose number people can type.</summary>
/// <param name="MaxFacility">Null: the format has no facility code.</param>
public sealed record CardFormatChoice(string Name, long? MaxFacility, long MaxNumber);

/// <summary>Which people are wanted.</summary>
/// <param name="Words">Parts of name, kana or id; variants folded.</param>
/// <param name="KanaRow">First kana of a row of the index: あ か さ た な は ま や ら わ; null: all.</param>
/// <param name="OnlyValid">True: only people who may hold grants today.</param>
/// <param name="After">From <see cref="PeoplePage.Next"/>; null: from the beginning.</param>
public sealed record PeopleQuery(string? Words, char? KanaRow, PersonCategory? Category, bool OnlyValid, string? After, int Rows)
{
    /// <summary>Whose people are meant; null: everybody.</summary>
    public PeopleScope? Within { get; init; }
}

/// <summary>The part of the people somebody may see who does not see all of them (R-SIGN-15).</summary>
/// <param name="Sections">所属; at least one.</param>
/// <param name="Contractors">The workers of firms as well: whoever keeps the contractor register knows them.</param>
public sealed record PeopleScope(ImmutableArray<string> Sections, bool Contractors);

/// <summary>People in kana order.</summary>
/// <param name="Next">Asks for the following page; null: this is the last.</param>
public sealed record PeoplePage(ImmutableArray<PersonLine> People, long Total, string? Next)
{
    /// <summary>There are more than <see cref="Total"/>; nobody counted on.</summary>
    public bool More { get; init; }
}

/// <summary>A person in the list.</summary>
/// <param name="GrantUntil">The last day on which some grant still counts; null: no grant in force.</param>
public sealed record PersonLine(Person Person, int Cards, int Grants, DateOnly? GrantUntil, bool Suspended);

/// <summary>A person with everything that belongs to them.</summary>
/// <param name="Suspended">停止 of the person is in force.</param>
public sealed record PersonFile(Person Person, bool Suspended, ImmutableArray<CardLine> Cards, ImmutableArray<EntryGrant> Grants);

/// <summary>Which cards are wanted.</summary>
/// <param name="Words">Parts of card id, digest, or the holder's name, kana or id.</param>
public sealed record CardQuery(string? Words, CredentialState? State, PersonId? Person, string? After, int Rows)
{
    /// <summary>One card and no other; null: all.</summary>
    public CredentialId? Card { get; init; }

    /// <summary>Whose cards are meant; null: everybody's.</summary>
    public PeopleScope? Within { get; init; }
}

/// <summary>Cards.</summary>
public sealed record CardsPage(ImmutableArray<CardLine> Cards, long Total, string? Next);

/// <summary>A card in the list.</summary>
/// <param name="Card">Its PIN verifier is not told here: <see cref="HasPin"/>.</param>
/// <param name="LastUsedAt">Null: never used.</param>
public sealed record CardLine(Credential Card, string HolderName, string HolderKana, bool HasPin, DateTimeOffset? LastUsedAt);

/// <summary>Which grants are wanted.</summary>
/// <param name="InForceOnly">True: neither ended, suspended nor outside their dates today.</param>
/// <param name="EndingWithinDays">Only those whose end comes within so many days; null: all.</param>
public sealed record GrantQuery(string? Words, ZoneId? Zone, PersonId? Person, bool InForceOnly, int? EndingWithinDays, string? After, int Rows)
{
    /// <summary>Whose grants are meant; null: everybody's.</summary>
    public PeopleScope? Within { get; init; }
}

/// <summary>Grants.</summary>
public sealed record GrantsPage(ImmutableArray<GrantLine> Grants, long Total, string? Next);

/// <summary>A grant in the list.</summary>
public sealed record GrantLine(EntryGrant Grant, string HolderName, string HolderKana);

/// <summary>What the person form asks.</summary>
/// <param name="ValidUntil">First day on which the person may no longer enter; null: no end known.</param>
public sealed record PersonForm(
    PersonId Id,
    string Name,
    string Kana,
    PersonCategory Category,
    string SectionOrFirm,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil);

/// <summary>What the card form asks. The number goes no further than its digest.</summary>
/// <param name="Format">A <see cref="CardFormatChoice.Name"/>.</param>
/// <param name="Facility">Null when the format has none.</param>
public sealed record CardForm(PersonId Person, string Format, long? Facility, long Number, DateOnly? ValidFrom, DateOnly? ValidUntil)
{
    /// <summary>Never shows the number (R-DOOR-10).</summary>
    public override string ToString() => $"CardForm {{ Person = {Person}, Format = {Format} }}";
}

/// <summary>What a file would change.</summary>
/// <param name="Token">For applying; null when there are problems or nothing would change.</param>
/// <param name="Sha256">Digest of the file, 64 hex digits.</param>
public sealed record ImportLook(
    string? Token,
    string FileName,
    string Sha256,
    int Lines,
    int Unchanged,
    ImmutableArray<ImportChange> Changes,
    ImmutableArray<ImportProblem> Problems,
    WaitingImport? Waiting = null);

/// <summary>What an import does, or what became of it.</summary>
public enum ImportStage
{
    /// <summary>Another one is on its way and comes first.</summary>
    Waits,

    /// <summary>Reads the lines.</summary>
    Reads,

    /// <summary>Holds the lines against what is registered.</summary>
    Compares,

    /// <summary>Writes, all in one transaction.</summary>
    Writes,

    /// <summary>The difference is there.</summary>
    Looked,

    /// <summary>All of it is registered.</summary>
    Applied,

    /// <summary>Not applied; <see cref="ImportRun.Result"/> says why.</summary>
    Refused,

    /// <summary>Somebody stopped it; nothing was changed.</summary>
    Stopped,

    /// <summary>It broke off; nothing was changed.</summary>
    Failed,
}

/// <summary>An import on its way, or at its end.</summary>
/// <param name="Done">Of how many <paramref name="Of"/>: lines while it reads and compares, entries while it writes. 0 of 0: not told yet.</param>
/// <param name="Look">What the file would change; null: not known yet, or this is the applying.</param>
/// <param name="Result">What became of applying; null: not known yet, or this is the reading.</param>
public sealed record ImportRun(string Id, string FileName, ImportStage Stage, int Done, int Of, ImportLook? Look, ActResult? Result)
{
    /// <summary>It goes on.</summary>
    public bool Running => Stage <= ImportStage.Writes;
}

/// <summary>A list that was looked at and is not applied yet.</summary>
/// <param name="By">Who brought it.</param>
/// <param name="HasGrants">It carries grants, so another person applies it (R-PROF-05).</param>
public sealed record WaitingImport(string Token, string FileName, int Changes, PersonId By, string ByName, bool HasGrants, DateTimeOffset Until);

/// <summary>One thing a file would add or change.</summary>
/// <param name="Line">Line of the file, from 1 for the header.</param>
/// <param name="Kind"><c>person</c>, <c>card</c>, <c>grant</c> or <c>pin</c>.</param>
/// <param name="Differences">Empty for something new that needs no more words.</param>
public sealed record ImportChange(int Line, string Kind, string Id, string HolderName, bool IsNew, ImmutableArray<ImportDifference> Differences);

/// <summary>One value before and after; null: none.</summary>
/// <param name="Field">Column of the file.</param>
public sealed record ImportDifference(string Field, string? Before, string? After);

/// <summary>A line that cannot be read; then nothing of the file is applied.</summary>
/// <param name="Column">Column of the file, or empty for the whole line.</param>
public sealed record ImportProblem(int Line, string Column, FieldFault Fault, string? Value);
