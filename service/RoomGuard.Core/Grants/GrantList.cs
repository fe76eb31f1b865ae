using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Grants;

/// <summary>入室許可番号, e.g. <c>G-2026-0031</c>.</summary>
public readonly record struct GrantId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Days of the week on which a grant counts.</summary>
[Flags]
public enum WeekDays
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>月.</summary>
    Monday = 1,

    /// <summary>火.</summary>
    Tuesday = 2,

    /// <summary>水.</summary>
    Wednesday = 4,

    /// <summary>木.</summary>
    Thursday = 8,

    /// <summary>金.</summary>
    Friday = 16,

    /// <summary>土.</summary>
    Saturday = 32,

    /// <summary>日.</summary>
    Sunday = 64,

    /// <summary>平日.</summary>
    Weekdays = 31,

    /// <summary>毎日.</summary>
    All = 127,
}

/// <summary>Hours of a local day. <paramref name="From"/> is included, <paramref name="Until"/> is not.</summary>
/// <param name="From">First minute that counts.</param>
/// <param name="Until">First minute that no longer counts; equal to <paramref name="From"/>: the whole day. Before it: through midnight.</param>
public readonly record struct Hours(TimeOnly From, TimeOnly Until)
{
    /// <summary>終日.</summary>
    public static Hours AllDay => default;

    /// <summary>Whether a local time of day lies inside.</summary>
    public bool Covers(TimeOnly time) => From == Until || time.IsBetween(From, Until);

    /// <summary>The local day whose hours these are: after midnight, hours that run through it belong to the day before.</summary>
    public DateOnly DayOf(DateTime local)
    {
        var day = DateOnly.FromDateTime(local);
        return Until < From && TimeOnly.FromDateTime(local) < Until ? day.AddDays(-1) : day;
    }

    /// <summary>When hours that cover this local time end; for whole days: the next midnight.</summary>
    public DateTime EndAfter(DateTime local)
    {
        var end = DateOnly.FromDateTime(local).ToDateTime(From == Until ? default : Until);
        return end > local ? end : end.AddDays(1);
    }
}

/// <summary>Days of the week against the calendar's.</summary>
public static class WeekDaysOf
{
    // WeekDays begins with Monday, DayOfWeek with Sunday.
    extension(WeekDays days)
    {
        /// <summary>Whether this day is one of them.</summary>
        public bool Includes(DayOfWeek day) => days.HasFlag((WeekDays)(1 << (((int)day + 6) % 7)));
    }
}

/// <summary>入室許可 (R-DOOR-01): who may enter which zones, on which days and hours, between which dates.</summary>
/// <param name="ValidFrom">First local day, included.</param>
/// <param name="ValidUntil">First local day that is no longer covered.</param>
/// <param name="NotOnHolidays">True: not on 休日 of the list's calendar; null: holidays count as the days they fall on.</param>
/// <param name="Partners">With whom this person may enter where a named pair is asked; null: nobody named.</param>
public sealed record EntryGrant(
    GrantId Id,
    PersonId Person,
    ImmutableArray<ZoneId> Zones,
    WeekDays Days,
    Hours Hours,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    bool Suspended,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? NotOnHolidays = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<PersonId>? Partners = null);

/// <summary>区域封鎖 (R-DOOR-14): entry stops for all but the named people; exits stay free.</summary>
/// <param name="OrderedBy">Who ordered it.</param>
/// <param name="Basis">指示の根拠.</param>
/// <param name="Until">Null while open-ended.</param>
public sealed record Lockdown(
    string Id,
    ImmutableArray<ZoneId> Zones,
    ImmutableArray<PersonId> Except,
    string OrderedBy,
    string Basis,
    DateTimeOffset From,
    DateTimeOffset? Until);

/// <summary>
/// All a room's doors need to decide for themselves (R-RED-01): one signed, versioned whole, so that there is never a question of
/// which changes have arrived.
/// </summary>
/// <param name="Version">Rises by at least one with each list; a bridge never goes back.</param>
/// <param name="AgeLimit">After this age the zone's <see cref="StaleListRule"/> decides (72 h†).</param>
/// <param name="TimeZone">IANA name by which days and hours count, e.g. <c>Asia/Tokyo</c>.</param>
/// <param name="Contracts">Where and when contractors' workers may enter at all (R-CON-02); null: an older service that does not say.</param>
/// <param name="DuressPins">Second PINs that open as usual and call for help.</param>
/// <param name="Holidays">休日 of the site's calendar; null: an older service that keeps none.</param>
public sealed record GrantList(
    long Version,
    DateTimeOffset IssuedAt,
    string Site,
    string TimeZone,
    TimeSpan AgeLimit,
    ImmutableArray<Zone> Zones,
    ImmutableArray<Person> People,
    ImmutableArray<Credential> Credentials,
    ImmutableArray<EntryGrant> Grants,
    ImmutableArray<Lockdown> Lockdowns,
    ImmutableArray<ContractLimit>? Contracts = null,
    ImmutableArray<DuressPin>? DuressPins = null,
    ImmutableArray<DateOnly>? Holidays = null);

/// <summary>A card's second PIN, typed under threat.</summary>
public sealed record DuressPin(CredentialId Credential, PinVerifier Verifier);

/// <summary>A suspension on the express lane (R-RED-03, R-ID-10): in force before any new list.</summary>
/// <param name="Serial">Rises with each suspension of the site.</param>
/// <param name="Person">Set: everything this person holds is refused.</param>
/// <param name="Credential">Set: this card alone is refused.</param>
/// <param name="State">What the credential becomes; Suspended or Lost.</param>
/// <param name="Lifted">True takes an earlier suspension of the same person or card back. Never for Lost.</param>
public sealed record Suspension(
    long Serial,
    DateTimeOffset At,
    PersonId? Person,
    CredentialId? Credential,
    CredentialState State,
    bool Lifted);
