using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;

namespace RoomGuard.SystemTests.Operators;

/// <summary>How one kind of application is walked: who applies with which fields, and whose word the document asks for.</summary>
/// <param name="Act">The row of the matrix it falls under; null: the second table has it.</param>
/// <param name="Applicant">Sign-in name of somebody who may apply.</param>
/// <param name="Fields">Of the form; each round is about something else where one thing can be asked for only once.</param>
/// <param name="Deciders">Set where the document says it elsewhere than in the row: SYS before SUP, or a row of the second table.</param>
/// <param name="OfZone">It is about SRV-1, so the manager of another zone has no say.</param>
public sealed record CaseWalk(CaseKind Kind, string Path, Act? Act, string Applicant, Func<int, (string, string)[]> Fields, ImmutableArray<Role>? Deciders = null, bool OfZone = false)
{
    /// <summary>Every kind of application; an account for privileges goes another way than a plain one.</summary>
    public static ImmutableArray<CaseWalk> All { get; } =
    [
        new(CaseKind.StaffGrant, "staff-grant", Core.Operators.Act.GrantStaffEntry, "sadowara", _ => WalkedOffice.Entry("S-0217"), OfZone: true),
        new(CaseKind.ContractorGrant, "contractor-grant", Core.Operators.Act.GrantContractorEntry, "kobayashi", _ => WalkedOffice.Entry("K-0007", ("contract", "K-2026-0001")), OfZone: true),
        new(CaseKind.FacilityGrant, "facility-grant", Core.Operators.Act.GrantFacilityEntry, "shintomi", _ => WalkedOffice.Entry("S-0163"), OfZone: true),
        new(CaseKind.GrantChange, "grant-change", Core.Operators.Act.GrantStaffEntry, "takahashi", _ => WalkedOffice.Entry("S-0108", ("grant", "G-2026-0015")), OfZone: true),
        new(CaseKind.GrantEnd, "grant-end", Core.Operators.Act.GrantStaffEntry, "aya", _ => [("grant", "G-2026-0018"), ("endsOn", WalkedOffice.Day(20)), ("reason", "担当の交代")], OfZone: true),
        new(CaseKind.OperatorAccount, "account", Core.Operators.Act.OperatorAccount, "aya", round => Account(round == 0 ? "S-0178" : "S-0184", $"walk-{round}")),
        new(CaseKind.OperatorAccount, "account", Core.Operators.Act.PrivilegedAccount, "miyakonojo", round => [.. Account("S-0146", $"walk-{round}.admin"), ("privileged", "1")]),
        new(CaseKind.RoleHolding, "role", null, "miyakonojo", _ => [("person", "S-0178"), ("role", nameof(Role.Reception)), ("section", ""), ("from", "2030-01-01"), ("until", ""), ("reason", "窓口の増員")], [Role.SupervisingOfficer]),
        new(CaseKind.Deputy, "deputy", Core.Operators.Act.PrivilegeDeputy, "hinata", _ => [("holding", "H-0005"), ("person", "S-0152"), ("from", WalkedOffice.Day(0)), ("until", WalkedOffice.Day(10)), ("reason", "休暇の間")]),
        new(CaseKind.LostCredential, "lost-card", null, "yoshida", _ => [("card", Cards.Yoshida), ("where", "駅"), ("wantsNew", "1"), ("reason", "")], [Role.SystemManager]),
        new(CaseKind.PolicyException, "exception", Core.Operators.Act.AllowException, "kobayashi", _ => Exception()),
        new(CaseKind.Visit, "visit", Core.Operators.Act.Visit, "sadowara", round => Visit($"例示 {round}郎"), OfZone: true),
        new(CaseKind.CarryOut, "carry-out", Core.Operators.Act.CarryOut, "aya", _ => Carry()),
        new(CaseKind.CarryIn, "carry-in", Core.Operators.Act.CarryIn, "aya", _ => Carry()),
        new(CaseKind.Work, "work", Core.Operators.Act.ChangeWork, "aya", _ => Work(), OfZone: true),
        new(CaseKind.Work, "work", Core.Operators.Act.WiringWork, "aya", _ => Work(checkers: "", kind: "Cabling"), OfZone: true),
        new(CaseKind.Work, "work", Core.Operators.Act.SwapPart, "aya", _ => [.. Work(kind: "PartSwap").Where(field => field.Item1 != "targets"), ("targets", "WALK-PART")], [Role.SystemManager], OfZone: true),
        new(CaseKind.EquipmentMove, "move", Core.Operators.Act.MoveEquipment, "aya", round => Move($"WALK-{round}"), OfZone: true),
        new(CaseKind.RemoteAccess, "remote-access", Core.Operators.Act.OperatorAccount, "aya", _ => [("person", "S-0134"), ("device", "貸与端末 7番"), ("from", WalkedOffice.Day(0)), ("until", WalkedOffice.Day(10)), ("reason", "夜間の障害対応")], [Role.SystemManager]),
    ];

    /// <summary>Roles whose word allows it in the ordinary course: by the row, a letter A without a condition.</summary>
    public ImmutableArray<Role> ExpectedDeciders => Deciders
        ?? [.. AuthorityTable.Roles.Where(role => WalkedOffice.Matrix[(int)Act!.Value][AuthorityTable.Roles.IndexOf(role) + 1].Split(", ").Contains("A"))];

    /// <summary>Fields of a visit by one person for an hour tomorrow.</summary>
    public static (string, string)[] Visit(string visitor, string organisation = "例示保守", string escort = "S-0217") =>
    [
        ("visitors", visitor), ("organisation", organisation), ("zones", "SRV-1"), ("day", WalkedOffice.Day(1)), ("from", "10:00"), ("until", "11:00"), ("escorts", escort), ("items", ""), ("contract", ""),
        ("repeat", "None"), ("repeatUntil", ""), ("reason", "空調の下見"),
    ];

    /// <summary>Fields of one terminal of the organisation's to be carried today.</summary>
    public static (string, string)[] Carry(params (string, string)[] more) =>
    [
        ("kind1", "Terminal"), ("ownership1", "Organisation"), ("name1", "ノートPC"), ("tag1", "PC-0098"), ("content1", "研修資料"), ("class1", "III"), ("segment1", "Internet"), ("encrypted1", "1"), ("place", "架空町役場"), ("zone", ""),
        ("leaveAt", $"{WalkedOffice.Day(0)}T00:00"), ("dueAt", $"{WalkedOffice.Day(1)}T23:00"), ("transport", "公用車"), ("protection", "LockedCase"), ("safeguardVersion", ""), ("receiver", ""), ("reason", "構成町での説明会"), .. more,
    ];

    /// <summary>Fields of a change in SRV-1 today, by two people.</summary>
    public static (string, string)[] Work(string performers = "S-0134", string checkers = "S-0146", string kind = "SystemChange") =>
    [
        ("workKind", kind), ("zone", "SRV-1"), ("description", "制御装置の版上げ"), ("targets", "AS-00380"), ("requestRef", "CR-77"), ("performers", performers), ("checkers", checkers), ("contract", ""),
        ("from", $"{WalkedOffice.Day(0)}T00:00"), ("until", $"{WalkedOffice.Day(1)}T23:00"), ("reason", "脆弱性対応"),
    ];

    /// <summary>Fields of a move of one item into SRV-1, from now on for a day.</summary>
    public static (string, string)[] Move(string item, string carriers = "S-0230 K-0012") =>
    [
        ("direction", "In"), ("purpose", "New"), ("items", $"{item}, R03 U12"), ("fromZone", ""), ("fromOutside", "架空電算の倉庫"), ("toZone", "SRV-1"), ("toOutside", ""), ("from", $"{WalkedOffice.Day(0)}T00:00"),
        ("until", $"{WalkedOffice.Day(1)}T00:00"), ("carriers", carriers), ("sealNo", ""), ("reason", "業務サーバの更新"),
    ];

    /// <summary>Fields of an item of the register that is whole and not brought in.</summary>
    public static (string, string)[] Item(string tag) =>
    [
        ("tag", tag), ("kind", "Server"), ("name", "業務サーバ"), ("maker", "架空電算"), ("model", "SV-20"), ("serial", $"SER-{tag}"), ("segment", "MyNumber"), ("manager", "S-0102"), ("hasStorage", "yes"),
        ("storage", $"SSD-{tag}, SSD"), ("maintenanceMonths", "6"), ("maintenanceFrom", "2026-04-01"), ("supportEnds", "2031-03-31"),
    ];

    private static (string, string)[] Account(string person, string name) => [("person", person), ("signInName", name), ("until", ""), ("reason", "異動による")];

    private static (string, string)[] Exception() =>
    [
        ("ruleRef", "R-ZONE-03"), ("scope", "SRV-1"), ("substitute", "警備員を置く"), ("risk", "低い"), ("validFrom", WalkedOffice.Day(0)), ("validUntil", WalkedOffice.Day(20)), ("usedAt", ""), ("selfApproval", ""), ("reason", "改修工事の間"),
    ];

    private static class Cards
    {
        // 𠮷田 佳乃's, by people.csv.
        public const string Yoshida = "C-0310";
    }
}
