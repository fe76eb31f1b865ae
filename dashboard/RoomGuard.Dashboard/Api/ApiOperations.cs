using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Api;

/// <summary>
/// Every operation of the API, version 1. What a page asks a new proof of identity for (ending a lockdown, lifting a suspension, ending roles, acts on
/// accounts) is not among them: a token proves nobody's presence. Beginning a lockdown is, because it only closes.
/// </summary>
internal static class ApiOperations
{
    /// <summary>Where all of them begin.</summary>
    public const string Root = "/api/v1";

    private static readonly ApiJson Json = ApiJson.Plain;

    private static readonly ApiParameter Rows = new("rows", ApiValue.Number, "How many at most.", Least: 1, Most: 200);
    private static readonly ApiParameter After = new("after", ApiValue.Text, "The \"next\" of the page before.", Most: 400);
    private static readonly ApiParameter Words = new("q", ApiValue.Text, "Parts of name, kana or number.");
    private static readonly ApiParameter Person = new("person", ApiValue.Text, "Number of one person.", Most: 40);
    private static readonly ApiParameter Zone = new("zone", ApiValue.Text, "A zone.", Most: 40);

    /// <summary>The table.</summary>
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        // The token, the site, the document.
        Reads("whoAmI", "/me", null, "GET /me", ApiText.WhoAmI, Json.ApiCaller, ApiReading.Caller),
        Reads("getSite", "/site", null, "GET /me", ApiText.Site, Json.ApiSite, ApiReading.Site),
        Reads("getDocument", "/openapi.json", null, "GET /me", ApiText.Document, null, ApiDocument.Answer),

        // The room.
        Reads("getRoom", "/room", TokenScope.RoomRead, "GET /fragments/now", ApiText.Room, Json.ApiRoom, ApiReading.Room),
        Reads("listReaders", "/readers", TokenScope.RoomRead, "GET /devices", ApiText.Readers, Json.ApiReaders, ApiReading.Readers),
        Reads("getPresence", "/presence", TokenScope.PresenceRead, "GET /presence", ApiText.Presence, Json.ApiPresence, ApiReading.Presence),
        Reads("listLockdowns", "/lockdowns", TokenScope.LockdownsRead, "GET /lockdown", ApiText.Lockdowns, Json.ApiLockdowns, ApiReading.Lockdowns),
        Acts("beginLockdown", "POST", "/lockdowns", TokenScope.LockdownsBegin, "POST /lockdown/begin", ApiText.BeginLockdown, Json.ApiNewLockdown, ApiActing.BeginLockdown, makes: true),

        // The register.
        Reads("listEntries", "/entries", TokenScope.EntriesRead, "GET /entries", ApiText.Entries, Json.ApiEntries, ApiReading.Entries) with
        {
            Query =
            [
                new("from", ApiValue.Moment, "From this moment on, included."), new("until", ApiValue.Moment, "Up to this moment, not included."), Zone,
                new("door", ApiValue.Text, "A door.", Most: 40), Choice<RegisterResult>("result", "Results.", many: true), Choice<DenyReason>("reason", "Reason of a refusal."),
                Choice<PersonCategory>("category", "Category of the person."), Person,
                new("purpose", ApiValue.Text, "Why one person's records are looked at; needed with \"person\" unless it is the token's own, and recorded (R-SIGN-15)."), Words,
                new("older", ApiValue.Text, "The \"older\" of a page.", Most: 60), new("newer", ApiValue.Text, "The \"newer\" of a page.", Most: 60), Rows with { Most = 500 },
            ],
        },
        Reads("getRecord", "/entries/{n}", TokenScope.EntriesRead, "GET /entries/{n:long:min(0)}", ApiText.Record, Json.ApiRecord, ApiReading.Record),

        // People, cards, grants.
        Reads("listPeople", "/people", TokenScope.PeopleRead, "GET /people", ApiText.People, Json.ApiPeople, ApiReading.People) with
        {
            Query = [Words, Choice<PersonCategory>("category", "Category."), new("valid", ApiValue.Flag, "Only people who may hold grants today."), After, Rows],
        },
        Reads("getPerson", "/people/{id}", TokenScope.PeopleRead, "GET /people/{id}", ApiText.Person, Json.ApiPerson, ApiReading.Person),
        Acts("addPerson", "POST", "/people", TokenScope.PeopleWrite, "POST /people/new", ApiText.AddPerson, Json.ApiNewPerson, ApiActing.AddPerson, makes: true),
        Acts("changePerson", "PUT", "/people/{id}", TokenScope.PeopleWrite, "POST /people/{id}/change", ApiText.ChangePerson, Json.ApiPersonForm, ApiActing.ChangePerson),
        Acts("suspendPerson", "POST", "/people/{id}/suspend", TokenScope.PeopleSuspend, "POST /people/{id}/suspend", ApiText.SuspendPerson, Json.ApiReason, ApiActing.SuspendPerson),
        Reads("listCards", "/cards", TokenScope.CardsRead, "GET /cards", ApiText.Cards, Json.ApiCards, ApiReading.Cards) with
        {
            Query = [Words, Choice<CredentialState>("state", "State of the card."), Person, After, Rows],
        },
        Acts("issueCard", "POST", "/cards", TokenScope.CardsWrite, "POST /people/{id}/cards/new", ApiText.IssueCard, Json.ApiNewCard, ApiActing.IssueCard, makes: true),
        Acts("reportCardLost", "POST", "/cards/{id}/lost", TokenScope.CardsReportLost, "POST /cards/{id}/lost", ApiText.ReportLost, Json.ApiReason, ApiActing.ReportLost),
        Reads("listGrants", "/grants", TokenScope.GrantsRead, "GET /grants", ApiText.Grants, Json.ApiGrants, ApiReading.Grants) with
        {
            Query = [Words, Zone, Person, new("inForce", ApiValue.Flag, "Only those in force today."), new("endingWithinDays", ApiValue.Number, "Only those that end so soon.", Least: 1, Most: 366), After, Rows],
        },
        Acts("giveUpGrant", "POST", "/grants/{id}/give-up", TokenScope.GrantsGiveUp, "POST /me/grants/{id}/give-up", ApiText.GiveUpGrant, Json.ApiReason, ApiActing.GiveUpGrant),

        // Applications.
        Reads("listInbox", "/cases/inbox", TokenScope.CasesRead, "GET /approvals", ApiText.Inbox, Json.ApiCases, ApiReading.Inbox),
        Reads("listOwnCases", "/cases/mine", TokenScope.CasesRead, "GET /approvals/mine", ApiText.OwnCases, Json.ApiCases, ApiReading.OwnCases) with { Query = [After, Rows] },
        Reads("listDoneCases", "/cases/done", TokenScope.CasesRead, "GET /approvals/done", ApiText.DoneCases, Json.ApiCases, ApiReading.DoneCases) with
        {
            Query = [Words, Choice<CaseKind>("kind", "Kind."), Choice<CaseState>("state", "State."), After, Rows],
        },
        Reads("getCase", "/cases/{id}", TokenScope.CasesRead, "GET /cases/{id}", ApiText.Case, Json.ApiCaseFile, ApiReading.Case),
        Acts("applyCase", "POST", "/cases", TokenScope.CasesApply, "POST /apply/{kind}", ApiText.ApplyCase, Json.ApiApplication, ApiActing.Apply, makes: true),
        Acts("resubmitCase", "POST", "/cases/{id}/resubmit", TokenScope.CasesApply, "POST /cases/{id}/change", ApiText.ResubmitCase, Json.ApiAgain, ApiActing.Resubmit),
        Acts("withdrawCase", "POST", "/cases/{id}/withdraw", TokenScope.CasesApply, "POST /cases/{id}/withdraw", ApiText.WithdrawCase, Json.ApiWithdrawal, ApiActing.Withdraw),
        Acts("decideCase", "POST", "/cases/{id}/decide", TokenScope.CasesDecide, "POST /cases/{id}/allow", ApiText.DecideCase, Json.ApiDecision, ApiActing.Decide),
        Acts("carryOutCase", "POST", "/cases/{id}/carry-out", TokenScope.CasesDecide, "POST /cases/{id}/carry-out", ApiText.CarryOutCase, Json.ApiNote, ApiActing.CarryOut),
        Acts("confirmCase", "POST", "/cases/{id}/confirm", TokenScope.CasesDecide, "POST /cases/{id}/confirm", ApiText.ConfirmCase, Json.ApiNote, ApiActing.Confirm),

        // Who is responsible.
        Reads("listRoles", "/roles", TokenScope.RolesRead, "GET /roles", ApiText.Roles, Json.ApiRoles, ApiReading.Roles),
    ];

    private static ApiOperation Reads(string id, string path, TokenScope? scope, string page, Word summary, JsonTypeInfo? answer, Func<ApiRequest, Task<ApiAnswer>> run) =>
        new(id, "GET", Root + path, scope, page, summary, null, answer, run);

    private static ApiOperation Acts(
        string id, string method, string path, TokenScope scope, string page, Word summary, JsonTypeInfo body, Func<ApiRequest, Task<ApiAnswer>> run, bool makes = false) =>
        new(id, method, Root + path, scope, page, summary, body, Json.ApiDone, run) { Makes = makes };

    private static ApiParameter Choice<TChoice>(string name, string meaning, bool many = false)
        where TChoice : struct, Enum => new(name, ApiValue.Choice, meaning, many) { Choices = [.. Enum.GetNames<TChoice>()] };
}
