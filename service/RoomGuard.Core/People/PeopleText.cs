using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>What concerns people and cards, as people read it.</summary>
public static class PeopleText
{
    /// <summary>What was done with a card, by <see cref="CredentialRecorded.Cause"/>.</summary>
    public static FrozenDictionary<string, Words> CardCauses { get; } = new Dictionary<string, Words>
    {
        ["issued"] = new("発行", "issued"),
        ["lost"] = new("紛失届", "reported lost"),
        ["suspended"] = new("利用停止", "suspended"),
        ["resumed"] = new("停止解除", "resumed"),
        ["returned"] = new("返却", "returned"),
        ["pin-set"] = new("暗証番号の登録", "PIN set"),
    }.ToFrozenDictionary();

    /// <summary>区分.</summary>
    public static Words Of(PersonCategory category) => category switch
    {
        PersonCategory.Staff => new("職員", "staff"),
        PersonCategory.FixedTermStaff => new("会計年度任用職員", "fixed-term staff"),
        PersonCategory.TemporaryStaff => new("臨時・非常勤職員", "temporary or part-time staff"),
        PersonCategory.SpecialServiceStaff => new("特別職", "special-service staff"),
        PersonCategory.AssemblyMember => new("議員", "assembly member"),
        PersonCategory.Contractor => new("業務委託事業者", "contractor"),
        PersonCategory.Visitor => new("訪問者", "visitor"),
        _ => throw new UnreachableException($"No text for {category}."),
    };

    /// <summary>A card's state.</summary>
    public static Words Of(CredentialState state) => state switch
    {
        CredentialState.Active => new("利用中", "in use", "○"),
        CredentialState.Suspended => new("利用停止", "suspended", "△"),
        CredentialState.Lost => new("紛失", "lost", "×"),
        CredentialState.Returned => new("返却済", "returned", "―"),
        _ => throw new UnreachableException($"No text for {state}."),
    };
}
