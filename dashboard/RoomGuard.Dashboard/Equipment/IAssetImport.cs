using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>Takes a list of items into the 機器台帳, alike the one of people (R-INP-03): a difference first, then applied by another person (R-PROF-05).</summary>
public interface IAssetImport
{
    /// <summary>Reads a workbook (XLSX) or a CSV, by what is in it and not by its name, and says what it would change; answers within a moment, at its end or on its way.</summary>
    /// <param name="withoutWrong">Lines with a mistake are left out; else one mistake keeps all of it out.</param>
    Task<ImportRun> Import(string fileName, Stream file, bool withoutWrong, Actor by, CancellationToken gone);

    /// <summary>Where one stands that was begun here; null: there is none of this id, it ended long ago, or it is not for this person.</summary>
    Task<ImportRun?> Run(string id, Actor by, CancellationToken gone);

    /// <summary>Stops one on its way: then nothing is changed.</summary>
    Task<ActResult> Stop(string id, Actor by, CancellationToken gone);

    /// <summary>Lists that were looked at and not applied yet.</summary>
    Task<ImmutableArray<WaitingImport>> Waiting(Actor by, CancellationToken gone);

    /// <summary>The difference once more, as the register now stands; null: nothing waits under this token.</summary>
    Task<ImportLook?> Again(string token, Actor by, CancellationToken gone);

    /// <summary>Begins to apply a list, whole or not at all; never by the person who brought it.</summary>
    Task<ImportRun> Apply(string token, Actor by, CancellationToken gone);
}
