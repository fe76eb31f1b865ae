namespace RoomGuard.Evidence;

/// <summary>Where and whose a log is, and what it takes from outside.</summary>
/// <param name="Path">The database file. Beside it lie <c>-wal</c>, <c>-shm</c> and <c>.lock</c>.</param>
/// <param name="Origin">Names this log for ever: schema-less URL form, no space, no <c>+</c> (C2SP tlog-checkpoint). A file of another origin is refused.</param>
/// <param name="Source">Member <c>s</c> of entries that name no source of their own: site and room id.</param>
/// <param name="RandomBytes">Good random bytes, for the salts.</param>
/// <param name="Time">For milliseconds since boot and the times in the boot table; the time of an entry comes with the entry.</param>
public sealed record EvidenceLogSettings(string Path, string Origin, string Source, Func<int, byte[]> RandomBytes, TimeProvider Time);

/// <summary>The number an entry had where it came from, e.g. a panel's journal. The same source and number twice gives one entry.</summary>
/// <param name="Id">Id of the source.</param>
/// <param name="Number">Its number there.</param>
public readonly record struct SourceNumber(string Id, long Number);

/// <summary>A fact to be written.</summary>
/// <param name="Kind">Lower-case words joined by dots and hyphens; goes into the envelope, so it must say nothing about a person.</param>
/// <param name="At">When it happened, by the wall clock; kept to the millisecond.</param>
/// <param name="Payload">Any JSON; brought to its canonical form by the log. Text is in NFC already.</param>
/// <param name="Source">Site and room id; null for the log's own.</param>
/// <param name="From">Null when nobody will deliver the same entry twice.</param>
public sealed record NewEntry(string Kind, DateTimeOffset At, ReadOnlyMemory<byte> Payload, string? Source = null, SourceNumber? From = null);

/// <summary>An entry as it lies in the log.</summary>
/// <param name="N">Its number, from 0.</param>
/// <param name="Kind">From the envelope.</param>
/// <param name="Envelope">The exact bytes that were hashed. Never serialise again; read with <see cref="Evidence.Envelope.TryRead"/>.</param>
/// <param name="Leaf">Leaf hash of the envelope.</param>
/// <param name="Payload">Canonical JSON; null once erased.</param>
/// <param name="Salt">Null once erased.</param>
public sealed record StoredEntry(long N, string Kind, byte[] Envelope, byte[] Leaf, byte[]? Payload, byte[]? Salt);
