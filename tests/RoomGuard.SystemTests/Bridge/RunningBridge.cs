using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RoomGuard.Core.People;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>The real program in a folder of its own, with one reader behind TCP that is shown a good card all the time, and no service.</summary>
internal sealed class RunningBridge : IDisposable
{
    private const byte OutCommand = 0x68;
    private const int CommandAt = 5;

    private readonly TcpListener readerPort = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly byte[] bits = CardFormat.H10301.Encode(InventedSite.Facility, InventedSite.CardOfFirst);
    private readonly StringBuilder said = new();
    private readonly Task reader;
    private Process? program;
    private int strikes;

    internal RunningBridge()
    {
        Folder = Directory.CreateTempSubdirectory("roomguard-bridge-").FullName;
        readerPort.Start();
        Watch = LoopbackPorts.Next();
        Rooms = LoopbackPorts.Next();
        Mqtt = LoopbackPorts.Next();
        Prepare();
        reader = Task.Run(PlayAsync);
    }

    internal string Folder { get; }

    internal int Watch { get; }

    internal int Rooms { get; }

    /// <summary>The embedded broker, open to whoever calls on loopback.</summary>
    internal int Mqtt { get; }

    /// <summary>OUT commands the reader was given so far: each moved a strike.</summary>
    internal int Strikes => Volatile.Read(ref strikes);

    /// <summary>Whether its pages may be asked: doors are served before anybody may look, so a strike moves a moment before the ports listen.</summary>
    internal bool Listens => Answers(Watch) && Answers(Rooms);

    internal string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    internal Process Program => program!;

    internal void Start(params string[] more)
    {
        program = Run(["--settings", Path.Combine(Folder, "bridge.json"), .. more]);
        program.OutputDataReceived += (_, line) => Say(line.Data);
        program.ErrorDataReceived += (_, line) => Say(line.Data);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
    }

    internal static Process Run(IEnumerable<string> arguments)
    {
        var how = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        how.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "roomguard-bridge.dll"));
        foreach (var argument in arguments)
        {
            how.ArgumentList.Add(argument);
        }

        return Process.Start(how)!;
    }

    internal async Task UntilAsync(Func<bool> so, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (!so())
        {
            if (deadline.IsCancellationRequested || program is { HasExited: true })
            {
                throw new TimeoutException($"Not so within {limit.TotalSeconds:0} s. The program said:\n{Said}");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static bool Answers(int port)
    {
        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            caller.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (program is { HasExited: false })
        {
            program.Kill();
            program.WaitForExit();
        }

        end.Cancel();
        reader.Wait(TimeSpan.FromSeconds(5));
        readerPort.Dispose();
        program?.Dispose();
        end.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Say(string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }

    // A killed program leaves its connection; the next start makes a new one.
    private async Task PlayAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var socket = await readerPort.AcceptSocketAsync(end.Token);
                await ServeAsync(socket);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException)
            {
                // The program was killed or the test is over.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        var clock = Stopwatch.StartNew();
        var device = new PdSession(new(0, new(0x0A0B0C, 1, 1, 1, 1, 0, 0)) { EnforceSecure = false, Keypad = false }, RandomNumberGenerator.GetBytes);
        var line = new PdLine([device]);
        var buffer = new byte[4096];
        for (int count; (count = await socket.ReceiveAsync(buffer, end.Token)) > 0;)
        {
            if (device.EventsWaiting == 0)
            {
                device.PresentCard(bits, 26, clock.Elapsed);
            }

            if (IsOut(buffer.AsSpan(0, count)))
            {
                Interlocked.Increment(ref strikes);
            }

            line.Receive(buffer.AsSpan(0, count), clock.Elapsed);
            while (line.TryTake(clock.Elapsed, out var bytes))
            {
                await socket.SendAsync(bytes, end.Token);
            }
        }
    }

    // In the clear and without a security block the command stands behind five bytes of header (SIA OSDP 2.2, section 5); a mark may come before.
    private static bool IsOut(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf((byte)0x53);
        return start >= 0 && bytes.Length > start + CommandAt && (bytes[start + 4] & 0x08) == 0 && bytes[start + CommandAt] == OutCommand;
    }

    private void Prepare()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var asked = new CertificateRequest("CN=test", authorityKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = asked.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).Create(authority, now.AddDays(-1), now.AddDays(60), [1]);
        using var office = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var cardKey = RandomNumberGenerator.GetBytes(32);
        Write("panel.key", key.ExportPkcs8PrivateKeyPem());
        Write("panel.crt", certificate.ExportCertificatePem());
        Write("authority.crt", authority.ExportCertificatePem());
        Write("orders.pub", office.ExportSubjectPublicKeyInfoPem());
        Write("card.key", Convert.ToBase64String(cardKey));
        Write("pin.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        InventedSite.Store(Path.Combine(Folder, "grant-list"), InventedSite.List(10, new CardDigester(cardKey).Of(CardFormat.H10301.Decode(bits, 26).Number!.Canonical)), office);
        var port = ((IPEndPoint)readerPort.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Write("bridge.json", $$"""
            { "panel": "bridge-1", "site": "kakuu-1", "environment": "Test", "dataFolder": "{{Folder}}", "service": "https://127.0.0.1:1",
              "listen": { "address": "127.0.0.1", "watch": {{Watch}}, "rooms": { "port": {{Rooms}} } },
              "broker": { "port": {{Mqtt}}, "guests": { "mayPublish": ["#"], "maySubscribe": ["#"], "reason": "a test on loopback" } },
              "buses": [ { "id": "bus-1", "link": { "kind": "tcp", "host": "127.0.0.1", "port": {{port}} }, "baudRate": 115200,
                "readers": [ { "id": "reader-in", "address": 0, "door": "SRV-1-D1", "side": "Entry", "cardFormat": "H10301", "secureChannel": "ClearText", "clearTextReason": "a test on loopback" } ] } ],
              "doors": [ { "id": "SRV-1-D1", "zone": "SRV-1", "label": "扉", "labelEn": "Door", "unlock": "00:00:01", "heldOpen": "00:00:30", "heldOpenAlarm": "00:01:00",
                "powerLoss": "FailSecure", "strike": { "reader": "reader-in", "output": 0 }, "contact": { "reader": "reader-in", "input": 0 } } ] }
            """);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
