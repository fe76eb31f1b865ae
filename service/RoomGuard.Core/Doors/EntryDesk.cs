using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// What is shown at the entry side: cards, PINs, fingers. The rules judge; here is what may still be mended within a window, by the second factor (R-DOOR-04) or
/// by the second person, and what a grant and a refusal lead to.
/// </summary>
internal sealed class EntryDesk(Room room, ZoneModes modes, EscortWatch escorts, AloneWatch alone)
{
    // A PIN is always after a card (R-DOOR-03): no rule needs to be asked, and the record says so.
    private static readonly ImmutableArray<RuleOutcome> PinAlone =
    [
        new("MethodRule", "R-DOOR-03", RuleVerdict.Objected, [new(FactName.Methods, nameof(EntryMethod.Pin))]),
    ];

    private static readonly ImmutableArray<EntryMethod> CardAlone = [EntryMethod.Card];
    private static readonly ImmutableArray<EntryMethod> CardAndPin = [EntryMethod.Card, EntryMethod.Pin];
    private static readonly ImmutableArray<EntryMethod> CardAndFinger = [EntryMethod.Card, EntryMethod.Biometric];

    public RefusalWatch Refusals { get; } = new(room.Settings.RefusalLimit, room.Settings.RefusalWindow);

    public PinTries PinTries { get; } = new(room.Settings.PinTries, room.Settings.PinHold);

    public FingerTries FingerTries { get; } = new(room.Settings.RefusalWindow);

    // ---- what is shown

    public void Badge(ReaderRun reader, CardDigest digest)
    {
        if (room.Outage is not null)
        {
            RefuseUnrecorded(reader);
            return;
        }

        // The first factor of somebody else is void as soon as another card comes; the same card begins anew.
        var run = room.DoorOf(reader);
        if (reader.Waiting is { } earlier && earlier.Card != digest)
        {
            GiveUp(run, reader, earlier);
        }

        reader.Waiting = null;
        Decide(run, reader, new(digest, CardAlone, PinVerdict.NotGiven, null));
    }

    public void Pin(ReaderRun reader, PinDigits pin)
    {
        var run = room.DoorOf(reader);
        if (room.Outage is not null)
        {
            RefuseUnrecorded(reader);
            return;
        }

        if (reader.Waiting is not { } first)
        {
            // Typed from habit after a card that was enough: not a try to enter. Otherwise a PIN without a card is one.
            if (run.State.Release is null)
            {
                Refuse(run, reader, DenyReason.MethodNotAllowed, new(null, null, null, null, [EntryMethod.Pin], PinAlone));
            }

            return;
        }

        reader.Waiting = null;
        if (PinTries.IsHeld(first.Credential, room.Now))
        {
            Refuse(run, reader, DenyReason.PinHeld, new(first.Person, first.Credential, first.Card, first.Grant, CardAndPin, first.Rules));
            return;
        }

        // Both are always tried, so that the time it takes says nothing of which one was typed.
        var isOwn = room.List?.Card(first.Card) is { Pin: { } verifier } && room.Settings.PinMatches(verifier, pin.Reveal());
        var isDuress = room.List?.DuressPin(first.Credential) is { } second && room.Settings.PinMatches(second, pin.Reveal()) && !isOwn;
        if (isOwn || isDuress)
        {
            PinTries.Right(first.Credential);
        }
        else if (PinTries.Wrong(first.Credential, room.Now) is { } until)
        {
            room.Record(new PinHeld(room.Now.At, run.Id, first.Person, first.Credential, room.Settings.PinTries, until));
        }

        // Told whether or not the door opens: somebody stands there under threat.
        if (isDuress)
        {
            room.Record(new DuressSignalled(room.Now.At, run.Id, run.Zone, first.Person, first.Credential));
        }

        Decide(run, reader, new(first.Card, CardAndPin, isOwn || isDuress ? PinVerdict.Right : PinVerdict.Wrong, null));
    }

    /// <summary>What a reader's sensor said of whoever showed the card just before.</summary>
    public void Finger(ReaderRun reader, BiometricVerdict verdict)
    {
        if (reader.Waiting is not { } first)
        {
            return;
        }

        if (room.Outage is not null)
        {
            reader.Waiting = null;
            RefuseUnrecorded(reader);
            return;
        }

        // Nothing was compared: another try while the window lasts, and the PIN may come as well, where there is one.
        if (verdict is BiometricVerdict.TimedOut or BiometricVerdict.SensorFault)
        {
            AskFinger(reader, first.Person, first.Credential, first.Until - room.Now.Steady);
            return;
        }

        var run = room.DoorOf(reader);
        if (verdict is BiometricVerdict.NotEnrolled && room.List?.Card(first.Card)?.Pin is not null && room.List.Zone(run.Zone)?.Methods.Contains(EntryMethod.Pin) is true)
        {
            return;
        }

        reader.Waiting = null;
        Decide(run, reader, new(first.Card, CardAndFinger, PinVerdict.NotGiven, verdict));
        FingerTries.Compared(first.Credential, verdict, room.Now);
    }

    public void Unreadable(ReaderRun reader) => room.Show(reader, ReaderSignal.Denied, always: true);

    // ---- windows that close

    public void Elapse(DoorRun run)
    {
        foreach (var reader in run.Readers)
        {
            if (reader.Waiting is { } first && room.Now.Steady >= first.Until)
            {
                reader.Waiting = null;
                GiveUp(run, reader, first);
            }
        }

        if (run.Partner is { } partner && room.Now.Steady >= partner.Until)
        {
            GiveUp(run, partner);
        }
    }

    /// <summary>The reader is no longer trusted: nothing more can follow there.</summary>
    public void Void(DoorRun run, ReaderRun reader)
    {
        if (reader.Waiting is { } first)
        {
            reader.Waiting = null;
            GiveUp(run, reader, first);
        }

        if (run.Partner is { } partner && partner.Reader == reader.Id)
        {
            GiveUp(run, partner);
        }
    }

    /// <summary>Nothing can be written: whoever waits is refused without a word.</summary>
    public void VoidUnrecorded(DoorRun run)
    {
        foreach (var reader in run.Readers)
        {
            if (reader.Waiting is not null)
            {
                reader.Waiting = null;
                RefuseUnrecorded(reader);
            }
        }

        if (run.Partner is { } partner)
        {
            run.Partner = null;
            RefuseUnrecorded(run.Readers.First(reader => reader.Id == partner.Reader));
        }
    }

    public static DateTimeOffset? NextDue(DoorRun run)
    {
        var next = run.Partner?.Until;
        foreach (var reader in run.Readers)
        {
            if (reader.Waiting is { } waiting && (next is null || waiting.Until < next))
            {
                next = waiting.Until;
            }
        }

        return next;
    }

    // ---- deciding

    private void Decide(DoorRun run, ReaderRun reader, Shown shown)
    {
        var request = Request(run, reader, shown, run.Partner);
        var judgement = EntryPolicy.Judge(request);
        var isGranted = judgement.Objection is null;
        if (request is { Person: { } person, Visit: null })
        {
            escorts.CardAtEntry(run, person.Id, isGranted);
        }

        switch (judgement.Objection)
        {
            case null when request.First is not null && SecondPersonRule.AsksForTwo(request):
                LetBothIn(run, reader, shown, request, judgement);
                break;
            case null:
                LetIn(run, reader, shown, request, judgement);
                break;
            case DenyReason.SecondFactorMissing when MayFollow(request):
                AwaitFactor(run, reader, shown, request, judgement);
                break;
            case DenyReason.SecondPersonMissing when request.Visit is null:
                AwaitPartner(run, reader, shown, request, judgement);
                break;
            case { } objection:
                Refuse(run, reader, objection, Denial.Of(request, shown, judgement));
                break;
        }
    }

    private EntryRequest Request(DoorRun run, ReaderRun reader, Shown shown, AwaitedPartner? partner)
    {
        var (now, zone) = (room.Now, run.Zone);
        var badge = room.Book.Badge(shown.Card);
        var card = badge?.Pass.Badge ?? room.List?.Card(shown.Card);
        var person = badge?.Pass.Visitor ?? (card is null ? null : room.List?.Person(card.Person));
        var rules = room.RulesOf(zone);
        var outer = room.OuterOf(zone);
        return new()
        {
            At = now.At,
            Zone = zone,
            Reader = reader.Condition,
            ReaderTampered = reader.Tampered,
            HasSensor = reader.HasSensor,
            List = room.List,
            Credential = card,
            Person = person,
            CardSuspension = card is null ? null : room.Orders.Of(card.Id),
            PersonSuspension = person is null ? null : room.Orders.Of(person.Id),
            Lockdown = room.Orders.Lockdown(zone, person?.Id, now.At),
            Methods = shown.Methods,
            Pin = shown.Pin,
            Biometric = shown.Finger,
            HasFailedBefore = card is not null && FingerTries.HasFailed(card.Id, now),
            Visit = badge?.Pass,
            BadgeIsDead = badge is { Ended: true },
            Escorts = badge is null ? [] : escorts.Candidates(badge.Pass, run),
            Mode = modes.Of(zone),
            Override = badge is null ? null : room.Book.Override(zone, badge.Pass.Visit, now.At),
            Earlier = person is null ? null : room.Earlier(zone, person.Id),
            IsInOuter = outer is { } around && person is not null && room.Presence.Find(around, person.Id) is not null,
            Purpose = rules.PurposeNeeded && person is not null ? room.Book.Purpose(person.Id, zone, now.At)?.PurposeRef : null,
            OthersInside = rules.Most is null ? 0 : Others(zone, person?.Id),
            OpenDoor = OpenDoor(run),
            Counting = rules.TwoPersons is null ? 0 : alone.Counting(zone, person?.Id, badge?.Pass),
            Counts = person is null || alone.Counts(person.Id, zone),
            First = partner is { } first && first.Person != person?.Id ? new(first.Person, alone.Counts(first.Person, zone), first.Partners) : null,
        };
    }

    // Everybody inside and everybody on the way in, each once; the one who asks is not among them.
    private int Others(ZoneId zone, PersonId? without)
    {
        var inside = room.Presence.In(zone);
        var count = inside.Count - (without is { } one && room.Presence.Find(zone, one) is not null ? 1 : 0);
        foreach (var run in room.DoorsOf(zone))
        {
            foreach (var passage in run.State.Awaited)
            {
                if (passage.Way is PassageWay.In && passage.Person != without && room.Presence.Find(zone, passage.Person) is null)
                {
                    count++;
                }
            }

            if (run.Partner is { } partner && partner.Person != without && room.Presence.Find(zone, partner.Person) is null)
            {
                count++;
            }
        }

        return count;
    }

    private DoorId? OpenDoor(DoorRun run)
    {
        foreach (var id in run.Door.Interlock)
        {
            if (room.Door(id) is not { IsShut: true })
            {
                return id;
            }
        }

        return null;
    }

    // ---- the second factor

    private static bool MayFollow(EntryRequest request) =>
        request is { Pin: PinVerdict.NotGiven, Biometric: null, ZoneRules.Methods: var methods }
        && (methods.Contains(EntryMethod.Pin) || FactorRule.MayShowFinger(request));

    private void AwaitFactor(DoorRun run, ReaderRun reader, Shown shown, EntryRequest request, Judgement judgement)
    {
        var window = room.Settings.FactorWindow;
        var card = request.Credential!;
        reader.Waiting = new(shown.Card, card.Id, card.Person, request.Choice.Grant?.Id, room.Now.Steady + window, judgement.Outcomes);
        room.Record(new FactorAwaited(room.Now.At, run.Id, reader.Id, card.Person, card.Id, room.Now.At + window));
        room.Show(reader, ReaderSignal.WaitFactor, always: false);
        if (FactorRule.MayShowFinger(request))
        {
            AskFinger(reader, card.Person, card.Id, window);
        }
    }

    private void AskFinger(ReaderRun reader, PersonId person, CredentialId card, TimeSpan within) =>
        room.Act(new CheckBiometric(reader.Id, person, card, within));

    private void GiveUp(DoorRun run, ReaderRun reader, AwaitedFactor first) => Refuse(
        run,
        reader,
        DenyReason.SecondFactorMissing,
        new(first.Person, first.Credential, first.Card, first.Grant, CardAlone, first.Rules));

    // ---- the second person

    private void AwaitPartner(DoorRun run, ReaderRun reader, Shown shown, EntryRequest request, Judgement judgement)
    {
        if (run.Partner is { } earlier && earlier.Person != request.Person!.Id)
        {
            GiveUp(run, earlier);
        }

        var within = request.Rules.TwoPersons!.Within;
        var card = request.Credential!;
        run.Partner = new(
            reader.Id,
            shown.Card,
            card.Id,
            card.Person,
            request.Choice.Grant?.Id,
            request.Choice.Grant?.Partners,
            shown.Methods,
            shown.Pin,
            shown.Finger,
            room.Now.Steady + within,
            judgement.Outcomes);
        room.DoorsChanged = true;
        room.Record(new PairAwaited(room.Now.At, run.Id, reader.Id, card.Person, card.Id, room.Now.At + within));
        room.Show(reader, ReaderSignal.WaitFactor, always: false);
    }

    private void LetBothIn(DoorRun run, ReaderRun reader, Shown shown, EntryRequest request, Judgement judgement)
    {
        // What the first showed is judged again: much can change within a window.
        var first = run.Partner!;
        var other = room.Reader(first.Reader)!;
        var theirs = new Shown(first.Card, first.Methods, first.Pin, first.Finger);
        var asked = Request(run, other, theirs, null);
        var verdict = EntryPolicy.Judge(asked);
        run.Partner = null;
        room.DoorsChanged = true;
        if (verdict.Objection is not DenyReason.SecondPersonMissing)
        {
            Refuse(run, other, verdict.Objection ?? DenyReason.SecondPersonMissing, Denial.Of(asked, theirs, verdict));
            Decide(run, reader, shown);
            return;
        }

        // Their own reasons, and the last of them as the two of them together made it.
        LetIn(run, other, theirs, asked, new(null, verdict.Outcomes.SetItem(verdict.Outcomes.Length - 1, judgement.Outcomes[^1])));
        LetIn(run, reader, shown, request, judgement);
    }

    private void GiveUp(DoorRun run, AwaitedPartner first)
    {
        run.Partner = null;
        room.DoorsChanged = true;
        Refuse(
            run,
            room.Reader(first.Reader)!,
            DenyReason.SecondPersonMissing,
            new(first.Person, first.Credential, first.Card, first.Grant, first.Methods, first.Rules));
    }

    // ---- what it leads to

    private void LetIn(DoorRun run, ReaderRun reader, Shown shown, EntryRequest request, Judgement judgement)
    {
        var card = request.Credential ?? throw new UnreachableException("No rule objected to a card that nobody holds.");
        if (request is { Visit: null, Choice.Grant: null })
        {
            throw new UnreachableException("No rule objected to a person with neither grant nor visit.");
        }

        room.Record(new EntryGranted(
            room.Now.At,
            run.Id,
            run.Zone,
            reader.Id,
            card.Person,
            card.Id,
            shown.Card,
            request.Visit is null ? request.Choice.Grant!.Id : null,
            request.Methods,
            request.List!.List.Version,
            judgement.Outcomes,
            request.Visit?.Visit,
            request.Visit is null ? null : request.Escort,
            request.Rules.PurposeNeeded ? request.Purpose ?? request.Visit?.Visit.Value : null));
        if (AntiPassbackRule.Stands(request))
        {
            room.Record(new EntryWhileInside(room.Now.At, run.Id, run.Zone, card.Person, card.Id, PassbackMode.Soft, request.Earlier!.Since));
        }

        _ = room.Step(run, new LetIn(room.Now, card.Person, request.Visit?.Visit, request.Visit is null ? null : request.Escort));
        room.Show(reader, ReaderSignal.Granted, always: false);
    }

    private void Refuse(DoorRun run, ReaderRun reader, DenyReason reason, Denial of)
    {
        var at = room.Now.At;
        room.Record(new EntryDenied(at, run.Id, run.Zone, reader.Id, reason, of.Person, of.Credential, of.Card, of.Grant, of.Methods, room.ListVersion, of.Rules, of.Visit));
        if (of is { Person: { } holder, Credential: { } card })
        {
            if (reason is DenyReason.CardLost && of.Card is { } shown)
            {
                room.Record(new LostCardUsed(at, run.Id, holder, card, shown));
            }

            if (reason is DenyReason.AlreadyInside && room.Earlier(run.Zone, holder) is { } earlier)
            {
                room.Record(new EntryWhileInside(at, run.Id, run.Zone, holder, card, PassbackMode.Hard, earlier.Since));
            }
        }

        room.Record(Refusals.Refused(run.Id, of.Card, of.Person, room.Now));

        // One signal whatever the reason: a reader gives no hint (R-DOOR-01).
        room.Show(reader, ReaderSignal.Denied, always: true);
    }

    private void RefuseUnrecorded(ReaderRun reader)
    {
        room.Outage = room.Outage! with { RefusedEntries = room.Outage.RefusedEntries + 1 };
        room.Show(reader, ReaderSignal.Denied, always: true);
    }

    /// <summary>What was shown.</summary>
    private readonly record struct Shown(CardDigest Card, ImmutableArray<EntryMethod> Methods, PinVerdict Pin, BiometricVerdict? Finger);

    /// <summary>Whose request a refusal answers.</summary>
    private sealed record Denial(
        PersonId? Person,
        CredentialId? Credential,
        CardDigest? Card,
        Grants.GrantId? Grant,
        ImmutableArray<EntryMethod> Methods,
        ImmutableArray<RuleOutcome> Rules,
        Visits.VisitId? Visit = null)
    {
        public static Denial Of(EntryRequest request, Shown shown, Judgement judgement) => new(
            request.Credential?.Person,
            request.Credential?.Id,
            shown.Card,
            request.Visit is null ? request.Choice.Grant?.Id : null,
            request.Methods,
            judgement.Outcomes,
            request.Visit?.Visit);
    }
}
