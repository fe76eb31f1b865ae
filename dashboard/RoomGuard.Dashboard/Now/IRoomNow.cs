using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Now;

/// <summary>What the 状況 page asks: is anything wrong now?</summary>
public interface IRoomNow
{
    /// <summary>Doors, bridges and what needs a hand, as known at this moment.</summary>
    Task<RoomOverview> Overview(CancellationToken gone);
}

/// <summary>The room at one moment.</summary>
/// <param name="At">The service's clock.</param>
/// <param name="Attention">
/// Most urgent first: everything that stands now, and what happened within the last 12 hours and is over. What people do about it is under 警報 (<c>IAlarmDesk</c>).
/// </param>
/// <param name="PublishedList">Version of the newest grant list; null: none published yet.</param>
public sealed record RoomOverview(
    DateTimeOffset At,
    ImmutableArray<Attention> Attention,
    ImmutableArray<DoorOverview> Doors,
    ImmutableArray<PanelOverview> Panels,
    long? PublishedList);

/// <summary>A door as last heard. Everything in <see cref="Now"/> counts only while <see cref="Fresh"/>.</summary>
/// <param name="Now">Null while its bridge has never told of it.</param>
/// <param name="HeardAt">When its bridge last reported; null: never.</param>
/// <param name="Fresh">False once the bridge is silent (30 s): then the door's state is 不明, whatever it was.</param>
/// <param name="LockedDown">区域封鎖 is in force in its zone.</param>
public sealed record DoorOverview(DoorId Door, ZoneId Zone, PanelId Panel, DoorNow? Now, DateTimeOffset? HeardAt, bool Fresh, bool LockedDown);

/// <summary>A bridge as the service knows it.</summary>
/// <param name="Enrolled">False while it has never joined.</param>
/// <param name="Connected">Heard within 30 s (R-RED-05).</param>
/// <param name="ListVersion">Grant list in force there; null: none.</param>
/// <param name="PendingSince">未反映: since when something published or ordered is not in force there; null: everything is.</param>
/// <param name="PendingSuspensions">How many 停止 are not yet in force there.</param>
/// <param name="ReceivedSeq">Journal entries received so far; null: none yet.</param>
public sealed record PanelOverview(
    PanelId Panel,
    bool Enrolled,
    bool Connected,
    DateTimeOffset? LastHeardAt,
    string? Version,
    long? ListVersion,
    DateTimeOffset? PendingSince,
    int PendingSuspensions,
    bool JournalHealthy,
    long? ReceivedSeq);

/// <summary>How soon somebody has to act (dashboard sheet, section 12).</summary>
public enum Urgency
{
    /// <summary>■ 緊急: within minutes.</summary>
    Emergency,

    /// <summary>▲ 重要: within the hour.</summary>
    Important,

    /// <summary>● 注意: today.</summary>
    Caution,
}

/// <summary>What kind of thing needs a hand; each has its title, consequence and procedure in <c>AttentionText</c>.</summary>
public enum AttentionKind
{
    /// <summary>こじ開け (R-DOOR-07). Emergency.</summary>
    DoorForced,

    /// <summary>開放超過 (R-DOOR-08). Important, emergency once it is an alarm.</summary>
    DoorHeldOpen,

    /// <summary>紛失カード使用 (R-DOOR-10). Emergency.</summary>
    LostCardUsed,

    /// <summary>連続拒否 (R-DOOR-09). Important.</summary>
    RepeatedRefusals,

    /// <summary>侵入の疑い (R-DOOR-18). Emergency.</summary>
    ZoneIntrusion,

    /// <summary>在室不一致 (R-DOOR-05). Caution.</summary>
    PresenceMismatch,

    /// <summary>読取装置異常 (R-DOOR-17). Important; <see cref="Attention.Condition"/> says which.</summary>
    ReaderFault,

    /// <summary>通信断: a bridge is silent (R-RED-05). Important.</summary>
    PanelLost,

    /// <summary>A bridge's journal cannot be written: nobody enters. Emergency.</summary>
    JournalUnwritable,

    /// <summary>記録欠落 (R-DOOR-02). Important.</summary>
    RecordHole,

    /// <summary>未反映: a list, suspension or lockdown is not yet in force at a bridge. Caution; important with a suspension.</summary>
    NotInForce,

    /// <summary>The grant list of a bridge is near or over its age limit (R-RED-01). Important.</summary>
    GrantListOld,

    /// <summary>A bridge refused a grant list. Important.</summary>
    GrantListRefused,

    /// <summary>区域封鎖 is in force (R-DOOR-14). Caution.</summary>
    LockdownInForce,

    /// <summary>A clock jumped (R-TIME-04). Caution.</summary>
    ClockJumped,

    /// <summary>扉状態不明: a contact no longer tells. Important.</summary>
    DoorUnknown,

    /// <summary>責任者不在: nobody holds a role that must be held (R-PROF-04, R-ZONE-07). Important.</summary>
    RoleVacant,

    /// <summary>脅迫の合図: a person was forced to open a door. Emergency; nothing at the door shows it.</summary>
    Duress,

    // Presence, escorts and modes at the doors.

    /// <summary>付添い不在 (R-VIS-03). Important, emergency once it is an incident candidate.</summary>
    EscortMissing,

    /// <summary>滞在超過 (R-VIS-09). Caution, important once it is an alarm.</summary>
    VisitOverstayed,

    /// <summary>続けての入室 (R-DOOR-06). Caution.</summary>
    EntryWhileInside,

    /// <summary>単独在室: one alone where never one alone may be. Important.</summary>
    LeftAlone,

    /// <summary>経路違い: asked to enter an inner zone without being in the outer one (R-ZONE-09). Important.</summary>
    WrongPath,

    /// <summary>火災による開放 (R-DOOR-15). Emergency.</summary>
    FireReleased,

    // The register kept by hand, keys, identity checks, patterns.

    /// <summary>A door without grant was opened while its key was out (R-DOOR-13). Caution.</summary>
    KeyOpening,

    /// <summary>A key is not back in time (R-DOOR-13). Caution.</summary>
    KeyOverdue,

    /// <summary>A 特権ID that was not reviewed in time (R-SIGN-09). Important.</summary>
    PrivilegeReviewOverdue,

    /// <summary>A hand-written line nobody has confirmed in time (R-DOOR-11). Caution.</summary>
    HandLineOverdue,

    /// <summary>身分証明書の提示なし: grants are held (R-DOOR-12). Important.</summary>
    IdentityNotShown,

    /// <summary>貸与の疑い (R-ID-07). Important.</summary>
    LendingSuspected,

    /// <summary>気になる動き (R-MON-05). Caution.</summary>
    PatternNoticed,

    /// <summary>来訪者証 未返却 (R-VIS-06). Important.</summary>
    VisitorBadgeMissing,

    /// <summary>来訪者証の紛失 (R-VIS-06). Important.</summary>
    VisitorBadgeLost,

    // Power.

    /// <summary>停電 (R-PWR-02). Important, emergency once the reserve is too short or hosts are being stopped.</summary>
    PowerOutage,

    /// <summary>UPS通信断 (R-PWR-06). Important.</summary>
    UpsLost,

    /// <summary>予備電源容量不足 (R-PWR-03). Important, emergency in an outage.</summary>
    ReserveShort,

    /// <summary>停止順序の段の時間切れ (R-PWR-04). Important.</summary>
    StageTimedOut,

    /// <summary>電源異常 (R-PWR-05). Important.</summary>
    SupplyTroubled,

    /// <summary>蓄電池の交換時期 (R-PWR-07). Caution.</summary>
    BatteryDue,

    /// <summary>Webhookの断念: a stage's receiver was not reached (R-PWR-04). Important.</summary>
    WebhookGivenUp,

    /// <summary>通知の断念: no channel of a contact took a notice (R-INC-13). Important.</summary>
    NoticeGivenUp,

    /// <summary>障害記録 open for more than five working days (R-MON-03). Caution.</summary>
    FailureOverdue,

    /// <summary>機器台帳: maintenance or return of items is overdue (R-LIFE-02, R-MOVE-10); <see cref="Attention.Count"/> says of how many. Caution.</summary>
    EquipmentOverdue,

    /// <summary>持出し or 持込み is not back in time (R-CARRY-04). Caution.</summary>
    CarryOverdue,

    /// <summary>単独作業: change work without two of its people (R-WORK-06). Important.</summary>
    LoneWork,

    /// <summary>立会い中断: the witness left a move before its end (R-MOVE-03). Important.</summary>
    WitnessLeft,

    /// <summary>処理証明書 not received by its day after the item went out (R-LIFE-05). Caution.</summary>
    CertificateMissing,

    /// <summary>敷地外の機器の確認が期限切れ (R-LIFE-06). Important.</summary>
    OffsiteCheckOverdue,
    /// <summary>無許可搬出・無許可搬入・無許可持出し: an item passed a door and nothing covers it (R-MOVE-05, R-CARRY-01). Emergency on its way out.</summary>
    AssetUnpermitted,

    /// <summary>系統間の媒体移送の違反 (R-MOVE-08). Important.</summary>
    MediaTransferRefused,

    /// <summary>作業のないラック・収納庫の開 (R-ZONE-10). Important.</summary>
    CabinetOpened,

    /// <summary>ラック・収納庫の開けたまま after the work (R-ZONE-10). Important.</summary>
    CabinetLeftOpen,

    /// <summary>棚卸: a confirmed round did not find items of class I or II (R-MOVE-11). Important.</summary>
    StockMissing,

    /// <summary>棚卸: the yearly round of a zone is overdue (R-MOVE-11). Caution.</summary>
    StocktakeOverdue,
}

/// <summary>One thing that needs a hand.</summary>
/// <param name="Key">Stays the same while it is the same thing.</param>
/// <param name="Since">When it began or happened.</param>
/// <param name="Standing">True: it is so now. False: it happened and is over.</param>
/// <param name="Entry">The entry of the record that tells of it; null: none.</param>
/// <param name="Condition">Only for <see cref="AttentionKind.ReaderFault"/>.</param>
/// <param name="Count">How often, or how many; null: does not matter.</param>
public sealed record Attention(
    string Key,
    AttentionKind Kind,
    Urgency Urgency,
    DateTimeOffset Since,
    bool Standing,
    ZoneId? Zone = null,
    DoorId? Door = null,
    DeviceId? Device = null,
    PanelId? Panel = null,
    PersonId? Person = null,
    string? PersonName = null,
    ReaderCondition? Condition = null,
    int? Count = null,
    long? Entry = null);
