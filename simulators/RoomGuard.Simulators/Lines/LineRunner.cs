
namespace RoomGuard.Simulators.Lines;

/// <summary>One thread per line: moves bytes between the outside and the simulated wire and keeps its times. It decides nothing.</summary>
internal sealed class LineRunner : IDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly SimulatedSite site;
    private readonly SimulatedLine line;
    private readonly ILinePort port;
    private readonly Thread thread;
    private volatile bool stopping;

    public LineRunner(SimulatedSite site, SimulatedLine line, ILinePort port)
    {
        this.site = site;
        this.line = line;
        this.port = port;
        thread = new(Run) { Name = $"line {line.Id}", IsBackground = true };
        thread.Start();
    }

    /// <summary>Where a bridge finds the line.</summary>
    public ILinePort Port => port;

    /// <summary>Something about the line may have changed: look again.</summary>
    public void Wake() => port.Wake();

    public void Dispose()
    {
        stopping = true;
        port.Wake();
        thread.Join();
        port.Dispose();
    }

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (!stopping)
        {
            var wait = site.LineTurn(line, [], out var ready);
            Send(ready);
            ShowPort();
            var count = port.WaitAndRead(buffer, wait ?? IdleWait);
            if (count > 0)
            {
                site.LineTurn(line, buffer[..count], out ready);
                Send(ready);
            }
        }
    }

    private void Send(List<byte[]> ready)
    {
        foreach (var bytes in ready)
        {
            port.Write(bytes);
        }
    }

    private void ShowPort()
    {
        try
        {
            port.Show(!line.AdapterPulled);
        }
        catch (Exception wrong) when (wrong is IOException or System.Net.Sockets.SocketException)
        {
            site.PortFailed(line, wrong.Message);
        }
    }
}
