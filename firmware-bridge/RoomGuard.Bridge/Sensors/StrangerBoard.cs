using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>未登録: who sends without being enrolled and what announced itself, for the pages of the office (R-NET-01, R-NET-09). Told by several brokers side by side.</summary>
public sealed class StrangerBoard
{
    private const int Most = 100;
    private const int LongestText = 2000;

    private static readonly JsonTypeInfo<EnrolledSensor> Written = (JsonTypeInfo<EnrolledSensor>)new JsonSerializerOptions(BridgeSettingsJson.Default.Options)
    {
        TypeInfoResolver = BridgeSettingsJson.Default,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    }.GetTypeInfo(typeof(EnrolledSensor));

    private readonly SensorModels models;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, string Sender), Known> known = [];

    /// <summary>Nobody yet.</summary>
    /// <param name="models">Who is enrolled, and through what others would be heard.</param>
    public StrangerBoard(SensorModels models) => this.models = models;

    /// <summary>All of them, the latest first; whoever was enrolled meanwhile is none.</summary>
    public ImmutableArray<StrangerNow> Now
    {
        get
        {
            lock (gate)
            {
                return [.. known.Values.Where(one => !one.Fits.Any(models.IsHeard)).Select(Told).OrderByDescending(one => one.At).ThenBy(one => one.Sender, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Takes what came of a message; what is no news of a stranger is passed over.</summary>
    public void Take(ImmutableArray<SensorNews> news)
    {
        foreach (var item in news)
        {
            switch (item)
            {
                case UnknownSender e:
                    Keep(new(e.Source, e.Sender, e.At, e.Count, null, null, null, null), e.Fits);
                    break;
                case SensorOffered e:
                    Keep(new(e.Source, e.Suggested?.Key ?? e.Label, e.At, null, e.Label, e.Product.Length > 0 ? e.Product : null, null, e.Refused), e.Suggested is { } suggested ? [suggested] : []);
                    break;
                default:
                    break;
            }
        }
    }

    private static string? SettingsOf(EnrolledSensor sensor) => JsonSerializer.Serialize(sensor, Written) is { Length: <= LongestText } text ? text : null;

    // A device announces each of its values by itself: on one topic they are one sensor.
    private static EnrolledSensor Joined(EnrolledSensor one, EnrolledSensor other) => one with
    {
        Values = one.Values is { } rows && other.Values is { } more ? [.. rows, .. more.Where(row => rows.All(has => has.Quantity != row.Quantity))] : one.Values,
        Quantities = one.Quantities is { } told && other.Quantities is { } others ? [.. told.Union(others)] : one.Quantities,
    };

    private StrangerNow Told(Known one)
    {
        ImmutableArray<StrangerFit> fits = [.. from fit in one.Fits let settings = SettingsOf(fit) where settings is not null select new StrangerFit(fit.Model, fit.Id, MeasuresOf(fit), models.WouldBeHeardThrough(fit), settings)];
        return one.Now with { Settings = fits.FirstOrDefault()?.Settings, Fits = fits.IsEmpty ? null : fits };
    }

    private static ImmutableArray<Quantity> MeasuresOf(EnrolledSensor fit) => fit.Quantities ?? [.. (fit.Values ?? []).Select(row => row.Quantity).Distinct()];

    private void Keep(StrangerNow stranger, ImmutableArray<EnrolledSensor> fits)
    {
        lock (gate)
        {
            if (known.TryGetValue((stranger.Source, stranger.Sender), out var before))
            {
                fits =
                [
                    .. before.Fits.Select(one => fits.FirstOrDefault(fit => fit.Model == one.Model) is { } more ? Joined(one, more) : one),
                    .. fits.Where(fit => before.Fits.All(one => one.Model != fit.Model)),
                ];
                stranger = stranger with { Label = before.Now.Label ?? stranger.Label, Product = before.Now.Product ?? stranger.Product, Count = stranger.Count ?? before.Now.Count };
            }
            else if (known.Count >= Most)
            {
                _ = known.Remove(known.MinBy(one => one.Value.Now.At).Key);
            }

            known[(stranger.Source, stranger.Sender)] = new(stranger, fits);
        }
    }

    private sealed record Known(StrangerNow Now, ImmutableArray<EnrolledSensor> Fits);
}
