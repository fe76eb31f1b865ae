using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Simulators.Readers;

/// <summary>What the readers that ever hung at one place keep without power, as real ones do in their flash.</summary>
/// <param name="Serial">Serial number of the piece that hangs there now.</param>
/// <param name="Address">Its address, when it was told another one (COMSET); null: the one of the settings.</param>
/// <param name="Keys">Secure channel keys by serial number; a piece without one comes from the factory.</param>
/// <param name="Templates">Fingers by the card they belong to. They leave the reader no more than its keys do (R-ID-09).</param>
public sealed record ReaderFlash(uint Serial, byte? Address, ImmutableSortedDictionary<uint, ScbkKey> Keys, ImmutableSortedDictionary<string, string> Templates);

/// <summary>Keeps the flash of all simulated readers.</summary>
public interface IReaderMemory
{
    /// <summary>What a reader kept; null when it was never there before.</summary>
    ReaderFlash? Read(string reader);

    /// <summary>Keeps it.</summary>
    void Write(string reader, ReaderFlash flash);
}

/// <summary>Flash that lasts as long as the program: for tests and for warming up.</summary>
public sealed class PassingMemory : IReaderMemory
{
    private readonly Dictionary<string, ReaderFlash> kept = [];

    /// <inheritdoc/>
    public ReaderFlash? Read(string reader) => kept.GetValueOrDefault(reader);

    /// <inheritdoc/>
    public void Write(string reader, ReaderFlash flash) => kept[reader] = flash;
}

/// <summary>Flash as one small file per reader, readable by its owner alone.</summary>
public sealed class FolderMemory : IReaderMemory
{
    private readonly string folder;

    /// <summary>Keeps files in a folder, which is made when it is not there.</summary>
    public FolderMemory(string folder)
    {
        this.folder = folder;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is there and cannot be understood; the message says what to do.</exception>
    public ReaderFlash? Read(string reader)
    {
        var path = PathOf(reader);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var text = JsonSerializer.Deserialize(File.ReadAllBytes(path), FlashJson.Default.FlashText) ?? throw new JsonException("The file holds null.");
            return new(
                text.Serial,
                text.Address,
                text.Scbk.ToImmutableSortedDictionary(pair => pair.Key, pair => new ScbkKey(Convert.FromHexString(pair.Value))),
                (text.Fingers ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: the state of simulated reader {reader} cannot be read ({wrong.Message}). Remove the file; the reader then starts as from the factory.", wrong);
        }
    }

    /// <inheritdoc/>
    public void Write(string reader, ReaderFlash flash)
    {
        ArgumentNullException.ThrowIfNull(flash);
        var path = PathOf(reader);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written aside and moved over, so that a kill in between leaves the old state and not half of the new.
        using (var file = new FileStream(path + ".new", options))
        {
            JsonSerializer.Serialize(
                file,
                new(flash.Serial, flash.Address, flash.Keys.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(pair.Value.Bytes)), flash.Templates.ToDictionary()),
                FlashJson.Default.FlashText);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private string PathOf(string reader) => Path.Combine(folder, reader + ".json");
}

internal sealed record FlashText(uint Serial, byte? Address, Dictionary<uint, string> Scbk, Dictionary<string, string>? Fingers = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FlashText))]
internal sealed partial class FlashJson : JsonSerializerContext;
