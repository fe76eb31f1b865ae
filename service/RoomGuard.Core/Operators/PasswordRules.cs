using System.Text;

namespace RoomGuard.Core.Operators;

/// <summary>What is wrong with a new password.</summary>
public enum PasswordFault
{
    /// <summary>Shorter than <see cref="PasswordRules.ShortestFor"/>.</summary>
    TooShort,

    /// <summary>Longer than <see cref="PasswordRules.Longest"/>.</summary>
    TooLong,

    /// <summary>In the list of common ones, or made of little more than such a word, one sign repeated or a row of keys.</summary>
    Common,

    /// <summary>Holds the sign-in name.</summary>
    HoldsName,

    /// <summary>One of the last five.</summary>
    UsedBefore,
}

/// <summary>
/// R-SIGN-06: length counts, a list of common passwords is refused, no rules of composition (ASVS 5.0, 6.2), a change by date only where the policy profile asks for it. Pure;
/// whether it was used before is asked by whoever holds the old verifiers.
/// </summary>
/// <param name="common">Common words, lower case, as in <c>common-passwords.txt</c>.</param>
public sealed class PasswordRules(IReadOnlySet<string> common)
{
    /// <summary>Longest password.</summary>
    public const int Longest = 128;

    /// <summary>How many old ones may not come again.</summary>
    public const int Remembered = 5;

    private const int ShortestUnit = 4;
    private const string Rows = "abcdefghijklmnopqrstuvwxyz 0123456789 qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm";

    /// <summary>Shortest password of an account.</summary>
    public static int ShortestFor(bool privileged) => privileged ? 16 : 12;

    /// <summary>The password in the one form that is hashed, so that it does not depend on how a keyboard composes letters.</summary>
    public static string Normal(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Whether a password is older than the policy profile lets one be (R-SIGN-06).</summary>
    /// <param name="days">Null: the profile asks for no change.</param>
    public static bool IsOverdue(DateTimeOffset changedAt, DateTimeOffset now, int? days) => days is { } longest && now - changedAt >= TimeSpan.FromDays(longest);

    /// <summary>What is wrong with it; null: nothing.</summary>
    public PasswordFault? Check(string password, string signInName, bool privileged)
    {
        ArgumentNullException.ThrowIfNull(signInName);
        var text = Normal(password);
        return text.EnumerateRunes().Count() < ShortestFor(privileged) ? PasswordFault.TooShort
            : text.Length > Longest ? PasswordFault.TooLong
            : text.Contains(signInName, StringComparison.OrdinalIgnoreCase) ? PasswordFault.HoldsName
            : IsCommon(text) ? PasswordFault.Common
            : null;
    }

    // "P@ssw0rd2026!!" is "password" with a tail; "aaaaaaaaaaaa" and "abcabcabcabc" are one short thing again and again.
    private bool IsCommon(string text)
    {
        var lower = text.ToLowerInvariant();
        var plain = string.Concat(lower.Select(Unleet));
        var core = string.Concat(lower.Trim([.. lower.Where(sign => !char.IsLetter(sign)).Distinct()]).Select(Unleet));
        return common.Contains(lower) || common.Contains(plain) || common.Contains(core) || IsRepetition(plain) || IsRow(lower) || IsRepetition(core);
    }

    private static char Unleet(char sign) => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => sign,
    };

    private static bool IsRepetition(string text) =>
        text.Length >= 2 * ShortestUnit && Enumerable.Range(1, Math.Min(ShortestUnit, text.Length / 2)).Any(unit => text.Index().All(item => item.Item == text[item.Index % unit]));

    private static bool IsRow(string text)
    {
        var rows = Rows.Split(' ');
        var backwards = rows.Select(row => new string([.. row.Reverse()]));
        return rows.Concat(backwards).Select(row => string.Concat(Enumerable.Repeat(row, 4))).Any(row => row.Contains(text, StringComparison.Ordinal));
    }
}
