using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Record;

/// <summary>
/// The written form of every kind of the record. The files in <c>Golden</c> stand for records already written somewhere: a change
/// that makes one of them fail makes real records unreadable. A new kind brings its file.
/// </summary>
public class WrittenFormTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Kinds => [.. Names];

    private static IEnumerable<string> Names =>
        typeof(RecordedEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => (string)kind.TypeDiscriminator!);

    [Theory]
    [MemberData(nameof(Kinds))]
    [Requirement("R-LOG-10")]
    public void A_record_written_once_is_read_and_written_again_letter_by_letter(string kind)
    {
        var file = Path.Combine(Folder(), $"{kind}.json");
        Assert.True(File.Exists(file), $"{kind} has no golden file");
        var written = File.ReadAllText(file).TrimEnd();

        var item = RecordJson.ParseEvent(System.Text.Encoding.UTF8.GetBytes(written));

        Assert.Equal(kind, RecordKinds.Of(item));
        using var again = JsonDocument.Parse(RecordJson.ToUtf8(item));
        Assert.Equal(written, JsonSerializer.Serialize(again.RootElement, Indented));
    }

    // What has a form and cannot be put into the chain is lost at the worst moment: in the middle of an outage.
    [Theory]
    [MemberData(nameof(Kinds))]
    [Requirement("R-LOG-10")]
    public void A_record_of_every_kind_has_a_canonical_form(string kind) =>
        Assert.NotEmpty(RoomGuard.Evidence.CanonicalJson.Canonicalise(File.ReadAllBytes(Path.Combine(Folder(), $"{kind}.json"))));

    [Fact]
    public void No_golden_file_is_left_of_a_kind_that_is_gone() =>
        Assert.Equal(
            Names.Select(name => $"{name}.json").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder()).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Fact]
    [Requirement("R-RED-03")]
    public void An_order_of_every_kind_is_read_at_the_bridge_as_it_was_given()
    {
        OrderNews[] all =
        [
            new SuspensionNews(4, new(4, DateTimeOffset.UnixEpoch, new("S-0217"), null, CredentialState.Suspended, false), "c2ln"),
            new LockdownNews(5, new("L-0001", [new("SRV-1")], [], "S-0001", "訓練", DateTimeOffset.UnixEpoch, null), false, "c2ln"),
            new RoomOrderNews(6, new PurposeOrder(new("S-0217"), new("SRV-1"), "W-0152", DateTimeOffset.UnixEpoch), "c2ln"),
            new GrantListNews(7, 3, "00", "c2ln"),
        ];

        Assert.Equal(typeof(OrderNews).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).Order(ByName), all.Select(news => news.GetType()).Order(ByName));
        Assert.All(all, news =>
        {
            var told = JsonSerializer.Serialize(news, RecordJson.Plain.OrderNews);
            Assert.Equal(told, JsonSerializer.Serialize(JsonSerializer.Deserialize(told, RecordJson.Plain.OrderNews)!, RecordJson.Plain.OrderNews));
        });
    }

    [Theory]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00","more":1}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","zone":"SRV-2","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.vacant","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.gone","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00","event":"zone.vacant"}""")]
    [InlineData("""{"event":7,"zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":null,"zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"} {}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00",}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00" """)]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public void What_is_no_record_is_not_read_as_one(string text) =>
        Assert.ThrowsAny<JsonException>(() => RecordJson.ParseEvent(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{ "zone" : "SRV-1" , "event" : "zone.vacant" , "occurredAt" : "2026-05-11T09:00:00+09:00" }""")]
    [InlineData("""{"zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00" , "event":"zone.vacant" }""")]
    public void The_kind_may_stand_anywhere(string text) =>
        Assert.Equal("zone.vacant", RecordKinds.Of(RecordJson.ParseEvent(System.Text.Encoding.UTF8.GetBytes(text))));

    private static Comparer<Type> ByName => Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
