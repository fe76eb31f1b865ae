using System.Collections.Immutable;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Ups;

/// <summary>All wires on which units are read: started together, stopped together.</summary>
public sealed class UpsWires : IHostedService
{
    private readonly ImmutableArray<UpsWire> wires;
    private readonly UpsBoard board;
    private readonly ImmutableArray<NutUpsWire> servers;

    /// <summary>Prepares all wires.</summary>
    /// <param name="modelOf">A model by its name; the usual way is <see cref="UpsModels.Load(string)"/>.</param>
    /// <param name="links">How a wire's link is made; the usual way is <see cref="LinkOf"/>.</param>
    /// <exception cref="UpsModelException">A model is missing or wrong, or two units on a link speak differently.</exception>
    public UpsWires(ImmutableArray<UpsSettings> settings, UpsBoard board, Func<string, UpsModel> modelOf, Func<UpsSettings, UpsModel, ILinkSource> links, TimeProvider time, ILogger<UpsWires> log)
    {
        ArgumentNullException.ThrowIfNull(modelOf);
        ArgumentNullException.ThrowIfNull(links);
        this.board = board;
        wires = [.. settings.Where(unit => unit.Link is not null).GroupBy(unit => unit.Link!).Select(wire => Wire([.. wire], board, modelOf, links, time, log))];
        servers = [.. settings.Where(unit => unit.Nut is not null).Select(unit => new NutUpsWire(
            new(unit.Id, unit.Nut!.Host, unit.Nut.Port, unit.Nut.Name, unit.Nut.Tls, unit.Nut.CertificateName, unit.Pace().OnBattery), board, time, log))];
    }

    /// <summary>How a wire's link is made from its settings.</summary>
    public static ILinkSource LinkOf(UpsSettings unit, UpsModel model, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(model);
        return unit.Link!.Kind == LinkKind.Tcp
            ? new TcpPort(unit.Link.Host!, unit.Link.Port!.Value, time)
            : new SerialPort(unit.Link.Path!, new SerialFormat(unit.BaudRate ?? model.Modbus?.BaudRate ?? model.Megatec!.BaudRate));
    }

    /// <summary>What people may have each unit do, by the settings and the products; units without any are left out.</summary>
    /// <exception cref="UpsModelException">The settings allow what the product does not have.</exception>
    public static ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>> OffersOf(ImmutableArray<UpsSettings> settings, Func<string, UpsModel> modelOf)
    {
        ArgumentNullException.ThrowIfNull(modelOf);
        return settings.Where(unit => unit.IsWritten).ToImmutableSortedDictionary(unit => unit.Id, unit => FormsOf(unit, modelOf(unit.Model!)).Select(form => form.Offer).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        board.Ordered += Order;
        foreach (var wire in wires)
        {
            wire.Start();
        }

        foreach (var server in servers)
        {
            server.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        board.Ordered -= Order;
        await Task.WhenAll([.. wires.Select(wire => Task.Run(wire.Dispose, CancellationToken.None)), .. servers.Select(server => server.DisposeAsync().AsTask())]);
    }

    private static IEnumerable<UpsCommandForm> FormsOf(UpsSettings unit, UpsModel model) => (unit.Commands ?? []).Select(command => model.FormOf(command)
        ?? throw new UpsModelException($"ups {unit.Id}: {unit.Model} has no command {command}. It has: {string.Join(", ", (model.Commands ?? []).Select(form => form.Command))}. Take it out of the unit's commands."));

    private void Order(CommandUnit order)
    {
        if (wires.FirstOrDefault(wire => wire.Units.Contains(order.Ups)) is { } wire)
        {
            wire.Order(order);
        }
        else
        {
            board.Answer(new(order.CommandId, UpsCommandAnswer.Silent, "no wire of this bridge leads to the unit"));
        }
    }

    private static UpsWire Wire(UpsSettings[] units, UpsBoard board, Func<string, UpsModel> modelOf, Func<UpsSettings, UpsModel, ILinkSource> links, TimeProvider time, ILogger log)
    {
        var models = units.Select(unit => modelOf(unit.Model!)).ToArray();
        var first = units[0];
        var name = string.Join('+', units.Select(unit => unit.Id));
        if (models[0].Megatec is { } megatec)
        {
            return units.Length > 1
                ? throw new UpsModelException($"{name}: {first.Model} serves one unit on a link. Give each unit a link of its own.")
                : new(
                    name, [first.Id], links(first, models[0]),
                    new MegatecUpsTalk(first.Id, megatec, first.Battery is { } table ? new(table) : null, first.Pace(), [.. FormsOf(first, models[0])]), board, time, log);
        }

        if (models.Any(model => model.Modbus is null))
        {
            throw new UpsModelException($"{name}: units on one link must all speak Modbus.");
        }

        var timing = first.Link!.Kind == LinkKind.Serial ? ModbusTiming.Serial : first.RtuOverTcp ? ModbusTiming.RtuOverSocket : ModbusTiming.Tcp;
        var places = units.Zip(models).Select(pair => new ModbusUpsPlace(pair.First.Id, (byte)pair.First.Unit, pair.Second.Modbus!, pair.First.Pace(), [.. FormsOf(pair.First, pair.Second)])).ToArray();
        return new(name, [.. units.Select(unit => unit.Id)], links(first, models[0]), new ModbusUpsTalk(timing, places), board, time, log);
    }
}
