using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Text;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Parts;

/// <summary>One line of the menu.</summary>
/// <param name="Group">What it lies in; null: it stands for itself.</param>
/// <param name="For">Who ever uses it.</param>
internal sealed record MenuEntry(Word? Group, string Path, Word Word, Func<Actor, bool> For);

/// <summary>Lines of the menu that stand together.</summary>
/// <param name="Name">What opens them; null: each stands for itself.</param>
internal sealed record MenuPart(Word? Name, ImmutableArray<MenuEntry> Entries);

/// <summary>
/// The main menu: what a role never uses is not shown to it (dashboard.md section 9). Not showing is comfort, not protection: every handler asks
/// the tables of authority again (R-SIGN-01).
/// </summary>
internal static class MainMenu
{
    // Somebody with so few pages needs no groups.
    private const int MostFlat = 6;

    private static readonly ImmutableArray<MenuEntry> Entries =
    [
        new(null, "/", FrameText.Now, by => Sees(by, PageAct.SeeRoom)),
        new(null, "/alarms", AlarmsText.Title, SeesAlarms),
        new(null, "/approvals", CasesText.Title, by => Sees(by, PageAct.OwnPage)),
        new(FrameText.MenuEntry, "/entries", FrameText.Entries, by => Has(by, Act.ViewEntryRegister, ActPart.Views)),
        new(FrameText.MenuEntry, "/presence", FrameText.Presence, by => Sees(by, PageAct.SeeRoom)),
        new(FrameText.MenuEntry, "/map", FloorText.Title, by => Sees(by, PageAct.SeeRoom)),
        new(FrameText.MenuEntry, "/visits", VisitsText.Title, by => Sees(by, PageAct.OwnPage)),
        new(FrameText.MenuEntry, "/reception", ReceptionText.Title, by => Authority.May(by, Act.Visit, ActPart.Does, new() { Portion = "badge, identity" }).Allowed),
        new(FrameText.MenuEntry, "/zones", ZonesText.Title, by => Has(by, Act.RegisterZone, ActPart.Asks) || Has(by, Act.RegisterZone, ActPart.Does) || Has(by, Act.RegisterZone, ActPart.Allows)),
        new(FrameText.MenuFacility, "/power", PowerPageText.Title, by => Sees(by, PageAct.SeePower)),
        new(FrameText.MenuFacility, "/climate", ClimatePageText.Title, by => Sees(by, PageAct.SeeClimate)),
        new(FrameText.MenuFacility, "/devices", FrameText.Devices, by => Sees(by, PageAct.SeeDevices)),
        new(FrameText.MenuEquipment, "/equipment", AssetsText.Title, by => Sees(by, PageAct.SeeEquipment)),
        new(FrameText.MenuEquipment, "/moves", MovesText.Title, by => Sees(by, PageAct.SeeMoves)),
        new(FrameText.MenuEquipment, "/carry", CarryPageText.Title, by => Sees(by, PageAct.OwnPage)),
        new(FrameText.MenuEquipment, "/works", WorkPageText.Title, by => Has(by, Act.ChangeWork, ActPart.Does) || Has(by, Act.ChangeWork, ActPart.Views) || Has(by, Act.SwapPart, ActPart.Checks)),
        new(FrameText.MenuEquipment, "/disposals", DisposalsText.Title, by => Sees(by, PageAct.SeeDisposals)),
        new(FrameText.MenuEquipment, "/offsite", OffsiteText.Title, by => Sees(by, PageAct.SeeOffsite)),
        new(FrameText.MenuEquipment, "/transfers", TransferText.Title, by => Sees(by, PageAct.SeeTransfers)),
        new(FrameText.MenuEquipment, "/stocktakes", StocktakesText.Title, by => Sees(by, PageAct.SeeEquipment)),
        new(FrameText.MenuEquipment, "/schedule", ScheduleText.Title, by => Sees(by, PageAct.OwnPage)),
        new(FrameText.MenuOffice, "/people", FrameText.Desk, by => Sees(by, PageAct.SeePeople)),
        new(FrameText.MenuOffice, "/roles", RolesText.Title, by => Sees(by, PageAct.SeeRoles)),
        new(FrameText.MenuOffice, "/policy", PolicyText.Title, by => Sees(by, PageAct.SeeSettings)),

        // Who needs these is in a hurry: they lie in no group.
        new(null, "/lockdown", FrameText.Lockdown, by => Has(by, Act.Lockdown, ActPart.Does) || Has(by, Act.Lockdown, ActPart.Asks)),
        new(null, "/modes", ModeText.Title, by => Sees(by, PageAct.TellFire) || Sees(by, PageAct.SetZoneMode) || Sees(by, PageAct.MaintainDoors)),
        new(null, "/me", MeText.Title, by => Sees(by, PageAct.OwnPage)),
    ];

    /// <summary>The menu of one person, in its order.</summary>
    /// <param name="atReception">At the reception desk's own listener nothing else is served (R-NET-07).</param>
    public static IEnumerable<MenuPart> For(Actor by, bool atReception = false)
    {
        ImmutableArray<MenuEntry> own = [.. Entries.Where(entry => (!atReception || entry.Path == "/reception") && entry.For(by))];
        for (var at = 0; at < own.Length;)
        {
            var name = own[at].Group;
            var alike = own.Skip(at).TakeWhile(entry => entry.Group == name).ToImmutableArray();
            yield return new(own.Length <= MostFlat || alike.Length == 1 ? null : name, alike);
            at += alike.Length;
        }
    }

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
