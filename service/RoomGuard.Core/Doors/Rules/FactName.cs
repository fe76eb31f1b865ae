using System.Globalization;
using RoomGuard.Core.Grants;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>Keys of the values a rule shows in 「なぜ?」; their texts are in <see cref="RuleText"/>.</summary>
public static class FactName
{
    public const string Reader = "reader";
    public const string ReaderCover = "reader-cover";
    public const string ListVersion = "list-version";
    public const string ListIssued = "list-issued";
    public const string ListAge = "list-age";
    public const string ListAgeLimit = "list-age-limit";
    public const string StaleListRule = "stale-list-rule";
    public const string CardState = "card-state";
    public const string SuspensionSerial = "suspension";
    public const string ValidFrom = "valid-from";
    public const string ValidUntil = "valid-until";
    public const string Today = "today";
    public const string LocalTime = "local-time";
    public const string Category = "category";
    public const string Lockdown = "lockdown";
    public const string LockdownUntil = "lockdown-until";
    public const string Grant = "grant";
    public const string GrantCount = "grant-count";
    public const string Zone = "zone";
    public const string Zones = "zones";
    public const string Days = "days";
    public const string Weekday = "weekday";
    public const string Hours = "hours";
    public const string Methods = "methods";
    public const string AllowedMethods = "allowed-methods";
    public const string FactorsGiven = "factors-given";
    public const string FactorsNeeded = "factors-needed";
    public const string Pin = "pin";
    public const string Contract = "contract";
    public const string Applies = "applies";
    public const string Visit = "visit";
    public const string Badge = "badge";
    public const string VisitFrom = "visit-from";
    public const string VisitUntil = "visit-until";
    public const string VisitZones = "visit-zones";
    public const string Mode = "mode";
    public const string Override = "override";
    public const string Holiday = "holiday";
    public const string OuterZone = "outer-zone";
    public const string InOuterZone = "in-outer-zone";
    public const string InsideSince = "inside-since";
    public const string InsideFor = "inside-for";
    public const string Passback = "passback";
    public const string PassbackWithin = "passback-within";
    public const string ForgivenAt = "forgiven-at";
    public const string Purpose = "purpose";
    public const string Escorts = "escorts";
    public const string EscortsPresent = "escorts-present";
    public const string EscortWindow = "escort-window";
    public const string EscortsEligible = "escorts-eligible";
    public const string EscortsMay = "escorts-may";
    public const string VisitorsBeside = "visitors-beside";
    public const string VisitorLimit = "visitor-limit";
    public const string PeopleInside = "people-inside";
    public const string PeopleLimit = "people-limit";
    public const string OtherDoor = "other-door";
    public const string TwoPersons = "two-persons";
    public const string SecondPerson = "second-person";
    public const string Counting = "counting";
    public const string Pair = "pair";
    public const string Biometric = "biometric";

    /// <summary>What a rule shows that has nothing to ask here.</summary>
    internal static readonly System.Collections.Immutable.ImmutableArray<RuleFact> NotHere = [new(Applies, "no")];

    internal static RuleFact Of(string name, string value) => new(name, value);

    internal static RuleFact Of(string name, bool value) => new(name, value ? "yes" : "no");

    internal static RuleFact Of(string name, TimeOnly? time) => new(name, time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "-");

    internal static RuleFact Of(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    internal static RuleFact Of(string name, DateOnly? day) => new(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-");

    internal static RuleFact Of(string name, TimeSpan time) => new(name, time.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture));

    internal static RuleFact Of(string name, DateTimeOffset at) => new(name, at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    internal static RuleFact Of(string name, Hours hours) => new(
        name,
        hours.From == hours.Until
            ? "00:00-24:00"
            : string.Create(CultureInfo.InvariantCulture, $"{hours.From:HH\\:mm}-{hours.Until:HH\\:mm}"));

    internal static RuleFact TodayOf(EntryRequest request) => Of(Today, DateOnly.FromDateTime(request.Local));

    internal static RuleFact LocalTimeOf(EntryRequest request) => new(LocalTime, request.Local.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
}
