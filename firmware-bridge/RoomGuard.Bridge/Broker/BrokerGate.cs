using System.Collections.Frozen;
using RoomGuard.Bridge.Nut;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>Who a client is and what it may do; or why it is refused.</summary>
/// <param name="User">Empty: a guest.</param>
/// <param name="Rights">Null with a refusal.</param>
/// <param name="Refusal"><see cref="MqttReason.Success"/>: let in.</param>
/// <param name="Why">One word for meters and logs; empty when let in.</param>
internal readonly record struct GateAnswer(string User, TopicRights? Rights, MqttReason Refusal, string Why);

/// <summary>Decides who gets in: users of the settings by password or certificate, guests where the settings have them. Wrong passwords are counted by address and user.</summary>
internal sealed class BrokerGate
{
    private readonly FrozenDictionary<string, (TopicRights Rights, string? ClientId)> users;
    private readonly FrozenDictionary<string, string> owners;
    private readonly TopicRights? guests;
    private readonly BrokerUsers passwords;
    private readonly NutDoorkeeper doorkeeper;

    internal BrokerGate(BrokerSettings settings, BrokerUsers passwords, TimeProvider time)
    {
        users = settings.Known.ToFrozenDictionary(user => user.Name, user => (new TopicRights(user.MayPublish, user.MaySubscribe), user.ClientId), StringComparer.Ordinal);
        owners = settings.Known.Where(user => user.ClientId is not null).ToFrozenDictionary(user => user.ClientId!, user => user.Name, StringComparer.Ordinal);
        guests = settings.Guests is { } open ? new(open.MayPublish, open.MaySubscribe) : null;
        this.passwords = passwords;
        doorkeeper = new(time);
    }

    /// <summary>Judges a CONNECT.</summary>
    /// <param name="certified">The user its certificate names; null: none was shown.</param>
    internal GateAnswer Judge(ConnectPacket connect, string from, string? certified)
    {
        var answer = connect.Properties.AuthenticationMethod is not null
            ? Refused(connect.UserName, MqttReason.BadAuthenticationMethod, "authentication-method")
            : Identify(connect, from, certified);
        if (answer.Rights is not { } rights)
        {
            return answer;
        }

        if (users.TryGetValue(answer.User, out var known) && known.ClientId is { } only && connect.ClientId != only)
        {
            return Refused(answer.User, MqttReason.ClientIdNotValid, "client-id");
        }

        if (owners.TryGetValue(connect.ClientId, out var owner) && owner != answer.User)
        {
            return Refused(answer.User, MqttReason.ClientIdNotValid, "client-id");
        }

        return connect.Will is { } will && !rights.AllowPublish(will.Topic) ? Refused(answer.User, MqttReason.NotAuthorised, "will-topic") : answer;
    }

    /// <summary>What a user of the settings may do; null: no such user, or no guests.</summary>
    internal TopicRights? RightsOf(string user) => user.Length == 0 ? guests : users.TryGetValue(user, out var known) ? known.Rights : null;

    private GateAnswer Identify(ConnectPacket connect, string from, string? certified)
    {
        if (certified is not null)
        {
            // Who shows a certificate is whom it names; a user name beside it may only say the same.
            return connect.UserName is { Length: > 0 } said && said != certified ? Refused(said, MqttReason.BadUserNameOrPassword, "certificate")
                : users.TryGetValue(certified, out var named) ? new(certified, named.Rights, MqttReason.Success, string.Empty)
                : Refused(certified, MqttReason.NotAuthorised, "unknown-user");
        }

        if (connect.UserName is not { Length: > 0 } name)
        {
            return guests is { } open ? new(string.Empty, open, MqttReason.Success, string.Empty) : Refused(null, MqttReason.NotAuthorised, "no-user");
        }

        // By address and user: a forgotten script on this machine must not shut out the others on it.
        var caller = $"{from} {(name.Length > 64 ? name[..64] : name)}";
        if (!doorkeeper.IsOpen(caller))
        {
            return Refused(name, MqttReason.Banned, "too-many-tries");
        }

        if (!passwords.Knows(name, (connect.Password ?? default).Span))
        {
            _ = doorkeeper.Wrong(caller);
            return Refused(name, MqttReason.BadUserNameOrPassword, "password");
        }

        return users.TryGetValue(name, out var user) ? new(name, user.Rights, MqttReason.Success, string.Empty) : Refused(name, MqttReason.NotAuthorised, "unknown-user");
    }

    private static GateAnswer Refused(string? user, MqttReason reason, string why) => new(user ?? string.Empty, null, reason, why);
}
