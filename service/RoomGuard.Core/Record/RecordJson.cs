using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
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
        typeof(IdJson<VisitId>), typeof(IdJson<AssetTag>), typeof(IdJson<MoveId>), typeof(IdJson<StocktakeId>), typeof(IdJson<DisposalId>), typeof(IdJson<CarryPermitId>), typeof(IdJson<MediaTransferId>), typeof(IdJson<WorkId>), typeof(IdJson<RoomGuard.Core.Cabinets.CabinetId>), typeof(FractionJson),
    ])]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(Contract))]
[JsonSerializable(typeof(Entrusted))]
[JsonSerializable(typeof(EntrustedEnd))]
[JsonSerializable(typeof(ContractCheck))]
[JsonSerializable(typeof(PersonnelDifference))]
[JsonSerializable(typeof(PanelReport))]
[JsonSerializable(typeof(ReportReceipt))]
[JsonSerializable(typeof(OrderNews))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(PanelState))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(PowerSnapshot))]
[JsonSerializable(typeof(ClimateSnapshot))]
[JsonSerializable(typeof(CaseDossier))]
[JsonSerializable(typeof(RoomOrder))]
[JsonSerializable(typeof(Climate.LimitSet))]
[JsonSerializable(typeof(HandLine))]
[JsonSerializable(typeof(CarryDossier))]
[JsonSerializable(typeof(ListedThing))]
[JsonSerializable(typeof(WorkDossier))]
[JsonSerializable(typeof(BelongingsDeclared))]
[JsonSerializable(typeof(VisitDossier))]
[JsonSerializable(typeof(VisitorBadge))]
[JsonSerializable(typeof(VisitorBar))]
[JsonSerializable(typeof(ZoneRegistration))]
[JsonSerializable(typeof(DoorRegistration))]
[JsonSerializable(typeof(AlarmContact))]
[JsonSerializable(typeof(ContactList))]
[JsonSerializable(typeof(Asset))]
[JsonSerializable(typeof(MoveDossier))]
[JsonSerializable(typeof(DisposalDossier))]
[JsonSerializable(typeof(OffsiteStay))]
[JsonSerializable(typeof(MediaTransfer))]
[JsonSerializable(typeof(StocktakeDossier))]
public sealed partial class RecordJson : JsonSerializerContext
{
    private const string Kind = "event";

    /// <summary>The context to use everywhere: as generated, with Japanese written as it is.</summary>
    public static RecordJson Plain => PlainHolder.Context;

    /// <summary>The event as JSON bytes, its kind first, then its members in declaration order (not yet canonical).</summary>
    public static byte[] ToUtf8(RecordedEvent item)
    {
        ArgumentNullException.ThrowIfNull(item);

        // By the type at hand and never through the closed list: that would make the serialiser ready for every kind there is, which costs a starting
        // program more than a second and memory it keeps.
        var members = JsonSerializer.SerializeToUtf8Bytes(item, OwnType(item.GetType()));
        return members is [(byte)'{', (byte)'}']
            ? Encoding.UTF8.GetBytes($$"""{"{{Kind}}":"{{RecordKinds.Of(item)}}"}""")
            : [.. Encoding.UTF8.GetBytes($$"""{"{{Kind}}":"{{RecordKinds.Of(item)}}","""), .. members.AsSpan(1)];
    }

    /// <summary>Reads an event back.</summary>
    /// <exception cref="JsonException">Not an event of the list, or a member is missing, unknown or doubled.</exception>
    public static RecordedEvent ParseEvent(ReadOnlySpan<byte> utf8)
    {
        var (kind, members) = Split(utf8);
        var type = RecordKinds.TypeOf(kind) ?? throw new JsonException($"\"{kind}\" is no kind of event.");
        return (RecordedEvent?)JsonSerializer.Deserialize(members, OwnType(type)) ?? throw new JsonException("An event is never null.");
    }

    private static JsonTypeInfo OwnType(Type type) => Plain.GetTypeInfo(type) ?? throw new JsonException($"{type.Name} is no kind of event.");

    // The kind, and the same text with spaces where the kind stood, so that places in complaints stay true.
    private static (string Kind, byte[] Members) Split(ReadOnlySpan<byte> utf8)
    {
        var members = utf8.ToArray();
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("An event is an object.");
        }

        string? kind = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (from, isKind) = ((int)reader.TokenStartIndex, reader.ValueTextEquals(Kind));
            _ = reader.Read();
            if (!isKind)
            {
                reader.Skip();
                continue;
            }

            kind = kind is null && reader.TokenType is JsonTokenType.String ? reader.GetString() : throw new JsonException("An event says once, and as text, of which kind it is.");
            Blank(members, from, (int)reader.BytesConsumed);
        }

        return (kind ?? throw new JsonException("An event says of which kind it is."), members);
    }

    // A member goes with one of the commas beside it.
    private static void Blank(Span<byte> text, int from, int until)
    {
        const string blanks = " \t\r\n";
        var (before, after) = (from - 1, until);
        while (after < text.Length && blanks.Contains((char)text[after]))
        {
            after++;
        }

        while (blanks.Contains((char)text[before]))
        {
            before--;
        }

        text[from..until].Fill((byte)' ');
        if (after < text.Length && text[after] is (byte)',')
        {
            text[after] = (byte)' ';
        }
        else if (text[before] is (byte)',')
        {
            text[before] = (byte)' ';
        }
    }

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
