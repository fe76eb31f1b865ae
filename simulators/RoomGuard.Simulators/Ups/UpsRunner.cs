using RoomGuard.Simulators.Lines;

namespace RoomGuard.Simulators.Ups;

/// <summary>One thread per unit's wire: moves bytes between the outside and the simulated unit and keeps its times. It decides nothing.</summary>
internal sealed class UpsRunner : IDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly SimulatedSite site;
    private readonly UpsWire wire;
    private readonly Thread thread;
    private volatile bool stopping;

    public UpsRunner(SimulatedSite site, UpsWire wire, ILinePort port)
    {
        this.site = site;
        this.wire = wire;
        Port = port;
        thread = new(Run) { Name = $"ups {wire.Ups.Settings.Id}", IsBackground = true };
        thread.Start();
    }

    public ILinePort Port { get; }

    public void Dispose()
    {
        stopping = true;
        Port.Wake();
        thread.Join();
        Port.Dispose();
    }

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[1024];
        while (!stopping)
        {
            var wait = site.UpsTurn(wire, [], out var ready);
            Send(ready);
            var count = Port.WaitAndRead(buffer, wait is { } due && due < IdleWait ? due < TimeSpan.Zero ? TimeSpan.Zero : due : IdleWait);
            if (count > 0)
            {
                site.UpsTurn(wire, buffer[..count], out ready);
                Send(ready);
            }
        }
    }

    private void Send(List<byte[]> ready)
    {
        foreach (var bytes in ready)
        {
            Port.Write(bytes);
        }
    }
}
