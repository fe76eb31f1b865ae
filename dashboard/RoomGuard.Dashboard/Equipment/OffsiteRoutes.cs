using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Equipment;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The register, with what was wrong with a check.</summary>
public sealed record OffsiteModel(OffsiteRegister Register, FormState State);

/// <summary>敷地外の機器: the register and its checks.</summary>
internal static class OffsiteRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/offsite", PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost("/offsite/checks", PageGuard.Post(Check));
    }

    private static IOffsiteDesk Desk(PageRequest request) => request.Port<IOffsiteDesk>();

    private static async Task<IResult> Show(PageRequest request, FormState state) => await Desk(request).Register(request.Actor, request.Gone).ConfigureAwait(false) is { } register
        ? request.Show<OffsitePage>(new OffsiteModel(register, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
        : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static Task<IResult> Check(PageRequest request)
    {
        var reader = new FormReader(request.Form);

        // The choice names what was looked at: the item and how often it had been checked.
        var chosen = reader.Text("item").Split(' ');
        var version = chosen.Length == 2 && int.TryParse(chosen[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
        return request.ForForm(
            reader, (On: reader.Day("checkedOn"), Result: reader.Choice<OffsiteResult>("result"), Note: reader.Text("note", 400)), "/offsite", "/offsite",
            form => Desk(request).Check(new(chosen[0]), version, form.On, form.Result, form.Note, request.Actor, request.Gone), state => Show(request, state));
    }
}
