using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RoomGuard.Core.Operators;

/// <summary>What pages show and do that the matrix of section (c) does not name.</summary>
public enum PageAct
{
    /// <summary>状況: the room now.</summary>
    SeeRoom,

    /// <summary>人の一覧 and one person's file.</summary>
    SeePeople,

    /// <summary>Registers and changes people.</summary>
    KeepPeople,

    /// <summary>Applies a list of people (R-INP-03, R-ID-06).</summary>
    ImportPeople,

    /// <summary>カードの一覧.</summary>
    SeeCards,

    /// <summary>Issues cards, takes them back, sets a PIN.</summary>
    KeepCards,

    /// <summary>紛失届 (R-ID-08).</summary>
    ReportLostCard,

    /// <summary>入室許可の一覧.</summary>
    SeeGrants,

    /// <summary>抹消の通知: gives up a grant (R-ID-04).</summary>
    GiveUpGrant,

    /// <summary>業務委託契約の一覧.</summary>
    SeeContracts,

    /// <summary>Keeps the contractor register (R-CON-01).</summary>
    KeepContracts,

    /// <summary>Takes out what a contractor did: entries, work, moves and carry permits (R-CON-06).</summary>
    ExtractContractor,

    /// <summary>機器の一覧.</summary>
    SeeDevices,

    /// <summary>設定 and the policy profile with its departures.</summary>
    SeeSettings,

    /// <summary>Chooses the policy profile (R-PROF-01).</summary>
    ChooseProfile,

    /// <summary>役割の一覧: who is responsible for what.</summary>
    SeeRoles,

    /// <summary>Applies for a role to be given (R-PROF-04).</summary>
    AskForRole,

    /// <summary>Allows a role of others to be given (R-PROF-04).</summary>
    AllowRole,

    /// <summary>操作者アカウントの一覧 and sign-ins.</summary>
    SeeAccounts,

    /// <summary>Keeps or withdraws a 特権ID at its yearly review (R-SIGN-09).</summary>
    ReviewPrivileges,

    /// <summary>Forces a new password and ends all sessions (R-SIGN-08).</summary>
    ForceSignOut,

    /// <summary>申請の一覧 beyond one's own and those that wait for one.</summary>
    SeeCases,

    /// <summary>Makes and ends tokens by which other systems call.</summary>
    KeepTokens,

    /// <summary>自分のページ: own entries, grants, cards, account.</summary>
    OwnPage,

    /// <summary>火災 told to the doors, and ended (R-DOOR-15).</summary>
    TellFire,

    /// <summary>警報中 and 訓練中 of a zone, begun and ended (R-VIS-11).</summary>
    SetZoneMode,

    /// <summary>保守 of a zone's doors: a named person opens them without alarm, until an end.</summary>
    MaintainDoors,

    // Keys, identity checks, patterns.

    /// <summary>鍵 and their loans (R-DOOR-13).</summary>
    SeeKeys,

    /// <summary>Registers keys and takes them out of use.</summary>
    KeepKeys,

    /// <summary>Gives keys out and takes them back.</summary>
    LendKeys,

    /// <summary>Records a check of somebody's 身分証明書 (R-DOOR-12).</summary>
    CheckIdentity,

    /// <summary>身分証明書の確認の一覧 beyond one's own.</summary>
    SeeIdentityChecks,

    /// <summary>Lifts what a failed check holds.</summary>
    ClearIdentity,

    /// <summary>気になる動き and signs of lending (R-MON-05, R-ID-07).</summary>
    SeePatterns,

    /// <summary>Says what a notice was.</summary>
    ReviewPatterns,

    // Power.

    /// <summary>電源: units, plans, outages.</summary>
    SeePower,

    /// <summary>Registers a planned outage (R-PWR-09).</summary>
    RegisterPlannedOutage,

    /// <summary>Agrees to a planned outage (R-PWR-09).</summary>
    AgreePlannedOutage,

    // Climate.

    /// <summary>環境: zones, sensors, their values and their health (R-ENV-01 … 06).</summary>
    SeeClimate,

    /// <summary>登録 of sensors that announced themselves, and taking them out again (R-NET-01, R-ENV-01).</summary>
    EnrolSensors,

    /// <summary>Keeps the register of 消火設備 (R-ENV-07).</summary>
    KeepFireEquipment,

    // Alarms.

    /// <summary>Keeps who is told of which alarm, and in which order (R-MON-04, R-INC-07); raises the alarm of a drill.</summary>
    KeepAlarmContacts,

    /// <summary>保守中: keeps alarms of a thing or an area back until an end.</summary>
    BeginMaintenance,

    /// <summary>障害記録 (R-MON-03).</summary>
    SeeFailures,

    /// <summary>Reports a failure, writes down what was done, closes the record.</summary>
    KeepFailures,

    // Carrying.

    /// <summary>感染・更新の確認 of what came back (R-CARRY-08).</summary>
    CheckCarried,

    /// <summary>Sets 安全管理措置 for what is handled outside (R-CARRY-06).</summary>
    SetSafeguards,

    // Notices.

    /// <summary>通知: channels, queue and results (R-MON-04).</summary>
    SeeNotices,

    /// <summary>Sends a test notice.</summary>
    TestNotices,

    // Equipment.

    /// <summary>機器台帳 (R-LIFE-01).</summary>
    SeeEquipment,

    /// <summary>Registers and changes items, writes down their maintenance, lends media and documents.</summary>
    KeepEquipment,

    /// <summary>Decides the class of an item (R-LIFE-07).</summary>
    DecideAssetClass,

    /// <summary>搬入・搬出 and the 搬入出記録簿 (R-MOVE-01).</summary>
    SeeMoves,

    /// <summary>影響確認 before a move in (R-MOVE-02).</summary>
    CheckMoveImpact,

    /// <summary>Confirms mounting and surroundings of what was brought in (R-LIFE-10).</summary>
    ConfirmInstallation,

    /// <summary>廃棄・消去記録 (R-LIFE-05).</summary>
    SeeDisposals,

    /// <summary>敷地外の機器 (R-LIFE-06).</summary>
    SeeOffsite,

    /// <summary>系統間の媒体移送 (R-MOVE-08).</summary>
    SeeTransfers,

    /// <summary>Records a transfer of media between segments (R-MOVE-08).</summary>
    RecordTransfer,

    /// <summary>Opens and counts a 棚卸 (R-MOVE-11).</summary>
    CountStock,

    /// <summary>Confirms a 棚卸, sends it back, gives it up (R-MOVE-11).</summary>
    ConfirmStock,
}

/// <summary>One row of the second table.</summary>
/// <param name="Reason">Why so, with the requirement it follows from.</param>
public sealed record PageRow(PageAct Act, string Words, string Reason);

/// <summary>
/// The second table of authority, for what the matrix of section (c) does not name. It follows the matrix where that says something near, and each
/// row says from what. Shown in docs/authority.md; a test holds the two together.
/// </summary>
public static class PageAuthority
{
    /// <summary>The rows. Roles in the codes of docs/requirements.md; "sec", "own" as in the matrix.</summary>
    public static ImmutableArray<PageRow> Rows { get; } =
    [
        new(PageAct.SeeRoom, "CHIEF, SUP, SEC, SYS, OPS, AUD, FAC, REC", "dashboard.md section 3; who is inside is cut further by the row View entry register"),
        new(PageAct.SeePeople, "CHIEF, SUP, SEC sec, SYS, OPS, AUD", "R-SIGN-15: sections see their own; SYS and OPS need the holder to decide and carry out grants"),
        new(PageAct.KeepPeople, "SEC sec, SYS, OPS", "R-ID-01 SEC; R-ID-03 SYS approves; OPS works on SYS's instruction"),
        new(PageAct.ImportPeople, "SYS, OPS", "R-ID-06 SYS; R-INP-03"),
        new(PageAct.SeeCards, "SUP, SEC sec, SYS, OPS, AUD", "R-ID-05 SYS; as SeePeople"),
        new(PageAct.KeepCards, "SYS, OPS", "R-ID-02 SYS; OPS works on SYS's instruction"),
        new(PageAct.ReportLostCard, "SUP, SEC, SYS, OPS, REC, STAFF own, CON own", "R-ID-08 STAFF, OPS; a report may come by telephone to any of these"),
        new(PageAct.SeeGrants, "CHIEF, SUP, SEC sec, SYS, OPS, AUD", "rows Entry grant: all who take part, and AUD views"),
        new(PageAct.GiveUpGrant, "SEC sec, STAFF own, CON own", "R-ID-04: the person or a superior"),
        new(PageAct.SeeContracts, "CHIEF, SUP, SEC, SYS, OPS, AUD", "R-CON-01, R-CON-06"),
        new(PageAct.KeepContracts, "SEC", "R-CON-01"),
        new(PageAct.ExtractContractor, "AUD", "R-CON-06 AUD"),
        new(PageAct.SeeDevices, "SUP, SYS, OPS, AUD, FAC", "row Settings of the controller; FAC looks after power and cables"),
        new(PageAct.SeeSettings, "CHIEF, SUP, SEC, SYS, OPS, AUD", "row Settings of the controller: all who take part"),
        new(PageAct.ChooseProfile, "SUP", "R-PROF-01; the decision of CHIEF or COM is named (R-PROF-02)"),
        new(PageAct.SeeRoles, "CHIEF, SUP, SEC, SYS, OPS, AUD, FAC, REC, STAFF, CON", "R-SIGN-10: deputies are announced; everybody must know whom to turn to"),
        new(PageAct.AskForRole, "SUP, SEC sec, SYS", "R-PROF-04; section heads ask for their own people"),
        new(PageAct.AllowRole, "CHIEF, SUP", "R-PROF-04 SUP; SUP's own and what SUP asks goes one level up to CHIEF"),
        new(PageAct.SeeAccounts, "CHIEF, SUP, SYS, OPS, AUD", "rows Operator accounts and Privileged accounts"),
        new(PageAct.ReviewPrivileges, "SUP, SYS", "R-SIGN-09 SUP, SYS; nobody reviews their own"),
        new(PageAct.ForceSignOut, "SUP, SEC sec, SYS", "R-SIGN-08 SEC; SUP and SYS keep the accounts"),
        new(PageAct.SeeCases, "CHIEF, SUP, SEC sec, SYS zones, AUD", "R-EXC-03; registers are kept by those with K in the matrix"),
        new(PageAct.KeepTokens, "SYS", "row Operator accounts: SYS keeps them"),
        new(PageAct.OwnPage, "CHIEF, SUP, SEC, SYS, OPS, AUD, FAC, REC, STAFF, CON", "row View entry register: V own; R-ID-08"),
        new(PageAct.TellFire, "SUP, SEC, SYS, OPS, FAC, REC", "R-DOOR-15 CTRL, FAC; whoever is called first must be able to tell it, and the order is recorded"),
        new(PageAct.SetZoneMode, "SUP, SEC, SYS, OPS", "R-VIS-11; rows Acknowledge alarm, intrusion and Drill"),
        new(PageAct.MaintainDoors, "SYS zones", "row Settings of the controller: SYS allows for own zones"),

        // Keys, identity checks, patterns.
        new(PageAct.SeeKeys, "SUP, SEC, SYS, OPS, AUD, FAC", "R-DOOR-13: those who lend keys and those who answer for rooms and their record"),
        new(PageAct.KeepKeys, "SYS", "R-DOOR-13, R-ZONE-07: SYS answers for the zone's doors"),
        new(PageAct.LendKeys, "OPS, FAC", "R-DOOR-13 OPS, FAC"),
        new(PageAct.CheckIdentity, "REC, STAFF", "R-DOOR-12 REC, STAFF: reception or anybody inside"),
        new(PageAct.SeeIdentityChecks, "SUP, SEC sec, AUD", "R-DOOR-12: SEC is informed; sections see their own"),
        new(PageAct.ClearIdentity, "SUP, SEC sec", "R-DOOR-12: SEC is informed and decides"),
        new(PageAct.SeePatterns, "SUP, SEC sec, AUD", "R-MON-05, R-ID-07: told to SEC; sections see their own"),
        new(PageAct.ReviewPatterns, "SUP, SEC sec", "R-MON-05: told to SEC; one's own goes one level up (pair 9)"),

        // Power.
        new(PageAct.SeePower, "SUP, SYS, OPS, AUD, FAC", "row UPS command, shutdown plan: all who take part; R-PWR-02 tells FAC and SYS"),
        new(PageAct.RegisterPlannedOutage, "FAC", "R-PWR-09 FAC"),
        new(PageAct.AgreePlannedOutage, "SYS", "R-PWR-09 SYS; never who registered it"),

        // Climate.
        new(PageAct.SeeClimate, "SUP, SEC, SYS, OPS, AUD, FAC", "rows Limits and Acknowledge alarm, climate: all who take part; R-ENV-03 and R-ENV-08 tell SEC"),
        new(PageAct.EnrolSensors, "SYS zones, FAC", "R-ENV-01 SYS, FAC: who keeps the sensing plan; each order is recorded and only enrolled devices count (R-NET-01)"),
        new(PageAct.KeepFireEquipment, "SUP, FAC", "R-ENV-07 SUP, FAC"),

        // Alarms.
        new(PageAct.KeepAlarmContacts, "SUP, SYS", "R-INC-07 SUP; row Settings of the controller: SYS allows"),
        new(PageAct.BeginMaintenance, "SYS, OPS, FAC", "row Acknowledge alarm, power or climate: those who work on things; what guards life and doors is not kept back"),
        new(PageAct.SeeFailures, "SUP, SEC, SYS, OPS, AUD, FAC", "R-MON-03: those who keep them, those who answer for the zones, and AUD"),
        new(PageAct.KeepFailures, "SYS, OPS, FAC", "R-MON-03 OPS, SYS; FAC mends power and building devices"),

        // Carrying.
        new(PageAct.CheckCarried, "SYS, OPS", "R-CARRY-08 OPS; OPS works on SYS's instruction"),
        new(PageAct.SetSafeguards, "CHIEF", "R-CARRY-06: CHIEF's safeguards"),

        // Notices.
        new(PageAct.SeeNotices, "CHIEF, SUP, SYS, OPS, AUD, FAC", "R-MON-04, R-NET-05: whoever is told or answers for what leaves the controller"),
        new(PageAct.TestNotices, "SYS", "row Settings of the controller: SYS keeps the channels"),

        // Equipment.
        new(PageAct.SeeEquipment, "CHIEF, SUP, SEC, SYS, OPS, AUD", "rows Move in or out, Off-site placement and Disposal: those who decide on items, keep them, or view"),
        new(PageAct.KeepEquipment, "SYS, OPS", "R-LIFE-01 SYS; OPS works on SYS's instruction"),
        new(PageAct.DecideAssetClass, "SEC", "R-LIFE-07 SEC"),
        new(PageAct.SeeMoves, "CHIEF, SUP, SEC, SYS, OPS, AUD, FAC, REC, STAFF, CON own", "row Move in or out: all who take part, are told, or may be the witness; contractors what they have a hand in"),
        new(PageAct.CheckMoveImpact, "STAFF, CON", "R-MOVE-02 STAFF or CON"),
        new(PageAct.ConfirmInstallation, "SYS", "R-LIFE-10 SYS"),
        new(PageAct.SeeDisposals, "CHIEF, SUP, SEC, SYS, OPS, AUD, STAFF, CON own", "rows Disposal, lease return and Outside repair: all who take part, are told, or view; who decides one level up; contractors what they have a hand in"),
        new(PageAct.SeeOffsite, "CHIEF, SUP, SEC, SYS, OPS, AUD, FAC", "row Off-site placement: all who take part, are told, or view"),
        new(PageAct.SeeTransfers, "SUP, SEC, SYS, OPS, AUD", "R-MOVE-08 OPS, SEC informed; those who keep the segments apart, and AUD"),
        new(PageAct.RecordTransfer, "OPS", "R-MOVE-08 OPS"),
        new(PageAct.CountStock, "SYS, OPS", "R-MOVE-11 OPS; SYS may count too, and then another SYS confirms"),
        new(PageAct.ConfirmStock, "SYS", "R-MOVE-11 SYS confirms"),
    ];

    private static readonly FrozenDictionary<string, Role> Codes = new Dictionary<string, Role>
    {
        ["CHIEF"] = Role.ChiefOfficer,
        ["SUP"] = Role.SupervisingOfficer,
        ["SEC"] = Role.SecurityManager,
        ["SYS"] = Role.SystemManager,
        ["OPS"] = Role.SystemStaff,
        ["AUD"] = Role.Auditor,
        ["FAC"] = Role.FacilityStaff,
        ["REC"] = Role.Reception,
        ["STAFF"] = Role.Staff,
        ["CON"] = Role.Contractor,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(PageAct, Role), AuthorityRight> Cells = Rows
        .SelectMany(row => row.Words.Split(", ").Select(cell => (row.Act, Cell: cell.Split(' '))))
        .ToFrozenDictionary(
            item => (item.Act, Codes[item.Cell[0]]),
            item => new AuthorityRight(Part.Does, item.Cell.Length == 1 ? AuthorityLimit.Always : LimitOf(item.Cell[1])));

    /// <summary>The cell of an act and a role; empty: may not.</summary>
    public static ImmutableArray<AuthorityRight> Cell(PageAct act, Role role) => Cells.TryGetValue((act, role), out var right) ? [right] : [];

    /// <summary>Roles that may, with or without a limit.</summary>
    public static ImmutableArray<Role> RolesWith(PageAct act) => [.. AuthorityTable.Roles.Where(role => Cells.ContainsKey((act, role)))];

    private static AuthorityLimit LimitOf(string word) => word switch
    {
        "sec" => AuthorityLimit.Section,
        "own" => AuthorityLimit.Own,
        "zones" => AuthorityLimit.Zones,
        _ => throw new ArgumentException($"'{word}' is no limit.", nameof(word)),
    };
}
