using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.HandRegister;
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
using RoomGuard.Dashboard.Visits;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>The pages over an invented room, on a port of their own.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private PagesHost(WebApplication app, int port, InventedRoom room, LiveBoard board) => (this.app, Port, Room, Board) = (app, port, room, board);

    public int Port { get; }

    public InventedRoom Room { get; }

    public LiveBoard Board { get; }

    public string Address => $"http://localhost:{Port}";

    /// <summary>A client that is signed in.</summary>
    public HttpClient Client(string account = InventedSignIn.Office)
    {
        var client = new HttpClient { BaseAddress = new(Address) };
        client.DefaultRequestHeaders.Add("Cookie", $"rg-session={account}");
        return client;
    }

    /// <summary>Something it is made of.</summary>
    public TPart Part<TPart>()
        where TPart : notnull => app.Services.GetRequiredService<TPart>();

    public static async Task<PagesHost> Start(int? port = null, bool empty = false)
    {
        var chosen = port ?? LoopbackPorts.Next();
        var time = new ShiftedTime(InventedRoom.Start);
        var board = new LiveBoard(1);
        var room = new InventedRoom(time, board, empty);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(chosen));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IRoomNow>(room).AddSingleton<IEntryRegisters>(room).AddSingleton<ILookDesk>(room).AddSingleton<IPresence>(room).AddSingleton<IDeviceOverview>(room);
        builder.Services.AddSingleton<IPeopleDesk>(room).AddSingleton<ILockdownDesk>(room).AddSingleton<ILiveNews>(board);
        builder.Services.AddSingleton<IPolicyPage, InventedPolicy>();
        builder.Services.AddSingleton<IContractorDesk, InventedPersonnel>().AddSingleton<IContractTrailDesk, InventedPersonnel>().AddSingleton<IPersonnelDesk, InventedPersonnel>();
        var office = new InventedOffice(time, empty);
        builder.Services.AddSingleton<ICaseDesk>(office).AddSingleton<IRoleDesk>(office).AddSingleton<IAccountDesk>(office).AddSingleton<IMyPage>(office);
        builder.Services.AddSingleton<Dashboard.Tokens.ITokenDesk>(new InventedTokens(time));
        var presence = new InventedPresence(empty);
        builder.Services.AddSingleton<IPresenceDesk>(presence).AddSingleton<IPurposeDesk>(presence).AddSingleton<RoomGuard.Dashboard.Modes.IModeDesk>(presence).AddSingleton<RoomGuard.Dashboard.Escort.IEscortDesk>(presence);
        var visits = new InventedVisits(time, empty);
        builder.Services.AddSingleton<IVisitDesk>(visits).AddSingleton<IReceptionDesk>(visits).AddSingleton<IVisitorOverrideDesk>(visits);
        var signIn = new InventedSignIn(time);
        builder.Services.AddSingleton<ISessions>(signIn).AddSingleton<ISignInDesk>(signIn).AddSingleton<IProofDesk>(signIn).AddSingleton<ISetupDesk>(signIn);
        var zones = new InventedZones(time);
        builder.Services.AddSingleton<Dashboard.Zones.IZoneDesk>(zones).AddSingleton<IPrivilegeReviews>(zones);
        var keeping = new InventedRegisterKeeping(empty);
        builder.Services.AddSingleton<IHandRegisterDesk>(keeping).AddSingleton<IKeyDesk>(keeping).AddSingleton<IIdentityDesk>(keeping).AddSingleton<IPatternDesk>(keeping);
        var power = new InventedPower(time, empty);
        builder.Services.AddSingleton<Dashboard.Power.IUnitTrends>(new InventedTrends(time, empty));
        builder.Services.AddSingleton<Dashboard.Power.IPowerBoard>(power).AddSingleton<Dashboard.Power.IPowerDesk>(power).AddSingleton<Dashboard.Power.IPowerPlanDesk>(power).AddSingleton<Dashboard.Power.IDrillDesk>(power).AddSingleton<Dashboard.Power.IUpsCommandDesk>(power);
        var climate = new InventedClimate(time, empty);
        builder.Services.AddSingleton<Dashboard.Climate.IClimateBoard>(climate).AddSingleton<Dashboard.Climate.IClimateDesk>(climate).AddSingleton<Dashboard.Climate.ISensingDesk>(new InventedSensing(time, empty)).AddSingleton<Dashboard.Climate.ISensorTrends>(climate);
        var alarms = new InventedAlarms(time, empty);
        builder.Services.AddSingleton<Dashboard.Alarms.IAlarmDesk>(alarms).AddSingleton<Dashboard.Alarms.IAlarmContactDesk>(alarms).AddSingleton<Dashboard.Alarms.IMaintenanceDesk>(alarms);
        builder.Services.AddSingleton<Dashboard.Failures.IFailureDesk>(new InventedFailures(time, empty));
        builder.Services.AddSingleton<Dashboard.Work.IWorkDesk>(new InventedWork(time, empty));
        builder.Services.AddSingleton<Dashboard.Carrying.ICarryDesk>(new InventedCarrying(time, empty)).AddSingleton<Dashboard.Carrying.ITransferDesk>(new InventedTransfers(time, empty));
        var equipment = new InventedEquipment(time, empty);
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetBulk>(new InventedAssetBulk(equipment));
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetDesk>(equipment).AddSingleton<Dashboard.Equipment.IMoveDesk>(equipment).AddSingleton<Dashboard.Equipment.IDisposalDesk>(equipment).AddSingleton<Dashboard.Equipment.IOffsiteDesk>(equipment);
        builder.Services.AddSingleton<Dashboard.Equipment.IAssetImport>(new InventedAssetImport(time)).AddSingleton<Dashboard.Equipment.IAssetExport>(new InventedAssetExport(time));
        var stocktakes = new InventedStocktakes(time, empty);
        builder.Services.AddSingleton<Dashboard.Equipment.IStocktakeDesk>(stocktakes).AddSingleton(stocktakes);
        builder.Services.AddSingleton<Dashboard.Schedule.IDueDates>(new InventedDueDates(empty));
        builder.Services.AddSingleton<Dashboard.Climate.IFireEquipmentDesk>(new InventedFireEquipment(empty));
        builder.Services.AddSingleton<Dashboard.Notices.INoticeDesk>(new InventedNotices(time, empty));
        builder.Services.AddRoomGuardDashboard(() => InventedRoom.Site);
        var app = builder.Build();
        app.MapRoomGuardDashboard();
        await app.StartAsync();
        return new(app, chosen, room, board);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>One browser for all tests of pages.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private (Visitor Visitor, IPage Page)? walker;

    internal PagesHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await PagesHost.Start();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ROOMGUARD_CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--font-render-hinting=none",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>One visitor with one page, who goes from route to route: a profile and a tab for each would take longer than what is looked at there.</summary>
    /// <param name="preload">Runs before every page's own scripts.</param>
    internal async Task<(Visitor Visitor, IPage Page)> Walk(string preload)
    {
        if (walker is null)
        {
            var visitor = await Visit(preload: preload);
            walker = (visitor, await visitor.Open("/"));
        }

        return walker.Value;
    }

    /// <summary>A visitor: their own browser profile. What goes wrong on their pages is gathered.</summary>
    /// <param name="account">Signed in as; null: nobody.</param>
    internal async Task<Visitor> Visit(
        int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, bool english = false, bool scripts = true, string? preload = null, PagesHost? host = null,
        string? account = InventedSignIn.Office)
    {
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            Locale = english ? "en-GB" : "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(60_000);
        var address = (host ?? Host).Address;
        if (account is not null)
        {
            await context.AddCookiesAsync([new() { Name = "rg-session", Value = account, Url = address }]);
        }

        if (english)
        {
            await context.AddCookiesAsync([new() { Name = "rg-language", Value = "en", Url = address }]);
        }

        if (preload is not null)
        {
            await context.AddInitScriptAsync(preload);
        }

        return new(context, address);
    }
}

/// <summary>A browser profile with its complaints.</summary>
internal sealed class Visitor(IBrowserContext context, string address) : IAsyncDisposable
{
    /// <summary>Console errors, script errors, policy violations, server errors and requests to other hosts.</summary>
    public List<string> Complaints { get; } = [];

    public IBrowserContext Context => context;

    public string Address => address;

    public async Task<IPage> Open(string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complaints.Add($"{path}: {message.Text}");
            }
        };
        page.PageError += (_, problem) => Complaints.Add($"{path}: {problem}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Complaints.Add($"{path}: asked {request.Url}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                Complaints.Add($"{path}: {response.Status} from {response.Url}");
            }
        };
        await page.GotoAsync(address + path);
        return page;
    }

    public async Task<IPage> OpenLive(string path)
    {
        var page = await Open(path);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'live'");
        return page;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
