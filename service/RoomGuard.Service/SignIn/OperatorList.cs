using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Service.SignIn;

/// <summary>An account of the list.</summary>
public sealed record ListedAccount(string Id, string Person, string SignInName, bool Privileged);

/// <summary>A role of the list.</summary>
public sealed record ListedRole(string Id, string Person, Role Role, string Section, ImmutableArray<string> Zones, DateOnly From, DateOnly? Until, string? DeputyFor)
{
    /// <summary>The holding it stands for.</summary>
    public RoleHolding Holding => new(
        Id, new(Person), Role, Section, [.. Zones.Select(zone => new ZoneId(zone))], From, Until, DeputyFor is { } other ? new PersonId(other) : null);
}

/// <summary>Accounts and roles of an invented site, in one file (<c>roomguard operators-import</c>). A real site gets them by applications.</summary>
public sealed record OperatorList(ImmutableArray<ListedAccount> Accounts, ImmutableArray<ListedRole> Roles)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">An unknown, doubled or missing member, or a value of the wrong kind.</exception>
    public static OperatorList Read(Stream json) =>
        JsonSerializer.Deserialize(json, OperatorListJson.Default.OperatorList) ?? throw new JsonException("The file holds null.");

    /// <summary>What is impossible about it, a sentence each; empty: all is well.</summary>
    /// <param name="knows">Whether a person is registered.</param>
    /// <param name="zones">Zones of the site.</param>
    public IEnumerable<string> Problems(Func<PersonId, bool> knows, IReadOnlySet<string> zones)
    {
        ArgumentNullException.ThrowIfNull(knows);
        ArgumentNullException.ThrowIfNull(zones);
        foreach (var twice in Accounts.GroupBy(item => item.Id).Concat(Accounts.GroupBy(item => item.SignInName.ToUpperInvariant())).Where(group => group.Count() > 1).Select(group => group.Key)
            .Concat(Roles.GroupBy(item => item.Id).Where(group => group.Count() > 1).Select(group => group.Key)))
        {
            yield return $"{twice} stands twice.";
        }

        foreach (var account in Accounts)
        {
            if (!SignInNames.IsOne(account.SignInName))
            {
                yield return $"{account.Id}: \"{account.SignInName}\" is no sign-in name. Use 3 to 40 letters, digits, dots and hyphens.";
            }

            if (!knows(new(account.Person)))
            {
                yield return $"{account.Id}: person {account.Person} is not registered. Import people first.";
            }
        }

        foreach (var role in Roles)
        {
            if (role.Role is Role.Staff or Role.Contractor or Role.Visitor)
            {
                yield return $"{role.Id}: {role.Role} follows from the person's category and is never given.";
            }

            if (!knows(new(role.Person)) || (role.DeputyFor is { } other && !knows(new(other))))
            {
                yield return $"{role.Id}: person {role.Person} or {role.DeputyFor} is not registered. Import people first.";
            }

            if (role.Zones.FirstOrDefault(zone => !zones.Contains(zone)) is { } unknown)
            {
                yield return $"{role.Id}: {unknown} is no zone of this site.";
            }

            if (role.Until <= role.From || (role.DeputyFor is not null && role.Until is null))
            {
                yield return $"{role.Id}: its end must come after its beginning, and a deputy always has one (R-SIGN-10).";
            }
        }
    }

    /// <summary>What has to be recorded for it: only what is not so already.</summary>
    public IEnumerable<RecordedEvent> Facts(Func<AccountId, OperatorAccount?> account, Func<string, RoleHolding?> holding, DateTimeOffset now, string reason)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(holding);
        foreach (var item in Accounts)
        {
            var wanted = new OperatorAccount(new(item.Id), new(item.Person), item.SignInName, item.Privileged, AccountState.Active, null);
            if (account(wanted.Id) is var present && present != wanted)
            {
                yield return new AccountRecorded(now, wanted, present is null ? "made" : "changed", reason, Actor.Console.Id);
            }
        }

        foreach (var item in Roles)
        {
            if (holding(item.Id) is not { } held || !Same(held, item.Holding))
            {
                yield return new RoleHeld(now, item.Holding, reason, Actor.Console.Id);
            }
        }
    }

    private static bool Same(RoleHolding one, RoleHolding other) => one with { Zones = [] } == other with { Zones = [] } && one.Zones.SequenceEqual(other.Zones);
}

/// <summary>How lists of operators are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(OperatorList))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class OperatorListJson : JsonSerializerContext;
