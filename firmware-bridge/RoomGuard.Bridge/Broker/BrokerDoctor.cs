using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Broker;

/// <summary>What the doctor says of the broker. Changes nothing.</summary>
internal static class BrokerDoctor
{
    /// <summary>What is wrong with its files; null: nothing.</summary>
    /// <param name="own">The bridge's certificate, where TLS names none; null: there is none yet.</param>
    /// <param name="withPassword">Users that have a password.</param>
    internal static DoctorFinding? Files(BrokerSettings broker, string folder, Func<X509Certificate2?> own, TimeProvider time, out IReadOnlySet<string> withPassword)
    {
        withPassword = new HashSet<string>();
        try
        {
            if (broker.Tls is { } tls)
            {
                using var certificate = BrokerTls.Load(tls, tls.Certificate is null ? own() : null).Certificate;
            }
        }
        catch (SettingsException wrong)
        {
            return DoctorFinding.Act(wrong.Message, "The bridge does not start before it is mended.");
        }

        try
        {
            withPassword = MqttBroker.PasswordsIn(folder, time).Names();
        }
        catch (IOException damaged)
        {
            return DoctorFinding.Act(damaged.Message, "Until then the users known at the last start get in, and after it none.");
        }

        return Store(BrokerStore.PathIn(folder));
    }

    /// <summary>What to think of, when all works.</summary>
    internal static DoctorFinding Advice(BrokerSettings broker, IPEndPoint where, bool isRunning, IReadOnlySet<string> withPassword)
    {
        var found = $"{where}{(isRunning ? ", held by the running bridge" : " is free")}, {broker.Known.Length} users";
        if (!IPAddress.IsLoopback(where.Address))
        {
            return DoctorFinding.Look($"{found}, in plain MQTT on a network: {broker.PlainReason}", "Passwords and values can be read on that wire. Use broker.tls where the devices can (R-NET-03).");
        }

        var without = broker.Tls?.ClientAuthority is null ? broker.Known.Where(user => !withPassword.Contains(user.Name)).Select(user => user.Name).ToList() : [];
        return without.Count > 0
            ? DoctorFinding.Look($"{found}; without a password: {string.Join(", ", without)}", "Give each one: roomguard-bridge --settings … mqtt-user add NAME")
            : DoctorFinding.Well(found);
    }

    private static DoctorFinding? Store(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            SqliteNative.Use();
            using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            reader.Open();
            using var check = reader.CreateCommand();
            check.CommandText = "PRAGMA quick_check(1)";
            return check.ExecuteScalar() is "ok" ? null : Damaged(path, "quick_check");
        }
        catch (SqliteException wrong)
        {
            return Damaged(path, wrong.Message);
        }
    }

    private static DoctorFinding Damaged(string path, string why) =>
        DoctorFinding.Act($"{path} is damaged ({why})", "At its next start the bridge puts it aside and begins anew: kept sessions and retained messages are gone, clients come again.");
}
