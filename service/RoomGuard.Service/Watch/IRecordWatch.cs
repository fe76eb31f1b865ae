using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Watch;

/// <summary>Something the service looks after by itself, whoever is signed in: a deadline, somebody who has gone, a tag at a door. <see cref="WatchLoop"/> lets it look.</summary>
public interface IRecordWatch
{
    /// <summary>How long it waits at most between two looks.</summary>
    TimeSpan LookEvery { get; }

    /// <summary>Whether this entry is a reason to look at once.</summary>
    bool Wakes(RecordedEvent item) => false;

    /// <summary>What is to be made good of the time before the service started; once, before the first look.</summary>
    Task BeginAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Looks once. Done twice, it does nothing more.</summary>
    /// <returns>False: what is due could not be recorded and is due at the next look.</returns>
    Task<bool> LookAsync(CancellationToken stop);
}

/// <summary>A watch that does nothing but write down what has become due.</summary>
public abstract class DueWatch(ServiceRecord record, ActTurn turn) : IRecordWatch
{
    /// <inheritdoc/>
    public abstract TimeSpan LookEvery { get; }

    /// <inheritdoc/>
    public virtual bool Wakes(RecordedEvent item) => false;

    /// <inheritdoc/>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        // Most looks find nothing, and take nobody's turn.
        while (!record.Readers.AskNow(Due, stop).IsEmpty)
        {
            // Beside no act of a person: each sees what the other wrote.
            var look = await turn.ActAsync(
                [],
                async () =>
                {
                    _ = await record.AppendAsync([.. record.Readers.AskNow(Due, stop).Select(Draft.Of)], null, stop);
                    return ActResult.Done();
                },
                stop);
            if (!look.Ok || !LooksAgain)
            {
                return look.Ok;
            }
        }

        return true;
    }

    /// <summary>What it looks at.</summary>
    protected ServiceRecord Record => record;

    /// <summary>True: what one look finds may be a part of what is due, and the rest is looked for at once.</summary>
    protected virtual bool LooksAgain => false;

    /// <summary>What is due now and not yet in the record.</summary>
    protected abstract ImmutableArray<RecordedEvent> Due(Statements db);
}
