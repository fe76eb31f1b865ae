using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>Passwords, codes, limits and confirmations over HTTP with a turned clock.</summary>
public sealed partial class ProofTests : IAsyncLifetime
{
    private const string Good = "a quiet river stone";
    private readonly TurnedTime time = new();
    private RunningOffice office = null!;

    public async Task InitializeAsync() => office = await RunningOffice.StartAsync(time);

    public async Task DisposeAsync() => await office.DisposeAsync();

    private ServiceRecord Record => office.Parts.GetRequiredService<ServiceRecord>();

    private IAccountDesk Accounts => office.Parts.GetRequiredService<IAccountDesk>();

    [Fact]
    [Requirement("R-SIGN-05")]
    [Requirement("R-SIGN-13")]
    public async Task A_temporary_password_serves_one_sign_in_and_nothing_but_setting_up_ones_own()
    {
        var issued = await Accounts.IssueTemporaryPassword(new("A-0013"), "端末の紛失", Supervisor(), default);
        Assert.True(issued.Result.Ok);
        using var client = SignedInClient.Stranger(office.Pages);
        using (var answer = await SignIn(client, "takahashi", issued.Password!, ""))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        // Nothing else is open.
        foreach (var page in new[] { "/", "/entries", "/presence" })
        {
            using var answer = await client.GetAsync(page);
            Assert.Equal("/me/sign-in", answer.Headers.Location?.OriginalString);
        }

        // It served its one sign-in.
        using var second = SignedInClient.Stranger(office.Pages);
        using (var again = await SignIn(second, "takahashi", issued.Password!, ""))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        }

        var secret = await SetPassword(client, Good);
        using (var over = await client.GetAsync("/me"))
        {
            Assert.Equal("/sign-in?return=%2Fme", over.Headers.Location?.OriginalString);
        }

        // The code that set it up is used; the next one works, once.
        time.Turn(TimeSpan.FromSeconds(60));
        var code = Totp.Code(secret, Totp.StepAt(time.GetUtcNow()));
        using (var wrong = await SignIn(client, "takahashi", Good, "000000"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using (var right = await SignIn(client, "TAKAHASHI", Good, code))
        {
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        }

        using (var replayed = await SignIn(second, "takahashi", Good, code))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
        Assert.Contains(Facts().OfType<SignedIn>(), fact => fact is { Person.Value: "S-0108", Method: SignInMethod.PasswordAndCode });
        Assert.DoesNotContain(Record.Read(0, 10_000), entry => System.Text.Encoding.UTF8.GetString(entry.Payload!).Contains("river", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-SIGN-05")]
    public async Task A_temporary_password_is_over_after_a_day()
    {
        var issued = await Accounts.IssueTemporaryPassword(new("A-0013"), "端末の紛失", Supervisor(), default);
        time.Turn(TimeSpan.FromHours(24));
        using var client = SignedInClient.Stranger(office.Pages);
        using var answer = await SignIn(client, "takahashi", issued.Password!, "");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(SignInFault.TemporaryOver, Facts().OfType<SignInFailed>().Last().Fault);
    }

    [Fact]
    [Requirement("R-SIGN-06")]
    public async Task A_weak_or_old_password_is_refused_at_its_field()
    {
        using var client = SignedInClient.Stranger(office.Pages);
        var secret = await NewHolder(client, "A-0013", "takahashi");
        time.Turn(TimeSpan.FromSeconds(60));
        using (await SignIn(client, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow()))))
        {
        }

        foreach (var (password, again, words) in new[] { ("short", "short", "12文字以上"), ("Password2026!", "Password2026!", "よく使われる"), (Good, Good, "最近5回"), ("another quiet stone", "another quiet stones", "一致しません") })
        {
            using var answer = await client.PostAsync("/me/sign-in/password", [("password", password), ("again", again)], "/me/sign-in");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.DoesNotContain(password, page.Replace("Password2026", "", StringComparison.Ordinal) is var rest && password.Length > 5 ? rest : "", StringComparison.Ordinal);
        }

        using var done = await client.PostAsync("/me/sign-in/password", [("password", "another quiet stone"), ("again", "another quiet stone")], "/me/sign-in");
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task A_phone_whose_clock_is_off_by_minutes_gets_nobody_in_and_does_once_it_is_right()
    {
        using var holder = SignedInClient.Stranger(office.Pages);
        var secret = await NewHolder(holder, "A-0013", "takahashi");
        time.Turn(TimeSpan.FromMinutes(10));
        foreach (var minutes in new[] { -3, -1.5, 1.5, 3 })
        {
            using var refused = await SignIn(holder, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow().AddMinutes(minutes))));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        // Half a minute is what clocks may differ.
        using var right = await SignIn(holder, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow()) - 1));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public async Task Failures_close_the_strangers_way_in_and_not_the_known_device()
    {
        using var holder = SignedInClient.Stranger(office.Pages);
        var secret = await NewHolder(holder, "A-0013", "takahashi");
        time.Turn(TimeSpan.FromSeconds(60));
        using (await SignIn(holder, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow()))))
        {
        }

        using var stranger = SignedInClient.Stranger(office.Pages);
        for (var tries = 0; tries < 8; tries++)
        {
            using var refused = await SignIn(stranger, "takahashi", $"guess number {tries}", "000000");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        // The right password from a stranger's device is not even looked at; the holder's own device is open.
        time.Turn(TimeSpan.FromSeconds(60));
        var code = Totp.Code(secret, Totp.StepAt(time.GetUtcNow()));
        using (var closed = await SignIn(stranger, "takahashi", Good, code))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
            Assert.Contains("まで受け付けません", WebUtility.HtmlDecode(await closed.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        using (var open = await SignIn(holder, "takahashi", Good, code))
        {
            Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
        }

        var locked = Assert.Single(Facts().OfType<SignInLocked>());
        Assert.Equal(("A-0013", false, 5), (locked.Account?.Value, locked.KnownDevice, locked.Count));
        Assert.True(Facts().OfType<SignInFailed>().Count() < 8);

        // After its time the way is open again.
        time.Turn(TimeSpan.FromMinutes(15));
        using var later = await SignIn(stranger, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow())));
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-06")]
    public async Task A_password_older_than_the_profile_lets_it_be_is_good_for_changing_it_and_nothing_else()
    {
        using var holder = SignedInClient.Stranger(office.Pages);
        var secret = await NewHolder(holder, "A-0013", "takahashi");
        time.Turn(TimeSpan.FromDays(180));
        using (var old = await SignIn(holder, "takahashi", Good, Totp.Code(secret, Totp.StepAt(time.GetUtcNow()))))
        {
            Assert.Equal(HttpStatusCode.Redirect, old.StatusCode);
        }

        using (var elsewhere = await holder.GetAsync("/entries"))
        {
            Assert.NotEqual(HttpStatusCode.OK, elsewhere.StatusCode);
        }

        var page = WebUtility.HtmlDecode(await (await holder.GetAsync("/me/sign-in")).Content.ReadAsStringAsync());
        Assert.Contains("パスワードの変更期限を過ぎています", page, StringComparison.Ordinal);
        using (var changed = await holder.PostAsync("/me/sign-in/password", [("password", "a wholly different phrase 7"), ("again", "a wholly different phrase 7"), ("sealed", ""), ("code", "")], "/me/sign-in"))
        {
            Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        }

        time.Turn(TimeSpan.FromSeconds(60));
        using var anew = await SignIn(holder, "takahashi", "a wholly different phrase 7", Totp.Code(secret, Totp.StepAt(time.GetUtcNow())));
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/me")).StatusCode);
        Assert.Contains(Facts(), fact => fact is SignedIn { Method: SignInMethod.OverduePassword });
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public Task A_thousand_attempts_fill_neither_the_record_nor_the_time_of_others() => GuessAsync(1_000);

    [Fact]
    [Trait("Category", "Long")]
    [Requirement("R-SIGN-03")]
    public Task Ten_thousand_attempts_fill_neither_the_record_nor_the_time_of_others() => GuessAsync(10_000);

    [Fact]
    [Requirement("R-SIGN-04")]
    public async Task A_session_ends_when_nothing_is_done_and_a_page_that_refreshes_itself_does_nothing()
    {
        using var client = await office.AsAsync("takahashi");
        time.Turn(TimeSpan.FromMinutes(9));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
        time.Turn(TimeSpan.FromMinutes(9));
        using (var refresh = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { { "X-Fragment", "1" } } })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.Http.SendAsync(refresh)).StatusCode);
        }

        time.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
        await office.Parts.GetRequiredService<RoomGuard.Service.SignIn.Sessions>().SweepAsync(default);
        Assert.Equal(SessionEnd.Idle, Facts().OfType<SignedOut>().Last().Cause);
    }

    [Fact]
    [Requirement("R-SIGN-04")]
    public async Task A_session_ends_after_eight_hours_however_busy_and_a_privileged_one_after_one()
    {
        using var ordinary = await office.AsAsync("miyakonojo");
        using var privileged = await office.AsAsync("miyakonojo.admin");
        for (var minutes = 0; minutes < 60; minutes += 4)
        {
            Assert.Equal(HttpStatusCode.OK, (await privileged.GetAsync("/about/accessibility")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await privileged.GetAsync("/me")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await ordinary.GetAsync("/me")).StatusCode);
            time.Turn(TimeSpan.FromMinutes(4));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await privileged.GetAsync("/me")).StatusCode);
        for (var minutes = 60; minutes < 480; minutes += 5)
        {
            Assert.Equal(HttpStatusCode.OK, (await ordinary.GetAsync("/me")).StatusCode);
            time.Turn(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await ordinary.GetAsync("/me")).StatusCode);
        using var again = await office.AsAsync("miyakonojo.admin");
        time.Turn(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Redirect, (await again.GetAsync("/me")).StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-02")]
    public async Task After_sign_in_the_last_times_are_shown()
    {
        using (var first = await office.AsAsync("aya"))
        {
            using var _ = await first.PostAsync("/sign-out", []);
        }

        var at = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        time.Turn(TimeSpan.FromHours(3));
        using var client = await office.AsAsync("aya");
        var page = await client.Http.GetStringAsync(new Uri("/me", UriKind.Relative));

        Assert.Matches($"前回のログイン {at}.*前回のログアウト {at}", page);
        using var stranger = SignedInClient.Stranger(office.Pages);
        Assert.Contains("利用上の注意", await stranger.Http.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task An_act_at_doors_asks_again_who_is_there_and_keeps_what_was_typed()
    {
        using var client = await office.AsAsync("hinata");
        time.Turn(TimeSpan.FromMinutes(6));
        (string, string)[] typed = [("zones", "SRV-1"), ("mandate", "Instructed"), ("basis", "不審者の通報"), ("except", ""), ("until", "")];
        string page;
        using (var asked = await client.PostAsync("/lockdown/begin", typed))
        {
            page = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        }

        Assert.Contains("本人の再確認", page, StringComparison.Ordinal);
        Assert.Contains("value=\"不審者の通報\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Facts(), fact => fact is RoomGuard.Core.Panels.LockdownOrdered);

        using var done = await client.PostAsync("/lockdown/begin", [.. typed, ("confirm-with", "invented")]);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains(Facts(), fact => fact is RoomGuard.Core.Panels.LockdownOrdered);
        Assert.Contains(Facts(), fact => fact is IdentityConfirmed { Person.Value: "S-0102" });

        using var wrong = await office.AsAsync("kobayashi");
        time.Turn(TimeSpan.FromMinutes(6));
        using var refused = await wrong.PostAsync("/lockdown/begin", [.. typed, ("confirm-with", "password"), ("confirm-password", "guess"), ("confirm-code", "000000")]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-08")]
    public async Task A_suspected_leak_ends_all_sessions_and_forces_a_new_password()
    {
        using var client = await office.AsAsync("takahashi");
        var security = RecordActor("A-0003");
        Assert.True((await Accounts.EndSessions(new("A-0013"), "漏えいの疑い", security, default)).Ok);

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
        Assert.Equal((SessionEnd.Forced, "S-0121"), (Facts().OfType<SignedOut>().Last().Cause, Facts().OfType<SignedOut>().Last().By));
    }

    [Fact]
    [Requirement("R-SIGN-11")]
    public async Task A_contractor_changes_no_privileged_account()
    {
        var contractor = RecordActor("A-0015");
        var privileged = new AccountId("A-0016");

        Assert.NotNull((await Accounts.Hold(privileged, "試し", contractor, default)).Refusal);
        Assert.NotNull((await Accounts.IssueTemporaryPassword(privileged, "試し", contractor, default)).Result.Refusal);
        Assert.NotNull((await Accounts.Accounts(contractor, default)).WhyNot);
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Nobody_gives_themselves_a_temporary_password() =>
        Assert.NotNull((await Accounts.IssueTemporaryPassword(new("A-0002"), "試し", Supervisor(), default)).Result.Refusal);

    [Fact]
    [Requirement("R-SIGN-16")]
    public async Task The_sign_in_form_asks_the_browser_to_keep_no_password_and_reminds_of_the_rules()
    {
        using var stranger = SignedInClient.Stranger(office.Pages);
        var page = WebUtility.HtmlDecode(await stranger.Http.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));

        Assert.Matches("<input id=\"password\"[^>]*autocomplete=\"off\"", page);
        Assert.Contains("ブラウザーに保存せず", page, StringComparison.Ordinal);
    }

    private async Task GuessAsync(int attempts)
    {
        using var stranger = SignedInClient.Stranger(office.Pages);
        var token = await stranger.TokenAsync("/sign-in");
        var before = Record.Size;
        for (var tries = 0; tries < attempts; tries++)
        {
            using var form = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("name", $"name{tries % 50}"), KeyValuePair.Create("password", "guess"), KeyValuePair.Create("code", "000000"), KeyValuePair.Create("__RequestVerificationToken", token),
            ]);
            using var answer = await stranger.Http.PostAsync(new Uri("/sign-in/password", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.InRange(Record.Size - before, 1, 40);
        using var other = await office.AsAsync("hinata");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/me")).StatusCode);
    }

    private static Task<HttpResponseMessage> SignIn(SignedInClient client, string name, string password, string code) =>
        client.PostAsync("/sign-in/password", [("name", name), ("password", password), ("code", code)], "/sign-in");

    private async Task<byte[]> NewHolder(SignedInClient client, string account, string name)
    {
        var issued = await Accounts.IssueTemporaryPassword(new(account), "新任", Supervisor(), default);
        using var answer = await SignIn(client, name, issued.Password!, "");
        return await SetPassword(client, Good);
    }

    // What a person does with an authenticator app: reads the key off the page, types the code it shows.
    private async Task<byte[]> SetPassword(SignedInClient client, string password)
    {
        var page = WebUtility.HtmlDecode(await client.Http.GetStringAsync(new Uri("/me/sign-in", UriKind.Relative)));
        var secret = FromBase32(CodeSecret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var code = Totp.Code(secret, Totp.StepAt(time.GetUtcNow()));
        using var done = await client.PostAsync(
            "/me/sign-in/password", [("password", password), ("again", password), ("sealed", Sealed().Match(page).Groups[1].Value), ("code", code)], "/me/sign-in");
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        return secret;
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    private Actor Supervisor() => RecordActor("A-0002");

    private Actor RecordActor(string account) => Record.Readers.AskNow(db => OperatorsView.ActorOf(db, new(account), DateOnly.FromDateTime(time.GetUtcNow().DateTime)))!;

    private IEnumerable<RecordedEvent> Facts() => Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();

    [GeneratedRegex("code-secret\">([A-Z2-7 ]+)<")]
    private static partial Regex CodeSecret();

    [GeneratedRegex("name=\"sealed\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();
}

/// <summary>The real clock, turned forward by tests; timers run by the real one.</summary>
internal sealed class TurnedTime : TimeProvider
{
    private TimeSpan turned;

    public void Turn(TimeSpan by) => turned += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + turned;
}
