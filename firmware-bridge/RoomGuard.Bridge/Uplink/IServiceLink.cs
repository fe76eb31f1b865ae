using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Uplink;

/// <summary>The service did not take or give what it should; the message says what was seen.</summary>
public sealed class ServiceLinkException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The line to the service, as the uplink needs it.</summary>
public interface IServiceLink
{
    /// <summary>Hands a report over.</summary>
    /// <exception cref="ServiceLinkException">Not taken; it is to be sent again.</exception>
    Task<ReportReceipt> ReportAsync(PanelReport report, CancellationToken stop);

    /// <summary>Orders after this serial number, as they come. Ends only when the line does.</summary>
    /// <exception cref="ServiceLinkException">The line broke.</exception>
    IAsyncEnumerable<OrderNews> OrdersAsync(long after, CancellationToken stop);

    /// <summary>The bytes of a grant list as a stream.</summary>
    /// <exception cref="ServiceLinkException">It cannot be had now.</exception>
    Task<Stream> GrantListAsync(long version, CancellationToken stop);
}
