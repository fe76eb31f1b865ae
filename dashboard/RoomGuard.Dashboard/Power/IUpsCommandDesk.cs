using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>UPSの操作 by two people (R-PWR-10): one of OPS asks, another person confirms within a quarter of an hour, the bridge does it within a minute or never.</summary>
public interface IUpsCommandDesk
{
    /// <summary>A unit with what it takes, what hangs on it and what was asked of it; null: no bridge tells of it.</summary>
    /// <param name="ups">Empty: the first unit there is.</param>
    Task<UpsCommandLook?> Look(string ups, Actor by, CancellationToken gone);

    /// <summary>One command with the unit it is for; null: none by this number.</summary>
    Task<UpsCommandCase?> Find(string id, Actor by, CancellationToken gone);

    /// <summary>Asks for a command. Nothing is done. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Ask(UpsCommandForm form, Actor by, CancellationToken stop);

    /// <summary>Confirms it as the second person and sends it to the bridge.</summary>
    Task<ActResult> Confirm(string id, Actor by, CancellationToken stop);

    /// <summary>Takes it back, or says no as the second person.</summary>
    Task<ActResult> Drop(string id, string reason, Actor by, CancellationToken stop);
}

/// <summary>What the form asks.</summary>
public sealed record UpsCommandForm(string Ups, UpsCommand Command, int DelaySeconds, string Reason);

/// <summary>A server that hangs on a unit by a shutdown plan.</summary>
/// <param name="IsUp">Whether it is logged in; null: not known.</param>
public sealed record HangingHost(PowerHost Host, string Plan, string Stage, bool? IsUp);

/// <summary>Where a command stands.</summary>
public enum UpsCommandState
{
    /// <summary>確認待ち.</summary>
    Asked,

    /// <summary>失効: nobody confirmed it in time.</summary>
    Expired,

    /// <summary>取下げ・不承認.</summary>
    Dropped,

    /// <summary>送信済み: the bridge has not told yet what became of it.</summary>
    Sent,

    /// <summary>The bridge has told nothing in all the time it could take.</summary>
    NoWord,

    /// <summary>The bridge has told what became of it.</summary>
    Ended,
}

/// <summary>A command as the record has it.</summary>
/// <param name="AskedBy">Name of who asked.</param>
/// <param name="ExpiresAt">When it lapses if nobody confirms it.</param>
/// <param name="ClosedBy">Name of who confirmed it or dropped it; null: nobody.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="Result">Null: not known.</param>
/// <param name="Note">Why it was dropped, or what the bridge said besides; empty: nothing.</param>
/// <param name="MayConfirm">The reader may confirm it.</param>
/// <param name="MayDrop">The reader may take it back or say no.</param>
public sealed record UpsCommandLine(
    string Id,
    string Ups,
    UpsCommand Command,
    int DelaySeconds,
    string Reason,
    DateTimeOffset AskedAt,
    string AskedBy,
    DateTimeOffset ExpiresAt,
    UpsCommandState State,
    string? ClosedBy,
    DateTimeOffset? ClosedAt,
    UpsCommandResult? Result,
    DateTimeOffset? EndedAt,
    string Note,
    bool MayConfirm,
    bool MayDrop);

/// <summary>A unit on the page of its commands.</summary>
/// <param name="All">The names of all units, to choose from.</param>
/// <param name="Offers">What it takes; empty: nothing is allowed, as a unit comes.</param>
/// <param name="Lines">The newest first.</param>
public sealed record UpsCommandLook(
    UnitCard Unit, ImmutableArray<string> All, ImmutableArray<UpsCommandOffer> Offers, ImmutableArray<HangingHost> Hosts, ImmutableArray<UpsCommandLine> Lines, bool MayAsk)
{
    /// <summary>Delays people may choose from, within what a unit takes.</summary>
    private static readonly ImmutableArray<int> Delays = [0, 30, 60, 120, 300, 600];

    /// <summary>Each command with a delay that may be asked for.</summary>
    public ImmutableArray<(UpsCommandOffer Offer, int DelaySeconds)> Choices =>
    [
        .. from offer in Offers
           from delay in offer.LeastDelaySeconds == offer.MostDelaySeconds ? [offer.LeastDelaySeconds] : Delays.Where(offer.Takes)
           select (offer, delay),
    ];
}

/// <summary>One command with the unit it is for.</summary>
/// <param name="Look">Null: no bridge tells of the unit any more.</param>
public sealed record UpsCommandCase(UpsCommandLine Line, UpsCommandLook? Look);
