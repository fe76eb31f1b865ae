using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>
/// R-DOOR-06: whoever is believed inside does not enter again, where the zone says so: hard refuses, soft lets in with an alarm. It may count only for a
/// time after the earlier entry, and be forgiven at night.
/// </summary>
public sealed class AntiPassbackRule : IEntryRule
{
    /// <inheritdoc/>
    public string Name => "AntiPassbackRule";

    /// <inheritdoc/>
    public string Requirement => "R-DOOR-06";

    /// <inheritdoc/>
    public DenyReason? Check(EntryRequest request) => request.Rules.Passback is { Mode: PassbackMode.Hard } && Stands(request) ? DenyReason.AlreadyInside : null;

    /// <inheritdoc/>
    public ImmutableArray<RuleFact> Facts(EntryRequest request) => request.Rules.Passback is not { } rule
        ? FactName.NotHere
        :
        [
            FactName.Of(FactName.Passback, rule.Mode.ToString()),
            request.Earlier is { } earlier ? FactName.Of(FactName.InsideSince, earlier.Since) : FactName.Of(FactName.InsideSince, "-"),
            request.Earlier is { } entry ? FactName.Of(FactName.InsideFor, entry.Ago) : FactName.Of(FactName.InsideFor, "-"),
            rule.Within is { } within ? FactName.Of(FactName.PassbackWithin, within) : FactName.Of(FactName.PassbackWithin, "-"),
            FactName.Of(FactName.ForgivenAt, rule.ForgivenAt),
        ];

    /// <summary>Whether this is 続けての入室, refused or not.</summary>
    internal static bool Stands(EntryRequest request) =>
        request is { Rules.Passback: { } rule, Earlier: { } earlier } && !Forgives(rule, earlier, request.Local, request.List is { } list ? list.TimeZone : TimeZoneInfo.Utc);

    /// <summary>Whether an earlier entry no longer counts.</summary>
    /// <param name="local">Now, at the site.</param>
    internal static bool Forgives(PassbackRule rule, EarlierEntry earlier, DateTime local, TimeZoneInfo zone)
    {
        if (rule.Within is { } within && earlier.Ago >= within)
        {
            return true;
        }

        if (rule.ForgivenAt is not { } at)
        {
            return false;
        }

        var today = DateOnly.FromDateTime(local).ToDateTime(at);
        var last = today <= local ? today : today.AddDays(-1);
        return TimeZoneInfo.ConvertTime(earlier.Since, zone).DateTime < last;
    }
}
