using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Setup;
using RoomGuard.Dashboard.SignIn;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Sessions for tests of pages: the cookie is the sign-in name. How proofs are judged is tested at the service itself.</summary>
internal sealed class InventedSignIn(TimeProvider time) : ISessions, ISignInDesk, IProofDesk, ISetupDesk
{
    /// <summary>The sign-in name pages are opened with unless a test says otherwise.</summary>
    public const string Office = "hinata";

    /// <summary>Signed in long ago, so that acts ask for a confirmation.</summary>
    public const string LongAgo = "kobayashi";

    /// <summary>Signed in by a temporary password.</summary>
    public const string Temporary = "tano";

    /// <summary>Somebody who audits and does nothing else.</summary>
    public const string Audits = "takaharu";

    private static readonly PasskeyQuestion Question = new(
        """{"challenge":"AAAAAAAAAAAAAAAAAAAAAA","rpId":"localhost","allowCredentials":[],"userVerification":"required"}""", "state");

    private static readonly PasskeyQuestion NewQuestion = new(
        """{"rp":{"id":"localhost","name":"localhost"},"user":{"id":"QS0wMDAy","name":"hinata","displayName":"hinata"},"challenge":"AAAAAAAAAAAAAAAAAAAAAA","pubKeyCredParams":[{"type":"public-key","alg":-7}],"excludeCredentials":[]}""",
        "state");

    private readonly Dictionary<string, Actor> people = new()
    {
        // One person for every page: which role gets which is tested at the service itself (AuthorityWalkTests).
        [Office] = With(Person("A-0002", "S-0160", "日向 直子", "情報政策課", Role.SupervisingOfficer), Role.ChiefOfficer, Role.SecurityManager, Role.SystemManager, Role.Reception, Role.SystemStaff, Role.FacilityStaff),
        [LongAgo] = Person("A-0003", "S-0121", "小林 千夏", "情報政策課", Role.SecurityManager),
        [Audits] = Person("A-0091", "S-0193", "高原 京子", "監査事務局", Role.Auditor),
        ["miyakonojo"] = Person("A-0005", "S-0115", "都城 誠", "情報政策課", Role.SystemManager),
        ["takahashi"] = Person("A-0013", "S-0108", "髙橋 翔太", "情報政策課", null),
        [Temporary] = Person("A-0010", "F-0312", "田野 由紀", "業務課", null),
    };

    // The pages' fixture shows the page of the first start as it is after the first administrator.
    bool ISetupDesk.Needed => true;

    public bool ByRecord => true;

    public Task<string?> Unlock(string code, SignInSource from, CancellationToken stop) => Task.FromResult<string?>(null);

    public bool IsUnlocked(string? token) => true;

    public ImmutableArray<NewAdministrator> Administrators() => [new(new("A-0001"), "日向 直子", "hinata", Role.SupervisingOfficer, true)];

    public Task<ActResult> Add(AdministratorForm form, CancellationToken stop) => Task.FromResult(ActResult.Refused("person", FieldFault.AlreadyExists));

    public Task<SignInAnswer> Enter(AccountId account, SignInSource from, CancellationToken stop) => Task.FromResult(SignInAnswer.Refused);

    public static Actor Person(string account, string person, string name, string section, Role? role) => new(
        new(account), new(person), name, section, PersonCategory.Staff, Privileged: false,
        role is { } held ? [new($"H-{account[2..]}", new(person), held, held is Role.SecurityManager or Role.SystemManager ? section : "", [], new(2020, 4, 1), null, null)] : []);

    private static Actor With(Actor person, params Role[] more) => person with
    {
        Holdings = [.. person.Holdings, .. more.Select(role => person.Holdings[0] with { Id = $"H-9{(int)role:000}", Role = role })],
    };

    public Session? Whose(string cookie, bool acts, string address) => people.TryGetValue(cookie, out var actor)
        ? new(
            cookie,
            actor,
            cookie == Temporary ? SignInMethod.TemporaryPassword : SignInMethod.Invented,
            time.GetUtcNow(),
            cookie == LongAgo ? time.GetUtcNow().AddMinutes(-6) : time.GetUtcNow(),
            time.GetUtcNow().AddHours(8),
            InventedRoom.Start.AddDays(-1),
            InventedRoom.Start.AddHours(-20),
            null)
        : null;

    public ImmutableArray<InventedPerson> InventedPeople() =>
        [.. people.Select(item => new InventedPerson(item.Key, item.Value.Name, item.Value.Section, item.Value.Privileged, item.Value.Holdings))];

    public Task<SignInAnswer> SignInInvented(string signInName, SignInSource from, CancellationToken stop) =>
        Task.FromResult(people.ContainsKey(signInName) ? new SignInAnswer(signInName) : SignInAnswer.Refused);

    public Task<SignInAnswer> SignInWithPassword(PasswordTry typed, SignInSource from, CancellationToken stop) => Task.FromResult(SignInAnswer.Refused);

    public Task<PasskeyQuestion> AskPasskey(Session? session, HttpContext http) => Task.FromResult(Question);

    public Task<SignInAnswer> SignInWithPasskey(PasskeyReply reply, HttpContext http, SignInSource from, CancellationToken stop) => Task.FromResult(SignInAnswer.Refused);

    public Task<bool> Confirm(Session session, ConfirmTry proof, HttpContext http, SignInSource from, CancellationToken stop) => Task.FromResult(proof.Invented);

    public Task SignOut(string cookie, CancellationToken stop) => Task.CompletedTask;

    public Task<OwnProofs> Of(Session session, CancellationToken gone) => Task.FromResult(new OwnProofs(
        [new("k1", "机のパソコン", InventedRoom.Start.AddDays(-90), InventedRoom.Start.AddHours(-5), false), new("k2", "予備の鍵", InventedRoom.Start.AddDays(-89), null, false)],
        InventedRoom.Start.AddDays(-30),
        true,
        12,
        [new(session.Name, true, session.Method, InventedRoom.Start, InventedRoom.Start, "192.0.2.17", "Chromium"), new("other", false, SignInMethod.Passkey, InventedRoom.Start, InventedRoom.Start, "192.0.2.18", "Firefox")]));

    public Task<PasskeyQuestion> AskNewPasskey(Session session, HttpContext http) => Task.FromResult(NewQuestion);

    public Task<ActResult> AddPasskey(Session session, string name, PasskeyReply reply, HttpContext http, CancellationToken stop) => Task.FromResult(ActResult.Refused("", FieldFault.WrongPasskey));

    public Task<ActResult> RemovePasskey(Session session, string id, CancellationToken stop) => Task.FromResult(ActResult.Done(id));

    public CodeSecret NewCode(Session session, string sealedBefore) => new("GEZD GNBV GY3T QOJQ", "otpauth://totp/RoomGuard:hinata?secret=GEZDGNBVGY3TQOJQ", "sealed");

    public Task<ActResult> SetPassword(Session session, NewPassword typed, CancellationToken stop) => Task.FromResult(ActResult.Refused("password", FieldFault.PasswordTooShort, "12"));

    public Task<ActResult> EndSession(Session session, string name, CancellationToken stop) => Task.FromResult(ActResult.Done(name));
}
