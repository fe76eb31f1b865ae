using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;

namespace RoomGuard.Dashboard.Work;

/// <summary>作業記録: the register, beginning and end tied to presence, mutual check (R-WORK-01 … 06).</summary>
public interface IWorkDesk
{
    /// <summary>The register as somebody may see it (R-WORK-04).</summary>
    Task<WorkRegister> Register(WorkQuery query, Actor by, CancellationToken gone);

    /// <summary>The same to be written out; that it was is an entry.</summary>
    Task<ImmutableArray<WorkLook>> Export(WorkQuery query, Actor by, CancellationToken gone);

    /// <summary>One work; null: unknown, or not for them.</summary>
    Task<WorkLook?> Work(WorkId id, Actor by, CancellationToken gone);

    /// <summary>One work as a sheet; that it was issued is an entry. Null: unknown, or not for them.</summary>
    Task<WorkSheet?> Sheet(WorkId id, Actor by, CancellationToken gone);

    /// <summary>Begins it: its people are inside (R-WORK-01, R-WORK-02).</summary>
    Task<ActResult> Start(WorkId id, int version, Actor by, CancellationToken stop);

    /// <summary>Records one part that was fitted, swapped or removed while the work is open; the register changes with it (R-MOVE-09).</summary>
    Task<ActResult> Swap(WorkId id, int version, PartSwap swap, Actor by, CancellationToken stop);

    /// <summary>Ends it, or corrects what was said of its end while nobody has confirmed it.</summary>
    Task<ActResult> End(WorkId id, int version, WorkOutcome outcome, Actor by, CancellationToken stop);

    /// <summary>相互確認 by a checker who was inside for the time; of other work, 確認 by SYS (R-WORK-02).</summary>
    Task<ActResult> Check(WorkId id, int version, string note, Actor by, CancellationToken stop);

    /// <summary>作業前後の記録: a note with files, before or after, until the work is confirmed (R-WORK-01).</summary>
    /// <param name="text">Empty: the files say it.</param>
    Task<ActResult> Note(WorkId id, int version, WorkSide side, string text, ImmutableArray<SentFile> sent, Actor by, CancellationToken stop);

    /// <summary>A file of one of its notes; that it was handed out is an entry. Null: unknown, not for them, or its content is gone or no longer what it was.</summary>
    Task<FileContent?> File(WorkId id, string sha256, Actor by, CancellationToken stop);

    /// <summary>What waits for somebody.</summary>
    Task<WorkWaiting> Waiting(Actor by, CancellationToken gone);
}

/// <summary>Conditions of the register.</summary>
/// <param name="Words">Parts of number, what, target or a name; empty: any.</param>
/// <param name="From">First day; null: 30 days ago.</param>
/// <param name="Until">Last day, included; null: 90 days on.</param>
public sealed record WorkQuery(string Words, WorkKind? Kind, WorkStatus? Status, ZoneId? Zone, DateOnly? From, DateOnly? Until);

/// <summary>The register.</summary>
/// <param name="Everything">False: only what one has a part in.</param>
/// <param name="Known">How many there are, shown or not (R-INP-04).</param>
public sealed record WorkRegister(ImmutableArray<WorkLook> Works, bool Everything, bool MayApply, int Known)
{
    /// <summary>There are more than are shown.</summary>
    public bool Cut => Known > Works.Length;
}

/// <summary>One work as somebody sees it.</summary>
/// <param name="People">Everybody it names.</param>
/// <param name="Inside">Who of its people is inside now.</param>
public sealed record WorkLook(WorkDossier File, WorkStatus Status, ImmutableDictionary<PersonId, NamedPerson> People, ImmutableArray<PersonId> Inside, bool MayStart, bool MayEnd, bool MayCheck, bool MayPart, bool MayNote)
{
    /// <summary>A name for an id; the id itself where nobody is known by it.</summary>
    public string NameOf(PersonId id) => People.TryGetValue(id, out var person) ? person.Name : id.Value;
}

/// <summary>作業記録 as a sheet.</summary>
/// <param name="Digest">検査値 over what the record has of it.</param>
/// <param name="Profile">運用区分の版.</param>
public sealed record WorkSheet(WorkLook Look, string Digest, string Profile);

/// <summary>How many wait for somebody.</summary>
/// <param name="Open">Left open after everybody has gone.</param>
/// <param name="ToCheck">Ended, and to be confirmed by them.</param>
public sealed record WorkWaiting(int Open, int ToCheck);
