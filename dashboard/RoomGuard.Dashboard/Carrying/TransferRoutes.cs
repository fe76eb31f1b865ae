using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>The register of transfers, with what was wrong with the last one.</summary>
public sealed record TransferModel(TransferRegister Register, FormState State);

/// <summary>系統間の媒体移送: the register, and writing one down (R-MOVE-08).</summary>
internal static class TransferRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/transfers", PageGuard.Get(request => Show(request, FormState.Of(("at", request.Ink.Field(request.Now)[..16])))));
        routes.MapPost("/transfers", PageGuard.Post(Record));
    }

    private static async Task<IResult> Show(PageRequest request, FormState state) => await request.Port<ITransferDesk>().Register(request.Actor, request.Gone).ConfigureAwait(false) is { } register
        ? request.Show<TransfersPage>(new TransferModel(register, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
        : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static Task<IResult> Record(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var scan = request.Field("scan");
        var transfer = new MediaTransfer(
            reader.Text("media", 40), reader.Text("content"), reader.Choice<Segment>("from"), reader.Text("fromAt"), reader.Choice<Segment>("to"), reader.Text("toAt"), Moment(request, reader),
            scan.Length == 0 ? null : reader.Choice<ScanResult>("scan"), reader.Optional("note", 400));
        return request.ForForm(reader, transfer, "/transfers", "/transfers", read => request.Port<ITransferDesk>().Record(read, request.Actor, request.Gone), state => Show(request, state));
    }

    private static DateTimeOffset Moment(PageRequest request, FormReader reader)
    {
        var typed = reader.Text("at", 40);
        if (Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        if (typed.Length > 0)
        {
            reader.Complain("at", FieldFault.NotADate, typed);
        }

        return default;
    }
}
