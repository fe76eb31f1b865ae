using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>A plan as one plain form: a line for each host, a line for each device that must last. Read and written without scripts.</summary>
internal static class PlanForm
{
    private const int LongestList = 20_000;
    private static readonly char[] Separators = [';', '；'];

    /// <summary>Fields of the form, all of which a confirm step carries.</summary>
    public static readonly ImmutableArray<string> Fields =
        ["id", "from", "zone", "label", "labelEn", "units", "unitsNeeded", "margin", "withoutRuntimeSeconds", "restartChargePercent", "restartAfterSeconds", "stages", "webhooks", "backed"];

    /// <summary>What stands in the form for a plan in force.</summary>
    public static FormState Of(PowerPlan plan) => FormState.Of(
        ("id", plan.Id),
        ("from", Number(plan.Version)),
        ("zone", plan.Zone.Value),
        ("label", plan.Label),
        ("labelEn", plan.LabelEn),
        ("units", string.Join(' ', plan.Units)),
        ("unitsNeeded", Number(plan.UnitsNeeded)),
        ("margin", plan.Margin.ToString(CultureInfo.InvariantCulture)),
        ("withoutRuntimeSeconds", Number(plan.WithoutRuntimeSeconds)),
        ("restartChargePercent", Number(plan.RestartChargePercent)),
        ("restartAfterSeconds", Number(plan.RestartAfterSeconds)),
        ("stages", string.Join('\n', from stage in plan.Stages from host in stage.Hosts select $"{stage.Name};{Both(stage.Label, stage.LabelEn)};{host.User};{Both(host.Label, host.LabelEn)};{host.RequiredSeconds}")),
        ("webhooks", string.Join('\n', plan.Stages.Where(stage => stage.Webhook is not null).Select(stage => $"{stage.Name};{stage.Webhook}"))),
        ("backed", string.Join('\n', (plan.Backed ?? []).Select(device => $"{device.Device};{Both(device.Label, device.LabelEn)};{device.BackedBy};{device.MustLastSeconds}"))));

    /// <summary>A form for a new plan, with the usual values.</summary>
    public static FormState New { get; } = FormState.Of(
        ("from", "0"), ("unitsNeeded", "1"), ("margin", "1.2"), ("withoutRuntimeSeconds", "60"), ("restartChargePercent", "50"), ("restartAfterSeconds", "300"));

    /// <summary>Where there is no plan.</summary>
    public static FormState Nothing { get; } = FormState.Empty;

    /// <summary>The plan the form says, with the version it was made from; only what cannot be read is complained of here.</summary>
    public static (PowerPlan Plan, int From) Read(FormReader reader)
    {
        var id = reader.Text("id", 40);
        var from = Whole(reader, "from");
        var zone = reader.Text("zone", 40);
        var label = reader.Text("label", 60);
        var labelEn = reader.Optional("labelEn", 60);
        var units = reader.Text("units", 400).Split([' ', ',', '、', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        var needed = Whole(reader, "unitsNeeded");
        var margin = Margin(reader);
        var (without, charge, after) = (Whole(reader, "withoutRuntimeSeconds"), Whole(reader, "restartChargePercent"), Whole(reader, "restartAfterSeconds"));
        var stages = Webhooks(reader, Stages(reader));
        return (new(id, from + 1, new(zone), label, labelEn.Length > 0 ? labelEn : label, [.. units], needed, stages, margin, without, charge, after, Backed(reader)), from);
    }

    private static ImmutableArray<PowerStage> Stages(FormReader reader)
    {
        var stages = new List<(string Name, string Label, string LabelEn, List<PowerHost> Hosts)>();
        var lines = reader.Lines("stages", LongestList);
        if (lines.IsEmpty)
        {
            reader.Complain("stages", FieldFault.Required);
        }

        foreach (var line in lines)
        {
            var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
            if (parts.Length != 5 || parts[0].Length == 0 || parts[2].Length == 0 || !Seconds(parts[4], out var seconds))
            {
                reader.Complain("stages", FieldFault.UnreadableLine, line);
                continue;
            }

            // Lines of one stage need not stand together, but the order of stages is that of their first lines.
            var at = stages.FindIndex(stage => stage.Name == parts[0]);
            if (at < 0)
            {
                var (label, labelEn) = Split(parts[1].Length > 0 ? parts[1] : parts[0]);
                at = stages.Count;
                stages.Add((parts[0], label, labelEn, []));
            }

            var (host, hostEn) = Split(parts[3].Length > 0 ? parts[3] : parts[2]);
            stages[at].Hosts.Add(new(parts[2], host, hostEn, seconds));
        }

        return [.. stages.Select(stage => new PowerStage(stage.Name, stage.Label, stage.LabelEn, [.. stage.Hosts]))];
    }

    private static ImmutableArray<PowerStage> Webhooks(FormReader reader, ImmutableArray<PowerStage> stages)
    {
        foreach (var line in reader.Lines("webhooks", LongestList))
        {
            var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
            if (parts is not [var name, { Length: > 0 } webhook] || stages.FirstOrDefault(one => one.Name == name) is not { Webhook: null } stage)
            {
                reader.Complain("webhooks", FieldFault.UnreadableLine, line);
                continue;
            }

            stages = stages.Replace(stage, stage with { Webhook = webhook });
        }

        return stages;
    }

    private static ImmutableArray<BackedDevice>? Backed(FormReader reader)
    {
        var devices = ImmutableArray.CreateBuilder<BackedDevice>();
        foreach (var line in reader.Lines("backed", LongestList))
        {
            var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
            if (parts.Length != 4 || parts[0].Length == 0 || !Seconds(parts[3], out var seconds))
            {
                reader.Complain("backed", FieldFault.UnreadableLine, line);
                continue;
            }

            var (label, labelEn) = Split(parts[1].Length > 0 ? parts[1] : parts[0]);
            devices.Add(new(parts[0], label, labelEn, parts[2].Length > 0 ? parts[2] : null, seconds));
        }

        return devices.Count == 0 ? null : devices.ToImmutable();
    }

    private static double Margin(FormReader reader)
    {
        var typed = reader.Text("margin", 10).Normalize(System.Text.NormalizationForm.FormKC);
        if (typed.Length > 0 && !double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            reader.Complain("margin", FieldFault.NotADecimal);
        }

        _ = double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var margin);
        return margin;
    }

    private static int Whole(FormReader reader, string field) => (int)Math.Clamp(reader.Number(field), 0, int.MaxValue);

    private static bool Seconds(string text, out int seconds) =>
        int.TryParse(text.Normalize(System.Text.NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out seconds);

    private static (string Ja, string En) Split(string text) => text.Split('/', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } ja, { Length: > 0 } en] ? (ja, en) : (text, text);

    private static string Both(string ja, string en) => ja == en ? ja : $"{ja}/{en}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
