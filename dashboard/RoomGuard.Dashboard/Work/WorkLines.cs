using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Work;

/// <summary>The register as lines of a list, in the columns of its form.</summary>
internal static class WorkLines
{
    /// <summary>The heads and all lines.</summary>
    public static IEnumerable<IEnumerable<string>> Of(IEnumerable<WorkLook> looks, Ink ink)
    {
        yield return new[]
        {
            WorkPageText.Number, WorkPageText.Kind, WorkPageText.Targets, WorkPageText.Zone, WorkPageText.Description, WorkPageText.Reason, WorkPageText.RequestRef, WorkPageText.Approved, WorkPageText.Performers,
            WorkPageText.Checkers, WorkPageText.Contract, WorkPageText.StartedEnded, WorkPageText.Proof, WorkPageText.Impact, WorkPageText.Versions, WorkPageText.Parts, WorkPageText.Result, WorkPageText.CheckedAt,
            WorkPageText.Note, WorkPageText.Status, WorkPageText.LogSeq,
        }.Select(head => ink[head]);
        foreach (var look in looks)
        {
            var (file, work, plan, outcome) = (look.File, look.File.Work, look.File.Work.Plan, look.File.Outcome);
            yield return
            [
                work.Id.Value,
                ink[WorkPageText.In(WorkText.Of(plan.Kind))],
                string.Join(' ', plan.Targets),
                $"{plan.Zone} {ink.Zone(plan.Zone)}",
                plan.Description,
                work.Reason,
                plan.RequestRef ?? work.Case.Value,
                string.Join(' ', work.Approvers),
                string.Join(' ', plan.Performers),
                string.Join(' ', plan.Checkers),
                plan.Contract ?? "",
                $"{(file.StartedAt is { } started ? ink.Iso(started) : "")} / {(file.EndedAt is { } ended ? ink.Iso(ended) : "")}",
                string.Join(' ', plan.People.Where(person => !file.ProofOf(person).IsEmpty).Select(person => $"{person}:{string.Join('+', file.ProofOf(person))}")),
                outcome?.Impact is { } impact ? ink[WorkPageText.In(WorkText.Of(impact))] : "",
                $"{outcome?.BeforeVersion} / {outcome?.AfterVersion}",
                $"{outcome?.PartSerialOut} / {outcome?.PartSerialIn}",
                outcome is null ? "" : ink[WorkPageText.In(WorkText.Of(outcome.Result))],
                file.CheckedAt is { } at ? $"{ink.Iso(at)} {file.CheckedBy}" : "",
                $"{outcome?.Note} {file.CheckNote}".Trim(),
                ink[WorkPageText.Of(look.Status).Word],
                string.Join(' ', file.Story.Select(line => line.N)),
            ];
        }
    }
}
