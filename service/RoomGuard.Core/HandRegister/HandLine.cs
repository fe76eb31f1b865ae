using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.HandRegister;

/// <summary>
/// 手書きの記載 (R-DOOR-11): one line of the paper register that was kept while a reader was out of use, as somebody copied it later. Times are those
/// of the paper.
/// </summary>
/// <param name="Id">E.g. <c>M-2026-0007</c>.</param>
/// <param name="EnteredAt">入室; null: the person had entered by the reader, and only the way out was written by hand.</param>
/// <param name="ExitedAt">退室; null: not written, or not yet.</param>
/// <param name="Person">Null: a person who is not registered, known by <paramref name="Name"/> alone.</param>
/// <param name="Name">氏名 as written on the paper.</param>
/// <param name="SectionOrFirm">所属・会社名 as written on the paper.</param>
/// <param name="PaperPage">手書き簿の頁, e.g. <c>2026-05 / 12</c>.</param>
/// <param name="Reason">Why it was written by hand.</param>
/// <param name="ConfirmBy">Last local day on which another person is to confirm it; after it the line is listed to SYS.</param>
/// <param name="PurposeRef">入室目的; null: not written.</param>
/// <param name="Escort">付添い者; null: none.</param>
/// <param name="Identity">身分証明書確認; null: not written.</param>
/// <param name="DeclaredItems">持込み申告; null: not written.</param>
/// <param name="Exception">例外番号 under which the register counts as a method; null: none.</param>
public sealed record HandLine(
    string Id,
    ZoneId Zone,
    DoorId Door,
    DateTimeOffset? EnteredAt,
    DateTimeOffset? ExitedAt,
    PersonId? Person,
    string Name,
    string SectionOrFirm,
    string PaperPage,
    string Reason,
    DateOnly ConfirmBy,
    string? PurposeRef,
    PersonId? Escort,
    IdentityOutcome? Identity,
    string? DeclaredItems,
    CaseId? Exception)
{
    /// <summary>When it stands in the 入退室管理簿: the entry, or the way out where that is all there is.</summary>
    [JsonIgnore]
    public DateTimeOffset At => EnteredAt ?? ExitedAt ?? DateTimeOffset.UnixEpoch;

    /// <summary>An entry; else a way out alone.</summary>
    [JsonIgnore]
    public bool IsEntry => EnteredAt is not null;
}

/// <summary>What the confirmer found.</summary>
public enum HandLineVerdict
{
    /// <summary>確認: it stands on the paper so.</summary>
    Confirmed,

    /// <summary>不採用: it does not; the line stays readable and counts for nothing.</summary>
    Rejected,
}

/// <summary>A hand-written line was entered; marked Manual, not confirmed yet.</summary>
public sealed record HandLineEntered(DateTimeOffset OccurredAt, HandLine Line, string By) : RecordedEvent(OccurredAt);

/// <summary>A hand-written line was held against the paper by another person (pair 5 of section (c)).</summary>
/// <param name="Note">What was found; a reason where it was rejected.</param>
public sealed record HandLineDecided(DateTimeOffset OccurredAt, string Line, HandLineVerdict Verdict, string Note, string By) : RecordedEvent(OccurredAt);
