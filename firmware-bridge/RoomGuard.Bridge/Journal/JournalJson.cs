using System.Text.Json.Serialization;

namespace RoomGuard.Bridge.Journal;

/// <summary>How the bridge writes what only itself reads again.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalMark))]
internal sealed partial class JournalJson : JsonSerializerContext;
