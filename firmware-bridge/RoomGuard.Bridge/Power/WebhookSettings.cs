using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>What else the power needs of the outside.</summary>
/// <param name="Webhooks">Receivers a stage of a shutdown plan may name (R-NET-05: the bridge calls no other); null: none, and nothing is ever posted.</param>
public sealed record PowerSection(ImmutableArray<WebhookSettings>? Webhooks = null)
{
    private const int MostWebhooks = 50;

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        ImmutableArray<WebhookSettings> all = Webhooks ?? [];
        if (all.Length > MostWebhooks)
        {
            yield return $"{place}.webhooks: {all.Length} are more than {MostWebhooks}.";
        }

        foreach (var problem in all.Index().SelectMany(item => item.Item.Problems($"{place}.webhooks[{item.Index}]")))
        {
            yield return problem;
        }

        foreach (var twice in all.GroupBy(webhook => webhook.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"{place}.webhooks: name \"{twice.Key}\" stands twice. Names are unique.";
        }
    }
}

/// <summary>A receiver that is told when a stage stops and when it may come back. Its key is no setting (R-CFG-11).</summary>
/// <param name="Name">What a stage of a plan names, e.g. <c>vm-cluster</c>.</param>
/// <param name="Url">Its address, https.</param>
/// <param name="KeyFile">The file that holds the key both sides sign and check with; its bytes but one line break at the end, at least 32.</param>
/// <param name="Timeout">How long one try may take, 1 s to 1 min; null: 10 s.</param>
/// <param name="AuthorityFile">A PEM file of the only authorities that may have issued its certificate; null: those this machine trusts.</param>
/// <param name="ClearTextReason">Why http is allowed to another machine; needed with http, but not on loopback.</param>
public sealed record WebhookSettings(
    string Name, string Url, string KeyFile, TimeSpan? Timeout = null, string? AuthorityFile = null, string? ClearTextReason = null)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How long one try may take.</summary>
    [JsonIgnore]
    public TimeSpan AnswerTime => Timeout ?? TimeSpan.FromSeconds(10);

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (!PowerPlan.IsWebhookName(Name))
        {
            yield return $"{place}.name: \"{Name}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. vm-cluster.";
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            yield return $"{place}.url: \"{Url}\" is not an address. Write https://host/path.";
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            // Not repeated in the message: it may hold a password.
            yield return $"{place}.url: an address holds no user, no password and no fragment. The receiver knows us by the signature.";
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && string.IsNullOrWhiteSpace(ClearTextReason))
        {
            yield return $"{place}.clearTextReason: http to {url.Host} needs a written reason. Write it, or use https.";
        }

        if (string.IsNullOrWhiteSpace(KeyFile))
        {
            yield return $"{place}.keyFile: is empty. Name the file that holds the key, e.g. /etc/roomguard/vm-cluster.key.";
        }

        if (AnswerTime < Shortest || AnswerTime > Longest)
        {
            yield return $"{place}.timeout: {AnswerTime} is outside 00:00:01 to 00:01:00.";
        }

        if (AuthorityFile is not null && (string.IsNullOrWhiteSpace(AuthorityFile) || url is { Scheme: "http" }))
        {
            yield return $"{place}.authorityFile: names a PEM file for an https address. Leave it out otherwise.";
        }
    }
}
