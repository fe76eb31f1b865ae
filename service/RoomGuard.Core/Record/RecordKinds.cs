using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace RoomGuard.Core.Record;

/// <summary>The written name of each kind of event, e.g. <c>door.granted</c>: read off the closed list above <see cref="RecordedEvent"/>, so that it stands in one place.</summary>
public static class RecordKinds
{
    private static readonly FrozenDictionary<Type, string> ByType = typeof(RecordedEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    private static readonly FrozenDictionary<string, Type> ByName = ByType.ToFrozenDictionary(kind => kind.Value, kind => kind.Key, StringComparer.Ordinal);

    /// <summary>All kinds there are.</summary>
    public static IEnumerable<string> All => ByType.Values;

    /// <summary>The kind of one event: what the envelope's <c>k</c> says (evidence-log.md section 7.1).</summary>
    public static string Of(RecordedEvent item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ByType[item.GetType()];
    }

    /// <summary>What an event of a kind is here; null: no kind this version knows.</summary>
    public static Type? TypeOf(string kind) => ByName.GetValueOrDefault(kind);
}
