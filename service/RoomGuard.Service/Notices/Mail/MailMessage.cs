using System.Globalization;
using System.Text;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>One message (RFC 5322), ready to be written down. Pure.</summary>
/// <param name="From">Address, checked before.</param>
/// <param name="To">Address, checked before.</param>
/// <param name="Id">Left part of the Message-ID: the same for every repetition.</param>
/// <param name="Date">In the time zone of the site.</param>
public sealed record MailMessage(string From, string To, string Subject, string Text, string Id, DateTimeOffset Date, bool Urgent)
{
    private const string SubjectName = "Subject: ";

    /// <summary>The message: seven bits, lines of at most 76 characters but for addresses, each ended by CR LF.</summary>
    /// <exception cref="ArgumentException">An address is none; nothing of it reaches a header.</exception>
    public byte[] ToBytes()
    {
        if (!MailAddress.IsOne(From) || !MailAddress.IsOne(To))
        {
            throw new ArgumentException("An address is none.");
        }

        var (encoding, body) = TransferEncoding.Of(Text);
        var message = new StringBuilder();
        Line(message, $"Date: {Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)}{Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}");
        Line(message, $"From: {From}");
        Line(message, $"To: {To}");
        Line(message, $"{SubjectName}{EncodedWords.Of(Subject, SubjectName.Length)}");
        Line(message, $"Message-ID: <{Atom(Id)}@{MailAddress.DomainOf(From)}>");

        // RFC 3834: nobody's absence answers a machine.
        Line(message, "Auto-Submitted: auto-generated");
        if (Urgent)
        {
            Line(message, "Importance: high");
            Line(message, "X-Priority: 1");
        }

        Line(message, "MIME-Version: 1.0");
        Line(message, "Content-Type: text/plain; charset=utf-8");
        Line(message, $"Content-Transfer-Encoding: {encoding}");
        Line(message, "Content-Language: ja, en");
        Line(message, "");
        message.Append(body);
        return Encoding.ASCII.GetBytes(message.ToString());
    }

    /// <summary>The message as DATA sends it: a full stop at the beginning of a line is doubled, and the end is marked (RFC 5321 section 4.5.2).</summary>
    public static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var stuffed = new List<byte>(message.Length + 16);
        var begins = true;
        foreach (var sign in message)
        {
            if (begins && sign == '.')
            {
                stuffed.Add((byte)'.');
            }

            stuffed.Add(sign);
            begins = sign == '\n';
        }

        if (!begins || message.IsEmpty)
        {
            stuffed.AddRange("\r\n"u8);
        }

        stuffed.AddRange(".\r\n"u8);
        return [.. stuffed];
    }

    // Ids are ours; one that would not stand in an address is written by its digest.
    private static string Atom(string id) =>
        MailAddress.IsOne($"{id}@x") ? id : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..40];

    private static void Line(StringBuilder message, string line) => message.Append(line).Append("\r\n");
}
