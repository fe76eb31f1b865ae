using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Live;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.Me;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Personnel;
using RoomGuard.Dashboard.Policy;

namespace RoomGuard.Dashboard;

/// <summary>
/// Puts the pages into a program. The program registers the ports (<see cref="IRoomNow"/>, <see cref="IEntryRegister"/>, <c>IPresence</c>,
/// <c>IDeviceOverview</c>, <see cref="IPeopleDesk"/>, <see cref="ILockdownDesk"/>, <see cref="ILiveNews"/>, <see cref="ISessions"/>, <see cref="ISignInDesk"/>,
/// <see cref="ICaseDesk"/>, <see cref="IRoleDesk"/>, <see cref="IAccountDesk"/>, <see cref="IMyPage"/>), a <see cref="TimeProvider"/>, and says where
/// data-protection keys are kept, or forms open across a restart are refused.
/// </summary>
public static class DashboardHosting
{
    /// <summary>What the pages need.</summary>
    /// <param name="site">The site as it stands; asked for each page, since zones and doors are registered while the program runs.</param>
    public static IServiceCollection AddRoomGuardDashboard(this IServiceCollection services, Func<DashboardSite> site)
    {
        ArgumentNullException.ThrowIfNull(site);
        services.AddTransient(_ => site());
        // The default encoder writes every Japanese character as six to eight; pages would be a quarter bigger.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();

        // What the schedule asks; a register of another kind adds its own.
        services.AddTransient<Schedule.IOpenSteps, Schedule.CaseSchedule>().AddTransient<Schedule.IOpenSteps, Schedule.MoveSchedule>().AddTransient<Schedule.IOpenSteps, Schedule.CarrySchedule>()
            .AddTransient<Schedule.IOpenSteps, Schedule.WorkSchedule>().AddTransient<Schedule.IOpenSteps, Schedule.DisposalSchedule>().AddTransient<Schedule.IOpenSteps, Schedule.StocktakeSchedule>();
        services.AddTransient<Schedule.IDueDates, Schedule.DisposalSchedule>().AddTransient<Schedule.IDueDates, Schedule.OffsiteSchedule>().AddTransient<Schedule.IDueDates, Schedule.StocktakeSchedule>();
        services.AddTransient<Schedule.IAtTheDoor, Schedule.MoveSchedule>().AddTransient<Schedule.IAtTheDoor, Schedule.CarrySchedule>();
        services.AddTransient<Schedule.IDueDates, Schedule.CarrySchedule>().AddTransient<Schedule.IDueDates, Schedule.ContractSchedule>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "rg-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = false;
        });
        services.AddResponseCompression(options =>
        {
            // Form tokens are masked anew on every page, which is what keeps compression under TLS from telling them.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "text/csv"];
        });
        return services;
    }

    /// <summary>Routes of the pages. The answer takes conventions for all of them, e.g. <c>RequireHost</c>.</summary>
    public static IEndpointConventionBuilder MapRoomGuardDashboard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseResponseCompression();
        var routes = app.MapGroup("");
        routes.MapGet("/assets/{file}", DashboardAssets.Own.Serve);
        routes.MapGet("/live", PageGuard.Get(LiveStream.Open));
        SignInRoutes.Map(routes);
        NowRoutes.Map(routes);
        Presence.PresenceRoutes.Map(routes);
        EntriesRoutes.Map(routes);
        PeopleRoutes.Map(routes);
        CaseRoutes.Map(routes);
        OperatorRoutes.Map(routes);
        MeRoutes.Map(routes);
        LockdownRoutes.Map(routes);
        Modes.ModeRoutes.Map(routes);
        Floor.FloorRoutes.Map(routes);
        Escort.EscortRoutes.Map(routes);
        Timeline.TimelineRoutes.Map(routes);
        Visits.VisitRoutes.Map(routes);
        Visits.VisitorOverrideRoutes.Map(routes);
        Reception.ReceptionRoutes.Map(routes);
        PolicyRoutes.Map(routes);
        Zones.ZoneRoutes.Map(routes);
        Looking.LookRoutes.Map(routes);
        ContractorRoutes.Map(routes);
        PersonnelRoutes.Map(routes);
        Tokens.TokenRoutes.Map(routes);
        Api.ApiRoutes.Map(routes);
        AboutRoutes.Map(routes);

        // The register kept by hand, keys, identity checks, patterns.
        RegisterSheetRoutes.Map(routes);
        HandRegister.HandRegisterRoutes.Map(routes);
        Keys.KeyRoutes.Map(routes);
        Identity.IdentityRoutes.Map(routes);
        Patterns.PatternRoutes.Map(routes);

        // Power.
        Power.PowerRoutes.Map(routes);
        Climate.ClimateRoutes.Map(routes);
        Climate.SensingRoutes.Map(routes);
        Climate.FireEquipmentRoutes.Map(routes);
        Failures.FailureRoutes.Map(routes);
        Carrying.CarryRoutes.Map(routes);
        Work.WorkRoutes.Map(routes);
        Power.TrendRoutes.Map(routes);
        Notices.NoticeRoutes.Map(routes);
        Wallboard.WallboardRoutes.Map(routes);

        // Alarms.
        Alarms.AlarmRoutes.Map(routes);

        // What passes today, what is open, what is due.
        Schedule.ScheduleRoutes.Map(routes);

        // Equipment.
        Equipment.EquipmentRoutes.Map(routes);
        Equipment.AssetBulkRoutes.Map(routes);
        Equipment.MoveRoutes.Map(routes);
        Equipment.DisposalRoutes.Map(routes);
        Equipment.OffsiteRoutes.Map(routes);
        Carrying.TransferRoutes.Map(routes);
        Equipment.StocktakeRoutes.Map(routes);
        Equipment.AssetImportRoutes.Map(routes);
        Equipment.AssetExportRoutes.Map(routes);
        return routes;
    }
}
