using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Api;

/// <summary>What the API shows: the same desks as the pages, cut to what the token's person may see.</summary>
internal static class ApiReading
{
    private const int UsualRows = 50;

    public static Task<ApiAnswer> Caller(ApiRequest request)
    {
        var (token, actor) = (request.Token, request.Actor);
        return Task.FromResult(request.Answer(new ApiCaller(
            token.Id, token.Name, [.. token.Scopes.Select(TokenScopes.NameOf)], token.Until, actor.Account.Value, actor.Id, actor.Name,
            [.. Authority.RolesOf(actor).Select(held => held.Role).Distinct()])));
    }

    public static Task<ApiAnswer> Site(ApiRequest request)
    {
        var site = request.Site;
        return Task.FromResult(request.Answer(new ApiSite(
            site.Id, site.Organisation, site.Name, site.IsTest, site.TimeZone.Id, [.. site.Zones.Select(zone => new ApiZone(zone.Id, zone.Label, zone.LabelEn))],
            [.. site.Doors.Select(door => new ApiDoorName(door.Id, door.Zone, door.Label, door.LabelEn))])));
    }

    public static async Task<ApiAnswer> Room(ApiRequest request)
    {
        var room = await request.Port<IRoomNow>().Overview(request.Gone).ConfigureAwait(false);
        var scope = await request.Scope().ConfigureAwait(false);
        return request.Answer(new ApiRoom(
            room.At,
            [.. room.Doors.Select(door => new ApiDoor(door.Door, door.Zone, door.Panel.Value, door.Fresh, door.Now?.Leaf, door.HeardAt, door.LockedDown))],
            [.. room.Panels.Select(panel => new ApiPanel(
                panel.Panel.Value, panel.Enrolled, panel.Connected, panel.LastHeardAt, panel.Version, panel.ListVersion, panel.PendingSince, panel.PendingSuspensions, panel.JournalHealthy))],
            [.. room.Attention.Select(item => NowRoutes.Named(item, scope)).Select(item => new ApiAttention(
                item.Key, item.Kind, item.Urgency, item.Since, item.Standing, item.Zone, item.Door, item.Device?.Value, item.Panel?.Value, item.Person, item.Count, item.Entry))],
            room.PublishedList));
    }

    public static async Task<ApiAnswer> Readers(ApiRequest request)
    {
        var panels = await request.Port<IDeviceOverview>().Devices(request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiReaders(
            [.. from panel in panels from reader in panel.Readers select new ApiReader(panel.Panel.Panel.Value, reader.Reader.Value, reader.Condition, panel.Panel.Connected)]));
    }

    public static async Task<ApiAnswer> Presence(ApiRequest request)
    {
        var zones = await request.Port<IPresence>().Inside(await request.Scope().ConfigureAwait(false), request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiPresence([.. zones.Select(zone => new ApiZonePresence(
            zone.Zone,
            zone.Count,
            [.. zone.People.Select(item => new ApiInside(item.Person, item.Name, item.Kana, item.Category, item.SectionOrFirm, item.Since, item.Door, item.Doubtful))],
            zone.VacantSince,
            zone.HeardAt,
            zone.Fresh))]));
    }

    public static async Task<ApiAnswer> Lockdowns(ApiRequest request)
    {
        var found = await request.Port<ILockdownDesk>().InForce(request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiLockdowns([.. found.Select(item => new ApiLockdown(
            item.Lockdown.Id, item.Lockdown.Zones, item.Lockdown.Except, item.Lockdown.OrderedBy, item.Lockdown.Basis, item.Lockdown.From, item.Lockdown.Until, item.Ended,
            [.. item.PendingAt.Select(panel => panel.Value)]))]));
    }

    public static async Task<ApiAnswer> Entries(ApiRequest request)
    {
        var (from, until) = (request.Moment("from"), request.Moment("until"));
        if (from >= until)
        {
            request.Complain("until", FieldFault.EndBeforeStart);
        }

        var filter = new RegisterFilter(
            from, until, request.Text("zone") is { } zone ? new ZoneId(zone) : null, request.Text("door") is { } door ? new DoorId(door) : null,
            request.Choices<RegisterResult>("result"), request.Choice<DenyReason>("reason"), request.Choice<PersonCategory>("category"),
            request.Text("person") is { } subject ? new PersonId(subject) : null, request.Text("q"));
        var (purpose, rows) = (request.Text("purpose"), request.Number("rows", 100));
        RegisterPlace place = Cursor(request, "newer") is { } newer ? new RegisterPlace.NewerThan(newer)
            : Cursor(request, "older") is { } older ? new RegisterPlace.OlderThan(older) : new RegisterPlace.Newest();
        if (Wrong(request) is { } wrong)
        {
            return wrong;
        }

        var scope = await request.Scope().ConfigureAwait(false);
        if (scope.ShowsNothing)
        {
            return ApiProblems.Of(ApiProblems.NotAllowed, request.Language);
        }

        if (await Unlooked(request, filter, purpose).ConfigureAwait(false) is { } unlooked)
        {
            return unlooked;
        }

        var register = request.Port<IEntryRegisters>().SeenBy(scope);
        var page = await register.Page(filter, place, rows, request.Gone).ConfigureAwait(false);
        var newest = page.Rows.IsEmpty ? request.Text("newer") : RegisterQuery.Write(new(page.Rows[0].OccurredAt, page.Rows[0].N));
        var answer = request.Answer(new ApiEntries(
            [.. page.Rows.Select(Entry)], page.HasOlder && !page.Rows.IsEmpty ? RegisterQuery.Write(new(page.Rows[^1].OccurredAt, page.Rows[^1].N)) : null, newest));
        if (!page.Rows.IsEmpty)
        {
            // What left the house is what counts: it is written down as an export is, with the digest of what was sent.
            await register.Exported("EntryRegister", request.Asked, page.Rows.Length, Convert.ToHexStringLower(SHA256.HashData(answer.Body)), request.Actor, CancellationToken.None).ConfigureAwait(false);
        }

        return answer;
    }

    public static async Task<ApiAnswer> Record(ApiRequest request)
    {
        var register = await request.Register().ConfigureAwait(false);
        if (!long.TryParse(request.Route("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) || await register.Find(n, request.Gone).ConfigureAwait(false) is not { } entry)
        {
            return Missing(request);
        }

        var item = JsonNode.Parse(RecordJson.ToUtf8(entry.Event))!.AsObject();
        return request.Answer(new ApiRecord(
            entry.N, entry.ReceivedAt, item, entry.Row is { } row ? Entry(row) : null, entry.Chain.Previous, entry.Chain.Own, entry.Chain.Commitment, entry.Chain.Checked));
    }

    public static async Task<ApiAnswer> People(ApiRequest request)
    {
        var query = new PeopleQuery(request.Text("q"), null, request.Choice<PersonCategory>("category"), request.Flag("valid"), request.Text("after"), request.Number("rows", UsualRows));
        if (Wrong(request) is { } wrong)
        {
            return wrong;
        }

        var page = await request.Port<IPeopleDesk>().People(query, request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiPeople(
            [.. page.People.Where(line => Sees(request, PageAct.SeePeople, line.Person)).Select(line => Person(line.Person, line.Suspended))], page.Next));
    }

    public static async Task<ApiAnswer> Person(ApiRequest request)
    {
        var file = await request.Port<IPeopleDesk>().Person(new(request.Route("id")), request.Gone).ConfigureAwait(false);
        return file is not null && Sees(request, PageAct.SeePeople, file.Person) ? request.Answer(Person(file.Person, file.Suspended)) : Missing(request);
    }

    public static async Task<ApiAnswer> Cards(ApiRequest request)
    {
        var query = new CardQuery(
            request.Text("q"), request.Choice<CredentialState>("state"), request.Text("person") is { } holder ? new PersonId(holder) : null, request.Text("after"), request.Number("rows", UsualRows));
        if (Wrong(request) is { } wrong)
        {
            return wrong;
        }

        var page = await request.Port<IPeopleDesk>().Cards(query, request.Gone).ConfigureAwait(false);
        var seen = await Seen(request, PageAct.SeeCards, page.Cards.Select(line => line.Card.Person)).ConfigureAwait(false);
        return request.Answer(new ApiCards(
            [.. page.Cards.Where(line => seen.Contains(line.Card.Person)).Select(line => new ApiCard(
                line.Card.Id, line.Card.Person, line.Card.State, line.Card.ValidFrom, line.Card.ValidUntil, line.HasPin, line.LastUsedAt))],
            page.Next));
    }

    public static async Task<ApiAnswer> Grants(ApiRequest request)
    {
        var query = new GrantQuery(
            request.Text("q"), request.Text("zone") is { } zone ? new ZoneId(zone) : null, request.Text("person") is { } holder ? new PersonId(holder) : null, request.Flag("inForce"),
            request.Text("endingWithinDays") is null ? null : request.Number("endingWithinDays", 1), request.Text("after"), request.Number("rows", UsualRows));
        if (Wrong(request) is { } wrong)
        {
            return wrong;
        }

        var page = await request.Port<IPeopleDesk>().Grants(query, request.Gone).ConfigureAwait(false);
        var seen = await Seen(request, PageAct.SeeGrants, page.Grants.Select(line => line.Grant.Person)).ConfigureAwait(false);
        return request.Answer(new ApiGrants([.. page.Grants.Where(line => seen.Contains(line.Grant.Person)).Select(line => Grant(line.Grant))], page.Next));
    }

    public static async Task<ApiAnswer> Inbox(ApiRequest request)
    {
        var cards = await request.Port<ICaseDesk>().Inbox(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiCases([.. cards.Select(card => Case(request, card.Line))], null));
    }

    public static async Task<ApiAnswer> OwnCases(ApiRequest request)
    {
        var (after, rows) = (request.Text("after"), request.Number("rows", UsualRows));
        return Wrong(request) ?? Cases(request, await request.Port<ICaseDesk>().Mine(after, rows, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> DoneCases(ApiRequest request)
    {
        var query = new CaseQuery(request.Text("q"), request.Choice<CaseKind>("kind"), request.Choice<CaseState>("state"), request.Text("after"), request.Number("rows", UsualRows));
        return Wrong(request) ?? Cases(request, await request.Port<ICaseDesk>().Done(query, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> Case(ApiRequest request)
    {
        if (await request.Port<ICaseDesk>().Case(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is not { } file)
        {
            return Missing(request);
        }

        return request.Answer(new ApiCaseFile(
            Case(request, file.Line),
            [.. file.History.Select(step => new ApiHappening(step.At, step.Kind, Named(step.By), step.As, step.Text, step.Entry))],
            new(file.May.Decide, file.May.Withdraw, file.May.Resubmit, file.May.CarryOut, file.May.Confirm),
            file.Conditions,
            file.Outcome));
    }

    public static async Task<ApiAnswer> Roles(ApiRequest request)
    {
        var board = await request.Port<IRoleDesk>().Roles(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Answer(new ApiRoles(
            [.. board.Holdings.Select(line => new ApiRole(
                line.Holding.Id, Named(line.Holder)!, line.Holding.Role, line.Holding.Section, line.Holding.Zones, line.Holding.From, line.Holding.Until, line.Holding.DeputyFor, line.Ended))],
            [.. board.Vacancies.Select(vacancy => new ApiVacancy(vacancy.Role, vacancy.Section, vacancy.Zone, vacancy.Rule))]));
    }

    /// <summary>Nothing is there, or nothing for this token's person.</summary>
    internal static ApiAnswer Missing(ApiRequest request) => ApiProblems.Of(ApiProblems.NotFound, request.Language);

    private static ApiAnswer? Wrong(ApiRequest request) =>
        request.Problems.Count == 0 ? null : ApiProblems.Of(ApiProblems.BadRequest, request.Language, problems: request.Problems);

    // One person's records are looked at for a purpose, and a search by words is looking too (R-SIGN-15); null: it may be looked.
    private static async Task<ApiAnswer?> Unlooked(ApiRequest request, RegisterFilter filter, string? purpose)
    {
        var desk = request.Port<ILookDesk>();
        if (filter.Person is { } subject)
        {
            if (purpose is not null && subject != request.Actor.Person && await desk.StatePurpose(request.Actor, subject, purpose, request.Gone).ConfigureAwait(false) is { Ok: false } refused)
            {
                return ApiProblems.Of(refused, request.Language);
            }

            return await desk.MayLook(request.Actor, subject, request.Asked, request.Gone).ConfigureAwait(false) ? null : ApiProblems.Of(ApiProblems.Purpose, request.Language);
        }

        if (filter.Words is not null)
        {
            await desk.Searched(request.Actor, request.Asked, request.Gone).ConfigureAwait(false);
        }

        return null;
    }

    private static RegisterCursor? Cursor(ApiRequest request, string name)
    {
        if (request.Text(name) is not { } text)
        {
            return null;
        }

        if (RegisterQuery.ReadCursor(text) is { } cursor)
        {
            return cursor;
        }

        request.Complain(name, FieldFault.NotAChoice, text);
        return null;
    }

    private static bool Sees(ApiRequest request, PageAct act, Person person) => Authority.May(request.Actor, act, ActSubject.Of(person.Id, person.SectionOrFirm)).Allowed;

    // Whose section decides is asked of the desk only where the right is limited at all.
    private static async Task<HashSet<PersonId>> Seen(ApiRequest request, PageAct act, IEnumerable<PersonId> holders)
    {
        var seen = new HashSet<PersonId>();
        var all = Authority.May(request.Actor, act, ActSubject.None).Allowed;
        foreach (var holder in holders.Distinct())
        {
            if (all || (await request.Port<IPeopleDesk>().Person(holder, request.Gone).ConfigureAwait(false) is { } file && Sees(request, act, file.Person)))
            {
                _ = seen.Add(holder);
            }
        }

        return seen;
    }

    private static ApiAnswer Cases(ApiRequest request, CasesPage page) => request.Answer(new ApiCases([.. page.Cases.Select(line => Case(request, line))], page.Next));

    private static ApiCase Case(ApiRequest request, CaseLine line) => new(
        line.Id, line.State, line.Version, line.Matter, line.Reason, Named(line.Applicant)!, Named(line.Subject), line.AppliedAt, line.Due,
        [.. line.Next.Select(hand => new ApiHand(Named(hand.Person), hand.As, Text.CasesText.Of(hand.Because).In(request.Language), hand.Rule))]);

    private static ApiNamed? Named(NamedPerson? person) => person is null ? null : new(person.Id, person.Name, person.Section);

    private static ApiPerson Person(Person person, bool suspended) =>
        new(person.Id, person.Name, person.Kana, person.Category, person.SectionOrFirm, person.ValidFrom, person.ValidUntil, suspended);

    private static ApiGrant Grant(EntryGrant grant) =>
        new(grant.Id, grant.Person, grant.Zones, grant.Days, grant.Hours, grant.ValidFrom, grant.ValidUntil, grant.Suspended);

    private static ApiEntry Entry(RegisterRow row) => new(
        row.N, row.OccurredAt, row.ReceivedAt, row.Zone, row.Door, row.Direction, row.Result, row.Reason, row.Person, row.PersonName, row.PersonKana, row.Category, row.SectionOrFirm,
        row.Methods, row.Grant, row.ExitedAt, row.Stay is { } stay ? (long)stay.TotalSeconds : null, row.Opened, row.Source);
}
