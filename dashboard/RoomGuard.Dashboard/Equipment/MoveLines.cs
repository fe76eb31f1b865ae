using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>搬入出記録簿 as lines of a list, in the columns of its form: a line for each item of a move.</summary>
internal static class MoveLines
{
    /// <summary>The columns of the form (docs/requirements.md, section (d)).</summary>
    public static ImmutableArray<Word> Heads { get; } =
    [
        MovesText.Number, MovesText.Direction, MovesText.Purpose, MovesText.AppliedApproved, MovesText.Planned, AssetsText.Tag, MovesText.NameModel, AssetsText.Serial, MovesText.Quantity, MovesText.ClassSegment, MovesText.FromTo,
        MovesText.Impact, MovesText.Witness, MovesText.Witnessed, MovesText.Carriers, MovesText.StartedEnded, MovesText.Erasure, MovesText.Nda, MovesText.Offsite, MovesText.Mounted, MovesText.SealNo, MovesText.State, MovesText.Entries,
    ];

    /// <summary>Entries of the record about one item of a move.</summary>
    public static IEnumerable<long> EntriesOf(MoveDossier file, MoveItem item) =>
        file.Story.Where(step => step.Text == item.Tag.Value || !file.Move.Plan.Items.Any(other => other.Tag.Value == step.Text)).Select(step => step.N);

    /// <summary>The heads and all lines.</summary>
    public static IEnumerable<IEnumerable<string>> Of(IEnumerable<MoveLook> looks, Ink ink)
    {
        yield return Heads.Select(head => ink[head]);
        foreach (var look in looks)
        {
            var (file, move, plan) = (look.Move, look.Move.Move, look.Move.Move.Plan);
            foreach (var item in plan.Items)
            {
                var line = look.Items.FirstOrDefault(part => part.Asset.Tag == item.Tag);
                var erasure = look.Erasures.FirstOrDefault(one => one.Disposal.Tag == item.Tag);
                yield return
                [
                    move.Id.Value,
                    ink[MovesText.Of(plan.Direction)],
                    ink[MovesText.Of(plan.Purpose)],
                    $"{look.NameOf(move.AppliedBy)} / {string.Join(' ', move.ApprovedBy.Select(look.NameOf))}",
                    $"{ink.Iso(plan.From)} / {ink.Iso(plan.Until)}",
                    item.Tag.Value,
                    $"{line?.Asset.Name} {line?.Asset.Model}".Trim(),
                    line?.Asset.Serial ?? "",
                    "1",
                    $"{(line is null ? "" : AssetsText.ClassOf(line.Effective, ink))} / {(line?.Asset.Segment is { } segment ? ink[PolicyText.Of(ZoneText.Of(segment))] : "")}",
                    $"{MovesText.EndOf(plan.FromZone, plan.FromOutside, ink)} / {MovesText.EndOf(plan.ToZone, plan.ToOutside, ink)}",
                    file.Impact is { } impact ? $"{look.NameOf(impact.By)} / {ink.Iso(impact.At)} / {ink[MovesText.Of(impact.Result)]}" : "",
                    string.Join(' ', file.Witnessed.Select(span => span.Witness).Distinct().Select(look.NameOf)),
                    string.Join(' ', file.Witnessed.Select(span => $"{ink.Iso(span.From)}/{(span.To is { } to ? ink.Iso(to) : "")}")),
                    string.Join(' ', plan.Carriers.Select(look.NameOf)),
                    $"{(file.StartedAt is { } started ? ink.Iso(started) : "")} / {(file.EndedAt is { } ended ? ink.Iso(ended) : "")}",
                    erasure?.Disposal.Id.Value ?? "",
                    erasure?.NdaContract ?? "",
                    move.OffsiteApproval?.ToString() ?? "",
                    file.Installed.Contains(item.Tag) ? ink[MovesText.Yes] : "",
                    plan.SealNo ?? "",
                    ink[MovesText.Of(file.State).Word],
                    string.Join(' ', EntriesOf(file, item).Select(n => n.ToString(CultureInfo.InvariantCulture))),
                ];
            }
        }
    }
}
