using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public class OrderFlowTests
{
    private readonly OrderFlow flow = new(done: 5);

    [Fact]
    [Requirement("R-RED-03")]
    public void After_a_return_suspensions_are_in_force_before_a_list_that_came_ahead_of_them()
    {
        Assert.False(flow.Seen(List(6, version: 2), At(0)));
        Assert.True(flow.Seen(Suspension(7), At(0.1)));
        Assert.True(flow.Seen(Suspension(8), At(0.25)));

        Assert.Null(flow.ListDue(At(0.3)));
        Assert.Equal(2, flow.ListDue(At(0.45))!.Version);
    }

    [Fact]
    public void A_stream_that_never_rests_cannot_keep_a_list_out_for_ever()
    {
        flow.Seen(List(6, version: 2), At(0));
        for (var i = 0; i < 40; i++)
        {
            flow.Seen(Suspension(7 + i), At(i * 0.1));
        }

        Assert.NotNull(flow.ListDue(At(4)));
    }

    [Fact]
    public void Of_several_lists_only_the_newest_is_fetched()
    {
        flow.Seen(List(6, version: 2), At(0));
        flow.Seen(List(7, version: 3), At(0));
        flow.Seen(List(8, version: 1), At(0));

        var due = flow.ListDue(At(1))!;
        Assert.Equal(3, due.Version);
        flow.Settled(due);
        Assert.False(flow.ListWaits);
        Assert.Equal(8, flow.Done);
    }

    [Fact]
    public void What_is_not_done_is_asked_for_again()
    {
        flow.Seen(Suspension(6), At(0));
        flow.Seen(List(7, version: 2), At(0));
        flow.Seen(Suspension(8), At(0));
        flow.Settled(Suspension(6));
        flow.Settled(Suspension(8));
        Assert.Equal(6, flow.Done);

        flow.Broken();

        Assert.Equal(6, flow.Done);
        Assert.False(flow.ListWaits);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static GrantListNews List(long serial, long version) => new(serial, version, "", "");

    private static SuspensionNews Suspension(long serial) => new(serial, new Suspension(serial, TestRoom.MondayNine, new("S-0217"), null, CredentialState.Suspended, false), "");
}
