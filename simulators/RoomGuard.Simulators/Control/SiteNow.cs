using System.Collections.Immutable;
using RoomGuard.Simulators.Lines;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Ups;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators;

/// <summary>A door as it stands.</summary>
/// <param name="Inside">Ids of those who went in by it and have not come out.</param>
public sealed record DoorNow(
    string Id,
    string Label,
    string LabelEn,
    bool StrikeReleased,
    bool LeafOpen,
    bool Held,
    bool ButtonDown,
    bool HasButton,
    bool AsksPin,
    string EntryReader,
    string? ExitReader,
    ImmutableArray<string> Inside);

/// <summary>A reader as it stands.</summary>
/// <param name="Watched">Somebody polls it.</param>
/// <param name="Secure">It is in its secure channel.</param>
/// <param name="HasOwnKey">False: from the factory, takes the installation key.</param>
/// <param name="Sensor">It has a finger sensor.</param>
/// <param name="AsksFinger">Its sensor is lit and waits for a finger.</param>
/// <param name="SensorBroken">Its sensor reads nothing any more.</param>
/// <param name="Light">Colour of its light at this instant: off, red, green, amber, blue, magenta, cyan or white.</param>
public sealed record ReaderNow(
    string Id,
    string Label,
    string LabelEn,
    string Line,
    int Address,
    uint Serial,
    bool Keypad,
    bool Plugged,
    bool Watched,
    bool Secure,
    bool HasOwnKey,
    bool HasWrongKey,
    string Light,
    bool Sounding,
    string Text,
    bool CoverOpen,
    bool PowerFailed,
    bool Busy,
    bool ClearTextOnly,
    double LateMs,
    ImmutableArray<string> Habits,
    ImmutableArray<bool> Inputs,
    ImmutableArray<bool> Outputs,
    bool Sensor,
    bool AsksFinger,
    bool SensorBroken);

/// <summary>A line as it stands.</summary>
/// <param name="Where">Where a bridge finds it; null on a virtual wire.</param>
/// <param name="Busy">Bytes came during the last two seconds.</param>
/// <param name="Trouble">Why its terminal or listener could not be made again; null: no trouble.</param>
public sealed record LineNow(
    string Id,
    string Kind,
    int BaudRate,
    string? Where,
    bool Cut,
    bool AdapterPulled,
    double NoisePercent,
    bool SecondController,
    bool Busy,
    string? Trouble);

/// <summary>The story as it stands.</summary>
/// <param name="Next">What comes next, for people; null: nothing more in this lap.</param>
public sealed record StoryNow(string Title, string TitleEn, bool Playing, bool Waiting, double Speed, int Lap, TimeSpan Position, TimeSpan Length, TimeSpan? NextAt, string? Next);

/// <summary>Everything as it stands. What the API answers and the page draws.</summary>
/// <param name="Simulator">Always true: this is no real site (R-CFG-05).</param>
/// <param name="Version">Rises with every change that can be seen.</param>
/// <param name="Air">The air of the room and its sensors; null: there are none.</param>
public sealed record SiteNow(
    bool Simulator,
    long Version,
    TimeSpan Up,
    StoryNow? Story,
    ImmutableArray<DoorNow> Doors,
    ImmutableArray<ReaderNow> Readers,
    ImmutableArray<LineNow> Lines,
    ImmutableArray<UpsNow> Ups,
    RoomAirNow? Air,
    ImmutableArray<WorldNews> News)
{
    private const int NewsShown = 40;
    private static readonly TimeSpan CountsAsBusy = TimeSpan.FromSeconds(2);

    internal static SiteNow Of(SimulatedWorld world, SimulatorSettings settings, TimeSpan now, Func<string, ILinePort?> port, Func<string, string?> whereUps, IReadOnlyDictionary<string, string> trouble) => new(
        Simulator: true,
        world.Version,
        now,
        world.Story is not { } story ? null : new(
            story.Story.Title,
            story.Story.TitleEn,
            story.Playing,
            Waiting: story.Lap < 0,
            story.Speed,
            story.Lap,
            story.Position,
            story.Story.Lap,
            story.Coming?.At,
            story.Coming?.Says),
        [.. settings.Doors.Select(door => Of(world, door))],
        [.. settings.Lines.SelectMany(line => line.Devices.Select(device => Of(world.Readers[device.Id], device, line.Id, now)))],
        [.. settings.Lines.Select(line => Of(world.Lines[line.Id], line, port(line.Id)?.Where, trouble.GetValueOrDefault(line.Id), now))],
        world.Power.Look(whereUps),
        world.Field?.Look(),
        [.. world.News.TakeLast(NewsShown).Reverse()]);

    private static DoorNow Of(SimulatedWorld world, DoorSettings door)
    {
        var body = world.Body(door.Id);
        return new(
            door.Id,
            door.Label ?? door.Id,
            door.LabelEn ?? door.Id,
            body.StrikeReleased,
            body.LeafOpen,
            body.Propped,
            body.ButtonUpAt is not null,
            door.ExitButton is not null,
            door.AsksPin,
            door.EntryReader,
            door.ExitReader,
            [.. world.Inside.Where(pair => pair.Value == door.Id).Select(pair => pair.Key).Order()]);
    }

    private static ReaderNow Of(SimulatedReader reader, DeviceSettings device, string line, TimeSpan now) => new(
        device.Id,
        reader.Label,
        device.LabelEn ?? device.Id,
        line,
        reader.Address,
        reader.Serial,
        device.Keypad,
        reader.Plugged,
        reader.WatchedAt(now),
        reader.Secure,
        reader.HasOwnKey,
        reader.HasWrongKey,
        Colour(reader),
        reader.Plugged && reader.Face.Sounding,
        reader.Plugged ? reader.Face.Text : "",
        reader.CoverOpen,
        reader.PowerFailed,
        reader.Busy,
        reader.ClearTextOnly,
        reader.Late.TotalMilliseconds,
        [.. Enum.GetValues<WireHabit>().Where(reader.Has).Select(habit => habit.ToString())],
        reader.Inputs,
        [.. Enumerable.Range(0, device.Outputs).Select(reader.OutputOn)],
        reader.HasSensor,
        reader.AsksFinger,
        reader.SensorBroken);

    private static string Colour(SimulatedReader reader) => reader.Plugged ? reader.Face.Lights[0].ToString().ToLowerInvariant() : "off";

    private static LineNow Of(SimulatedLine line, LineSettings settings, string? where, string? trouble, TimeSpan now) => new(
        line.Id,
        settings.Kind == LineKind.Pty ? "pty" : "tcp",
        settings.BaudRate,
        where,
        line.Cut,
        line.AdapterPulled,
        line.NoisePercent,
        line.SecondControllerTalks,
        now - line.HeardAt < CountsAsBusy,
        line.AdapterPulled ? null : trouble);
}
