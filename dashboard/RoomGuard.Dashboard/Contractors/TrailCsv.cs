using System.Globalization;
using System.Text;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Contractors;

/// <summary>The extraction as CSV for Excel in Japan (R-CON-06).</summary>
internal static class TrailCsv
{
    /// <summary>The whole file; where it was cut, the last line says so.</summary>
    public static byte[] Of(ContractTrail trail, Ink ink) => [.. Encoding.UTF8.Preamble, .. Lines(trail, ink).SelectMany(line => Entries.RegisterCsv.Line(line))];

    /// <summary>What happened, in words.</summary>
    public static string What(TrailRow row, Ink ink) => row.Result is { } result
        ? $"{(row.Direction is { } direction ? ink[ChoiceText.Of(direction)] : "")} {ink[StateText.Of(result).Word]}".Trim()
        : ink[ContractText.In(RecordedEventText.Of(row.RecordKind))];

    /// <summary>Where, in words.</summary>
    public static string Place(TrailRow row, Ink ink) => $"{(row.Zone is { } zone ? ink.Zone(zone) : "")} {(row.Door is { } door ? ink.Door(door) : "")}".Trim();

    private static IEnumerable<IEnumerable<string>> Lines(ContractTrail trail, Ink ink)
    {
        yield return new[]
        {
            ContractText.TrailEntry, ContractText.TrailAt, ContractText.Kind, ContractText.TrailSubject, ContractText.TrailWhat, ContractText.TrailPerson, ContractText.Holder, ContractText.Firm, ContractText.TrailPlace, ContractText.Number,
        }.Select(head => ink[head]);
        foreach (var row in trail.Rows)
        {
            yield return
            [
                row.N.ToString(CultureInfo.InvariantCulture), ink.Iso(row.At), ink[ContractText.Of(row.Kind)], row.Subject, What(row, ink), row.Person?.Value ?? "", row.PersonName, row.Firm, Place(row, ink), trail.Contract.Id.Value,
            ];
        }

        if (trail.Cut)
        {
            yield return [ink[ContractText.TrailCutCsv]];
        }
    }
}
