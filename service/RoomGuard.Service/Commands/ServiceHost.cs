using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.HandRegister;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Identity;
using RoomGuard.Dashboard.Keys;
using RoomGuard.Dashboard.Live;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Me;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.Patterns;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Personnel;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Dashboard.Setup;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Tokens;
using RoomGuard.Dashboard.Visits;
using RoomGuard.Dashboard.Zones;
using RoomGuard.Hosting;
using RoomGuard.Service.Api;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.HandRegister;
using RoomGuard.Service.Keys;
using RoomGuard.Service.Live;
using RoomGuard.Service.Lockdowns;
using RoomGuard.Service.Looking;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.Patterns;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.SignIn.Provider;
using RoomGuard.Service.Visits;
using RoomGuard.Service.Watch;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Commands;

/// <summary>The running service: what comes from outside, what decides, what people and bridges are shown.</summary>
public static class ServiceHost
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2.5);

    /// <summary>Runs until told to stop.</summary>
    public static async Task<int> ServeAsync(ServiceSettings settings, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var app = await BuildAsync(settings, folders, time, randomBytes);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException || taken.GetBaseException() is SocketException)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Another program uses this port. Stop that one, or give RoomGuard others with --set listen.…=N.");
            return ExitCodes.Unavailable;
        }

        if (app.Services.GetRequiredService<SetupDesk>() is { Needed: true } setup)
        {
            // Straight to whoever started it; the log is read by others and kept.
            await Console.Out.WriteLineAsync($"First set-up: open https://{folders.Names[0]}:{settings.Listen.DashboardHttps}/setup and enter this code: {setup.NewCode()}");
        }

        await app.WaitForShutdownAsync();
        return ExitCodes.Ok;
    }

    /// <summary>Builds everything and records the start; nothing listens yet.</summary>
    public static async Task<WebApplication> BuildAsync(ServiceSettings settings, ServiceFolders folders, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folders);
        var version = WatchPages.VersionOf(typeof(ServiceHost));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = "wwwroot" });
        builder.Logging.ClearProviders().AddJsonConsole(console => console.UseUtcTimestamp = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // It remarks that its keys lie unencrypted; they lie where all keys lie, under rights for the owner alone.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);

        // What the outside gives us: the record and the keys must be right before anything starts.
        builder.Services.AddRoomTelemetry("roomguard", version, settings.Telemetry, time);
        var meters = new ServiceMeters();
        var record = folders.OpenRecord(null, CancellationToken.None);
        var keys = folders.OpenKeys();
        record.GroupWritten = meters.GroupWritten;
        var site = new SiteBook(record, settings);
        builder.Services.AddSingleton(site).AddSingleton<ISiteSettings>(site).AddSingleton<IZoneDesk, ZoneDesk>();
        builder.Services.AddSingleton(time).AddSingleton(randomBytes).AddSingleton(settings).AddSingleton(meters).AddSingleton(_ => record).AddSingleton(_ => keys);

        // What bridges tell and are told.
        builder.Services.AddSingleton<PanelStates>().AddSingleton<ReportDesk>().AddSingleton<OrderDesk>();
        builder.Services.AddSingleton(new GrantListFiles(folders.Lists)).AddSingleton(new JoinCodes(folders.Codes, time, randomBytes));
        builder.Services.AddSingleton(services => new JoinDesk(
            record, keys, services.GetRequiredService<JoinCodes>(), settings.Site.Id, settings.PanelIds, time, randomBytes, services.GetRequiredService<ILogger<JoinDesk>>()));
        builder.Services.AddSingleton<GrantPublisher>().AddHostedService(services => services.GetRequiredService<GrantPublisher>());
        builder.Services.AddWatch(services => new PanelWatch(
            record, services.GetRequiredService<PanelStates>(), settings.PanelIds, services.GetRequiredService<LiveBoard>(), time, services.GetRequiredService<ILogger<PanelWatch>>()));

        // What the office does.
        builder.Services.AddSingleton<ActTurn>().AddSingleton(services => PeopleCommands.Rules(site, services.GetRequiredService<SitePolicy>()));
        builder.Services.AddSingleton(services =>
        {
            var import = new PeopleImport(record, keys, services.GetRequiredService<FieldRules>(), settings.Site.Environment == EnvironmentKind.Test, time, randomBytes);
            var log = services.GetRequiredService<ILogger<PeopleImport>>();
            import.Runs.Failed = failure => ImportRuns.LogFailure(log, failure);
            return import;
        });
        builder.Services.AddSingleton<IPeopleDesk, PeopleDesk>().AddSingleton<ILockdownDesk, LockdownDesk>();

        // Who may do what, and applications.
        builder.Services.AddSingleton<AuthorityGuard>().AddSingleton<IRefusalNotes>(services => services.GetRequiredService<AuthorityGuard>())
            .AddSingleton<ICaseDesk, CaseDesk>().AddSingleton<IRoleDesk, RoleDesk>().AddSingleton<IMyPage, MyPage>();
        builder.Services.AddWatch(services => new CaseWatch(
            record, services.GetRequiredService<AuthorityGuard>(), services.GetRequiredService<ActTurn>(), () => [.. site.Now.Zones.Select(zone => new ZoneId(zone.Id))], time));

        // Who signs in.
        var outside = new OutsideGate(record, settings.SignIn, time);
        var sessions = new Sessions(record, new SessionStore(folders.Sessions), outside, time, randomBytes);
        builder.Services.AddSingleton(outside).AddSingleton(_ => sessions).AddSingleton<ISessions>(_ => sessions).AddHostedService<SessionSweep>();
        builder.Services.AddSingleton<Seal>().AddSingleton<Passwords>().AddSingleton<Passkeys>().AddSingleton<SignInDesk>().AddSingleton<SetupDesk>().AddSingleton<ISetupDesk>(services => services.GetRequiredService<SetupDesk>());
        builder.Services.AddSingleton<ISignInDesk>(services => services.GetRequiredService<SignInDesk>()).AddSingleton<IProofDesk, ProofDesk>().AddSingleton<IAccountDesk, AccountDesk>().AddSingleton<IPrivilegeReviews, PrivilegeReviewDesk>();

        builder.Services.AddSingleton<IProviderDesk>(services => new ProviderDesk(
            services.GetRequiredService<SignInDesk>(), settings, Path.Combine(folders.Keys, "provider-client-secret"), time, randomBytes, services.GetRequiredService<ILogger<ProviderDesk>>()));

        // Other systems.
        builder.Services.AddSingleton(_ => new ApiStore(folders.Api)).AddSingleton<ITokenDesk, TokenDesk>().AddSingleton<ITokenDoor, TokenDoor>();

        // What the policy profile says.
        var policy = new SitePolicy(record, site, ProfileShelf.Load(ProfileShelf.Folder), time);
        builder.Services.AddSingleton(policy).AddSingleton<IPolicyPage>(policy);

        // Contracts, and what goes on around people and their cards.
        builder.Services.AddSingleton<IContractorDesk, ContractorDesk>().AddSingleton<IContractTrailDesk, ContractTrailDesk>().AddSingleton<PersonnelDesk>().AddSingleton<IPersonnelDesk>(services => services.GetRequiredService<PersonnelDesk>());
        builder.Services.AddWatch<ContractWatch>();
        builder.Services.AddHostedService<DayTurn>().AddSingleton<LendingWatch>().AddHostedService(services => services.GetRequiredService<LendingWatch>());

        // Who is inside: asked, answered, corrected.
        builder.Services.AddSingleton<IPresenceDesk, Presence.PresenceDesk>().AddSingleton<IPurposeDesk, Presence.PurposeDesk>().AddSingleton<Dashboard.Modes.IModeDesk, Modes.ModeDesk>().AddSingleton<Dashboard.Escort.IEscortDesk, Escort.EscortDesk>();

        // The register kept by hand, keys, identity checks, patterns.
        builder.Services.AddSingleton<IHandRegisterDesk, HandRegisterDesk>().AddSingleton<IKeyDesk, KeyDesk>().AddSingleton<IIdentityDesk, IdentityDesk>().AddSingleton<IPatternDesk, PatternDesk>();
        builder.Services.AddSingleton<PatternWatch>().AddHostedService(services => services.GetRequiredService<PatternWatch>());

        // Visits and the reception desk.
        builder.Services.AddSingleton<IVisitDesk, VisitDesk>().AddSingleton<IReceptionDesk, ReceptionDesk>().AddSingleton<IVisitorOverrideDesk, VisitorOverrideDesk>().AddWatch<VisitWatch>();

        // Power: what the bridges tell of it, shutdown plans and planned outages.
        builder.Services.AddSingleton<Power.PowerNews>().AddSingleton<Dashboard.Power.IPowerBoard>(services => services.GetRequiredService<Power.PowerNews>()).AddSingleton<Dashboard.Power.IPowerDesk, Power.PowerDesk>().AddSingleton<Dashboard.Power.IPowerPlanDesk, Power.PowerPlanDesk>().AddSingleton<Dashboard.Power.IDrillDesk, Power.DrillDesk>().AddSingleton<Dashboard.Power.IUpsCommandDesk, Power.UpsCommandDesk>();

        // Climate: what the bridges tell of it, and what people do about it.
        builder.Services.AddSingleton<Climate.ClimateNews>().AddSingleton<Dashboard.Climate.IClimateBoard>(services => services.GetRequiredService<Climate.ClimateNews>()).AddSingleton<Dashboard.Climate.IClimateDesk, Climate.ClimateDesk>().AddSingleton<Dashboard.Climate.ISensingDesk, Climate.SensingDesk>();
        builder.Services.AddSingleton<Climate.FireEquipmentDesk>().AddSingleton<Dashboard.Climate.IFireEquipmentDesk>(services => services.GetRequiredService<Climate.FireEquipmentDesk>()).AddSingleton<Dashboard.Schedule.IDueDates>(services => services.GetRequiredService<Climate.FireEquipmentDesk>());

        // Failures: opened by faults of devices, kept by people.
        builder.Services.AddSingleton<Dashboard.Failures.IFailureDesk, Failures.FailureDesk>();

        // Equipment.
        builder.Services.AddSingleton<Equipment.AssetDesk>().AddSingleton<Dashboard.Equipment.IAssetDesk>(services => services.GetRequiredService<Equipment.AssetDesk>()).AddSingleton<Dashboard.Equipment.IMoveDesk, Equipment.MoveDesk>().AddSingleton<Dashboard.Equipment.IStocktakeDesk, Equipment.StocktakeDesk>().AddSingleton<Dashboard.Equipment.IDisposalDesk, Equipment.DisposalDesk>().AddSingleton<Dashboard.Equipment.IOffsiteDesk, Equipment.OffsiteDesk>();
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetBulk, Equipment.AssetBulk>();
        builder.Services.AddSingleton<Dashboard.Carrying.ITransferDesk, Carrying.TransferDesk>();
        builder.Services.AddWatch<Equipment.MoveWatch>().AddWatch<Equipment.LifeWatch>();
        builder.Services.AddWatch<Gates.GateJudge>();
        builder.Services.AddWatch<Cabinets.CabinetJudge>();
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetImport>(services =>
        {
            var import = new Equipment.AssetImport(
                record, services.GetRequiredService<Equipment.AssetDesk>(), services.GetRequiredService<Files.FileShelf>(), services.GetRequiredService<AuthorityGuard>(), services.GetRequiredService<ActTurn>(), time, randomBytes);
            var log = services.GetRequiredService<ILogger<Equipment.AssetImport>>();
            import.Runs.Failed = failure => ImportRuns.LogFailure(log, failure);
            return import;
        });

        // At once and not when somebody first asks: lists of the run before are taken away now.
        Equipment.AssetExport.Clear(folders.Exports);
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetExport>(services =>
        {
            var log = services.GetRequiredService<ILogger<Equipment.AssetExport>>();
            return new Equipment.AssetExport(folders.Exports, services.GetRequiredService<Equipment.AssetDesk>(), services.GetRequiredService<AuthorityGuard>(), time, randomBytes)
            {
                Failed = failure => Equipment.AssetExport.LogFailure(log, failure),
            };
        });
        builder.Services.AddSingleton<Dashboard.Schedule.IDueDates, Equipment.AssetSchedule>();

        // Carry permits: what leaves and enters, and what is not back.
        builder.Services.AddSingleton<Dashboard.Carrying.ICarryDesk, Carrying.CarryDesk>().AddWatch<Carrying.CarryWatch>();

        // Files that entries name by their digest.
        builder.Services.AddSingleton(_ => new Files.FileShelf(folders.Files));

        // Work records: who, where, with whom, proven by presence.
        builder.Services.AddSingleton<Dashboard.Work.IWorkDesk, Work.WorkDesk>().AddWatch<Work.WorkWatch>();

        // Alarms: what people do about them, who is told, what is under service.
        builder.Services.AddSingleton<Dashboard.Alarms.IAlarmDesk, Alarms.AlarmDesk>().AddSingleton<Dashboard.Alarms.IAlarmContactDesk, Alarms.AlarmContactDesk>().AddSingleton<Dashboard.Alarms.IMaintenanceDesk, Alarms.MaintenanceDesk>();
        builder.Services.AddWatch(services => new Alarms.AlarmWatch(record, services.GetRequiredService<ActTurn>(), services.GetRequiredService<PanelStates>(), services.GetService<Notices.INotices>(), time));

        // What goes out: notices and heartbeats; and what shows that we ran.
        builder.Services.AddNotices(settings, folders, record, time, randomBytes);
        builder.Services.AddSingleton(new AliveMark(folders.Alive, AliveMark.MachineBoot, time)).AddHostedService(services => services.GetRequiredService<AliveMark>());

        // What was measured, outside the record.
        builder.Services.AddSingleton(services => new ReadingsStore(
            folders.Readings, settings.Readings ?? new(), settings.TimeZone, time.GetUtcNow(), aside => services.GetRequiredService<ILogger<ReadingsStore>>().PutAside(aside)));
        builder.Services.AddSingleton<ReadingsIntake>().AddHostedService(services => services.GetRequiredService<ReadingsIntake>())
            .AddSingleton<TrendBook>().AddSingleton<Dashboard.Power.IUnitTrends>(services => services.GetRequiredService<TrendBook>()).AddSingleton<Dashboard.Climate.ISensorTrends>(services => services.GetRequiredService<TrendBook>());

        // What people see.
        builder.Services.AddSingleton(new LiveBoard(time.GetUtcNow().ToUnixTimeMilliseconds())).AddSingleton<ILiveNews>(services => services.GetRequiredService<LiveBoard>());
        builder.Services.AddSingleton<RoomNow>();
        builder.Services.AddSingleton<IRoomNow>(services => services.GetRequiredService<RoomNow>());
        builder.Services.AddSingleton<IPresence>(services => services.GetRequiredService<RoomNow>());
        builder.Services.AddSingleton<IDeviceOverview>(services => services.GetRequiredService<RoomNow>());
        builder.Services.AddSingleton<IEntryRegisters, EntryRegisters>().AddSingleton<ILookDesk, LookDesk>();
        builder.Services.AddDataProtection().SetApplicationName("roomguard").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folders.Keys, "pages")));
        builder.Services.AddRoomGuardDashboard(() => SiteOf(site.Now, folders, policy));
        builder.Services.AddSingleton<IHealthPart, RecordHealth>();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings, keys, time));

        var app = builder.Build();
        await BeginAsync(app, record, meters, settings, version, time);
        app.Use(PortGate.Between(settings.Listen));
        app.MapWatchPages(settings.Listen.Watch);
        app.MapPanels(settings.Listen.Panels);
        app.MapRoomGuardDashboard();
        app.Logger.Keys(SiteKeys.Groups(JoinCode.Fingerprint(keys.Authority.RawData)), SiteKeys.Groups(JoinCode.Fingerprint(keys.Server.RawData)));
        return app;
    }

    private static async Task BeginAsync(WebApplication app, ServiceRecord record, ServiceMeters meters, ServiceSettings settings, string version, TimeProvider time)
    {
        var board = app.Services.GetRequiredService<LiveBoard>();
        var states = app.Services.GetRequiredService<PanelStates>();
        var room = app.Services.GetRequiredService<RoomNow>();
        record.Follow(items => NewsOfRecord.Tell(board, items));
        app.Services.GetRequiredService<OrderDesk>().Begin();
        app.Services.GetRequiredService<GrantPublisher>().Begin();
        meters.Watch(() => settings.PanelIds.Count(states.Fresh), () => settings.Panels.Length, room.Unapplied, () => record.Size, () => record.Waiting, room.Standing);
        var policy = app.Services.GetRequiredService<SitePolicy>();
        var alive = app.Services.GetRequiredService<AliveMark>();
        var gap = alive.Gap(record.LastEntryAt);
        _ = await record.AppendAsync(new RecordStarted(time.GetUtcNow(), record.Boot, version, record.LastEntryAt), CancellationToken.None);
        if (gap is not null)
        {
            _ = await record.AppendAsync(gap, CancellationToken.None);
        }

        alive.Mark();
        await policy.BeginAsync(CancellationToken.None);
        app.Services.GetRequiredService<LendingWatch>().Begin();
        app.Services.GetRequiredService<PatternWatch>().Begin();
    }

    private static DashboardSite SiteOf(ServiceSettings settings, ServiceFolders folders, SitePolicy policy) => new(
        settings.Site.Id,
        settings.Site.Organisation,
        settings.Site.Name,
        settings.Site.Environment == EnvironmentKind.Test,
        settings.TimeZone,
        [.. settings.Zones.Select(zone => new Place<ZoneId>(new(zone.Id), zone.Label, zone.LabelEn))],
        [.. settings.Doors.Select(door => new DoorPlace(new(door.Id), new(door.Zone), door.Label, door.LabelEn))],
        [.. folders.Names],
        settings.Floors ?? [],
        () => policy.Now.RoleNames.Names,
        settings.Listen.Reception,
        () => policy.Now.Segments);

    private static void Listen(KestrelServerOptions kestrel, ServiceSettings settings, SiteKeys keys, TimeProvider time)
    {
        var address = IPAddress.Parse(settings.Listen.Address);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 128 << 20;
        kestrel.Limits.MaxConcurrentConnections = 2000;
        kestrel.Listen(address, settings.Listen.DashboardHttps, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(keys.Server, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        });
        if (settings.Listen.DashboardHttp is { } plain)
        {
            kestrel.Listen(address, plain, listen => listen.Protocols = HttpProtocols.Http1);
        }

        // R-NET-07: the reception terminal has a listener of its own, plain only where the pages are.
        if (settings.Listen.Reception is { } reception)
        {
            kestrel.Listen(address, reception, listen =>
            {
                listen.Protocols = settings.Listen.DashboardHttp is null ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (settings.Listen.DashboardHttp is null)
                {
                    listen.UseHttps(keys.Server, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
                }
            });
        }

        kestrel.Listen(address, settings.Listen.Panels, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(keys.Server, https =>
            {
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;

                // A bridge that wants to join has no certificate yet; every other address asks for one (PanelEndpoints).
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (certificate, _, _) => keys.IsOurs(certificate, time.GetUtcNow());
            });
        });
        // Health and metrics carry no sign-in, so they stay on this machine whatever the pages listen on.
        kestrel.Listen(IPAddress.IsLoopback(address) ? address : IPAddress.Loopback, settings.Listen.Watch, listen => listen.Protocols = HttpProtocols.Http1);
    }
}

/// <summary>Whether the record takes entries.</summary>
internal sealed class RecordHealth(ServiceRecord record) : IHealthPart
{
    public string Name => "record";

    public HealthAnswer Now() => record.Trouble is { } trouble ? new(false, trouble) : new(true, $"{record.Size} entries");
}

/// <summary>
/// What each port serves, by the port the connection really came in on: the name in a request is the sender's word and opens nothing (R-NET-02).
/// </summary>
internal static class PortGate
{
    internal static Func<HttpContext, RequestDelegate, Task> Between(ListenSettings listen) => (http, next) =>
    {
        var forPanels = http.Request.Path.StartsWithSegments("/panels", StringComparison.OrdinalIgnoreCase);
        var forWatching = http.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
        var fits = http.Connection.LocalPort == listen.Panels ? forPanels
            : http.Connection.LocalPort == listen.Watch ? forWatching
            : http.Connection.LocalPort == listen.Reception ? ReceptionPaths.Serves(http.Request.Path)
            : !forPanels && !forWatching;
        if (http.Connection.LocalPort == listen.Reception && http.Request.Path == "/")
        {
            http.Response.Redirect(ReceptionPaths.Home);
            return Task.CompletedTask;
        }

        if (fits)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };
}

internal static partial class HostLog
{
    [LoggerMessage(2401, LogLevel.Information, "Authority {Authority} · service certificate {Server}")]
    public static partial void Keys(this ILogger log, string authority, string server);
}
