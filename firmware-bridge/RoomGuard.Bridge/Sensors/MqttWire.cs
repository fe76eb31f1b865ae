using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using RoomGuard.Bridge.Links;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Whoever can tell a broker something.</summary>
public interface IMqttPublisher
{
    /// <summary>Rises with each connection: what a broker without a memory of us must be told again.</summary>
    long Connection { get; }

    /// <summary>Whether the broker has accepted us at this moment.</summary>
    bool IsConnected { get; }

    /// <summary>Publishes in order: now, or when there is a connection. Never waits.</summary>
    /// <returns>False when too much waits already; ask again later.</returns>
    /// <exception cref="ArgumentException">The message cannot be: its topic is none, or it is too long.</exception>
    bool TryPublish(PublishPacket message);
}

/// <summary>
/// The shell around one broker's <see cref="MqttClientSession"/>: one task that owns link and clock, connects again with growing waits, and hands
/// messages over one at a time. It decides nothing. What the session knows outlives every connection.
/// </summary>
public sealed class MqttWire : IMqttPublisher, IAsyncDisposable
{
    private const int MostPublications = 1000;
    private const int ScrapBytes = 4096;

    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(1);

    // What waited at a broker is sent at once when the session is taken up again.
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(10);

    private readonly MqttClientSettings how;
    private readonly IMqttLine line;
    private readonly IMqttMessages messages;
    private readonly MqttBoard board;
    private readonly MqttRetry retry;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly long started;
    private readonly MqttClientSession session;
    private readonly ArrayBufferWriter<byte> outbox = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<PublishPacket> publications = Channel.CreateBounded<PublishPacket>(new BoundedChannelOptions(MostPublications) { SingleReader = true });
    private readonly Channel<ImmutableArray<string>> asked = Channel.CreateUnbounded<ImmutableArray<string>>(new() { SingleReader = true });
    private MqttSourceSettings source;
    private ImmutableArray<string> topics;
    private Task running = Task.CompletedTask;
    private (long Token, Task<MqttReason?> Task)? handling;
    private Task<int>? reading;
    private ConnectionEnded? ended;
    private TimeSpan? connectedAt;
    private TimeSpan caughtUpAt;
    private string? told;
    private long connection;
    private volatile bool isConnected;

    /// <summary>Prepares the wire; <see cref="Start"/> begins.</summary>
    /// <param name="how">From <see cref="MqttSourceSettings.Session"/>.</param>
    /// <param name="retry">Of this wire alone.</param>
    public MqttWire(
        MqttSourceSettings source, MqttClientSettings how, IMqttLine line, IMqttMessages messages, MqttBoard board, MqttRetry retry, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(how);
        ArgumentNullException.ThrowIfNull(time);
        this.source = source;
        this.how = how;
        this.line = line;
        this.messages = messages;
        this.board = board;
        this.retry = retry;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
        topics = [.. source.Filters.Select(filter => filter.Topics)];
        session = new(how);
        foreach (var filter in source.Filters)
        {
            Subscribe(filter, TimeSpan.Zero);
        }
    }

    /// <summary>The broker's name in the settings.</summary>
    public string Source => source.Name;

    /// <inheritdoc/>
    public long Connection => Interlocked.Read(ref connection);

    /// <inheritdoc/>
    public bool IsConnected => isConnected;

    private TimeSpan Now => time.GetElapsedTime(started);

    /// <summary>Begins. Once.</summary>
    public void Start() => running = Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Asks the broker for these topics too, where it is not asked for them already: now, or when there is a connection. Never waits.</summary>
    public void Ask(ImmutableArray<string> needed) => _ = asked.Writer.TryWrite(needed);

    /// <inheritdoc/>
    public bool TryPublish(PublishPacket message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _ = MqttWriter.LengthOf(message.Qos == MqttQos.AtMostOnce ? message : message with { PacketId = 1 }, how.Version);
        return publications.Writer.TryWrite(message);
    }

    /// <summary>Leaves the broker in order; a kept session stays there.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var wait = await ConnectAsync();

                // A message that the room could not take yet holds back the next connection as it held back the last.
                await Task.WhenAll(Task.Delay(wait, time, stop.Token), handling?.Task ?? Task.CompletedTask);
                Answer();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The program ends; what is not acknowledged comes again.
                break;
            }
        }

        if (handling is { } last)
        {
            _ = await last.Task;
        }
    }

    /// <summary>One connection from its making to its end. Returns how long to wait before the next.</summary>
    private async Task<TimeSpan> ConnectAsync()
    {
        IMqttLink link;
        try
        {
            link = await line.OpenAsync(stop.Token);
        }
        catch (LinkBrokenException broken)
        {
            Down(MqttCondition.Down, broken.Message);
            return retry.AfterFailure();
        }

        (ended, connectedAt) = (null, null);
        var gone = await ServeAsync(link);
        isConnected = false;
        if (ended is not { } over || over.Ending == MqttEnding.Left)
        {
            return TimeSpan.Zero;
        }

        var remedy = MqttRetry.Remedy(over.Ending, over.Reason);
        var why = gone ?? $"MQTT broker {source.Where}: {over.Text}{(remedy.Length == 0 ? string.Empty : " " + remedy)}";
        Down(MqttRetry.NeedsAPerson(over.Ending, over.Reason) ? MqttCondition.Refused : MqttCondition.Down, why);
        return retry.After(over.Ending, over.Reason, connectedAt is { } at ? Now - at : null);
    }

    /// <summary>Returns why the link went, where it did.</summary>
    private async Task<string?> ServeAsync(IMqttLink link)
    {
        var inbox = new MqttInbox(MqttEnd.Server, how.Version, how.MaximumPacketSize);
        using var over = new CancellationTokenSource();
        try
        {
            session.Open(Now);
            while (true)
            {
                AskMore();
                Take(inbox);
                Publish();
                Tick();
                await WriteAsync(link);
                if (session.IsOver)
                {
                    await FinishAsync(link, over.Token);
                    return null;
                }

                // Reading waits for the handing over: that is what holds the broker back.
                await WaitAsync(handling is { } busy ? busy.Task : reading ??= link.ReadAsync(inbox.Room(), over.Token).AsTask());
                if (reading is { IsCompleted: true } read)
                {
                    reading = null;
                    var count = await read;
                    inbox.Filled(count > 0 ? count : throw Closed());
                }
            }
        }
        catch (LinkBrokenException broken)
        {
            session.Lost(Now);
            Settle();
            return connectedAt is null ? $"{broken.Message} It had not accepted us: {Doubt}" : broken.Message;
        }
        finally
        {
            await over.CancelAsync();
            await link.DisposeAsync();
            await ForgetReadAsync();
        }
    }

    /// <summary>What to think of when a broker says nothing at all.</summary>
    private string Doubt => source.Tls is null
        ? $"does it speak MQTT {source.Version} on this port, and without TLS?"
        : $"does it speak MQTT {source.Version} on this port, and does it want a certificate of ours, or another one?";

    private LinkBrokenException Closed() => new($"MQTT broker {source.Where} closed the connection. It is connected again by itself; the broker's log says why.");

    private void Take(MqttInbox inbox)
    {
        while (!session.IsOver && Answer() && inbox.Take() is { } read)
        {
            session.Receive(read, Now);
            Settle();
        }
    }

    /// <summary>Acknowledges what was handed over. False while it is under way.</summary>
    private bool Answer()
    {
        if (handling is not { } busy)
        {
            return true;
        }

        if (!busy.Task.IsCompletedSuccessfully)
        {
            return false;
        }

        handling = null;
        if (busy.Task.Result is { } reason && busy.Token != 0)
        {
            session.Answer(busy.Token, Now, reason);
        }

        return true;
    }

    private void AskMore()
    {
        while (asked.Reader.TryRead(out var needed))
        {
            var next = source.AskingFor(needed);
            foreach (var filter in next.Filters.Skip(source.Filters.Length))
            {
                Subscribe(filter, Now);
            }

            (source, topics) = (next, [.. next.Filters.Select(filter => filter.Topics)]);
        }
    }

    // What we publish is for others; 3.1.1 cannot say so, and the settings see to it there.
    private void Subscribe(MqttFilterSettings filter, TimeSpan now) =>
        session.Subscribe(new(filter.Filter, (MqttQos)filter.Qos, NoLocal: how.Version == MqttVersion.V5 && !MqttTopic.IsShared(filter.Filter)), now);

    private void Publish()
    {
        while (session.IsConnected && session.Unpublished < MostPublications && publications.Reader.TryRead(out var message))
        {
            var went = session.TryPublish(message, Now, out _);
            if (message.Qos == MqttQos.AtMostOnce)
            {
                Count(counts => went ? counts with { Published = counts.Published + 1 } : counts with { PublishRefused = counts.PublishRefused + 1 });
            }
        }
    }

    private void Tick()
    {
        if (stop.IsCancellationRequested && !session.IsOver)
        {
            Leave();
        }
        else if (handling is not null)
        {
            // We do not read, so its silence is none.
            session.Heard();
        }

        session.Tick(Now);
        Settle();
    }

    private void Leave()
    {
        if (session.IsConnected && how.Will is { } will)
        {
            // Who leaves in order leaves no will, and is gone all the same.
            _ = session.TryPublish(PublishPacket.Of(will.Topic, will.Payload, MqttQos.AtMostOnce, will.Retain), Now, out _);
        }

        session.Leave(Now);
    }

    private async Task WriteAsync(IMqttLink link)
    {
        outbox.ResetWrittenCount();
        while (session.TryTakePacket(out var packet))
        {
            _ = MqttWriter.Write(packet, how.Version, outbox);
        }

        if (outbox.WrittenCount == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(WriteLimit, time);
        try
        {
            await link.WriteAsync(outbox.WrittenMemory, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new LinkBrokenException(string.Create(
                CultureInfo.InvariantCulture, $"MQTT broker {source.Where} took no byte for {WriteLimit.TotalSeconds:0} s. Look at the broker and at the network."));
        }
    }

    private async Task WaitAsync(Task first)
    {
        if (first.IsCompleted)
        {
            return;
        }

        var wait = Timeout.InfiniteTimeSpan;
        if (session.NextDue is { } due)
        {
            wait = due - Now;
            if (wait <= TimeSpan.Zero)
            {
                return;
            }
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        List<Task> any = [first, Task.Delay(wait, time, end.Token), asked.Reader.WaitToReadAsync(end.Token).AsTask()];
        if (session.IsConnected && session.Unpublished < MostPublications)
        {
            any.Add(publications.Reader.WaitToReadAsync(end.Token).AsTask());
        }

        _ = await Task.WhenAny(any);
        await end.CancelAsync();
    }

    /// <summary>All is written; what explains the end must arrive before the link is closed.</summary>
    private async Task FinishAsync(IMqttLink link, CancellationToken over)
    {
        using var limit = new CancellationTokenSource(LeaveLimit, time);
        try
        {
            await link.FinishAsync();
            var scrap = new byte[ScrapBytes];
            do
            {
                reading ??= link.ReadAsync(scrap, over).AsTask();
                var count = await reading.WaitAsync(limit.Token);
                reading = null;
                if (count == 0)
                {
                    return;
                }
            }
            while (!limit.IsCancellationRequested);
        }
        catch (Exception gone) when (gone is LinkBrokenException or OperationCanceledException)
        {
            // The broker was quicker, or takes its time.
            return;
        }
    }

    private async Task ForgetReadAsync()
    {
        try
        {
            _ = await (reading ?? Task.FromResult(0));
        }
        catch (Exception gone) when (gone is LinkBrokenException or OperationCanceledException)
        {
            // Its link is closed.
            return;
        }
        finally
        {
            reading = null;
        }
    }

    private void Settle()
    {
        while (session.TryTakeEvent(out var happened))
        {
            switch (happened)
            {
                case ClientConnected accepted:
                    Connected(accepted);
                    break;
                case MessageArrived arrived:
                    Hand(arrived);
                    break;
                case MessagePublished published:
                    Count(counts => published.Reason.IsFailure() ? counts with { PublishRefused = counts.PublishRefused + 1 } : counts with { Published = counts.Published + 1 });
                    break;
                case FilterSubscribed answer:
                    Granted(answer);
                    break;
                case ConnectionEnded over:
                    ended = over;
                    break;
                default:
                    break;
            }
        }
    }

    private void Connected(ClientConnected accepted)
    {
        var isFirst = Interlocked.Increment(ref connection) == 1;
        var isLost = how.KeepSession && !isFirst && !accepted.SessionPresent;
        isConnected = true;
        connectedAt = Now;
        caughtUpAt = accepted.SessionPresent ? Now + CatchUp : TimeSpan.Zero;
        told = null;
        board.Change(source.Name, before => before with
        {
            Condition = MqttCondition.Connected,
            Since = time.GetUtcNow(),
            Counts = before.Counts with { Connections = before.Counts.Connections + 1, SessionsLost = before.Counts.SessionsLost + (isLost ? 1 : 0) },
        });
        log.BrokerConnected(source.Name, source.Where, accepted.ClientId, accepted.SessionPresent ? "kept" : "new");
        if (isLost)
        {
            log.SessionLost(source.Name, source.Where);
        }
    }

    private void Granted(FilterSubscribed answer)
    {
        var asked = source.Filters.Single(filter => filter.Filter == answer.Filter);
        var trouble = answer.Reason.IsFailure() ? $"refused: {answer.Reason}"
            : (int)answer.Reason < asked.Qos ? string.Create(CultureInfo.InvariantCulture, $"granted at QoS {(int)answer.Reason} instead of {asked.Qos}")
            : null;
        board.Change(source.Name, before => before with
        {
            Granted = trouble is null ? before.Granted.Add(answer.Filter) : before.Granted.Remove(answer.Filter),
            Refused = trouble is null ? before.Refused.Remove(answer.Filter) : before.Refused.SetItem(answer.Filter, trouble),
        });
        if (trouble is not null)
        {
            log.FilterNotGranted(source.Name, answer.Filter, trouble);
        }
    }

    private void Hand(MessageArrived arrived)
    {
        var message = arrived.Message;
        if (!topics.Any(filter => MqttTopic.Matches(filter, message.Topic)))
        {
            // A kept session may hold subscriptions of older settings (R-INP-02).
            Count(counts => counts with { Unasked = counts.Unasked + 1 });
            handling = (arrived.Token, Task.FromResult<MqttReason?>(MqttReason.Success));
            return;
        }

        var heard = new MqttMessageHeard(source.Name, message.Topic, message.Payload.ToArray(), message.Retain, message.Duplicate, (byte)message.Qos, null, time.GetUtcNow())
        {
            Waited = Now < caughtUpAt,
        };
        board.Change(source.Name, before => before with
        {
            LastMessageAt = heard.At,
            Counts = before.Counts with
            {
                Messages = before.Counts.Messages + 1,
                Retained = before.Counts.Retained + (heard.Retained ? 1 : 0),
                Repeated = before.Counts.Repeated + (heard.Duplicate ? 1 : 0),
            },
        });
        handling = (arrived.Token, HandAsync(heard));
    }

    private async Task<MqttReason?> HandAsync(MqttMessageHeard heard)
    {
        try
        {
            await messages.Heard(heard, stop.Token);
            return MqttReason.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception wrong)
        {
            // One message that this program stumbles over must not silence all sensors behind it.
            log.MessageFailed(wrong, source.Name, heard.Topic);
            Count(counts => counts with { Faults = counts.Faults + 1 });
            return MqttReason.ImplementationSpecific;
        }
    }

    private void Count(Func<MqttCounts, MqttCounts> count) => board.Change(source.Name, before => before with { Counts = count(before.Counts) });

    private void Down(MqttCondition condition, string why)
    {
        var now = time.GetUtcNow();
        board.Change(source.Name, before => before with
        {
            Condition = condition,
            Since = before.Condition == condition ? before.Since : now,
            LastError = why,
            LastErrorAt = now,
            Counts = before.Counts with { Failures = before.Counts.Failures + 1 },
        });

        // Once for each reason, not at every try.
        if (told != why)
        {
            told = why;
            log.BrokerDown(source.Name, why);
        }
    }
}

internal static partial class MqttLog
{
    [LoggerMessage(6201, LogLevel.Information, "MQTT source {Source}: {Where} accepted us as {ClientId}, session {Session}")]
    public static partial void BrokerConnected(this ILogger log, string source, string where, string clientId, string session);

    [LoggerMessage(6202, LogLevel.Warning, "MQTT source {Source}: {Why}")]
    public static partial void BrokerDown(this ILogger log, string source, string why);

    [LoggerMessage(6203, LogLevel.Warning, "MQTT source {Source}: {Where} had not kept our session. What was sent while we were away is lost; look at its persistence and at how long it keeps sessions")]
    public static partial void SessionLost(this ILogger log, string source, string where);

    [LoggerMessage(6204, LogLevel.Warning, "MQTT source {Source}: {Filter} was {Trouble}. Look at the broker's access list")]
    public static partial void FilterNotGranted(this ILogger log, string source, string filter, string trouble);

    [LoggerMessage(6205, LogLevel.Error, "MQTT source {Source}: a message on {Topic} could not be handled and was refused; this is a mistake of the program")]
    public static partial void MessageFailed(this ILogger log, Exception wrong, string source, string topic);
}
