using RoomGuard.Simulators.Doors;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Simulators;

public sealed class DoorPhysicsTests
{
    private static readonly DoorTemper Temper = new(Closer: TimeSpan.FromSeconds(6), ButtonDown: TimeSpan.FromSeconds(0.7));
    private static readonly DoorBody Released = DoorBody.AtRest with { StrikeReleased = true };
    private static readonly DoorBody Open = DoorBody.AtRest with { LeafOpen = true, ClosesAt = TimeSpan.FromSeconds(6) };
    private static readonly DoorBody Held = DoorBody.AtRest with { LeafOpen = true, Propped = true };

    public static TheoryData<string, DoorBody, DoorTouch, DoorSight[], bool> Table => new()
    {
        { "a locked leaf does not open from outside", DoorBody.AtRest, new LeafPulled(Side.Outside), [new LeafStayedShut()], false },
        { "a released leaf opens from outside", Released, new LeafPulled(Side.Outside), [new LeafSwung(Opening.Released)], true },
        { "a locked leaf opens from inside by its lever", DoorBody.AtRest, new LeafPulled(Side.Inside), [new LeafSwung(Opening.FromInside)], true },
        { "force opens a locked leaf", DoorBody.AtRest, new LeafForced(), [new LeafSwung(Opening.Forced)], true },
        { "force does nothing more to an open leaf", Open, new LeafForced(), [], true },
        { "the bolt says nothing to an open leaf", Open, new StrikeSwitched(Released: true), [new StrikeClicked(Released: true)], true },
        { "the same strike state makes no sound", Released, new StrikeSwitched(Released: true), [], false },
        { "a locked leaf cannot be propped", DoorBody.AtRest, new LeafPropped(), [new LeafStayedShut()], false },
        { "a released leaf is opened and propped", Released, new LeafPropped(), [new LeafSwung(Opening.Released), new LeafHeld()], true },
        { "an open leaf is propped", Open, new LeafPropped(), [new LeafHeld()], true },
        { "a propped leaf is propped once", Held, new LeafPropped(), [], true },
        { "a propped leaf can be pushed shut", Held, new LeafPushedShut(), [new LeafShut()], false },
        { "a shut leaf cannot be shut more", DoorBody.AtRest, new LeafPushedShut(), [], false },
        { "the button goes down", DoorBody.AtRest, new ButtonPressed(), [new ButtonMoved(Down: true)], false },
        { "a pressed button stays down", DoorBody.AtRest with { ButtonUpAt = TimeSpan.FromSeconds(9) }, new ButtonPressed(), [], false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_door_answers_a_touch_as_wood_and_metal_do(string why, DoorBody door, DoorTouch touch, DoorSight[] seen, bool open)
    {
        var step = DoorPhysics.Step(door, touch, TimeSpan.Zero, Temper);

        Assert.True(seen.SequenceEqual(step.Seen), $"{why}: {string.Join(", ", step.Seen)}");
        Assert.True(open == step.Next.LeafOpen, why);
    }

    [Theory]
    [InlineData(5.99, true)]
    [InlineData(6, false)]
    public void The_closer_shuts_an_open_leaf_in_its_time(double seconds, bool open)
    {
        var step = DoorPhysics.Step(Open, new Moment(), TimeSpan.FromSeconds(seconds), Temper);

        Assert.Equal(open, step.Next.LeafOpen);
    }

    [Fact]
    public void The_closer_cannot_shut_a_propped_leaf() =>
        Assert.True(DoorPhysics.Step(Held, new Moment(), TimeSpan.FromHours(9), Temper).Next.LeafOpen);

    [Fact]
    public void Pulling_at_an_open_leaf_keeps_it_open_longer()
    {
        var step = DoorPhysics.Step(Open, new LeafPulled(Side.Outside), TimeSpan.FromSeconds(5), Temper);

        Assert.Equal(TimeSpan.FromSeconds(11), step.Next.ClosesAt);
    }

    [Fact]
    public void A_finger_leaves_the_button_by_itself()
    {
        var pressed = DoorPhysics.Step(DoorBody.AtRest, new ButtonPressed(), TimeSpan.Zero, Temper).Next;

        DoorSight[] seen = [new ButtonMoved(Down: false)];
        Assert.Equal(seen, DoorPhysics.Step(pressed, new Moment(), TimeSpan.FromSeconds(0.7), Temper).Seen);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Whatever_happened_before_the_lever_inside_always_opens()
    {
        DoorTouch[] touches =
        [
            new StrikeSwitched(Released: true), new StrikeSwitched(Released: false), new LeafPulled(Side.Outside), new LeafForced(),
            new LeafPropped(), new LeafPushedShut(), new ButtonPressed(), new Moment(),
        ];
        for (var seed = 0; seed < 200; seed++)
        {
            var chance = new Random(seed);
            var door = DoorBody.AtRest;
            var now = TimeSpan.Zero;
            for (var touch = 0; touch < 50; touch++)
            {
                now += TimeSpan.FromSeconds(chance.NextDouble() * 4);
                door = DoorPhysics.Step(door, touches[chance.Next(touches.Length)], now, Temper).Next;
            }

            Assert.True(DoorPhysics.Step(door, new LeafPulled(Side.Inside), now, Temper).Next.LeafOpen, $"seed {seed}");
        }
    }
}
