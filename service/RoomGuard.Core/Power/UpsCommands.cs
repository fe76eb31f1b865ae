using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>What two people may have a unit do (R-PWR-10). A closed list: nothing else is ever written to a unit for a person.</summary>
public enum UpsCommand
{
    /// <summary>短時間の自己診断: the battery carries the load for some seconds.</summary>
    BatteryTestQuick,

    /// <summary>長時間の自己診断: until the unit says that its battery is low.</summary>
    BatteryTestDeep,

    /// <summary>自己診断の中止.</summary>
    BatteryTestStop,

    /// <summary>出力停止 after a delay.</summary>
    OutputOff,

    /// <summary>出力再開; takes an ordered shutdown back as well.</summary>
    OutputOn,

    /// <summary>警報音の消音.</summary>
    BeeperMute,
}

/// <summary>A command as one unit takes it here: its product knows it, and the bridge's settings allow it.</summary>
/// <param name="LeastDelaySeconds">For <see cref="UpsCommand.OutputOff"/>: the least delay the unit takes; 0: at once.</param>
/// <param name="MostDelaySeconds">The most; the same as the least where the unit has its own.</param>
/// <param name="ComesBack">For <see cref="UpsCommand.OutputOff"/>: the unit switches on again by itself when mains are there.</param>
public sealed record UpsCommandOffer(UpsCommand Command, int LeastDelaySeconds = 0, int MostDelaySeconds = 0, bool ComesBack = false)
{
    /// <summary>Whether the unit takes this delay.</summary>
    public bool Takes(int delaySeconds) => delaySeconds >= LeastDelaySeconds && delaySeconds <= MostDelaySeconds;
}

/// <summary>How a command ended.</summary>
public enum UpsCommandResult
{
    /// <summary>実施: the unit took it, and was then seen to do it.</summary>
    Done,

    /// <summary>The unit took it, or was sent it where it answers nothing, and was not seen to do it.</summary>
    NotSeen,

    /// <summary>The unit refused it.</summary>
    RefusedByUnit,

    /// <summary>The unit did not answer: whether it does it is not known, and it is never sent again.</summary>
    NoAnswer,

    /// <summary>The bridge's settings do not allow it at this unit, or not with this delay.</summary>
    NotAllowed,

    /// <summary>出力停止 while servers are logged in that hang on the unit.</summary>
    ServersUp,

    /// <summary>A test while the unit is not on mains: the battery is wanted for something else.</summary>
    NotOnMains,

    /// <summary>失効: it came later than a minute after it was confirmed.</summary>
    Lapsed,

    /// <summary>The bridge went down while it was under way: whether the unit does it is not known, and it is never sent again.</summary>
    Interrupted,
}

/// <summary>
/// A command asked by one person and confirmed by another (R-PWR-10). It is carried out once, within a minute, or never: nothing of it stands, so that a
/// bridge that comes back later has nothing to catch up with.
/// </summary>
/// <param name="CommandId">E.g. <c>B-0007</c>.</param>
/// <param name="DelaySeconds">For <see cref="UpsCommand.OutputOff"/>; else 0.</param>
/// <param name="RequestedBy">Person who asked.</param>
/// <param name="ConfirmedBy">Another person.</param>
/// <param name="ConfirmedAt">By the office's clock.</param>
public sealed record UpsCommandOrder(
    string CommandId, string Ups, UpsCommand Command, int DelaySeconds, string Reason, string RequestedBy, string ConfirmedBy, DateTimeOffset ConfirmedAt) : RoomOrder
{
    /// <summary>Later than this after it was confirmed it is not carried out.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => $"ups-command {Ups}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsOver => true;
}

/// <summary>UPS操作の依頼 (R-PWR-10): nothing is done until a second person confirms it, within a quarter of an hour.</summary>
public sealed record UpsCommandAsked(DateTimeOffset OccurredAt, string CommandId, string Ups, UpsCommand Command, int DelaySeconds, string Reason, string RequestedBy)
    : RecordedEvent(OccurredAt)
{
    /// <summary>How long a second person has to confirm it.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);
}

/// <summary>UPS操作の取下げ・不承認: the one who asked took it back, or the second person said no.</summary>
public sealed record UpsCommandDropped(DateTimeOffset OccurredAt, string CommandId, string Ups, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>UPS操作の結果 (R-PWR-10), as the bridge knows it.</summary>
/// <param name="Detail">What the unit or the bridge said of it, in English for a technician, or the servers that are up; empty: nothing.</param>
public sealed record UpsCommandEnded(
    DateTimeOffset OccurredAt, string CommandId, string Ups, UpsCommand Command, string RequestedBy, string ConfirmedBy, UpsCommandResult Result, string Detail)
    : RecordedEvent(OccurredAt);

/// <summary>What came back from the wire of a command.</summary>
public enum UpsCommandAnswer
{
    /// <summary>The unit took it, or was sent it where it answers nothing.</summary>
    Accepted,

    /// <summary>The unit said no.</summary>
    Refused,

    /// <summary>Nothing that can be believed.</summary>
    Silent,
}

/// <summary>The wire tells what became of a command.</summary>
public sealed record UpsCommandAnswered(DateTimeOffset At, string CommandId, UpsCommandAnswer Answer, string Detail) : PowerInput(At);

/// <summary>Write this to the unit, once. The answer is a <see cref="UpsCommandAnswered"/>.</summary>
public sealed record CommandUnit(string CommandId, string Ups, UpsCommand Command, int DelaySeconds) : DeviceOrder;

/// <summary>A command that was given to the wire and has not ended.</summary>
/// <param name="Since">Steady instant at which it was given, or at which the unit took it.</param>
/// <param name="Accepted">The unit took it; now it must be seen to do it.</param>
public sealed record UpsCommandRun(UpsCommandOrder Order, DateTimeOffset Since, bool Accepted);

/// <summary>
/// Carries commands out: each once, in time, where it is allowed (R-PWR-10). What a unit does is believed from its state, not from its answer. Pure.
/// </summary>
/// <param name="allowed">What each unit's settings allow, by name; a unit that is not here is another bridge's.</param>
internal sealed class UpsCommandControl(ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>> allowed)
{
    // A wire answers within seconds, or not at all; a unit shows what it does within some readings.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(45);

    private readonly List<UpsCommandRun> runs = [];

    /// <summary>Those under way.</summary>
    public ImmutableArray<UpsCommandRun> Runs => [.. runs];

    /// <summary>What a unit takes; empty: nothing, which is how a unit comes.</summary>
    public ImmutableArray<UpsCommandOffer> OffersOf(string ups) => allowed.TryGetValue(ups, out var offers) ? offers : [];

    /// <summary>An order came that was not known before.</summary>
    /// <param name="unit">The unit as it stands.</param>
    /// <param name="serversUp">Who is logged in on a stage of a plan that the unit feeds.</param>
    public void Take(UpsCommandOrder order, UnitStanding unit, ImmutableArray<string> serversUp, Moment at, List<Effect> effects)
    {
        var late = at.At - order.ConfirmedAt;
        var refusal = late > UpsCommandOrder.GoodFor || late < -UpsCommandOrder.GoodFor ? (UpsCommandResult.Lapsed, $"{Math.Round(late.TotalSeconds)} s after it was confirmed")
            : order.RequestedBy == order.ConfirmedBy ? (UpsCommandResult.NotAllowed, "asked and confirmed by one person")
            : OffersOf(order.Ups).FirstOrDefault(one => one.Command == order.Command) is not { } offer ? (UpsCommandResult.NotAllowed, "not in the unit's commands in bridge.json")
            : !offer.Takes(order.DelaySeconds) ? (UpsCommandResult.NotAllowed, $"the unit takes a delay of {offer.LeastDelaySeconds} to {offer.MostDelaySeconds} s")
            : order.Command is UpsCommand.OutputOff && !serversUp.IsEmpty ? (UpsCommandResult.ServersUp, string.Join(", ", serversUp))
            : order.Command is UpsCommand.BatteryTestQuick or UpsCommand.BatteryTestDeep && (unit.Power is not UnitPower.Mains || unit.Lost is not null)
                ? (UpsCommandResult.NotOnMains, unit.Lost is not null ? "the unit does not answer" : $"{unit.Power}")
            : runs.Exists(run => run.Order.Ups == order.Ups) ? (UpsCommandResult.NotAllowed, "another command is under way at this unit")
            : ((UpsCommandResult, string)?)null;
        if (refusal is var (result, why))
        {
            effects.Add(Ended(order, result, why, at));
            return;
        }

        runs.Add(new(order, at.Steady, Accepted: false));
        effects.Add(new Act(new CommandUnit(order.CommandId, order.Ups, order.Command, order.DelaySeconds)));
    }

    /// <summary>The wire told what became of one.</summary>
    public bool Answer(UpsCommandAnswered answered, Moment at, List<Effect> effects)
    {
        var index = runs.FindIndex(run => run.Order.CommandId == answered.CommandId && !run.Accepted);
        if (index < 0)
        {
            return false;
        }

        var order = runs[index].Order;
        switch (answered.Answer)
        {
            // A sound shows in no reading.
            case UpsCommandAnswer.Accepted when order.Command is UpsCommand.BeeperMute:
                End(index, UpsCommandResult.Done, answered.Detail, at, effects);
                break;
            case UpsCommandAnswer.Accepted:
                runs[index] = new(order, at.Steady, Accepted: true);
                break;
            case UpsCommandAnswer.Refused:
                End(index, UpsCommandResult.RefusedByUnit, answered.Detail, at, effects);
                break;
            default:
                End(index, UpsCommandResult.NoAnswer, answered.Detail, at, effects);
                break;
        }

        return true;
    }

    /// <summary>A unit was read: does it what it was told?</summary>
    public bool See(UpsReading reading, Moment at, List<Effect> effects)
    {
        var index = runs.FindIndex(run => run.Order.Ups == reading.Ups && run.Accepted);
        if (index < 0 || reading.State is not UpsQuality.Good || !Shows(runs[index].Order.Command, reading.Flags))
        {
            return false;
        }

        End(index, UpsCommandResult.Done, "", at, effects);
        return true;
    }

    /// <summary>Time has passed: what nobody answered, or nobody saw, ends.</summary>
    public bool Elapse(Moment at, List<Effect> effects)
    {
        var before = runs.Count;
        for (var index = runs.Count - 1; index >= 0; index--)
        {
            var run = runs[index];
            var within = run.Accepted ? SeenWithin + TimeSpan.FromSeconds(run.Order.DelaySeconds) : AnswerWithin;
            if (at.Steady - run.Since >= within)
            {
                End(index, run.Accepted ? UpsCommandResult.NotSeen : UpsCommandResult.NoAnswer, $"nothing in {within.TotalSeconds} s", at, effects);
            }
        }

        return runs.Count != before;
    }

    /// <summary>The bridge has started: what was under way may have been done, and is not done again.</summary>
    public bool Start(Moment at, List<Effect> effects)
    {
        var before = runs.Count;
        for (var index = runs.Count - 1; index >= 0; index--)
        {
            End(index, UpsCommandResult.Interrupted, "", at, effects);
        }

        return before > 0;
    }

    /// <summary>Goes on with those that were under way.</summary>
    public void Restore(ImmutableArray<UpsCommandRun>? before)
    {
        runs.Clear();
        runs.AddRange(before ?? []);
    }

    private static bool Shows(UpsCommand command, UpsFlags flags) => command switch
    {
        UpsCommand.BatteryTestQuick or UpsCommand.BatteryTestDeep => flags.HasFlag(UpsFlags.Testing),
        UpsCommand.BatteryTestStop => !flags.HasFlag(UpsFlags.Testing),
        UpsCommand.OutputOff => flags.HasFlag(UpsFlags.OutputOff),
        UpsCommand.OutputOn => !flags.HasFlag(UpsFlags.OutputOff),
        _ => true,
    };

    private static Write Ended(UpsCommandOrder order, UpsCommandResult result, string detail, Moment at) =>
        new(new UpsCommandEnded(at.At, order.CommandId, order.Ups, order.Command, order.RequestedBy, order.ConfirmedBy, result, detail));

    private void End(int index, UpsCommandResult result, string detail, Moment at, List<Effect> effects)
    {
        effects.Add(Ended(runs[index].Order, result, detail, at));
        runs.RemoveAt(index);
    }
}
