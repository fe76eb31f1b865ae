using Microsoft.AspNetCore.Components;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Parts;

/// <summary>What every part of a page may need to know of its page. Parts take values in and give HTML out; they ask nobody.</summary>
/// <param name="Now">The service's clock when the page was made.</param>
/// <param name="Path">Of this page, without its query.</param>
/// <param name="Query">With its question mark; empty: none.</param>
/// <param name="Theme"><c>light</c>, <c>dark</c> or <c>auto</c>.</param>
/// <param name="FormToken">Makes the anti-forgery token; asked only by a page that holds a form.</param>
/// <param name="SavedAt">Set on the page after an act: when it was recorded.</param>
public sealed record PageFrame(
    DashboardSite Site,
    Ink Ink,
    DateTimeOffset Now,
    string Path,
    string Query,
    string Theme,
    Func<string> FormToken,
    DateTimeOffset? SavedAt)
{
    /// <summary>The reader's session; null: nobody is signed in.</summary>
    public Session? Session { get; init; }

    /// <summary>Who is signed in; null on pages open to everybody.</summary>
    public Actor? By => Session is { OnlyForProof: false } full ? full.Actor : null;

    /// <summary>Shown at the reception desk's own listener, where nothing but visits is served (R-NET-07).</summary>
    public bool AtReception { get; init; }

    /// <summary>The alarms that stand, for the head of the page; nothing where they cannot be had. Asked only by a whole page.</summary>
    public Func<Task<AlarmHead>> Alarms { get; init; } = () => Task.FromResult(AlarmHead.None);

    /// <summary>How many cases wait for <see cref="By"/>; null: not known. Asked only by a whole page.</summary>
    public Func<Task<int?>> Waiting { get; init; } = () => Task.FromResult<int?>(null);
}

/// <summary>A part of a page.</summary>
public abstract class Part : ComponentBase
{
    /// <summary>The page it stands in.</summary>
    [CascadingParameter]
    public PageFrame Frame { get; set; } = null!;

    private protected Ink Ink => Frame.Ink;

    private protected string T(Word word) => Frame.Ink[word];

    private protected string T(Word word, params object?[] values) => Frame.Ink.Fill(word, values);

    /// <summary>The language to mark a name with on a page of the other language; null: none needed.</summary>
    private protected string? LangOf(string? text) => Ink.Language == Language.English && Ink.IsJapanese(text) ? "ja" : null;
}
