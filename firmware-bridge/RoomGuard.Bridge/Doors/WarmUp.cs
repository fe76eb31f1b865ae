using System.Collections.Immutable;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Doors;

/// <summary>
/// Decides some badges of an invented person at an invented door, in a journal of its own that is thrown away, so that the first real badge
/// finds the code compiled. Nothing of it reaches a wire, the journal or the measurements.
/// </summary>
public static class WarmUp
{
    private const int Badges = 40;

    /// <summary>Runs the whole path but the wires.</summary>
    /// <param name="folder">A folder of its own, made and removed here.</param>
    public static void Run(string folder, Func<int, byte[]> randomBytes, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            Remove(folder);
            _ = Directory.CreateDirectory(folder);
            Decide(folder, randomBytes, time, log);
        }
        catch (IOException full)
        {
            // A full disk is the journal's to report; a cold first badge is only slower.
            log.WarmUpSkipped(full.Message);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Decide(string folder, Func<int, byte[]> randomBytes, TimeProvider time, ILogger log)
    {
        var (door, zone, reader) = (new DoorId("warm-up"), new ZoneId("warm-up"), new DeviceId("warm-up"));
        var plan = new RoomPlan(
            [new(door, zone, "-", "-", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure)],
            [new(reader, door, ReaderSide.Entry)]);
        var control = new EntryControl(plan, new() { PinMatches = (_, _) => false });
        using var journal = RoomJournal.Open(
            new EvidenceLogSettings(Path.Combine(folder, "journal.db"), "warm-up/warm-up/journal", "warm-up", randomBytes, time), new(Path.Combine(folder, "ballast"), 0));
        using var meters = new RoomMeters("WarmUp");
        var turn = new RoomTurn(control, journal, new Nowhere(), time, meters, log);
        var now = time.GetUtcNow();
        Tell(turn, new RoomStarted(now), time);
        Tell(turn, new GrantListArrived(now, new(List(zone, now))), time);
        Tell(turn, new ReaderChanged(now, reader, ReaderCondition.Online, "warm-up"), time);
        for (var i = 0; i < Badges; i++)
        {
            Tell(turn, new BadgePresented(now, reader, default, "H10301"), time);
            Tell(turn, new LeafOpened(now, door), time);
            Tell(turn, new LeafClosed(now, door), time);
        }

        _ = ImmutableArray.Create(journal.Log.Read(0, 1));
    }

    private static void Tell(RoomTurn turn, RoomInput input, TimeProvider time) => turn.Run([new(input, null, null, time.GetTimestamp())]);

    private static GrantList List(ZoneId zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new(
            1, now, "warm-up", "Asia/Tokyo", TimeSpan.FromDays(3),
            [new(zone, "-", "-", 1, [EntryMethod.Card], StaleListRule.DenyAll)],
            [new(new("W-1"), "-", "-", PersonCategory.Staff, "-", null, null)],
            [new(new("W-1"), new("W-1"), default, CredentialState.Active, null, null, null)],
            [new(new("W-1"), new("W-1"), [zone], WeekDays.All, Hours.AllDay, today.AddDays(-2), today.AddDays(2), false)],
            []);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Nowhere : IDoorDevices
    {
        public void Execute(DeviceOrder order)
        {
        }
    }
}
