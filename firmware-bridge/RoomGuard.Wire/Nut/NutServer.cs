using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Nut;

/// <summary>Whether what is known of a unit may be told.</summary>
public enum NutFreshness
{
    /// <summary>Read lately.</summary>
    Fresh,

    /// <summary>It answered once and does not now: DATA-STALE. Never an old value as if it were new.</summary>
    Stale,

    /// <summary>It never answered since the start: DRIVER-NOT-CONNECTED.</summary>
    NotConnected,
}

/// <summary>One unit as clients see it.</summary>
/// <param name="Name">What stands before the @ in a client's settings.</param>
/// <param name="Variables">By name, lower case. <c>ups.status</c> without FSD.</param>
/// <param name="Commands">What <c>INSTCMD</c> may ask for; empty where commands are off.</param>
/// <param name="Fsd">Everybody on this unit shuts down; every status begins with FSD.</param>
public sealed record NutUnit(
    string Name,
    string Description,
    NutFreshness Freshness,
    ImmutableSortedDictionary<string, string> Variables,
    ImmutableArray<string> Commands,
    bool Fsd);

/// <summary>What a user of the NUT server may do besides reading.</summary>
[Flags]
public enum NutRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>LOGIN: be counted as a host fed by a unit.</summary>
    LogIn = 1,

    /// <summary>PRIMARY and FSD: decide for the others.</summary>
    Primary = 2,

    /// <summary>INSTCMD.</summary>
    Command = 4,
}

/// <summary>What lies behind the sessions: units, users and who is logged in. Called on the session's own task; must be thread-safe.</summary>
public interface INutSite
{
    /// <summary>First words of VER and <c>server.version</c>.</summary>
    string Version { get; }

    /// <summary>All units, in the order they are listed.</summary>
    ImmutableArray<NutUnit> Units { get; }

    /// <summary>The unit of this name, in any case of letters; null: none.</summary>
    NutUnit? Unit(string name);

    /// <summary>What this user may do; null when name and password do not belong together, or too many wrong ones came from there.</summary>
    NutRights? RightsOf(string user, string password, string from);

    /// <summary>Hosts logged in to a unit, by address.</summary>
    ImmutableArray<string> Clients(string unit);

    /// <summary>A host logged in.</summary>
    void LoggedIn(string unit, string user, string from);

    /// <summary>A host that was logged in has gone, with or without a word.</summary>
    void LoggedOut(string unit, string user, string from);

    /// <summary>A primary client declares that everybody on this unit must shut down. False: refused.</summary>
    bool SetFsd(string unit, string user, string from);

    /// <summary>A client wants a command done. False: it failed or is refused.</summary>
    bool Command(string unit, string command, string? parameter, string user, string from);
}

/// <summary>What a server demands of its clients.</summary>
/// <param name="HasCertificate">STARTTLS is offered.</param>
/// <param name="TlsForActs">Without TLS nobody logs in, commands or forces a shutdown.</param>
/// <param name="IdleLimit">A client silent for so long is closed; upsd closes after 60 s.</param>
public sealed record NutServerSettings(bool HasCertificate, bool TlsForActs, TimeSpan IdleLimit)
{
    /// <summary>As upsd: no certificate, nothing demanded, a minute.</summary>
    public static NutServerSettings Plain { get; } = new(false, false, TimeSpan.FromSeconds(60));
}

/// <summary>One client's conversation, the server's end (RFC 9271; what clients really do: docs/reference/ups.md sections 10.5 to 10.8). Pure but for <see cref="INutSite"/>.</summary>
/// <param name="from">The client's address, as LIST CLIENT shows it.</param>
public sealed class NutServerSession(NutServerSettings settings, INutSite site, string from, TimeSpan now)
{
    private const string ProtocolVersion = "1.3";
    private const int MostOverlong = 3;

    private readonly byte[] buffer = new byte[2 * NutLine.LongestRequest];
    private readonly StringBuilder said = new();
    private int filled;
    private int overlong;
    private string? user;
    private string? password;
    private string? login;
    private bool isTls;
    private TimeSpan lastHeard = now;

    /// <summary>True after STARTTLS was granted, until <see cref="TlsUp"/>: what was said must be written in clear, then the handshake begins.</summary>
    public bool WantsTls { get; private set; }

    /// <summary>True when the connection must be closed after what was said has been written.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The unit this client is logged in to; null: it only reads.</summary>
    public string? Login => login;

    /// <summary>When a silent client is closed.</summary>
    public TimeSpan ClosesAt => lastHeard + settings.IdleLimit;

    /// <summary>TLS stands.</summary>
    public void TlsUp()
    {
        WantsTls = false;
        isTls = true;
    }

    /// <summary>Bytes from the client.</summary>
    /// <returns>What to write now, as one piece: two requests in one packet get two answers in order, a list goes out whole.</returns>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        lastHeard = now;
        while (!bytes.IsEmpty && !IsOver && !WantsTls)
        {
            var taken = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..taken].CopyTo(buffer.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            Look();
        }

        if (WantsTls)
        {
            // What came in clear behind STARTTLS must not count as said under TLS.
            filled = 0;
        }

        if (said.Length == 0)
        {
            return default;
        }

        var answer = Encoding.UTF8.GetBytes(said.ToString());
        said.Clear();
        return answer;
    }

    /// <summary>The connection is gone, however that came. Clients that shut down often close without LOGOUT.</summary>
    public void Gone()
    {
        IsOver = true;
        if (login is { } unit)
        {
            login = null;
            site.LoggedOut(unit, user!, from);
        }
    }

    private void Look()
    {
        while (!IsOver && !WantsTls)
        {
            var scan = NutLine.Next(buffer.AsSpan(0, filled), NutLine.LongestRequest);
            if (scan.Consumed == 0)
            {
                return;
            }

            buffer.AsSpan(scan.Consumed, filled - scan.Consumed).CopyTo(buffer);
            filled -= scan.Consumed;
            if (scan.Overlong)
            {
                // Lines without end are no mistake of a NUT client.
                Say("ERR TOO-LONG");
                IsOver = ++overlong >= MostOverlong;
            }
            else if (scan.Text is { } line)
            {
                Answer(line);
            }
        }
    }

    private void Say(string line) => said.Append(line).Append('\n');

    private void Answer(string line)
    {
        if (NutLine.Words(line) is not { } words)
        {
            Say("ERR INVALID-ARGUMENT");
            return;
        }

        if (words.IsEmpty)
        {
            return;
        }

        string[] rest = [.. words.Skip(1)];
        switch (words[0].ToUpperInvariant(), rest)
        {
            case ("VER", []):
                Say($"Network UPS Tools protocol {ProtocolVersion} - {site.Version}");
                break;
            case ("NETVER" or "PROTVER", []):
                // Both must be answered: a client of 2.8.5 whose two questions fail never logs in.
                Say(ProtocolVersion);
                break;
            case ("HELP", _):
                Say("Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS");
                break;
            case ("STARTTLS", []):
                StartTls();
                break;
            case ("USERNAME", [var name]):
                Say(user is not null ? "ERR ALREADY-SET-USERNAME" : "OK");
                user ??= name;
                break;
            case ("PASSWORD", [var word]):
                Say(password is not null ? "ERR ALREADY-SET-PASSWORD" : "OK");
                password ??= word;
                break;
            case ("LOGIN", [var unit]):
                LogIn(unit);
                break;
            case ("LOGOUT", _):
                Say("OK Goodbye");
                IsOver = true;
                break;
            case ("PRIMARY", [var unit]):
                BePrimary(unit, "PRIMARY-GRANTED");
                break;
            case ("MASTER", [var unit]):
                BePrimary(unit, "MASTER-GRANTED");
                break;
            case ("FSD", [var unit]):
                ForceShutdown(unit);
                break;
            case ("GET", [var what, .. var names]):
                Get(what.ToUpperInvariant(), names);
                break;
            case ("LIST", [var what, .. var names]):
                List(what.ToUpperInvariant(), names);
                break;
            case ("SET", [var what, .. var names]):
                Set(what.ToUpperInvariant(), names);
                break;
            case ("INSTCMD", [var unit, var command, .. var parameters]):
                Command(unit, command, parameters.FirstOrDefault());
                break;
            case ("STARTTLS" or "USERNAME" or "PASSWORD" or "LOGIN" or "PRIMARY" or "MASTER" or "FSD" or "GET" or "LIST" or "SET" or "INSTCMD" or "VER" or "NETVER" or "PROTVER", _):
                Say("ERR INVALID-ARGUMENT");
                break;
            default:
                Say("ERR UNKNOWN-COMMAND");
                break;
        }
    }

    private void StartTls()
    {
        if (isTls)
        {
            Say("ERR ALREADY-SSL-MODE");
        }
        else if (!settings.HasCertificate)
        {
            Say("ERR FEATURE-NOT-CONFIGURED");
        }
        else
        {
            Say("OK STARTTLS");
            WantsTls = true;
        }
    }

    private bool May(NutRights needed)
    {
        var why = user is null ? "USERNAME-REQUIRED"
            : password is null ? "PASSWORD-REQUIRED"
            : settings.TlsForActs && !isTls ? "ACCESS-DENIED"
            : site.RightsOf(user, password, from) is { } rights && (rights & needed) == needed ? null
            : "ACCESS-DENIED";
        if (why is not null)
        {
            Say($"ERR {why}");
        }

        return why is null;
    }

    private NutUnit? Known(string name)
    {
        var unit = site.Unit(name);
        if (unit is null)
        {
            Say("ERR UNKNOWN-UPS");
        }

        return unit;
    }

    private void LogIn(string name)
    {
        if (login is not null)
        {
            Say("ERR ALREADY-LOGGED-IN");
        }
        else if (May(NutRights.LogIn) && Known(name) is { } unit)
        {
            login = unit.Name;
            site.LoggedIn(unit.Name, user!, from);
            Say("OK");
        }
    }

    private void BePrimary(string name, string granted)
    {
        if (May(NutRights.Primary) && Known(name) is not null)
        {
            Say($"OK {granted}");
        }
    }

    private void ForceShutdown(string name)
    {
        if (May(NutRights.Primary) && Known(name) is { } unit)
        {
            Say(site.SetFsd(unit.Name, user!, from) ? "OK FSD-SET" : "ERR ACCESS-DENIED");
        }
    }

    private void Command(string name, string command, string? parameter)
    {
        if (!May(NutRights.Command) || Known(name) is not { } unit)
        {
            return;
        }

        if (unit.Commands.FirstOrDefault(one => string.Equals(one, command, StringComparison.OrdinalIgnoreCase)) is not { } known)
        {
            Say("ERR CMD-NOT-SUPPORTED");
            return;
        }

        Say(site.Command(unit.Name, known, parameter, user!, from) ? "OK" : "ERR INSTCMD-FAILED");
    }

    private void Set(string what, string[] names)
    {
        switch (what, names)
        {
            case ("TRACKING", [_]):
                Say("ERR FEATURE-NOT-CONFIGURED");
                break;
            case ("VAR", [var name, var variable, _]):
                // No unit's settings are changed by this door.
                if (May(NutRights.Command) && Known(name) is { } unit)
                {
                    Say(unit.Variables.ContainsKey(Lower(variable)) ? "ERR READONLY" : "ERR VAR-NOT-SUPPORTED");
                }

                break;
            default:
                Say("ERR INVALID-ARGUMENT");
                break;
        }
    }

    private void Get(string what, string[] names)
    {
        switch (what, names)
        {
            case ("TRACKING", []):
                Say("OFF");
                break;
            case ("TRACKING", [_]):
                Say("ERR FEATURE-NOT-CONFIGURED");
                break;
            case ("VAR", [var asked, var variable]) when ServerVariable(variable) is { } value:
                // These two are answered for any name.
                Say($"VAR {NutLine.Word(asked)} {NutLine.Word(variable)} {NutLine.Quoted(value)}");
                break;
            case ("UPSDESC", [var asked]) when Known(asked) is { } unit:
                Say($"UPSDESC {NutLine.Word(asked)} {NutLine.Quoted(unit.Description)}");
                break;
            case ("NUMLOGINS", [var asked]) when Fresh(asked) is { } unit:
                Say($"NUMLOGINS {NutLine.Word(asked)} {site.Clients(unit.Name).Length.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
                break;
            case ("VAR", [var asked, var variable]) when Fresh(asked) is { } unit:
                Say(Value(unit, variable) is { } known ? $"VAR {NutLine.Word(asked)} {NutLine.Word(variable)} {NutLine.Quoted(known)}" : "ERR VAR-NOT-SUPPORTED");
                break;
            case ("TYPE", [var asked, var variable]) when Fresh(asked) is { } unit:
                Say(Value(unit, variable) is { } typed ? $"TYPE {NutLine.Word(asked)} {NutLine.Word(variable)} {(NutNames.IsNumber(typed) ? "NUMBER" : "STRING:64")}" : "ERR VAR-NOT-SUPPORTED");
                break;
            case ("DESC", [var asked, var variable]) when Fresh(asked) is not null:
                Say($"DESC {NutLine.Word(asked)} {NutLine.Word(variable)} {NutLine.Quoted(NutNames.DescriptionOf(Lower(variable)))}");
                break;
            case ("CMDDESC", [var asked, var command]) when Fresh(asked) is not null:
                Say($"CMDDESC {NutLine.Word(asked)} {NutLine.Word(command)} {NutLine.Quoted(NutNames.DescriptionOf(Lower(command)))}");
                break;
            case ("UPSDESC" or "NUMLOGINS", [_]) or ("VAR" or "TYPE" or "DESC" or "CMDDESC", [_, _]):
                break; // Answered above, by what is wrong with the name.
            default:
                Say("ERR INVALID-ARGUMENT");
                break;
        }
    }

    private void List(string what, string[] names)
    {
        switch (what, names)
        {
            case ("UPS", []):
                Listed("UPS", site.Units.Select(unit => $"UPS {NutLine.Word(unit.Name)} {NutLine.Quoted(unit.Description)}"));
                break;
            case ("CLIENT", [var asked]) when Known(asked) is { } unit:
                Listed($"CLIENT {NutLine.Word(asked)}", site.Clients(unit.Name).Select(client => $"CLIENT {NutLine.Word(asked)} {client}"));
                break;
            case ("VAR", [var asked]) when Fresh(asked) is { } unit:
                Listed($"VAR {NutLine.Word(asked)}", unit.Variables.Keys.Select(name => $"VAR {NutLine.Word(asked)} {name} {NutLine.Quoted(Value(unit, name)!)}"));
                break;
            case ("RW", [var asked]) when Fresh(asked) is not null:
                Listed($"RW {NutLine.Word(asked)}", []);
                break;
            case ("CMD", [var asked]) when Fresh(asked) is { } unit:
                Listed($"CMD {NutLine.Word(asked)}", unit.Commands.Select(command => $"CMD {NutLine.Word(asked)} {command}"));
                break;
            case ("ENUM" or "RANGE", [var asked, var variable]) when Fresh(asked) is { } unit:
                if (Value(unit, variable) is null)
                {
                    Say("ERR VAR-NOT-SUPPORTED");
                }
                else
                {
                    Listed($"{what} {NutLine.Word(asked)} {NutLine.Word(variable)}", []);
                }

                break;
            case ("CLIENT" or "VAR" or "RW" or "CMD", [_]) or ("ENUM" or "RANGE", [_, _]):
                break; // Answered above, by what is wrong with the name.
            default:
                Say("ERR INVALID-ARGUMENT");
                break;
        }
    }

    private void Listed(string what, IEnumerable<string> lines)
    {
        Say($"BEGIN LIST {what}");
        foreach (var line in lines)
        {
            Say(line);
        }

        Say($"END LIST {what}");
    }

    private NutUnit? Fresh(string name)
    {
        if (Known(name) is not { } unit)
        {
            return null;
        }

        if (unit.Freshness == NutFreshness.Fresh)
        {
            return unit;
        }

        Say(unit.Freshness == NutFreshness.Stale ? "ERR DATA-STALE" : "ERR DRIVER-NOT-CONNECTED");
        return null;
    }

    private string? ServerVariable(string variable) => Lower(variable) switch
    {
        "server.info" => $"Network UPS Tools protocol {ProtocolVersion} - {site.Version}",
        "server.version" => site.Version,
        _ => null,
    };

    private static string? Value(NutUnit unit, string variable)
    {
        var name = Lower(variable);
        if (!unit.Variables.TryGetValue(name, out var value))
        {
            return null;
        }

        // The latched word stands first in every status, by GET and by LIST.
        return unit.Fsd && name == "ups.status" ? value.Length == 0 ? "FSD" : $"FSD {value}" : value;
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
