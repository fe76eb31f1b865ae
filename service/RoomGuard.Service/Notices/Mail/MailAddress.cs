namespace RoomGuard.Service.Notices.Mail;

/// <summary>Mail addresses as this program writes them: a dot-atom, @ and a host name (RFC 5321 section 4.1.2 without quoting, literals and UTF-8). Pure.</summary>
public static class MailAddress
{
    private const int LongestLocalPart = 64;
    private const int Longest = 254;
    private const string AtomSigns = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>Whether a text is one address and nothing else.</summary>
    public static bool IsOne(string? text)
    {
        if (text is not { Length: <= Longest } || text.IndexOf('@', StringComparison.Ordinal) is not (> 0 and <= LongestLocalPart and var at))
        {
            return false;
        }

        var local = text[..at];
        return Targets.IsHostName(text[(at + 1)..]) && local.Split('.').All(atom => atom.Length > 0 && atom.All(sign => char.IsAsciiLetterOrDigit(sign) || AtomSigns.Contains(sign, StringComparison.Ordinal)));
    }

    /// <summary>What stands after the @.</summary>
    public static string DomainOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }
}
