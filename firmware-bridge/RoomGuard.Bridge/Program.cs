using System.Net;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Connections;
using RoomGuard.Bridge.Broker;
using RoomGuard.Bridge.Checks;
using RoomGuard.Bridge.Control;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Enrolment;
using RoomGuard.Bridge.Files;
using RoomGuard.Bridge.Gates;
using RoomGuard.Bridge.Journal;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Power;
using RoomGuard.Bridge.Readers;
using RoomGuard.Bridge.RoomPages;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Wire.Mqtt;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge;

/// <summary>The room's controller: the composition root and nothing else.</summary>
public static class Program
{
    private const string Name = "roomguard-bridge";
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    /// <summary>Reads the command line and the settings, and does what was asked.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> Main(string[] args)
    {
        if (CommandLine.Read(args, out var problem) is not { } line)
        {
            await Console.Error.WriteLineAsync($"{problem}\n\n{CommandLine.Usage}");
            return ExitCodes.Usage;
        }

        try
        {
            var settings = SettingsFile.Load(line.Settings, BridgeSettingsJson.Default.BridgeSettings, line.Overrides);
            return line.Command switch
            {
                DoctorCommand => await Hosting.Doctor.RunAsync(Name, BridgeChecks.All(settings, TimeProvider.System), Console.Out, TimeProvider.System, CancellationToken.None),
                JoinCommand join => await JoinAsync(settings, join.Code),
                InstallReaderCommand install => await OrderAsync(settings, $"control/readers/{install.Reader ?? "all"}/install?minutes={install.Minutes}"),
                AddNutUserCommand add => await AddNutUserAsync(settings, add),
                RemoveNutUserCommand remove => NutUsersOf(settings).Remove(remove.User) ? ExitCodes.Ok : await SayAsync($"There is no user {remove.User}.", ExitCodes.Findings),
                AddMqttUserCommand add => await AddMqttUserAsync(settings, add),
                RemoveMqttUserCommand remove => MqttPasswordsOf(settings).Remove(remove.User) ? ExitCodes.Ok : await SayAsync($"{remove.User} has no password.", ExitCodes.Findings),
                RotateReaderCommand rotate => await OrderAsync(settings, $"control/readers/{rotate.Reader ?? "all"}/rotate"),
                _ => await ServeAsync(settings),
            };
        }
        catch (Exception wrong) when (wrong is SettingsException or NotJoinedException or ReaderKeyStoreException or UpsModelException or SensorModelException)
        {
            return await SayAsync(wrong.Message, ExitCodes.Config);
        }
        catch (Exception taken) when (taken is DataFolderException or EvidenceInUseException or ControlException or JoinException)
        {
            return await SayAsync(taken.Message, ExitCodes.Unavailable);
        }
        catch (IOException port) when (port.InnerException is System.Net.Sockets.SocketException)
        {
            return await SayAsync(port.Message, ExitCodes.Unavailable);
        }
        catch (IOException port) when (port.InnerException is AddressInUseException)
        {
            return await SayAsync($"{port.Message} Stop what holds the port, or choose another one with listen.watch.", ExitCodes.Unavailable);
        }
        catch (EvidenceWriteException disk)
        {
            return await SayAsync($"The journal cannot be opened: {disk.Message} Look at the disk of the data folder.", ExitCodes.Unavailable);
        }
        catch (EvidenceDamagedException damaged)
        {
            return await SayAsync($"{damaged.Message} Keep the file as it is and look at it with roomguard-verify.", ExitCodes.Software);
        }
    }

    private static async Task<int> ServeAsync(BridgeSettings settings)
    {
        // What the outside gives us: the time, chance, a folder of our own, and what the service gave us when we joined.
        var time = TimeProvider.System;
        Func<int, byte[]> randomBytes = RandomNumberGenerator.GetBytes;
        var chance = new Random();
        var version = WatchPages.VersionOf(typeof(Program));
        using var folder = DataFolder.Take(settings.DataFolder);
        using var identity = PanelIdentity.Load(folder.Path);
        var webhookKeys = settings.Webhooks.ToDictionary(webhook => webhook.Name, webhook => (Key: WebhookKey.Load(webhook), Authorities: WebhookKey.Authorities(webhook)));
        var mqttSecrets = settings.MqttSources.ToDictionary(source => source.Name, MqttSecrets.Load);
        File.Delete(folder.ControlSocket);

        // Of a large town it takes longest of all to read: beside everything else, from the first moment on.
        using var signatures = new OrderSignatures(identity.OrderKey);
        var lists = new GrantListStore(folder.File("grant-list"), settings.Site, signatures);
        var stored = Task.Run(lists.Load);

        var builder = WebApplication.CreateSlimBuilder();
        Log(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(settings.Watching.Address), settings.Watching.Watch);
            kestrel.ListenUnixSocket(folder.ControlSocket);
            if (settings.Watching.Rooms is { } rooms)
            {
                kestrel.Listen(IPAddress.Parse(rooms.Address), rooms.Port);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Services.AddSingleton(time);
        builder.Services.AddRoomTelemetry(Name, version, settings.Telemetry ?? new(), time);

        // What is written down: the journal, and beside it what a restart must not forget.
        var epoch = JournalEpoch.Find(folder.Path, RoomJournal.SizeOf);
        var ballast = new Ballast(folder.File("ballast"), settings.Journalling.Ballast);
        using var journal = RoomJournal.OpenOnReserve(
            new(epoch.JournalPath, epoch.Origin(settings.Site, settings.Panel), $"{settings.Site}/{settings.Panel}", randomBytes, time), ballast);

        // What we decide with.
        var meters = new RoomMeters();
        var pinKey = identity.PinKey;
        var control = new EntryControl(settings.Plan(), new() { PinMatches = (verifier, pin) => PinCheck.Matches(verifier, pin, pinKey) });
        var snapshot = journal.LastSnapshot();
        if (snapshot is not null)
        {
            control.Restore(snapshot);
        }

        var power = new PowerControl(
            settings.Units.Select(unit => unit.Id), new(), settings.Webhooks.Select(webhook => webhook.Name), UpsWires.OffersOf(settings.Units, UpsModels.Load));
        if (snapshot?.Power is { } powerBefore)
        {
            power.Restore(powerBefore);
        }

        var sensing = settings.Sensors ?? SensorsSection.None;
        var models = new SensorModels(sensing, SensorModelFiles.Load);
        var climate = new ClimateControl(settings.Climate?.Plan(models.HeardThrough) ?? ClimatePlan.None, new()
        {
            Panel = new(settings.Panel),
            Misfit = OrderedSensors.Misfit(SensorModelFiles.Load, [.. settings.MqttSources.Select(source => source.Name), .. settings.Brokering.Enabled ? [MqttBroker.SourceName] : Array.Empty<string>()]),
        });
        if (snapshot?.Climate is { } climateBefore)
        {
            climate.Restore(climateBefore);
        }

        var units = new UpsBoard(settings.Units, time.GetUtcNow());
        foreach (var unit in snapshot?.Power?.Units ?? [])
        {
            units.Remember(unit);
        }

        using var unitMeters = new UpsMeters(units, time);
        var board = new RoomBoard(settings.Plan(), snapshot);

        builder.Services.AddSingleton(provider =>
        {
            // Taken now: when the room's thread meets the impossible, the provider may be going away already.
            var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
            return new RoomLoop(_ => Stop(lifetime), time, meters, provider.GetRequiredService<ILogger<RoomLoop>>());
        });
        builder.Services.AddSingleton<IRoom>(provider => provider.GetRequiredService<RoomLoop>());

        // What hangs on the wires.
        var keys = ReaderKeyStore.Open(folder.Path, randomBytes);
        builder.Services.AddSingleton(provider => new ReaderBuses(
            BusPlan.From(settings),
            new(provider.GetRequiredService<RoomLoop>(), new CardDigester(identity.CardKey), keys, time, randomBytes, provider.GetRequiredService<ILogger<ReaderBuses>>()),
            plan => ReaderBuses.LinkOf(plan, time)));
        builder.Services.AddSingleton<IReaderOverview>(provider => provider.GetRequiredService<ReaderBuses>());
        builder.Services.AddSingleton(provider => new RoomTurn(
            control,
            journal,
            new RoomDevices(
                provider.GetRequiredService<ReaderBuses>().Devices, provider.GetService<NutBoard>(), units, provider.GetRequiredService<ILogger<RoomDevices>>(), provider.GetRequiredService<WebhookSender>(),
                new(models, (source, filters) => provider.GetRequiredService<MqttSources>().Ask(source, filters), provider.GetRequiredService<ILogger<OrderedSensors>>())),
            time,
            meters,
            provider.GetRequiredService<ILogger<RoomTurn>>(),
            power,
            climate,
            new(settings.CabinetPlans(models.HeardThrough)),
            new(settings.GatePulses)));

        // The power behind the room, and what its servers are told of it.
        builder.Services.AddSingleton(units);
        if (settings.Nut is { } nut)
        {
            builder.Services.AddSingleton(provider => new NutBoard(
                units, nut.Names, NutUsersOf(settings), version, time, provider.GetRequiredService<ILogger<NutBoard>>()));
        }

        builder.Services.AddSingleton(provider => new WebhookSender(
            settings.Webhooks,
            webhook => new WebhookLine(webhook, webhookKeys[webhook.Name].Key, webhookKeys[webhook.Name].Authorities, settings.Site, time),
            provider.GetRequiredService<IRoom>(),
            chance,
            time,
            provider.GetRequiredService<ILogger<WebhookSender>>()));

        // What the brokers of the settings say, and what a building's own system is told.
        var publisher = settings.Mqtt?.Publish is { } publish ? PublisherOf(settings, publish, version) : null;
        builder.Services.AddSingleton(new MqttBoard(settings.MqttSources, time.GetUtcNow()));
        builder.Services.AddSingleton(provider => new SensorFeed(
            provider.GetRequiredService<MqttBoard>(), provider.GetRequiredService<IRoom>(), wanted => Publish(provider, wanted), time, provider.GetRequiredService<ILogger<SensorFeed>>()));
        var strangers = new StrangerBoard(models);
        builder.Services.AddSingleton<IMqttMessages>(provider => new TagIntake(settings, provider.GetRequiredService<IRoom>(), new SensorIntake(models, (heard, stop) =>
        {
            strangers.Take(heard.News);
            return provider.GetRequiredService<SensorFeed>().TakeAsync(heard, stop);
        })));
        builder.Services.AddSingleton(provider => new MqttSources(
            [.. settings.MqttSources.Select(source => source.AskingFor([.. models.FiltersOf(source.Name), .. settings.TagGates.Where(gate => gate.Source == source.Name).Select(gate => gate.Topic)]))],
            settings.UsualClientId,
            source => mqttSecrets[source.Name],
            source => new MqttTcpLine(source, mqttSecrets[source.Name], time),
            name => name == settings.Mqtt?.Publish?.Source ? publisher?.Will : null,
            provider.GetRequiredService<IMqttMessages>(),
            provider.GetRequiredService<MqttBoard>(),
            chance,
            time,
            provider.GetRequiredService<ILogger<MqttSources>>()));

        // What is told to the service, and what it orders.
        using var link = new HttpServiceLink(new(settings.Service), settings.Panel, identity);
        builder.Services.AddSingleton(provider => new ReportUplink(
            new(new(settings.Panel), version, journal.Log, provider.GetRequiredService<IRoom>(), provider.GetRequiredService<IReaderOverview>(), epoch, settings.Wiring(), () => strangers.Now),
            new(new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), chance)),
            link,
            time,
            provider.GetRequiredService<ILogger<ReportUplink>>()));
        builder.Services.AddSingleton(provider => new OrderDesk(provider.GetRequiredService<IRoom>(), signatures, lists, time, provider.GetRequiredService<ILogger<OrderDesk>>()));
        builder.Services.AddSingleton(provider => new OrderUplink(
            new(lists.IsThere ? epoch.Mark.Orders : 0),
            provider.GetRequiredService<OrderDesk>(),
            link,
            epoch,
            new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), chance),
            new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), chance),
            time,
            provider.GetRequiredService<ILogger<OrderUplink>>()));

        // What is started, in this order, and stopped in the other.
        if (settings.Watching.Rooms is not null)
        {
            builder.Services.AddSingleton(provider => new RoomFeed(journal.Log, board, provider.GetRequiredService<ILogger<RoomFeed>>()));
            builder.Services.AddHostedService(provider => provider.GetRequiredService<RoomFeed>());
        }

        builder.Services.AddHostedService(provider => new RoomHost(
            provider.GetRequiredService<RoomLoop>(),
            provider.GetRequiredService<RoomTurn>(),
            provider.GetRequiredService<ReaderBuses>(),
            journal,
            epoch,
            stored,
            Told(provider),
            version,
            time,
            provider.GetRequiredService<ILogger<RoomHost>>()));

        // The room listens before its units speak; its servers are let in last.
        builder.Services.AddHostedService(provider => new PowerFeed(
            units, provider.GetService<NutBoard>(), settings.Nut is { } at ? [.. at.Names.Select(name => name.Name)] : [], provider.GetRequiredService<IRoom>(), time));
        builder.Services.AddHostedService(provider => new UpsWires(
            settings.Units, units, UpsModels.Load, (unit, model) => UpsWires.LinkOf(unit, model, time), time, provider.GetRequiredService<ILogger<UpsWires>>()));
        if (settings.Nut is { } server)
        {
            builder.Services.AddHostedService(provider => new NutListener(
                server, provider.GetRequiredService<NutBoard>(), identity.Certificate, time, provider.GetRequiredService<ILogger<NutListener>>()));
        }

        // Its sensors speak when it listens: over wires of their own, and by brokers.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SensorFeed>());
        builder.Services.AddHostedService(provider => new ModbusSensorWires(
            sensing, SensorModelFiles.Load, (sensor, model) => ModbusSensorWires.LinkOf(sensor, model, time), provider.GetRequiredService<SensorFeed>().Take, time, provider.GetRequiredService<ILogger<ModbusSensorWires>>()));
        builder.Services.AddHostedService(provider => new LinuxSensorFiles(sensing, SensorModelFiles.Load, provider.GetRequiredService<SensorFeed>().Take, time));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MqttSources>());
        if (publisher is not null)
        {
            builder.Services.AddHostedService(provider => new RoomPublishing(
                publisher,
                new(settings.Mqtt!.Publish!.Pace),
                provider.GetRequiredService<MqttSources>().Find(settings.Mqtt.Publish.Source)!,
                provider.GetRequiredService<IRoom>(),
                units,
                time));
        }

        if (settings.Brokering.Enabled)
        {
            builder.Services.AddSingleton<BrokerMeters>();
            builder.Services.AddSingleton(provider => new MqttBroker(
                settings.Brokering,
                folder.Path,
                identity.Certificate,
                provider.GetService<IMqttMessages>(),
                provider.GetRequiredService<BrokerMeters>(),
                randomBytes,
                time,
                provider.GetRequiredService<ILogger<MqttBroker>>(),
                () => Stop(provider.GetRequiredService<IHostApplicationLifetime>())));
            builder.Services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<MqttBroker>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<MqttBroker>());
        }

        builder.Services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
        builder.Services.AddSingleton(provider => new DiskWatch(folder.Path, settings.Journalling.WarnAtPercentUsed, time, provider.GetRequiredService<ILogger<DiskWatch>>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DiskWatch>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ReportUplink>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<OrderUplink>());

        // What people see.
        builder.Services.AddSingleton<IHealthPart, RoomHealth>();
        builder.Services.AddSingleton<IHealthPart, UpsHealth>();
        builder.Services.AddSingleton<IHealthPart, MqttHealth>();
        builder.Services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<DiskWatch>());
        builder.Services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<ReportUplink>());
        await using var app = builder.Build();
        _ = app.Services.GetRequiredService<RoomTelemetry>();
        ServeRoom(app, settings, board, time);
        app.MapWatchPages(settings.Watching.Watch);
        new ControlPages(
            new(settings.Panel),
            version,
            app.Services.GetRequiredService<IRoom>(),
            app.Services.GetRequiredService<IReaderOverview>(),
            app.Services.GetRequiredService<ReaderBuses>().Installer,
            app.Services.GetRequiredService<ReportUplink>(),
            app.Services.GetRequiredService<MqttBoard>(),
            journal.Log,
            time).Map(app);
        meters.WatchList(() => app.Services.GetRequiredService<IRoom>().State, time);

        WarmUp.Run(folder.File("warm-up"), randomBytes, time, app.Services.GetRequiredService<ILogger<RoomTurn>>());
        _ = ballast.TryRestore();
        await app.StartAsync();
        File.SetUnixFileMode(folder.ControlSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await app.WaitForShutdownAsync();
        return Environment.ExitCode;
    }

    // What a node is asked goes back by the broker it was heard by.
    private static void Publish(IServiceProvider provider, MessageWanted wanted)
    {
        var payload = wanted.Payload.ToArray();
        if (wanted.Source == MqttBroker.SourceName)
        {
            provider.GetRequiredService<MqttBroker>().Publish(wanted.Topic, payload);
        }
        else
        {
            _ = provider.GetRequiredService<MqttSources>().Find(wanted.Source)?.TryPublish(PublishPacket.Of(wanted.Topic, payload, MqttQos.AtMostOnce, retain: false));
        }
    }

    private static HomeAssistantPublisher PublisherOf(BridgeSettings settings, MqttPublishSettings publish, string version) => new(new(
        settings.Site,
        settings.Panel,
        version,
        [.. settings.Doors.Select(door => (door.Id, door.Label))],
        publish.Prefix ?? $"roomguard/{settings.Site}/{settings.Panel}",
        publish.Discovery,
        publish.Pace));

    // Whom the room tells that it has written: the way to the service, and its own pages where there are any.
    private static Action Told(IServiceProvider provider)
    {
        var uplink = provider.GetRequiredService<ReportUplink>();
        return provider.GetService<RoomFeed>() is { } feed
            ? () =>
            {
                uplink.Wake();
                feed.Wake();
            }
        : uplink.Wake;
    }

    private static void ServeRoom(WebApplication app, BridgeSettings settings, RoomBoard board, TimeProvider time)
    {
        if (settings.Watching.Rooms is not { } pages)
        {
            return;
        }

        var room = app.Services.GetRequiredService<IRoom>();
        var routes = new RoomRoutes(
            pages, board, new(board, () => room.State, pages.Help, pages.HelpEn), new(board, () => room.State, settings.Site, settings.Panel), time);
        routes.Guard(app);
        routes.Map(app);
    }

    private static async Task<int> JoinAsync(BridgeSettings settings, string code)
    {
        using var folder = DataFolder.Take(settings.DataFolder);
        var prints = await new JoinVisit(new(settings.Service), settings.Panel, settings.Site, folder.Path).MakeAsync(code, CancellationToken.None);
        await Console.Out.WriteLineAsync($"""
            {settings.Panel} は {settings.Site} に登録されました / has joined {settings.Site}.
            次の値をサービス側の表示と見比べてください / Compare these with what the service shows:
              service    {PanelIdentity.Groups(prints.Service)}
              authority  {PanelIdentity.Groups(prints.Authority)}
              {settings.Panel,-9}  {PanelIdentity.Groups(prints.Own)}
            """);
        return ExitCodes.Ok;
    }

    private static async Task<int> OrderAsync(BridgeSettings settings, string path)
    {
        using var client = new ControlClient(settings.DataFolder);
        return await client.OrderAsync(path, Console.Out, CancellationToken.None) ? ExitCodes.Ok : ExitCodes.Findings;
    }

    private static NutUsers NutUsersOf(BridgeSettings settings) => new(Path.Combine(Path.GetFullPath(settings.DataFolder), "nut-users.json"), TimeProvider.System);

    private static async Task<int> AddNutUserAsync(BridgeSettings settings, AddNutUserCommand add)
    {
        var rights = NutRights.LogIn | (add.Primary ? NutRights.Primary : NutRights.None);
        var password = NutUsersOf(settings).Add(add.User, rights, RandomNumberGenerator.GetBytes);
        await Console.Out.WriteLineAsync($"MONITOR <name>@<this bridge> 1 {add.User} {password} {(add.Primary ? "primary" : "secondary")}");
        return ExitCodes.Ok;
    }

    private static BrokerUsers MqttPasswordsOf(BridgeSettings settings) => MqttBroker.PasswordsIn(Path.GetFullPath(settings.DataFolder), TimeProvider.System);

    private static async Task<int> AddMqttUserAsync(BridgeSettings settings, AddMqttUserCommand add)
    {
        var password = MqttPasswordsOf(settings).Add(add.User, RandomNumberGenerator.GetBytes);
        await Console.Out.WriteLineAsync($"{add.User} {password}");
        return settings.Brokering.Known.Any(user => user.Name == add.User)
            ? ExitCodes.Ok
            : await SayAsync($"broker.users does not name {add.User} yet: write there what it may publish and subscribe to, and start the bridge anew.", ExitCodes.Findings);
    }

    // Lines for a person at a terminal, JSON for whoever collects them.
    private static void Log(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (Console.IsOutputRedirected)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.UseUtcTimestamp = true;
                simple.TimestampFormat = "HH:mm:ss.fffZ ";
            });
        }
    }

    private static void Stop(IHostApplicationLifetime lifetime)
    {
        Environment.ExitCode = ExitCodes.Software;
        lifetime.StopApplication();
    }

    private static async Task<int> SayAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
