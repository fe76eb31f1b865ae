using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Schedule;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>Due dates of the 機器台帳: 定期保守 (R-LIFE-02), return of what was lent (R-MOVE-10), and the end of support.</summary>
public sealed class AssetSchedule(ServiceRecord record) : IDueDates
{
    private static readonly ImmutableArray<(string Sql, Word Kind, bool MustBeDone)> Questions =
    [
        (Question("maintenance_due"), ScheduleText.Maintenance, true), (Question("holder_due"), ScheduleText.Return, true), (Question("support_ends"), ScheduleText.SupportEnd, false),
    ];

    /// <inheritdoc/>
    public async Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone) =>
        !DeskGate.Open(by, PageAct.SeeEquipment) ? [] : await record.Readers.Ask(
            db =>
            {
                var found = new List<DueDate>();
                foreach (var (sql, kind, mustBeDone) in Questions)
                {
                    using var row = db.Rows(sql, RowReading.Iso(from), RowReading.Iso(until), (long)most);
                    while (row.Read())
                    {
                        found.Add(new(row.DateOrNull(2)!.Value, kind, row.GetString(0), $"/equipment/items/{Uri.EscapeDataString(row.GetString(0))}", row.GetString(1), mustBeDone));
                    }
                }

                return found.OrderBy(date => date.On).ThenBy(date => date.Number, StringComparer.Ordinal).Take(most).ToImmutableArray();
            },
            gone);

    private static string Question(string column) => $"SELECT tag, json_extract(json, '$.name'), {column} FROM view_assets WHERE {column} BETWEEN $1 AND $2 ORDER BY {column}, tag LIMIT $3";
}
