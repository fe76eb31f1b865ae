using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>The register.</summary>
public sealed record CarryRegisterModel(CarryRegister Register, CarryQuery Query);

/// <summary>One permit.</summary>
public sealed record CarryPermitModel(CarryLook Look, FormState State);

/// <summary>One permit as a sheet.</summary>
public sealed record CarrySheetModel(CarrySheet Sheet, Actor By);

/// <summary>The desk's page.</summary>
public sealed record CarryTodayModel(CarryToday Today, string Words);

/// <summary>One permit at the desk.</summary>
public sealed record CarryPassModel(CarryLook Look, FormState State, DateTimeOffset Now);

/// <summary>The form of what somebody brings.</summary>
public sealed record DeclareModel(FormState State);

/// <summary>The lists behind the rules.</summary>
public sealed record CarryListsModel(CarryLists Lists, FormState State);

/// <summary>Paths of permits.</summary>
internal static class CarryPaths
{
    public const string Desk = "/reception/carry";

    public static string Of(CarryPermitId id) => $"/carry/{Uri.EscapeDataString(id.Value)}";

    public static string AtDesk(CarryPermitId id) => $"{Desk}/{Uri.EscapeDataString(id.Value)}";

    public static string Remove(string tag) => $"/carry/lists/{Uri.EscapeDataString(tag)}/remove";
}
