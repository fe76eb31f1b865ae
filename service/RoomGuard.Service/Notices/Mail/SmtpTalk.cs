using System.Text;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>The relay said what no relay says, or nothing more.</summary>
public sealed class SmtpTalkException(string message) : IOException(message);

/// <summary>Commands and replies on one connection. It decides nothing.</summary>
public sealed class SmtpTalk(Stream stream)
{
    private byte[] buffer = new byte[4096];
    private int filled;

    /// <summary>The connection it talks on.</summary>
    public Stream Stream => stream;

    /// <summary>Whether the relay has said more than it was asked. Before TLS begins that is an attack: what is said in clear must not be heard as said under TLS.</summary>
    public bool HasMore => filled > 0;

    /// <summary>Sends a command and hears its reply.</summary>
    /// <exception cref="ArgumentException">The command has a line break in it: it would be two.</exception>
    public async Task<SmtpReply> AskAsync(string command, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            throw new ArgumentException("A command is one line of ASCII.", nameof(command));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), stop);
        await stream.FlushAsync(stop);
        return await HearAsync(stop);
    }

    /// <summary>Sends the message after DATA and hears what became of it.</summary>
    /// <param name="stuffed">With its end mark.</param>
    public async Task SendAsync(ReadOnlyMemory<byte> stuffed, CancellationToken stop)
    {
        await stream.WriteAsync(stuffed, stop);
        await stream.FlushAsync(stop);
    }

    /// <summary>Hears one reply.</summary>
    /// <exception cref="SmtpTalkException">It is none, or the connection ended.</exception>
    public async Task<SmtpReply> HearAsync(CancellationToken stop)
    {
        while (true)
        {
            var look = SmtpReply.Look(buffer.AsSpan(0, filled));
            if (look.Fault is { } fault)
            {
                throw new SmtpTalkException(fault);
            }

            if (look.Reply is { } reply)
            {
                buffer.AsSpan(look.Consumed, filled - look.Consumed).CopyTo(buffer);
                filled -= look.Consumed;
                return reply;
            }

            if (filled == buffer.Length)
            {
                // SmtpReply bounds how long a reply may be, and with it this.
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(filled), stop);
            filled += read > 0 ? read : throw new SmtpTalkException("it ended the connection");
        }
    }
}
