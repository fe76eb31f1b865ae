using System.Diagnostics;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.TestKit.Lines;

/// <summary>Readers that answer on a real pseudo-terminal, on a thread of their own.</summary>
public sealed class ReadersOnALine : IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(20);

    private readonly PseudoTerminal terminal = new();
    private readonly Lock gate = new();
    private readonly PdLine line;
    private readonly Thread thread;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Random? noise;
    private readonly double damaged;
    private volatile bool stop;

    /// <param name="devices">Who answers.</param>
    /// <param name="damaged">Share of bytes damaged on their way, in each direction.</param>
    /// <param name="seed">Of the noise.</param>
    public ReadersOnALine(IReadOnlyList<PdSession> devices, double damaged = 0, int seed = 0)
    {
        line = new(devices);
        this.damaged = damaged;
        noise = damaged > 0 ? new(seed) : null;
        thread = new(Run) { IsBackground = true, Name = "readers" };
        thread.Start();
    }

    /// <summary>The port's path.</summary>
    public string Path => terminal.Path;

    /// <summary>Exchanges answered so far.</summary>
    public long Pieces { get; private set; }

    /// <summary>Does something with a reader between two of its exchanges.</summary>
    public T With<T>(Func<TimeSpan, T> action)
    {
        lock (gate)
        {
            return action(Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>Does something with a reader between two of its exchanges.</summary>
    public void With(Action<TimeSpan> action)
    {
        lock (gate)
        {
            action(Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>Stops answering and hangs up.</summary>
    public void Dispose()
    {
        stop = true;
        thread.Join();
        terminal.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[4096];
        while (!stop)
        {
            var count = terminal.Read(buffer, Wait());
            lock (gate)
            {
                var now = Stopwatch.GetElapsedTime(started);
                if (count > 0)
                {
                    line.Receive(Damage(buffer[..count]), now);
                }
                else
                {
                    line.Tick(now);
                }

                while (line.TryTake(Stopwatch.GetElapsedTime(started), out var bytes))
                {
                    Pieces++;
                    terminal.Write(Damage(bytes.ToArray()));
                }
            }
        }
    }

    private TimeSpan Wait()
    {
        lock (gate)
        {
            return line.NextDue is { } due && due - Stopwatch.GetElapsedTime(started) is var rest && rest < TickEvery ? rest : TickEvery;
        }
    }

    private byte[] Damage(byte[] bytes)
    {
        for (var at = 0; noise is not null && at < bytes.Length; at++)
        {
            bytes[at] ^= noise.NextDouble() < damaged ? (byte)(1 << noise.Next(8)) : (byte)0;
        }

        return bytes;
    }
}
