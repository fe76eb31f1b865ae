using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Setup;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.SignIn;

/// <summary>The first start (R-SIGN-12). The code lives in memory and on the terminal only; what was done lives in the record.</summary>
public sealed class SetupDesk(
    ServiceRecord record, SiteBook site, Sessions sessions, OutsideGate outside, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes) : ISetupDesk
{
    /// <summary>Administrators that must be able to sign in before it is over.</summary>
    public const int Administrations = 2;

    private static readonly Role[] Roles = [Role.SupervisingOfficer, Role.SystemManager];

    private readonly Lock gate = new();
    private byte[]? codeDigest;
    private string? unlocked;
    private volatile bool over;
    private int wrongCodes;

    /// <inheritdoc/>
    public bool Needed
    {
        get
        {
            if (over)
            {
                return false;
            }

            // An invented site has its people from a file; a real one is set up when the record says so.
            over = record.Readers.AskNow(db =>
                db.Value("SELECT 1 FROM view_set_up") is not null ||
                (site.Now.Site.Environment == EnvironmentKind.Test && db.Value("SELECT 1 FROM view_accounts") is not null));
            return !over;
        }
    }

    /// <inheritdoc/>
    public bool ByRecord => site.ByRecord;

    /// <summary>Makes the code of this start; an older one no longer counts.</summary>
    /// <returns>99 bits in four groups of five letters.</returns>
    public string NewCode()
    {
        var code = Passwords.NewTemporary(randomBytes);
        lock (gate)
        {
            (codeDigest, unlocked) = (DigestOf(code), null);
        }

        return code;
    }

    /// <inheritdoc/>
    public async Task<string?> Unlock(string code, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(from);
        int wrong;
        lock (gate)
        {
            if (codeDigest is { } digest && Needed && CryptographicOperations.FixedTimeEquals(digest, DigestOf(code)))
            {
                return unlocked ??= System.Buffers.Text.Base64Url.EncodeToString(randomBytes(32));
            }

            wrong = ++wrongCodes;
        }

        if (Core.Operators.CallGate.Told(wrong))
        {
            _ = await record.AppendAsync(new SignInFailed(time.GetUtcNow(), null, SignInFault.WrongCode, from.Address, wrong), stop);
        }

        return null;
    }

    /// <inheritdoc/>
    public bool IsUnlocked(string? token)
    {
        lock (gate)
        {
            return token is not null && unlocked is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(unlocked), Encoding.UTF8.GetBytes(token));
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<NewAdministrator> Administrators() => record.Readers.AskNow(Administrators);

    /// <inheritdoc/>
    public Task<ActResult> Add(AdministratorForm form, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ImmutableArray<FieldProblem> problems =
        [
            .. FieldRules.Id("person", form.Person), .. FieldRules.Text("personName", form.Name), .. FieldRules.Text("kana", form.Kana), .. FieldRules.Text("section", form.Section),
            .. SignInNames.IsOne(form.SignInName) ? Array.Empty<FieldProblem>() : [new("signInName", FieldFault.BadCharacters)],
        ];
        return turn.ActAsync(
            problems,
            async () =>
            {
                var (made, known, taken) = record.Readers.AskNow(
                    db => (
                        Administrators(db),
                        db.Value("SELECT 1 FROM view_people WHERE person = $1", form.Person) is not null,
                        OperatorsView.AccountNamed(db, form.SignInName) is not null),
                    stop);
                if (!Needed || made.Length >= Administrations)
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                // Two accounts of one person would be one administrator.
                if (taken || known)
                {
                    return ActResult.Refused(taken ? "signInName" : "person", FieldFault.AlreadyExists);
                }

                var (now, number) = (time.GetUtcNow(), made.Length + 1);
                var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime);
                var person = new Person(new(form.Person), FieldRules.Clean(form.Name), FieldRules.Clean(form.Kana), PersonCategory.Staff, FieldRules.Clean(form.Section), null, null);
                var account = new OperatorAccount(new(string.Create(CultureInfo.InvariantCulture, $"A-{number:0000}")), person.Id, form.SignInName, false, AccountState.Active, null);
                var role = Roles[made.Length];
                var holding = new RoleHolding(
                    string.Create(CultureInfo.InvariantCulture, $"H-{number:0000}"), person.Id, role, role == Role.SystemManager ? person.SectionOrFirm : "",
                    role == Role.SystemManager ? [.. site.Now.Zones.Select(zone => new ZoneId(zone.Id))] : [], today, null, null);
                const string reason = "first set-up";
                RecordedEvent[] facts =
                [
                    new PersonRecorded(now, person, person.Id.Value), new AccountRecorded(now, account, "made", reason, person.Id.Value), new RoleHeld(now, holding, reason, person.Id.Value),
                ];
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done(account.Id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<SignInAnswer> Enter(AccountId account, SignInSource from, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var actor = record.Readers.AskNow(
            db => Needed && !KeptProofs.HasProof(db, account) ? OperatorsView.ActorOf(db, account, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime)) : null, stop);

        // Nobody has been allowed anything yet: a site is set up from inside (R-SIGN-14).
        return actor is null || !outside.IsInside(from.Address) ? SignInAnswer.Refused : new((await sessions.BeginAsync(actor, SignInMethod.SetupCode, from, null, stop)).Secret);
    }

    /// <summary>
    /// Called when somebody got a proof: where the settings file has the whole site, the second administrator's ends the first start for good, and its code with it.
    /// Where people register the site, both check what was entered first.
    /// </summary>
    internal async Task AfterProofAsync(PersonId by, CancellationToken stop)
    {
        if (Needed && !site.ByRecord && Able is >= Administrations and var able)
        {
            _ = await record.AppendAsync(new SiteSetUp(time.GetUtcNow(), able, by.Value), stop);
            Forget();
        }
    }

    /// <summary>Administrators who can sign in.</summary>
    internal int Able => Administrators().Count(one => one.HasProof);

    /// <summary>The first start is over: the code and whoever showed it open nothing any more.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            (codeDigest, unlocked) = (null, null);
        }
    }

    private static ImmutableArray<NewAdministrator> Administrators(Statements db)
    {
        var found = ImmutableArray.CreateBuilder<NewAdministrator>();
        using var row = db.Rows("SELECT account, view_people.name, view_accounts.name, view_accounts.person FROM view_accounts JOIN view_people USING (person) ORDER BY account");
        while (row.Read())
        {
            var account = new AccountId(row.GetString(0));
            var role = (Role)((long?)db.Value("SELECT role FROM view_holdings WHERE person = $1 ORDER BY id LIMIT 1", row.GetString(3)) ?? (long)Role.Staff);
            found.Add(new(account, row.GetString(1), row.GetString(2), role, KeptProofs.HasProof(db, account)));
        }

        return found.ToImmutable();
    }

    private static byte[] DigestOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)])));
}
