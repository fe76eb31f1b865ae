using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.People;

/// <summary>人・カード・入室許可. Lists are GETs; every change is a form, its page, then a redirect.</summary>
internal static class PeopleRoutes
{
    private const int Rows = 50;
    private const int RecentShown = 8;
    private const long MaxFile = 10 * 1024 * 1024;
    private static readonly (string Act, CredentialState State)[] CardActs =
    [
        ("lost", CredentialState.Lost), ("suspend", CredentialState.Suspended), ("resume", CredentialState.Active), ("return", CredentialState.Returned),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people", PageGuard.Get(People));
        routes.MapGet("/people/new", PageGuard.Get(request => Task.FromResult(
            request.Show<PersonFormPage>(new PeopleFormModel(FormState.Empty, null, [])))));
        routes.MapPost("/people/new", PageGuard.Post(AddPerson));
        routes.MapGet("/people/import", PageGuard.Get(async request => request.Show<ImportPage>(
            new ImportModel(FormState.Empty, null, null) { Waiting = await request.Port<IPeopleDesk>().ImportsWaiting(request.Actor, request.Gone).ConfigureAwait(false) })));
        routes.MapGet("/people/import/{token}", PageGuard.Get(async request =>
            await request.Port<IPeopleDesk>().WaitingImport(request.Route("token"), request.Actor, request.Gone).ConfigureAwait(false) is { } look
                ? request.Show<ImportPage>(new ImportModel(FormState.Empty, look, null))
                : request.Show<ImportPage>(new ImportModel(FormState.Empty, null, DeskText.Pending), StatusCodes.Status404NotFound)));
        routes.MapPost("/people/import", PageGuard.Post(Look));
        routes.MapPost("/people/import/apply", PageGuard.Post(Apply));
        routes.MapGet("/people/import/runs/{id}", PageGuard.Get(request => WithRun(request, run => request.Show<ImportPage>(ModelOf(run)))));
        routes.MapGet("/fragments/people-import/{id}", PageGuard.Get(request => WithRun(request, run => request.Fragment<ImportParts>(ModelOf(run)))));
        routes.MapPost("/people/import/runs/{id}/stop", PageGuard.Post(StopImport));
        routes.MapGet("/people/{id}", PageGuard.Get(request => WithPerson(request, file => Person(request, file))));
        routes.MapGet("/people/{id}/change", PageGuard.Get(request => WithPerson(request, file => Ok(
            request.Show<PersonFormPage>(new PeopleFormModel(Typed(file.Person), file.Person, []))))));
        routes.MapPost("/people/{id}/change", PageGuard.Post(request => WithPerson(request, file => ChangePerson(request, file))));
        routes.MapGet("/people/{id}/suspend", PageGuard.Get(request => WithPerson(request, file => Ok(AskSuspend(request, file, FormState.Empty)))));
        routes.MapPost("/people/{id}/suspend", PageGuard.Post(request => WithPerson(request, file => Suspend(request, file, lifted: false))));
        routes.MapGet("/people/{id}/resume", PageGuard.Get(request => WithPerson(request, file => Ok(AskSuspend(request, file, FormState.Empty)))));
        routes.MapPost("/people/{id}/resume", PageGuard.ConfirmedPost(request => WithPerson(request, file => Suspend(request, file, lifted: true))));
        routes.MapGet("/people/{id}/cards/new", PageGuard.Get(request => WithPerson(request, file => Ok(request.Show<CardFormPage>(
            new PeopleFormModel(FormState.Empty, file.Person, request.Port<IPeopleDesk>().CardFormats))))));
        routes.MapPost("/people/{id}/cards/new", PageGuard.Post(request => WithPerson(request, file => IssueCard(request, file))));
        routes.MapGet("/cards", PageGuard.Get(Cards));
        foreach (var (act, state) in CardActs)
        {
            routes.MapGet($"/cards/{{id}}/{act}", PageGuard.Get(request => WithCard(request, line => Ok(AskCard(request, line, act, FormState.Empty)))));
            routes.MapPost($"/cards/{{id}}/{act}", PageGuard.Post(request => WithCard(request, line => SetCard(request, line, act, state))));
        }

        routes.MapGet("/cards/{id}/pin", PageGuard.Get(request => WithCard(request, line => Ok(request.Show<PinPage>(new PinModel(line, FormState.Empty, false))))));
        routes.MapPost("/cards/{id}/pin", PageGuard.Post(request => WithCard(request, line => SetPin(request, line))));
        routes.MapGet("/grants", PageGuard.Get(Grants));
    }

    private static async Task<IResult> People(PageRequest request)
    {
        var desk = request.Port<IPeopleDesk>();
        var kana = request.Field("kana");
        var query = new PeopleQuery(
            Words(request), kana.Length == 1 && DeskText.KanaRows.Contains(kana[0], StringComparison.Ordinal) ? kana[0] : null,
            Choice<PersonCategory>(request.Field("category")), request.Field("valid") == "1", After(request), Rows)
        { Within = ScopeOf(request, PageAct.SeePeople) };
        var page = await desk.People(query, request.Gone).ConfigureAwait(false);
        var any = !page.People.IsEmpty || (await desk.People(new(null, null, null, false, null, 1) { Within = query.Within }, request.Gone).ConfigureAwait(false)).Total > 0;
        return request.Show<PeopleListPage>(new PeopleListModel(query, page, any));
    }

    private static async Task<IResult> Cards(PageRequest request)
    {
        var query = new CardQuery(Words(request), Choice<CredentialState>(request.Field("state")), null, After(request), Rows) { Within = ScopeOf(request, PageAct.SeeCards) };
        return request.Show<CardListPage>(new CardListModel(query, await request.Port<IPeopleDesk>().Cards(query, request.Gone).ConfigureAwait(false)));
    }

    private static async Task<IResult> Grants(PageRequest request)
    {
        var zone = request.Field("zone");
        var query = new GrantQuery(
            Words(request), zone.Length == 0 ? null : new ZoneId(zone), null, request.Field("force") == "1",
            request.Field("ending") == "30" ? 30 : null, After(request), Rows)
        { Within = ScopeOf(request, PageAct.SeeGrants) };
        return request.Show<GrantListPage>(new GrantListModel(query, await request.Port<IPeopleDesk>().Grants(query, request.Gone).ConfigureAwait(false)));
    }

    private static async Task<IResult> Person(PageRequest request, PersonFile file)
    {
        // Their entries are shown here only under a purpose that was stated already.
        var address = $"/people/{Uri.EscapeDataString(file.Person.Id.Value)}";
        if (!await request.Port<ILookDesk>().MayLook(request.Actor, file.Person.Id, address, request.Gone).ConfigureAwait(false))
        {
            return request.Show<PersonPage>(new PersonModel(file, null));
        }

        var register = await request.Register().ConfigureAwait(false);
        var recent = await register.Page(RegisterFilter.None with { Person = file.Person.Id }, new RegisterPlace.Newest(), RecentShown, request.Gone).ConfigureAwait(false);
        return request.Show<PersonPage>(new PersonModel(file, recent.Rows));
    }

    private static async Task<IResult> AddPerson(PageRequest request)
    {
        var (form, reader) = ReadPerson(request, null);
        ImmutableArray<FieldProblem> more = [];
        if (reader.Ok)
        {
            var done = await request.Port<IPeopleDesk>().AddPerson(form, request.Actor, request.Gone).ConfigureAwait(false);
            if (done.Ok)
            {
                return request.Done(PathOf(form.Id));
            }

            more = done.Problems;
        }

        return request.Show<PersonFormPage>(new PeopleFormModel(reader.State(more), null, []), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ChangePerson(PageRequest request, PersonFile file)
    {
        var (form, reader) = ReadPerson(request, file.Person.Id);
        ImmutableArray<FieldProblem> more = [];
        if (reader.Ok)
        {
            var done = await request.Port<IPeopleDesk>().ChangePerson(form, request.Actor, request.Gone).ConfigureAwait(false);
            if (done.Ok)
            {
                return request.Done(PathOf(form.Id));
            }

            more = done.Problems;
        }

        return request.Show<PersonFormPage>(new PeopleFormModel(reader.State(more), file.Person, []), StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult AskSuspend(PageRequest request, PersonFile file, FormState state)
    {
        var (ink, name, path) = (request.Ink, file.Person.Name, PathOf(file.Person.Id));
        var lift = request.Context.Request.Path.Value!.EndsWith("/resume", StringComparison.Ordinal);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(lift ? DeskText.ResumeTitle : DeskText.SuspendTitle, name), ink[lift ? DeskText.ResumeLead : DeskText.SuspendLead],
                ink[lift ? DeskText.Resume : DeskText.Suspend], $"{path}/{(lift ? "resume" : "suspend")}", path, Danger: !lift, AsksReason: true, "/people",
                HolderFacts(ink, file.Person), [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> Suspend(PageRequest request, PersonFile file, bool lifted)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return AskSuspend(request, file, reader.State());
        }

        var done = await request.Port<IPeopleDesk>().SuspendPerson(file.Person.Id, lifted, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, PathOf(file.Person.Id), "/people", () => Task.FromResult(AskSuspend(request, file, reader.State(done.Problems)))).ConfigureAwait(false);
    }

    private static async Task<IResult> IssueCard(PageRequest request, PersonFile file)
    {
        var desk = request.Port<IPeopleDesk>();
        var reader = new FormReader(request.Form);
        var format = reader.Text("format", 40);
        var form = new CardForm(
            file.Person.Id, format, reader.OptionalNumber("facility"), reader.Number("number"), reader.OptionalDay("validFrom"), reader.OptionalLastDay("validUntil"));
        var choice = desk.CardFormats.FirstOrDefault(known => known.Name == format);
        if (choice is null)
        {
            reader.Complain("format", FieldFault.NotAChoice);
        }
        else
        {
            Check(reader, "number", form.Number, choice.MaxNumber);
            Check(reader, "facility", form.Facility, choice.MaxFacility);
        }

        CheckOrder(reader, form.ValidFrom, form.ValidUntil);
        ImmutableArray<FieldProblem> more = [];
        if (reader.Ok)
        {
            var done = await desk.IssueCard(form, request.Actor, request.Gone).ConfigureAwait(false);
            if (done.Ok)
            {
                return request.Done(PathOf(file.Person.Id));
            }

            more = done.Problems;
        }

        return request.Show<CardFormPage>(new PeopleFormModel(reader.State(more), file.Person, desk.CardFormats), StatusCodes.Status422UnprocessableEntity);
    }

    private static void Check(FormReader reader, string field, long? number, long? most)
    {
        if (number is { } given && (most is null || given > most))
        {
            reader.Complain(field, FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"0–{most ?? 0}"));
        }
        else if (number is null && most is not null)
        {
            reader.Complain(field, FieldFault.Required);
        }
    }

    private static IResult AskCard(PageRequest request, CardLine line, string act, FormState state)
    {
        var (ink, id) = (request.Ink, line.Card.Id);
        var (title, lead, verb) = act switch
        {
            "lost" => (DeskText.LostTitle, DeskText.LostLead, DeskText.LostDo),
            "suspend" => (DeskText.SuspendCardTitle, DeskText.SuspendCardLead, DeskText.SuspendCardDo),
            "resume" => (DeskText.ResumeCardTitle, DeskText.ResumeCardLead, DeskText.ResumeCardDo),
            _ => (DeskText.ReturnCardTitle, DeskText.ReturnCardLead, DeskText.ReturnCardDo),
        };
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(title, id), ink[lead], ink[verb], $"/cards/{Uri.EscapeDataString(id.Value)}/{act}", PathOf(line.Card.Person),
                Danger: act is "lost" or "return", AsksReason: true, "/people",
                [(ink[DeskText.Holder], $"{line.HolderName} ({line.Card.Person})"), (ink[DeskText.Digest], line.Card.Digest.ToShort())], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> SetCard(PageRequest request, CardLine line, string act, CredentialState state)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return AskCard(request, line, act, reader.State());
        }

        var done = await request.Port<IPeopleDesk>().SetCardState(line.Card.Id, state, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done(PathOf(line.Card.Person)) : AskCard(request, line, act, reader.State(done.Problems));
    }

    private static async Task<IResult> SetPin(PageRequest request, CardLine line)
    {
        var reader = new FormReader(request.Form);
        var pin = reader.Text("pin", 8);
        var differs = pin != reader.Optional("again", 8);
        ImmutableArray<FieldProblem> more = [];
        if (reader.Ok && !differs)
        {
            var done = await request.Port<IPeopleDesk>().SetPin(line.Card.Id, pin, request.Actor, request.Gone).ConfigureAwait(false);
            if (done.Ok)
            {
                return request.Done(PathOf(line.Card.Person));
            }

            more = done.Problems;
        }

        return request.Show<PinPage>(new PinModel(line, reader.State(more, "pin", "again"), differs), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Look(PageRequest request)
    {
        var file = request.Form.Files["file"];
        if (file is null || file.Length == 0 || file.Length > MaxFile)
        {
            var fault = file is null || file.Length == 0 ? FieldFault.Required : FieldFault.UnreadableFile;
            return request.Show<ImportPage>(
                new ImportModel(FormState.Empty with { Problems = [new("file", fault)] }, null, null), StatusCodes.Status422UnprocessableEntity);
        }

        await using var content = file.OpenReadStream();
        var run = await request.Port<IPeopleDesk>().Import(Path.GetFileName(file.FileName), content, request.Actor, request.Gone).ConfigureAwait(false);
        return run.Look is { } look
            ? request.Show<ImportPage>(new ImportModel(FormState.Empty, look, null), look.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : PageRequest.Go(PathOf(run));
    }

    private static async Task<IResult> Apply(PageRequest request)
    {
        var run = await request.Port<IPeopleDesk>().ApplyImport(request.Field("token"), request.Actor, request.Gone).ConfigureAwait(false);
        return run.Stage switch
        {
            ImportStage.Applied => request.Done("/people"),
            ImportStage.Refused => request.Show<ImportPage>(
                ModelOf(run) with { Run = null }, run.Result!.Refusal is null ? StatusCodes.Status409Conflict : StatusCodes.Status403Forbidden),
            _ => PageRequest.Go(PathOf(run)),
        };
    }

    private static async Task<IResult> StopImport(PageRequest request)
    {
        var done = await request.Port<IPeopleDesk>().StopImport(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Refusal is { } refusal
            ? request.Show<RefusalPage>(new RefusalModel(refusal, "/people", "/people/import"), StatusCodes.Status403Forbidden)
            : PageRequest.Go($"/people/import/runs/{Uri.EscapeDataString(request.Route("id"))}");
    }

    private static async Task<IResult> WithRun(PageRequest request, Func<ImportRun, IResult> then) =>
        await request.Port<IPeopleDesk>().ImportRun(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } run
            ? then(run)
            : request.Show<ImportPage>(new ImportModel(FormState.Empty, null, DeskText.RunGone), StatusCodes.Status404NotFound);

    private static ImportModel ModelOf(ImportRun run) => new(FormState.Empty, run.Look, run.Stage switch
    {
        ImportStage.Refused when run.Result is { Refusal: null } refused => refused.Problems.Any(problem => problem.Fault == FieldFault.NotRecorded) ? ProblemText.NotRecorded : DeskText.Pending,
        ImportStage.Failed => DeskText.RunFailed,
        _ => null,
    })
    { Run = run, Refusal = run.Result?.Refusal };

    private static string PathOf(ImportRun run) => $"/people/import/runs/{run.Id}";

    private static (PersonForm Form, FormReader Reader) ReadPerson(PageRequest request, PersonId? known)
    {
        var reader = new FormReader(request.Form);
        var id = known ?? new PersonId(reader.Text("id", 40));
        var form = new PersonForm(
            id, reader.Text("name"), reader.Text("kana"), reader.Choice<PersonCategory>("category"), reader.Text("sectionOrFirm"),
            reader.OptionalDay("validFrom"), reader.OptionalLastDay("validUntil"));
        CheckOrder(reader, form.ValidFrom, form.ValidUntil);
        return (form, reader);
    }

    private static void CheckOrder(FormReader reader, DateOnly? from, DateOnly? until)
    {
        if (reader.Ok && from >= until)
        {
            reader.Complain("validUntil", FieldFault.EndBeforeStart);
        }
    }

    private static FormState Typed(Person person) => FormState.Of(
        ("id", person.Id.Value), ("name", person.Name), ("kana", person.Kana), ("category", person.Category.ToString()),
        ("sectionOrFirm", person.SectionOrFirm), ("validFrom", Ink.Field(person.ValidFrom)), ("validUntil", Ink.Field(person.ValidUntil?.AddDays(-1))));

    private static ImmutableArray<(string, string)> HolderFacts(Ink ink, Person person) =>
        [(ink[DeskText.Name], $"{person.Name} ({person.Id})"), (ink[DeskText.Section], person.SectionOrFirm)];

    private static string PathOf(PersonId person) => $"/people/{Uri.EscapeDataString(person.Value)}";

    private static string? Words(PageRequest request) =>
        request.Field("q") is { Length: > 0 } words ? words[..Math.Min(words.Length, 200)] : null;

    private static string? After(PageRequest request) => request.Field("after") is { Length: > 0 } after ? after : null;

    private static TChoice? Choice<TChoice>(string text)
        where TChoice : struct, Enum =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static Task<IResult> Ok(IResult result) => Task.FromResult(result);

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    // R-SIGN-15: whoever may not see a person is told the same as of somebody who is not there.
    private static async Task<IResult> WithPerson(PageRequest request, Func<PersonFile, Task<IResult>> then) =>
        await request.Port<IPeopleDesk>().Person(new(request.Route("id")), request.Gone).ConfigureAwait(false) is { } file && Sees(ScopeOf(request, PageAct.SeePeople), file.Person)
            ? await then(file).ConfigureAwait(false)
            : Missing(request);

    private static bool Sees(PeopleScope? scope, Person person) =>
        scope is null || scope.Sections.Contains(person.SectionOrFirm) || (scope.Contractors && person.Category == PersonCategory.Contractor);

    // A role for the whole organisation, or one without a section of its own, sees everybody.
    private static PeopleScope? ScopeOf(PageRequest request, PageAct act)
    {
        var rights = Authority.RightsOf(request.Actor, act);
        return request.Actor.IsConsole || rights.Any(right => right.Limit != AuthorityLimit.Section || right.Holding is not { Section.Length: > 0 })
            ? null
            : new([.. rights.Select(right => right.Holding!.Section).Distinct()], Authority.May(request.Actor, PageAct.KeepContracts, ActSubject.None).Allowed);
    }

    private static async Task<IResult> WithCard(PageRequest request, Func<CardLine, Task<IResult>> then)
    {
        var id = new CredentialId(request.Route("id"));
        var page = await request.Port<IPeopleDesk>().Cards(new(null, null, null, null, 1) { Card = id }, request.Gone).ConfigureAwait(false);
        return page.Cards.FirstOrDefault(line => line.Card.Id == id) is { } line ? await then(line).ConfigureAwait(false) : Missing(request);
    }
}
