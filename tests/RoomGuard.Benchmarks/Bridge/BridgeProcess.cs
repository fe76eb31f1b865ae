using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Core.People;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Benchmarks.Bridge;

/// <summary>The real program with one reader behind TCP, a stored list and no service.</summary>
internal sealed class BridgeProcess : IDisposable
{
    private readonly TcpListener readerPort = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly string folder;
    private readonly byte[] bits = CardFormat.H10301.Encode(BenchSite.Facility, BenchSite.CardOfFirst);
    private readonly TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? program;
    private Task? reader;

    /// <param name="more">More members of the settings, each with a comma before it; empty: none.</param>
    internal BridgeProcess(string folder, int people, string more = "")
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        readerPort.Start();
        Prepare(people, more);
    }

    /// <summary>Processor time used so far.</summary>
    internal TimeSpan Processor
    {
        get
        {
            program!.Refresh();
            return program.TotalProcessorTime;
        }
    }

    /// <summary>Memory that is resident, in MiB.</summary>
    internal double ResidentMiB
    {
        get
        {
            program!.Refresh();
            return program.WorkingSet64 / (1024.0 * 1024.0);
        }
    }

    /// <summary>
    /// Memory that is this program's alone and written to, in MiB: what the machine gets back when it ends. The pages of libraries, read-only and shared, are
    /// resident beside it and can be read again at any time.
    /// </summary>
    internal double PrivateMiB =>
        File.ReadLines($"/proc/{program!.Id}/smaps_rollup")
            .Where(line => line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .Single();

    /// <summary>Where its broker listens, open to whoever calls on loopback.</summary>
    internal int Mqtt { get; } = LoopbackPorts.Next();

    /// <summary>Entries its reader's cards led to so far.</summary>
    internal int Badges { get; private set; }

    /// <summary>Starts it and waits for the first strike.</summary>
    /// <returns>From the start of the process.</returns>
    internal TimeSpan StartToFirstGrant()
    {
        reader = Task.Run(Play);
        var began = TimeProvider.System.GetTimestamp();
        program = Process.Start(new ProcessStartInfo(PublishedProgram.Path("bridge", "roomguard-bridge"))
        {
            ArgumentList = { "--settings", Path.Combine(folder, "bridge.json") },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return granted.Task.Wait(TimeSpan.FromSeconds(60))
            ? TimeProvider.System.GetElapsedTime(began)
            : throw new TimeoutException($"No strike within 60 s; the program {(program.HasExited ? $"ended with {program.ExitCode}" : "runs")}.");
    }

    public void Dispose()
    {
        if (program is { HasExited: false })
        {
            program.Kill();
            program.WaitForExit();
        }

        end.Cancel();
        reader?.Wait(TimeSpan.FromSeconds(5));
        readerPort.Dispose();
        program?.Dispose();
        end.Dispose();
    }

    // One reader that is shown the card at every poll until its strike moves, and from then on ten times a second.
    private async Task Play()
    {
        try
        {
            using var socket = await readerPort.AcceptSocketAsync(end.Token);
            socket.NoDelay = true;
            var started = TimeProvider.System.GetTimestamp();
            TimeSpan Now() => TimeProvider.System.GetElapsedTime(started);
            var device = new PdSession(new(0, new(0x0A0B0C, 1, 1, 1, 1, 0, 0)) { EnforceSecure = false, Keypad = false }, RandomNumberGenerator.GetBytes);
            var line = new PdLine([device]);
            var buffer = new byte[4096];
            var next = TimeSpan.Zero;
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer, end.Token);
                if (count == 0)
                {
                    return;
                }

                if (Now() >= next && device.EventsWaiting == 0 && device.PresentCard(bits, 26, Now()))
                {
                    Badges++;
                    next = granted.Task.IsCompleted ? Now() + TimeSpan.FromMilliseconds(100) : Now();
                }

                line.Receive(buffer.AsSpan(0, count), Now());
                while (line.TryTake(Now(), out var bytes))
                {
                    await socket.SendAsync(bytes, end.Token);
                }

                while (device.TryTakeNews(out var news))
                {
                    if (news is PdOutputsChanged { States: var states } && states[0])
                    {
                        granted.TrySetResult();
                    }
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The program at the other end was stopped; that is how each measurement ends.
        }
    }

    private void Prepare(int people, string more)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var asked = new CertificateRequest("CN=bench", authorityKey, HashAlgorithmName.SHA256);
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
        BenchSite.Store(Path.Combine(folder, "grant-list"), BenchSite.List(people, new CardDigester(cardKey).Of(CardFormat.H10301.Decode(bits, 26).Number!.Canonical)), office);
        var port = ((IPEndPoint)readerPort.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Write("bridge.json", $$"""
            { "panel": "bridge-1", "site": "bench-1", "environment": "Test", "dataFolder": ".", "service": "https://127.0.0.1:1",
              "listen": { "address": "127.0.0.1", "watch": {{LoopbackPorts.Next()}} }, "broker": { "port": {{Mqtt}}, "guests": { "mayPublish": ["#"], "maySubscribe": ["#"], "reason": "a measurement on loopback" } },
              "buses": [ { "id": "bus-1", "link": { "kind": "tcp", "host": "127.0.0.1", "port": {{port}} }, "baudRate": 115200,
                "readers": [ { "id": "reader-in", "address": 0, "door": "SRV-1-D1", "side": "Entry", "cardFormat": "H10301", "secureChannel": "ClearText", "clearTextReason": "a measurement on loopback" } ] } ],
              "doors": [ { "id": "SRV-1-D1", "zone": "SRV-1", "label": "扉", "labelEn": "Door", "unlock": "00:00:01", "heldOpen": "00:00:30", "heldOpenAlarm": "00:01:00",
                "powerLoss": "FailSecure", "strike": { "reader": "reader-in", "output": 0 }, "contact": { "reader": "reader-in", "input": 0 } } ]{{more}} }
            """);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
