using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Tokens;
using RoomGuard.Service.Api;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Api;

/// <summary>Tokens in virtual time: when they begin and end to count, and what of their use is kept.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Here = "10.20.0.17";

    private CaseRig rig = null!;
    private ApiStore store = null!;
    private TokenDesk desk = null!;
    private TokenDoor door = null!;

    public async Task InitializeAsync()
    {
        rig = await Begin();
        await rig.Write(new AccountRecorded(rig.Service.Time.GetUtcNow(), new(new($"A-{Manager}"), new(Manager), "miyakonojo", false, AccountState.Active, null), "made", "試験", "test"));
        Open();
    }

    public async Task DisposeAsync()
    {
        store.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_token_counts_to_the_end_of_its_last_day_and_not_a_moment_longer()
    {
        var secret = await Token(days: 3);
        rig.Service.Time.Advance(MidnightIn(3) - TimeSpan.FromSeconds(1));
        Assert.Null((await Call(secret)).Fault);
        rig.Service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.Over, (await Call(secret)).Fault);
    }

    [Fact]
    public async Task A_token_not_taken_within_seven_days_is_never_taken()
    {
        var id = await Made(days: 90);
        rig.Service.Time.Advance(TokenDesk.TakenWithin + TimeSpan.FromSeconds(1));
        var late = await desk.Take(id, rig.As(Manager), default);

        Assert.Equal((FieldFault.NothingToChange, null), (late.Result.Problems.Single().Fault, late.Secret));
        Assert.True((await desk.Tokens(rig.As(Manager), default)).Single().Over);
    }

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task Only_who_keeps_tokens_makes_them_and_sees_those_of_others()
    {
        _ = await Token(days: 3);
        Assert.NotNull((await desk.Make(Form(3), rig.As(Supervisor), default)).Refusal);
        Assert.NotNull((await desk.End("T-0001", "試験", rig.As(Staff), default)).Refusal);
        Assert.Empty(await desk.Tokens(rig.As(Staff), default));
        Assert.Single(await desk.Tokens(rig.As(Manager), default));
    }

    [Theory]
    [InlineData("", "R", 5)]
    [InlineData("name", "", 5)]
    [InlineData("name", "R", 0)]
    [InlineData("name", "R", 400)]
    [InlineData("=1+1", "R", 5)]
    [Requirement("R-INP-01")]
    public async Task A_form_with_a_mistake_makes_nothing(string name, string scopes, int days)
    {
        var form = Form(days) with { Name = name, Scopes = scopes.Length == 0 ? [] : [TokenScope.RoomRead] };

        Assert.Single((await desk.Make(form, rig.As(Manager), default)).Problems);
        Assert.Empty(await desk.Tokens(rig.As(Manager), default));
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task Of_reading_one_entry_an_hour_tells_how_often()
    {
        var call = await Call(await Token(days: 3));
        for (var i = 0; i < 100; i++)
        {
            Assert.True(await door.Used(call, "listEntries", Here, null, default));
        }

        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await door.Used(call, "listEntries", Here, null, default));
        Assert.True(await door.Used(call, "applyCase", Here, "key-1", default));
        Assert.True(await door.Used(call, "applyCase", Here, "key-2", default));

        Assert.Equal(
            [("listEntries", 0, null), ("listEntries", 99, null), ("applyCase", 0, "key-1"), ("applyCase", 0, "key-2")],
            Facts().OfType<TokenUsed>().Select(used => (used.Operation, used.Before, used.Key)));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_whatever_it_names_and_told_in_steps()
    {
        var secret = await Token(days: 3);
        foreach (var wrong in new[] { secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), secret + "A", secret.ToUpperInvariant(), secret.Replace("T-0001", "T-0002", StringComparison.Ordinal) })
        {
            Assert.Equal(TokenFault.Unknown, (await door.Whose($"Bearer {wrong}", Here, default)).Fault);
        }

        foreach (var header in new[] { null, "", "Bearer", $"Basic {secret}", secret, $"Bearer {secret}, Bearer {secret}", $"Bearer {new string('x', 5000)}" })
        {
            Assert.Equal(TokenFault.Unknown, (await door.Whose(header, Here, default)).Fault);
        }

        for (var i = 0; i < 10_000; i++)
        {
            _ = await door.Whose("Bearer x", Here, default);
        }

        Assert.InRange(Facts().OfType<TokenRefused>().Count(), 10, 30);
        Assert.Null((await Call(secret)).Fault);
    }

    [Fact]
    [Requirement("R-SIGN-14")]
    public async Task From_outside_the_site_a_token_counts_only_while_its_person_may_come_in_from_there()
    {
        var secret = await Token(days: 3);
        Assert.Equal(TokenFault.Outside, (await door.Whose($"Bearer {secret}", "203.0.113.5", default)).Fault);

        await rig.Write(new RemoteAccessAllowed(rig.Service.Time.GetUtcNow(), "P-2026-0001", new(Manager), "監視盤", new(2026, 5, 11), new(2026, 6, 1), "試験", "test"));
        Assert.Null((await door.Whose($"Bearer {secret}", "203.0.113.5", default)).Fault);
        await rig.Write(new RemoteAccessEnded(rig.Service.Time.GetUtcNow(), "P-2026-0001", new(Manager), "試験", "test"));
        Assert.Equal(TokenFault.Outside, (await door.Whose($"Bearer {secret}", "203.0.113.5", default)).Fault);
        Assert.Equal(TokenFault.Outside, Facts().OfType<TokenRefused>().Last().Fault);
    }

    [Fact]
    public async Task An_answer_outlives_the_program_and_an_act_cut_off_says_so()
    {
        _ = await Token(days: 3);
        Assert.Equal(KeyState.New, door.BeginKey("T-0001", "done", "mark").State);
        Assert.Equal(KeyState.UnderWay, door.BeginKey("T-0001", "done", "mark").State);
        door.KeepAnswer("T-0001", "done", new(201, "application/json", """{"id":"P-2026-0001"}""", "/api/v1/cases/P-2026-0001"));
        Assert.Equal(KeyState.New, door.BeginKey("T-0001", "cut off", "mark").State);
        Assert.Equal(KeyState.New, door.BeginKey("T-0001", "not done", "mark").State);
        door.ForgetKey("T-0001", "not done");
        store.Dispose();
        Open();

        var again = door.BeginKey("T-0001", "done", "mark");
        Assert.Equal((KeyState.Answered, 201, "/api/v1/cases/P-2026-0001"), (again.State, again.Answer!.Status, again.Answer.Location));
        Assert.Equal(KeyState.OtherRequest, door.BeginKey("T-0001", "done", "other").State);
        Assert.Equal(KeyState.OutcomeUnknown, door.BeginKey("T-0001", "cut off", "mark").State);
        Assert.Equal(KeyState.New, door.BeginKey("T-0001", "not done", "mark").State);
        Assert.Equal(KeyState.New, door.BeginKey("T-0002", "done", "mark").State);

        rig.Service.Time.Advance(ApiStore.AnswersFor + TimeSpan.FromSeconds(1));
        Assert.Equal(KeyState.New, door.BeginKey("T-0001", "done", "mark").State);
    }

    [Fact]
    public async Task The_last_use_is_shown_at_once_and_outlives_the_program()
    {
        var secret = await Token(days: 3);
        for (var i = 0; i < 3; i++)
        {
            _ = await Call(secret);
        }

        var shown = (await desk.Tokens(rig.As(Manager), default)).Single();
        Assert.Equal((rig.Service.Time.GetUtcNow(), Here, 3L), (shown.LastUsed, shown.LastSource, shown.Calls));
        store.Dispose();
        Open();
        Assert.Equal(3, (await desk.Tokens(rig.As(Manager), default)).Single().Calls);
    }

    private static TokenForm Form(int days) => new("miyakonojo", "監視盤", [TokenScope.RoomRead], new DateOnly(2026, 5, 11).AddDays(days), "連携の試験");

    private IEnumerable<RecordedEvent> Facts() => rig.Service.Record.Read(0, 100_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();

    private void Open()
    {
        var service = rig.Service;
        store = new ApiStore(service.Folders.Api);
        desk = new TokenDesk(service.Record, store, new(service.Record, service.Time), service.Turn, service.Time, service.RandomBytes);
        door = new TokenDoor(service.Record, store, new(service.Record, null, service.Time), service.Time);
    }

    // From nine on the first day, at the site.
    private static TimeSpan MidnightIn(int days) => TimeSpan.FromHours((24 * days) - 9);

    private async Task<string> Made(int days)
    {
        var made = await desk.Make(Form(days), rig.As(Manager), default);
        Assert.True(made.Ok, string.Join(' ', made.Problems));
        return made.Id!;
    }

    private async Task<string> Token(int days)
    {
        var taken = await desk.Take(await Made(days), rig.As(Manager), default);
        Assert.True(taken.Result.Ok);
        return taken.Secret!;
    }

    private Task<TokenCall> Call(string secret) => door.Whose($"Bearer {secret}", Here, default);
}
