using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Equipment;

/// <summary>What a check of equipment off the premises found (R-LIFE-06).</summary>
public enum OffsiteResult
{
    /// <summary>異常なし.</summary>
    InOrder,

    /// <summary>問題あり.</summary>
    Problem,
}

/// <summary>An item off the premises was checked (R-LIFE-06).</summary>
/// <param name="Note">What was looked at, and what was found.</param>
public sealed record OffsiteChecked(DateTimeOffset OccurredAt, AssetTag Tag, DateOnly CheckedOn, OffsiteResult Result, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>敷地外の機器の確認の督促: the check was not done by its day (R-LIFE-06).</summary>
/// <param name="Roles">Who is reminded.</param>
/// <param name="Times">Counted from 1 for each day due: in which week after it.</param>
public sealed record OffsiteCheckReminded(DateTimeOffset OccurredAt, AssetTag Tag, DateOnly DueOn, ImmutableArray<Role> Roles, int Times) : RecordedEvent(OccurredAt);

/// <summary>敷地外の機器: an item off the premises, from the move that took it there until one brings it back (R-LIFE-06). Pure: the same entries give the same stay.</summary>
/// <param name="Version">Rises with each check; who writes one down names what they looked at.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Approval">敷地外承認番号: the case in which CHIEF approved it.</param>
/// <param name="CheckedOn">Null: never since it is there.</param>
/// <param name="Reminded">Reminders since the last check.</param>
public sealed record OffsiteStay(
    AssetTag Tag, int Version, string Place, CaseId Approval, MoveId Move, DateTimeOffset Since, DateOnly? CheckedOn, OffsiteResult? Result, string Note, PersonId? CheckedBy, int Reminded)
{
    /// <summary>Its entries in the record: how it got there, checks, reminders.</summary>
    public ImmutableArray<long> Entries { get; init; } = [];

    /// <summary>Days between two reminders of one check.</summary>
    public const int RemindDays = 7;

    /// <summary>The stay a completed move begins; null: it begins none. What is given away for good is no longer the organisation's equipment.</summary>
    public static OffsiteStay? Begun(AssetMoved moved, Move move)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(move);
        return moved.To.Zone is null && move.OffsiteApproval is { } approval && move.Plan.Purpose is not (MovePurpose.Disposal or MovePurpose.LeaseReturn)
            ? new(moved.Tag, 1, moved.To.Outside, approval, move.Id, moved.OccurredAt, null, null, "", null, 0)
            : null;
    }

    /// <summary>The stay after one more entry; null: the entry does not concern it.</summary>
    public OffsiteStay? After(RecordedEvent item) => item switch
    {
        OffsiteChecked e when e.Tag == Tag => this with { Version = Version + 1, CheckedOn = e.CheckedOn, Result = e.Result, Note = e.Note, CheckedBy = new(e.By), Reminded = 0 },
        OffsiteCheckReminded e when e.Tag == Tag => this with { Reminded = e.Times },
        _ => null,
    };

    /// <summary>The day by which it is to be checked; null: the profile sets no interval.</summary>
    /// <param name="months">The profile's interval; null: none.</param>
    /// <param name="zone">The site's time zone: the first interval counts from the day it went out.</param>
    public DateOnly? DueOn(int? months, TimeZoneInfo zone) => months is { } interval ? (CheckedOn ?? DayOf(Since, zone)).AddMonths(interval) : null;

    /// <summary>What time alone makes due: a reminder to SUP and CHIEF the day after, and again each week† (R-LIFE-06); after weeks without the service one, and no more; null: nothing.</summary>
    public OffsiteCheckReminded? Due(DateTimeOffset now, int? months, TimeZoneInfo zone)
    {
        if (DueOn(months, zone) is not { } due)
        {
            return null;
        }

        var times = (DayOf(now, zone).DayNumber - due.DayNumber + RemindDays - 1) / RemindDays;
        return times > Reminded ? new(now, Tag, due, [Role.SupervisingOfficer, Role.ChiefOfficer], times) : null;
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
