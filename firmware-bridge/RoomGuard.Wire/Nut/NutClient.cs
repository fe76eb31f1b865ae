using System.Collections.Immutable;

namespace RoomGuard.Wire.Nut;

/// <summary>How a client treats TLS.</summary>
public enum NutTls
{
    /// <summary>Clear text, on a link of its own.</summary>
    Never,

    /// <summary>TLS when the server offers it.</summary>
    IfOffered,

    /// <summary>TLS or nothing.</summary>
    Required,
}

/// <summary>Who a client is.</summary>
/// <param name="User">Null: only reads.</param>
/// <param name="Password">Null: only reads.</param>
/// <param name="LogIn">Names of units to log in to; only one by the protocol. Null: not counted as a host.</param>
public sealed record NutClientSettings(NutTls Tls, string? User = null, string? Password = null, string? LogIn = null);

/// <summary>What a client wants from its connection next.</summary>
/// <param name="Line">To be written now with LF; null: not.</param>
/// <param name="StartTls">The handshake begins now; <see cref="NutClient.TlsUp"/> when it stands.</param>
/// <param name="Until">Otherwise: look again then, or when bytes have come. Null: nothing is under way.</param>
/// <param name="Broken">The conversation cannot go on: close and connect again; says why.</param>
public readonly record struct NutStep(string? Line, bool StartTls, TimeSpan? Until, string? Broken);

/// <summary>What became of a question.</summary>
/// <param name="Question">As sent.</param>
/// <param name="Lines">The answer's lines, each split into words; of a list without BEGIN and END. Empty with an error.</param>
/// <param name="Error">The word behind ERR, e.g. <c>DATA-STALE</c>; null: answered.</param>
public sealed record NutOutcome(string Question, ImmutableArray<ImmutableArray<string>> Lines, string? Error)
{
    /// <summary>Of <c>LIST VAR</c>: the variables by name. What is no VAR line is left out.</summary>
    public ImmutableSortedDictionary<string, string> Variables()
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            if (line is ["VAR", _, var name, var value])
            {
                variables[name.ToLowerInvariant()] = value;
            }
        }

        return variables.ToImmutable();
    }
}

/// <summary>The asking end of a NUT connection (RFC 9271). Pure: it is told bytes and the time. It greets by itself: STARTTLS, USERNAME, PASSWORD, LOGIN; then asks.</summary>
public sealed class NutClient
{
    private const int MostWaiting = 16;

    // The longest list seen has 120 variables; a server that goes on and on is no server.
    private const int MostLines = 2000;

    // The client's network time-out in NUT.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly NutClientSettings settings;
    private readonly byte[] buffer = new byte[2 * NutLine.LongestAnswer];
    private readonly Queue<string> greeting = new();
    private readonly Queue<string> waiting = new();
    private readonly Queue<NutOutcome> outcomes = new();
    private readonly ImmutableArray<ImmutableArray<string>>.Builder lines = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
    private int filled;
    private string? current;
    private bool isGreeting;
    private bool inList;
    private bool wantsTls;
    private string? broken;
    private TimeSpan heardAt;

    /// <summary>A conversation that has not begun.</summary>
    public NutClient(NutClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        if (settings.Tls != NutTls.Never)
        {
            greeting.Enqueue("STARTTLS");
        }

        if (settings is { User: { } user, Password: { } password })
        {
            greeting.Enqueue($"USERNAME {NutLine.Word(user)}");
            greeting.Enqueue($"PASSWORD {NutLine.Word(password)}");
            if (settings.LogIn is { } unit)
            {
                greeting.Enqueue($"LOGIN {NutLine.Word(unit)}");
            }
        }
    }

    /// <summary>True when the greeting is over and nothing is under way.</summary>
    public bool IsIdle => current is null && greeting.Count == 0 && waiting.Count == 0 && broken is null;

    /// <summary>True once TLS stands.</summary>
    public bool IsTls { get; private set; }

    /// <summary>Asks when the greeting is over and the question before is answered.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool Ask(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (waiting.Count >= MostWaiting)
        {
            return false;
        }

        waiting.Enqueue(question);
        return true;
    }

    /// <summary>What to do now.</summary>
    public NutStep Next(TimeSpan now)
    {
        if (current is { } open && broken is null)
        {
            var deadline = heardAt + AnswerWithin;
            if (now < deadline)
            {
                return new(null, false, deadline, null);
            }

            broken = $"the server did not answer {open.Split(' ')[0]} within {AnswerWithin.TotalSeconds:0} s";
        }

        if (broken is not null)
        {
            return new(null, false, null, broken);
        }

        if (wantsTls)
        {
            return new(null, true, null, null);
        }

        isGreeting = greeting.Count > 0;
        if (!(isGreeting ? greeting : waiting).TryDequeue(out var line))
        {
            return new(null, false, null, null);
        }

        current = line;
        inList = false;
        lines.Clear();
        heardAt = now;
        return new(line, false, null, null);
    }

    /// <summary>The TLS handshake is done.</summary>
    public void TlsUp()
    {
        wantsTls = false;
        IsTls = true;
    }

    /// <summary>Bytes from the server.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        while (!bytes.IsEmpty && broken is null)
        {
            var taken = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..taken].CopyTo(buffer.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            for (NutScan scan; broken is null && (scan = NutLine.Next(buffer.AsSpan(0, filled), NutLine.LongestAnswer)).Consumed > 0;)
            {
                buffer.AsSpan(scan.Consumed, filled - scan.Consumed).CopyTo(buffer);
                filled -= scan.Consumed;
                heardAt = now;
                if (scan.Text is { } line)
                {
                    Hear(line);
                }
                else
                {
                    broken = "the server sent a line without end";
                }
            }
        }
    }

    /// <summary>The next outcome, if any. Answers to the greeting are not among them.</summary>
    public bool TryTake(out NutOutcome outcome) => outcomes.TryDequeue(out outcome!);

    private void Hear(string line)
    {
        if (current is not { } open)
        {
            // Nothing was asked: an answer now would be taken for the next question's.
            broken = "the server spoke unasked";
            return;
        }

        if (NutLine.Words(line) is not { Length: > 0 } words)
        {
            broken = "the server sent a line that is none";
            return;
        }

        switch (words[0])
        {
            case "ERR":
                End(open, words.Length > 1 ? words[1] : "UNKNOWN-COMMAND");
                break;
            case "BEGIN" when !inList:
                inList = true;
                break;
            case "END" when inList:
                End(open, null);
                break;
            default:
                lines.Add(words);
                if (!inList)
                {
                    End(open, null);
                }
                else if (lines.Count > MostLines)
                {
                    broken = "the server's list has no end";
                }

                break;
        }
    }

    private void End(string question, string? error)
    {
        current = null;
        var answer = lines.ToImmutable();
        lines.Clear();
        if (!isGreeting)
        {
            outcomes.Enqueue(new(question, error is null ? answer : [], error));
            return;
        }

        if (question == "STARTTLS")
        {
            wantsTls = error is null;
            filled = wantsTls ? 0 : filled;
            broken = error is not null && settings.Tls == NutTls.Required ? $"the server offers no TLS ({error}), and this link demands it" : null;
        }
        else if (error is not null)
        {
            broken = $"the server refused {question.Split(' ')[0]} ({error}). Look at user and password";
        }
    }
}
