using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Service.People;

/// <summary>Asks the second table of authority for acts about people, and says in words why not (R-SIGN-01).</summary>
internal static class DeskGate
{
    /// <summary>Null: the person may.</summary>
    public static Refusal? Closed(Actor by, PageAct act, string rule, ActSubject? about = null)
    {
        var answer = Authority.May(by, act, about ?? ActSubject.None);
        return answer.Refusal is { } refusal ? new(AuthorityText.Of(refusal), rule, answer.Roles, []) : null;
    }

    /// <summary>Whether the person may.</summary>
    public static bool Open(Actor by, PageAct act, ActSubject? about = null) => Authority.May(by, act, about ?? ActSubject.None).Allowed;

    /// <summary>The person as a subject, with the section that decides.</summary>
    public static ActSubject About(Person person) => ActSubject.Of(person.Id, person.SectionOrFirm);

    /// <summary>Parts of a field that holds one thing a line.</summary>
    public static ImmutableArray<(string First, string Second)> Lines(string text) =>
    [
        .. from line in text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
           let parts = line.Split([',', '、', '，'], 2, StringSplitOptions.TrimEntries)
           select (parts[0], parts.Length > 1 ? parts[1] : ""),
    ];
}
