using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Policy;

/// <summary>運用区分. Only looked at here: a version is adopted by CHIEF's or COM's decision in the settings.</summary>
internal static class PolicyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/policy", PageGuard.Get(async request =>
            !MainMenu.Sees(request.Actor, PageAct.SeeSettings) ? NotFound(request) : request.Show<PolicyPage>(await request.Port<IPolicyPage>().Look(request.Gone).ConfigureAwait(false))));
        routes.MapGet("/policy/versions/{n}", PageGuard.Get(Version));
    }

    private static async Task<IResult> Version(PageRequest request)
    {
        var look = await request.Port<IPolicyPage>().Look(request.Gone).ConfigureAwait(false);
        return MainMenu.Sees(request.Actor, PageAct.SeeSettings) && long.TryParse(request.Route("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && look.Adopted.FirstOrDefault(one => one.N == n) is { } found
            ? request.Show<PolicyVersionPage>(new PolicyVersionModel(found, look.Base))
            : NotFound(request);
    }

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}

/// <summary>One version that was adopted, as it was.</summary>
public sealed record PolicyVersionModel(AdoptedVersion Version, Core.PolicyProfiles.PolicyProfile Base);
