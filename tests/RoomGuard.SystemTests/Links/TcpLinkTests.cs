using System.Net;
using System.Net.Sockets;
using RoomGuard.Bridge.Links;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Links;

/// <summary>Connecting to a device server, on real sockets.</summary>
public sealed class TcpLinkTests : IDisposable
{
    private readonly WakeSignal wake = new();

    public void Dispose() => wake.Dispose();

    [Fact]
    public void Bytes_pass_both_ways_and_what_woke_the_wire_while_it_connected_is_not_lost()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        wake.Set();

        using var link = Open("localhost", ((IPEndPoint)server.LocalEndpoint).Port);
        Assert.True(wake.Wait(TimeSpan.Zero));
        using var far = server.AcceptSocket();
        link.Write([1, 2, 3]);
        var got = new byte[8];
        Assert.Equal(3, far.Receive(got));
        _ = far.Send([4, 5]);
        Assert.Equal(2, link.Read(got, TimeSpan.FromSeconds(10)));
        Assert.Equal([4, 5], got[..2]);
    }

    [Fact]
    public void Where_nobody_listens_the_place_and_the_next_step_are_named()
    {
        var port = LoopbackPorts.Next();

        var broken = Assert.Throws<LinkBrokenException>(() => Open("127.0.0.1", port));

        Assert.Contains($"127.0.0.1:{port}", broken.Message, StringComparison.Ordinal);
        Assert.Contains("refused", broken.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Look whether", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_named() =>
        Assert.Contains("no-such-host.invalid", Assert.Throws<LinkBrokenException>(() => Open("no-such-host.invalid", 502)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_end_of_the_program_ends_a_connecting()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start(0);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        using var end = new CancellationTokenSource();
        var waiting = new List<TcpLink>();
        try
        {
            // A server that accepts nobody lets a few wait at its door; whoever comes after them hears nothing.
            var ended = Assert.ThrowsAny<Exception>(() =>
            {
                for (var i = 0; i < 64; i++)
                {
                    using var late = new Timer(_ => { end.Cancel(); wake.Set(); }, null, TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan);
                    waiting.Add(TcpLink.Open("127.0.0.1", port, TimeProvider.System, wake, end.Token));
                }
            });
            Assert.IsType<OperationCanceledException>(ended);
        }
        finally
        {
            waiting.ForEach(link => link.Dispose());
        }
    }

    private TcpLink Open(string host, int port) => TcpLink.Open(host, port, TimeProvider.System, wake, CancellationToken.None);
}
