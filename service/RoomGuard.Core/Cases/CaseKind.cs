namespace RoomGuard.Core.Cases;

/// <summary>Names one case for good: <c>E-2026-0002</c> for an exception, <c>P-2026-0031</c> for all others.</summary>
public readonly record struct CaseId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What is applied for.</summary>
public enum CaseKind
{
    /// <summary>職員の入室許可 (R-DOOR-16).</summary>
    StaffGrant,

    /// <summary>業務委託事業者の入室許可 (R-CON-01, R-CON-02).</summary>
    ContractorGrant,

    /// <summary>施設管理部門の入室許可.</summary>
    FacilityGrant,

    /// <summary>入室許可の変更 (R-ID-03).</summary>
    GrantChange,

    /// <summary>入室許可の終了 (R-ID-03).</summary>
    GrantEnd,

    /// <summary>操作者アカウント (R-SIGN-09).</summary>
    OperatorAccount,

    /// <summary>役割 (R-PROF-04).</summary>
    RoleHolding,

    /// <summary>代行者 (R-SIGN-10, R-EXC-06).</summary>
    Deputy,

    /// <summary>カードの紛失 (R-ID-08).</summary>
    LostCredential,

    /// <summary>例外措置 (R-EXC-01).</summary>
    PolicyException,

    /// <summary>訪問 (R-VIS-01).</summary>
    Visit,

    /// <summary>外部からのアクセス: sign-in from outside the site (R-SIGN-14).</summary>
    RemoteAccess,

    /// <summary>持出し (R-CARRY-01).</summary>
    CarryOut,

    /// <summary>持込み (R-CARRY-02).</summary>
    CarryIn,

    /// <summary>作業 (R-WORK-01).</summary>
    Work,

    /// <summary>搬入・搬出 (R-MOVE-01).</summary>
    EquipmentMove,
}

/// <summary>Where a case stands on its way 申請→審査→許可→実施→確認.</summary>
public enum CaseState
{
    /// <summary>申請中: waits for a decision.</summary>
    Waiting,

    /// <summary>差戻し: waits for the applicant.</summary>
    SentBack,

    /// <summary>承認: allowed, to be carried out.</summary>
    Allowed,

    /// <summary>条件付承認: allowed with conditions, to be carried out.</summary>
    AllowedWithConditions,

    /// <summary>却下. Final.</summary>
    Refused,

    /// <summary>取下げ. Final.</summary>
    Withdrawn,

    /// <summary>期限切れ: nobody decided in time. Final.</summary>
    Lapsed,

    /// <summary>実施済み: carried out, to be confirmed.</summary>
    CarriedOut,

    /// <summary>確認済み. Final.</summary>
    Confirmed,
}
