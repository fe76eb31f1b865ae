using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Api;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Tokens;

/// <summary>APIトークン: made and ended by whoever keeps them, taken by the account's own person, each after a new proof of identity.</summary>
internal static class TokenRoutes
{
    private const string Path = "/tokens";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.Get(List));
        routes.MapGet($"{Path}/new", PageGuard.Get(request => Task.FromResult(Form(request, FormState.Of(
            ("account", request.Field("account")), ("until", Ink.Field(request.Today.AddMonths(6))))))));
        routes.MapPost($"{Path}/new", PageGuard.ConfirmedPost(Make));
        routes.MapPost($"{Path}/{{id}}/take", PageGuard.ConfirmedPost(Take));
        routes.MapGet($"{Path}/{{id}}/end", PageGuard.Get(request => WithToken(request, line => Task.FromResult(AskEnd(request, line, FormState.Empty)))));
        routes.MapPost($"{Path}/{{id}}/end", PageGuard.Post(request => WithToken(request, line => End(request, line))));
        routes.MapGet($"{Path}/openapi.json", PageGuard.Get(request => Task.FromResult<IResult>(TypedResults.Bytes(ApiDocument.Utf8, "application/json", "roomguard-openapi.json"))));
    }

    private static async Task<IResult> List(PageRequest request)
    {
        var tokens = await request.Port<ITokenDesk>().Tokens(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<TokenListPage>(new TokenListModel(tokens, MainMenu.Sees(request.Actor, PageAct.KeepTokens)));
    }

    private static IResult Form(PageRequest request, FormState state) =>
        request.Show<TokenFormPage>(new TokenFormModel(state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Make(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var ticked = reader.Ticked("scopes").Select(TokenScopes.Of).ToList();
        if (ticked.Count == 0 || ticked.Contains(null))
        {
            reader.Complain("scopes", ticked.Count == 0 ? FieldFault.Required : FieldFault.NotAChoice);
        }

        var form = new TokenForm(
            reader.Text("account", 40), reader.Text("name", 60), [.. ticked.OfType<TokenScope>()], reader.Day("until").AddDays(1), reader.Text("reason", 400));
        if (!reader.Ok)
        {
            return Form(request, reader.State());
        }

        var done = await request.Port<ITokenDesk>().Make(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done(Path),
            { Refusal: { } refusal } => Refused(request, refusal),
            _ => Form(request, reader.State(done.Problems)),
        };
    }

    private static async Task<IResult> Take(PageRequest request)
    {
        // An answer to a form that is a page and no redirect: the secret exists nowhere else to be fetched from.
        var taken = await request.Port<ITokenDesk>().Take(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return taken switch
        {
            { Result.Ok: true, Secret: { } secret, Token: { } token } => request.Show<TokenSecretPage>(
                new TokenSecretModel(token, secret, $"{request.Context.Request.Scheme}://{request.Context.Request.Host}{ApiOperations.Root}")),
            { Result.Refusal: { } refusal } => Refused(request, refusal),
            _ => request.Show<MessagePage>(new MessageModel(TokenText.NotTakenTitle, TokenText.NotTaken, null), StatusCodes.Status409Conflict),
        };
    }

    private static IResult AskEnd(PageRequest request, TokenLine line, FormState state)
    {
        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(TokenText.EndTitle, line.Token.Name), ink[TokenText.EndLead], ink[TokenText.EndDo], $"{Path}/{Uri.EscapeDataString(line.Token.Id)}/end", Path,
                Danger: true, AsksReason: true, "/roles",
                [(ink[TokenText.Number], line.Token.Id), (ink[TokenText.Holder], line.Holder.Name)], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> End(PageRequest request, TokenLine line) => request.ForReason(
        Path, "/roles",
        reason => request.Port<ITokenDesk>().End(line.Token.Id, reason, request.Actor, request.Gone),
        state => Task.FromResult(AskEnd(request, line, state)));

    private static IResult Refused(PageRequest request, Refusal refusal) => request.Show<RefusalPage>(new RefusalModel(refusal, "/roles", Path), StatusCodes.Status403Forbidden);

    private static async Task<IResult> WithToken(PageRequest request, Func<TokenLine, Task<IResult>> then)
    {
        var tokens = await request.Port<ITokenDesk>().Tokens(request.Actor, request.Gone).ConfigureAwait(false);
        return tokens.FirstOrDefault(line => line.Token.Id == request.Route("id") && line.MayEnd) is { } found
            ? await then(found).ConfigureAwait(false)
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
    }
}
