using System.Text.Json;
using RoomGuard.Bridge.Files;

namespace RoomGuard.Bridge.Journal;

/// <summary>What the bridge remembers about its journal outside of it.</summary>
/// <param name="Epoch">1 for the first journal of this bridge.</param>
/// <param name="Acknowledged">Entries of this epoch the service has durably: the journal can never be shorter.</param>
/// <param name="Orders">Orders of the service below this serial number are done.</param>
public sealed record JournalMark(int Epoch, long Acknowledged, long Orders);

/// <summary>
/// Which journal is written now. A journal that was restored from an old copy, or lost, must not be continued as if nothing had happened
/// (evidence-log.md section 8.6): it stays as it is, and the next epoch begins under an origin of its own.
/// </summary>
public sealed class JournalEpoch
{
    private readonly string markPath;
    private readonly string folder;
    private readonly Lock gate = new();

    private JournalEpoch(string folder, JournalMark mark, string? brokenOff)
    {
        this.folder = folder;
        markPath = Path.Combine(folder, "journal.json");
        Mark = mark;
        BrokenOff = brokenOff;
    }

    /// <summary>What is remembered.</summary>
    public JournalMark Mark { get; private set; }

    /// <summary>Why a new epoch had to begin; null when the journal simply goes on.</summary>
    public string? BrokenOff { get; }

    /// <summary>The journal's file.</summary>
    public string JournalPath => PathOf(folder, Mark.Epoch);

    /// <summary>The journal's name for good.</summary>
    public string Origin(string site, string panel) => Mark.Epoch == 1 ? $"{site}/{panel}/journal" : $"{site}/{panel}/journal-{Mark.Epoch}";

    /// <summary>Finds the journal to write, and notices one that is older than what the service was told.</summary>
    /// <param name="sizeOf">Entries in a journal file, without changing it; null when there is no such file.</param>
    public static JournalEpoch Find(string folder, Func<string, long?> sizeOf)
    {
        ArgumentNullException.ThrowIfNull(sizeOf);
        var mark = Kept(folder);
        var size = sizeOf(PathOf(folder, mark.Epoch));
        if ((size ?? 0) >= mark.Acknowledged)
        {
            return new(folder, mark, null);
        }

        var next = mark with { Epoch = mark.Epoch + 1, Acknowledged = 0, Orders = 0 };
        var why = $"journal {mark.Epoch} holds {size ?? 0} entries, the service has {mark.Acknowledged}; it was restored or lost, and goes on as journal {next.Epoch}";
        var epoch = new JournalEpoch(folder, mark, why);
        epoch.Keep(next);
        return epoch;
    }

    /// <summary>The file of the journal now written, without changing anything.</summary>
    public static string Look(string folder) => PathOf(folder, Kept(folder).Epoch);

    /// <summary>The service holds everything below this number. Losing this mark is harmless: the service says it again.</summary>
    public void Acknowledged(long next) => Keep(Mark with { Acknowledged = next });

    /// <summary>All orders up to this one are done.</summary>
    public void OrdersDone(long serial) => Keep(Mark with { Orders = serial });

    private static JournalMark Kept(string folder)
    {
        var path = Path.Combine(folder, "journal.json");
        return !File.Exists(path)
            ? new(1, 0, 0)
            : JsonSerializer.Deserialize(File.ReadAllBytes(path), JournalJson.Default.JournalMark)
                ?? throw new InvalidDataException($"{path} holds null. Remove it only together with the journal beside it.");
    }

    private static string PathOf(string folder, int epoch) => Path.Combine(folder, epoch == 1 ? "journal.db" : $"journal-{epoch}.db");

    private void Keep(JournalMark mark)
    {
        lock (gate)
        {
            if (mark != Mark)
            {
                DurableFile.Write(markPath, JsonSerializer.SerializeToUtf8Bytes(mark, JournalJson.Default.JournalMark));
                Mark = mark;
            }
        }
    }
}
