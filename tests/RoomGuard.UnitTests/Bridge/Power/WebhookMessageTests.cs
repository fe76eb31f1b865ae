using System.Text;
using System.Text.Json;
using RoomGuard.Bridge.Power;
using RoomGuard.Core.Power;
using RoomGuard.Core.Watch;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Power;

/// <summary>What a receiver gets.</summary>
public class WebhookMessageTests
{
    private static readonly string[] Members = ["site", "zone", "plan", "version", "outage", "stage", "act", "cause", "at", "leftSeconds", "id"];

    // The signature there was made with openssl, not with our code.
    [Fact]
    [Requirement("R-PWR-04")]
    public void The_worked_example_in_the_documentation_is_what_a_receiver_gets()
    {
        var blocks = Worked();
        var (key, timestamp, body, signature) = (Encoding.UTF8.GetBytes(blocks[0][0]), blocks[1][0], blocks[1][1], blocks[2][0]);
        var call = WebhookFlowTests.ACall("");
        call = call with { Id = WebhookCall.IdOf(call.OutageId, call.Plan, call.Stage, call.Act, call.At) };

        Assert.Equal(body, Encoding.UTF8.GetString(WebhookMessage.Body(call, "kakuu-1")));
        Assert.Equal(timestamp, SignedPost.Timestamp(call.At.AddSeconds(3)));
        Assert.Equal(signature, SignedPost.Signature(key, timestamp, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Every_repetition_has_the_same_body_and_a_signature_of_its_own()
    {
        var call = WebhookFlowTests.ACall("a");
        var body = WebhookMessage.Body(call, "kakuu-1");

        Assert.Equal(body, WebhookMessage.Body(call with { Tries = 3, Fault = "it answered 500" }, "kakuu-1"));
        Assert.NotEqual(SignedPost.Signature([1], "1785608175", body), SignedPost.Signature([1], "1785608176", body));
        Assert.NotEqual(SignedPost.Signature([1], "1785608175", body), SignedPost.Signature([2], "1785608175", body));
    }

    [Theory]
    [InlineData(StageCause.Threshold, "threshold")]
    [InlineData(StageCause.LowBattery, "low-battery")]
    [InlineData(StageCause.RuntimeUnknown, "runtime-unknown")]
    [InlineData(StageCause.Forced, "forced")]
    [InlineData(null, "mains-back")]
    public void A_message_says_why(StageCause? cause, string word)
    {
        var call = WebhookFlowTests.ACall("停止\"1\"") with { Cause = cause, Act = cause is null ? WebhookAct.TakeBack : WebhookAct.Stop, LeftSeconds = null };
        using var body = JsonDocument.Parse(WebhookMessage.Body(call, "kakuu-1"));

        Assert.Equal(Members, body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(word, body.RootElement.GetProperty("cause").GetString());
        Assert.Equal(cause is null ? "take-back" : "stop", body.RootElement.GetProperty("act").GetString());
        Assert.Equal(JsonValueKind.Null, body.RootElement.GetProperty("leftSeconds").ValueKind);
        Assert.Equal("停止\"1\"", body.RootElement.GetProperty("id").GetString());
    }

    // The plain blocks after the words "Worked example".
    private static List<string[]> Worked()
    {
        var blocks = new List<string[]>();
        var lines = SourceTree.Lines("docs/ups.md").SkipWhile(line => !line.StartsWith("Worked example", StringComparison.Ordinal)).ToArray();
        for (var at = Array.IndexOf(lines, "```"); at >= 0 && blocks.Count < 3;)
        {
            var end = Array.IndexOf(lines, "```", at + 1);
            blocks.Add(lines[(at + 1)..end]);
            at = Array.IndexOf(lines, "```", end + 1);
        }

        return blocks;
    }
}
