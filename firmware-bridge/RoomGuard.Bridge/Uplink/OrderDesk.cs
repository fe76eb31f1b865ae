using System.Diagnostics.Metrics;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Uplink;

/// <summary>Carries one order out: signature first, then the room, then the word that it is done.</summary>
public sealed class OrderDesk : IDisposable
{
    private readonly IRoom room;
    private readonly OrderSignatures signatures;
    private readonly GrantListStore store;
    private readonly TimeProvider time;
    private readonly ILogger<OrderDesk> log;
    private readonly Meter meter = new("RoomGuard.Bridge.Orders");
    private readonly Counter<long> refused;

    /// <summary>A desk for this room.</summary>
    public OrderDesk(IRoom room, OrderSignatures signatures, GrantListStore store, TimeProvider time, ILogger<OrderDesk> log)
    {
        this.room = room;
        this.signatures = signatures;
        this.store = store;
        this.time = time;
        this.log = log;
        refused = meter.CreateCounter<long>("roomguard_orders_refused", description: "Orders and grant lists that were not put in force: signature, digest, version or content.");
    }

    /// <summary>Puts a suspension, a lockdown or an order to the rooms in force.</summary>
    /// <returns>True when it is done for good; false when it must come again.</returns>
    public async Task<bool> CarryOutAsync(OrderNews news)
    {
        switch (news)
        {
            case SuspensionNews suspension when !signatures.IsSigned(suspension.Suspension, suspension.Signature):
            case LockdownNews lockdown when !signatures.IsSigned(lockdown.Lockdown, lockdown.Ended, lockdown.Signature):
            case RoomOrderNews order when !signatures.IsSigned(order.Serial, order.Content, order.Signature):
                refused.Add(1);
                log.OrderNotSigned(news.Serial, news switch { SuspensionNews => "suspension", LockdownNews => "lockdown", _ => "order to the rooms" });
                return true;
            case SuspensionNews { Suspension: var suspension }:
                // Told again after a break; the room has it already, and perhaps a later one that lifts it.
                if (suspension.Serial <= room.State.SuspensionSerial)
                {
                    return true;
                }

                log.SuspensionTaken(suspension.Serial);
                return await room.PostAsync(new SuspensionArrived(time.GetUtcNow(), suspension));
            case LockdownNews { Lockdown: var lockdown, Ended: var ended }:
                log.LockdownTaken(lockdown.Id, ended ? "is over" : "is in force");
                return await room.PostAsync(new LockdownArrived(time.GetUtcNow(), lockdown, ended));
            case RoomOrderNews { Content: var order }:
                log.RoomOrderTaken(news.Serial, order.Key);
                return await room.PostAsync(new RoomOrderArrived(time.GetUtcNow(), news.Serial, order));
            default:
                return true;
        }
    }

    /// <summary>Fetches a list, checks it, keeps it and puts it in force.</summary>
    /// <returns>True when it is done for good, taken or refused.</returns>
    /// <exception cref="ServiceLinkException">The line broke; try again.</exception>
    public async Task<bool> TakeListAsync(GrantListNews news, IServiceLink link, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(news);
        ArgumentNullException.ThrowIfNull(link);
        if (news.Version <= (room.State.ListVersion ?? 0))
        {
            return true;
        }

        try
        {
            await using var bytes = await link.GrantListAsync(news.Version, stop);
            var index = await store.TakeAsync(news, bytes, stop);
            var done = await room.PostAsync(new GrantListArrived(time.GetUtcNow(), index));
            log.ListTaken(news.Version, index.List.People.Length, index.List.Credentials.Length, index.List.Grants.Length);
            return done;
        }
        catch (GrantListException wrong)
        {
            refused.Add(1);
            log.ListRefused(news.Version, wrong.Message);
            return await room.RecordAsync(new GrantListRefused(time.GetUtcNow(), news.Version, wrong.Message));
        }
        catch (Exception failed) when (failed is IOException or HttpRequestException)
        {
            throw new ServiceLinkException(HttpServiceLink.Why(failed), failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
