using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>連絡先: a post, never a person by name, with the ways to reach it.</summary>
/// <param name="Id">The code of a role (<c>FAC</c>), or <c>C-0003</c>.</param>
/// <param name="Label">What it is called, e.g. 庁舎管理 当番.</param>
/// <param name="Ways">E.g. <c>mailto:toban@kakuu.example</c>, <c>webhook:duty</c>, <c>syslog:centre</c>; empty: only the pages tell.</param>
public sealed record AlarmContact(string Id, string Label, ImmutableArray<string> Ways);

/// <summary>One step of a list.</summary>
/// <param name="Contact">Who is told.</param>
/// <param name="AfterMinutes">How long after the step before nobody has acknowledged; 0 only at the first step.</param>
public sealed record ContactStep(string Contact, int AfterMinutes);

/// <summary>連絡順 for some alarms: who is told first, and who when nobody has acknowledged in time (R-MON-04).</summary>
/// <param name="For">A kind's name, an area's name, or <c>all</c>.</param>
/// <param name="Zone">Null: in every zone.</param>
public sealed record ContactList(string For, ZoneId? Zone, ImmutableArray<ContactStep> Steps)
{
    /// <summary>For what no other list is.</summary>
    public const string All = "all";

    /// <summary>Names it among all lists.</summary>
    [JsonIgnore]
    public string Key => Zone is { } zone ? $"{For}@{zone}" : For;
}

/// <summary>All contacts and lists of a site. What the site has not written down is as shipped: the roles of section (c), in the order of their part in it. Pure.</summary>
/// <param name="Set">Lists the site has written down, by their key.</param>
/// <param name="Known">Contacts the site has written down, by their id.</param>
public sealed record ContactBook(ImmutableDictionary<string, ContactList> Set, ImmutableDictionary<string, AlarmContact> Known)
{
    /// <summary>Unacknowledged for so long, the next contact is told†.</summary>
    public const int DefaultMinutes = 10;

    /// <summary>Told when a list has come to its end and nobody has acknowledged (R-MON-04).</summary>
    public static readonly ImmutableArray<string> Last = ["SUP", "CHIEF"];

    private static readonly FrozenDictionary<string, ImmutableArray<ContactStep>> Shipped = new Dictionary<string, ImmutableArray<ContactStep>>
    {
        [nameof(AlarmArea.Intrusion)] = Steps("SEC", "SYS", "OPS"),
        [nameof(AlarmArea.Visitors)] = Steps("SYS", "SEC"),
        [nameof(AlarmArea.Devices)] = Steps("OPS", "SYS"),
        [nameof(AlarmArea.Record)] = Steps("SYS", "SEC"),
        [nameof(AlarmArea.Power)] = Steps("FAC", "SYS"),
        [nameof(AlarmArea.Climate)] = Steps("FAC", "SYS", "SEC"),
        [ContactList.All] = Steps("OPS", "SYS"),

        // R-MOVE-08: SEC is informed.
        [AlarmKinds.MediaTransfer.Id] = Steps("SEC", "SYS"),

        // R-ZONE-07: 責任者不在 is SUP's.
        [AlarmKinds.RoleVacant.Id] = Steps("SUP"),
    }.ToFrozenDictionary();

    /// <summary>A site that has written nothing down.</summary>
    public static ContactBook Empty { get; } = new(ImmutableDictionary<string, ContactList>.Empty, ImmutableDictionary<string, AlarmContact>.Empty);

    /// <summary>Contacts that are always there: one for each role that may be told.</summary>
    public static ImmutableArray<Role> Roles { get; } =
        [Role.FacilityStaff, Role.SystemStaff, Role.SystemManager, Role.SecurityManager, Role.SupervisingOfficer, Role.ChiefOfficer, Role.Reception];

    /// <summary>Every contact: those of the roles, and those the site has added.</summary>
    public ImmutableArray<AlarmContact> Contacts =>
    [
        .. Roles.Select(AuthorityText.Code).Select(code => Known.GetValueOrDefault(code) ?? new(code, "", [])),
        .. Known.Values.Where(contact => !IsRole(contact.Id)).OrderBy(contact => contact.Id, StringComparer.Ordinal),
    ];

    /// <summary>Whether a contact of this id exists.</summary>
    public bool Knows(string id) => IsRole(id) || Known.ContainsKey(id);

    /// <summary>Whether it is a role's contact.</summary>
    public static bool IsRole(string id) => Roles.Any(role => AuthorityText.Code(role) == id);

    /// <summary>The list for an alarm: the narrowest there is. A kind is narrower than an area, and a zone than every zone.</summary>
    public ContactList For(AlarmKind kind, ZoneId? zone)
    {
        ArgumentNullException.ThrowIfNull(kind);
        foreach (var name in (string[])[kind.Id, kind.Area.ToString(), ContactList.All])
        {
            if (zone is { } place && Set.GetValueOrDefault($"{name}@{place}") is { Steps.IsEmpty: false } near)
            {
                return near;
            }

            if (Set.GetValueOrDefault(name) is { Steps.IsEmpty: false } wide)
            {
                return wide;
            }

            if (Shipped.TryGetValue(name, out var steps))
            {
                return new(name, null, steps);
            }
        }

        throw new System.Diagnostics.UnreachableException("There is always a list for all.");
    }

    /// <summary>Lists as they count, shipped ones included: for the page that keeps them.</summary>
    public ImmutableArray<(ContactList List, bool Own)> Lists =>
    [
        .. Shipped.Where(item => Set.GetValueOrDefault(item.Key) is not { Steps.IsEmpty: false }).Select(item => (new ContactList(item.Key, null, item.Value), false))
            .Concat(Set.Values.Where(list => !list.Steps.IsEmpty).Select(list => (list, true)))
            .OrderBy(item => item.Item1.Key, StringComparer.Ordinal),
    ];

    private static ImmutableArray<ContactStep> Steps(params ReadOnlySpan<string> contacts)
    {
        var steps = ImmutableArray.CreateBuilder<ContactStep>();
        foreach (var contact in contacts)
        {
            steps.Add(new(contact, steps.Count == 0 ? 0 : DefaultMinutes));
        }

        return steps.DrainToImmutable();
    }
}
