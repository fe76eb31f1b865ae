using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
public sealed record DisposalVerified(DateTimeOffset OccurredAt, DisposalId Disposal, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>It could not be erased: a confidentiality contract and a check of the repairer's arrangements stand in its place (R-LIFE-03).</summary>
public sealed record SecrecyChecked(DateTimeOffset OccurredAt, DisposalId Disposal, string Contract, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>It went out with a move.</summary>
public sealed record DisposalMovedOut(DateTimeOffset OccurredAt, DisposalId Disposal, MoveId Move, string By) : RecordedEvent(OccurredAt);

/// <summary>処理証明書 was received (R-LIFE-05).</summary>
public sealed record DisposalCertified(DateTimeOffset OccurredAt, DisposalId Disposal, string CertificateNo, DateOnly ReceivedOn, string By) : RecordedEvent(OccurredAt);

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
    string CertificateNo,
    DateOnly? CertificateReceivedOn,
    ImmutableArray<MoveLine> Story)
{
    /// <summary>Days within which the certificate is due† (R-LIFE-05).</summary>
    public const int CertificateDays = 30;

    /// <summary>Whether the item may go out with this record (R-MOVE-06).</summary>
    [JsonIgnore]
    public bool LetsOut => State is DisposalState.Ready || (State is DisposalState.Approved && !Disposal.NeedsErasure);

    /// <summary>Whether something of it is still to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => State is not (DisposalState.Refused or DisposalState.Certified) && !(State is DisposalState.MovedOut && Disposal.Kind is DisposalKind.Repair);

    /// <summary>When the certificate is due; null: none is waited for.</summary>
    [JsonIgnore]
    public DateTimeOffset? CertificateDue => State is DisposalState.MovedOut && Disposal.Kind is not DisposalKind.Repair ? MovedOutAt?.AddDays(CertificateDays) : null;

    /// <summary>The dossier after one more entry; null: the entry is of none, or of one that never began.</summary>
    public static DisposalDossier? After(DisposalDossier? before, RecordedEvent item, long n) => (before, item) switch
    {
        (_, DisposalAsked e) => new DisposalDossier(e.Disposal, DisposalState.Applied, 0, new(e.By), e.OccurredAt, null, null, null, null, null, [], null, "", null, null, null, "", null, []).With(n, e, e.By, e.Disposal.Reason),
        (null, _) => null,
        (_, DisposalDecided e) => (before with { State = e.Allowed ? DisposalState.Approved : DisposalState.Refused, DecidedBy = new(e.By), DecidedAt = e.OccurredAt }).With(n, e, e.By, e.Note),
        (_, DisposalErased e) => (before with { State = DisposalState.Erased, Method = e.Method, ErasedAt = e.ErasedAt, ErasedBy = new(e.By), Serials = e.Serials }).With(n, e, e.By, e.Note),
        (_, DisposalVerified e) => (before with { State = DisposalState.Ready, VerifiedBy = new(e.By) }).With(n, e, e.By, e.Result),
        (_, SecrecyChecked e) => (before with { State = DisposalState.Ready, NdaContract = e.Contract, SecrecyCheckBy = new(e.By) }).With(n, e, e.By, e.Result),
        (_, DisposalMovedOut e) => (before with { State = DisposalState.MovedOut, Move = e.Move, MovedOutAt = e.OccurredAt }).With(n, e, e.By, e.Move.Value),
        (_, DisposalCertified e) => (before with { State = DisposalState.Certified, CertificateNo = e.CertificateNo, CertificateReceivedOn = e.ReceivedOn }).With(n, e, e.By, e.CertificateNo),
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

    private DisposalDossier With(long n, RecordedEvent item, string by, string text) => this with { Version = Version + 1, Story = Story.Add(new(n, item.OccurredAt, RecordKinds.Of(item), by, text)) };
}
