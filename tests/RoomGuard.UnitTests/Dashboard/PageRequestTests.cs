using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Dashboard.Text;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>What a page takes from its request, and when.</summary>
public sealed class PageRequestTests
{
    [Fact]
    public async Task What_waits_is_counted_without_touching_the_request_again_while_the_page_is_drawn_on_another_thread()
    {
        var counted = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cases = DispatchProxy.Create<ICaseDesk, CountedLater>();
        ((CountedLater)(object)cases).Count = counted.Task;
        await using var ports = new ServiceCollection()
            .AddSingleton(Paper.Site).AddSingleton(TimeProvider.System).AddSingleton(cases).AddSingleton<IPrivilegeReviews, TwoReviews>()
            .BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = ports };
        var request = new PageRequest(context) { Session = Someone() };
        var page = Assert.IsType<RazorComponentResult>(request.Show<MessagePage>(new MessageModel(FrameText.RefusedTitle, FrameText.Refused, null)));
        var frame = Assert.IsType<PageFrame>(page.Parameters["Frame"]);

        var waiting = frame.Waiting();
        context.RequestServices = null!;
        counted.SetResult(3);

        Assert.Equal(5, await waiting);
    }

    private static Session Someone()
    {
        var at = Paper.Now;
        var actor = new Actor(new("A-0001"), new PersonId("P-0001"), "架空 花子", "情報政策課", PersonCategory.Staff, Privileged: false, []);
        return new("S-1", actor, SignInMethod.PasswordAndCode, at, at, at.AddHours(8), null, null, null);
    }

    private sealed class TwoReviews : IPrivilegeReviews
    {
        public Task<int> Waiting(Actor by, CancellationToken gone) => Task.FromResult(2);

        public Task<System.Collections.Immutable.ImmutableArray<ReviewLine>> Reviews(Actor by, CancellationToken gone) => throw new NotSupportedException();

        public Task<ActResult> Review(AccountId account, DateOnly due, bool keeps, string note, Actor by, CancellationToken stop) => throw new NotSupportedException();
    }
}

/// <summary>A desk whose count comes when the test says so.</summary>
public class CountedLater : DispatchProxy
{
    /// <summary>What waits.</summary>
    public Task<int>? Count { get; set; }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(ICaseDesk.Waiting) ? Count : throw new NotSupportedException(targetMethod?.Name);
}
