using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace RoomGuard.Dashboard;

/// <summary>
/// Puts the pages into a program. The program registers the ports (<c>IRoomNow</c>, <c>IEntryRegister</c>, <c>IPresence</c>,
/// <c>IDeviceOverview</c>, <c>IPeopleDesk</c>, <c>ILockdownDesk</c>, <c>ILiveNews</c>) and a <see cref="TimeProvider"/>.
/// </summary>
public static class DashboardHosting
{
    /// <summary>What the pages need.</summary>
    public static IServiceCollection AddRoomGuardDashboard(this IServiceCollection services, DashboardSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        services.AddSingleton(site);
        // The default encoder writes every Japanese character as six to eight; pages would be a quarter bigger.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddAntiforgery();
        return services;
    }

    /// <summary>Routes, guards and static files of the pages.</summary>
    public static WebApplication MapRoomGuardDashboard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStaticAssets();
        return app;
    }
}
