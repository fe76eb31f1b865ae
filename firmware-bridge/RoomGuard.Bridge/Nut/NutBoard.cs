using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Nut;

/// <summary>A host that is logged in: live knowledge of who is still up.</summary>
public sealed record NutLogin(string Name, string User, string From, DateTimeOffset Since);

/// <summary>What the NUT server tells: the units as read, the names of the stages, who is logged in, and who must shut down. Thread-safe.</summary>
/// <remarks>
/// A unit is served as it is, and as DATA-STALE when it does not answer. A stage is RoomGuard's own word: when the link to its unit dies in an
/// outage, it goes on saying OB with the runtime counted down, since a stale stage would send every host down at once after DEADTIME,
/// whatever its turn. On mains a stage whose unit is unknown is stale like it.
/// </remarks>
public sealed class NutBoard : INutSite
{
    // Three missed status readings and some air: older than this is not fresh, whatever the board says.
    private static readonly TimeSpan OldestFresh = TimeSpan.FromSeconds(15);

    private readonly UpsBoard board;
    private readonly NutUsers users;
    private readonly NutDoorkeeper doorkeeper;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly ImmutableArray<NutNameSettings> stages;
    private readonly ConcurrentDictionary<string, bool> latched = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<NutLogin, int> logins = new();

    /// <summary>A board over the units' board.</summary>
    public NutBoard(UpsBoard board, ImmutableArray<NutNameSettings> stages, NutUsers users, string version, TimeProvider time, ILogger log)
    {
        this.board = board;
        this.stages = stages;
        this.users = users;
        this.time = time;
        this.log = log;
        Version = $"RoomGuard {version}";
        doorkeeper = new(time);
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Somebody logged in or has gone; called on the connection's own task.</summary>
    public event Action? LoginsChanged;

    /// <summary>Somebody with the right forced a name to stop; called on the connection's own task with the name and the user.</summary>
    public event Action<string, string>? Forced;

    /// <inheritdoc/>
    public ImmutableArray<NutUnit> Units => [.. board.All.Select(unit => OfUnit(unit, unit.Ups, unit.LabelEn)), .. stages.Select(OfStage)];

    /// <summary>All hosts that are logged in.</summary>
    public ImmutableArray<NutLogin> Logins => [.. logins.Keys.OrderBy(login => login.Since)];

    /// <summary>Everybody on this name must shut down now. Idempotent.</summary>
    /// <returns>False when there is no such name.</returns>
    public bool Latch(string name)
    {
        if (Unit(name) is not { } unit)
        {
            return false;
        }

        latched[unit.Name] = true;
        return true;
    }

    /// <summary>Takes the word back, after the hosts are down and mains have returned. Whoever does this records it.</summary>
    public void Unlatch(string name) => latched.TryRemove(name, out _);

    /// <inheritdoc/>
    public NutUnit? Unit(string name) =>
        board.All.FirstOrDefault(unit => string.Equals(unit.Ups, name, StringComparison.OrdinalIgnoreCase)) is { } unit ? OfUnit(unit, unit.Ups, unit.LabelEn)
        : stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase)) is { } stage ? OfStage(stage)
        : null;

    /// <inheritdoc/>
    public NutRights? RightsOf(string user, string password, string from)
    {
        if (!doorkeeper.IsOpen(from))
        {
            return null;
        }

        var rights = users.RightsOf(user, password);
        if (rights is null && doorkeeper.Wrong(from))
        {
            log.NutLockedOut(from, NutDoorkeeper.Closed);
        }

        return rights;
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Clients(string unit) => [.. logins.Where(pair => pair.Key.Name == unit).SelectMany(pair => Enumerable.Repeat(pair.Key.From, pair.Value))];

    /// <inheritdoc/>
    public void LoggedIn(string unit, string user, string from)
    {
        logins.AddOrUpdate(new(unit, user, from, time.GetUtcNow()), 1, (_, count) => count + 1);
        log.NutLoggedIn(unit, user, from);
        LoginsChanged?.Invoke();
    }

    /// <inheritdoc/>
    public void LoggedOut(string unit, string user, string from)
    {
        if (logins.Keys.FirstOrDefault(login => login.Name == unit && login.User == user && login.From == from) is { } login)
        {
            _ = logins.TryRemove(login, out var count);
            if (count > 1)
            {
                logins.AddOrUpdate(login, count - 1, (_, others) => others + count - 1);
            }
        }

        log.NutLoggedOut(unit, user, from);
        LoginsChanged?.Invoke();
    }

    /// <inheritdoc/>
    public bool SetFsd(string unit, string user, string from)
    {
        log.NutForcedShutdown(unit, user, from);
        Forced?.Invoke(unit, user);
        return Latch(unit);
    }

    /// <inheritdoc/>
    /// <remarks>R-PWR-10: commands to a unit need a second person and are off; no unit lists any.</remarks>
    public bool Command(string unit, string command, string? parameter, string user, string from) => false;

    private NutUnit OfUnit(UpsNow unit, string name, string description)
    {
        var freshness = unit.StateAt(time.GetUtcNow(), OldestFresh) switch
        {
            UpsQuality.Good => NutFreshness.Fresh,
            _ when unit.LastGood is null => NutFreshness.NotConnected,
            _ => NutFreshness.Stale,
        };
        var variables = freshness == NutFreshness.Fresh ? Variables(unit.Last) : ImmutableSortedDictionary<string, string>.Empty;
        return new(name, description, freshness, variables, [], latched.ContainsKey(name));
    }

    private NutUnit OfStage(NutNameSettings stage)
    {
        var now = time.GetUtcNow();
        var unit = board.Find(stage.Ups)!;
        var seen = OfUnit(unit, stage.Name, stage.Label);
        if (seen.Freshness == NutFreshness.Fresh || unit.LastGood is not { IsOutage: true } last)
        {
            return seen;
        }

        // The link died in an outage: the last good runtime counts on, and so does the stage.
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        variables["ups.status"] = "OB DISCHRG";
        variables["device.type"] = "ups";
        variables["experimental.roomguard.reading.age"] = NutNames.Number(Math.Max(0, (now - last.At).TotalSeconds), 0);
        if (unit.RuntimeLeft(now) is { } left)
        {
            variables["battery.runtime"] = NutNames.Number(left.TotalSeconds, 0);
        }

        return seen with { Freshness = NutFreshness.Fresh, Variables = variables.ToImmutable() };
    }

    /// <summary>A reading in the words of NUT. What is Bad or unknown is left out: a client must not judge by it.</summary>
    public static ImmutableSortedDictionary<string, string> Variables(UpsReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        variables["device.type"] = "ups";
        variables["driver.name"] = "roomguard";
        variables["ups.status"] = NutStatusText.Of(StatusOf(reading));
        foreach (var (quantity, name, decimals) in Names)
        {
            if (reading.Good(quantity) is { } value)
            {
                variables[name] = NutNames.Number(value, decimals);
            }
        }

        foreach (var (text, names) in Words)
        {
            if (reading.Texts.TryGetValue(text, out var word))
            {
                foreach (var name in names)
                {
                    variables[name] = word;
                }
            }
        }

        if (reading.Values.TryGetValue(UpsQuantity.RuntimeSeconds, out var runtime) && runtime.Estimated)
        {
            variables["experimental.roomguard.runtime.estimated"] = "yes";
        }

        return variables.ToImmutable();
    }

    private static readonly (UpsQuantity Quantity, string Name, int Decimals)[] Names =
    [
        (UpsQuantity.InputVoltage, "input.voltage", 1), (UpsQuantity.InputFrequency, "input.frequency", 1),
        (UpsQuantity.OutputVoltage, "output.voltage", 1), (UpsQuantity.OutputFrequency, "output.frequency", 1), (UpsQuantity.OutputCurrent, "output.current", 2),
        (UpsQuantity.LoadPercent, "ups.load", 1), (UpsQuantity.OutputWatts, "ups.realpower", 0), (UpsQuantity.OutputVoltAmperes, "ups.power", 0),
        (UpsQuantity.ChargePercent, "battery.charge", 1), (UpsQuantity.RuntimeSeconds, "battery.runtime", 0), (UpsQuantity.BatteryVoltage, "battery.voltage", 1),
        (UpsQuantity.BatteryTemperature, "battery.temperature", 1), (UpsQuantity.Temperature, "ups.temperature", 1), (UpsQuantity.EfficiencyPercent, "ups.efficiency", 1),
        (UpsQuantity.RatedWatts, "ups.realpower.nominal", 0), (UpsQuantity.RatedVoltAmperes, "ups.power.nominal", 0),
        (UpsQuantity.LowTransferVoltage, "input.transfer.low", 0), (UpsQuantity.HighTransferVoltage, "input.transfer.high", 0),
    ];

    private static readonly (UpsText Text, string[] Names)[] Words =
    [
        (UpsText.Maker, ["device.mfr", "ups.mfr"]), (UpsText.Model, ["device.model", "ups.model"]), (UpsText.Serial, ["device.serial", "ups.serial"]),
        (UpsText.Firmware, ["ups.firmware"]), (UpsText.Name, ["ups.id"]), (UpsText.BatteryInstalledOn, ["battery.date"]),
        (UpsText.ReplaceBatteryBy, ["battery.date.maintenance"]), (UpsText.SelfTest, ["ups.test.result"]),
    ];

    private static NutStatus StatusOf(UpsReading reading)
    {
        var flags = reading.Flags;
        var status = NutStatus.None;
        foreach (var (flag, word) in new[]
        {
            (UpsFlags.OnLine, NutStatus.OnLine), (UpsFlags.OnBattery, NutStatus.OnBattery | NutStatus.Discharging), (UpsFlags.Bypass, NutStatus.OnLine | NutStatus.Bypass), (UpsFlags.OutputOff, NutStatus.Off),
            (UpsFlags.LowBattery, NutStatus.LowBattery), (UpsFlags.ReplaceBattery, NutStatus.ReplaceBattery), (UpsFlags.Overload, NutStatus.Overload),
            (UpsFlags.Boost, NutStatus.Boost), (UpsFlags.Trim, NutStatus.Trim), (UpsFlags.Charging, NutStatus.Charging),
        })
        {
            status |= (flags & flag) != 0 ? word : NutStatus.None;
        }

        // CAL keeps clients from taking a test on battery for an outage.
        return (flags & UpsFlags.Testing) != 0 && (flags & UpsFlags.OnBattery) != 0 ? status | NutStatus.Calibrating : status;
    }
}
