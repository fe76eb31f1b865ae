using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Contractors;

/// <summary>What kind of thing a contractor holds (R-CON-07, R-LIFE-11). Each goes off the list where it is kept: a card when it is given back, a permit when its things are back.</summary>
public enum HoldingKind
{
    /// <summary>カード.</summary>
    Card,

    /// <summary>鍵.</summary>
    Key,

    /// <summary>貸与品.</summary>
    Belonging,

    /// <summary>機器・媒体・文書 with a worker as its holder.</summary>
    Asset,

    /// <summary>持出し中, or 持込み中の物.</summary>
    Carried,

    /// <summary>使用していない持出し・持込み許可.</summary>
    Permit,

    /// <summary>外部提供 to one of its firms.</summary>
    Provided,

    /// <summary>指の登録情報.</summary>
    Biometric,

    /// <summary>預託した情報・物.</summary>
    Entrusted,
}

/// <summary>One thing a contractor holds.</summary>
/// <param name="Id">Its number where it is kept.</param>
/// <param name="Person">The worker who has it; null: the firm.</param>
/// <param name="Firm">The contractor or one of its subcontractors.</param>
public sealed record ContractHolding(HoldingKind Kind, string Id, string Label, PersonId? Person, string Firm);

/// <summary>What is handed to a contractor and stands in no other register (R-LIFE-11).</summary>
public enum EntrustedKind
{
    /// <summary>情報: data, copies and exports.</summary>
    Information,

    /// <summary>文書.</summary>
    Document,

    /// <summary>機器・媒体.</summary>
    Item,

    /// <summary>アカウント、認証情報.</summary>
    Access,
}

/// <summary>預託: information or a thing that was handed to a contractor.</summary>
/// <param name="No">Its number within the contract, from 1.</param>
/// <param name="Firm">Which of the contract's firms has it.</param>
public sealed record Entrusted(ContractId Contract, int No, EntrustedKind Kind, string Label, string Firm, DateOnly HandedOn);

/// <summary>How a contractor no longer has it.</summary>
public enum Settlement
{
    /// <summary>返却.</summary>
    Returned,

    /// <summary>廃棄・消去.</summary>
    Destroyed,
}

/// <summary>預託の終わり.</summary>
/// <param name="Proof">証明書の番号など; empty: none, and then it was returned.</param>
public sealed record EntrustedEnd(Settlement Settlement, DateOnly On, string Proof, PersonId By);

/// <summary>An entrusted thing as it stands.</summary>
/// <param name="N">Its newest entry in the record.</param>
/// <param name="End">Null: the contractor still has it.</param>
public sealed record EntrustedFile(Entrusted Entrusted, long N, EntrustedEnd? End);

/// <summary>預託: something was handed to a contractor.</summary>
public sealed record EntrustedHanded(DateTimeOffset OccurredAt, Entrusted Entrusted, string By) : RecordedEvent(OccurredAt);

/// <summary>預託の返却・廃棄: it came back, or it was destroyed and that is proven (R-LIFE-11).</summary>
/// <param name="Proof">証明書の番号など; empty: none.</param>
public sealed record EntrustedSettled(DateTimeOffset OccurredAt, ContractId Contract, int No, Settlement Settlement, DateOnly On, string Proof, string By) : RecordedEvent(OccurredAt);

/// <summary>契約終了時の未返却: the contract is over and the contractor still holds things; all of them (R-CON-07, R-LIFE-11).</summary>
/// <param name="Roles">Who is reminded.</param>
/// <param name="Times">1 when the contract is over, 2 a week† later.</param>
public sealed record ContractHoldingsReminded(DateTimeOffset OccurredAt, ContractId Contract, ImmutableArray<ContractHolding> Holdings, ImmutableArray<Role> Roles, int Times) : RecordedEvent(OccurredAt);
