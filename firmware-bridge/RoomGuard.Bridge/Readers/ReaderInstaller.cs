using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RoomGuard.Bridge.Control;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>
/// Gives readers their keys: only on an operator's order, one reader at a time, in a window that closes by itself (security.md 1.1,
/// OSDP 3 and 4). A key is kept before the reader is told of it, and counts once the reader has proven it.
/// </summary>
public sealed class ReaderInstaller : IReaderKeys, IAsyncDisposable
{
    /// <summary>No install mode stays open longer than this (security.md 1.1, OSDP 3).</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(5);

    // A change of key is two exchanges and a handshake; the rest is for a reader that is asked late.
    private static readonly TimeSpan RotationLimit = TimeSpan.FromSeconds(30);

    private readonly FrozenDictionary<DeviceId, (ReaderPlan Plan, IReaderWire Wire)> readers;
    private readonly ReaderSurroundings around;
    private readonly SemaphoreSlim one = new(1);
    private readonly Channel<(DeviceId Reader, AcuEvent Event)> heard = Channel.CreateUnbounded<(DeviceId, AcuEvent)>(new() { SingleReader = true });
    private readonly Lock gate = new();
    private readonly Dictionary<DeviceId, ScbkKey?> inUse = [];
    private Act? running;
    private Task? work;

    internal ReaderInstaller(Dictionary<DeviceId, (ReaderPlan Plan, IReaderWire Wire)> readers, ReaderSurroundings around)
    {
        this.readers = readers.ToFrozenDictionary();
        this.around = around;
        Readers = [.. readers.Keys];
        foreach (var reader in readers.Keys)
        {
            var known = around.Keys.Of(reader);
            inUse[reader] = known.Key ?? known.Candidate;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeviceId> Readers { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeyProgress> InstallAsync(DeviceId reader, TimeSpan window, string orderedBy, [EnumeratorCancellation] CancellationToken stop)
    {
        if (window < ShortestWindow || window > LongestWindow)
        {
            yield return new(reader, Done: true, Well: false, $"A window of {window} is outside {ShortestWindow} to {LongestWindow}. Choose one inside.");
            yield break;
        }

        var known = readers.TryGetValue(reader, out var place);
        if (known && place.Plan.ClearTextReason is not null)
        {
            await foreach (var step in RunAsync(reader, "pinned", orderedBy, window, key => new UseReaderKey(place.Plan.Address, null, null), stop))
            {
                yield return step;
            }

            yield break;
        }

        await foreach (var step in RunAsync(reader, "installed", orderedBy, window, key => new OpenInstallMode(place.Plan.Address, key, window), stop))
        {
            yield return step;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyProgress> RotateAsync(DeviceId reader, string orderedBy, CancellationToken stop) =>
        RunAsync(reader, "rotated", orderedBy, RotationLimit, key => new ChangeReaderKey(readers[reader].Plan.Address, key), stop);

    /// <summary>Begins to listen to the wires. Once.</summary>
    public void Start() => work = Task.Run(ListenAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        heard.Writer.TryComplete();
        if (work is not null)
        {
            await work;
        }

        one.Dispose();
    }

    /// <summary>A wire heard something about a key. Called on the wire's thread: only passes it on, since keeping a key waits for the disk.</summary>
    internal void Hear(DeviceId reader, AcuEvent item) => heard.Writer.TryWrite((reader, item));

    private async IAsyncEnumerable<KeyProgress> RunAsync(
        DeviceId reader,
        string kind,
        string orderedBy,
        TimeSpan window,
        Func<ScbkKey, BusOrder> order,
        [EnumeratorCancellation] CancellationToken stop)
    {
        if (!readers.TryGetValue(reader, out var place))
        {
            yield return Failed(reader, $"There is no reader {reader} in the settings. Known are: {string.Join(", ", readers.Keys)}.");
            yield break;
        }

        if (!await one.WaitAsync(TimeSpan.Zero, stop))
        {
            yield return Failed(reader, "Another reader is being installed. Wait until it is done; one at a time, so that no key goes to the wrong one.");
            yield break;
        }

        try
        {
            var act = new Act(reader, kind, orderedBy);
            var problem = Begin(act, place.Wire, order);
            if (problem is not null)
            {
                yield return Failed(reader, problem);
                yield break;
            }

            around.Log.InstallOpened(reader.Value, window, orderedBy);
            yield return new(reader, Done: false, Well: false, Opening(act, window));
            var end = await EndOfAsync(act, place, window, stop);
            around.Log.InstallClosed(reader.Value, end.Text);
            yield return end;
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }

            one.Release();
        }
    }

    private string? Begin(Act act, IReaderWire wire, Func<ScbkKey, BusOrder> order)
    {
        try
        {
            // A clear-text reader is only pinned; the key made for the order is not used and never kept.
            var key = act.Kind == "pinned" ? new ScbkKey(around.RandomBytes(ScbkKey.Length)) : around.Keys.MakeCandidate(act.Reader);
            lock (gate)
            {
                running = act;
                if (act.Kind == "pinned")
                {
                    inUse[act.Reader] = null;
                }
            }

            return wire.Give(order(key)) ? null : $"The wire of reader {act.Reader} takes no orders now. Look at its link, then try again.";
        }
        catch (ReaderKeyStoreException problem)
        {
            return problem.Message;
        }
    }

    private async Task<KeyProgress> EndOfAsync(Act act, (ReaderPlan Plan, IReaderWire Wire) place, TimeSpan window, CancellationToken stop)
    {
        // The bus closes the window itself; the wait here is a little longer, and only a net below it.
        using var limit = new CancellationTokenSource(window + TimeSpan.FromSeconds(5), around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await act.End.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            Close(act, place.Plan.Address, place.Wire);

            return Failed(act.Reader, stop.IsCancellationRequested
                ? "Broken off by the operator; install mode is closed."
                : $"Reader {act.Reader} did not answer within {window}. Look at its supply, its cable and its address, then try again.");
        }
    }

    /// <summary>Ends what the bus would still do, whoever broke it off.</summary>
    private void Close(Act act, byte address, IReaderWire wire)
    {
        var known = around.Keys.Of(act.Reader);
        if (act.Kind == "installed" && known.Candidate is { } candidate)
        {
            wire.Give(new OpenInstallMode(address, candidate, TimeSpan.Zero));
        }
        else if (act.Kind == "pinned")
        {
            lock (gate)
            {
                inUse[act.Reader] = known.Key;
            }

            wire.Give(new UseReaderKey(address, known.Key, known.Pinned));
        }
    }

    private async Task ListenAsync()
    {
        await foreach (var (reader, item) in heard.Reader.ReadAllAsync())
        {
            switch (item)
            {
                case KeyInstalled installed:
                    await KeyProvenAsync(reader, installed.Key, installed.Identity);
                    break;
                case InstallEnded { Ok: false } ended:
                    NotInstalled(reader, ended.Why);
                    break;
                case SecureChannelMissing missing:
                    TryOther(reader, missing.Why);
                    break;
                case ReaderCameOnline online:
                    await CameOnlineAsync(reader, online);
                    break;
            }
        }
    }

    private async Task KeyProvenAsync(DeviceId reader, ScbkKey key, PdIdentity identity)
    {
        var act = ActFor(reader);
        if (!Keep(reader, key, identity, out var why))
        {
            act?.End.TrySetResult(Failed(reader, $"Reader {reader} has its new key, but it could not be kept: {why} Mend that, then install the reader again."));
            return;
        }

        var recorded = await around.Inbox.RecordAsync(new ReaderKeyChanged(around.Time.GetUtcNow(), reader, act?.Kind ?? "installed", act?.OrderedBy ?? "roomguard-bridge"));
        act?.End.TrySetResult(new(reader, Done: true, Well: true, recorded
            ? $"Reader {reader} has its own key and has proven it ({identity.ToWords()})."
            : $"Reader {reader} has its own key and has proven it ({identity.ToWords()}). The journal could not be written; look at the disk."));
    }

    private void NotInstalled(DeviceId reader, InstallResult why)
    {
        // Only where the reader surely never took the key is the candidate dropped; else it may be the reader's key by now.
        if (why is InstallResult.NotInInstallMode or InstallResult.KeyRefused or InstallResult.OldKeyKept or InstallResult.NotOnline)
        {
            try
            {
                around.Keys.DropCandidate(reader);
            }
            catch (ReaderKeyStoreException problem)
            {
                around.Log.KeyNotStored(reader.Value, problem.Message);
            }
        }

        if (why != InstallResult.Replaced)
        {
            ActFor(reader)?.End.TrySetResult(Failed(reader, WhyNot(reader, why)));
        }
    }

    /// <summary>An installation that was broken off leaves two keys of which the reader has one: each refusal tries the other.</summary>
    private void TryOther(DeviceId reader, MissingChannel why)
    {
        var known = around.Keys.Of(reader);
        if (why == MissingChannel.NotInstalled || known.Candidate is not { } candidate || known.Key is null || ActFor(reader) is not null)
        {
            return;
        }

        ScbkKey next;
        lock (gate)
        {
            next = candidate.Equals(inUse.GetValueOrDefault(reader)) ? known.Key : candidate;
            inUse[reader] = next;
        }

        around.Log.TryingCandidate(reader.Value);
        var (plan, wire) = readers[reader];
        wire.Give(new UseReaderKey(plan.Address, next, known.Pinned));
    }

    private async Task CameOnlineAsync(DeviceId reader, ReaderCameOnline online)
    {
        var known = around.Keys.Of(reader);
        ScbkKey? used;
        lock (gate)
        {
            used = inUse.GetValueOrDefault(reader);
        }

        if (online.Secure && known.Candidate is { } candidate && candidate.Equals(used) && ActFor(reader) is null)
        {
            await KeyProvenAsync(reader, candidate, online.Identity);
        }
        else if (!online.Secure && (known.Pinned is null || ActFor(reader) is { Kind: "pinned" }))
        {
            Pin(reader, online.Identity);
        }
    }

    /// <summary>A clear-text reader cannot prove who it is; that it stays the same one is the least.</summary>
    private void Pin(DeviceId reader, PdIdentity identity)
    {
        var act = ActFor(reader);
        if (!Keep(reader, null, identity, out var why))
        {
            act?.End.TrySetResult(Failed(reader, why));
            return;
        }

        var (plan, wire) = readers[reader];
        wire.Give(new UseReaderKey(plan.Address, null, identity));
        act?.End.TrySetResult(new(reader, Done: true, Well: true, $"Reader {reader} is pinned ({identity.ToWords()}). It speaks clear text, which stays a finding."));
    }

    private bool Keep(DeviceId reader, ScbkKey? key, PdIdentity identity, out string why)
    {
        why = string.Empty;
        try
        {
            around.Keys.Confirm(reader, key, identity);
            lock (gate)
            {
                inUse[reader] = key;
            }

            return true;
        }
        catch (ReaderKeyStoreException problem)
        {
            around.Log.KeyNotStored(reader.Value, problem.Message);
            why = problem.Message;
            return false;
        }
    }

    private Act? ActFor(DeviceId reader)
    {
        lock (gate)
        {
            return running is { } act && act.Reader == reader ? act : null;
        }
    }

    private static KeyProgress Failed(DeviceId reader, string text) => new(reader, Done: true, Well: false, text);

    private static string Opening(Act act, TimeSpan window) => act.Kind switch
    {
        "rotated" => $"Reader {act.Reader} is getting a new key.",
        "pinned" => $"The next reader to answer in the place of {act.Reader} is pinned, for {window}.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Install mode is open for reader {act.Reader} for {window}. Put the reader into installation mode (its own or its configuration card's way)."),
    };

    private static string WhyNot(DeviceId reader, InstallResult why) => why switch
    {
        InstallResult.NoAnswer => $"Reader {reader} did not answer in time. Look at its supply, its cable and its address, then try again.",
        InstallResult.NotInInstallMode => $"Reader {reader} does not take the installation key. Set it to installation mode first, then try again.",
        InstallResult.KeyRefused => $"Reader {reader} refused the key. Its firmware may not take one; look at its manual.",
        InstallResult.OldKeyKept => $"Reader {reader} acknowledged the new key and went on with the old one. Try again; if it stays so, replace the reader.",
        InstallResult.NotOnline => $"Reader {reader} is not on its secure channel. Mend that first, or install it anew.",
        _ => $"Reader {reader} was not installed: {why}.",
    };

    private sealed record Act(DeviceId Reader, string Kind, string OrderedBy)
    {
        public TaskCompletionSource<KeyProgress> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
