using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Service.Record;
using Xunit;

namespace RoomGuard.SystemTests.Operators.States;

/// <summary>Walks one kind: in every state every act by everybody, then every way out of it by the right person.</summary>
public sealed partial class StateWalker(WalkedOffice office, StateWalk walk)
{
    // What is written of an attempt that was refused, and what the service writes by itself or of its readers.
    private static readonly ImmutableHashSet<string> Harmless = ["act.refused", "work.refused", "carry.refused", "media.transfer-refused"];
    private readonly List<string> wrong = [];

    /// <summary>Everybody who tries: one of each role, and whom zones, sections and second accounts set apart.</summary>
    public static ImmutableArray<(string Account, ImmutableArray<Role> Roles)> Everybody { get; } =
    [
        .. WalkedOffice.People.Select(person => (person.Account, ImmutableArray.Create(WalkedOffice.Columns(person.Role)))),
        ("miyakonojo.admin", [Role.SystemManager, Role.Staff]), ("kunitomi", [Role.SystemManager, Role.Staff]), ("watanabe", [Role.SecurityManager, Role.Staff]),
    ];

    /// <summary>The accounts of one person.</summary>
    public static ImmutableArray<string> BothAccounts { get; } = ["miyakonojo", "miyakonojo.admin"];

    /// <summary>Everybody, where the person with two accounts holds a role besides.</summary>
    public static ImmutableArray<(string Account, ImmutableArray<Role> Roles)> With(Role? besides) =>
        [.. Everybody.Select(one => besides is { } role && BothAccounts.Contains(one.Account) ? (one.Account, one.Roles.Add(role)) : one)];

    /// <summary>What was not as the tables have it.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>Attempts by whom the tables refuse.</summary>
    public int Refused { get; private set; }

    /// <summary>Attempts by whom the tables allow, in a state that does not.</summary>
    public int OutOfState { get; private set; }

    /// <summary>Attempts by whom the tables allow in a state that does, on an old page.</summary>
    public int Stale { get; private set; }

    /// <summary>Attempts by one person to have both duties of a pair.</summary>
    public int Paired { get; private set; }

    /// <summary>Ways that the right person went.</summary>
    public int Taken { get; private set; }

    /// <summary>Attempts left out, because whoever may does it whatever the form says.</summary>
    public int LeftOut { get; private set; }

    /// <summary>All attempts that were to change nothing.</summary>
    public int Tried => Refused + OutOfState + Stale + Paired;

    /// <summary>Whether the tables let somebody in at a route at all.</summary>
    public static bool LetIn(string route, IEnumerable<Role> roles) => RouteAuthority.Rows[route].Any(right => right.Roles.Intersect(roles).Any());

    /// <summary>Walks the kind.</summary>
    public async Task WalkAsync()
    {
        foreach (var state in walk.Reached)
        {
            if (await Reach(state) is not { } one)
            {
                continue;
            }

            foreach (var step in walk.Steps)
            {
                await TryAll(one, state, step);
            }

            foreach (var (at, edge) in walk.Edges.Where(edge => edge.From == state).Index())
            {
                if ((at == 0 ? one : await Reach(state)) is { } next)
                {
                    _ = await Go(next, edge);
                    Taken++;
                }
            }
        }
    }

    /// <summary>A fresh record in a state; null: it did not get there.</summary>
    public async Task<Walked?> Reach(string state)
    {
        Walked? one = await walk.Begin();
        foreach (var edge in walk.WayTo(state))
        {
            one = one is null ? null : await Go(one, edge);
        }

        return one;
    }

    /// <summary>Sends an act.</summary>
    public Task<HttpResponseMessage> Send(string account, Walked one, WalkStep step, (string, string)[] fields, string? version = null) =>
        office.SendAsync(account, step.Route["POST ".Length..].Replace("{id}", one.Id, StringComparison.Ordinal).Replace("{n:long:min(0)}", fields.FirstOrDefault(field => field.Item1 == "n").Item2 ?? "0", StringComparison.Ordinal), [("v", version ?? walk.VersionOf(one)), .. fields]);

    // The record once it stands where the way leads; null: it does not.
    private async Task<Walked?> Go(Walked from, WalkEdge edge)
    {
        var one = edge.World is { } world ? await world(from) : from;

        if (edge.Step.Length > 0)
        {
            var step = walk.Steps.Single(step => step.Name == edge.Step);
            using var answer = await Send(edge.By, one, step, (edge.Fields ?? step.Fields)(one));
            if (answer.StatusCode != HttpStatusCode.Redirect)
            {
                wrong.Add($"{walk.Name} {edge.From}: {edge.By} takes '{edge.Step}' and is answered {await Said(answer)}");
            }
        }

        if (walk.StateOf(one) is var now && now == edge.To)
        {
            return one;
        }

        wrong.Add($"{walk.Name} {edge.From}: after '{edge.Step}' it stands in {now}, not in {edge.To}");
        return null;
    }

    private async Task TryAll(Walked one, string state, WalkStep step)
    {
        var (before, version, standing) = (office.Record.Size, walk.VersionOf(one), walk.StateOf(one));
        var open = walk.Edges.Any(edge => edge.From == state && edge.Step == step.Name);
        await Task.WhenAll(With(walk.Besides).Select(async person =>
        {
            var pair = step.Pair?.Invoke(person.Account, state) is true;
            var may = !pair && LetIn(step.Route, person.Roles) && step.Hands?.Invoke(person.Account, state) is not false;
            if (may && open && step.Unspoilable)
            {
                lock (wrong)
                {
                    LeftOut++;
                }

                return;
            }

            var fields = may && open && step.Spoilt is { } spoilt ? spoilt(one) : step.Fields(one);
            using var answer = await Send(person.Account, one, step, fields, may && open && step.Spoilt is null ? "0" : version);
            var (status, complaint) = (answer.StatusCode, await Problem(person.Account, one, answer, may, open, pair));
            lock (wrong)
            {
                (Paired, Refused, OutOfState, Stale) = pair ? (Paired + 1, Refused, OutOfState, Stale) : !may ? (Paired, Refused + 1, OutOfState, Stale) : !open ? (Paired, Refused, OutOfState + 1, Stale) : (Paired, Refused, OutOfState, Stale + 1);
                if (complaint is not null)
                {
                    wrong.Add($"{walk.Name} {state}: {person.Account} ({string.Join(' ', person.Roles)}) tries '{step.Name}', {(pair ? "who has the other duty" : !may ? "the tables refuse" : !open ? "the state does not know it" : "the page is old")}: {(int)status} {complaint}");
                }
            }
        }));
        if (walk.VersionOf(one) != version || walk.StateOf(one) != standing)
        {
            wrong.Add($"{walk.Name} {state}: '{step.Name}' by those who may not moved it from {standing} version {version} to {walk.StateOf(one)} version {walk.VersionOf(one)}");
        }

        var told = office.Record.Read(before, (int)(office.Record.Size - before)).Where(entry => walk.BelongsTo(RecordViews.ItemOf(entry).Event) == one.Id && !Harmless.Contains(entry.Kind)).Select(entry => entry.Kind).ToList();
        if (told.Count > 0)
        {
            wrong.Add($"{walk.Name} {state}: '{step.Name}' by those who may not wrote {string.Join(' ', told)}");
        }
    }

    // Null: answered as the tables have it.
    private async Task<string?> Problem(string account, Walked one, HttpResponseMessage answer, bool may, bool open, bool pair)
    {
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        var outOfTurn = answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;
        var ok = answer.StatusCode switch
        {
            // One person is both: refused as nobody else, by the requirement.
            _ when pair => (answer.StatusCode is HttpStatusCode.Forbidden || outOfTurn) && Rule().IsMatch(Complained(text)),

            // A refusal names its requirement, and hides nothing but what is not there for this person.
            HttpStatusCode.Forbidden => !may && Rule().IsMatch(text),
            HttpStatusCode.NotFound => (!may || !open) && await Hidden(account, one),
            _ when outOfTurn => (may || (walk.StateFirst && !open)) && Complaint().IsMatch(text),
            _ => false,
        };
        return ok ? null : Shown(text);
    }

    private async Task<bool> Hidden(string account, Walked one)
    {
        using var page = await office[account].GetAsync(walk.Page(one));
        return page.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;
    }

    private static async Task<string> Said(HttpResponseMessage answer) => $"{(int)answer.StatusCode} {Shown(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()))}";

    private static string Shown(string page)
    {
        var words = WalkedOffice.Plain().Replace(Complained(page), " ");
        return words[..Math.Min(words.Length, 400)];
    }

    private static string Complained(string page) => Complaint().Match(page) is { Success: true } said ? page[said.Index..] : page;

    [GeneratedRegex("class=\"problems\" role=\"alert\"|data-tone=\"warn\" role=\"alert\"")]
    private static partial Regex Complaint();

    [GeneratedRegex("R-[A-Z]+-[0-9]+")]
    private static partial Regex Rule();
}
