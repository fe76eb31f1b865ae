using System.Threading.Channels;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.People;

/// <summary>
/// R-ID-07: sees in what bridges report the signs of a card having been lent, and writes each down for SEC. It only tells; nobody is kept out by it.
/// </summary>
public sealed class LendingWatch(ServiceRecord record, ISiteSettings site, ILogger<LendingWatch> log) : BackgroundService
{
    // Presence is the view's, and the view has the new entry already: what counts is who was inside before it.
    private readonly Dictionary<PersonId, ZoneId> inside = [];
    private readonly Channel<RecordedItem> waiting = Channel.CreateBounded<RecordedItem>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Takes over who is inside and listens to the record; once, when the service starts.</summary>
    public void Begin()
    {
        record.Readers.AskNow(db =>
        {
            using var row = db.Rows("SELECT person, zone FROM view_presence");
            while (row.Read())
            {
                inside[new(row.GetString(0))] = new(row.GetString(1));
            }

            return 0;
        });
        record.Follow(items =>
        {
            foreach (var item in items)
            {
                if (item.Event is EntryGranted or EntryDenied { Reason: DenyReason.FactorMismatch or DenyReason.BiometricMismatch or DenyReason.AlreadyInside } or PinHeld or PersonEntered or PersonLeft)
                {
                    _ = waiting.Writer.TryWrite(item);
                }
            }
        });
    }

    /// <summary>The sign in one entry, if there is one; keeps in mind who is inside.</summary>
    public LendingSuspected? Look(RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case PersonEntered e:
                inside[e.Person] = e.Zone;
                return null;
            case PersonLeft e:
                _ = inside.Remove(e.Person);
                return null;
            case EntryGranted e when inside.TryGetValue(e.Person, out var zone) && !LiesIn(e.Zone, zone):
                return zone == e.Zone
                    ? new(e.OccurredAt, e.Person, LendingPattern.EntryWhileInside, e.Door, e.Zone, zone, [item.N])
                    : new(e.OccurredAt, e.Person, LendingPattern.TwoPlaces, e.Door, e.Zone, zone, [item.N]);
            case PinHeld e when site.Now.Doors.FirstOrDefault(door => door.Id == e.Door.Value) is { } door:
                return new(e.OccurredAt, e.Person, LendingPattern.FactorMismatch, e.Door, new(door.Zone), null, [item.N]);
            // Where the door itself refuses whoever is inside already, the refusal is the sign.
            case EntryDenied { Reason: DenyReason.AlreadyInside, Person: { } person } e:
                return new(e.OccurredAt, person, LendingPattern.EntryWhileInside, e.Door, e.Zone, e.Zone, [item.N]);
            case EntryDenied { Reason: DenyReason.FactorMismatch or DenyReason.BiometricMismatch, Person: { } person } e:
                return new(e.OccurredAt, person, LendingPattern.FactorMismatch, e.Door, e.Zone, null, [item.N]);
            default:
                return null;
        }
    }

    // R-ZONE-09: whoever is in the outer zone enters the inner one rightly.
    private bool LiesIn(ZoneId inner, ZoneId outer)
    {
        var at = site.Now.Zones.FirstOrDefault(one => one.Id == inner.Value);
        for (var steps = 0; at?.Parent is { } parent && steps < site.Now.Zones.Length; steps++)
        {
            if (parent == outer.Value)
            {
                return true;
            }

            at = site.Now.Zones.FirstOrDefault(one => one.Id == parent);
        }

        return false;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var item in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (Look(item) is { } sign)
                {
                    _ = await record.AppendAsync(sign, stoppingToken);
                }
            }
            catch (EvidenceWriteException failed)
            {
                log.SignLost(failed);
            }
        }
    }
}

internal static partial class LendingLog
{
    [LoggerMessage(2511, LogLevel.Error, "A sign of lending could not be written")]
    public static partial void SignLost(this ILogger log, Exception failed);
}
