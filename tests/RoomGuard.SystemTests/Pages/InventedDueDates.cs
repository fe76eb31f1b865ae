using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Schedule;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Due dates of the 機器台帳 for tests of pages: one overdue, two on one day, one at the end of the month.</summary>
internal sealed class InventedDueDates(bool empty) : IDueDates
{
    private static readonly ImmutableArray<DueDate> All =
    [
        new(new(2026, 11, 2), ScheduleText.Maintenance, "AS-00417", "/equipment/items/AS-00417", "バックアップ装置", true),
        new(new(2026, 11, 24), ScheduleText.Return, "DOC-0012", "/equipment/items/DOC-0012", "構成図", true),
        new(new(2026, 11, 24), ScheduleText.Maintenance, "AS-00418", "/equipment/items/AS-00418", "業務サーバ", true),
        new(new(2026, 11, 30), ScheduleText.SupportEnd, "AS-00417", "/equipment/items/AS-00417", "バックアップ装置", false),
    ];

    public Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<DueDate>>(empty ? [] : [.. All.Where(date => date.On >= from && date.On <= until)]);
}
