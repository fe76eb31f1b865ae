using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Service.Watch;
using Xunit;

namespace RoomGuard.UnitTests.Service.Watch;

/// <summary>What the service looks after by itself goes on, whatever one look runs into.</summary>
public sealed class WatchLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_look_that_fails_is_counted_and_looked_again_and_harms_no_other()
    {
        await using var rig = new ServiceRig();
        using var meters = new ServiceMeters();
        var failures = 0L;
        using var listener = new MeterListener { InstrumentPublished = (one, to) => _ = one.Name == "roomguard_watch_looks_failed" ? Enabled(to, one) : 0 };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref failures, value));
        listener.Start();
        var (broken, well) = (new Looker(look => look < 3 ? throw new InvalidOperationException("no such row") : true), new Looker(_ => true));
        using var one = new WatchLoop(broken, rig.Record, meters, rig.Time, NullLogger<WatchLoop>.Instance);
        using var other = new WatchLoop(well, rig.Record, meters, rig.Time, NullLogger<WatchLoop>.Instance);
        await one.StartAsync(default);
        await other.StartAsync(default);

        await Until(rig, () => broken.Looks >= 3 && well.Looks >= 3);

        Assert.Equal(2, Interlocked.Read(ref failures));
        Assert.Equal(1, broken.Begins);
        await one.StopAsync(default);
        await other.StopAsync(default);
    }

    [Fact]
    public async Task An_entry_it_waits_for_makes_it_look_at_once_and_another_does_not()
    {
        await using var rig = new ServiceRig();
        using var meters = new ServiceMeters();
        var looker = new Looker(_ => true);
        using var loop = new WatchLoop(looker, rig.Record, meters, rig.Time, NullLogger<WatchLoop>.Instance);
        await loop.StartAsync(default);
        Assert.Equal(1, await looker.Told.ReadAsync().AsTask().WaitAsync(Patience));

        // The clock stands still: only the entry can be why it looks.
        _ = await rig.Record.AppendAsync(A.Granted(rig.Time.GetUtcNow()), default);
        Assert.False(looker.Told.TryRead(out _));
        _ = await rig.Record.AppendAsync(new PersonLeft(rig.Time.GetUtcNow(), new("SRV-1"), new("SRV-1-D1"), new("S-0217"), null), default);
        Assert.Equal(2, await looker.Told.ReadAsync().AsTask().WaitAsync(Patience));
        await loop.StopAsync(default);
    }

    [Fact]
    public async Task What_could_not_be_recorded_is_looked_at_again_after_its_time_and_not_in_a_spin()
    {
        await using var rig = new ServiceRig();
        using var meters = new ServiceMeters();
        var looker = new Looker(look => look > 1);
        using var loop = new WatchLoop(looker, rig.Record, meters, rig.Time, NullLogger<WatchLoop>.Instance);
        await loop.StartAsync(default);
        Assert.Equal(1, await looker.Told.ReadAsync().AsTask().WaitAsync(Patience));

        _ = await rig.Record.AppendAsync(new PersonLeft(rig.Time.GetUtcNow(), new("SRV-1"), new("SRV-1-D1"), new("S-0217"), null), default);
        Assert.Equal(1, looker.Looks);
        await Until(rig, () => looker.Looks > 1);
        await loop.StopAsync(default);
    }

    private static int Enabled(MeterListener to, Instrument one)
    {
        to.EnableMeasurementEvents(one);
        return 1;
    }

    private static async Task Until(ServiceRig rig, Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class Looker(Func<int, bool> look) : IRecordWatch
    {
        private readonly Channel<int> told = Channel.CreateUnbounded<int>();
        private int looks;

        public ChannelReader<int> Told => told.Reader;

        public int Looks => Volatile.Read(ref looks);

        public int Begins { get; private set; }

        public TimeSpan LookEvery => TimeSpan.FromMinutes(1);

        public bool Wakes(RecordedEvent item) => item is PersonLeft;

        public Task BeginAsync(CancellationToken stop)
        {
            Begins++;
            return Task.CompletedTask;
        }

        public Task<bool> LookAsync(CancellationToken stop)
        {
            var turn = Interlocked.Increment(ref looks);
            _ = told.Writer.TryWrite(turn);
            return Task.FromResult(look(turn));
        }
    }
}
