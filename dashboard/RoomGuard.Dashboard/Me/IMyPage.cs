using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Dashboard.Me;

/// <summary>自分のページ: what belongs to the person who asks, and the few acts that need nobody's leave (R-ID-04, R-ID-08).</summary>
public interface IMyPage
{
    /// <summary>Everything of one's own. Needs no purpose: it is one's own (R-SIGN-15).</summary>
    Task<MyFile> Mine(Actor by, CancellationToken gone);

    /// <summary>紛失届 for a card of one's own: refused at every door at once. <see cref="ActResult.Id"/> is the case's number.</summary>
    Task<ActResult> ReportLost(CredentialId card, Actor by, CancellationToken stop);

    /// <summary>抹消の通知: gives up a grant of one's own (R-ID-04).</summary>
    Task<ActResult> GiveUp(GrantId grant, string reason, Actor by, CancellationToken stop);
}

/// <summary>What belongs to one person.</summary>
/// <param name="Suspended">停止: nothing opens.</param>
/// <param name="Entries">The last ones, newest first.</param>
public sealed record MyFile(
    Person Person,
    bool Suspended,
    ImmutableArray<MyCard> Cards,
    ImmutableArray<MyGrant> Grants,
    ImmutableArray<RegisterRow> Entries);

/// <summary>A card of one's own.</summary>
public sealed record MyCard(CredentialId Id, CredentialState State, DateOnly? ValidUntil, bool HasPin, DateTimeOffset? LastUsedAt);

/// <summary>A grant of one's own.</summary>
/// <param name="Doors">The doors it opens.</param>
/// <param name="OpensNow">A card of one's own would open these doors at this moment.</param>
/// <param name="NextFrom">When it opens next; null: it does now, or never again.</param>
public sealed record MyGrant(EntryGrant Grant, ImmutableArray<DoorId> Doors, bool OpensNow, DateTimeOffset? NextFrom);
