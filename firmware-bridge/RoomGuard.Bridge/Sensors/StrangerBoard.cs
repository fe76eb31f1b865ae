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

    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, string Sender), StrangerNow> known = [];

    /// <summary>All of them, the latest first.</summary>
    public ImmutableArray<StrangerNow> Now
    {
        get
        {
            lock (gate)
            {
                return [.. known.Values.OrderByDescending(one => one.At).ThenBy(one => one.Sender, StringComparer.Ordinal)];
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
                    Keep(new(e.Source, e.Sender, e.At, e.Count, null, null, null, null));
                    break;
                case SensorOffered e:
                    Keep(new(e.Source, e.Suggested?.Key ?? e.Label, e.At, null, e.Label, e.Product.Length > 0 ? e.Product : null, e.Suggested is { } suggested ? SettingsOf(suggested) : null, e.Refused));
                    break;
                default:
                    break;
            }
        }
    }

    private static string? SettingsOf(EnrolledSensor sensor) => JsonSerializer.Serialize(sensor, Written) is { Length: <= LongestText } text ? text : null;

    private void Keep(StrangerNow stranger)
    {
        lock (gate)
        {
            if (!known.ContainsKey((stranger.Source, stranger.Sender)) && known.Count >= Most)
            {
                _ = known.Remove(known.MinBy(one => one.Value.At).Key);
            }

            known[(stranger.Source, stranger.Sender)] = stranger;
        }
    }
}
