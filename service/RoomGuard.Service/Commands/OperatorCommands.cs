using System.Collections.Frozen;
using System.Text.Json;
using RoomGuard.Core.Operators;
using RoomGuard.Hosting;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Commands;

/// <summary>What a person at the machine may do to accounts while the service is stopped.</summary>
public static class OperatorCommands
{
    /// <summary><c>roomguard operators-import</c>: accounts and roles of an invented site. A real site's come by applications and are never brought in past them.</summary>
    public static async Task<int> ImportAsync(ServiceSettings settings, string file, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        if (settings.Site.Environment != EnvironmentKind.Test)
        {
            await output.WriteLineAsync("Only a site marked Test takes accounts from a file. A real site makes its first two at /setup and all others by application.");
            return ExitCodes.Findings;
        }

        OperatorList list;
        try
        {
            await using var json = File.OpenRead(file);
            list = OperatorList.Read(json);
        }
        catch (JsonException wrong)
        {
            await output.WriteLineAsync($"{file}: {wrong.Message}");
            return ExitCodes.Findings;
        }

        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        var problems = record.Readers.AskNow(db => list.Problems(
            person => db.Value("SELECT 1 FROM view_people WHERE person = $1", person.Value) is not null,
            new SiteBook(record, settings).Now.Zones.Select(zone => zone.Id).ToFrozenSet()).ToList());
        foreach (var problem in problems)
        {
            await output.WriteLineAsync($"× {problem}");
        }

        if (problems.Count > 0)
        {
            return ExitCodes.Findings;
        }

        var facts = record.Readers.AskNow(db =>
        {
            var holdings = OperatorsView.AllHoldings(db).ToDictionary(held => held.Id);
            return list.Facts(id => OperatorsView.Account(db, id), holdings.GetValueOrDefault, time.GetUtcNow(), $"operators-import {Path.GetFileName(file)}").ToList();
        });
        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, CancellationToken.None);
        await output.WriteLineAsync($"{list.Accounts.Length} accounts, {list.Roles.Length} roles: {facts.Count} recorded, the rest was so already.");
        return ExitCodes.Ok;
    }

    /// <summary>
    /// <c>roomguard account-password</c>: the way back in when nobody who could give a temporary password can sign in any more. Takes the rights of the
    /// operating system and a stopped service, and stands in the record.
    /// </summary>
    public static async Task<int> TemporaryPasswordAsync(ServiceSettings settings, string signInName, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        using var passwords = new Passwords();
        if (record.Readers.AskNow(db => OperatorsView.AccountNamed(db, signInName)) is not { State: AccountState.Active } account)
        {
            await output.WriteLineAsync($"There is no account in use with the sign-in name {signInName}.");
            return ExitCodes.Findings;
        }

        var password = Passwords.NewTemporary(randomBytes);
        var hash = await passwords.HashAsync(password, CancellationToken.None);
        var now = time.GetUtcNow();
        _ = await record.AppendAsync(
            [Draft.Of(new ProofChanged(now, account.Id, account.Person, ProofKind.TemporaryPassword, "issued", "", "roomguard account-password", Actor.Console.Id))],
            db => KeptProofs.SetPassword(db, account.Id, new(hash, now, now + Passwords.TemporaryFor, false)),
            CancellationToken.None);
        using (var store = new SessionStore(folders.Sessions))
        {
            store.RemoveLocks(account.Id.Value);
        }

        await output.WriteLineAsync($"Good for one sign-in before {TimeZoneInfo.ConvertTime(now + Passwords.TemporaryFor, settings.TimeZone):yyyy-MM-dd HH:mm}, and for setting up a proof only:");
        await output.WriteLineAsync(password);
        return ExitCodes.Ok;
    }
}
