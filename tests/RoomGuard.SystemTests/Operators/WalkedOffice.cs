using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>
/// One office for all walks of a class, with somebody signed in for each role: <c>miyakonojo</c> answers for SRV-1 and has a second account,
/// <c>kunitomi</c> answers for another zone, <c>watanabe</c> heads another section.
/// </summary>
public sealed partial class WalkedOffice : IAsyncLifetime
{
    private readonly Dictionary<string, SignedInClient> clients = [];
    private readonly ConcurrentDictionary<SignedInClient, string> tokens = [];

    /// <summary>One person of the invented site for each role; nobody can sign in as a visitor.</summary>
    public static ImmutableArray<(Role Role, string Account)> People { get; } =
    [
        (Role.ChiefOfficer, "takachiho"), (Role.SupervisingOfficer, "hinata"), (Role.SecurityManager, "kobayashi"), (Role.SystemManager, "miyakonojo"),
        (Role.SystemStaff, "aya"), (Role.Auditor, "takaharu"), (Role.FacilityStaff, "shintomi"), (Role.Reception, "tano"), (Role.IncidentDesk, "sumiyoshi"),
        (Role.SecurityCommittee, "yoshida"), (Role.Staff, "sadowara"), (Role.Contractor, "gokase"),
    ];

    /// <summary>The matrix of docs/requirements.md, a row an act, a cell a role.</summary>
    public static ImmutableArray<string[]> Matrix { get; } =
    [
        .. File.ReadLines(Path.Combine(RunScript.Root, "docs", "requirements.md"))
            .SkipWhile(line => line != "### Who may do what")
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()),
    ];

    /// <summary>The office.</summary>
    public RunningOffice Office { get; private set; } = null!;

    /// <summary>Its record.</summary>
    public ServiceRecord Record => Office.Parts.GetRequiredService<ServiceRecord>();

    /// <summary>Now.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A client by its sign-in name.</summary>
    public SignedInClient this[string account] => clients[account];

    public async Task InitializeAsync()
    {
        Office = await RunningOffice.StartAsync();
        foreach (var account in People.Select(person => person.Account).Concat(["miyakonojo.admin", "kunitomi", "watanabe", "takahashi"]))
        {
            clients[account] = await Office.AsAsync(account);
        }

        // What applications for a move and for a part swap are about.
        using var part = await clients["aya"].PostAsync("/equipment/new", [.. CaseWalk.Item("WALK-PART"), ("zone", "SRV-1"), ("rack", "R01")]);
        Assert.Equal(HttpStatusCode.Redirect, part.StatusCode);
        using var item = await clients["aya"].PostAsync("/equipment/new", CaseWalk.Item("WALK-0"));
        Assert.Equal(HttpStatusCode.Redirect, item.StatusCode);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        await Office.DisposeAsync();
    }

    /// <summary>Signs in anew: more rights ask for that.</summary>
    public async Task SignInAnew(params string[] accounts)
    {
        foreach (var account in accounts)
        {
            clients[account].Dispose();
            clients[account] = await Office.AsAsync(account);
        }
    }

    /// <summary>A day so many days from today, as forms have it.</summary>
    public static string Day(int from) => DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(9)).DateTime).AddDays(from).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Fields of an application for entry.</summary>
    public static (string, string)[] Entry(string person, params (string, string)[] more) =>
    [
        ("person", person), ("zones", "SRV-1"), ("days", "Monday"), ("days", "Tuesday"), ("from", "08:30"), ("until", "17:15"), ("validFrom", Day(0)), ("validUntil", Day(30)),
        ("reason", "業務システムの保守"), .. more,
    ];

    /// <summary>Applies for something and gives the case's number.</summary>
    public async Task<string> Apply(string account, string kind, (string, string)[] fields)
    {
        using var answer = await this[account].PostAsync($"/apply/{kind}", fields);
        return await NumberIn(answer, $"{account} applies for {kind}", CaseNumber());
    }

    /// <summary>Sends a form with a token that was taken once: for walks of thousands of forms.</summary>
    public async Task<HttpResponseMessage> SendAsync(string account, string path, IEnumerable<(string Name, string Value)> fields)
    {
        var client = this[account];
        if (!tokens.TryGetValue(client, out var token))
        {
            token = tokens[client] = await client.TokenAsync();
        }

        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await client.Http.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    /// <summary>Takes a step of a case, on the newest page of it.</summary>
    public async Task<HttpResponseMessage> Step(string account, string id, string step) => await Step(account, id, step, VersionOf(id));

    /// <summary>Takes a step of a case, on a page of this version.</summary>
    public async Task<HttpResponseMessage> Step(string account, string id, string step, int version) =>
        await this[account].PostAsync($"/cases/{id}/{step}", [("v", $"{version}"), ("version", $"{version}"), ("reason", "確認のため"), ("note", ""), ("conditions", "")]);

    /// <summary>How often a case has changed.</summary>
    public int VersionOf(string id) => Record.Readers.AskNow(db => CasesView.Dossier(db, new(id)))!.Version;

    /// <summary>One number from the record's views.</summary>
    public long Count(string sql, params object?[] values) => (long)Record.Readers.AskNow(db => db.Value(sql, values))!;

    /// <summary>The number in the address an accepted form leads to.</summary>
    public static async Task<string> NumberIn(HttpResponseMessage answer, string what, Regex number)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{what}: {(int)answer.StatusCode} {Plain().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
        return number.Match(answer.Headers.Location!.ToString()).Value;
    }

    /// <summary>Whether the document gives a letter to somebody of this role.</summary>
    public static bool Has(Act act, Role role, char letter) => Columns(role).Any(column =>
        AuthorityTable.Roles.IndexOf(column) is >= 0 and var at && Regex.IsMatch(Matrix[(int)act][at + 1], $@"(?<!class )\b{letter}\b"));

    /// <summary>Everybody of the invented site but the contractor is staff besides; an auditor is nothing else.</summary>
    public static Role[] Columns(Role role) => role is Role.Auditor or Role.Contractor ? [role] : [role, Role.Staff];

    /// <summary>A case's number in an address.</summary>
    [GeneratedRegex("P-[0-9]{4}-[0-9]{4}|E-[0-9]{4}-[0-9]{4}")]
    public static partial Regex CaseNumber();

    /// <summary>What is no word of a page.</summary>
    [GeneratedRegex("<[^>]+>|\\s+")]
    public static partial Regex Plain();
}
