using System.Collections.Immutable;

namespace RoomGuard.Core.Zones;

/// <summary>Names one 管理区域, e.g. <c>SRV-1</c>.</summary>
public readonly record struct ZoneId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Names one door, e.g. <c>SRV-1-D1</c>.</summary>
public readonly record struct DoorId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Names one device as the site knows it, e.g. <c>reader-srv-in</c>.</summary>
public readonly record struct DeviceId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>認証方法 (R-DOOR-03).</summary>
public enum EntryMethod
{
    /// <summary>ICカード.</summary>
    Card,

    /// <summary>生体認証.</summary>
    Biometric,

    /// <summary>暗証番号, always after a card.</summary>
    Pin,

    /// <summary>入退室管理簿の記載 (hand-written).</summary>
    Register,
}

/// <summary>What a zone does when its grant list is older than the limit (R-RED-01).</summary>
public enum StaleListRule
{
    /// <summary>Nobody enters until a new list arrives.</summary>
    DenyAll,

    /// <summary>Only 職員 of the last list enter.</summary>
    StaffOnly,
}

/// <summary>How a door's strike behaves without power.</summary>
public enum PowerLossState
{
    /// <summary>Opens without power.</summary>
    FailSafe,

    /// <summary>Stays locked without power; the way out is mechanical.</summary>
    FailSecure,
}

/// <summary>A door's registered state on the fire signal (R-DOOR-15).</summary>
public enum FireState
{
    /// <summary>施錠維持 with free exit.</summary>
    StaysLocked,

    /// <summary>開放.</summary>
    Released,
}

/// <summary>The entry rules of one 管理区域, as the doors need them.</summary>
/// <param name="Label">The zone's name for people, Japanese, e.g. サーバ室.</param>
/// <param name="LabelEn">The same in English.</param>
/// <param name="RequiredFactors">1 or 2 (R-DOOR-03).</param>
/// <param name="Methods">Methods that count here (R-DOOR-03).</param>
/// <param name="StaleList">What happens when the grant list is older than <see cref="Grants.GrantList.AgeLimit"/>.</param>
/// <param name="Rules">What else has to hold; null: <see cref="EntryRules.Common"/>.</param>
/// <param name="Parent">The zone one has to be in already (R-ZONE-09); null: it is entered from outside.</param>
public sealed record Zone(
    ZoneId Id,
    string Label,
    string LabelEn,
    int RequiredFactors,
    ImmutableArray<EntryMethod> Methods,
    StaleListRule StaleList,
    EntryRules? Rules = null,
    ZoneId? Parent = null)
{
    /// <summary>The rules that apply: the common ones where the list names none.</summary>
    public EntryRules RulesInForce => Rules ?? EntryRules.Common;
}

/// <summary>A door of a zone, with its times.</summary>
/// <param name="Zone">The zone it opens into.</param>
/// <param name="Unlock">How long the strike stays released after a grant.</param>
/// <param name="HeldOpen">How long an allowed opening may last before 開放超過 (R-DOOR-08).</param>
/// <param name="HeldOpenAlarm">When the local sounder becomes an alarm (R-DOOR-08), counted from the opening.</param>
/// <param name="PowerLoss">State without power, agreed with the fire authority.</param>
public sealed record Door(
    DoorId Id,
    ZoneId Zone,
    string Label,
    string LabelEn,
    TimeSpan Unlock,
    TimeSpan HeldOpen,
    TimeSpan HeldOpenAlarm,
    PowerLossState PowerLoss)
{
    /// <summary>What it does on the fire signal (R-DOOR-15). The way out is free either way.</summary>
    public FireState OnFire { get; init; } = FireState.StaysLocked;

    /// <summary>Doors that must be closed before this one is released (インターロック).</summary>
    public ImmutableArray<DoorId> Interlock { get; init; } = [];
}
