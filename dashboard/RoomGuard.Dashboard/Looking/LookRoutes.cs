using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Looking;

/// <summary>Purpose of looking and 利用状況調査.</summary>
internal static class LookRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/entries/purpose", PageGuard.Get(request => Task.FromResult(Ask(request, FormState.Empty))));
        routes.MapPost("/entries/purpose", PageGuard.Post(State));
        routes.MapGet("/investigations", PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost("/investigations", PageGuard.Post(Name));
        routes.MapGet("/investigations/{id}/end", PageGuard.Get(request => Task.FromResult(AskEnd(request, FormState.Empty))));
        routes.MapPost("/investigations/{id}/end", PageGuard.Post(End));
    }

    /// <summary>The register as the person who asks may see it.</summary>
    internal static async Task<IEntryRegister> Register(this PageRequest request) =>
        request.Port<IEntryRegisters>().SeenBy(await request.Scope().ConfigureAwait(false));

    /// <summary>How much of the register the person who asks may see.</summary>
    internal static Task<RegisterScope> Scope(this PageRequest request) => request.Port<ILookDesk>().Scope(request.Actor, request.Gone);

    /// <summary>The way to the page that asks for a purpose and comes back.</summary>
    internal static IResult ToPurpose(PersonId subject, string back) =>
        PageRequest.Go($"/entries/purpose?person={Uri.EscapeDataString(subject.Value)}&return={Uri.EscapeDataString(back)}");

    private static IResult Ask(PageRequest request, FormState state) => request.Show<PurposePage>(
        new PurposeModel(new(request.Field("person")), Back(request), state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> State(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var purpose = reader.Text("purpose");
        if (!reader.Ok)
        {
            return Ask(request, reader.State());
        }

        var done = await request.Port<ILookDesk>().StatePurpose(request.Actor, new(request.Field("person")), purpose, request.Gone).ConfigureAwait(false);
        return done.Ok ? PageRequest.Go(Back(request)) : Ask(request, reader.State(done.Problems));
    }

    private static async Task<IResult> Show(PageRequest request, FormState state)
    {
        var lines = await request.Port<ILookDesk>().Investigations(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<InvestigationsPage>(
            new InvestigationsModel(lines, MayName(request), state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Name(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var subject = reader.Text("subject", 40);
        var named = reader.Text("named", 400).Split([' ', '\u3000', ','], StringSplitOptions.RemoveEmptyEntries);
        var purpose = reader.Text("purpose");
        var until = reader.Day("until").AddDays(1);
        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var form = new InvestigationForm(new(subject), [.. named.Select(person => new PersonId(person))], purpose, until);
        var done = await request.Port<ILookDesk>().NameInvestigation(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/investigations") : done.Refusal is null ? await Show(request, reader.State(done.Problems)).ConfigureAwait(false) : OnlyChief(request);
    }

    private static IResult AskEnd(PageRequest request, FormState state)
    {
        if (!MayName(request))
        {
            return OnlyChief(request);
        }

        var (ink, id) = (request.Ink, request.Route("id"));
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink[LookText.EndTitle], ink[LookText.EndLead], ink[LookText.End], $"/investigations/{Uri.EscapeDataString(id)}/end", "/investigations",
                Danger: false, AsksReason: true, "/entries", [(ink[LookText.Investigations], id)], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> End(PageRequest request) => request.ForReason(
        "/investigations", "/entries",
        reason => request.Port<ILookDesk>().EndInvestigation(request.Route("id"), reason, request.Actor, request.Gone),
        state => Task.FromResult(AskEnd(request, state)));

    private static bool MayName(PageRequest request) => Authority.May(request.Actor, Act.LookIntoPerson, Part.Allows, ActSubject.None).Allowed;

    private static IResult OnlyChief(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(LookText.Investigations, LookText.OnlyChief, null), StatusCodes.Status403Forbidden);

    // Only to pages of ours, and only to the register.
    private static string Back(PageRequest request) =>
        request.Field("return") is var back && back.StartsWith("/entries", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/entries";
}
