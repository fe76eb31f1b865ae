using System.Collections.Immutable;
using System.Net;
using RoomGuard.Core.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>
/// Who may come in from where (R-SIGN-14): from the site's own networks everybody, from anywhere else only who has 外部からのアクセス in force today. Asked at
/// sign-in and again on every request, so that a session begun inside ends where it is carried out, and a permission that is taken back ends at once.
/// </summary>
public sealed class OutsideGate(ServiceRecord record, SignInSettings? settings, TimeProvider time)
{
    private readonly ImmutableArray<IPNetwork> inside = [.. (settings ?? new()).InsideNetworks.Select(IPNetwork.Parse)];

    /// <summary>Whether an address lies in the site's networks. One that cannot be read does not.</summary>
    public bool IsInside(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        var plain = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return inside.Any(network => network.Contains(plain));
    }

    /// <summary>Whether a person may use the pages from an address now.</summary>
    public bool Lets(PersonId person, string address)
    {
        if (IsInside(address))
        {
            return true;
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
        return record.Readers.AskNow(db => OperatorsView.RemoteAccessOf(db, person, today)).Any(access => access.InForce(today));
    }
}
