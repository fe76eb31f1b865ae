using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Personnel;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Contracts and what goes on around people, with every kind of thing the pages can show. No act changes anything.</summary>
internal sealed class InventedPersonnel : IContractorDesk, IContractTrailDesk, IPersonnelDesk
{
    private static readonly DateOnly Day = new(2026, 11, 21);
    private static readonly DateTimeOffset At = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Minori = new("S-0217");
    private const string Name = "佐土原 みのり";
    private const string Firm = "架空保守サービス株式会社";

    private static readonly Contract Maintenance = new(
        new("K-2026-0003"), "サーバ等の定期保守", [new(Firm, "定期保守", new(2026, 4, 2)), new("架空電設株式会社", "配線", null)], "延岡 葵", "情報政策課", [new("SRV-1")],
        [new(new("K-0012"), Firm)], new(2025, 4, 1), new(2027, 4, 1), new(2025, 3, 20), "適");

    private static readonly ContractLine Line = new(Maintenance, ContractStanding.Running, new(2026, 4, 1), CheckOverdue: true, 1);

    private static readonly ComparisonLine Compared = new("J-2026-0004", new(2026, 11, 10, 1, 0, 0, TimeSpan.Zero), "jinji.csv", 2, 1, new(2026, 11, 17), Overdue: true);

    private static readonly LeavingLine Leaving = new(Minori, Name, LeavingKind.Transfer, Day.AddDays(-3), "税務課", ["C-0311", "L-0004 ラックの鍵 3番"], Overdue: true);

    public Task<ImmutableArray<ContractLine>?> Contracts(string? words, Actor by, CancellationToken gone, ContractShow show = ContractShow.All) =>
        Task.FromResult<ImmutableArray<ContractLine>?>(words == "nobody" ? [] : [Line, Line with { Contract = Maintenance with { Id = new("K-2024-0001") }, Standing = ContractStanding.Over, CheckDue = null, CheckOverdue = false }]);

    public Task<ContractFile?> Contract(ContractId id, Actor by, CancellationToken gone) =>
        Task.FromResult(id == Maintenance.Id ? new ContractFile(
            Line,
            [new(new("K-0012"), "五ヶ瀬 樹", Firm, ["C-0336"])],
            null,
            [
                new(104_412, new(2026, 5, 8), CheckFinding.Grave, "入退室の手順が守られていない", [new("S-0102"), new("S-0001"), by.Person], [new("S-0102")], new("S-0121"), At),
                new(90_120, new(2025, 4, 20), null, "良好", [], [], new("S-0121"), At),
            ],
            new Dictionary<PersonId, string> { [new("S-0102")] = "日向 直子", [new("S-0121")] = "小林 誠", [new("K-0012")] = "五ヶ瀬 樹" }.ToImmutableDictionary(),
            [new(HoldingKind.Card, "C-0336", "C-0336", new PersonId("K-0012"), Firm), new(HoldingKind.Asset, "DOC-0012", "構成図", new PersonId("K-0012"), Firm), new(HoldingKind.Entrusted, "1", "構成図の写し", null, Firm)],
            [
                new(new(id, 1, EntrustedKind.Information, "構成図の写し", Firm, new(2026, 4, 10)), 104_020, null),
                new(new(id, 2, EntrustedKind.Document, "設定書", Firm, new(2026, 4, 10)), 104_030, new(Settlement.Destroyed, new(2026, 6, 1), "SH-0456", new("S-0121"))),
            ],
            MayKeep: true,
            MayExtract: true) : null);

    public Task<ContractTrail?> Look(ContractId id, TrailQuery query, Actor by, CancellationToken stop) => Task.FromResult(id != Maintenance.Id ? null : new ContractTrail(
        Maintenance,
        query.Firm is not null && query.Firm != Firm ? [] :
        [
            new(104_300, At, TrailKind.Entry, new PersonId("K-0012"), "五ヶ瀬 樹", Firm, "", "", RegisterResult.Granted, RegisterDirection.In, new ZoneId("SRV-1"), new("SRV-1-D1")),
            new(104_310, At.AddMinutes(5), TrailKind.Work, new PersonId("K-0012"), "五ヶ瀬 樹", Firm, "W-2026-0152", "work.started", null, null, new ZoneId("SRV-1"), null),
            new(104_320, At.AddMinutes(9), TrailKind.Move, new PersonId("K-0012"), "五ヶ瀬 樹", Firm, "M-2026-0019", "move.started", null, null, new ZoneId("SRV-1"), null),
            new(104_330, At.AddMinutes(12), TrailKind.Carry, null, "", Firm, "K-2026-0045", "carry.permitted", null, null, null, null),
        ],
        Cut: true,
        Maintenance.From,
        Day,
        [(new("K-0012"), "五ヶ瀬 樹", Firm)],
        [Firm, "架空電設株式会社"]));

    public Task<ContractTrail?> Export(ContractId id, TrailQuery query, Actor by, CancellationToken stop) => Look(id, query, by, stop);

    public Task<ActResult> Save(ContractForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Brief(ContractId id, string firm, DateOnly on, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Check(ContractId id, DateOnly on, CheckFinding finding, string result, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> ReceiveReport(ContractId id, long check, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Entrust(ContractId id, EntrustedKind kind, string label, string firm, DateOnly handedOn, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Settle(ContractId id, int no, Settlement settlement, DateOnly on, string proof, Actor by, CancellationToken stop) => Done();

    public Task<ContractWaiting> Waiting(Actor by, CancellationToken gone) => Task.FromResult(new ContractWaiting(1, 1, 1));

    public Task<ActResult> End(ContractId id, DateOnly endsOn, string reason, Actor by, CancellationToken stop) => Done();

    public Task<PersonnelLook?> Look(Actor by, CancellationToken gone) => Task.FromResult<PersonnelLook?>(new(
        [Leaving],
        [new(new("C-0311"), Minori, Name, new(2026, 8, 1), 112, Held: true), new(new("C-0312"), Minori, Name, null, 61, Held: false)],
        [Compared],
        [new(104_050, new(new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero), Minori, LendingPattern.TwoPlaces, new("SRV-1-D1"), new("SRV-1"), new ZoneId("MED-1"), [104_050]), Name)],
        MayKeep: true,
        MayCompare: true));

    public Task<PersonLife?> Life(PersonId person, Actor by, CancellationToken gone) => Task.FromResult(person != Minori ? null : new PersonLife(
        new(Minori, Name, "さどわら みのり", PersonCategory.FixedTermStaff, "業務課", null, null),
        [new(PreconditionKind.Training, new(Minori, PreconditionKind.Training, new(2026, 4, 10), null, "新任研修"), Counts: true), new(PreconditionKind.Consent, null, Counts: false)],
        [new("L-0004", Minori, BelongingKind.Key, "ラックの鍵 3番")],
        Leaving,
        [
            new(new("BIO-0004", Minori, "reader-srv-in C-0311", "サーバ室の入室時の本人確認", new(2026, 5, 8)), null),
            new(new("BIO-0001", Minori, "reader-med C-0108", "媒体保管庫の入室時の本人確認", new(2025, 4, 1)), new(2026, 3, 31)),
        ],
        MayKeep: true,
        MayKeepBiometrics: true));

    public Task<ComparisonFile?> Comparison(string compare, Actor by, CancellationToken gone) => Task.FromResult(compare != Compared.Compare ? null : new ComparisonFile(
        Compared,
        [
            new(new(1, PersonnelDifferenceKind.Differs, Minori, Name, "section", "業務課", "税務課"), null, null, null),
            new(new(2, PersonnelDifferenceKind.OnlyHere, new("S-0300"), "架空 太郎", "", "総務課", null), PersonnelVerdict.LeaveAsIs, "出向中", "S-0115"),
        ],
        MayDecide: true));

    public Task<ActResult> Meet(Precondition met, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Withdraw(PersonId person, PreconditionKind kind, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Lend(PersonId person, BelongingKind kind, string label, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> TakeBack(string belonging, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> KeepBiometric(BiometricForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> DeleteBiometric(PersonId person, string biometric, DateOnly deletedOn, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Leave(LeavingForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> KeepUnused(CredentialId card, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Compare(string fileName, Stream csv, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Decide(string compare, int no, PersonnelVerdict verdict, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> SetDuressPin(CredentialId card, string pin, Actor by, CancellationToken stop) => Done();

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done("J-2026-0004"));
}
