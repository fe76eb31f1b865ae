using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors;

/// <summary>R-DOOR-05: ways out are recorded and never decided. What somebody's leaving means for others is told, and holds nobody back.</summary>
internal sealed class WayOut(Room room, EscortWatch escorts)
{
    public void Badge(ReaderRun reader, CardDigest digest)
    {
        var run = room.DoorOf(reader);
        var card = room.Card(digest);
        room.Record(new ExitBadged(room.Now.At, run.Id, run.Zone, reader.Id, card?.Person, card?.Id, digest));
        if (card is not null && (card.State is CredentialState.Lost || room.Orders.Of(card.Id) is { State: CredentialState.Lost }))
        {
            room.Record(new LostCardUsed(room.Now.At, run.Id, card.Person, card.Id, digest));
        }

        // Somebody is in a room that should be empty, and is nobody who could have entered.
        if (card is null)
        {
            Unexpected(run);
        }
        else
        {
            escorts.CardAtExit(run, card.Person);
        }

        _ = room.Step(run, new LetOut(room.Now, card?.Person, card is null ? null : room.Book.Visitor(card.Person)?.Pass.Visit));
        room.Show(reader, ReaderSignal.ExitRecorded, always: true);
    }

    public void Unreadable(ReaderRun reader)
    {
        _ = room.Step(room.DoorOf(reader), new LetOut(room.Now, null));
        room.Show(reader, ReaderSignal.ExitRecorded, always: true);
    }

    public void Button(DoorRun run)
    {
        room.Record(new ExitByButton(room.Now.At, run.Id, run.Zone));
        Unexpected(run);
        _ = room.Step(run, new ButtonPressed(room.Now));
    }

    // R-DOOR-18. Where anybody may open the door, somebody nobody knows of is no surprise.
    private void Unexpected(DoorRun run)
    {
        if (room.Presence.IsVacant(run.Zone) && run.State.Freedom is null)
        {
            room.Record(new ZoneIntrusion(room.Now.At, run.Zone, run.Id, "exit-request"));
        }
    }
}
