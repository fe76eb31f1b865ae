using System.Text.Json.Serialization;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Hosting;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"roomguard-settings-{Guid.NewGuid():N}.json");

    [Fact]
    public void A_right_file_is_read_with_comments_and_overrides() =>
        Assert.Equal(new Sample("b", 7, ["x", "z"]), Load("{ /* why */ \"name\": \"a\", \"count\": 7, \"list\": [\"x\", \"y\"], }", "name=b", "list.1=z"), Same);

    [Theory]
    [Requirement("R-INP-01")]
    [InlineData("{\"name\":\"a\",\"count\":1,\"list\":[],\"colour\":\"red\"}", "colour")]
    [InlineData("{\"name\":\"a\",\"count\":\"one\",\"list\":[]}", "$.count")]
    [InlineData("{\"name\":\"a\",\"list\":[]}", "count")]
    [InlineData("{\"name\":\"a\",\"count\":1,\n\"count\":2,\"list\":[]}", "line 2: the key \"count\" stands here twice")]
    [InlineData("{\"name\":\"a\",\"count\":0,\"list\":[]}", "count: 0 is below 1")]
    [InlineData("{\"name\":null,\"count\":1,\"list\":[]}", "name")]
    [InlineData("{\"name\":\"a\",", "line 1: this is not JSON")]
    [InlineData("[]", "one JSON object")]
    public void A_wrong_file_is_refused_and_the_place_is_named(string text, string named)
    {
        var refused = Assert.Throws<SettingsException>(() => Load(text));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("list.5=z", "list.5")]
    [InlineData("nowhere.deep=1", "nowhere")]
    [InlineData("count", "place=value")]
    public void A_wrong_override_is_refused_and_named(string item, string named) =>
        Assert.Contains(named, Assert.Throws<SettingsException>(() => Load("{\"name\":\"a\",\"count\":1,\"list\":[]}", item)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no such file", Assert.Throws<SettingsException>(() => SettingsFile.Load(path, SampleJson.Default.Sample, [])).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(path);

    private static bool Same(Sample? a, Sample? b) => a!.Name == b!.Name && a.Count == b.Count && a.List.SequenceEqual(b.List);

    private Sample Load(string text, params string[] overrides)
    {
        File.WriteAllText(path, text);
        return SettingsFile.Load(path, SampleJson.Default.Sample, overrides);
    }
}

internal sealed record Sample(string Name, int Count, string[] List) : ISettings
{
    public IEnumerable<string> Problems()
    {
        if (Count < 1)
        {
            yield return $"count: {Count} is below 1.";
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Sample))]
internal sealed partial class SampleJson : JsonSerializerContext;
