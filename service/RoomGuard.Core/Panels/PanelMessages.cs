using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Panels;

/// <summary>One journal entry on its way to the service, with all that is needed to check it there.</summary>
/// <param name="Seq">Its number in the bridge's journal, from 0, without gaps.</param>
/// <param name="Envelope">The canonical envelope, exactly the bytes that were hashed (evidence-log.md section 7.1).</param>
/// <param name="Payload">The canonical payload, exactly the bytes that were committed to.</param>
/// <param name="Salt">32 bytes, base64.</param>
public sealed record ReportEntry(long Seq, string Envelope, string Payload, string Salt);

/// <summary>What a bridge tells: <c>POST /panels/{id}/reports</c>. At least once; the service applies each number exactly once.</summary>
/// <param name="Journal">Names the bridge's journal for good (its origin); a new journal is a new origin, never a silent restart at 0.</param>
/// <param name="Entries">In order; may be empty when only the state is told.</param>
/// <param name="State">The newest state; newest wins, never recorded.</param>
public sealed record PanelReport(PanelId Panel, string Journal, ImmutableArray<ReportEntry> Entries, PanelState State);

/// <summary>The service's answer: everything below this number is durably recorded there.</summary>
/// <param name="NextSeq">The journal number the service expects next.</param>
public sealed record ReportReceipt(long NextSeq);

/// <summary>A leaf as last heard.</summary>
public enum LeafState
{
    /// <summary>不明.</summary>
    Unknown,

    /// <summary>閉.</summary>
    Closed,

    /// <summary>開.</summary>
    Open,
}

/// <summary>What a door is doing now.</summary>
/// <param name="Since">When the leaf last changed.</param>
/// <param name="Released">Whether the strike is released at this moment.</param>
/// <param name="Forced">Open without having been allowed.</param>
/// <param name="HeldOpen">Open beyond its limit.</param>
/// <param name="Freed">Why anybody may open it at this moment; null: nobody may without a card.</param>
public sealed record DoorNow(
    DoorId Door,
    LeafState Leaf,
    DateTimeOffset Since,
    bool Released,
    bool Forced,
    bool HeldOpen,
    bool InService,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FreedBy? Freed = null);

/// <summary>A reader as its bus knows it, for the 機器 page.</summary>
/// <param name="Identity">Vendor, model, serial and firmware in hex as the reader says; null while never heard.</param>
/// <param name="Counters">Name to count since the bridge started: polls, replies, timeouts, badCheck, nak, busy, macFailures, …</param>
/// <param name="LastError">The last thing that went wrong, in English, for a technician; null: nothing yet.</param>
/// <param name="Findings">Standing findings, e.g. clear text allowed and why.</param>
public sealed record ReaderNow(
    DeviceId Reader,
    string Bus,
    int Address,
    ReaderCondition Condition,
    DateTimeOffset? LastReplyAt,
    bool Secure,
    string? Identity,
    ImmutableSortedDictionary<string, long> Counters,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    ImmutableArray<string> Findings);

/// <summary>A door as its bridge is wired for it: what is found when a site is set up. The wires are the bridge's own settings.</summary>
/// <param name="Zone">The zone whose rules the bridge applies at it.</param>
/// <param name="Readers">Empty: nobody can badge there.</param>
/// <param name="Lock">Its strike, e.g. <c>reader-srv-in/output-0</c>.</param>
/// <param name="Contact">The input that watches its leaf, e.g. <c>reader-srv-in/input-0</c>.</param>
public sealed record DoorWired(DoorId Door, ZoneId Zone, string Label, string LabelEn, ImmutableArray<DeviceId> Readers, string Lock, string Contact);

/// <summary>A person inside, as the room knows it.</summary>
/// <param name="Evidence">By what it is known.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Visit">Null for all but visitors.</param>
/// <param name="Escort">付添い者 of a visitor at this moment; null: nobody.</param>
/// <param name="Alone">True: a visitor without a present, eligible escort (付添い不在).</param>
public sealed record InsideNow(
    ZoneId Zone,
    People.PersonId Person,
    DateTimeOffset Since,
    DoorId Door,
    PresenceEvidence Evidence = PresenceEvidence.Opened,
    PresenceCertainty Certainty = PresenceCertainty.Certain,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VisitId? Visit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] People.PersonId? Escort = null,
    bool Alone = false);

/// <summary>The newest state of a bridge.</summary>
/// <param name="At">By the bridge's clock.</param>
/// <param name="ListVersion">The grant list in force; null: none.</param>
/// <param name="SuspensionSerial">The highest suspension in force; 0: none.</param>
/// <param name="Power">The UPS units and the shutdown plans; null: a bridge without units.</param>
/// <param name="Climate">The zones and their sensors; null: a bridge without sensors.</param>
/// <param name="Strangers">What sends at its brokers without being enrolled; null: nothing.</param>
/// <param name="JournalHealthy">False while the journal cannot be written.</param>
/// <param name="Wired">Its doors with what hangs on them; null: an older bridge that does not say.</param>
public sealed record PanelState(
    DateTimeOffset At,
    int Boot,
    string Version,
    long? ListVersion,
    long SuspensionSerial,
    bool JournalHealthy,
    ImmutableArray<DoorNow> Doors,
    ImmutableArray<ReaderNow> Readers,
    ImmutableArray<InsideNow> Inside,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PowerNow? Power = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<DoorWired>? Wired = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClimateNow? Climate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<StrangerNow>? Strangers = null);

/// <summary>What goes down: <c>GET /panels/{id}/orders</c>, an event stream; the event id is <see cref="Serial"/>.</summary>
/// <param name="Serial">Rises with each order to this site; <c>Last-Event-ID</c> asks for what came after.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
[JsonDerivedType(typeof(SuspensionNews), "suspension")]
[JsonDerivedType(typeof(LockdownNews), "lockdown")]
[JsonDerivedType(typeof(GrantListNews), "grant-list")]
[JsonDerivedType(typeof(RoomOrderNews), "room")]
public abstract record OrderNews(long Serial);

/// <summary>The express lane.</summary>
/// <param name="Signature">ECDSA P-256 over the canonical JSON of <paramref name="Suspension"/>, DER, base64.</param>
public sealed record SuspensionNews(long Serial, Suspension Suspension, string Signature) : OrderNews(Serial);

/// <summary>区域封鎖.</summary>
/// <param name="Signature">As for suspensions, over the canonical JSON of <paramref name="Lockdown"/> followed by <c>ended</c> or <c>begun</c>.</param>
public sealed record LockdownNews(long Serial, Lockdown Lockdown, bool Ended, string Signature) : OrderNews(Serial);

/// <summary>An order to the rooms that is neither of the two.</summary>
/// <param name="Signature">As for suspensions, over the serial in decimal digits, LF and the canonical JSON of <paramref name="Content"/>: an old order told again as a new one is not signed.</param>
public sealed record RoomOrderNews(long Serial, RoomOrder Content, string Signature) : OrderNews(Serial);

/// <summary>A new list is there: fetch <c>GET /panels/{id}/grant-lists/{version}</c> (the JSON bytes, compressed on the way).</summary>
/// <param name="Sha256">SHA-256 of the list's bytes, 64 hex digits.</param>
/// <param name="Signature">ECDSA P-256 over the list's bytes, DER, base64.</param>
public sealed record GrantListNews(long Serial, long Version, string Sha256, string Signature) : OrderNews(Serial);

/// <summary>A bridge asks to join with a one-time code: <c>POST /panels/join</c>.</summary>
/// <param name="Csr">PKCS#10 request, base64 DER.</param>
/// <param name="Proof">HMAC-SHA256 with the code over <c>join</c> LF panel LF CSR LF the SHA-256 of the service's certificate as seen on this connection, base64.</param>
public sealed record JoinRequest(PanelId Panel, string Csr, string Proof);

/// <summary>The answer to a join.</summary>
/// <param name="Certificate">The bridge's certificate, PEM.</param>
/// <param name="Authority">The site's own certificate authority, PEM; from now on the only one trusted on this link.</param>
/// <param name="OrderKey">Public key of the orders' signatures, PEM (SPKI).</param>
/// <param name="CardKey">The site's card digest key, base64, 32 bytes. Secret.</param>
/// <param name="PinKey">The site's PIN key, base64, 32 bytes. Secret.</param>
/// <param name="Proof">HMAC-SHA256 with the code over <c>joined</c> LF the authority's fingerprint LF the certificate's fingerprint, base64: the service knows the code too.</param>
public sealed record JoinAnswer(string Certificate, string Authority, string OrderKey, string CardKey, string PinKey, string Site, string Proof);
