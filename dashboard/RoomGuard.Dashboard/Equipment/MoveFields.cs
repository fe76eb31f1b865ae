using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The form of a move as a matter, and back.</summary>
internal static class MoveFields
{
    private const int LongestLines = 8000;

    /// <summary>What a form asks for; what cannot be read is with the reader.</summary>
    public static MoveMatter Read(PageRequest request, FormReader reader)
    {
        ImmutableArray<MoveItem> items = [.. reader.Lines("items", LongestLines).Select(ItemOf)];
        if (items.IsEmpty)
        {
            reader.Complain("items", FieldFault.Required);
        }

        return new(new(
            reader.Choice<MoveDirection>("direction"), reader.Choice<MovePurpose>("purpose"), items, Zone(reader, "fromZone"), reader.Optional("fromOutside"), Zone(reader, "toZone"), reader.Optional("toOutside"),
            reader.Ticked("offPremises").Contains("1"), Moment(request, reader, "from"), Moment(request, reader, "until"),
            [.. reader.Text("carriers", 400).Normalize(System.Text.NormalizationForm.FormKC).Split([' ', ',', '、'], StringSplitOptions.RemoveEmptyEntries).Distinct().Select(id => new PersonId(id.ToUpperInvariant()))],
            reader.Optional("sealNo", 40)));
    }

    /// <summary>What stands in the form for a matter.</summary>
    public static IEnumerable<(string, string)> Typed(MoveMatter matter, Ink ink)
    {
        var plan = matter.Plan;
        return
        [
            ("direction", $"{plan.Direction}"), ("purpose", $"{plan.Purpose}"), ("items", string.Join('\n', plan.Items.Select(item => item.Rack.Length == 0 ? item.Tag.Value : $"{item.Tag}, {item.Rack}"))),
            ("fromZone", plan.FromZone?.Value ?? ""), ("fromOutside", plan.FromOutside), ("toZone", plan.ToZone?.Value ?? ""), ("toOutside", plan.ToOutside), ("offPremises", plan.OffPremises ? "1" : ""),
            ("from", ink.Field(plan.From)), ("until", ink.Field(plan.Until)), ("carriers", string.Join(' ', plan.Carriers)), ("sealNo", plan.SealNo),
        ];
    }

    private static MoveItem ItemOf(string line)
    {
        var parts = line.Split([',', '、', '，'], 2, StringSplitOptions.TrimEntries);
        return new(new(AssetFields.Narrow(parts[0])), parts.Length > 1 ? parts[1] : "");
    }

    private static ZoneId? Zone(FormReader reader, string field) => reader.Optional(field, 40) is { Length: > 0 } zone ? new ZoneId(zone) : null;

    private static DateTimeOffset Moment(PageRequest request, FormReader reader, string field)
    {
        var typed = reader.Text(field, 40);
        if (typed.Length > 0 && Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        if (typed.Length > 0)
        {
            reader.Complain(field, FieldFault.NotADate, typed);
        }

        return default;
    }
}
