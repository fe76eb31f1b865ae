namespace RoomGuard.Bridge.Nut;

/// <summary>Wrong passwords by address: after ten within a minute none from there is looked at for a minute. Thread-safe; its memory has a limit.</summary>
public sealed class NutDoorkeeper(TimeProvider time)
{
    /// <summary>How long an address is not looked at.</summary>
    public static readonly TimeSpan Closed = TimeSpan.FromMinutes(1);

    private const int MostWrong = 10;
    private const int MostAddresses = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Wrong, long Since)> tries = [];

    /// <summary>Whether passwords from there are looked at now.</summary>
    public bool IsOpen(string from)
    {
        lock (gate)
        {
            return !tries.TryGetValue(from, out var known) || known.Wrong < MostWrong || time.GetElapsedTime(known.Since) >= Closed;
        }
    }

    /// <summary>A password from there was wrong.</summary>
    /// <returns>True when the address has just been closed.</returns>
    public bool Wrong(string from)
    {
        lock (gate)
        {
            if (tries.Count >= MostAddresses)
            {
                foreach (var old in tries.Where(pair => time.GetElapsedTime(pair.Value.Since) >= Closed).Select(pair => pair.Key).ToList())
                {
                    tries.Remove(old);
                }

                // A flood from a thousand addresses at once: the books are closed rather than memory filled.
                if (tries.Count >= MostAddresses)
                {
                    return false;
                }
            }

            var known = tries.GetValueOrDefault(from);
            known = known.Wrong == 0 || time.GetElapsedTime(known.Since) >= Closed ? (1, time.GetTimestamp()) : (known.Wrong + 1, known.Since);
            tries[from] = known;
            return known.Wrong == MostWrong;
        }
    }
}
