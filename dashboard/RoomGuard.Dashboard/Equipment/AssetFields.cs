using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>An item's entry as a form has it, both ways.</summary>
internal static class AssetFields
{
    private const int LongestLines = 8000;

    /// <summary>What stands in the form for an entry.</summary>
    public static FormState Typed(Asset asset, long version) => FormState.Of(
        ("version", version.ToString(CultureInfo.InvariantCulture)), ("tag", asset.Tag.Value), ("kind", $"{asset.Kind}"), ("name", asset.Name), ("maker", asset.Maker), ("model", asset.Model), ("serial", asset.Serial),
        ("proposed", asset.Proposed?.ToString() ?? ""), ("segment", asset.Segment?.ToString() ?? ""), ("manager", asset.Manager?.Value ?? ""),
        ("hasStorage", asset.HasStorage switch { true => "yes", false => "no", null => "" }), ("storage", Lines(asset.Storage)), ("parts", Lines(asset.Parts)), ("redundancyGroup", asset.RedundancyGroup),
        ("maintenanceMonths", asset.MaintenanceMonths?.ToString(CultureInfo.InvariantCulture) ?? ""), ("maintenanceFrom", Ink.Field(asset.MaintenanceFrom)), ("supportEnds", Ink.Field(asset.SupportEnds)),
        ("holds", string.Join('\n', asset.Holds.Select(held => held.Importance is { } importance ? $"{held.Title}, {importance}" : held.Title))), ("container", asset.Container?.Value ?? ""),
        ("copyOf", asset.CopyOf?.Value ?? ""), ("exception", asset.Exception ?? ""), ("note", asset.Note));

    /// <summary>The entry a form asks for; what cannot be read is with the reader.</summary>
    /// <param name="known">The item that is changed; null: a new one.</param>
    public static AssetForm Read(FormReader reader, AssetTag? known)
    {
        var tag = known ?? new AssetTag(Narrow(reader.Text("tag", AssetTag.Longest)));
        var (zone, rack) = (reader.Optional("zone", 40), reader.Optional("rack"));
        var asset = new Asset(
            tag,
            reader.Choice<AssetKind>("kind"),
            reader.Text("name"),
            reader.Optional("maker"),
            reader.Optional("model"),
            reader.Optional("serial"),
            OptionalChoice<ImportanceClass>(reader, "proposed"),
            OptionalChoice<Segment>(reader, "segment"),
            reader.Optional("manager", 20) is { Length: > 0 } manager ? new PersonId(manager) : null,
            reader.Optional("hasStorage", 3) switch { "yes" => true, "no" => false, _ => null },
            Parts(reader, "storage"),
            Parts(reader, "parts"),
            reader.Optional("redundancyGroup"),
            (int?)Math.Min(reader.OptionalNumber("maintenanceMonths") ?? -1, int.MaxValue) is >= 0 and { } months ? months : null,
            reader.OptionalDay("maintenanceFrom"),
            reader.OptionalDay("supportEnds"),
            Holds(reader),
            OptionalTag(reader, "container"),
            OptionalTag(reader, "copyOf"),
            reader.Optional("exception", 40) is { Length: > 0 } exception ? exception : null,
            reader.Optional("note", 400));
        return new(asset, zone.Length == 0 && rack.Length == 0 ? null : new(zone.Length == 0 ? null : new ZoneId(zone), rack, ""), reader.OptionalNumber("version") ?? 0);
    }

    /// <summary>A tag however it was typed: full-width signs and small letters count.</summary>
    public static string Narrow(string tag) => tag.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();

    private static string Lines(ImmutableArray<AssetPart> parts) => string.Join('\n', parts.Select(part => part.What.Length == 0 ? part.Serial : $"{part.Serial}, {part.What}"));

    private static ImmutableArray<AssetPart> Parts(FormReader reader, string field) =>
        [.. reader.Lines(field, LongestLines).Select(line => Split(line, last: false)).Select(pair => new AssetPart(pair.First, pair.Second))];

    // The class is the last thing on a line, since a title may hold commas itself.
    private static ImmutableArray<HeldInformation> Holds(FormReader reader)
    {
        var found = ImmutableArray.CreateBuilder<HeldInformation>();
        foreach (var line in reader.Lines("holds", LongestLines))
        {
            var (title, second) = Split(line, last: true);
            if (second.Length == 0)
            {
                found.Add(new(title, null));
            }
            else if (Enum.TryParse<ImportanceClass>(second.Normalize(NormalizationForm.FormKC).ToUpperInvariant(), out var importance) && Enum.IsDefined(importance) && !char.IsAsciiDigit(second[0]))
            {
                found.Add(new(title, importance));
            }
            else
            {
                reader.Complain("holds", FieldFault.UnreadableLine, line);
            }
        }

        return found.ToImmutable();
    }

    private static (string First, string Second) Split(string line, bool last)
    {
        char[] commas = [',', '、', '，'];
        var at = last ? line.LastIndexOfAny(commas) : line.IndexOfAny(commas);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 1)..].Trim());
    }

    private static AssetTag? OptionalTag(FormReader reader, string field) => Narrow(reader.Optional(field, AssetTag.Longest)) is { Length: > 0 } tag ? new AssetTag(tag) : null;

    private static TChoice? OptionalChoice<TChoice>(FormReader reader, string field)
        where TChoice : struct, Enum => reader.Optional(field, 40).Length == 0 ? null : reader.Choice<TChoice>(field);
}
