using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Service.Contractors;

/// <summary>Contracts and met preconditions of an invented site, in one file (<c>roomguard contracts-import</c>).</summary>
public sealed record ContractList(ImmutableArray<Contract> Contracts, ImmutableArray<Precondition> Preconditions)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">An unknown, doubled or missing member, or a value of the wrong kind.</exception>
    public static ContractList Read(Stream json) =>
        JsonSerializer.Deserialize(json, ContractListJson.Default.ContractList) ?? throw new JsonException("The file holds null.");

    /// <summary>What is impossible about it, a sentence each; empty: all is well.</summary>
    /// <param name="knows">Whether a person is registered.</param>
    /// <param name="zones">Zones of the site.</param>
    public IEnumerable<string> Problems(Func<PersonId, bool> knows, IReadOnlySet<string> zones)
    {
        ArgumentNullException.ThrowIfNull(knows);
        ArgumentNullException.ThrowIfNull(zones);
        foreach (var contract in Contracts)
        {
            if (contract.Places.FirstOrDefault(place => !zones.Contains(place.Value)) is { Value: { } unknown })
            {
                yield return $"{contract.Id}: {unknown} is no zone of this site.";
            }

            if (contract.Workers.FirstOrDefault(worker => !knows(worker.Person) || contract.FirmOf(worker) is null) is { } stranger)
            {
                yield return $"{contract.Id}: {stranger.Person} is not registered, or {stranger.Firm} is no firm of this contract.";
            }

            if (contract.Until <= contract.From || contract.Firms.IsDefaultOrEmpty)
            {
                yield return $"{contract.Id}: a contract has a firm, and its term ends after it begins.";
            }
        }

        foreach (var met in Preconditions.Where(met => !knows(met.Person)))
        {
            yield return $"{met.Person} is not registered. Import people first.";
        }
    }

    /// <summary>What has to be recorded for it.</summary>
    public IEnumerable<RecordedEvent> Facts(DateTimeOffset now, string by) =>
        [.. Contracts.Select(contract => new ContractRecorded(now, contract, by)), .. Preconditions.Select(met => new PreconditionMet(now, met, by))];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(IdJson<PersonId>), typeof(IdJson<ContractId>), typeof(IdJson<ZoneId>)])]
[JsonSerializable(typeof(ContractList))]
internal sealed partial class ContractListJson : JsonSerializerContext;
