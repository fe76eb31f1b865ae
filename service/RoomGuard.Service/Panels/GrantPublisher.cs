using System.Threading.Channels;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Panels;

/// <summary>
/// Publishes the grant list whenever people, cards, grants or orders change, joined over 200 ms, and anew from time to time so that a list never
/// grows old at a bridge that can be reached (R-RED-01).
/// </summary>
public sealed class GrantPublisher(ServiceRecord record, GrantListFiles files, ISiteSettings site, SitePolicy policy, ServiceMeters meters, TimeProvider time, ILogger<GrantPublisher> log) : BackgroundService
{
    /// <summary>Changes within this time share one list.</summary>
    public static readonly TimeSpan JoinedOver = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly Channel<string> causes = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How often a list is issued anew although nothing changed: a sixth of its age limit.</summary>
    public TimeSpan Reissue => site.Now.GrantListAgeLimit / 6;

    /// <summary>Listens to the record; once, when the service starts.</summary>
    public void Begin() => record.Follow(items =>
    {
        if (items.Any(item => item.Event is PersonRecorded or CredentialRecorded or GrantRecorded or GrantEnded or SuspensionOrdered { Suspension.Person: not null } or LockdownOrdered
            or ContractRecorded or ContractEnded or PreconditionMet or PreconditionWithdrawn or RoleHeld or RoleEnded or CaseDecided or CaseLapsed
            or ZoneRegistered or DoorRegistered or ProfileAdopted))
        {
            causes.Writer.TryWrite("changed");
        }
    });

    /// <summary>Something changed that is no entry of the record: a day began.</summary>
    public void Ask(string cause) => causes.Writer.TryWrite(cause);

    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(10);

    /// <summary>Builds, stores and records a list now.</summary>
    /// <returns>Its version.</returns>
    public async Task<long> PublishAsync(string cause, CancellationToken stop)
    {
        var begun = time.GetTimestamp();

        // A suspension carries the time at which it was ordered and is committed a moment later. A list read in between does not hold it yet and must not
        // count as newer than it, or bridges would drop the suspension on top of the list (R-RED-03). A suspension that counts twice does no harm.
        var issuedAt = time.GetUtcNow() - LongestCommit;

        // R-ZONE-04: a zone that is not in service has no rules, and then nobody enters.
        var closed = policy.NotInService;
        var (version, digest) = await record.Readers.Ask(
            db =>
            {
                var next = 1 + (long)(db.Value("SELECT max(version) FROM view_lists") ?? 0L);
                var head = new GrantListFiles.Head(next, issuedAt, site.Now.Site.Id, site.Now.Site.TimeZone, site.Now.GrantListAgeLimit, [.. site.Now.ZoneRules.Where(zone => !closed.Contains(zone.Id)).Select(WithEscorts)]);
                return (next, files.Write(head, db, stop));
            },
            stop);
        _ = await record.AppendAsync(new GrantListPublished(time.GetUtcNow(), version, Convert.ToHexStringLower(digest), cause), stop);
        files.Tidy(version);
        meters.ListPublished(time.GetElapsedTime(begun));
        log.Published(version, cause);
        return version;
    }

    // R-VIS-10: who may escort is the profile's choice, whatever else a zone asks of an escort.
    private Zone WithEscorts(Zone zone) => zone.RulesInForce is { Escort: { } escort } rules && escort.Eligible != policy.Now.EscortEligibility.Value
        ? zone with { Rules = rules with { Escort = escort with { Eligible = policy.Now.EscortEligibility.Value } } }
        : zone;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();

        // Settings and files may have changed while the service was down, so a start always publishes.
        string? cause = "start";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (cause is not null)
                {
                    _ = await PublishAsync(cause, stoppingToken);
                }

                cause = await NextAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is EvidenceWriteException or IOException)
            {
                log.NotPublished(failed);
                await Task.Delay(RetryAfter, time, stoppingToken);
                cause = "again";
            }
        }
    }

    private async Task<string> NextAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Reissue, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var cause = await causes.Reader.ReadAsync(both.Token);
            await Task.Delay(JoinedOver, time, stop);
            _ = causes.Reader.TryRead(out _);
            return cause;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "reissued";
        }
    }
}

internal static partial class PublisherLog
{
    [LoggerMessage(2101, LogLevel.Information, "Grant list {Version} published ({Cause})")]
    public static partial void Published(this ILogger log, long version, string cause);

    [LoggerMessage(2102, LogLevel.Error, "The grant list could not be published; bridges keep the last one. Trying again")]
    public static partial void NotPublished(this ILogger log, Exception failed);
}
