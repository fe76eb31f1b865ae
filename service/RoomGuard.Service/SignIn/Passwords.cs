using System.Buffers.Binary;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RoomGuard.Core.Operators;

namespace RoomGuard.Service.SignIn;

/// <summary>
/// Passwords: the framework's hasher (PBKDF2 with HMAC-SHA-512 and a salt of its own each) at the rounds OWASP names for it (R-SIGN-07). Checking
/// one costs a good part of a second on purpose, so only a few are checked at a time.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512.</summary>
    public const int Rounds = 210_000;

    /// <summary>How long a 仮のパスワード is good for (R-SIGN-05).</summary>
    public static readonly TimeSpan TemporaryFor = TimeSpan.FromHours(24);

    private const int AtOnce = 2;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly OperatorAccount Nobody = new(new(""), new(""), "", false, AccountState.Ended, null);

    private readonly PasswordHasher<OperatorAccount> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly SemaphoreSlim turn = new(AtOnce, AtOnce);
    private readonly string decoy;

    /// <summary>Reads the list of common passwords that belongs to the program.</summary>
    public Passwords()
    {
        using var list = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt") ?? throw new InvalidOperationException("common-passwords.txt is missing."));
        Rules = new(list.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToFrozenSet());
        decoy = Decoy();
    }

    /// <summary>What a password must be.</summary>
    public PasswordRules Rules { get; }

    /// <summary>A new 仮のパスワード: 20 letters of 31, 99 bits, in groups that can be read out over a telephone.</summary>
    public static string NewTemporary(Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        return string.Join('-', randomBytes(20).Select(one => Letters[one % Letters.Length]).Chunk(5).Select(group => new string(group)));
    }

    /// <summary>The verifier of a password.</summary>
    public Task<string> HashAsync(string password, CancellationToken stop) => InTurnAsync(() => hasher.HashPassword(Nobody, PasswordRules.Normal(password)), stop);

    /// <summary>Whether a password fits a verifier.</summary>
    /// <param name="hash">Null: there is none, and the check takes as long as any.</param>
    public Task<bool> FitsAsync(string? hash, string password, CancellationToken stop) => InTurnAsync(
        () => password.Length <= PasswordRules.Longest && hasher.VerifyHashedPassword(Nobody, hash ?? decoy, PasswordRules.Normal(password)) != PasswordVerificationResult.Failed && hash is not null,
        stop);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    // A verifier in the framework's form that nothing fits, made without the cost of making one: checking against it takes as long as any.
    private static string Decoy()
    {
        var bytes = new byte[13 + 16 + 32];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), Rounds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), 16);
        return Convert.ToBase64String(bytes);
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            return await Task.Run(work, stop);
        }
        finally
        {
            turn.Release();
        }
    }
}
