using System.Collections.Immutable;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Power;

/// <summary>What a proposal changes, field by field in the words of the form (R-CFG-01: before and after).</summary>
internal static class PlanDifference
{
    private static readonly ImmutableArray<(string Field, Word Label)> Fields =
    [
        ("zone", PresenceText.ZoneField), ("label", PowerPageText.PlanLabel), ("labelEn", PowerPageText.PlanLabelEn), ("units", PowerPageText.UnitsField), ("unitsNeeded", PowerPageText.UnitsNeeded),
        ("stages", PowerPageText.StagesField), ("webhooks", PowerPageText.WebhooksField), ("backed", PowerPageText.BackedField), ("margin", PowerPageText.MarginField),
        ("withoutRuntimeSeconds", PowerPageText.WithoutRuntime), ("restartChargePercent", PowerPageText.RestartCharge), ("restartAfterSeconds", PowerPageText.RestartAfter),
    ];

    /// <summary>What it was made from, or that the plan shall go.</summary>
    public static string Made(PlanChangeLine line, Ink ink) => line switch
    {
        { Withdrawn: true } => ink[PowerPageText.TakenBack],
        { From: 0 } => ink[PowerPageText.NewPlan],
        _ => ink.Fill(PowerPageText.MadeFrom, line.From),
    };

    /// <summary>Each field that differs, held against the plan that stands; of a plan that shall go: nothing.</summary>
    public static ImmutableArray<(string Field, string Before, string After)> Of(PlanChangeLine line, Ink ink)
    {
        if (line.Withdrawn || line.State is not PlanChangeState.Asked)
        {
            return [];
        }

        var before = line.InForce is null ? PlanForm.Nothing : PlanForm.Of(line.InForce);
        var after = PlanForm.Of(line.Plan);
        return
        [
            .. from one in Fields
               where before[one.Field] != after[one.Field]
               select (ink[one.Label], Shown(before[one.Field], ink), Shown(after[one.Field], ink)),
        ];
    }

    private static string Shown(string value, Ink ink) => value.Length == 0 ? ink[PowerPageText.Nothing] : value.Replace("\n", " / ", StringComparison.Ordinal);
}
