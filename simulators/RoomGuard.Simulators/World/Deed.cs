using RoomGuard.Simulators.Doors;

namespace RoomGuard.Simulators.World;

/// <summary>Something a person, a screwdriver or the weather does to the simulated site.</summary>
public abstract record Deed;

/// <summary>A person holds their card to a reader.</summary>
public sealed record PresentCard(string Person, string Reader) : Deed;

/// <summary>Somebody holds a card of these numbers to a reader; it need not belong to anybody.</summary>
public sealed record PresentNumber(string Reader, string Format, uint Facility, ulong Number) : Deed;

/// <summary>A reader reads these bits, whether they are a card or not.</summary>
/// <param name="Bits">Zeros and ones, the first bit sent first.</param>
public sealed record PresentBits(string Reader, string Bits) : Deed;

/// <summary>Keys are pressed at a reader's keypad: digits, <c>*</c> (clear) and <c>#</c> (enter).</summary>
public sealed record TypeKeys(string Reader, string Keys) : Deed;

/// <summary>The exit button is pressed.</summary>
public sealed record PushExit(string Door) : Deed;

/// <summary>Somebody pulls at the leaf.</summary>
public sealed record OpenLeaf(string Door, Side From) : Deed;

/// <summary>Somebody props the leaf open.</summary>
public sealed record HoldOpen(string Door) : Deed;

/// <summary>Somebody takes the prop away and pushes the leaf shut.</summary>
public sealed record CloseLeaf(string Door) : Deed;

/// <summary>Somebody breaks the door open.</summary>
public sealed record ForceDoor(string Door) : Deed;

/// <summary>A person walks up, holds the card to the reader, types the PIN where one is asked, goes in when the strike lets go, stays and leaves.</summary>
/// <param name="Stay">How long they stay inside; null: until told to leave.</param>
/// <param name="Pin">What they type instead of their own PIN; null: their own.</param>
/// <param name="Finger">Whose finger lies on the sensor; null: their own.</param>
public sealed record Enter(string Person, string Door, TimeSpan? Stay, string? Pin, string? Finger = null) : Deed;

/// <summary>A person puts a finger on a reader's sensor.</summary>
/// <param name="Wet">Wet, gloved or lifted too soon: it cannot be read.</param>
public sealed record TouchSensor(string Person, string Reader, bool Wet) : Deed;

/// <summary>A person's finger is enrolled at a reader for their card; the template stays in it.</summary>
public sealed record EnrolFinger(string Person, string Reader) : Deed;

/// <summary>A person's finger is deleted at a reader.</summary>
public sealed record ForgetFinger(string Person, string Reader) : Deed;

/// <summary>A reader's sensor reads nothing any more, or is mended.</summary>
public sealed record BreakSensor(string Reader, bool Broken) : Deed;

/// <summary>A person who is inside leaves by the door they came in through.</summary>
public sealed record Leave(string Person) : Deed;

/// <summary>A reader's own cable is pulled out or put back.</summary>
public sealed record PlugReader(string Reader, bool Plugged) : Deed;

/// <summary>A whole line is cut or mended: the terminal stays, no byte passes.</summary>
public sealed record CutLine(string Line, bool Cut) : Deed;

/// <summary>The adapter of a line is pulled out (its terminal or socket disappears) or put back.</summary>
public sealed record PullAdapter(string Line, bool Pulled) : Deed;

/// <summary>A reader's cover is opened or closed.</summary>
public sealed record MoveCover(string Reader, bool Open) : Deed;

/// <summary>Something closes or opens a contact that is wired to an input of a reader, e.g. the door of a rack.</summary>
/// <param name="Active">The input is active.</param>
public sealed record MoveContact(string Reader, int Input, bool Active) : Deed;

/// <summary>A reader's supply fails (it goes on from its buffer) or returns.</summary>
public sealed record FailPower(string Reader, bool Failed) : Deed;

/// <summary>Each byte on a line is damaged with this chance, in both directions.</summary>
public sealed record SetNoise(string Line, double Percent) : Deed;

/// <summary>A reader's replies begin this much late.</summary>
public sealed record SlowReplies(string Reader, TimeSpan Late) : Deed;

/// <summary>A reader answers BUSY to everything, or stops doing so.</summary>
public sealed record SetBusy(string Reader, bool Busy) : Deed;

/// <summary>A reader knows no secure channel, or knows it again.</summary>
public sealed record ClearTextOnly(string Reader, bool On) : Deed;

/// <summary>A reader uses another key than the one it was given, or the right one again.</summary>
public sealed record GiveWrongKey(string Reader, bool On) : Deed;

/// <summary>A reader's address switches are turned; two readers at one address answer at once.</summary>
public sealed record TurnAddress(string Reader, byte Address) : Deed;

/// <summary>A reader is replaced by another of the same model. A piece that hung here before still has its key; any other is fresh from the factory.</summary>
public sealed record ReplaceReader(string Reader, uint Serial) : Deed;

/// <summary>A reader is put back to its factory state: it takes the installation key and waits for its own.</summary>
public sealed record ResetReader(string Reader) : Deed;

/// <summary>A reader restarts: session, sequence and waiting events are gone, the key stays.</summary>
public sealed record RebootReader(string Reader) : Deed;

/// <summary>A reader has a bad habit on the wire, or loses it.</summary>
public sealed record SetHabit(string Reader, WireHabit Habit, bool On) : Deed;

/// <summary>A second controller talks on a line, or falls silent.</summary>
public sealed record SecondController(string Line, bool Talking) : Deed;

/// <summary>The story goes on or stands still.</summary>
public sealed record PlayStory(bool Playing) : Deed;

/// <summary>The story begins again.</summary>
public sealed record RestartStory : Deed;

/// <summary>The story's time runs this many times faster.</summary>
public sealed record SetStorySpeed(double Speed) : Deed;

/// <summary>Bad habits of readers seen in the field or in conformance work (osdp.md section 9).</summary>
public enum WireHabit
{
    /// <summary>A few bytes of rubbish before each reply.</summary>
    GarbageBefore,

    /// <summary>Each reply comes in single bytes with gaps.</summary>
    SingleBytes,

    /// <summary>Each reply comes twice.</summary>
    Twice,

    /// <summary>The check code of each reply is wrong.</summary>
    WrongCheck,

    /// <summary>Each reply carries another sequence number.</summary>
    WrongSequence,

    /// <summary>The message authentication code of each secure reply is wrong.</summary>
    WrongMac,

    /// <summary>Replies inside a session come in clear text.</summary>
    ClearText,

    /// <summary>Everything is answered with NAK 12h.</summary>
    Nak,

    /// <summary>Nothing is heard and nothing answered, as if the receiver were broken.</summary>
    Silent,

    /// <summary>Commands are carried out and the replies are lost.</summary>
    LosesReplies,
}

/// <summary>What became of a deed.</summary>
/// <param name="Happened">False: tried, and nothing moved (a locked door stays shut).</param>
/// <param name="Ja">One sentence for people.</param>
/// <param name="En">The same in English.</param>
public sealed record DeedOutcome(bool Happened, string Ja, string En);
