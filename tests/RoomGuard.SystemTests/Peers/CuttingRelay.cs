using System.Net;
using System.Net.Sockets;

namespace RoomGuard.SystemTests.Peers;

/// <summary>A cable to a port on this machine that is cut: after so many bytes, in the middle of a packet, or by hand.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly Queue<int> cuts;
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;
    private readonly Lock gate = new();
    private CancellationTokenSource? link;

    /// <param name="target">The port behind it.</param>
    /// <param name="cuts">Bytes from the far end after which the first connection is cut, the second, and so on; the rest hold.</param>
    public CuttingRelay(int target, params int[] cuts)
    {
        this.target = target;
        this.cuts = new(cuts);
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that are still to be cut.</summary>
    public int CutsLeft
    {
        get
        {
            lock (gate)
            {
                return cuts.Count;
            }
        }
    }

    /// <summary>Whoever connects is thrown out at once.</summary>
    public bool IsDead { get; set; }

    /// <summary>Cuts the connection that stands.</summary>
    public void Cut()
    {
        lock (gate)
        {
            link?.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting;
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var near = await listener.AcceptSocketAsync(end.Token);
                if (!IsDead)
                {
                    await CarryAsync(near);
                }

                // No good-bye: what is on its way is lost, as it is when a cable is cut.
                near.LingerState = new(true, 0);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One end has gone, or the test is over.
            }
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        int? most;
        lock (gate)
        {
            link = cut;
            most = cuts.TryDequeue(out var bytes) ? bytes : null;
        }

        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, cut.Token);
            await Task.WhenAny(CopyAsync(near, far, null, cut.Token), CopyAsync(far, near, most, cut.Token));
            far.LingerState = new(true, 0);
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The far end is away.
        }
        finally
        {
            lock (gate)
            {
                link = null;
            }

            await cut.CancelAsync();
        }
    }

    private static async Task CopyAsync(Socket from, Socket into, int? most, CancellationToken cut)
    {
        var buffer = new byte[1024];
        var left = most ?? int.MaxValue;
        try
        {
            while (left > 0)
            {
                var count = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left)), cut);
                if (count == 0)
                {
                    return;
                }

                left -= most is null ? 0 : count;
                _ = await into.SendAsync(buffer.AsMemory(0, count), cut);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
