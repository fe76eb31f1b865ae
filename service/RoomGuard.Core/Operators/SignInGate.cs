namespace RoomGuard.Core.Operators;

/// <summary>Where an attempt comes from, as far as limits count it.</summary>
/// <param name="Account">What was typed as sign-in name, or the account's id: the same for accounts that do not exist, so that limits tell nothing.</param>
/// <param name="Privileged">The account is a 特権ID.</param>
/// <param name="Source">Network address.</param>
/// <param name="Device">A device on which this very account signed in before; null: a stranger's.</param>
public sealed record SignInTry(string Account, bool Privileged, string Source, string? Device);

/// <summary>A bucket of failures, as it is kept.</summary>
/// <param name="Locks">How often it was locked in a row: each lock is longer than the last.</param>
/// <param name="Until">Locked until then; <see cref="DateTimeOffset.MaxValue"/>: until released; null: open.</param>
public sealed record GateBucket(string Key, string Account, int Failures, int Total, int Locks, DateTimeOffset LastFailure, DateTimeOffset? Until);

/// <summary>What one failure did.</summary>
/// <param name="Count">Failures at this account: of this device, or of all strangers together.</param>
/// <param name="SourceCount">Failures of this source over all accounts; zero for a known device.</param>
/// <param name="Locked">The narrowest way this failure closed; null: none.</param>
/// <param name="SourceLocked">This failure closed the source for all accounts; null: it did not.</param>
public sealed record GateStep(int Count, int SourceCount, GateBucket? Locked, GateBucket? SourceLocked);

/// <summary>
/// R-SIGN-03, so that a stranger cannot use it against the rightful person: failures are counted for an account and a known device, or else for an
/// account and a source; a lock closes that way in and no other. Behind them stand two wider limits, for one account from all strangers and for one
/// source over all accounts, which never close a known device. Knows the time only by being told; memory is bounded.
/// </summary>
/// <param name="most">Buckets kept at most.</param>
public sealed class SignInGate(int most = 10_000)
{
    /// <summary>Failures that lock an ordinary account.</summary>
    public const int OrdinaryTries = 5;

    /// <summary>Failures that lock a 特権ID.</summary>
    public const int PrivilegedTries = 3;

    /// <summary>Failures of strangers together, from wherever, that close an account to strangers.</summary>
    public const int StrangerTries = 50;

    /// <summary>Failures of one source over all accounts.</summary>
    public const int SourceTries = 30;

    /// <summary>The first lock; each further one doubles it.</summary>
    public static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(24);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    private readonly Dictionary<string, LinkedListNode<GateBucket>> buckets = new(StringComparer.Ordinal);

    // The one that failed last stands last.
    private readonly LinkedList<GateBucket> order = [];

    /// <summary>Buckets held at this moment.</summary>
    public int Count => buckets.Count;

    /// <summary>Until when a way in is closed; <see cref="DateTimeOffset.MaxValue"/>: until released; null: it is open.</summary>
    public DateTimeOffset? ClosedUntil(SignInTry from, DateTimeOffset now)
    {
        DateTimeOffset? latest = null;
        foreach (var (key, _, _) in Ways(from))
        {
            if (buckets.TryGetValue(key, out var node) && node.Value.Until is { } until && now < until && !(until <= latest))
            {
                latest = until;
            }
        }

        return latest;
    }

    /// <summary>Counts a failure; one while the way is closed counts too, but makes no lock longer.</summary>
    public GateStep Failed(SignInTry from, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(from);
        var totals = new List<int>();
        GateBucket? locked = null;
        GateBucket? sourceLocked = null;
        foreach (var (key, tries, untilReleased) in Ways(from))
        {
            var bucket = Take(key) is { } old && (old.Until is { } closed ? now < closed || now - closed < Forgotten : now - old.LastFailure < Forgotten)
                ? old
                : new GateBucket(key, from.Account, 0, 0, 0, now, null);
            var open = !(now < bucket.Until);
            bucket = bucket with { Failures = bucket.Failures + (open ? 1 : 0), Total = bucket.Total + 1, LastFailure = now, Until = open ? null : bucket.Until };
            if (open && bucket.Failures >= tries)
            {
                var length = TimeSpan.FromTicks(Math.Min(LongestLock.Ticks, FirstLock.Ticks << Math.Min(bucket.Locks, 10)));
                bucket = bucket with { Failures = 0, Locks = bucket.Locks + 1, Until = untilReleased ? DateTimeOffset.MaxValue : now + length };
                locked ??= bucket;
                sourceLocked = totals.Count == 2 ? bucket : sourceLocked;
            }

            Put(bucket);
            totals.Add(bucket.Total);
        }

        return totals.Count == 1 ? new(totals[0], 0, locked, null) : new(totals[1], totals[2], locked, sourceLocked);
    }

    /// <summary>A success on this way wipes its own failures; those of others stay.</summary>
    public void Succeeded(SignInTry from)
    {
        foreach (var (key, _, _) in Ways(from).Take(1))
        {
            _ = Take(key);
        }
    }

    /// <summary>Opens all ways into an account.</summary>
    /// <returns>Keys of what was locked.</returns>
    public IReadOnlyList<string> Release(string account)
    {
        var freed = order.Where(bucket => bucket.Account == account).Select(bucket => bucket.Key).ToList();
        foreach (var key in freed)
        {
            _ = Take(key);
        }

        return freed;
    }

    /// <summary>The longest lock in force on any way into an account; null: none.</summary>
    public DateTimeOffset? LockOf(string account, DateTimeOffset now) =>
        order.Where(bucket => bucket.Account == account && now < bucket.Until).Select(bucket => bucket.Until).Max();

    /// <summary>Takes a bucket over that was kept across a restart.</summary>
    public void Put(GateBucket bucket)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        _ = Take(bucket.Key);
        if (buckets.Count >= most)
        {
            // The one quiet for longest goes; a lock until release goes last of all.
            var oldest = order.First!;
            for (var (node, looked) = (oldest, 0); node is not null && looked < 100; node = node.Next, looked++)
            {
                if (node.Value.Until != DateTimeOffset.MaxValue)
                {
                    oldest = node;
                    break;
                }
            }

            order.Remove(oldest);
            _ = buckets.Remove(oldest.Value.Key);
        }

        buckets[bucket.Key] = order.AddLast(bucket);
    }

    // The narrowest first: it is the one that is counted and told. Known devices are judged by themselves alone.
    private static IEnumerable<(string Key, int Tries, bool UntilReleased)> Ways(SignInTry from)
    {
        var tries = from.Privileged ? PrivilegedTries : OrdinaryTries;
        if (from.Device is { } device)
        {
            yield return ($"device {device} {from.Account}", tries, from.Privileged);
            yield break;
        }

        yield return ($"source {from.Source} {from.Account}", tries, from.Privileged);
        yield return ($"account {from.Account}", StrangerTries, false);
        yield return ($"from {from.Source}", SourceTries, false);
    }

    private GateBucket? Take(string key)
    {
        if (!buckets.Remove(key, out var node))
        {
            return null;
        }

        order.Remove(node);
        return node.Value;
    }
}
