using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Presence;

/// <summary>在室者一覧, what does not add up in it, and its correction (R-DOOR-05, R-DOOR-06).</summary>
internal static class PresenceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/presence", PageGuard.Get(async request => request.Show<PresencePage>(await Inside(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/presence", PageGuard.Get(async request => request.Fragment<PresenceParts>(await Inside(request).ConfigureAwait(false))));
        routes.MapGet("/presence/questions", PageGuard.Get(Questions));
        routes.MapGet("/presence/questions/{n}/settle", PageGuard.Get(request => WithQuestion(request, found => Task.FromResult(AskSettle(request, found, FormState.Empty)))));
        routes.MapPost("/presence/questions/{n}/settle", PageGuard.Post(request => WithQuestion(request, found => Settle(request, found))));
        routes.MapGet("/presence/correct", PageGuard.Get(request => Form(request, FormState.Empty)));
        routes.MapPost("/presence/correct", PageGuard.ConfirmedPost(request => Take(request, (desk, form) => desk.Correct(form, request.Actor, request.Gone))));
        routes.MapPost("/presence/ask", PageGuard.Post(request => Take(request, (desk, form) => desk.Ask(form, request.Actor, request.Gone))));

        // The person concerned, on their own page.
        routes.MapGet("/me/presence/{n}", PageGuard.Get(request => WithOwn(request, found => Task.FromResult(AskOwn(request, found, FormState.Empty)))));
        routes.MapPost("/me/presence/{n}", PageGuard.Post(request => WithOwn(request, found => Answer(request, found))));
    }

    private static bool Decides(PageRequest request) => Has(request, ActPart.Does);

    private static bool Has(PageRequest request, ActPart part) => request.Actor.IsConsole || !Authority.RightsOf(request.Actor, Act.ResetPresence, part).IsEmpty;

    private static async Task<PresenceModel> Inside(PageRequest request)
    {
        var desk = request.Port<IPresenceDesk>();
        var scope = await request.Scope().ConfigureAwait(false);
        var zones = await request.Port<IPresence>().Inside(scope, request.Gone).ConfigureAwait(false);
        var may = Decides(request) || Has(request, ActPart.Asks);
        return new(
            zones,
            may ? (await desk.Open(scope, request.Gone).ConfigureAwait(false)).Length : 0,
            await desk.Pending(request.Gone).ConfigureAwait(false),
            may);
    }

    private static async Task<IResult> Questions(PageRequest request)
    {
        var desk = request.Port<IPresenceDesk>();
        var open = await desk.Open(await request.Scope().ConfigureAwait(false), request.Gone).ConfigureAwait(false);
        return request.Show<QuestionsPage>(new QuestionsModel(open, await desk.Pending(request.Gone).ConfigureAwait(false), Decides(request), Has(request, ActPart.Asks)));
    }

    private static async Task<IResult> WithQuestion(PageRequest request, Func<PresenceQuestion, Task<IResult>> then)
    {
        var open = await request.Port<IPresenceDesk>().Open(await request.Scope().ConfigureAwait(false), request.Gone).ConfigureAwait(false);
        return open.FirstOrDefault(item => item.N.ToString(CultureInfo.InvariantCulture) == request.Route("n")) is { } found ? await then(found).ConfigureAwait(false) : NotFound(request);
    }

    private static async Task<IResult> WithOwn(PageRequest request, Func<PresenceQuestion, Task<IResult>> then)
    {
        var own = await request.Port<IPresenceDesk>().Mine(request.Actor, request.Gone).ConfigureAwait(false);
        return own.FirstOrDefault(item => item.N.ToString(CultureInfo.InvariantCulture) == request.Route("n")) is { } found ? await then(found).ConfigureAwait(false) : NotFound(request);
    }

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static IResult AskSettle(PageRequest request, PresenceQuestion found, FormState state)
    {
        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(PresenceText.SettleTitle, found.Name), ink[PresenceText.SettleLead], ink[PresenceText.Settle], $"/presence/questions/{found.N}/settle", "/presence/questions",
                Danger: false, AsksReason: true, "/presence",
                [(ink[PresenceText.ZoneField], ink.Zone(found.Zone)), (ink[PresenceText.AskedOf], ink[PresenceText.KindOf(found.Kind)])], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> Settle(PageRequest request, PresenceQuestion found) => request.ForReason(
        "/presence/questions", "/presence",
        reason => request.Port<IPresenceDesk>().Settle(found.N, reason, request.Actor, request.Gone),
        state => Task.FromResult(AskSettle(request, found, state)));

    // A link fills the form; what it fills is shown and can be changed.
    private static async Task<IResult> Form(PageRequest request, FormState state)
    {
        var decides = Decides(request);
        PresenceQuestion? question = null;
        if (request.Field("q") is { Length: > 0 } n)
        {
            var open = await request.Port<IPresenceDesk>().Open(await request.Scope().ConfigureAwait(false), request.Gone).ConfigureAwait(false);
            question = open.FirstOrDefault(item => item.N.ToString(CultureInfo.InvariantCulture) == n);
        }

        if (state == FormState.Empty)
        {
            var suggested = question?.Suggests;
            state = FormState.Of(
                ("person", question?.Person.Value ?? request.Field("person")),
                ("zone", question?.Zone.Value ?? request.Field("zone")),
                ("inside", suggested?.Inside == true || request.Field("inside") == "true" ? "true" : "false"),
                ("since", request.Ink.Field(suggested?.Since ?? request.Now)[..16]),
                ("q", question?.N.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        return request.Show<CorrectionPage>(new CorrectionModel(decides, question, state), state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> Take(PageRequest request, Func<IPresenceDesk, PresenceCorrection, Task<ActResult>> act)
    {
        var reader = new FormReader(request.Form);
        var form = new PresenceCorrection(new(reader.Text("person", 20)), new(reader.Text("zone", 40)), reader.Text("inside") == "true", When(request, reader, "since") ?? request.Now, reader.Text("reason", 400));
        if (!reader.Ok)
        {
            return await Form(request, reader.State()).ConfigureAwait(false);
        }

        var done = await act(request.Port<IPresenceDesk>(), form).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done("/presence/questions"),
            { Refusal: { } refusal } => Refused(request, refusal),
            _ => await Form(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static IResult AskOwn(PageRequest request, PresenceQuestion found, FormState state) =>
        request.Show<OwnQuestionPage>(new OwnQuestionModel(found, state), state.Problems.IsEmpty ? 200 : 422);

    private static async Task<IResult> Answer(PageRequest request, PresenceQuestion found)
    {
        var reader = new FormReader(request.Form);
        var answer = reader.Choice<PresenceAnswer>("answer");
        var at = When(request, reader, "at");
        var note = reader.Optional("note", 400);
        if (!reader.Ok)
        {
            return AskOwn(request, found, reader.State());
        }

        var done = await request.Port<IPresenceDesk>().Answer(found.N, answer, at, note, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/me") : AskOwn(request, found, reader.State(done.Problems));
    }

    private static DateTimeOffset? When(PageRequest request, FormReader reader, string field)
    {
        var typed = reader.Optional(field);
        if (typed.Length == 0)
        {
            return null;
        }

        if (Dates.TryTime(typed, out var local))
        {
            return request.Ink.Moment(local);
        }

        reader.Complain(field, FieldFault.NotADate, typed);
        return null;
    }

    private static IResult Refused(PageRequest request, Refusal refusal) =>
        request.Show<RefusalPage>(new RefusalModel(refusal, "/presence", "/presence"), StatusCodes.Status403Forbidden);
}
