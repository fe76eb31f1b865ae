using System.Runtime.Versioning;
using System.Security.Cryptography;
using RoomGuard.Bridge.Links;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.SystemTests.Simulators;

/// <summary>The bridge's own link with Wire's panel on it, in real time: enough of a bridge to watch one line.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RealPanel : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider time = TimeProvider.System;
    private readonly long startedAt;
    private readonly WakeSignal wake = new();
    private readonly ILinkSource source;
    private readonly AcuBus bus;
    private readonly byte[] addresses;
    private IByteLink? link;

    public RealPanel(ILinkSource source, int baudRate, params byte[] addresses)
    {
        this.source = source;
        this.addresses = addresses;
        startedAt = time.GetTimestamp();
        bus = new(AcuBusSettings.Usual with { BaudRate = baudRate }, [.. addresses.Select(address => new AcuReaderSettings(address, SecureRequired: true, Key: null, Pinned: null))], RandomNumberGenerator.GetBytes);
        Open();
    }

    public List<AcuEvent> Heard { get; } = [];

    private TimeSpan Now => time.GetElapsedTime(startedAt);

    public void Open()
    {
        link = source.Open(wake, CancellationToken.None);
        bus.LineUp(Now);
    }

    public void Close()
    {
        link!.Dispose();
        link = null;
        bus.LineDown(Now);
    }

    public void Install()
    {
        foreach (var address in addresses)
        {
            bus.BeginInstall(address, new(RandomNumberGenerator.GetBytes(16)), Now + TimeSpan.FromMinutes(1));
        }

        Until(() => Heard.OfType<ReaderCameOnline>().Count(item => item.Secure) >= addresses.Length, "readers online");
    }

    public void Order(OsdpCommand command, byte address = 0) => bus.Send(address, command);

    /// <summary>Runs the line until something is so.</summary>
    public void Until(Func<bool> so, string what, double seconds = 20)
    {
        var buffer = new byte[2048];
        for (var limit = Now + TimeSpan.FromSeconds(seconds); !so();)
        {
            if (Now > limit)
            {
                throw new Xunit.Sdk.XunitException($"Waited {seconds} s for: {what}. Heard: {string.Join("; ", Heard.TakeLast(12))}");
            }

            var step = bus.Next(Now);
            if (step.IsSend)
            {
                link!.Write(step.Bytes.Span);
                continue;
            }

            var wait = step.Until - Now;
            var count = link!.Read(buffer, wait < Longest ? wait : Longest);
            bus.Receive(buffer.AsSpan(0, count), Now);
            while (bus.TryTake(out var item))
            {
                Heard.Add(item);
            }
        }
    }

    public void Dispose()
    {
        link?.Dispose();
        wake.Dispose();
    }
}
