using RoomGuard.Evidence;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Commands;

/// <summary>Where things lie in the data folder, and how what lies there is opened; the same for every command.</summary>
public sealed class ServiceFolders(ServiceSettings settings, TimeProvider time, Func<int, byte[]> randomBytes)
{
    /// <summary>The record.</summary>
    public string Record => Path.Combine(settings.DataFolder, "record.db");

    /// <summary>Open sessions.</summary>
    public string Sessions => Path.Combine(settings.DataFolder, "sessions.db");

    /// <summary>Last uses of tokens and answers kept under idempotency keys.</summary>
    public string Api => Path.Combine(settings.DataFolder, "api.db");

    /// <summary>Readings of UPS units and their roll-ups.</summary>
    public string Readings => Path.Combine(settings.DataFolder, "readings.db");

    /// <summary>Notices that are to go out, and those that went.</summary>
    public string Notices => Path.Combine(settings.DataFolder, "notices.db");

    /// <summary>Contents of files that entries name.</summary>
    public string Files => Path.Combine(settings.DataFolder, "files.db");

    /// <summary>That the service runs, marked every few seconds.</summary>
    public string Alive => Path.Combine(settings.DataFolder, "alive");

    /// <summary>Keys and certificates.</summary>
    public string Keys => Path.Combine(settings.DataFolder, "keys");

    /// <summary>One-time codes.</summary>
    public string Codes => Path.Combine(settings.DataFolder, "codes");

    /// <summary>Published grant lists.</summary>
    public string Lists => Path.Combine(settings.DataFolder, "lists");

    /// <summary>Lists people had written out, for half an hour.</summary>
    public string Exports => Path.Combine(settings.DataFolder, "exports");

    /// <summary>The record's name for ever.</summary>
    public string Origin => $"{settings.Site.Id}/record";

    /// <summary>Names by which the service is reached.</summary>
    public IReadOnlyList<string> Names =>
        [.. new[] { "localhost", "127.0.0.1", "::1", settings.Listen.Address }.Concat(settings.Listen.Names.IsDefault ? [] : settings.Listen.Names).Distinct()];

    /// <summary>Makes the data folder, for the owner alone.</summary>
    public void Make() => _ = Directory.CreateDirectory(settings.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Opens the record, with its views up to date.</summary>
    /// <exception cref="EvidenceInUseException">Another program writes it.</exception>
    public ServiceRecord OpenRecord(Action<long>? rebuilding, CancellationToken stop)
    {
        Make();
        return ServiceRecord.Open(LogSettings(), new RecordViews(settings.TimeZone), rebuilding, stop);
    }

    /// <summary>How the log is opened.</summary>
    public EvidenceLogSettings LogSettings() => new(Record, Origin, settings.Site.Id, randomBytes, time);

    /// <summary>Opens the keys, making what is missing.</summary>
    public SiteKeys OpenKeys()
    {
        Make();
        return SiteKeys.Open(Keys, settings.Site.Id, Names, time, randomBytes);
    }
}
