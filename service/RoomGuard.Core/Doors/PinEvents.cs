using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>So many wrong PINs in a row: this card's PIN is not looked at until the given time.</summary>
public sealed record PinHeld(DateTimeOffset OccurredAt, DoorId Door, PersonId Person, CredentialId Credential, int Tries, DateTimeOffset Until) : RecordedEvent(OccurredAt);

/// <summary>
/// 脅迫: somebody typed the duress PIN. The door opened as it always does and nothing at the reader differed; only those who watch are told.
/// </summary>
public sealed record DuressSignalled(DateTimeOffset OccurredAt, DoorId Door, ZoneId Zone, PersonId Person, CredentialId Credential) : RecordedEvent(OccurredAt);

/// <summary>Wrong PINs of one card in a row.</summary>
/// <param name="Wrong">How many.</param>
/// <param name="Until">Steady instant up to which its PIN is not looked at; null: it is.</param>
public sealed record PinTrouble(CredentialId Credential, int Wrong, DateTimeOffset? Until);
