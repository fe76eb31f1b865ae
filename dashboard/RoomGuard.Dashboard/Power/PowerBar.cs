using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Power;

namespace RoomGuard.Dashboard.Power;

/// <summary>What a stretch of the bar is.</summary>
internal enum BarKind
{
    /// <summary>Everything runs on.</summary>
    Run,

    /// <summary>A stage stops.</summary>
    Stage,

    /// <summary>A stage that stops too late.</summary>
    Late,

    /// <summary>Time to spare.</summary>
    Spare,
}

/// <summary>A stretch of the bar, in hundredths of its length.</summary>
/// <param name="No">Number of the stage; 0: none.</param>
internal sealed record BarStretch(BarKind Kind, double From, double Length, int No)
{
    public string Style => Kind switch { BarKind.Run => "pbar-run", BarKind.Stage => "pbar-stage", BarKind.Late => "pbar-late", _ => "pbar-spare" };

    public string X => Percent(From);

    public string Width => Percent(Length);

    public string Middle => Percent(From + (Length / 2));

    public static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}

/// <summary>The bar 「もし今 停電したら」: from now to an empty battery, or to the last stage where that is later. Pure.</summary>
/// <param name="End">Where the battery is empty, in hundredths; null: unknown.</param>
internal sealed record PowerBar(ImmutableArray<BarStretch> Stretches, double? End)
{
    /// <param name="firstNo">Number of the forecast's first stage: in an outage some are told already.</param>
    public static PowerBar Of(PowerForecast forecast, int firstNo)
    {
        var last = forecast.Stages.IsEmpty ? 0 : forecast.Stages.Max(stage => stage.EndsAt);
        var whole = Math.Max(1, Math.Max(forecast.LeftSeconds ?? 0, last));
        double At(double seconds) => Math.Clamp(seconds / whole * 100, 0, 100);
        var stretches = ImmutableArray.CreateBuilder<BarStretch>();
        if (forecast.BeginsAt > 0)
        {
            stretches.Add(new(BarKind.Run, 0, At(forecast.Stages.IsEmpty ? forecast.LeftSeconds ?? 0 : forecast.BeginsAt), 0));
        }

        foreach (var (stage, no) in forecast.Stages.Select((stage, index) => (stage, index + firstNo)))
        {
            stretches.Add(new(stage.InTime ? BarKind.Stage : BarKind.Late, At(stage.StartsAt), At(stage.EndsAt) - At(stage.StartsAt), no));
        }

        if (forecast.LeftSeconds > last && !forecast.Stages.IsEmpty)
        {
            stretches.Add(new(BarKind.Spare, At(last), 100 - At(last), 0));
        }

        return new(stretches.ToImmutable(), forecast.LeftSeconds is { } left ? At(left) : null);
    }
}
