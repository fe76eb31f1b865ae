using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Service.Notices;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

public class HeartbeatTests
{
    [Fact]
    [Requirement("R-MON-06")]
    public async Task Others_are_told_each_time_that_the_service_lives_and_the_page_since_when_they_do_not_hear_it()
    {
        await using var rig = new ServiceRig();
        var (desk, log) = (new ScriptedLine(), new ScriptedLine { Usually = ScriptedLine.Down });
        using var beats = new Heartbeats(
            new HeartbeatSettings(["desk", "log"], TimeSpan.FromSeconds(30)),
            ImmutableDictionary<string, INoticeLine>.Empty.Add("desk", desk).Add("log", log),
            (id, due) => new(id, due, "kakuu-1", rig.Settings.TimeZone, null, rig.Time.GetUtcNow()),
            rig.Record,
            new NoticeMeters(),
            rig.Time,
            NullLogger<Heartbeats>.Instance);

        await beats.BeatAsync(CancellationToken.None);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await beats.BeatAsync(CancellationToken.None);

        Assert.Equal(["H-1-1", "H-1-2"], desk.Heard.Select(one => one.Letter.Id));
        Assert.All(desk.Heard, one => Assert.True(one.Letter is { IsWell: true, Notices.IsEmpty: true }));
        Assert.Equal(
            new BeatLook[] { new("desk", A.MondayNine.AddSeconds(30), null, null), new("log", null, A.MondayNine, "connection refused") },
            beats.Looks);

        log.Usually = new NoticeTaken();
        await beats.BeatAsync(CancellationToken.None);
        Assert.Equal(new BeatLook("log", A.MondayNine.AddSeconds(30), null, null), beats.Looks[1]);
    }
}
