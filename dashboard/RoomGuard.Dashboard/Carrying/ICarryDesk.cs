using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>持出し・持込み許可: the register, what passes the desk, checks, and the lists behind the rules (R-CARRY-01 … 12).</summary>
public interface ICarryDesk
{
    /// <summary>The register as somebody may see it: who applied sees their own, SEC their section, and so on.</summary>
    Task<CarryRegister> Register(CarryQuery query, Actor by, CancellationToken gone);

    /// <summary>The same to be written out; that it was is an entry.</summary>
    Task<ImmutableArray<CarryLook>> Export(CarryQuery query, Actor by, CancellationToken gone);

    /// <summary>One permit; null: unknown, or not for them.</summary>
    Task<CarryLook?> Permit(CarryPermitId id, Actor by, CancellationToken gone);

    /// <summary>The version of CHIEF's safeguards in force; null: none were set.</summary>
    Task<string?> SafeguardVersion(CancellationToken gone);

    /// <summary>One permit as a sheet; that it was issued is an entry. Null: unknown, or not for them.</summary>
    Task<CarrySheet?> Sheet(CarryPermitId id, Actor by, CancellationToken gone);

    /// <summary>What may be carried today, by whom, and what is away; null: not for them (R-CARRY-04).</summary>
    /// <param name="words">A person's number or name, or a thing's; empty: all.</param>
    Task<CarryToday?> Today(string words, Actor by, CancellationToken gone);

    /// <summary>Records things going out, coming back, coming in or leaving again (R-CARRY-04).</summary>
    Task<ActResult> Pass(CarryPermitId id, int version, CarryPassForm form, Actor by, CancellationToken stop);

    /// <summary>Records the check of a thing that came back (R-CARRY-08).</summary>
    Task<ActResult> Check(CarryPermitId id, int version, CarryCheckForm form, Actor by, CancellationToken stop);

    /// <summary>Takes a permission back while nothing is away.</summary>
    Task<ActResult> Revoke(CarryPermitId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>Records what somebody brings in: what passes by which permit, and what stays (R-CARRY-02, R-CARRY-03, R-CARRY-10).</summary>
    Task<ActResult> Declare(DeclareForm form, Actor by, CancellationToken stop);

    /// <summary>Listed things and CHIEF's safeguards; null: not for them.</summary>
    Task<CarryLists?> Lists(Actor by, CancellationToken gone);

    /// <summary>Puts a thing on the list or changes it (R-CARRY-03: SYS alone).</summary>
    /// <param name="seen">The list as it was looked at: what another one wrote since is not written over.</param>
    Task<ActResult> Keep(ListedThing thing, long seen, Actor by, CancellationToken stop);

    /// <summary>Takes a thing off the list.</summary>
    Task<ActResult> TakeOff(string tag, Actor by, CancellationToken stop);

    /// <summary>Sets a new version of the safeguards (R-CARRY-06: CHIEF).</summary>
    Task<ActResult> SetSafeguards(string version, string summary, Actor by, CancellationToken stop);

    /// <summary>What waits for somebody: not back in time, and to be checked.</summary>
    Task<CarryWaiting> Waiting(Actor by, CancellationToken gone);
}

/// <summary>Conditions of the register.</summary>
/// <param name="Words">Parts of number, name, place or thing; empty: any.</param>
/// <param name="From">First day; null: 30 days ago.</param>
/// <param name="Until">Last day, included; null: a year on.</param>
public sealed record CarryQuery(string Words, CarryDirection? Direction, CarryStatus? Status, DateOnly? From, DateOnly? Until);

/// <summary>The register.</summary>
/// <param name="Everything">False: only one's own and one's section's.</param>
/// <param name="SeesLists">They may look at the lists behind the rules.</param>
/// <param name="AtDesk">They record what passes.</param>
/// <param name="Known">How many there are, shown or not (R-INP-04).</param>
public sealed record CarryRegister(ImmutableArray<CarryLook> Permits, bool Everything, bool SeesLists, bool AtDesk, int Known)
{
    /// <summary>There are more than are shown.</summary>
    public bool Cut => Known > Permits.Length;
}

/// <summary>One permit as somebody sees it.</summary>
/// <param name="People">Everybody it names.</param>
/// <param name="MayPass">They record what passes.</param>
/// <param name="MayCheck">They check what came back.</param>
/// <param name="MayRevoke">They may take it back now.</param>
public sealed record CarryLook(CarryDossier File, CarryStatus Status, ImmutableDictionary<PersonId, NamedPerson> People, bool MayPass, bool MayCheck, bool MayRevoke)
{
    /// <summary>A name for an id; the id itself where nobody is known by it.</summary>
    public string NameOf(PersonId id) => People.TryGetValue(id, out var person) ? person.Name : id.Value;
}

/// <summary>持出し・持込み許可 as a sheet.</summary>
/// <param name="Digest">検査値 over what the record has of it.</param>
/// <param name="Profile">運用区分の版.</param>
public sealed record CarrySheet(CarryLook Look, string Digest, string Profile);

/// <summary>The desk's look at today.</summary>
/// <param name="Leaving">Permits in force by which something may go out or come in now.</param>
/// <param name="Away">Permits of which something is away, longest due first.</param>
/// <param name="Declared">What was declared today, newest first.</param>
public sealed record CarryToday(DateTimeOffset At, ImmutableArray<CarryLook> Leaving, ImmutableArray<CarryLook> Away, ImmutableArray<DeclaredLook> Declared);

/// <summary>A declaration at the desk.</summary>
/// <param name="N">Its entry.</param>
public sealed record DeclaredLook(long N, BelongingsDeclared Declared, NamedPerson Person);

/// <summary>What passes the desk.</summary>
/// <param name="Back">True: comes back, or leaves again.</param>
/// <param name="Items">Which things, counted from 1.</param>
/// <param name="Carrier">Who carries them.</param>
public sealed record CarryPassForm(bool Back, ImmutableArray<int> Items, PersonId Carrier, string Note);

/// <summary>感染・更新の確認 of one thing.</summary>
/// <param name="Erased">消去の確認; null: it holds nothing to erase.</param>
public sealed record CarryCheckForm(int Item, ScanResult Result, bool PatchChecked, bool? Erased, string Note);

/// <summary>What somebody brings in.</summary>
public sealed record DeclareForm(PersonId Person, ZoneId? Zone, ImmutableArray<BroughtItem> Items);

/// <summary>The lists behind the rules.</summary>
/// <param name="Safeguards">In force; null: none were set.</param>
/// <param name="SetBy">Who set them; null: none were set.</param>
public sealed record CarryLists(ImmutableArray<ListedThing> Things, SafeguardsSet? Safeguards, NamedPerson? SetBy, bool MayKeep, bool MaySet)
{
    /// <summary>The entry that wrote the list last.</summary>
    public long Version { get; init; }
}

/// <summary>How many wait for somebody.</summary>
/// <param name="Overdue">Not back in time.</param>
/// <param name="ToCheck">Back, and to be checked.</param>
public sealed record CarryWaiting(int Overdue, int ToCheck);
