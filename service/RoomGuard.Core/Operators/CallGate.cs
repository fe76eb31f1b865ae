namespace RoomGuard.Core.Operators;

/// <summary>Whether a call may go on.</summary>
/// <param name="Left">Calls that would be allowed at once after this one.</param>
/// <param name="Wait">Zero: it may. Else after how long one would be allowed.</param>
public readonly record struct CallStep(int Left, TimeSpan Wait)
{
    /// <summary>It may go on.</summary>
    public bool Allowed => Wait == TimeSpan.Zero;
}

/// <summary>What a refused call did.</summary>
/// <param name="Count">Refusals of this source in a row.</param>
/// <param name="Tell">It deserves an entry of the record: the first ones do, later ones are told in steps.</param>
/// <param name="TooMany">More than <see cref="CallGate.MostFailures"/>: such calls are not answered any more until the source is quiet.</param>
public readonly record struct RefusedStep(int Count, bool Tell, bool TooMany);

/// <summary>
/// Limits of the API: how often one token may call, and how often one source may fail. What fails closes nothing but failing: a call with a token that
/// counts is never refused because of what strangers tried, not even from the same address. Knows the time only by being told; memory is bounded.
/// Not thread-safe.
/// </summary>
/// <param name="most">Tokens and sources remembered at most.</param>
public sealed class CallGate(int most = 10_000)
{
    /// <summary>Calls a token may make at once †.</summary>
    public const int Burst = 60;

    /// <summary>Calls a token may make in the long run, a second †.</summary>
    public const int PerSecond = 5;

    /// <summary>Refused calls of a source that are answered with the reason.</summary>
    public const int MostFailures = 30;

    /// <summary>After so long without a refusal a source begins anew.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (double Left, DateTimeOffset At)> tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Count, DateTimeOffset At)> sources = new(StringComparer.Ordinal);

    /// <summary>What is remembered at this moment.</summary>
    public int Count => tokens.Count + sources.Count;

    /// <summary>A token calls.</summary>
    public CallStep Called(string token, DateTimeOffset now)
    {
        var (before, at) = tokens.GetValueOrDefault(token, (Burst, now));

        // A clock that was set back gives nothing and takes nothing.
        var left = Math.Min(Burst, before + (Math.Max(0, (now - at).TotalSeconds) * PerSecond));
        if (left < 1)
        {
            Put(tokens, token, (left, now));
            return new(0, TimeSpan.FromSeconds((1 - left) / PerSecond));
        }

        Put(tokens, token, (left - 1, now));
        return new((int)(left - 1), TimeSpan.Zero);
    }

    /// <summary>A call of a source was refused.</summary>
    /// <param name="source">Address, and what was wrong: each kind is counted by itself.</param>
    public RefusedStep Failed(string source, DateTimeOffset now)
    {
        var count = sources.TryGetValue(source, out var before) && now - before.At < Forgotten ? before.Count + 1 : 1;
        Put(sources, source, (count, now));
        return new(count, Told(count), count > MostFailures);
    }

    /// <summary>1, 2, 3, 5, 10, 20, 50, 100 …: a storm of failures must not fill the record.</summary>
    public static bool Told(int count)
    {
        while (count >= 10 && count % 10 == 0)
        {
            count /= 10;
        }

        return count is 1 or 2 or 3 or 5;
    }

    private void Put<TValue>(Dictionary<string, (TValue, DateTimeOffset At)> kept, string key, (TValue, DateTimeOffset) value)
    {
        if (kept.Count >= most && !kept.ContainsKey(key))
        {
            // Whoever has been quiet longest is forgotten.
            _ = kept.Remove(kept.MinBy(item => item.Value.At).Key);
        }

        kept[key] = value;
    }
}
