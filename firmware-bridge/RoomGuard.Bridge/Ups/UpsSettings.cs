using System.Collections.Immutable;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Ups;

/// <summary>A unit that another machine's <c>upsd</c> knows.</summary>
/// <param name="Name">The unit's name there.</param>
/// <param name="Tls">Whether TLS is demanded.</param>
/// <param name="CertificateName">The name its certificate must bear; null: the host.</param>
public sealed record NutPlaceSettings(string Host, string Name, int Port = 3493, NutTls Tls = NutTls.IfOffered, string? CertificateName = null);

/// <summary>One UPS.</summary>
/// <param name="Id">Its id, e.g. <c>ups-1</c>.</param>
/// <param name="Model">A file of <c>models/ups</c> without .json; null with <paramref name="Nut"/>.</param>
/// <param name="Link">Its wire; units with the same link share it. Null with <paramref name="Nut"/>.</param>
/// <param name="Unit">Modbus address, 1 to 247.</param>
/// <param name="Segment">R-NET-04, R-NET-08: Modbus has no authentication, so over TCP the dedicated segment it runs on must be named.</param>
/// <param name="RtuOverTcp">The TCP link is a serial device server: RTU frames on a raw socket.</param>
/// <param name="BaudRate">Null: the model's.</param>
/// <param name="Battery">The maker's runtimes, for units that tell neither charge nor runtime.</param>
/// <param name="Nut">Read from another machine's <c>upsd</c>.</param>
/// <param name="Every">How often everything is read, 1 to 10 s (R-PWR-01†); null: 5 s.</param>
/// <param name="Commands">What two people may have it do (R-PWR-10); null: nothing is ever written to it (R-NET-04).</param>
public sealed record UpsSettings(
    string Id,
    string Label,
    string LabelEn,
    string? Model = null,
    LinkSettings? Link = null,
    int Unit = 1,
    string? Segment = null,
    bool RtuOverTcp = false,
    int? BaudRate = null,
    BatteryTable? Battery = null,
    NutPlaceSettings? Nut = null,
    TimeSpan? Every = null,
    ImmutableArray<UpsCommand>? Commands = null)
{
    private const int MostUnits = 200;

    /// <summary>Whether anything may be written to it.</summary>
    public bool IsWritten => Commands is { IsEmpty: false };

    /// <summary>How often it is read.</summary>
    public UpsPace Pace() => UpsPace.Usual with { Snapshot = Every ?? UpsPace.Usual.Snapshot };

    /// <summary>One sentence for each impossible value of a site's units.</summary>
    public static IEnumerable<string> Problems(ImmutableArray<UpsSettings> all, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (all.Length > MostUnits)
        {
            yield return $"ups: {all.Length} are more than one bridge reads ({MostUnits}). Use a second bridge.";
        }

        foreach (var twice in all.GroupBy(unit => unit.Id).Where(same => same.Count() > 1))
        {
            yield return $"ups: id \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var problem in all.Index().SelectMany(item => item.Item.Problems($"ups[{item.Index}]", isName)))
        {
            yield return problem;
        }

        foreach (var wire in all.Where(unit => unit.Link is not null).GroupBy(unit => unit.Link!))
        {
            if (wire.GroupBy(unit => unit.Unit).FirstOrDefault(same => same.Count() > 1) is { } same)
            {
                yield return $"ups: unit {same.Key} stands twice on one link ({string.Join(", ", same.Select(unit => unit.Id))}). Give each its own address.";
            }
        }
    }

    private IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        if (!isName(Id))
        {
            yield return $"{place}.id: \"{Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. ups-1.";
        }

        if (Nut is null == (Link is null || Model is null))
        {
            yield return $"{place}: a unit has either model and link, or nut.";
        }

        if (Nut is { } nut && (string.IsNullOrWhiteSpace(nut.Host) || nut.Port is < 1 or > 65535 || string.IsNullOrWhiteSpace(nut.Name)))
        {
            yield return $"{place}.nut: needs host, port (1 to 65535) and the unit's name there.";
        }

        if (Link is { Kind: LinkKind.Serial, Path: null or "" })
        {
            yield return $"{place}.link.path: a serial link needs the path of its device, e.g. /dev/serial/by-id/….";
        }

        if (Link is { Kind: LinkKind.Tcp } tcp)
        {
            if (string.IsNullOrWhiteSpace(tcp.Host) || tcp.Port is not (>= 1 and <= 65535))
            {
                yield return $"{place}.link: a tcp link needs host and port (1 to 65535).";
            }

            if (string.IsNullOrWhiteSpace(Segment))
            {
                yield return $"{place}.segment: Modbus and Q1 have no authentication. Name the dedicated segment this link runs on (R-NET-04), or use a serial link.";
            }
        }

        if (Unit is < 1 or > 247)
        {
            yield return $"{place}.unit: {Unit} is outside 1 to 247.";
        }

        if (BaudRate is { } rate && !SerialFormat.Rates.Contains(rate))
        {
            yield return $"{place}.baudRate: {rate} is no rate of a serial port. Use one of {string.Join(", ", SerialFormat.Rates)}.";
        }

        if (Every is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromSeconds(10)))
        {
            yield return $"{place}.every: {every} is outside 00:00:01 to 00:00:10.";
        }

        if (Commands is { } commands && (commands.Distinct().Count() != commands.Length || commands.Any(command => !Enum.IsDefined(command))))
        {
            yield return $"{place}.commands: name each once, of {string.Join(", ", Enum.GetNames<UpsCommand>())}.";
        }

        if (IsWritten && Nut is not null)
        {
            yield return $"{place}.commands: a unit behind another machine's upsd takes none from here. Leave them out.";
        }

        foreach (var problem in Battery?.Problems($"{place}.battery") ?? [])
        {
            yield return problem;
        }
    }
}
