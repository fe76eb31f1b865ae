using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class RoomLoopTests : IDisposable
{
    private readonly TestRoom room = new();
    private readonly RoomMeters meters = new("Test");
    private readonly RoomLoop loop;
    private Exception? broken;

    public RoomLoopTests() => loop = new(wrong => broken = wrong, room.Time, meters, NullLogger.Instance);

    public void Dispose()
    {
        loop.Dispose();
        meters.Dispose();
    }

    [Fact]
    public async Task What_is_posted_is_decided_and_durable_when_the_post_ends()
    {
        loop.Start(room.Turn, () => { });

        Assert.True(await loop.PostAsync(new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301")));

        Assert.Single(room.Written<EntryGranted>());
    }

    [Fact]
    public async Task Many_posters_at_once_lose_nothing_and_double_nothing()
    {
        loop.Start(room.Turn, () => { });

        var posters = Enumerable.Range(0, 4).Select(poster => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                loop.Post(new BadgePresented(room.Now, TestRoom.Inside, new((UInt128)((poster * 1000) + i)), "H10301"));
            }
        }));
        await Task.WhenAll(posters);
        await loop.RecordAsync(new JournalStarted(room.Now, 1, "test", null));

        var left = room.Written<ExitBadged>().Select(exit => (int)exit.CardDigest.Value).ToList();
        Assert.Equal(2000, left.Count);
        Assert.Equal(2000, left.Distinct().Count());
        Assert.All(Enumerable.Range(0, 4), poster => Assert.Equal(left.Where(id => id / 1000 == poster).Order(), left.Where(id => id / 1000 == poster)));
    }

    [Fact]
    public async Task What_can_wait_is_taken_with_what_comes_next_in_its_order()
    {
        loop.Start(room.Turn, () => { });
        for (var i = 0; i < 5_000; i++)
        {
            while (!loop.TryPost(new BadgePresented(room.Now, TestRoom.Inside, new((UInt128)i), "H10301"), canWait: true))
            {
                await Task.Yield();
            }
        }

        await loop.RecordAsync(new JournalStarted(room.Now, 1, "test", null));

        Assert.Equal(Enumerable.Range(0, 5_000), room.Written<ExitBadged>().Select(exit => (int)exit.CardDigest.Value));
    }

    [Fact]
    public async Task What_can_wait_is_taken_though_nothing_comes_next()
    {
        var taken = new TaskCompletionSource();
        loop.Start(room.Turn, () => taken.TrySetResult());

        Assert.True(loop.TryPost(new BadgePresented(room.Now, TestRoom.Inside, TestRoom.Card, "H10301"), canWait: true));

        await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task At_the_end_what_still_waits_is_decided_and_nothing_waits_for_ever()
    {
        var waiting = loop.PostAsync(new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301"));
        loop.Start(room.Turn, () => { });
        loop.Stop();

        Assert.True(await waiting);
        Assert.False(await loop.PostAsync(new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301")));
        Assert.False(loop.TryPost(new TimePassed(room.Now)));
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void A_full_inbox_never_makes_a_wire_wait()
    {
        // Not started: nothing is taken out.
        var taken = 0;
        while (taken < 100_000 && loop.TryPost(new TimePassed(room.Now)))
        {
            taken++;
        }

        Assert.InRange(taken, 1, 99_999);
    }

    [Fact]
    public async Task A_broken_belief_ends_the_room_loudly_and_nobody_waits_for_it()
    {
        loop.Start(room.Turn, () => throw new InvalidOperationException("told"));

        Assert.True(await loop.PostAsync(new BadgePresented(room.Now, TestRoom.Outside, TestRoom.Card, "H10301")));
        loop.Stop();

        Assert.IsType<InvalidOperationException>(broken);
        Assert.False(await loop.PostAsync(new TimePassed(room.Now)));
    }
}
