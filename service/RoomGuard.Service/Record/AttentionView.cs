using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Keys;

namespace RoomGuard.Service.Record;

/// <summary>
/// What needs a hand: opened by one event, ended by another where its cause can end. What only happened (a lost card, a hole in the reports) is
/// kept with its time and stands for nothing lasting.
/// </summary>
public sealed class AttentionView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_attention"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_attention(n INTEGER PRIMARY KEY, kind INTEGER NOT NULL, urgency INTEGER NOT NULL, subject TEXT NOT NULL, since INTEGER NOT NULL, standing INTEGER NOT NULL, ended INTEGER,
            last INTEGER NOT NULL, times INTEGER NOT NULL, zone TEXT, door TEXT, device TEXT, panel TEXT, person TEXT, condition INTEGER) STRICT;
        CREATE INDEX view_attention_standing ON view_attention(kind, subject) WHERE standing = 1;
        CREATE INDEX view_attention_last ON view_attention(last);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            // Opened with a key that was out is no こじ開け (R-DOOR-13); somebody looks at it all the same.
            case DoorForced e when KeysView.LoanAt(db, e.Door, e.OccurredAt) is { } loan:
                Happened(db, item, new(AttentionKind.KeyOpening, Urgency.Caution, e.Door.Value) { Zone = e.Zone.Value, Door = e.Door.Value, Person = loan.TakenBy.Value });
                break;
            case DoorForced e:
                Open(db, item, new(AttentionKind.DoorForced, Urgency.Emergency, e.Door.Value) { Zone = e.Zone.Value, Door = e.Door.Value, Person = e.LastPerson?.Value });
                break;
            case DoorHeldOpen e:
                Open(db, item, new(AttentionKind.DoorHeldOpen, e.Alarm ? Urgency.Emergency : Urgency.Important, e.Door.Value) { Zone = e.Zone.Value, Door = e.Door.Value, Person = e.LastPerson?.Value });
                break;
            case DoorUnknown e:
                Open(db, item, new(AttentionKind.DoorUnknown, Urgency.Important, e.Door.Value) { Door = e.Door.Value });
                break;
            case DoorOpened e:
                End(db, item, AttentionKind.DoorUnknown, e.Door.Value);
                break;
            case DoorClosed e:
                End(db, item, AttentionKind.DoorForced, e.Door.Value);
                End(db, item, AttentionKind.DoorHeldOpen, e.Door.Value);
                End(db, item, AttentionKind.DoorUnknown, e.Door.Value);
                break;
            case LostCardUsed e:
                Happened(db, item, new(AttentionKind.LostCardUsed, Urgency.Emergency, e.Credential.Value) { Door = e.Door.Value, Person = e.Person.Value });
                break;
            case DuressSignalled e:
                Happened(db, item, new(AttentionKind.Duress, Urgency.Emergency, e.Credential.Value) { Zone = e.Zone.Value, Door = e.Door.Value, Person = e.Person.Value });
                break;
            case RepeatedRefusals e:
                Happened(db, item, new(AttentionKind.RepeatedRefusals, Urgency.Important, e.CardDigest?.ToString() ?? e.Door.Value) { Door = e.Door.Value, Person = e.Person?.Value, Times = e.Count });
                break;
            case ZoneIntrusion { Kind: "door-opened", Door: { } door } e when KeysView.LoanAt(db, door, e.OccurredAt) is { } loan:
                if (db.Value(
                    "SELECT 1 FROM view_attention WHERE kind = $1 AND subject = $2 AND since > $3 - 10000 AND since < $3 + 10000",
                    (long)AttentionKind.KeyOpening,
                    door.Value,
                    item.OccurredAt.ToUnixTimeMilliseconds()) is null)
                {
                    Happened(db, item, new(AttentionKind.KeyOpening, Urgency.Caution, door.Value) { Zone = e.Zone.Value, Door = door.Value, Person = loan.TakenBy.Value });
                }

                break;
            case ZoneIntrusion e:
                Happened(db, item, new(AttentionKind.ZoneIntrusion, Urgency.Emergency, e.Zone.Value) { Zone = e.Zone.Value, Door = e.Door?.Value });
                break;
            case PresenceMismatch { Kind: "exit-without-entry" } e:
                Happened(db, item, new(AttentionKind.PresenceMismatch, Urgency.Caution, $"{e.Zone}/{e.Person}") { Zone = e.Zone.Value, Person = e.Person.Value });
                break;
            case PresenceMismatch e:
                Open(db, item, new(AttentionKind.PresenceMismatch, Urgency.Caution, $"{e.Zone}/{e.Person}") { Zone = e.Zone.Value, Person = e.Person.Value });
                break;
            case PersonLeft e:
                End(db, item, AttentionKind.PresenceMismatch, $"{e.Zone}/{e.Person}");
                End(db, item, AttentionKind.EntryWhileInside, $"{e.Zone}/{e.Person}");
                End(db, item, AttentionKind.EscortMissing, e.Person.Value);
                End(db, item, AttentionKind.VisitOverstayed, e.Person.Value);
                break;

            // Presence, escorts and modes at the doors.
            case PersonEntered { Evidence: PresenceEvidence.Manual } e:
                End(db, item, AttentionKind.PresenceMismatch, $"{e.Zone}/{e.Person}");
                End(db, item, AttentionKind.EntryWhileInside, $"{e.Zone}/{e.Person}");
                break;
            case EntryWhileInside e:
                Open(db, item, new(AttentionKind.EntryWhileInside, Urgency.Caution, $"{e.Zone}/{e.Person}") { Zone = e.Zone.Value, Door = e.Door.Value, Person = e.Person.Value });
                break;
            case EntryDenied { Reason: DenyReason.WrongPath } e:
                Happened(db, item, new(AttentionKind.WrongPath, Urgency.Important, e.Door.Value) { Zone = e.Zone.Value, Door = e.Door.Value, Person = e.Person?.Value });
                break;
            case EscortMissing e:
                Open(db, item, new(AttentionKind.EscortMissing, e.Incident ? Urgency.Emergency : Urgency.Important, e.Visitor.Value) { Zone = e.Zone.Value, Person = e.Visitor.Value });
                break;
            case EscortReturned e:
                End(db, item, AttentionKind.EscortMissing, e.Visitor.Value);
                break;
            case VisitOverstayed e:
                Open(db, item, new(AttentionKind.VisitOverstayed, e.Alarm ? Urgency.Important : Urgency.Caution, e.Visitor.Value) { Zone = e.Zone.Value, Person = e.Visitor.Value });
                break;
            case LeftAlone e:
                Open(db, item, new(AttentionKind.LeftAlone, Urgency.Important, e.Zone.Value) { Zone = e.Zone.Value, Person = e.Person.Value });
                break;
            case MediaTransferRefused e:
                Happened(db, item, new(AttentionKind.MediaTransferRefused, Urgency.Important, e.Transfer.Media) { Person = e.By });
                break;
            case WorkAlone e:
                Open(db, item, new(AttentionKind.LoneWork, Urgency.Important, e.Work.Value) { Zone = e.Zone.Value });
                break;
            case WorkAccompanied e:
                End(db, item, AttentionKind.LoneWork, e.Work.Value);
                break;
            case WitnessLeft e:
                Open(db, item, new(AttentionKind.WitnessLeft, Urgency.Important, e.Move.Value) { Zone = e.Zone.Value, Person = e.Witness.Value });
                break;
            case AssetUnpermitted e:
                Happened(db, item, new(AttentionKind.AssetUnpermitted, e.Kind is UnpermittedKind.MovedIn ? Urgency.Important : Urgency.Emergency, $"{e.Door}/{e.Tag}") { Zone = e.Zone.Value, Door = e.Door.Value, Device = e.Tag });
                break;
            case CabinetOpenedWithoutWork e:
                Happened(db, item, new(AttentionKind.CabinetOpened, Urgency.Important, e.Cabinet.Value) { Zone = e.Zone.Value, Device = e.Cabinet.Value });
                break;
            case CabinetLeftOpen e:
                Open(db, item, new(AttentionKind.CabinetLeftOpen, Urgency.Important, e.Cabinet.Value) { Zone = e.Zone.Value, Device = e.Cabinet.Value });
                break;
            case CabinetClosed e:
                End(db, item, AttentionKind.CabinetLeftOpen, e.Cabinet.Value);
                break;
            case MoveResumed e:
                End(db, item, AttentionKind.WitnessLeft, e.Move.Value);
                break;
            case MoveCancelled e:
                End(db, item, AttentionKind.WitnessLeft, e.Move.Value);
                break;
            case StocktakeConfirmed { Result.Grave: > 0 and var grave } e:
                Happened(db, item, new(AttentionKind.StockMissing, Urgency.Important, e.Stocktake.Value) { Zone = e.Zone.Value, Times = grave });
                break;
            case LeftAloneEnded e:
                End(db, item, AttentionKind.LeftAlone, e.Zone.Value);
                break;
            case FireReleased e:
                Open(db, item, new(AttentionKind.FireReleased, Urgency.Emergency, e.Zone.Value) { Zone = e.Zone.Value, Times = 1 });
                break;
            case FireRestored e:
                End(db, item, AttentionKind.FireReleased, e.Zone.Value);
                break;
            case ReaderReported e:
                Reader(db, item, e);
                break;
            case PanelLost e:
                Open(db, item, new(AttentionKind.PanelLost, Urgency.Important, e.Panel.Value) { Panel = e.Panel.Value });
                break;
            case PanelSeen e:
                End(db, item, AttentionKind.PanelLost, e.Panel.Value);
                break;
            case ReportHole e:
                Happened(db, item, new(AttentionKind.RecordHole, Urgency.Important, e.Panel.Value) { Panel = e.Panel.Value, Times = (int)Math.Clamp(e.Found - e.Expected, 1, int.MaxValue) });
                break;
            case JournalGap e:
                Happened(db, item, new(AttentionKind.JournalUnwritable, Urgency.Emergency, item.Origin?.Panel.Value ?? "record") { Panel = item.Origin?.Panel.Value, Times = e.LostEvents + e.RefusedEntries });
                break;
            case GrantListRefused:
                Open(db, item, new(AttentionKind.GrantListRefused, Urgency.Important, item.Origin?.Panel.Value ?? "") { Panel = item.Origin?.Panel.Value });
                break;
            case GrantListApplied:
                End(db, item, AttentionKind.GrantListRefused, item.Origin?.Panel.Value ?? "");
                break;
            case ClockStep e when (e.After - e.Before).Duration() > TimeSpan.FromSeconds(2):
                Happened(db, item, new(AttentionKind.ClockJumped, Urgency.Caution, item.Origin?.Panel.Value ?? "record") { Panel = item.Origin?.Panel.Value });
                break;

            // A question of presence that SYS has decided.
            case RoomOrderApplied { Order: PresenceOrder e }:
                End(db, item, AttentionKind.PresenceMismatch, $"{e.Zone}/{e.Person}");
                break;
            case PresenceSettled e:
                End(db, item, AttentionKind.PresenceMismatch, $"{e.Zone}/{e.Person}");
                break;

            // Identity checks, lending, patterns: there until somebody has looked. Of the last two nobody is told here whom they concern; that is SEC's page.
            case IdentityChecked { Outcome: not IdentityOutcome.Shown } e:
                Open(db, item, new(AttentionKind.IdentityNotShown, Urgency.Important, e.Id) { Zone = e.Zone?.Value, Person = e.Person.Value });
                break;
            case IdentityCleared e:
                End(db, item, AttentionKind.IdentityNotShown, e.Check);
                break;
            case LendingSuspected e:
                Open(db, item, new(AttentionKind.LendingSuspected, Urgency.Important, PatternSubject.Of(e)));
                break;
            case PatternNoticed e:
                Open(db, item, new(AttentionKind.PatternNoticed, Urgency.Caution, PatternSubject.Of(e)));
                break;
            case PatternReviewed e:
                End(db, item, AttentionKind.LendingSuspected, e.Subject);
                End(db, item, AttentionKind.PatternNoticed, e.Subject);
                break;

            // Visitor badges that are not back.
            case VisitorBadgeDied { Cause: BadgeDeath.NotReturned } e:
                Open(db, item, new(AttentionKind.VisitorBadgeMissing, Urgency.Important, e.Badge.Value) { Person = e.Visitor.Value });
                break;
            case VisitorBadgeDied e:
                End(db, item, AttentionKind.VisitorBadgeMissing, e.Badge.Value);
                Happened(db, item, new(AttentionKind.VisitorBadgeLost, Urgency.Important, e.Badge.Value) { Person = e.Visitor.Value });
                break;
            case VisitorBadgeReturned e:
                End(db, item, AttentionKind.VisitorBadgeMissing, e.Badge.Value);
                break;

            // Power. An outage is one line from its beginning to its end, and more urgent once hosts are being stopped or may not be stopped in time.
            case OutageBegan e:
                Open(db, item, new(AttentionKind.PowerOutage, IsShort(db) ? Urgency.Emergency : Urgency.Important, e.OutageId) { Device = e.Ups });
                break;
            case OutageEnded e:
                End(db, item, AttentionKind.PowerOutage, e.OutageId);
                break;
            case StageStarted e:
                Raise(db, item, e.OutageId);
                break;
            case UpsLost e:
                Open(db, item, new(AttentionKind.UpsLost, Urgency.Important, e.Ups) { Device = e.Ups });
                break;
            case UpsFound e:
                End(db, item, AttentionKind.UpsLost, e.Ups);
                break;
            case ReserveShort e:
                Open(db, item, new(AttentionKind.ReserveShort, InOutage(db) ? Urgency.Emergency : Urgency.Important, e.Plan) { Zone = e.Zone.Value });
                Raise(db, item, null);
                break;
            case ReserveEnough e:
                End(db, item, AttentionKind.ReserveShort, e.Plan);
                break;
            case StageEnded { Result: StageResult.TimedOut } e:
                Happened(db, item, new(AttentionKind.StageTimedOut, Urgency.Important, $"{e.OutageId}/{e.Plan}/{e.StepNo}") { Zone = e.Zone.Value, Times = Math.Max(1, e.StillUp.Length) });
                break;

            case WebhookGivenUp e:
                Happened(db, item, new(AttentionKind.WebhookGivenUp, Urgency.Important, $"{e.OutageId}/{e.Plan}/{e.StepNo}/{e.Act}") { Zone = e.Zone.Value });
                break;

            // A test that failed is told to whoever sent it.
            case NoticeGivenUp { Cause: not NoticeCause.Test } e:
                Happened(db, item, new(AttentionKind.NoticeGivenUp, Urgency.Important, e.Notice) { Zone = e.Zone?.Value });
                break;

            // A counted surge has no end: it happened.
            case SupplyTroubled { Trouble: SupplyTrouble.Surge } e:
                Happened(db, item, new(AttentionKind.SupplyTroubled, Urgency.Important, $"{e.Source}/{e.Trouble}") { Device = e.Source });
                break;
            case SupplyTroubled e:
                Open(db, item, new(AttentionKind.SupplyTroubled, Urgency.Important, $"{e.Source}/{e.Trouble}") { Device = e.Source });
                break;
            case SupplyRecovered e:
                End(db, item, AttentionKind.SupplyTroubled, $"{e.Source}/{e.Trouble}");
                break;
            case BatteryDue e:
                Open(db, item, new(AttentionKind.BatteryDue, Urgency.Caution, $"{e.Ups}/{e.Cause}") { Device = e.Ups });
                break;
            case BatteryInOrder e:
                End(db, item, AttentionKind.BatteryDue, $"{e.Ups}/{e.Cause}");
                break;

            // Roles nobody holds.
            case RoleVacant e:
                Open(db, item, new(AttentionKind.RoleVacant, Urgency.Important, $"{e.Role}/{e.Section}/{e.Zone}") { Zone = e.Zone?.Value });
                break;
            case RoleFilled e:
                End(db, item, AttentionKind.RoleVacant, $"{e.Role}/{e.Section}/{e.Zone}");
                break;
            default:
                break;
        }
    }

    private static void Reader(Statements db, RecordedItem item, ReaderReported e)
    {
        if (e.Condition is ReaderCondition.Online or ReaderCondition.TamperCleared)
        {
            End(db, item, AttentionKind.ReaderFault, e.Reader.Value);
            return;
        }

        Open(db, item, new(AttentionKind.ReaderFault, Urgency.Important, e.Reader.Value) { Device = e.Reader.Value, Panel = item.Origin?.Panel.Value, Condition = (long)e.Condition });
    }

    // Which units carry which plan is not in these events: a reserve too short makes every outage that stands an emergency, which errs on the safe side.
    private static void Raise(Statements db, RecordedItem item, string? outage) => _ = db.Run(
        "UPDATE view_attention SET urgency = $2, last = max(last, $3) WHERE kind = $1 AND standing = 1 AND ($4 IS NULL OR subject = $4)",
        (long)AttentionKind.PowerOutage,
        (long)Urgency.Emergency,
        item.OccurredAt.ToUnixTimeMilliseconds(),
        outage);

    private static bool InOutage(Statements db) => Stands(db, AttentionKind.PowerOutage);

    private static bool IsShort(Statements db) => Stands(db, AttentionKind.ReserveShort);

    private static bool Stands(Statements db, AttentionKind kind) => db.Value("SELECT 1 FROM view_attention WHERE kind = $1 AND standing = 1 LIMIT 1", (long)kind) is not null;

    // The same cause again while it still stands raises the count, not a second line.
    private static void Open(Statements db, RecordedItem item, Raised raised)
    {
        var again = db.Run(
            "UPDATE view_attention SET last = $3, times = times + 1, urgency = min(urgency, $4), condition = coalesce($5, condition) WHERE kind = $1 AND subject = $2 AND standing = 1",
            (long)raised.Kind,
            raised.Subject,
            item.OccurredAt.ToUnixTimeMilliseconds(),
            (long)raised.Urgency,
            raised.Condition);
        if (again == 0)
        {
            Add(db, item, raised, standing: true);
        }
    }

    private static void Happened(Statements db, RecordedItem item, Raised raised) => Add(db, item, raised, standing: false);

    private static void Add(Statements db, RecordedItem item, Raised raised, bool standing) => _ = db.Run(
        "INSERT INTO view_attention VALUES ($1, $2, $3, $4, $5, $6, NULL, $5, $7, $8, $9, $10, $11, $12, $13)",
        item.N,
        (long)raised.Kind,
        (long)raised.Urgency,
        raised.Subject,
        item.OccurredAt.ToUnixTimeMilliseconds(),
        standing ? 1 : 0,
        raised.Times,
        raised.Zone,
        raised.Door,
        raised.Device,
        raised.Panel,
        raised.Person,
        raised.Condition);

    private static void End(Statements db, RecordedItem item, AttentionKind kind, string subject) => _ = db.Run(
        "UPDATE view_attention SET standing = 0, ended = $3, last = max(last, $3) WHERE kind = $1 AND subject = $2 AND standing = 1",
        (long)kind,
        subject,
        item.OccurredAt.ToUnixTimeMilliseconds());

    private sealed record Raised(AttentionKind Kind, Urgency Urgency, string Subject)
    {
        public string? Zone { get; init; }

        public string? Door { get; init; }

        public string? Device { get; init; }

        public string? Panel { get; init; }

        public string? Person { get; init; }

        public long? Condition { get; init; }

        public int Times { get; init; } = 1;
    }
}
