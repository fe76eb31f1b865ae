using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>消火薬剤: what a fire-fighting installation or an extinguisher puts out with.</summary>
public enum AgentKind
{
    /// <summary>ハロゲン化物・窒素など.</summary>
    Gas,

    /// <summary>二酸化炭素: harms no equipment, and people.</summary>
    CarbonDioxide,

    /// <summary>水・水噴霧.</summary>
    Water,

    /// <summary>泡・強化液.</summary>
    Foam,

    /// <summary>粉末.</summary>
    Powder,
}

/// <summary>消火設備 or 消火器 of a zone (R-ENV-07).</summary>
/// <param name="No">Its number as on its label, e.g. <c>FE-03</c>.</param>
/// <param name="Statement">Which document states that the agent does not harm equipment and media; empty: none is known.</param>
/// <param name="InspectedOn">Last inspection (点検); null: not known.</param>
public sealed record FireEquipment(string No, ZoneId Zone, string Label, AgentKind Agent, string Statement, DateOnly? InspectedOn);

/// <summary>消火設備の登録・変更 (R-ENV-07), or that it is no longer there; the whole as it now stands.</summary>
public sealed record FireEquipmentRecorded(DateTimeOffset OccurredAt, FireEquipment Equipment, bool Retired, string By) : RecordedEvent(OccurredAt);

/// <summary>What is wrong with the fire-fighting equipment of a zone: findings of R-ENV-07.</summary>
public enum FireFinding
{
    /// <summary>Nothing is registered for the zone.</summary>
    NoneInZone,

    /// <summary>No document states that the agent is harmless.</summary>
    NoStatement,

    /// <summary>The agent harms equipment or media (水, 泡, 粉末), and no document says otherwise.</summary>
    HarmfulAgent,

    /// <summary>Nobody knows when it was inspected.</summary>
    NeverInspected,

    /// <summary>The next inspection is overdue.</summary>
    InspectionOverdue,
}

/// <summary>The findings, from what is registered and today's date. Pure.</summary>
public static class FireEquipmentRules
{
    /// <summary>機器点検 twice a year†.</summary>
    public const int InspectionMonths = 6;

    /// <summary>When the next inspection is due; null: nobody knows when the last was.</summary>
    public static DateOnly? DueOn(FireEquipment equipment)
    {
        ArgumentNullException.ThrowIfNull(equipment);
        return equipment.InspectedOn?.AddMonths(InspectionMonths);
    }

    /// <summary>What is wrong with one.</summary>
    public static ImmutableArray<FireFinding> Of(FireEquipment equipment, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(equipment);
        var found = ImmutableArray.CreateBuilder<FireFinding>();
        if (equipment.Statement.Length == 0)
        {
            found.Add(equipment.Agent is AgentKind.Gas or AgentKind.CarbonDioxide ? FireFinding.NoStatement : FireFinding.HarmfulAgent);
        }

        switch (DueOn(equipment))
        {
            case null:
                found.Add(FireFinding.NeverInspected);
                break;
            case { } due when due < today:
                found.Add(FireFinding.InspectionOverdue);
                break;
        }

        return found.ToImmutable();
    }
}
