using System.Collections.Immutable;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors;

/// <summary>
/// Counts wrong PINs of a card in a row. At the limit its PIN is not looked at for a while, so that four digits cannot be tried through; a right one begins
/// anew. Only cards of the list come here, so there are never more than the list holds.
/// </summary>
internal sealed class PinTries(int limit, TimeSpan hold)
{
    private readonly Dictionary<CredentialId, PinTrouble> troubles = [];

    public bool Changed { get; set; }

    public ImmutableArray<PinTrouble> Troubles => [.. troubles.Values.OrderBy(one => one.Credential.Value, StringComparer.Ordinal)];

    public void Restore(ImmutableArray<PinTrouble>? then)
    {
        troubles.Clear();
        foreach (var one in then ?? [])
        {
            troubles[one.Credential] = one;
        }
    }

    public bool IsHeld(CredentialId card, Moment now) => troubles.GetValueOrDefault(card)?.Until > now.Steady;

    public void Right(CredentialId card) => Changed |= troubles.Remove(card);

    /// <returns>Wall time up to which the PIN is held from now on; null: it is not.</returns>
    public DateTimeOffset? Wrong(CredentialId card, Moment now)
    {
        Changed = true;
        var wrong = troubles.GetValueOrDefault(card) is { Until: null } before ? before.Wrong + 1 : 1;
        troubles[card] = new(card, wrong, wrong >= limit ? now.Steady + hold : null);
        return wrong >= limit ? now.At + hold : null;
    }
}
