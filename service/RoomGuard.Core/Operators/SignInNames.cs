namespace RoomGuard.Core.Operators;

/// <summary>What may be typed as a sign-in name: 3 to 40 ASCII letters, digits, dots and hyphens, beginning with a letter or digit.</summary>
public static class SignInNames
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: >= 3 and <= 40 } && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-') && char.IsAsciiLetterOrDigit(text[0]);
}
