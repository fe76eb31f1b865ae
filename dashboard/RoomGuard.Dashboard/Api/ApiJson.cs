using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Api;

/// <summary>How the API is read and written: as the record is; unknown, doubled and missing members are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    MaxDepth = 16,
    Converters =
    [
        typeof(IdJson<PersonId>), typeof(IdJson<CredentialId>), typeof(IdJson<GrantId>), typeof(IdJson<ZoneId>), typeof(IdJson<DoorId>), typeof(IdJson<CaseId>),
    ])]
[JsonSerializable(typeof(ApiCaller))]
[JsonSerializable(typeof(ApiSite))]
[JsonSerializable(typeof(ApiRoom))]
[JsonSerializable(typeof(ApiReaders))]
[JsonSerializable(typeof(ApiPresence))]
[JsonSerializable(typeof(ApiEntries))]
[JsonSerializable(typeof(ApiRecord))]
[JsonSerializable(typeof(ApiPeople))]
[JsonSerializable(typeof(ApiPerson))]
[JsonSerializable(typeof(ApiCards))]
[JsonSerializable(typeof(ApiGrants))]
[JsonSerializable(typeof(ApiCases))]
[JsonSerializable(typeof(ApiCaseFile))]
[JsonSerializable(typeof(ApiRoles))]
[JsonSerializable(typeof(ApiLockdowns))]
[JsonSerializable(typeof(ApiDone))]
[JsonSerializable(typeof(ApiPersonForm))]
[JsonSerializable(typeof(ApiNewPerson))]
[JsonSerializable(typeof(ApiReason))]
[JsonSerializable(typeof(ApiNewCard))]
[JsonSerializable(typeof(ApiApplication))]
[JsonSerializable(typeof(ApiAgain))]
[JsonSerializable(typeof(ApiWithdrawal))]
[JsonSerializable(typeof(ApiDecision))]
[JsonSerializable(typeof(ApiNote))]
[JsonSerializable(typeof(ApiNewLockdown))]
[JsonSerializable(typeof(ApiProblem))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The context to use everywhere: as generated, with Japanese written as it is. Never shown inside HTML.</summary>
    public static ApiJson Plain => PlainHolder.Context;

    // A holder of its own, because the order of static initialisers across the generated part is not ours to know.
    private static class PlainHolder
    {
        internal static readonly ApiJson Context = new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
