using System.Collections.Immutable;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Doors;

/// <summary>A card whose bearer's finger was refused.</summary>
/// <param name="At">Steady instant of the last time.</param>
public sealed record FingerTrouble(CredentialId Credential, DateTimeOffset At);

/// <summary>
/// Remembers for a while whose finger was refused: one refusal may be a misreading, the next one in a row is somebody else (R-DOOR-04). Only cards of the list
/// come here.
/// </summary>
internal sealed class FingerTries(TimeSpan window)
{
    private readonly Dictionary<CredentialId, FingerTrouble> troubles = [];

    public bool Changed { get; set; }

    public ImmutableArray<FingerTrouble> Troubles => [.. troubles.Values.OrderBy(one => one.Credential.Value, StringComparer.Ordinal)];

    public void Restore(ImmutableArray<FingerTrouble>? then)
    {
        troubles.Clear();
        foreach (var one in then ?? [])
        {
            troubles[one.Credential] = one;
        }
    }

    public bool HasFailed(CredentialId card, Moment now) => troubles.GetValueOrDefault(card) is { } before && now.Steady - before.At <= window;

    public void Compared(CredentialId card, BiometricVerdict verdict, Moment now)
    {
        if (verdict is BiometricVerdict.NoMatch)
        {
            troubles[card] = new(card, now.Steady);
            Changed = true;
        }
        else if (verdict is BiometricVerdict.Match)
        {
            Changed |= troubles.Remove(card);
        }
    }
}
