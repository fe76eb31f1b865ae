using System.Globalization;
using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Watch;

/// <summary>
/// Writes down every few seconds that the service runs, and at its end that it was told to stop; by this the next start knows since when and why nothing was watched (R-MON-02, R-MON-06). A file of one line beside the
/// record, replaced as a whole and never flushed: a power cut may cost the last mark, and then the record's last entry says the rest.
/// </summary>
/// <param name="machineBoot">Names this start of the machine; empty: not known.</param>
public sealed class AliveMark(string path, string machineBoot, TimeProvider time) : BackgroundService
{
    /// <summary>Between two marks †.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private const string MachineBootFile = "/proc/sys/kernel/random/boot_id";
    private const string Running = "running";
    private const string Ended = "stopped";

    /// <summary>Names this start of the machine; empty: not known.</summary>
    public static string MachineBoot => File.Exists(MachineBootFile) ? File.ReadAllText(MachineBootFile).Trim() : "";

    /// <summary>Since when nothing was watched, and why. Asked once, before the first mark.</summary>
    /// <param name="lastEntryAt">When the record's last entry was written; null: it is new, and there was nothing to watch.</param>
    public WatchGap? Gap(DateTimeOffset? lastEntryAt)
    {
        if (lastEntryAt is not { } entry)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var mark = Read();

        var cause = mark switch
        {
            { State: Ended } => GapCause.Stopped,
            { Boot.Length: > 0 } when mark.Value.Boot == machineBoot => GapCause.Killed,
            _ => GapCause.Unknown,
        };

        // Commands write entries too while the service stands still, so the mark counts; after a power cut it may be an old one, and the later of the two does.
        var from = mark is not { At: var marked } || (cause == GapCause.Unknown && marked < entry) ? entry : marked;

        // A clock set back meanwhile: how long it was nobody can say.
        return from > now ? new(now, now, now, GapCause.Unknown) : new(now, from, now, cause);
    }

    /// <summary>Marks this moment.</summary>
    public void Mark() => Write(Running);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write(Ended);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Every, time);
        do
        {
            Mark();
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }

    private (DateTimeOffset At, string State, string Boot)? Read()
    {
        try
        {
            var words = File.Exists(path) && new FileInfo(path).Length < 1024 ? File.ReadAllText(path).Trim().Split(' ') : [];
            return words is [var at, (Running or Ended) and var state, .. var boot]
                && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var marked)
                ? (marked, state, boot.FirstOrDefault() ?? "")
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A mark that cannot be written is none; the next start then says 不明, and the full disk is told of by the record.
    private void Write(string state)
    {
        try
        {
            var fresh = path + ".new";
            File.WriteAllText(fresh, $"{time.GetUtcNow().ToUniversalTime():O} {state} {machineBoot}\n");
            File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
