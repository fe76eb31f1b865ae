using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Record;

/// <summary>How our values are written: camel case, enumerations by name, ids as plain strings, unknown or doubled members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    Converters =
    [
        typeof(IdJson<PersonId>), typeof(IdJson<CredentialId>), typeof(IdJson<GrantId>), typeof(IdJson<ZoneId>),
        typeof(IdJson<DoorId>), typeof(IdJson<DeviceId>), typeof(IdJson<PanelId>), typeof(IdJson<AccountId>), typeof(IdJson<ContractId>), typeof(IdJson<CaseId>),
        typeof(IdJson<VisitId>), typeof(FractionJson),
    ])]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(Contract))]
[JsonSerializable(typeof(PersonnelDifference))]
[JsonSerializable(typeof(PanelReport))]
[JsonSerializable(typeof(ReportReceipt))]
[JsonSerializable(typeof(OrderNews))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(PanelState))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(CaseDossier))]
[JsonSerializable(typeof(RoomOrder))]
[JsonSerializable(typeof(Climate.LimitSet))]
[JsonSerializable(typeof(HandLine))]
[JsonSerializable(typeof(VisitDossier))]
[JsonSerializable(typeof(VisitorBadge))]
[JsonSerializable(typeof(VisitorBar))]
[JsonSerializable(typeof(ZoneRegistration))]
[JsonSerializable(typeof(DoorRegistration))]
[JsonSerializable(typeof(AlarmContact))]
[JsonSerializable(typeof(ContactList))]
public sealed partial class RecordJson : JsonSerializerContext
{
    /// <summary>The context to use everywhere: as generated, with Japanese written as it is.</summary>
    public static RecordJson Plain => PlainHolder.Context;

    /// <summary>The event as JSON bytes, members in declaration order (not yet canonical).</summary>
    public static byte[] ToUtf8(RecordedEvent item) => JsonSerializer.SerializeToUtf8Bytes(item, Plain.RecordedEvent);

    /// <summary>Reads an event back.</summary>
    /// <exception cref="JsonException">Not an event of the list, or a member is missing, unknown or doubled.</exception>
    public static RecordedEvent ParseEvent(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Plain.RecordedEvent) ?? throw new JsonException("An event is never null.");

    // A holder of its own, because the order of static initialisers across the generated part is not ours to know.
    private static class PlainHolder
    {
        internal static readonly RecordJson Context =
            new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>
/// Writes a whole number as a number and any other as text, e.g. <c>"1.2"</c>. The record's canonical form knows whole numbers only (evidence-log.md), since no
/// two programs need agree on how a fraction is written; the power has margins, volts and tenths of seconds.
/// </summary>
public sealed class FractionJson : JsonConverter<double>
{
    private const double LargestWhole = 9_007_199_254_740_991;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        return reader.TokenType is JsonTokenType.String
            && double.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : throw new JsonException("A number is a number, or a fraction as text.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!double.IsFinite(value))
        {
            throw new JsonException("Not a number is null, never written.");
        }

        if (Math.Abs(value) <= LargestWhole && Math.Floor(value) == value)
        {
            writer.WriteNumberValue((long)value);
        }
        else
        {
            writer.WriteStringValue(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>Writes an id as its bare string.</summary>
/// <typeparam name="TId">One of our id structs with a single string <c>Value</c>.</typeparam>
public sealed class IdJson<TId> : JsonConverter<TId>
    where TId : struct
{
    private static readonly Func<string, TId> Make = FromConstructor();

    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Make(reader.GetString() ?? throw new JsonException($"{typeToConvert.Name} is never null."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    private static Func<string, TId> FromConstructor()
    {
        var text = System.Linq.Expressions.Expression.Parameter(typeof(string));
        var constructor = typeof(TId).GetConstructor([typeof(string)]) ?? throw new InvalidOperationException($"{typeof(TId)} takes no string.");
        return System.Linq.Expressions.Expression.Lambda<Func<string, TId>>(System.Linq.Expressions.Expression.New(constructor, text), text).Compile();
    }
}
