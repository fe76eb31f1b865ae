using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Files;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Equipment;

/// <summary>廃棄・消去記録の番号, e.g. <c>D-2026-0011</c>.</summary>
public readonly record struct DisposalId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>種別 of a 廃棄・消去記録.</summary>
public enum DisposalKind
{
    /// <summary>廃棄.</summary>
    Disposal,

    /// <summary>リース返却.</summary>
    LeaseReturn,

    /// <summary>外部修理.</summary>
    Repair,

    /// <summary>再利用: erased for another use inside.</summary>
    Reuse,
}

/// <summary>処理内容.</summary>
public enum ErasureMethod
{
    /// <summary>上書き消去.</summary>
    Overwrite,

    /// <summary>暗号鍵消去.</summary>
    CryptoErase,

    /// <summary>装置の消去機能.</summary>
    SecureErase,

    /// <summary>消磁.</summary>
    Degauss,

    /// <summary>物理破壊.</summary>
    Destroy,
}

/// <summary>状態 of a 廃棄・消去記録.</summary>
public enum DisposalState
{
    /// <summary>申請.</summary>
    Applied,

    /// <summary>許可.</summary>
    Approved,

    /// <summary>却下.</summary>
    Refused,

    /// <summary>消去済, to be verified by another person.</summary>
    Erased,

    /// <summary>確認済: it may go out.</summary>
    Ready,

    /// <summary>搬出済.</summary>
    MovedOut,

    /// <summary>証明書受領.</summary>
    Certified,

    /// <summary>取下げ.</summary>
    Withdrawn,
}

/// <summary>An item that shall be disposed of, given back, or repaired outside.</summary>
/// <param name="NeedsErasure">Something on it can hold information (R-LIFE-03, R-LIFE-04).</param>
/// <param name="Firm">処理業者: the contract or the firm; empty: none.</param>
public sealed record Disposal(DisposalId Id, DisposalKind Kind, AssetTag Tag, bool NeedsErasure, string Firm, string Reason);

/// <summary>Applied for.</summary>
public sealed record DisposalAsked(DateTimeOffset OccurredAt, Disposal Disposal, string By) : RecordedEvent(OccurredAt);

/// <summary>Permitted or not beforehand (R-LIFE-05).</summary>
public sealed record DisposalDecided(DateTimeOffset OccurredAt, DisposalId Disposal, bool Allowed, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>Erased (R-LIFE-04).</summary>
/// <param name="Serials">Serials of the storage that was erased.</param>
public sealed record DisposalErased(DateTimeOffset OccurredAt, DisposalId Disposal, ErasureMethod Method, DateTimeOffset ErasedAt, ImmutableArray<string> Serials, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>The erasure was verified by another person (pair 8).</summary>
/// <param name="Passed">False: something can still be read, and it is erased anew.</param>
public sealed record DisposalVerified(DateTimeOffset OccurredAt, DisposalId Disposal, bool Passed, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>It could not be erased: a confidentiality contract and a check of the repairer's arrangements stand in its place (R-LIFE-03).</summary>
public sealed record SecrecyChecked(DateTimeOffset OccurredAt, DisposalId Disposal, string Contract, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>It went out with a move.</summary>
public sealed record DisposalMovedOut(DateTimeOffset OccurredAt, DisposalId Disposal, MoveId Move, string By) : RecordedEvent(OccurredAt);

/// <summary>It was taken back before anything went out.</summary>
public sealed record DisposalWithdrawn(DateTimeOffset OccurredAt, DisposalId Disposal, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>処理証明書の督促: it was not received within the profile's days (R-LIFE-05).</summary>
/// <param name="Roles">Who is reminded besides who applied.</param>
/// <param name="Times">1 when it falls due, then once more each time the same days have passed again.</param>
public sealed record DisposalReminded(DateTimeOffset OccurredAt, DisposalId Disposal, DateTimeOffset DueAt, ImmutableArray<Role> Roles, int Times) : RecordedEvent(OccurredAt);

/// <summary>処理証明書 was received (R-LIFE-05).</summary>
/// <param name="File">The certificate itself; null: it is kept on paper.</param>
public sealed record DisposalCertified(
    DateTimeOffset OccurredAt, DisposalId Disposal, string CertificateNo, DateOnly ReceivedOn, string By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KeptFile? File = null) : RecordedEvent(OccurredAt);

/// <summary>A 廃棄・消去記録 as its entries make it. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Who acts names the version seen, so that of two at once exactly one wins.</param>
public sealed record DisposalDossier(
    Disposal Disposal,
    DisposalState State,
    int Version,
    PersonId AskedBy,
    DateTimeOffset AskedAt,
    PersonId? DecidedBy,
    DateTimeOffset? DecidedAt,
    ErasureMethod? Method,
    DateTimeOffset? ErasedAt,
    PersonId? ErasedBy,
    ImmutableArray<string> Serials,
    PersonId? VerifiedBy,
    string NdaContract,
    PersonId? SecrecyCheckBy,
    MoveId? Move,
    DateTimeOffset? MovedOutAt,
    int Reminded,
    string CertificateNo,
    DateOnly? CertificateReceivedOn,
    KeptFile? CertificateFile,
    ImmutableArray<MoveLine> Story)
{
    /// <summary>Files of one certificate.</summary>
    public const int MostFiles = 1;

    /// <summary>Whether something of it is still to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => State switch
    {
        DisposalState.Refused or DisposalState.Certified or DisposalState.Withdrawn => false,
        DisposalState.MovedOut => Disposal.Kind is not DisposalKind.Repair,
        DisposalState.Ready => Disposal.Kind is not DisposalKind.Reuse,
        _ => true,
    };

    /// <summary>Whether it may be erased, or erased anew: permitted, not gone out, and not under a contract instead.</summary>
    [JsonIgnore]
    public bool MayBeErased => State is DisposalState.Approved or DisposalState.Erased || (State is DisposalState.Ready && ErasedAt is not null && IsOpen);

    /// <summary>Since when a 処理証明書 is waited for; null: none is.</summary>
    [JsonIgnore]
    public DateTimeOffset? AwaitsCertificateSince => State is DisposalState.MovedOut && Disposal.Kind is DisposalKind.Disposal or DisposalKind.LeaseReturn ? MovedOutAt : null;

    /// <summary>When the certificate is due; null: none is waited for.</summary>
    /// <param name="days">The profile's days (R-LIFE-05).</param>
    public DateTimeOffset? CertificateDue(int days) => AwaitsCertificateSince?.AddDays(days);

    /// <summary>What time alone makes due (R-LIFE-05): one reminder also where the service did not run while more of them fell due; null: nothing.</summary>
    public DisposalReminded? Due(DateTimeOffset now, int days) =>
        CertificateDue(days) is { } due && (int)Math.Ceiling((now - due) / TimeSpan.FromDays(days)) is var times && times > Reminded
            ? new(now, Disposal.Id, due, [Role.SystemManager, Role.SecurityManager], times)
            : null;

    /// <summary>Whether the item may go out with this record as it now stands (R-MOVE-06): what was fitted or found in it since counts.</summary>
    public bool LetsOut(Asset asset) => State switch
    {
        DisposalState.Ready => Disposal.Kind is not DisposalKind.Reuse && (ErasedAt is null || LeftOver(asset) is null),
        DisposalState.Approved => !Disposal.NeedsErasure && !CanHold(asset),
        _ => false,
    };

    /// <summary>A storage of the item that is not among what was erased; null: none.</summary>
    public string? LeftOver(Asset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        return asset.Storage.FirstOrDefault(part => !Serials.Contains(part.Serial))?.Serial;
    }

    /// <summary>The dossier after one more entry; null: the entry is of none, or of one that never began.</summary>
    public static DisposalDossier? After(DisposalDossier? before, RecordedEvent item, long n) => (before, item) switch
    {
        (_, DisposalAsked e) => new DisposalDossier(e.Disposal, DisposalState.Applied, 0, new(e.By), e.OccurredAt, null, null, null, null, null, [], null, "", null, null, null, 0, "", null, null, []).With(n, e, e.By, e.Disposal.Reason),
        (null, _) => null,
        (_, DisposalDecided e) => (before with { State = e.Allowed ? DisposalState.Approved : DisposalState.Refused, DecidedBy = new(e.By), DecidedAt = e.OccurredAt }).With(n, e, e.By, e.Note),
        (_, DisposalErased e) => (before with { State = DisposalState.Erased, Method = e.Method, ErasedAt = e.ErasedAt, ErasedBy = new(e.By), Serials = e.Serials, VerifiedBy = null }).With(n, e, e.By, e.Note),
        (_, DisposalVerified e) => (e.Passed ? before with { State = DisposalState.Ready, VerifiedBy = new(e.By) } : before with { State = DisposalState.Approved, Method = null, ErasedAt = null, ErasedBy = null, Serials = [] }).With(n, e, e.By, e.Result),
        (_, SecrecyChecked e) => (before with { State = DisposalState.Ready, NdaContract = e.Contract, SecrecyCheckBy = new(e.By) }).With(n, e, e.By, e.Result),
        (_, DisposalMovedOut e) => (before with { State = DisposalState.MovedOut, Move = e.Move, MovedOutAt = e.OccurredAt }).With(n, e, e.By, e.Move.Value),
        (_, DisposalWithdrawn e) => (before with { State = DisposalState.Withdrawn }).With(n, e, e.By, e.Reason),
        (_, DisposalReminded e) => (before with { Reminded = e.Times }).With(n, e, "", ""),
        (_, DisposalCertified e) => (before with { State = DisposalState.Certified, CertificateNo = e.CertificateNo, CertificateReceivedOn = e.ReceivedOn, CertificateFile = e.File }).With(n, e, e.By, e.CertificateNo),
        _ => null,
    };

    /// <summary>The record an entry belongs to; null: none.</summary>
    public static DisposalId? DisposalOf(RecordedEvent? item) => item switch
    {
        DisposalAsked e => e.Disposal.Id,
        DisposalDecided e => e.Disposal,
        DisposalErased e => e.Disposal,
        DisposalVerified e => e.Disposal,
        SecrecyChecked e => e.Disposal,
        DisposalMovedOut e => e.Disposal,
        DisposalWithdrawn e => e.Disposal,
        DisposalReminded e => e.Disposal,
        DisposalCertified e => e.Disposal,
        _ => null,
    };

    /// <summary>Whether anything on an item can hold information: media and papers always, machines unless somebody looked and found none.</summary>
    public static bool CanHold(Asset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        return asset.Kind switch
        {
            AssetKind.Media or AssetKind.Document => true,
            AssetKind.Container => false,
            _ => asset.HasStorage is not false,
        };
    }

    /// <summary>Whether a method leaves nothing on such an item: paper is destroyed (R-LIFE-04).</summary>
    public static bool Suits(AssetKind kind, ErasureMethod method) => kind is not AssetKind.Document || method is ErasureMethod.Destroy;

    private DisposalDossier With(long n, RecordedEvent item, string by, string text) => this with { Version = Version + 1, Story = Story.Add(new(n, item.OccurredAt, RecordKinds.Of(item), by, text)) };
}
