using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Power;

/// <summary>The page UPSの操作.</summary>
/// <param name="Look">Null: no bridge tells of any unit.</param>
public sealed record UpsCommandsModel(UpsCommandLook? Look, FormState State);

/// <summary>UPSの操作: asked for by one, confirmed by another on a page of its own, each with their proof (R-PWR-10).</summary>
internal static class UpsCommandRoutes
{
    private const string Home = "/power/commands";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PageGuard.Get(request => Show(request, request.Field("unit"), FormState.Empty)));
        routes.MapGet("/fragments/power-commands", PageGuard.Get(async request =>
            await Desk(request).Look(request.Field("unit"), request.Actor, request.Gone).ConfigureAwait(false) is { } look ? request.Fragment<UpsCommandLines>(look) : NotFound(request)));
        routes.MapPost(Home, PageGuard.ConfirmedPost(Ask));
        routes.MapGet($"{Home}/{{id}}/confirm", PageGuard.Get(request => AskConfirm(request, FormState.Empty)));
        routes.MapPost($"{Home}/{{id}}/confirm", PageGuard.ConfirmedPost(Confirm));
        routes.MapGet($"{Home}/{{id}}/drop", PageGuard.Get(request => AskDrop(request, FormState.Empty)));
        routes.MapPost($"{Home}/{{id}}/drop", PageGuard.Post(Drop));
    }

    /// <summary>A unit's page.</summary>
    public static string Of(string ups) => $"{Home}?unit={Uri.EscapeDataString(ups)}";

    /// <summary>A choice of the form: the command and its delay in one word.</summary>
    public static string Choice(UpsCommand command, int delaySeconds) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{command}:{delaySeconds}");

    private static IUpsCommandDesk Desk(PageRequest request) => request.Port<IUpsCommandDesk>();

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static async Task<IResult> Show(PageRequest request, string ups, FormState state)
    {
        var look = await Desk(request).Look(ups, request.Actor, request.Gone).ConfigureAwait(false);
        return look is null && ups.Length > 0 ? NotFound(request)
            : request.Show<UpsCommandsPage>(new UpsCommandsModel(look, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Ask(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (ups, choice, reason) = (reader.Text("unit", 40), reader.Text("command", 60), reader.Text("reason", 400));
        var parts = choice.Split(':');
        var command = default(UpsCommand);
        var delay = 0;
        if (choice.Length > 0
            && (parts.Length != 2 || !Enum.TryParse(parts[0], out command) || !Enum.IsDefined(command) || Choice(command, delay = Seconds(parts[1])) != choice))
        {
            reader.Complain("command", FieldFault.NotAChoice);
        }

        if (!reader.Ok)
        {
            return await Show(request, ups, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Ask(new(ups, command, delay, reason), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, Of(ups), "/power", () => Show(request, ups, reader.State(done.Problems))).ConfigureAwait(false);
    }

    private static int Seconds(string text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    private static async Task<IResult> AskConfirm(PageRequest request, FormState state)
    {
        if (await Desk(request).Find(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is not { } found)
        {
            return NotFound(request);
        }

        var (ink, line) = (request.Ink, found.Line);
        var offer = found.Look?.Offers.FirstOrDefault(one => one.Command == line.Command);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(UpsCommandText.ConfirmTitle, line.Id), ink[UpsCommandText.ConfirmLead], ink[UpsCommandText.Confirm], $"{Home}/{Uri.EscapeDataString(line.Id)}/confirm", Of(line.Ups),
                Danger: line.Command is UpsCommand.OutputOff, AsksReason: false, "/power",
                [
                    (ink[UpsCommandText.Unit], line.Ups), (ink[UpsCommandText.Choice], UpsCommandText.Of(line.Command, line.DelaySeconds, ink)),
                    (ink[UpsCommandText.What], offer is null ? ink[UpsCommandText.OffTitle] : UpsCommandText.Does(offer, line.DelaySeconds, ink)),
                    (ink[UpsCommandText.HostsNow], Hosts(found.Look?.Hosts ?? [], ink)),
                    .. Facts(line, ink),
                ],
                [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static string Hosts(ImmutableArray<HangingHost> hosts, Ink ink) => hosts.IsEmpty
        ? ink[UpsCommandText.None]
        : string.Join("、", hosts.Select(host => $"{(ink.Language == Language.Japanese ? host.Host.Label : host.Host.LabelEn)}({ink[Sign(host).Word]})"));

    /// <summary>Whether a server is logged in.</summary>
    public static Sign Sign(HangingHost host) => host.IsUp switch { true => PowerPageText.HostUp, false => PowerPageText.HostAway, null => PowerPageText.HostUnknown };

    private static ImmutableArray<(string, string)> Facts(UpsCommandLine line, Ink ink) =>
    [
        (ink[UpsCommandText.Reason], line.Reason), (ink[UpsCommandText.AskedBy], $"{line.AskedBy} {ink.Stamp(line.AskedAt)}"), (ink[UpsCommandText.Until], ink.Stamp(line.ExpiresAt)),
        (ink[PowerPageText.State], ink[UpsCommandText.Of(line).Word]),
    ];

    private static async Task<IResult> Confirm(PageRequest request)
    {
        var id = request.Route("id");
        var done = await Desk(request).Confirm(id, request.Actor, request.Gone).ConfigureAwait(false);
        var ups = (await Desk(request).Find(id, request.Actor, request.Gone).ConfigureAwait(false))?.Line.Ups;
        return await request.After(done, ups is null ? Home : Of(ups), "/power", () => AskConfirm(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }

    private static async Task<IResult> AskDrop(PageRequest request, FormState state)
    {
        if (await Desk(request).Find(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is not { } found)
        {
            return NotFound(request);
        }

        var (ink, line) = (request.Ink, found.Line);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(UpsCommandText.DropTitle, line.Id), ink[UpsCommandText.DropLead], ink[UpsCommandText.Drop], $"{Home}/{Uri.EscapeDataString(line.Id)}/drop", Of(line.Ups),
                Danger: false, AsksReason: true, "/power",
                [(ink[UpsCommandText.Unit], line.Ups), (ink[UpsCommandText.Choice], UpsCommandText.Of(line.Command, line.DelaySeconds, ink)), .. Facts(line, ink)], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Drop(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return await AskDrop(request, reader.State()).ConfigureAwait(false);
        }

        var id = request.Route("id");
        var done = await Desk(request).Drop(id, reason, request.Actor, request.Gone).ConfigureAwait(false);
        var ups = (await Desk(request).Find(id, request.Actor, request.Gone).ConfigureAwait(false))?.Line.Ups;
        return await request.After(done, ups is null ? Home : Of(ups), "/power", () => AskDrop(request, reader.State(done.Problems))).ConfigureAwait(false);
    }
}
