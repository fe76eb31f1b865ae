using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

public sealed class SignInGateTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly SignInTry Stranger = new("A-0007", false, "192.0.2.66", null);
    private static readonly SignInTry Holder = new("A-0007", false, "192.0.2.17", "desk");
    private readonly SignInGate gate = new();

    [Fact]
    [Requirement("R-SIGN-03")]
    public void Five_failures_close_an_account_for_fifteen_minutes_and_each_further_lock_is_longer()
    {
        for (var tries = 1; tries < SignInGate.OrdinaryTries; tries++)
        {
            Assert.Null(gate.Failed(Stranger, Nine).Locked);
        }

        Assert.Equal(Nine.AddMinutes(15), gate.Failed(Stranger, Nine).Locked?.Until);
        Assert.Equal(Nine.AddMinutes(15), gate.ClosedUntil(Stranger, Nine.AddMinutes(14)));
        Assert.Null(gate.ClosedUntil(Stranger, Nine.AddMinutes(15)));

        var later = Nine.AddMinutes(16);
        Fail(Stranger, SignInGate.OrdinaryTries, later);
        Assert.Equal(later.AddMinutes(30), gate.ClosedUntil(Stranger, later));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void Three_failures_close_a_privileged_account_until_it_is_released()
    {
        var privileged = Stranger with { Privileged = true };
        Fail(privileged, SignInGate.PrivilegedTries, Nine);
        Assert.Equal(DateTimeOffset.MaxValue, gate.ClosedUntil(privileged, Nine.AddYears(1)));
        Assert.Equal(DateTimeOffset.MaxValue, gate.LockOf("A-0007", Nine));

        Assert.NotEmpty(gate.Release("A-0007"));
        Assert.Null(gate.ClosedUntil(privileged, Nine));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void A_stranger_locks_nobody_out()
    {
        for (var source = 0; source < 200; source++)
        {
            Fail(Stranger with { Source = $"192.0.2.{source}" }, 5, Nine);
        }

        Assert.NotNull(gate.ClosedUntil(Stranger, Nine));
        Assert.Null(gate.ClosedUntil(Holder, Nine));
        Assert.Null(gate.ClosedUntil(Holder with { Account = "A-0008" }, Nine));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void Strangers_from_many_places_together_close_an_account_to_strangers()
    {
        for (var source = 0; source < SignInGate.StrangerTries; source++)
        {
            _ = gate.Failed(Stranger with { Source = $"198.51.100.{source}" }, Nine);
        }

        Assert.NotNull(gate.ClosedUntil(Stranger with { Source = "203.0.113.1" }, Nine));
        Assert.Null(gate.ClosedUntil(Stranger with { Source = "203.0.113.1", Account = "A-0008" }, Nine));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void One_source_trying_many_names_is_closed()
    {
        for (var name = 0; name < SignInGate.SourceTries; name++)
        {
            _ = gate.Failed(Stranger with { Account = $"name {name}" }, Nine);
        }

        Assert.NotNull(gate.ClosedUntil(Stranger with { Account = "name never tried" }, Nine));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void A_known_device_is_judged_by_its_own_failures()
    {
        Fail(Holder, SignInGate.OrdinaryTries, Nine);

        Assert.Equal(Nine.AddMinutes(15), gate.ClosedUntil(Holder, Nine));
        Assert.Null(gate.ClosedUntil(Holder with { Device = "other desk" }, Nine));
        Assert.Null(gate.ClosedUntil(Stranger, Nine));
    }

    [Fact]
    public void A_success_wipes_the_failures_before_it()
    {
        Fail(Holder, SignInGate.OrdinaryTries - 1, Nine);
        gate.Succeeded(Holder);
        Fail(Holder, SignInGate.OrdinaryTries - 1, Nine);

        Assert.Null(gate.ClosedUntil(Holder, Nine));
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void Ten_thousand_attempts_take_bounded_memory_and_a_day_later_all_is_forgotten()
    {
        var small = new SignInGate(most: 500);
        for (var attempt = 0; attempt < 10_000; attempt++)
        {
            _ = small.Failed(Stranger with { Source = $"2001:db8:{attempt:x}::/64", Account = $"name {attempt % 700}" }, Nine.AddSeconds(attempt));
            Assert.InRange(small.Count, 1, 500);
        }

        Fail(Stranger, 4, Nine);
        Assert.Null(gate.Failed(Stranger, Nine.AddHours(25)).Locked);
    }

    [Fact]
    [Requirement("R-SIGN-03")]
    public void A_lock_kept_across_a_restart_holds()
    {
        var kept = default(GateBucket);
        for (var tries = 0; tries < SignInGate.OrdinaryTries; tries++)
        {
            kept = gate.Failed(Stranger, Nine).Locked;
        }

        var after = new SignInGate();
        after.Put(kept!);

        Assert.Equal(Nine.AddMinutes(15), after.ClosedUntil(Stranger, Nine));
    }

    private void Fail(SignInTry from, int times, DateTimeOffset at)
    {
        for (var tries = 0; tries < times; tries++)
        {
            _ = gate.Failed(from, at);
        }
    }
}
