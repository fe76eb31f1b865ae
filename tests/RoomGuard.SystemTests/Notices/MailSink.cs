using System.Globalization;
using System.Text.Json.Nodes;
using RoomGuard.SystemTests.Peers;

namespace RoomGuard.SystemTests.Notices;

/// <summary>
/// A mail relay we did not write: Debian's python3-aiosmtpd, with STARTTLS and sign-in. What it takes is read by Python's own mail reader and written down a line each. It can be stopped and started again on its
/// port. Addresses that begin with <c>gone</c> it refuses for good.
/// </summary>
internal sealed class MailSink(TownAuthority town, int port) : IDisposable
{
    private const string Program = """
        import email, email.policy, json, signal, ssl, sys
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult

        port, certificate, key, out, tls = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5] == "tls"

        class Sink:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("gone"):
                    return f"550 5.1.1 <{address}>: Recipient address rejected"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                read = email.message_from_bytes(envelope.content, policy=email.policy.default)
                with open(out, "a") as lines:
                    lines.write(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": read["subject"], "id": read["message-id"], "text": read.get_content(), "tls": session.ssl is not None,
                        "defects": [str(one) for one in read.defects], "names": read.keys()}) + "\n")
                return "250 OK"

        def sign_in(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == b"roomguard" and data.password == "合い言葉 17".encode(), handled=False)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        more = dict(tls_context=context, require_starttls=True, authenticator=sign_in, auth_required=True) if tls else {}
        Controller(Sink(), hostname="127.0.0.1", port=port, **more).start()
        print("listens", flush=True)
        signal.pause()
        """;

    private readonly string lines = Path.Combine(town.Folder.FullName, $"mail-{port}.jsonl");
    private PeerProgram? program;

    /// <summary>What it took, in order.</summary>
    public IReadOnlyList<JsonNode> Taken => File.Exists(lines) ? [.. File.ReadAllLines(lines).Select(line => JsonNode.Parse(line)!)] : [];

    public string Said => program?.Said ?? "";

    public async Task StartAsync(bool tls = true)
    {
        var script = town.Write("sink.py", Program);
        program = new PeerProgram("/usr/bin/python3", [script, port.ToString(CultureInfo.InvariantCulture), town.CertificateFile, town.KeyFile, lines, tls ? "tls" : "clear"]);
        await PeerProgram.UntilAsync(() => Task.FromResult(program.Said.Contains("listens", StringComparison.Ordinal)), "the mail sink listens", () => program.Said, 60);
    }

    public void Stop() => program?.Dispose();

    public void Dispose() => Stop();
}
