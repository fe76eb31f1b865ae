using System.Text.Json.Serialization;

namespace RoomGuard.Simulators.Rack;

/// <summary>The passwords' file: user to password.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class RackJson : JsonSerializerContext;
