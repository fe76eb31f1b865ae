using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.SignIn;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Sessions for tests of pages: the cookie is the sign-in name.</summary>
internal sealed class InventedSignIn : ISessions, ISignInDesk
{
    /// <summary>The sign-in name pages are opened with unless a test says otherwise.</summary>
    public const string Office = "hinata";

    private readonly Dictionary<string, Actor> people = new()
    {
        [Office] = Person("A-0002", "S-0160", "日向 直子", "情報政策課", Role.SupervisingOfficer),
        ["kobayashi"] = Person("A-0003", "S-0121", "小林 千夏", "情報政策課", Role.SecurityManager),
        ["miyakonojo"] = Person("A-0005", "S-0115", "都城 誠", "情報政策課", Role.SystemManager),
        ["takahashi"] = Person("A-0013", "S-0108", "髙橋 翔太", "情報政策課", null),
    };

    public static Actor Person(string account, string person, string name, string section, Role? role) => new(
        new(account), new(person), name, section, PersonCategory.Staff, Privileged: false,
        role is { } held ? [new($"H-{account[2..]}", new(person), held, held is Role.SecurityManager or Role.SystemManager ? section : "", [], new(2020, 4, 1), null, null)] : []);

    public Session? Whose(string cookie, bool acts) => people.TryGetValue(cookie, out var actor)
        ? new(cookie, actor, SignInMethod.Invented, InventedRoom.Start, InventedRoom.Start, InventedRoom.Start.AddHours(8), null, null, null)
        : null;

    public ImmutableArray<InventedPerson> InventedPeople() =>
        [.. people.Select(item => new InventedPerson(item.Key, item.Value.Name, item.Value.Section, item.Value.Privileged, item.Value.Holdings))];

    public Task<SignInAnswer> SignInInvented(string signInName, SignInSource from, CancellationToken stop) =>
        Task.FromResult(people.ContainsKey(signInName) ? new SignInAnswer(signInName) : SignInAnswer.Refused);

    public Task SignOut(string cookie, CancellationToken stop) => Task.CompletedTask;
}
