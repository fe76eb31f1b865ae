using RoomGuard.Core.Operators;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Work;

/// <summary>The register.</summary>
public sealed record WorkRegisterModel(WorkRegister Register, WorkQuery Query);

/// <summary>One work.</summary>
public sealed record WorkPageModel(WorkLook Look, FormState State);

/// <summary>One work as a sheet.</summary>
public sealed record WorkSheetModel(WorkSheet Sheet, Actor By);

/// <summary>Paths of works.</summary>
internal static class WorkPaths
{
    public static string Of(WorkId id) => $"/works/{Uri.EscapeDataString(id.Value)}";
}
