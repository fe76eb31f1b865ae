using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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
    private static readonly JsonSerializerOptions Indented =
        new(RecordJson.Plain.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

        Assert.Equal(kind, RecordedEventText.NameOf(item));
        Assert.Equal(written, JsonSerializer.Serialize(item, Indented));
    }

    [Fact]
    public void No_golden_file_is_left_of_a_kind_that_is_gone() =>
        Assert.Equal(
            Names.Select(name => $"{name}.json").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder()).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00","more":1}""")]
    [InlineData("""{"event":"zone.vacant","zone":"SRV-1","zone":"SRV-2","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.vacant","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"event":"zone.gone","zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("""{"zone":"SRV-1","occurredAt":"2026-05-11T09:00:00+09:00"}""")]
    [InlineData("null")]
    public void What_is_no_record_is_not_read_as_one(string text) =>
        Assert.ThrowsAny<Exception>(() => RecordJson.ParseEvent(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
