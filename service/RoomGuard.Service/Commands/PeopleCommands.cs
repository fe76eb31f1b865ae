using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.People;
using RoomGuard.Hosting;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Commands;

/// <summary>What a person at the machine may do to people's data while the service is stopped.</summary>
public static class PeopleCommands
{
    private const int ShownAtMost = 200;

    /// <summary><c>roomguard import</c>: shows what a list would change; applies it when asked (R-INP-03).</summary>
    public static async Task<int> ImportAsync(
        ServiceSettings settings,
        string file,
        bool apply,
        bool japaneseWindows,
        TimeProvider time,
        Func<int, byte[]> randomBytes,
        TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        var folders = new ServiceFolders(settings, time, randomBytes);
        using var keys = folders.OpenKeys();
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        var site = new SiteBook(record, settings);
        var import = new PeopleImport(record, keys, Rules(site, new SitePolicy(record, site, ProfileShelf.Load(ProfileShelf.Folder), time)), settings.Site.Environment == EnvironmentKind.Test, time, randomBytes);
        await using var csv = File.OpenRead(file);
        var look = await import.LookAsync(file, csv, japaneseWindows, Told(output), Actor.Console, CancellationToken.None);
        foreach (var problem in look.Problems)
        {
            var column = problem.Column.Length == 0 ? "" : $", column {problem.Column}";
            await output.WriteLineAsync($"× line {problem.Line}{column}: {FaultText.En(problem.Fault)}{(problem.Value is { } value ? $" ({value})" : "")} / {FaultText.Ja(problem.Fault)}");
        }

        if (!look.Problems.IsEmpty)
        {
            await output.WriteLineAsync($"{look.Problems.Length} problems; nothing was changed. / 問題があるため、何も変更していません。");
            return ExitCodes.Findings;
        }

        Show(look, output);
        if (!apply || look.Token is null)
        {
            await output.WriteLineAsync(look.Token is null ? "Nothing to change. / 変更はありません。" : "Nothing was changed yet: run it again with --apply. / まだ変更していません。--apply を付けて実行してください。");
            return ExitCodes.Ok;
        }

        var done = await import.ApplyAsync(look.Token, Actor.Console, CancellationToken.None, Told(output));
        await output.WriteLineAsync(done.Ok ? $"Applied: {look.Changes.Length} changes, {look.Unchanged} unchanged. / 適用しました。" : $"Not applied: {string.Join(", ", done.Problems.Select(problem => FaultText.En(problem.Fault)))}");
        return done.Ok ? ExitCodes.Ok : ExitCodes.Findings;
    }

    /// <summary><c>roomguard pin-set</c>: sets a card's PIN; the digits come by standard input so that no list of processes shows them.</summary>
    public static async Task<int> PinSetAsync(ServiceSettings settings, string card, TextReader input, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var folders = new ServiceFolders(settings, time, randomBytes);
        using var keys = folders.OpenKeys();
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        using var turn = new ActTurn();
        var site = new SiteBook(record, settings);
        var policy = new SitePolicy(record, site, ProfileShelf.Load(ProfileShelf.Folder), time);
        var desk = new PeopleDesk(record, keys, new PeopleImport(record, keys, Rules(site), false, time, randomBytes), policy, new AuthorityGuard(record, time), turn, time, randomBytes);
        var done = await desk.SetPin(new CredentialId(card), (await input.ReadLineAsync() ?? "").Trim(), Actor.Console, CancellationToken.None);
        await output.WriteLineAsync(done.Ok ? "Set. / 設定しました。" : string.Join(", ", done.Problems.Select(problem => $"{FaultText.En(problem.Fault)} / {FaultText.Ja(problem.Fault)}")));
        return done.Ok ? ExitCodes.Ok : ExitCodes.Findings;
    }

    /// <summary>The rules of fields for a site's zones.</summary>
    /// <param name="policy">Whose categories of people exist; null: every one there is.</param>
    public static FieldRules Rules(ISiteSettings site, SitePolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        return new(zone => site.Now.Zones.Any(one => one.Id == zone)) { Categories = policy is null ? null : () => policy.Now.PersonCategories };
    }

    // Each tenth of each stage: a terminal keeps what it was told.
    private static Action<ImportProgress> Told(TextWriter output)
    {
        var (stage, tenth) = (ImportStage.Waits, 0L);
        return progress =>
        {
            var now = progress.Of == 0 ? 0 : 10L * progress.Done / progress.Of;
            if ((progress.Stage, now) != (stage, tenth) && now > 0)
            {
                output.WriteLine($"… {progress.Stage.ToString().ToLowerInvariant()} {progress.Done} of {progress.Of}");
            }

            (stage, tenth) = (progress.Stage, now);
        };
    }

    private static void Show(ImportLook look, TextWriter output)
    {
        foreach (var change in look.Changes.Take(ShownAtMost))
        {
            var differences = string.Join(", ", change.Differences.Select(difference => $"{difference.Field}: {difference.Before ?? "–"} → {difference.After ?? "–"}"));
            output.WriteLine($"{(change.IsNew ? "+" : "~")} {change.Kind} {change.Id} {change.HolderName} {differences}".TrimEnd());
        }

        if (look.Changes.Length > ShownAtMost)
        {
            output.WriteLine($"… and {look.Changes.Length - ShownAtMost} more.");
        }

        output.WriteLine($"{look.Lines} lines: {look.Changes.Count(change => change.IsNew)} new, {look.Changes.Count(change => !change.IsNew)} changed, {look.Unchanged} unchanged.");
    }
}
