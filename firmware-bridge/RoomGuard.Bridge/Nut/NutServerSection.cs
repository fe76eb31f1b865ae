using System.Collections.Immutable;
using System.Net;

namespace RoomGuard.Bridge.Nut;

/// <summary>A name clients may monitor beside the units' own: one for each stage of the shutdown, so that unmodified clients go down stage by stage.</summary>
/// <param name="Name">What stands before the @ in a client's MONITOR line, e.g. <c>stage-1</c>.</param>
/// <param name="Ups">The unit that feeds its hosts.</param>
public sealed record NutNameSettings(string Name, string Ups, string Label);

/// <summary>The NUT server for the servers of the room. Its users are not settings (R-CFG-11): <c>nut-user add</c>.</summary>
/// <param name="Address">Where it listens; loopback unless the servers' segment is meant.</param>
/// <param name="TlsForActs">Nobody logs in or forces a shutdown without TLS.</param>
public sealed record NutServerSection(ImmutableArray<NutNameSettings> Names, string Address = "127.0.0.1", int Port = 3493, bool TlsForActs = true)
{
    private const int MostNames = 100;

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, IReadOnlyCollection<string> units, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return $"{place}.address: \"{Address}\" is not an IP address. Write the bridge's address in the servers' segment.";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"{place}.port: {Port} is not a port (1 to 65535; 0 takes any free one).";
        }

        if (Names.Length > MostNames)
        {
            yield return $"{place}.names: {Names.Length} are more than {MostNames}.";
        }

        foreach (var (at, name) in Names.Index())
        {
            if (!isName(name.Name))
            {
                yield return $"{place}.names[{at}].name: \"{name.Name}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. stage-1.";
            }

            if (!units.Contains(name.Ups))
            {
                yield return $"{place}.names[{at}].ups: there is no unit \"{name.Ups}\" under ups.";
            }
        }

        foreach (var twice in Names.Select(name => name.Name).Concat(units).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            yield return $"{place}.names: \"{twice.Key}\" stands twice. Names are unique, and no unit has the same.";
        }
    }
}
