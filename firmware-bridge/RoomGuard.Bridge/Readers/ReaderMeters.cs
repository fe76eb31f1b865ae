using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Readers;

namespace RoomGuard.Bridge.Readers;

/// <summary>Measurements of the wires. Counters are read from what each bus keeps anyway, so that measuring costs a wire nothing.</summary>
public sealed class ReaderMeters : IDisposable
{
    private readonly Meter meter = new("RoomGuard.Bridge");
    private readonly Histogram<double> exchange;
    private readonly Counter<long> exitReleases;
    private readonly Counter<long> orders;
    private readonly Counter<long> ordersNotDone;
    private readonly Counter<long> droppedInputs;
    private readonly Counter<long> floodBytes;

    /// <summary>Begins to measure.</summary>
    /// <param name="readers">Asked each time somebody reads the meters.</param>
    public ReaderMeters(Func<ImmutableArray<ReaderNow>> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        exchange = meter.CreateHistogram(
            "roomguard_reader_exchange_duration",
            "s",
            "From the first byte of a command written to its reply taken, in seconds, by bus.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64] });
        exitReleases = meter.CreateCounter<long>("roomguard_exit_releases", description: "Strikes released at the wire for an exit request.");
        orders = meter.CreateCounter<long>("roomguard_device_orders", description: "Orders given to readers and strikes, by kind.");
        ordersNotDone = meter.CreateCounter<long>("roomguard_device_orders_not_done", description: "Orders that no reader did, by kind.");
        droppedInputs = meter.CreateCounter<long>("roomguard_room_inputs_dropped", description: "Inputs dropped while the room took none, by bus.");
        floodBytes = meter.CreateCounter<long>("roomguard_reader_flood_bytes", description: "Bytes dropped because a wire brought more than any can carry, by bus.");
        Observe("roomguard_reader_exchanges", "Valid replies taken, by reader.", readers, "replies");
        Observe("roomguard_reader_timeouts", "Commands without a valid reply, by reader.", readers, "timeouts");
        Observe("roomguard_reader_bad_frames", "Messages with a wrong check code, length or header, by reader.", readers, "badCheck", "badLength");
        Observe("roomguard_reader_cards", "Card readings delivered, by reader.", readers, "cards");
        meter.CreateObservableGauge(
            "roomguard_reader_online",
            () => readers().Select(reader => new Measurement<int>(reader.Condition == ReaderCondition.Online ? 1 : 0, Tag("reader", reader.Reader.Value))),
            description: "1 while the reader is online and trusted, else 0.");
    }

    /// <summary>One command and its reply.</summary>
    public void Exchanged(string bus, TimeSpan took) => exchange.Record(took.TotalSeconds, Tag("bus", bus));

    /// <summary>A strike was released for an exit request.</summary>
    public void ExitReleased() => exitReleases.Add(1);

    /// <summary>An order was handed to a wire.</summary>
    /// <param name="kind"><c>release</c>, <c>secure</c> or <c>show</c>.</param>
    public void Ordered(string kind) => orders.Add(1, Tag("kind", kind));

    /// <summary>An order was not done.</summary>
    public void NotDone(string kind) => ordersNotDone.Add(1, Tag("kind", kind));

    /// <summary>An input for the room was dropped.</summary>
    public void InputDropped(string bus) => droppedInputs.Add(1, Tag("bus", bus));

    /// <summary>Bytes of a flood were dropped.</summary>
    public void FloodDropped(string bus, int bytes) => floodBytes.Add(bytes, Tag("bus", bus));

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void Observe(string name, string help, Func<ImmutableArray<ReaderNow>> readers, params string[] counters) =>
        meter.CreateObservableCounter(
            name,
            () => readers().Select(reader => new Measurement<long>(counters.Sum(counter => reader.Counters.GetValueOrDefault(counter)), Tag("reader", reader.Reader.Value))),
            description: help);
}
