using System.Diagnostics;
using System.Net.Sockets;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.SystemTests.Links;

/// <summary>Readers behind a device server's socket, on a thread of their own.</summary>
internal sealed class ReadersOnASocket : IDisposable
{
    private readonly Socket socket;
    private readonly PdLine line;
    private readonly Thread thread;
    private readonly Lock gate = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private volatile bool stop;

    public ReadersOnASocket(Socket socket, IReadOnlyList<PdSession> devices)
    {
        this.socket = socket;
        line = new(devices);
        thread = new(Run) { IsBackground = true, Name = "readers" };
        thread.Start();
    }

    public void With(Action<TimeSpan> action)
    {
        lock (gate)
        {
            action(Stopwatch.GetElapsedTime(started));
        }
    }

    public void Dispose()
    {
        stop = true;
        thread.Join();
        socket.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[4096];
        while (!stop)
        {
            var count = socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead) ? socket.Receive(buffer) : 0;
            lock (gate)
            {
                line.Receive(buffer.AsSpan(0, count), Stopwatch.GetElapsedTime(started));
                while (line.TryTake(Stopwatch.GetElapsedTime(started), out var bytes))
                {
                    socket.Send(bytes.Span);
                }
            }
        }
    }
}
