using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;

namespace RoomGuard.Service.People;

/// <summary>What pages about people offer, by the second table of authority; the acts themselves ask <see cref="Operators.AuthorityGuard"/>, which writes a refusal down.</summary>
internal static class DeskGate
{
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
