using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Text;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Parts;

/// <summary>
/// The main menu: what a role never uses is not shown to it (dashboard.md section 9). Not showing is comfort, not protection: every handler asks
/// the tables of authority again (R-SIGN-01).
/// </summary>
internal static class MainMenu
{
    private static readonly ImmutableArray<(string Path, Word Word, Func<Actor, bool> For)> Entries =
    [
        ("/", FrameText.Now, by => Sees(by, PageAct.SeeRoom)),
        ("/alarms", AlarmsText.Title, SeesAlarms),
        ("/entries", FrameText.Entries, by => Has(by, Act.ViewEntryRegister, ActPart.Views)),
        ("/presence", FrameText.Presence, by => Sees(by, PageAct.SeeRoom)),
        ("/map", FloorText.Title, by => Sees(by, PageAct.SeeRoom)),
        ("/power", PowerPageText.Title, by => Sees(by, PageAct.SeePower)),
        ("/climate", ClimatePageText.Title, by => Sees(by, PageAct.SeeClimate)),
        ("/approvals", CasesText.Title, by => Sees(by, PageAct.OwnPage)),
        ("/reception", ReceptionText.Title, by => Authority.May(by, Act.Visit, ActPart.Does, new() { Portion = "badge, identity" }).Allowed),
        ("/visits", VisitsText.Title, by => Sees(by, PageAct.OwnPage)),
        ("/carry", CarryPageText.Title, by => Sees(by, PageAct.OwnPage)),
        ("/works", WorkPageText.Title, by => Has(by, Act.ChangeWork, ActPart.Does) || Has(by, Act.ChangeWork, ActPart.Views) || Has(by, Act.SwapPart, ActPart.Checks)),
        ("/schedule", ScheduleText.Title, by => Sees(by, PageAct.OwnPage)),
        ("/people", FrameText.Desk, by => Sees(by, PageAct.SeePeople)),
        ("/roles", RolesText.Title, by => Sees(by, PageAct.SeeRoles)),
        ("/policy", PolicyText.Title, by => Sees(by, PageAct.SeeSettings)),
        ("/zones", ZonesText.Title, by => Has(by, Act.RegisterZone, ActPart.Asks) || Has(by, Act.RegisterZone, ActPart.Does) || Has(by, Act.RegisterZone, ActPart.Allows)),
        ("/devices", FrameText.Devices, by => Sees(by, PageAct.SeeDevices)),
        ("/moves", MovesText.Title, by => Sees(by, PageAct.SeeMoves)),
        ("/disposals", DisposalsText.Title, by => Sees(by, PageAct.SeeDisposals)),
        ("/equipment", AssetsText.Title, by => Sees(by, PageAct.SeeEquipment)),
        ("/offsite", OffsiteText.Title, by => Sees(by, PageAct.SeeOffsite)),
        ("/transfers", TransferText.Title, by => Sees(by, PageAct.SeeTransfers)),
        ("/stocktakes", StocktakesText.Title, by => Sees(by, PageAct.SeeEquipment)),
        ("/lockdown", FrameText.Lockdown, by => Has(by, Act.Lockdown, ActPart.Does) || Has(by, Act.Lockdown, ActPart.Asks)),
        ("/modes", ModeText.Title, by => Sees(by, PageAct.TellFire) || Sees(by, PageAct.SetZoneMode) || Sees(by, PageAct.MaintainDoors)),
        ("/me", MeText.Title, by => Sees(by, PageAct.OwnPage)),
    ];

    /// <summary>The entries for one person.</summary>
    /// <param name="atReception">At the reception desk's own listener nothing else is served (R-NET-07).</param>
    public static IEnumerable<(string Path, Word Word)> For(Actor by, bool atReception = false) =>
        Entries.Where(entry => (!atReception || entry.Path == "/reception") && entry.For(by)).Select(entry => (entry.Path, entry.Word));

    /// <summary>Whether some role of a person sees a page, however far.</summary>
    public static bool Sees(Actor? by, PageAct act) =>
        by is not null && (by.IsConsole || Authority.RolesOf(by).Any(held => !PageAuthority.Cell(act, held.Role).IsEmpty));

    /// <summary>Whether a person names who looks into one person's use, or may be named (R-LOG-05).</summary>
    public static bool MayInvestigate(Actor? by) => by is not null && (Has(by, Act.LookIntoPerson, ActPart.Allows) || Has(by, Act.LookIntoPerson, ActPart.Does));

    /// <summary>Whether a person sees any alarms.</summary>
    public static bool SeesAlarms(Actor? by) => new[] { ActPart.Does, ActPart.Views, ActPart.Informed }.Any(part => Has(by, Act.AcknowledgeClimateAlarm, part) || Has(by, Act.AcknowledgeIntrusionAlarm, part));

    /// <summary>Whether a person has some part in an act, however limited.</summary>
    public static bool Has(Actor? by, Act act, ActPart part) => by is not null && (by.IsConsole || !Authority.RightsOf(by, act, part).IsEmpty);
}
