using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Visits;

/// <summary>訪問の一覧.</summary>
public sealed record VisitsModel(VisitsPageData Page, string Words);

/// <summary>訪問 as one story.</summary>
/// <param name="MayOverride">The reader is led to 例外の許可: they may order one, and the visit is near enough.</param>
public sealed record VisitModel(VisitView View, bool MayOverride);

/// <summary>例外の許可 and the form for one.</summary>
public sealed record VisitorOverridesModel(VisitorOverrides Found, bool MayOrder, FormState State);

/// <summary>訪問者記録 of one visit.</summary>
public sealed record VisitSheetModel(VisitView View, Actor By);

/// <summary>訪問者記録 of some days.</summary>
public sealed record VisitSheetsModel(ImmutableArray<VisitView> Visits, DateOnly From, DateOnly Until, Actor By);

/// <summary>来訪のご案内.</summary>
public sealed record InvitationModel(VisitView View);

/// <summary>The form for a change.</summary>
public sealed record VisitChangeModel(VisitView View, FormState State, Refusal? Refusal);

/// <summary>事前登録.</summary>
/// <param name="Target">Where the form goes.</param>
/// <param name="Back">Null: the visitor's own page, from which nothing leads on.</param>
public sealed record BeforehandModel(VisitDossier File, VisitorFile Visitor, string Target, string? Back, FormState State);

/// <summary>An invitation that opens nothing any more.</summary>
public sealed record InvitationOverModel;

/// <summary>受付停止の一覧 and its form.</summary>
public sealed record BarsModel(ImmutableArray<VisitorBar> Bars, bool MayKeep, FormState State, DateOnly Today, Refusal? Refusal);

/// <summary>来訪者証の一覧 and its form.</summary>
public sealed record BadgesModel(BadgeBoard Board, FormState State, Refusal? Refusal);

/// <summary>Paths of visits.</summary>
internal static class VisitPaths
{
    public static string Of(VisitId id) => $"/visits/{Uri.EscapeDataString(id.Value)}";

    public static string Override(VisitId id) => $"/visits/overrides?visit={Uri.EscapeDataString(id.Value)}";

    public static string EndOverride(VisitId id, Core.Zones.ZoneId zone) => $"/visits/overrides/{Uri.EscapeDataString(id.Value)}/{Uri.EscapeDataString(zone.Value)}/end";

    public static string Beforehand(PersonId visitor) => $"/visits/visitors/{Uri.EscapeDataString(visitor.Value)}/beforehand";
}
