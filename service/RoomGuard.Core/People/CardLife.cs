namespace RoomGuard.Core.People;

/// <summary>What is to become of a card that nobody uses (R-ID-05).</summary>
public enum UnusedCard
{
    /// <summary>In use, or not active anyway.</summary>
    Fine,

    /// <summary>Listed for review.</summary>
    Listed,

    /// <summary>Held until somebody has looked.</summary>
    Held,
}

/// <summary>The life of a card between its issue and its return. Pure.</summary>
public static class CardLife
{
    /// <summary><see cref="CredentialRecorded.Cause"/> of a card held because nobody used it.</summary>
    public const string Unused = "unused";

    /// <summary>What R-ID-05 asks of a card: listed for review after one limit, held after the other.</summary>
    /// <param name="lastUsed">Last use at any door, or its issue or release where it was never used since.</param>
    public static UnusedCard Look(CredentialState state, DateOnly lastUsed, DateOnly today, int listedAfterDays, int heldAfterDays)
    {
        var idle = today.DayNumber - lastUsed.DayNumber;
        return state is not CredentialState.Active ? UnusedCard.Fine
            : idle >= heldAfterDays ? UnusedCard.Held
            : idle >= listedAfterDays ? UnusedCard.Listed
            : UnusedCard.Fine;
    }
}
