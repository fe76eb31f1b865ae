namespace RoomGuard.Core.Operators;

/// <summary>What can be done at a site: the rows of "Who may do what" in section (c) of docs/requirements.md, in their order.</summary>
public enum Act
{
    /// <summary>Entry grant, staff: 職員の入室許可.</summary>
    GrantStaffEntry,

    /// <summary>Entry grant, contractor: 業務委託事業者の入室許可.</summary>
    GrantContractorEntry,

    /// <summary>Entry grant, FAC for the building side: 施設管理部門の入室許可.</summary>
    GrantFacilityEntry,

    /// <summary>Suspend or withdraw rights: 停止・剥奪 (R-ID-10).</summary>
    SuspendRights,

    /// <summary>Lockdown: 区域封鎖 (R-DOOR-14).</summary>
    Lockdown,

    /// <summary>Presence reset: 在室者一覧の訂正 (R-DOOR-06).</summary>
    ResetPresence,

    /// <summary>Visit: 訪問.</summary>
    Visit,

    /// <summary>Hand-written register line: 手書きの記載 (R-DOOR-11).</summary>
    HandWrittenLine,

    /// <summary>Zone registration, outer doors: 管理区域の登録.</summary>
    RegisterZone,

    /// <summary>Move in or out: 搬入・搬出.</summary>
    MoveEquipment,

    /// <summary>Off-site placement: 敷地外設置.</summary>
    PlaceOffSite,

    /// <summary>Part swap: 部品交換.</summary>
    SwapPart,

    /// <summary>Outside repair: 修理.</summary>
    RepairOutside,

    /// <summary>Disposal, lease return: 廃棄・リース返却.</summary>
    Dispose,

    /// <summary>Carry out: 持ち出し.</summary>
    CarryOut,

    /// <summary>Carry in, private item: 持ち込み.</summary>
    CarryIn,

    /// <summary>Items belonging to a zone: 区域に属する物品.</summary>
    KeepZoneItems,

    /// <summary>Change work on a system: システム変更等の作業.</summary>
    ChangeWork,

    /// <summary>Wiring work: 配線作業.</summary>
    WiringWork,

    /// <summary>Settings of the controller: 設定.</summary>
    ChangeSettings,

    /// <summary>UPS command, shutdown plan: 停止順序.</summary>
    CommandPower,

    /// <summary>Limits for temperature, power: 限度値.</summary>
    SetLimits,

    /// <summary>Acknowledge alarm, power or climate: 警報の確認(電源・環境).</summary>
    AcknowledgeClimateAlarm,

    /// <summary>Acknowledge alarm, intrusion: 警報の確認(侵入).</summary>
    AcknowledgeIntrusionAlarm,

    /// <summary>Incident report: インシデントの報告.</summary>
    ReportIncident,

    /// <summary>Close incident: インシデントの終結.</summary>
    CloseIncident,

    /// <summary>Exception: 例外措置.</summary>
    AllowException,

    /// <summary>Operator accounts: 操作者アカウント.</summary>
    OperatorAccount,

    /// <summary>Privileged accounts: 特権ID.</summary>
    PrivilegedAccount,

    /// <summary>Deputy for privileges: 特権の代行者.</summary>
    PrivilegeDeputy,

    /// <summary>Look into one person's records: 利用状況調査.</summary>
    LookIntoPerson,

    /// <summary>View entry register: 入退室管理簿の閲覧.</summary>
    ViewEntryRegister,

    /// <summary>Hold removal of records: 証拠保全.</summary>
    HoldRemoval,

    /// <summary>Export records: 記録の書き出し.</summary>
    ExportRecords,

    /// <summary>Remove expired records: 保存期間を過ぎた記録の消去.</summary>
    RemoveExpiredRecords,

    /// <summary>Self-inspection: 自己点検.</summary>
    SelfInspection,

    /// <summary>Audit: 監査.</summary>
    Audit,

    /// <summary>Drill: 訓練.</summary>
    Drill,
}

/// <summary>Which part a person takes in an act: the letters of the matrix.</summary>
public enum Part
{
    /// <summary>Q: applies for it (申請).</summary>
    Asks,

    /// <summary>A: allows it (許可).</summary>
    Allows,

    /// <summary>D: does it (実施).</summary>
    Does,

    /// <summary>C: checks or witnesses it (確認・立会い).</summary>
    Checks,

    /// <summary>K: keeps its register.</summary>
    Keeps,

    /// <summary>V: views it.</summary>
    Views,

    /// <summary>I: is informed of it.</summary>
    Informed,
}

/// <summary>Under which condition a right of the matrix counts.</summary>
public enum AuthorityLimit
{
    /// <summary>Without condition.</summary>
    Always,

    /// <summary>"own": the person's own record only.</summary>
    Own,

    /// <summary>"sec": people and information of the holder's section.</summary>
    Section,

    /// <summary>"zones": zones the holder answers for.</summary>
    Zones,

    /// <summary>"when SYS asks": only where the one below cannot decide, because it is their own matter or nobody holds the role.</summary>
    OneLevelUp,

    /// <summary>"if named": only people CHIEF has named for this matter.</summary>
    Named,

    /// <summary>"with reason".</summary>
    WithReason,

    /// <summary>"instructed or CHIEF absent".</summary>
    InstructedOrChiefAbsent,

    /// <summary>"in contract": within the term and the places of the contract.</summary>
    InContract,

    /// <summary>"own firm, in contract".</summary>
    OwnFirmInContract,

    /// <summary>"never": whatever other role the person holds.</summary>
    Never,
}
