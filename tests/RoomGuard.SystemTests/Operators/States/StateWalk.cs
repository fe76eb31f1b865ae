using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.SystemTests.Operators.States;

/// <summary>One record of a kind that is walked: its number, and what it is about.</summary>
/// <param name="Id">As the route has it.</param>
/// <param name="Subject">An item, a token or a firm; empty: nothing besides.</param>
public sealed record Walked(string Id, string Subject);

/// <summary>One act of a kind, as a form sends it.</summary>
/// <param name="Name">For people who read what failed; one route may have several, e.g. out and back.</param>
/// <param name="Route">As <see cref="RouteAuthority"/> has it, e.g. <c>POST /moves/{id}/start</c>.</param>
/// <param name="Fields">Well formed, without the version.</param>
/// <param name="Hands">Who of those the route lets in has a part in this very record (own, zone, section, pair), by account and state; null: all of them.</param>
/// <param name="Spoilt">Where no version guards the act: fields with which nobody may do it even when it is open to them; null: an old version spoils it. A field n is the route's number.</param>
/// <param name="Pair">Who, by account and state, has the other duty of a pair that shall never be one person: refused on the newest page, whatever their role.</param>
/// <param name="Unspoilable">Its form names nothing that could be old or wrong: whoever may does it, so that where it is open to them it is only gone.</param>
public sealed record WalkStep(string Name, string Route, Func<Walked, (string, string)[]> Fields, Func<string, string, bool>? Hands = null, Func<Walked, (string, string)[]>? Spoilt = null, Func<string, string, bool>? Pair = null, bool Unspoilable = false);

/// <summary>From one state to another by an act of the right person, or by the world.</summary>
/// <param name="Step">Name of the act; empty: the world's.</param>
/// <param name="By">Sign-in name of who takes it; empty: the world's.</param>
/// <param name="Fields">Where this way needs others than the act's own.</param>
/// <param name="World">What happens besides or instead, before the act is sent; where time has to pass, a record as it would be then.</param>
public sealed record WalkEdge(string From, string Step, string By, string To, Func<Walked, (string, string)[]>? Fields = null, Func<Walked, Task<Walked>>? World = null);

/// <summary>
/// A kind of record with states: how each state is reached by the right people, and what may be done in which. Everything else follows from
/// <see cref="RouteAuthority"/> and this table: who the tables refuse is refused, and what the state does not know is not done.
/// </summary>
/// <param name="Name">E.g. <c>move</c>.</param>
/// <param name="Prefixes">Beginnings of its routes' patterns: every one of them that acts has a step.</param>
/// <param name="States">The product's own enumeration of its states.</param>
/// <param name="Unreachable">States this kind never stands in, which others of the same enumeration do.</param>
/// <param name="Begin">A fresh record in the first state.</param>
/// <param name="First">That state.</param>
/// <param name="StateOf">Where a record stands; what follows a slash is a part of the state.</param>
/// <param name="VersionOf">Its version, as a form names it.</param>
/// <param name="BelongsTo">The record an entry is of; null: none.</param>
/// <param name="Page">Its page: to whom it is not there, no act on it is there either.</param>
/// <param name="Apart">Routes of the prefixes that are no act on a record, each with why.</param>
/// <param name="StateFirst">Whether a state is looked at before the person where there is nobody whose turn it is.</param>
/// <param name="Besides">A role which the person with two accounts holds besides, to be able to try both duties of a pair.</param>
public sealed record StateWalk(
    string Name,
    ImmutableArray<string> Prefixes,
    Type States,
    ImmutableArray<string> Unreachable,
    Func<Task<Walked>> Begin,
    string First,
    Func<Walked, string> StateOf,
    Func<Walked, string> VersionOf,
    Func<RecordedEvent?, string?> BelongsTo,
    Func<Walked, string> Page,
    ImmutableArray<WalkStep> Steps,
    ImmutableArray<WalkEdge> Edges,
    ImmutableDictionary<string, string>? Apart = null,
    bool StateFirst = false,
    Role? Besides = null)
{
    /// <summary>Every state of the table, the first one first.</summary>
    public ImmutableArray<string> Reached => [.. Edges.Select(edge => edge.To).Prepend(First).Distinct()];

    /// <summary>Routes of the kind that act.</summary>
    public IEnumerable<string> Acting => RouteAuthority.Rows.Keys.Where(route => route.StartsWith("POST ", StringComparison.Ordinal) && Prefixes.Any(prefix => route["POST ".Length..].StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>The shortest way to a state.</summary>
    public ImmutableArray<WalkEdge> WayTo(string state)
    {
        var ways = new Dictionary<string, ImmutableArray<WalkEdge>> { [First] = [] };
        for (var grown = true; grown && !ways.ContainsKey(state);)
        {
            grown = false;
            foreach (var edge in Edges.Where(edge => ways.ContainsKey(edge.From) && !ways.ContainsKey(edge.To)).ToList())
            {
                grown |= ways.TryAdd(edge.To, ways[edge.From].Add(edge));
            }
        }

        return ways.TryGetValue(state, out var way) ? way : throw new InvalidOperationException($"{Name}: no way to {state}.");
    }
}
