namespace RoomGuard.Core.Doors;

/// <summary>拒否理由: the closed list of why a door stays shut (R-DOOR-01, R-DOOR-10). Each has a text in <c>DenyReasonText</c>.</summary>
public enum DenyReason
{
    /// <summary>未登録カード: no credential has this number.</summary>
    CardUnknown,

    /// <summary>紛失届カード: raises an alarm at once.</summary>
    CardLost,

    /// <summary>利用停止: the card is suspended.</summary>
    CardSuspended,

    /// <summary>返却済カード.</summary>
    CardReturned,

    /// <summary>有効期限切れ: the card's own end date has passed.</summary>
    CardExpired,

    /// <summary>有効期間前: the card is not yet valid.</summary>
    CardNotYet,

    /// <summary>利用者停止: everything of this person is suspended.</summary>
    PersonSuspended,

    /// <summary>在籍期間外 (after): the person has left.</summary>
    PersonExpired,

    /// <summary>在籍期間外 (before): the person has not yet begun.</summary>
    PersonNotYet,

    /// <summary>入室許可なし: the person holds no grant.</summary>
    NoGrant,

    /// <summary>許可停止中.</summary>
    GrantSuspended,

    /// <summary>許可区域外: grants exist, none for this zone.</summary>
    ZoneNotInGrant,

    /// <summary>許可期限切れ.</summary>
    GrantExpired,

    /// <summary>許可期間前.</summary>
    GrantNotYet,

    /// <summary>許可時間外: not on this day or at this hour.</summary>
    OutsideHours,

    /// <summary>認証方法外.</summary>
    MethodNotAllowed,

    /// <summary>二要素未完了: the second factor did not follow in time (R-DOOR-04).</summary>
    SecondFactorMissing,

    /// <summary>暗証番号不一致.</summary>
    PinWrong,

    /// <summary>暗証番号未登録: the zone asks for a PIN and the holder has none.</summary>
    PinNotSet,

    /// <summary>本人不一致: the second factor belongs to another person (R-DOOR-04).</summary>
    FactorMismatch,

    /// <summary>区域封鎖 (R-DOOR-14).</summary>
    Lockdown,

    /// <summary>許可一覧なし: the bridge has never received a grant list.</summary>
    NoGrantList,

    /// <summary>許可一覧の期限切れ: older than its limit, and the zone's rule refuses (R-RED-01).</summary>
    GrantListTooOld,

    /// <summary>記録不能: the journal cannot be written, so nobody enters.</summary>
    RecordUnavailable,

    /// <summary>読取装置異常: the reader is not trusted (identity changed, tampered).</summary>
    ReaderNotTrusted,

    /// <summary>契約外: not a registered worker, not a place or not in the term of any contract (R-CON-02).</summary>
    OutsideContract,

    /// <summary>暗証番号の一時停止: too many wrong PINs in a row.</summary>
    PinHeld,

    /// <summary>続けての入室: believed inside already (R-DOOR-06).</summary>
    AlreadyInside,

    /// <summary>経路違い: not in the zone around this one (R-ZONE-09).</summary>
    WrongPath,

    /// <summary>定員超過.</summary>
    ZoneFull,

    /// <summary>二人目なし: the second person did not follow in time.</summary>
    SecondPersonMissing,

    /// <summary>組合せ外: the second person is not the one named.</summary>
    PairMismatch,

    /// <summary>インターロック: another door is open.</summary>
    OtherDoorOpen,

    /// <summary>区域の時間外: the zone is not entered at this hour or on this day.</summary>
    ZoneClosed,

    /// <summary>入室目的なし (R-WORK-05).</summary>
    NoPurpose,

    /// <summary>付添い者不在 (R-VIS-02).</summary>
    NoEscort,

    /// <summary>付添い資格なし (R-VIS-10).</summary>
    EscortNotEligible,

    /// <summary>付添い人数超過 (R-VIS-04).</summary>
    TooManyVisitors,

    /// <summary>訪問の区域外 (R-VIS-05).</summary>
    ZoneNotInVisit,

    /// <summary>訪問の時間外 (R-VIS-01).</summary>
    OutsideVisit,

    /// <summary>来訪者証の失効 (R-VIS-06): returned, or the visit is closed.</summary>
    BadgeDead,

    /// <summary>警報・訓練中 (R-VIS-11): visitors stay out.</summary>
    ZoneNotForVisitors,

    /// <summary>生体認証不一致.</summary>
    BiometricMismatch,
}
