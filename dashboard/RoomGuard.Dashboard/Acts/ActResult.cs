using System.Collections.Immutable;

namespace RoomGuard.Dashboard.Acts;

/// <summary>What can be wrong with one field; each has a Japanese and an English text on the pages (<c>ProblemText</c>).</summary>
public enum FieldFault
{
    /// <summary>Empty where something is needed.</summary>
    Required,

    /// <summary>Longer than allowed; the value names the limit.</summary>
    TooLong,

    /// <summary>Holds characters that are not allowed, e.g. line breaks or control characters.</summary>
    BadCharacters,

    /// <summary>Not a date; the value is what was typed.</summary>
    NotADate,

    /// <summary>Not a time of day.</summary>
    NotATime,

    /// <summary>Not a whole number.</summary>
    NotANumber,

    /// <summary>Outside its range; the value names the range.</summary>
    OutOfRange,

    /// <summary>Not one of the choices.</summary>
    NotAChoice,

    /// <summary>The end is not after the beginning.</summary>
    EndBeforeStart,

    /// <summary>Longer than one year (R-DOOR-16).</summary>
    LongerThanOneYear,

    /// <summary>The end already lies in the past.</summary>
    AlreadyOver,

    /// <summary>Lies in the future, where it cannot have happened yet.</summary>
    InFuture,

    /// <summary>Nothing is known by this id.</summary>
    Unknown,

    /// <summary>Something with this id already exists.</summary>
    AlreadyExists,

    /// <summary>The card already belongs to somebody (R-ID-02); the value names the credential.</summary>
    CardTaken,

    /// <summary>Lost and returned cards are never brought back (R-ID-08).</summary>
    CardFinal,

    /// <summary>A PIN is four to eight digits and no simple row.</summary>
    WeakPin,

    /// <summary>Already so: nothing would change.</summary>
    NothingToChange,

    /// <summary>Somebody else changed it first.</summary>
    ChangedMeanwhile,

    /// <summary>Could not be recorded; nothing was changed.</summary>
    NotRecorded,

    /// <summary>A line of a file has the wrong number of columns.</summary>
    WrongColumnCount,

    /// <summary>The file's first line is not the expected one.</summary>
    WrongHeader,

    /// <summary>The file is not UTF-8 text or is too big.</summary>
    UnreadableFile,

    /// <summary>The same thing stands twice in the file; the value names the other line.</summary>
    DoubledInFile,

    /// <summary>The same person on both sides (section (c) of the requirements); the value names the person.</summary>
    SamePerson,

    /// <summary>This person has no role for it; the value names the person.</summary>
    NoRoleForIt,

    // Visits.

    /// <summary>No approved visit (R-VIS-01).</summary>
    NotApproved,

    /// <summary>The visit has not begun, and its badge cannot be handed out yet.</summary>
    TooEarly,

    /// <summary>The visit's time is over, or it was closed or called off.</summary>
    VisitOver,

    /// <summary>受付停止; the value is its number.</summary>
    Barred,

    /// <summary>This visitor wears a badge already.</summary>
    HasBadge,

    /// <summary>No identification, or another's (R-VIS-07).</summary>
    NotIdentified,

    /// <summary>Things without a permit must stay at reception (R-VIS-08); the value names them.</summary>
    NoPermit,

    /// <summary>Not a badge of the series.</summary>
    NotABadge,

    /// <summary>The badge is out; the value says with whom.</summary>
    BadgeOut,

    /// <summary>The badge is lost or retired; the value is its number.</summary>
    BadgeDead,

    /// <summary>預かり品 have not been handed back.</summary>
    ItemsKept,

    // Signing in.

    /// <summary>A password shorter than allowed; the value names the limit (R-SIGN-06).</summary>
    PasswordTooShort,

    /// <summary>A password many people choose, or one made of the sign-in name.</summary>
    PasswordCommon,

    /// <summary>One of the last five passwords.</summary>
    PasswordUsedBefore,

    /// <summary>The two fields differ.</summary>
    Differs,

    /// <summary>A wrong one-time code, or one used before.</summary>
    WrongCode,

    /// <summary>The authenticator's answer was not acceptable, or came too late.</summary>
    WrongPasskey,

    /// <summary>The last thing one could sign in with.</summary>
    LastProof,

    // Tokens of the API.

    /// <summary>Not for a 特権ID.</summary>
    NotForPrivileged,

    // Power.

    /// <summary>A 停止計画 that cannot be; the value says why.</summary>
    PlanImpossible,

    /// <summary>A line of the plan that cannot be read; the value is the line.</summary>
    UnreadableLine,

    /// <summary>Not a number with a point, e.g. 1.2.</summary>
    NotADecimal,

    /// <summary>No drill: the bridge that carries the plan out is silent, or never told of it.</summary>
    DrillWithoutWord,

    /// <summary>No drill: the plan's newest version is not in force at its bridge; the value is that version.</summary>
    DrillNotInForce,

    /// <summary>No drill: a real outage is under way.</summary>
    DrillInOutage,

    /// <summary>No drill: a unit of the plan is 不明; the value names it.</summary>
    DrillUnitUnknown,

    /// <summary>No drill: nobody knows how long a unit lasts; the value names it.</summary>
    DrillRuntimeUnknown,

    /// <summary>The bridge is silent: nothing is sent, and nothing is kept for later. The value names it.</summary>
    BridgeSilent,

    /// <summary>The bridge's settings do not allow this command at this unit.</summary>
    CommandNotAllowed,

    /// <summary>Another command waits or is under way at this unit; the value is its number.</summary>
    CommandWaits,

    /// <summary>Nobody confirmed the command in time.</summary>
    CommandExpired,

    /// <summary>Servers are up that hang on the unit, or nobody knows; the value names them.</summary>
    ServersUp,

    /// <summary>Two bridges have a unit of this name.</summary>
    UnitNameTwice,

    // The site.

    /// <summary>The settings file has the site; nothing is entered here.</summary>
    KeptInSettings,

    /// <summary>The first set-up lacks the names or the policy profile.</summary>
    SetUpIncomplete,

    /// <summary>Fewer methods than factors (R-DOOR-03).</summary>
    TooFewMethods,

    /// <summary>Doors or inner zones still belong to the zone.</summary>
    StillUsed,

    /// <summary>Doors of one zone hang on one bridge; the value names it.</summary>
    OtherBridge,

    /// <summary>The bridge has the door in another zone; the value names it.</summary>
    WiredElsewhere,

    /// <summary>R-ZONE-02: in the basement or on the ground floor.</summary>
    LowFloor,

    /// <summary>R-ZONE-05: not a segment of the profile.</summary>
    SegmentUnknown,

    /// <summary>R-PROF-07: fewer factors than the profile asks; the value is how many.</summary>
    FactorsTooFew,

    /// <summary>R-ZONE-09: the zone it lies in is unknown, itself, or at another bridge; the value names it.</summary>
    OuterZoneWrong,

    /// <summary>R-ZONE-03: more outer doors than the limit; the value is the limit.</summary>
    OuterDoorsBeyond,

    // Alarms.

    /// <summary>Emergencies, and what guards life and doors, are never shelved.</summary>
    NeverShelved,

    // Climate.

    /// <summary>Limits that do not rise from the lowest to the highest, or a deadband too small.</summary>
    LimitsImpossible,

    /// <summary>Nothing waits for a person there any more.</summary>
    NothingWaits,

    /// <summary>It does not work again yet: say first since when it does.</summary>
    NotRestored,

    /// <summary>Nobody has written down what was done about it.</summary>
    NotHandled,

    /// <summary>The rules of carrying refuse it; the value names the reason (R-CARRY-02 … 12).</summary>
    CarryRefused,

    /// <summary>The rules of work refuse it; the value names the reason, and after a space the person (R-WORK-01 … 03).</summary>
    WorkRefused,

    /// <summary>Something stands there that a person has to confirm first; the value names it.</summary>
    ConfirmFirst,

    // Files.

    /// <summary>A file without content; the value is its name.</summary>
    FileEmpty,

    /// <summary>A file beyond the largest size; the value is its name.</summary>
    FileTooLarge,

    /// <summary>A file whose content is none of the kinds that are taken; the value is its name.</summary>
    FileNotTaken,

    /// <summary>More files than belong to one thing; the value is the limit.</summary>
    TooManyFiles,

    /// <summary>A factor of the zone would be neither sensed nor explained; the value names it (R-ENV-01).</summary>
    FactorUnsensed,

    // Equipment.

    /// <summary>R-MOVE-04: an item's place changes by a completed move alone; the value names the item or the container.</summary>
    PlaceOnlyByMove,

    /// <summary>R-ZONE-06: the zone is of a lower class than the item; the value names the zone.</summary>
    ZoneClassTooLow,

    /// <summary>R-ZONE-06: the zone is of another segment than the item; the value names the zone.</summary>
    ZoneSegmentDiffers,

    /// <summary>R-MOVE-12: something on it or in it is of a higher class.</summary>
    ClassBelowContent,

    /// <summary>R-LIFE-08: it is a copy, and the original is of a higher class.</summary>
    ClassBelowOriginal,

    /// <summary>It would lie in itself, or be a copy of itself; the value names the item.</summary>
    InCircle,

    /// <summary>No exception of this number to this rule is in force; the value is its number.</summary>
    ExceptionNotInForce,

    /// <summary>Storage is named in an item that is said to have none.</summary>
    StorageDenied,

    /// <summary>R-MOVE-10: only media, documents and containers are lent.</summary>
    NotLent,

    /// <summary>It is with somebody already; the value names the person.</summary>
    AlreadyHeld,

    /// <summary>The direction does not fit where it comes from and goes to.</summary>
    DirectionDiffers,

    /// <summary>An item is not where the move begins; the value names it.</summary>
    ItemNotThere,

    /// <summary>R-MOVE-01: an item is in another open move; the value names both.</summary>
    ItemInOtherMove,

    /// <summary>R-MOVE-01: what lies in a container of the list is not on it; the value names it.</summary>
    ContentNotListed,

    /// <summary>It lies in a container that is not on the list; the value names both.</summary>
    LiesInContainer,

    /// <summary>Outside the time the move was approved for.</summary>
    OutsideMoveTime,

    /// <summary>R-MOVE-02: the impact was not checked.</summary>
    ImpactMissing,

    /// <summary>R-MOVE-02: the check found it harmful.</summary>
    ImpactHarmful,

    /// <summary>R-MOVE-03: a witness is staff.</summary>
    WitnessNotStaff,

    /// <summary>R-MOVE-03: a witness never carries.</summary>
    WitnessCarries,

    /// <summary>R-MOVE-03: the witness is not in the zone by the presence list.</summary>
    WitnessNotPresent,

    /// <summary>R-MOVE-03, R-ID-10: the rights of the witness are suspended.</summary>
    WitnessSuspended,

    /// <summary>R-MOVE-03: the witness was not there for the whole length.</summary>
    WitnessGone,

    /// <summary>R-MOVE-03: another one witnesses it.</summary>
    OtherWitness,

    /// <summary>R-MOVE-01: not an item of the list; the value is what was read.</summary>
    NotOnList,

    /// <summary>The item has passed already; the value names it.</summary>
    AlreadyScanned,

    /// <summary>R-MOVE-01: not every item of the list has passed.</summary>
    NotAllScanned,

    /// <summary>R-LIFE-10: mounting and all six surroundings are confirmed, or it stays open.</summary>
    NotAllConfirmed,

    /// <summary>R-MOVE-06: no verified erasure or contract record of this purpose; the value names the item.</summary>
    ErasureMissing,

    /// <summary>R-LIFE-04: a storage the register knows is not among what was erased; the value names it.</summary>
    StorageNotErased,

    /// <summary>R-LIFE-05: erased before it was permitted.</summary>
    ErasedBeforePermission,

    /// <summary>R-LIFE-04: what is disposed of or given back is always erased.</summary>
    MustBeErased,

    /// <summary>R-LIFE-04: paper is not erased but destroyed.</summary>
    PaperIsDestroyed,

    /// <summary>R-LIFE-04: nothing in it can hold information.</summary>
    NothingToErase,

    /// <summary>R-LIFE-03: the confidentiality contract is not in force today; the value names it.</summary>
    ContractNotInForce,

    /// <summary>R-LIFE-05: a certificate from before it went out.</summary>
    CertifiedBeforeOut,

    /// <summary>R-MOVE-08: a transfer between segments against the rules; the value names which.</summary>
    TransferRefused,

    /// <summary>R-MOVE-08: both sides are one segment.</summary>
    SameSegment,

    /// <summary>R-LIFE-04: a storage cannot leave the entry while its record of disposal is open; the value names both.</summary>
    StorageInDisposal,

    /// <summary>R-MOVE-09: the work is no part swap.</summary>
    NotAPartSwap,

    /// <summary>R-MOVE-09: the item is no target of the work; the value names it.</summary>
    NotAWorkTarget,

    /// <summary>R-MOVE-09: the register knows no such part in the item; the value names it.</summary>
    PartNotInItem,

    /// <summary>R-MOVE-09: the part is in another item; the value names both.</summary>
    PartElsewhere,

    /// <summary>R-MOVE-09, R-LIFE-04: a storage taken out elsewhere and not erased; the value names it.</summary>
    PartNotErased,

    /// <summary>R-MOVE-09, R-LIFE-04: a storage taken out of a machine that shall go out and is not erased; the value names it.</summary>
    RemovedNotErased,

    /// <summary>R-LIFE-07: the class of an item is SEC's decision alone; the value names what was asked.</summary>
    ClassOnlyBySec,

    /// <summary>R-MOVE-11: a round of the zone is open; the value names it.</summary>
    StocktakeOpen,

    /// <summary>R-MOVE-11: the counting of this round is over.</summary>
    StocktakeOver,

    /// <summary>One of many items has changed since they were looked at. The value names it.</summary>
    ItemChangedMeanwhile,

    /// <summary>R-MOVE-10: it is off the premises or out by a permit, so nobody is handed it here. The value names the place or the permit.</summary>
    ItemAway,

    /// <summary>R-LIFE-05: it went out for good already. The value names the record.</summary>
    ItemGone,

    // Workbooks.

    /// <summary>A file that is neither a workbook nor a text in CSV.</summary>
    NotAWorkbook,

    /// <summary>A workbook until 2003, or a binary one.</summary>
    WorkbookOldKind,

    /// <summary>A workbook with a password.</summary>
    WorkbookLocked,

    /// <summary>A workbook with macros or controls.</summary>
    WorkbookMacro,

    /// <summary>A workbook that takes values from elsewhere.</summary>
    WorkbookLinked,

    /// <summary>More than one sheet holds something, or a hidden one does; the value names them.</summary>
    WorkbookSheets,

    /// <summary>The workbook, its parts or what they unpack to is beyond a limit, which the value names.</summary>
    WorkbookTooLarge,

    /// <summary>The file is damaged or cut off, or not as the standard says.</summary>
    WorkbookBroken,

    /// <summary>Rows or cells are not in their order, or beyond what Excel has; the value names the place.</summary>
    WorkbookDisorder,

    /// <summary>A cell holds a formula; the value names the cell.</summary>
    WorkbookFormula,

    /// <summary>A cell holds an error; the value names the cell and the error.</summary>
    WorkbookError,

    /// <summary>Cells are merged; the value names the range.</summary>
    WorkbookMerged,

    /// <summary>A number with more digits than Excel keeps; the value names the cell.</summary>
    WorkbookRounded,

    /// <summary>A cell holds something beside the last column that has a head; the value names the cell.</summary>
    WorkbookBeside,

    // Lists written out.

    /// <summary>This person has as many lists on their way as they may; the value says how many.</summary>
    ExportsFull,

    /// <summary>As many lists are kept for people as may be; the value says how many.</summary>
    ExportsBusy,
}

/// <summary>One problem at one field.</summary>
/// <param name="Field">Name of the form's field (the record's property in camel case), or empty for the whole form.</param>
/// <param name="Value">What the text needs to name: the limit, the other id, what was typed; null: nothing.</param>
public sealed record FieldProblem(string Field, FieldFault Fault, string? Value = null);

/// <summary>What became of an act: done and recorded, or not done at all and why.</summary>
/// <param name="Id">Id of what was made or changed; null: none.</param>
public sealed record ActResult(ImmutableArray<FieldProblem> Problems, string? Id = null)
{
    /// <summary>Set: the person who acts may not do this; nothing was done.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Done and durably recorded.</summary>
    public bool Ok => Problems.IsEmpty && Refusal is null;

    /// <summary>Done.</summary>
    public static ActResult Done(string? id = null) => new([], id);

    /// <summary>Not done, for this reason.</summary>
    public static ActResult Refused(string field, FieldFault fault, string? value = null) => new([new(field, fault, value)]);

    /// <summary>Not done: the person who acts may not.</summary>
    public static ActResult NotAllowed(Refusal refusal) => new([]) { Refusal = refusal };
}
