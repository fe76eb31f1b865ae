using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Schedule;

/// <summary>Where something that is open stands, the same for every kind.</summary>
public enum OpenStep
{
    /// <summary>申請中.</summary>
    Applied,

    /// <summary>許可済・開始前.</summary>
    Permitted,

    /// <summary>実施中・持出し中.</summary>
    UnderWay,

    /// <summary>中断・期限超過: it needs a hand.</summary>
    Stopped,

    /// <summary>確認待ち.</summary>
    ToConfirm,
}

/// <summary>A kind of what is open.</summary>
/// <param name="Key">In addresses.</param>
public sealed record OpenKind(string Key, Word Word)
{
    /// <summary>搬入・搬出.</summary>
    public static OpenKind Move { get; } = new("move", MovesText.Title);

    /// <summary>持出し・持込み.</summary>
    public static OpenKind Carry { get; } = new("carry", CarryPageText.Title);

    /// <summary>作業.</summary>
    public static OpenKind Work { get; } = new("work", WorkPageText.Title);

    /// <summary>廃棄・消去.</summary>
    public static OpenKind Disposal { get; } = new("disposal", DisposalsText.Title);

    /// <summary>棚卸.</summary>
    public static OpenKind Stocktake { get; } = new("stocktake", StocktakesText.Title);

    /// <summary>All of them, in the order of pages.</summary>
    public static ImmutableArray<OpenKind> All { get; } = [Move, Carry, Work, Disposal, Stocktake];
}

/// <summary>One thing that is open.</summary>
/// <param name="Path">Its page.</param>
/// <param name="What">In people's words.</param>
/// <param name="Who">Who applied, by name.</param>
/// <param name="Until">By when it is to be over; null: nothing says so.</param>
/// <param name="Signs">How its own register says it stands.</param>
public sealed record OpenCard(OpenStep Step, OpenKind Kind, string Number, string Path, string What, string Who, DateTimeOffset? From, DateTimeOffset? Until, ImmutableArray<Sign> Signs);

/// <summary>A register with things that are open. Each gives what whoever asks may see there; the board asks all that are registered.</summary>
public interface IOpenSteps
{
    /// <summary>What is open now.</summary>
    Task<ImmutableArray<OpenCard>> Open(Actor by, DateTimeOffset now, Ink ink, CancellationToken gone);
}

/// <summary>One thing that passes a door or the desk on a day.</summary>
/// <param name="At">When it is planned, or when it did.</param>
/// <param name="Way">搬入, 搬出, 持出し, 返却 and so on.</param>
/// <param name="Where">Area or place.</param>
/// <param name="State">How it stands.</param>
/// <param name="Late">Its time is over and it has not happened.</param>
public sealed record DoorItem(DateTimeOffset At, Word Way, OpenKind Kind, string Number, string Path, string What, string Who, string Where, Sign State, bool Done, bool Late);

/// <summary>A register with things that pass a door or the desk. Each gives what whoever asks may see there.</summary>
public interface IAtTheDoor
{
    /// <summary>What passes on a day.</summary>
    Task<ImmutableArray<DoorItem>> On(DateOnly day, Actor by, DateTimeOffset now, Ink ink, CancellationToken gone);
}

/// <summary>One day by which something is due.</summary>
/// <param name="MustBeDone">Somebody has to do it, so that it is overdue when the day is over; false: it only happens.</param>
public sealed record DueDate(DateOnly On, Word Kind, string Number, string Path, string What, bool MustBeDone);

/// <summary>A register with due dates. Each gives what whoever asks may see there; the calendar asks all that are registered.</summary>
public interface IDueDates
{
    /// <summary>What is due and not done, in the order of days.</summary>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day, included.</param>
    /// <param name="most">No more than these, the earliest.</param>
    Task<ImmutableArray<DueDate>> Due(DateOnly from, DateOnly until, int most, Actor by, Ink ink, CancellationToken gone);
}
