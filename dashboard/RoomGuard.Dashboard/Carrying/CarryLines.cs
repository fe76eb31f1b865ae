using RoomGuard.Core.Carrying;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>The register as lines of a list, in the columns of its form, a line a thing.</summary>
internal static class CarryLines
{
    /// <summary>The heads and all lines.</summary>
    public static IEnumerable<IEnumerable<string>> Of(IEnumerable<CarryLook> looks, Ink ink)
    {
        yield return new[]
        {
            CarryPageText.Number, CarryPageText.Direction, CarryPageText.Applied, CarryPageText.Section, CarryPageText.Kind, CarryPageText.Name, CarryPageText.Tag, CarryPageText.Ownership, CarryPageText.Content, CarryPageText.Class,
            CarryPageText.Segment, CarryPageText.WorkReason, CarryPageText.Place, CarryPageText.From, CarryPageText.DueAt, CarryPageText.Transport, CarryPageText.Protection, CarryPageText.SafeguardVersion, CarryPageText.Encrypted,
            CarryPageText.Approved, CarryPageText.Decision, CarryPageText.OutBack, CarryPageText.HandledBy, CarryPageText.Checked, CarryPageText.Erased, CarryPageText.Status, CarryPageText.LogSeq,
        }.Select(head => ink[head]);
        foreach (var look in looks)
        {
            var (permit, plan) = (look.File.Permit, look.File.Permit.Plan);
            foreach (var (index, one) in look.File.Items.Index())
            {
                var item = one.Item;
                yield return
                [
                    permit.Id.Value,
                    ink[CarryPageText.In(CarryText.Of(plan.Direction))],
                    $"{ink.Iso(permit.AppliedAt)} {permit.AppliedBy}",
                    plan.Section,
                    ink[CarryPageText.In(CarryText.Of(item.Kind))],
                    item.Name,
                    item.Tag,
                    ink[CarryPageText.In(CarryText.Of(item.Ownership))],
                    item.Content,
                    CarryFields.Class(item, ink),
                    ink[CarryPageText.In(Core.Zones.ZoneText.Of(item.Segment))],
                    permit.WorkReason,
                    CarryFields.Place(plan, ink),
                    ink.Iso(plan.From),
                    ink.Iso(plan.DueAt),
                    plan.Transport,
                    CarryFields.Protection(plan, ink),
                    plan.SafeguardVersion ?? "",
                    ink[item.Encrypted ? CarryPageText.Yes : CarryPageText.No],
                    $"{permit.ApprovedBy} {ink.Iso(permit.ApprovedAt)}",
                    $"{ink[CarryPageText.Allowed]} {permit.Conditions}".TrimEnd(),
                    $"{(one.PassedAt is { } passed ? ink.Iso(passed) : "")} / {(one.BackAt is { } back ? ink.Iso(back) : "")}",
                    $"{one.PassedBy} / {one.BackBy}",
                    one.Scan is { } scan ? $"{ink[CarryPageText.In(CarryText.Of(scan))]} / {ink[one.PatchChecked ? CarryPageText.Yes : CarryPageText.No]} / {one.CheckedBy}" : "",
                    one.ErasedAfterUse is { } erased ? ink[erased ? CarryPageText.Yes : CarryPageText.No] : "",
                    ink[CarryPageText.Of(look.Status).Word],
                    string.Join(' ', look.File.Story.Where(line => line.Items.IsEmpty || line.Items.Contains(index + 1)).Select(line => line.N)),
                ];
            }
        }
    }
}
